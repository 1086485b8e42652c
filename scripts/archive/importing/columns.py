"""The columns of an import table, by the field table: `title`, `events`, `sources.1.outlet`, and `id` and `summary`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.content.parser import nearest
from archive.model import statement_fields
from archive.model.document import quoted
from archive.model.fields import Field

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


def find(name: str) -> Column | None:
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


def wrong(names: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with a table's first row, as (column, message, hint): a column that is unknown or stands twice.

    A row must be told from the others: by its id, or by date and title.
    """
    for number, name in enumerate(names, 1):
        first = names.index(name) + 1
        if not name:
            yield number, f"column {number} has no name", "name it, or remove it"
        elif find(name) is None:
            yield number, f"unknown column {quoted(name)}", _hint(name)
        elif first != number:
            yield number, f"column {quoted(name)} stands twice, first as column {first}", "remove one of them"
    if ID not in names and not {"date", "title"} <= {*names}:
        yield 1, "has no column id", "add it, or the columns date and title, of which an id is made"


def _hint(name: str) -> str:
    """What to do about a column that is unknown."""
    number = re.search(r"[0-9]+", name)
    allowed = list(names(int(number[0]) if number and number[0] != "0" else 1))
    near = "" if name in _FIELDS else nearest(name, allowed, "")
    if not near and name.partition(".")[0] in _FIELDS:
        own = [each for each in allowed if each.startswith(f"{name.partition('.')[0]}.")]
        near = f"its columns are {', '.join(own)}, and so on" if own else ""
    return (
        near
        or f"the columns are {', '.join(each for each in allowed if '.' not in each)}, and for "
        f"records in lists such as {next(each for each in allowed if '.' in each)}"
    )


def names(number: int = 1) -> Iterator[str]:
    """Every column there is, in the field table's order, those of records in lists with this number."""
    yield ID
    for field in statement_fields.STATEMENT.fields:
        if field.record is None:
            yield field.name
        else:
            yield from (f"{field.name}.{number}.{inner.name}" for inner in field.record.fields)
    yield SUMMARY


def of_field(path: str) -> str:
    """The column that holds the field at this path of a record: "figures[2].value" -> "figures.2.value"."""
    if path == "body":
        return SUMMARY
    group, number, rest = re.fullmatch(r"([^.\[]*)(?:\[([0-9]+)\])?(.*)", path, re.DOTALL).groups()  # type: ignore[union-attr]
    field = _FIELDS.get(group)
    if field is None or field.record is None:
        return group
    return f"{group}.{number}{rest.partition('[')[0]}" if number else group
