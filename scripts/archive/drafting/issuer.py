"""Who issued what a text reports: by the names of the office and of those who hold or held it."""

import datetime
import re
from collections.abc import Iterable, Iterator

from archive.drafting.press import Finding, PressText
from archive.model.records import Archive, Holder, Issuer

_ENDING = re.compile("(?:ый|ий|ой|ая|яя|[аяые])$")  # Cyrillic; the name's own
_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
_BETWEEN = r"(?:\s*\([^()\n]{1,40}\))?\s+"  # a report may put another title of the office in brackets
_CASE_ENDING = r"\w{0,6}"  # Russian and Azerbaijani put the case at the end of a word


def speaker(archive: Archive) -> re.Pattern[str]:
    """Matches what a report calls those who issue statements once it has named them: "the ombudsman", a family name."""
    return _any(
        name
        for issuer in archive.issuers.values()
        for name in (
            *(_inflected(short) for long in _office(issuer) for short in _PARENTHESIS.findall(long)),
            *_names(issuer),
            *(_inflected(family) for holder in issuer.holders for _, family in _spelled(holder)),
        )
    )


def find(press: PressText, archive: Archive) -> list[Finding]:
    """The issuer, with its first place. Empty where the text names none; in doubt where several, or a title alone."""
    found = {}
    for id, issuer in archive.issuers.items():
        if matches := list(_any(_names(issuer)).finditer(press.text)):
            found[id] = matches
    if not found:
        return list(_by_title(press, archive))
    most = max(found, key=lambda id: len(found[id]))
    doubt = f"the text names {', '.join(found)} too" if len(found) > 1 else ""
    first = found[most][0]
    return [Finding(field="issuer", value=most, start=first.start(), end=first.end(), doubt=doubt)]


def _by_title(press: PressText, archive: Archive) -> Iterator[Finding]:
    """The issuer by its title alone, which others have too."""
    for id, issuer in archive.issuers.items():
        titles = [_inflected(title) for name in _office(issuer) for title in _PARENTHESIS.findall(name)]
        if titles and (match := _any(titles).search(press.text)):
            doubt = "only the title is named; see whether it is the one of this office"
            yield Finding(field="issuer", value=id, start=match.start(), end=match.end(), doubt=doubt)
            return


def holder_named(press: PressText, issuer: Issuer) -> Finding | None:
    """The holder of the office whom the text names most, with the first place; None where it names none."""
    best: tuple[int, Finding] | None = None
    for holder in issuer.holders:
        matches = list(_any(_of_holder(holder)).finditer(press.text))
        if matches and (best is None or len(matches) > best[0]):
            first = matches[0]
            best = len(matches), Finding(field="holder", value=holder, start=first.start(), end=first.end())
    return best[1] if best else None


def term(press: PressText, archive: Archive, today: datetime.date) -> range:
    """The years in which those whom the text names can have spoken; all years where it names none."""
    named = [named.value for issuer in archive.issuers.values() if (named := holder_named(press, issuer))]
    holders = [holder for holder in named if isinstance(holder, Holder)]
    first = min((holder.since.earliest.year for holder in holders), default=1)
    return range(first, max((_until(holder, today) for holder in holders), default=today.year) + 1)


def _until(holder: Holder, today: datetime.date) -> int:
    return holder.until.latest.year if holder.until else today.year


def said_of(archive: Archive) -> str:
    """The names looked for, in words, for a text that has none."""
    return "; ".join(
        ", ".join([issuer.label, *(f"{holder.given} {holder.family}" for holder in issuer.holders)])
        for issuer in archive.issuers.values()
    )


def _any(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(set(names), key=len, reverse=True))})\b", re.IGNORECASE)


def _office(issuer: Issuer) -> list[str]:
    return [issuer.label, *(name.name for name in issuer.names)]


def _names(issuer: Issuer) -> Iterator[str]:
    for name in _office(issuer):
        yield _inflected(name)
        yield _inflected(_PARENTHESIS.sub("", name))
    for holder in issuer.holders:
        yield from _of_holder(holder)


def _of_holder(holder: Holder) -> Iterator[str]:
    for given, family in _spelled(holder):
        yield rf"{_inflected(given)}\s+{_inflected(family)}"
        yield rf"{re.escape(given[0])}\.\s?{_inflected(family)}"


def _spelled(holder: Holder) -> list[tuple[str, str]]:
    """The given and the family name in each script."""
    others = [name.name.rpartition(" ") for name in holder.names]
    return [(holder.given, holder.family), *((given, family) for given, _, family in others if given)]


def _inflected(name: str) -> str:
    """A pattern for the name, whatever the case of its words where the language has endings for it."""
    if name.isascii():
        return _BETWEEN.join(map(re.escape, name.split()))
    words = []
    for word in name.split():
        stem = _ENDING.sub("", word)  # in Azerbaijani the end is added to the whole word
        words.append(re.escape(stem) + (_CASE_ENDING if stem == word else r"\w{1,6}"))
    return _BETWEEN.join(words)
