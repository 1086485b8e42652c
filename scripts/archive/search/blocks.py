"""Gather the words of some documents, as the word index has them: what any other document says makes no difference.

A word's weight in a document is the sum over its sections, damped and set against the document's length as in BM25
(Robertson and Zaragoza 2009), all its sections taken together.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import sub
from zlib import crc32

from archive.model.index import Index
from archive.model.records import Archive, Statement
from archive.search.documents import Section, other_pages, statement_sections
from archive.search.packing import encoded
from archive.search.tokens import fold, tokens

_SIZE = 32  # statements of a block, on average
_APART = 20  # places between two sections, more than a phrase has words
_K, _B = 1.2, 0.6  # of BM25: how soon more of a word counts for little, how much a document's length counts
_USUAL = 600  # the length of a usual document, in weighted words; fixed, so that no other record changes a weight

_STEMMED = {"en": "english", "ru": "russian"}
IRREGULAR = {  # ends of plurals, and of what they are of
    "men": "man", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mouse", "lives": "life",
    "wives": "wife", "knives": "knife", "halves": "half", "leaves": "leaf", "thieves": "thief", "crises": "crisis",
    "criteria": "criterion", "analyses": "analysis",
}  # fmt: skip

ENGLISH = {"ə": "a", "c": "j", "x": "kh", "ş": "sh", "ç": "ch", "q": "g", "ğ": "gh"}  # of Azerbaijani, in names
_TRANSLITERATED = str.maketrans(ENGLISH)
_NAME = re.compile(r"(?<!\w)(?=[^\W\d_]*[əƏşŞçÇğĞ])[^\W\d_]{4,}")

# Of a word: the first and the last document that has it, how far each is from the one before, but for the first, their
# weights, and their places, as the files have them
Postings = tuple[int, int, bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document: of each its weight in one byte and its places, as a file has them; and by language.

    `names` has what may be Azerbaijani names, each with its spelling in English.
    """

    found: Mapping[str, tuple[int, bytes]]
    languages: Mapping[str, frozenset[str]]
    names: frozenset[tuple[str, str]]


# All of plain values, so that it can be kept: the number of documents, the words, by language the words that are in it
# with their stems, and names with their spelling in English
Block = tuple[int, dict[str, Postings], dict[str, dict[str, str]], list[tuple[str, str]]]


def divided(statements: Iterable[Statement]) -> Iterator[Sequence[Statement]]:
    """Yield the statements that stand in a block together; one more or less changes no block but its own.

    A block ends where the hash of an id says so.
    """
    block: list[Statement] = []
    for statement in statements:
        block.append(statement)
        if crc32(statement.id.encode()) % _SIZE == 0:
            yield block
            block = []
    if block:
        yield block


def of_statements(statements: Iterable[Statement], archive: Archive) -> Block:
    """Return the block of some statements."""
    return _block(words_of(statement_sections(statement, archive)) for statement in statements)


def of_other_pages(archive: Archive, index: Index) -> Block:
    """Return the block of all pages that are no statement's."""
    return _block(words_of(page.sections) for page in other_pages(archive, index))


class _Found:
    """The documents of a block that have a word."""

    __slots__ = ("first", "gaps", "last", "places", "weights")

    def __init__(self, first: int) -> None:
        self.first = self.last = first
        self.gaps, self.weights, self.places = bytearray(), bytearray(), bytearray()


def _block(documents: Iterable[Words]) -> Block:
    found: dict[str, _Found] = {}
    languages: dict[str, set[str]] = {}
    names: set[tuple[str, str]] = set()
    number = -1
    for number, document in enumerate(documents):
        for word, (weight, places) in document.found.items():
            if (of_word := found.get(word)) is None:
                of_word = found[word] = _Found(number)
            else:
                of_word.gaps += encoded(number - of_word.last - 1)
            of_word.last = number
            of_word.weights.append(weight)
            of_word.places += places
        for language, words in document.languages.items():
            languages.setdefault(language, set()).update(words)
        names |= document.names
    return (
        number + 1,
        {w: (f.first, f.last, bytes(f.gaps), bytes(f.weights), bytes(f.places)) for w, f in found.items()},
        {language: {word: _stem(word, language) for word in sorted(words)} for language, words in languages.items()},
        sorted(names),
    )


def words_of(sections: Iterable[Section]) -> Words:
    """Return the words of a document with these sections. What another document says makes no difference."""
    weights: dict[str, float] = {}
    places: dict[str, list[int]] = {}
    languages: dict[str, set[str]] = {}
    names: set[tuple[str, str]] = set()
    length, start = 0.0, 0
    for section in sections:
        words, distinct, named = _words_in(section.text)
        weight = section.weight
        for word, place in words:
            if word in weights:
                weights[word] += weight
                places[word].append(start + place)
            else:
                weights[word] = weight
                places[word] = [start + place]
        languages.setdefault(section.language.partition("-")[0], set()).update(distinct)
        names.update(named)
        length += weight * len(words)
        start += (words[-1][1] if words else 0) + _APART
    damping = _K * (1 - _B + _B * length / _USUAL)
    return Words(
        {
            word: (max(1, round(255 * weight / (weight + damping))), _differences(places[word]))
            for word, weight in weights.items()
        },
        {language: frozenset(words) for language, words in languages.items()},
        frozenset(names),
    )


@lru_cache(maxsize=4096)  # the names of an entry are in all records that cite it
def _words_in(text: str) -> tuple[list[tuple[str, int]], frozenset[str], list[tuple[str, str]]]:
    """Return the words of a text with their places, each once, and its `_names_in`."""
    words = [(token.word, token.place) for token in tokens(text)]
    return words, frozenset(word for word, _ in words), _names_in(text)


def _names_in(text: str) -> list[tuple[str, str]]:
    """Return the capitalised words with a letter that English lacks, as in Əliyeva, and their spelling in English."""
    found = () if text.isascii() else _NAME.findall(text)
    names = [name for name in found if name[0].isupper()]
    return [(fold(name), fold(name.lower().translate(_TRANSLITERATED))) for name in names]


def _differences(places: list[int]) -> bytes:
    """Return how many places there are, and the difference of each from the one before."""
    if len(places) == 1:
        return encoded(1) + encoded(places[0])
    return b"".join([encoded(len(places)), *map(encoded, map(sub, places, [0, *places]))])


@lru_cache(maxsize=65_536)  # most words are in many blocks
def _stem(word: str, language: str) -> str:
    if language not in _STEMMED:
        return word
    if language == "en":
        word = next((word.removesuffix(many) + one for many, one in IRREGULAR.items() if word.endswith(many)), word)
    return _stemmer(_STEMMED[language])(word)


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    import snowballstemmer  # type: ignore[import-untyped]  # takes a moment to load

    stem: Callable[[str], str] = snowballstemmer.stemmer(language).stemWord
    return stem
