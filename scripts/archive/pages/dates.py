"""Make the pages by date: all statements, each year, each month."""

from collections.abc import Iterable
from functools import partial

from archive.model import urls
from archive.model.division import LONGEST
from archive.model.edtf import MONTHS
from archive.model.index import Index, Month, Year
from archive.model.records import Archive, Statement
from archive.pages import listing
from archive.pages.links import Alternate, Link, Links, citation_alternates, feed_alternates
from archive.pages.page import Page, PageMakers, neighbours, render
from archive.text import formatting


def pages(archive: Archive, index: Index) -> PageMakers:
    """Yield the page of all statements, then every year and every known month, newest first."""
    yield urls.STATEMENTS, partial(_all_statements, archive, index)
    for later, year, earlier in neighbours(index.years):
        yield urls.year(year.year), partial(_year, year, earlier, later, archive)
    months = [(year.year, month) for year in index.years for month in year.months if month.month]
    for later_month, (year_, month), earlier_month in neighbours(months):
        yield urls.month(year_, month.month), partial(_month, year_, month, earlier_month, later_month, archive)


def archive_year_bars(index: Index, links: Links) -> list[listing.Bar]:
    """Return a bar for every year of the archive."""
    years = ((year.year, year.statements) for year in index.years)
    return listing.year_bars(years, lambda year: links.to(urls.year(year), year))


def updated(statements: Iterable[Statement]) -> str:
    """Return the ISO day of the last change to any of the statements; "" for none."""
    return max((change.date.isoformat() for s in statements for change in s.history), default="")


def archive_feeds(links: Links) -> list[Alternate]:
    """Return the two feeds of the whole archive."""
    return feed_alternates("", "New and changed records, whole archive", links)


def _all_statements(archive: Archive, index: Index) -> Page:
    address = urls.STATEMENTS
    links = Links(address, archive)
    short = len(index.statements) > LONGEST
    groups = [
        listing.group(links.to(urls.year(year.year), year.year), f"y{year.year}", year.statements, links, short=short)
        for year in index.years
    ]
    total = listing.count_in_words(index.statements)
    span = f", {index.years[-1].year} to {index.years[0].year}" if len(index.years) > 1 else ""
    return Page(
        address=address,
        title="Statements",
        description=formatting.description(
            f"All statements in the archive by date: {total}{span}.",
            listing.EACH_HAS,
        ),
        kind="statements",
        html=render(
            "statements.html",
            {
                "total": total + span,
                "bars": archive_year_bars(index, links),
                "groups": groups,
                "alternates": archive_feeds(links),
            },
        ),
        updated=updated(index.statements),
    )


def _year(year: Year, earlier: Year | None, later: Year | None, archive: Archive) -> Page:
    address = urls.year(year.year)
    links = Links(address, archive)
    short = len(year.statements) > LONGEST
    groups = [
        listing.group(
            links.to(urls.month(year.year, month.month), formatting.month(year.year, month.month))
            if month.month
            else Link("", "Month not given"),
            f"m{month.month or 'unknown'}",
            month.statements,
            links,
            short=short and bool(month.month),
        )
        for month in year.months
    ]
    months = {month.month: month for month in year.months}
    bars = listing.bars(
        (links.to(urls.month(year.year, number), name), listing.count_published(months[number].statements))
        if number in months
        else (Link("", name), 0)
        for number, name in ((f"{place:02d}", name[:3]) for place, name in enumerate(MONTHS, 1))
    )
    total = listing.count_in_words(year.statements)
    alternates = archive_feeds(links)  # a year that is past would hardly ever have anything new
    if listing.count_published(year.statements):
        alternates += citation_alternates(address, "these statements", links)
    return Page(
        address=address,
        title=f"Statements in {year.year}",
        description=formatting.description(f"Statements in {year.year} by month: {total}.", listing.EACH_HAS),
        kind="year",
        html=render(
            "year.html",
            {
                "year": year.year,
                "total": total,
                "bars": bars,
                "groups": groups,
                "trail": [links.to(urls.STATEMENTS, "Statements")],
                "search": _search(year.year, address),
                "alternates": alternates,
                "earlier": links.to(urls.year(earlier.year), earlier.year) if earlier else None,
                "later": links.to(urls.year(later.year), later.year) if later else None,
            },
        ),
        updated=updated(year.statements),
        earlier=urls.year(earlier.year) if earlier else "",
        later=urls.year(later.year) if later else "",
    )


def _month(
    year: str, month: Month, earlier: tuple[str, Month] | None, later: tuple[str, Month] | None, archive: Archive
) -> Page:
    address = urls.month(year, month.month)
    links = Links(address, archive)
    name = formatting.month(year, month.month)
    total = listing.count_in_words(month.statements)

    def neighbour(other: tuple[str, Month] | None) -> tuple[str, Link | None]:
        if other is None:
            return "", None
        other_address = urls.month(other[0], other[1].month)
        return other_address, links.to(other_address, formatting.month(other[0], other[1].month))

    (earlier_address, earlier_link), (later_address, later_link) = neighbour(earlier), neighbour(later)
    return Page(
        address=address,
        title=f"Statements in {name}",
        description=formatting.description(f"Statements in {name}: {total}.", listing.EACH_HAS),
        kind="month",
        html=render(
            "month.html",
            {
                "name": name,
                "total": total,
                "rows": listing.rows(month.statements, links),
                "trail": [links.to(urls.STATEMENTS, "Statements"), links.to(urls.year(year), year)],
                "search": _search(f"{year}-{month.month}", address),
                "alternates": archive_feeds(links),
                "earlier": earlier_link,
                "later": later_link,
            },
        ),
        updated=updated(month.statements),
        earlier=earlier_address,
        later=later_address,
    )


def _search(period: str, page: str) -> str:
    """Return the URL of the search of a year or month, relative to the page."""
    return urls.relative(urls.search(**{"from": period, "to": period}), page)
