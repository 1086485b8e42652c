"""What the pages show of figures: each as stated, beside the others, never joined with them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.hrefs import Link, Links
from archive.model.index import Stated
from archive.model.records import Archive, Figure, Measure, Statement
from archive.text import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure of a statement."""

    what: str
    group: str  # of those counted; "" for all
    part: bool  # of the figure above it
    qualifier: str
    number: str
    value: str  # for machines; "" for a range
    when: str
    locator: str
    source: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A statement's figures on one event."""

    event: Link
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One figure on an event with its parts, and the statement that gives them."""

    line: Line
    parts: Sequence[Line]
    statement: Statement
    form: str
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All figures of one measure on an event."""

    measure: Measure
    entries: Sequence[Entry]


def of_statement(statement: Statement, links: Links) -> list[Block]:
    """A statement's figures by event and measure, in the order the record has them."""
    events = dict.fromkeys(figure.event for figure in statement.figures)
    return [
        Block(
            event=links.event(event),
            lines=list(_lines([figure for figure in statement.figures if figure.event == event], links.archive)),
        )
        for event in events
    ]


def of_event(stated: Iterable[Stated[Figure]], links: Links) -> list[Ledger]:
    """The figures stated on an event, already in order, one ledger a measure."""
    measures = links.archive.measures
    return [
        Ledger(measure=measures[id], entries=list(_entries(group, measures[id], links)))
        for id, group in groupby(stated, key=lambda each: each.said.measure)
    ]


def _entries(stated: Iterable[Stated[Figure]], measure: Measure, links: Links) -> Iterator[Entry]:
    for _, group in groupby(stated, key=lambda each: each.statement.id):
        said = list(group)
        statement = said[0].statement
        lines = list(_of_measure([each.said for each in said], measure))
        parts = [line for line in lines if line.part]  # of the one number of all that there is then
        for line in lines:
            if not line.part:
                yield Entry(
                    line=line,
                    parts=[] if line.group else parts,
                    statement=statement,
                    form=formatting.named(statement.form),
                    link=links.statement(statement),
                )


def _lines(figures: Sequence[Figure], archive: Archive) -> Iterator[Line]:
    for id in dict.fromkeys(figure.measure for figure in figures):
        yield from _of_measure([figure for figure in figures if figure.measure == id], archive.measures[id])


def _of_measure(figures: Sequence[Figure], measure: Measure) -> Iterator[Line]:
    """The lines of one statement's figures of one measure: the number of all, then those of groups."""
    wholes = [figure for figure in figures if not figure.group]
    for figure in wholes:
        yield _line(figure, measure.label, part=False)
    for figure in figures:
        if figure.group:
            # "of them" is true only where it is plain of which number
            part = len(wholes) == 1 and (wholes[0].as_of, wholes[0].source) == (figure.as_of, figure.source)
            group = formatting.named(figure.group)
            yield _line(figure, f"of them {group}" if part else f"{measure.label}: {group}", part=part)


def _line(figure: Figure, what: str, *, part: bool) -> Line:
    qualifier, number = formatting.stated(figure)
    return Line(
        what=what,
        group=formatting.named(figure.group) if figure.group else "",
        part=part,
        qualifier=qualifier,
        number=number,
        value="" if figure.value is None else str(figure.value),
        when=f"as of {figure.as_of.words}" if figure.as_of else "",
        locator=figure.locator,
        source=figure.source,
        note=figure.note,
    )
