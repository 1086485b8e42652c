"""Text -> its words as names are compared by, and which of them make no difference to a name."""

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_HYPHENS = ("-", "\u2010", "\u2011")
_ARTICLES = frozenset({"the", "a", "an"})
_BEFORE_ARTICLES = frozenset({
    "of", "on", "for", "in", "and", "or", "to", "with", "against", "from", "by", "between", "as", "at", "s",
    "along", "around", "near", "during", "after", "before", "into", "over", "under",
})  # fmt: skip
_ADVERB = re.compile(r"[a-z]{3,}ly")
_CASE = re.compile(r"n?[ıiuü]n|[ny]?[aə]|d[aə]n?|n?[ıiuü]")  # of an Azerbaijani abbreviation


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, and where it stands."""

    start: int
    end: int
    raw: str
    passed_over: bool  # an article, an adverb, or the ending of a case
    aside: bool  # alone in parentheses
    hyphened: bool  # to the next


def words(text: str) -> list[Word]:
    """All its words, in order; "U.N." is one, and the parts of a hyphened word are several."""
    found = list(_WORD.finditer(text))
    return [
        Word(
            match.start(),
            match.end(),
            match[0].replace(".", ""),
            _is_passed_over(match[0], text[match.start() - 1 : match.start()], found[n - 1][0] if n else "of")
            or (match[0] == "Republic" and text.startswith(" of ", match.end()))
            or (match[0] == "of" and text.endswith("Republic ", 0, match.start())),
            text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")",
            n + 1 < len(found) and text[match.end() : found[n + 1].start()] in _HYPHENS,
        )
        for n, match in enumerate(found)
    ]


def _is_passed_over(word: str, before: str, previous: str) -> bool:
    """Whether a name is the same without this word: "the" after "of", "forcibly", the "nin" of "BMT-nin"."""
    if word.casefold() in _ARTICLES:
        return previous.casefold() in _BEFORE_ARTICLES
    if before and before in "'’ʼ`":
        return word == "s"
    return bool(_ADVERB.fullmatch(word)) or (before in _HYPHENS and bool(_CASE.fullmatch(word)))


@lru_cache(maxsize=16_384)
def raw(name: str) -> tuple[str, ...]:
    """The words of a name, without those that make no difference."""
    return tuple(word.raw for word in words(name) if not word.passed_over and word.raw.casefold() not in _ARTICLES)
