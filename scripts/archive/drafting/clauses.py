"""The counts, verbs and lists of a sentence -> what became of each count, and the count it is a part of.

Plain grammar, no parser: a verb in the passive speaks of the counts before it that have none yet ("94 civilians were
killed", "3,410 houses, 120 apartment buildings ... were destroyed"), an active one of the counts after it ("killing 613
people"), and what follows "including" is part of the count before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.drafting import people
from archive.drafting.numbers import Number
from archive.drafting.phrases import Said, any_of, names_people

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
GROUPS = {id: any_of(words) for id, words in people.GROUPS.items()}

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


def read(
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
