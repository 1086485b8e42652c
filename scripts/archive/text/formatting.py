"""Format values for people: numbers, dates, counts, lists, names. No HTML."""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from archive.model import edtf
from archive.model.edtf import Date
from archive.model.records import Figure, Holder, Issuer, Name, PlaceName
from archive.model.vocabularies import LANGUAGES, QUALIFIERS

# how the date of a statement is known: beside the date, and in a sentence that begins with it
DATE_BASIS_LABELS = {"stated": "date as stated", "reported": "date as reported", "inferred": "date inferred"}
DATE_BASIS_SENTENCES = {
    "stated": "the statement’s own date, as the source gives it.",
    "reported": "the date of the report. The statement’s own date is not given.",
    "inferred": "worked out from what the source says. The statement’s own date is not given.",
}
# wherever the archive reports what was stated: on its pages, whose foot has the rest, and away from them
NOT_VERIFIED = "The archive has not verified it."
STANDING_NOTICE = f"{NOT_VERIFIED} The designations used do not imply any opinion on the status of any territory."

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"  # of the records and of the data made from them

# letters that are not a letter with a sign (NFD leaves them as they are), and what readers type for them
TYPED = {"ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h"}
_LONGEST_DESCRIPTION = 160
_LONGEST_SENTENCE = 300
# where a sentence may end, and what a full stop ends that is no sentence: an initial, an abbreviation
_SENTENCE_END = re.compile(r"[.!?…]+[”’»)\]\"']*(?=\s+[^\W_a-zа-яёəğışçöü]|\s+[“‘«(\[\"']|\s*$)")
_SHORT = re.compile(r"(?:\b\w|\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Art|art|par|p|pp|cf|vs|approx))\.$")
_MONTH = "|".join(edtf.MONTHS)
_NUMBERS = r"(?<![\d/-])\d{1,4}(?=[-–]\d{1,4}(?![\d/-]))"
_MONTHS = rf"\b(?:{_MONTH})(?=[-–](?:{_MONTH})\b)"
_RANGE = re.compile(rf"({_NUMBERS}|{_MONTHS})[-–]")
_SPAN = re.compile(rf"(\d|{_MONTH}) [-–] (?=\d|{_MONTH})")


def count(number: int, singular: str, plural: str = "") -> str:
    """Format a number with its unit: "1 statement", "1,204 statements"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def join(items: Sequence[str]) -> str:
    """Join items as in a sentence: "a, b and c"."""
    *most, last = items or [""]
    return f"{', '.join(most)} and {last}" if most else last


def id_in_words(id: str) -> str:
    """Put an id in words: "open letter" for "open-letter"."""
    return id.replace("-", " ")


def capitalised(text: str) -> str:
    """Make the first letter a capital, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def en_dashes(text: str) -> str:
    """Put an en dash, at which no line breaks, between two numbers or dates: "25–26 February 1992"."""
    if "-" not in text and "\N{EN DASH}" not in text:
        return text
    text = _RANGE.sub("\\1\N{EN DASH}\N{WORD JOINER}", text)
    return _SPAN.sub("\\1\N{NO-BREAK SPACE}\N{EN DASH}\N{WORD JOINER}\N{NO-BREAK SPACE}", text)


@cache
def day(date: datetime.date) -> str:
    """Format a day: "21 September 2021"."""
    return edtf.parse(date.isoformat()).words


def month(year: str, month: str) -> str:
    """Format a month: "September 2021"."""
    return edtf.parse(f"{year}-{month}").words


def language(code: str) -> str:
    """Return the English name of a language; "" for no code."""
    return LANGUAGES[code] if code else ""


def language_tag(code: str) -> str:
    """Return the code of a language (BCP 47) for programs; "" if it is not known or there are several."""
    return "" if code in ("mul", "und") else code


def number(value: Decimal) -> str:
    """Format a number as stated, with separators: "3,410"."""
    return f"{value:,}"


def qualified_number(figure: Figure) -> tuple[str, str]:
    """Return the qualifier and the number of a figure: ("more than", "3,410"), ("", "90 to 100")."""
    if figure.value is not None:
        return QUALIFIERS[figure.qualifier], number(figure.value)
    if figure.min is not None and figure.max is not None:
        return QUALIFIERS[figure.qualifier], f"{number(figure.min)} to {number(figure.max)}"
    if figure.min is not None:
        return QUALIFIERS["at-least"], number(figure.min)
    if figure.max is not None:
        return QUALIFIERS["up-to"], number(figure.max)
    return "", ""


def holder_names(issuer: Issuer, date: Date) -> str:
    """Name who held the office on a date; both, with their terms, if it spans a change; "" if nobody is known."""
    holders = [holder for holder in issuer.holders if _held(holder, date)]
    if len(holders) < 2:
        return "".join(_person(holder) for holder in holders)
    return join([f"{_person(holder)} ({_term(holder)})" for holder in holders])


def official(name: Name) -> str:
    """Say when a form of a place's name was official: "1923 to 1991", "from 2022", "until 1991"; "" if not known."""
    if not isinstance(name, PlaceName):
        return ""
    if name.since and name.until:
        return f"{name.since.words} to {name.until.words}"
    if name.since:
        return f"from {name.since.words}"
    return f"until {name.until.words}" if name.until else ""


def description(*sentences: str) -> str:
    """Join as many sentences as a search result shows; the first is cut at a word if it is too long."""
    text = ""
    for sentence in filter(None, sentences):
        if text and len(text) + 1 + len(sentence) > _LONGEST_DESCRIPTION:
            break
        text = f"{text} {sentence}".lstrip()
    return _cut(text, _LONGEST_DESCRIPTION)


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, cut at a word if it is longer than a card of a shared link shows."""
    text = text.partition("\n\n")[0]
    end = next((match.end() for match in _SENTENCE_END.finditer(text) if not _SHORT.search(text[: match.end()])), None)
    return _cut(text[:end], _LONGEST_SENTENCE)


def _cut(text: str, longest: int) -> str:
    """Return a text, or as many of its first words as there is room for, with an ellipsis."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rpartition(" ")[0].rstrip(",;:") + "\N{HORIZONTAL ELLIPSIS}"


def _held(holder: Holder, date: Date) -> bool:
    return holder.since.earliest <= date.latest and (holder.until is None or holder.until.latest >= date.earliest)


def _person(holder: Holder) -> str:
    return f"{holder.given} {holder.family}"


def _term(holder: Holder) -> str:
    return f"until {holder.until.words}" if holder.until else f"from {holder.since.words}"
