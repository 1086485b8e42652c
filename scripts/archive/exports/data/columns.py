"""A field of the field table -> the columns it has in every export, each with its type and how its value is read."""

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
    """One column. `read` gives its value for the record that has the field, `of` for one value of the field."""

    name: str
    help: str
    type: str = TEXT
    required: bool = False
    choices: Mapping[str, str] | None = None
    vocabulary: str = ""  # whose ids it holds
    read: Callable[[Any], Scalar]
    of: Callable[[Any], Scalar] = lambda value: value


def columns_of(field: Field) -> tuple[Column, ...]:
    """The columns of a field that holds no record: one, or three of a date, as written with its first and last day."""
    parts = _PARTS.get(field.type, (("", TEXT, "", _text),))
    return tuple(
        Column(
            name=field.name + ending,
            help=help or field.help,
            type=type,
            required=field.required or bool(field.default),
            choices=field.choices,
            vocabulary=field.vocabulary,
            read=_reading(field.name, plain),
            of=plain,
        )
        for ending, type, help, plain in parts
    )


def flat_columns(fields: tuple[Field, ...]) -> Iterator[Column]:
    """The columns of all fields that hold one value, or one record, whose columns then begin with the field's name."""
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
                read=_reading(field.name, column.read),
            )


def _reading(name: str, plain: Callable[[Any], Scalar]) -> Callable[[Any], Scalar]:
    def read(record: Any) -> Scalar:
        value = getattr(record, name)
        return None if value is None else plain(value)

    return read


def _text(value: str) -> str | None:
    return value or None


def _number(value: Decimal) -> int | Decimal:
    """The number with the digits it was stated with."""
    exponent = value.as_tuple().exponent
    return int(value) if isinstance(exponent, int) and exponent >= 0 else value


def _written(date: Date) -> str:
    return date.text


def _earliest(date: Date) -> str:
    return date.earliest.isoformat()


def _latest(date: Date) -> str:
    return date.latest.isoformat()


# ending of the column's name, type, what is said of it if not the field's help, and what makes a value plain
_PARTS: Mapping[types.FieldType, tuple[tuple[str, str, str, Callable[[Any], Scalar]], ...]] = {
    types.DATE: (
        ("", EDTF, "", _written),
        ("_earliest", DAY, "The first day it can be.", _earliest),
        ("_latest", DAY, "The last day it can be.", _latest),
    ),
    types.DAY: (("", DAY, "", datetime.date.isoformat),),
    types.NUMBER: (("", NUMBER, "", _number),),
    types.COUNT: (("", INTEGER, "", int),),
}
