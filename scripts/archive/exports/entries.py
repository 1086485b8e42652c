"""A statement, its withdrawal, or a change to its record -> an entry of a feed."""

from collections.abc import Iterable, Mapping
from html import escape

from archive.exports import tags
from archive.exports.feed import Author, Category, Entry, Via, legible
from archive.model import urls
from archive.model.index import Changed
from archive.model.records import Archive, Change, Source, Statement
from archive.model.vocabularies import CONTENT_NOTES
from archive.text import formatting, markdown
from archive.text.sources import known_from


def of_statement(statement: Statement, archive: Archive, known: Mapping[str, str]) -> Entry:
    """The entry of a record: its newest correction, how and whence it is known, the summary, that nothing is verified.

    `known` is what the summary may link to, as `addresses.known` has it.
    """
    issuer = archive.issuers[statement.issuer]
    form = formatting.sentence(formatting.named(statement.form))
    source = formatting.sentence(known_from(statement, archive, "on"))
    corrected = [_told("Corrected", change) for change in statement.corrections[-1:]]
    told = [*corrected, f"{form}, {statement.date.stated} ({formatting.KNOWN[statement.date_basis]}). {source}."]
    sources = tuple(_via(source, archive) for source in statement.sources if source.url or source.archived_url)
    return Entry(
        id=tags.statement(archive, statement),
        url=f"{archive.site_url}{urls.of(statement)}",
        title=f"{statement.title} ({statement.date.stated})",
        summary=" ".join(told),
        html=_content(told, statement, archive, known, sources),
        language=statement.language,
        published=statement.history[0].date,
        updated=statement.history[-1].date,
        author=Author(name=issuer.label, url=issuer.url),
        categories=(
            *(_category("events", id, archive.events[id].label, archive) for id in statement.events),
            *(_category("addressees", id, archive.addressees[id].label, archive) for id in statement.addressees),
        ),
        sources=sources,
        record={
            "record": statement.id,
            "date": statement.date.text,
            "date_basis": statement.date_basis,
            "form": statement.form,
            "events": list(statement.events),
            "mentions": list(statement.mentions),
            "addressees": list(statement.addressees),
            "sources": [source.url for source in sources],
        },
    )


def of_withdrawn(statement: Statement, archive: Archive) -> Entry:
    """What stays of the entry of a withdrawn record, so that feed readers put it in the place of what they kept."""
    withdrawal = statement.history[-1]
    summary = _told("Withdrawn", withdrawal)
    return Entry(
        id=tags.statement(archive, statement),
        url=f"{archive.site_url}{urls.of(statement)}",
        title=f"Withdrawn: {statement.title}",
        summary=summary,
        html=f"<p>{escape(summary)}</p>",
        language="en",
        published=statement.history[0].date,
        updated=withdrawal.date,
        author=publisher(archive),
        record={"record": statement.id, "status": statement.status},
    )


def of_change(changed: Changed, archive: Archive) -> Entry:
    """The entry of a change to a record; its id has the change's place in the record's history."""
    statement, change = changed.statement, changed.change
    url = f"{archive.site_url}{urls.of(statement)}"
    kind = formatting.sentence(change.kind)
    summary = f"{kind} of {formatting.day(change.date)}: {change.note}"
    date = "" if statement.withdrawn else f", {escape(statement.date.stated)}"
    return Entry(
        id=f"{tags.statement(archive, statement)}/history/{changed.number}",
        url=url,
        title=f"{kind}: {statement.title}",
        summary=summary,
        html=f'<p>{escape(summary)}</p>\n<p>Record: <a href="{escape(url)}">{escape(statement.title)}</a>{date}.</p>',
        language="en",
        published=change.date,
        updated=change.date,
        author=publisher(archive),
        record={"record": statement.id, "kind": change.kind, "status": statement.status},
    )


def publisher(archive: Archive) -> Author:
    """The archive as the author of what it says of itself."""
    return Author(name=archive.site_name or "The archive", url=archive.site_url)


def _told(what: str, change: Change) -> str:
    return f"{what} on {formatting.day(change.date)}: {change.note}"


def _content(
    told: Iterable[str], statement: Statement, archive: Archive, known: Mapping[str, str], sources: tuple[Via, ...]
) -> str:
    def link(written: str) -> str:
        target = urls.target(written, statement.path, known)
        return written if target is None else f"{archive.site_url}{target}"

    lang = "" if formatting.tag(statement.language) in ("", "en") else ' lang="en"'
    notes = formatting.listed([CONTENT_NOTES[note] for note in statement.content_notes])
    read_at = formatting.listed([f'<a href="{escape(source.url)}">{escape(source.outlet)}</a>' for source in sources])
    parts = [
        *(f"<p{lang}>{escape(text)}</p>" for text in told),
        f"<p{lang}>Content note: this speaks of {escape(notes)}.</p>" if notes else "",
        markdown.render(legible(statement.summary), link),
        f"<p{lang}>Read at {read_at}.</p>" if read_at else "",
        f"<p{lang}>The summary is the archive’s and reports what was stated. {formatting.NOT_VERIFIED}</p>",
    ]
    return "\n".join(filter(None, parts))


def _via(source: Source, archive: Archive) -> Via:
    outlet = archive.outlets[source.outlet].label
    return Via(
        url=source.url or source.archived_url,
        outlet=outlet,
        title=f"{outlet}: {source.title}" if source.title else outlet,
        language=formatting.tag(source.language),
    )


def _category(scheme: str, id: str, label: str, archive: Archive) -> Category:
    return Category(scheme=tags.uri(archive, scheme), term=id, label=label)
