"""Make the pages of addressees and the list of them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from archive.model import urls
from archive.model.index import Index, by_year
from archive.model.records import Addressee, Archive
from archive.model.vocabularies import ADDRESSEE_KINDS
from archive.pages import listing
from archive.pages.dates import updated
from archive.pages.links import (
    Alternate,
    Link,
    Links,
    alternate_links,
    citation_alternates,
    feed_alternates,
    same_as_links,
)
from archive.pages.listing import Citations
from archive.pages.page import Page, render
from archive.text import formatting

_SOURCE = "statements/authorities/addressees.yml"


def pages(archive: Archive, index: Index) -> Iterator[Page]:
    """Yield the list, then each addressee by label; one with many statements has a page for each year as well."""
    yield _all_addressees(archive, index)
    for addressee in index.addressees:
        yield from _addressee(addressee, archive, index)


def _all_addressees(archive: Archive, index: Index) -> Page:
    links = Links(urls.ADDRESSEES, archive)
    kinds = []
    for kind, label in ADDRESSEE_KINDS.items():
        of_kind = {addressee.id: addressee for addressee in index.addressees if addressee.kind == kind}
        tops = [addressee for addressee in of_kind.values() if addressee.parent not in of_kind]
        if tops:
            kinds.append((kind, label, _tree(tops, index, links, kind)))
    total = formatting.count(len(index.addressees), "addressee")
    return Page(
        address=urls.ADDRESSEES,
        title="Addressees",
        description=formatting.description(
            f"{total} of the statements, by kind, each under the body it belongs to.",
            "Each has the statements to it and what was asked.",
        ),
        kind="addressees",
        html=render("addressees.html", {"total": total, "kinds": kinds}),
        source=_SOURCE,
        updated=updated(index.statements),
    )


def _addressee(addressee: Addressee, archive: Archive, index: Index) -> Iterator[Page]:
    address = urls.addressee(addressee.id)
    links = Links(address, archive)
    citations = listing.citations_of_addressee(addressee.id, index)
    statements = citations.statements(index)
    years = by_year(statements) if citations.split else ()
    to = formatting.count(len(citations.about), "statement")
    alternates = _alternates(addressee, links, index)
    with_bodies = [addressee.id, *listing.descendants(addressee.id, index.bodies)]
    trail = [
        links.to(urls.ADDRESSEES, "Addressees"),
        links.to(f"{urls.ADDRESSEES}#{addressee.kind}", ADDRESSEE_KINDS[addressee.kind]),
        *links.addressees(_ancestors(addressee, archive)),
    ]
    yield Page(
        address=address,
        title=addressee.label,
        description=formatting.description(
            f"{addressee.label}: {to} addressed to it in the archive.",
            "With its names, the bodies under it, and what was asked of it.",
        ),
        kind="addressee",
        html=render(
            "addressee.html",
            {
                "addressee": addressee,
                "trail": trail,
                "names": addressee.names,
                "elsewhere": same_as_links(addressee.same_as),
                "bodies": _tree(index.bodies[addressee.id], index, links),
                "bars": listing.year_bars(years, lambda year: links.to(f"{address}{year}/", year)),
                "to_bodies": _to_bodies(addressee, index),
                "contributing": links.to(urls.doc("contributing.md"), "Contributing"),
                "search": _search(addressee, address) if any(index.addressed[id] for id in with_bodies) else "",
                "alternates": alternates,
                "empty": not citations.about,
                **_values(Citations() if citations.split else citations, links),
            },
        ),
        source=_SOURCE,
        updated=updated(index.changed_to[addressee.id]),
        head=alternate_links(addressee.label, alternates),
    )
    for year, statements_of_year in years:
        total = formatting.count(len(statements_of_year), "statement")
        year_address = urls.addressee(addressee.id, year)
        links = Links(year_address, archive)
        alternates = _alternates(addressee, links, index)
        yield Page(
            address=year_address,
            title=f"{addressee.label}: statements of {year}",
            description=formatting.description(
                f"{total} of {year} to the addressee {addressee.label}.",
                "With what was asked of it, and links to each statement.",
            ),
            kind="addressee",
            html=render(
                "addressee-year.html",
                {
                    "addressee": addressee,
                    "year": year,
                    "trail": [links.to(urls.ADDRESSEES, "Addressees"), links.addressee(addressee.id)],
                    "search": _search(addressee, year_address, year),
                    "alternates": alternates,
                    **_values(citations.of(year), links),
                },
            ),
            source=_SOURCE,
            updated=updated(s for s in index.changed_to[addressee.id] if s.date.year == year),
            head=alternate_links(addressee.label, alternates),
        )


def _alternates(addressee: Addressee, links: Links, index: Index) -> list[Alternate]:
    """Return its feeds, with the statements to bodies under it, and its bibliography, without them."""
    address = urls.addressee(addressee.id)
    body = " or a body under it" if index.bodies[addressee.id] else ""
    content = f"New and changed records of statements to, or asking something of, this addressee{body}"
    alternates = feed_alternates(address, content, links)
    if index.addressed[addressee.id]:
        alternates += citation_alternates(address, "the statements to it", links)
    return alternates


def _search(addressee: Addressee, page: str, year: str = "") -> str:
    """Return the URL of the search for the statements to it and to the bodies under it."""
    dates = {"from": year, "to": year} if year else {}
    return urls.relative(urls.search(addressee=addressee.id, **dates), page)


def _values(citations: Citations, links: Links) -> dict[str, object]:
    return {
        "asked": [
            (statement, links.statement(statement), [item.value.asks for item in group])
            for statement, group in groupby(citations.asked, key=lambda item: item.statement)
        ],
        "groups": [
            listing.group(Link("", year), f"y{year}", statements, links)
            for year, statements in by_year(citations.about)
        ],
    }


def _tree(
    addressees: Sequence[Addressee], index: Index, links: Links, kind: str = ""
) -> list[listing.Branch[Addressee]]:
    def note(addressee: Addressee) -> str:
        own = listing.counts_in_words(
            ("{}", index.addressed[addressee.id]),
            ("called on in {}", (asked.statement for asked in index.requests[addressee.id])),
        )
        return "; ".join(filter(None, (own, _to_bodies(addressee, index)))) or "no statement"

    bodies = index.bodies
    if kind:
        bodies = {id: tuple(body for body in under if body.kind == kind) for id, under in bodies.items()}
    return listing.tree(addressees, bodies, links.addressee, note)


def _to_bodies(addressee: Addressee, index: Index) -> str:
    """Return in words how many bodies are under it and how many statements are to any of them; "" for no body."""
    below = list(listing.descendants(addressee.id, index.bodies))
    to = {statement.id for body in below for statement in index.addressed[body]}
    return (
        f"{formatting.count(len(below), 'body', 'bodies')} under it, statements to them: {len(to):,}" if below else ""
    )


def _ancestors(addressee: Addressee, archive: Archive) -> list[str]:
    ancestors: list[str] = []
    while addressee.parent and addressee.parent not in ancestors:
        ancestors.insert(0, addressee.parent)
        addressee = archive.addressees[addressee.parent]
    return ancestors
