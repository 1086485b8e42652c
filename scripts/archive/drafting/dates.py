"""Dates in running text, as the region writes them: English, Russian and Azerbaijani, the day before the month."""

import datetime
import re
from dataclasses import dataclass, replace

from dateutil import parser

from archive.drafting import months

_WEEKDAYS = (
    ("Monday", "Mon", "понедельник", "bazar ertəsi"),
    ("Tuesday", "Tue", "вторник", "çərşənbə axşamı"),
    ("Wednesday", "Wed", "среда", "среду", "çərşənbə"),
    ("Thursday", "Thu", "четверг", "cümə axşamı"),
    ("Friday", "Fri", "пятница", "пятницу", "cümə"),
    ("Saturday", "Sat", "суббота", "субботу", "şənbə"),
    ("Sunday", "Sun", "воскресенье", "bazar"),
)


_Info: type[parser.parserinfo] = type("_Info", (parser.parserinfo,), {"MONTHS": list(months.NAMES)})
_INFO = _Info(dayfirst=True)
_WEEKDAY_OF = {name.casefold(): number for number, names in enumerate(_WEEKDAYS) for name in names}
_MONTH = rf"(?P<month>{months.PATTERN})(?P<ending>(?:[ıiuü]n?)?)\b\.?"
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
