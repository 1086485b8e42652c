"""Tell the language of a text by its letters and its commonest words, or by the report's URL."""

import re
from collections import Counter
from urllib.parse import urlsplit

from archive.authoring.extract.press_text import Finding, PressText

_FEWEST_WORDS = 3  # common words that tell a language
# Languages by how many of the letters are theirs, at least: one of so many
_SCRIPTS = (
    ("hy", "[\u0530-\u058f]", 2),
    ("ka", "[\u10a0-\u10ff]", 2),
    ("ar", "[\u0600-\u06ff]", 2),
    ("he", "[\u0590-\u05ff]", 2),
    ("el", "[\u0370-\u03ff]", 2),
    ("az-Cyrl", "[әҹҝҸ]", 100),
    ("az", "[əƏ]", 50),
)
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
_IN_URLS = ("en", "az", "ru", "tr", "de", "fr", "es", "ar")


def find_language(press: PressText, url: str = "") -> list[Finding]:
    """Return the language of the text; None, in doubt, if neither its letters and words nor the URL tell it."""
    text = press.text[:20_000]
    letters = sum(map(str.isalpha, text)) or 1
    if by_letters := [code for code, script, part in _SCRIPTS if len(re.findall(script, text)) * part > letters]:
        return [_finding(by_letters[0])]
    counts = Counter(re.findall(r"\w+", text.casefold()))
    weights = {code: sum(counts[word] for word in set(words.split())) for code, words in _COMMON_WORDS.items()}
    best = max(weights, key=lambda code: weights[code])
    if weights[best] >= _FEWEST_WORDS:
        return [_finding(best)]
    address = urlsplit(url)
    parts = [*(address.hostname or "").split(".")[:-1], *address.path.split("/")]
    return [_finding(next((part for part in parts if part in _IN_URLS), None))]


def _finding(language: str | None) -> Finding:
    doubt = "" if language else "its language could not be determined"
    return Finding(field="sources[1].language", value=language, start=0, end=0, doubt=doubt)
