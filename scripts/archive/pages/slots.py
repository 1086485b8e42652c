"""Make the HTML that fills the places `<!-- archive: NAME -->` in hand-written pages."""

from collections.abc import Callable, Mapping

from archive.exports.data import Maker
from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.index import Index
from archive.model.records import Archive
from archive.pages import changes, data, dates, listing, web_editor
from archive.pages.dates import archive_year_bars
from archive.pages.links import Alternate, Links
from archive.pages.page import render

NEWEST = 10  # statements on the home page
LAST_ADDED = 3  # lines there


def slot_makers(archive: Archive, index: Index, exported: Mapping[str, Maker]) -> dict[str, Callable[[], str]]:
    """Return for each name a function that makes the HTML for that place.

    Links are relative to one page: the home page, Contributing (`web-editor`) or Data (`data-*`). `exported` maps the
    path of each export to what makes it.
    """
    links = Links("", archive)
    return {
        "newest": lambda: render("slots/newest.html", {"rows": listing.rows(index.published[:NEWEST], links)}),
        "last-added": lambda: render("slots/last-added.html", {"rows": changes.newest(index, links, LAST_ADDED)}),
        "chart": lambda: render("slots/chart.html", {"bars": archive_year_bars(index, links)}),
        "ways-in": lambda: render(
            "slots/ways-in.html",
            {
                "statements": len(index.published),
                "years": [year.year for year in index.years],
                "indexes": [(authority, len(index.filed[name].entries)) for name, authority in INDEXES.items()],
            },
        ),
        "follow": lambda: render("slots/follow.html", {"alternates": _alternates(links)}),
        "web-editor": lambda: render(
            "slots/web-editor.html",
            {
                "address": web_editor.new_statement(archive.edit_base),
                "form": Links(urls.doc("contributing.md"), archive).to(urls.ADMIN_NEW, "Fill in a form"),
                "has_form": archive.admin is not None,
            },
        ),
        **data.data_slot_makers(archive, index, exported),
    }


def _alternates(links: Links) -> list[Alternate]:
    """Return the feeds and downloads of the whole archive."""
    return [
        *dates.archive_feeds(links),
        Alternate(
            link=links.to(urls.CORRECTIONS, "Corrections"),
            note="What was changed in records after they were first archived, with its own feed",
        ),
        Alternate(
            link=links.to(urls.doc("data.md"), "Data"),
            note="The whole archive as tables, JSON and a database, with its licence and how to cite it",
        ),
    ]
