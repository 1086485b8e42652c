"""Which event a figure is of: the one named nearest to it, or whose date stands there."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.drafting.number_words import MONTH_NUMBERS
from archive.drafting.numbers import Number
from archive.drafting.phrases import names_people
from archive.drafting.press import Finding
from archive.model import Event, Measure

_BOUND = re.compile(
    r"\b(?:since|after|following|before|until|till|prior to|up to|после|с|до|sonra|əvvəl)\s(?:the\s(?:end\sof\s(?:the\s)?)?)?\Z",
    re.I,
)
_RANGE = re.compile(r"\s*(?:through|to|until|till|and|up to|по|до|[-–—])\s*", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DOTTED = re.compile(r"(\d\d?)[./](\d\d?)[./](\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    event: str
    start: int
    bound: bool  # it only bounds a time: "since the war"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The event taken for a figure; "" for none. What is unclear about it says `doubt`."""

    event: str
    doubt: str = ""


class Occasions:
    """Where a text names events, by the findings for its `events` and `mentions`."""

    def __init__(
        self, text: str, events: Mapping[str, Event], findings: Sequence[Finding], numbers: Sequence[Number]
    ) -> None:
        self._events = events
        places = {(id, each.start) for each in findings for id in _ids(each.value) if id in events}
        self._found = {id for id, _ in places}
        dates = [number for number in numbers if number.kind == "date"]
        places |= set(_dated(text, dates, [events[id] for id in sorted(self._found)]))
        self._named = sorted(
            (
                _Named(event=id, start=start, bound=bool(_BOUND.search(text[max(0, start - 30) : start])))
                for id, start in places
            ),
            key=lambda named: (named.start, named.event),
        )

    def of(self, place: int, sentence: tuple[int, int], paragraph: int, measure: Measure) -> Occasion:
        """The event of a figure at this place, in this sentence, in the paragraph that begins there."""
        here = [named for named in self._named if sentence[0] <= named.start < sentence[1]]
        plain = [named for named in here if not named.bound]
        before = [named for named in plain if named.start < place]
        if before or plain:
            taken = (before or plain[:1])[-1].event
            others = [e for e in dict.fromkeys(n.event for n in plain) if e != taken and not self._related(e, taken)]
            doubt = f"the sentence also names {', '.join(others)}" if others else ""
            return self._for_measure(taken, doubt, measure, near=True)
        earlier = [named for named in self._named if named.start < sentence[0] and not named.bound]
        if earlier:
            taken = earlier[-1].event
            others = [named.event for named in earlier if not self._related(named.event, taken)]
            carried = earlier[-1].start < paragraph and others
            doubt = f"the event is not named in this paragraph; before it, {others[-1]} is named too" if carried else ""
            return self._for_measure(taken, doubt, measure, near=False)
        if len(self._found) == 1:
            return Occasion(event=next(iter(self._found)), doubt="the event is the only one found, named elsewhere")
        return self._for_measure("", "", measure, near=False)

    def _for_measure(self, taken: str, doubt: str, measure: Measure, *, near: bool) -> Occasion:
        """The event taken, or one under the same parent that is about what the measure counts."""
        for id, event in self._events.items():
            if id == taken or not _is_about(event, measure):
                continue
            if taken in self._above(id) or (not near and (not taken or self._related(id, taken))):
                return Occasion(
                    event=id, doubt="" if near else f"taken for what is counted; {taken or 'no event'} is named before"
                )
        return Occasion(event=taken, doubt=doubt)

    def _above(self, id: str) -> list[str]:
        found: list[str] = []
        while (id := self._events[id].parent if id in self._events else "") and id not in found:
            found.append(id)
        return found

    def _related(self, one: str, other: str) -> bool:
        return bool({one, *self._above(one)} & {other, *self._above(other)})


def _ids(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return (value,)
    return [id for id in value if isinstance(id, str)] if isinstance(value, (list, tuple)) else ()


def _is_about(event: Event, measure: Measure) -> bool:
    def words(label: str) -> set[str]:
        return {word for word in re.findall(r"[a-z]{5,}", label.lower()) if not names_people(word)}

    return bool(words(event.label) & words(measure.label))


def _dated(text: str, dates: Sequence[Number], events: Sequence[Event]) -> Iterator[tuple[str, int]]:
    """The events whose date stands in the text, with the places. What a range of dates ends with is not looked at."""
    read = [(number, _span(text[number.start : number.end])) for number in dates]
    ends: set[int] = set()
    years: dict[int, int] = {}
    for (one, _), (other, span) in pairwise(read):
        if _RANGE.fullmatch(text[one.end : other.start]):
            ends.add(other.start)
            if span:
                years[one.start] = span[0].year
    for number, span in read:
        if number.start in ends:
            continue
        if span is None and number.start in years:
            span = _span(f"{text[number.start : number.end]} {years[number.start]}")
        if span and (event := _at(events, *span)):
            yield event, number.start


def _span(written: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of a date as texts write it; None without a year."""
    if iso := _ISO.fullmatch(written):
        days, month, year = [int(iso[3])], int(iso[2]), int(iso[1])
    elif dotted := _DOTTED.fullmatch(written):
        days, month, year = [int(dotted[1])], int(dotted[2]), int(dotted[3])
    else:
        named = re.search(r"[^\W\d_]{3,}", re.sub(r"(?<=\d)-?c?[iıuü]\s*il\w*", "", written))
        month = next((n for stem, n in MONTH_NUMBERS if named and named[0].lower().startswith(stem)), 0)
        figures = [int(each) for each in re.findall(r"\d+", written)]
        year = next((each for each in figures if each > 31), 0)
        days = [each for each in figures if each <= 31]
    try:
        if not days:
            return datetime.date(year, month, 1), _month_end(year, month)
        return datetime.date(year, month, days[0]), datetime.date(year, month, days[-1])
    except ValueError:
        return None


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


def _at(events: Sequence[Event], first: datetime.date, last: datetime.date) -> str:
    """The shortest event that these days fall in, or else the only one that falls in these days."""
    around = [event for event in events if event.date.earliest <= first and last <= event.date.latest]
    if around:
        return min(around, key=lambda event: event.date.latest - event.date.earliest).id
    inside = [event for event in events if first <= event.date.earliest and event.date.latest <= last]
    return inside[0].id if len(inside) == 1 else ""
