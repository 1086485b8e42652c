"""Archive -> `manifest.json`: what was published, by hashes, so that a later edition can be held against it.

The substance of a record is its fields, but for `history` and `aliases`, and its summary. It is hashed (SHA-256) as
JSON (RFC 8259) without spaces, names in order of code points, every value as text. What changes nothing that a reader
is told changes no hash: a field left out is the same as one with its default, spaces and line ends within a paragraph
of the summary are one space, and a link into the archive counts by the address it leads to. Of a withdrawn record the
substance is that it is withdrawn.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archive import addresses, body, fields
from archive.edtf import Date
from archive.fields import Field, Record
from archive.index import by_id
from archive.model import Archive, Change, Statement

FORMAT, VERSION = "ombudsman-statements-manifest", 1
SUMMARY, STATUS = "summary", "status"
_APART = ("history", "aliases")  # kept beside the substance
_FIELD_DIGITS = 16  # a field's hash only tells which field it was

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_ENCODER = json.JSONEncoder(ensure_ascii=False)

Plain = str | list[Any] | dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a record's history: its day as written, and the hash of all of it."""

    date: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of a published record: where it stands, and the hashes of its substance, whole and by field."""

    id: str
    address: str
    aliases: tuple[str, ...]
    sha256: str
    fields: Mapping[str, str]
    history: tuple[Entry, ...]

    @property
    def permanent_id(self) -> str:
        """The first id it had, by which feeds know it."""
        return self.aliases[0] if self.aliases else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was published: every record, and every permanent address, relative to the root of the site."""

    naming_authority: str
    records: tuple[Kept, ...]
    addresses: tuple[str, ...]


def of(archive: Archive, renamed: Mapping[str, str] | None = None) -> Manifest:
    """What this archive publishes.

    `renamed`, id -> former id, has records cited in the substance of others by their former ids, so that a record that
    only follows such a change is found unchanged.
    """
    substance = _Substance(archive, renamed or {})
    pages = {addresses.doc(name) for name in archive.docs}
    pages |= {addresses.event(id) for id in archive.events} | {addresses.addressee(id) for id in archive.addressees}
    pages |= {addresses.statement(id) for one in archive.statements for id in (one.id, *one.aliases)}
    return Manifest(
        naming_authority=archive.naming_authority,
        records=tuple(substance.kept(one) for one in by_id(archive.statements)),
        addresses=tuple(sorted(pages)),
    )


def dump(archive: Archive) -> str:
    """The manifest of this archive as a file: a record a line, in order of ids."""
    made = of(archive)
    head = {"format": FORMAT, "version": VERSION, "naming_authority": made.naming_authority}
    lines = [f"{_json(name)}: {_json(value)}" for name, value in head.items()]
    lines.append(_listed("records", map(_record, made.records)))
    lines.append(_listed("addresses", made.addresses))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def parse(data: bytes) -> Manifest:
    """A manifest read from its file. Raises ValueError, with a message for people, where it is not one."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise ValueError("is not a manifest: it is not whole JSON") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError(f'is not a manifest: it does not say "format": "{FORMAT}"')
    version = found.get("version")
    if version != VERSION:
        raise ValueError(f"is a manifest of version {_short(version)}; this program reads version {VERSION}")
    try:
        return Manifest(
            naming_authority=_str(found["naming_authority"]),
            records=tuple(_kept(record) for record in _list(found["records"])),
            addresses=tuple(_str(address) for address in _list(found["addresses"])),
        )
    except KeyError as error:
        raise ValueError(f"is a damaged manifest: it has no {error}") from None
    except TypeError as error:
        raise ValueError(f"is a damaged manifest: {error}") from None


class _Substance:
    """Hashes the records of one archive."""

    def __init__(self, archive: Archive, renamed: Mapping[str, str]) -> None:
        self._renamed = renamed
        self._moved = {addresses.statement(id): addresses.statement(was) for id, was in renamed.items()}
        self._known = addresses.known(archive)
        self._fields = [field for field in fields.STATEMENT.fields if field.name not in _APART]

    def kept(self, statement: Statement) -> Kept:
        """What the manifest says of a record."""
        if statement.withdrawn:
            substance: dict[str, Any] = {STATUS: statement.status}
        else:
            substance = _plain_record(self._fields, statement)
            for tie in substance.get("related", []):
                tie["id"] = self._renamed.get(tie["id"], tie["id"])
            substance[SUMMARY] = self._summary(statement)
        members = {name: f"{_json(name)}:{_CANONICAL.encode(value)}" for name, value in substance.items()}
        return Kept(
            id=statement.id,
            address=addresses.of(statement),
            aliases=statement.aliases,
            sha256=_hash(",".join(members[name] for name in sorted(members))),
            fields={name: _hash(member)[:_FIELD_DIGITS] for name, member in members.items()},
            history=tuple(map(_entry, statement.history)),
        )

    def _summary(self, statement: Statement) -> str:
        text = statement.summary
        for written in sorted(set(body.links(text)), reverse=True) if "[" in text else ():
            address = addresses.target(written, statement.path, self._known)
            if address is not None:
                place, hash, fragment = address.partition("#")
                text = text.replace(f"({written}", f"(/{self._moved.get(place, place)}{hash}{fragment}")
        return "\n\n".join(" ".join(block.split()) for block in re.split(r"\n\s*\n", text.strip()))


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


def _entry(change: Change) -> Entry:
    members = _CANONICAL.encode(_plain_record(fields.CHANGE.fields, change))[1:-1]
    return Entry(date=change.date.isoformat(), sha256=_hash(members))


def _hash(members: str) -> str:
    """The hash of a JSON object with these members."""
    return hashlib.sha256(f"{{{members}}}".encode()).hexdigest()


def _record(kept: Kept) -> dict[str, Any]:
    return {
        "id": kept.id,
        "address": kept.address,
        "aliases": list(kept.aliases),
        "sha256": kept.sha256,
        "fields": kept.fields,
        "history": [{"date": entry.date, "sha256": entry.sha256} for entry in kept.history],
    }


def _listed(name: str, values: Iterable[object]) -> str:
    lines = ",\n".join(map(_json, values))
    return f'"{name}": [\n{lines}\n]' if lines else f'"{name}": []'


def _json(value: object) -> str:
    return _ENCODER.encode(value)


def _kept(found: Any) -> Kept:
    record = _dict(found)
    return Kept(
        id=_str(record["id"]),
        address=_str(record["address"]),
        aliases=tuple(_str(alias) for alias in _list(record["aliases"])),
        sha256=_str(record["sha256"]),
        fields={name: _str(hash) for name, hash in _dict(record["fields"]).items()},
        history=tuple(
            Entry(date=_str(entry["date"]), sha256=_str(entry["sha256"]))
            for entry in map(_dict, _list(record["history"]))
        ),
    )


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
