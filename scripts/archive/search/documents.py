"""Say what the search finds in each document: a statement's record, an entry of an index, a hand-written page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.model import types, urls
from archive.model.authorities import AUTHORITIES, INDEXES
from archive.model.index import Index
from archive.model.records import Archive, Entry, Figure, Statement
from archive.model.statement_fields import STATEMENT
from archive.model.vocabularies import CONTENT_NOTES
from archive.text import formatting, markdown

# how much a word counts in each place; terms no more than the summary, for loaded words must not rank first
_TITLE, _FILED, _NAMES, _SUMMARY, _ALSO, _NOTES = 5.0, 3.0, 1.5, 2.0, 1.0, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What a document says in one place; `heading` stands before an excerpt of it, "" for what no excerpt shows."""

    text: str
    weight: float
    language: str = ""  # BCP 47, if it is known
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPage:
    """A page that is no statement's, and is found by its words."""

    title: str
    kind: str  # in words
    address: str
    sections: tuple[Section, ...]


def statement_sections(statement: Statement, archive: Archive) -> Iterator[Section]:
    """Yield what the search finds in a statement's record; nothing of it hangs on another record."""
    yield Section(text=statement.title, weight=_TITLE, language="en")
    yield Section(
        text=markdown.to_text(statement.summary), weight=_SUMMARY, language=statement.language, heading="Summary"
    )
    for request in statement.requests:
        yield Section(text=request.asks, weight=_SUMMARY, language="en", heading="What it asks")
    for term in statement.terms:
        yield Section(
            text=f"“{term.term}”",
            weight=_SUMMARY,
            language=statement.source_language,
            heading="Terms used, in the sources’ words",
        )
    for field in STATEMENT.fields:
        if field.many and field.vocabulary:
            yield from _filed(statement, field.name, field.vocabulary, archive)
    for figure in statement.figures:
        yield Section(text=_figure(figure, archive), weight=_ALSO, language="en", heading="Figures as stated")
    for note in statement.content_notes:
        yield Section(text=CONTENT_NOTES[note], weight=_ALSO, language="en", heading="Content note")
    for source in statement.sources:
        labels = [archive.outlets[id].label for id in (source.outlet, source.syndicated_from) if id]
        yield Section(text=source.title, weight=_ALSO, language=source.language, heading="Sources")
        published = [*labels, source.author, urlsplit(source.url).hostname or ""]
        yield Section(text=" ".join(filter(None, published)), weight=_NOTES, heading="Sources")
        yield Section(text=f"{source.url} {source.archived_url}", weight=_NOTES)
    issuer = archive.issuers[statement.issuer]
    known = [statement.id, statement.date.text, statement.date.words, statement.form, issuer.label]
    known += [formatting.language(statement.original_language)]
    yield Section(text=". ".join(known), weight=_NOTES, language="en")
    holders = formatting.holder_names(issuer, statement.date)
    yield Section(text=holders, weight=_NOTES, language="en", heading="Issued by")


def _filed(statement: Statement, field: str, vocabulary: str, archive: Archive) -> Iterator[Section]:
    """Yield the label and the names of each entry that a field cites."""
    index = AUTHORITIES[vocabulary]
    weight = _FILED if index.cited_by and index.listed_by[0].field == field else _ALSO
    heading = formatting.capitalised(index.many if field == index.name else field)
    for id in getattr(statement, field):
        entry: Entry = archive.authorities[vocabulary][id]
        yield Section(text=entry.label, weight=weight, language="en", heading=heading)
        if (
            vocabulary == "subjects"
        ):  # its names are words to look by, not what this statement says; the page knows them
            continue
        # the search page knows the names of entries with pages; in excerpts, one language of the others is enough
        yield from _names(entry, weight * _NAMES / _FILED, "" if index.cited_by else heading)


def _names(entry: Entry, weight: float, heading: str = "") -> Iterator[Section]:
    for name in entry.names:
        text = f"{name.name} {name.abbreviation}".rstrip()
        yield Section(
            text=text, weight=weight, language=name.language, heading=heading if name.language == "en" else ""
        )


def _figure(figure: Figure, archive: Archive) -> str:
    qualifier, number = formatting.qualified_number(figure)
    group = formatting.id_in_words(figure.group)
    label = archive.measures[figure.measure].label
    text = f"{qualifier} {number}: {label}{', ' if group else ''}{group}".strip()
    return f"{text} ({figure.note})" if figure.note else text


def other_pages(archive: Archive, index: Index) -> Iterator[OtherPage]:
    """Yield the entries of the indexes, then the hand-written pages."""
    for name, authority in INDEXES.items():
        for entry in index.filed[name].entries:
            sections = (
                Section(text=entry.label, weight=_TITLE, language="en"),
                *(
                    Section(text=getattr(entry, field.name), weight=_SUMMARY, language="en")
                    for field in authority.record.published
                    if field.type is types.PROSE
                ),
                *_names(entry, _FILED),
            )
            yield OtherPage(
                title=formatting.en_dashes(entry.label),
                kind=formatting.capitalised(authority.one),
                address=urls.entry(name, entry.id),
                sections=sections,
            )
    yield from hand_written(archive)


def hand_written(archive: Archive) -> Iterator[OtherPage]:
    """Yield the hand-written pages."""
    for name, text in sorted(archive.docs.items()):
        yield _hand_written(name, text)


_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TITLE_LINE = re.compile(r"^# +(.+?)(?: *\{[^}]*\})?$", re.MULTILINE)
_NOT_TEXT = re.compile(r"<!--.*?-->|\{[^}\n]*\}|(?<=\])\([^)\n]*\)|^```.*?^```|[`*_#|<>\[\]]", re.DOTALL | re.MULTILINE)


def _hand_written(name: str, text: str) -> OtherPage:
    """Return a page in `docs/`; of its Markdown, the words are enough."""
    text = _FRONT_MATTER.sub("", text)
    heading = _TITLE_LINE.search(text)
    title = heading[1] if heading else name
    return OtherPage(
        title=title,
        kind="About the archive",
        address=urls.doc(name),
        sections=(
            Section(text=title, weight=_TITLE, language="en"),
            Section(text=_NOT_TEXT.sub(" ", text), weight=_SUMMARY, language="en"),
        ),
    )
