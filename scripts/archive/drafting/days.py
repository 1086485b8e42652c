"""The days, months and years that a text names, in English, Azerbaijani and Russian."""

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.drafting import months

MONTHS = {name.casefold(): number for number, names in enumerate(months.NAMES, 1) for name in names}
_MONTH = rf"(?P<month>{months.PATTERN})(?:[ıiuüa][a-zıəü]{{0,4}})?\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LAST = r"(?:\s?(?:-|–|—|to|through|and|until)\s?(?:the\s)?(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_WAYS = tuple(
    re.compile(rf"(?<![\w.]){way}(?!\w|[-–]\d)", re.IGNORECASE)
    for way in (
        rf"{_YEAR}(?:-c[iıuü])?\s(?:il(?:in)?\s)?(?:{_DAY}{_LAST}\s)?{_MONTH}(?:\s(?P<after>\d{{1,2}})(?:-\w+)?)?",
        rf"{_DAY}{_LAST}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?",
        rf"{_MONTH}\s?{_DAY}{_LAST}(?:,?\s?{_YEAR})?",
        rf"{_MONTH},?\s{_YEAR}",
        rf"{_YEAR}",
    )
)
_JOINED = re.compile(r"[\w-]{0,5}\s*(?:to|through|until|till|по|-|–|—)?\s*(?:the\s)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day, days in a row, a month or a year, and where the text names it. Without a year, `year` is 0."""

    start: int
    end: int
    year: int
    month: int = 0
    first: int = 0
    last: int = 0
    to: datetime.date | None = None  # where it lasts into another month

    @property
    def span(self) -> tuple[datetime.date, datetime.date] | None:
        """Its first and last day; None without a year."""
        if not self.year:
            return None
        month, until = self.month or 1, self.month or 12
        last = self.last or self.first or monthrange(self.year, until)[1]
        return datetime.date(self.year, month, self.first or 1), self.to or datetime.date(self.year, until, last)


def days(text: str) -> tuple[Day, ...]:
    """All of them, in order; of those that overlap, the one that says most."""
    found: list[Day] = []
    for day in sorted(_read(text), key=lambda day: (day.start - day.end, day.start)):
        if all(day.end <= other.start or day.start >= other.end for other in found):
            found.append(day)
    found.sort(key=lambda day: day.start)
    return tuple(_joined(found, text))


def _joined(found: list[Day], text: str) -> Iterator[Day]:
    """With "from September 27 through November 10, 2020" as one."""
    waiting: Day | None = None
    for day in found:
        if waiting and (both := _both(waiting, day, text[waiting.end : day.start])):
            yield both
            waiting = None
        else:
            if waiting:
                yield waiting
            waiting = day
    if waiting:
        yield waiting


def _both(one: Day, other: Day, between: str) -> Day | None:
    year = other.year or one.year
    if not (one.first and other.first and year and _JOINED.fullmatch(between)):
        return None
    to = datetime.date(year, other.month, other.first)
    until = replace(one, end=other.end, year=one.year or year, to=to)
    return until if datetime.date(until.year, one.month, one.first) < to else None


def _read(text: str) -> Iterator[Day]:
    for way in _WAYS:
        for match in way.finditer(text):
            parts = match.groupdict()
            first = int(parts.get("day") or parts.get("after") or 0)
            last = int(parts.get("last") or 0)
            year, month = (
                int(parts.get("year") or 0),
                MONTHS.get((parts.get("month") or "").replace("İ", "i").casefold(), 0),
            )
            most = monthrange(year or 2000, month)[1] if month else 0
            if max(first, last) <= most and not (last and last < first):
                yield Day(start=match.start(), end=match.end(), year=year, month=month, first=first, last=last)
