"""Find the days, spans of days, months and years that a text names, in English, Azerbaijani and Russian."""

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.authoring.extract import lexicon

MONTHS = {name.casefold(): number for number, names in enumerate(lexicon.MONTHS, 1) for name in names}
_WEEKDAYS = (
    ("Monday", "Mon", "понедельник", "bazar ertəsi"),
    ("Tuesday", "Tue", "вторник", "çərşənbə axşamı"),
    ("Wednesday", "Wed", "среда", "среду", "çərşənbə"),
    ("Thursday", "Thu", "четверг", "cümə axşamı"),
    ("Friday", "Fri", "пятница", "пятницу", "cümə"),
    ("Saturday", "Sat", "суббота", "субботу", "şənbə"),
    ("Sunday", "Sun", "воскресенье", "bazar"),
)
_WEEKDAY_OF = {name.casefold(): number for number, names in enumerate(_WEEKDAYS) for name in names}
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(sorted(_WEEKDAY_OF, key=len, reverse=True))})\b\.?,?\s+)?"
_MONTH = rf"(?P<month>{lexicon.MONTH_PATTERN})(?:[ıiuü]n?|d[aə]n?)?\b\.?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|-(?:d[aəe]n?|[ny]?[aəıiuü]|го|е))?"
_LAST = (
    r"(?:\s?(?:-|–|—|to|through|and|until|по|на|\s)\s?(?:the\s)?(?P<last>[12]\d|3[01]|0?[1-9])(?![\d:.])"
    r"(?:st|nd|rd|th|-(?:n?[aə]|го|е))?)?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_IN_AZERBAIJANI = r"(?:-c[iıuü]\s+il(?:in|də)?|,|\s+г(?:ода|\.)?)?,?\s+"
_SHORT = r"(?P<short>[0-3]\d)"
_NUMBER = r"(?P<number>0?[1-9]|1[0-2])"
_SIGN, _SAME_SIGN = r"(?P<sign>\s?[-./]\s?)", r"(?P=sign)"
_NO_MORE = r"(?!\d|[.:/-]\d)"  # not a part of a longer number, an hour or an address
_PATTERNS = tuple(
    re.compile(rf"(?<![\w.])(?<!\d[,:-])(?<!-(?=\d)){_WEEKDAY}{pattern}", re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}{_SIGN}{_NUMBER}{_SAME_SIGN}{_DAY}{_NO_MORE}",
        rf"{_DAY}{_SIGN}{_NUMBER}{_SAME_SIGN}{_YEAR}{_NO_MORE}",
        rf"{_NUMBER}/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}{_NO_MORE}",  # it can be no other
        rf"(?P<day>[0-3]\d)\.(?P<number>[01]\d)\.{_SHORT}(?![\d.])",
        rf"{_DAY}\s+{_MONTH}\s+{_SHORT}(?=\s*(?:\n|$))",  # at the end of a line
        rf"{_YEAR}{_IN_AZERBAIJANI}{_DAY}{_LAST}\s+{_MONTH}",
        rf"{_YEAR}{_IN_AZERBAIJANI}{_MONTH}(?:\s+{_DAY}{_LAST}(?!\w))?",
        rf"{_DAY}{_LAST}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR}{_NO_MORE})?",
        rf"{_MONTH}\s*{_DAY}{_LAST}(?!\d|[:/]\d|,\d|\s*%)(?:,?\s+{_YEAR}{_NO_MORE})?",
        rf"{_MONTH},?\s{_YEAR}{_NO_MORE}",
        rf"{_YEAR}(?!\w|[-–]\d|[.,/]\d)",
    )
)
_RANGE_JOINER = re.compile(r"[\w-]{0,5}\s*(?:to|through|until|till|по|-|–|—)?\s*(?:the\s)?")
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
    weekday: int | None = None  # 0 for Monday; None if the text does not name it beside the date

    @property
    def span(self) -> tuple[datetime.date, datetime.date] | None:
        """Return the first and the last day; None without a year, or in a year without such a day."""
        month, until = self.month or 1, self.month or 12
        if not self.year or max(self.first_day, self.last_day) > monthrange(self.year, until)[1]:
            return None
        last = self.last_day or self.first_day or monthrange(self.year, until)[1]
        first_date = datetime.date(self.year, month, self.first_day or 1)
        return first_date, self.end_date or datetime.date(self.year, until, last)

    @property
    def date(self) -> datetime.date | None:
        """Return the day as a date; None without a year."""
        return self.span[0] if self.span and self.first_day else None

    @property
    def has_wrong_weekday(self) -> bool:
        """Return whether the text names another day of the week than the calendar's."""
        return self.date is not None and self.weekday is not None and self.date.weekday() != self.weekday


def find_periods(text: str) -> tuple[Period, ...]:
    """Return every period that the text names, in order; of those that overlap, the fuller one."""
    periods: list[Period] = []
    taken = bytearray(len(text))
    for pattern in _PATTERNS:  # the fuller ones first
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]) and (period := _read(text, match)):
                taken[match.start() : match.end()] = b"\x01" * len(match[0])
                periods.append(period)
    periods.sort(key=lambda period: period.start)
    return tuple(_join_ranges(periods, text))


def find_days(text: str) -> list[Period]:
    """Return every single day that the text names, in order; no bounds of a period, and no month or year alone."""
    single = (day for day in find_periods(text) if day.first_day and not day.last_day and not day.end_date)
    return [day for day in single if not _bounds_period(text, day)]


def _read(text: str, match: re.Match[str]) -> Period | None:
    parts = match.groupdict()
    name = (parts.get("month") or "").replace("İ", "i")
    year = int(parts.get("year") or 0) or (2000 + int(parts["short"]) if parts.get("short") else 0)
    if name in {"may", "march", "MAY"} and not year and "ə" not in text:  # the verb, which a number can follow as well
        return None
    month = int(parts.get("number") or 0) or MONTHS.get(name.casefold(), 0)
    first, last = int(parts.get("day") or 0), int(parts.get("last") or 0)
    if month and max(first, last) > monthrange(year or 2000, month)[1]:  # 2000 has 29 February
        first = last = 0
    if (last and last < first) or not (year or first):
        return None
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    weekday = _WEEKDAY_OF.get((parts.get("weekday") or "").casefold())
    return Period(start=start, end=match.end(), year=year, month=month, first_day=first, last_day=last, weekday=weekday)


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
    joined = replace(first, end=last.end, year=first.year or year, end_date=replace(last, year=year).date)
    return joined if joined.end_date and joined.span and joined.span[0] < joined.end_date else None


def _bounds_period(text: str, day: Period) -> bool:
    before, after = text[max(0, day.start - 12) : day.start], text[day.end : day.end + 10]
    return bool(_DAY_OF_RANGE.search(before) or _RANGE_FOLLOWS.match(after))
