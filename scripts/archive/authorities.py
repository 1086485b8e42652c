"""Events and addressees -> their pages, and the two lists of them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from archive import addresses, figures, lists, material, words
from archive.calendar_pages import updated
from archive.choices import ADDRESSEE_KINDS
from archive.hrefs import Link, Links, elsewhere
from archive.index import Index, by_year
from archive.material import Material
from archive.model import Addressee, Archive, Event, Name
from archive.page import Page, neighbours, render

EVENTS_FILE = "statements/authorities/events.yml"
ADDRESSEES_FILE = "statements/authorities/addressees.yml"


def pages(archive: Archive, index: Index) -> Iterator[Page]:
    """All events and each of them, all addressees and each of them; of one with much, a page a year as well."""
    yield _all_events(archive, index)
    for earlier, event, later in neighbours(index.events):
        yield from _event(event, earlier, later, archive, index)
    yield _all_addressees(archive, index)
    for addressee in index.addressees:
        yield from _addressee(addressee, archive, index)


def _all_events(archive: Archive, index: Index) -> Page:
    links = Links(addresses.EVENTS, archive)
    tops = [event for event in index.events if not event.parent]
    total = words.count(len(index.events), "event")
    return Page(
        address=addresses.EVENTS,
        title="Events",
        description=words.description(
            f"{total} that the statements speak of, in order of time.",
            "Each has the names used for it and the figures stated.",
        ),
        kind="events",
        html=render("events.html", {"total": total, "nodes": _event_tree(tops, index, links)}),
        source=EVENTS_FILE,
        updated=updated(index.statements),
    )


def _event(event: Event, earlier: Event | None, later: Event | None, archive: Archive, index: Index) -> Iterator[Page]:
    address = addresses.event(event.id)
    links = Links(address, archive)
    whole = material.on_event(event.id, index)
    about = words.count(len(whole.about), "statement")
    values = {
        "event": event,
        "trail": [links.to(addresses.EVENTS, "Events")],
        "names": _names(event.names),
        "elsewhere": elsewhere(event.same_as),
        "parent": links.event(event.parent) if event.parent else None,
        "parts_of": _event_tree(index.parts[event.id], index, links),
        "bars": _year_bars(whole, address, links),
        "split": whole.split,
        "earlier": links.event(earlier.id) if earlier else None,
        "later": links.event(later.id) if later else None,
    }
    yield Page(
        address=address,
        title=event.label,
        description=words.description(
            f"{event.label}: {about} about it in the archive.",
            "With the names used for it, the figures as stated and the terms used.",
        ),
        kind="event",
        html=render("event.html", values | _on_event(event, Material() if whole.split else whole, links)),
        source=EVENTS_FILE,
        updated=updated(whole.statements),
        earlier=addresses.event(earlier.id) if earlier else "",
        later=addresses.event(later.id) if later else "",
    )
    for year, statements in whole.years if whole.split else ():
        of_year = addresses.event(event.id, year)
        links = Links(of_year, archive)
        yield Page(
            address=of_year,
            title=f"{event.label}: statements of {year}",
            description=words.description(
                f"{words.count(len(statements), 'statement')} of {year} about or mentioning {event.label}.",
                "With the figures as stated and the terms used.",
            ),
            kind="event",
            html=render(
                "event-year.html",
                {
                    "event": event,
                    "year": year,
                    "trail": [links.to(addresses.EVENTS, "Events"), links.event(event.id)],
                    **_on_event(event, whole.of(year), links),
                },
            ),
            source=EVENTS_FILE,
            updated=updated(statements),
        )


def _on_event(event: Event, found: Material, links: Links) -> dict[str, object]:
    return {
        "about": lists.rows(found.about, links, [event.id]),
        "mentioning": lists.rows(found.mentioning, links),
        "ledgers": figures.of_event(found.figures, links),
        "terms": [
            (term, language, [(each.statement, links.statement(each.statement)) for each in group])
            for (term, language), group in groupby(
                found.terms, key=lambda each: (each.said.term, each.statement.sources[0].language)
            )
        ],
    }


def _all_addressees(archive: Archive, index: Index) -> Page:
    links = Links(addresses.ADDRESSEES, archive)
    kinds = []
    for kind, label in ADDRESSEE_KINDS.items():
        of_kind = {addressee.id: addressee for addressee in index.addressees if addressee.kind == kind}
        tops = [addressee for addressee in of_kind.values() if addressee.parent not in of_kind]
        if tops:
            kinds.append((kind, label, _addressee_tree(tops, index, links, kind)))
    total = words.count(len(index.addressees), "addressee")
    return Page(
        address=addresses.ADDRESSEES,
        title="Addressees",
        description=words.description(
            f"{total} of the statements, by kind, each under the body it belongs to.",
            "Each has the statements to it and what was asked.",
        ),
        kind="addressees",
        html=render("addressees.html", {"total": total, "kinds": kinds}),
        source=ADDRESSEES_FILE,
        updated=updated(index.statements),
    )


def _addressee(addressee: Addressee, archive: Archive, index: Index) -> Iterator[Page]:
    address = addresses.addressee(addressee.id)
    links = Links(address, archive)
    whole = material.to_addressee(addressee.id, index)
    to = words.count(len(whole.about), "statement")
    above = [links.to(addresses.ADDRESSEES, "Addressees"), *links.addressees(_ancestors(addressee, archive))]
    yield Page(
        address=address,
        title=addressee.label,
        description=words.description(
            f"{addressee.label}: {to} addressed to it in the archive.",
            "With its names, the bodies under it, and what was asked of it.",
        ),
        kind="addressee",
        html=render(
            "addressee.html",
            {
                "addressee": addressee,
                "kind": ADDRESSEE_KINDS[addressee.kind],
                "trail": above,
                "names": _names(addressee.names),
                "elsewhere": elsewhere(addressee.same_as),
                "bodies": _addressee_tree(index.bodies[addressee.id], index, links),
                "bars": _year_bars(whole, address, links),
                "split": whole.split,
                **_to_addressee(Material() if whole.split else whole, addressee, links),
            },
        ),
        source=ADDRESSEES_FILE,
        updated=updated(whole.statements),
    )
    for year, statements in whole.years if whole.split else ():
        of_year = addresses.addressee(addressee.id, year)
        links = Links(of_year, archive)
        yield Page(
            address=of_year,
            title=f"{addressee.label}: statements of {year}",
            description=words.description(
                f"{words.count(len(statements), 'statement')} of {year} to the addressee {addressee.label}.",
                "With what was asked of it, and links to each statement.",
            ),
            kind="addressee",
            html=render(
                "addressee-year.html",
                {
                    "addressee": addressee,
                    "year": year,
                    "trail": [links.to(addresses.ADDRESSEES, "Addressees"), links.addressee(addressee.id)],
                    **_to_addressee(whole.of(year), addressee, links),
                },
            ),
            source=ADDRESSEES_FILE,
            updated=updated(statements),
        )


def _to_addressee(found: Material, addressee: Addressee, links: Links) -> dict[str, object]:
    return {
        "asked": [
            (
                each.statement,
                links.statement(each.statement),
                each.said.asks,
                links.addressees([id for id in each.said.of if id != addressee.id]),
            )
            for each in found.asked
        ],
        "groups": [
            lists.group(Link("", year), f"y{year}", statements, links) for year, statements in by_year(found.about)
        ],
    }


def _year_bars(whole: Material, address: str, links: Links) -> list[lists.Bar]:
    """A bar for every year with statements, each a link to the page of that year; none where it is not split."""
    if not whole.split:
        return []
    return lists.year_bars(
        {year: len(statements) for year, statements in whole.years},
        lambda year: links.to(f"{address}{year}/", year),
    )


def _event_tree(events: Sequence[Event], index: Index, links: Links) -> list[lists.Node[Event]]:
    def note(event: Event) -> str:
        found = material.on_event(event.id, index)
        about, mentioning = len(found.about), len(found.mentioning)
        if about and mentioning:
            return f"{words.count(about, 'statement')}; mentioned in {mentioning:,} more"
        return (
            words.count(about, "statement")
            if not mentioning
            else f"mentioned in {words.count(mentioning, 'statement')}"
        )

    return lists.tree(events, index.parts, links.event, note)


def _addressee_tree(
    addressees: Sequence[Addressee], index: Index, links: Links, kind: str = ""
) -> list[lists.Node[Addressee]]:
    def note(addressee: Addressee) -> str:
        return words.count(len(material.to_addressee(addressee.id, index).about), "statement")

    bodies = index.bodies
    if kind:
        bodies = {id: tuple(body for body in under if body.kind == kind) for id, under in bodies.items()}
    return lists.tree(addressees, bodies, links.addressee, note)


def _ancestors(addressee: Addressee, archive: Archive) -> list[str]:
    found: list[str] = []
    while addressee.parent and addressee.parent not in found:
        found.insert(0, addressee.parent)
        addressee = archive.addressees[addressee.parent]
    return found


def _names(names: Sequence[Name]) -> list[tuple[Name, str]]:
    return [(name, words.language(name.language)) for name in names]
