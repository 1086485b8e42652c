"""Format plain values as the file of a statement, in the style of the files in `statements/`.

Strings are written so that YAML 1.1 and 1.2 both read them as strings; numbers and dates have no quotation marks,
because the reader takes every value as it is written, but for a number whose digits other readers would not keep.
"""

import json
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from archive.model import statement_fields, types
from archive.model.document import FORBIDDEN, Fields, Items, Node, Text, character_name, shown
from archive.model.fields import Field, Record

WIDTH = 120
_TYPED = (types.NUMBER, types.COUNT, types.DATE, types.DAY)  # what a YAML reader may take for more than a string
_STEP = re.compile(r"\[([0-9]+)\]|\.?([^.\[\]]+)")

# Which texts need no quotation marks, by whether the field is of one of these types and stands within brackets; for
# ECMA 262 (with the flag u) too, as the form at /admin/ writes records as well.
_READ_AS_MORE = (  # than a string, by a reader of YAML 1.1 or 1.2
    r"(?:[-+.0-9][-+.:_0-9EeTtZz ]*|[-+]?0[box][0-9A-Fa-f_]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|~|<<|="
    r"|null|Null|NULL|true|True|TRUE"
    r"|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$"
)
_READ_AS_ANOTHER = r"0[0-9]|[0-9]+\.[0-9]*0$|[0-9.]{16}"  # number, without these digits
_UNQUOTED = (
    r"(?![-?:](?: |$)|---|\.\.\.|[ #,\[\]{}&*!|>'\x22%@`])"
    r"(?:(?!: |:$| #)[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff])+(?<! )"
)
_NO_BRACKETS = r"(?!.*[,?\[\]{}:])"
UNQUOTED = {
    (is_typed, in_flow): (
        f"{_NO_BRACKETS if in_flow else ''}(?!{_READ_AS_ANOTHER if is_typed else _READ_AS_MORE}){_UNQUOTED}"
    )
    for is_typed in (False, True)
    for in_flow in (False, True)
}
_UNQUOTED_TEXTS = {which: re.compile(pattern) for which, pattern in UNQUOTED.items()}

Notes = Mapping[str, str]


def format_statement(entries: Mapping[str, Any], body: str, *, notes: Notes | None = None, blanks: bool = False) -> str:
    """Format the file of a statement.

    `entries` is its front matter: strings, numbers, days, lists and mappings, in any order; what is None or empty is
    left out. `notes` maps the path of a field ("date", "figures[2]", "sources[1].outlet"), "" for the file and "body"
    for the summary to a comment, which is put on the lines above it, or where the field would be. With `blanks`, each
    required field that is not filled is there as a comment, with its help, what is allowed and its example.

    Raises ValueError for a field that no statement has, for a list or mapping in place of a single value, and for a
    character that the reader does not allow.
    """
    filled = {name: value for name, value in entries.items() if _is_filled(value)}
    names = {field.name for field in statement_fields.STATEMENT.fields}
    placed = _placed(notes or {}, filled)
    if unknown := (filled.keys() | {_steps(path)[0] for path in placed if path}) - names - {"body"}:
        raise ValueError(f"a statement has no field {min(unknown)!r}")
    writer = _Writer(placed)
    lines = ["---", *writer.comment("", 0), *writer.record(statement_fields.STATEMENT, filled, blanks=blanks)]
    lines += [*writer.comment("body", 0), "---"]
    body = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    text = "\n".join([*lines, body] if body.strip() else lines) + "\n"
    if match := FORBIDDEN.search(text):
        raise ValueError(f"character {character_name(match[0])} is not allowed in a record")
    return text


def format_item(field: Field, item: Mapping[str, Any], indent: int) -> list[str]:
    """Format an item of a list of records, as lines that begin with this many spaces."""
    return list(_Writer({}).item(field, item, field.name, indent))


def to_python(node: Node) -> Any:
    """Return a node that was read as plain values: strings, lists and mappings."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Items):
        return [to_python(item) for item in node.items]
    return entries(node)


def entries(node: Fields) -> dict[str, Any]:
    """Return fields that were read as `format_statement` takes them."""
    return {name: to_python(value) for name, value in node.entries.items()}


def format_scalar(value: object, type: types.FieldType = types.TEXT, *, in_flow: bool = False) -> str:
    """Format a single value on one line; `in_flow` if it is within brackets.

    Raises ValueError for a list or a mapping.
    """
    if isinstance(value, list | tuple | Mapping):
        raise ValueError(f"{shown(str(value))} is not a single value")
    text = unicodedata.normalize("NFC", f"{value:f}" if isinstance(value, Decimal) else str(value))
    if _UNQUOTED_TEXTS[is_typed(type), in_flow].fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)  # JSON's strings are YAML's double-quoted ones


def is_typed(type: types.FieldType) -> bool:
    """Return whether a value of this type stands without quotation marks though YAML may make more of it."""
    return type in _TYPED


def is_small(kind: Record) -> bool:
    """Return whether each record of this kind is written on one line: none with a URL, a list or a record is."""
    return not any(field.many or field.record or field.type is types.URL for field in kind.fields)


class _Writer:
    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def comment(self, path: str, indent: int) -> list[str]:
        """Return the lines of the comment on the field at this path; none if there is no comment."""
        return format_comment(self._notes.get(path, ""), indent)

    def record(
        self, kind: Record, filled: Mapping[str, Any], where: str = "", indent: int = 0, *, blanks: bool = False
    ) -> Iterator[str]:
        """Yield the lines of the fields of a record, in the order of the field table."""
        for field in kind.fields:
            here = f"{where}.{field.name}" if where else field.name
            is_filled = _is_filled(filled.get(field.name))
            yield from self.comment(here, indent)
            if is_filled:
                yield from self._field(field, filled[field.name], here, indent)
            elif blanks and field.required:
                yield from _blank(field)

    def _field(self, field: Field, value: Any, here: str, indent: int) -> Iterator[str]:
        start = f"{' ' * indent}{field.name}:"
        if field.many and isinstance(value, list | tuple):
            if field.record is None and self._free(here):
                line = f"{start} {_flow(field, value)}"
                if len(line) <= WIDTH:
                    yield line
                    return
            yield start
            for number, item in enumerate(value, 1):
                yield from self.item(field, item, f"{here}[{number}]", indent + 2)
        elif field.record is not None and isinstance(value, Mapping):
            yield start
            yield from self.record(field.record, value, here, indent + 2)
        else:
            line = f"{start} {format_scalar(value, field.type)}"
            if len(line) > WIDTH and field.type is types.PROSE and _is_foldable(str(value)):
                yield f"{start} >-"
                yield from _wrapped(str(value), " " * (indent + 2))
            else:
                yield line

    def item(self, field: Field, item: Any, here: str, indent: int) -> Iterator[str]:
        """Yield the lines of an item of a list."""
        yield from self.comment(here, indent)
        if field.record is None or not isinstance(item, Mapping):
            yield f"{' ' * indent}- {format_scalar(item, field.type)}"
            return
        if is_small(field.record) and self._free(here):
            line = f"{' ' * indent}- {_group(field.record, item)}"
            if len(line) <= WIDTH:
                yield line
                return
        lines = list(self.record(field.record, item, here, indent + 2))
        first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
        lines[first] = f"{' ' * indent}- {lines[first].lstrip()}"
        yield from lines

    def _free(self, here: str) -> bool:
        """Return whether no comment belongs within the field."""
        return not any(path.startswith((f"{here}.", f"{here}[")) for path in self._notes)


def format_comment(text: str, indent: int = 0) -> list[str]:
    """Format a text as comment lines; nothing in it can end the comment."""
    start = f"{' ' * indent}# "
    lines = text.replace("\t", " ").splitlines() if text.strip() else []
    return [line.rstrip() for part in lines for line in _wrapped(shown(part, 10_000), start) or [start]]


def _blank(field: Field) -> Iterator[str]:
    """Yield a comment on the field, then its example commented out; without the # these lines are the field."""
    yield from format_comment(field.comment)
    yield from (f"#{line}" for line in _example(field))


def _example(field: Field, indent: int = 0) -> Iterator[str]:
    start = f"{' ' * indent}{field.name}:"
    if field.record is None:
        yield f"{start} {field.example if field.many else format_scalar(field.example, field.type)}"
        return
    yield start
    dash = "- " if field.many else ""
    for number, inner in enumerate(inner for inner in field.record.fields if inner.required):
        deeper = indent + 2 + len(dash)
        lines = list(_example(inner, deeper))
        if number == 0 and dash:
            lines[0] = f"{' ' * (indent + 2)}{dash}{lines[0].lstrip()}"
        yield from lines


def _flow(field: Field, items: Sequence[Any]) -> str:
    return f"[{', '.join(format_scalar(item, field.type, in_flow=True) for item in items)}]"


def _group(kind: Record, item: Mapping[str, Any]) -> str:
    filled = [field for field in kind.fields if _is_filled(item.get(field.name))]
    parts = [f"{field.name}: {format_scalar(item[field.name], field.type, in_flow=True)}" for field in filled]
    return f"{{{', '.join(parts)}}}"


def _is_filled(value: object) -> bool:
    return value is not None and value not in ("", [], (), {})


def _is_foldable(text: str) -> bool:
    """Return whether the reader gets the value back from folded lines."""
    return text == " ".join(text.split()) and text.isprintable()


def _wrapped(text: str, start: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=start, subsequent_indent=start, break_long_words=False, break_on_hyphens=False
    )


def _steps(path: str) -> list[str]:
    return [number or name for number, name in _STEP.findall(path)] or [""]


def _placed(notes: Notes, filled: Mapping[str, Any]) -> dict[str, str]:
    """Return the notes by the path of the field that they are put above: the nearest one around it that is there."""
    placed: dict[str, str] = {}
    for path, note in notes.items():
        here = ""
        value: Any = filled
        for number, match in enumerate(_STEP.finditer(path)):
            inner: Any = None
            if match[1] and isinstance(value, list | tuple) and 0 < int(match[1]) <= len(value):
                inner = value[int(match[1]) - 1]
            elif match[2] and isinstance(value, Mapping):
                inner = value.get(match[2])
            if number and not _is_filled(inner):
                break
            here, value = path[: match.end()], inner
        placed[here] = f"{placed[here]}\n{note}" if here in placed else note
    return placed
