"""Read the content files into documents. Nothing else reads them.

Values stay strings, each with its line and column; YAML's own typing, anchors, aliases and tags are not allowed.
Nothing that a file holds raises an exception: all that is wrong is a problem.
"""

import contextlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from archive.model.config import parse_patterns
from archive.model.document import (
    FORBIDDEN,
    Comment,
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
from archive.model.yaml_slips import find_slip

STATEMENTS_FOLDER = "statements"
AUTHORITIES_FOLDER = f"{STATEMENTS_FOLDER}/authorities"
DOCS_FOLDER = "docs"
_NO_CONTENT = {STATEMENTS_FOLDER, DOCS_FOLDER, "scripts", "tests"}
_MARKUP = (".svg", ".html", ".htm", ".xhtml", ".xml")
_RECORD_ENDINGS = (".md", ".markdown", ".txt", ".yml", ".yaml")
_RECORD_FIELD = re.compile(r"^(?:date_basis|issuer) *:", re.MULTILINE)
MAX_BYTES = 1_048_576
MAX_RECORD_BYTES = 65_536
_MAX_DEPTH = 6
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) .*", re.MULTILINE)
_COMMENT = re.compile(r"(?:(?<= )|(?<![^\n]))#[^\n]*")
# how files begin that are no text, though their name says so
_SIGNATURES = {
    b"PK\x03\x04": "a document of a word processor or spreadsheet",
    b"\xd0\xcf\x11\xe0": "a document of a word processor or spreadsheet",
    b"{\\rtf": "a document of a word processor",
    b"<!DOCTYPE": "a web page",
    b"<!doctype": "a web page",
    b"<html": "a web page",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
}
_AS_TEXT = "save it as plain text, in UTF-8, from a text editor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything found under `statements/` and `docs/`, in order of path, and what could not be read."""

    statements: tuple[Document, ...]
    authorities: tuple[Document, ...]
    docs: Mapping[str, str]  # the hand-written pages: path from `docs/` -> text
    assets: tuple[str, ...]  # the other files there, by their path likewise
    problems: tuple[Problem, ...]
    markup: Mapping[str, str] = field(default_factory=dict)  # of these the ones with elements, as an SVG has: -> text


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
    markup: dict[str, str] = {}
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
                asset = path.relative_to(root / DOCS_FOLDER).as_posix()
                assets.append(asset)
                if path.suffix.lower() in _MARKUP:
                    data = _bytes(path, MAX_BYTES)
                    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
                    markup[asset] = data.decode("utf-16" if is_utf16 else "utf-8", "replace")
        except _Unreadable as error:
            problems.append(_problem(name, error))
    problems += _misplaced(root, docs)
    others = Reading(
        statements=(),
        authorities=tuple(authorities),
        docs=docs,
        assets=tuple(assets),
        problems=tuple(problems),
        markup=markup,
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
    try:
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        yield folder  # that it cannot be read is said where it is asked for
        return
    for path in paths:
        if path.name.startswith(".") or path.name.endswith("~"):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _misplaced(root: Path, docs: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each file that has the fields of a record, and stands where none is read."""
    for name, text in docs.items():
        if _is_record(text):
            yield _not_here(f"{DOCS_FOLDER}/{name}")
    ignored = root / ".gitignore"
    patterns = ""
    with contextlib.suppress(OSError):
        patterns = ignored.read_text("utf-8", "replace")
    ignores, _ = parse_patterns(patterns.splitlines())
    for top in sorted(root.iterdir()):
        if top.name in _NO_CONTENT or top.name.startswith(".") or ignores(top.name) or ignores(f"{top.name}/"):
            continue
        for path in _files(top) if top.is_dir() else [top]:
            place = path.relative_to(root).as_posix()
            if path.suffix.lower() in _RECORD_ENDINGS and path.is_file() and not ignores(place):
                with contextlib.suppress(_Unreadable):
                    if _is_record(_bytes(path, MAX_RECORD_BYTES).decode("utf-8", "replace")):
                        yield _not_here(place)


def _is_record(text: str) -> bool:
    """Return whether a file looks like a record: by the fields that no other has."""
    text = text.lstrip("\ufeff\r\n ")
    return text.startswith("---") and _RECORD_FIELD.search(text.partition("\n---")[0]) is not None


def _not_here(place: str) -> Problem:
    name = place.rpartition("/")[2].partition(".")[0]
    year = name[:4] if name[:4].isdecimal() else "YYYY"
    return Problem(
        path=shown(place, 200),
        line=1,
        col=1,
        field="",
        message="looks like a record, but no record is read here",
        hint=f"move it to {STATEMENTS_FOLDER}/{year}/, or remove its front matter if it is none",
    )


def _kind(root: Path, path: Path) -> str:
    *folder, name = path.relative_to(root).parts
    start = Mark(1, 1)
    if path.is_dir() and not path.is_symlink():
        raise _Unreadable(start, "cannot be read", "give the folder the permission to be read")
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
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise _Unreadable(start, f"is {what}, though its name is that of a text", _AS_TEXT)
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
    if match := _CONFLICT.search(text):
        raise _Unreadable(
            Mark.at(text, match.start()),
            f"{quoted(match[0], 40)} is the mark of a conflict: two versions of these lines stand here",
            "keep the lines of one version, and remove those that begin with <<<<<<<, ======= and >>>>>>>",
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
    fields, comments = _fields("\n".join(lines[1:end]), first_line=2)
    body = "\n".join(lines[end + 1 :])
    return Document(path=name, fields=fields, comments=comments, body=body, body_line=end + 2)


def _authority(name: str, text: str) -> Document:
    fields, comments = _fields(text, first_line=1)
    return Document(path=name, fields=fields, comments=comments)


def _fields(text: str, first_line: int) -> tuple[Fields, tuple[Comment, ...]]:
    if "\t" in text:
        raise _Unreadable(
            Mark.at(text, text.index("\t"), first_line), "has a tab", "use spaces; YAML does not admit tabs here"
        )
    builder = _Builder(text, first_line)
    try:
        node = builder.build()
    except yaml.YAMLError as error:
        (line, col), message, hint = find_slip(error, text)
        raise _Unreadable(Mark(line + first_line - 1, col), message, hint) from None
    if not isinstance(node, Fields):
        raise _Unreadable(Mark(first_line, 1), "has no fields", "write one `name: value` a line")
    return node, tuple(builder.comments()) if "#" in text else ()


class _Builder:
    """Builds a node from YAML events: unlike composed nodes, they have an alias before it is expanded."""

    def __init__(self, text: str, first_line: int) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=_Loader)  # the stubs know no event's own fields
        self._text = text
        self._first_line = first_line
        self._values: list[tuple[Mark, Mark, str]] = []  # where each begins and ends in the file, and its field
        self._keys: set[Mark] = set()

    def build(self) -> Node | None:
        """Return the one document of the text, or None if it is empty."""
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise _Unreadable(self._mark(event), "has a second YAML document", "remove the line --- or ...")
                node = self._node(next(self._events), 0)
        return node

    def comments(self) -> Iterator[Comment]:
        """Yield every comment of the text, once it is built."""
        for match in _COMMENT.finditer(self._text):
            mark = Mark.at(self._text, match.start(), self._first_line)
            place = bisect_right(self._values, mark, key=lambda value: value[0]) - 1
            start, end, field = self._values[place] if place >= 0 else (Mark(0, 0), Mark(0, 0), "")
            if end <= mark:
                after = end.line == mark.line and start not in self._keys
                yield Comment(text=match[0], mark=mark, field=field, after=after)

    def _node(self, event: Any, depth: int, field: str = "") -> Node:
        mark = self._mark(event)
        alias = isinstance(event, yaml.AliasEvent)
        tag = "" if alias or event.tag == "!" else event.tag
        if alias or event.anchor is not None or tag:
            begins = "*" if alias else "!" if tag else "&"
            message = f"the value begins with {begins}, which has a meaning of its own there"
            raise _Unreadable(mark, message, "put the value in quotation marks, or write it out", field)
        if depth > _MAX_DEPTH:
            raise _Unreadable(mark, "is nested too deeply", "check the brackets and the indentation", field)
        if isinstance(event, yaml.ScalarEvent):
            if match := FORBIDDEN.search(event.value):
                raise _Unreadable(
                    mark, f"character {character_name(match[0])} is not allowed", "remove its escape", field
                )
            last: Any = event.end_mark
            end = Mark(last.line + self._first_line, last.column + 1)
            self._values.append((mark, end, field))
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
            self._keys.add(key.mark)
            entries[key.value] = self._node(next(self._events), depth + 1, here)
        return Fields(entries, keys, mark)

    def _mark(self, event: Any) -> Mark:
        return Mark(event.start_mark.line + self._first_line, event.start_mark.column + 1)
