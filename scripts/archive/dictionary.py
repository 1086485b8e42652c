"""The field table -> the data dictionary's rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.model import authority_fields, statement_fields, vocabularies
from archive.model.fields import Field, Record


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
    for record in (statement_fields.STATEMENT, *authority_fields.VOCABULARIES.values(), authority_fields.WORDING):
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
