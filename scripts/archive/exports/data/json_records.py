"""A record -> plain data, by the field table, and plain data -> JSON (RFC 8259).

Every field is there, in the order of the field table: an absent text, number or date is null, an absent list is empty.
A date as far as it is known stands as written, with its first and last day beside it.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from archive.exports.data.columns import columns_of
from archive.model import authority_fields, statement_fields, urls
from archive.model.fields import Field, Record
from archive.model.index import Index
from archive.model.records import Addressee, Archive, Event, Statement
from archive.text import markdown

Reader = Callable[[Any], Any]

_NUMBER = re.compile(r'"\\u0000([0-9]+\.[0-9]+)"')


def record_reader(kind: Record) -> Callable[[Any], dict[str, Any]]:
    """What gives a record of this kind as plain data."""
    readers = [pair for field in kind.published for pair in _readers(field)]
    return lambda record: {name: read(record) for name, read in readers}


def dump_json(value: object) -> str:
    """Plain data as JSON on one line: letters as they are, numbers with every digit they were stated with."""
    text = _ENCODER.encode(value)
    return _NUMBER.sub(r"\1", text) if "\\u0000" in text else text


def dump_document(record: Mapping[str, Any]) -> str:
    """A record as a file for people too: a field a line, and so each record of a list."""
    return "{\n" + ",\n".join(f'  "{name}": {_laid_out(value)}' for name, value in record.items()) + "\n}\n"


def _laid_out(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"    {dump_json(item)}" for item in value) + "\n  ]"
    return dump_json(value)


def _readers(field: Field) -> Iterator[tuple[str, Reader]]:
    if field.record is not None:
        yield field.name, _nested(field.name, record_reader(field.record), many=field.many)
        return
    for column in columns_of(field):
        yield column.name, _listed(field.name, column.of) if field.many else column.read


def _nested(name: str, inner: Reader, *, many: bool) -> Reader:
    if many:
        return lambda record: [inner(item) for item in getattr(record, name)]
    return lambda record: inner(getattr(record, name))


def _listed(name: str, plain: Reader) -> Reader:
    return lambda record: [plain(value) for value in getattr(record, name)]


def _marked(value: object) -> str:
    """A number with a fraction, for which json has no exact form, marked by a character that no record can hold."""
    if isinstance(value, Decimal):
        return f"\0{value:f}"
    raise TypeError(f"{type(value).__name__} is not plain data")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_marked)

Plain = dict[str, Any]


def files(archive: Archive, index: Index) -> Iterator[tuple[str, Callable[[], str]]]:
    """`record.json` beside the page of every statement; of a withdrawn one no more than that it was withdrawn."""
    read = statements(archive)
    for statement in index.statements:
        whole = not statement.withdrawn
        made = partial(read, statement) if whole else partial(tombstone, statement, archive)
        yield f"{urls.for_statement(statement)}record.json", partial(_document, made)


def statements(archive: Archive) -> Callable[[Statement], Plain]:
    """What gives a statement as plain data: id, address, the fields, the summary as Markdown and as HTML."""
    read = record_reader(statement_fields.STATEMENT)
    link = _links(archive)

    def whole(statement: Statement) -> Plain:
        return {
            "id": statement.id,
            "address": archive.site_url + urls.for_statement(statement),
            **read(statement),
            "summary": statement.summary,
            "summary_html": str(markdown.render(statement.summary, link(statement))),
        }

    return whole


def tombstone(statement: Statement, archive: Archive) -> Plain:
    """What stays of a withdrawn record."""
    withdrawal = statement.history[-1]
    return {
        "id": statement.id,
        "address": archive.site_url + urls.for_statement(statement),
        "status": statement.status,
        "withdrawn": withdrawal.date.isoformat(),
        "reason": withdrawal.note,
    }


def events(archive: Archive, records: Iterable[Event]) -> Iterator[Plain]:
    """Events as plain data: id, address, the fields."""
    read = record_reader(authority_fields.EVENT)
    for event in records:
        yield {"id": event.id, "address": archive.site_url + urls.event(event.id), **read(event)}


def addressees(archive: Archive, records: Iterable[Addressee]) -> Iterator[Plain]:
    """Addressees as plain data: id, address, the fields."""
    read = record_reader(authority_fields.ADDRESSEE)
    for addressee in records:
        yield {"id": addressee.id, "address": archive.site_url + urls.addressee(addressee.id), **read(addressee)}


def _document(made: Callable[[], Plain]) -> str:
    return dump_document(made())


def _links(archive: Archive) -> Callable[[Statement], Callable[[str], str]]:
    """The full address for each link of a statement's summary into the archive, for the data are read elsewhere."""
    known = urls.link_targets(archive)

    def of(statement: Statement) -> Callable[[str], str]:
        def link(written: str) -> str:
            target = urls.resolve_link(written, statement.path, known)
            return written if target is None else archive.site_url + target

        return link

    return of
