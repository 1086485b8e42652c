"""Statement -> the form it is cited in, from which the citation line, CSL-JSON, BibTeX, RIS and the page's head come.

Its variables are those of the Citation Style Language 1.0.2 (https://docs.citationstyles.org/, appendix IV). The type
is always `report`, whatever the form: it has a number, a genre and an institution, and styles print it.
Addressees stand among the keywords: programs take a recipient of a report for one of its authors.
"""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass

from archive.model import urls
from archive.model.edtf import Date, Point
from archive.model.index import newest_change
from archive.model.records import Archive, Statement
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
    dated: str  # how the date is known
    known: str  # who reports it, and when
    language: str  # of title and abstract, BCP 47; "" where there is no one language
    url: str
    archive: str
    abstract: str  # paragraphs with a blank line between them; "" in a bibliography
    keywords: tuple[str, ...]  # labels of events and addressees
    changed: datetime.date  # the day of the record's newest change

    @property
    def organisation(self) -> str:
        """The author for programs that divide a name at its comma: only one at its end says that it is no person's.

        "" for a name that has a comma or semicolon in it: it would become two, and the institution is given anyway.
        """
        return "" if "," in self.author or ";" in self.author else f"{self.author},"

    @property
    def note(self) -> str:
        """Where it is known from and how its date is, what of it is the archive's, and the state of the record."""
        dated = self.dated if self.issued.exact else f"{self.dated}: {self.issued.stated}"
        supplied = "Title, abstract and number" if self.abstract else "Title and number"
        return (
            f"{formatting.capitalised(self.known)}. {formatting.capitalised(dated)}. {supplied} supplied by the "
            f"archive. Record as of {formatting.day(self.changed)}."
        )


def citation_item(statement: Statement, archive: Archive, *, abstract: bool = True) -> Item:
    """The statement as it is cited, with or without its abstract."""
    published = statement.sources[0].published if statement.sources else None
    known = known_from(statement, archive, "carried by")
    labels = [archive.events[id].label for id in (*statement.events, *statement.mentions)]
    labels += [archive.addressees[id].label for id in statement.addressees]
    return Item(
        id=statement.id,
        genre=formatting.capitalised(formatting.id_in_words(statement.form)),
        title=statement.title,
        author=archive.issuers[statement.issuer].label,
        issued=statement.date,
        dated=formatting.DATE_BASIS_LABELS[statement.date_basis],
        known=f"{known}, {published.words}" if published else known,
        language=formatting.language_tag(statement.language),
        url=f"{archive.site_url}{urls.for_statement(statement)}",
        archive=archive.site_name,
        abstract=markdown.to_text(statement.summary) if abstract else "",
        keywords=tuple(dict.fromkeys(labels)),
        changed=newest_change(statement),
    )


def citation_line(item: Item) -> str:
    """The line to cite it by, up to its address; a supplied title stands in square brackets, as in archives."""
    return (
        f"{item.author}. [{item.title}] ({SUPPLIED}), {item.genre.lower()}, {item.issued.stated}; {item.known}. "
        f"{item.archive}, record {item.id}, as of {formatting.day(item.changed)}, "
    )


def agreed_date(date: Date) -> str:
    """The date as far as both its ends agree and at least its year: "2021-09-21", "2021-09", "2021"; without marks.

    Of an interval across years it is the year it begins in, under which the statement is filed.
    """
    start, end = date.start.text.split("-"), (date.end or date.start).text.split("-")
    same = 1
    while start[: same + 1] == end[: same + 1] and same < len(start):
        same += 1
    return "-".join(start[:same])


def to_csl(item: Item) -> dict[str, object]:
    """The item as CSL-JSON has it (https://github.com/citation-style-language/schema, csl-data.json 1.0.2)."""
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
    """A file of CSL-JSON: a list with one item a line."""
    return "[\n" + ",\n".join(json.dumps(to_csl(item), ensure_ascii=False) for item in items) + "\n]\n"


def _issued(date: Date) -> dict[str, object]:
    """A CSL date: as many parts as are known, twice for an interval, `circa` where it is marked."""
    points = [date.start] if date.end is None else [date.start, date.end]
    issued: dict[str, object] = {"date-parts": [_parts(point) for point in points]}
    if any(point.mark for point in points):
        issued["circa"] = True
    return issued


def _parts(point: Point) -> list[int]:
    return [int(part) for part in point.text.split("-")]
