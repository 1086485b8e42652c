"""PressText -> the legal instruments it cites: by their names, and resolutions by number or day."""

import re
from collections.abc import Iterator, Sequence

from archive.authoring.extract.attribution import attributed, sentences
from archive.authoring.extract.dates import days
from archive.authoring.extract.names import Named
from archive.authoring.extract.press_text import Finding, PressText
from archive.model.records import Archive, Instrument

_RESOLUTIONS = re.compile(
    r"\b(?:resolutions?|резолюци\w+|qətnamə\w*)\s+(?:(?:nos?\.?|№|under number)\s*)?#?"
    r"(?P<numbers>\d+(?:/\d+)?(?:\s*\(\d{4}\))?(?:(?:\s*,\s*|\s*,?\s+(?:and|и|və)\s+)#?\d+(?:/\d+)?(?:\s*\(\d{4}\))?)*)"
    r"|(?P<before>\d+(?:/\d+)?(?:(?:\s*,\s*|\s*,?\s+(?:and|и|və)\s+)\d+(?:/\d+)?)*)\s+(?:saylı\s+qətnamə|resolutions?\b)\w*",
    re.IGNORECASE,
)
_RESOLUTION = re.compile(r"\bresolutions?\b|\bрезолюци|\bqətnamə", re.IGNORECASE)
_NUMBER = re.compile(r"\d+/\d+|(?<!\()\b\d+\b(?!\s*\))")
_TREATY = re.compile(
    r"\b(?:(?:[A-Z][a-z]+\s+){1,4}(?:Conventions?|Protocols?|Covenants?|Declaration|Charter)"
    r"|(?:Conventions?|Protocols?|Covenants?|Declaration|Charter)(?=\s+(?:on|for|against|relating|concerning)\b))"
    r"(?:\s+(?:on|for|against|of|relating\s+to|concerning)\s+(?:the\s+)?(?:(?:[A-Z]\w+|of|the|and|on|in|to|for)\s?){1,10})?"
)
_MOST_WORDS = 8  # of the text in a message


def find_instruments(text: PressText, archive: Archive, named: Sequence[Named]) -> tuple[Finding, ...]:
    """Each instrument once, where it is first cited, and what looks like one that no authority has."""
    found: dict[object, Finding] = {}
    belongs = attributed(text)
    for paragraph in text.paragraphs:
        if paragraph.number in belongs:
            for start, end in sentences(text, paragraph):
                for finding in _in(text.text[start:end], start, archive, named):
                    key = finding.value or finding.doubt.casefold()
                    if key not in found or (found[key].doubt and not finding.doubt):
                        found[key] = finding
    return tuple(sorted(found.values(), key=lambda finding: finding.start))


def _in(sentence: str, offset: int, archive: Archive, named: Sequence[Named]) -> Iterator[Finding]:
    covered: list[tuple[int, int]] = []
    for each in named:
        if offset <= each.start < offset + len(sentence) and each.ids("instruments"):
            covered.append((each.start - offset, each.end - offset))
            for id in each.ids("instruments"):
                yield _finding(id, offset, covered[-1], "which of them is not said" * each.partial)
    for match in _RESOLUTIONS.finditer(sentence):
        yield from _by_number(match, offset, archive)
    if _RESOLUTION.search(sentence):
        for day in days(sentence):
            for instrument in archive.instruments.values():
                its = (instrument.date.earliest, instrument.date.latest) if instrument.date else None
                if instrument.kind == "resolution" and day.first and day.span == its:
                    yield _finding(instrument.id, offset, (day.start, day.end))
    for match in _TREATY.finditer(sentence):
        if all(match.end() <= start or match.start() >= end for start, end in covered):
            yield _finding(None, offset, match.span(), f"not in instruments.yml: {_cut(match[0])}")


def _by_number(match: re.Match[str], offset: int, archive: Archive) -> Iterator[Finding]:
    numbers = _NUMBER.findall(match["numbers"] or match["before"])
    known = {id: set(_numbers(instrument)) for id, instrument in archive.instruments.items()}
    for id, its in known.items():
        if its & set(numbers):
            yield _finding(id, offset, match.span())
    if unknown := [number for number in numbers if not any(number in its for its in known.values())]:
        yield _finding(None, offset, match.span(), f"not in instruments.yml: resolution {', '.join(unknown)}")


def _numbers(instrument: Instrument) -> Iterator[str]:
    """The numbers of a resolution or of several, by its names and its symbol."""
    if instrument.kind == "resolution":
        for text in (instrument.label, *(name.name for name in instrument.names)):
            for match in _RESOLUTIONS.finditer(text):
                yield from _NUMBER.findall(match["numbers"] or match["before"])
        yield from re.findall(r"\d+/\d+|\d+\Z", instrument.symbol)


def _finding(id: str | None, offset: int, span: tuple[int, int], doubt: str = "") -> Finding:
    start, end = span
    return Finding(field="instruments", value=id, start=offset + start, end=offset + end, doubt=doubt)


def _cut(text: str) -> str:
    return " ".join(text.split()[:_MOST_WORDS])
