"""The field table -> the data dictionary's rows."""

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
from archive.model import authority_fields, statement_fields, urls, vocabularies
from archive.model.edtf import MONTHS
from archive.model.fields import Field, Record
from archive.model.index import Index
from archive.model.records import Archive
from archive.pages.links import Link
from archive.pages.page import render
from archive.text import formatting


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One field, in words."""

    field: Field
    must: str
    allowed: str
    record: str  # name of the record it holds; "" for none
    choices: Mapping[str, str] | None  # shown in full, but for the languages, which stand in a list of their own
    language: bool


def records() -> list[tuple[Record, list[Entry]]]:
    """Every kind of record, each before the records it holds, with its fields in the order they are written."""
    found: dict[str, Record] = {}
    for record in (statement_fields.STATEMENT, *authority_fields.AUTHORITIES.values(), authority_fields.WORDING):
        found |= {each.name: each for each in _within(record)}
    return [(record, [_entry(field) for field in record.fields]) for record in found.values()]


LANGUAGES = vocabularies.LANGUAGES


def _within(record: Record) -> Iterator[Record]:
    yield record
    for field in record.fields:
        if field.record is not None:
            yield from _within(field.record)


def _entry(field: Field) -> Entry:
    must = "required" if field.required else f"default {field.default}" if field.default else "optional"
    return Entry(
        field=field,
        must=must,
        allowed=("a list, each " if field.many else "") + field.kind,
        record=field.record.name if field.record else "",
        choices=None if field.choices is LANGUAGES else field.choices,
        language=field.choices is LANGUAGES,
    )


_HERE = f"{urls.DATA_FORMAT}/"  # the files, from the page
_SPREADSHEETS = {  # the tables that most who open one in a spreadsheet want
    "statements": "Every statement: its title, date, form and summary.",
    "figures": "Every figure as stated, with its event and the statement it stands in.",
    "sources": "Where each statement was published or reported.",
}
_BESIDE = {
    data.PACKAGE: "What the data set is, and each file with its columns, keys, size and hash (Data Package 2.0).",
    data.SUMS: "The SHA-256 of every other file, as sha256sum reads them.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file of the data set; the file of hashes has none itself."""

    link: Link
    help: str
    size: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A table in words, with the file that holds it."""

    table: Table
    file: Listed
    columns: Sequence[tuple[Column, str, Sequence[str]]]  # each with what it must be, and the tables it leads to


def slots(archive: Archive, index: Index, exported: Mapping[str, Maker]) -> dict[str, Callable[[], str]]:
    """Name -> what makes the HTML for that place. Of `exported`, all exports, the data set's are looked at."""
    return {
        "data-files": partial(_files, archive, index, exported),
        "data-tables": partial(_tables, archive, index, exported),
        "data-citation": partial(_citation, archive, index),
        "data-changes": partial(render, "slots/data-changes.html", {"changes": metadata.CHANGES}),
    }


def _files(archive: Archive, index: Index, exported: Mapping[str, Maker]) -> str:
    made = describe_dataset(archive, index)
    package = _package(exported)
    resources = {resource["name"]: resource for resource in package["resources"]}
    whole = [_listed(resource) for resource in package["resources"] if "schema" not in resource]
    beside = [_beside(name, help, exported) for name, help in _BESIDE.items()]
    values = {
        "edition": made,
        "spreadsheets": [_listed(resources[name] | {"description": help}) for name, help in _SPREADSHEETS.items()],
        "files": [*whole, *beside],
        "schemas": [_beside(each.name, each.help, exported) for each in all_schemas(archive, made.address)],
        "json_ld": _json_ld(made, package),
    }
    return render("slots/data-files.html", values)


def _beside(name: str, help: str, exported: Mapping[str, Maker]) -> Listed:
    """A file that is not in the data package."""
    fixity = data.fixity_of(exported[urls.DATA_FILES + name]())
    sha256 = "" if name == data.SUMS else fixity.sha256
    return Listed(link=_link(name), help=help, size=_size(fixity.bytes), sha256=sha256)


def _tables(archive: Archive, index: Index, exported: Mapping[str, Maker]) -> str:
    resources = {resource["name"]: resource for resource in _package(exported)["resources"]}
    described = [
        Described(table=table, file=_listed(resources[table.name]), columns=list(_columns(table)))
        for table in all_tables(archive, index)
    ]
    return render("slots/data-tables.html", {"tables": described})


def _columns(table: Table) -> Iterator[tuple[Column, str, Sequence[str]]]:
    for column in table.columns:
        must = "key" if column.name in table.key else "" if column.required else "may be empty"
        yield column, must, [foreign.table for foreign in table.foreign if column.name in foreign.columns]


def _citation(archive: Archive, index: Index) -> str:
    made = describe_dataset(archive, index)
    return render("slots/data-citation.html", {"line": cited(made), "bibtex": bibtex(made)})


def cited(made: Dataset) -> str:
    """The line to cite the data set by."""
    return (
        f"{metadata.CONTRIBUTORS}. {made.title}, format {urls.DATA_FORMAT}, version {made.version}. "
        f"{LICENCE.id}. {made.address}"
    )


def bibtex(made: Dataset) -> str:
    """The same as a BibTeX entry, which classic styles and biblatex both read."""
    fields = {
        "author": f"{{{metadata.CONTRIBUTORS}}}",
        "title": f"{{{printed(made.title)}}}",
        "version": made.version,
        "note": f"Data set, format {urls.DATA_FORMAT}, version {made.version}, {LICENCE.id}",
        "url": made.address,
    }
    if made.changed:
        fields["year"] = str(made.changed.year)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    if made.changed:
        lines.append(f"  month = {MONTHS[made.changed.month - 1][:3].lower()},")
    return "\n".join([f"@misc{{{metadata.NAME}-{made.version},", *lines, "}"])


def _json_ld(made: Dataset, package: Mapping[str, Any]) -> dict[str, object]:
    """The data set as a schema.org Dataset (https://schema.org/Dataset)."""
    described: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": made.title,
        "description": metadata.DESCRIPTION,
        "url": made.address,
        "identifier": made.address,
        "version": made.version,
        "license": LICENCE.url,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": metadata.CONTRIBUTORS},
        "inLanguage": list(made.languages),
        "distribution": [_download(made, resource) for resource in package["resources"]],
    }
    if made.changed:
        described["dateModified"] = made.changed.isoformat()
    if made.first and made.last:
        described["temporalCoverage"] = f"{made.first}/{made.last}"
    return described


def _download(made: Dataset, resource: Mapping[str, Any]) -> dict[str, object]:
    return {
        "@type": "DataDownload",
        "name": resource["path"],
        "description": resource["description"],
        "encodingFormat": resource["mediatype"],
        "contentUrl": f"{made.address}{_HERE}{resource['path']}",
        "contentSize": f"{resource['bytes']} B",
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _package(exported: Mapping[str, Maker]) -> dict[str, Any]:
    package: dict[str, Any] = json.loads(exported[urls.DATA_FILES + data.PACKAGE]())
    return package


def _listed(resource: Mapping[str, Any]) -> Listed:
    return Listed(
        link=_link(resource["path"]),
        help=resource["description"],
        size=_size(resource["bytes"]),
        sha256=resource["hash"].removeprefix("sha256:"),
    )


def _link(name: str) -> Link:
    return Link(_HERE + name, name)


def _size(number: int) -> str:
    """A number of bytes in words: "812 bytes", "14 KB", "2.6 MB"."""
    if number < 1_000:
        return formatting.count(number, "byte")
    return f"{number / 1_000:.0f} KB" if number < 999_500 else f"{number / 1_000_000:,.1f} MB"
