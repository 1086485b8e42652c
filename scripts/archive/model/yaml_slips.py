"""Say in plain words what is wrong with a text that is no YAML: what stands there, and how to write it.

The words of the YAML parser are about its own grammar, and name what it met rather than what was meant.
"""

import re
from typing import NamedTuple

import yaml

from archive.model.document import Mark, character_name, quoted

_ODD_SPACE = re.compile(r"^[ -]*(?:\w+:)? *([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])", re.MULTILINE)
_ENTRY = re.compile(r"(?P<lead> *(?:- +)*)(?:(?P<name>[\w.-]+):(?: +|$))?(?P<value>.*)")
_FLOW = {"parsing a flow sequence": "[ ]", "parsing a flow mapping": "{ }"}
_ENDS = {
    "[ ]": "end the list with ], with commas between its values",
    "{ }": "end the group with }, with commas between its fields",
}
_MEANINGS = "&*@%`!|>?,]}"  # with which no value may begin unless it is in quotation marks
_ENCLOSING = {
    "'": "; write an apostrophe within it twice",
    '"': r"; write \" for a quotation mark within it",
    "[": "",
    "{": "",
}
_NO_FIELD = "is not a field and its value"
_WRITE_FIELD = "write the field's name, a colon, a space and the value"


class Slip(NamedTuple):
    """What is wrong with a text: where, in words, and what to do."""

    mark: Mark
    message: str
    hint: str


def find_slip(error: yaml.YAMLError, text: str) -> Slip:
    """Return the slip for which a YAML parser gave up on a text; its place is in that text."""
    problem, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if problem is None:
        return Slip(Mark(1, 1), "has a character that no text has", "type it anew instead of pasting it")
    for match in _ODD_SPACE.finditer(text):
        place = Mark.at(text, match.start(1))
        if place.line in (problem.line, problem.line + 1):  # at the line, counted from 0, or just above it
            message = f"character {character_name(match[1])} stands where a space is needed"
            return Slip(place, message, "type a space in its place; it often comes along with pasted text")
    doing = (getattr(error, "context", None) or "").removeprefix("while ")
    lines = [*text.split("\n"), ""]
    return _slip(doing, lines, problem, context or problem)


def _slip(doing: str, lines: list[str], problem: yaml.Mark, context: yaml.Mark) -> Slip:
    line, here = lines[min(problem.line, len(lines) - 1)], Mark(problem.line + 1, problem.column + 1)
    start = Mark(context.line + 1, context.column + 1)
    if doing == "scanning a quoted scalar":
        return Slip(start, "the quotation mark is not closed", "end the value with the same mark")
    if doing == "scanning a simple key":
        return Slip(start, f"{_NO_FIELD}: {quoted(lines[context.line].strip(), 40)}", _WRITE_FIELD)
    if (number := _open_quotation(lines[: problem.line])) is not None:
        at = lines[number].index(": ") + 3
        return Slip(Mark(number + 1, at), "the quotation mark is not closed", "end the value with the same mark")
    if kind := _FLOW.get(doing):
        return _in_brackets(kind, line, problem, start, lines[context.line])
    match = _ENTRY.fullmatch(line)
    value, at = (match["value"], match.start("value")) if match else (line, 0)
    if doing == "parsing a flow node":
        return Slip(
            start, "a bracket is not closed, or closed by one of another kind", "end a list with ], a group with }"
        )
    if value and value[0] in _MEANINGS and at <= problem.column:
        return Slip(
            Mark(here.line, at + 1),
            f"the value begins with {value[0]}, which has a meaning of its own there: {quoted(value, 40)}",
            _quoted_value(match["name"] if match else "", value),
        )
    if doing == "parsing a quoted scalar":
        hint = r"write \\ for a backslash, or put the value in single quotation marks"
        return Slip(
            here, f"a backslash stands within double quotation marks: {quoted(line[problem.column :], 40)}", hint
        )
    if value and value[0] in _ENCLOSING and at < problem.column:
        message = f"the value goes on after what closes it: {quoted(line[problem.column :], 40)}"
        return Slip(here, message, f"put quotation marks around the whole value{_ENCLOSING[value[0]]}")
    if value.startswith("- ") and match and match["name"]:
        hint = "write each item of a list on a line of its own, or put the value in quotation marks"
        return Slip(Mark(here.line, at + 1), "the value begins with a hyphen and a space, as an item of a list", hint)
    if match and match["name"] and re.search(r":(?: |$)", value) and at <= problem.column:
        message = f"the value has a colon with a space after it: {quoted(value, 60)}"
        return Slip(here, message, _quoted_value(match["name"], value))
    return _misplaced(lines, problem)


def _in_brackets(kind: str, line: str, problem: yaml.Mark, start: Mark, before: str) -> Slip:
    """Return what is wrong with a list or group in brackets, from the line `before` to where it was left."""
    if problem.line + 1 != start.line or line[problem.column :].startswith(tuple("]}")) or problem.column >= len(line):
        if comment := re.search(r" (#.*)", before):
            message = f"inside {kind} {quoted(comment[1], 40)} is not read: from # on, a line is a comment"
            return Slip(Mark(start.line, comment.start(1) + 1), message, "put the value with the # in quotation marks")
        return Slip(start, f"the bracket {kind[0]} is not closed", _ENDS[kind])
    here = Mark(problem.line + 1, problem.column + 1)
    what = "a colon" if line[problem.column] == ":" else quoted(line[problem.column :], 30)
    hint = "put a value that has a colon, a comma or a quotation mark in quotation marks"
    return Slip(here, f"inside {kind} {what} stands where a comma or {kind[2]} was expected", hint)


def _open_quotation(lines: list[str]) -> int | None:
    """Return the number, from 0, of a line whose value begins with a quotation mark, before a field begins anew."""
    for number, line in enumerate(lines[:-1]):
        value = match["value"] if (match := _ENTRY.fullmatch(line)) and match["name"] else ""
        after = _ENTRY.fullmatch(lines[number + 1])
        if value[:1] in ("'", '"') and value.count(value[0]) % 2 and after and after["name"]:
            return number
    return None


def _misplaced(lines: list[str], problem: yaml.Mark) -> Slip:
    """Return what is wrong with a line that begins in the wrong column, or is none that was expected there."""
    number = min(problem.line, len(lines) - 1)
    line = lines[number]
    column = len(line) - len(line.lstrip(" ")) + 1
    above = next((n for n in range(number - 1, -1, -1) if lines[n].strip() and lines[n].lstrip()[0] != "#"), None)
    hint = "give each field as many spaces before it as the fields beside it, and each item of a list likewise"
    if above is not None and (match := _ENTRY.fullmatch(lines[above])):
        its_column = len(match["lead"]) + 1
        if column == its_column and not match["name"]:
            return Slip(Mark(above + 1, column), f"{_NO_FIELD}: {quoted(lines[above].strip(), 40)}", _WRITE_FIELD)
        if column != its_column:
            message = f"{quoted(line.strip(), 40)} begins in column {column}, the line above it in column {its_column}"
            return Slip(Mark(number + 1, column), message, hint)
    message = f"{quoted(line.strip(), 40) if line.strip() else 'the end'} stands where a field was expected"
    return Slip(Mark(number + 1, column), message, f"{_WRITE_FIELD}; {hint}")


def _quoted_value(name: str, value: str) -> str:
    mark = "'" if '"' in value else '"'
    written = f"{name}: {mark}{value}{mark}" if name and len(value) < 60 and mark not in value else ""
    return f"put the value in quotation marks{f': {written}' if written else ''}"
