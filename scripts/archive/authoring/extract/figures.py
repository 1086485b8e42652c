"""Find the figures that a statement gives.

A figure is a count of something, and of what became of it, that a measure has in `counted` and `said` (`measures.yml`).
Numbers are kept as they stand: nothing is added up, and a qualifier belongs to its own number alone.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.authoring.extract import lexicon
from archive.authoring.extract.attribution import sentences
from archive.authoring.extract.counts import Count, counts_of_sentence
from archive.authoring.extract.figure_event import EventMentions
from archive.authoring.extract.measures import Wordings, names_people, phrase_pattern, wordings_of
from archive.authoring.extract.numbers import Number, find_numbers
from archive.authoring.extract.press_text import Finding, Paragraph, PressText, first_words
from archive.model.records import Archive, Measure

_BEFORE_NUMBER = re.compile(r"(?<=[a-zа-яəışğçöü]{4}[.!?])[\"”’)]*\s+(?=\d)|;\s+")
_DEFINITE = re.compile(
    r"\b(?:the|these|those|both|all|its|their|our|other|last|first|next|past|эти|bu)\s\Z", re.IGNORECASE
)
_VERB_FOLLOWS = re.compile(r"\s(?:were|was|became|have been|has been)(?:\s\w+ly)?\s\w+ed\b")
_IN_A_LIST = re.compile(r"\s*,?\s*(?:and\s+)?")
_NOT_COUNTED = phrase_pattern(lexicon.NOT_COUNTED)
_MOST_NEAREST = 3  # measures that a message names


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What a count of a paragraph was taken for: its measure, None if no measure has it, and the nearest ones."""

    noun: str  # what is counted, from the count before where its own words do not tell
    group: str
    measure: Measure | None
    nearest: tuple[str, ...]


def find_figures(
    text: PressText, archive: Archive, events: Sequence[Finding], paragraphs: Collection[int]
) -> tuple[Finding, ...]:
    """Return the figures in these paragraphs, and a doubt for each count that no measure has.

    `events` are the findings for `events` and `mentions`, every place of each. A value is a mapping with event (not if
    none is named), measure, group, value or min and max, qualifier and locator, as a record has them. A figure that is
    given twice is returned once, at its first place.
    """
    wordings = wordings_of(archive.measures)
    mentions = EventMentions(text.text, archive.events, events)
    findings: dict[object, Finding] = {}
    for paragraph in text.paragraphs:
        numbers = _numbers_of(text, paragraph)
        if paragraph.number and paragraph.number not in paragraphs:
            if any(number.counts and not number.words for number in numbers):
                doubt = f"{text.locator(paragraph.start)} is left out as the outlet's background, with its numbers"
                findings[doubt] = _doubt(paragraph.start, paragraph.end, doubt)
        elif paragraph.number:
            for finding in _figures_of(text, paragraph, numbers, wordings, archive, mentions):
                findings.setdefault(_identity(finding), finding)
    return tuple(findings.values())


def _numbers_of(text: PressText, paragraph: Paragraph) -> list[Number]:
    """Return the numbers of a paragraph, read in its own language."""
    return [
        replace(number, start=number.start + paragraph.start, end=number.end + paragraph.start)
        for number in find_numbers(text.text[paragraph.start : paragraph.end])
    ]


def _figures_of(
    text: PressText,
    paragraph: Paragraph,
    numbers: Sequence[Number],
    wordings: Wordings,
    archive: Archive,
    mentions: EventMentions,
) -> Iterator[Finding]:
    last: Count | None = None
    readings: dict[Count, _Reading] = {}
    for start, end in _split_sentences(text, paragraph):
        counts = counts_of_sentence(text.text, start, end, numbers, wordings, last)
        for count in sorted(counts, key=lambda count: count.part_of in counts):  # a part after its total
            readings[count] = _read(text.text, count, counts, readings, wordings, archive)
        for before, count in zip([None, *counts], counts, strict=False):
            if finding := _finding(text, paragraph, count, readings[count], mentions):
                yield _with_doubt_of_qualifier(text.text, finding, count, before)
        last = next((count for count in reversed(counts) if count.part_of is None), last)


def _read(
    text: str,
    count: Count,
    counts: Sequence[Count],
    readings: dict[Count, _Reading],
    wordings: Wordings,
    archive: Archive,
) -> _Reading:
    """Return the measure of a count; a part has that of its total."""
    if count.part_of is not None:
        total = readings.get(count.part_of)
        return _Reading(noun=count.noun, group=count.group, measure=total.measure if total else None, nearest=())
    noun, group = count.noun, count.group
    if count.predicate and count.predicate.around:
        noun = f"{noun} {text[count.predicate.start : count.predicate.end]}"
    if of := readings.get(count.of_them) if count.of_them else None:
        verb = count.of_them.predicate if count.of_them else None
        noun = f"{of.noun} {text[verb.start : verb.end] if verb else ''} {noun}"
    elif not noun or noun.split()[0] in ("others", "more"):
        before = [other for other in counts if other in readings and other.number.start < count.number.start]
        whole = next((other for other in reversed(before) if other.part_of is None), None)
        noun, group = (readings[whole].noun, readings[whole].group) if whole else (noun or "people", group)
        noun = "people" if names_people(noun) else noun  # whether they were civilians is not said of them
    measure, nearest = _find_measure(text, count, noun, group, wordings, archive)
    has_groups = any(other.part_of is count and other.group for other in counts)
    if measure and has_groups and not measure.groups and count.predicate:  # by the verb alone, without the manner
        verb_alone = wordings.find_predicates(text[count.predicate.start : count.predicate.end].split()[0])
        if verb_alone:
            plain = count.with_predicate(verb_alone[0])
            measure = _find_measure(text, plain, noun, group, wordings, archive)[0] or measure
    return _Reading(noun=noun, group=group, measure=measure, nearest=nearest)


def _find_measure(
    text: str, count: Count, noun: str, group: str, wordings: Wordings, archive: Archive
) -> tuple[Measure | None, tuple[str, ...]]:
    """Return the measure of what is counted and what became of it, None for none, and the nearest to it."""
    predicate, place = count.predicate, (count.number.start, count.number.end)
    scores = {}
    for id, measure in archive.measures.items():
        score = wordings.noun_score(id, text, place, noun) or wordings.noun_score(id, text, place, count.noun)
        scores[id] = score or int(not measure.counted and group in measure.groups)
    said = predicate.measures if predicate else frozenset()
    fitting = [id for id in scores if id in said and scores[id] and (archive.measures[id].counted or not count.far)]
    best = archive.measures[max(fitting, key=lambda id: scores[id])] if fitting else None
    if predicate and predicate.around and not (best and best.counted):
        inner = wordings.find_predicates(text[count.end : predicate.end])
        if within := next((other for other in inner if not other.around), None):
            # "the fate of 90 people who went missing is unknown"
            found = _find_measure(text, count.with_predicate(within), noun, group, wordings, archive)
            best = found[0] or best
    if best:
        return best, ()
    near = [id for id in scores if id in said] or [id for id in scores if scores[id] > 1]
    return None, tuple(near[:_MOST_NEAREST])


def _finding(
    text: PressText, paragraph: Paragraph, count: Count, reading: _Reading, mentions: EventMentions
) -> Finding | None:
    measure, number, place = reading.measure, count.number, (count.number.start, count.end)
    verb = _VERB_FOLLOWS.match(text.text, count.end) if not count.noun else None
    words = first_words(text.text[number.start : verb.end() if verb else count.end])
    group = reading.group if measure and (count.part_of is not None or not measure.counted) else ""
    if measure and group not in measure.groups and (count.part_of is None and names_people(reading.noun)):
        group = ""
    if measure is None or (group and group not in measure.groups) or (count.part_of is not None and not group):
        if measure is None and not _is_reportable(text.text, count, verb is not None):
            return None
        near = (f"{measure.id}, without the group {group or words}",) if measure else reading.nearest
        return _doubt(*place, f"not matched: {words}" + (f"; nearest: {', '.join(near)}" if near else ""))
    figure_event = mentions.event_of(place, paragraph.start)
    value: dict[str, object] = {"event": figure_event.event} if figure_event.event else {}
    value |= {"measure": measure.id} | ({"group": group} if group else {})
    value |= {"value": number.value} if number.value is not None else {"min": number.min, "max": number.max}
    value |= {"qualifier": number.qualifier} if number.qualifier else {}
    value["locator"] = text.locator(number.start)
    doubt = figure_event.doubt or ("" if figure_event.event else "of which event it is, is not said in its sentence")
    return Finding(field="figures", value=value, start=place[0], end=place[1], doubt=doubt)


def _with_doubt_of_qualifier(text: str, finding: Finding, count: Count, before: Count | None) -> Finding:
    """Add a doubt if the qualifier of the number before in a list may hold for this one too."""
    if finding.value is None or count.number.qualifier or not before or not before.number.qualifier:
        return finding
    if not _IN_A_LIST.fullmatch(text, before.end, count.number.start):
        return finding
    words = text[before.number.start : before.number.end]
    doubt = f'follows "{words}" in a list; whether that holds for this number too is not clear'
    return replace(finding, doubt="; ".join(filter(None, (finding.doubt, doubt))))


def _is_reportable(text: str, count: Count, has_verb: bool) -> bool:
    """Return whether a count that no measure has is a fact that a maintainer would look for."""
    small = count.number.words and (count.number.value or 0) <= 10
    if not count.noun and not (count.part_of is None and has_verb):
        return False
    if _DEFINITE.search(text, max(0, count.number.start - 10), count.number.start):
        return False
    if (match := _NOT_COUNTED.search(count.noun)) and not names_people(count.noun) and match.start() < 30:
        return False
    return not small or count.predicate is not None or count.part_of is not None


def _doubt(start: int, end: int, doubt: str) -> Finding:
    return Finding(field="figures", value=None, start=start, end=end, doubt=doubt)


def _identity(finding: Finding) -> object:
    value = finding.value
    if not isinstance(value, dict):
        return finding.start
    return tuple(value.get(name) for name in ("event", "measure", "group", "value", "min", "max", "qualifier"))


def _split_sentences(text: PressText, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Split the paragraph into sentences, also before one that begins with a number."""
    for start, end in sentences(text, paragraph):
        for cut in _BEFORE_NUMBER.finditer(text.text, start, end):
            yield start, cut.end()
            start = cut.end()
        yield start, end
