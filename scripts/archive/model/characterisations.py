"""Put the terms that statements use in alphabetical order, under anchors made of their letters, and on pages by these.

Terms that differ only in capitals or punctuation have one anchor.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import TypeVar

from archive.model.division import Part, divide

_DEPTH = 16  # letters by which terms are divided at most
_PLAIN = {"ı": "i", "ə": "e"}  # letters that are not a letter with a sign, and under which their terms stand

T = TypeVar("T")


def anchor(term: str) -> str:
    """Return the anchor of a term: "term-double-standards"."""
    letters = unicodedata.normalize("NFC", unicodedata.normalize("NFC", term).casefold())
    words = "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in letters).split()
    return f"term-{'-'.join(words)}"


def uses_of(items: Iterable[T], term: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    """Group what has a term by its anchor, in alphabetical order: Latin letters after digits, then other scripts."""
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(anchor(term(item)), []).append(item)
    return {name: tuple(groups[name]) for name in sorted(groups, key=_alphabetical)}


def parts(uses: Mapping[str, tuple[T, ...]]) -> Part[tuple[str, tuple[T, ...]]]:
    """Divide terms, each with its uses, by their first letter, then by their first two, where the uses are too many."""
    return divide(uses.items(), lambda item: _keys(item[0]), _number_of_uses)


def by_letter(part: Part[tuple[str, T]]) -> tuple[Part[tuple[str, T]], ...]:
    """Return the terms of a part by the letter that follows those which all have."""
    depth = min(len(part.path) + 1, _DEPTH)
    return tuple(
        Part(path=_keys(items[0][0])[:depth], items=items)
        for items in (tuple(group) for _, group in groupby(part.items, key=lambda item: _keys(item[0])[depth - 1]))
    )


def beginning(anchor: str, length: int) -> str:
    """Return so many of the first letters of a term, the first as a capital: "Kh"; "0-9" for a digit."""
    letters = _letters(anchor)[:length].capitalize()
    return "0-9" if letters[:1].isdecimal() else letters


def _number_of_uses(items: Iterable[tuple[str, tuple[T, ...]]]) -> int:
    return sum(len(uses) for _, uses in items)


def _keys(anchor: str) -> tuple[str, ...]:
    """Return the first letter as a part of an address, then the first two, and so on: "k", "kh", "kho"."""
    letters = _letters(anchor)[:_DEPTH].ljust(_DEPTH, "_")
    if letters.isascii() and not letters[0].isdecimal():  # as most are
        return tuple(letters[:length] for length in range(1, _DEPTH + 1))
    keys, before = ["0-9" if letters[0].isdecimal() else _name(letters[0])], letters[0]
    for letter in letters[1:]:
        keys.append(keys[-1] + ("" if (before + letter).isascii() else "-") + _name(letter))
        before = letter
    return tuple(keys)


def _letters(anchor: str) -> str:
    """Return the letters and digits of a term without signs, as they count for the order."""
    bare = unicodedata.normalize("NFKD", anchor.removeprefix("term-"))
    return "".join(_PLAIN.get(letter, letter) for letter in bare if letter.isalnum())


def _name(letter: str) -> str:
    """Return a letter as a part of an address: itself, or its name in Unicode, such as "cyrillic-ka"."""
    if letter.isascii():
        return letter
    name = unicodedata.name(letter, f"U{ord(letter):04X}").replace(" SMALL LETTER", "").replace(" LETTER", "")
    return re.sub("[^a-z0-9]+", "-", name.lower())


def _alphabetical(anchor: str) -> tuple[bool, str, str]:
    letters = _letters(anchor)
    return not letters[:1].isascii(), letters, anchor
