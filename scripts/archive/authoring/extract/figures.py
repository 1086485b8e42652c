"""PressText -> the figures that its statement gives, as findings.

A figure is a count of something that a measure says how texts put (`counted` and `said` in `measures.yml`). Numbers are
kept as they stand: nothing is summed, and a qualifier belongs to its own number alone.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.authoring.extract import counts, lexicon, measures
from archive.authoring.extract.attribution import sentences
from archive.authoring.extract.counts import Count
from archive.authoring.extract.figure_event import Occasions
from archive.authoring.extract.measures import Wordings, any_phrase, names_people
from archive.authoring.extract.numbers import Number, find_numbers
from archive.authoring.extract.press_text import Finding, Paragraph, PressText
from archive.model.records import Archive, Measure

_CUT = re.compile(r"(?<=[a-zа-яəışğçöü]{4}[.!?])[\"”’)]*\s+(?=\d)|;\s+")
_DEFINITE = re.compile(
    r"\b(?:the|these|those|both|all|its|their|our|other|last|first|next|past|эти|bu)\s\Z", re.IGNORECASE
)
_ACTED = re.compile(r"\s(?:were|was|became|have been|has been)(?:\s\w+ly)?\s\w+ed\b")  # "841 were unlawfully detained"
_MOST_WORDS = 6  # of the text in a doubt
_NOT_COUNTED = any_phrase(lexicon.NOT_COUNTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """A count of a paragraph with what the measures make of it."""

    count: Count
    sentence: tuple[int, int]
    measure: Measure | None
    noun: str  # what is counted, from the count before where its own words do not say
    group: str  # likewise
    before: tuple["_Stated", ...]  # those of the same sentence before it


def find_figures(
    text: PressText, archive: Archive, events: Sequence[Finding], paragraphs: Collection[int]
) -> tuple[Finding, ...]:
    """The figures in these paragraphs, each with its place, and a doubt for each count that no measure has.

    `events` are the findings for `events` and `mentions`, as many places as there are; an event that figures are taken
    to be of and that is not among them is given as a finding, too. Value: event, measure, group, value or min and max,
    qualifier, locator, as a record has them. The same figure said twice is given once, at its first place.
    """
    wordings = measures.wordings_of(archive.measures)
    occasions = Occasions(text.text, archive.events, archive.measures, events)
    seen: set[tuple[object, ...]] = set()
    found: list[Finding] = []
    for paragraph in text.paragraphs:
        if paragraph.number == 0:
            continue
        inside = _numbers(text, paragraph)
        if paragraph.number not in paragraphs:
            if any(number.kind == "count" and not number.words for number in inside):
                found.append(_background(text, paragraph))
            continue
        for stated in _stated(text, paragraph, inside, wordings, archive.measures):
            finding = _finding(text, paragraph, stated, occasions)
            key = _key(finding)
            if finding and (key is None or key not in seen):
                found.append(finding)
                seen |= {key} if key else set()
    return (*found, *_events_of(found, events))


def _events_of(figures: Sequence[Finding], named: Sequence[Finding]) -> Iterator[Finding]:
    """The events of figures that were not found by themselves, in doubt; what all is about, if nothing else is."""
    known = {str(each.value) for each in named}
    for each in figures:
        event = str(each.value["event"]) if isinstance(each.value, dict) else ""
        if event and event not in known:
            known.add(event)
            doubt = f"only its figures tell of it: {each.doubt}" if each.doubt else "only its figures tell of it"
            yield replace(each, field="mentions" if named else "events", value=event, doubt=doubt)


def _numbers(text: PressText, paragraph: Paragraph) -> list[Number]:
    """The numbers of a paragraph, read in its own language."""
    return [
        replace(number, start=number.start + paragraph.start, end=number.end + paragraph.start)
        for number in find_numbers(text.text[paragraph.start : paragraph.end])
    ]


def _stated(
    text: PressText, paragraph: Paragraph, inside: Sequence[Number], wordings: Wordings, measures: Mapping[str, Measure]
) -> Iterator[_Stated]:
    last: _Stated | None = None
    for start, end in _cut(text, paragraph):
        found: dict[int, _Stated] = {}
        listed = counts.counts_of_sentence(text.text, start, end, inside, wordings, goes_on=last is not None)
        for n in sorted(range(len(listed)), key=lambda n: _after_its_whole(n, listed[n])):
            count, before = listed[n], tuple(found[m] for m in sorted(found) if m < n)
            other = count.part_of if count.part_of is not None else count.of_them
            taken_up = None if other is None else last if other == -1 else found[other]
            noun, group = _counted(text.text, count, taken_up, before)
            if count.part_of is not None:
                measure = taken_up.measure if taken_up else None
            else:
                measure = _measure(text.text, count, noun, group, wordings, measures)
                if measure and not measure.groups and any(c.part_of == n and c.group for c in listed):
                    measure = _whole(text.text, count, noun, group, wordings, measures) or measure
            found[n] = _Stated(
                count=count, sentence=(start, end), measure=measure, noun=noun, group=group, before=before
            )
        made = [found[n] for n in sorted(found)]
        last = next((each for each in reversed(made) if each.count.part_of is None), last)
        yield from made


def _after_its_whole(place: int, count: Count) -> tuple[int, bool]:
    """An order in which a part comes after the count it is a part of."""
    return max(place, count.part_of or 0), count.part_of is not None


def _counted(text: str, count: Count, taken_up: _Stated | None, before: Sequence[_Stated]) -> tuple[str, str]:
    """What is counted and which group of it, from the counts before where its own words do not say."""
    noun = count.noun
    if count.part_of is not None:
        return noun, count.group
    if count.said and count.said.around:
        noun = f"{noun} {text[count.said.start : count.said.end]}"
    if taken_up:
        words = text[taken_up.count.said.start : taken_up.count.said.end] if taken_up.count.said else ""
        return f"{taken_up.noun} {words} {noun}", count.group
    if not noun or noun.split()[0] in ("others", "more"):
        whole = next((each for each in reversed(before) if each.count.part_of is None), None)
        return (whole.noun, whole.group) if whole else (noun or "people", count.group)
    return noun, count.group


def _measure(
    text: str, count: Count, noun: str, group: str, wordings: Wordings, measures: Mapping[str, Measure]
) -> Measure | None:
    """The measure that says so of what is counted; None for none."""
    if count.said is None:
        return None
    place = count.number.start, count.number.end
    fits = [
        (wordings.counts(id, text, *place, noun) or (not measure.counted and group in measure.groups), measure)
        for id, measure in measures.items()
        if id in count.said.measures and (measure.counted or not count.far)
    ]
    if not any(fit for fit, _ in fits) and count.said.around:  # "the fate of 90 people who went missing is unknown"
        within = next((each for each in wordings.find(text[count.end : count.said.end]) if not each.around), None)
        return _measure(text, replace(count, said=within), noun, group, wordings, measures)
    score, best = max(fits, key=lambda fit: fit[0], default=(0, None))
    return best if score else None


def _whole(
    text: str, count: Count, noun: str, group: str, wordings: Wordings, measures: Mapping[str, Measure]
) -> Measure | None:
    """The measure of a count given with its groups: by the verb alone, whatever is said of the manner."""
    verb = text[count.said.start : count.said.end].split()[0] if count.said else ""
    if not (said := next(iter(wordings.find(verb)), None)):
        return None
    return _measure(text, replace(count, said=said), noun, group, wordings, measures)


def _finding(text: PressText, paragraph: Paragraph, stated: _Stated, occasions: Occasions) -> Finding | None:
    count, measure = stated.count, stated.measure
    start, end = count.number.start, count.end
    shown = _ACTED.match(text.text, end) if not count.noun else None
    words = " ".join(text.text[start : shown.end() if shown else end].split()[:_MOST_WORDS])
    group = stated.group if measure and (count.part_of is not None or not measure.counted) else ""
    if measure and group and group not in measure.groups:
        doubt = f"counts something measures.yml does not have: {words}; {measure.id} has no group {group}"
        return Finding(field="figures", value=None, start=start, end=end, doubt=doubt)
    direct = occasions.directly((start, end), stated.sentence, measure) if measure else ""
    if measure is None or (count.part_of is not None and not group and not direct):
        if not _worth_saying(text.text, stated):
            return None
        doubt = f"counts something measures.yml does not have: {words}"
        return Finding(field="figures", value=None, start=start, end=end, doubt=doubt)
    occasion = occasions.of((start, end), stated.sentence, paragraph.start, measure)
    if not occasion.event:
        doubt = f"no event in events.yml is named for {words} ({measure.id})"
        return Finding(field="figures", value=None, start=start, end=end, doubt=doubt)
    value: dict[str, object] = {"event": occasion.event, "measure": measure.id}
    value |= {"group": group} if group else {}
    number = count.number
    value |= {"value": number.value} if number.value is not None else {"min": number.min, "max": number.max}
    value |= {"qualifier": number.qualifier} if number.qualifier else {}
    value["locator"] = text.locator(start)
    doubts = [occasion.doubt, _carried(text.text, stated)]
    return Finding(field="figures", value=value, start=start, end=end, doubt="; ".join(filter(None, doubts)))


def _carried(text: str, stated: _Stated) -> str:
    """A doubt where it is not clear that what is said of a number before it in a list holds of this one too."""
    if stated.count.number.qualifier or not stated.before:
        return ""
    previous = stated.before[-1].count
    if previous.number.qualifier and re.fullmatch(
        r"\s*,?\s*(?:and\s+)?", text[previous.end : stated.count.number.start]
    ):
        said = text[previous.number.start : previous.number.end]
        return f'follows "{said}" in a list; whether that is said of this number too is not clear'
    return ""


def _worth_saying(text: str, stated: _Stated) -> bool:
    """Whether a count that no measure has is a fact that a maintainer would look for."""
    count = stated.count
    small = count.number.words and (count.number.value or 0) <= 10
    if not count.noun and not (count.part_of is None and _ACTED.match(text, count.end)):
        return False
    if _DEFINITE.search(text[max(0, count.number.start - 10) : count.number.start]):
        return False
    if (m := _NOT_COUNTED.search(count.noun)) and not names_people(count.noun) and m.start() < 30:
        return False
    return not small or count.said is not None or count.part_of is not None


def _background(text: PressText, paragraph: Paragraph) -> Finding:
    return Finding(
        field="figures",
        value=None,
        start=paragraph.start,
        end=paragraph.end,
        doubt=f"{text.locator(paragraph.start)} is left out as the outlet's background, with its numbers",
    )


def _key(finding: Finding | None) -> tuple[object, ...] | None:
    if finding is None or not isinstance(finding.value, dict):
        return None
    return tuple(finding.value.get(name) for name in ("event", "measure", "group", "value", "min", "max", "qualifier"))


def _cut(text: PressText, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """The paragraph's sentences, and those that begin with a number."""
    for start, end in sentences(text, paragraph):
        for cut in _CUT.finditer(text.text, start, end):
            yield start, cut.end()
            start = cut.end()
        yield start, end
