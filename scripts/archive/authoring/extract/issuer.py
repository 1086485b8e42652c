"""Find who issued what a text reports, by the names of the office and of those who hold or held it."""

import datetime
import re
from collections.abc import Iterable, Iterator

from archive.authoring.extract.press_text import Finding, PressText
from archive.model.records import Archive, Holder, Issuer

_ENDING = re.compile("(?:ый|ий|ой|ая|яя|[аяые])$")  # Cyrillic; the name's own
_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
_SPACE = r"(?:\s*\([^()\n]{1,40}\))?\s+"  # a report may put another title of the office in brackets
_CASE_ENDING = r"\w{0,6}"  # Russian and Azerbaijani put the case at the end of a word


def find_issuer(press: PressText, archive: Archive) -> list[Finding]:
    """Return the issuer, with its first place, in doubt if several or a title alone are named; empty for none."""
    matches_of = {}
    for id, issuer in archive.issuers.items():
        if matches := list(_any_name(_name_patterns(issuer)).finditer(press.text)):
            matches_of[id] = matches
    if not matches_of:
        return list(_find_by_title(press, archive))
    best = max(matches_of, key=lambda id: len(matches_of[id]))
    doubt = f"the text names {', '.join(matches_of)} too" if len(matches_of) > 1 else ""
    first = matches_of[best][0]
    return [Finding(field="issuer", value=best, start=first.start(), end=first.end(), doubt=doubt)]


def find_holder(press: PressText, issuer: Issuer) -> Finding | None:
    """Return the holder of the office whom the text names most, with the first place; None if it names none."""
    best: tuple[int, Finding] | None = None
    for holder in issuer.holders:
        matches = list(_any_name(_holder_patterns(holder)).finditer(press.text))
        if matches and (best is None or len(matches) > best[0]):
            first = matches[0]
            best = len(matches), Finding(field="holder", value=holder, start=first.start(), end=first.end())
    return best[1] if best else None


def years_of_office(press: PressText, archive: Archive, today: datetime.date) -> range:
    """Return the years in which the holders whom the text names can have spoken; all years if it names none."""
    findings = (find_holder(press, issuer) for issuer in archive.issuers.values())
    holders = [finding.value for finding in findings if finding and isinstance(finding.value, Holder)]
    first = min((holder.since.earliest.year for holder in holders), default=1)
    return range(first, max((_last_year(holder, today) for holder in holders), default=today.year) + 1)


def speaker_pattern(archive: Archive) -> re.Pattern[str]:
    """Return a pattern of what a report calls an issuer once it has named it: "the ombudsman", a family name."""
    return _any_name(
        name
        for issuer in archive.issuers.values()
        for name in (
            *(_inflected(short) for long in _office_names(issuer) for short in _PARENTHESIS.findall(long)),
            *_name_patterns(issuer),
            *(_inflected(family) for holder in issuer.holders for _, family in _spellings(holder)),
        )
    )


def names_in_words(archive: Archive) -> str:
    """Return the names looked for, in words, for a text that has none of them."""
    return "; ".join(
        ", ".join([issuer.label, *(f"{holder.given} {holder.family}" for holder in issuer.holders)])
        for issuer in archive.issuers.values()
    )


def _find_by_title(press: PressText, archive: Archive) -> Iterator[Finding]:
    """Find an issuer by its title alone, which others have too."""
    for id, issuer in archive.issuers.items():
        titles = [_inflected(title) for name in _office_names(issuer) for title in _PARENTHESIS.findall(name)]
        if titles and (match := _any_name(titles).search(press.text)):
            doubt = "only the title is named; see whether it is the one of this office"
            yield Finding(field="issuer", value=id, start=match.start(), end=match.end(), doubt=doubt)
            return


def _last_year(holder: Holder, today: datetime.date) -> int:
    return holder.until.latest.year if holder.until else today.year


def _any_name(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(set(names), key=len, reverse=True))})\b", re.IGNORECASE)


def _office_names(issuer: Issuer) -> list[str]:
    return [issuer.label, *(name.name for name in issuer.names)]


def _name_patterns(issuer: Issuer) -> Iterator[str]:
    for name in _office_names(issuer):
        yield _inflected(name)
        yield _inflected(_PARENTHESIS.sub("", name))
    for holder in issuer.holders:
        yield from _holder_patterns(holder)


def _holder_patterns(holder: Holder) -> Iterator[str]:
    for given, family in _spellings(holder):
        yield rf"{_inflected(given)}\s+{_inflected(family)}"
        yield rf"{re.escape(given[0])}\.\s?{_inflected(family)}"


def _spellings(holder: Holder) -> list[tuple[str, str]]:
    """Return the given and the family name in each script."""
    others = [name.name.rpartition(" ") for name in holder.names]
    return [(holder.given, holder.family), *((given, family) for given, _, family in others if given)]


def _inflected(name: str) -> str:
    """Return a pattern of the name with the endings of cases, if its language has them."""
    if name.isascii():
        return _SPACE.join(map(re.escape, name.split()))
    words = []
    for word in name.split():
        stem = _ENDING.sub("", word)  # in Azerbaijani the end is added to the whole word
        words.append(re.escape(stem) + (_CASE_ENDING if stem == word else r"\w{1,6}"))
    return _SPACE.join(words)
