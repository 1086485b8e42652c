"""The date of a report and, where the text gives it, the statement's own (editorial rule 9)."""

import datetime
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from archive.authoring.extract import dates
from archive.authoring.extract.dates import Mention
from archive.authoring.extract.press_text import Finding, PressText
from archive.model.edtf import MONTHS

_DATE_LINE = 5  # words in a line that gives a date, at most
_LONGEST_DATELINE = 60  # characters before its date
_LONGEST_SENTENCE = 600  # characters of it that are looked at
_LONGEST_WAIT = datetime.timedelta(days=45)  # between a statement and a report of it
_ANY = datetime.timedelta(days=36_525)
_BODY = 3  # paragraphs in which a report says when what it reports was said

_KEYED_MONTH = re.compile(r"^\s*date\s+((?:19|20)\d\d)-(0[1-9]|1[0-2])\b(?!-\d)", re.IGNORECASE)
_KEY = re.compile(r"^\s*date\s+[\d-]+\s+", re.IGNORECASE)
_KEY_BEFORE = re.compile(r"^\s*date\s+$", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:updated?|modified|обновлен\w*|yenilən\w*)\W*(?:on|:)?\s*$", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=\d{6}|\D|$)")
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d.,]\d|\d)")
_CLOCK = re.compile(r"(?<![\d:])\d?\d:\d\d(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]+")
_PREPOSITION = re.compile(r"\b(?:on|in|at|from|since|by|of|of the|с|в|на|от)\s+$", re.IGNORECASE)
_AFTER_DATELINE = re.compile(r"\s*(?:[.,:/|\[(–—]|-(?!\w)|\n|$|\d?\d:\d\d)")
_SENTENCE_END = re.compile(r"(?<=\w{4})[.!?][”\"»]?\s+(?=[\"“«]?[^\W\d_a-zа-яё])|\n")  # of a word, not of "Ms."
_GOES_ON = re.compile(r"(?:[^.!?\n\"“”«»]|(?<=\b\w)\.|(?<=\b\w\w)\.){0,200}")

# What a report says of itself, and what it says of the speaker; the stems of verbs in three languages
_REPORTS = (
    r"reports?|reported|informs?|informed|quoted|сообща\w+|сообщил\w*|передает|передаёт|"
    r"xəbər ver\w+|bildirilib|məlumat veri\w+"
)
_SAYS = (
    r"said|says|stated|noted|told|wrote|posted|tweeted|spoke|remarked|issued|released|made|published|sent|signed|"
    r"appealed|addressed|delivered|presented|submitted|urged|called|met|visited|participated|statement|appeal|letter|"
    r"сказала?|заявил\w*|обратил\w*|выступил\w*|распространил\w*|направил\w*|представил\w*|написал\w*|"
    r"deyib|bildirib|bəyanat\w*|müraciət\w*|çıxış\w*|yayıb|yaydığı|göndərib|ünvanlayıb|keçirilən"
)
_VERB = re.compile(rf"\b(?:(?P<reports>{_REPORTS})|(?P<says>{_SAYS}))\b", re.IGNORECASE)
_SOMETHING_ELSE = re.compile(
    r"\b(?:that|which|who|when|anniversary|connection with|regarding|concerning|dedicated|on the occasion|что|котор\w+|"
    r"годовщин\w+|в связи|ildönümü|ki)\b|[\"“”«»]",
    re.IGNORECASE,
)
_JUST_BEFORE = re.compile(
    r"(?:\b(?:on|dated|от|(?:statement|appeal|letter|report) of)|,|\bthis|об этом|[:(]|^)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    mention: Mention
    weight: int
    said: str  # where it stands, for people


def find_dates(
    press: PressText, url: str, today: datetime.date, speaker: re.Pattern[str], term: Container[int]
) -> list[Finding]:
    """The report's date as `sources[1].published`, the statement's as `date`, with `date_basis`.

    `speaker` matches what the issuer is called; `term` are the years in which who is named there can have spoken.
    What no line settles is a doubt, with the value None.
    """
    text = press.text
    named = dates.mentions(text)
    # of several at the head the last: what stands above a report's own date is of the page
    reports = sorted(_reports(press, named, term), key=lambda one: (-one.weight, -one.mention.start))
    published, doubt = _published(press, reports, url, term, named)
    if published is None:
        known = next((c.mention for c in reports), None)
        of_a_year = [mention for mention in named if mention.year]
        if dated := next(_stated(press, of_a_year, today, speaker, wait=_ANY), None):
            return [_finding("date", str(dated.date), dated), _finding("date_basis", "stated", dated)]
        at = (known.start, known.end) if known else (0, 0)
        return [Finding(field="date", value=None, start=at[0], end=at[1], doubt=doubt)]
    value, start, end = published
    day = datetime.date.fromisoformat(value) if len(value) == 10 else None
    if day and day > today:
        doubt = _and(doubt, f"{value} is after today")
    found = [Finding(field="sources[1].published", value=value, start=start, end=end, doubt=doubt)]
    stated = next(_stated(press, named, day, speaker), None) if day else None
    if stated and stated.date:
        gap = f"the report is of {value}" if abs((day or stated.date) - stated.date).days > 7 else ""
        found.append(_finding("date", stated.date.isoformat(), stated, _and(doubt if stated.date == day else "", gap)))
        found.append(_finding("date_basis", "stated", stated))
    else:
        found.append(Finding(field="date", value=value, start=start, end=end, doubt=doubt))
        found.append(Finding(field="date_basis", value="reported", start=start, end=end))
    return found


def _finding(field: str, value: str, mention: Mention, doubt: str = "") -> Finding:
    return Finding(field=field, value=value, start=mention.start, end=mention.end, doubt=doubt)


def _reports(press: PressText, named: list[Mention], term: Container[int]) -> Iterator[_Candidate]:
    """The dates that are the report's: at its head, in its dateline, beside a verb of reporting."""
    for mention in named:
        paragraph = press.paragraph(mention.start)
        if paragraph is None or paragraph.number > _BODY:
            continue
        if paragraph.number and mention.year and mention.year not in term:
            continue  # of what the report tells
        before = press.text[max(paragraph.start, mention.start - _LONGEST_DATELINE) : mention.start]
        near = mention.start - paragraph.start < _LONGEST_DATELINE
        if paragraph.number == 0:
            near = near and _words_beside(press, mention) <= _DATE_LINE
            weight = 1 if _PREPOSITION.search(before) else 2 if _UPDATED.search(before) else 4 if near else 3
            weight = 5 if _KEY_BEFORE.search(before) else weight
            yield _Candidate(mention=mention, weight=weight, said="the head of the report")
        elif (
            near
            and _is_dateline(before)
            and not _PREPOSITION.search(before)
            and (_AFTER_DATELINE.match(press.text, mention.end) or before.strip().casefold() == "date")
        ):
            yield _Candidate(mention=mention, weight=4, said="the dateline")
        elif _verb_before(press.text, paragraph.start, mention) == "reports":
            yield _Candidate(mention=mention, weight=2, said="where it says that it reports")


def _words_beside(press: PressText, mention: Mention) -> int:
    """How many words its line has besides the date, as a title or the caption of a photograph has many."""
    start = press.text.rfind("\n", 0, mention.start) + 1
    end = press.text.find("\n", mention.end)
    line = press.text[start : mention.start] + press.text[mention.end : end if end >= 0 else None]
    return len(_LETTERS.findall(line)) - line.count("UTC")


def _is_dateline(text: str) -> bool:
    """Whether every word is a name, as "BAKU, Azerbaijan" has them, but for the key "date"."""
    return not any(word[0].islower() and word != "date" for word in _LETTERS.findall(text))


def _published(
    press: PressText, candidates: list[_Candidate], url: str, term: Container[int], named: list[Mention]
) -> tuple[tuple[str, int, int] | None, str]:
    """The report's date with its place, and the doubt there is; None where it cannot be told."""
    partial = [c for c in candidates if not c.mention.date]
    if best := next((c.mention for c in candidates if c.mention.date), None):
        doubt = _wrong_weekday(best)
        for other in candidates:
            if other.mention.year is None and _words_beside(press, other.mention) >= _DATE_LINE:
                continue  # a title's, as "January 20" in what happened then is called
            if (other.mention.month, other.mention.day) != (best.month, best.day) and _words(
                other.mention
            ) not in doubt:
                doubt = _and(doubt, f"{other.said} has {_words(other.mention)}")
        return (str(best.date), best.start, best.end), doubt
    if (address := _IN_ADDRESS.search(url)) and _is_day("-".join(address.groups())):
        value = "-".join(address.groups())
        agrees = any((c.mention.month, c.mention.day) == (int(value[5:7]), int(value[8:])) for c in partial)
        at = partial[0].mention if partial else None
        return (value, at.start if at else 0, at.end if at else 0), "" if agrees else "only the address has it"
    keyed = _KEYED_MONTH.match(press.text)
    if keyed and partial and int(keyed[2]) == partial[0].mention.month:
        return _in_year(partial[0].mention, int(keyed[1]), "")
    if keyed:
        return (f"{keyed[1]}-{keyed[2]}", keyed.start(1), keyed.end(2)), "the day was not found"
    if not partial:
        return None, "no date of the report was found"
    day = partial[0].mention
    if same := [m.year for m in named if m.year and (m.month, m.day) == (day.month, day.day) and m.year in term]:
        return _in_year(day, max(same), "")
    years = [int(year) for year in _YEAR.findall(press.text) if int(year) in term]
    if not years:
        return None, f"{_words(day)}: the year was not found"
    latest = max(years)
    return _in_year(partial[0].mention, latest, f"the year is the latest that the text names, {latest}")


def _in_year(mention: Mention, year: int, doubt: str) -> tuple[tuple[str, int, int] | None, str]:
    dated = dates.in_year(mention, year)
    if dated is None or dated.date is None:
        return None, f"{_words(mention)}: {year} has no such day"
    return (dated.date.isoformat(), mention.start, mention.end), _and(doubt, _wrong_weekday(dated))


def _stated(
    press: PressText,
    named: list[Mention],
    report: datetime.date,
    speaker: re.Pattern[str],
    wait: datetime.timedelta = _LONGEST_WAIT,
) -> Iterator[Mention]:
    """The days on which the text says that the statement was made, the first first."""
    last = press.paragraphs[-1].number if press.paragraphs else 0
    for mention in named:
        paragraph = press.paragraph(mention.start)
        if paragraph is None or paragraph.number == 0:
            continue
        line = press.text[paragraph.start : paragraph.end]
        alone = len(line.split()) <= 4 and mention.end - mention.start > len(line) / 2
        signed = len(line.split()) <= 10 and mention.end == paragraph.end and speaker.search(line)
        # a day with a clock time is when the outlet put the page up; nobody signs so
        signature = paragraph.number > max(_BODY, last - 4) and bool(alone or signed) and not _CLOCK.search(line)
        if not signature and not (paragraph.number <= _BODY and _says_when(press, paragraph.start, mention, speaker)):
            continue
        years = (mention.year,) if mention.year else (report.year, report.year - 1)
        for dated in (dates.in_year(mention, year) for year in years):
            if dated and dated.date and report - wait <= dated.date <= report:
                yield dated
                break


def _says_when(press: PressText, start: int, mention: Mention, speaker: re.Pattern[str]) -> bool:
    """Whether the sentence says that the speaker spoke on this day."""
    sentence = _KEY.sub("", _sentence_before(press.text, start, mention))
    after = rest[0] if (rest := _GOES_ON.match(press.text, mention.end)) else ""
    if re.fullmatch(r"\W*(?:on|в)?\s*", sentence, re.IGNORECASE):  # it begins with the day
        verb = _VERB.search(after)
        name = speaker.search(after)
        return bool(verb and name and not _SOMETHING_ELSE.search(after[: max(verb.start(), name.start())]))
    verbs = list(_VERB.finditer(sentence))
    if verbs and verbs[-1]["says"]:
        between = sentence[verbs[-1].end() :]
        others = re.match(r"\s+(?:of|by|from)\s", between) and not speaker.search(between)
        return bool(_JUST_BEFORE.search(between) and not others and not _SOMETHING_ELSE.search(between))
    verb = _VERB.search(after)  # "об этом 9 мая сказала"
    return bool(verb and verb["says"] and verb.start() < 25 and not sentence.isascii())


def _verb_before(text: str, start: int, mention: Mention) -> str:
    sentence = _sentence_before(text, start, mention)
    verbs = list(_VERB.finditer(sentence))
    if not verbs or _SOMETHING_ELSE.search(sentence[verbs[-1].end() :]):
        return ""
    return "reports" if verbs[-1]["reports"] else "says"


def _sentence_before(text: str, start: int, mention: Mention) -> str:
    """What goes before the day in its sentence and in the paragraph that begins at `start`."""
    before = text[max(start, mention.start - _LONGEST_SENTENCE) : mention.start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


def _wrong_weekday(mention: Mention) -> str:
    if not mention.wrong_weekday or mention.date is None:
        return ""
    return f"the text names another day of the week; by the calendar it was a {_WEEKDAYS[mention.date.weekday()]}"


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _words(mention: Mention) -> str:
    if mention.date:
        return mention.date.isoformat()
    return f"{mention.day} {MONTHS[mention.month - 1]}"


def _and(first: str, second: str) -> str:
    return "; ".join(filter(None, (first, second)))
