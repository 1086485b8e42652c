"""Define a content file as read, with line and column of every value, and a problem in it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from archive.model import types

FORBIDDEN = re.compile(types.INVISIBLE)  # no content file has such a character


class Mark(NamedTuple):
    """A place in a file: line and column, both from 1, the column in characters."""

    line: int
    col: int

    @classmethod
    def at(cls, text: str, offset: int, first_line: int = 1) -> "Mark":
        """Return the place of the character at this offset of a text that begins on `first_line`."""
        return cls(first_line + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset))


@dataclass(frozen=True, slots=True)
class Text:
    """A single value, as the file has it; YAML's own typing is not applied."""

    value: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping: the value and the place of each name."""

    entries: Mapping[str, "Node"]
    keys: Mapping[str, Mark]
    mark: Mark


Node = Text | Items | Fields


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing wrong in one file. `field` is a dotted path, with places in lists from 1: `figures[2].value`."""

    path: str
    line: int
    col: int
    field: str
    message: str
    hint: str
    entry: str = ""  # of an authority file, as FILE/ID, where the problem is that it has none

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        return f"{self.path}:{self.line}:{self.col}: {where}{self.message} ({self.hint})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What stands from a # to the end of its line, and is not read; `field` is the one that begins before it."""

    text: str
    mark: Mark
    field: str
    after: bool  # whether a value stands before it on its line


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A content file as read: its fields with their places, and the body after the front matter."""

    path: str  # from the root, with /
    fields: Fields
    comments: tuple[Comment, ...] = ()  # in the order of the file
    body: str = ""
    body_line: int = 1

    @property
    def stem(self) -> str:
        """The file's name without extension: the id of a statement, the name of a vocabulary."""
        return stem(self.path)

    def mark(self, *steps: str | int) -> Mark:
        """Return the place of the value at these steps (names, places in lists from 0), or of the nearest one above."""
        node: Node = self.fields
        mark = node.mark
        for step in steps:
            if isinstance(node, Fields) and step in node.entries:
                node = node.entries[str(step)]
            elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                break
            mark = node.mark
        return mark


def stem(path: str) -> str:
    """Return the name without extension of the file at a path."""
    return path.rpartition("/")[2].rpartition(".")[0]


def field_path(*steps: str | int) -> str:
    """Name the field at these steps (names, places in lists from 0), as problems do: `figures[2].value`."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def quoted(text: str, limit: int = 80) -> str:
    """Put a text in quotation marks, as `shown`."""
    return f"'{shown(text, limit)}'"


def shown(text: str, limit: int = 80) -> str:
    """Make a text fit for a message: one line, nothing invisible, at most `limit` characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def character_name(character: str) -> str:
    """Return the code point and Unicode name of a character: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
