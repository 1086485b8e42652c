"""Make the word index from which the search page finds statements and other pages by what they say.

The documents are the statements of the catalogue, in its order, then the other pages. What one says is divided into
sections with a weight each. A word's weight in a document is the sum over its sections, damped and set against the
document's length as in BM25 (Robertson and Zaragoza 2009), all its sections taken together: the page only adds.

- `search/words/index.json`: the files of the index, each with the word at which it begins, the hand-written pages, and
  for a word that is nowhere the endings that are taken off, the changes of its end that are tried, letters in English.
- `search/words/HASH.bin`, gzip'd: a line of JSON in which a word has its spelling, how many documents have it, by how
  many bytes their numbers are longer than their weights, and its kin, the other words of its stem; a name may be there
  for its kin alone. Then the numbers of all words: for each document the difference from the one before, less one, as
  an integer of variable length. Then the weights of all words, a byte for each document.
- `search/words/HASH-places.bin`, read for phrases only: a line of JSON with the length of the places of each word, then
  for each document how many places the word has, and the difference of each from the one before.
- `search/texts/N.json`: what a result shows of a block of statements: id, title, date, the ids it is filed under by the
  field, and texts with their headings.
- `search/spelling.json`: every word, those of most documents first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby

from archive.model.index import Index
from archive.model.records import Archive, Statement
from archive.search import blocks, packing
from archive.search.blocks import ENGLISH, IRREGULAR, Block
from archive.search.documents import Section, hand_written, statement_sections
from archive.search.facets import filing
from archive.search.packing import compact, encoded, packed
from archive.search.tokens import ADDRESS
from archive.text import formatting

BLOCK = 1  # statements of a file of texts
_SHARD = 16_000  # bytes of a file of postings, before it is packed
_SHORTEST = 3  # letters of a word that is offered for a misspelling

_SOFTENED = {"g": "q", "y": "k"}  # in Azerbaijani, before a vowel: uşaq, uşağı; köçkünlük, köçkünlüyü
_CHANGES = (*IRREGULAR.items(), *_SOFTENED.items(), ("i", "y"))  # the last of English: cities, city
_AZERBAIJANI = (  # endings, folded: plural, possession, cases, copula, derivation
    "lar ler in un nin nun im um imiz umuz iniz unuz a e ya ye na ne i u si su ni nu yi yu da de nda nde dan den "
    "ndan nden la le dir dur li lu liq luq lik luk ci cu mis mus"
)
_RUSSIAN = "а я ы и о е у ю ой ей ом ем ам ям ах ях ами ями ов ев ый ий ая ое ые ие ого его ому ему ых их ым им"
_ENDINGS = sorted({*f"s es ed ing ly {_AZERBAIJANI} {_RUSSIAN}".split()}, key=lambda ending: (-len(ending), ending))
_ROOT, _SHORT = 4, 3  # letters that stay, or so many if the ending has two


def blocks_of(archive: Archive, index: Index) -> Iterator[Callable[[], Block]]:
    """Yield what makes each block of the index, in their order."""
    for statements in blocks.divided(reversed(index.published)):
        yield partial(blocks.of_statements, statements, archive)
    yield partial(blocks.of_other_pages, archive, index)


def texts(archive: Archive, index: Index, edition: str) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield path and maker of what is shown of the statements, so many a file."""
    statements = tuple(reversed(index.published))
    for start in range(0, len(statements), BLOCK):
        path = f"search/texts/{start // BLOCK}.json"
        yield path, partial(_texts, statements[start : start + BLOCK], archive, edition)


def _texts(statements: Iterable[Statement], archive: Archive, edition: str) -> str:
    texts = [
        [s.id, formatting.en_dashes(s.title), s.date.text, filing(s, archive), _shown(statement_sections(s, archive))]
        for s in statements
    ]
    return compact({"edition": edition, "texts": texts})


def _shown(sections: Iterable[Section]) -> list[list[str]]:
    """Return the headings of sections with their texts, those of one heading together."""
    shown = [section for section in sections if section.heading and section.text]
    return [
        [heading, " · ".join(section.text for section in group)]
        for heading, group in groupby(shown, key=lambda section: section.heading)
    ]


class _Word:
    """The documents that have a word, as the files have them."""

    __slots__ = ("gaps", "newest", "places", "weights")

    def __init__(self) -> None:
        self.newest = -1  # number of the last document
        self.gaps, self.weights, self.places = bytearray(), bytearray(), bytearray()


def files(made: Iterable[Block], archive: Archive, edition: str) -> Iterator[tuple[str, str | bytes]]:
    """Yield path and content of the files of the word index; the `edition` in them ties them to the catalogue."""
    postings: dict[str, _Word] = defaultdict(_Word)
    languages: dict[str, dict[str, str]] = defaultdict(dict)
    spellings: set[tuple[str, str]] = set()
    start = 0
    for documents, found, by_language, names in made:
        for word, (first, last, gaps, weights, places) in found.items():
            of_word = postings[word]
            of_word.gaps += encoded(start + first - of_word.newest - 1) + gaps
            of_word.weights += weights
            of_word.places += places
            of_word.newest = start + last
        start += documents
        spellings.update(names)
        for language, words in by_language.items():
            languages[language].update(words)
    kin = _kin(languages, spellings)
    for _, english in spellings:
        postings[english]  # makes it a word, if only of its kin
    listed = []
    for shard in _shards(postings):
        head = [[w, len(of.weights), len(of.gaps) - len(of.weights), *kin.get(w, ())] for w, of in shard]
        sizes = [len(of_word.places) for _, of_word in shard]
        postings_of = (_line(head), b"".join(of.gaps for _, of in shard), b"".join(of.weights for _, of in shard))
        places_of = (_line(sizes), b"".join(of_word.places for _, of_word in shard))
        name = packing.name(*postings_of, *places_of)
        yield f"search/words/{name}.bin", packed(*postings_of)
        yield f"search/words/{name}-places.bin", packed(*places_of)
        listed.append([shard[0][0], name])
    boot = {
        "edition": edition,
        "documents": start,
        "block": BLOCK,
        "files": listed,
        "pages": [[page.title, page.kind, page.address] for page in hand_written(archive)],  # the catalogue has others
        "endings": _ENDINGS,
        "changes": _CHANGES,
        "english": ENGLISH,
    }
    yield "search/words/index.json", compact(boot)
    frequent = sorted((-len(of.weights), word) for word, of in postings.items() if _offered(word) and of.weights)
    yield "search/spelling.json", compact({"edition": edition, "words": [word for _, word in frequent]})


def _line(content: object) -> bytes:
    return f"{compact(content)}\n".encode()


def _offered(word: str) -> bool:
    return len(word) >= _SHORTEST and word[0] != ADDRESS


def _shards(postings: Mapping[str, _Word]) -> Iterator[list[tuple[str, _Word]]]:
    """Yield the words with their postings in order of code points, in groups that fill a file."""
    shard: list[tuple[str, _Word]] = []
    size = 0
    for word in sorted(postings):
        own = len(word) + 12 + len(postings[word].gaps) + len(postings[word].weights)
        if shard and size + own > _SHARD:
            yield shard
            shard, size = [], 0
        shard.append((word, postings[word]))
        size += own
    if shard:
        yield shard


def _kin(languages: Mapping[str, Mapping[str, str]], names: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return for each word the others of its stem, in order; for a name in either spelling the other.

    The words are given by the language they are in, with their stems. Of Azerbaijani, in which each stands for itself,
    a word is also kin to those of its roots that are words of the archive.
    """
    stems: dict[tuple[str, str], set[str]] = defaultdict(set)
    for language, stem_of in languages.items():
        for word, stem in stem_of.items():
            stems[language, stem].add(word)
            if language == "az":
                for root in _roots(word):
                    if root in stem_of:
                        stems[language, root].add(word)
    kin: dict[str, set[str]] = defaultdict(set)
    for words in stems.values():
        if len(words) > 1:
            for word in words:
                kin[word] |= words
    for name, english in names:
        kin[name].add(english)
        kin[english].add(name)
    return {word: sorted(others - {word}) for word, others in kin.items()}


def _roots(word: str) -> Iterator[str]:
    """Yield what is left of an Azerbaijani word without one or more of its endings."""
    for ending in _AZERBAIJANI.split():
        if word.endswith(ending) and len(word) - len(ending) >= (_SHORT if len(ending) > 1 else _ROOT):
            root = word.removesuffix(ending)
            yield root
            if ending[0] in "aeiou" and root[-1] in _SOFTENED:
                yield root[:-1] + _SOFTENED[root[-1]]
            yield from _roots(root)
