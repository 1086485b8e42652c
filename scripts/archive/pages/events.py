"""Make the pages of events and the list of them."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from archive.model import urls
from archive.model.index import Index, by_year
from archive.model.records import Archive, Event
from archive.pages import figures, listing
from archive.pages.dates import updated
from archive.pages.links import Alternate, Links, alternate_links, citation_alternates, feed_alternates, same_as_links
from archive.pages.listing import Citations
from archive.pages.page import Page, neighbours, render
from archive.text import formatting

_SOURCE = "statements/authorities/events.yml"


def pages(archive: Archive, index: Index) -> Iterator[Page]:
    """Yield the list, then each event in order of time; one with many statements has a page for each year as well."""
    yield _all_events(archive, index)
    for earlier, event, later in neighbours(index.events):
        yield from _event(event, earlier, later, archive, index)


def _all_events(archive: Archive, index: Index) -> Page:
    links = Links(urls.EVENTS, archive)
    tops = [event for event in index.events if not event.parent]
    total = formatting.count(len(index.events), "event")
    return Page(
        address=urls.EVENTS,
        title="Events",
        description=formatting.description(
            f"{total} that the statements speak of, in order of time.",
            "Each has the names used for it and the figures stated.",
        ),
        kind="events",
        html=render(
            "events.html",
            {
                "total": total,
                "nodes": _tree(tops, index, links),
                "figures": links.to(urls.FIGURES, "Figures stated on these events"),
                "alternates": _calendar(links) if index.anniversaries else [],
            },
        ),
        source=_SOURCE,
        updated=updated(index.statements),
    )


def _event(event: Event, earlier: Event | None, later: Event | None, archive: Archive, index: Index) -> Iterator[Page]:
    address = urls.event(event.id)
    links = Links(address, archive)
    citations = listing.citations_of_event(event.id, index)
    statements = citations.statements(index)
    years = by_year(statements) if citations.split else ()
    about = formatting.count(len(citations.about), "statement")
    alternates = _alternates(event, links, index, citable=bool(statements))
    values = {
        "event": event,
        "trail": [links.to(urls.EVENTS, "Events")],
        "names": event.names,
        "elsewhere": same_as_links(event.same_as),
        "parent": links.event(event.parent) if event.parent else None,
        "parts_of": _tree(index.parts[event.id], index, links),
        "bars": listing.year_bars(years, lambda year: links.to(f"{address}{year}/", year)),
        "contributing": links.to(urls.doc("contributing.md"), "Contributing"),
        "search": _search(event, address) if statements or _has_statements_on_parts(event, index) else "",
        "alternates": alternates,
        "empty": not statements,
        "earlier": links.event(earlier.id) if earlier else None,
        "later": links.event(later.id) if later else None,
    }
    yield Page(
        address=address,
        title=event.label,
        description=formatting.description(
            f"{event.label}: {about} about it in the archive.",
            "With the names used for it, the figures as stated and the terms used.",
        ),
        kind="event",
        html=render("event.html", values | _values(event, Citations() if citations.split else citations, links)),
        source=_SOURCE,
        updated=updated(index.changed_on[event.id]),
        earlier=urls.event(earlier.id) if earlier else "",
        later=urls.event(later.id) if later else "",
        head=alternate_links(event.label, alternates),
    )
    for year, statements_of_year in years:
        total = formatting.count(len(statements_of_year), "statement")
        year_address = urls.event(event.id, year)
        links = Links(year_address, archive)
        alternates = _alternates(event, links, index, citable=True)
        yield Page(
            address=year_address,
            title=f"{event.label}: statements of {year}",
            description=formatting.description(
                f"{total} of {year} about or mentioning {event.label}.",
                "With the figures as stated and the terms used.",
            ),
            kind="event",
            html=render(
                "event-year.html",
                {
                    "event": event,
                    "year": year,
                    "trail": [links.to(urls.EVENTS, "Events"), links.event(event.id)],
                    "search": _search(event, year_address, year),
                    "alternates": alternates,
                    **_values(event, citations.of(year), links),
                },
            ),
            source=_SOURCE,
            updated=updated(s for s in index.changed_on[event.id] if s.date.year == year),
            head=alternate_links(event.label, alternates),
        )


def _alternates(event: Event, links: Links, index: Index, *, citable: bool) -> list[Alternate]:
    """Return its feeds, with the statements on its parts, and its bibliography, without them."""
    address = urls.event(event.id)
    part = " or a part of it" if index.parts[event.id] else ""
    content = f"New and changed records of statements about or mentioning this event{part}"
    alternates = feed_alternates(address, content, links)
    if citable:
        alternates += citation_alternates(address, "the statements about or mentioning it", links)
    return alternates


def _calendar(links: Links) -> list[Alternate]:
    link = links.to(urls.ANNIVERSARIES, "Calendar of the days on which these events began")
    note = (
        "iCalendar, for a calendar program: each day comes once a year, 29 February on the last day of the month. "
        "Events whose dates are not known to the day are left out"
    )
    return [Alternate(link=link, type="text/calendar", note=note)]


def _search(event: Event, page: str, year: str = "") -> str:
    """Return the URL of the search for what the page lists and for the statements on parts of the event."""
    dates = {"from": year, "to": year} if year else {}
    return urls.relative(urls.search(event=event.id, mentions="yes", **dates), page)


def _has_statements_on_parts(event: Event, index: Index) -> bool:
    return any(index.about[part] or index.mentioning[part] for part in listing.descendants(event.id, index.parts))


def _values(event: Event, citations: Citations, links: Links) -> dict[str, object]:
    return {
        "about": listing.rows(citations.about, links, [event.id]),
        "mentioning": listing.rows(citations.mentioning, links),
        "ledgers": figures.ledgers_of_event(citations.figures, links),
        "terms": [
            (used[0].statement, links.statement(used[0].statement), [item.value.term for item in used])
            for used in (list(group) for _, group in groupby(citations.terms, key=lambda item: item.statement.id))
        ],
    }


def _tree(events: Sequence[Event], index: Index, links: Links) -> list[listing.Branch[Event]]:
    def note(event: Event) -> str:
        below = list(listing.descendants(event.id, index.parts))
        counts = listing.counts_in_words(
            ("{}", index.about[event.id]),
            ("mentioned in {}", index.mentioning[event.id]),
            ("{} on a part of it", chain.from_iterable(index.about[part] for part in below)),
            ("a part of it mentioned in {}", chain.from_iterable(index.mentioning[part] for part in below)),
        )
        return counts or "no statement"

    return listing.tree(events, index.parts, links.event, note)
