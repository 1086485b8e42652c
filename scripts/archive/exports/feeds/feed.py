"""Describe records and changes as the entries of a feed, in no format yet."""

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.changes import Line, anchor
from archive.model.division import LONGEST
from archive.model.index import cited
from archive.model.records import Archive, Change, Source, Statement
from archive.model.vocabularies import CONTENT_NOTES
from archive.text import formatting, markdown
from archive.text.sources import known_from

ATOM_TYPE = "application/atom+xml"  # media types
JSON_FEED_TYPE = "application/feed+json"
RIGHTS = (
    f"A record may be used under the Creative Commons Attribution 4.0 licence ({formatting.LICENCE_URL}). The "
    "statement and the reports of it belong to their authors."
)

# characters that neither XML 1.0 (section 2.2, Char) nor UTF-8 can hold
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """The author of an entry or a feed."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of an entry: `scheme` is the URI of the vocabulary, `term` the id in it, `label` its name."""

    scheme: str
    term: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Via:
    """A source of the record."""

    url: str
    outlet: str
    title: str  # with the outlet's name in front
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a feed. Texts are plain except `html`, which is sanitised and has absolute links."""

    id: str
    url: str
    title: str
    summary: str  # in English
    html: str
    language: str
    published: datetime.datetime
    updated: datetime.datetime
    author: Author
    categories: tuple[Category, ...] = ()
    sources: tuple[Via, ...] = ()
    record: Mapping[str, object]  # some fields of the record, for programs


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed. `page` is the URL of the page it belongs to, `about` of the one that explains it; all are absolute."""

    id: str
    title: str
    subtitle: str
    page: str
    atom: str  # the URL of the feed itself in each format
    json: str
    about: str
    author: Author
    updated: datetime.datetime
    entries: tuple[Entry, ...]


def begins(day: datetime.date) -> datetime.datetime:
    """Return the beginning of the day in UTC."""
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def changed(day: datetime.date, earlier: int) -> datetime.datetime:
    """Return when a record was changed, by the day and the number of earlier changes on it.

    Records have days, not hours: of several changes on one day each comes a second after the one before, so that feed
    readers notice it.
    """
    return begins(day) + datetime.timedelta(seconds=earlier)


def _last_changed(statement: Statement) -> datetime.datetime:
    *before, last = statement.history
    return changed(last.date, sum(other.date == last.date for other in before))


def instant(time: datetime.datetime) -> str:
    """Return a time as RFC 3339 has it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def legible(text: str) -> str:
    """Replace every character that a feed cannot hold by U+FFFD; checked records have none."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def tag_uri(archive: Archive, name: str) -> str:
    """Return the tag URI (RFC 4151) for a name in this archive, such as "tag:example.org,2026:events/khojaly-1992"."""
    return f"tag:{archive.naming_authority}:{name}"


def statement_tag(archive: Archive, statement: Statement) -> str:
    """Return a record's tag URI; a renamed record keeps that of its first id."""
    return tag_uri(archive, f"statements/{statement.aliases[0] if statement.aliases else statement.id}")


def tag_authority_since(archive: Archive) -> datetime.date:
    """Return the first day on which the archive could assign tag URIs.

    RFC 4151, section 2.1: a year or month stands for its first day.
    """
    year, month, day = (archive.naming_authority.rpartition(",")[2] + "-01-01").split("-")[:3]
    return datetime.date(int(year), int(month), int(day))


def statement_entry(statement: Statement, archive: Archive, targets: Mapping[str, str]) -> Entry:
    """Return the entry of a record: its newest correction, date, source, how its summary begins, and the standing note.

    `targets` is what the summary may link to, from `urls.link_targets`.
    """
    issuer = archive.issuers[statement.issuer]
    form = formatting.capitalised(formatting.id_in_words(statement.form))
    source = formatting.capitalised(known_from(statement, archive, "on"))
    corrected = [_dated("Corrected", change) for change in statement.corrections[-1:]]
    sentences = [
        *corrected,
        f"{form}, {statement.date.stated} ({formatting.DATE_BASIS_LABELS[statement.date_basis]}). {source}.",
    ]
    sources = tuple(_via(source, archive) for source in statement.sources if source.url or source.archived_url)
    url = f"{archive.site_url}{urls.for_statement(statement)}"
    return Entry(
        id=statement_tag(archive, statement),
        url=url,
        title=f"{statement.title} ({statement.date.stated})",
        summary=" ".join(sentences),
        html=_content(sentences, statement, archive, targets, sources, url),
        language=statement.language,
        published=begins(statement.history[0].date),
        updated=_last_changed(statement),
        author=Author(name=issuer.label, url=issuer.url),
        categories=tuple(
            _category(name, id, archive.authorities[name][id].label, archive)
            for name, authority in INDEXES.items()
            for id in dict.fromkeys(cited(statement, authority.listed_by[0].field, archive.authorities))
        ),
        sources=sources,
        record={
            "record": statement.id,
            "date": statement.date.text,
            "date_basis": statement.date_basis,
            "form": statement.form,
            **{
                citing.field: list(getattr(statement, citing.field))
                for authority in INDEXES.values()
                for citing in authority.listed_by
                if not citing.through
            },
            "sources": [source.url for source in sources],
        },
    )


def withdrawn_entry(statement: Statement, archive: Archive) -> Entry:
    """Return the entry of a withdrawn record, with which feed readers replace the one they stored."""
    withdrawal = statement.history[-1]
    summary = _dated("Withdrawn", withdrawal)
    return Entry(
        id=statement_tag(archive, statement),
        url=f"{archive.site_url}{urls.for_statement(statement)}",
        title=f"Withdrawn: {statement.title}",
        summary=summary,
        html=f"<p>{escape(summary)}</p>",
        language="en",
        published=begins(statement.history[0].date),
        updated=_last_changed(statement),
        author=publisher(archive),
        record={"record": statement.id, "status": statement.status},
    )


def line_entry(line: Line, page: str, archive: Archive) -> Entry:
    """Return the entry of what was changed on one day for one reason, in one record or several.

    Its id is made of these, which no later edition alters: it stays when a record is renamed, or another is added.
    `page` is the address of the page that lists the records.
    """
    change = line.changes[0].change
    records = [of.statement for of in line.changes]
    earlier = [of.earlier for of in line.changes]
    links = [f"{archive.site_url}{urls.statement(record.id)}" for record in records]
    kind = formatting.capitalised(change.kind)
    summary = f"{kind} of {formatting.day(change.date)}: {change.note}"
    listed = [
        f'<a href="{escape(link)}">{escape(record.title)}</a>'
        + ("" if record.withdrawn else f", {escape(record.date.stated)}")
        for record, link in zip(records, links, strict=True)
    ]
    if len(records) == 1:
        url, title, html = links[0], records[0].title, f"<p>Record: {listed[0]}.</p>"
    else:
        url, title = f"{archive.site_url}{page}#{anchor(line)}", formatting.count(len(records), "record")
        items = "".join(f"<li>{item}</li>" for item in listed if len(records) <= LONGEST)
        html = f"<ul>{items}</ul>" if items else f'<p>Records: <a href="{escape(url)}">{title}</a>.</p>'
    return Entry(
        id=tag_uri(archive, f"{urls.CORRECTIONS}{line.day}/{_digest(change)}"),
        url=url,
        title=f"{kind}: {title}",
        summary=summary,
        html=f"<p>{escape(summary)}</p>\n{html}",
        language="en",
        published=changed(change.date, min(earlier)),
        updated=changed(change.date, max(earlier) + len(records) - 1),
        author=publisher(archive),
        record={"records": [record.id for record in records], "kind": change.kind},
    )


def publisher(archive: Archive) -> Author:
    """Return the archive as an author."""
    return Author(name=archive.site_name or "The archive", url=archive.site_url)


def _digest(change: Change) -> str:
    return hashlib.sha256(legible(f"{change.kind}\n{change.note}").encode()).hexdigest()[:12]


def _dated(action: str, change: Change) -> str:
    return f"{action} on {formatting.day(change.date)}: {change.note}"


def _content(
    sentences: Iterable[str],
    statement: Statement,
    archive: Archive,
    targets: Mapping[str, str],
    sources: tuple[Via, ...],
    url: str,
) -> str:
    """Return the HTML of a record's entry, the sentences as its first paragraphs.

    Of the summary it has the first paragraph, as a record is in some seven feeds, each in two formats.
    """

    def link(href: str) -> str:
        target = urls.resolve_link(href, statement.path, targets)
        return href if target is None else f"{archive.site_url}{target}"

    lang = "" if formatting.language_tag(statement.language) in ("", "en") else ' lang="en"'
    summary = legible(statement.opening)
    opening, whole = markdown.render_opening(summary, link), markdown.render(summary, link)
    more = f' <a href="{escape(url)}">All of the summary</a>.' if len(opening) < len(whole) else ""
    notes = formatting.join([CONTENT_NOTES[note] for note in statement.content_notes])
    read_at = formatting.join([f'<a href="{escape(source.url)}">{escape(source.outlet)}</a>' for source in sources])
    parts = [
        *(f"<p{lang}>{escape(text)}</p>" for text in sentences),
        f"<p{lang}>Content note: this speaks of {escape(notes)}.</p>" if notes else "",
        opening,
        f"<p{lang}>Read at {read_at}.</p>" if read_at else "",
        f"<p{lang}>The summary is the archive’s and reports what was stated. {formatting.STANDING_NOTICE}{more}</p>",
    ]
    return "\n".join(filter(None, parts))


def _via(source: Source, archive: Archive) -> Via:
    outlet = archive.outlets[source.outlet].label
    return Via(
        url=source.url or source.archived_url,
        outlet=outlet,
        title=f"{outlet}: {source.title}" if source.title else outlet,
        language=formatting.language_tag(source.language),
    )


def _category(scheme: str, id: str, label: str, archive: Archive) -> Category:
    return Category(scheme=tag_uri(archive, scheme), term=id, label=label)
