"""List all pages that are made from records."""

from functools import partial

from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.index import Index
from archive.model.records import Archive
from archive.pages import authority, changes, dates, ledger, redirects, statement, terms, timeline
from archive.pages.page import Page, PageMakers, render
from archive.text import formatting


def generated_pages(archive: Archive, index: Index) -> PageMakers:
    """Yield every page that is not written by hand, and the redirects to them, each with what makes it."""
    yield from dates.pages(archive, index)
    yield from redirects.of_dates(archive, index)
    yield from statement.pages(archive, index)
    yield from authority.pages(archive, index)
    yield from ledger.pages(archive, index)
    yield from terms.pages(archive, index)
    yield from timeline.pages(archive, index)
    yield from changes.pages(archive, index)
    yield urls.SEARCH, partial(_search_page, dates.updated(index.statements), archive.site_url)


def sought(address: str) -> str:
    """Return what a reader knows who takes the page at an address as a way in, completes "if you know ..."; or ""."""
    ways_in = {urls.entries(name): authority.sought for name, authority in INDEXES.items()}
    return {urls.STATEMENTS: "when it was made", **ways_in}.get(address, "")


def _search_page(updated: str, site_url: str) -> Page:
    """Return the search page, the same for every archive but for its date and address: its program reads all else."""
    facets = [authority.one for authority in INDEXES.values()]
    choices = formatting.join(["words", "date", *facets, "form", "language"])
    return Page(
        address=urls.SEARCH,
        title="Search",
        description=f"Search the statements by {choices}, in any combination.",
        kind="search",
        html=render(
            "search.html",
            {
                "indexes": [authority.many for authority in INDEXES.values()],
                "web": "" if site_url == "/" else site_url + urls.SEARCH,
            },
        ),
        updated=updated,
        head=render("head/search.html", {}),
    )
