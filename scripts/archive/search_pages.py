"""The search page: it is the same for every archive, and reads the catalogue and the index itself."""

from collections.abc import Iterator

from archive.model import urls
from archive.page import Page, render


def pages() -> Iterator[Page]:
    """The one page."""
    yield Page(
        address=urls.SEARCH,
        title="Search",
        description="Search the statements by words, date, event, addressee, form and language, in any combination.",
        kind="search",
        html=render("search.html", {}),
        head=render("head/search.html", {}),
    )
