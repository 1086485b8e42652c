"""The rules about wording: the archive's voice asserts no conduct (editorial rules 1, 2, 3 and 10)."""

import re
from collections.abc import Iterator

from archive.model.document import Problem, quoted
from archive.model.records import Statement
from archive.validation.registry import ArchiveInFiles, StatementInFile, problem_at, rule
from archive.validation.word_list import WordList

MAX_QUOTED = 60  # words of one quotation
MAX_QUOTED_A_SOURCE = 150

_QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"|«([^»]*)»|^>[ ]?(.*(?:\n>.*)*)", re.MULTILINE)
_NEUTRAL_LABEL = (
    "name the act or place and the date without it; what others call it belongs in terms or names; "
    "an exception is entered in statements/authorities/wording.yml with its reason"
)
_ATTRIBUTE = "say whose word it is in the same sentence (the statement describes ... as ...), or leave it to terms"


@rule("record")
def quotations_short(record: StatementInFile) -> Iterator[Problem]:
    """A quotation must have at most 60 words, and all of them at most 150 words a source."""
    total, most = 0, MAX_QUOTED_A_SOURCE * (len(record.statement.sources) or 1)
    for words, offset, _ in quotations(record.document.body):
        total += words
        if words > MAX_QUOTED:
            yield record.body_problem(offset, f"quotes {words} words", f"quote at most {MAX_QUOTED} words")
    if total > most:
        yield record.body_problem(0, f"quotes {total} words in all", f"quote at most {most} words")


@rule("archive")
def title_neutral(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A title must use no loaded word, not even in quotation marks."""
    for record in _loaded(archive):
        for word, text in archive.words.find(record.statement.title):
            if not archive.exceptions.use(record.statement.id, word):
                yield record.problem(f"uses {text!r}", _NEUTRAL_LABEL, "title")


@rule("archive")
def summary_attributed(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A loaded word in a summary, request or note must be in a sentence that attributes it."""
    for record in _loaded(archive):
        statement = record.statement
        for word, text, offset in archive.words.find_unattributed(record.document.body):
            if not archive.exceptions.use(statement.id, word):
                yield record.body_problem(offset, f"uses {text!r} in the archive's voice", _ATTRIBUTE)
        for group, number, field, value in _prose(statement):
            for word, text, _ in archive.words.find_unattributed(value):
                if not archive.exceptions.use(statement.id, word):
                    message = f"uses {text!r} in the archive's voice"
                    yield record.problem(message, _ATTRIBUTE, group, number, field)


@rule("authorities")
def labels_neutral(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A label in an authority file must use no loaded word, and a summary or definition only where it attributes it."""
    for name, document in archive.authorities.items():
        for id, entry in document.fields.entries.items():
            for field in ("label", "summary", "scope", "definition", "note"):
                value = getattr(getattr(entry, "entries", {}).get(field), "value", "")
                if field == "label":
                    matches, hint = list(archive.words.find(value)), _NEUTRAL_LABEL
                else:
                    matches, hint = [(w, text) for w, text, _ in archive.words.find_unattributed(value)], _ATTRIBUTE
                for word, text in matches:
                    if not archive.exceptions.use(f"{name}/{id}", word):
                        yield problem_at(document, f"uses {text!r} in the archive's voice", hint, id, field)


@rule("authorities")  # the last: all that use exceptions run before it
def exceptions_needed(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A wording exception must be needed."""
    if archive.wording is None:
        return
    for number, exception in archive.exceptions.unneeded():
        message = f"{quoted(exception.word)} is not used in {quoted(exception.where)}, or is excepted twice"
        hint = "remove the exception, or correct where and word"
        yield problem_at(archive.wording, message, hint, "exceptions", number)


def is_loaded(statement: Statement, body: str, words: WordList) -> bool:
    """Return whether a loaded word stands in the title, or without attribution in the body or other prose."""
    prose = [body, *(value for *_, value in _prose(statement))]
    return any(words.find(statement.title)) or any(any(words.find_unattributed(text)) for text in prose)


def _loaded(archive: ArchiveInFiles) -> Iterator[StatementInFile]:
    return (record for record in archive.statements if record.loaded)


def _prose(statement: Statement) -> Iterator[tuple[str, int, str, str]]:
    """Yield the fields in the archive's own words, but for the title and the body: the steps to each, and its text."""
    yield from (("requests", n, "asks", request.asks) for n, request in enumerate(statement.requests))
    yield from (("figures", n, "note", figure.note) for n, figure in enumerate(statement.figures))
    yield from (("history", n, "note", change.note) for n, change in enumerate(statement.history))


def quotations(body: str) -> Iterator[tuple[int, int, int]]:
    """Yield the passages of a body in quotation marks or block quotes: words, offset, offset of the end."""
    for match in _QUOTED.finditer(body):
        words = " ".join(group for group in match.groups() if group).replace("\n>", "\n").split()
        yield len(words), *match.span()
