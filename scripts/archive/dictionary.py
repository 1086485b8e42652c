"""The field table -> the data dictionary's rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive import choices, fields
from archive.fields import Field, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One field, in words."""

    field: Field
    must: str
    allowed: str
    record: str  # name of the record it holds; "" for none
    choices: Mapping[str, str] | None  # shown in full, unless they are the languages


def records() -> list[tuple[Record, list[Entry]]]:
    """Every kind of record, each before the records it holds, with its fields in the order they are written."""
    found: dict[str, Record] = {}
    for record in (fields.STATEMENT, *fields.VOCABULARIES.values(), fields.WORDING):
        found |= {each.name: each for each in _within(record)}
    return [(record, [_entry(field) for field in record.fields]) for record in found.values()]


LANGUAGES = choices.LANGUAGES


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
        allowed=("a list of " if field.many else "") + _allowed(field),
        record=field.record.name if field.record else "",
        choices=None if field.choices is choices.LANGUAGES else field.choices,
    )


def _allowed(field: Field) -> str:
    if field.record is not None:
        return "records" if field.many else "a record"
    if field.vocabulary:
        ids = "ids" if field.many else "an id"
        return f"{ids} in authorities/{field.vocabulary}.yml"
    if field.choices is choices.LANGUAGES:
        return "a language code below"
    if field.choices is not None:
        return "these values" if field.many else "one of these values"
    return field.type.allowed
