"""Prepare what several pages list: statements, bars by year, trees, and all that cites one event or addressee."""

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
S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A statement in a list."""

    date: Date
    link: Link
    form: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements under a heading; no rows where only their number is shown."""

    heading: Link
    id: str
    number: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a chart of statements; `height` is in pixels."""

    link: Link
    number: int
    height: int

    @property
    def unit(self) -> str:
        return "statement" if self.number == 1 else "statements"

    @property
    def top(self) -> int:
        """The space above it, in pixels."""
        return BAR - self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(Generic[T]):
    """An event or addressee in a tree, with its parts."""

    item: T
    link: Link
    note: str
    parts: "Sequence[Branch[T]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """All that statements say of an event or addressee, or what those of one year say of it."""

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
        """Return every statement in it once, newest first."""
        ids = {s.id for s in (*self.about, *self.mentioning)} | {asked.statement.id for asked in self.asked}
        return tuple(s for s in index.statements if s.id in ids)

    def of(self, year: str) -> "Citations":
        """Return what comes from the statements of one year."""
        return Citations(
            about=tuple(s for s in self.about if s.date.year == year),
            mentioning=tuple(s for s in self.mentioning if s.date.year == year),
            figures=_of_year(self.figures, year),
            terms=_of_year(self.terms, year),
            asked=_of_year(self.asked, year),
        )


def _of_year(stated: Sequence[Stated[S]], year: str) -> tuple[Stated[S], ...]:
    return tuple(item for item in stated if item.statement.date.year == year)


def citations_of_event(id: str, index: Index) -> Citations:
    """Return what statements say of the event itself, without its parts."""
    return Citations(
        about=index.about[id],
        mentioning=index.mentioning[id],
        figures=index.figures[id],
        terms=index.terms[id],
    )


def citations_of_addressee(id: str, index: Index) -> Citations:
    """Return the statements to the addressee itself and what is asked of it, without the bodies under it."""
    return Citations(about=index.addressed[id], asked=index.requests[id])


def rows(statements: Iterable[Statement], links: Links, besides: Container[str] = ()) -> list[Row]:
    """Return a row for each statement, with its first event that is not in `besides`, the events of the page."""
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
    """Return the statements under a heading; if `short`, only their number."""
    return Group(
        heading=heading, id=id, number=count_in_words(statements), rows=[] if short else rows(statements, links)
    )


def count_published(statements: Iterable[Statement]) -> int:
    """Return how many of the statements are not withdrawn."""
    return sum(not statement.withdrawn for statement in statements)


def count_in_words(statements: Sequence[Statement]) -> str:
    """Return the number of statements in words: "4 statements", "4 statements, 1 withdrawn record"."""
    withdrawn = len(statements) - count_published(statements)
    published = formatting.count(len(statements) - withdrawn, "statement")
    return f"{published}, {formatting.count(withdrawn, 'withdrawn record')}" if withdrawn else published


def counts_in_words(*parts: tuple[str, Iterable[Statement]]) -> str:
    """Return how many statements each part adds to those before it: "1 statement; mentioned in 3 more".

    A part is a phrase, with {} for the number, and its statements; one that adds none is left out.
    """
    seen: set[str] = set()
    phrases = []
    for phrase, statements in parts:
        ids = {statement.id for statement in statements} - seen
        if ids:
            phrases.append(phrase.format(f"{len(ids):,} more" if seen else formatting.count(len(ids), "statement")))
            seen |= ids
    return "; ".join(phrases)


def bars(numbers: Iterable[tuple[Link, int]]) -> list[Bar]:
    """Return a bar for each number, in the order given; a link without `href` marks a gap."""
    numbers = list(numbers)
    highest = max((number for _, number in numbers), default=0) or 1
    return [Bar(link=link, number=number, height=-(-BAR * number // highest)) for link, number in numbers]


def year_bars(by_year: Iterable[tuple[str, Sequence[Statement]]], link: Callable[[str], Link]) -> list[Bar]:
    """Return a bar for every year from the first to the last, years without statements included."""
    counts = {year: count_published(statements) for year, statements in by_year}
    if not counts:
        return []
    years = [f"{year:04d}" for year in range(int(min(counts)), int(max(counts)) + 1)]
    return bars((link(year) if year in counts else Link("", year), counts.get(year, 0)) for year in years)


def descendants(id: str, parts: Mapping[str, Sequence[T]]) -> Iterator[str]:
    """Yield the id of every part of an event or addressee, at any depth."""
    for part in parts[id]:
        yield part.id
        yield from descendants(part.id, parts)


def tree(
    items: Iterable[T], parts: Mapping[str, Sequence[T]], link: Callable[[str], Link], note: Callable[[T], str]
) -> list[Branch[T]]:
    """Return the items with all their parts, in the order given."""
    return [
        Branch(item=item, link=link(item.id), note=note(item), parts=tree(parts[item.id], parts, link, note))
        for item in items
    ]
