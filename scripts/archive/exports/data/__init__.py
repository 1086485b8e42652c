"""The data set under `data/v1/`: its files, each made when it is asked for, and their hashes."""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import chain

from archive.exports.data import csv, datapackage, json_records, json_schema, manifest, metadata, sqlite
from archive.exports.data.datapackage import File, Fixity
from archive.exports.data.json_records import dump_json
from archive.exports.data.json_schema import all_schemas
from archive.exports.data.metadata import describe_dataset
from archive.exports.data.tables import Table, all_tables
from archive.model import urls
from archive.model.index import Index, by_id
from archive.model.records import Archive

Maker = Callable[[], str | bytes]

PACKAGE, SUMS, MANIFEST = "datapackage.json", "SHA256SUMS", "manifest.json"


def files(archive: Archive, index: Index, standing: Iterable[str] = ()) -> Iterator[tuple[str, Maker]]:
    """Every file of the data set. Each is made once more for its hash, which is kept, as its content is not.

    `standing` are the addresses of all else that is to stay on the site.
    """
    made = describe_dataset(archive, index)

    @cache  # small, and long in the making
    def published() -> str:
        return manifest.dump(manifest.manifest_of(archive, [*standing, *(urls.DATA_FILES + name for name in makers)]))

    listed = _files(archive, index, made, published)
    fixity = cache(lambda name: fixity_of(next(file for file in listed if file.name == name).make()))
    describe = partial(datapackage.describe, made, listed, lambda file: fixity(file.name))
    beside: dict[str, Maker] = {PACKAGE: cache(describe)}  # what is no data, and so not in the package itself
    for described in all_schemas(archive, archive.site_url + urls.DATA_FILES):
        beside[described.name] = cache(
            partial(json_schema.dump_schema, described.schema)
        )  # small, and asked for by several

    def sums() -> str:
        return _sums(
            [(file.name, fixity(file.name)) for file in listed],
            [(name, fixity_of(maker())) for name, maker in beside.items()],
        )

    makers: dict[str, Maker] = {file.name: file.make for file in listed} | beside | {SUMS: sums}
    yield from ((urls.DATA_FILES + name, maker) for name, maker in makers.items())


def fixity_of(content: str | bytes) -> Fixity:
    """The size and hash of a file with this content."""
    data = content.encode() if isinstance(content, str) else content
    return Fixity(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def _files(archive: Archive, index: Index, made: metadata.Dataset, published: Maker) -> tuple[File, ...]:
    flat = all_tables(archive, index)
    standing = by_id(index.published)
    about = {
        "title": made.title,
        "description": metadata.DESCRIPTION,
        "format": urls.DATA_FORMAT,
        "version": made.version,
        "licence": metadata.LICENCE.url,
        "address": made.address,
    }
    return (
        File(
            name="statements.jsonl",
            help="Every statement with all its fields (JSON Lines): a line is the record.json of one statement.",
            mediatype="application/jsonl",
            make=lambda: _lines(map(json_records.statements(archive), standing)),
        ),
        File(
            name="events.json",
            help="Every event with all its fields (JSON).",
            mediatype="application/json",
            make=lambda: _array(json_records.events(archive, by_id(archive.events.values()))),
        ),
        File(
            name="addressees.json",
            help="Every addressee with all its fields (JSON).",
            mediatype="application/json",
            make=lambda: _array(json_records.addressees(archive, by_id(archive.addressees.values()))),
        ),
        File(
            name="archive.sqlite",
            help="All the tables in one file, with full-text search (SQLite 3).",
            mediatype="application/vnd.sqlite3",
            make=lambda: sqlite.dump(flat, about),
        ),
        File(
            name=MANIFEST,
            help="Every record, authority and address as published: what a later edition is held against (JSON).",
            mediatype="application/json",
            make=published,
        ),
        *map(_table, flat),
    )


def _table(table: Table) -> File:
    return File(
        name=f"{table.name}.csv",
        help=table.help,
        mediatype="text/csv",
        make=lambda: csv.dump(table),
        table=table,
    )


def _lines(entries: Iterable[json_records.Plain]) -> bytes:
    out = io.BytesIO()
    out.writelines(f"{dump_json(entry)}\n".encode() for entry in entries)
    return out.getvalue()


def _array(entries: Iterable[json_records.Plain]) -> str:
    lines = ",\n".join(map(dump_json, entries))
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _sums(*groups: Iterable[tuple[str, Fixity]]) -> str:
    """Lines as `sha256sum -c` reads them: hash, two spaces, name."""
    return "".join(f"{fixity.sha256}  {name}\n" for name, fixity in chain(*groups))
