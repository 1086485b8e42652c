"""The columns of an import table, by the field table: `title`, `events`, `sources.1.outlet`, and `id` and `summary`."""

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

ID, SUMMARY = "id", "summary"
_OWN = (ID, SUMMARY)  # the two that are no fields: the file's name and the text below the fields
_NUMBERED = re.compile(r"([a-z_]+)\.([1-9][0-9]{0,2})\.([a-z0-9_]+)")
_FIELDS = {field.name: field for field in statement_fields.STATEMENT.fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the table. `field` is what its cells hold; None for the id and the summary."""

    name: str
    field: Field | None = None
    group: str = ""  # the list of records it is in
    number: int = 0  # the record's place there, from 1


def find_column(name: str) -> Column | None:
    """The column of this name; None where there is no such column."""
    if name in _OWN:
        return Column(name=name)
    field = _FIELDS.get(name)
    if field and field.record is None:
        return Column(name=name, field=field)
    match = _NUMBERED.fullmatch(name)
    if match is None or match[1] not in _FIELDS:
        return None
    record = _FIELDS[match[1]].record
    inner = next((each for each in record.fields if each.name == match[3]), None) if record else None
    return Column(name=name, field=inner, group=match[1], number=int(match[2])) if inner else None


def header_problems(names: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with a table's first row, as (column, message, hint): a column that is unknown or stands twice.

    A row must be told from the others: by its id, or by date and title.
    """
    for number, name in enumerate(names, 1):
        first = names.index(name) + 1
        if not name:
            yield number, f"column {number} has no name", "name it, or remove it"
        elif find_column(name) is None:
            yield number, f"unknown column {quoted(name)}", _hint(name)
        elif first != number:
            yield number, f"column {quoted(name)} stands twice, first as column {first}", "remove one of them"
    if ID not in names and not {"date", "title"} <= {*names}:
        yield 1, "has no column id", "add it, or the columns date and title, of which an id is made"


def _hint(name: str) -> str:
    """What to do about a column that is unknown."""
    number = re.search(r"[0-9]+", name)
    allowed = list(column_names(int(number[0]) if number and number[0] != "0" else 1))
    near = "" if name in _FIELDS else nearest_hint(name, allowed, "")
    if not near and name.partition(".")[0] in _FIELDS:
        own = [each for each in allowed if each.startswith(f"{name.partition('.')[0]}.")]
        near = f"its columns are {', '.join(own)}, and so on" if own else ""
    return (
        near
        or f"the columns are {', '.join(each for each in allowed if '.' not in each)}, and for "
        f"records in lists such as {next(each for each in allowed if '.' in each)}"
    )


def column_names(number: int = 1) -> Iterator[str]:
    """Every column there is, in the field table's order, those of records in lists with this number."""
    yield ID
    for field in statement_fields.STATEMENT.fields:
        if field.record is None:
            yield field.name
        else:
            yield from (f"{field.name}.{number}.{inner.name}" for inner in field.record.fields)
    yield SUMMARY


def column_of_field(path: str) -> str:
    """The column that holds the field at this path of a record: "figures[2].value" -> "figures.2.value"."""
    if path == "body":
        return SUMMARY
    group, number, rest = re.fullmatch(r"([^.\[]*)(?:\[([0-9]+)\])?(.*)", path, re.DOTALL).groups()  # type: ignore[union-attr]
    field = _FIELDS.get(group)
    if field is None or field.record is None:
        return group
    return f"{group}.{number}{rest.partition('[')[0]}" if number else group


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


def invisible_characters(texts: Mapping[str, str]) -> Iterator[Wrong]:
    """A cell must hold no character that no record may hold."""
    for column, text in texts.items():
        if found := FORBIDDEN.search(text):
            message = f"character {character_name(found[0])} is not allowed"
            yield Wrong(column=column, message=message, hint="delete it; it often comes along with pasted text")


def overlay(
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


def extends_history(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the history is longer than it was."""
    return len(after.get(HISTORY, [])) > len(before.get(HISTORY, []))


def equal_records(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
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
