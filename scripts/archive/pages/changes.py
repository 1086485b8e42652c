"""Make the pages of changes: all that was added or changed in the archive, and the corrections among it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice

from archive.model import urls
from archive.model.changes import Line, anchor, divided, places
from archive.model.division import LONGEST, Part
from archive.model.index import Index, by_year, newest_first
from archive.model.records import Archive
from archive.pages.links import Link, Links, alternate_links, feed_alternates
from archive.pages.page import Page, PageMakers, render
from archive.text import formatting

_NEWEST = 20  # lines on a page that is divided


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line in the list: its ISO day, its kind in words, the note, and the record or the records."""

    id: str  # of the first line of its day; "" for any other
    date: str
    kind: str
    note: str
    records: str  # how many there are, in words
    links: Sequence[Link]  # to each of them, or to their years


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The lines of one year, month or day; no rows where they have a page of their own."""

    heading: Link
    id: str
    number: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list of changes: where it stands, and what its page says."""

    address: str
    feeds: str  # the address of the page whose feeds it has
    title: str
    content: str  # of the feeds
    lead: str  # completes "..., newest first"
    none: str


_CORRECTIONS = List(
    address=urls.CORRECTIONS,
    feeds=urls.CORRECTIONS,
    title="Corrections",
    content="Each change to a record after it was first archived",
    lead="What was changed in records after they were first archived",
    none="No record has been changed since it was first archived.",
)
_NEW = List(
    address=urls.NEW,
    feeds="",  # of all records: it is of the same changes
    title="New and changed",
    content="New and changed records, whole archive",
    lead="What was added or changed in the archive, by the day of archiving",
    none="The archive has no records yet.",
)


def pages(archive: Archive, index: Index) -> PageMakers:
    """Yield the page of what is new and changed, and that of the corrections, newest first.

    Past `LONGEST` entries, each year has a page as well, and so its months and days.
    """
    for list, changes in ((_NEW, index.changes), (_CORRECTIONS, index.corrections)):
        for part in divided(changes).walk():
            yield urls.part(list.address, part.path), partial(_page, list, part, archive)


def newest(index: Index, links: Links, number: int) -> list[Row]:
    """Return the newest lines of all; where one has several records, a link leads to its day in the list."""
    return [*_short(_NEW, divided(index.changes), links, number)]


def _page(list: List, part: Part[Line], archive: Archive) -> Page:
    links = Links(urls.part(list.address, part.path), archive)
    alternates = feed_alternates(list.feeds, list.content, links)
    total = _count(part)
    title = f"{list.title}: {_period(part.path)}" if part.path else list.title
    steps = range(len(part.path))
    return Page(
        address=links.page,
        title=title,
        description=formatting.description(
            f"{list.lead}, newest first: {total}.", "Each has its date, its kind, the record and what was changed."
        ),
        kind="corrections" if list is _CORRECTIONS else "new",
        html=render(
            "changes.html",
            {
                "heading": title,
                "list": list,
                "total": total,
                "trail": [
                    links.to(urls.part(list.address, part.path[:step]), _period(part.path[:step]) or list.title)
                    for step in steps
                ],
                "newest": [*_short(list, part, links, _NEWEST)] if part.parts else [],
                "groups": [*_groups(list, part, links)],
                "contributing": links.to(urls.doc("contributing.md"), "Contributing"),
                "method": links.to(urls.doc("method.md"), "Method"),
                "alternates": alternates,
            },
        ),
        updated=max((line.day for line in part.items), default=""),
        head=alternate_links(list.title, alternates) if list.feeds else "",  # those of all records every page names
    )


def _groups(list: List, part: Part[Line], links: Links) -> Iterator[Group]:
    """Yield the parts of a list, or, of one that has none, its years, months or days."""
    depth = min(len(part.path) + 1, 3)
    parts = part.parts or [
        Part(path=tuple(day.split("-")[:depth]), items=tuple(lines))
        for day, lines in groupby(part.items, key=lambda line: "-".join(line.day.split("-")[:depth]))
    ]
    for below in parts:
        name = _period(below.path)
        yield Group(
            heading=links.to(urls.part(list.address, below.path), name) if part.parts else Link("", name),
            id=f"y{'-'.join(below.path)}",
            number=_count(below),
            rows=[] if part.parts else [*_rows(below.items, links)],
        )


def _rows(lines: Iterable[Line], links: Links) -> Iterator[Row]:
    for _, of_day in groupby(lines, key=lambda line: line.day):
        for place, line in enumerate(of_day):
            yield _row(line, _records(line, links), first=place == 0)


def _records(line: Line, links: Links) -> list[Link]:
    statements = [changed.statement for changed in line.changes]
    if len(statements) <= LONGEST:
        return [links.statement(statement) for statement in statements]
    years = by_year(newest_first(statements))
    return [links.to(urls.year(year), f"{formatting.count(len(found), 'record')} from {year}") for year, found in years]


def _short(list: List, part: Part[Line], links: Links, number: int) -> Iterator[Row]:
    """Yield the first lines, each with the record, or with a link to where all of its records are listed."""
    for path, line in islice(places(part), number):
        if len(line.changes) == 1:
            yield _row(line, _records(line, links), first=False)
        else:
            day = f"{urls.part(list.address, path)}#{anchor(line)}"
            yield _row(line, [links.to(day, formatting.count(len(line.changes), "record"))], first=False)


def _row(line: Line, records: Sequence[Link], *, first: bool) -> Row:
    change = line.changes[0].change
    return Row(
        id=anchor(line) if first else "",
        date=line.day,
        kind=formatting.capitalised(change.kind),
        note=change.note,
        records=formatting.count(len(line.changes), "record"),
        links=records,
    )


def _count(part: Part[Line]) -> str:
    return formatting.count(sum(len(line.changes) for line in part.items), "change")


def _period(path: Sequence[str]) -> str:
    """Return a year, a month or a day in words; "" for none."""
    match path:
        case [year]:
            return year
        case [year, month]:
            return formatting.month(year, month)
        case [year, month, day]:
            return f"{int(day)} {formatting.month(year, month)}"
    return ""
