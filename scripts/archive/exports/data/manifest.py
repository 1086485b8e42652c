"""Write the manifest of an edition: what a later edition is compared with and the other files of the data do not have.

These are the naming authority, every permanent address and, of each withdrawn record, its former ids and the days and
hashes of its history, as its texts are no longer published.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from archive.exports.data.json_records import dump_lists, record_reader
from archive.model import statement_fields
from archive.model.index import by_id
from archive.model.records import Archive, Statement

FORMAT = "ombudsman-statements-manifest"
VERSION = 3


def dump(archive: Archive, addresses: Iterable[str]) -> str:
    """Return the manifest of an archive as JSON: a withdrawn record or an address a line, each in order.

    `addresses` are the permanent addresses of its site, relative to the root; that of a page ends in "/" or is empty.
    `gone` are the addresses of files that `mkdocs.yml` redirects, each with the address of the page in its place.
    """
    values: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "naming_authority": archive.naming_authority,
        "withdrawn": [_withdrawn(statement) for statement in by_id(archive.statements) if statement.withdrawn],
        "addresses": sorted(set(addresses)),
        "gone": {address: to for address, to in sorted(archive.redirects.items()) if not address.endswith("/")},
    }
    return dump_lists(values)


def entry_hash(entry: Mapping[str, Any]) -> str:
    """Return the SHA-256 of an entry of a history as JSON without spaces, names in order, and nothing that is null."""
    known = {name: value for name, value in sorted(entry.items()) if value is not None}
    return hashlib.sha256(json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _withdrawn(statement: Statement) -> dict[str, Any]:
    entries = map(record_reader(statement_fields.CHANGE), statement.history)
    history = [{"date": entry["date"], "sha256": entry_hash(entry)} for entry in entries]
    return {"id": statement.id, "aliases": statement.aliases, "history": history}
