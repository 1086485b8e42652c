"""What was changed in records after they were first archived -> its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.model import urls
from archive.model.index import Changed, Index
from archive.model.records import Archive
from archive.pages import listing
from archive.pages.links import Link, Links, alternate_links, feed_alternates
from archive.pages.page import Page, render
from archive.text import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One change: the ISO day, its kind in words, the record, and what was changed."""

    date: str
    kind: str
    link: Link
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The changes of one year; no rows where only their number is shown."""

    heading: Link
    id: str
    number: str
    rows: Sequence[Row]


def pages(archive: Archive, index: Index) -> Iterator[Page]:
    """All corrections, newest first; where they are many, a page a year as well."""
    years = [
        (year, list(found)) for year, found in groupby(index.corrections, key=lambda each: f"{each.change.date:%Y}")
    ]
    split = len(index.corrections) > listing.LONGEST
    yield _page("", years, archive, short=split)
    if split:
        for year, found in years:
            yield _page(year, [(year, found)], archive, short=False)


def _page(year: str, years: Sequence[tuple[str, Sequence[Changed]]], archive: Archive, *, short: bool) -> Page:
    address = urls.corrections(year)
    links = Links(address, archive)
    offers = feed_alternates(urls.CORRECTIONS, "each change to a record after it was first archived", links)
    number = sum(len(found) for _, found in years)
    total = formatting.count(number, "change")
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
                "groups": [_group(each, found, links, short=short) for each, found in years],
                "contributing": links.to(urls.doc("contributing.md"), "Contributing"),
                "method": links.to(urls.doc("method.md"), "Method"),
                "offers": offers,
            },
        ),
        updated=max((each.change.date.isoformat() for _, found in years for each in found), default=""),
        head=alternate_links("Corrections", offers),
    )


def _group(year: str, found: Sequence[Changed], links: Links, *, short: bool) -> Group:
    return Group(
        heading=links.to(urls.corrections(year), year) if short else Link("", year),
        id=f"y{year}",
        number=formatting.count(len(found), "change"),
        rows=[] if short else [_row(each, links) for each in found],
    )


def _row(changed: Changed, links: Links) -> Row:
    return Row(
        date=changed.change.date.isoformat(),
        kind=formatting.capitalised(changed.change.kind),
        link=links.statement(changed.statement),
        note=changed.change.note,
    )
