"""Write records as the rows of an import table."""

import csv
import io
from collections.abc import Iterable, Mapping

from archive.content import writer
from archive.exports.data.csv import guarded
from archive.model.document import Document

Row = Mapping[str, str]


def csv_of(rows: Iterable[Row], separator: str = ",") -> str:
    """Return a CSV table of these rows; a cell that a row does not have is empty."""
    rows = list(rows)
    buffer = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(buffer, names, restval="", delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def row_of(document: Document) -> dict[str, str]:
    """Return the row of a record."""
    row = {"id": document.stem, "summary": document.body}
    for name, value in writer.entries(document.fields).items():
        if isinstance(value, str):
            row[name] = value
        elif isinstance(value[0], str):
            row[name] = "; ".join(value)
        else:
            for number, item in enumerate(value, 1):
                row |= {f"{name}.{number}.{inner}": _cell(part) for inner, part in item.items()}
    return {name: guarded(cell) for name, cell in row.items()}


def _cell(value: str | list[str]) -> str:
    return "; ".join(value) if isinstance(value, list) else value
