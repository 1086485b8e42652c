"""The field table -> flat tables: columns, keys, rows. CSV, SQLite, the data package and the data page all read these.

Each kind of record is a table. A field with a list has a table of its own, whose rows name the record and the place in
its list; what a record holds once stands in the record's own row.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.exports.data import columns
from archive.exports.data.columns import Column, Scalar, columns_of, flat_columns
from archive.model import authority_fields, statement_fields, urls
from archive.model.fields import Field, Record
from archive.model.index import Index, by_id
from archive.model.records import Archive

Key = tuple[str | int, ...]
Records = Callable[[], Iterable[tuple[Key, Any]]]  # each with its key


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Columns that hold the key, or other columns that tell rows apart, of a table."""

    columns: tuple[str, ...]
    table: str
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its columns in order, those that are its key, and what makes its rows, in the order of the key."""

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[ForeignKey, ...]
    rows: Callable[[], Iterator[tuple[Scalar, ...]]]


# what ties a figure to its source is a place in a list, which the field table cannot say of a number
_TIES = {"figures": ForeignKey(columns=("statement", "source"), table="sources", other=("statement", "place"))}


def all_tables(archive: Archive, index: Index) -> tuple[Table, ...]:
    """Every table: the statements that stand, with all that they hold, those withdrawn, then the vocabularies.

    Raises ValueError where the field table gives two tables, or two columns of one table, the same name.
    """
    standing = by_id(index.published)
    summary = _column("summary", "The summary, in the archive's own words (Markdown).", lambda record: record.summary)
    made = [*_of_kind(statement_fields.STATEMENT, "statements", standing, _address(archive, urls.statement), summary)]
    made.append(_withdrawn(archive, index))
    pages = {"events": urls.event, "addressees": urls.addressee}
    for name, kind in authority_fields.AUTHORITIES.items():
        address = _address(archive, pages[name]) if name in pages else None
        made += _of_kind(kind, name, by_id(getattr(archive, name).values()), address)
    _differ("tables", [table.name for table in made])
    return tuple(made)


def _of_kind(
    kind: Record, name: str, records: Iterable[Any], address: Column | None, summary: Column | None = None
) -> Iterator[Table]:
    """The table of a kind of record that has ids, and those of its lists."""
    made = [address, *flat_columns(kind.published), summary]
    yield _table(name, kind.help, [_column("id", "Its permanent id.", _id)], filter(None, made), _keyed(records))
    yield from _of_lists(kind, name, ("id",), _keyed(records))


def _withdrawn(archive: Archive, index: Index) -> Table:
    """What stays of the statements that were withdrawn: as much as the `record.json` of each has."""
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
    """The tables of the lists that a kind of record has, given its own table and key."""
    names = (*key[:-1], kind.name)
    above = ForeignKey(columns=names, table=table, other=key)
    for field in kind.published:
        if not field.many:
            continue
        items = _items(records, field.name)
        help = f"The list “{field.name}” of each {kind.name}."
        keys = [*map(_key_column, names), _column("place", "Its place in the list, from 1.", _id, columns.INTEGER)]
        name = f"{kind.name}_{field.name}"
        if field.record is None:
            value = _single(field)
            yield _table(name, f"{help} {field.help}", keys, map(_of_value, columns_of(value)), items, above)
        else:
            if kind is statement_fields.STATEMENT:
                name = field.name
            yield _table(name, f"{help} {field.record.help}", keys, flat_columns(field.record.fields), items, above)
            yield from _of_lists(field.record, name, (*names, "place"), items)


def _table(
    name: str, help: str, keys: Sequence[Column], others: Iterable[Column], records: Records, *above: ForeignKey
) -> Table:
    others = tuple(others)
    _differ(f"columns of {name}", [column.name for column in (*keys, *others)])
    cited = (
        ForeignKey(columns=(column.name,), table=column.vocabulary, other=("id",))
        for column in others
        if column.vocabulary
    )
    ties = [_TIES[name]] if name in _TIES else []
    readers = [column.read for column in others]

    def rows() -> Iterator[tuple[Scalar, ...]]:
        for key, record in records():
            yield (*key, *[read(record) for read in readers])

    return Table(
        name=name,
        help=help,
        columns=(*keys, *others),
        key=tuple(column.name for column in keys),
        foreign=(*above, *cited, *ties),
        rows=rows,
    )


def _keyed(records: Iterable[Any]) -> Records:
    return lambda: (((record.id,), record) for record in records)


def _items(records: Records, name: str) -> Records:
    """What the records have in a list, each with the record's key and its place."""
    return lambda: (
        ((*key, place), item) for key, record in records() for place, item in enumerate(getattr(record, name), 1)
    )


def _single(field: Field) -> Field:
    """What one value of a list is."""
    name = authority_fields.AUTHORITIES[field.vocabulary].name if field.vocabulary else "value"
    return replace(field, name=name, required=True)


def _of_value(column: Column) -> Column:
    return replace(column, read=column.of)


def _key_column(name: str) -> Column:
    """What ties a row to its record; like `place`, it is not read from a record but counted."""
    if any(kind.name == name for kind in (statement_fields.STATEMENT, *authority_fields.AUTHORITIES.values())):
        return _column(name, f"The id of the {name}.", _id)
    return _column(name, f"The place of the {name} in its list.", _id, columns.INTEGER)


def _address(archive: Archive, of: Callable[[str], str]) -> Column:
    return _column("address", "The permanent address of its page.", lambda record: archive.site_url + of(record.id))


def _column(name: str, help: str, read: Callable[[Any], Scalar], type: str = columns.TEXT) -> Column:
    return Column(name=name, help=help, type=type, required=True, read=read)


def _id(record: Any) -> str:
    return str(record.id)


def _differ(what: str, names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        raise ValueError(f"the {what} do not all have names of their own: {', '.join(names)}")
