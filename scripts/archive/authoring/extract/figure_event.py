"""Tell of which event a figure is: the one named nearest to it, by its name, its day or words such as "that war"."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.authoring.extract.dates import find_periods
from archive.authoring.extract.measures import names_people
from archive.authoring.extract.press_text import Finding
from archive.model.records import Event, Measure

_BOUND = re.compile(
    r"\b(?:since|after|following|before|until|till|prior to|up to|после|до|sonra|əvvəl)\s"
    r"(?:the\s(?:end\sof\s(?:the\s)?)?)?\Z",
    re.IGNORECASE,
)
_VILLAGES_OF = re.compile(r"\d\s((?:[^\W\d]+\s){1,2})(?:of|in)\s(?:the\s)?\Z")
_DIRECTLY = re.compile(
    r"[^\W\d]*(?:[^\S\n]+[^\W\d]+)*?\s(?:during|in|at|from|as a result of|because of)\s(?:the\s)?(?:[^\W\d]+\s){0,2}",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\b(?:this|these|that|those|said)((?:[ -][^\W\d]+){1,3})", re.IGNORECASE)
_BREAK = re.compile(r"[.!?:;][\"”’»)]*\s")
_PERIOD = re.compile(
    r"\b(?:over|in|during|for|within)\s(?:the\s)?(?:past|last|nearly|almost|about|more than)\s(?:\w+\s){0,3}?"
    r"(?:years|decades)\b",
    re.IGNORECASE,
)
_MOST_BETWEEN = 20  # characters between two events named as one: "Baku and Sumgayit"
_ONE_YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class _EventMention:
    event: str
    start: int
    end: int
    bound: bool  # it only bounds a time: "since the war"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureEvent:
    """The event of a figure, "" for none, and what is unclear about it."""

    event: str
    doubt: str = ""


class EventMentions:
    """The places where a text names events, by the findings for them.

    Those with the field `events` are the main ones: what the statement is about.
    """

    def __init__(
        self,
        text: str,
        events: Mapping[str, Event],
        measures: Mapping[str, Measure],
        findings: Sequence[Finding],
    ) -> None:
        self._text, self._events = text, events
        places = {
            (finding.start, finding.end, id) for finding in findings for id in _values(finding.value) if id in events
        }
        self._mentioned = {id for _, _, id in places}
        self._main = {
            id for finding in findings if finding.field == "events" for id in _values(finding.value) if id in events
        }
        self._days = list(_events_by_date(text, [event for event in events.values() if event.date.end], exact=True))
        places |= {
            (start, end, id) for start, end, id in _events_by_date(text, [events[id] for id in sorted(self._mentioned)])
        }
        self._mentions = [
            _EventMention(event=id, start=start, end=end, bound=_bounds_time(text, start, end, events[id]))
            for start, end, id in sorted(places)
            if not _is_counted_place(text[max(0, start - 60) : start])
        ]
        self._subjects = {
            id: {measure.id for measure in measures.values() if _is_named_for(event, measure)}
            for id, event in events.items()
        }

    def event_of(
        self, place: tuple[int, int], sentence: tuple[int, int], paragraph: int, measure: Measure
    ) -> FigureEvent:
        """Return the event of the figure at this place, in this sentence, in the paragraph that begins there."""
        mentions = [
            mention for mention in self._mentions if not mention.bound and self._can_have(mention.event, measure)
        ]
        here = [mention for mention in mentions if sentence[0] <= mention.start < sentence[1]]
        if event := self.event_of_clause(place, sentence, measure):
            return self._narrowed(event, "", measure)
        before = [mention for mention in here if mention.start < place[0]]
        if here:
            event = self._preferred(before or here[:1]).event
            others = [id for id in dict.fromkeys(mention.event for mention in here) if not self._related(id, event)]
            return self._narrowed(event, f"the sentence also names {', '.join(others)}" if others else "", measure)
        if of_period := self._event_of_period(sentence, measure):
            return of_period
        earlier = [mention for mention in mentions if mention.start < sentence[0]]
        if referred := self._referred_to(sentence, earlier):
            return self._narrowed(referred, "", measure)
        if earlier:
            return self._last_mentioned(earlier, paragraph, measure)
        main = self._main & {mention.event for mention in self._mentions}
        if len(main) == 1:
            return self._narrowed(min(main), "the event is the one that the statement is about", measure)
        return self._event_by_day(sentence) or self._narrowed("", "", measure)

    def _event_by_day(self, sentence: tuple[int, int]) -> FigureEvent | None:
        """Return the event of all days named so far, where the text names no event; None for none or several."""
        earlier = [entry for entry in self._days if entry[0] < sentence[1]]
        if len({event for _, _, event in earlier}) != 1:
            return None
        start, end, event = earlier[-1]
        words = " ".join(self._text[start:end].split())
        return FigureEvent(event=event, doubt=f"only the day is named, {words}")

    def event_of_clause(self, place: tuple[int, int], sentence: tuple[int, int], measure: Measure) -> str:
        """Return the event with which the count's own clause ends ("were killed during the war"); "" for none."""
        after = [
            mention
            for mention in self._mentions
            if place[1] <= mention.start < sentence[1] and self._can_have(mention.event, measure)
        ]
        return after[0].event if after and _DIRECTLY.fullmatch(self._text[place[1] : after[0].start]) else ""

    def _can_have(self, event: str, measure: Measure) -> bool:
        """Return whether an event can have this figure: one that is about one thing counted has no other."""
        return not self._subjects[event] or measure.id in self._subjects[event]

    def _preferred(self, mentions: Sequence[_EventMention]) -> _EventMention:
        """Return the last mention; of two named as one, that of a main event."""
        last = mentions[-1]
        beside = [
            mention
            for mention in mentions
            if 0 <= last.start - mention.end < _MOST_BETWEEN and mention.event in self._main
        ]
        return last if last.event in self._main or not beside else beside[-1]

    def _event_of_period(self, sentence: tuple[int, int], measure: Measure) -> FigureEvent | None:
        """Return the event of years above those named, where the sentence speaks of a time of years."""
        if not _PERIOD.search(self._text, *sentence):
            return None
        events = {
            mention.event for mention in self._mentions if sentence[0] <= mention.start < sentence[1]
        } or self._mentioned
        roots = {[id, *self._ancestors(id)][-1] for id in events}
        lasting = [id for id in roots if _lasts(self._events[id])]
        return (
            self._narrowed(lasting[0], "the event is the one of the years that the sentence names", measure)
            if len(lasting) == 1
            else None
        )

    def _referred_to(self, sentence: tuple[int, int], earlier: Sequence[_EventMention]) -> str:
        """Return the event that the sentence refers back to ("these operations"); "" for none."""
        for match in _REFERENCE.finditer(self._text, *sentence):
            for noun in reversed([word.rstrip("s") for word in match[1].lower().split() if len(word) > 3]):
                for mention in reversed(earlier):
                    if noun in self._text[mention.start : mention.end].lower():
                        return mention.event
        return ""

    def _last_mentioned(self, earlier: Sequence[_EventMention], paragraph: int, measure: Measure) -> FigureEvent:
        """Return the event last named; of those named together, the narrowest, and a main one before others."""
        start = max((match.end() for match in _BREAK.finditer(self._text, 0, earlier[-1].start)), default=0)
        near = [mention for mention in earlier if mention.start >= start]
        ancestors = {id for mention in near for id in self._ancestors(mention.event)}
        narrowest = [mention for mention in near if mention.event not in ancestors]
        event = ([mention for mention in narrowest if mention.event in self._main] or narrowest)[-1].event
        others = [mention.event for mention in earlier if not self._related(mention.event, event)]
        unclear = others and earlier[-1].start < paragraph
        return self._narrowed(
            event, f"the event is not named here; {others[-1]} is named before, too" if unclear else "", measure
        )

    def _narrowed(self, id: str, doubt: str, measure: Measure) -> FigureEvent:
        """Return the event or, if it is of years or none, one under the same parent that is named for the measure."""
        event = self._events.get(id)
        if event is None or _lasts(event):
            for other, measures in self._subjects.items():
                if (
                    other != id
                    and measure.id in measures
                    and (self._related(other, id) if id else other in self._mentioned)
                ):
                    return FigureEvent(event=other, doubt=doubt)
        return FigureEvent(event=id, doubt=doubt)

    def _ancestors(self, id: str) -> list[str]:
        ancestors: list[str] = []
        while (id := self._events[id].parent if id in self._events else "") and id not in ancestors:
            ancestors.append(id)
        return ancestors

    def _related(self, one: str, other: str) -> bool:
        return bool({one, *self._ancestors(one)} & {other, *self._ancestors(other)})


def _bounds_time(text: str, start: int, end: int, event: Event) -> bool:
    """Return whether a name only bounds a time: "since the war".

    "Since 27 September 2020" does not, if the event began on that day.
    """
    match = _BOUND.search(text[max(0, start - 30) : start])
    day = next(iter(find_periods(text[start:end])), None)
    began = day is not None and day.span is not None and day.span[0] == event.date.earliest
    return match is not None and not (began and match[0].lower().startswith("since"))


def _is_counted_place(before: str) -> bool:
    """Return whether what follows these words is only part of what is counted: "150 villages of"."""
    match = _VILLAGES_OF.search(before)
    return match is not None and not names_people(match[1])


def _values(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return [id for id in value if isinstance(id, str)] if isinstance(value, (list, tuple)) else ()


def _is_named_for(event: Event, measure: Measure) -> bool:
    """Return whether the event is named for what the measure counts: "Missing persons" for "People missing"."""
    return bool(_subject_words(event.label) & _subject_words(measure.label))


@lru_cache(maxsize=4_096)
def _subject_words(label: str) -> frozenset[str]:
    """Return the words of a label that tell its subject, without those for people."""
    return frozenset(word for word in re.findall(r"[a-z]{5,}", label.lower()) if not names_people(word))


def _lasts(event: Event) -> bool:
    """Return whether the event is one of years: it has no end, or one more than a year later."""
    return (
        event.date.end is None and event.date.start.precision == "year"
    ) or event.date.latest - event.date.earliest > _ONE_YEAR


def _events_by_date(text: str, events: Sequence[Event], *, exact: bool = False) -> Iterator[tuple[int, int, str]]:
    """Find the events of the days, and unless `exact` of the months, that the text names, with their places."""
    for day in find_periods(text):
        if day.span and (day.first_day if exact else day.month) and (event := _event_at(events, *day.span)):
            yield day.start, day.end, event


def _event_at(events: Sequence[Event], first: datetime.date, last: datetime.date) -> str:
    """Return the shortest event that contains these days, or else the only one that they contain; "" for none."""
    containing = [event for event in events if event.date.earliest <= first and last <= event.date.latest]
    if containing:
        return min(containing, key=lambda event: event.date.latest - event.date.earliest).id
    contained = [event for event in events if first <= event.date.earliest and event.date.latest <= last]
    return contained[0].id if len(contained) == 1 else ""
