"""Archive -> `manifest.json`: what was published, by hashes, so that a later edition can be held against it.

Of every record and every entry of an authority file it keeps the hash of the substance (see `substance`), and of the
site every address that is to stay.
"""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from archive.exports import substance
from archive.model import authority_fields, urls
from archive.model.index import by_id
from archive.model.records import Archive, Statement

FORMAT = "ombudsman-statements-manifest"
VERSION = 2  # another where the same content gets another hash

_ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    default=lambda record: {field.name: getattr(record, field.name) for field in dataclasses.fields(record)},
)


class Older(ValueError):
    """The manifest is of an earlier version, whose hashes are made in another way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a record's history: its day as written, and the hash of all of it."""

    date: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of a published record: where it stands, the hashes of its substance, whole and by field, and which
    records each field cites."""

    id: str
    address: str
    aliases: tuple[str, ...]
    sha256: str
    fields: Mapping[str, str]
    cites: Mapping[str, tuple[str, ...]]
    history: tuple[Entry, ...]

    @property
    def permanent_id(self) -> str:
        """The first id it had, by which feeds know it."""
        return self.aliases[0] if self.aliases else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What is kept of an entry of an authority file: the hashes of its substance, whole and by field."""

    vocabulary: str
    id: str
    sha256: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was published: every record, every entry of an authority file, and every address that is to stay.

    Addresses are relative to the root of the site; that of a page ends in "/" or is empty. `gone` are those at which
    nothing is any more, as the settings say, each with the address of the page that stands in its place.
    """

    naming_authority: str
    records: tuple[Kept, ...]
    authorities: tuple[Authority, ...]
    addresses: tuple[str, ...]
    gone: Mapping[str, str]


def of(archive: Archive, standing: Iterable[str]) -> Manifest:
    """What this archive publishes, of which `standing` are the addresses that are to stay."""
    records = substance.Records(archive)
    return Manifest(
        naming_authority=archive.naming_authority,
        records=tuple(_kept_of(one, records.hashed(one)) for one in by_id(archive.statements)),
        authorities=tuple(
            _authority_of(name, entry.id, substance.authority(record, entry))
            for name, record in authority_fields.VOCABULARIES.items()
            for entry in by_id(getattr(archive, name).values())
        ),
        addresses=tuple(sorted(set(standing))),
        gone={address: to for address, to in sorted(archive.redirects.items()) if not address.endswith("/")},
    )


def dump(manifest: Manifest) -> str:
    """The manifest as a file: a record, an entry or an address a line, each in order."""
    head = {"format": FORMAT, "version": VERSION, "naming_authority": manifest.naming_authority}
    lines = [f"{_json(name)}: {_json(value)}" for name, value in head.items()]
    lines.append(_listed("records", manifest.records))
    lines.append(_listed("authorities", manifest.authorities))
    lines.append(_listed("addresses", manifest.addresses))
    lines.append(f'"gone": {_json(manifest.gone)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def parse(data: bytes) -> Manifest:
    """A manifest read from its file. Raises ValueError, with a message for people, where it is not one; or Older."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise ValueError("is not a manifest: it is not whole JSON") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError(f'is not a manifest: it does not say "format": "{FORMAT}"')
    version = found.get("version")
    if version != VERSION:
        kind = Older if isinstance(version, int) and version < VERSION else ValueError
        raise kind(f"is a manifest of version {_short(version)}; this program reads version {VERSION}")
    try:
        return Manifest(
            naming_authority=_str(found["naming_authority"]),
            records=tuple(_kept(record) for record in _list(found["records"])),
            authorities=tuple(_authority(entry) for entry in _list(found["authorities"])),
            addresses=tuple(_str(address) for address in _list(found["addresses"])),
            gone=_texts(found["gone"]),
        )
    except KeyError as error:
        raise ValueError(f"is a damaged manifest: it has no {error}") from None
    except TypeError as error:
        raise ValueError(f"is a damaged manifest: {error}") from None


def _kept_of(statement: Statement, hashed: substance.Hashed) -> Kept:
    return Kept(
        id=statement.id,
        address=urls.of(statement),
        aliases=statement.aliases,
        sha256=hashed.sha256,
        fields=hashed.fields,
        cites=hashed.cites,
        history=tuple(
            Entry(date=change.date.isoformat(), sha256=substance.entry(change)) for change in statement.history
        ),
    )


def _authority_of(vocabulary: str, id: str, hashed: substance.Hashed) -> Authority:
    return Authority(vocabulary=vocabulary, id=id, sha256=hashed.sha256, fields=hashed.fields)


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
        fields=_texts(record["fields"]),
        cites={name: tuple(_str(id) for id in _list(ids)) for name, ids in _dict(record["cites"]).items()},
        history=tuple(
            Entry(date=_str(entry["date"]), sha256=_str(entry["sha256"]))
            for entry in map(_dict, _list(record["history"]))
        ),
    )


def _authority(found: Any) -> Authority:
    entry = _dict(found)
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
