"""Make the ledger: for each event a table of the figures stated on it, by what is counted and by statement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from archive.model import urls
from archive.model.division import Part
from archive.model.edtf import Date
from archive.model.index import Index, Stated, chronological, divide_figures
from archive.model.records import Archive, Event, Figure, Measure
from archive.pages import anchors, figures
from archive.pages.dates import updated
from archive.pages.links import Link, Links, table_alternate
from archive.pages.page import Page, PageMakers, render
from archive.text import formatting

WIDEST = 8  # statements of one table: as many columns as a screen has room for

Figures = Part[Stated[Figure]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A statement: its date, a link to it, and the outlets whose reports give the figures."""

    date: Date
    link: Link
    outlets: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A figure as stated, with a link to the record's figures, where its source, its place there and a note stand."""

    line: figures.Line
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The figures of a measure and a group: for each column those of its statement."""

    group: str  # "" for the number of all
    cells: Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The figures that some statements give on an event, each measure with its rows."""

    columns: Sequence[Column]
    measures: Sequence[tuple[Measure, Link, Sequence[Row]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The figures on an event: its tables, or where they have a page of their own, a link to it."""

    event: Event
    link: Link
    number: str
    tables: Sequence[Table]


def pages(archive: Archive, index: Index) -> PageMakers:
    """Yield the ledger, where it is too long also by event, or by event and year; and the page of measures."""
    events = [event.id for event in index.filed["events"].entries if index.figures[event.id]]
    by_event = {id: index.figures[id] for id in events}
    changed = updated(statement for statement in index.statements if statement.figures)
    for part in divide_figures(by_event.values()).walk():
        yield urls.part(urls.FIGURES, part.path), partial(_page, part, changed, archive)
    counted = {id: dict.fromkeys(stated.value.measure for stated in found) for id, found in by_event.items()}
    measures = {id: tuple(event for event in events if id in counted[event]) for id in archive.measures}
    yield urls.MEASURES, partial(_measures_page, measures, changed, archive, index)


def _page(part: Figures, changed: str, archive: Archive) -> Page:
    links = Links(urls.part(urls.FIGURES, part.path), archive)
    event = archive.events[part.path[0]] if part.path else None
    title = f"Figures as stated on {event.label}" if event else "Figures as stated"
    title += f", statements in {part.path[1]}" if part.path[1:] else ""
    sections = [*_sections(part, links)]
    return Page(
        address=links.page,
        title=title,
        description=formatting.description(
            f"{title}: {formatting.count(len(part.items), 'figure')}, in the order of the statements that give them.",
            "A table for each event, by what is counted.",
        ),
        kind="figures",
        html=render(
            "ledger.html",
            {
                "heading": title,
                "total": formatting.count(len(part.items), "figure"),
                "trail": [
                    links.to(urls.part(urls.FIGURES, part.path[:step]), event.label if step and event else "Figures")
                    for step in range(len(part.path))
                ],
                "event": links.entry("events", event.id) if event else None,
                "sections": sections,
                "years": [
                    (links.to(urls.part(urls.FIGURES, below.path), below.path[1]), _number(below.items))
                    for below in part.parts
                    if event
                ],
                "measures": links.to(urls.MEASURES, "What is counted"),
                "alternates": [table_alternate("figures", "All figures as a table", links)],
            },
        ),
        updated=changed,
    )


def _sections(part: Figures, links: Links) -> Iterator[Section]:
    """Yield the events of a part of the ledger; those that have a page of their own without their tables."""
    for id, group in groupby(part.items, key=lambda stated: stated.value.event):
        stated = tuple(group)
        event = links.archive.events[id]
        label = formatting.en_dashes(event.label)
        yield Section(
            event=event,
            link=links.to(urls.part(urls.FIGURES, [id]), label) if part.parts else Link(f"#on-{id}", label),
            number=_number(stated),
            tables=[] if part.parts else [*_tables(stated, links)],
        )


def _number(stated: Sequence[Stated[Figure]]) -> str:
    statements = len({item.statement.id for item in stated})
    return f"{formatting.count(len(stated), 'figure')} stated in {formatting.count(statements, 'statement')}"


def _tables(stated: Sequence[Stated[Figure]], links: Links) -> Iterator[Table]:
    """Yield tables of as many statements as have room beside each other, in order of date."""
    statements = sorted({item.statement.id: item.statement for item in stated}.values(), key=chronological)
    number = -(-len(statements) // WIDEST)
    width = -(-len(statements) // number)
    for start in range(0, len(statements), width):
        beside = statements[start : start + width]
        ids = [statement.id for statement in beside]
        figures = [item for item in stated if item.statement.id in ids]
        yield Table(
            columns=[_column([item for item in figures if item.statement.id == id], links) for id in ids],
            measures=[*_measures(figures, ids, links)],
        )


def _column(stated: Sequence[Stated[Figure]], links: Links) -> Column:
    statement = stated[0].statement
    numbers = sorted({item.value.source for item in stated if item.value.source})
    outlets = dict.fromkeys(source.outlet for number in numbers for source in statement.sources[number - 1 : number])
    return Column(
        date=statement.date,
        link=links.statement(statement),
        outlets=formatting.join([links.archive.outlets[id].label for id in outlets]),
    )


def _measures(
    stated: Sequence[Stated[Figure]], ids: Sequence[str], links: Links
) -> Iterator[tuple[Measure, Link, Sequence[Row]]]:
    named: dict[int, str] = {}
    for statement in ids:
        named |= anchors.of_figures(item.value for item in stated if item.statement.id == statement)
    for measure_id, group in groupby(stated, key=lambda item: item.value.measure):
        measure = links.archive.measures[measure_id]
        by_group: dict[str, list[Stated[Figure]]] = {}
        for item in sorted(group, key=lambda item: bool(item.value.group)):
            by_group.setdefault(item.value.group, []).append(item)
        rows = [
            Row(
                group=formatting.id_in_words(name),
                cells=[
                    [_value(item, named[id(item.value)], links) for item in items if item.statement.id == statement]
                    for statement in ids
                ],
            )
            for name, items in by_group.items()
        ]
        yield measure, links.to(f"{urls.MEASURES}#measure-{measure_id}", measure.label), rows


def _value(stated: Stated[Figure], anchor: str, links: Links) -> Value:
    return Value(
        line=figures.line(stated.value, ""), link=links.to(f"{urls.statement(stated.statement.id)}#{anchor}", "")
    )


def _measures_page(measures: Mapping[str, Sequence[str]], changed: str, archive: Archive, index: Index) -> Page:
    """Return the page that says what each measure counts, with the events on which there are figures of it."""
    links = Links(urls.MEASURES, archive)
    used = [
        (
            archive.measures[id],
            [
                links.to(index.ledger_pages[event], formatting.en_dashes(archive.events[event].label))
                for event in events
            ],
        )
        for id, events in measures.items()
        if events
    ]
    number = formatting.count(len(used), "measure")
    return Page(
        address=links.page,
        title="What is counted",
        description=formatting.description(
            f"What the figures count: the definition of {number}, with the events.",
            "Two figures are of one measure only where they count the same thing.",
        ),
        kind="figures",
        html=render(
            "measures.html", {"number": number, "measures": used, "trail": [links.to(urls.FIGURES, "Figures")]}
        ),
        source="statements/authorities/measures.yml",
        updated=changed,
    )
