"""Turn records into flat tables of columns, keys and rows, by the field table.

CSV, SQLite, the data package and the data page are made from these tables. Each kind of record is a table. A list has a
table of its own, whose rows have the record's key and the place in the list; fields that hold one value, or one nested
record, are columns of the record's own table.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from archive.exports.data import columns
from archive.exports.data.columns import Column, Scalar, columns_of, flat_columns
from archive.model import authorities, statement_fields, urls
from archive.model.fields import Field, Record
from archive.model.index import Index, by_id
from archive.model.records import Archive

Key = tuple[str | int, ...]
Records = Callable[[], Iterable[tuple[Key, Any]]]  # returns each record with its key


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Columns that refer to unique columns of a table, usually its key."""

    columns: tuple[str, ...]
    table: str
    referenced: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its columns in order, the names of its key, and a function that returns its rows in order of the key."""

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[ForeignKey, ...]
    rows: Callable[[], Sequence[tuple[Scalar, ...]]]


_PLACE = "place"  # in a list
# these cite their source by the place in a list; the field table cannot declare this
_OF_SOURCE = ForeignKey(columns=("statement", "source"), table="sources", referenced=("statement", _PLACE))
_REFERENCES_BY_PLACE = dict.fromkeys(("requests", "figures", "terms"), _OF_SOURCE)


def all_tables(archive: Archive, index: Index) -> tuple[Table, ...]:
    """Return every table: published statements and their lists, withdrawn statements, then the authorities.

    Raises ValueError if two tables, or two columns of a table, would have the same name.
    """
    statements = by_id(index.published)
    summary = _column("summary", "The summary, in the archive's own words (Markdown).", lambda record: record.summary)
    address = _address(archive, urls.statement)
    tables = [
        *_of_kind(statement_fields.STATEMENT, "statements", statements, address, summary),
        _withdrawn(archive, index),
    ]
    for name, kind in authorities.RECORDS.items():
        page = _address(archive, partial(urls.entry, name)) if name in authorities.INDEXES else None
        tables += _of_kind(kind, name, by_id(archive.authorities[name].values()), page)
    _require_unique("tables", [table.name for table in tables])
    return tuple(tables)


def id_column(kind: Record) -> str:
    """Return the name of a column with the id of a record of this kind, which is not that of the place in a list."""
    return f"{kind.name}_id" if kind.name == _PLACE else kind.name


def _of_kind(
    kind: Record, name: str, records: Iterable[Any], address: Column | None, summary: Column | None = None
) -> Iterator[Table]:
    """Yield the table of a kind of record with ids, and those of its lists."""
    others = [address, *flat_columns(kind.published), summary]
    yield _table(name, kind.help, [_column("id", "Its permanent id.", _id)], filter(None, others), _keyed(records))
    yield from _of_lists(kind, name, ("id",), _keyed(records))


def _withdrawn(archive: Archive, index: Index) -> Table:
    """Return the table of withdrawn statements, with what the `record.json` of each has."""
    return _table(
        "withdrawn",
        "The statements that were withdrawn. Nothing else of them is in the data.",
        [_column("id", "Its permanent id.", _id)],
        [
            _address(archive, urls.statement),
            _column(
                "withdrawn",
                "The day of the withdrawal.",
                lambda record: record.history[-1].date.isoformat(),
                columns.DAY,
            ),
            _column("reason", "Why it was withdrawn.", lambda record: record.history[-1].note),
        ],
        _keyed(by_id(statement for statement in index.statements if statement.withdrawn)),
    )


def _of_lists(kind: Record, table: str, key: tuple[str, ...], records: Records) -> Iterator[Table]:
    """Yield the tables of the lists of a kind of record, given its own table and key."""
    names = (*key[:-1], id_column(kind))
    parent = ForeignKey(columns=names, table=table, referenced=key)
    for field in kind.published:
        if not field.many:
            continue
        items = _items(records, field.name)
        help = f"The list “{field.name}” of each {kind.name}."
        keys = [*map(_key_column, names), _column(_PLACE, "Its place in the list, from 1.", _id, columns.INTEGER)]
        name = f"{kind.name}_{field.name}"
        if field.record is None:
            value = _single(field)
            yield _table(name, f"{help} {field.help}", keys, map(_of_value, columns_of(value)), items, parent)
        else:
            if kind is statement_fields.STATEMENT:
                name = field.name
            yield _table(name, f"{help} {field.record.help}", keys, flat_columns(field.record.fields), items, parent)
            yield from _of_lists(field.record, name, (*names, _PLACE), items)


def _table(
    name: str, help: str, keys: Sequence[Column], others: Iterable[Column], records: Records, *parent: ForeignKey
) -> Table:
    others = tuple(others)
    _require_unique(f"columns of {name}", [column.name for column in (*keys, *others)])
    cited = (
        ForeignKey(columns=(column.name,), table=column.vocabulary, referenced=("id",))
        for column in others
        if column.vocabulary
    )
    by_place = [_REFERENCES_BY_PLACE[name]] if name in _REFERENCES_BY_PLACE else []
    readers = [column.read for column in others]

    @cache  # both its CSV file and the database have them
    def rows() -> Sequence[tuple[Scalar, ...]]:
        return [(*key, *[read(record) for read in readers]) for key, record in records()]

    return Table(
        name=name,
        help=help,
        columns=(*keys, *others),
        key=tuple(column.name for column in keys),
        foreign=(*parent, *cited, *by_place),
        rows=rows,
    )


def _keyed(records: Iterable[Any]) -> Records:
    return lambda: (((record.id,), record) for record in records)


def _items(records: Records, name: str) -> Records:
    """Return the items of a list of the records, each with the record's key and its place."""
    return lambda: (
        ((*key, place), item) for key, record in records() for place, item in enumerate(getattr(record, name), 1)
    )


def _single(field: Field) -> Field:
    """Return the field of a single value of a list."""
    name = id_column(authorities.RECORDS[field.vocabulary]) if field.vocabulary else "value"
    return replace(field, name=name, required=True)


def _of_value(column: Column) -> Column:
    return replace(column, read=column.read_value)


def _key_column(name: str) -> Column:
    """Return a column of the key of a list's table, which is not read from a record: its value is in the row's key."""
    for kind in (statement_fields.STATEMENT, *authorities.RECORDS.values()):
        if id_column(kind) == name:
            return _column(name, f"The id of the {kind.name}.", _id)
    return _column(name, f"The place of the {name} in its list.", _id, columns.INTEGER)


def _address(archive: Archive, url: Callable[[str], str]) -> Column:
    return _column("address", "The permanent address of its page.", lambda record: archive.site_url + url(record.id))


def _column(name: str, help: str, read: Callable[[Any], Scalar], type: str = columns.TEXT) -> Column:
    return Column(name=name, help=help, type=type, required=True, read=read)


def _id(record: Any) -> str:
    return str(record.id)


def _require_unique(what: str, names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        raise ValueError(f"the {what} do not all have names of their own: {', '.join(names)}")
