"""Who issued what a text reports: by the names of the office and of those who hold or held it."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from archive.authoring.extract.press_text import Finding, PressText
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


def find_issuer(press: PressText, archive: Archive) -> list[Finding]:
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


_FEWEST = 3  # common words by which a language is told

_SCRIPTS = {
    "hy": re.compile("[\u0530-\u058f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
}
_LATIN, _CYRILLIC = re.compile("[a-zəğıöüçş]", re.IGNORECASE), re.compile("[\u0400-\u04ff]")
_WORDS = {
    "en": "the of and to in that for was with by on is has have",
    "az": "və bu ilə ki bir də olan üçün edib deyib görə bağlı",
    "tr": "ve bu ile bir da olan için de dedi göre ilgili",
    "ru": "и в на с что по не о для как",
    "uk": "і в на з що та не для як",
    "de": "der die und das dass in den von zu mit",
    "fr": "le la les des et que dans pour par est",
    "es": "el la los de que en y por del las",
}
_COMMON = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_OF_LETTER = {"az": re.compile("ə", re.I), "az-Cyrl": re.compile("[әҹҝҸ]", re.I), "uk": re.compile("[ії]", re.I)}


_IN_ADDRESSES = ("en", "az", "ru", "tr", "de", "fr", "es", "ar")


def find_language(press: PressText, url: str = "") -> list[Finding]:
    """The language of the text, told by its letters and words, or else by the report's address.

    In doubt, with the value None, where none of these tells it.
    """
    text = press.text[:20_000]
    letters = sum(map(str.isalpha, text)) or 1
    for language, script in _SCRIPTS.items():
        if 2 * len(script.findall(text)) > letters:
            return [_found(language)]
    cyrillic = 2 * len(_CYRILLIC.findall(text)) > letters
    if cyrillic and len(_OF_LETTER["az-Cyrl"].findall(text)) * 100 > letters:
        return [_found("az-Cyrl")]
    if not cyrillic and len(_OF_LETTER["az"].findall(text)) * 50 > letters:
        return [_found("az")]
    counted = Counter(re.findall(r"\w+", text.casefold()))
    among = ("ru", "uk") if cyrillic else ("en", "tr", "de", "fr", "es", "az")
    weights = {language: sum(counted[word] for word in _COMMON[language]) for language in among}
    best = max(weights, key=lambda language: weights[language])
    if weights[best] < _FEWEST:
        address = urlsplit(url)
        parts = [*(address.hostname or "").split(".")[:-1], *address.path.split("/")]
        if told := [part for part in parts if part in _IN_ADDRESSES]:
            return [_found(told[0])]
        doubt = "its language was not told"
        return [Finding(field="sources[1].language", value=None, start=0, end=0, doubt=doubt)]
    return [_found(best)]


def _found(language: str) -> Finding:
    return Finding(field="sources[1].language", value=language, start=0, end=0)
