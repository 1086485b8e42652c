"""Make the word index from which the search page finds statements and other pages by what they say.

The documents are the statements of the catalogue, in its order, then the other pages. What one says is divided into
sections with a weight each. A word's weight in a document is the sum over its sections, damped and set against the
document's length as in BM25 (Robertson and Zaragoza 2009, with one length for all sections): the page only adds.

- `search/words/index.json`: the files of the index, each with the word at which it begins, the other pages, and the
  endings that are taken off a word that is nowhere.
- `search/words/HASH.bin`, gzip'd (RFC 1952): a line of JSON in which a word has its spelling, the number of documents
  that have it, the length of its postings, and its kin, the other words of its stem. Then the postings: for each
  document the difference of its number from the one before, less one, as an integer of variable length (7 bits a byte,
  the lowest first, the high bit set on all bytes but the last), and the weight in one byte.
- A second file beside each, read for phrases only: a line of JSON with the length of the places of each word, then for
  each document how many places the word has, and the difference of each from the one before.
- `search/texts/N.json`: what is shown of a block of statements: id, title, and texts with their headings.
- `search/spelling.json`: every word, those of most documents first.
"""

import gzip
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

import snowballstemmer

from archive.model.index import Index
from archive.model.records import Archive, Statement
from archive.search.documents import Section, other_pages, statement_sections
from archive.search.facets import compact, edition_of
from archive.search.tokens import tokens
from archive.text import formatting

BLOCK = 5  # statements of a file of texts
_SHARD = 64_000  # bytes of a file of postings, before it is packed
_SHORTEST = 3  # letters of a word that is offered for a misspelling
_APART = 20  # places between two sections, more than a phrase has words
_K, _B = 1.2, 0.6  # of BM25: how soon more of a word counts for little, how much a document's length counts

_STEMMED = {"en": "english", "ru": "russian"}
_IRREGULAR = {"women": "woman", "men": "man", "children": "child"}
_AZERBAIJANI = (  # endings, folded: plural, possession, cases, copula, derivation
    "lar ler in un nin nun im um iniz unuz a e ya ye na ne i u si su ni nu yi yu da de nda nde dan den ndan nden la le "
    "dir dur li lu liq luq lik luk ci cu mis mus"
)
_RUSSIAN = "а я ы и о е у ю ой ей ом ем ам ям ах ях ами ями ов ев ый ая ое ые ого его ому ему ых их ым им"
_ENDINGS = sorted({*f"s es ed ing ly {_AZERBAIJANI} {_RUSSIAN}".split()}, key=lambda ending: (-len(ending), ending))
_ROOT = 4  # letters that stay

Posting = tuple[int, int, tuple[int, ...]]  # number of the document, weight, places


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document: the weight of each, its places, and its stems."""

    weights: Mapping[str, float]
    places: Mapping[str, tuple[int, ...]]
    stems: Mapping[str, frozenset[str]]

    @property
    def length(self) -> float:
        """How much it says in all."""
        return sum(self.weights.values())


def files(archive: Archive, index: Index) -> dict[str, str | bytes]:
    """Return the files of the word index by path; the `edition` in them ties them to the catalogue."""
    edition = edition_of(archive, index)
    statements = [(s, tuple(statement_sections(s, archive))) for s in reversed(index.published)]
    pages = list(other_pages(archive, index))
    documents = [words_of(sections) for sections in (*(s for _, s in statements), *(page.sections for page in pages))]
    named = [[page.title, page.kind, page.address] for page in pages]
    return {**dict(_texts(statements, edition)), **dict(_index(documents, named, edition))}


def words_of(sections: Iterable[Section]) -> Words:
    """Return the words of a document with these sections. What another document says makes no difference."""
    weights: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    stems: dict[str, set[str]] = {}
    start = 0
    for section in sections:
        place = start
        for word, at, stem in _words_in(section.text, section.language):
            weights[word] += section.weight
            place = start + at
            places.setdefault(word, []).append(place)
            stems.setdefault(word, set()).add(stem)
        start = place + _APART
    return Words(
        weights,
        {word: tuple(sorted(at)) for word, at in places.items()},
        {word: frozenset(of_word) for word, of_word in stems.items()},
    )


@lru_cache(maxsize=4096)  # the names of an entry are in all records that cite it
def _words_in(text: str, language: str) -> list[tuple[str, int, str]]:
    return [(token.word, token.place, _stem(token.word, language)) for token in tokens(text)]


def _stem(word: str, language: str) -> str:
    """Return the stem of a word with the language it is of; of a language without rules, the word itself."""
    language = language.partition("-")[0]
    word = _IRREGULAR.get(word, word)
    return f"{language}:{_stemmer(_STEMMED[language])(word) if language in _STEMMED else word}"


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    stem: Callable[[str], str] = snowballstemmer.stemmer(language).stemWord
    return cache(stem)


def _texts(statements: Sequence[tuple[Statement, Sequence[Section]]], edition: str) -> Iterator[tuple[str, str]]:
    for start in range(0, len(statements), BLOCK):
        block = [
            [statement.id, formatting.en_dashes(statement.title), _shown(sections)]
            for statement, sections in statements[start : start + BLOCK]
        ]
        yield f"search/texts/{start // BLOCK}.json", compact({"edition": edition, "texts": block})


def _shown(sections: Iterable[Section]) -> list[list[str]]:
    """Return the headings of sections with their texts, those of one heading together."""
    shown = [section for section in sections if section.heading and section.text]
    return [
        [heading, " · ".join(section.text for section in group)]
        for heading, group in groupby(shown, key=lambda section: section.heading)
    ]


def _index(documents: Sequence[Words], pages: object, edition: str) -> Iterator[tuple[str, str | bytes]]:
    postings = _all_postings(documents)
    kin = _kin(documents)
    listed = []
    for words in _shards(postings):
        of_words = [_postings(postings[word]) for word in words]
        places = [_places(postings[word]) for word in words]
        head = [
            [word, len(postings[word]), len(data), *kin.get(word, ())]
            for word, data in zip(words, of_words, strict=True)
        ]
        names = []
        for line, parts in ((head, of_words), ([len(data) for data in places], places)):
            content = f"{compact(line)}\n".encode() + b"".join(parts)
            names.append(hashlib.sha256(content).hexdigest()[:12])
            yield f"search/words/{names[-1]}.bin", gzip.compress(content, 9, mtime=0)
        listed.append([words[0], *names])
    boot = {
        "edition": edition,
        "documents": len(documents),
        "block": BLOCK,
        "files": listed,
        "pages": pages,
        "endings": _ENDINGS,
    }
    yield "search/words/index.json", compact(boot)
    frequent = sorted((-len(postings[word]), word) for word in postings if len(word) >= _SHORTEST)
    yield "search/spelling.json", compact({"edition": edition, "words": [word for _, word in frequent]})


def _all_postings(documents: Sequence[Words]) -> dict[str, list[Posting]]:
    average = sum(document.length for document in documents) / (len(documents) or 1) or 1
    postings: dict[str, list[Posting]] = {}
    for number, document in enumerate(documents):
        damping = _K * (1 - _B + _B * document.length / average)
        for word, weight in document.weights.items():
            byte = max(1, round(255 * weight / (weight + damping)))
            postings.setdefault(word, []).append((number, byte, document.places[word]))
    return postings


def _shards(postings: Mapping[str, Sequence[Posting]]) -> Iterator[list[str]]:
    """Yield the words in order of code points, in groups whose postings fill a file."""
    words: list[str] = []
    size = 0
    for word in sorted(postings):
        words.append(word)
        size += len(word) + 12 + 2 * len(postings[word])
        if size >= _SHARD:
            yield words
            words, size = [], 0
    if words:
        yield words


def _kin(documents: Iterable[Words]) -> dict[str, list[str]]:
    """Return for each word the others of its stem, in order."""
    stems: dict[str, set[str]] = {}
    for document in documents:
        for word, of_word in document.stems.items():
            stems.setdefault(word, set()).update(of_word)
    words: dict[str, set[str]] = {}
    for word, of_word in stems.items():
        if f"az:{word}" in of_word:
            of_word |= {f"az:{root}" for root in _roots(word) if f"az:{root}" in stems.get(root, ())}
        for stem in of_word:
            words.setdefault(stem, set()).add(word)
    kin = {
        word: sorted({other for stem in of_word for other in words[stem]} - {word}) for word, of_word in stems.items()
    }
    return {word: others for word, others in kin.items() if others}


def _roots(word: str) -> Iterator[str]:
    """Yield what is left of an Azerbaijani word without one or more of its endings."""
    for ending in _AZERBAIJANI.split():
        if word.endswith(ending) and len(word) - len(ending) >= _ROOT:
            root = word.removesuffix(ending)
            yield root
            yield from _roots(root)


def _postings(listed: Iterable[Posting]) -> bytes:
    data, before = bytearray(), -1
    for number, weight, _ in listed:
        _append(data, number - before - 1)
        data.append(weight)
        before = number
    return bytes(data)


def _places(listed: Iterable[Posting]) -> bytes:
    data = bytearray()
    for _, _, places in listed:
        _append(data, len(places))
        before = 0
        for place in places:
            _append(data, place - before)
            before = place
    return bytes(data)


def _append(data: bytearray, number: int) -> None:
    while number > 127:
        data.append(number & 127 | 128)
        number >>= 7
    data.append(number)
