"""Values -> words for people: numbers, dates, counts, names. No HTML."""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal

from archive.model import edtf
from archive.model.edtf import Date
from archive.model.records import Figure, Holder, Issuer
from archive.model.vocabularies import LANGUAGES, QUALIFIERS

# How a statement's date is known, beside the date and in a sentence that begins with it
DATE_BASIS_LABELS = {"stated": "date as stated", "reported": "date as reported", "inferred": "date inferred"}
DATE_BASIS_SENTENCES = {
    "stated": "the statement’s own date, as the source gives it.",
    "reported": "the date of the report. The statement’s own date is not given.",
    "inferred": "worked out from what the source says. The statement’s own date is not given.",
}
# What is said wherever something that was stated is reported
NOT_VERIFIED = (
    "The archive has not verified it. The designations used do not imply any opinion on the status of any territory."
)

LICENCE = "https://creativecommons.org/licenses/by/4.0/"  # of the records and of the data made from them

# Letters that stay when signs are taken from letters, and what readers type for them
TYPED = {"ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h"}
_LONGEST_DESCRIPTION = 160
_MONTH = "|".join(edtf.MONTHS)
_RANGE = re.compile(r"(?<![\d/-])(\d{1,4})[-–](?=\d{1,4}(?![\d/-]))")
_SPAN = re.compile(rf"(\d|{_MONTH}) [-–] (?=\d|{_MONTH})")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its unit: "1 statement", "1,204 statements"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def join(items: Sequence[str]) -> str:
    """The items as in a sentence: "a, b and c"."""
    *most, last = items or [""]
    return f"{', '.join(most)} and {last}" if most else last


def id_in_words(id: str) -> str:
    """An id in words: "open-letter" -> "open letter"."""
    return id.replace("-", " ")


def capitalised(text: str) -> str:
    """The text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]


def en_dashes(text: str) -> str:
    """The text with an en dash, at which no line breaks, between two numbers or dates: "25–26 February 1992"."""
    text = _RANGE.sub("\\1\N{EN DASH}\N{WORD JOINER}", text)
    return _SPAN.sub("\\1\N{NO-BREAK SPACE}\N{EN DASH}\N{WORD JOINER}\N{NO-BREAK SPACE}", text)


def day(date: datetime.date) -> str:
    """A day in full: "21 September 2021"."""
    return edtf.parse(date.isoformat()).words


def month(year: str, month: str) -> str:
    """A month in full: "September 2021"."""
    return edtf.parse(f"{year}-{month}").words


def language(code: str) -> str:
    """A language's English name; "" for no code."""
    return LANGUAGES[code] if code else ""


def language_tag(code: str) -> str:
    """A language's code for programs; "" where there is none, or several."""
    return "" if code in ("mul", "und") else code


def number(value: Decimal) -> str:
    """A number as stated, with separators for reading: "3,410"."""
    return f"{value:,}"


def qualified_number(figure: Figure) -> tuple[str, str]:
    """What is said of the number, and the number: ("more than", "3,410"), ("", "90 to 100")."""
    if figure.value is not None:
        return QUALIFIERS[figure.qualifier], number(figure.value)
    if figure.min is not None and figure.max is not None:
        return QUALIFIERS[figure.qualifier], f"{number(figure.min)} to {number(figure.max)}"
    if figure.min is not None:
        return QUALIFIERS["at-least"], number(figure.min)
    if figure.max is not None:
        return QUALIFIERS["up-to"], number(figure.max)
    return "", ""


def holders(issuer: Issuer, date: Date) -> str:
    """Who held the office when the statement was made; both, with dates, where the date spans a change."""
    found = [holder for holder in issuer.holders if _held(holder, date)]
    if len(found) < 2:
        return "".join(_person(holder) for holder in found)
    return join([f"{_person(holder)} ({_term(holder)})" for holder in found])


def description(*sentences: str) -> str:
    """As many of the sentences as a search result shows, cut at a word if the first is too long already."""
    text = ""
    for more in filter(None, sentences):
        if text and len(text) + 1 + len(more) > _LONGEST_DESCRIPTION:
            break
        text = f"{text} {more}".lstrip()
    if len(text) <= _LONGEST_DESCRIPTION:
        return text
    return text[: _LONGEST_DESCRIPTION - 1].rpartition(" ")[0].rstrip(",;:") + "\N{HORIZONTAL ELLIPSIS}"


def _held(holder: Holder, date: Date) -> bool:
    return holder.since.earliest <= date.latest and (holder.until is None or holder.until.latest >= date.earliest)


def _person(holder: Holder) -> str:
    return f"{holder.given} {holder.family}"


def _term(holder: Holder) -> str:
    return f"until {holder.until.words}" if holder.until else f"from {holder.since.words}"
