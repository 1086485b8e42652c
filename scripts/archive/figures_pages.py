"""The figures of all statements -> their page: on which events they are, what they count, and each as stated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive import figures, follow, lists, material
from archive.calendar_pages import updated
from archive.figures import Ledger
from archive.hrefs import Link, Links
from archive.model import urls
from archive.model.index import Index
from archive.model.records import Archive, Event, Measure
from archive.page import Page, render
from archive.text import formatting


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
    whole = sum(map(len, index.figures.values())) <= lists.LONGEST
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
    place = "by-year" if material.on_event(event.id, index).split else "figures"
    return OnEvent(
        event=event,
        link=links.to(f"{urls.event(event.id)}#{place}", formatting.dashes(event.label)),
        number=f"{formatting.count(len(stated), 'figure')} stated",
        ledgers=figures.of_event(stated, links) if whole else (),
    )


def _counted(events: Sequence[OnEvent], index: Index, archive: Archive, *, whole: bool) -> Iterator[Counted]:
    """The measures as their file has them; their events lead to this page's own ledger where it has one."""
    counted = {on.event.id: {each.said.measure for each in index.figures[on.event.id]} for on in events}
    for id, measure in archive.measures.items():
        having = [on for on in events if id in counted[on.event.id]]
        if having:
            yield Counted(
                measure=measure,
                events=[Link(f"#on-{on.event.id}", on.link.text) if whole else on.link for on in having],
            )


def _table(links: Links) -> follow.Offer:
    link = links.to(f"{urls.PLACE}figures.csv", "All figures as a table")
    return follow.Offer(link=link, type="text/csv", note="CSV; Data says what its columns mean")
