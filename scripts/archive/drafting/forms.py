"""A word as names are compared: without letter case, diacritics and endings, in English, Azerbaijani and Russian.

The rules are plain and cut too much rather than too little: they only serve to compare whole names.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

Form = Callable[[str], str]

_SAME = {
    **dict.fromkeys(("on", "of", "for"), "of"),
    **dict.fromkeys(("different", "various", "foreign", "several"), "other"),
    "state": "country",
    "institute": "institution",
    **dict.fromkeys(("ombudsperson", "ombudswoman", "ombudspeople"), "ombudsman"),
}
_SPELLING = (
    (re.compile(r"ies$"), "y"),
    (re.compile(r"men$"), "man"),
    (re.compile(r"(?<=[^suia])s$"), ""),
    (re.compile(r"(?<=[^e]a)s$"), ""),
    (re.compile(r"is(ation|e|ed|es|er|ing)$"), r"iz\1"),
    (re.compile(r"(?<=\d)(?:st|nd|rd|th)$"), ""),
)
# Case, number and possession, from the end inwards, while four letters are left.
_AZERBAIJANI = re.compile(
    r"(?<=.{4})(?:lar|lər|n[ıiuü]n|s[ıiuü]n|[ıiuü]n|d[aə]n|d[aə]|n[aə]|y[aə]|n[ıiuü]|s[ıiuü]|y[ıiuü]|[aəıiuü])$"
)
_RUSSIAN = re.compile(
    r"(?<=.{3})(?:иями|иях|иям|ией|ии|ия|ию|ий|ями|ами|ого|его|ому|ему|ыми|ими|ая|яя|ое|ее|ые|ие|ую|юю|ых|их|ым|им"
    r"|ой|ый|ей|ом|ем|ём|ах|ях|ам|ям|ов|ев|[аяоеыиуюьй])$"
)


@lru_cache(maxsize=65_536)
def english(word: str) -> str:
    """The form of an English word, or of a Russian one, by its letters."""
    form = _plain(word)
    if re.match("[а-я]", form):
        return _RUSSIAN.sub("", form) if len(form) > 3 else form
    form = _SAME.get(form, form)
    if len(form) > 3:
        for ending, instead in _SPELLING:
            form = ending.sub(instead, form)
    return _SAME.get(form, form)


@lru_cache(maxsize=65_536)
def azerbaijani(word: str) -> str:
    """The form of an Azerbaijani word."""
    form, before = word.replace("I", "ı").replace("İ", "i").casefold(), ""
    while form != before:
        form, before = _AZERBAIJANI.sub("", form), form
    return form


def _plain(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold().replace("ё", "е").replace("й", "\0"))
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("ı", "i").replace("\0", "й")


FORMS: Mapping[str, Form] = {"en": english, "az": azerbaijani}  # any other language as the first
