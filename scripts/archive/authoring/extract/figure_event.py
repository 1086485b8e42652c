"""Which event a figure is of: the one named nearest to it, by its name, by its day, or by "that war"."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.authoring.extract.dates import days
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
_AGAIN = re.compile(r"\b(?:this|these|that|those|said)((?:[ -][^\W\d]+){1,3})", re.IGNORECASE)
_BREAK = re.compile(r"[.!?:;][\"”’»)]*\s")
_PERIOD = re.compile(
    r"\b(?:over|in|during|for|within)\s(?:the\s)?(?:past|last|nearly|almost|about|more than)\s(?:\w+\s){0,3}?"
    r"(?:years|decades)\b",
    re.IGNORECASE,
)
_BESIDE = 20  # characters between two events named as one: "Baku and Sumgayit"
_LONG = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    event: str
    start: int
    end: int
    bound: bool  # it only bounds a time: "since the war"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The event taken for a figure; "" for none. What is unclear about it says `doubt`."""

    event: str
    doubt: str = ""


class Occasions:
    """Where a text names events, by the findings for them; those with the field `events` are what it is about."""

    def __init__(
        self,
        text: str,
        events: Mapping[str, Event],
        measures: Mapping[str, Measure],
        findings: Sequence[Finding],
    ) -> None:
        self._text, self._events = text, events
        places = {(each.start, each.end, id) for each in findings for id in _ids(each.value) if id in events}
        self._found = {id for _, _, id in places}
        self._main = {id for each in findings if each.field == "events" for id in _ids(each.value) if id in events}
        self._days = list(_dated(text, [event for event in events.values() if event.date.end], exact=True))
        places |= {(start, end, id) for start, end, id in _dated(text, [events[id] for id in sorted(self._found)])}
        self._named = [
            _Named(event=id, start=start, end=end, bound=_bounds(text, start, end, events[id]))
            for start, end, id in sorted(places)
            if not _is_counted(text[max(0, start - 60) : start])
        ]
        self._about = {
            id: {measure.id for measure in measures.values() if _is_about(event, measure)}
            for id, event in events.items()
        }

    def of(self, place: tuple[int, int], sentence: tuple[int, int], paragraph: int, measure: Measure) -> Occasion:
        """The event of the figure at this place, in this sentence, in the paragraph that begins there."""
        named = [each for each in self._named if not each.bound and self._may_have(each.event, measure)]
        here = [each for each in named if sentence[0] <= each.start < sentence[1]]
        if taken := self.directly(place, sentence, measure):
            return self._of_measure(taken, "", measure)
        before = [each for each in here if each.start < place[0]]
        if here:
            taken = self._with_main(before or here[:1]).event
            others = [id for id in dict.fromkeys(each.event for each in here) if not self._related(id, taken)]
            return self._of_measure(taken, f"the sentence also names {', '.join(others)}" if others else "", measure)
        if long := self._of_period(sentence, measure):
            return long
        earlier = [each for each in named if each.start < sentence[0]]
        if again := self._again(sentence, earlier):
            return self._of_measure(again, "", measure)
        if earlier:
            return self._carried(earlier, paragraph, measure)
        main = self._main & {each.event for each in self._named}
        if len(main) == 1:
            return self._of_measure(min(main), "the event is the one that the statement is about", measure)
        return self._by_day(sentence) or self._of_measure("", "", measure)

    def _by_day(self, sentence: tuple[int, int]) -> Occasion | None:
        """The event in whose time every day falls that the text has named, though it names no event."""
        earlier = [each for each in self._days if each[0] < sentence[1]]
        if len({event for _, _, event in earlier}) != 1:
            return None
        start, end, event = earlier[-1]
        said = " ".join(self._text[start:end].split())
        return Occasion(event=event, doubt=f"only the day is named, {said}")

    def directly(self, place: tuple[int, int], sentence: tuple[int, int], measure: Measure) -> str:
        """The event that the count's own clause ends with: "were killed during the war"; "" for none."""
        after = [n for n in self._named if place[1] <= n.start < sentence[1] and self._may_have(n.event, measure)]
        return after[0].event if after and _DIRECTLY.fullmatch(self._text[place[1] : after[0].start]) else ""

    def _may_have(self, event: str, measure: Measure) -> bool:
        """Whether an event may have this figure: one that is about one thing counted has no other."""
        return not self._about[event] or measure.id in self._about[event]

    def _with_main(self, named: Sequence[_Named]) -> _Named:
        """The last of them; of two named as one, that which the statement is about."""
        last = named[-1]
        beside = [each for each in named if 0 <= last.start - each.end < _BESIDE and each.event in self._main]
        return last if last.event in self._main or not beside else beside[-1]

    def _of_period(self, sentence: tuple[int, int], measure: Measure) -> Occasion | None:
        """The event of years above what the sentence names, where it speaks of a time of years."""
        if not _PERIOD.search(self._text, *sentence):
            return None
        inside = {each.event for each in self._named if sentence[0] <= each.start < sentence[1]} or self._found
        roots = {[id, *self._above(id)][-1] for id in inside}
        wide = [id for id in roots if _lasts(self._events[id])]
        return (
            self._of_measure(wide[0], "told by the years of which the sentence speaks", measure)
            if len(wide) == 1
            else None
        )

    def _again(self, sentence: tuple[int, int], earlier: Sequence[_Named]) -> str:
        """The event that the sentence takes up again: "these operations"."""
        for match in _AGAIN.finditer(self._text, *sentence):
            for noun in reversed([word.rstrip("s") for word in match[1].lower().split() if len(word) > 3]):
                for each in reversed(earlier):
                    if noun in self._text[each.start : each.end].lower():
                        return each.event
        return ""

    def _carried(self, earlier: Sequence[_Named], paragraph: int, measure: Measure) -> Occasion:
        """The event last named; of those named together, the narrowest, and that which the statement is about."""
        start = max((match.end() for match in _BREAK.finditer(self._text, 0, earlier[-1].start)), default=0)
        near = [each for each in earlier if each.start >= start]
        above = {id for each in near for id in self._above(each.event)}
        narrow = [each for each in near if each.event not in above]
        taken = ([each for each in narrow if each.event in self._main] or narrow)[-1].event
        others = [each.event for each in earlier if not self._related(each.event, taken)]
        unclear = others and earlier[-1].start < paragraph
        return self._of_measure(
            taken, f"the event is not named here; {others[-1]} is named before, too" if unclear else "", measure
        )

    def _of_measure(self, taken: str, doubt: str, measure: Measure) -> Occasion:
        """The event taken; where it is of years, or none, one under the same parent about what the measure counts."""
        event = self._events.get(taken)
        if event is None or _lasts(event):
            for id, about in self._about.items():
                if id != taken and measure.id in about and (self._related(id, taken) if taken else id in self._found):
                    return Occasion(event=id, doubt=doubt)
        return Occasion(event=taken, doubt=doubt)

    def _above(self, id: str) -> list[str]:
        found: list[str] = []
        while (id := self._events[id].parent if id in self._events else "") and id not in found:
            found.append(id)
        return found

    def _related(self, one: str, other: str) -> bool:
        return bool({one, *self._above(one)} & {other, *self._above(other)})


def _bounds(text: str, start: int, end: int, event: Event) -> bool:
    """Whether a name only bounds a time: "since the war"; not "since 27 September 2020", the day on which it began."""
    match = _BOUND.search(text[max(0, start - 30) : start])
    day = next(iter(days(text[start:end])), None)
    began = day is not None and day.span is not None and day.span[0] == event.date.earliest
    return match is not None and not (began and match[0].lower().startswith("since"))


def _is_counted(before: str) -> bool:
    """Whether what these words lead to is only part of what is counted: "150 villages of"."""
    match = _VILLAGES_OF.search(before)
    return match is not None and not names_people(match[1])


def _ids(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return [id for id in value if isinstance(id, str)] if isinstance(value, (list, tuple)) else ()


def _is_about(event: Event, measure: Measure) -> bool:
    """Whether the event is named for what the measure counts: "Missing persons" for "People missing"."""
    return bool(_subject(event.label) & _subject(measure.label))


@lru_cache(maxsize=4_096)
def _subject(label: str) -> frozenset[str]:
    """The words of a label that say what it is of, without those for people."""
    return frozenset(word for word in re.findall(r"[a-z]{5,}", label.lower()) if not names_people(word))


def _lasts(event: Event) -> bool:
    """Whether it is of years: it has no end, or one more than a year later."""
    return (
        event.date.end is None and event.date.start.precision == "year"
    ) or event.date.latest - event.date.earliest > _LONG


def _dated(text: str, events: Sequence[Event], *, exact: bool = False) -> Iterator[tuple[int, int, str]]:
    """The events in whose time the days, and unless `exact` the months, that the text names fall, with the places."""
    for day in days(text):
        if day.span and (day.first if exact else day.month) and (event := _at(events, *day.span)):
            yield day.start, day.end, event


def _at(events: Sequence[Event], first: datetime.date, last: datetime.date) -> str:
    """The shortest event that these days fall in, or else the only one that falls in these days."""
    around = [event for event in events if event.date.earliest <= first and last <= event.date.latest]
    if around:
        return min(around, key=lambda event: event.date.latest - event.date.earliest).id
    inside = [event for event in events if first <= event.date.earliest and event.date.latest <= last]
    return inside[0].id if len(inside) == 1 else ""
