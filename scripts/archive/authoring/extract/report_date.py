"""Find the date of a report and, where the text gives it, the date of the statement (editorial rule 9)."""

import datetime
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from archive.authoring.extract.dates import Period, find_days
from archive.authoring.extract.press_text import Finding, PressText
from archive.model.edtf import MONTHS

_MOST_WORDS_IN_DATE_LINE = 5  # words in a line that gives a date, at most
_LONGEST_DATELINE = 60  # characters before its date
_LONGEST_SENTENCE = 600  # characters of it that are looked at
_LONGEST_WAIT = datetime.timedelta(days=45)  # between a statement and a report of it
_ANY_WAIT = datetime.timedelta(days=36_525)
_OPENING = 3  # paragraphs in which a report says when what it reports was said
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MONTH_AFTER_KEY = re.compile(r"^\s*date\s+((?:19|20)\d\d)-(0[1-9]|1[0-2])\b(?!-\d)", re.IGNORECASE)
_KEY = re.compile(r"^\s*date\s+[\d-]+\s+", re.IGNORECASE)
_KEY_BEFORE = re.compile(r"^\s*date\s+$", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:updated?|modified|обновлен\w*|yenilən\w*)\W*(?:on|:)?\s*$", re.IGNORECASE)
_DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=\d{6}|\D|$)")
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d.,]\d|\d)")
_CLOCK = re.compile(r"(?<![\d:])\d?\d:\d\d(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]+")
_PREPOSITION = re.compile(r"\b(?:on|in|at|from|since|by|of|of the|с|в|на|от)\s+$", re.IGNORECASE)
_AFTER_DATELINE = re.compile(r"\s*(?:[.,:/|\[(–—]|-(?!\w)|\n|$|\d?\d:\d\d)")
_SENTENCE_END = re.compile(r"(?<=\w{4})[.!?][”\"»]?\s+(?=[\"“«]?[^\W\d_a-zа-яё])|\n")  # of a word, not of "Ms."
_REST_OF_SENTENCE = re.compile(r"(?:[^.!?\n\"“”«»]|(?<=\b\w)\.|(?<=\b\w\w)\.){0,200}")

# What a report says of itself, and what it says of the speaker; the stems of verbs in three languages
_VERB = re.compile(
    r"\b(?:(?P<reports>reports?|reported|informs?|informed|quoted|сообща\w+|сообщил\w*|передает|передаёт|xəbər ver\w+|"
    r"bildirilib|məlumat veri\w+)|(?P<says>said|says|stated|noted|told|wrote|posted|tweeted|spoke|remarked|issued|"
    r"released|made|published|sent|signed|appealed|addressed|delivered|presented|submitted|urged|called|met|visited|"
    r"participated|statement|appeal|letter|сказала?|заявил\w*|обратил\w*|выступил\w*|распространил\w*|направил\w*|"
    r"представил\w*|написал\w*|deyib|bildirib|bəyanat\w*|müraciət\w*|çıxış\w*|yayıb|yaydığı|göndərib|ünvanlayıb|"
    r"keçirilən))\b",
    re.IGNORECASE,
)
_ANOTHER_MATTER = re.compile(
    r"\b(?:that|which|who|when|anniversary|connection with|regarding|concerning|dedicated|on the occasion|что|котор\w+|"
    r"годовщин\w+|в связи|ildönümü|ki)\b|[\"“”«»]",
    re.IGNORECASE,
)
_JUST_BEFORE = re.compile(
    r"(?:\b(?:on|dated|от|(?:statement|appeal|letter|report) of)|,|\bthis|об этом|[:(]|^)\s*$", re.IGNORECASE
)
_OF_OTHERS = re.compile(r"(?P<whose>\w+)['’]s\s+(?:\w+\s+)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A day that may be the report's date."""

    day: Period
    weight: int
    place: str  # in words


def find_dates(
    press: PressText, url: str, today: datetime.date, speaker: re.Pattern[str], term: Container[int]
) -> list[Finding]:
    """Return the report's date as `sources[1].published`, the statement's as `date`, and `date_basis`.

    `speaker` matches what the issuer is called; `term` are the years in which the holders named can have spoken.
    What nothing settles is in doubt, with the value None.
    """
    days = find_days(press.text)
    # of several at the head the last: what stands above a report's own date is of the page
    found = sorted(_report_days(press, days, term), key=lambda candidate: (-candidate.weight, -candidate.day.start))
    value, place, doubt = _report_date(press, found, url, term, days)
    if not value:
        complete = [day for day in days if day.year]
        if signed := next(_stated_days(press, complete, today, speaker, wait=_ANY_WAIT), None):
            place = signed.start, signed.end
            return [_finding("date", str(signed.date), place), _finding("date_basis", "stated", place)]
        return [_finding("date", None, place, doubt)]
    report = datetime.date.fromisoformat(value) if len(value) == 10 else None
    if report and report > today:
        doubt = _join(doubt, f"{value} is after today")
    findings = [_finding("sources[1].published", value, place, doubt)]
    if report and (stated := next(_stated_days(press, days, report, speaker), None)) and stated.date:
        gap = f"the report is of {value}" if (report - stated.date).days > 7 else ""
        place, doubt = (stated.start, stated.end), _join(doubt if stated.date == report else "", gap)
        return [*findings, _finding("date", str(stated.date), place, doubt), _finding("date_basis", "stated", place)]
    return [*findings, _finding("date", value, place, doubt), _finding("date_basis", "reported", place)]


def _finding(field: str, value: str | None, place: tuple[int, int], doubt: str = "") -> Finding:
    return Finding(field=field, value=value, start=place[0], end=place[1], doubt=doubt)


def _report_days(press: PressText, days: list[Period], term: Container[int]) -> Iterator[_Candidate]:
    """Yield the days that may be the report's: at its head, in its dateline, beside a verb of reporting."""
    for day in days:
        paragraph = press.paragraph(day.start)
        if paragraph is None or paragraph.number > _OPENING:
            continue
        if paragraph.number and day.year and day.year not in term:
            continue  # of what the report tells
        before = press.text[max(paragraph.start, day.start - _LONGEST_DATELINE) : day.start]
        near_start = day.start - paragraph.start < _LONGEST_DATELINE
        if paragraph.number == 0:
            near_start = near_start and _count_other_words(press, day) <= _MOST_WORDS_IN_DATE_LINE
            weight = 1 if _PREPOSITION.search(before) else 2 if _UPDATED.search(before) else 4 if near_start else 3
            weight = 5 if _KEY_BEFORE.search(before) else weight
            yield _Candidate(day=day, weight=weight, place="the head of the report")
        elif (
            near_start
            and not any(word[0].islower() and word != "date" for word in _LETTERS.findall(before))  # names alone
            and not _PREPOSITION.search(before)
            and (_AFTER_DATELINE.match(press.text, day.end) or before.strip().casefold() == "date")
        ):
            yield _Candidate(day=day, weight=4, place="the dateline")
        elif _follows_reporting(press.text, paragraph.start, day):
            yield _Candidate(day=day, weight=2, place="where it says that it reports")


def _count_other_words(press: PressText, day: Period) -> int:
    """Return how many words its line has besides the date; a title or a caption has many."""
    start = press.text.rfind("\n", 0, day.start) + 1
    end = press.text.find("\n", day.end)
    line = press.text[start : day.start] + press.text[day.end : end if end >= 0 else None]
    return len(_LETTERS.findall(line)) - line.count("UTC")


def _report_date(
    press: PressText, candidates: list[_Candidate], url: str, term: Container[int], days: list[Period]
) -> tuple[str, tuple[int, int], str]:
    """Return the report's date, "" if it cannot be told, with its place and the doubt about it."""
    told = [candidate for candidate in candidates if candidate.weight > 1]  # "of 3 May" in a title is not the report's
    if best := next((candidate.day for candidate in told if candidate.day.year), None):
        doubt = _weekday_doubt(best)
        for other in candidates:
            if not other.day.year and _count_other_words(press, other.day) >= _MOST_WORDS_IN_DATE_LINE:
                continue  # a title's, as "January 20" in what happened then is called
            if not _same_day(other.day, best) and _in_words(other.day) not in doubt:
                doubt = _join(doubt, f"{other.place} has {_in_words(other.day)}")
        return str(best.date), (best.start, best.end), doubt
    first = next((candidate.day for candidate in told), None)
    place = (first.start, first.end) if first else (0, 0)
    if (in_url := _DATE_IN_URL.search(url)) and _is_date(value := "-".join(in_url.groups())):
        month_and_day = int(value[5:7]), int(value[8:])
        agrees = any((other.day.month, other.day.first_day) == month_and_day for other in candidates)
        return value, place, "" if agrees else "only the address has it"
    month = _MONTH_AFTER_KEY.match(press.text)
    if month and first and int(month[2]) == first.month:
        return _in_year(first, int(month[1]), "")
    if month:
        return f"{month[1]}-{month[2]}", (month.start(1), month.end(2)), "the day was not found"
    if not first:
        return "", place, "no date of the report was found"
    if years := [day.year for day in days if day.year and _same_day(day, first) and day.year in term]:
        return _in_year(first, max(years), "")
    if years := [int(year) for year in _YEAR.findall(press.text) if int(year) in term]:
        return _in_year(first, max(years), f"the year is the latest that the text names, {max(years)}")
    return "", place, f"{_in_words(first)}: the year was not found"


def _in_year(day: Period, year: int, doubt: str) -> tuple[str, tuple[int, int], str]:
    dated, place = replace(day, year=year), (day.start, day.end)
    if dated.date is None:
        return "", place, f"{_in_words(day)}: {year} has no such day"
    return str(dated.date), place, _join(doubt, _weekday_doubt(dated))


def _stated_days(
    press: PressText,
    days: list[Period],
    report: datetime.date,
    speaker: re.Pattern[str],
    wait: datetime.timedelta = _LONGEST_WAIT,
) -> Iterator[Period]:
    """Yield the days on which the text says that the statement was made, in order."""
    last = press.paragraphs[-1].number if press.paragraphs else 0
    for day in days:
        paragraph = press.paragraph(day.start)
        if paragraph is None or paragraph.number == 0:
            continue
        line = press.text[paragraph.start : paragraph.end]
        alone = len(line.split()) <= 4 and day.end - day.start > len(line) / 2
        signed = len(line.split()) <= 10 and day.end == paragraph.end and speaker.search(line)
        # a day with a clock time is when the outlet put the page up; nobody signs so
        signature = paragraph.number > max(_OPENING, last - 4) and bool(alone or signed) and not _CLOCK.search(line)
        spoken = paragraph.number <= _OPENING and _is_day_of_speech(press, paragraph.start, day, speaker)
        for year in ((day.year,) if day.year else (report.year, report.year - 1)) if signature or spoken else ():
            dated = replace(day, year=year)
            if dated.date and report - wait <= dated.date <= report:
                yield dated
                break


def _is_day_of_speech(press: PressText, start: int, day: Period, speaker: re.Pattern[str]) -> bool:
    """Return whether the sentence says that the speaker spoke on this day."""
    sentence = _KEY.sub("", _sentence_before(press.text, start, day))
    after = rest[0] if (rest := _REST_OF_SENTENCE.match(press.text, day.end)) else ""
    if re.fullmatch(r"\W*(?:on|в)?\s*", sentence, re.IGNORECASE):  # it begins with the day
        verb, name = _VERB.search(after), speaker.search(after)
        return bool(verb and name and not _ANOTHER_MATTER.search(after[: max(verb.start(), name.start())]))
    verbs = list(_VERB.finditer(sentence))
    if verbs and verbs[-1]["says"]:
        between, whose = sentence[verbs[-1].end() :], _OF_OTHERS.search(sentence, 0, verbs[-1].start())
        of_others = re.match(r"\s+(?:of|by|from)\s", between) and not speaker.search(between)
        of_others = of_others or (whose and not speaker.search(whose["whose"]))
        return bool(_JUST_BEFORE.search(between) and not of_others and not _ANOTHER_MATTER.search(between))
    verb = _VERB.search(after)  # "об этом 9 мая сказала"
    return bool(verb and verb["says"] and verb.start() < 25 and not sentence.isascii())


def _follows_reporting(text: str, start: int, day: Period) -> bool:
    sentence = _sentence_before(text, start, day)
    verbs = list(_VERB.finditer(sentence))
    return bool(verbs and verbs[-1]["reports"] and not _ANOTHER_MATTER.search(sentence, verbs[-1].end()))


def _sentence_before(text: str, start: int, day: Period) -> str:
    """Return what precedes the day in its sentence, within the paragraph that begins at `start`."""
    before = text[max(start, day.start - _LONGEST_SENTENCE) : day.start]
    return before[max((match.end() for match in _SENTENCE_END.finditer(before)), default=0) :]


def _weekday_doubt(day: Period) -> str:
    if not day.has_wrong_weekday or day.date is None:
        return ""
    return f"the text names another day of the week; by the calendar it was a {_WEEKDAYS[day.date.weekday()]}"


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _same_day(one: Period, other: Period) -> bool:
    return (one.month, one.first_day) == (other.month, other.first_day)


def _in_words(day: Period) -> str:
    return str(day.date) if day.date else f"{day.first_day} {MONTHS[day.month - 1]}"


def _join(first: str, second: str) -> str:
    return "; ".join(filter(None, (first, second)))
