"""The search page: it is the same for every archive, and reads the catalogue and the index itself."""

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, urlsplit

from archive.exports.data import Maker
from archive.model import statement_fields, urls
from archive.model.fields import Field, Record
from archive.model.index import Index
from archive.model.records import Archive
from archive.pages import addressees, corrections, data, dates, events, figures, listing, redirects, statement
from archive.pages.links import Alternate, Links, feed_alternates
from archive.pages.page import Page, render


def _search_page() -> Iterator[Page]:
    """The one page."""
    yield Page(
        address=urls.SEARCH,
        title="Search",
        description="Search the statements by words, date, event, addressee, form and language, in any combination.",
        kind="search",
        html=render("search.html", {}),
        head=render("head/search.html", {}),
    )


_FILE = "statements/YEAR/DATE-WORDS.md"  # for the maintainer to put right; as it stands, the check refuses it
_ALSO = {"source": ("title", "published", "url")}  # not required, and hardly ever left out


def new_statement(edit_base: str) -> str:
    """The address at which a host's editor begins a new statement, made of where files are edited; "" if not known.

    GitHub takes the file's name and its text from the address, GitLab the name.
    """
    parts = urlsplit(edit_base)
    if match := re.fullmatch(r"(/[^/]+/[^/]+)/edit/([^/]+)/", parts.path):
        if parts.hostname == "github.com":
            return f"https://github.com{match[1]}/new/{match[2]}?filename={quote(_FILE)}&value={quote(blank_record())}"
    elif match := re.fullmatch(r"(/.+/-)/edit/([^/]+)/", parts.path):
        return f"{parts.scheme}://{parts.netloc}{match[1]}/new/{match[2]}/?file_name={quote(_FILE, safe='')}"
    return ""


def blank_record() -> str:
    """A statement's file with what every record has, each field with its help, to be filled in."""
    summary = f"# Below the next line stands the summary. {statement_fields.SUMMARY_HELP}"
    return "\n".join(["---", *_lines(statement_fields.STATEMENT), summary, "---", statement_fields.UNWRITTEN, ""])


def _lines(record: Record) -> Iterator[str]:
    for field in record.fields:
        if not (field.required or field.name in _ALSO.get(record.name, ())):
            continue
        yield f"# {field.comment if field.record is None else field.help}{_example(field)}"
        if field.record is None:
            yield f"{field.name}: {field.initial}"
        else:
            yield f"{field.name}:"
            inner = list(_lines(field.record))
            first = next(at for at, line in enumerate(inner) if not line.startswith("#"))
            yield from (
                f"  {'- ' if at == first else '' if at < first else '  '}{line}" for at, line in enumerate(inner)
            )


def _example(field: Field) -> str:
    return "" if field.vocabulary or field.choices or not field.example else f" For example: {field.example}"


NEWEST = 10  # statements on the home page


def generated_pages(archive: Archive, index: Index) -> Iterator[Page]:
    """Every page that is not written by hand."""
    yield from dates.pages(archive, index)
    yield from redirects.of_dates(archive, index)
    yield from statement.pages(archive, index)
    yield from events.pages(archive, index)
    yield from addressees.pages(archive, index)
    yield from figures.pages(archive, index)
    yield from corrections.pages(archive, index)
    yield from _search_page()


def slot_makers(archive: Archive, index: Index, exported: Mapping[str, Maker]) -> dict[str, Callable[[], str]]:
    """Name -> what makes the HTML for that place in hand-written pages.

    Those with links are for the home page, but `web-editor` for the one on contributing. `exported` is what can be
    downloaded, by path.
    """
    links = Links("", archive)
    return {
        "newest": lambda: render("slots/newest.html", {"rows": listing.rows(index.published[:NEWEST], links)}),
        "chart": lambda: render("slots/chart.html", {"bars": dates.year_bars(index, links)}),
        "ways-in": lambda: render(
            "slots/ways-in.html",
            {
                "statements": len(index.published),
                "years": [year.year for year in index.years],
                "events": len(index.events),
                "addressees": len(index.addressees),
            },
        ),
        "follow": lambda: render("slots/follow.html", {"offers": _offers(links)}),
        "data-dictionary": lambda: render(
            "slots/data-dictionary.html", {"records": data.records(), "languages": data.LANGUAGES}
        ),
        "web-editor": lambda: render(
            "slots/web-editor.html",
            {
                "address": new_statement(archive.edit_base),
                "form": Links(urls.doc("contributing.md"), archive).to(urls.ADMIN_NEW, "Fill in a form"),
                "has_form": archive.admin is not None,
            },
        ),
        **data.slots(archive, index, exported),
    }


def _offers(links: Links) -> list[Alternate]:
    """What can be followed or taken away of the archive as a whole."""
    corrections = links.to(urls.CORRECTIONS, "Corrections")
    return [
        *feed_alternates("", "new and changed records of the whole archive", links),
        Alternate(
            link=corrections, note="what was changed in records after they were first archived, with its own feed"
        ),
        Alternate(
            link=links.to(urls.doc("data.md"), "Data"),
            note="the whole archive as tables, JSON and a database, with its licence and how to cite it",
        ),
    ]
