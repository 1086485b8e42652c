"""How a single value is written, and how it is read: text -> value, or ValueError with a message for people."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archive import edtf

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
STEM = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How a value is written and read. `parse` raises ValueError with a message for people."""

    name: str
    parse: Callable[[str], Any]
    allowed: str  # completes "allowed: ..."
    blank: str | None = ""  # stands in for a value that is wrong; None where nothing can


def _text(value: str) -> str:
    if "\n" in value.rstrip("\n"):
        raise ValueError("has more than one line")
    return value.strip()


def _prose(value: str) -> str:
    return " ".join(value.split())


def _pattern(pattern: str | re.Pattern[str], complaint: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def parse(value: str) -> str:
        if compiled.fullmatch(value) is None:
            raise ValueError(complaint)
        return value

    return parse


def _day(value: str) -> datetime.date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("not a day of the form YYYY-MM-DD")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError("no such day in the calendar") from None


def _number(value: str) -> Decimal:
    if not re.fullmatch(r"[0-9]{1,18}(\.[0-9]{1,6})?", value):
        raise ValueError("not a plain number")
    return Decimal(value)


def _count(value: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", value):
        raise ValueError("not a whole number from 1")
    return int(value)


_URL = r"https?://[^\s<>\"'\\^`{}|/?#@\[\]]+(?::[0-9]+)?(?:[/?#][^\s<>\"\\^`{}|]*)?"

TEXT = Type(name="text", parse=_text, allowed="text on one line")
PROSE = Type(name="prose", parse=_prose, allowed="text; line ends count as spaces")
DATE = Type(name="date", parse=edtf.parse, allowed=edtf.GRAMMAR, blank=None)
DAY = Type(name="day", parse=_day, allowed="a day, YYYY-MM-DD", blank=None)
NUMBER = Type(name="number", parse=_number, allowed="digits without separators, a point before decimals", blank=None)
COUNT = Type(name="count", parse=_count, allowed="a whole number from 1", blank=None)
SLUG_ID = Type(
    name="id",
    parse=_pattern(SLUG, "not an id"),
    allowed="small letters a-z and digits, joined by single hyphens",
)
STEM_ID = Type(
    name="statement id",
    parse=_pattern(STEM, "not a statement id"),
    allowed="the date, then small letters a-z and digits joined by single hyphens, such as 2021-09-21-peace-appeal",
)
URL = Type(name="address", parse=_pattern(_URL, "not a web address"), allowed="an address with http:// or https://")
SHA256 = Type(name="SHA-256", parse=_pattern(r"[0-9a-f]{64}", "not a SHA-256"), allowed="64 small hexadecimal digits")


def identifier(pattern: str, allowed: str) -> Type:
    return Type(name="identifier", parse=_pattern(pattern, "not such an identifier"), allowed=allowed)
