"""Write citations as RIS, the tagged format of reference managers.

A line is two letters, two spaces, a hyphen, a space, the value, CR and LF. The tags of a report are those that EndNote
and Zotero read: M3 is its type, SN its number, PB its institution. An author that ends in a comma is an organisation.
"""

from collections.abc import Iterable

from archive.exports.citations.csl import Item, agreed_date
from archive.model.edtf import Date
from archive.model.tracing import once


def text(items: Iterable[Item]) -> str:
    """Return a RIS file with a reference for each item."""
    return "\r\n".join(map(reference, items))


@once  # it is in several bibliographies
def reference(item: Item) -> str:
    """Return the reference of an item."""
    values = (
        ("TY", "RPRT"),
        ("ID", item.id),
        ("AU", item.organisation),
        ("TI", item.title),
        ("M3", item.genre),
        ("PB", item.author),
        ("SN", item.id),
        ("PY", agreed_date(item.issued)[:4]),
        ("DA", _date(item.issued)),
        ("LA", item.language),
        ("UR", item.url),
        ("DB", item.archive),
        ("AN", item.id),
        ("N1", item.note),
        *(("KW", keyword) for keyword in item.keywords),
        ("AB", item.abstract),
    )
    # a value on several lines would be read as several tags
    lines = [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in values if value]
    return "".join(lines) + "ER  - \r\n"


def _date(date: Date) -> str:
    """Return YYYY/MM/DD/other: unknown parts are empty, `other` has an interval or a doubtful date in words."""
    year, month, day = (*agreed_date(date).split("-"), "", "")[:3]
    other = date.stated if date.end or date.start.mark else ""
    return f"{year}/{month}/{day}/{other}"
