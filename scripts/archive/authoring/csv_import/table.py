"""Read the rows of a CSV file with their lines (RFC 4180, and what spreadsheets write).

The separator is the one that gives the most known column names. The encoding is UTF-8 or that of a byte-order mark; any
other must be named, because the bytes of one look like letters in another.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from archive.model.document import Mark, shown
from archive.model.errors import ArchiveError

MOST_BYTES = 50_000_000
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1252": "cp1252",
    "windows-1254": "cp1254",
}
_SEPARATORS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)  # what Excel writes and reads before a table
_QUOTING_HINT = 'a cell with quotation marks is written "so, with ""two"" for one"'
_SAVE_HINT = 'save it from the spreadsheet as "CSV UTF-8"'
_SIGNATURES = {b"PK\x03\x04": "a spreadsheet file", b"\xd0\xcf\x11\xe0": "a spreadsheet file", b"%PDF": "a PDF"}


class Unreadable(Exception):
    """The file is not a table; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that is not empty, with the line on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: the names in its first row, and the rows after it."""

    columns: tuple[str, ...]
    line: int  # of the first row
    rows: tuple[Row, ...]


def read_file(name: str, data: bytes, is_column: Callable[[str], bool], encoding: str = "") -> Table:
    """Return the table in a file, which messages call `name`, as `read_table`. Raise ArchiveError where it is none."""
    try:
        return read_table(data, is_column, encoding)
    except Unreadable as error:
        raise ArchiveError(f"{name}: {error}") from None


def read_table(data: bytes, is_column: Callable[[str], bool], encoding: str = "") -> Table:
    """Return the table in these bytes.

    `encoding` is one of `ENCODINGS`, needed if the file is neither UTF-8 nor has a byte-order mark. Raises Unreadable
    if it is not a CSV file.
    """
    text = _decode(data, encoding)
    line = 1
    separator_line = _SEPARATOR_LINE.match(text)
    if separator_line:
        text, line = text[separator_line.end() :], 2
    separators = (separator_line[1],) if separator_line else _SEPARATORS
    # of equals, max takes the first
    separator = max(separators, key=lambda separator: sum(map(is_column, _column_names(text, separator))))
    rows = list(_rows(text, separator, line))
    if not rows:
        raise Unreadable("has no row; the first row must have the columns' names")
    header, *rows_after = rows
    columns = tuple(name.strip() for name in header.cells)
    width = max((n for n, name in enumerate(columns, 1) if name), default=0)
    trimmed = [replace(row, cells=_without_empty_end(row.cells, width)) for row in rows_after]
    if all(len(row.cells) <= width for row in trimmed):  # what is left of columns that were emptied
        columns = columns[:width]
    else:
        trimmed = rows_after
    return Table(columns=columns, line=header.line, rows=tuple(trimmed))


def _without_empty_end(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Return the cells of a row without empty ones at the end that are beyond this number of columns."""
    end = max((n for n, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return cells[: max(end, width)]


def _decode(data: bytes, encoding: str) -> str:
    if len(data) > MOST_BYTES:
        raise Unreadable(f"is larger than {MOST_BYTES:,} bytes; divide it")
    if not data.strip():
        raise Unreadable("is empty; the first row must have the columns' names")
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature):
            raise Unreadable(f"is {name}, not a table as text; {_SAVE_HINT}")
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    codec = ENCODINGS.get(encoding, "utf-16" if is_utf16 else "utf-8")
    try:
        text = data.decode("utf-8-sig" if codec == "utf-8" else codec)
    except UnicodeDecodeError as error:
        position = Mark.at(data[: error.start].decode("latin-1"), error.start)
        encodings = ", ".join(name for name in ENCODINGS if ENCODINGS[name] != codec)
        raise Unreadable(
            f"byte 0x{data[error.start]:02x} on line {position.line} is not {codec}; {_SAVE_HINT}, "
            f"or name the encoding it has: --encoding ({encodings})"
        ) from None
    if "\0" in text:
        raise Unreadable(f"is not text, or is UTF-16 without a byte-order mark; {_SAVE_HINT}")
    return text


def _column_names(text: str, separator: str) -> list[str]:
    """Return the names in the first row if this is the separator."""
    try:
        return [name.strip() for name in next(_rows(text, separator, 1)).cells]
    except (StopIteration, Unreadable):
        return []


def _rows(text: str, separator: str, line: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(
                f"the row that begins on line {line + before} {_error_in_words(error)}; {_QUOTING_HINT}"
            ) from None
        if any(cell.strip() for cell in cells):
            yield Row(line=line + before, cells=tuple(cells))
        before = reader.line_num


def _error_in_words(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "has a quotation mark that is not closed"
    if "field larger" in str(error):
        return f"has a cell of more than {csv.field_size_limit():,} characters, or a quotation mark that is not closed"
    return f"cannot be read: {shown(str(error), 100)}"
