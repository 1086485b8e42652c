"""Write a table as CSV (RFC 4180: CRLF after each row, quotes where they are needed; UTF-8 without a byte order mark).

A spreadsheet runs a cell that begins with certain characters as a formula (OWASP, "CSV injection"). Such a cell, if it
is text, gets an apostrophe in front, as does a text that begins with an apostrophe itself; removing one from every cell
that begins with one gives the texts back. A cell is empty if the record has no value.
"""

import csv
import io
import re
from decimal import Decimal

from archive.exports.data.columns import Scalar
from archive.exports.data.tables import Table

GUARD = "'"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four are full-width
# some programs drop spaces at the beginning of a cell, so what follows them counts too
_UNSAFE = re.compile(rf"{GUARD}|\s*[{re.escape(''.join(FORMULA))}]")


def dump(table: Table) -> bytes:
    """Return the table with the names of its columns in the first row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([cell(value) for value in row] for row in table.rows())
    return text.getvalue().encode()


def cell(value: Scalar) -> str:
    """Return the text of a cell with this value."""
    if isinstance(value, str):
        return guarded(value)
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula, or that begins with one."""
    return GUARD + text if _UNSAFE.match(text) else text
