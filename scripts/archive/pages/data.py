"""Fill the places of the pages on the data: the data dictionary, and the data set's files, tables and citation."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from archive.exports import data
from archive.exports.citations.bibtex import printed
from archive.exports.data import Maker, metadata
from archive.exports.data.columns import Column
from archive.exports.data.json_schema import all_schemas
from archive.exports.data.metadata import LICENCE, Dataset, describe_dataset
from archive.exports.data.tables import Table, all_tables
from archive.model import authorities, authority_fields, statement_fields, urls, vocabularies
from archive.model.edtf import MONTHS
from archive.model.fields import Field, Record
from archive.model.index import Index
from archive.model.records import Archive
from archive.pages import evidence
from archive.pages.links import Link, Links
from archive.pages.page import render
from archive.text import formatting

_FOLDER = f"{urls.DATA_FORMAT}/"  # of the files, relative to the page
_SPREADSHEETS = {  # the tables most often wanted in a spreadsheet
    "statements": "Every statement: its title, date, form and summary.",
    "figures": "Every figure as stated, with its event and its statement.",
    "sources": "Where each statement was published or reported.",
}
_UNPACKAGED = {  # files that the data package does not describe
    data.PACKAGE: "What the data set is, and each file with its columns, keys, size and hash (Data Package 2.0).",
    data.SUMS: "The SHA-256 of every other file, as sha256sum reads them.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEntry:
    """A field in the data dictionary, in words."""

    field: Field
    must: str
    allowed: str
    record: str  # name of the record it holds; "" for none
    choices: Mapping[str, str] | None  # shown in full, but for the languages, which stand in a list of their own
    language: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A file of the data set; the file of hashes has no hash itself."""

    link: Link
    help: str
    size: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEntry:
    """A table of the data set, with its file."""

    table: Table
    file: DataFile
    columns: Sequence[tuple[Column, str, Sequence[str]]]  # with "key" or "may be empty", and the tables it refers to


def data_slot_makers(archive: Archive, index: Index, exported: Mapping[str, Maker]) -> dict[str, Callable[[], str]]:
    """Return for each name a function that makes the HTML for that place; `exported` holds the data set's files."""
    return {
        "data-dictionary": _dictionary,
        "data-files": partial(_files, archive, index, exported),
        "data-tables": partial(_tables, archive, index, exported),
        "data-evidence": partial(evidence.tables, archive, index),
        "data-citation": partial(_citation, archive, index),
        "data-changes": partial(render, "slots/data-changes.html", {"changes": metadata.FORMAT_CHANGES}),
    }


def citation(dataset: Dataset) -> str:
    """Return the line to cite the data set by."""
    return (
        f"{metadata.CONTRIBUTORS}. {dataset.title}, format {urls.DATA_FORMAT}, version {dataset.version}. "
        f"{LICENCE.id}. {dataset.address}"
    )


def bibtex(dataset: Dataset) -> str:
    """Return the citation as a BibTeX entry that classic styles and biblatex both read."""
    fields = {
        "author": f"{{{metadata.CONTRIBUTORS}}}",
        "title": f"{{{printed(dataset.title)}}}",
        "version": dataset.version,
        "note": f"Data set, format {urls.DATA_FORMAT}, version {dataset.version}, {LICENCE.id}",
        "url": dataset.address,
    }
    if dataset.changed:
        fields["year"] = str(dataset.changed.year)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    if dataset.changed:
        lines.append(f"  month = {MONTHS[dataset.changed.month - 1][:3].lower()},")
    return "\n".join([f"@misc{{{metadata.NAME}-{dataset.version},", *lines, "}"])


def _dictionary() -> str:
    """Return the data dictionary: every kind of record, each before those it holds, its fields in their order."""
    records: dict[str, Record] = {}
    for record in (statement_fields.STATEMENT, *authorities.RECORDS.values(), authority_fields.WORDING):
        records |= {nested.name: nested for nested in _with_nested(record)}
    values = {
        "records": [(record, [_field_entry(field) for field in record.fields]) for record in records.values()],
        "languages": vocabularies.LANGUAGES,
    }
    return render("slots/data-dictionary.html", values)


def _with_nested(record: Record) -> Iterator[Record]:
    yield record
    for field in record.fields:
        if field.record is not None:
            yield from _with_nested(field.record)


def _field_entry(field: Field) -> FieldEntry:
    must = "required" if field.required else f"default {field.default}" if field.default else "optional"
    language = field.choices is vocabularies.LANGUAGES
    return FieldEntry(
        field=field,
        must=must,
        allowed=("a list, each " if field.many else "") + field.kind,
        record=field.record.name if field.record else "",
        choices=None if language else field.choices,
        language=language,
    )


def _files(archive: Archive, index: Index, exported: Mapping[str, Maker]) -> str:
    dataset = describe_dataset(archive, index)
    package = _package(exported)
    resources = {resource["name"]: resource for resource in package["resources"]}
    untabular = [_packaged(resource) for resource in package["resources"] if "schema" not in resource]
    unpackaged = [_unpackaged(name, help, exported) for name, help in _UNPACKAGED.items()]
    values = {
        "edition": dataset,
        "spreadsheets": [_packaged(resources[name] | {"description": help}) for name, help in _SPREADSHEETS.items()],
        "files": [*untabular, *unpackaged],
        "schemas": [
            _unpackaged(schema.name, schema.help, exported) for schema in all_schemas(archive, dataset.address)
        ],
        "offline": Links(urls.DATA, archive).to(urls.OFFLINE, "offline.zip") if archive.offline else None,
        "json_ld": _json_ld(dataset, package),
    }
    return render("slots/data-files.html", values)


def _tables(archive: Archive, index: Index, exported: Mapping[str, Maker]) -> str:
    resources = {resource["name"]: resource for resource in _package(exported)["resources"]}
    tables = [
        TableEntry(table=table, file=_packaged(resources[table.name]), columns=list(_columns(table)))
        for table in all_tables(archive, index)
    ]
    return render("slots/data-tables.html", {"tables": tables})


def _columns(table: Table) -> Iterator[tuple[Column, str, Sequence[str]]]:
    for column in table.columns:
        must = "key" if column.name in table.key else "" if column.required else "may be empty"
        yield column, must, [foreign.table for foreign in table.foreign if column.name in foreign.columns]


def _citation(archive: Archive, index: Index) -> str:
    dataset = describe_dataset(archive, index)
    return render("slots/data-citation.html", {"line": citation(dataset), "bibtex": bibtex(dataset)})


def _json_ld(dataset: Dataset, package: Mapping[str, Any]) -> dict[str, object]:
    """Return the data set as a schema.org Dataset (https://schema.org/Dataset)."""
    node: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": dataset.title,
        "description": metadata.DESCRIPTION,
        "url": dataset.address,
        "identifier": dataset.address,
        "version": dataset.version,
        "license": LICENCE.url,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": metadata.CONTRIBUTORS},
        "inLanguage": list(dataset.languages),
        "distribution": [_download(dataset, resource) for resource in package["resources"]],
    }
    if dataset.changed:
        node["dateModified"] = dataset.changed.isoformat()
    if dataset.first and dataset.last:
        node["temporalCoverage"] = f"{dataset.first}/{dataset.last}"
    return node


def _download(dataset: Dataset, resource: Mapping[str, Any]) -> dict[str, object]:
    return {
        "@type": "DataDownload",
        "name": resource["path"],
        "description": resource["description"],
        "encodingFormat": resource["mediatype"],
        "contentUrl": f"{dataset.address}{_FOLDER}{resource['path']}",
        "contentSize": f"{resource['bytes']} B",
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _package(exported: Mapping[str, Maker]) -> dict[str, Any]:
    package: dict[str, Any] = json.loads(exported[urls.DATA_FILES + data.PACKAGE]())
    return package


def _packaged(resource: Mapping[str, Any]) -> DataFile:
    """Return a file that the data package describes."""
    return DataFile(
        link=_link(resource["path"]),
        help=resource["description"],
        size=_size(resource["bytes"]),
        sha256=resource["hash"].removeprefix("sha256:"),
    )


def _unpackaged(name: str, help: str, exported: Mapping[str, Maker]) -> DataFile:
    """Return a file that the data package does not describe."""
    fixity = data.fixity_of(exported[urls.DATA_FILES + name]())
    sha256 = "" if name == data.SUMS else fixity.sha256
    return DataFile(link=_link(name), help=help, size=_size(fixity.bytes), sha256=sha256)


def _link(name: str) -> Link:
    return Link(_FOLDER + name, name)


def _size(number: int) -> str:
    """Return a number of bytes in words: "812 bytes", "14 KB", "2.6 MB"."""
    if number < 1_000:
        return formatting.count(number, "byte")
    return f"{number / 1_000:.0f} KB" if number < 999_500 else f"{number / 1_000_000:,.1f} MB"
