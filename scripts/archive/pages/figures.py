"""Prepare figures for pages, each as stated beside the others and never joined with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from archive.model.index import Index, Stated
from archive.model.records import Archive, Figure, Measure, Statement
from archive.pages import anchors
from archive.pages.links import Link, Links
from archive.text import formatting

_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A figure of a statement, in words."""

    what: str
    group: str  # of those counted; "" for all
    part: bool  # of the figure above it
    qualifier: str
    number: str
    value: str  # for machines; "" for a range
    when: str
    locator: str
    source: int | None
    note: str
    anchor: str  # on the statement's page


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A statement's figures on one event."""

    event: Link
    ledger: Link  # to what all statements give on it
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A figure on an event, with its parts and the statement that gives them."""

    line: Line
    parts: Sequence[Line]
    statement: Statement
    form: str
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All figures of one measure on an event."""

    measure: Measure
    entries: Sequence[LedgerEntry]


def blocks_of_statement(statement: Statement, index: Index, links: Links) -> list[Block]:
    """Return a statement's figures by event and measure, in the order of the record."""
    events = dict.fromkeys(figure.event for figure in statement.figures)
    return [
        Block(
            event=links.entry("events", event),
            ledger=links.to(index.ledger_pages[event], "all figures on it"),
            lines=list(_lines([figure for figure in statement.figures if figure.event == event], links.archive)),
        )
        for event in events
    ]


def ledgers_of_event(stated: Iterable[Stated[Figure]], links: Links) -> list[Ledger]:
    """Return a ledger for each measure of the figures stated on an event, which the index has in order."""
    measures = links.archive.measures
    return [
        Ledger(measure=measures[id], entries=list(_entries(group, measures[id], links)))
        for id, group in groupby(stated, key=lambda item: item.value.measure)
    ]


def beginning(ledgers: Sequence[Ledger]) -> int:
    """Return how many of the ledgers are shown at once: those that begin within the first `_SHOWN` entries."""
    before = accumulate((len(ledger.entries) for ledger in ledgers), initial=0)
    return sum(number < _SHOWN for number, _ in zip(before, ledgers, strict=False))


def _entries(stated: Iterable[Stated[Figure]], measure: Measure, links: Links) -> Iterator[LedgerEntry]:
    for _, group in groupby(stated, key=lambda item: item.statement.id):
        items = list(group)
        statement = items[0].statement
        lines = list(
            _lines_of_measure([item.value for item in items], measure, anchors.of_figures(item.value for item in items))
        )
        parts = [line for line in lines if line.part]  # if there are parts, exactly one line counts all
        for line in lines:
            if not line.part:
                yield LedgerEntry(
                    line=line,
                    parts=[] if line.group else parts,
                    statement=statement,
                    form=formatting.id_in_words(statement.form),
                    link=links.statement(statement),
                )


def _lines(figures: Sequence[Figure], archive: Archive) -> Iterator[Line]:
    names = anchors.of_figures(figures)
    for id in dict.fromkeys(figure.measure for figure in figures):
        yield from _lines_of_measure(
            [figure for figure in figures if figure.measure == id], archive.measures[id], names
        )


def _lines_of_measure(figures: Sequence[Figure], measure: Measure, names: Mapping[int, str]) -> Iterator[Line]:
    """Yield the lines of a statement's figures of one measure: the numbers of all, then those of groups."""
    wholes = [figure for figure in figures if not figure.group]
    for figure in wholes:
        yield line(figure, measure.label, names[id(figure)])
    for figure in figures:
        if figure.group:
            # "of them" is true only where it is clear of which number
            part = len(wholes) == 1 and (wholes[0].as_of, wholes[0].source) == (figure.as_of, figure.source)
            group = formatting.id_in_words(figure.group)
            what = f"of them {group}" if part else f"{measure.label}: {group}"
            yield line(figure, what, names[id(figure)], part=part)


def line(figure: Figure, what: str, anchor: str = "", *, part: bool = False) -> Line:
    """Return a figure in words: `what` it counts, its anchor, and whether it is a part of another."""
    qualifier, number = formatting.qualified_number(figure)
    return Line(
        what=what,
        group=formatting.id_in_words(figure.group) if figure.group else "",
        part=part,
        qualifier=qualifier,
        number=number,
        value="" if figure.value is None else str(figure.value),
        when=f"as of {figure.as_of.words}" if figure.as_of else "",
        locator=figure.locator,
        source=figure.source,
        note=figure.note,
        anchor=anchor,
    )
