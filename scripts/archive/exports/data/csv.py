"""Table -> CSV (RFC 4180: CRLF after each row, quotes where they are needed; UTF-8 without a byte order mark).

A spreadsheet runs a cell that begins with one of a few characters as a formula (OWASP, "CSV injection"). Such a cell of
text, and one that begins with an apostrophe itself, gets an apostrophe in front; taking one away from every cell that
begins with one gives the texts back. A cell is empty where the record has nothing.
"""

import csv
import io
from decimal import Decimal

from archive.exports.data.columns import Scalar
from archive.exports.data.tables import Table

GUARD = "'"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four are full-width


def dump(table: Table) -> bytes:
    """The table with its columns' names in the first row."""
    out = io.BytesIO()
    text = io.TextIOWrapper(out, "utf-8", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(map(cell, row) for row in table.rows())
    text.flush()
    return out.getvalue()


def cell(value: Scalar) -> str:
    """The value as it stands in a cell."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return guarded(value) if isinstance(value, str) else "" if value is None else str(value)


def guarded(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would take it for a formula or it begins with one.

    A program that drops spaces at the beginning of a cell sees what stands after them.
    """
    return GUARD + text if text.startswith(GUARD) or text.startswith(FORMULA) or _spaced(text) else text


def _spaced(text: str) -> bool:
    return text[:1].isspace() and text.lstrip().startswith(FORMULA)
