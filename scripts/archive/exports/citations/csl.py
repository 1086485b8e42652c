"""Describe a statement as it is cited, and write citations as CSL-JSON.

The citation line, BibTeX, RIS and the head of the statement's page are made from the same description. Its variables
are those of the Citation Style Language 1.0.2 (https://docs.citationstyles.org/, appendix IV). The type is always
`report`, whatever the form: it has a number, a genre and an institution, and styles print it. Addressees are among the
keywords, because programs take a recipient of a report for one of its authors.
"""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass

from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.edtf import Date, Point
from archive.model.index import cited, newest_change
from archive.model.records import Archive, Statement
from archive.model.tracing import once
from archive.text import formatting, markdown
from archive.text.sources import known_from

SUPPLIED = "title supplied by the archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A statement as it is cited, in plain text."""

    id: str
    genre: str  # the form, in words
    title: str
    author: str  # the office
    issued: Date
    date_basis: str  # how the date is known, in words
    provenance: str  # who reports it, and when
    language: str  # of title and abstract, BCP 47; "" for several languages or none
    url: str
    archive: str
    abstract: str  # paragraphs, with a blank line between them; "" in a bibliography
    keywords: tuple[str, ...]  # labels of what it is listed under
    changed: datetime.date  # the day of the record's newest change

    @property
    def organisation(self) -> str:
        """The author for programs that divide names at a comma: a comma at the end marks an organisation.

        "" for a name with a comma or semicolon, which would become two; the institution has the name anyway.
        """
        return "" if "," in self.author or ";" in self.author else f"{self.author},"

    @property
    def note(self) -> str:
        """The source, how the date is known, what the archive supplied, and the day of the record's newest change."""
        basis = self.date_basis if self.issued.exact else f"{self.date_basis}: {self.issued.stated}"
        others = "as are abstract and number" if self.abstract else "as is the number"
        return (
            f"{formatting.capitalised(self.provenance)}. {formatting.capitalised(basis)}. "
            f"{formatting.capitalised(SUPPLIED)}, {others}. Record as of {formatting.day(self.changed)}."
        )


@once
def citation_item(statement: Statement, archive: Archive, *, abstract: bool = True) -> Item:
    """Describe a statement as it is cited, with or without its abstract."""
    published = statement.sources[0].published if statement.sources else None
    provenance = known_from(statement, archive, "carried by")
    labels = [
        archive.authorities[name][id].label
        for name, authority in INDEXES.items()
        for citing in authority.listed_by
        for id in cited(statement, citing.field, archive.authorities)
    ]
    return Item(
        id=statement.id,
        genre=formatting.capitalised(formatting.id_in_words(statement.form)),
        title=statement.title,
        author=archive.issuers[statement.issuer].label,
        issued=statement.date,
        date_basis=formatting.DATE_BASIS_LABELS[statement.date_basis],
        provenance=f"{provenance}, {published.words}" if published else provenance,
        language=formatting.language_tag(statement.language),
        url=f"{archive.site_url}{urls.for_statement(statement)}",
        archive=archive.site_name,
        abstract=markdown.to_text(statement.summary) if abstract else "",
        keywords=tuple(dict.fromkeys(labels)),
        changed=newest_change(statement),
    )


def citation_line(item: Item) -> str:
    """Return the citation of an item, up to its URL; a supplied title is in square brackets, as in archives."""
    return (
        f"{item.author}. [{item.title}] ({SUPPLIED}), {item.genre.lower()}, {item.issued.stated}; {item.provenance}. "
        f"{item.archive}, record {item.id}, as of {formatting.day(item.changed)}, "
    )


def agreed_date(date: Date) -> str:
    """Return the part of the date that both its ends share, without marks: "2021-09-21", "2021-09" or "2021".

    For an interval across years this is its first year, under which the statement is filed.
    """
    start, end = date.start.text.split("-"), (date.end or date.start).text.split("-")
    shared = 1
    while start[: shared + 1] == end[: shared + 1] and shared < len(start):
        shared += 1
    return "-".join(start[:shared])


def to_csl(item: Item) -> dict[str, object]:
    """Return the item in CSL-JSON (https://github.com/citation-style-language/schema, csl-data.json 1.0.2)."""
    office = {"literal": item.author}
    values = {
        "id": item.id,
        "type": "report",
        "genre": item.genre,
        "number": item.id,
        "title": item.title,
        "author": [office],
        "publisher": item.author,
        "issued": _issued(item.issued),
        "language": item.language,
        "URL": item.url,
        "archive": item.archive,
        "archive_location": item.id,
        "abstract": item.abstract,
        "keyword": "; ".join(item.keywords),
        "note": item.note,
    }
    return {name: value for name, value in values.items() if value}


def text(items: Iterable[Item]) -> str:
    """Return a file of CSL-JSON: a list, an item a line."""
    return "[\n" + ",\n".join(map(_line, items)) + "\n]\n"


@once  # it is in several bibliographies
def _line(item: Item) -> str:
    return json.dumps(to_csl(item), ensure_ascii=False)


def _issued(date: Date) -> dict[str, object]:
    """Return a CSL date: the parts that are known, of both ends of an interval; `circa` if it is marked."""
    points = [date.start] if date.end is None else [date.start, date.end]
    issued: dict[str, object] = {"date-parts": [_parts(point) for point in points]}
    if any(point.mark for point in points):
        issued["circa"] = True
    return issued


def _parts(point: Point) -> list[int]:
    return [int(part) for part in point.text.split("-")]
