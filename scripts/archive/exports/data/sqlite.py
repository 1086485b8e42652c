"""Tables -> one SQLite file, with full-text search (FTS5) over the statements and over all names.

SQLite takes signs from letters, and leaves those of `words.TYPED`: a text with any of them is indexed a second time as
readers type it, in the column `plain`, which is empty for every other text.

The same tables give the same bytes with one version of SQLite, whose number the file holds.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from archive.exports.data import columns
from archive.exports.data.columns import Column, Scalar
from archive.exports.data.tables import Table
from archive.model import authority_fields
from archive.model.errors import ArchiveError
from archive.text import formatting

# what there is besides the tables
STATEMENTS, TEXTS, NAMES, ABOUT = "statements_search", "statements_text", "names_search", "about"

_TYPES = {columns.INTEGER: "INTEGER", columns.NUMBER: "NUMERIC"}
_WORDS = "tokenize = 'unicode61 remove_diacritics 2'"


def dump(tables: Sequence[Table], about: Mapping[str, str]) -> bytes:
    """The tables as a database, with `about` for what the file says of itself.

    Raises ArchiveError where Python's SQLite has no FTS5.
    """
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.execute("BEGIN")
        database.execute(f"CREATE TABLE {ABOUT} (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)")
        _insert(database, ABOUT, 2, about.items())
        for table in tables:
            database.execute(definition(table))
            _insert(database, table.name, len(table.columns), _rows(table))
        plain = _plain("(title || ' ' || summary)")
        texts = f"SELECT rowid AS number, title, summary, {plain} AS plain FROM statements"  # noqa: S608 the names are our own
        database.execute(f"CREATE VIEW {TEXTS} AS {texts}")
        _index(database, STATEMENTS, f"title, summary, plain, content = '{TEXTS}', content_rowid = 'number'")
        database.execute(f"INSERT INTO {STATEMENTS} ({STATEMENTS}) VALUES ('rebuild')")  # noqa: S608 the name is our own
        _index(database, NAMES, "kind UNINDEXED, id UNINDEXED, name, plain")
        values = f"VALUES (?1, ?2, ?3, {_plain('?3')})"
        database.executemany(f"INSERT INTO {NAMES} {values}", _names(tables))
        database.execute("COMMIT")
        return database.serialize()
    finally:
        database.close()


def definition(table: Table) -> str:
    """The statement that creates the table; what each column means is a comment in it."""
    lines = [(_column(column), " ".join(column.help.split())) for column in table.columns]
    lines.append((f"PRIMARY KEY ({_listed(table.key)})", ""))
    for foreign in table.foreign:
        there = f"{_quoted(foreign.table)} ({_listed(foreign.other)})"
        lines.append((f"FOREIGN KEY ({_listed(foreign.columns)}) REFERENCES {there}", ""))
    body = [
        f"  {line}{',' if place < len(lines) else ''}{f' -- {help}' if help else ''}"
        for place, (line, help) in enumerate(lines, 1)
    ]
    # a row of a list is found by its key only, so that the key need not be stored twice
    kept = ") WITHOUT ROWID" if len(table.key) > 1 else ")"
    return "\n".join([f"CREATE TABLE {_quoted(table.name)} (", *body, kept])


def _insert(database: sqlite3.Connection, table: str, width: int, rows: Iterable[Sequence[object]]) -> None:
    places = ", ".join("?" * width)
    database.executemany(f"INSERT INTO {_quoted(table)} VALUES ({places})", rows)  # noqa: S608 the name is our own


def _index(database: sqlite3.Connection, name: str, columns: str) -> None:
    try:
        database.execute(f"CREATE VIRTUAL TABLE {name} USING fts5 ({columns}, {_WORDS})")
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"archive.sqlite cannot be made with this Python: its SQLite says {error}") from None


def _plain(text: str) -> str:
    """SQL for a text, given as SQL, as readers type it; NULL for one that they type as it is."""
    typed = text
    for letter, plain in formatting.TYPED.items():
        for each in (letter, letter.upper()):
            if each.lower() == letter:  # not so of I, which is the capital of another letter too
                typed = f"replace({typed}, '{each}', '{plain}')"
    return f"nullif({typed}, {text})"


def _column(column: Column) -> str:
    return f"{_quoted(column.name)} {_TYPES.get(column.type, 'TEXT')}{' NOT NULL' if column.required else ''}"


def _rows(table: Table) -> Iterator[Sequence[str | int | float | None]]:
    return (tuple(map(_value, row)) for row in table.rows())


def _value(value: Scalar) -> str | int | float | None:
    # SQLite has no exact fractions
    return float(value) if isinstance(value, Decimal) else value


def _names(tables: Iterable[Table]) -> Iterator[tuple[str, str, str]]:
    """Kind of record, its id, and each label, name and abbreviation that it has; an issuer has its holders' names."""
    by_name = {table.name: table for table in tables}
    for vocabulary, kind in authority_fields.AUTHORITIES.items():
        names = by_name.get(f"{kind.name}_names")
        if names is not None:
            for table, keys in ((by_name[vocabulary], ("id", "label")), (names, (kind.name, "name", "abbreviation"))):
                key, *texts = _places(table, keys)
                for row in table.rows():
                    yield from ((kind.name, str(row[key]), str(row[text])) for text in texts if row[text])
    issuer = authority_fields.ISSUER.name
    for table, keys in (
        (by_name[f"{issuer}_holders"], (issuer, "given", "family")),
        (by_name[f"{authority_fields.HOLDER.name}_names"], (issuer, "name")),
    ):
        key, *parts = _places(table, keys)
        yield from ((issuer, str(row[key]), " ".join(str(row[part]) for part in parts)) for row in table.rows())


def _places(table: Table, names: Sequence[str]) -> list[int]:
    order = [column.name for column in table.columns]
    return [order.index(name) for name in names]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f'"{name}"'
