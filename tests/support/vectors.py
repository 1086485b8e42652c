"""Hostile texts, and an archive that has each of them wherever the checks allow it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive.content import reader
from archive.model import authorities, document, statement_fields
from archive.model.document import Problem
from archive.model.fields import Field, Record
from archive.model.records import Archive
from archive.validation import validate
from builders import DATA, minimal_root

FOLDER = DATA / "hostile"
_NUMBERED = re.compile("⟨([0-9A-F]+)⟩")
_STEP = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")
TEXTS = ("text", "prose", "address")  # types of fields in which a person may write what they like
BODY = "The Office says that the bridge was opened."


def vectors() -> list[str]:
    """Return every hostile text: a line each of the files in `hostile/`, where ⟨A⟩ is the character U+000A."""
    lines = (line for path in sorted(FOLDER.glob("*.txt")) for line in path.read_text("utf-8").split("\n")[:-1])
    return [_NUMBERED.sub(lambda match: chr(int(match[1], 16)), line) for line in lines]


def id_of(number: int) -> str:
    """Return the id of the authority entries with this vector."""
    return f"v{number:03d}"


def stem(number: int) -> str:
    """Return the id of the statement with this vector."""
    return f"2021-09-21-v{number:03d}"


def path_of(number: int) -> str:
    """Return the path of the statement with this vector."""
    return f"statements/2021/{stem(number)}.md"


def leaves(kind: Record, where: str = "") -> Iterator[tuple[str, Field]]:
    """Yield every field that has no fields of its own, with its path as problems give it."""
    for field in kind.fields:
        here = f"{where}{field.name}"
        if field.record is not None:
            yield from leaves(field.record, f"{here}[1]." if field.many else f"{here}.")
        else:
            yield f"{here}[1]" if field.many else here, field


def filled(kind: Record, number: int) -> dict[str, Any]:
    """Return a valid record with something in every field, which cites the entries with this vector."""
    record: dict[str, Any] = {}
    for field in kind.fields:
        value = _value(field, number)
        if value is not None:
            record[field.name] = [value] if field.many else value
    return record


# values for fields whose example is not valid in every record
_VALUES = {
    "date": "2021-09-21",
    "sha256": "0" * 64,
    "group": "small",
    "groups": "small",
    "value": "3",
    "source": "1",
    "country": "france",
}
_LEFT_OUT = {"min", "max", "mentions", "related", "aliases", "parent", "source", "read"}


def _value(field: Field, number: int) -> Any:
    if field.name in _LEFT_OUT:
        return None
    if field.record is not None:
        return filled(field.record, number)
    if field.vocabulary:
        return id_of(number)
    value = _VALUES.get(field.name) or field.example.strip("[]").split(", ")[0]
    if field.name == "url":  # a report is the source of one record
        return f"{value}?{number}"
    return f"{value} {number}" if field.name in ("title", "said") else value  # and so with titles and words


def put(record: dict[str, Any], path: str, value: Any) -> None:
    """Set the field at a path."""
    *way, (last, place) = _STEP.findall(path)
    for name, number in way:
        inner = record.setdefault(name, [{}] if number else {})
        record = inner[int(number) - 1] if number else inner
    record[last] = [value] if place else value


def get(record: Mapping[str, Any], path: str) -> Any:
    """Return the field at a path, or None."""
    value: Any = record
    for name, number in _STEP.findall(path):
        value = value.get(name) if isinstance(value, dict) else None
        if number and value is not None:
            value = value[int(number) - 1]
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A project with the hostile texts in it, and the problems where they were refused."""

    root: Path
    statements: dict[int, dict[str, Any]]  # vector -> front matter, and the body as "body"
    entries: dict[str, dict[int, dict[str, Any]]]  # vocabulary -> vector -> entry
    refused: dict[tuple[str, int, str], Problem]  # "statements" or a vocabulary, vector, field -> problem
    archive: Archive | None = None  # once the project is valid

    def write(self) -> None:
        """Write every record and authority entry."""
        for number, record in self.statements.items():
            front = {name: value for name, value in record.items() if name != "body"}
            text = f"---\n{_dumped(front)}---\n{record['body']}\n"
            (self.root / path_of(number)).write_bytes(text.encode())
        for name, entries in self.entries.items():
            text = _dumped({id_of(number): entry for number, entry in entries.items()})
            (self.root / f"statements/authorities/{name}.yml").write_bytes(text.encode())

    def standing(self) -> Iterator[tuple[str, int, str]]:
        """Yield where each hostile text is: "statements" or a vocabulary, its number, the field."""
        texts = vectors()
        for kind, table in (("statements", statement_fields.STATEMENT), *authorities.RECORDS.items()):
            for number, record in (self.statements if kind == "statements" else self.entries[kind]).items():
                paths = [path for path, field in leaves(table) if _tried(field, number)]
                for path in paths + ["body"] * (kind == "statements"):
                    if get(record, path) == texts[number]:
                        yield kind, number, path


def _dumped(entries: Mapping[str, Any]) -> str:
    """Dump entries as JSON, which is YAML too and ten times faster, an entry a line."""
    lines = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in entries.items())
    return "".join(f"{line}\n" for line in lines)


def everywhere(folder: Path) -> Hostile:
    """Make a valid project in which each hostile text is in every field that takes it.

    All fields are tried at once; those with problems are restored until there is none.
    """
    root = minimal_root(folder)
    for path in root.glob("statements/2*/*.md"):
        path.unlink()
    project = Hostile(root=root, statements={}, entries={name: {} for name in authorities.RECORDS}, refused={})
    for number, text in enumerate(vectors()):
        project.statements[number] = _with(text, statement_fields.STATEMENT, number) | {"body": text}
        for name, kind in authorities.RECORDS.items():
            # a character that no file may have would hide the problems of the other entries
            forbidden = document.FORBIDDEN.search(text)
            project.entries[name][number] = filled(kind, number) if forbidden else _with(text, kind, number)
    for _ in range(8):
        project.write()
        archive, problems = validate.check(reader.read(root))
        if not problems:
            return replace(project, archive=archive)
        for problem in problems:
            _take_back(project, problem)
    raise AssertionError(f"still refused: {problems[:5]}")


def packed(project: Hostile, folder: Path, size: int) -> Hostile:
    """Make a project with the same texts in the same fields, but `size` texts in each: fewer pages to look at."""
    texts = vectors()
    columns: dict[tuple[str, str], list[str]] = {}
    for kind, number, path in project.standing():
        columns.setdefault((kind, path), []).append(texts[number])
    together = {
        (kind, path): _joined(column, 1 if path.endswith("url") else size, "\n\n" if path == "body" else " ")
        for (kind, path), column in columns.items()
    }
    root = minimal_root(folder)
    for file in root.glob("statements/2*/*.md"):
        file.unlink()
    dense = Hostile(root=root, statements={}, entries={name: {} for name in authorities.RECORDS}, refused={})
    for number in range(max(map(len, together.values()))):
        dense.statements[number] = filled(statement_fields.STATEMENT, number) | {"body": BODY}
        for name, kind in authorities.RECORDS.items():
            dense.entries[name][number] = filled(kind, number)
    for (kind, path), column in together.items():
        for number, text in enumerate(column):
            if path == "said[1]":  # which only one entry may have, by letter case either
                text = f"{text} {number}"
            put(dense.statements[number] if kind == "statements" else dense.entries[kind][number], path, text)
    dense.write()
    return dense


def _joined(texts: Sequence[str], size: int, between: str) -> list[str]:
    return [between.join(texts[start : start + size]) for start in range(0, len(texts), size)]


def _with(text: str, kind: Record, number: int) -> dict[str, Any]:
    record = filled(kind, number)
    for path, field in leaves(kind):
        if _tried(field, number):
            put(record, path, text)
    return record


def _tried(field: Field, number: int) -> bool:
    """Return whether to try this vector: in texts and URLs all, in ids and dates, which refuse all, a few."""
    return (field.type.name in TEXTS and not (field.choices or field.vocabulary)) or number % 16 == 0


def _take_back(project: Hostile, problem: Problem) -> None:
    """Restore the field of a problem; if it names none, the whole record."""
    folder, _, name = problem.path.removeprefix("statements/").partition("/")
    if folder == "authorities":
        kind = name.removesuffix(".yml")
        id, _, path = problem.field.partition(".")
        number, table = int(id.removeprefix("v")), authorities.RECORDS[kind]
        record, valid = project.entries[kind][number], filled(table, number)
    else:
        kind, path, table = "statements", problem.field, statement_fields.STATEMENT
        number = int(name.removesuffix(".md").rpartition("-v")[2])
        record, valid = project.statements[number], filled(table, number) | {"body": BODY}
    whole = problem.message.startswith("character ") or not path
    for leaf in [leaf for leaf, _ in leaves(table)] + ["body"] * (kind == "statements"):
        if whole or leaf == path or leaf.startswith((f"{path}.", f"{path}[")):
            project.refused.setdefault((kind, number, leaf), problem)
            _restore(record, valid, leaf)


def _restore(record: dict[str, Any], valid: Mapping[str, Any], path: str) -> None:
    """Set the field at a path to its value in a valid record; remove its top field if the valid record has none."""
    name, number = _STEP.findall(path)[0]
    rest = path.partition(".")[2]
    if name not in valid:
        record.pop(name, None)
    elif not rest:
        record[name] = valid[name]
    elif number:
        _restore(record[name][0], valid[name][0], rest)
    else:
        _restore(record[name], valid[name], rest)
