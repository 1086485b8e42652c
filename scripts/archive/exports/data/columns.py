"""Turn the fields of a record into columns, each with its type and a function that reads its value."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archive.model import types
from archive.model.edtf import Date
from archive.model.fields import Field

TEXT, EDTF, DAY, INTEGER, NUMBER = "text", "date as far as known", "day", "whole number", "number"
Scalar = str | int | Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column. `read` returns its value for a record, `read_value` for a single value of its field."""

    name: str
    help: str
    type: str = TEXT
    required: bool = False
    choices: Mapping[str, str] | None = None
    vocabulary: str = ""  # the authority file whose ids it holds
    read: Callable[[Any], Scalar]
    read_value: Callable[[Any], Scalar] = lambda value: value


def columns_of(field: Field) -> tuple[Column, ...]:
    """Return the columns of a field that holds no record: one; for a date three, its text, its first and last day."""
    parts = _PARTS.get(field.type, (("", TEXT, "", _text),))
    return tuple(
        Column(
            name=field.name + suffix,
            help=help or field.help,
            type=type,
            required=(field.required and not field.optional_in_drafts) or bool(field.default),
            choices=field.choices,
            vocabulary=field.vocabulary,
            read=_reader(field.name, plain),
            read_value=plain,
        )
        for suffix, type, help, plain in parts
    )


def flat_columns(fields: tuple[Field, ...]) -> Iterator[Column]:
    """Yield the columns of all fields but lists; those of a nested record begin with the field's name."""
    for field in fields:
        if field.many:
            continue
        if field.record is None:
            yield from columns_of(field)
            continue
        for column in flat_columns(field.record.fields):
            yield Column(
                name=f"{field.name}_{column.name}",
                help=f"{field.help} {column.help}",
                type=column.type,
                required=field.required and column.required,
                choices=column.choices,
                vocabulary=column.vocabulary,
                read=_reader(field.name, column.read),
            )


def _reader(name: str, plain: Callable[[Any], Scalar]) -> Callable[[Any], Scalar]:
    if plain is _text:  # as most are
        return lambda record: getattr(record, name) or None

    def read(record: Any) -> Scalar:
        value = getattr(record, name)
        return None if value is None else plain(value)

    return read


def _text(value: str) -> str | None:
    return value or None


def _number(value: Decimal) -> int | Decimal:
    """Return the number with the digits it was stated with."""
    exponent = value.as_tuple().exponent
    return int(value) if isinstance(exponent, int) and exponent >= 0 else value


def _edtf(date: Date) -> str:
    return date.text


def _earliest(date: Date) -> str:
    return date.earliest.isoformat()


def _latest(date: Date) -> str:
    return date.latest.isoformat()


# suffix of the column's name, type, help if not the field's own, and a function that makes a value plain
_PARTS: Mapping[types.FieldType, tuple[tuple[str, str, str, Callable[[Any], Scalar]], ...]] = {
    types.DATE: (
        ("", EDTF, "", _edtf),
        ("_earliest", DAY, "The first day it can be.", _earliest),
        ("_latest", DAY, "The last day it can be.", _latest),
    ),
    types.DAY: (("", DAY, "", datetime.date.isoformat),),
    types.NUMBER: (("", NUMBER, "", _number),),
    types.COUNT: (("", INTEGER, "", int),),
}
