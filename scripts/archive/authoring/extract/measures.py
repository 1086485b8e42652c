"""Find the words of measures in a text: what is counted, and what became of it.

In a phrase of `measures.yml`, `*` ends a stem or stands for a word, `...` for up to 24 words, and `#` for the number.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from archive.authoring.extract import lexicon
from archive.model.records import Measure

_WORD = r"[^\W_]+(?:['’][^\W_]+)*"
_SEPARATOR = r"[\s-]+"
_NATIONALS = re.compile(r"(?:^|\s)(?:[A-Z]\w+(?:is|ans|i|an))$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A place where a text says what became of something counted: "were killed"."""

    start: int
    end: int
    measures: frozenset[str]  # that have this predicate
    around: bool = False  # the number may stand within it
    forward: bool = False  # what is counted follows: "the lives of"


@dataclass(frozen=True, slots=True, kw_only=True)
class _CountedWords:
    measure: str
    words: str
    before: re.Pattern[str] | None  # what must stand before the number, where the number is within the words
    after: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """The phrases of an archive's measures, compiled."""

    phrases: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]
    counted: tuple[_CountedWords, ...]

    def find_predicates(self, text: str) -> list[Predicate]:
        """Return every predicate in the text, in order; of those that overlap, the longest."""
        matches = [
            (-len(phrase), match.start(), match, measures)
            for phrase, pattern, measures in self.phrases
            for match in pattern.finditer(text)
        ]
        predicates: list[Predicate] = []
        taken = bytearray(len(text))
        for _, _, match, measures in sorted(matches, key=lambda found: found[:2]):
            parts = [match.span(group) for group in ("first", "last") if match[group] is not None]
            if not any(any(taken[start:end]) for start, end in parts):
                for start, end in parts:
                    taken[start:end] = b"\1" * (end - start)
                predicates.append(
                    Predicate(
                        start=match.start(),
                        end=match.end(),
                        measures=measures,
                        around=match["last"] is not None,
                        forward=match["first"].split()[-1].lower() == "of",
                    )
                )
        return sorted(predicates, key=lambda predicate: predicate.start)

    def noun_score(self, measure: str, text: str, place: tuple[int, int], noun: str) -> int:
        """Return how well the words beside the number at this place name what a measure counts: 0 for not at all."""
        entries = [entry for entry in self.counted if entry.measure == measure]
        if not entries:
            return 1 if names_people(noun) else 0
        scores = [
            len(entry.words) + 1
            for entry in entries
            if (entry.after.search(noun) if entry.before is None else _stands_around(entry, text, place))
        ]
        return max(scores, default=0)


def wordings_of(measures: Mapping[str, Measure]) -> Wordings:
    """Return the compiled phrases of these measures."""
    ids: dict[str, set[str]] = {}
    for measure in measures.values():
        for phrase in measure.said:
            ids.setdefault(phrase, set()).add(measure.id)
    return Wordings(
        phrases=tuple((phrase, _phrase(phrase), frozenset(measures)) for phrase, measures in ids.items()),
        counted=tuple(_counted_words(measure.id, words) for measure in measures.values() for words in measure.counted),
    )


def names_people(noun: str) -> bool:
    """Return whether these words name people in general, or those of a country ("Azerbaijanis")."""
    return bool(_PEOPLE.search(noun) or _NATIONALS.search(noun))


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches the longest of these phrases."""
    by_length = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(_words_pattern(phrase) for phrase in by_length) or r"(?!)", re.IGNORECASE)


@cache
def _phrase(words: str) -> re.Pattern[str]:
    """Return the pattern of a phrase, with the groups first and last, before and after the gap."""
    first, gap, last = words.partition("...")
    pattern = f"(?P<first>{_words_pattern(first)})"
    pattern += rf"[\s,(-]+(?:{_WORD}[\s,(]+){{0,24}}?(?P<last>{_words_pattern(last)})" if gap else "(?P<last>(?!))?"
    return re.compile(pattern, re.IGNORECASE)


@cache
def _counted_words(measure: str, words: str) -> _CountedWords:
    first, number, last = words.partition("#")
    if not number:
        return _CountedWords(measure=measure, words=words, before=None, after=phrase_pattern([words]))
    before = re.compile(rf"(?:{_words_pattern(first)}\s*)\Z" if first.strip() else "", re.IGNORECASE)
    after = re.compile(rf"\s*{_words_pattern(last)}" if last.strip() else "", re.IGNORECASE)
    return _CountedWords(measure=measure, words=words, before=before, after=after)


def _stands_around(counted: _CountedWords, text: str, place: tuple[int, int]) -> bool:
    before = counted.before is None or counted.before.search(text[max(0, place[0] - 60) : place[0]])
    return bool(before and counted.after.match(text, place[1]))


def _words_pattern(phrase: str) -> str:
    """Return the regular expression of a phrase without a gap."""
    words = [
        _WORD if word == "*" else re.escape(word.removesuffix("*")).replace(r"\-", "[ -]") + r"\w*" * word.endswith("*")
        for word in phrase.split()
    ]
    return rf"(?<!\w){_SEPARATOR.join(words)}(?!['’]?\w)"


# Here, because the functions above build it
_PEOPLE = phrase_pattern(lexicon.PEOPLE)
