"""Find the legal instruments that a statement cites: by name, and resolutions by number or day."""

import re
from collections.abc import Iterator, Sequence

from archive.authoring.extract.attribution import attributed, sentences
from archive.authoring.extract.dates import find_periods
from archive.authoring.extract.names import NamedAuthority, nearest
from archive.authoring.extract.press_text import Finding, PressText, first_words
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
_MOST_WORDS = 8  # of an instrument's name in a message


def find_instruments(text: PressText, archive: Archive, named: Sequence[NamedAuthority]) -> tuple[Finding, ...]:
    """Return each instrument once, where it is first cited, and what looks like one that no authority has."""
    findings: dict[object, Finding] = {}
    paragraphs = attributed(text)
    for paragraph in text.paragraphs:
        if paragraph.number in paragraphs:
            for start, end in sentences(text, paragraph):
                for finding in _findings_in(text.text[start:end], start, archive, named):
                    key = finding.value or finding.doubt.casefold()
                    if key not in findings or (findings[key].doubt and not finding.doubt):
                        findings[key] = finding
    return tuple(sorted(findings.values(), key=lambda finding: finding.start))


def _findings_in(sentence: str, offset: int, archive: Archive, named: Sequence[NamedAuthority]) -> Iterator[Finding]:
    covered: list[tuple[int, int]] = []
    for name in named:
        if offset <= name.start < offset + len(sentence) and name.ids("instruments"):
            covered.append((name.start - offset, name.end - offset))
            for id in name.ids("instruments"):
                yield _finding(id, offset, covered[-1], "which of them is not said" * name.partial)
    for match in _RESOLUTIONS.finditer(sentence):
        yield from _by_number(match, offset, archive)
    if _RESOLUTION.search(sentence):
        for period in find_periods(sentence):
            for instrument in archive.instruments.values():
                days = (instrument.date.earliest, instrument.date.latest) if instrument.date else None
                if instrument.kind == "resolution" and period.first_day and period.span == days:
                    yield _finding(instrument.id, offset, (period.start, period.end))
    for match in _TREATY.finditer(sentence):
        if all(match.end() <= start or match.start() >= end for start, end in covered):
            yield _finding(
                None,
                offset,
                match.span(),
                f"not matched: {first_words(match[0], _MOST_WORDS)}{nearest(match[0], archive.instruments)}",
            )


def _by_number(match: re.Match[str], offset: int, archive: Archive) -> Iterator[Finding]:
    cited = _NUMBER.findall(match["numbers"] or match["before"])
    numbers_of = {id: set(_numbers(instrument)) for id, instrument in archive.instruments.items()}
    for id, own in numbers_of.items():
        if own & set(cited):
            yield _finding(id, offset, match.span())
    if unknown := [number for number in cited if not any(number in own for own in numbers_of.values())]:
        yield _finding(None, offset, match.span(), f"not matched: resolution {', '.join(unknown)}")


def _numbers(instrument: Instrument) -> Iterator[str]:
    """Yield the numbers of a resolution, or of several, from its names and its symbol."""
    if instrument.kind == "resolution":
        for text in (instrument.label, *(name.name for name in instrument.names)):
            for match in _RESOLUTIONS.finditer(text):
                yield from _NUMBER.findall(match["numbers"] or match["before"])
        yield from re.findall(r"\d+/\d+|\d+\Z", instrument.symbol)


def _finding(id: str | None, offset: int, span: tuple[int, int], doubt: str = "") -> Finding:
    start, end = span
    return Finding(field="instruments", value=id, start=offset + start, end=offset + end, doubt=doubt)
