"""What the pages show of figures: each as stated, beside the others, never joined with them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.model import urls
from archive.model.index import Index, Stated
from archive.model.records import Archive, Event, Figure, Measure, Statement
from archive.pages import listing
from archive.pages.dates import updated
from archive.pages.links import Alternate, Link, Links
from archive.pages.page import Page, render
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


def blocks_of_statement(statement: Statement, links: Links) -> list[Block]:
    """A statement's figures by event and measure, in the order the record has them."""
    events = dict.fromkeys(figure.event for figure in statement.figures)
    return [
        Block(
            event=links.event(event),
            lines=list(_lines([figure for figure in statement.figures if figure.event == event], links.archive)),
        )
        for event in events
    ]


def ledgers_of_event(stated: Iterable[Stated[Figure]], links: Links) -> list[Ledger]:
    """The figures stated on an event, already in order, one ledger a measure."""
    measures = links.archive.measures
    return [
        Ledger(measure=measures[id], entries=list(_entries(group, measures[id], links)))
        for id, group in groupby(stated, key=lambda each: each.value.measure)
    ]


def _entries(stated: Iterable[Stated[Figure]], measure: Measure, links: Links) -> Iterator[Entry]:
    for _, group in groupby(stated, key=lambda each: each.statement.id):
        said = list(group)
        statement = said[0].statement
        lines = list(_of_measure([each.value for each in said], measure))
        parts = [line for line in lines if line.part]  # of the one number of all that there is then
        for line in lines:
            if not line.part:
                yield Entry(
                    line=line,
                    parts=[] if line.group else parts,
                    statement=statement,
                    form=formatting.id_in_words(statement.form),
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
            group = formatting.id_in_words(figure.group)
            yield _line(figure, f"of them {group}" if part else f"{measure.label}: {group}", part=part)


def _line(figure: Figure, what: str, *, part: bool) -> Line:
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
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OnEvent:
    """An event with figures: the link to them on its own page, and what this page shows of them."""

    event: Event
    link: Link
    number: str
    ledgers: Sequence[Ledger]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A measure with figures, and the events it has them on."""

    measure: Measure
    events: Sequence[Link]


def pages(archive: Archive, index: Index) -> Iterator[Page]:
    """The one page; where the figures are many, it leads to the pages of the events that have them."""
    links = Links(urls.FIGURES, archive)
    whole = sum(map(len, index.figures.values())) <= listing.LONGEST
    events = [_on_event(event, index, links, whole=whole) for event in index.events if index.figures[event.id]]
    yield Page(
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
                "counted": list(_counted(events, index, archive, whole=whole)),
                "offers": [_table(links)],
            },
        ),
        updated=updated(statement for statement in index.statements if statement.figures),
    )


def _on_event(event: Event, index: Index, links: Links, *, whole: bool) -> OnEvent:
    stated = index.figures[event.id]
    place = "by-year" if listing.citations_of_event(event.id, index).split else "figures"
    return OnEvent(
        event=event,
        link=links.to(f"{urls.event(event.id)}#{place}", formatting.en_dashes(event.label)),
        number=f"{formatting.count(len(stated), 'figure')} stated",
        ledgers=ledgers_of_event(stated, links) if whole else (),
    )


def _counted(events: Sequence[OnEvent], index: Index, archive: Archive, *, whole: bool) -> Iterator[Counted]:
    """The measures as their file has them; their events lead to this page's own ledger where it has one."""
    counted = {on.event.id: {each.value.measure for each in index.figures[on.event.id]} for on in events}
    for id, measure in archive.measures.items():
        having = [on for on in events if id in counted[on.event.id]]
        if having:
            yield Counted(
                measure=measure,
                events=[Link(f"#on-{on.event.id}", on.link.text) if whole else on.link for on in having],
            )


def _table(links: Links) -> Alternate:
    link = links.to(f"{urls.DATA_FILES}figures.csv", "All figures as a table")
    return Alternate(link=link, type="text/csv", note="CSV; Data says what its columns mean")
