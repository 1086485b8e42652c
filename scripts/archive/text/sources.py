"""Describe where a statement is known from: its sources in words, and who reports it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.model.records import Archive, Outlet, Source, Statement
from archive.model.vocabularies import EXTENTS_READ, OUTLET_KINDS, OUTLET_OWNERS, SOURCE_KINDS
from archive.text import formatting

# kind of source -> the words before the name of its outlet
REPORTED_BY = {
    "official-text": "published by",
    "official-translation": "in an official translation published by",
    "official-copy": "in an official text on the site of",
    "official-account": "as its own news reports it, published by",
    "press-report": "as reported by",
    "social-post": "as posted on",
    "broadcast": "as broadcast by",
}


_REPORTS = ("press-report", "broadcast")  # kinds of source
_READ = {"whole": "read in full", "part": "read in part", "": "", "none": "not read"}  # how much of a source -> words


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInWords:
    """A source in words."""

    source: Source
    kind: str
    means: str
    outlet: str
    outlet_kind: str  # and its owner, if that is known
    syndicated_from: str
    notes: Sequence[str]  # on the outlets
    language: str
    versions: Mapping[str, str]  # the attributes of its links that name the version that was read or archived
    extent: str  # how much of it was read; "" if that is not recorded
    unused: bool  # the record was made from others


def describe_sources(statement: Statement, archive: Archive) -> list[SourceInWords]:
    """Describe the sources of a statement, in the order of the record."""
    any_read = any(map(_was_read, statement.sources))
    cited = {claim.source for claim in statement.claims}
    return [
        _describe(source, archive, unused=any_read and not _was_read(source) and number not in cited)
        for number, source in enumerate(statement.sources, 1)
    ]


def known_from(statement: Statement, archive: Archive, carried: str) -> str:
    """Say who reports a statement, by its first source: "as reported by Azernews, on Today.Az" if `carried` is "on"."""
    return " ".join(filter(None, reported_by(statement, archive, carried)))


def reported_by(statement: Statement, archive: Archive, carried: str) -> tuple[str, str]:
    """Return the same in two parts: the words before the outlet of the first source, and its name."""
    if not statement.sources:
        return "source not recorded yet", ""
    first = statement.sources[0]
    words = REPORTED_BY[first.kind]
    if first.syndicated_from:
        words = f"{words} {archive.outlets[first.syndicated_from].label}, {carried}"
    return words, archive.outlets[first.outlet].label


def extent_known(sources: Sequence[Source]) -> str:
    """Say how many sources there are, and what of them was read: "known from 2 reports, read in part"; "" for none."""
    if not sources:
        return ""
    only_reports = all(source.kind in _REPORTS for source in sources)
    number = formatting.count(len(sources), "report" if only_reports else "source")
    read = Counter(_extent_read(source) for source in sources)
    extents = [(read[extent], words) for extent, words in _READ.items() if read[extent]]
    if len(extents) == 1:
        ((_, words),) = extents
        return f"known from {number}, {words}" if words else f"known from {number}"
    parts = [f"{count} {words or 'read'}" for count, words in extents]
    return f"known from {number}: {formatting.join(parts)}"


def _extent_read(source: Source) -> str:
    return source.extent_read or ("" if _was_read(source) else "none")


def _was_read(source: Source) -> bool:
    return bool(source.sha256 or source.retrieved_at)


def _describe(source: Source, archive: Archive, *, unused: bool) -> SourceInWords:
    outlet = archive.outlets[source.outlet]
    origin = archive.outlets[source.syndicated_from] if source.syndicated_from else None
    return SourceInWords(
        source=source,
        kind=formatting.capitalised(formatting.id_in_words(source.kind)),
        means=SOURCE_KINDS[source.kind],
        outlet=outlet.label,
        outlet_kind=_of_kind(outlet),
        syndicated_from=origin.label if origin else "",
        notes=[
            f"{publisher.label}: {publisher.note}" for publisher in (outlet, origin) if publisher and publisher.note
        ],
        language=formatting.language(source.language),
        versions=_versions(source),
        extent=EXTENTS_READ.get(source.extent_read, ""),
        unused=unused,
    )


def _of_kind(outlet: Outlet) -> str:
    owner = "" if outlet.owner == "unknown" else OUTLET_OWNERS[outlet.owner]
    return ", ".join(filter(None, (OUTLET_KINDS[outlet.kind], owner)))


def _versions(source: Source) -> dict[str, str]:
    """Return the attributes of Robust Links (https://robustlinks.mementoweb.org/spec/): URL, archived URL, date.

    Without an archived URL, the date is that on which the source was read: a web archive may have a copy of about then.
    """
    day = source.archived_at if source.archived_url else source.retrieved_at
    if not (source.url and day):
        return {}
    copy = {"data-versionurl": source.archived_url} if source.archived_url else {}
    return {"data-originalurl": source.url, **copy, "data-versiondate": day.isoformat()}
