"""Make the pages of corrections: what was changed in records after they were first archived."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from archive.model import urls
from archive.model.index import Changed, Index
from archive.model.records import Archive
from archive.pages import listing
from archive.pages.links import Link, Links, alternate_links, feed_alternates
from archive.pages.page import Page, PageMakers, render
from archive.text import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRow:
    """A change in the list: its ISO day, its kind in words, the record, and what was changed."""

    date: str
    kind: str
    link: Link
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionGroup:
    """The changes of one year; no rows where only their number is shown."""

    heading: Link
    id: str
    number: str
    rows: Sequence[CorrectionRow]


def pages(archive: Archive, index: Index) -> PageMakers:
    """Yield the page of all corrections, newest first; past `listing.LONGEST`, a page for each year as well."""
    years = [
        (year, list(changes))
        for year, changes in groupby(index.corrections, key=lambda changed: f"{changed.change.date:%Y}")
    ]
    split = len(index.corrections) > listing.LONGEST
    yield urls.CORRECTIONS, partial(_page, "", years, archive, short=split)
    if split:
        for year, changes in years:
            yield urls.corrections(year), partial(_page, year, [(year, changes)], archive, short=False)


def _page(year: str, years: Sequence[tuple[str, Sequence[Changed]]], archive: Archive, *, short: bool) -> Page:
    address = urls.corrections(year)
    links = Links(address, archive)
    alternates = feed_alternates(urls.CORRECTIONS, "Each change to a record after it was first archived", links)
    total = formatting.count(sum(len(changes) for _, changes in years), "change")
    title = f"Corrections of {year}" if year else "Corrections"
    return Page(
        address=address,
        title=title,
        description=formatting.description(
            f"{title} to the archive’s records: {total}.",
            "Each has its date, its kind, the record and what was changed.",
        ),
        kind="corrections",
        html=render(
            "corrections.html",
            {
                "heading": title,
                "total": total,
                "trail": [links.to(urls.CORRECTIONS, "Corrections")] if year else [],
                "groups": [_group(group_year, changes, links, short=short) for group_year, changes in years],
                "contributing": links.to(urls.doc("contributing.md"), "Contributing"),
                "method": links.to(urls.doc("method.md"), "Method"),
                "alternates": alternates,
            },
        ),
        updated=max((changed.change.date.isoformat() for _, changes in years for changed in changes), default=""),
        head=alternate_links("Corrections", alternates),
    )


def _group(year: str, changes: Sequence[Changed], links: Links, *, short: bool) -> CorrectionGroup:
    return CorrectionGroup(
        heading=links.to(urls.corrections(year), year) if short else Link("", year),
        id=f"y{year}",
        number=formatting.count(len(changes), "change"),
        rows=[] if short else [_row(changed, links) for changed in changes],
    )


def _row(changed: Changed, links: Links) -> CorrectionRow:
    return CorrectionRow(
        date=changed.change.date.isoformat(),
        kind=formatting.capitalised(changed.change.kind),
        link=links.statement(changed.statement),
        note=changed.change.note,
    )
