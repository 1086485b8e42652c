"""Divide text into the words that the search compares: the same for what is indexed and for what is typed.

The page's program does the same in `search/program/tokens.js`; `tests/data/search/tokens.json` holds both to it. A
number keeps its decimal point and loses its separators; an apostrophe counts for nothing; words joined by a hyphen, a
point or a slash are found each, and as one, but an abbreviation with points only as one; an address is its host, or one
word if it goes further; and letters that readers type alike are one letter.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import unquote

_LETTER = r"[^\W_]"  # or a digit
_APOSTROPHE = "['`ʹʻʼʽʾʿˈˮ՚‘’‛′ꞌ]"
_LETTERS = str.maketrans(dict.fromkeys("ʹʻʼʽʾʿˈˮꞌ"))  # of these, those that Unicode counts among the letters
_HIDDEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # of no width
# each begins with a character of its own, which a search finds fast
_NOTHING = re.compile(
    rf"{_APOSTROPHE}(?<=[a-z]{_APOSTROPHE})s(?!{_LETTER})|{_APOSTROPHE}(?<={_LETTER}{_APOSTROPHE}){_APOSTROPHE}*(?={_LETTER})"
)
_THOUSANDS = re.compile(r"\d(?<![\d.,]\d)\d{0,2}(?:,\d{3})+(?!\d|[.,]\d)")
_SPACED = r"\d(?<![\d.,]\d)(?<!\d \d)\d{0,2}(?: \d{3}){1,2}(?! \d{3}|\d|[.,]\d)"  # perhaps one number
_JOINED = re.compile(rf"{_SPACED}|{_LETTER}+(?:(?:[-‐‒–—−./_]|(?<=\d),(?=\d)){_LETTER}+)*")
_PART = re.compile(f"{_LETTER}+")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_BEFORE_HOST = re.compile(r".*https?:/+(?:www\.)?", re.IGNORECASE)  # or of the copy's
_NO_MATTER = re.compile(r"#.*|(?<=[?&])(?:utm_\w+|fbclid|gclid|yclid)=[^&#]*&?")  # in an address
ADDRESS = "ː"  # begins the word of an address; a letter, but one that nobody types
_TYPED = str.maketrans(
    {"ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ"}
)  # letters that are not a letter with a mark (NFKD leaves them as they are), and what readers type for them
_MARKS = re.compile(
    "[{}]+".format("".join(c for c in map(chr, range(0x300, 0x10000)) if unicodedata.category(c)[0] == "M"))
)
_LATIN, _OTHER = re.compile("[a-z]"), re.compile("[а-џәөүҝҹһα-ω]")
_LOOK_ALIKE = str.maketrans("авекмнорстухәіјѕαβεζηικμνορτυχ", "abekmhopctyxeijsabezhikmnoptyx")  # of Cyrillic, of Greek


class Token(NamedTuple):
    """A word and its place in the text; `parts` are the words that it joins, which follow it from the same place on."""

    word: str
    place: int
    parts: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Return the text in small letters without marks. İ, I, i and ı are one letter, as are ə and e, but not й and и."""
    if text.isascii():
        return text.lower()
    text = _HIDDEN.sub("", text).replace("´", "'").lower()  # NFKD makes a space of the first
    decomposed = unicodedata.normalize("NFKD", text).lower().replace("и\u0306", "й")
    return _MARKS.sub("", decomposed).translate(_TYPED)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text, a joined one before its parts."""
    if "://" in text:
        text = _ADDRESS.sub(lambda match: f" {_address(match[0])} ", text)
    text = _NOTHING.sub("", fold(text)).translate(_LETTERS)
    text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
    place = 0
    for joined in _JOINED.findall(text):
        if joined.isalnum():
            parts: tuple[str, ...] = (_one_script(joined),)
        elif _DECIMAL.fullmatch(joined):
            parts = (joined.replace(",", "."),)
        elif _DOTTED.fullmatch(joined):
            parts = (_one_script(joined.replace(".", "")),)
        else:
            parts = tuple(map(_one_script, _PART.findall(joined)))
            yield Token("".join(parts), place, parts)
        for part in parts:
            yield Token(part, place)
            place += 1


def _address(address: str) -> str:
    """Return the host of an address, or a hash of its letters and digits (FNV-1a, 32 bits) if there is more."""
    address = _NO_MATTER.sub("", _BEFORE_HOST.sub("", address))
    host = re.split("[/?]", address, maxsplit=1)[0]
    if not _PART.search(address, len(host)):
        return host
    with suppress(UnicodeDecodeError):
        address = unquote(address, errors="strict")
    number = 0x811C9DC5
    for letter in "".join(_PART.findall(fold(address))):
        number = (number ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    return f"{ADDRESS}{number:08x}"


def _one_script(word: str) -> str:
    """Return a word of two scripts with Latin letters for the Cyrillic and Greek ones that look like them."""
    if word.isascii():
        return word
    return word.translate(_LOOK_ALIKE) if _LATIN.search(word) and _OTHER.search(word) else word
