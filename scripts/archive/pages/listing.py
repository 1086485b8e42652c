"""What lists and bar rows show: statements, years, and what lies under what."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from archive.model.edtf import Date
from archive.model.index import Index, Stated
from archive.model.records import Addressee, Event, Figure, Request, Statement, Term
from archive.pages.links import Link, Links
from archive.text import formatting

LONGEST = 200  # entries of one list; past this it is split by year
BAR = 48  # height of the highest bar, pixels

T = TypeVar("T", Event, Addressee)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One statement in a list."""

    date: Date
    link: Link
    form: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements under a heading; no rows where only the number is shown."""

    heading: Link
    id: str
    number: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its number, and the height it is drawn at."""

    link: Link
    number: int
    unit: str
    height: int
    top: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(Generic[T]):
    """An event or addressee, and what is part of it."""

    item: T
    link: Link
    note: str
    parts: "Sequence[Node[T]]"


def rows(statements: Iterable[Statement], links: Links, besides: Container[str] = ()) -> list[Row]:
    """One row a statement, with the first event it is about `besides` those that the page is about."""
    return [_row(statement, links, besides) for statement in statements]


def _row(statement: Statement, links: Links, besides: Container[str]) -> Row:
    if statement.withdrawn:
        return Row(date=statement.date, link=links.statement(statement), form="Withdrawn", about="")
    event = next((id for id in statement.events if id not in besides), "")
    return Row(
        date=statement.date,
        link=links.statement(statement),
        form=formatting.capitalised(formatting.id_in_words(statement.form)),
        about=formatting.en_dashes(links.archive.events[event].label) if event else "",
    )


def group(heading: Link, id: str, statements: Sequence[Statement], links: Links, *, short: bool = False) -> Group:
    """Statements under a heading; `short` gives their number only."""
    return Group(
        heading=heading, id=id, number=count_in_words(statements), rows=[] if short else rows(statements, links)
    )


def count_published(statements: Iterable[Statement]) -> int:
    """How many of them are not withdrawn."""
    return sum(not statement.withdrawn for statement in statements)


def count_in_words(statements: Sequence[Statement]) -> str:
    """How many they are, in words: "4 statements", "4 statements, 1 withdrawn record"."""
    withdrawn = len(statements) - count_published(statements)
    counted = formatting.count(len(statements) - withdrawn, "statement")
    return f"{counted}, {formatting.count(withdrawn, 'withdrawn record')}" if withdrawn else counted


def bars(numbers: Iterable[tuple[Link, int]]) -> list[Bar]:
    """A row of bars in the order given; a link that leads nowhere stands for a gap."""
    numbers = list(numbers)
    highest = max((number for _, number in numbers), default=0) or 1
    made = []
    for link, number in numbers:
        height = -(-BAR * number // highest)
        unit = "statement" if number == 1 else "statements"
        made.append(Bar(link=link, number=number, unit=unit, height=height, top=BAR - height))
    return made


def year_bars(by_year: Iterable[tuple[str, Sequence[Statement]]], link: Callable[[str], Link]) -> list[Bar]:
    """A bar for every year from the first to the last, empty ones among them."""
    counts = {year: count_published(statements) for year, statements in by_year}
    if not counts:
        return []
    years = [f"{year:04d}" for year in range(int(min(counts)), int(max(counts)) + 1)]
    return bars((link(year) if year in counts else Link("", year), counts.get(year, 0)) for year in years)


def counts_in_words(*parts: tuple[str, Iterable[Statement]]) -> str:
    """How many statements each part has that are not in one before it: "1 statement; mentioned in 3 more".

    A part is what to say, with {} for the number, and its statements; one that adds none is left out.
    """
    seen: set[str] = set()
    said = []
    for say, statements in parts:
        ids = {statement.id for statement in statements} - seen
        if ids:
            said.append(say.format(f"{len(ids):,} more" if seen else formatting.count(len(ids), "statement")))
            seen |= ids
    return "; ".join(said)


def descendants(id: str, parts: Mapping[str, Sequence[T]]) -> Iterator[str]:
    """The id of everything that lies under it, at whatever depth."""
    for part in parts[id]:
        yield part.id
        yield from descendants(part.id, parts)


def tree(
    items: Iterable[T], parts: Mapping[str, Sequence[T]], link: Callable[[str], Link], note: Callable[[T], str]
) -> list[Node[T]]:
    """The items with all that lies under them, in the order given."""
    return [
        Node(item=item, link=link(item.id), note=note(item), parts=tree(parts[item.id], parts, link, note))
        for item in items
    ]


Cited = TypeVar("Cited")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """What the pages of an event or an addressee are made from: all of it, or that of one year."""

    about: tuple[Statement, ...] = ()
    mentioning: tuple[Statement, ...] = ()
    figures: tuple[Stated[Figure], ...] = ()
    terms: tuple[Stated[Term], ...] = ()
    asked: tuple[Stated[Request], ...] = ()

    @property
    def split(self) -> bool:
        """Whether it is too much for one page."""
        return any(len(part) > LONGEST for part in (self.about, self.mentioning, self.figures, self.terms, self.asked))

    def statements(self, index: Index) -> tuple[Statement, ...]:
        """Every statement in it, newest first, once."""
        ids = {s.id for s in (*self.about, *self.mentioning)} | {asked.statement.id for asked in self.asked}
        return tuple(s for s in index.statements if s.id in ids)

    def of(self, year: str) -> "Citations":
        """What of it is from statements of one year."""
        return Citations(
            about=tuple(s for s in self.about if s.date.year == year),
            mentioning=tuple(s for s in self.mentioning if s.date.year == year),
            figures=_of_year(self.figures, year),
            terms=_of_year(self.terms, year),
            asked=_of_year(self.asked, year),
        )


def citations_of_event(id: str, index: Index) -> Citations:
    """What stands under an event."""
    return Citations(
        about=index.about[id],
        mentioning=index.mentioning[id],
        figures=index.figures[id],
        terms=index.terms[id],
    )


def citations_of_addressee(id: str, index: Index) -> Citations:
    """What stands under an addressee."""
    return Citations(about=index.addressed[id], asked=index.requests[id])


def _of_year(stated: Sequence[Stated[Cited]], year: str) -> tuple[Stated[Cited], ...]:
    return tuple(each for each in stated if each.statement.date.year == year)
