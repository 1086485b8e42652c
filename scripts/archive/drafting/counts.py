"""A sentence -> what stands in it in order: its counts with the words for what they count, its verbs, its lists."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.drafting import clauses, people
from archive.drafting.clauses import GROUPS, OF_THEM, Count, Part
from archive.drafting.numbers import Number
from archive.drafting.phrases import Said, Wordings, any_of

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
_BEFORE = any_of(people.OF_WHICH_BEFORE)
_OF_WHICH = any_of(people.OF_WHICH)


def of_sentence(
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
    return clauses.read(text, said=said, counts=counts, parts=parts, main=-1 if goes_on else None)


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
