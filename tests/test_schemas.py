"""The schemas accept what the archive accepts, read as it reads it or as an editor does, and refuse what they can see."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from archive import check, choices, edtf, fields, read, site, values
from archive.exports import schemas
from archive.fields import Field, Record
from archive.model import Archive, Fields, Items, Node
from builders import MINIMAL, PROJECT, archive_of, statement_text
from exported import content

BAD = Path(__file__).parent / "bad"
SCHEMAS = ["statement", *fields.VOCABULARIES, "wording"]
RECORDS = (fields.STATEMENT, *fields.VOCABULARIES.values(), fields.WORDING)

# What of a bad case is wrong, where no schema of one file's fields can see it
FILE = "the file, its name or its YAML"
BODY = "the summary"
WORDING = "the words that are used"
OTHERS = "another record or file, or another field of the same record"

UNSEEN = {
    "alias": FILE,
    "alias-bomb": FILE,
    "anchor": FILE,
    "authority-file-broken": FILE,
    "bidirectional-isolate-in-body": FILE,
    "bidirectional-override": FILE,
    "bidirectional-override-escaped": FILE,
}


def plain(node: Node) -> Any:
    """A document as the archive reads it: texts only."""
    if isinstance(node, Fields):
        return {name: plain(value) for name, value in node.entries.items()}
    return [plain(item) for item in node.items] if isinstance(node, Items) else node.value


class Editor(yaml.SafeLoader):
    """YAML with its own typing, but for dates, which JSON has as texts, and for aliases, which one case is a bomb of."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)


Editor.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if not pair[0].endswith(":timestamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def schema_of(path: str) -> str:
    """The name of the schema of the content file at this path, or "" where there is none."""
    match = re.fullmatch(r"statements/(?:[0-9]{4}/[^/]+\.md|authorities/([^/]+)\.yml)", path)
    name = (match[1] or "statement") if match else ""
    return name if name in SCHEMAS else ""


def as_read(root: Path) -> Iterator[tuple[str, Any]]:
    """Path and content of every file that the archive can read."""
    reading = read.read(root)
    for document in (*reading.statements, *reading.authorities):
        yield document.path, plain(document.fields)


def as_edited(root: Path) -> Iterator[tuple[str, Any]]:
    """Path and content of every file that is YAML, or has YAML in front."""
    for file in sorted((root / "statements").rglob("*.*")):
        try:
            text = file.read_text("utf-8")
            if file.suffix == ".md":
                text = text.split("---\n")[1]
            yield file.relative_to(root).as_posix(), json.loads(json.dumps(yaml.load(text, Editor)))  # noqa: S506 a safe loader
        except (OSError, UnicodeDecodeError, IndexError, yaml.YAMLError):
            pass  # an editor shows no more than that


READINGS: tuple[Callable[[Path], Iterator[tuple[str, Any]]], ...] = (as_read, as_edited)


@cache
def validators(root: Path) -> dict[str, Draft202012Validator]:
    archive, _ = check.check(read.read(root))
    found = {}
    for described in schemas.of(archive, "https://archive.example/data/v1/"):
        Draft202012Validator.check_schema(described.schema)
        name = described.name.removeprefix("schemas/").removesuffix(".schema.json")
        found[name] = Draft202012Validator(described.schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return found


def refused(root: Path, schemas_of: Path, reading: Callable[[Path], Iterator[tuple[str, Any]]]) -> dict[str, list[str]]:
    """Path -> what the schemas say of that file, for every file that has a schema and can be read."""
    return {
        path: [f"{error.json_path}: {error.message}" for error in validators(schemas_of)[schema_of(path)].iter_errors(found)]
        for path, found in reading(root)
        if schema_of(path)
    }
