"""Find loaded words in titles and prose by the list in `statements/authorities/wording.yml`."""

import re
from collections.abc import Iterator

from archive.model.records import Wording, WordingException

_SENTENCE_END = re.compile(
    r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9À-ÖØ-ÞƏİŞÇĞÖÜА-Я])|\n\s*\n|\n(?=\s*(?:[-*+>#|]|\d+\.)\s)"
)


class WordList:
    """The loaded words and the words of attribution, ready to be looked for."""

    def __init__(self, wording: Wording) -> None:
        self._words = {word: _pattern(word) for word in wording.words}
        self._any_word = _pattern(*wording.words)
        self._attribution = _pattern(*wording.attribution)

    def find(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each loaded word in a title or label: as the list has it, and as the text has it."""
        if self._any_word.search(text):
            for word, pattern in self._words.items():
                if match := pattern.search(text):
                    yield word, match[0]

    def find_unattributed(self, prose: str) -> Iterator[tuple[str, str, int]]:
        """Yield each loaded word in a sentence without attribution: as listed, as written, and its offset."""
        start = 0
        for end in [*(match.end() for match in _SENTENCE_END.finditer(prose)), len(prose)]:
            sentence = prose[start:end]
            if self._any_word.search(sentence) and not self._attribution.search(sentence):
                for word, pattern in self._words.items():
                    if match := pattern.search(sentence):
                        yield word, match[0], start + match.start()
            start = end


class Exceptions:
    """The wording exceptions, and which of them were needed."""

    def __init__(self, wording: Wording) -> None:
        self._exceptions = wording.exceptions
        self._needed: set[int] = set()

    def use(self, where: str, word: str) -> bool:
        """Return whether there is an exception for the word there, and mark it as needed."""
        for number, exception in enumerate(self._exceptions):
            if (exception.where, exception.word) == (where, word):
                self._needed.add(number)
                return True
        return False

    def unneeded(self) -> Iterator[tuple[int, WordingException]]:
        """Yield each exception that was not needed so far, with its place in the list from 0."""
        return ((n, exception) for n, exception in enumerate(self._exceptions) if n not in self._needed)


def _pattern(*words: str) -> re.Pattern[str]:
    """Compile a pattern that matches any of these entries of a list, or nothing where there are none."""
    either = "|".join(map(_expression, words)) if words else r"(?!)"
    return re.compile(rf"(?<!\w)(?:{either})", re.IGNORECASE)


def _expression(word: str) -> str:
    stem = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", word.removesuffix("*"))))
    return stem + (r"\w*" if word.endswith("*") else r"(?!\w)")
