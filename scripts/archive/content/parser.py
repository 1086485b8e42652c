"""Convert the fields of a document to a record by the field table. All that does not fit is a problem."""

import difflib
from collections.abc import Collection, Mapping
from typing import Any

from archive.model.document import Fields, Items, Mark, Node, Problem, Text, quoted, shown
from archive.model.fields import Field, Record

_IDS_IN_HINT = 12
_NEAR = 0.75


def nearest_hint(value: str, allowed: Collection[str], otherwise: str) -> str:
    """Return a hint that names the nearest allowed value, or `otherwise` if none is near.

    Of what has a number, such as a year, only what has the same digits is near.
    """
    digits = sorted(filter(str.isdigit, value))
    same = [candidate for candidate in allowed if not digits or sorted(filter(str.isdigit, candidate)) == digits]
    folded = {candidate.casefold(): candidate for candidate in same}
    near = difflib.get_close_matches(value.casefold(), folded, n=1, cutoff=_NEAR)
    return f"did you mean {folded[near[0]]!r}?" if near else otherwise


class Converter:
    """A conversion of the records of one file, with its problems."""

    def __init__(self, path: str, ids: Mapping[str, Collection[str]]) -> None:
        """Prepare it; `ids` are those of each vocabulary. One that could not be read is left out, and allows any id."""
        self.path = path
        self.problems: list[Problem] = []
        self.cited: set[str] = set()  # each id that was looked up, after its vocabulary and a /
        self._ids = ids
        self._draft = False  # whether the file is that of a draft

    def problem(self, mark: Mark, field: str, message: str, hint: str, entry: str = "") -> None:
        """Add a problem of this file."""
        line, col = mark
        self.problems.append(
            Problem(path=self.path, line=line, col=col, field=field, message=message, hint=hint, entry=entry)
        )

    def record(self, kind: Record, node: Node, where: str = "", **more: Any) -> Any:
        """Convert a record of this kind; `more` are the attributes that are no fields.

        What is wrong is added to the problems and left blank, so that the rest is checked too. None if it cannot be.
        """
        if not isinstance(node, Fields):
            self.problem(node.mark, where, "is not a group of fields", f"write those of {kind.name}: {kind.names}")
            return None
        self._draft |= _is_draft(node)  # what is nested in it is converted after it
        for name, mark in node.keys.items():
            if name not in {field.name for field in kind.fields}:
                hint = nearest_hint(
                    name, [field.name for field in kind.fields], f"the fields of {kind.name} are: {kind.names}"
                )
                entry = node.entries[name]
                if isinstance(entry, Text) and not entry.value:
                    hint = "inside { } a comma ends a field: quote a text that has one, and write a number without"
                self.problem(mark, _join(where, shown(name)), f"unknown field {quoted(name)}", hint)
        values: dict[str, Any] = {}
        lost = False
        for field in kind.fields:
            here = _join(where, field.name)
            value = None
            if field.name in node.entries:
                value = self._value(field, node.entries[field.name], here)
            elif field.required and not (field.optional_in_drafts and self._draft):
                self.problem(node.mark, here, "is missing", f"{field.help} For example: {field.example_text}")
            elif field.default:
                value = self._value(field, Text(field.default, node.mark), here)
            if value is not None:
                values[field.name] = value
            elif field.required:
                lost |= not field.many and (field.record is not None or field.type.blank is None)
                values[field.name] = () if field.many else field.type.blank
        return None if lost else kind.cls(**values, **more)

    def _value(self, field: Field, node: Node, where: str) -> Any:
        if not field.many:
            return self._single(field, node, where)
        if not isinstance(node, Items):
            self.problem(
                node.mark, where, f"{_describe(node)} is not a list", f"write a list, such as {field.example_text}"
            )
            return ()
        if not node.items:
            hint = (
                f"{field.help} For example: {field.example_text}"
                if field.required
                else "leave the field out, or fill it"
            )
            self.problem(node.mark, where, "is an empty list", hint)
        if 0 < field.most < len(node.items):
            message = f"has {len(node.items)} values, more than the {field.most} that are allowed"
            self.problem(node.items[field.most].mark, where, message, "keep those that say most of it")
        values = []
        for number, item in enumerate(node.items, 1):
            value = self._single(field, item, f"{where}[{number}]")
            if value is not None and field.record is None and value in values:
                self.problem(item.mark, f"{where}[{number}]", f"{_describe(item)} stands twice in the list", "keep one")
            values.append(value)
        if field.record is not None:  # a list with a gap would give the places of the rest wrong
            return () if None in values else tuple(values)
        return tuple(field.type.blank if value is None else value for value in values)

    def _single(self, field: Field, node: Node, where: str) -> Any:
        if field.record is not None:
            return self.record(field.record, node, where)
        if not isinstance(node, Text):
            hint = f"allowed: {field.value_allowed}; for example {field.examples[0]}"
            self.problem(node.mark, where, f"{_describe(node)} is not a single value", hint)
            return None
        if not node.value.strip():
            otherwise = "" if field.required or field.many else ", or leave the field out"
            self.problem(node.mark, where, "is empty", f"give a value, such as {field.examples[0]}{otherwise}")
            return None
        if field.choices is not None:
            return self._choice(
                field.choices, node, where, "is not one of the values allowed", f"allowed: {field.value_allowed}"
            )
        if field.vocabulary:
            self.cited.add(f"{field.vocabulary}/{node.value}")
            if field.vocabulary not in self._ids:
                return node.value
            ids = self._ids[field.vocabulary]
            if node.value in ids:
                return node.value
            file = f"{field.vocabulary}.yml"
            some = f"add it to {file}, or take one that is there: {', '.join(list(ids)[:_IDS_IN_HINT])} ..."
            hint = nearest_hint(node.value, ids, some if ids else f"add it to {file}, which has none yet")
            hint += f" If it is another, add it to {file}" if hint.endswith("?") else ""
            entry = f"{field.vocabulary}/{node.value}"
            self.problem(node.mark, where, f"{_describe(node)} is not an id in {file}", hint, entry)
            return None
        try:
            return field.type.parse(node.value)
        except ValueError as error:
            hint = f"allowed: {field.value_allowed}; for example {field.examples[0]}"
            self.problem(node.mark, where, f"{_describe(node)}: {error}", hint)
            return None

    def _choice(self, allowed: Collection[str], node: Text, where: str, complaint: str, otherwise: str) -> str | None:
        if node.value in allowed:
            return node.value
        self.problem(node.mark, where, f"{_describe(node)} {complaint}", nearest_hint(node.value, allowed, otherwise))
        return None


def _is_draft(node: Fields) -> bool:
    status = node.entries.get("status")
    return isinstance(status, Text) and status.value == "draft"


def _describe(node: Node) -> str:
    if isinstance(node, Text):
        return quoted(node.value, 60)
    return "a list" if isinstance(node, Items) else "a group of fields"


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
