"""Prepare figures for pages, each as stated beside the others and never joined with them; make the page of all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.index import Index, Stated
from archive.model.records import Archive, Event, Figure, Measure, Statement
from archive.pages import anchors, listing
from archive.pages.dates import updated
from archive.pages.links import Alternate, Link, Links
from archive.pages.page import Page, PageMakers, render
from archive.text import formatting


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
    source: int
    note: str
    anchor: str  # on the statement's page


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A statement's figures on one event."""

    event: Link
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


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFigures:
    """The figures on an event: a link to them on the event's page, and the ledgers that this page shows."""

    event: Event
    link: Link
    number: str
    ledgers: Sequence[Ledger]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEvents:
    """A measure, with links to the events on which there are figures of it."""

    measure: Measure
    events: Sequence[Link]


def pages(archive: Archive, index: Index) -> PageMakers:
    """Yield the page of all figures."""
    yield urls.FIGURES, partial(_page, archive, index)


def _page(archive: Archive, index: Index) -> Page:
    """Return the page of all figures; past `listing.LONGEST` figures it only links to those on the events' pages."""
    links = Links(urls.FIGURES, archive)
    whole = sum(map(len, index.figures.values())) <= listing.LONGEST
    entries = index.filed["events"].entries
    events = [_event_figures(event, index, links, whole=whole) for event in entries if index.figures[event.id]]
    return Page(
        address=urls.FIGURES,
        title="Figures as stated",
        description=formatting.description(
            f"The figures that the statements give on {formatting.count(len(events), 'event')}, each as stated.",
            "By event and by what is counted, with the statement and its date.",
        ),
        kind="figures",
        html=render(
            "figures.html",
            {
                "whole": whole,
                "events": events,
                "measures": list(_measures(events, index, archive, whole=whole)),
                "alternates": [
                    Alternate(
                        link=links.to(f"{urls.DATA_FILES}figures.csv", "All figures as a table"),
                        type="text/csv",
                        note="CSV; Data says what its columns mean",
                    )
                ],
            },
        ),
        updated=updated(statement for statement in index.statements if statement.figures),
    )


def blocks_of_statement(statement: Statement, links: Links) -> list[Block]:
    """Return a statement's figures by event and measure, in the order of the record."""
    events = dict.fromkeys(figure.event for figure in statement.figures)
    return [
        Block(
            event=links.entry("events", event),
            lines=list(_lines([item for item in statement.figures if item.event == event], statement, links.archive)),
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


def _event_figures(event: Event, index: Index, links: Links, *, whole: bool) -> EventFigures:
    stated = index.figures[event.id]
    place = "by-year" if listing.citations(INDEXES["events"], event.id, index).is_split else "figures"
    return EventFigures(
        event=event,
        link=links.to(f"{urls.entry('events', event.id)}#{place}", formatting.en_dashes(event.label)),
        number=f"{formatting.count(len(stated), 'figure')} stated",
        ledgers=ledgers_of_event(stated, links) if whole else (),
    )


def _measures(
    events: Sequence[EventFigures], index: Index, archive: Archive, *, whole: bool
) -> Iterator[MeasureEvents]:
    """Yield the measures in the order of their file; `whole`: their events link to the ledgers of this page."""
    counted = {item.event.id: {stated.value.measure for stated in index.figures[item.event.id]} for item in events}
    for id, measure in archive.measures.items():
        having = [item for item in events if id in counted[item.event.id]]
        if having:
            yield MeasureEvents(
                measure=measure,
                events=[Link(f"#on-{item.event.id}", item.link.text) if whole else item.link for item in having],
            )


def _entries(stated: Iterable[Stated[Figure]], measure: Measure, links: Links) -> Iterator[LedgerEntry]:
    for _, group in groupby(stated, key=lambda item: item.statement.id):
        items = list(group)
        statement = items[0].statement
        lines = list(_lines_of_measure([item.value for item in items], measure, anchors.of_figures(statement)))
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


def _lines(figures: Sequence[Figure], statement: Statement, archive: Archive) -> Iterator[Line]:
    names = anchors.of_figures(statement)
    for id in dict.fromkeys(figure.measure for figure in figures):
        yield from _lines_of_measure(
            [figure for figure in figures if figure.measure == id], archive.measures[id], names
        )


def _lines_of_measure(figures: Sequence[Figure], measure: Measure, names: Mapping[Figure, str]) -> Iterator[Line]:
    """Yield the lines of a statement's figures of one measure: the numbers of all, then those of groups."""
    wholes = [figure for figure in figures if not figure.group]
    for figure in wholes:
        yield _line(figure, measure.label, names[figure], part=False)
    for figure in figures:
        if figure.group:
            # "of them" is true only where it is clear of which number
            part = len(wholes) == 1 and (wholes[0].as_of, wholes[0].source) == (figure.as_of, figure.source)
            group = formatting.id_in_words(figure.group)
            what = f"of them {group}" if part else f"{measure.label}: {group}"
            yield _line(figure, what, names[figure], part=part)


def _line(figure: Figure, what: str, anchor: str, *, part: bool) -> Line:
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
