"""A row's cells -> the fields of its record, laid over those the record has.

An empty cell means that the record does not have the field. What no column stands for is kept. A record's history is
never shortened: what the row has and the record has not is added at its end.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.exports.data.csv import GUARD
from archive.importing.columns import Column
from archive.importing.table import Row
from archive.model import statement_fields, types
from archive.model.document import FORBIDDEN, character_name
from archive.model.fields import Field, Record

HISTORY = "history"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What is wrong with a cell: the column, the message and the hint."""

    column: str
    message: str
    hint: str


def cells(row: Row, columns: Sequence[Column]) -> dict[str, str]:
    """The texts of a row by their columns, without the apostrophe that guards a formula and spaces at the ends."""
    return {column.name: _text(cell) for column, cell in zip(columns, row.cells, strict=True)}


def invisible(texts: Mapping[str, str]) -> Iterator[Wrong]:
    """A cell must hold no character that no record may hold."""
    for column, text in texts.items():
        if found := FORBIDDEN.search(text):
            message = f"character {character_name(found[0])} is not allowed"
            yield Wrong(column=column, message=message, hint="delete it; it often comes along with pasted text")


def laid_over(
    entries: Mapping[str, Any], texts: Mapping[str, str], columns: Sequence[Column]
) -> tuple[dict[str, Any], list[Wrong]]:
    """The fields of a record with those of the row in their place, and what is wrong with the row's groups."""
    merged = dict(entries)
    groups: dict[str, dict[int, dict[str, Any]]] = {}
    for column in columns:
        if column.field is None:
            continue
        value = _value(column.field, texts[column.name])
        if column.group:
            groups.setdefault(column.group, {}).setdefault(column.number, {})[column.field.name] = value
        else:
            _set(merged, column.field.name, value)
    wrong: list[Wrong] = []
    for group, given in groups.items():
        if group == HISTORY:
            _set(merged, group, _longer(merged.get(group, []), given))
        else:
            _set(merged, group, _list(merged.get(group, []), given, group, wrong))
    return merged, wrong


def irregular(entries: Mapping[str, Any], kind: Record = statement_fields.STATEMENT) -> str:
    """The first field of a record that is none, or holds something of another kind than it should; "" for none."""
    known = {field.name: field for field in kind.fields}
    for name, value in entries.items():
        field = known.get(name)
        if field is None or field.many != isinstance(value, list):
            return name
        for number, item in enumerate(value if isinstance(value, list) else [value], 1):
            if field.record is None and not isinstance(item, str):
                return name
            if field.record is not None:
                within = irregular(item, field.record) if isinstance(item, Mapping) else "-"
                if within:
                    return f"{name}[{number}].{within}".removesuffix(".-")
    return ""


def brings_history(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the history is longer than it was."""
    return len(after.get(HISTORY, [])) > len(before.get(HISTORY, []))


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two records say the same, however it is written."""
    return bool(_meant(statement_fields.STATEMENT, one) == _meant(statement_fields.STATEMENT, other))


def _text(cell: str) -> str:
    text = unicodedata.normalize("NFC", cell.removeprefix(GUARD)).replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def _value(field: Field, text: str) -> Any:
    return [part.strip() for part in text.split(";") if part.strip()] if field.many else text


def _set(entries: dict[str, Any], name: str, value: Any) -> None:
    if value:
        entries[name] = value
    else:
        entries.pop(name, None)


def _list(
    items: Sequence[Any], given: Mapping[int, Mapping[str, Any]], group: str, wrong: list[Wrong]
) -> list[dict[str, Any]]:
    """The records of a list with the given fields; one of which nothing is left goes."""
    count = max(len(items), *given)
    found: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        item = dict(items[number - 1]) if number <= len(items) else {}
        for name, value in given.get(number, {}).items():
            _set(item, name, value)
        found.append(item)
    while found and not found[-1]:
        found.pop()
    for number, item in enumerate(found, 1):
        if not item:
            message = f"is empty, but {group}.{len(found)} is not"
            wrong.append(Wrong(column=f"{group}.{number}", message=message, hint="fill them in order, from 1"))
    return [item for item in found if item]


def _longer(history: Sequence[Any], given: Mapping[int, Mapping[str, Any]]) -> list[Any]:
    changes = [{name: value for name, value in given[number].items() if value} for number in sorted(given)]
    known = [_meant(statement_fields.CHANGE, change) for change in history]
    return [
        *history,
        *(change for change in changes if change and _meant(statement_fields.CHANGE, change) not in known),
    ]


def _meant(kind: Record, entries: Any) -> Any:
    """A record's fields as the converter takes them: one that says what holds without it is as if it were not there."""
    if not isinstance(entries, Mapping):
        return entries
    meant = {}
    known = {field.name: field for field in kind.fields}
    for name, value in entries.items():
        field = known.get(name)
        if field and field.record:
            meant[name] = [_meant(field.record, item) for item in value] if isinstance(value, list) else value
        elif field and isinstance(value, str):
            plain = " ".join(value.split()) if field.type is types.PROSE else value.strip()
            if plain != field.default:
                meant[name] = plain
        else:
            meant[name] = value
    return meant
