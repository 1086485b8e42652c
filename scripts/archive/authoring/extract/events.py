"""Find the events that a statement speaks of, by name, date and anniversary, and tell which it is about."""

import datetime
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.authoring.extract import lexicon
from archive.authoring.extract.attribution import attributed, sentences
from archive.authoring.extract.dates import Period, find_periods
from archive.authoring.extract.names import NamedAuthority
from archive.authoring.extract.press_text import Finding, PressText, first_words
from archive.model.records import Archive, Event

_HARM_WORDS = re.compile(lexicon.HARM_WORDS, re.IGNORECASE)
_ANNIVERSARY = re.compile(
    r"\b(?P<years>\d{1,3})(?:st|nd|rd|th)?\s+anniversary\b(?:\s+of\b)?(?P<of>[^.;:()\"“”]{0,120})", re.IGNORECASE
)
_LONGER_NAME = re.compile(r"\bthe\s(?!\w+(?:ani|an|ish)\s)[A-Z]\w+\s\Z")  # "the Great Patriotic War"
_PROPER_NOUN = re.compile(r"\b[A-Z]\w+")
_NEAR_ANNIVERSARY = datetime.timedelta(days=45)  # how long before or after its day an anniversary is spoken of
_BEFORE_NAME = 40  # characters before a name
_CONTEXT = 400  # characters of a sentence that say what happened where
_LEADING = 2  # paragraphs that say what a report is about


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    number: int
    paragraph: int
    start: int
    end: int
    text: str
    named: tuple[NamedAuthority, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A place where an event is spoken of; not `certain` if only a word is used that may mean something else."""

    id: str
    sentence: int
    paragraph: int
    start: int
    end: int
    certain: bool = True
    doubt: str = ""


def find_events(
    text: PressText, archive: Archive, named: Sequence[NamedAuthority], reported: datetime.date | None = None
) -> tuple[Finding, ...]:
    """Return each event once, at its first place: the main ones as `events`, the others as `mentions`.

    The statement is about what its title or first paragraphs name or, if these name nothing, what several sentences
    speak of. `reported`, the day of the report, settles which anniversary is meant, and excludes later events.
    """
    places = list(_find_places(text, archive, named, reported))
    first: dict[str, _Place] = {}
    for place in sorted(places, key=lambda place: (not place.certain, bool(place.doubt), place.start)):
        first.setdefault(place.id, place)
    main, doubt = _main_events(archive, [place for place in places if place.certain and place.id])
    findings = [
        Finding(
            field="events" if id in main else "mentions",
            value=id,
            start=place.start,
            end=place.end,
            doubt=place.doubt,
        )
        for id, place in sorted(first.items(), key=lambda item: item[1].start)
        if id and place.certain
    ]
    if doubt:
        findings.append(replace(findings[0], field="events", value=None, doubt=doubt))
    findings += [
        Finding(field="mentions", value=None, start=place.start, end=place.end, doubt=place.doubt)
        for place in places
        if not place.id or (not place.certain and first[place.id] == place)
    ]
    return tuple(findings)


def find_mentions(
    text: PressText, archive: Archive, named: Sequence[NamedAuthority], reported: datetime.date | None = None
) -> tuple[Finding, ...]:
    """Return every certain place of an event, in order; the field is `mentions`."""
    return tuple(
        Finding(field="mentions", value=place.id, start=place.start, end=place.end, doubt=place.doubt)
        for place in sorted(_find_places(text, archive, named, reported), key=lambda place: place.start)
        if place.certain and place.id
    )


def _find_places(
    text: PressText, archive: Archive, named: Sequence[NamedAuthority], reported: datetime.date | None
) -> Iterator[_Place]:
    events = [event for event in archive.events.values() if reported is None or event.date.earliest <= reported]
    for sentence in _sentences(text, named):
        places = [*_places_by_name(sentence, archive), *_places_by_date(sentence, events)]
        yield from (place for place in places if archive.events[place.id] in events)
        if not places:
            yield from _places_by_anniversary(sentence, events, reported)


def _sentences(text: PressText, named: Sequence[NamedAuthority]) -> Iterator[_Sentence]:
    """Yield the sentences of the statement and of the head, which may hold its title."""
    paragraphs = attributed(text) | {0}
    named = [name for name in named if name.ids("events")]
    starts = [name.start for name in named]
    number = 0
    for paragraph in text.paragraphs:
        for start, end in sentences(text, paragraph) if paragraph.number in paragraphs else ():
            number += 1
            yield _Sentence(
                number=number,
                paragraph=paragraph.number,
                start=start,
                end=end,
                text=text.text[start:end],
                named=tuple(named[bisect(starts, start - 1) : bisect(starts, end - 1)]),
                periods=find_periods(text.text[start:end]),
            )


def _place_in(sentence: _Sentence, id: str, span: tuple[int, int], *, certain: bool = True, doubt: str = "") -> _Place:
    """Return a place by its offsets in the sentence."""
    start, end = (sentence.start + offset for offset in span)
    return _Place(
        id=id,
        sentence=sentence.number,
        paragraph=sentence.paragraph,
        start=start,
        end=end,
        certain=certain,
        doubt=doubt,
    )


def _places_by_name(sentence: _Sentence, archive: Archive) -> Iterator[_Place]:
    """Find events by name.

    A name of several words is the event's; one word may be a mere place, unless the sentence says what happened.
    """
    for name in sentence.named:
        start, end = name.start - sentence.start, name.end - sentence.start
        happened = _HARM_WORDS.search(
            sentence.text[max(0, start - _CONTEXT) : start] + " " + sentence.text[end : end + _CONTEXT]
        )
        for id in name.ids("events"):
            unambiguous = name.words > 1 and not _LONGER_NAME.search(sentence.text, max(0, start - _BEFORE_NAME), start)
            certain = unambiguous or (
                name.words == 1 and bool(happened) and _agrees_with(archive.events[id], sentence.periods)
            )
            doubt = "" if certain else f"{sentence.text[start:end]!r} is named; whether {id} is meant is not clear"
            yield _place_in(sentence, id, (start, end), certain=certain, doubt=doubt)


def _places_by_date(sentence: _Sentence, events: Sequence[Event]) -> Iterator[_Place]:
    """Find events by their first day, or by month and place, in a sentence that says what happened.

    Where only the day is named, it is that of the event that the others of that day are parts of.
    """
    for period in sentence.periods:
        dated = [event for event in events if _begins_in(event, period)]
        placed = [event for event in dated if _is_placed(event, sentence)]
        topmost = [event for event in dated if event.parent not in {other.id for other in dated}]
        if placed:
            yield from (_place_in(sentence, event.id, (period.start, period.end)) for event in placed)
        elif period.first_day and _HARM_WORDS.search(sentence.text):
            certain = len(topmost) == 1
            doubt = "only its day is named" if certain else "only its day is named, which is that of other events too"
            yield from (
                _place_in(sentence, event.id, (period.start, period.end), certain=certain, doubt=doubt)
                for event in topmost
            )


def _is_placed(event: Event, sentence: _Sentence) -> bool:
    return all(word in sentence.text for word in _PROPER_NOUN.findall(event.label.partition(",")[0]))


def _places_by_anniversary(
    sentence: _Sentence, events: Sequence[Event], reported: datetime.date | None
) -> Iterator[_Place]:
    """Find an event by its anniversary alone: by the year it began and the time of the year."""
    for match in _ANNIVERSARY.finditer(sentence.text):
        if _HARM_WORDS.search(match["of"]):
            of = first_words(match["of"]).rstrip(" ,")
            year = reported.year - int(match["years"]) if reported else 0
            near = [event for event in events if reported and _has_anniversary(event, year, reported)]
            if len(near) == 1 and all(word in _text_of(near[0]) for word in _PROPER_NOUN.findall(match["of"])):
                doubt = f"known only by its year: {match['years']} years before the report is {year}"
                yield _place_in(sentence, near[0].id, match.span(), doubt=doubt)
            else:
                doubt = f"no event in events.yml: {match['years']} years since {of}"
                yield _place_in(sentence, "", match.span(), certain=False, doubt=doubt)


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


def _agrees_with(event: Event, periods: Sequence[Period]) -> bool:
    """Return whether none of the sentence's dates with a year contradicts the event's."""
    spans = [period.span for period in periods if period.span]
    return not spans or any(first <= event.date.latest and last >= event.date.earliest for first, last in spans)


def _has_anniversary(event: Event, year: int, reported: datetime.date) -> bool:
    start = event.date.start
    if start.mark or start.precision == "year" or start.earliest.year != year:
        return False
    day = datetime.date(reported.year, start.earliest.month, min(start.earliest.day, 28))
    return abs(reported - day) <= _NEAR_ANNIVERSARY


def _text_of(event: Event) -> str:
    return " ".join([event.label, event.summary, *(name.name for name in event.names)])


def _main_events(archive: Archive, places: Sequence[_Place]) -> tuple[frozenset[str], str]:
    """Return what the statement is about, and the doubt about that."""
    leading = {place.id for place in places if place.paragraph < _LEADING}
    leading = leading or {place.id for place in places if place.paragraph <= _LEADING}
    ancestors = {ancestor for id in leading for ancestor in _ancestors(archive, id)}
    if leading - ancestors:
        return frozenset(leading - ancestors), ""
    times = Counter(id for id, _ in {(place.id, place.sentence) for place in places})
    repeated = frozenset(id for id, count in times.items() if count > 1)
    if repeated or not times:
        return repeated, ""
    if len(times) == 1:
        return frozenset(times), f"speaks once of {min(times)}; whether it is what the statement is about is not said"
    return frozenset(), f"what the statement is about is not said; it speaks once of {', '.join(sorted(times))}"


def _ancestors(archive: Archive, id: str) -> Iterator[str]:
    while id := archive.events[id].parent:
        yield id
