"""Describe the files of the data set in `datapackage.json`.

It is a Data Package 2.0 (https://datapackage.org/standard/data-package/).
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.exports.data import columns, metadata
from archive.exports.data.columns import Column
from archive.exports.data.json_records import Plain
from archive.exports.data.metadata import LICENCE, Dataset
from archive.exports.data.tables import ForeignKey, Table

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES = {columns.DAY: "date", columns.INTEGER: "integer", columns.NUMBER: "number"}
# named "jsonl", readers without support for the format refuse the whole package, hashes and all
_FORMATS = {"jsonl": "jsonlines"}
GUARD_NOTE = (
    "A cell of text that begins with an apostrophe has one in front of its text, so that no spreadsheet takes it for a "
    "formula: take one away."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the data set, with a function that makes it and the table it holds, if any."""

    name: str
    help: str
    mediatype: str
    make: Callable[[], str | bytes]
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixity:
    """The size of a file in bytes and its SHA-256 in hexadecimal digits."""

    bytes: int
    sha256: str


def describe(dataset: Dataset, files: Iterable[File], fixity: Callable[[File], Fixity]) -> str:
    """Return the descriptor of the data set: its metadata, and each file with its size, hash, columns and keys."""
    package: Plain = {
        "$schema": _PROFILE,
        "name": metadata.NAME,
        "title": dataset.title,
        "description": f"{metadata.DESCRIPTION} {GUARD_NOTE}",
        "version": dataset.version,
        "licenses": [{"name": LICENCE.id, "title": LICENCE.title, "path": LICENCE.url}],
        "contributors": [{"title": metadata.CONTRIBUTORS, "roles": ["author"]}],
    }
    if "://" in dataset.address:
        package["homepage"] = dataset.address
    if dataset.sources:
        package["sources"] = [
            {"title": outlet.label} | ({"path": outlet.url} if outlet.url else {}) for outlet in dataset.sources
        ]
    package["resources"] = [_resource(file, fixity(file)) for file in files]
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(file: File, fixity: Fixity) -> Plain:
    stem, _, ending = file.name.rpartition(".")
    resource: Plain = {"name": stem if file.table else file.name, "path": file.name}
    if file.table:
        resource["type"] = "table"
    resource |= {
        "description": file.help,
        "format": _FORMATS.get(ending, ending),
        "mediatype": file.mediatype,
        "bytes": fixity.bytes,
        "hash": f"sha256:{fixity.sha256}",
    }
    if ending != "sqlite":
        resource["encoding"] = "utf-8"
    if file.table:
        resource["dialect"] = {"lineTerminator": "\r\n", "doubleQuote": True, "header": True}
        resource["schema"] = _schema(file.table)
    return resource


def _schema(table: Table) -> Plain:
    return {
        "$schema": _SCHEMA,
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {
                "fields": list(foreign.columns),
                "reference": {"resource": foreign.table, "fields": list(foreign.referenced)},
            }
            for foreign in table.foreign
            if _always_refers(table, foreign)
        ],
    }


def _always_refers(table: Table, foreign: ForeignKey) -> bool:
    """Return whether a key of several columns has a value in each: Table Schema has none of which a part is missing."""
    required = {column.name for column in table.columns if column.required}
    return len(foreign.columns) == 1 or required.issuperset(foreign.columns)


def _field(column: Column) -> Plain:
    constraints: Plain = {}
    if column.required:
        constraints["required"] = True
    if column.choices is not None:
        constraints["enum"] = list(column.choices)
    field = {"name": column.name, "type": _TYPES.get(column.type, "string"), "description": column.help}
    return field | ({"constraints": constraints} if constraints else {})
