"""Read dates as far as they are known: their earliest and latest day, and their form in words.

A subset of EDTF (ISO 8601-2:2019, level 1): `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, each optionally followed by `?`
(uncertain) or `~` (approximate), and `A/B` for an interval of two of these.
"""

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from dateutil.relativedelta import relativedelta

GRAMMAR = "YYYY-MM-DD, YYYY-MM or YYYY, then ? (uncertain) or ~ (approximate) if so; A/B for an interval"

# Each matches a whole text, in Python and in ECMA 262. Leap years and the order of an interval are beyond them.
_DAYS = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
)
_YEAR = "(?!0000)[0-9]{4}"
_END_OF_DATE = f"{_YEAR}(?:-(?:{_DAYS}|0[1-9]|1[0-2]))?[?~]?"
DAY_PATTERN = f"{_YEAR}-{_DAYS}"
PATTERN = f"{_END_OF_DATE}(?:/{_END_OF_DATE})?"

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~])?")
# written out, because %B follows the machine's locale
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MARKS = {"": "", "?": "uncertain", "~": "approximate"}
_END = {"year": relativedelta(month=12, day=31), "month": relativedelta(day=31), "day": relativedelta()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One end of a date: a day, a month or a year."""

    text: str  # as the file has it, without the mark
    earliest: datetime.date
    latest: datetime.date
    precision: str  # day | month | year
    mark: str  # "" | uncertain | approximate

    @property
    def words(self) -> str:
        """The point in full, with its mark in words: "21 September 2021", "about May 2021", "2021 (uncertain)"."""
        plain = f"{self.earliest.year:04d}"
        if self.precision != "year":
            plain = f"{MONTHS[self.earliest.month - 1]} {plain}"
        if self.precision == "day":
            plain = f"{self.earliest.day} {plain}"
        if self.mark == "approximate":
            return f"about {plain}"
        return f"{plain} (uncertain)" if self.mark else plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A date as far as it is known; `end` is None unless it is an interval."""

    text: str  # as the file has it
    start: Point
    end: Point | None = None

    @property
    def earliest(self) -> datetime.date:
        """The first day it can be."""
        return self.start.earliest

    @property
    def latest(self) -> datetime.date:
        """The last day it can be."""
        return (self.end or self.start).latest

    @property
    def year(self) -> str:
        """The year it is filed under, "YYYY"."""
        return self.start.text[:4]

    @property
    def month(self) -> str:
        """The month it is filed under, "MM", or "" where only the year is known."""
        return self.start.text[5:7]

    @property
    def exact(self) -> bool:
        """Whether it is one day, known for certain."""
        return self.end is None and self.start.precision == "day" and not self.start.mark

    @property
    def machine(self) -> str:
        """The start without its mark, as HTML's `<time datetime>` may have it (HTML Living Standard)."""
        return self.start.text

    @property
    def words(self) -> str:
        """The date in full; an interval is a span: "25–26 February 1992"."""
        if self.end is None:
            return self.start.words
        return _span(self.start, self.end)

    @property
    def stated(self) -> str:
        """The date in full and what is not known; an interval is a range: "September 2021, day not given"."""
        if self.end is not None:
            return f"between {self.start.words} and {self.end.words}"
        missing = {"day": "", "month": ", day not given", "year": ", month and day not given"}
        return self.start.words + missing[self.start.precision]


@lru_cache(maxsize=10_000)
def parse(text: str) -> Date:
    """Read a date by the grammar above.

    Raises ValueError, with a message for people, for anything else, for a day that does not exist and for an
    interval that ends before it begins.
    """
    first, slash, second = text.partition("/")
    start = _point(first)
    if not slash:
        return Date(text=text, start=start)
    end = _point(second)
    if start.earliest > end.latest:
        raise ValueError(f"the interval ends ({end.text}) before it begins ({start.text})")
    return Date(text=text, start=start, end=end)


def day(text: str) -> datetime.date:
    """Read one day, YYYY-MM-DD. Raises ValueError, with a message for people, for anything else."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not a day of the form YYYY-MM-DD")
    return _existing(DAY_PATTERN, text, text)


def _span(start: Point, end: Point) -> str:
    if start.mark or end.mark or start.precision != end.precision or start.precision == "year":
        dash = " \N{EN DASH} " if " " in start.words + end.words else "\N{EN DASH}"
        return f"{start.words}{dash}{end.words}"
    first, last = start.earliest, end.earliest
    if first == last:
        return start.words
    if start.precision == "day" and (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\N{EN DASH}{end.words}"
    if first.year == last.year:
        return f"{start.words.removesuffix(f' {first.year:04d}')} \N{EN DASH} {end.words}"
    return f"{start.words} \N{EN DASH} {end.words}"


def _existing(pattern: str, text: str, first: str) -> datetime.date:
    try:
        if re.fullmatch(pattern, text):
            return datetime.date.fromisoformat(first)
    except ValueError:
        pass  # 29 February of a common year
    raise ValueError("no such day in the calendar")


def _point(text: str) -> Point:
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError("not a date of the form that the archive reads")
    year, month, day, mark = match.groups()
    precision = "day" if day else "month" if month else "year"
    earliest = _existing(_END_OF_DATE, text, f"{year}-{month or '01'}-{day or '01'}")
    return Point(
        text=text.rstrip("?~"),
        earliest=earliest,
        latest=earliest + _END[precision],
        precision=precision,
        mark=_MARKS[mark or ""],
    )
