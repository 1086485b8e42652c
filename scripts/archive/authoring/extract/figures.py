"""Find the figures that a statement gives.

A figure is a count of something, and of what became of it, that a measure has in `counted` and `said` (`measures.yml`).
Numbers are kept as they stand: nothing is added up, and a qualifier belongs to its own number alone.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
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
# "841 were unlawfully detained"
_PASSIVE = re.compile(r"\s(?:were|was|became|have been|has been)(?:\s\w+ly)?\s\w+ed\b")
_NOT_COUNTED = phrase_pattern(lexicon.NOT_COUNTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _MeasuredCount:
    """A count of a paragraph and its measure, None if no measure has it."""

    count: Count
    sentence: tuple[int, int]
    measure: Measure | None
    noun: str  # what is counted, from the count before where its own words do not tell
    group: str  # likewise
    before: tuple["_MeasuredCount", ...]  # those of the same sentence before it


def find_figures(
    text: PressText, archive: Archive, events: Sequence[Finding], paragraphs: Collection[int]
) -> tuple[Finding, ...]:
    """Return the figures in these paragraphs, and a doubt for each count that no measure has.

    `events` are the findings for `events` and `mentions`, every place of each. An event of a figure that is not among
    them is returned as a finding too. A value is a mapping with event, measure, group, value or min and max, qualifier
    and locator, as a record has them. A figure that is given twice is returned once, at its first place.
    """
    wordings = wordings_of(archive.measures)
    mentions = EventMentions(text.text, archive.events, archive.measures, events)
    identities: set[tuple[object, ...]] = set()
    findings: list[Finding] = []
    for paragraph in text.paragraphs:
        if paragraph.number == 0:
            continue
        numbers = _numbers_of(text, paragraph)
        if paragraph.number not in paragraphs:
            if any(number.kind == "count" and not number.words for number in numbers):
                findings.append(_background_doubt(text, paragraph))
            continue
        for measured in _measured_counts(text, paragraph, numbers, wordings, archive.measures):
            finding = _finding(text, paragraph, measured, mentions)
            identity = _identity(finding)
            if finding and (identity is None or identity not in identities):
                findings.append(finding)
                identities |= {identity} if identity else set()
    return (*findings, *_missing_events(findings, events))


def _missing_events(figures: Sequence[Finding], findings: Sequence[Finding]) -> Iterator[Finding]:
    """Return the events that only figures have, in doubt: as main events if the text has no other."""
    events = {str(finding.value) for finding in findings}
    for finding in figures:
        event = str(finding.value["event"]) if isinstance(finding.value, dict) else ""
        if event and event not in events:
            events.add(event)
            doubt = f"known only from its figures: {finding.doubt}" if finding.doubt else "known only from its figures"
            yield replace(finding, field="mentions" if findings else "events", value=event, doubt=doubt)


def _numbers_of(text: PressText, paragraph: Paragraph) -> list[Number]:
    """Return the numbers of a paragraph, read in its own language."""
    return [
        replace(number, start=number.start + paragraph.start, end=number.end + paragraph.start)
        for number in find_numbers(text.text[paragraph.start : paragraph.end])
    ]


def _measured_counts(
    text: PressText,
    paragraph: Paragraph,
    numbers: Sequence[Number],
    wordings: Wordings,
    measures: Mapping[str, Measure],
) -> Iterator[_MeasuredCount]:
    last: _MeasuredCount | None = None
    for start, end in _split_sentences(text, paragraph):
        measured: dict[int, _MeasuredCount] = {}
        listed = counts_of_sentence(text.text, start, end, numbers, wordings, goes_on=last is not None)
        for place in sorted(range(len(listed)), key=lambda place: _parts_last(place, listed[place])):
            count, before = listed[place], tuple(measured[earlier] for earlier in sorted(measured) if earlier < place)
            of = count.part_of if count.part_of is not None else count.of_them
            total = None if of is None else last if of == -1 else measured[of]
            noun, group = _noun_and_group(text.text, count, total, before)
            if count.part_of is not None:
                measure = total.measure if total else None
            else:
                measure = _find_measure(text.text, count, noun, group, wordings, measures)
                if measure and not measure.groups and any(other.part_of == place and other.group for other in listed):
                    measure = _measure_of_total(text.text, count, noun, group, wordings, measures) or measure
            measured[place] = _MeasuredCount(
                count=count, sentence=(start, end), measure=measure, noun=noun, group=group, before=before
            )
        in_order = [measured[place] for place in sorted(measured)]
        last = next((entry for entry in reversed(in_order) if entry.count.part_of is None), last)
        yield from in_order


def _parts_last(place: int, count: Count) -> tuple[int, bool]:
    """Return a sort key by which a part comes after its total."""
    return max(place, count.part_of or 0), count.part_of is not None


def _noun_and_group(
    text: str, count: Count, total: _MeasuredCount | None, before: Sequence[_MeasuredCount]
) -> tuple[str, str]:
    """Return what is counted and of which group, from the counts before where its own words do not tell."""
    noun = count.noun
    if count.part_of is not None:
        return noun, count.group
    if count.predicate and count.predicate.around:
        noun = f"{noun} {text[count.predicate.start : count.predicate.end]}"
    if total:
        words = text[total.count.predicate.start : total.count.predicate.end] if total.count.predicate else ""
        return f"{total.noun} {words} {noun}", count.group
    if not noun or noun.split()[0] in ("others", "more"):
        first = next((entry for entry in reversed(before) if entry.count.part_of is None), None)
        return (first.noun, first.group) if first else (noun or "people", count.group)
    return noun, count.group


def _find_measure(
    text: str, count: Count, noun: str, group: str, wordings: Wordings, measures: Mapping[str, Measure]
) -> Measure | None:
    """Return the measure of what is counted and what became of it; None for none."""
    if count.predicate is None:
        return None
    place = count.number.start, count.number.end
    scores = [
        (wordings.noun_score(id, text, *place, noun) or (not measure.counted and group in measure.groups), measure)
        for id, measure in measures.items()
        if id in count.predicate.measures and (measure.counted or not count.far)
    ]
    if not any(score for score, _ in scores) and count.predicate.around:
        # "the fate of 90 people who went missing is unknown"
        inner = wordings.find_predicates(text[count.end : count.predicate.end])
        within = next((predicate for predicate in inner if not predicate.around), None)
        return _find_measure(text, replace(count, predicate=within), noun, group, wordings, measures)
    best_score, best = max(scores, key=lambda score: score[0], default=(0, None))
    return best if best_score else None


def _measure_of_total(
    text: str, count: Count, noun: str, group: str, wordings: Wordings, measures: Mapping[str, Measure]
) -> Measure | None:
    """Return the measure of a count given with its groups: by the verb alone, without the manner."""
    verb = text[count.predicate.start : count.predicate.end].split()[0] if count.predicate else ""
    if not (predicate := next(iter(wordings.find_predicates(verb)), None)):
        return None
    return _find_measure(text, replace(count, predicate=predicate), noun, group, wordings, measures)


def _finding(
    text: PressText, paragraph: Paragraph, measured: _MeasuredCount, mentions: EventMentions
) -> Finding | None:
    count, measure = measured.count, measured.measure
    start, end = count.number.start, count.end
    passive = _PASSIVE.match(text.text, end) if not count.noun else None
    words = first_words(text.text[start : passive.end() if passive else end])
    group = measured.group if measure and (count.part_of is not None or not measure.counted) else ""
    if measure and group and group not in measure.groups:
        doubt = f"counts something measures.yml does not have: {words}; {measure.id} has no group {group}"
        return Finding(field="figures", value=None, start=start, end=end, doubt=doubt)
    of_clause = mentions.event_of_clause((start, end), measured.sentence, measure) if measure else ""
    if measure is None or (count.part_of is not None and not group and not of_clause):
        if not _is_reportable(text.text, measured):
            return None
        doubt = f"counts something measures.yml does not have: {words}"
        return Finding(field="figures", value=None, start=start, end=end, doubt=doubt)
    figure_event = mentions.event_of((start, end), measured.sentence, paragraph.start, measure)
    if not figure_event.event:
        doubt = f"no event in events.yml is named for {words} ({measure.id})"
        return Finding(field="figures", value=None, start=start, end=end, doubt=doubt)
    value: dict[str, object] = {"event": figure_event.event, "measure": measure.id}
    value |= {"group": group} if group else {}
    number = count.number
    value |= {"value": number.value} if number.value is not None else {"min": number.min, "max": number.max}
    value |= {"qualifier": number.qualifier} if number.qualifier else {}
    value["locator"] = text.locator(start)
    doubts = [figure_event.doubt, _qualifier_doubt(text.text, measured)]
    return Finding(field="figures", value=value, start=start, end=end, doubt="; ".join(filter(None, doubts)))


def _qualifier_doubt(text: str, measured: _MeasuredCount) -> str:
    """Return a doubt if the qualifier of the number before in a list may hold for this one too."""
    if measured.count.number.qualifier or not measured.before:
        return ""
    previous = measured.before[-1].count
    if previous.number.qualifier and re.fullmatch(
        r"\s*,?\s*(?:and\s+)?", text[previous.end : measured.count.number.start]
    ):
        words = text[previous.number.start : previous.number.end]
        return f'follows "{words}" in a list; whether that holds for this number too is not clear'
    return ""


def _is_reportable(text: str, measured: _MeasuredCount) -> bool:
    """Return whether a count that no measure has is a fact that a maintainer would look for."""
    count = measured.count
    small = count.number.words and (count.number.value or 0) <= 10
    if not count.noun and not (count.part_of is None and _PASSIVE.match(text, count.end)):
        return False
    if _DEFINITE.search(text[max(0, count.number.start - 10) : count.number.start]):
        return False
    if (match := _NOT_COUNTED.search(count.noun)) and not names_people(count.noun) and match.start() < 30:
        return False
    return not small or count.predicate is not None or count.part_of is not None


def _background_doubt(text: PressText, paragraph: Paragraph) -> Finding:
    return Finding(
        field="figures",
        value=None,
        start=paragraph.start,
        end=paragraph.end,
        doubt=f"{text.locator(paragraph.start)} is left out as the outlet's background, with its numbers",
    )


def _identity(finding: Finding | None) -> tuple[object, ...] | None:
    if finding is None or not isinstance(finding.value, dict):
        return None
    return tuple(finding.value.get(name) for name in ("event", "measure", "group", "value", "min", "max", "qualifier"))


def _split_sentences(text: PressText, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Split the paragraph into sentences, also before one that begins with a number."""
    for start, end in sentences(text, paragraph):
        for cut in _BEFORE_NUMBER.finditer(text.text, start, end):
            yield start, cut.end()
            start = cut.end()
        yield start, end
