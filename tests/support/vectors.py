"""Hostile texts, and an archive that has each of them wherever the checks let it stand."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive.content import reader
from archive.model import authority_fields, document, statement_fields
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
    """Every hostile text: one a line of the files in `hostile/`, where ⟨A⟩ stands for the character U+000A."""
    lines = (line for path in sorted(FOLDER.glob("*.txt")) for line in path.read_text("utf-8").split("\n")[:-1])
    return [_NUMBERED.sub(lambda match: chr(int(match[1], 16)), line) for line in lines]


def id_of(number: int) -> str:
    """The id of the authority entries that have this vector."""
    return f"v{number:03d}"


def stem(number: int) -> str:
    """The id of the statement that has this vector."""
    return f"2021-09-21-v{number:03d}"


def path_of(number: int) -> str:
    """The file of the statement that has this vector."""
    return f"statements/2021/{stem(number)}.md"


def leaves(kind: Record, where: str = "") -> Iterator[tuple[str, Field]]:
    """Every field of a kind of record that has no fields of its own, with its path as a problem names it."""
    for one in kind.fields:
        here = f"{where}{one.name}"
        if one.record is not None:
            yield from leaves(one.record, f"{here}[1]." if one.many else f"{here}.")
        else:
            yield f"{here}[1]" if one.many else here, one


def filled(kind: Record, number: int) -> dict[str, Any]:
    """A valid record with something in every field, which cites the entries of this vector."""
    made: dict[str, Any] = {}
    for one in kind.fields:
        value = _value(one, number)
        if value is not None:
            made[one.name] = [value] if one.many else value
    return made


# where the example of the field table would not do in every record
_VALUES = {"date": "2021-09-21", "sha256": "0" * 64, "group": "small", "groups": "small", "value": "3", "source": "1"}
_LEFT_OUT = {"min", "max", "mentions", "related", "aliases", "parent"}


def _value(one: Field, number: int) -> Any:
    if one.name in _LEFT_OUT:
        return None
    if one.record is not None:
        return filled(one.record, number)
    if one.vocabulary:
        return id_of(number)
    value = _VALUES.get(one.name) or one.example.strip("[]").split(", ")[0]
    return f"{value}?{number}" if one.name == "url" else value  # a report is the source of one record


def put(record: dict[str, Any], path: str, value: Any) -> None:
    """Set the field at a path."""
    *way, (last, place) = _STEP.findall(path)
    for name, number in way:
        inner = record.setdefault(name, [{}] if number else {})
        record = inner[int(number) - 1] if number else inner
    record[last] = [value] if place else value


def get(record: Mapping[str, Any], path: str) -> Any:
    """The field at a path; None where there is none."""
    found: Any = record
    for name, number in _STEP.findall(path):
        found = found.get(name) if isinstance(found, dict) else None
        if number and found is not None:
            found = found[int(number) - 1]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A project with the hostile texts in it, and where they were refused."""

    root: Path
    statements: dict[int, dict[str, Any]]  # vector -> front matter, and the body as "body"
    entries: dict[str, dict[int, dict[str, Any]]]  # vocabulary -> vector -> entry
    refused: dict[tuple[str, int, str], Problem]  # "statements" or a vocabulary, vector, field -> what was said
    archive: Archive | None = None  # of what stands, once that is known

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
        """Where each hostile text stands: "statements" or a vocabulary, its number, the field."""
        texts = vectors()
        for kind, table in (("statements", statement_fields.STATEMENT), *authority_fields.AUTHORITIES.items()):
            for number, record in (self.statements if kind == "statements" else self.entries[kind]).items():
                paths = [path for path, one in leaves(table) if _tried(one, number)]
                for path in paths + ["body"] * (kind == "statements"):
                    if get(record, path) == texts[number]:
                        yield kind, number, path


def _dumped(entries: Mapping[str, Any]) -> str:
    """As JSON, which is YAML too and written in a tenth of the time, an entry a line."""
    lines = (f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in entries.items())
    return "".join(f"{line}\n" for line in lines)


def everywhere(folder: Path) -> Hostile:
    """A valid project at `folder` in which each hostile text stands in every field that takes it.

    All is tried at once; what a problem names is taken back, until there is none.
    """
    root = minimal_root(folder)
    for path in root.glob("statements/2*/*.md"):
        path.unlink()
    made = Hostile(root=root, statements={}, entries={name: {} for name in authority_fields.AUTHORITIES}, refused={})
    for number, text in enumerate(vectors()):
        made.statements[number] = _with(text, statement_fields.STATEMENT, number) | {"body": text}
        for name, kind in authority_fields.AUTHORITIES.items():
            # one that no file may have at all would hide what is said of the others
            forbidden = document.FORBIDDEN.search(text)
            made.entries[name][number] = filled(kind, number) if forbidden else _with(text, kind, number)
    for _ in range(8):
        made.write()
        archive, found = validate.check(reader.read(root))
        if not found:
            return replace(made, archive=archive)
        for one in found:
            _take_back(made, one)
    raise AssertionError(f"still refused: {found[:5]}")


def packed(made: Hostile, folder: Path, size: int) -> Hostile:
    """The same texts, each in every field that takes it, but several together in one: fewer pages to look at."""
    texts = vectors()
    columns: dict[tuple[str, str], list[str]] = {}
    for kind, number, path in made.standing():
        columns.setdefault((kind, path), []).append(texts[number])
    together = {
        (kind, path): _joined(column, 1 if path.endswith("url") else size, "\n\n" if path == "body" else " ")
        for (kind, path), column in columns.items()
    }
    root = minimal_root(folder)
    for file in root.glob("statements/2*/*.md"):
        file.unlink()
    dense = Hostile(root=root, statements={}, entries={name: {} for name in authority_fields.AUTHORITIES}, refused={})
    for number in range(max(map(len, together.values()))):
        dense.statements[number] = filled(statement_fields.STATEMENT, number) | {"body": BODY}
        for name, kind in authority_fields.AUTHORITIES.items():
            dense.entries[name][number] = filled(kind, number)
    for (kind, path), column in together.items():
        for number, text in enumerate(column):
            put(dense.statements[number] if kind == "statements" else dense.entries[kind][number], path, text)
    dense.write()
    return dense


def _joined(texts: Sequence[str], size: int, between: str) -> list[str]:
    return [between.join(texts[start : start + size]) for start in range(0, len(texts), size)]


def _with(text: str, kind: Record, number: int) -> dict[str, Any]:
    record = filled(kind, number)
    for path, one in leaves(kind):
        if _tried(one, number):
            put(record, path, text)
    return record


def _tried(one: Field, number: int) -> bool:
    """Texts and addresses have every vector; of ids, dates and the like, which are all refused, some will do."""
    return (one.type.name in TEXTS and not (one.choices or one.vocabulary)) or number % 16 == 0


def _take_back(made: Hostile, problem: Problem) -> None:
    """Put what is valid in the place that a problem names; where it names none, in the whole record."""
    folder, _, name = problem.path.removeprefix("statements/").partition("/")
    if folder == "authorities":
        kind = name.removesuffix(".yml")
        id, _, path = problem.field.partition(".")
        number, table = int(id.removeprefix("v")), authority_fields.AUTHORITIES[kind]
        record, valid = made.entries[kind][number], filled(table, number)
    else:
        kind, path, table = "statements", problem.field, statement_fields.STATEMENT
        number = int(name.removesuffix(".md").rpartition("-v")[2])
        record, valid = made.statements[number], filled(table, number) | {"body": BODY}
    whole = problem.message.startswith("character ") or not path
    for leaf in [leaf for leaf, _ in leaves(table)] + ["body"] * (kind == "statements"):
        if whole or leaf == path or leaf.startswith((f"{path}.", f"{path}[")):
            made.refused.setdefault((kind, number, leaf), problem)
            _restore(record, valid, leaf)


def _restore(record: dict[str, Any], valid: Mapping[str, Any], path: str) -> None:
    """Make the field at a path what it is in a valid record: gone, with what it stands in, where there is none."""
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
