"""Read what an edition of the site published, from the files of its data: records, authorities and addresses."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from archive.exports.data import MANIFEST, STATEMENTS, manifest
from archive.exports.data.json_records import Plain, dump_json, load_json
from archive.model import urls
from archive.model.authorities import RECORDS
from archive.model.errors import USAGE, ArchiveError

NAMES = (MANIFEST, STATEMENTS, *(f"{name}.json" for name in RECORDS))  # of the files that are read
ADVICE = f"; name the {urls.DATA_FILES} of the site as published"
WITHDRAWN = "withdrawn"
_FORMER = 2  # version of the manifest of an edition whose data have only some authorities
_LONGEST = 40  # characters of a value in a message

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRecord:
    """A published record: its fields as the data have them; of a withdrawn one only the status.

    An entry of a withdrawn record's history has its date and hash in place of its fields.
    """

    id: str
    aliases: tuple[str, ...]
    history: tuple[Mapping[str, Any], ...]
    fields: Plain

    @property
    def permanent_id(self) -> str:
        """The first id it had, by which feeds know it."""
        return self.aliases[0] if self.aliases else self.id

    @property
    def withdrawn(self) -> bool:
        """Whether only its withdrawal is published."""
        return self.fields.get("status") == WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What an edition published: records by id, entries by authority and id, and every permanent address.

    An authority whose entries the data did not have, only the manifest, has entries with an id and nothing else.
    """

    naming_authority: str
    records: Mapping[str, PublishedRecord]
    authorities: Mapping[str, Mapping[str, Plain]]
    addresses: frozenset[str]  # relative to the root of the site
    gone: Mapping[str, str]  # address of a file that is gone for good -> that of the page in its place
    sha256: str  # of its statements.jsonl

    @property
    def version(self) -> str:
        """The version of its data, the day of the newest change of any record."""
        dates = (entry["date"] for record in self.records.values() for entry in record.history)
        return max(dates, default="0").replace("-", ".")


def parse(files: Mapping[str, bytes], place: str = "") -> Edition:
    """Read an edition from its files by name, those of NAMES that it has; `place` is where they stand, for messages.

    Raise ArchiveError where one is missing, damaged or of another format.
    """
    with _reading(place + MANIFEST):
        values = _group(load_json(files[MANIFEST]))
        _require_format(values, place + MANIFEST)
        if values["version"] == _FORMER:
            withdrawn = [record for record in _groups(values["records"]) if "status" in _group(record["fields"])]
            entries = _groups(values["authorities"])
        else:
            withdrawn, entries = _groups(values["withdrawn"]), []
        former = {
            name: _by_id({"id": entry["id"]} for entry in entries if entry["vocabulary"] == name) for name in RECORDS
        }
        records = [_record(record, {"status": WITHDRAWN}) for record in withdrawn]
        addresses = frozenset(map(_text, _list(values["addresses"])))
        gone = {address: _text(to) for address, to in _group(values["gone"]).items()}
        naming_authority = _text(values["naming_authority"])

    def read(name: str, reader: Callable[[bytes], T]) -> T:
        if name not in files:
            raise ArchiveError(f"there is no {place}{name}, though the manifest beside it has it{ADVICE}", USAGE)
        with _reading(place + name):
            return reader(files[name])

    records += read(STATEMENTS, _statements)
    return Edition(
        naming_authority=naming_authority,
        records={record.id: record for record in records},
        authorities={
            name: read(f"{name}.json", _entries) if f"{urls.DATA_FILES}{name}.json" in addresses else entries
            for name, entries in former.items()
        },
        addresses=addresses,
        gone=gone,
        sha256=hashlib.sha256(files[STATEMENTS]).hexdigest(),
    )


def _require_format(values: Plain, name: str) -> None:
    """Raise ArchiveError where these are not the values of a manifest that this program reads."""
    if values.get("format") != manifest.FORMAT:
        raise ArchiveError(f'{name} is not a manifest: it does not say "format": "{manifest.FORMAT}"{ADVICE}', USAGE)
    version = values.get("version")
    if version not in (_FORMER, manifest.VERSION):
        advice = ADVICE
        if isinstance(version, int) and version < _FORMER:
            advice = (
                ": compare this archive with it by the older program's archive check --since, then run scripts/build "
                "once"
            )
        read = f"this program reads versions {_FORMER} and {manifest.VERSION}"
        raise ArchiveError(f"{name} is a manifest of version {_short(version)}; {read}{advice}", USAGE)


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """Report what is wrong with the file of this name."""
    try:
        yield
    except (ValueError, RecursionError):
        raise ArchiveError(f"{name} is damaged: it is not whole JSON{ADVICE}", USAGE) from None
    except KeyError as error:
        raise ArchiveError(f"{name} is damaged: it has no {error}{ADVICE}", USAGE) from None
    except TypeError as error:
        raise ArchiveError(f"{name} is damaged: {error}{ADVICE}", USAGE) from None


def _statements(content: bytes) -> list[PublishedRecord]:
    records = _groups([load_json(line) for line in content.splitlines()])
    for fields in records:
        _text(fields["summary"])
        for tie in _groups(fields["related"]):
            _text(tie["id"])
    return [_record(fields, fields) for fields in records]


def _entries(content: bytes) -> dict[str, Plain]:
    return _by_id(_groups(load_json(content)))


def _record(values: Plain, fields: Plain) -> PublishedRecord:
    if not values["history"]:
        raise TypeError(f"{values['id']} has no history")
    for entry in _groups(values["history"]):
        _text(entry["date"])
    return PublishedRecord(
        id=_text(values["id"]),
        aliases=tuple(map(_text, _list(values["aliases"]))),
        history=tuple(values["history"]),
        fields=fields,
    )


def _by_id(entries: Iterable[Plain]) -> dict[str, Plain]:
    return {_text(entry["id"]): entry for entry in entries}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{_short(value)} stands where a text should")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{_short(value)} stands where a list should")
    return value


def _groups(value: object) -> list[Plain]:
    return list(map(_group, _list(value)))


def _group(value: object) -> Plain:
    if not isinstance(value, dict):
        raise TypeError(f"{_short(value)} stands where a group of fields should")
    return value


def _short(value: object) -> str:
    text = dump_json(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
