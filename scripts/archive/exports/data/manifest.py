"""Hash the substance of published records and authorities, and write and read the manifest that lists them.

The substance is the fields and, of a record, the summary, hashed (SHA-256) as JSON (RFC 8259) without spaces, names in
order of code points, every value as text. A field left out has the same hash as one with its default. The summary is
hashed as it is shown (`markdown.normal`): other line breaks in its file change no hash, other paragraphs, lists or
tables do. The substance of a withdrawn record is that it is withdrawn.

The ids of the records that a record cites are not hashed but listed, in order: a record that only follows the new id of
another then compares as unchanged.
"""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archive.model import authorities, statement_fields, urls
from archive.model.edtf import Date
from archive.model.errors import USAGE, ArchiveError
from archive.model.fields import Field, Record
from archive.model.index import by_id
from archive.model.records import Archive, Change, Statement
from archive.text import markdown

FORMAT = "ombudsman-statements-manifest"
VERSION = 2  # changes when the same content gets another hash
SUMMARY, STATUS, RELATED = "summary", "status", "related"
_APART = ("history", "aliases")  # listed, not part of the substance
_DRAFTING = ("said", "counted")  # of authorities: only for finding them in texts, not published
_FIELD_DIGITS = 16  # enough to see which field changed
_CITED = "?record"  # in place of the address of a record; any other begins with /

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    default=lambda record: {field.name: getattr(record, field.name) for field in dataclasses.fields(record)},
)

Json = str | list[Any] | dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashed:
    """The hash of a substance, those of its fields, and by field the ids of the records it cites, in order."""

    sha256: str
    fields: Mapping[str, str]
    cites: Mapping[str, tuple[str, ...]]


class PublishedRecords:
    """The records of one archive, to be hashed."""

    def __init__(self, archive: Archive) -> None:
        self._ids = {urls.for_statement(statement): statement.id for statement in archive.statements}
        self._targets = urls.link_targets(archive)
        self._fields = [field for field in statement_fields.STATEMENT.fields if field.name not in _APART]

    def hashed(self, statement: Statement) -> Hashed:
        """Hash the substance of a record."""
        if statement.withdrawn:
            return _hashed({STATUS: statement.status}, {})
        substance = _plain_record(self._fields, statement)
        cites = {RELATED: tuple(tie.pop("id") for tie in substance.get(RELATED, []))}
        substance[SUMMARY], cites[SUMMARY] = self._summary(statement)
        return _hashed(substance, {name: ids for name, ids in cites.items() if ids})

    def _summary(self, statement: Statement) -> tuple[str, tuple[str, ...]]:
        cited: list[str] = []

        def link(href: str) -> str:
            address = urls.resolve_link(href, statement.path, self._targets) or href
            place, hash, fragment = address.partition("#")
            if place not in self._ids:
                return f"/{address}"
            cited.append(self._ids[place])
            return f"{_CITED}{hash}{fragment}"

        return markdown.normal(statement.summary, link), tuple(cited)


def authority(record: Record, entry: Any) -> Hashed:
    """Hash the substance of an entry of an authority file."""
    return _hashed(_plain_record([field for field in record.fields if field.name not in _DRAFTING], entry), {})


def entry(change: Change) -> str:
    """Hash an entry of a history."""
    return _hash(_CANONICAL.encode(_plain_record(statement_fields.CHANGE.fields, change))[1:-1])


def _hashed(substance: Mapping[str, Any], cites: Mapping[str, tuple[str, ...]]) -> Hashed:
    members = {name: f"{_CANONICAL.encode(name)}:{_CANONICAL.encode(value)}" for name, value in substance.items()}
    return Hashed(
        sha256=_hash(",".join(members[name] for name in sorted(members))),
        fields={name: _hash(member)[:_FIELD_DIGITS] for name, member in members.items()},
        cites=cites,
    )


def _plain_record(listed: Iterable[Field], record: Any) -> dict[str, Any]:
    """Return the fields of a record that are not left out, by name: texts, lists and nested records."""
    values = {}
    for field in listed:
        value = getattr(record, field.name)
        plain = [_plain(field.record, item) for item in value] if field.many else _plain(field.record, value)
        if plain and plain != field.default:
            values[field.name] = plain
    return values


def _plain(kind: Record | None, value: Any) -> Json:
    if value is None:
        return ""
    if kind is not None:
        return _plain_record(kind.fields, value)
    if isinstance(value, Date):
        return value.text
    if isinstance(value, datetime.date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _hash(members: str) -> str:
    """Return the hash of a JSON object with these members."""
    return hashlib.sha256(f"{{{members}}}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEntry:
    """An entry of a record's history: its day as text, and its hash."""

    date: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRecord:
    """A published record: its address, the hashes of its substance and of each field, and the records it cites."""

    id: str
    address: str
    aliases: tuple[str, ...]
    sha256: str
    fields: Mapping[str, str]
    cites: Mapping[str, tuple[str, ...]]
    history: tuple[PublishedEntry, ...]

    @property
    def permanent_id(self) -> str:
        """The first id it had, by which feeds know it."""
        return self.aliases[0] if self.aliases else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A published entry of an authority file: the hashes of its substance and of each field."""

    vocabulary: str
    id: str
    sha256: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was published: every record, every entry of an authority file, and every permanent address.

    Addresses are relative to the root of the site; that of a page ends in "/" or is empty. `gone` are the addresses of
    files that `mkdocs.yml` redirects, each with the address of the page in its place.
    """

    naming_authority: str
    records: tuple[PublishedRecord, ...]
    authorities: tuple[Authority, ...]
    addresses: tuple[str, ...]
    gone: Mapping[str, str]


def manifest_of(archive: Archive, addresses: Iterable[str]) -> Manifest:
    """Return the manifest of an archive; `addresses` are the permanent addresses of its site."""
    records = PublishedRecords(archive)
    return Manifest(
        naming_authority=archive.naming_authority,
        records=tuple(_published(statement, records.hashed(statement)) for statement in by_id(archive.statements)),
        authorities=tuple(
            _authority_of(name, entry.id, authority(record, entry))
            for name, record in authorities.RECORDS.items()
            for entry in by_id(archive.authorities[name].values())
        ),
        addresses=tuple(sorted(set(addresses))),
        gone={address: to for address, to in sorted(archive.redirects.items()) if not address.endswith("/")},
    )


def dump(manifest: Manifest) -> str:
    """Return the manifest as JSON: a record, an entry or an address a line, each in order."""
    head = {"format": FORMAT, "version": VERSION, "naming_authority": manifest.naming_authority}
    lines = [f"{_json(name)}: {_json(value)}" for name, value in head.items()]
    lines.append(_listed("records", manifest.records))
    lines.append(_listed("authorities", manifest.authorities))
    lines.append(_listed("addresses", manifest.addresses))
    lines.append(f'"gone": {_json(manifest.gone)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def parse(data: bytes, name: str = "manifest.json") -> Manifest:
    """Read a manifest from the content of the file called `name`. Raise ArchiveError where it is not one."""
    advice = f"; name the {urls.DATA_FILES}manifest.json of the site as published"
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        raise ArchiveError(f"{name} is not a manifest: it is not whole JSON{advice}", USAGE) from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise ArchiveError(f'{name} is not a manifest: it does not say "format": "{FORMAT}"{advice}', USAGE)
    version = values.get("version")
    if version != VERSION:
        if isinstance(version, int) and version < VERSION:  # whose hashes are made in another way
            advice = (
                ": compare this archive with it by the older program's archive check --since, then run scripts/build "
                "once"
            )
        read = f"this program reads version {VERSION}"
        raise ArchiveError(f"{name} is a manifest of version {_short(version)}; {read}{advice}", USAGE)
    try:
        return Manifest(
            naming_authority=_str(values["naming_authority"]),
            records=tuple(_parse_record(record) for record in _list(values["records"])),
            authorities=tuple(_parse_authority(entry) for entry in _list(values["authorities"])),
            addresses=tuple(_str(address) for address in _list(values["addresses"])),
            gone=_texts(values["gone"]),
        )
    except KeyError as error:
        raise ArchiveError(f"{name} is a damaged manifest: it has no {error}{advice}", USAGE) from None
    except TypeError as error:
        raise ArchiveError(f"{name} is a damaged manifest: {error}{advice}", USAGE) from None


def _published(statement: Statement, hashed: Hashed) -> PublishedRecord:
    return PublishedRecord(
        id=statement.id,
        address=urls.for_statement(statement),
        aliases=statement.aliases,
        sha256=hashed.sha256,
        fields=hashed.fields,
        cites=hashed.cites,
        history=tuple(
            PublishedEntry(date=change.date.isoformat(), sha256=entry(change)) for change in statement.history
        ),
    )


def _authority_of(vocabulary: str, id: str, hashed: Hashed) -> Authority:
    return Authority(vocabulary=vocabulary, id=id, sha256=hashed.sha256, fields=hashed.fields)


def _listed(name: str, values: Iterable[object]) -> str:
    lines = ",\n".join(map(_json, values))
    return f'"{name}": [\n{lines}\n]' if lines else f'"{name}": []'


def _json(value: object) -> str:
    return _ENCODER.encode(value)


def _parse_record(value: Any) -> PublishedRecord:
    record = _dict(value)
    return PublishedRecord(
        id=_str(record["id"]),
        address=_str(record["address"]),
        aliases=tuple(_str(alias) for alias in _list(record["aliases"])),
        sha256=_str(record["sha256"]),
        fields=_texts(record["fields"]),
        cites={name: tuple(_str(id) for id in _list(ids)) for name, ids in _dict(record["cites"]).items()},
        history=tuple(
            PublishedEntry(date=_str(entry["date"]), sha256=_str(entry["sha256"]))
            for entry in map(_dict, _list(record["history"]))
        ),
    )


def _parse_authority(value: Any) -> Authority:
    entry = _dict(value)
    return Authority(
        vocabulary=_str(entry["vocabulary"]),
        id=_str(entry["id"]),
        sha256=_str(entry["sha256"]),
        fields=_texts(entry["fields"]),
    )


def _texts(value: object) -> dict[str, str]:
    return {name: _str(text) for name, text in _dict(value).items()}


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{_short(value)} stands where a text should")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{_short(value)} stands where a list should")
    return value


def _dict(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{_short(value)} stands where a group of fields should")
    return value


def _short(value: object) -> str:
    text = _json(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
