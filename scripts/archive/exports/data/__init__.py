"""Make the files of the data set under `data/v1/`, each when it is asked for, and their hashes."""

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
from archive.model.authorities import AUTHORITIES
from archive.model.index import Index, by_id
from archive.model.records import Archive

Maker = Callable[[], str | bytes]

PACKAGE, SUMS, MANIFEST, STATEMENTS = "datapackage.json", "SHA256SUMS", "manifest.json", "statements.jsonl"


def files(archive: Archive, index: Index, permanent: Iterable[str] = ()) -> Iterator[tuple[str, Maker]]:
    """Yield path and maker of every file of the data set.

    A file whose hash is asked for before it was made is made for that; only its hash is kept in memory. `permanent` are
    the permanent addresses of everything else on the site, for the manifest.
    """
    dataset = describe_dataset(archive, index)
    fixities: dict[str, Fixity] = {}

    def dump_manifest() -> str:
        addresses = [*permanent, *(urls.DATA_FILES + name for name in makers)]
        return manifest.dump(archive, addresses)

    def make(file: File) -> str | bytes:
        content = file.make()
        fixities[file.name] = fixity_of(content)
        return content

    def fixity(file: File) -> Fixity:
        if file.name not in fixities:
            make(file)
        return fixities[file.name]

    data_files = _files(archive, index, dataset, dump_manifest)
    describe = partial(datapackage.describe, dataset, data_files, fixity)
    # what describes the data is no data, and so not in the package itself; small, and asked for more than once
    descriptions: dict[str, Maker] = {PACKAGE: cache(describe)}
    for described in all_schemas(archive, archive.site_url + urls.DATA_FILES):
        descriptions[described.name] = cache(partial(json_schema.dump_schema, described.schema))

    def sums() -> str:
        return _sums(
            [(file.name, fixity(file)) for file in data_files],
            [(name, fixity_of(maker())) for name, maker in descriptions.items()],
        )

    makers: dict[str, Maker] = {file.name: partial(make, file) for file in data_files} | descriptions | {SUMS: sums}
    yield from ((urls.DATA_FILES + name, maker) for name, maker in makers.items())


def fixity_of(content: str | bytes) -> Fixity:
    """Return the size and hash of a file with this content."""
    data = content.encode() if isinstance(content, str) else content
    return Fixity(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def _files(archive: Archive, index: Index, dataset: metadata.Dataset, dump_manifest: Maker) -> tuple[File, ...]:
    tables = all_tables(archive, index)
    about = {
        "title": dataset.title,
        "description": metadata.DESCRIPTION,
        "format": urls.DATA_FORMAT,
        "version": dataset.version,
        "licence": metadata.LICENCE.url,
        "address": dataset.address,
    }
    return (
        File(
            name=STATEMENTS,
            help="Every statement with all its fields (JSON Lines): a line is the record.json of one statement.",
            mediatype="application/jsonl",
            make=lambda: _lines(
                json_records.plain_statement(statement, archive, index) for statement in by_id(index.published)
            ),
        ),
        *(
            File(
                name=f"{name}.json",
                help=f"Every {authority.one} with all its fields (JSON).",
                mediatype="application/json",
                make=partial(_entries, archive, name),
            )
            for name, authority in AUTHORITIES.items()
        ),
        File(
            name="archive.sqlite",
            help="All the tables in one file, with full-text search (SQLite 3).",
            mediatype="application/vnd.sqlite3",
            make=lambda: sqlite.dump(tables, about),
        ),
        File(
            name=MANIFEST,
            help="Every permanent address, and what else a later edition is compared with beside the data (JSON).",
            mediatype="application/json",
            make=dump_manifest,
        ),
        *map(_csv_file, tables),
    )


def _csv_file(table: Table) -> File:
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


def _entries(archive: Archive, name: str) -> str:
    lines = ",\n".join(map(dump_json, json_records.entries(archive, name)))
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _sums(*groups: Iterable[tuple[str, Fixity]]) -> str:
    """Return lines as `sha256sum -c` reads them: hash, two spaces, name."""
    return "".join(f"{fixity.sha256}  {name}\n" for name, fixity in chain(*groups))
