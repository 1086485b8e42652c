"""The words that measures are said in, compiled: where a text has them, and of which measures they are.

In a phrase, `*` ends a stem or stands for a word, `...` for up to 24 words, `#` for the number itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from archive.authoring.extract import lexicon
from archive.model.records import Measure

_WORD = r"[^\W_]+(?:['’][^\W_]+)*"
_APART = r"[\s-]+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A place where a text says what became of something counted."""

    start: int
    end: int
    measures: frozenset[str]  # those that are said so; none where words are joined that no measure joins
    forward: bool = False  # what they count follows: "the lives of"
    around: bool = False  # there is room for the number within


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    words: str
    find: re.Pattern[str]  # with groups for its parts before and after the room it leaves
    measures: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    measure: str
    words: str
    before: re.Pattern[str] | None  # what must stand before the number, where the number is within the words
    after: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """How texts put the measures of an archive."""

    said: tuple[_Phrase, ...]
    counted: tuple[_Counted, ...]

    def find(self, text: str) -> list[Said]:
        """Where the text says what became of something, in order; of words that overlap, the longer."""
        found = [
            (len(phrase.words), match.start(), match.end(), match, phrase)
            for phrase in self.said
            for match in phrase.find.finditer(text)
        ]
        kept: list[tuple[re.Match[str], _Phrase]] = []
        taken = bytearray(len(text))
        for _, _, _, match, phrase in sorted(found, key=lambda each: (-each[0], each[1])):
            parts = [match.span(group) for group in ("first", "last") if match[group] is not None]
            if not any(any(taken[start:end]) for start, end in parts):
                for start, end in parts:
                    taken[start:end] = b"\1" * (end - start)
                kept.append((match, phrase))
        return sorted((_said(match, phrase) for match, phrase in kept), key=lambda said: said.start)

    def counts(self, measure: str, text: str, start: int, end: int, noun: str) -> int:
        """How well the words beside the number at this place name what a measure counts: 0 for not at all."""
        listed = [each for each in self.counted if each.measure == measure]
        if not listed:
            return 1 if names_people(noun) else 0
        fits = [
            len(each.words) + 1
            for each in listed
            if (each.after.search(noun) if each.before is None else _around(each, text, start, end))
        ]
        return max(fits, default=0)


def wordings_of(measures: Mapping[str, Measure]) -> Wordings:
    """How texts put these measures."""
    ids: dict[str, set[str]] = {}
    for measure in measures.values():
        for phrase in measure.said:
            ids.setdefault(phrase, set()).add(measure.id)
    return Wordings(
        said=tuple(_phrase(words, frozenset(found)) for words, found in ids.items()),
        counted=tuple(_counted(measure.id, words) for measure in measures.values() for words in measure.counted),
    )


def names_people(noun: str) -> bool:
    """Whether these words name people in general, or those of a country ("Azerbaijanis")."""
    return bool(_PEOPLE.search(noun) or _NATIONALS.search(noun))


def any_phrase(phrases: Iterable[str]) -> re.Pattern[str]:
    """What finds the longest of these phrases."""
    by_length = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(_within(phrase) for phrase in by_length) or r"(?!)", re.IGNORECASE)


@cache
def _phrase(words: str, measures: frozenset[str]) -> _Phrase:
    first, room, last = words.partition("...")
    find = f"(?P<first>{_within(first)})"
    find += rf"[\s,(-]+(?:{_WORD}[\s,(]+){{0,24}}?(?P<last>{_within(last)})" if room else "(?P<last>(?!))?"
    return _Phrase(words=words, find=re.compile(find, re.IGNORECASE), measures=measures)


@cache
def _counted(measure: str, words: str) -> _Counted:
    first, number, last = words.partition("#")
    if not number:
        return _Counted(measure=measure, words=words, before=None, after=any_phrase([words]))
    return _Counted(
        measure=measure,
        words=words,
        before=re.compile(rf"(?:{_within(first)}\s*)\Z" if first.strip() else "", re.IGNORECASE),
        after=re.compile(rf"\s*{_within(last)}", re.IGNORECASE),
    )


def _around(counted: _Counted, text: str, start: int, end: int) -> bool:
    before = counted.before is None or counted.before.search(text[max(0, start - 60) : start])
    return bool(before and counted.after.match(text, end))


def _said(match: re.Match[str], phrase: _Phrase) -> Said:
    words = match["first"].split()
    return Said(
        start=match.start(),
        end=match.end(),
        measures=phrase.measures,
        forward=words[-1].lower() == "of",
        around=match["last"] is not None,
    )


def _within(phrase: str) -> str:
    """The regular expression of words that leave no room."""
    words = [
        _WORD if word == "*" else re.escape(word.removesuffix("*")).replace(r"\-", "[ -]") + r"\w*" * word.endswith("*")
        for word in phrase.split()
    ]
    return rf"(?<!\w){_APART.join(words)}(?!['’]?\w)"


_PEOPLE = any_phrase(lexicon.PEOPLE)
_NATIONALS = re.compile(r"(?:^|\s)(?:civilian|[A-Z]\w+(?:is|ans|i|an))$")
