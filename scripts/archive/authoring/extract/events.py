"""Find the events that a statement speaks of, by name, by place and by day, and tell which it is about."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.authoring.extract import lexicon
from archive.authoring.extract.attribution import attributed, sentences
from archive.authoring.extract.dates import Period, find_periods
from archive.authoring.extract.names import NamedAuthority
from archive.authoring.extract.press_text import Finding, PressText
from archive.model.records import Archive, Event

_HARM_WORDS = re.compile(lexicon.HARM_WORDS, re.IGNORECASE)
_LONGER_NAME = re.compile(r"\bthe\s(?!\w+(?:ani|an|ish)\s)[A-Z]\w+\s\Z")  # "the Great Patriotic War"
_PROPER_NOUN = re.compile(r"\b[A-Z]\w+")
_RECENT = datetime.timedelta(days=21)  # before a report, in which what it tells of a place happened
_ONE_YEAR = datetime.timedelta(days=365)
_LEADING = 2  # paragraphs that say what a report is about


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """A place where an event is spoken of; not `certain` if only a word is used that may mean something else."""

    id: str
    sentence: int
    paragraph: int
    start: int
    end: int
    certain: bool = True
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    number: int
    paragraph: int
    start: int
    text: str
    named: tuple[NamedAuthority, ...]
    periods: tuple[Period, ...]

    def mention(self, id: str, start: int, end: int, *, certain: bool = True, doubt: str = "") -> _Mention:
        """Return a mention by its offsets in the sentence."""
        return _Mention(
            id=id,
            sentence=self.number,
            paragraph=self.paragraph,
            start=self.start + start,
            end=self.start + end,
            certain=certain,
            doubt=doubt,
        )


def find_events(
    text: PressText, archive: Archive, named: Sequence[NamedAuthority], reported: datetime.date | None = None
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return each event once, at its first place, and every certain place of each.

    The main ones are for `events`, the others for `mentions`. The statement is about what its title or first
    paragraphs name or, if these name nothing, what several sentences speak of. `reported`, the day of the report,
    settles which year or incident is meant, and excludes later events.
    """
    mentions = list(_find_mentions(text, archive, named, reported))
    certain = [mention for mention in mentions if mention.certain and mention.id]
    main, doubt = _main_events(archive, certain)
    first: dict[str, _Mention] = {}
    for mention in sorted(mentions, key=lambda mention: (not mention.certain, bool(mention.doubt), mention.start)):
        first.setdefault(mention.id, mention)
    in_order = sorted(first.values(), key=lambda mention: mention.start)
    findings = [_finding(mention, main) for mention in in_order if mention.certain and mention.id]
    if main:
        findings = [
            replace(finding, doubt=finding.doubt or doubt) if finding.field == "events" else finding
            for finding in findings
        ]
    elif doubt:
        findings.append(replace(findings[0], field="events", value=None, doubt=doubt))
    findings += [
        replace(_finding(mention, main), field="mentions", value=None) for mention in in_order if not mention.certain
    ]
    places = sorted(certain, key=lambda mention: mention.start)
    return tuple(findings), tuple(replace(_finding(mention, main), doubt="") for mention in places)


def _finding(mention: _Mention, main: frozenset[str]) -> Finding:
    field = "events" if mention.id in main else "mentions"
    return Finding(field=field, value=mention.id, start=mention.start, end=mention.end, doubt=mention.doubt)


def _find_mentions(
    text: PressText, archive: Archive, named: Sequence[NamedAuthority], reported: datetime.date | None
) -> Iterator[_Mention]:
    events = {id: event for id, event in archive.events.items() if reported is None or event.date.earliest <= reported}
    told = list(_sentences(text, named, reported))
    by_name = {sentence.number: list(_by_name(sentence, events)) for sentence in told}
    context = {
        mention.id
        for mentions in by_name.values()
        for mention in mentions
        if mention.certain and mention.paragraph < _LEADING and not lasts(events[mention.id])
    }
    for sentence in told:
        mentions = [*by_name[sentence.number], *_by_place(sentence, archive, events, context, reported)]
        certain = [mention for mention in mentions if mention.certain]
        mentions += _by_day(sentence, events, {mention.id for mention in certain})
        yield from mentions


def _sentences(text: PressText, named: Sequence[NamedAuthority], reported: datetime.date | None) -> Iterator[_Sentence]:
    """Yield the sentences of the statement and of the head, which may hold its title."""
    paragraphs = attributed(text) | {0}
    number = 0
    for paragraph in text.paragraphs:
        for start, end in sentences(text, paragraph) if paragraph.number in paragraphs else ():
            number += 1
            part = text.text[start:end]
            yield _Sentence(
                number=number,
                paragraph=paragraph.number,
                start=start,
                text=part,
                named=tuple(name for name in named if start <= name.start < end),
                periods=tuple(_with_year(period, reported) for period in find_periods(part) if _in_words(part, period)),
            )


def _in_words(text: str, period: Period) -> bool:
    """Return whether a period is one of the text, and not a date in digits, as pages have it."""
    return not period.month or any(character.isalpha() for character in text[period.start : period.end])


def _with_year(period: Period, reported: datetime.date | None) -> Period:
    """Return a day that the text gives without a year as one of the report's year, unless it is later than that."""
    if period.year or not reported or not period.first_day:
        return period
    dated = replace(period, year=reported.year)
    return dated if dated.span and dated.span[1] <= reported else period


def _by_name(sentence: _Sentence, events: Mapping[str, Event]) -> Iterator[_Mention]:
    """Find events by names of several words, or by words that `said` has."""
    for name in sentence.named:
        start, end = name.start - sentence.start, name.end - sentence.start
        ids = [id for id in name.ids("events") if id in events]
        if ids and not (name.words == 1 and sentence.text[start].isupper()):
            longer = bool(_LONGER_NAME.search(sentence.text, 0, start))
            for id in ids:
                doubt = _not_clear(sentence.text[start:end], id) if longer else ""
                yield sentence.mention(id, start, end, certain=not longer, doubt=doubt)


def _by_place(
    sentence: _Sentence,
    archive: Archive,
    events: Mapping[str, Event],
    context: set[str],
    reported: datetime.date | None,
) -> Iterator[_Mention]:
    """Find events by their place, or by a name that is one, in a sentence that says what happened.

    One is meant if the sentence gives its day or month, or no other time and it is known by that name, is part of a
    short event that the text names, or has just happened.
    """
    if not _HARM_WORDS.search(sentence.text):
        return
    for name in sentence.named:
        start, end = name.start - sentence.start, name.end - sentence.start
        word = sentence.text[start:end]
        by_name = {id for id in name.ids("events") if id in events and name.words == 1 and word[0].isupper()}
        places = {id for id in name.ids("places") if id not in archive.places[id].country}  # not where a state is named
        at_place = {event.id for event in events.values() if places & set(event.places)}
        dated = [id for id in by_name | at_place if any(_begins_in(events[id], period) for period in sentence.periods)]
        if dated:
            days = [id for id in dated if events[id].date.start.precision == "day"]
            yield from (sentence.mention(id, start, end) for id in sorted(days or dated))
            continue
        possible = [id for id in sorted(by_name | at_place) if _agrees_with(events[id], sentence.periods)]
        known = [id for id in possible if any(_overlap(events[id], events[other]) for other in context - {id})]
        known = known or [id for id in possible if id in by_name and _is_known_as(events[id], word)]
        known = known or (possible if len(possible) == 1 and possible[0] in by_name else [])
        meant = known or [id for id in possible if _is_meant(events[id], sentence, reported)]
        topmost = [id for id in meant if not set(_above(id, events)) & set(meant)]
        if len(topmost) == 1:
            yield sentence.mention(topmost[0], start, end)
        elif by_name & set(possible):
            id = min(by_name & set(possible))
            yield sentence.mention(id, start, end, certain=False, doubt=_not_clear(word, id))


def _is_meant(event: Event, sentence: _Sentence, reported: datetime.date | None) -> bool:
    """Return whether an incident is of the time that the sentence gives or, if it gives none, has just happened."""
    if lasts(event) or any(period.span for period in sentence.periods):
        return not lasts(event)
    return reported is not None and event.date.start.precision != "year" and reported - event.date.latest <= _RECENT


def _not_clear(words: str, id: str) -> str:
    return f"{words!r} is named; whether {id} is meant is not clear"


def _by_day(sentence: _Sentence, events: Mapping[str, Event], named: set[str]) -> Iterator[_Mention]:
    """Find events by their first day alone, where something happened and no event of that day is named."""
    for period in sentence.periods if _HARM_WORDS.search(sentence.text) else ():
        dated = [event for event in events.values() if _begins_in(event, period)]
        dated = [event for event in dated if period.first_day or _is_placed(event, sentence)]
        topmost = [event for event in dated if event.parent not in {other.id for other in dated}]
        if named & {event.id for event in dated}:
            continue
        certain = len(topmost) == 1
        if certain and not period.first_day:
            yield sentence.mention(topmost[0].id, period.start, period.end)
            continue
        doubt = "only its day is named" if certain else "only its day is named, which is that of other events too"
        for event in topmost:
            yield sentence.mention(event.id, period.start, period.end, certain=certain, doubt=doubt)


def _begins_in(event: Event, period: Period) -> bool:
    """Return whether the period is the event's first day, all its days, the second of its two days, or its month."""
    start, span = event.date.start, period.span
    if span is None or start.mark or not period.month or start.precision != ("day" if period.first_day else "month"):
        return False
    if start.precision == "month":
        return start.earliest == span[0]
    days = event.date.earliest, event.date.latest
    two_days = days[1] - days[0] <= datetime.timedelta(days=1)
    return span in (days, (days[0], days[0])) or (two_days and span == (days[1], days[1]))


def _is_placed(event: Event, sentence: _Sentence) -> bool:
    return all(word in sentence.text for word in _PROPER_NOUN.findall(event.label.partition(",")[0]))


def _agrees_with(event: Event, periods: Sequence[Period]) -> bool:
    """Return whether none of the sentence's dates with a year contradicts the event's."""
    spans = [period.span for period in periods if period.span]
    return not spans or any(first <= event.date.latest and last >= event.date.earliest for first, last in spans)


def _overlap(one: Event, other: Event) -> bool:
    """Return whether an incident is of the time of another."""
    in_time = one.date.earliest <= other.date.latest and other.date.earliest <= one.date.latest
    return in_time and not lasts(one)


def _is_known_as(event: Event, word: str) -> bool:
    """Return whether the event has a longer name with this word in it, "Khojaly tragedy", or is a long conflict."""
    if lasts(event) and event.parent == "":
        return True
    stem = word[: max(4, len(word) - 3)]
    return any(stem in name.name and " " in name.name for name in event.names)


def lasts(event: Event) -> bool:
    """Return whether the event is one of years, or has no end: a conflict, and not an incident."""
    open_end = event.date.end is None and event.date.start.precision != "day"
    return (open_end and "from" in event.label) or event.date.latest - event.date.earliest > _ONE_YEAR


def _main_events(archive: Archive, mentions: Sequence[_Mention]) -> tuple[frozenset[str], str]:
    """Return what the statement is about, and the doubt about that."""
    events = archive.events
    leading = {mention.id for mention in mentions if mention.paragraph < _LEADING}
    leading = leading or {mention.id for mention in mentions if mention.paragraph <= _LEADING}
    main = leading - {above for id in leading for above in _above(id, events)}
    times = Counter(id for id, _ in {(mention.id, mention.sentence) for mention in mentions})
    doubt = ""
    if not main:
        main = {id for id, count in times.items() if count > 1}
        doubt = "not in the lead, but in several sentences; see whether the statement is about it"
    if not main and len(times) == 1:
        main, doubt = set(times), "named once; see whether the statement is about it"
    wide = {id for id in main if lasts(events[id]) and any(event.parent == id for event in events.values())}
    if main and main == wide:
        doubt = doubt or "a whole conflict; see whether the statement is about something in it"
    if main:
        return frozenset(main if doubt else main - wide or main), doubt
    once = ", ".join(sorted(times))
    return frozenset(), f"what the statement is about is not said; it speaks once of {once}" if times else ""


def _above(id: str, events: Mapping[str, Event]) -> Iterator[str]:
    while (event := events.get(id)) and (id := event.parent) and id in events:
        yield id
