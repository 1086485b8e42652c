"""The archive's voice asserts no conduct: the rules about wording (editorial rules 1, 2, 3 and 10).

Each rule is a generator of problems, and its docstring is the rule.
"""

import re
from collections.abc import Iterator, Mapping

from archive.model.document import Document, Problem, quoted
from archive.model.records import Wording
from archive.validation.registry import StatementInFile, problem_at

MAX_QUOTED = 60  # words of one quotation
MAX_QUOTED_A_SOURCE = 150

_SENTENCE_END = re.compile(
    r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9À-ÖØ-ÞƏİŞÇĞÖÜА-Я])|\n\s*\n|\n(?=\s*(?:[-*+>#|]|\d+\.)\s)"
)
_QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"|«([^»]*)»|^>[ ]?(.*(?:\n>.*)*)", re.MULTILINE)


_NEUTRAL_LABEL = (
    "name the act or place and the date without it; what others call it belongs in terms or names; "
    "an exception is entered in statements/authorities/wording.yml with its reason"
)
_ATTRIBUTE = "say whose word it is in the same sentence (the statement describes ... as ...), or leave it to terms"


class Voice:
    """Finds loaded words, by one word list."""

    def __init__(self, wording: Wording) -> None:
        self._words = {word: _pattern(word) for word in wording.words}
        self._any_word = _pattern(*wording.words)
        self._attribution = _pattern(*wording.attribution)

    def loaded(self, text: str) -> Iterator[tuple[str, str]]:
        """Each listed word that stands in a title or label, as (the list's entry, as found)."""
        if self._any_word.search(text):
            for word, pattern in self._words.items():
                if found := pattern.search(text):
                    yield word, found[0]

    def unattributed(self, prose: str) -> Iterator[tuple[str, str, int]]:
        """Each listed word in a sentence that attributes nothing, as (the list's entry, as found, offset)."""
        start = 0
        for end in [*(match.end() for match in _SENTENCE_END.finditer(prose)), len(prose)]:
            sentence = prose[start:end]
            if self._any_word.search(sentence) and not self._attribution.search(sentence):
                for word, pattern in self._words.items():
                    if found := pattern.search(sentence):
                        yield word, found[0], start + found.start()
            start = end


def quotations(body: str) -> Iterator[tuple[int, int, int]]:
    """The passages of a body in quotation marks or block quotes, as (words, offset, offset of the end)."""
    for match in _QUOTED.finditer(body):
        words = " ".join(group for group in match.groups() if group).replace("\n>", "\n").split()
        yield len(words), *match.span()


def _pattern(*words: str) -> re.Pattern[str]:
    """Match any of these words of a list, or nothing where there are none."""
    either = "|".join(map(_expression, words)) if words else r"(?!)"
    return re.compile(rf"(?<!\w)(?:{either})", re.IGNORECASE)


def _expression(word: str) -> str:
    stem = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", word.removesuffix("*"))))
    return stem + (r"\w*" if word.endswith("*") else r"(?!\w)")


class Exceptions:
    """The wording exceptions, and which of them were needed."""

    def __init__(self, wording: Wording) -> None:
        self._exceptions = wording.exceptions
        self._needed: set[int] = set()

    def use(self, where: str, word: str) -> bool:
        """Whether the word may stand there."""
        for number, exception in enumerate(self._exceptions):
            if (exception.where, exception.word) == (where, word):
                self._needed.add(number)
                return True
        return False

    def unneeded(self, document: Document) -> Iterator[Problem]:
        """A wording exception must be needed."""
        for number, exception in enumerate(self._exceptions):
            if number not in self._needed:
                yield problem_at(
                    document,
                    f"{quoted(exception.word)} is not used in {quoted(exception.where)}, or is excepted twice",
                    "remove the exception, or correct where and word",
                    "exceptions",
                    number,
                )


def title_neutral(checked: StatementInFile, voice: Voice, allowed: Exceptions) -> Iterator[Problem]:
    """A title must use no loaded word, not even in quotation marks."""
    for word, found in voice.loaded(checked.statement.title):
        if not allowed.use(checked.statement.id, word):
            yield checked.problem(f"uses {found!r}", _NEUTRAL_LABEL, "title")


def summary_attributed(checked: StatementInFile, voice: Voice, allowed: Exceptions) -> Iterator[Problem]:
    """A loaded word in a summary, request or note must stand in a sentence that attributes it."""
    statement = checked.statement
    for word, found, offset in voice.unattributed(checked.document.body):
        if not allowed.use(statement.id, word):
            yield checked.body_problem(offset, f"uses {found!r} in the archive's voice", _ATTRIBUTE)
    texts: list[tuple[str, tuple[str | int, ...]]] = [
        (request.asks, ("requests", n, "asks")) for n, request in enumerate(statement.requests)
    ]
    texts += [(figure.note, ("figures", n, "note")) for n, figure in enumerate(statement.figures)]
    texts += [(change.note, ("history", n, "note")) for n, change in enumerate(statement.history)]
    for text, steps in texts:
        for word, found, _ in voice.unattributed(text):
            if not allowed.use(statement.id, word):
                yield checked.problem(f"uses {found!r} in the archive's voice", _ATTRIBUTE, *steps)


def quotations_short(checked: StatementInFile) -> Iterator[Problem]:
    """A quotation must have at most 60 words, and all of them at most 150 words a source."""
    total, most = 0, MAX_QUOTED_A_SOURCE * (len(checked.statement.sources) or 1)
    for words, offset, _ in quotations(checked.document.body):
        total += words
        if words > MAX_QUOTED:
            yield checked.body_problem(offset, f"quotes {words} words", f"quote at most {MAX_QUOTED} words")
    if total > most:
        yield checked.body_problem(0, f"quotes {total} words in all", f"quote at most {most} words")


def labels_neutral(documents: Mapping[str, Document], voice: Voice, allowed: Exceptions) -> Iterator[Problem]:
    """A label in an authority file must use no loaded word, and a summary or definition only where it attributes it."""
    for vocabulary, document in documents.items():
        for id, entry in document.fields.entries.items():
            for field in ("label", "summary", "definition", "note"):
                text = getattr(getattr(entry, "entries", {}).get(field), "value", "")
                found = voice.loaded(text) if field == "label" else ((w, f) for w, f, _ in voice.unattributed(text))
                for word, as_found in found:
                    if not allowed.use(f"{vocabulary}/{id}", word):
                        message = f"uses {as_found!r} in the archive's voice"
                        hint = _NEUTRAL_LABEL if field == "label" else _ATTRIBUTE
                        yield problem_at(document, message, hint, id, field)
