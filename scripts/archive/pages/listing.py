"""Prepare what several pages list: statements, bars by year, trees, and all that cites an entry of an index."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from archive.model.authorities import Authority
from archive.model.division import LONGEST
from archive.model.edtf import Date
from archive.model.index import Index, Stated, newest_first
from archive.model.records import Entry, Figure, Request, Statement, Term
from archive.pages.links import Link, Links
from archive.text import formatting

BAR = 48  # height of the highest bar, pixels
EACH_HAS = "Each has its date, form, addressees and sources."  # in the description of a page that lists statements

T = TypeVar("T")


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
class Branch:
    """An entry of an index in a tree, with those under it."""

    item: Entry
    link: Link
    note: str
    parts: "Sequence[Branch]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """All that statements say of an entry, or what those of one year say of it."""

    lists: tuple[tuple[Statement, ...], ...]  # the statements by each field of `Authority.listed_by`
    figures: tuple[Stated[Figure], ...] = ()  # only of an event
    terms: tuple[Stated[Term], ...] = ()
    requests: tuple[Stated[Request], ...] = ()  # only of an addressee

    @property
    def is_split(self) -> bool:
        """Whether it is too much for one page."""
        return any(len(part) > LONGEST for part in (*self.lists, self.figures, self.terms, self.requests))

    def statements(self) -> tuple[Statement, ...]:
        """Return every statement in it once, newest first."""
        return newest_first(chain(*self.lists, (request.statement for request in self.requests)))

    def of(self, year: str) -> "Citations":
        """Return what comes from the statements of one year; nothing for no year."""
        return Citations(
            lists=tuple(tuple(s for s in statements if s.date.year == year) for statements in self.lists),
            figures=_of_year(self.figures, year),
            terms=_of_year(self.terms, year),
            requests=_of_year(self.requests, year),
        )


def _of_year(stated: Sequence[Stated[T]], year: str) -> tuple[Stated[T], ...]:
    return tuple(item for item in stated if item.statement.date.year == year)


def citations(authority: Authority, id: str, index: Index) -> Citations:
    """Return what statements say of an entry itself, without those under it."""
    citing = index.filed[authority.name].citing
    is_event, is_addressee = authority.name == "events", authority.name == "addressees"
    return Citations(
        lists=tuple(citing[listed.field][id] for listed in authority.listed_by),
        figures=index.figures[id] if is_event else (),
        terms=index.terms[id] if is_event else (),
        requests=index.requests[id] if is_addressee else (),
    )


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
