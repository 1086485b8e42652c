"""Tell of which event a figure is: the one named in its sentence, else the main one if there is only one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.authoring.extract.events import lasts
from archive.authoring.extract.press_text import Finding
from archive.model.records import Event

_BOUND_BEFORE = re.compile(
    r"\b(?:since|after|following|before|until|till|prior to|up to|после|до)\s(?:окончания\s)?"
    r"(?:the\s(?:end\sof\s(?:the\s)?)?)?\Z",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(r"\s+(?:sonra|əvvəl|bəri|indiyə\w*|bu\s+gün\w*)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"”’»)]*\s+")
_GOES_ON = re.compile(r"\W*(?:as a result|in total|in general|in all|nəticədə|в результате|всего)\b", re.IGNORECASE)
_REFERENCE = re.compile(r"\b(?:this|these|that|those|said)((?:[ -][^\W\d]+){1,3})", re.IGNORECASE)
_INCIDENT = re.compile(
    r"\b(?:another|an?|next|this) (?:[\w-]+ ){0,2}(?:explosion|blast|incident|attack)\b|\bnövbəti\b|\bочередн\w+"
    r"|\bвзрыв\w* мины",
    re.IGNORECASE,
)
_CLOSE = re.compile(r"[^,;:.!?]*")  # in one clause


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureEvent:
    """The event of a figure, "" for none, and what is unclear about it."""

    event: str
    doubt: str = ""


class EventMentions:
    """The places where a text names events; those with the field `events` are what the statement is about."""

    def __init__(self, text: str, events: Mapping[str, Event], findings: Sequence[Finding]) -> None:
        self._text, self._events = text, events
        certain = [finding for finding in findings if finding.value in events]
        main = {str(finding.value) for finding in certain if finding.field == "events"}
        self._main = main - {above for id in main for above in self._above(id)}
        places = sorted({(finding.start, finding.end, str(finding.value)) for finding in certain})
        self._mentions = [place for place in places if not self._bounds_time(*place)]

    def event_of(self, place: tuple[int, int], paragraph: int) -> FigureEvent:
        """Return the event of the figure at this place, in the paragraph that begins there."""
        start, end = self._sentence(place, paragraph)
        all_here = [mention for mention in self._mentions if start <= mention[0] < end]
        here = self._narrowest(all_here)
        before = [id for at, _, id in here if at < place[1]]
        close = [id for at, _, id in here if at >= place[1] and _CLOSE.fullmatch(self._text, place[1], at)]
        if close or before:
            event = close[0] if close else before[-1]
            if lasts(self._events[event]) and _INCIDENT.search(self._text, start, end):
                return FigureEvent(event="", doubt=f"an incident within {event} that is not named")
            others = sorted({id for _, _, id in here if not self._related(id, event)})
            return FigureEvent(event=event, doubt=f"the sentence also names {', '.join(others)}" if others else "")
        if here:
            only = len({id for _, _, id in all_here}) == 1
            return FigureEvent(
                event=all_here[-1][2], doubt="" if only else "the sentence names the event after what it counts"
            )
        if event := self._referred_to(start, end):
            return FigureEvent(event=event)
        event = min(self._main) if len(self._main) == 1 else ""
        if any(paragraph <= at < place[0] and not self._related(id, event) for at, _, id in self._mentions):
            return FigureEvent(event="")
        unclear = any(not self._related(id, event) for _, _, id in self._mentions)
        doubt = "its sentence names no event; this is the one that the statement is about" if unclear else ""
        return FigureEvent(event=event, doubt=doubt if event else "")

    def _narrowest(self, mentions: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Leave out an event named in one clause with one within it: "the blast at the port was of the war"."""
        return [
            (start, end, id)
            for start, end, id in mentions
            if not any(
                id in self._above(other) and _CLOSE.fullmatch(self._text, min(end, to), max(start, at))
                for at, to, other in mentions
            )
        ]

    def _referred_to(self, start: int, end: int) -> str:
        """Return the event before that the sentence refers back to ("these operations"); "" for none."""
        for match in _REFERENCE.finditer(self._text, start, end):
            for noun in reversed([word.rstrip("s") for word in match[1].lower().split() if len(word) > 3]):
                for at, to, id in reversed(self._mentions):
                    if at < start and noun in self._text[at:to].lower():
                        return id
        return ""

    def _sentence(self, place: tuple[int, int], paragraph: int) -> tuple[int, int]:
        """Return the place of the sentence, with the one before it if it goes on from that ("As a result")."""
        ends = [paragraph, *(match.end() for match in _SENTENCE_END.finditer(self._text, paragraph, place[0]))]
        start = ends[-2] if len(ends) > 1 and _GOES_ON.match(self._text, ends[-1]) else ends[-1]
        after, break_ = _SENTENCE_END.search(self._text, place[1]), self._text.find("\n", place[1])
        return start, min(after.start() if after else len(self._text), break_ if break_ >= 0 else len(self._text))

    def _bounds_time(self, start: int, end: int, id: str) -> bool:
        """Return whether a name only bounds a time: "since the war"."""
        before = self._text[max(0, start - 40) : start]
        return bool(_BOUND_BEFORE.search(before) or _BOUND_AFTER.match(self._text, end))

    def _above(self, id: str) -> Iterator[str]:
        while (event := self._events.get(id)) and (id := event.parent):
            yield id

    def _related(self, one: str, other: str) -> bool:
        return one == other or one in self._above(other) or other in self._above(one)
