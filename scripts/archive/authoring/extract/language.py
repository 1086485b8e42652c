"""Tell the language of a text by its letters and its commonest words, or by the report's URL."""

import re
from collections import Counter
from urllib.parse import urlsplit

from archive.authoring.extract.press_text import Finding, PressText

_FEWEST_WORDS = 3  # common words that tell a language

_SCRIPTS = {
    "hy": re.compile("[\u0530-\u058f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
}
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_COMMON_WORDS = {
    "en": "the of and to in that for was with by on is has have",
    "az": "və bu ilə ki bir də olan üçün edib deyib görə bağlı",
    "tr": "ve bu ile bir da olan için de dedi göre ilgili",
    "ru": "и в на с что по не о для как",
    "uk": "і в на з що та не для як",
    "de": "der die und das dass in den von zu mit",
    "fr": "le la les des et que dans pour par est",
    "es": "el la los de que en y por del las",
}
_OWN_LETTERS = {"az": re.compile("ə", re.I), "az-Cyrl": re.compile("[әҹҝҸ]", re.I)}
_IN_URLS = ("en", "az", "ru", "tr", "de", "fr", "es", "ar")


def find_language(press: PressText, url: str = "") -> list[Finding]:
    """Return the language of the text; None, in doubt, if neither its letters and words nor the URL tell it."""
    text = press.text[:20_000]
    letters = sum(map(str.isalpha, text)) or 1
    for language, script in _SCRIPTS.items():
        if 2 * len(script.findall(text)) > letters:
            return [_finding(language)]
    cyrillic = 2 * len(_CYRILLIC.findall(text)) > letters
    if cyrillic and len(_OWN_LETTERS["az-Cyrl"].findall(text)) * 100 > letters:
        return [_finding("az-Cyrl")]
    if not cyrillic and len(_OWN_LETTERS["az"].findall(text)) * 50 > letters:
        return [_finding("az")]
    counts = Counter(re.findall(r"\w+", text.casefold()))
    languages = ("ru", "uk") if cyrillic else ("en", "tr", "de", "fr", "es", "az")
    weights = {language: sum(counts[word] for word in set(_COMMON_WORDS[language].split())) for language in languages}
    best = max(weights, key=lambda language: weights[language])
    if weights[best] < _FEWEST_WORDS:
        parts_of_url = urlsplit(url)
        parts = [*(parts_of_url.hostname or "").split(".")[:-1], *parts_of_url.path.split("/")]
        if in_url := [part for part in parts if part in _IN_URLS]:
            return [_finding(in_url[0])]
        doubt = "its language could not be determined"
        return [Finding(field="sources[1].language", value=None, start=0, end=0, doubt=doubt)]
    return [_finding(best)]


def _finding(language: str) -> Finding:
    return Finding(field="sources[1].language", value=language, start=0, end=0)
