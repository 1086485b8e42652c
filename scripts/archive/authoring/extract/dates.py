"""Find the days, months and years that a text names, in English, Azerbaijani and Russian.

`find_periods` serves events: days in a row, months and years too. `find_days` serves the dates of reports: single days,
in digits too, with the day of the week beside them.
"""

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateutil import parser

from archive.authoring.extract import lexicon

MONTHS = {name.casefold(): number for number, names in enumerate(lexicon.MONTHS, 1) for name in names}
_MONTH_NAME = rf"(?P<month>{lexicon.MONTH_PATTERN})(?:[ıiuüa][a-zıəü]{{0,4}})?\.?"
_DAY_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TO_LAST_DAY = r"(?:\s?(?:-|–|—|to|through|and|until)\s?(?:the\s)?(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_PERIOD_YEAR = r"(?P<year>(?:19|20)\d{2})"
_PERIOD_PATTERNS = tuple(
    re.compile(rf"(?<![\w.]){pattern}(?!\w|[-–]\d)", re.IGNORECASE)
    for pattern in (
        rf"{_PERIOD_YEAR}(?:-c[iıuü])?\s(?:il(?:in)?\s)?(?:{_DAY_NUMBER}{_TO_LAST_DAY}\s)?{_MONTH_NAME}(?:\s(?P<after>\d{{1,2}})(?:-\w+)?)?",
        rf"{_DAY_NUMBER}{_TO_LAST_DAY}\s(?:of\s)?{_MONTH_NAME}(?:,?\s{_PERIOD_YEAR})?",
        rf"{_MONTH_NAME}\s?{_DAY_NUMBER}{_TO_LAST_DAY}(?:,?\s?{_PERIOD_YEAR})?",
        rf"{_MONTH_NAME},?\s{_PERIOD_YEAR}",
        rf"{_PERIOD_YEAR}",
    )
)
_RANGE_JOINER = re.compile(r"[\w-]{0,5}\s*(?:to|through|until|till|по|-|–|—)?\s*(?:the\s)?")

_WEEKDAYS = (
    ("Monday", "Mon", "понедельник", "bazar ertəsi"),
    ("Tuesday", "Tue", "вторник", "çərşənbə axşamı"),
    ("Wednesday", "Wed", "среда", "среду", "çərşənbə"),
    ("Thursday", "Thu", "четверг", "cümə axşamı"),
    ("Friday", "Fri", "пятница", "пятницу", "cümə"),
    ("Saturday", "Sat", "суббота", "субботу", "şənbə"),
    ("Sunday", "Sun", "воскресенье", "bazar"),
)

_ParserInfo: type[parser.parserinfo] = type("_Info", (parser.parserinfo,), {"MONTHS": list(lexicon.MONTHS)})
_PARSER_INFO = _ParserInfo(dayfirst=True)
_WEEKDAY_OF = {name.casefold(): number for number, names in enumerate(_WEEKDAYS) for name in names}
_MONTH_WITH_ENDING = rf"(?P<month>{lexicon.MONTH_PATTERN})(?P<ending>(?:[ıiuü]n?)?)\b\.?"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(sorted(_WEEKDAY_OF, key=len, reverse=True))})\b\.?,?\s+)?"
_DAY = r"(?P<day>0?[1-9]|[12][0-9]|3[01])"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_NO_MORE = r"(?![0-9]|[.:/-][0-9])"  # not a part of a longer number, an hour or an address
_DAY_PATTERNS = tuple(
    re.compile(_WEEKDAY + pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}(?P<sign>[-./])(?P<number>0?[1-9]|1[0-2])(?P=sign){_DAY}{_NO_MORE}",
        rf"(?<![\d.]){_DAY}(?P<sign>[-./])(?P<number>0?[1-9]|1[0-2])(?P=sign){_YEAR}{_NO_MORE}",
        rf"(?<![\d.])(?P<number>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2[0-9]|3[01])/{_YEAR}{_NO_MORE}",  # it can be no other
        r"(?<![\d.])(?P<day>[0-3][0-9])\.(?P<number>[01][0-9])\.(?P<short>[0-9]{2})(?![\d.])",
        rf"(?<![\d.,:-]){_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH_WITH_ENDING},?\s+{_YEAR}{_NO_MORE}",
        rf"(?<![\d.,:-]){_DAY}\s+{_MONTH_WITH_ENDING}\s+(?P<short>[0-3][0-9])(?=\s*(?:\n|$))",  # at the end of a line
        rf"\b{_MONTH_WITH_ENDING}\s*{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}{_NO_MORE}",
        rf"\b{_YEAR}(?:-c[iıuü]\s+il(?:in)?|,|\s+г(?:ода|\.)?)?,?\s+{_DAY}\s+{_MONTH_WITH_ENDING}",
        rf"\b{_YEAR}-c[iıuü]\s+il(?:in)?\s+{_MONTH_WITH_ENDING}\s+{_DAY}{_NO_MORE}",
        rf"(?<![\d.,:-]){_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH_WITH_ENDING}",
        rf"\b{_MONTH_WITH_ENDING}\s*{_DAY}(?:st|nd|rd|th)?(?![0-9]|[:/][0-9]|,[0-9]|\s*%)",
    )
)
_DAY_OF_RANGE = re.compile(r"[0-9]\s*[-–—]\s*$|\b(?:from|since|until|through|between|с|по|до)\s+$", re.IGNORECASE)
_RANGE_FOLLOWS = re.compile(r"\s*[-–—]\s*[0-9](?![0-9]?:[0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A day, days in a row, a month or a year, with its place in the text; `year` is 0 if the text gives none."""

    start: int
    end: int
    year: int
    month: int = 0
    first_day: int = 0
    last_day: int = 0
    end_date: datetime.date | None = None  # of a period that ends in another month

    @property
    def span(self) -> tuple[datetime.date, datetime.date] | None:
        """Return the first and the last day; None without a year."""
        if not self.year:
            return None
        month, until = self.month or 1, self.month or 12
        last = self.last_day or self.first_day or monthrange(self.year, until)[1]
        first_date = datetime.date(self.year, month, self.first_day or 1)
        return first_date, self.end_date or datetime.date(self.year, until, last)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay:
    """A day that a text names, with its place; `year` is None if the text gives none."""

    year: int | None
    month: int
    day: int
    start: int
    end: int
    weekday: int | None = None  # 0 for Monday; None if the text does not name it beside the date

    @property
    def date(self) -> datetime.date | None:
        """Return the day as a date; None without a year."""
        return datetime.date(self.year, self.month, self.day) if self.year else None

    @property
    def has_wrong_weekday(self) -> bool:
        """Return whether the text names another day of the week than the calendar's."""
        return self.date is not None and self.weekday is not None and self.date.weekday() != self.weekday


def find_periods(text: str) -> tuple[Period, ...]:
    """Return every period that the text names, in order; of those that overlap, the longest."""
    periods: list[Period] = []
    for period in sorted(_candidate_periods(text), key=lambda period: (period.start - period.end, period.start)):
        if all(period.end <= other.start or period.start >= other.end for other in periods):
            periods.append(period)
    periods.sort(key=lambda period: period.start)
    return tuple(_join_ranges(periods, text))


def find_days(text: str) -> list[NamedDay]:
    """Return every day that the text names, in order; no bounds of a period, and no month or year alone."""
    days: list[NamedDay] = []
    taken = bytearray(len(text))
    for pattern in _DAY_PATTERNS:  # the fuller ones first
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = b"\x01" * len(match[0])
            if day := _read_day(text, match):
                days.append(day)
    return sorted((day for day in days if not _bounds_period(text, day)), key=lambda day: day.start)


def with_year(day: NamedDay, year: int) -> NamedDay | None:
    """Return the day in this year; None if the year has no such day."""
    try:
        datetime.date(year, day.month, day.day)
    except ValueError:
        return None
    return replace(day, year=year)


def _join_ranges(periods: list[Period], text: str) -> Iterator[Period]:
    """Join the ends of a range, such as "from September 27 through November 10, 2020"."""
    waiting: Period | None = None
    for period in periods:
        if waiting and (joined := _join(waiting, period, text[waiting.end : period.start])):
            yield joined
            waiting = None
        else:
            if waiting:
                yield waiting
            waiting = period
    if waiting:
        yield waiting


def _join(first: Period, last: Period, between: str) -> Period | None:
    year = last.year or first.year
    if not (first.first_day and last.first_day and year and _RANGE_JOINER.fullmatch(between)):
        return None
    end_date = datetime.date(year, last.month, last.first_day)
    joined = replace(first, end=last.end, year=first.year or year, end_date=end_date)
    return joined if datetime.date(joined.year, first.month, first.first_day) < end_date else None


def _candidate_periods(text: str) -> Iterator[Period]:
    for pattern in _PERIOD_PATTERNS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            first = int(parts.get("day") or parts.get("after") or 0)
            last = int(parts.get("last") or 0)
            year = int(parts.get("year") or 0)
            month = MONTHS.get((parts.get("month") or "").replace("İ", "i").casefold(), 0)
            days_in_month = monthrange(year or 2000, month)[1] if month else 0
            if max(first, last) <= days_in_month and not (last and last < first):
                yield Period(
                    start=match.start(), end=match.end(), year=year, month=month, first_day=first, last_day=last
                )


def _read_day(text: str, match: re.Match[str]) -> NamedDay | None:
    parts = match.groupdict()
    parts["month"] = (parts.get("month") or "").replace("İ", "i")
    if _is_verb(parts) and "ə" not in text:  # the same words are months in Azerbaijani
        return None
    month = parts["month"] or parts["number"]
    year = parts.get("year") or (f"20{parts['short']}" if parts.get("short") else None)
    try:
        date = parser.parse(f"{parts['day']} {month} {year or 2000}", parserinfo=_PARSER_INFO)  # 2000 has 29 February
    except (ValueError, OverflowError):
        return None
    weekday = _WEEKDAY_OF.get((parts["weekday"] or "").casefold())
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return NamedDay(
        year=int(year) if year else None, month=date.month, day=date.day, start=start, end=match.end(), weekday=weekday
    )


def _is_verb(parts: dict[str, str | None]) -> bool:
    """Return whether the month is the English verb "may" or "march", which a number can follow as well."""
    return not parts.get("year") and not parts.get("ending") and parts.get("month") in {"may", "march", "MAY"}


def _bounds_period(text: str, day: NamedDay) -> bool:
    before, after = text[max(0, day.start - 12) : day.start], text[day.end : day.end + 10]
    return bool(_DAY_OF_RANGE.search(before) or _RANGE_FOLLOWS.match(after))
