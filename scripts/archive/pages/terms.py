"""Make the pages of the terms that statements use: each term with its uses in order of time; no term has a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from archive.model import characterisations, urls
from archive.model.division import Part
from archive.model.edtf import Date
from archive.model.index import Index, Stated
from archive.model.records import Archive, Term
from archive.pages.dates import updated
from archive.pages.links import Link, Links, table_alternate
from archive.pages.page import Page, PageMakers, render
from archive.text import formatting

Uses = tuple[Stated[Term], ...]
Terms = Part[tuple[str, Uses]]  # each term by its anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A term in one statement: when, where, by whom and about what."""

    date: Date
    link: Link
    by: str
    about: Link | None
    form: str  # of the term, where it differs from the first
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A term, with its uses, the first at the top."""

    anchor: str
    term: str
    number: str  # of its uses
    last: Date | None  # the date of the last of several
    uses: Sequence[Use]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The terms that begin alike; no entries where they have a page of their own."""

    id: str
    heading: Link
    number: str
    entries: Sequence[Entry]


def pages(archive: Archive, index: Index) -> PageMakers:
    """Yield the page of all terms and, past 200 uses, one for each letter, or for the first two or three."""
    changed = updated(statement for statement in index.statements if statement.terms)
    for part in characterisations.parts(index.uses).walk():
        yield urls.terms(part.path), partial(_page, part, changed, archive)


def use_link(term: Term, index: Index, links: Links) -> Link:
    """Return a link to all uses of a term."""
    anchor = characterisations.anchor(term.term)
    return links.to(f"{index.term_pages[anchor]}#{anchor}", term.term)


def _page(part: Terms, changed: str, archive: Archive) -> Page:
    links = Links(urls.terms(part.path), archive)
    length = len(part.path)
    beginning = characterisations.beginning(part.items[0][0], length) if length else ""
    title = f"Terms used: {beginning}" if beginning else "Terms used"
    total = _total(part)
    return Page(
        address=links.page,
        title=title,
        description=formatting.description(
            f"{title}: {total}, each with the statements that have it in order of time.",
            "They are the words of the sources, not of the archive.",
        ),
        kind="terms",
        html=render(
            "terms.html",
            {
                "heading": title,
                "total": total,
                "trail": [
                    links.to(
                        urls.terms(part.path[:step]),
                        characterisations.beginning(part.items[0][0], step) if step else "Terms used",
                    )
                    for step in range(length)
                ],
                "letters": [*_letters(part, links)],
                "alternates": [table_alternate("terms", "All uses of terms as a table", links)],
            },
        ),
        updated=changed,
    )


def _letters(part: Terms, links: Links) -> Iterator[Letter]:
    for below in part.parts or characterisations.by_letter(part):
        yield Letter(
            id=f"letter-{below.path[-1]}",
            heading=Link(
                urls.relative(urls.terms(below.path), links.page) if part.parts else "",
                characterisations.beginning(below.items[0][0], len(below.path)),
            ),
            number=_total(below),
            entries=[] if part.parts else [_entry(anchor, uses, links) for anchor, uses in below.items],
        )


def _entry(anchor: str, uses: Uses, links: Links) -> Entry:
    term = uses[0].value.term
    return Entry(
        anchor=anchor,
        term=term,
        number=formatting.count(len(uses), "use"),
        last=uses[-1].statement.date if len(uses) > 1 else None,
        uses=[_use(stated, term, links) for stated in uses],
    )


def _use(stated: Stated[Term], term: str, links: Links) -> Use:
    statement, about = stated.statement, stated.value.about
    issuer = links.archive.issuers[statement.issuer]
    return Use(
        date=statement.date,
        link=links.statement(statement),
        by=formatting.holder_names(issuer, statement.date) or issuer.label,
        about=links.entry("events", about) if about else None,
        form="" if stated.value.term == term else stated.value.term,
        language=statement.source_language,
    )


def _total(part: Terms) -> str:
    uses = sum(len(uses) for _, uses in part.items)
    return f"{formatting.count(len(part.items), 'term')}, {formatting.count(uses, 'use')}"
