"""Archive and Index -> pages: each an address and a body of HTML."""

from collections.abc import Callable, Iterator, Mapping

from archive import (
    addressee_pages,
    calendar_pages,
    corrections_pages,
    data_page,
    dictionary,
    event_pages,
    figures_pages,
    follow,
    lists,
    redirect_pages,
    search_pages,
    statement_pages,
    web_editor,
)
from archive.exports.data import Maker
from archive.hrefs import Links
from archive.model import urls
from archive.model.index import Index
from archive.model.records import Archive
from archive.page import Page, render

__all__ = ["Page", "pages", "slots"]

NEWEST = 10  # statements on the home page


def pages(archive: Archive, index: Index) -> Iterator[Page]:
    """Every page that is not written by hand."""
    yield from calendar_pages.pages(archive, index)
    yield from redirect_pages.of_dates(archive, index)
    yield from statement_pages.pages(archive, index)
    yield from event_pages.pages(archive, index)
    yield from addressee_pages.pages(archive, index)
    yield from figures_pages.pages(archive, index)
    yield from corrections_pages.pages(archive, index)
    yield from search_pages.pages()


def slots(archive: Archive, index: Index, exported: Mapping[str, Maker]) -> dict[str, Callable[[], str]]:
    """Name -> what makes the HTML for that place in hand-written pages.

    Those with links are for the home page, but `web-editor` for the one on contributing. `exported` is what can be
    downloaded, by path.
    """
    links = Links("", archive)
    return {
        "newest": lambda: render("slots/newest.html", {"rows": lists.rows(index.standing[:NEWEST], links)}),
        "chart": lambda: render("slots/chart.html", {"bars": calendar_pages.year_bars(index, links)}),
        "ways-in": lambda: render(
            "slots/ways-in.html",
            {
                "statements": len(index.standing),
                "years": [year.year for year in index.years],
                "events": len(index.events),
                "addressees": len(index.addressees),
            },
        ),
        "follow": lambda: render("slots/follow.html", {"offers": _offers(links)}),
        "data-dictionary": lambda: render(
            "slots/data-dictionary.html", {"records": dictionary.records(), "languages": dictionary.LANGUAGES}
        ),
        "web-editor": lambda: render(
            "slots/web-editor.html",
            {
                "address": web_editor.new_statement(archive.edit_base),
                "form": Links(urls.doc("contributing.md"), archive).to(urls.NEW, "Fill in a form"),
                "has_form": archive.admin is not None,
            },
        ),
        **data_page.slots(archive, index, exported),
    }


def _offers(links: Links) -> list[follow.Offer]:
    """What can be followed or taken away of the archive as a whole."""
    corrections = links.to(urls.CORRECTIONS, "Corrections")
    return [
        *follow.feeds("", "new and changed records of the whole archive", links),
        follow.Offer(
            link=corrections, note="what was changed in records after they were first archived, with its own feed"
        ),
        follow.Offer(
            link=links.to(urls.doc("data.md"), "Data"),
            note="the whole archive as tables, JSON and a database, with its licence and how to cite it",
        ),
    ]
