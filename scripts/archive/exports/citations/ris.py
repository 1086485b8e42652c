"""Items -> RIS, the tagged format of reference managers: two letters, two spaces, hyphen, space, value, CR and LF.

The tags of a report are as EndNote and Zotero read them: M3 is its type, SN its number, PB its institution. An author
that ends in a comma is an organisation.
"""

from collections.abc import Iterable

from archive.exports.citations.csl import Item, agreed_date
from archive.model.edtf import Date


def text(items: Iterable[Item]) -> str:
    """A RIS file with a reference for each item."""
    return "\r\n".join(map(reference, items))


def reference(item: Item) -> str:
    """The reference of one item."""
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
    # a line of its own would be read as the next tag
    lines = [f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in values if value]
    return "".join(lines) + "ER  - \r\n"


def _date(date: Date) -> str:
    """YYYY/MM/DD/other, with nothing between strokes for what is not known; `other` tells of intervals and doubt."""
    year, month, day = (*agreed_date(date).split("-"), "", "")[:3]
    other = date.stated if date.end or date.start.mark else ""
    return f"{year}/{month}/{day}/{other}"
