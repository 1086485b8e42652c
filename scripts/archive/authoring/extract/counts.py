"""Read the counts of a sentence: what each number counts, what became of it, and of which count it is a part.

Plain grammar, no parser: a verb in the passive is the predicate of the counts before it that have none yet
("94 civilians were killed", "3,410 houses, 120 apartment buildings ... were destroyed"), an active one of the counts
after it ("killing 613 people"), and what follows "including" is part of the count before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.authoring.extract import lexicon
from archive.authoring.extract.measures import Predicate, Wordings, names_people, phrase_pattern
from archive.authoring.extract.numbers import Number

_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|got|gets?|became|become|remains?|remained|went|gone|considered|reported|"
    r"listed|registered|declared|deemed|as|still|был[аио]?|не)\s+"
    r"(?:\w+(?:ly|о)\s+|still\s+|also\s+|as\s+|considered\s+|reported\s+|listed\s+){0,3}\Z",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:[^\w,;:.]|\b(?:the|their|its|of|lives|some|as|up|a|total|another|other|innocent|peaceful|in|all)\b)*",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s*(?:of|из)\s+(?:them|whom|these|those|which|the(?:m| latter)|них)\b,?", re.IGNORECASE)
_BEFORE_GROUP = r"\s*(?:-\S{1,4}\s)?,?\s*(?:(?:were|was|are|is|being)\s)?(?:[-–—]\s)?(?:[^\W\d_]+\s){0,1}?"
_CAUSED = re.compile(r"\b(?:led|leading|caused|causing|resulted|resulting)\b", re.IGNORECASE)  # a new clause
_WERE = re.compile(r"\s(?:were|was|are|is)\s")
_GROUPS = {id: phrase_pattern(words) for id, words in lexicon.GROUPS.items()}
_GROUP_FOLLOWS = {
    id: re.compile(rf"{_BEFORE_GROUP}(?:{group.pattern})(?!['’]s)", re.IGNORECASE) for id, group in _GROUPS.items()
}

_NOUN_END = re.compile(
    r"(?<!peaceful)(?<!innocent)(?<!unarmed),|[;:.!?()\"“”„«»\n–—]|\b(?:were|was|are|is|be|been|being|have|has|had|who|whose|which|that|and|or|as|in|on|at|by|from|"
    r"with|to|during|after|before|for|including|while|when|where|also|but|still|remain\w*|became|become|since|than|"
    r"были|был[аои]?|(?<!ых )и|в|на|с|из|которы\w+|və|ilə|olub|edilib|olunub)\b",
    re.IGNORECASE,
)
_BETWEEN_PREDICATES = re.compile(
    r"[\s,/]*(?:\b(?:or|and|либо|или|и|və|ya)\b)?\s*(?:\w+ly\s+)?(?:(?:were|was|been|became|went)\s+)?", re.IGNORECASE
)
_JOINED_VERB = re.compile(r"\s+(?:or\s+(?:\w+ly\s+)?\w+(?:ed|en)\b|(?:and|or)\s+(?:\w+ly\s+)?damaged\b)", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|their|its|our|his|her|these|those|both)\s\Z", re.IGNORECASE)
_COLON = re.compile(r":(?=\s*\d)")
_PARENTHESIS = re.compile(r"\s*\(")
_OF_WHICH_BEFORE = phrase_pattern(lexicon.OF_WHICH_BEFORE)
_OF_WHICH = phrase_pattern(lexicon.OF_WHICH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number that counts something."""

    number: Number
    noun: str  # the words for what is counted; "" for none
    end: int  # where they end
    predicate: Predicate | None = None  # what became of it
    group: str = ""  # the group it is of, where the words name one
    part_of: int | None = None  # the index of the count it is a part of
    of_them: int | None = None  # the index of the count that it refers back to: "the fate of 150 of them"
    far: bool = False  # its predicate stands before it, and not beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A word or sign that opens ("including", "(") or closes a list of parts."""

    start: int
    end: int
    opens: bool
    before: bool = False  # the counts before it are the parts of the count after it


class _Clause:
    """A sentence read from left to right, with what is open at each place."""

    def __init__(
        self,
        text: str,
        predicates: Sequence[Predicate],
        counts: Sequence[Count],
        parts: Sequence[Part],
        total: int | None,
    ) -> None:
        self.text, self.predicates, self.counts, self.parts = text, predicates, list(counts), parts
        self.waiting: list[int] = []  # counts without a predicate yet
        self.total = total  # the last count that is no part of another
        self.in_list = False  # whether parts of it are being listed
        self.forward: Predicate | None = None  # the predicate of counts to come
        self.latest: int | None = None  # the last count, a part or not
        self.leading: list[int] = []  # parts of a count to come

    def read(self) -> tuple[Count, ...]:
        order: list[tuple[int, int, int | Predicate | Part]] = [
            *((count.number.start, 1, place) for place, count in enumerate(self.counts)),
            *((predicate.start, 2, predicate) for predicate in self.predicates),
            *((part.start, 0, part) for part in self.parts),
        ]
        for _, _, entry in sorted(order, key=lambda entry: entry[:2]):
            if isinstance(entry, Predicate):
                self._read_predicate(entry)
            elif isinstance(entry, Part) and entry.before:
                self.leading = [place for place in self.waiting if self.counts[place].group]
                self.waiting = [place for place in self.waiting if place not in self.leading]
            elif isinstance(entry, Part):
                self.in_list = entry.opens and self.total is not None
            else:
                self._read_number(entry)
        return tuple(self.counts)

    def _read_number(self, place: int) -> None:
        count = self.counts[place]
        around = next(
            (
                predicate
                for predicate in self.predicates
                if predicate.around and predicate.start <= count.number.start < predicate.end
            ),
            None,
        )
        if around and any(other.predicate == around for other in self.counts[:place]):
            around = None
        takes_up = _OF_THEM.match(self.text, count.number.end)
        if self.total is not None and takes_up and (group := _group(self.text, takes_up.end())):
            self.counts[place] = replace(count, group=group, part_of=self.total)
            return
        group = count.group or ("" if count.noun else _group(self.text, count.number.end))
        listed = self.in_list or _WERE.match(self.text, count.number.end)  # "of the 90, 12 were women"
        verb = self.forward  # "including children, injured 52": it begins anew
        if verb and not group and _BESIDE.fullmatch(self.text[verb.end : count.number.start]):
            listed, self.in_list = None, False
        if self.total is not None and listed and not takes_up and (group or (self.in_list and not count.noun)):
            self.counts[place] = replace(count, group=group, part_of=self.total)
            self.latest = place
            return
        if takes_up or around:
            count = replace(count, of_them=self.total)
        self.counts[place] = replace(count, predicate=around)
        if not around:
            self.waiting.append(place)
            if self._assign_to_listed(place):
                return
            if self.forward:
                self._assign_from_before(place, self.forward)
        for part in self.leading:
            self.counts[part] = replace(self.counts[part], part_of=place, predicate=None)
        self.leading, self.in_list = [], False
        self.total = self.latest = place

    def _assign_to_listed(self, place: int) -> bool:
        """Give a listed count the predicate of its total: "were destroyed, including 12 houses".

        Return whether it has one.
        """
        if (
            not self.in_list
            or self.total is None
            or self.total < 0
            or not (predicate := self.counts[self.total].predicate)
        ):
            return False
        if names_people(self.counts[place].noun):
            return False
        self.counts[place] = replace(self.counts[place], predicate=predicate)
        self.latest = place
        return True

    def _assign_from_before(self, place: int, predicate: Predicate) -> None:
        """Give a count the predicate before it, until another one claims it."""
        between = self.text[predicate.end : self.counts[place].number.start]
        beside = bool(_BESIDE.fullmatch(between))
        last = self.counts[self.latest] if self.latest is not None else None
        listed = last is not None and last.predicate == predicate and not last.far
        if last and _CAUSED.search(self.text, last.end, self.counts[place].number.start):
            listed = False
        self.counts[place] = replace(self.counts[place], predicate=predicate, far=not beside and not listed)
        if beside:
            self.waiting = [other for other in self.waiting if other != place]

    def _read_predicate(self, predicate: Predicate) -> None:
        if predicate.around and any(predicate.start <= count.number.start < predicate.end for count in self.counts):
            return
        ahead = next((count for count in self.counts if count.number.start >= predicate.end), None)
        beside = ahead is not None and _BESIDE.fullmatch(self.text[predicate.end : ahead.number.start])
        after = self.latest is not None and not self.text[self.counts[self.latest].end : predicate.start].strip()
        passive = _PASSIVE.search(self.text[max(0, predicate.start - 50) : predicate.start])
        if (beside and not after and not (passive and self.waiting)) or (predicate.forward and not passive):
            self.forward = predicate
        elif not passive and after and self.latest is not None and not self.counts[self.latest].noun:
            self._split_off_last(predicate)
            self._assign(predicate, [self.latest])  # "51 killed and 238 injured"
        elif self.waiting or self._split_off_last(predicate):
            self._assign(predicate, self.waiting)
        elif not passive:
            self.forward = predicate

    def _assign(self, predicate: Predicate, places: Sequence[int]) -> None:
        """Give these counts a predicate; but not the 300 of "300 fell ill, 54 of them died"."""
        totals = {self.counts[place].of_them for place in places}
        self.waiting = [place for place in self.waiting if place not in totals]
        places = [place for place in places if place not in totals]
        nouns = [self.counts[place].noun for place in places]
        for n, place in enumerate(places):
            if not nouns[n] or nouns[n] not in nouns[n + 1 :]:  # "13 people, 52 people were injured" is no list
                self.counts[place] = replace(self.counts[place], predicate=predicate, far=False)
        if places:
            self.total = places[-1]
        self.waiting = [place for place in self.waiting if place not in places]
        self.forward = None

    def _split_off_last(self, predicate: Predicate) -> bool:
        """Make the last listed part a count of its own if this predicate is its alone; return whether it was."""
        if self.latest is None or self.latest == self.total or self.total is None:
            return False
        count = self.counts[self.latest]
        if count.part_of is None or _has_break(self.text[count.end : predicate.start]):
            return False
        self.counts[self.latest] = replace(count, part_of=None)
        self.total, self.in_list = self.latest, False
        self.waiting.append(self.latest)
        return True


def counts_of_sentence(
    text: str, start: int, end: int, numbers: Sequence[Number], wordings: Wordings, *, goes_on: bool
) -> tuple[Count, ...]:
    """Return the counts of the sentence at this place; all places are in `text`.

    `goes_on`: whether its paragraph has a count before it, for which -1 then stands in `part_of` and `of_them`.
    """
    sentence = text[start:end]
    predicates = _join_verbs(
        sentence, [_move(predicate, start) for predicate in wordings.find_predicates(sentence)], start, text
    )
    taken = [(predicate.start, predicate.end) for predicate in predicates if not predicate.around]
    counted = [
        number
        for number in numbers
        if number.kind == "count"
        and start <= number.start
        and number.end <= end
        and not any(a < number.end and number.start < b for a, b in taken)
        and not _is_pronoun(text, number)
    ]
    counts = [
        _read_count(
            text, number, min([*(other.start for other in numbers if other.start >= number.end), end]), predicates
        )
        for number in counted
    ]
    return _Clause(text, predicates, counts, _find_parts(text, start, end, counts), -1 if goes_on else None).read()


def _has_break(between: str) -> bool:
    return re.search(r"[,;:.()]", between) is not None


def _group(text: str, start: int) -> str:
    """Return the group that the words after a number name (" children", " were women"); "" for none."""
    return next((id for id, pattern in _GROUP_FOLLOWS.items() if pattern.match(text, start)), "")


def _read_count(text: str, number: Number, limit: int, predicates: list[Predicate]) -> Count:
    """Read a number with the words for what it counts: those up to a stop, a verb or the next number."""
    limit = min(
        [limit, number.end + 80, *(predicate.start for predicate in predicates if predicate.start > number.end)]
    )
    stop = _NOUN_END.search(text, number.end, limit)
    end = stop.start() if stop else limit
    noun = text[number.end : end].strip(" -\xa0")
    group = next((id for id, pattern in _GROUPS.items() if pattern.search(noun)), "")
    return Count(number=number, noun=noun, end=number.end + len(text[number.end : end].rstrip()), group=group)


def _find_parts(text: str, start: int, end: int, counts: Sequence[Count]) -> list[Part]:
    parts = [Part(start=match.start(), end=match.end(), opens=True) for match in _OF_WHICH.finditer(text, start, end)]
    parts = [
        part
        for part in parts
        if not any(
            _OF_THEM.match(text, count.number.end) and count.number.end <= part.start <= count.number.end + 2
            for count in counts
        )
    ]
    parts += [Part(start=match.start(), end=match.end(), opens=True) for match in _COLON.finditer(text, start, end)]
    parts += [
        Part(start=match.start(), end=match.end(), opens=False, before=True)
        for match in _OF_WHICH_BEFORE.finditer(text, start, end)
    ]
    for count in counts:
        if count.noun and (match := _PARENTHESIS.match(text, count.end)):
            opening = match.end() - 1
            closing = text.find(")", opening, end)
            parts.append(Part(start=opening, end=opening + 1, opens=True))
            if closing > 0:
                parts.append(Part(start=closing, end=closing + 1, opens=False))
    return parts


def _join_verbs(sentence: str, predicates: list[Predicate], start: int, text: str) -> list[Predicate]:
    """Join verbs ("killed or wounded") into one predicate, which belongs to no measure."""
    joined: list[Predicate] = []
    for predicate in predicates:
        if joined and not predicate.around and not joined[-1].around and joined[-1].end <= predicate.start:
            between = text[joined[-1].end : predicate.start]
            if re.search(r"[,/\w]", between) and _BETWEEN_PREDICATES.fullmatch(between):
                joined[-1] = Predicate(start=joined[-1].start, end=predicate.end, measures=frozenset())
                continue
        if _JOINED_VERB.match(text, predicate.end):
            predicate = replace(predicate, measures=frozenset())
        joined.append(predicate)
    return joined


def _move(predicate: Predicate, by: int) -> Predicate:
    return replace(predicate, start=predicate.start + by, end=predicate.end + by)


def _is_pronoun(text: str, number: Number) -> bool:
    """Return whether it counts nothing: "one of the biggest", "no one", "the two sides", "their two sons"."""
    if not number.words or (number.value or 0) > 10:
        return False
    if _DEFINITE.search(text[max(0, number.start - 8) : number.start]):
        return True
    if number.value != 1:
        return False
    before, after = text[max(0, number.start - 6) : number.start], text[number.end : number.end + 12]
    return bool(
        re.search(r"\b(?:no|any|every|the|this|that|each)[ -]\Z", before, re.IGNORECASE)
        or re.match(r"\s*(?:of\b|another|neçə\b|'|’|-|[.,;)])", after)
    )
