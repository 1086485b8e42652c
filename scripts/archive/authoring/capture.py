"""Write into a record what a captured text of one of its sources shows: its hash, the day, how much was read."""

import datetime
from collections.abc import Mapping

from archive.content import writer
from archive.model import statement_fields
from archive.model.document import Document, Fields, Items, Node
from archive.model.errors import USAGE, ArchiveError

_SOURCES = next(field for field in statement_fields.STATEMENT.fields if field.name == "sources")


def with_capture(
    document: Document,
    text: str,
    source: int,
    sha256: str,
    day: datetime.date,
    *,
    extent: str,
    archived: Mapping[str, str] | None = None,
) -> str:
    """Return the text of a record's file in which a source, by its number from 1, has this capture.

    `archived` has archived_url and archived_at, if a web archive has a copy. The lines of the source are written anew,
    no others. Raises ArchiveError for a source that is not there, and for one with a comment among its lines.
    """
    sources = document.fields.entries.get("sources")
    items = sources.items if isinstance(sources, Items) else ()
    if not 0 < source <= len(items):
        raise ArchiveError(f"{document.path} has no source {source}; it has {len(items)}", USAGE)
    item = items[source - 1]
    if not isinstance(item, Fields):
        raise ArchiveError(f"{document.path}:{item.mark.line}: sources[{source}]: is not a group of fields", USAGE)
    values = {"retrieved_at": day.isoformat(), "extent_read": extent, "sha256": sha256, **(archived or {})}
    lines = text.splitlines(keepends=True)
    start, end = item.mark.line - 1, _end(document, lines, items, source)
    block = lines[start:end]
    if not block[0].lstrip().startswith("- ") or any(line.lstrip().startswith("#") for line in block):
        written = ", ".join(f"{name}: {value}" for name, value in values.items())
        message = f"{document.path}:{start + 1}: sources[{source}] has a comment, or begins on another line"
        raise ArchiveError(f"{message}; write into it yourself: {written}", USAGE)
    indent = len(block[0]) - len(block[0].lstrip())
    made = writer.format_item(_SOURCES, writer.entries(item) | values, indent)
    return "".join([*lines[:start], *(f"{line}\n" for line in made), *lines[end:]])


def _end(document: Document, lines: list[str], items: tuple[Node, ...], source: int) -> int:
    """Return the number of the line, from 0, with which the lines of a source end."""
    after = [item.mark.line - 1 for item in items[source:]]
    start = document.fields.keys["sources"].line
    after += [mark.line - 1 for mark in document.fields.keys.values() if mark.line > start]
    after.append(next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"))
    return min(after)
