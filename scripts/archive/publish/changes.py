"""Write how the data of an edition differ from those of the one before: with that, the former data make the new."""

from collections.abc import Iterator, Mapping
from typing import Any

from archive.exports.data import STATEMENTS
from archive.exports.data.json_records import Plain, dump_lists
from archive.model import urls
from archive.publish.edition import Edition

FILE = "changes.json"
FORMAT = "ombudsman-statements-changes"
VERSION = 1


def dump(earlier: Edition, now: Edition) -> str:
    """Return the differences as JSON, by file, a record a line in the order of the ids; `now` has lost no id.

    A record that was added is whole, as is each of a file that the former data did not have. Of one that changed, each
    field that did has its value `before` and `after`, but for one that the format of the edition does not have. Of a
    statement that was removed, there is the id, that of the record that has it now, and its status: what was withdrawn
    is not published once more. `fields` are those of each record, in order.
    """
    holders = {id: record for record in now.records.values() for id in (record.id, *record.aliases)}
    values: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for name, edition in (("before", earlier), ("after", now)):
        values[name] = {"version": edition.version, STATEMENTS: edition.sha256}
    former_files = _files(earlier)
    for file, after in _files(now).items():
        before = former_files.get(file, {})
        removed = [(id, holders[id]) for id in sorted(before.keys() - after.keys())]
        changed = {id: dict(_changed(before[id], after[id])) for id in sorted(before.keys() & after.keys())}
        values[file] = {
            "fields": tuple(next(iter(after.values()), ())),
            "added": [after[id] for id in sorted(after.keys() - before.keys())],
            "removed": [{"id": id, "now": record.id, "status": record.fields["status"]} for id, record in removed],
            "changed": [{"id": id, "fields": fields} for id, fields in changed.items() if fields],
        }
    return dump_lists(values)


def _files(edition: Edition) -> dict[str, Mapping[str, Plain]]:
    """Return the records by id, by the name of their file in the data."""
    statements = {record.id: record.fields for record in edition.records.values() if not record.withdrawn}
    files = {STATEMENTS: statements} | {f"{name}.json": entries for name, entries in edition.authorities.items()}
    return {file: records for file, records in files.items() if urls.DATA_FILES + file in edition.addresses}


def _changed(before: Plain, after: Plain) -> Iterator[tuple[str, Plain]]:
    for name in dict.fromkeys((*after, *before)):
        if name not in before or name not in after or before[name] != after[name]:
            sides = (("before", before), ("after", after))
            yield name, {side: record[name] for side, record in sides if name in record}
