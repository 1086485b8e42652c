"""The archive's records, frozen. Nothing here reads, checks or sorts."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from archive.model import types


class Mark(NamedTuple):
    """A place in a file, both counted from 1, the column in characters."""

    line: int
    col: int

    @classmethod
    def at(cls, text: str, offset: int, first_line: int = 1) -> "Mark":
        """The place of the character at this offset of a text that begins on `first_line`."""
        return cls(first_line + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset))


@dataclass(frozen=True, slots=True)
class Text:
    """A value as written; YAML's own typing is not applied."""

    value: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Items:
    """A list as written."""

    items: tuple["Node", ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping as written: name -> value, and name -> the place of the name."""

    entries: Mapping[str, "Node"]
    keys: Mapping[str, Mark]
    mark: Mark


Node = Text | Items | Fields


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing wrong in one file. `field` is a dotted path, list places counted from 1: `figures[2].value`."""

    path: str
    line: int
    col: int
    field: str
    message: str
    hint: str

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        return f"{self.path}:{self.line}:{self.col}: {where}{self.message} ({self.hint})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One content file as read: its fields with their places, and what follows the front matter."""

    path: str  # from the root, with /
    fields: Fields
    body: str = ""
    body_line: int = 1

    @property
    def stem(self) -> str:
        """The file's name without its ending: a statement's id, a vocabulary's name."""
        return self.path.rpartition("/")[2].rpartition(".")[0]

    def mark(self, *steps: str | int) -> Mark:
        """The place of the value at these steps (names, and list places from 0), or the nearest place above it."""
        node: Node = self.fields
        found = node.mark
        for step in steps:
            if isinstance(node, Fields) and step in node.entries:
                node = node.entries[str(step)]
            elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                break
            found = node.mark
        return found


FORBIDDEN = re.compile(types.INVISIBLE)


def quoted(text: str, limit: int = 80) -> str:
    """Text in quotation marks, as `shown`."""
    return f"'{shown(text, limit)}'"


def shown(text: str, limit: int = 80) -> str:
    """Text as it may stand in a message: one line, nothing invisible, not too long."""
    cut = text if len(text) <= limit else text[: limit - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def character_name(character: str) -> str:
    """The character's code point and Unicode name: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
