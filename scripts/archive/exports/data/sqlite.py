"""Write all tables as one SQLite database, with full-text search (FTS5) over the statements and over all names.

SQLite removes diacritics when it indexes, but leaves the letters of `formatting.TYPED`: a text with any of them is
indexed a second time as readers type it, in the column `plain`, which is NULL for every other text.

The same tables give the same bytes with the same version of SQLite, whose number the file holds.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from archive.exports.data import columns
from archive.exports.data.columns import Column
from archive.exports.data.tables import Table, id_column
from archive.model import authorities, authority_fields
from archive.model.errors import ArchiveError
from archive.text import formatting

# tables and views beside those of the records
STATEMENTS, TEXTS, NAMES, ABOUT = "statements_search", "statements_text", "names_search", "about"

_TYPES = {columns.INTEGER: "INTEGER", columns.NUMBER: "NUMERIC"}
_TOKENIZER = "tokenize = 'unicode61 remove_diacritics 2'"
_PAGE = 8192  # bytes: two statements with long summaries, where of half as many one would be left without a neighbour
_AT_ONCE = 1 << 26  # bytes of an index that are put in order at once, so that no parts of it are merged


def dump(tables: Sequence[Table], about: Mapping[str, str]) -> bytes:
    """Return the tables as a database, with a table of the metadata in `about`.

    Raises ArchiveError if Python's SQLite has no FTS5.
    """
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.execute(f"PRAGMA page_size = {_PAGE}")
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
        database.execute(f"INSERT INTO {STATEMENTS} ({STATEMENTS}, rank) VALUES ('hashsize', {_AT_ONCE})")  # noqa: S608 the name is our own
        database.execute(f"INSERT INTO {STATEMENTS} ({STATEMENTS}) VALUES ('rebuild')")  # noqa: S608 the name is our own
        database.execute(f"DELETE FROM {STATEMENTS}_config WHERE k = 'hashsize'")  # noqa: S608 the name is our own
        _index(database, NAMES, "kind UNINDEXED, id UNINDEXED, name, plain")
        values = f"VALUES (?1, ?2, ?3, {_plain('?3')})"
        database.executemany(f"INSERT INTO {NAMES} {values}", _names(tables))
        database.execute("COMMIT")
        return database.serialize()
    finally:
        database.close()


def definition(table: Table) -> str:
    """Return the SQL that creates the table, with the meaning of each column as a comment."""
    lines = [(_column(column), " ".join(column.help.split())) for column in table.columns]
    lines.append((f"PRIMARY KEY ({_listed(table.key)})", ""))
    for foreign in table.foreign:
        target = f"{_quoted(foreign.table)} ({_listed(foreign.referenced)})"
        lines.append((f"FOREIGN KEY ({_listed(foreign.columns)}) REFERENCES {target}", ""))
    body = [
        f"  {line}{',' if place < len(lines) else ''}{f' -- {help}' if help else ''}"
        for place, (line, help) in enumerate(lines, 1)
    ]
    # rows of a list are looked up by their key only: without row ids it is not stored twice
    end = ") WITHOUT ROWID" if len(table.key) > 1 else ")"
    return "\n".join([f"CREATE TABLE {_quoted(table.name)} (", *body, end])


def _insert(database: sqlite3.Connection, table: str, width: int, rows: Iterable[Sequence[object]]) -> None:
    parameters = ", ".join("?" * width)
    database.executemany(f"INSERT INTO {_quoted(table)} VALUES ({parameters})", rows)  # noqa: S608 the name is our own


def _index(database: sqlite3.Connection, name: str, columns: str) -> None:
    try:
        database.execute(f"CREATE VIRTUAL TABLE {name} USING fts5 ({columns}, {_TOKENIZER})")
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"archive.sqlite cannot be made with this Python: its SQLite says {error}") from None


def _plain(text: str) -> str:
    """Return SQL for a text, given as SQL, as readers type it; NULL for one that they type as it is."""
    typed = text
    for letter, plain in formatting.TYPED.items():
        for character in (letter, letter.upper()):
            if character.lower() == letter:  # not I, which is the capital of two letters
                typed = f"replace({typed}, '{character}', '{plain}')"
    return f"nullif({typed}, {text})"


def _column(column: Column) -> str:
    return f"{_quoted(column.name)} {_TYPES.get(column.type, 'TEXT')}{' NOT NULL' if column.required else ''}"


def _rows(table: Table) -> Iterable[Sequence[object]]:
    if all(column.type != columns.NUMBER for column in table.columns):
        return table.rows()
    # SQLite has no exact fractions
    return ([float(value) if isinstance(value, Decimal) else value for value in row] for row in table.rows())


def _names(tables: Iterable[Table]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, id and name for each name of an authority: label, names, abbreviations, holders of an issuer."""
    by_name = {table.name: table for table in tables}
    for vocabulary, kind in authorities.RECORDS.items():
        names = by_name.get(f"{kind.name}_names")
        if names is not None:
            for table, keys in (
                (by_name[vocabulary], ("id", "label")),
                (names, (id_column(kind), "name", "abbreviation")),
            ):
                key, *texts = _positions(table, keys)
                for row in table.rows():
                    yield from ((kind.name, str(row[key]), str(row[text])) for text in texts if row[text])
    issuer = authority_fields.ISSUER.name
    for table, keys in (
        (by_name[f"{issuer}_holders"], (issuer, "given", "family")),
        (by_name[f"{authority_fields.HOLDER.name}_names"], (issuer, "name")),
    ):
        key, *parts = _positions(table, keys)
        yield from ((issuer, str(row[key]), " ".join(str(row[part]) for part in parts)) for row in table.rows())


def _positions(table: Table, names: Sequence[str]) -> list[int]:
    order = [column.name for column in table.columns]
    return [order.index(name) for name in names]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f'"{name}"'
