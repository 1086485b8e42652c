"""Make the redirects from addresses at which there was a page."""

from collections.abc import Collection
from functools import partial

from archive.model import types, urls
from archive.model.errors import ArchiveError
from archive.model.index import Index
from archive.model.records import Archive, Statement
from archive.pages.links import Link, Links
from archive.pages.page import Page, PageMakers, render
from archive.text import formatting


def of_record(alias: str, statement: Statement, archive: Archive) -> Page:
    """Return the redirect from a former id of a record."""
    target = urls.for_statement(statement)
    return _page(
        urls.statement(alias),
        target,
        title=f"Moved: {statement.title}",
        description=f"The record {alias} has a new address: {target}. Its old address redirects there.",
        heading="This record has moved",
        text=f"The record {alias} is now",
        link=Links(urls.statement(alias), archive).statement(statement),
    )


def of_dates(archive: Archive, index: Index) -> PageMakers:
    """Yield a redirect from each year and month that has no statements any more.

    A former id begins with the former date, so all of them are known without the editions before.
    """
    years = {year.year: {month.month for month in year.months} for year in index.years}
    former = {alias for statement in archive.statements for alias in statement.aliases}
    dates = {tuple(match[1].split("-")[:2]) for alias in former if (match := types.STEM.fullmatch(alias))}
    for year, *month in sorted(dates | {date[:1] for date in dates}):
        if month and not years.get(year, set()).issuperset(month):
            address, name = urls.month(year, *month), formatting.month(year, *month)
        elif not month and year not in years:
            address, name = urls.year(year), year
        else:
            continue
        target, text = (urls.year(year), year) if month and year in years else (urls.STATEMENTS, "Statements")
        yield (
            address,
            partial(
                _page,
                address,
                target,
                title=f"No statements in {name} any more",
                description=f"There are no statements in {name} any more. This address redirects.",
                heading=f"Statements in {name}",
                text="There are no statements here any more; see",
                link=Links(address, archive).to(target, text),
            ),
        )


def of_settings(archive: Archive, addresses: Collection[str]) -> PageMakers:
    """Yield a redirect from each address in `extra.redirects` that ends in "/"; `addresses` are those of all pages.

    Raise ArchiveError if a target is no page, or if there is a page at the address itself.
    """
    addresses = frozenset(addresses)  # the caller adds each redirect to its own collection
    for address, target in archive.redirects.items():
        if address in addresses:
            raise ArchiveError(f"mkdocs.yml: extra.redirects: there is a page at /{address} (take it out)")
        if target not in addresses:
            raise ArchiveError(
                f"mkdocs.yml: extra.redirects: {address} leads to /{target}, where no page is (name one that exists; "
                "it may not be a redirect itself)"
            )
        if address.endswith("/"):
            yield (
                address,
                partial(
                    _page,
                    address,
                    target,
                    title=f"No longer here: /{address}",
                    description=f"The page at /{address} is no longer there. It is replaced by /{target}.",
                    heading="This page is no longer here",
                    text="It is replaced by",
                    link=Links(address, archive).to(target, f"/{target}"),
                ),
            )


def refuse_at_files(archive: Archive, files: Collection[str]) -> None:
    """Raise ArchiveError if a redirect in `extra.redirects` has the address of one of these files."""
    for address in archive.redirects:
        if (path := address.removesuffix("/")) in files:
            raise ArchiveError(f"mkdocs.yml: extra.redirects: there is a file at /{path} (take {address} out)")


def _page(address: str, target: str, *, title: str, description: str, heading: str, text: str, link: Link) -> Page:
    return Page(
        address=address,
        title=title,
        description=description,
        kind="redirect",
        html=render("moved.html", {"heading": heading, "text": text, "link": link}),
        redirect=target,
    )
