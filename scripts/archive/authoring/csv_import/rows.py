"""Turn the cells of a row into fields of a record: `title`, `events`, `sources.1.outlet`, `id` and `summary`."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archive.authoring.csv_import.table import Row
from archive.content.parser import nearest_hint
from archive.exports.data.csv import GUARD
from archive.model import statement_fields, types
from archive.model.document import FORBIDDEN, character_name, quoted
from archive.model.fields import Field, Record

ID, SUMMARY, HISTORY = "id", "summary", "history"
_NOT_FIELDS = (ID, SUMMARY)  # the two that are no fields: the file's name and the text below the fields
_NUMBERED = re.compile(r"([a-z_]+)\.([1-9][0-9]{0,2})\.([a-z0-9_]+)")
_FIELDS = {field.name: field for field in statement_fields.STATEMENT.fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the table. `field` is the field of its cells; None for the id and the summary."""

    name: str
    field: Field | None = None
    group: str = ""  # the list of records it is in
    number: int = 0  # of the record in that list, from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem:
    """A problem of a cell: its column, the message and the hint."""

    column: str
    message: str
    hint: str


def find_column(name: str) -> Column | None:
    """Return the column of this name; None for an unknown one."""
    if name in _NOT_FIELDS:
        return Column(name=name)
    field = _FIELDS.get(name)
    if field and field.record is None:
        return Column(name=name, field=field)
    match = _NUMBERED.fullmatch(name)
    if match is None or match[1] not in _FIELDS:
        return None
    record = _FIELDS[match[1]].record
    inner = next((inner for inner in record.fields if inner.name == match[3]), None) if record else None
    return Column(name=name, field=inner, group=match[1], number=int(match[2])) if inner else None


def column_names(number: int = 1) -> Iterator[str]:
    """Yield every column there is, in the field table's order; those of records in lists with this number."""
    yield ID
    for field in statement_fields.STATEMENT.fields:
        if field.record is None:
            yield field.name
        else:
            yield from (f"{field.name}.{number}.{inner.name}" for inner in field.record.fields)
    yield SUMMARY


def column_of_field(path: str) -> str:
    """Return the column of the field at this path of a record: "figures.2.value" for "figures[2].value"."""
    if path == "body":
        return SUMMARY
    group, number, rest = re.fullmatch(r"([^.\[]*)(?:\[([0-9]+)\])?(.*)", path, re.DOTALL).groups()  # type: ignore[union-attr]
    field = _FIELDS.get(group)
    if field is None or field.record is None:
        return group
    return f"{group}.{number}{rest.partition('[')[0]}" if number else group


def header_problems(names: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the problems of a table's first row, as (column number, message, hint).

    A column must be known and be there once. Rows must have an id, or date and title.
    """
    for number, name in enumerate(names, 1):
        first = names.index(name) + 1
        if not name:
            yield number, f"column {number} has no name", "name it, or remove it"
        elif find_column(name) is None:
            yield number, f"unknown column {quoted(name)}", _column_hint(name)
        elif first != number:
            yield number, f"column {quoted(name)} appears twice, first as column {first}", "remove one of them"
    if ID not in names and not {"date", "title"} <= {*names}:
        yield 1, "has no column id", "add it, or the columns date and title, of which an id is made"


def cells_by_column(row: Row, columns: Sequence[Column]) -> dict[str, str]:
    """Return the cells of a row by column, without the apostrophe that guards a formula, and stripped."""
    return {column.name: _cell_text(cell) for column, cell in zip(columns, row.cells, strict=True)}


def forbidden_characters(texts: Mapping[str, str]) -> Iterator[CellProblem]:
    """Yield a problem for each cell with a character that no record may have."""
    for column, text in texts.items():
        if match := FORBIDDEN.search(text):
            message = f"character {character_name(match[0])} is not allowed"
            yield CellProblem(column=column, message=message, hint="delete it; it often comes along with pasted text")


def merge_row(
    entries: Mapping[str, Any], texts: Mapping[str, str], columns: Sequence[Column]
) -> tuple[dict[str, Any], list[CellProblem]]:
    """Return the fields of a record with those of the row in their place, and the problems of the row's lists."""
    merged = dict(entries)
    groups: dict[str, dict[int, dict[str, Any]]] = {}
    for column in columns:
        if column.field is None:
            continue
        value = _cell_value(column.field, texts[column.name])
        if column.group:
            groups.setdefault(column.group, {}).setdefault(column.number, {})[column.field.name] = value
        else:
            _set_or_remove(merged, column.field.name, value)
    problems: list[CellProblem] = []
    for group, numbered in groups.items():
        if group == HISTORY:
            _set_or_remove(merged, group, _extend_history(merged.get(group, []), numbered))
        else:
            _set_or_remove(merged, group, _merge_list(merged.get(group, []), numbered, group, problems))
    return merged, problems


def irregular_field(entries: Mapping[str, Any], record: Record = statement_fields.STATEMENT) -> str:
    """Return the path of the first field that is unknown or of the wrong kind; "" for none."""
    fields = {field.name: field for field in record.fields}
    for name, value in entries.items():
        field = fields.get(name)
        if field is None or field.many != isinstance(value, list):
            return name
        for number, item in enumerate(value if isinstance(value, list) else [value], 1):
            if field.record is None and not isinstance(item, str):
                return name
            if field.record is not None:
                inside = irregular_field(item, field.record) if isinstance(item, Mapping) else "-"
                if inside:
                    return f"{name}[{number}].{inside}".removesuffix(".-")
    return ""


def extends_history(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Return whether the history is longer than before."""
    return len(after.get(HISTORY, [])) > len(before.get(HISTORY, []))


def equal_records(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Return whether two records say the same, however they are written."""
    return bool(_normalize(statement_fields.STATEMENT, first) == _normalize(statement_fields.STATEMENT, second))


def _column_hint(name: str) -> str:
    """Return what to do about an unknown column."""
    number = re.search(r"[0-9]+", name)
    allowed = list(column_names(int(number[0]) if number and number[0] != "0" else 1))
    hint = "" if name in _FIELDS else nearest_hint(re.sub(r"\b0\b", "1", name), allowed, "")
    if not hint and name.partition(".")[0] in _FIELDS:
        inner = [column for column in allowed if column.startswith(f"{name.partition('.')[0]}.")]
        hint = f"its columns are {', '.join(inner)}, and so on" if inner else ""
    return (
        hint
        or f"the columns are {', '.join(column for column in allowed if '.' not in column)}, and for "
        f"records in lists such as {next(column for column in allowed if '.' in column)}"
    )


def _cell_text(cell: str) -> str:
    text = unicodedata.normalize("NFC", cell.removeprefix(GUARD)).replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def _cell_value(field: Field, text: str) -> Any:
    return [part.strip() for part in text.split(";") if part.strip()] if field.many else text


def _set_or_remove(entries: dict[str, Any], name: str, value: Any) -> None:
    if value:
        entries[name] = value
    else:
        entries.pop(name, None)


def _merge_list(
    items: Sequence[Any], numbered: Mapping[int, Mapping[str, Any]], group: str, problems: list[CellProblem]
) -> list[dict[str, Any]]:
    """Return the records of a list with the given fields, without those of which nothing is left."""
    count = max(len(items), *numbered)
    merged: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        item = dict(items[number - 1]) if number <= len(items) else {}
        for name, value in numbered.get(number, {}).items():
            _set_or_remove(item, name, value)
        merged.append(item)
    while merged and not merged[-1]:
        merged.pop()
    for number, item in enumerate(merged, 1):
        if not item:
            message = f"is empty, but {group}.{len(merged)} is not"
            problems.append(CellProblem(column=f"{group}.{number}", message=message, hint="fill them in order, from 1"))
    return [item for item in merged if item]


def _extend_history(history: Sequence[Any], numbered: Mapping[int, Mapping[str, Any]]) -> list[Any]:
    changes = [{name: value for name, value in numbered[number].items() if value} for number in sorted(numbered)]
    existing = [_normalize(statement_fields.CHANGE, change) for change in history]
    return [
        *history,
        *(change for change in changes if change and _normalize(statement_fields.CHANGE, change) not in existing),
    ]


def _normalize(record: Record, entries: Any) -> Any:
    """Return a record's fields as the converter reads them, without those that have their default."""
    if not isinstance(entries, Mapping):
        return entries
    normalized = {}
    fields = {field.name: field for field in record.fields}
    for name, value in entries.items():
        field = fields.get(name)
        if field and field.record:
            normalized[name] = [_normalize(field.record, item) for item in value] if isinstance(value, list) else value
        elif field and isinstance(value, str):
            text = " ".join(value.split()) if field.type is types.PROSE else value.strip()
            if text != field.default:
                normalized[name] = text
        else:
            normalized[name] = value
    return normalized
