"""Make the timeline: events and statements on one axis of time, as a picture and as a table. It counts statements only.

The axis is broken into years, a picture each, so that a narrow screen has room for it and print breaks between them:
places across are shares of the width, places down are pixels. Past `LONGEST` statements the table has months with their
numbers in place of them, past `_DOTTED` the picture has bars.
"""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from archive.model import urls
from archive.model.division import LONGEST
from archive.model.edtf import MONTHS, Date
from archive.model.index import Index
from archive.model.records import Archive, Event, Statement
from archive.pages.dates import updated
from archive.pages.links import Link, Links
from archive.pages.page import Page, PageMakers, render
from archive.text import formatting

_DOTTED = 500  # statements, each with a dot of its own
_SLOTS = 1 + len(MONTHS)  # the first is for what is known to the year only
_LETTERS = 38  # of a line of text: as many as a narrow screen has room for
_DOT, _LINE, _BAR = 10, 18, 40  # pixels: the side of a mark, a line of text, the highest bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """The statements of a month: dots or a bar on the line of the year, their number above."""

    x: float  # per cent of the width
    link: Link
    number: int
    dots: Sequence[tuple[int, int]]  # where each is, from the foot of the stack; none for a bar
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An event: a mark below the line of the year, and its label, in lines of text with their places down."""

    x: float
    end: float  # to which it lasted in this year; as x if it did not
    dx: int
    y: int
    link: Link
    lines: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The picture of a year, and the years left out before it."""

    year: Link
    gap: str
    base: int  # the line on which the statements stand
    height: int
    stacks: Sequence[Stack]
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row of the table: an event, a statement or a month."""

    date: Date | None
    link: Link
    what: str


def pages(archive: Archive, index: Index) -> PageMakers:
    """Yield the timeline."""
    events = index.filed["events"].entries
    yield urls.TIMELINE, partial(_page, index.published, events, updated(index.statements), archive)


def _page(statements: Sequence[Statement], events: Sequence[Event], changed: str, archive: Archive) -> Page:
    links = Links(urls.TIMELINE, archive)
    total = f"{formatting.count(len(statements), 'statement')} and {formatting.count(len(events), 'event')}"
    return Page(
        address=urls.TIMELINE,
        title="Timeline",
        description=formatting.description(
            f"{total} on one axis of time, by month.", "A picture, and the same as a table, with links to each."
        ),
        kind="timeline",
        html=render(
            "timeline.html",
            {
                "total": total,
                "dotted": len(statements) <= _DOTTED,
                "listed": len(statements) <= LONGEST,
                "rows": [*_rows(statements, events, links)],
                "months": [(_x(place), name[0]) for place, name in enumerate(MONTHS, 1)],
                "years": [*_table(statements, events, links)],
            },
        ),
        updated=changed,
    )


def _rows(statements: Sequence[Statement], events: Sequence[Event], links: Links) -> Iterator[Row]:
    """Yield the years that have anything, the earliest first."""
    months = Counter((s.date.year, s.date.month) for s in statements)
    highest = max(months.values()) if len(statements) > _DOTTED else 0
    before = 0
    for year in sorted({year for year, _ in months} | {event.date.year for event in events}):
        first, last = before + 1, int(year) - 1
        stacks = [
            _stack(year, month, number, highest, links) for (of, month), number in sorted(months.items()) if of == year
        ]
        base = 2 * _LINE + max((stack.height for stack in stacks), default=0)
        marks, end = _marks([event for event in events if event.date.year == year], base, links)
        yield Row(
            year=links.to(urls.year(year), year) if stacks else Link("", year),
            gap="" if not before or first > last else f"{first} to {last}" if first < last else f"{first}",
            base=base,
            height=end,
            stacks=stacks,
            marks=marks,
        )
        before = int(year)


def _stack(year: str, month: str, number: int, highest: int, links: Links) -> Stack:
    """Return the statements of a month: in two columns of dots, or as a bar beside the highest one."""
    name = formatting.month(year, month) if month else f"{year}, month not given"
    address = urls.month(year, month) if month else f"{urls.year(year)}#munknown"
    dots = [(_DOT * (place % 2) - _DOT // 2, _DOT * (place // 2) + _DOT // 2) for place in range(number)]
    if number == 1:
        dots = [(0, _DOT // 2)]
    return Stack(
        x=_x(int(month or 0)),
        link=links.to(address, f"{name}: {formatting.count(number, 'statement')}"),
        number=number,
        dots=[] if highest else dots,
        height=max(2, _BAR * number // highest) if highest else _DOT * -(-number // 2),
    )


def _marks(events: Sequence[Event], base: int, links: Links) -> tuple[list[Mark], int]:
    """Return the events of a year, and where the last label ends; those of one month stand two beside each other."""
    months = Counter(event.date.month for event in events)
    text = base + _DOT * -(-max(months.values(), default=0) // 2) + _LINE // 2
    seen: Counter[str] = Counter()
    marks = []
    for event in events:
        place, month = seen[event.date.month], event.date.month
        seen[month] += 1
        lines = []
        for line in textwrap.wrap(formatting.en_dashes(event.label), _LETTERS, break_on_hyphens=False):
            text += _LINE
            lines.append((text, line))
        end = event.date.end
        last = _x(int(end.text[5:7] or 12)) if end and end.text[:4] == event.date.year else 100.0 if end else 0.0
        marks.append(
            Mark(
                x=_x(int(month or 0)),
                end=max(last, _x(int(month or 0))),
                dx=0 if months[month] == 1 else _DOT * (place % 2) - _DOT // 2,
                y=base + _DOT * (place // 2) + _DOT,
                link=links.entry("events", event.id),
                lines=lines,
            )
        )
    return marks, text + _LINE // 2


def _x(slot: int) -> float:
    return round((slot + 0.5) * 100 / _SLOTS, 2)


def _table(statements: Sequence[Statement], events: Sequence[Event], links: Links) -> Iterator[tuple[str, list[Item]]]:
    """Yield each year with its events and its statements or months, the earliest first."""
    about = Counter(id for statement in statements for id in statement.events)
    items = [(event.date.text, 0, _event(event, about[event.id], links)) for event in events]
    if len(statements) <= LONGEST:
        items += [(s.date.text, 1, _statement(s, links)) for s in reversed(statements)]
    else:
        months = Counter((s.date.year, s.date.month) for s in statements)
        for (year, month), number in months.items():
            stack = _stack(year, month, number, 0, links)
            items.append((f"{year}-{month}".rstrip("-"), 1, Item(date=None, link=stack.link, what="")))
    items.sort(key=lambda item: item[:2])
    for year, group in groupby(items, key=lambda item: item[0][:4]):
        yield year, [item for _, _, item in group]


def _event(event: Event, number: int, links: Links) -> Item:
    statements = f"Event, {formatting.count(number, 'statement')} about it" if number else "Event"
    return Item(date=event.date, link=links.entry("events", event.id), what=statements)


def _statement(statement: Statement, links: Links) -> Item:
    form = formatting.capitalised(formatting.id_in_words(statement.form))
    labels = [formatting.en_dashes(links.archive.events[id].label) for id in statement.events]
    more = f" and {len(labels) - 1} more" if len(labels) > 1 else ""
    return Item(
        date=statement.date,
        link=links.statement(statement),
        what=f"{form} on {labels[0]}{more}" if labels else form,
    )
