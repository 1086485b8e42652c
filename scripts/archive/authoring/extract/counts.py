"""The counts, verbs and lists of a sentence -> what became of each count, and the count it is a part of.

Plain grammar, no parser: a verb in the passive speaks of the counts before it that have none yet ("94 civilians were
killed", "3,410 houses, 120 apartment buildings ... were destroyed"), an active one of the counts after it ("killing 613
people"), and what follows "including" is part of the count before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.authoring.extract import lexicon
from archive.authoring.extract.measures import Said, Wordings, any_phrase, names_people
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
OF_THEM = re.compile(r"\s*(?:of|из)\s+(?:them|whom|these|those|which|the(?:m| latter)|них)\b,?", re.IGNORECASE)
_LINK = r"\s*(?:-\S{1,4}\s)?,?\s*(?:(?:were|was|are|is|being)\s)?(?:[-–—]\s)?(?:[^\W\d_]+\s){0,1}?"
_CAUSED = re.compile(r"\b(?:led|leading|caused|causing|resulted|resulting)\b", re.IGNORECASE)  # a new clause
_WERE = re.compile(r"\s(?:were|was|are|is)\s")
GROUPS = {id: any_phrase(words) for id, words in lexicon.GROUPS.items()}

_GROUP_AT = {id: re.compile(rf"{_LINK}(?:{find.pattern})(?!['’]s)", re.IGNORECASE) for id, find in GROUPS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number that counts something."""

    number: Number
    noun: str  # the words for what is counted; "" for none
    end: int  # where they end
    said: Said | None = None  # what became of it
    group: str = ""  # the group it is of, where the words name one
    part_of: int | None = None  # the place in the list of the count it is a part of
    of_them: int | None = None  # likewise, of the count it takes up again: "the fate of 150 of them"
    far: bool = False  # what became of it is said before it, and not beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What opens ("including", "(") or closes a list of parts."""

    start: int
    end: int
    opens: bool
    before: bool = False  # the counts before it are the parts of the count after it


def read_counts(
    text: str, *, said: Sequence[Said], counts: Sequence[Count], parts: Sequence[Part], main: int | None
) -> tuple[Count, ...]:
    """The counts of a sentence with what is said of them; `main`: -1 if its first parts may be of a count before it."""
    return _Clause(text, said, counts, parts, main).read()


class _Clause:
    """Reads a sentence from left to right, with what is open at each place."""

    def __init__(
        self, text: str, said: Sequence[Said], counts: Sequence[Count], parts: Sequence[Part], main: int | None
    ) -> None:
        self.text, self.said, self.counts, self.parts = text, said, list(counts), parts
        self.waiting: list[int] = []  # counts that nothing has been said of yet
        self.main = main  # the last count that is no part of another
        self.listing = False  # whether parts of it are being listed
        self.forward: Said | None = None  # what is said of counts to come
        self.last: int | None = None
        self.leading: list[int] = []  # parts of a count to come

    def read(self) -> tuple[Count, ...]:
        order: list[tuple[int, int, int | Said | Part]] = [
            *((count.number.start, 1, place) for place, count in enumerate(self.counts)),
            *((said.start, 2, said) for said in self.said),
            *((part.start, 0, part) for part in self.parts),
        ]
        for _, _, each in sorted(order, key=lambda entry: entry[:2]):
            if isinstance(each, Said):
                self._verb(each)
            elif isinstance(each, Part) and each.before:
                self.leading = [place for place in self.waiting if self.counts[place].group]
                self.waiting = [place for place in self.waiting if place not in self.leading]
            elif isinstance(each, Part):
                self.listing = each.opens and self.main is not None
            else:
                self._number(each)
        return tuple(self.counts)

    def _number(self, place: int) -> None:
        count = self.counts[place]
        around = next((s for s in self.said if s.around and s.start <= count.number.start < s.end), None)
        if around and any(each.said == around for each in self.counts[:place]):
            around = None
        takes_up = OF_THEM.match(self.text, count.number.end)
        if self.main is not None and takes_up and (group := _group(self.text, takes_up.end())):
            self.counts[place] = replace(count, group=group, part_of=self.main)
            return
        group = count.group or ("" if count.noun else _group(self.text, count.number.end))
        listed = self.listing or _WERE.match(self.text, count.number.end)  # "of the 90, 12 were women"
        verb = self.forward  # "including children, injured 52": it begins anew
        if verb and not group and _BESIDE.fullmatch(self.text[verb.end : count.number.start]):
            listed, self.listing = None, False
        if self.main is not None and listed and not takes_up and (group or (self.listing and not count.noun)):
            self.counts[place] = replace(count, group=group, part_of=self.main)
            self.last = place
            return
        if takes_up or around:
            count = replace(count, of_them=self.main)
        self.counts[place] = replace(count, said=around)
        if not around:
            self.waiting.append(place)
            if self._lists(place):
                return
            if self.forward:
                self._follows(place, self.forward)
        for part in self.leading:
            self.counts[part] = replace(self.counts[part], part_of=place, said=None)
        self.leading, self.listing = [], False
        self.main = self.last = place

    def _lists(self, place: int) -> bool:
        """Whether a count is listed under one of which something was said: "were destroyed, including 12 houses"."""
        if not self.listing or self.main is None or self.main < 0 or not (said := self.counts[self.main].said):
            return False
        if names_people(self.counts[place].noun):
            return False
        self.counts[place] = replace(self.counts[place], said=said)
        self.last = place
        return True

    def _follows(self, place: int, said: Said) -> None:
        """Gives a count what was said before it, unless something is said of it later."""
        between = self.text[said.end : self.counts[place].number.start]
        beside = bool(_BESIDE.fullmatch(between))
        last = self.counts[self.last] if self.last is not None else None
        listed = last is not None and last.said == said and not last.far
        if last and _CAUSED.search(self.text, last.end, self.counts[place].number.start):
            listed = False
        self.counts[place] = replace(self.counts[place], said=said, far=not beside and not listed)
        if beside:
            self.waiting = [each for each in self.waiting if each != place]

    def _verb(self, said: Said) -> None:
        if said.around and any(said.start <= c.number.start < said.end for c in self.counts):
            return
        ahead = next((c for c in self.counts if c.number.start >= said.end), None)
        beside = ahead is not None and _BESIDE.fullmatch(self.text[said.end : ahead.number.start])
        after = self.last is not None and not self.text[self.counts[self.last].end : said.start].strip()
        passive = _PASSIVE.search(self.text[max(0, said.start - 50) : said.start])
        if (beside and not after and not (passive and self.waiting)) or (said.forward and not passive):
            self.forward = said
        elif not passive and after and self.last is not None and not self.counts[self.last].noun:
            self._own(said)
            self._takes(said, [self.last])  # "51 killed and 238 injured"
        elif self.waiting or self._own(said):
            self._takes(said, self.waiting)
        elif not passive:
            self.forward = said

    def _takes(self, said: Said, places: Sequence[int]) -> None:
        """Gives these counts what is said of them; not the 300 of "300 fell ill, 54 of them died"."""
        whole = {self.counts[place].of_them for place in places}
        self.waiting = [place for place in self.waiting if place not in whole]
        places = [place for place in places if place not in whole]
        nouns = [self.counts[place].noun for place in places]
        for n, place in enumerate(places):
            if not nouns[n] or nouns[n] not in nouns[n + 1 :]:  # "13 people, 52 people were injured" is no list
                self.counts[place] = replace(self.counts[place], said=said, far=False)
        if places:
            self.main = places[-1]
        self.waiting = [place for place in self.waiting if place not in places]
        self.forward = None

    def _own(self, said: Said) -> bool:
        """Whether the last part listed is a count of its own, since this is said of it alone."""
        if self.last is None or self.last == self.main or self.main is None:
            return False
        count = self.counts[self.last]
        if count.part_of is None or _stops(self.text[count.end : said.start]):
            return False
        self.counts[self.last] = replace(count, part_of=None)
        self.main, self.listing = self.last, False
        self.waiting.append(self.last)
        return True


def _stops(between: str) -> bool:
    return re.search(r"[,;:.()]", between) is not None


def _group(text: str, at: int) -> str:
    """The group that the words after a number name: " children", " were women"."""
    return next((id for id, find in _GROUP_AT.items() if find.match(text, at)), "")


_STOP = re.compile(
    r"(?<!peaceful)(?<!innocent)(?<!unarmed),|[;:.!?()\"“”„«»\n–—]|\b(?:were|was|are|is|be|been|being|have|has|had|who|whose|which|that|and|or|as|in|on|at|by|from|"
    r"with|to|during|after|before|for|including|while|when|where|also|but|still|remain\w*|became|become|since|than|"
    r"были|был[аои]?|(?<!ых )и|в|на|с|из|которы\w+|və|ilə|olub|edilib|olunub)\b",
    re.IGNORECASE,
)
_BETWEEN_SAID = re.compile(
    r"[\s,/]*(?:\b(?:or|and|либо|или|и|və|ya)\b)?\s*(?:\w+ly\s+)?(?:(?:were|was|been|became|went)\s+)?", re.IGNORECASE
)
_JOINED_ON = re.compile(r"\s+(?:or\s+(?:\w+ly\s+)?\w+(?:ed|en)\b|(?:and|or)\s+(?:\w+ly\s+)?damaged\b)", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|their|its|our|his|her|these|those|both)\s\Z", re.IGNORECASE)
_COLON = re.compile(r":(?=\s*\d)")
_OPENING = re.compile(r"\s*\(")
_BEFORE = any_phrase(lexicon.OF_WHICH_BEFORE)
_OF_WHICH = any_phrase(lexicon.OF_WHICH)


def counts_of_sentence(
    text: str, start: int, end: int, numbers: Sequence[Number], wordings: Wordings, *, goes_on: bool
) -> tuple[Count, ...]:
    """The counts of the sentence at this place; places are in `text`.

    `goes_on`: whether a count stands before it in its paragraph, which -1 then stands for in `part_of` and `of_them`.
    """
    sentence = text[start:end]
    said = _joined(sentence, [_moved(each, start) for each in wordings.find(sentence)], start, text)
    within = [(each.start, each.end) for each in said if not each.around]
    counted = [
        number
        for number in numbers
        if number.kind == "count"
        and start <= number.start
        and number.end <= end
        and not any(a < number.end and number.start < b for a, b in within)
        and not _is_pronoun(text, number)
    ]
    counts = [
        _count(text, number, min([*(other.start for other in numbers if other.start >= number.end), end]), said)
        for number in counted
    ]
    parts = _parts(text, start, end, counts)
    return read_counts(text, said=said, counts=counts, parts=parts, main=-1 if goes_on else None)


def _count(text: str, number: Number, limit: int, said: list[Said]) -> Count:
    """A number with the words for what it counts: those up to a stop, a verb or the next number."""
    limit = min([limit, number.end + 80, *(each.start for each in said if each.start > number.end)])
    stop = _STOP.search(text, number.end, limit)
    end = stop.start() if stop else limit
    noun = text[number.end : end].strip(" -\xa0")
    group = next((id for id, find in GROUPS.items() if find.search(noun)), "")
    return Count(number=number, noun=noun, end=number.end + len(text[number.end : end].rstrip()), group=group)


def _parts(text: str, start: int, end: int, counts: Sequence[Count]) -> list[Part]:
    found = [Part(start=m.start(), end=m.end(), opens=True) for m in _OF_WHICH.finditer(text, start, end)]
    found = [
        part
        for part in found
        if not any(OF_THEM.match(text, c.number.end) and c.number.end <= part.start <= c.number.end + 2 for c in counts)
    ]
    found += [Part(start=m.start(), end=m.end(), opens=True) for m in _COLON.finditer(text, start, end)]
    found += [Part(start=m.start(), end=m.end(), opens=False, before=True) for m in _BEFORE.finditer(text, start, end)]
    for count in counts:
        if count.noun and (match := _OPENING.match(text, count.end)):
            opening = match.end() - 1
            closing = text.find(")", opening, end)
            found.append(Part(start=opening, end=opening + 1, opens=True))
            if closing > 0:
                found.append(Part(start=closing, end=closing + 1, opens=False))
    return found


def _joined(sentence: str, found: list[Said], start: int, text: str) -> list[Said]:
    """The same, with verbs that are joined ("killed or wounded") as one that is said of no measure."""
    joined: list[Said] = []
    for said in found:
        if joined and not said.around and not joined[-1].around and joined[-1].end <= said.start:
            between = text[joined[-1].end : said.start]
            if re.search(r"[,/\w]", between) and _BETWEEN_SAID.fullmatch(between):
                joined[-1] = Said(start=joined[-1].start, end=said.end, measures=frozenset())
                continue
        if _JOINED_ON.match(text, said.end):
            said = replace(said, measures=frozenset())
        joined.append(said)
    return joined


def _moved(said: Said, by: int) -> Said:
    return replace(said, start=said.start + by, end=said.end + by)


def _is_pronoun(text: str, number: Number) -> bool:
    """Whether it counts nothing: "one of the biggest", "no one", "one another", "the two sides", "their two sons"."""
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
