"""The language of a text, by its letters and its commonest words."""

import re
from collections import Counter
from urllib.parse import urlsplit

from archive.drafting.press import Finding, PressText

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


def find(press: PressText, url: str = "") -> list[Finding]:
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
