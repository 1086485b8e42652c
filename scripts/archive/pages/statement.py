"""Make the page of each statement, and the redirects from its former ids."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from markupsafe import Markup

from archive.exports.citations import FORMATS
from archive.exports.citations.csl import Item, citation_item, citation_line
from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.edtf import MONTHS
from archive.model.index import SAME_EVENT, Index, newest_change
from archive.model.records import Archive, Claim, Statement
from archive.model.vocabularies import CONTENT_NOTES, FORMS, RELATIONS
from archive.pages import anchors, figures, listing, redirects, schema_org
from archive.pages.links import Link, Links
from archive.pages.page import Page, PageMakers, render
from archive.pages.terms import use_link
from archive.text import formatting, markdown
from archive.text.sources import describe_sources, extent_known, reported_by

T = TypeVar("T")
_PLACED = ("events", "addressees")  # the indexes whose links have places of their own in the template
# the relation seen from the other statement, for each of `vocabularies.RELATIONS`
_INVERSE = {
    "continues": "is continued by",
    "repeats": "is repeated by",
    "corrects": "is corrected by",
    "same-report": "is in the same report as",
}
_SECTIONS = {  # that the page lists, by id
    "summary": "Summary",
    "facts": "To whom, on what, and more",
    "requests": "What it asks",
    "figures": "Figures as stated",
    "terms": "Terms used",
    "sources": "Sources",
    "cite": "Cite this record",
    "same-event": "Other statements",
}
_IN_SOME = {"requests", "figures", "terms", "same-event"}  # which not every statement has
Stated = tuple[str, T, Claim]  # the anchor of a claim, what it says, the record of it
Related = Sequence[tuple[str, Statement]]  # a relation in words, the other statement


def pages(archive: Archive, index: Index) -> PageMakers:
    """Yield the page of every statement, newest first, each followed by the redirects to it."""
    related = _related(index.published)
    for statement in index.statements:
        yield (
            urls.for_statement(statement),
            partial(_page, statement, archive, index, tuple(related.get(statement.id, ()))),
        )
        for alias in statement.aliases:
            yield urls.statement(alias), partial(redirects.of_record, alias, statement, archive)


def _page(statement: Statement, archive: Archive, index: Index, related: Related) -> Page:
    address = urls.for_statement(statement)
    links = Links(address, archive)
    earlier, later = index.earlier[statement.id], index.later[statement.id]
    head = ""
    values: dict[str, object] = {
        "statement": statement,
        "form": formatting.capitalised(formatting.id_in_words(statement.form)),
        "trail": _trail(statement, links),
        "earlier": links.statement(earlier) if earlier else None,
        "later": links.statement(later) if later else None,
    }
    if statement.withdrawn:
        description = (
            f"The record of this statement, {statement.date.stated}, was withdrawn. The date and the reason are given."
        )
        html = render("withdrawn.html", values | {"withdrawal": statement.history[-1]})
    else:
        values["summary"] = _summary(statement, index.link_targets, address)
        item = citation_item(statement, archive)
        description = formatting.first_sentence(item.abstract) or _description(statement, archive)
        head = schema_org.head_html(statement, item, description, archive)
        html = render("statement.html", values | _content(statement, item, archive, index, related, links))
    return Page(
        address=address,
        title=statement.title,
        description=description,
        kind="statement",
        html=html,
        source=statement.path,
        record=statement.id,
        updated=newest_change(statement).isoformat(),
        earlier=urls.for_statement(earlier) if earlier else "",
        later=urls.for_statement(later) if later else "",
        head=head,
    )


def _content(
    statement: Statement, item: Item, archive: Archive, index: Index, related: Related, links: Links
) -> dict[str, object]:
    issuer = archive.issuers[statement.issuer]
    same_event = index.same_event[statement.id]
    reported, outlet = reported_by(statement, archive, "on")
    first = next(iter(statement.sources), None)
    values: dict[str, object] = {
        "form_means": _form_means(statement.form),
        "date_basis": formatting.DATE_BASIS_LABELS[statement.date_basis],
        "date_basis_means": formatting.DATE_BASIS_SENTENCES[statement.date_basis],
        "reported_by": formatting.capitalised(reported),
        "outlet": Link(first.url or first.archived_url, outlet) if first else None,
        "extent_known": formatting.capitalised(extent_known(statement.sources)),
        "issuer": issuer,
        "holder": formatting.holder_names(issuer, statement.date),
        "addressees": links.entries("addressees", statement.addressees),
        "also_asked": links.entries("addressees", _also_asked(statement)),
        "events": links.entries("events", statement.events),
        "mentions": links.entries("events", statement.mentions),
        "filed": [
            (authority, entries)
            for name, authority in INDEXES.items()
            if name not in _PLACED
            and not (own := authority.listed_by[0]).through
            and (entries := links.entries(name, getattr(statement, own.field)))
        ],
        "notes": formatting.join([CONTENT_NOTES[note] for note in statement.content_notes]),
        "requests": _requests(statement, links),
        "figures": figures.blocks_of_statement(statement, index, links),
        "terms": _terms(statement, index, links),
        "terms_language": statement.source_language,
        "sources": list(zip(anchors.of_sources(statement), describe_sources(statement, archive), strict=True)),
        "citation": citation_line(item),
        "own": Link("./", item.url),
        "formats": FORMATS,
        "data": links.to(urls.doc("data.md"), "Data"),
        "related": [(relation, links.statement(other)) for relation, other in related],
        "same_event": listing.rows(same_event[: SAME_EVENT - 1], links, statement.events),
        "more_same_event": len(same_event) == SAME_EVENT,
    }
    return values | {
        "sections": [item for item in _SECTIONS.items() if item[0] not in _IN_SOME or values[item[0].replace("-", "_")]]
    }


def _form_means(form: str) -> str:
    """Return what the form is; "" if that says no more than its name, such as "a letter"."""
    return "" if FORMS[form].removeprefix("a ") == formatting.id_in_words(form) else FORMS[form]


def _also_asked(statement: Statement) -> Iterable[str]:
    """Return the addressees asked for something to whom the statement is not addressed."""
    asked = dict.fromkeys(of for request in statement.requests for of in request.of)
    return [of for of in asked if of not in statement.addressees]


def _requests(statement: Statement, links: Links) -> list[tuple[list[Link], list[Stated[str]]]]:
    """Return what the statement asks, grouped by those of whom it is asked."""
    asked: dict[tuple[str, ...], list[Stated[str]]] = {}
    for anchor, request in zip(anchors.of_requests(statement), statement.requests, strict=True):
        asked.setdefault(request.of, []).append((anchor, request.asks, request))
    return [(links.entries("addressees", of), asks) for of, asks in asked.items()]


def _terms(statement: Statement, index: Index, links: Links) -> list[tuple[Link | None, list[Stated[Link]]]]:
    """Return the terms, with links to all their uses, by the event they are about; those of no event last."""
    terms: dict[str, list[Stated[Link]]] = {}
    for anchor, term in zip(anchors.of_terms(statement), statement.terms, strict=True):
        terms.setdefault(term.about, []).append((anchor, use_link(term, index, links), term))
    if "" in terms:
        terms[""] = terms.pop("")
    return [(links.entry("events", event) if event else None, used) for event, used in terms.items()]


def _summary(statement: Statement, targets: Mapping[str, str], address: str) -> Markup:
    def link(href: str) -> str:
        target = urls.resolve_link(href, statement.path, targets)
        return href if target is None else urls.relative(target, address)

    return markdown.render(statement.summary, link)


def _trail(statement: Statement, links: Links) -> list[Link]:
    year, month = statement.date.year, statement.date.month
    trail = [links.to(urls.STATEMENTS, "Statements"), links.to(urls.year(year), year)]
    if month:
        trail.append(links.to(urls.month(year, month), MONTHS[int(month) - 1]))
    return trail


def _related(published: Iterable[Statement]) -> Mapping[str, Related]:
    """Return the relations of each statement that has any, by its id, those of others to it among them."""
    by_id = {statement.id: statement for statement in published}
    pairs: dict[str, list[tuple[str, Statement]]] = {}
    for statement in by_id.values():
        for relation in statement.related:
            other = by_id.get(relation.id)
            if other is None:
                continue
            pairs.setdefault(statement.id, []).append((RELATIONS[relation.relation], other))
            if all(back.id != statement.id for back in other.related):
                pairs.setdefault(other.id, []).append((_INVERSE[relation.relation], statement))
    return pairs


def _description(statement: Statement, archive: Archive) -> str:
    issuer = archive.issuers[statement.issuer].label
    form = formatting.capitalised(formatting.id_in_words(statement.form))
    return formatting.description(
        f"{form} by the {issuer}, {statement.date.stated}.",
        _few("On", [archive.events[id].label for id in statement.events]),
        _few("To", [archive.addressees[id].label for id in statement.addressees]),
    )


def _few(word: str, labels: list[str]) -> str:
    if len(labels) > 2:
        labels = [labels[0], f"{len(labels) - 1} more"]
    return f"{word} {formatting.join(labels)}." if labels else ""
