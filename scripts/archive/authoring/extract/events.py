"""PressText -> the events it speaks of, by their names, their days and their anniversaries; and which it is about."""

import datetime
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.authoring.extract import lexicon
from archive.authoring.extract.attribution import attributed, sentences
from archive.authoring.extract.dates import Day, days
from archive.authoring.extract.names import Named
from archive.authoring.extract.press_text import Finding, PressText
from archive.model.records import Archive, Event

_HARM = re.compile(lexicon.HARM, re.IGNORECASE)
_ANNIVERSARY = re.compile(
    r"\b(?P<years>\d{1,3})(?:st|nd|rd|th)?\s+anniversary\b(?:\s+of\b)?(?P<of>[^.;:()\"“”]{0,120})", re.IGNORECASE
)
_MORE_BEFORE = re.compile(r"\bthe\s(?!\w+(?:ani|an|ish)\s)[A-Z]\w+\s\Z")  # "the Great Patriotic War"
_PROPER = re.compile(r"\b[A-Z]\w+")
_NEAR = datetime.timedelta(days=45)  # how long before or after its day an anniversary is spoken of
_NEXT_TO = 40  # characters before a name
_AROUND = 400  # characters of a sentence that say what happened where
_LEADING = 2  # paragraphs that say what a report is about
_MOST_WORDS = 6  # of the text in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    number: int
    paragraph: int
    start: int
    end: int
    text: str
    named: tuple[Named, ...]
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where an event is spoken of; not `certain` where only a word is used that may mean something else."""

    id: str
    sentence: int
    paragraph: int
    start: int
    end: int
    certain: bool = True
    doubt: str = ""


def find_events(
    text: PressText, archive: Archive, named: Sequence[Named], reported: datetime.date | None = None
) -> tuple[Finding, ...]:
    """Each event once, where it is first spoken of: as `events` what the statement is about, as `mentions` the rest.

    It is about what the title or the first paragraphs name; where these name nothing, what several sentences speak of.
    `reported`, the day of the report, settles which anniversary is meant, and that nothing later is.
    """
    spoken = list(_spoken_of(text, archive, named, reported))
    first: dict[str, _Place] = {}
    for place in sorted(spoken, key=lambda place: (not place.certain, bool(place.doubt), place.start)):
        first.setdefault(place.id, place)
    about, doubt = _about(archive, [place for place in spoken if place.certain and place.id])
    found = [
        Finding(
            field="events" if id in about else "mentions",
            value=id,
            start=place.start,
            end=place.end,
            doubt=place.doubt,
        )
        for id, place in sorted(first.items(), key=lambda item: item[1].start)
        if id and place.certain
    ]
    if doubt:
        found.append(replace(found[0], field="events", value=None, doubt=doubt))
    found += [
        Finding(field="mentions", value=None, start=place.start, end=place.end, doubt=place.doubt)
        for place in spoken
        if not place.id or (not place.certain and first[place.id] == place)
    ]
    return tuple(found)


def find_mentions(
    text: PressText, archive: Archive, named: Sequence[Named], reported: datetime.date | None = None
) -> tuple[Finding, ...]:
    """Every place where the statement speaks of an event for certain, in order; the field is `mentions`."""
    return tuple(
        Finding(field="mentions", value=place.id, start=place.start, end=place.end, doubt=place.doubt)
        for place in sorted(_spoken_of(text, archive, named, reported), key=lambda place: place.start)
        if place.certain and place.id
    )


def _spoken_of(
    text: PressText, archive: Archive, named: Sequence[Named], reported: datetime.date | None
) -> Iterator[_Place]:
    events = [each for each in archive.events.values() if reported is None or each.date.earliest <= reported]
    for sentence in _sentences(text, named):
        found = [*_by_name(sentence, archive), *_by_day(sentence, events)]
        yield from (place for place in found if archive.events[place.id] in events)
        if not found:
            yield from _by_anniversary(sentence, events, reported)


def _sentences(text: PressText, named: Sequence[Named]) -> Iterator[_Sentence]:
    """Those of the statement; the lines at the head with them, as the title may be among them."""
    belongs = attributed(text) | {0}
    named = [each for each in named if each.ids("events")]
    places = [each.start for each in named]
    number = 0
    for paragraph in text.paragraphs:
        for start, end in sentences(text, paragraph) if paragraph.number in belongs else ():
            number += 1
            yield _Sentence(
                number=number,
                paragraph=paragraph.number,
                start=start,
                end=end,
                text=text.text[start:end],
                named=tuple(named[bisect(places, start - 1) : bisect(places, end - 1)]),
                days=days(text.text[start:end]),
            )


def _place(sentence: _Sentence, id: str, span: tuple[int, int], *, certain: bool = True, doubt: str = "") -> _Place:
    """A place by its offsets in the sentence."""
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


def _by_name(sentence: _Sentence, archive: Archive) -> Iterator[_Place]:
    """A name of several words is the event's; one word may be just a place, unless the sentence says what happened."""
    for each in sentence.named:
        start, end = each.start - sentence.start, each.end - sentence.start
        happened = _HARM.search(
            sentence.text[max(0, start - _AROUND) : start] + " " + sentence.text[end : end + _AROUND]
        )
        for id in each.ids("events"):
            whole = each.words > 1 and not _MORE_BEFORE.search(sentence.text, max(0, start - _NEXT_TO), start)
            certain = whole or (each.words == 1 and bool(happened) and _may_be(archive.events[id], sentence.days))
            doubt = "" if certain else f"{sentence.text[start:end]!r} is named; whether {id} is meant is not clear"
            yield _place(sentence, id, (start, end), certain=certain, doubt=doubt)


def _by_day(sentence: _Sentence, events: Sequence[Event]) -> Iterator[_Place]:
    """The day an event began, or its month together with its place, in a sentence that says what happened.

    Where only the day is named, it is that of the event that the others of that day are parts of.
    """
    for day in sentence.days:
        on_it = [event for event in events if _is_of(event, day)]
        placed = [event for event in on_it if _is_placed(event, sentence)]
        alone = [event for event in on_it if event.parent not in {each.id for each in on_it}]
        if placed:
            yield from (_place(sentence, event.id, (day.start, day.end)) for event in placed)
        elif day.first and _HARM.search(sentence.text):
            certain = len(alone) == 1
            doubt = "only its day is named" if certain else "only its day is named, which is that of other events too"
            yield from (
                _place(sentence, event.id, (day.start, day.end), certain=certain, doubt=doubt) for event in alone
            )


def _is_placed(event: Event, sentence: _Sentence) -> bool:
    return all(word in sentence.text for word in _PROPER.findall(event.label.partition(",")[0]))


def _by_anniversary(sentence: _Sentence, events: Sequence[Event], reported: datetime.date | None) -> Iterator[_Place]:
    """An anniversary of what no name tells: by the year it leads back to and the time of the year."""
    for match in _ANNIVERSARY.finditer(sentence.text):
        if _HARM.search(match["of"]):
            of = " ".join(match["of"].split()[:_MOST_WORDS]).rstrip(" ,")
            year = reported.year - int(match["years"]) if reported else 0
            near = [event for event in events if reported and _has_anniversary(event, year, reported)]
            if len(near) == 1 and all(word in _words_of(near[0]) for word in _PROPER.findall(match["of"])):
                doubt = f"told only by the year that the {match['years']} years lead back to, {year}"
                yield _place(sentence, near[0].id, match.span(), doubt=doubt)
            else:
                doubt = f"no event in events.yml: {match['years']} years since {of}"
                yield _place(sentence, "", match.span(), certain=False, doubt=doubt)


def _is_of(event: Event, day: Day) -> bool:
    """Whether the text gives the event's first day, all its days, the second of its two days, or its month."""
    start, span = event.date.start, day.span
    if span is None or start.mark or not day.month or start.precision != ("day" if day.first else "month"):
        return False
    if start.precision == "month":
        return start.earliest == span[0]
    whole = event.date.earliest, event.date.latest
    short = whole[1] - whole[0] <= datetime.timedelta(days=1)
    return span in (whole, (whole[0], whole[0])) or (short and span == (whole[1], whole[1]))


def _may_be(event: Event, named: Sequence[Day]) -> bool:
    """Whether none of the sentence's dates with a year contradicts the event's."""
    spans = [day.span for day in named if day.span]
    return not spans or any(first <= event.date.latest and last >= event.date.earliest for first, last in spans)


def _has_anniversary(event: Event, year: int, reported: datetime.date) -> bool:
    start = event.date.start
    if start.mark or start.precision == "year" or start.earliest.year != year:
        return False
    day = datetime.date(reported.year, start.earliest.month, min(start.earliest.day, 28))
    return abs(reported - day) <= _NEAR


def _words_of(event: Event) -> str:
    return " ".join([event.label, event.summary, *(name.name for name in event.names)])


def _about(archive: Archive, places: Sequence[_Place]) -> tuple[frozenset[str], str]:
    """What the statement is about, and what is in doubt about that."""
    leading = {place.id for place in places if place.paragraph < _LEADING}
    leading = leading or {place.id for place in places if place.paragraph <= _LEADING}
    above = {over for id in leading for over in _above(archive, id)}
    if leading - above:
        return frozenset(leading - above), ""
    times = Counter(id for id, _ in {(place.id, place.sentence) for place in places})
    often = frozenset(id for id, count in times.items() if count > 1)
    if often or not times:
        return often, ""
    if len(times) == 1:
        return frozenset(times), f"speaks once of {min(times)}; whether it is what the statement is about is not said"
    return frozenset(), f"what the statement is about is not said; it speaks once of {', '.join(sorted(times))}"


def _above(archive: Archive, id: str) -> Iterator[str]:
    while id := archive.events[id].parent:
        yield id
