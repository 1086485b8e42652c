"""The days, months and years that a text names, in English, Azerbaijani and Russian."""

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
_LAST = r"(?:\s?(?:-|–|—|to|through|and|until)\s?(?:the\s)?(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_YEAR_ALONE = r"(?P<year>(?:19|20)\d{2})"
_WAYS = tuple(
    re.compile(rf"(?<![\w.]){way}(?!\w|[-–]\d)", re.IGNORECASE)
    for way in (
        rf"{_YEAR_ALONE}(?:-c[iıuü])?\s(?:il(?:in)?\s)?(?:{_DAY_NUMBER}{_LAST}\s)?{_MONTH_NAME}(?:\s(?P<after>\d{{1,2}})(?:-\w+)?)?",
        rf"{_DAY_NUMBER}{_LAST}\s(?:of\s)?{_MONTH_NAME}(?:,?\s{_YEAR_ALONE})?",
        rf"{_MONTH_NAME}\s?{_DAY_NUMBER}{_LAST}(?:,?\s?{_YEAR_ALONE})?",
        rf"{_MONTH_NAME},?\s{_YEAR_ALONE}",
        rf"{_YEAR_ALONE}",
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


_WEEKDAYS = (
    ("Monday", "Mon", "понедельник", "bazar ertəsi"),
    ("Tuesday", "Tue", "вторник", "çərşənbə axşamı"),
    ("Wednesday", "Wed", "среда", "среду", "çərşənbə"),
    ("Thursday", "Thu", "четверг", "cümə axşamı"),
    ("Friday", "Fri", "пятница", "пятницу", "cümə"),
    ("Saturday", "Sat", "суббота", "субботу", "şənbə"),
    ("Sunday", "Sun", "воскресенье", "bazar"),
)


_Info: type[parser.parserinfo] = type("_Info", (parser.parserinfo,), {"MONTHS": list(lexicon.MONTHS)})
_INFO = _Info(dayfirst=True)
_WEEKDAY_OF = {name.casefold(): number for number, names in enumerate(_WEEKDAYS) for name in names}
_MONTH = rf"(?P<month>{lexicon.MONTH_PATTERN})(?P<ending>(?:[ıiuü]n?)?)\b\.?"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(sorted(_WEEKDAY_OF, key=len, reverse=True))})\b\.?,?\s+)?"
_DAY = r"(?P<day>0?[1-9]|[12][0-9]|3[01])"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_NO_MORE = r"(?![0-9]|[.:/-][0-9])"  # not a part of a longer number, an hour or an address
_FORMS = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}(?P<sign>[-./])(?P<number>0?[1-9]|1[0-2])(?P=sign){_DAY}{_NO_MORE}",
        rf"(?<![\d.]){_DAY}(?P<sign>[-./])(?P<number>0?[1-9]|1[0-2])(?P=sign){_YEAR}{_NO_MORE}",
        rf"(?<![\d.])(?P<number>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2[0-9]|3[01])/{_YEAR}{_NO_MORE}",  # it can be no other
        r"(?<![\d.])(?P<day>[0-3][0-9])\.(?P<number>[01][0-9])\.(?P<short>[0-9]{2})(?![\d.])",
        rf"(?<![\d.,:-]){_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}{_NO_MORE}",
        rf"(?<![\d.,:-]){_DAY}\s+{_MONTH}\s+(?P<short>[0-3][0-9])(?=\s*(?:\n|$))",  # at the end of a line
        rf"\b{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}{_NO_MORE}",
        rf"\b{_YEAR}(?:-c[iıuü]\s+il(?:in)?|,|\s+г(?:ода|\.)?)?,?\s+{_DAY}\s+{_MONTH}",
        rf"\b{_YEAR}-c[iıuü]\s+il(?:in)?\s+{_MONTH}\s+{_DAY}{_NO_MORE}",
        rf"(?<![\d.,:-]){_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}",
        rf"\b{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?(?![0-9]|[:/][0-9]|,[0-9]|\s*%)",
    )
)
_DAY_OF_RANGE = re.compile(r"[0-9]\s*[-–—]\s*$|\b(?:from|since|until|through|between|с|по|до)\s+$", re.IGNORECASE)
_RANGE_FOLLOWS = re.compile(r"\s*[-–—]\s*[0-9](?![0-9]?:[0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A day that a text names; its year, where it gives one."""

    year: int | None
    month: int
    day: int
    start: int
    end: int
    weekday: int | None = None  # 0 for Monday, where the text names it beside the date

    @property
    def date(self) -> datetime.date | None:
        """The day, where the year is known."""
        return datetime.date(self.year, self.month, self.day) if self.year else None

    @property
    def wrong_weekday(self) -> bool:
        """Whether the day of the week beside it is another than the calendar's."""
        return self.date is not None and self.weekday is not None and self.date.weekday() != self.weekday


def mentions(text: str) -> list[Mention]:
    """Every day named in the text, in order; of a period only what is no bound of it. No month or year alone."""
    found: list[Mention] = []
    taken = bytearray(len(text))
    for form in _FORMS:  # the fuller ones first
        for match in form.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = b"\x01" * len(match[0])
            if mention := _mention(text, match):
                found.append(mention)
    return sorted((m for m in found if not _bounds_period(text, m)), key=lambda mention: mention.start)


def _mention(text: str, match: re.Match[str]) -> Mention | None:
    parts = match.groupdict()
    parts["month"] = (parts.get("month") or "").replace("İ", "i")
    if _is_verb(parts) and "ə" not in text:  # the same words are months in Azerbaijani
        return None
    month = parts["month"] or parts["number"]
    year = parts.get("year") or (f"20{parts['short']}" if parts.get("short") else None)
    try:
        read = parser.parse(f"{parts['day']} {month} {year or 2000}", parserinfo=_INFO)  # 2000 has 29 February
    except (ValueError, OverflowError):
        return None
    weekday = _WEEKDAY_OF.get((parts["weekday"] or "").casefold())
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Mention(
        year=int(year) if year else None, month=read.month, day=read.day, start=start, end=match.end(), weekday=weekday
    )


def _is_verb(parts: dict[str, str | None]) -> bool:
    """Whether it is the English "may" or "march", which a number can follow as well."""
    return not parts.get("year") and not parts.get("ending") and parts.get("month") in {"may", "march", "MAY"}


def _bounds_period(text: str, mention: Mention) -> bool:
    before, after = text[max(0, mention.start - 12) : mention.start], text[mention.end : mention.end + 10]
    return bool(_DAY_OF_RANGE.search(before) or _RANGE_FOLLOWS.match(after))


def in_year(mention: Mention, year: int) -> Mention | None:
    """The mention, its year now known; None where that year has no such day."""
    try:
        datetime.date(year, mention.month, mention.day)
    except ValueError:
        return None
    return replace(mention, year=year)
