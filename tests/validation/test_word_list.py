"""The joined patterns of the word list find exactly what each word's own pattern finds."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.content import reader
from archive.content.parser import Converter
from archive.model import authority_fields
from archive.model.records import Wording
from archive.validation.word_list import _SENTENCE_END, WordList
from builders import PROJECT

# letters that a search without regard to case takes for others, or that have no capital of their own
ODD = {"i": "İıI", "s": "ſS", "k": "\N{KELVIN SIGN}K", "ss": "ßẞ", "e": "éƏ", "-": " \n\u2011", " ": "-\t\n "}
BESIDE = ("", " ", "\n", "-", "_", "“", "’", ".", "1", "a", "ß", "İ", "ə", "й", "\u0301", "\u00a0")


def _real() -> Wording:
    (document,) = (d for d in reader.read(PROJECT).authorities if d.stem == "wording")
    wording = Converter(document.path, {}).record(authority_fields.WORDING, document.fields)
    assert isinstance(wording, Wording)
    return wording


WORDING = _real()
LIST = WordList(WORDING)
WORDS = (*WORDING.words, *WORDING.attribution)


def _single(word: str) -> re.Pattern[str]:
    stem = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", word.removesuffix("*"))))
    return re.compile(rf"(?<!\w){stem}" + (r"\w*" if word.endswith("*") else r"(?!\w)"), re.IGNORECASE)


SINGLE = {word: _single(word) for word in WORDS}


def _loaded(text: str, wording: Wording) -> list[tuple[str, str]]:
    return [(word, found[0]) for word in wording.words if (found := SINGLE[word].search(text))]


def _unattributed(prose: str, wording: Wording) -> list[tuple[str, str, int]]:
    found, start = [], 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(prose)), len(prose)]:
        sentence = prose[start:end]
        if not any(SINGLE[word].search(sentence) for word in wording.attribution):
            for word in wording.words:
                if match := SINGLE[word].search(sentence):
                    found.append((word, match[0], start + match.start()))
        start = end
    return found


def _assert_same(text: str) -> None:
    assert list(LIST.find(text)) == _loaded(text, WORDING)
    assert list(LIST.find_unattributed(text)) == _unattributed(text, WORDING)


def _cases(word: str) -> Iterator[str]:
    stem = word.removesuffix("*")
    yield from (stem, stem.upper(), stem.title(), stem.swapcase(), stem[:-1], stem[1:])
    yield from (stem + ending for ending in ("s", "es", "al", "ED", "ization", "-like", "’s", "ı", "İ", "ß", "\u0301"))
    for plain, odd in ODD.items():
        yield from (stem.replace(plain, other) for other in odd if plain in stem)
        yield from (stem.replace(plain, other, 1) for other in odd if plain in stem)


def test_a_word_is_found_in_every_form() -> None:
    for word in WORDS:
        own = LIST.find if word in WORDING.words else LIST._attribution.findall
        assert list(own(word.removesuffix("*")))
        for text in dict.fromkeys(_cases(word)):
            _assert_same(text)


@pytest.mark.parametrize(
    ("words", "joined"),
    [(WORDING.words, LIST._any_word), (WORDING.attribution, LIST._attribution)],
    ids=["words", "attribution"],
)
def test_a_word_is_found_in_every_place(words: tuple[str, ...], joined: re.Pattern[str]) -> None:
    for word in words:
        others = [SINGLE[word], *(SINGLE[other] for other in words)]  # its own first, as it is likely found
        for text in dict.fromkeys(_cases(word)):
            for before, after in zip(BESIDE, (*BESIDE[5:], *BESIDE[:5]), strict=True):
                beside = f"{before}{text}{after}"
                assert bool(joined.search(beside)) is any(single.search(beside) for single in others)


def test_words_side_by_side_are_all_found() -> None:
    stems = [word.removesuffix("*") for word in WORDS]
    for one, other in zip(stems, stems[1:] + stems[:1], strict=True):
        for between in BESIDE:
            _assert_same(f"{one}{between}{other}. {other.title()} {one}")
    text = " ".join(word.removesuffix("*") for word in WORDING.words)
    _assert_same(text)
    assert [word for word, _ in LIST.find(text)] == list(WORDING.words)


_PIECES = st.sampled_from([case for word in WORDS for case in _cases(word)])
_BETWEEN = st.sampled_from([*BESIDE, ". ", ".\n", "!” ", "\n\n", "\n- ", " the ", " Şuşa "])


@given(st.lists(st.tuples(_PIECES | st.text(max_size=5), _BETWEEN).map("".join), max_size=8).map("".join))
def test_any_text_gives_the_same(text: str) -> None:
    _assert_same(text)


def test_real_texts_give_the_same() -> None:
    for document in reader.read(PROJECT).statements[::3]:
        _assert_same(document.body)


@pytest.mark.parametrize(
    ("wording", "loaded", "unattributed"),
    [
        (Wording(), [], []),
        (Wording(words=("terror*",)), ["terrorism"], ["terrorism"]),
        (Wording(attribution=("says",)), [], []),
        (Wording(words=("terror*",), attribution=("says",)), ["terrorism"], []),
    ],
)
def test_an_empty_list_has_no_word(wording: Wording, loaded: list[str], unattributed: list[str]) -> None:
    text = "She says “terrorism” there."
    assert [found for _, found in WordList(wording).find(text)] == loaded
    assert [found for _, found, _ in WordList(wording).find_unattributed(text)] == unattributed
