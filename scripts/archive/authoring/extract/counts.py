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
    r"(?:[^\w,;:.]|\b(?:the|their|its|of|lives|some|as|up|a|total|another|other|innocent|peaceful|in|all|стали?|в"
    r"|общей|сложности|превысило|достигло|составило)\b)*",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(r"\b(?:number|total|count)\s+of\s+(?:(?:the|those|people|persons)\s+)*\Z", re.IGNORECASE)
_IS = re.compile(r"(?:\s+(?:is|was|has|now|reached|exceeded|exceeds|rose|to|stands|at))+\s+", re.IGNORECASE)
_OF_THEM = re.compile(r"\s*(?:of|из)\s+(?:them|whom|these|those|which|the(?:m| latter)|них)\b,?", re.IGNORECASE)
_CAUSED = re.compile(r"\b(?:led|leading|caused|causing|resulted|resulting)\b", re.IGNORECASE)  # a new clause
_WERE = re.compile(r"\s(?:were|was|are|is)\s")
_BREAK = re.compile(r"[,;:.()]")
_GROUPS = {id: phrase_pattern(words) for id, words in lexicon.GROUPS.items()}
_GROUP_FOLLOWS = {
    id: re.compile(
        r"\s*(?:-\S{1,4}\s)?,?\s*(?:(?:were|was|are|is|being)\s)?(?:[-–—]\s)?(?:[^\W\d_]+\s){0,1}?"
        rf"(?:{group.pattern})(?!['’]s)",
        re.IGNORECASE,
    )
    for id, group in _GROUPS.items()
}
_NOUN_END = re.compile(
    r"(?<!peaceful)(?<!innocent)(?<!unarmed),|[;:.!?()\"“”„«»\n–—]|(?<!peaceful )(?<!innocent )(?<!unarmed )\band\b"
    r"|\b(?:were|was|are|is|be|been|being|have|has|had|who|whose|which|that|or|as|in|on|at|by|from|"
    r"with|to|during|after|before|for|including|while|when|where|also|but|still|remain\w*|became|become|since|than|"
    r"были|был[аои]?|(?<!ых )и|в|на|с|из|которы\w+|və|ilə|olub|edilib|olunub)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"[\s,/]*(?:\b(?:or|and|либо|или|и|və|ya)\b)?\s*(?:\w+ly\s+)?(?:(?:were|was|been|became|went)\s+)?", re.IGNORECASE
)
_OTHER_VERB = re.compile(r"\s+(?:or\s+(?:\w+ly\s+)?\w+(?:ed|en)\b|(?:and|or)\s+(?:\w+ly\s+)?damaged\b)", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|their|its|our|his|her|these|those|both)\s\Z", re.IGNORECASE)
_NO_ONE = re.compile(r"\b(?:no|any|every|the|this|that|each)[ -]\Z", re.IGNORECASE)
_ONE_OF = re.compile(r"\s*(?:of\b|another|neçə\b|'|’|-|[.,;)])")
_COLON = re.compile(r":(?=\s*\d)")
_PARENTHESIS = re.compile(r"\s*\(")
_OF_WHICH, _OF_WHICH_BEFORE = phrase_pattern(lexicon.OF_WHICH), phrase_pattern(lexicon.OF_WHICH_BEFORE)


class Count:
    """A number that counts something; what became of it, and of what it is a part, is found as its sentence is read."""

    __slots__ = ("end", "far", "group", "noun", "number", "of_them", "part_of", "predicate")

    def __init__(self, number: Number, noun: str, end: int, group: str) -> None:
        self.number = number
        self.noun = noun  # the words for what is counted; "" for none
        self.end = end  # where they end
        self.group = group  # the group it is of, where the words name one
        self.predicate: Predicate | None = None  # what became of it
        self.part_of: Count | None = None
        self.of_them: Count | None = None  # that it refers back to: "the fate of 150 of them"
        self.far = False  # its predicate stands before it, and not beside it

    def with_predicate(self, predicate: Predicate) -> "Count":
        """Return the count alone, of which this became."""
        count = Count(self.number, self.noun, self.end, self.group)
        count.predicate, count.far = predicate, self.far
        return count


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A word or sign that opens ("including", "(") or closes a list of parts."""

    start: int
    end: int
    opens: bool
    before: bool = False  # the counts before it are the parts of the count after it


def counts_of_sentence(
    text: str, start: int, end: int, numbers: Sequence[Number], wordings: Wordings, last: Count | None
) -> list[Count]:
    """Return the counts of the sentence at this place in `text`; `last` is the count before it in its paragraph."""
    predicates = _join_verbs(text, wordings.find_predicates(text[start:end]), start)
    taken = [(predicate.start, predicate.end) for predicate in predicates if not predicate.around]
    starts = [number.start for number in numbers] + [predicate.start for predicate in predicates]
    counts = [
        _read_count(text, number, min((place for place in starts if place > number.start), default=end), end)
        for number in numbers
        if number.counts
        and start <= number.start
        and number.end <= end
        and not any(a < number.end and number.start < b for a, b in taken)
        and not _is_pronoun(text, number)
    ]
    _Reader(text, predicates, counts, last).read(_find_parts(text, start, end, counts))
    return counts


class _Reader:
    """Reads a sentence from left to right; its attributes are what is open at each place."""

    def __init__(self, text: str, predicates: Sequence[Predicate], counts: list[Count], total: Count | None) -> None:
        self.text, self.predicates, self.counts = text, predicates, counts
        self.waiting: list[Count] = []  # counts without a predicate yet
        self.total = total  # the last count that is no part of another
        self.in_list = False  # whether parts of it are being listed
        self.forward: Predicate | None = None  # the predicate of counts to come
        self.latest: Count | None = None  # the last count, a part or not
        self.leading: list[Count] = []  # parts of a count to come

    def read(self, parts: Sequence[_Part]) -> None:
        order: list[tuple[int, int, Count | Predicate | _Part]] = [
            *((part.start, 0, part) for part in parts),
            *((count.number.start, 1, count) for count in self.counts),
            *((predicate.start, 2, predicate) for predicate in self.predicates),
        ]
        for _, _, entry in sorted(order, key=lambda entry: entry[:2]):
            if isinstance(entry, Predicate):
                self._read_predicate(entry)
            elif isinstance(entry, Count):
                self._read_count(entry)
            elif entry.before:
                self.leading = [count for count in self.waiting if count.group]
                self.waiting = [count for count in self.waiting if not count.group]
            else:
                self.in_list = entry.opens and self.total is not None

    def _read_count(self, count: Count) -> None:
        start, end = count.number.start, count.number.end
        taken = {id(other.predicate) for other in self.counts}
        around = next(
            (p for p in self.predicates if p.around and p.start <= start < p.end and id(p) not in taken), None
        )
        of_them = _OF_THEM.match(self.text, end)
        group = count.group or ("" if count.noun else _group_at(self.text, end))
        if of_them and (group_of_them := _group_at(self.text, of_them.end())):
            group = group_of_them
        listed = self.in_list or _WERE.match(self.text, end)  # "of the 90, 12 were women"
        if self.forward and not group and _BESIDE.fullmatch(self.text[self.forward.end : start]):
            listed, self.in_list = None, False  # "including children, injured 52": it begins anew
        is_part = (listed and (group or (self.in_list and not count.noun))) if not of_them else group
        if self.total and is_part:
            count.part_of, count.group, self.latest = self.total, group, count
            return
        count.of_them = self.total if of_them or around else None
        count.predicate = around
        if not around:
            self.waiting.append(count)
            total = self.total if self.in_list and self.total in self.counts else None
            if total and total.predicate and not names_people(count.noun):  # "were destroyed, including 12 houses"
                count.predicate, self.latest = total.predicate, count
                return
            if self.forward:
                self._assign_from_before(count, self.forward)
        for part in self.leading:
            part.part_of, part.predicate = count, None
        self.leading, self.in_list = [], False
        self.total = self.latest = count

    def _assign_from_before(self, count: Count, predicate: Predicate) -> None:
        """Give a count the predicate before it, until another one claims it."""
        beside = bool(_BESIDE.fullmatch(self.text[predicate.end : count.number.start]))
        last = self.latest
        listed = last is not None and last.predicate == predicate and not last.far
        if last and _CAUSED.search(self.text, last.end, count.number.start):
            listed = False
        count.predicate, count.far = predicate, not beside and not listed
        if beside:
            self.waiting = [other for other in self.waiting if other is not count]

    def _read_predicate(self, predicate: Predicate) -> None:
        if predicate.around and any(predicate.start <= count.number.start < predicate.end for count in self.counts):
            return
        ahead = next((count for count in self.counts if count.number.start >= predicate.end), None)
        between = self.text[predicate.end : ahead.number.start] if ahead else "."
        before = self.text[max(0, predicate.start - 50) : predicate.start]
        if _NUMBER_OF.search(before) and _IS.fullmatch(between):  # "the number of the wounded is 35"
            self.forward = replace(predicate, end=predicate.end + len(between))
            return
        after = self.latest is not None and not self.text[self.latest.end : predicate.start].strip()
        passive = _PASSIVE.search(before)
        beside = _BESIDE.fullmatch(between)
        if (beside and not after and not (passive and self.waiting)) or (predicate.forward and not passive):
            self.forward = predicate
        elif not passive and after and self.latest and not self.latest.noun:
            self._split_off_last(predicate)
            self._assign(predicate, [self.latest])  # "51 killed and 238 injured"
        elif self.waiting or self._split_off_last(predicate):
            self._assign(predicate, self.waiting)
        elif not passive:
            self.forward = predicate

    def _assign(self, predicate: Predicate, counts: Sequence[Count]) -> None:
        """Give these counts a predicate; but not the 300 of "300 fell ill, 54 of them died"."""
        totals = [count.of_them for count in counts]
        given = [count for count in counts if count not in totals]
        for n, count in enumerate(given):
            following = given[n + 1] if n + 1 < len(given) else None
            same = following is not None and count.noun != "" and following.noun.startswith(count.noun)
            if following and same and not re.search(r"\w", self.text[count.end : following.number.start]):
                continue  # "13 people, 52 people were injured" is no list
            count.predicate, count.far = predicate, False
        if given:
            self.total = given[-1]
        self.waiting = [count for count in self.waiting if count not in given and count not in totals]
        self.forward = None

    def _split_off_last(self, predicate: Predicate) -> bool:
        """Make the last listed part a count of its own if this predicate is its alone; return whether it was."""
        count = self.latest
        if count is None or count is self.total or count.part_of is None:
            return False
        if _BREAK.search(self.text[count.end : predicate.start]):
            return False
        count.part_of = None
        self.total, self.in_list = count, False
        self.waiting.append(count)
        return True


def _group_at(text: str, start: int) -> str:
    """Return the group that the words after a number name (" children", " were women"); "" for none."""
    return next((id for id, pattern in _GROUP_FOLLOWS.items() if pattern.match(text, start)), "")


def _read_count(text: str, number: Number, limit: int, end: int) -> Count:
    """Read a number with the words for what it counts: those up to a stop, a verb or the next number."""
    limit = min(limit, end, number.end + 80) if limit > number.end else min(end, number.end + 80)
    stop = _NOUN_END.search(text, number.end, limit)
    words = text[number.end : stop.start() if stop else limit]
    noun = words.strip(" -\xa0")
    group = next((id for id, pattern in _GROUPS.items() if pattern.search(noun)), "")
    return Count(number, noun, number.end + len(words.rstrip()), group)


def _find_parts(text: str, start: int, end: int, counts: Sequence[Count]) -> list[_Part]:
    of_them = [match.end() for count in counts if (match := _OF_THEM.match(text, count.number.end))]
    opened = [*_OF_WHICH.finditer(text, start, end), *_COLON.finditer(text, start, end)]
    parts = [
        _Part(start=match.start(), end=match.end(), opens=True)
        for match in opened
        if not any(match.start() < place <= match.end() + 1 for place in of_them)
    ]
    parts += [
        _Part(start=match.start(), end=match.end(), opens=False, before=True)
        for match in _OF_WHICH_BEFORE.finditer(text, start, end)
    ]
    for count in counts:
        if count.noun and (match := _PARENTHESIS.match(text, count.end)):
            parts.append(_Part(start=match.end() - 1, end=match.end(), opens=True))
            if (closing := text.find(")", match.end(), end)) > 0:
                parts.append(_Part(start=closing, end=closing + 1, opens=False))
    return parts


def _join_verbs(text: str, found: Sequence[Predicate], start: int) -> list[Predicate]:
    """Join verbs ("destroyed, burned") into one predicate, of the measures that have both; of none for "or worse"."""
    joined: list[Predicate] = []
    for predicate in found:
        predicate = replace(predicate, start=predicate.start + start, end=predicate.end + start)
        before = joined[-1] if joined else None
        if before and not predicate.around and not before.around and before.end <= predicate.start:
            between = text[before.end : predicate.start]
            if re.search(r"[,/\w]", between) and _JOINED.fullmatch(between):
                measures = before.measures & predicate.measures
                joined[-1] = Predicate(start=before.start, end=predicate.end, measures=measures)
                continue
        if _OTHER_VERB.match(text, predicate.end):
            predicate = replace(predicate, measures=frozenset())
        joined.append(predicate)
    return joined


def _is_pronoun(text: str, number: Number) -> bool:
    """Return whether it counts nothing: "one of the biggest", "no one", "the two sides", "their two sons"."""
    if not number.words or (number.value or 0) > 10:
        return False
    before, after = text[max(0, number.start - 8) : number.start], text[number.end : number.end + 12]
    if _DEFINITE.search(before):
        return True
    return number.value == 1 and bool(_NO_ONE.search(before) or _ONE_OF.match(after))
