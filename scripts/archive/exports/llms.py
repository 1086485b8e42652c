"""Write `llms.txt`, for programs that read text: what is where, in which file, and how counts are to be read.

The format is that of https://llmstxt.org/: Markdown, with a title, a summary and lists of links.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from archive.exports.data.tables import all_tables
from archive.model import urls
from archive.model.authorities import AUTHORITIES, INDEXES
from archive.model.index import Index
from archive.model.records import Archive
from archive.text import formatting

FILE = "llms.txt"
# what a program that answers questions from the archive is to know before it counts
_COUNTS = (
    "A statement is one record, however many reports there are of it. Withdrawn records are not counted.",
    "The archive does not have all that the office stated. A count is of its records, and that there is none is no "
    "evidence that nothing was said.",
    "Titles and summaries are the archive’s own words. What a record reports was stated; the archive has not verified "
    "it, so attribute it: to the statement, and to the source that reports it.",
    "A figure stands as its source reports it, with its qualifier: “more than 100” is not 100. Do not add, average or "
    "reconcile figures. Two measures, such as people killed and civilians killed, are two things; a figure of a group, "
    "such as children, may be a part of another figure of the same statement.",
    "Terms are characterisations that sources report, in their words. They are not the archive’s words.",
    "A date is as far as it is known (EDTF: 2021-09, 2021~, 2021-09-01/2021-09-05). `date_basis` says whether the "
    "statement’s own date is stated, that of its report, or inferred. To sort or count by time, use `date_earliest`.",
    "`extent_read` of a source says whether it was read whole or in part. What was read in part may say more.",
    "A statement is about an event, or mentions it: two lists. Statements filed under a part of an event, or a body "
    "under another, are not in the list of the whole, but in its feed and in a search.",
)


def files(archive: Archive, index: Index) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield path and maker of the file."""
    yield FILE, partial(_text, archive, index)


def _text(archive: Archive, index: Index) -> str:
    published = index.published
    offices = formatting.join([archive.issuers[id].label for id in dict.fromkeys(item.issuer for item in published)])
    years = sorted({statement.date.year for statement in published})
    span = f", {years[0]} to {years[-1]}" if years else ""
    number = formatting.count(len(published), "public statement")
    by = f" by the {offices}" if offices else ""
    sections = {
        "How counts are to be read": [f"- {sentence}" for sentence in _COUNTS],
        "Pages": _links(archive, _pages()),
        "Data": _links(archive, _data(archive, index)),
        "Feeds": _links(archive, _feeds()),
    }
    head = (
        f"# {archive.site_name}\n\n"
        f"> {number}{by}{span}: what was stated, when, to whom, on what, and where it was reported. "
        f"{formatting.STANDING_NOTICE}\n\n"
        f"Records and data are under {formatting.LICENCE_URL}; name the archive and link to the record. "
        "The page of a statement has a citation, and an anchor for each request, figure, term and source.\n"
    )
    return head + "".join(f"\n## {name}\n\n" + "\n".join(lines) + "\n" for name, lines in sections.items())


def _pages() -> Iterator[tuple[str, str]]:
    yield (
        urls.STATEMENTS,
        "every year; below it statements/YEAR/, statements/YEAR/MONTH/ and statements/YEAR/ID/, a statement",
    )
    for name, authority in INDEXES.items():
        address = urls.entries(name)
        yield address, f"{authority.many}, {authority.order}; {address}ID/ has {authority.contains}"
    yield urls.FIGURES, "figures as stated, by event and measure"
    yield urls.CORRECTIONS, "every change to a record, newest first"
    yield urls.SEARCH, "needs JavaScript; a program searches archive.sqlite instead"


def _data(archive: Archive, index: Index) -> Iterator[tuple[str, str]]:
    folder = urls.DATA_FILES
    yield (
        f"{folder}statements.jsonl",
        "every statement with all its fields, one a line; beside each page the same as record.json",
    )
    for name, authority in AUTHORITIES.items():
        yield f"{folder}{name}.json", f"every {authority.one} with all its fields"
    yield f"{folder}archive.sqlite", "all tables in one file, with full-text search"
    for table in all_tables(archive, index):
        yield f"{folder}{table.name}.csv", table.help
    yield f"{folder}datapackage.json", "what every column means, and the SHA-256 of every file"


def _feeds() -> Iterator[tuple[str, str]]:
    yield urls.ATOM, "new and changed records (Atom); every index entry has the same for its own statements"
    yield urls.JSON_FEED, "the same as JSON Feed"


def _links(archive: Archive, entries: Iterable[tuple[str, str]]) -> list[str]:
    return [f"- [{path}]({archive.site_url}{path}): {note.removesuffix('.')}" for path, note in entries]
