"""Turn records into plain data, by the field table, and plain data into JSON (RFC 8259).

Every field is present, in the order of the field table: an absent text, number or date is null, an absent list is
empty. A date that may be known only in part has its text, its first and its last day.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from archive.exports.data.columns import columns_of
from archive.model import statement_fields, urls
from archive.model.authorities import INDEXES, RECORDS
from archive.model.fields import Field, Record
from archive.model.index import Index, by_id
from archive.model.records import Archive, Statement
from archive.model.tracing import once
from archive.text import markdown

Plain = dict[str, Any]
Reader = Callable[[Any], Any]

_NUMBER = re.compile(r'"\\u0000([0-9]+\.[0-9]+)"')


@once
def record_reader(kind: Record) -> Callable[[Any], Plain]:
    """Return a function that turns a record of this kind into plain data."""
    readers = [pair for field in kind.published for pair in _readers(field)]
    return lambda record: {name: read(record) for name, read in readers}


def dump_json(value: object) -> str:
    """Return plain data as JSON on one line, letters unescaped, numbers with the digits they were stated with."""
    text = _ENCODER.encode(value)
    return _NUMBER.sub(r"\1", text) if "\\u0000" in text else text


def load_json(text: str | bytes) -> Any:
    """Read JSON; a number with a fraction keeps its digits, as a text that `dump_json` writes as this number again."""
    return json.loads(text, parse_float="\0{}".format)


def dump_document(record: Mapping[str, Any]) -> str:
    """Return a record as JSON that people can read too: a field a line, a record of a list a line."""
    return "{\n" + ",\n".join(f'  "{name}": {_indented(value)}' for name, value in record.items()) + "\n}\n"


def dump_lists(values: Mapping[str, Any]) -> str:
    """Return values as JSON in which a change is easily seen: a name a line, an item of a list, not a tuple, a line."""
    return f"{_with_lists(values)}\n"


def files(archive: Archive, index: Index) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield path and maker of the `record.json` of every statement; a withdrawn one has only its withdrawal."""
    for statement in index.statements:
        record = _tombstone if statement.withdrawn else plain_statement
        yield f"{urls.for_statement(statement)}record.json", partial(_document, record, statement, archive, index)


def plain_statement(statement: Statement, archive: Archive, index: Index) -> Plain:
    """Return a statement as plain data: id, URL, fields, summary as Markdown and as HTML."""

    def link(href: str) -> str:
        target = urls.resolve_link(href, statement.path, index.link_targets)
        # a full URL, as the data are read elsewhere
        return href if target is None else archive.site_url + target

    return {
        "id": statement.id,
        "address": archive.site_url + urls.for_statement(statement),
        **record_reader(statement_fields.STATEMENT)(statement),
        "summary": statement.summary,
        "summary_html": str(markdown.render(statement.summary, link)),
    }


def _tombstone(statement: Statement, archive: Archive, _: Index) -> Plain:
    """Return what is published of a withdrawn record."""
    withdrawal = statement.history[-1]
    return {
        "id": statement.id,
        "address": archive.site_url + urls.for_statement(statement),
        "status": statement.status,
        "withdrawn": withdrawal.date.isoformat(),
        "reason": withdrawal.note,
    }


def entries(archive: Archive, name: str) -> Iterator[Plain]:
    """Yield the entries of an authority as plain data, in the order of their ids: id, URL if it is an index, fields."""
    read = record_reader(RECORDS[name])
    for entry in by_id(archive.authorities[name].values()):
        address = {"address": archive.site_url + urls.entry(name, entry.id)} if name in INDEXES else {}
        yield {"id": entry.id, **address, **read(entry)}


def _with_lists(value: object) -> str:
    if isinstance(value, dict) and any(isinstance(inner, dict | list) for inner in value.values()):
        return "{\n" + ",\n".join(f'"{name}": {_with_lists(inner)}' for name, inner in value.items()) + "\n}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(dump_json, value)) + "\n]"
    return dump_json(value)


def _document(
    record: Callable[[Statement, Archive, Index], Plain], statement: Statement, archive: Archive, index: Index
) -> str:
    return dump_document(record(statement, archive, index))


def _indented(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"    {dump_json(item)}" for item in value) + "\n  ]"
    return dump_json(value)


def _readers(field: Field) -> Iterator[tuple[str, Reader]]:
    if field.record is not None:
        yield field.name, _nested(field.name, record_reader(field.record), many=field.many)
        return
    for column in columns_of(field):
        yield column.name, _listed(field.name, column.read_value) if field.many else column.read


def _nested(name: str, inner: Reader, *, many: bool) -> Reader:
    if many:
        return lambda record: [inner(item) for item in getattr(record, name)]
    return lambda record: inner(getattr(record, name))


def _listed(name: str, plain: Reader) -> Reader:
    return lambda record: [plain(value) for value in getattr(record, name)]


def _mark_number(value: object) -> str:
    """Mark a number with a fraction, which json cannot write exactly, by a character that no record can hold."""
    if isinstance(value, Decimal):
        return f"\0{value:f}"
    raise TypeError(f"{type(value).__name__} is not plain data")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_mark_number)
