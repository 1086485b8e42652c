"""Describe the data set: title, version, licence, contributors, sources, and changes of its format."""

import datetime
from dataclasses import dataclass

from archive.model.index import Index, by_id
from archive.model.records import Archive, Outlet
from archive.model.urls import DATA
from archive.text import formatting

NAME = "ombudsman-statements"
DESCRIPTION = (
    "Records of an ombudsman's public statements: what was stated, when, to whom, about which events, with which "
    "figures, and where it was reported. The records report what was stated; the archive has not verified it."
)
CONTRIBUTORS = "Ombudsman statements archive contributors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence; `id` is its SPDX identifier."""

    id: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatChange:
    """A change of the format of the data, not of the records."""

    format: str
    date: datetime.date
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The metadata of the data set made from one state of the archive."""

    title: str
    version: str
    changed: datetime.date | None  # None for an archive without statements
    address: str  # the full URL of its page; a path from the root if the site has no URL yet
    first: datetime.date | None  # the earliest day that a statement can be of, and the latest
    last: datetime.date | None
    languages: tuple[str, ...]
    sources: tuple[Outlet, ...]  # the outlets that published the sources of the records


LICENCE = Licence(
    id="CC-BY-4.0",
    title="Creative Commons Attribution 4.0 International",
    url=formatting.LICENCE_URL,
)
# newest first; docs/data.md says what may change within one format
FORMAT_CHANGES = (
    FormatChange(
        format="v1",
        date=datetime.date(2026, 12, 1),
        what="Statements have topics (subjects), events have places, and each has tables and a file of its own; "
        "instruments have the addresses of their pages; measures say whether they have decimals; same_as has unbis and "
        "geonames. A field that is new to the "
        "format is no change of a record: histories have no entry for it.",
    ),
    FormatChange(
        format="v1",
        date=datetime.date(2026, 12, 1),
        what="Every authority has a JSON file, and changes.json has what changed since the edition before. Version 3 "
        "of manifest.json has no hashes of records and authorities: the data themselves are compared.",
    ),
    FormatChange(format="v1", date=datetime.date(2026, 11, 24), what="First published."),
)


def describe_dataset(archive: Archive, index: Index) -> Dataset:
    """Describe the data set of an archive; its version is the day of the newest change of any record: 2026.11.23."""
    statements = by_id(index.published)
    changed = max((change.date for s in index.statements for change in s.history), default=None)
    cited = {source.outlet for s in statements for source in s.sources}
    return Dataset(
        title=f"{archive.site_name}: data",
        version=f"{changed:%Y.%m.%d}" if changed else "0",
        changed=changed,
        address=archive.site_url + DATA,
        first=min((s.date.earliest for s in statements), default=None),
        last=max((s.date.latest for s in statements), default=None),
        languages=tuple(dict.fromkeys(s.language for s in statements)),
        sources=by_id(archive.outlets[outlet] for outlet in cited),
    )
