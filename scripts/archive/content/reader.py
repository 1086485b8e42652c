"""Read the content files into documents. Nothing else reads them.

Values stay strings, each with its line and column; YAML's own typing, anchors, aliases and tags are not allowed.
Nothing that a file holds raises an exception: all that is wrong is a problem.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from archive.model.document import (
    FORBIDDEN,
    Document,
    Fields,
    Items,
    Mark,
    Node,
    Problem,
    Text,
    character_name,
    quoted,
    shown,
)
from archive.model.statement_fields import IN_DOUBT

STATEMENTS_FOLDER = "statements"
AUTHORITIES_FOLDER = f"{STATEMENTS_FOLDER}/authorities"
DOCS_FOLDER = "docs"
MAX_BYTES = 1_048_576
MAX_RECORD_BYTES = 65_536
_MAX_DEPTH = 6
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# what the YAML parser notices only lines later, or at the end of the file, is reported where it begins
_UNCLOSED = {
    "scanning a quoted scalar": ("the quotation mark is not closed", "end the value with the same mark"),
    "parsing a flow sequence": ("the bracket [ is not closed", "end the list with ], with commas between its values"),
    "parsing a flow mapping": ("the bracket { is not closed", "end the group with }, with commas between its fields"),
    "scanning a simple key": ("is not a field and its value", "write the field's name, a colon, a space and the value"),
}
_ODD_SPACE = re.compile(r"^[ -]*(?:\w+:)? *([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything found under `statements/` and `docs/`, in order of path, and what could not be read."""

    statements: tuple[Document, ...]
    authorities: tuple[Document, ...]
    docs: Mapping[str, str]  # the hand-written pages: path from `docs/` -> text
    assets: tuple[str, ...]  # the other files there, by their path likewise
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The same with the statements as they were found: the path of each file, and its bytes, up to one too many."""

    statements: tuple[tuple[str, bytes], ...]
    others: Reading  # without statements, and without the problems of reading them


class _Unreadable(Exception):
    """A file cannot be read as a document."""

    def __init__(self, mark: Mark, message: str, hint: str, field: str = "") -> None:
        super().__init__(message)
        self.mark, self.message, self.hint, self.field = mark, message, hint, field


def read(root: Path) -> Reading:
    """Read every content file under `root`, a folder that has `statements/`."""
    found = find(root)
    read = [read_statement(*file) for file in found.statements]
    return replace(
        found.others,
        statements=tuple(document for document in read if isinstance(document, Document)),
        problems=(*found.others.problems, *(problem for problem in read if isinstance(problem, Problem))),
    )


def find(root: Path) -> Found:
    """Read every content file under `root` but those of statements, of which only the bytes are taken."""
    statements: list[tuple[str, bytes]] = []
    authorities: list[Document] = []
    docs: dict[str, str] = {}
    assets: list[str] = []
    problems: list[Problem] = []
    for path in [*_files(root / STATEMENTS_FOLDER), *_files(root / DOCS_FOLDER)]:
        name = shown(path.relative_to(root).as_posix(), 200)
        try:
            kind = _kind(root, path)
            if kind == STATEMENTS_FOLDER:
                statements.append((name, _bytes(path, MAX_RECORD_BYTES)))
            elif kind == AUTHORITIES_FOLDER:
                authorities.append(_authority(name, _text(path, MAX_BYTES)))
            elif kind == DOCS_FOLDER:
                docs[path.relative_to(root / DOCS_FOLDER).as_posix()] = _text(path, MAX_BYTES)
            else:
                assets.append(path.relative_to(root / DOCS_FOLDER).as_posix())
        except _Unreadable as error:
            problems.append(_problem(name, error))
    others = Reading(
        statements=(),
        authorities=tuple(authorities),
        docs=docs,
        assets=tuple(assets),
        problems=tuple(problems),
    )
    return Found(statements=tuple(statements), others=others)


def read_statement(path: str, data: bytes) -> Document | Problem:
    """Read a statement from the bytes of the file at this path from the root; a problem if that cannot be done."""
    try:
        return _statement(path, _decoded(data, MAX_RECORD_BYTES))
    except _Unreadable as error:
        return _problem(path, error)


def _problem(path: str, error: _Unreadable) -> Problem:
    line, col = error.mark
    return Problem(path=path, line=line, col=col, field=error.field, message=error.message, hint=error.hint)


def _files(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder in order, but for hidden files and backups of editors. Links are not followed."""
    if folder.is_symlink():
        yield folder
        return
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path.name.endswith("~"):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _kind(root: Path, path: Path) -> str:
    *folder, name = path.relative_to(root).parts
    start = Mark(1, 1)
    if path.is_symlink() or not path.is_file():
        raise _Unreadable(start, "is not a regular file", "put the file itself here, not a link to it")
    if "/".join(folder) == AUTHORITIES_FOLDER and name.endswith(".yml"):
        return AUTHORITIES_FOLDER
    if folder[0] == DOCS_FOLDER:
        return DOCS_FOLDER if name.endswith(".md") else ""
    if len(folder) == 2 and folder[0] == STATEMENTS_FOLDER and folder[1] != "authorities" and name.endswith(".md"):
        return STATEMENTS_FOLDER
    raise _Unreadable(
        start,
        f"{quoted(name)} is not where a content file stands",
        f"a statement is {STATEMENTS_FOLDER}/YYYY/ID.md, a vocabulary {AUTHORITIES_FOLDER}/NAME.yml; "
        "move or remove the file",
    )


def _text(path: Path, most: int) -> str:
    return _decoded(_bytes(path, most), most)


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise _Unreadable(Mark(1, 1), message, "give the file read permission") from None


def _decoded(data: bytes, most: int) -> str:
    start = Mark(1, 1)
    if len(data) > most:
        raise _Unreadable(
            start, f"is larger than {most:,} bytes", "a record is a few thousand; was the right file saved?"
        )
    if not data.strip():
        raise _Unreadable(start, "is empty", "write the record, or remove the file")
    if data.startswith(b"\xef\xbb\xbf"):
        raise _Unreadable(start, "begins with a byte-order mark", "save it as UTF-8 without BOM")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        mark = Mark(before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1)
        raise _Unreadable(mark, f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := FORBIDDEN.search(text):
        raise _Unreadable(
            Mark.at(text, match.start()),
            f"character {character_name(match[0])} is not allowed: it is invisible or changes the text's direction",
            "delete it; it often comes along with pasted text",
        )
    return text


def _statement(name: str, text: str) -> Document:
    lines = text.split("\n")
    if lines[0].rstrip(" ") != "---":
        raise _Unreadable(
            Mark(1, 1),
            f"has no front matter: the first line is {quoted(lines[0], 40)}",
            "begin the file with a line ---",
        )
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip(" ") == "---"), None)
    if end is None:
        raise _Unreadable(Mark(1, 1), "the front matter is not closed", "end it with a line --- of its own")
    fields = _fields("\n".join(lines[1:end]), first_line=2)
    doubtful = (n for n, line in enumerate(lines[:end], 1) if line.lstrip().startswith(IN_DOUBT))
    doubt = next((Mark(n, lines[n - 1].index("#") + 1) for n in doubtful), None)
    return Document(path=name, fields=fields, body="\n".join(lines[end + 1 :]), body_line=end + 2, doubt=doubt)


def _authority(name: str, text: str) -> Document:
    return Document(path=name, fields=_fields(text, first_line=1))


def _not_yaml(error: yaml.MarkedYAMLError, text: str, first_line: int) -> _Unreadable:
    if match := _ODD_SPACE.search(text):
        return _Unreadable(
            Mark.at(text, match.start(1), first_line),
            f"character {character_name(match[1])} stands where a space is needed",
            "type a space in its place; it often comes along with pasted text",
        )
    message, hint = _UNCLOSED.get((error.context or "").removeprefix("while "), ("", ""))
    at = error.context_mark if message else error.problem_mark or error.context_mark
    if not message:
        message = f"is not valid YAML: {shown(', '.join(filter(None, (error.context, error.problem))), 160)}"
        hint = "a value with a colon, # or quotation mark needs quotation marks around it; check the indentation"
    return _Unreadable(Mark(at.line + first_line, at.column + 1) if at else Mark(first_line, 1), message, hint)


def _fields(text: str, first_line: int) -> Fields:
    if "\t" in text:
        raise _Unreadable(
            Mark.at(text, text.index("\t"), first_line), "has a tab", "use spaces; YAML does not admit tabs here"
        )
    try:
        node = _Builder(text, first_line).build()
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(error, text, first_line) from None
    except yaml.YAMLError as error:
        raise _Unreadable(Mark(first_line, 1), f"is not valid YAML: {shown(str(error), 160)}", "see above") from None
    if not isinstance(node, Fields):
        raise _Unreadable(Mark(first_line, 1), "has no fields", "write one `name: value` a line")
    return node


class _Builder:
    """Builds a node from YAML events: unlike composed nodes, they have an alias before it is expanded."""

    def __init__(self, text: str, first_line: int) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=_Loader)  # the stubs know no event's own fields
        self._first_line = first_line

    def build(self) -> Node | None:
        """Return the one document of the text, or None if it is empty."""
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise _Unreadable(self._mark(event), "has a second YAML document", "remove the line --- or ...")
                node = self._node(next(self._events), 0)
        return node

    def _node(self, event: Any, depth: int, field: str = "") -> Node:
        mark = self._mark(event)
        if isinstance(event, yaml.AliasEvent):
            raise _Unreadable(mark, f"alias *{event.anchor} is not allowed", "write the value out", field)
        if event.anchor is not None:
            raise _Unreadable(mark, f"anchor &{event.anchor} is not allowed", "write the value out", field)
        if event.tag is not None and event.tag != "!":
            raise _Unreadable(mark, f"tag {shown(event.tag, 40)} is not allowed", "remove it", field)
        if depth > _MAX_DEPTH:
            raise _Unreadable(mark, "is nested too deeply", "check the brackets and the indentation", field)
        if isinstance(event, yaml.ScalarEvent):
            if match := FORBIDDEN.search(event.value):
                raise _Unreadable(
                    mark, f"character {character_name(match[0])} is not allowed", "remove its escape", field
                )
            return Text(unicodedata.normalize("NFC", event.value), mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._items(depth, field)), mark)
        return self._mapping(mark, depth, field)

    def _items(self, depth: int, field: str) -> Iterator[Node]:
        number = 0
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            number += 1
            yield self._node(event, depth + 1, f"{field}[{number}]")

    def _mapping(self, mark: Mark, depth: int, field: str) -> Fields:
        entries: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1, field)
            if not isinstance(key, Text):
                raise _Unreadable(key.mark, "a field's name must be text", "write `name: value`", field)
            here = f"{field}.{key.value}" if field else key.value
            if key.value in entries:
                raise _Unreadable(
                    key.mark,
                    f"{quoted(key.value)} stands twice, first on line {keys[key.value].line}",
                    "keep one of the two",
                    shown(here),
                )
            keys[key.value] = key.mark
            entries[key.value] = self._node(next(self._events), depth + 1, here)
        return Fields(entries, keys, mark)

    def _mark(self, event: Any) -> Mark:
        return Mark(event.start_mark.line + self._first_line, event.start_mark.column + 1)
