"""What is hashed of a record, an authority and an entry of a history: their substance.

It is their fields and, of a record, its summary, hashed (SHA-256) as JSON (RFC 8259) without spaces, names in order of
code points, every value as text. What changes nothing that a reader is told changes no hash: a field left out is the
same as one with its default. The summary counts as what is shown of it (`body.normal`), so that it may be written in
other lines but not become other paragraphs, lists or tables. Of a withdrawn record the substance is that it is
withdrawn.

Which records a record cites is no part of its hash and stands beside it, in order: so one that follows the new id of
another is found unchanged by whoever knows both ids.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archive.model import statement_fields, urls
from archive.model.edtf import Date
from archive.model.fields import Field, Record
from archive.model.records import Archive, Change, Statement
from archive.text import markdown

SUMMARY, STATUS, RELATED = "summary", "status", "related"
_APART = ("history", "aliases")  # kept beside the substance
_DRAFTING = ("said", "counted")  # of authorities: by which drafts find them in texts; no reader is told
_FIELD_DIGITS = 16  # a field's hash only tells which field it was
_CITED = "?record"  # stands for the address of a record; any other begins with /

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

Plain = str | list[Any] | dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashed:
    """The hash of a substance, those of its fields, and by field the ids of the records it cites, in order."""

    sha256: str
    fields: Mapping[str, str]
    cites: Mapping[str, tuple[str, ...]]


class Records:
    """Hashes the records of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._ids = {urls.of(one): one.id for one in archive.statements}
        self._known = urls.known(archive)
        self._fields = [field for field in statement_fields.STATEMENT.fields if field.name not in _APART]

    def hashed(self, statement: Statement) -> Hashed:
        """The substance of a record."""
        if statement.withdrawn:
            return _hashed({STATUS: statement.status}, {})
        substance = _plain_record(self._fields, statement)
        cites = {RELATED: tuple(tie.pop("id") for tie in substance.get(RELATED, []))}
        substance[SUMMARY], cites[SUMMARY] = self._summary(statement)
        return _hashed(substance, {name: ids for name, ids in cites.items() if ids})

    def _summary(self, statement: Statement) -> tuple[str, tuple[str, ...]]:
        cited: list[str] = []

        def link(written: str) -> str:
            address = urls.target(written, statement.path, self._known) or written
            place, hash, fragment = address.partition("#")
            if place not in self._ids:
                return f"/{address}"
            cited.append(self._ids[place])
            return f"{_CITED}{hash}{fragment}"

        return markdown.normal(statement.summary, link), tuple(cited)


def authority(record: Record, entry: Any) -> Hashed:
    """The substance of an entry of an authority file."""
    return _hashed(_plain_record([field for field in record.fields if field.name not in _DRAFTING], entry), {})


def entry(change: Change) -> str:
    """The hash of an entry of a history, whole."""
    return _hash(_CANONICAL.encode(_plain_record(statement_fields.CHANGE.fields, change))[1:-1])


def _hashed(substance: Mapping[str, Any], cites: Mapping[str, tuple[str, ...]]) -> Hashed:
    members = {name: f"{_CANONICAL.encode(name)}:{_CANONICAL.encode(value)}" for name, value in substance.items()}
    return Hashed(
        sha256=_hash(",".join(members[name] for name in sorted(members))),
        fields={name: _hash(member)[:_FIELD_DIGITS] for name, member in members.items()},
        cites=cites,
    )


def _plain_record(listed: Iterable[Field], record: Any) -> dict[str, Any]:
    """What is written in a record, by its fields: name -> text, list or group; nothing that is left out."""
    found = {}
    for field in listed:
        value = getattr(record, field.name)
        plain = [_plain(field.record, item) for item in value] if field.many else _plain(field.record, value)
        if plain and plain != field.default:
            found[field.name] = plain
    return found


def _plain(kind: Record | None, value: Any) -> Plain:
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
    """The hash of a JSON object with these members."""
    return hashlib.sha256(f"{{{members}}}".encode()).hexdigest()
