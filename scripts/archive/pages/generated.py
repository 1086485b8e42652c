"""List all pages that are made from records."""

from collections.abc import Iterator

from archive.model import urls
from archive.model.index import Index
from archive.model.records import Archive
from archive.pages import authority, corrections, dates, figures, redirects, statement
from archive.pages.page import Page, render


def generated_pages(archive: Archive, index: Index) -> Iterator[Page]:
    """Yield every page that is not written by hand, and the redirects to them."""
    yield from dates.pages(archive, index)
    yield from redirects.of_dates(archive, index)
    yield from statement.pages(archive, index)
    yield from authority.pages(archive, index)
    yield from figures.pages(archive, index)
    yield from corrections.pages(archive, index)
    yield _search_page()


def _search_page() -> Page:
    """Return the search page, the same for every archive: its program reads the catalogue and the index."""
    return Page(
        address=urls.SEARCH,
        title="Search",
        description="Search the statements by words, date, event, addressee, form and language, in any combination.",
        kind="search",
        html=render("search.html", {}),
        head=render("head/search.html", {}),
    )
