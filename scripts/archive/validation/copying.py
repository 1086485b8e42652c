"""A record and the text of a source -> where the record's own words are the source's (editorial rule 10)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.model.document import Document, Fields, Items, Mark, Text, quoted
from archive.validation import wording

MOST = 7  # words in a row that a text may have in common with its source
_MOST_PLACES = 100  # of a run's first words in the source that are followed, so that any text ends in good time

_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)+|[^\W_]+(?:['’ʼ‘`´][^\W_]+)*")
_TARGET = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)|https?://\S+")
_LETTERS = str.maketrans({"ə": "a", "ı": "i"})
_PROSE = {"requests": "asks", "figures": "note", "history": "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words in a row that two texts have in common."""

    field: str  # of the record, "body" for its summary; "" where a text was given
    words: int  # that are not in quotation marks
    text: str  # as they stand in the text
    written: Mark  # where they stand in the text, or the field of the record
    source: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    plain: str
    start: int
    end: int
    quoted: bool = False


def shared_runs(text: str, source: str, *, most: int = MOST) -> list[Run]:
    """The runs of more than `most` words that a text has in common with a source, in the text's order.

    Case, punctuation, marks on letters, the kind of quotation mark or apostrophe and the commas of numbers make no
    difference. Words in quotation marks do not count, as long as the quotations are within editorial rule 10.
    """
    return _runs(text, source, _words(source), most)


def shared_with_record(document: Document, source: str) -> list[Run]:
    """The runs of a record's summary, requests and notes, with their places in its file."""
    words = _words(source)
    found = []
    for run in _runs(document.body, source, words, MOST):
        line, col = run.written
        found.append(replace(run, field="body", written=Mark(document.body_line + line - 1, col)))
    for field, prose in _prose(document):
        found += [replace(run, field=field, written=prose.mark) for run in _runs(prose.value, source, words, MOST)]
    return sorted(found, key=lambda run: run.written)


def report(runs: Sequence[Run], record: str, source: str) -> list[str]:
    """What is said of the runs of a record in the file `record`, with the source named `source`: one line each."""
    return [
        f"{record}:{run.written.line}:{run.written.col}: {run.field}: {run.words} words in a row are those of the "
        f"source: {quoted(run.text, 120)} ({source}, line {run.source.line}, column {run.source.col}: "
        "say it in other words, or quote it)"
        for run in runs
    ] or [f"No more than {MOST} words in a row of {record} are those of {source}."]


def _prose(document: Document) -> Iterator[tuple[str, Text]]:
    """The fields that are in the archive's own words."""
    for group, name in _PROSE.items():
        items = document.fields.entries.get(group)
        for number, item in enumerate(items.items if isinstance(items, Items) else (), 1):
            written = item.entries.get(name) if isinstance(item, Fields) else None
            if isinstance(written, Text):
                yield f"{group}[{number}].{name}", written


def _runs(text: str, source: str, there: Sequence[_Word], most: int) -> list[Run]:
    here = _quoted(text, _words(_TARGET.sub(lambda match: " " * len(match[0]), text)))
    places: dict[tuple[str, ...], list[int]] = {}
    size = most + 1
    for place in range(len(there) - most):
        followed = places.setdefault(tuple(word.plain for word in there[place : place + size]), [])
        if len(followed) < _MOST_PLACES:
            followed.append(place)
    found: list[Run] = []
    reached = 0
    for start in range(len(here) - most):
        if reached == len(here):
            break
        gram = tuple(word.plain for word in here[start : start + size])
        ends = [(_end(here, start, there, place, reached), -place) for place in places.get(gram, ())]
        if not ends or max(ends)[0] <= reached:  # within the run before
            continue
        end, place = max(ends)
        counted = sum(not word.quoted for word in here[start:end])
        if counted > most:
            reached = end
            found.append(
                Run(
                    field="",
                    words=counted,
                    text=" ".join(text[here[start].start : here[end - 1].end].split()),
                    written=Mark.at(text, here[start].start),
                    source=Mark.at(source, there[-place].start),
                )
            )
    return found


def _end(here: Sequence[_Word], start: int, there: Sequence[_Word], place: int, reached: int) -> int:
    """Where the run that begins at these places ends in the text; 0 where that is not beyond what is reached."""
    beyond = place + max(reached - start, 0)
    if beyond >= len(there) or here[max(reached, start)].plain != there[beyond].plain:
        return 0
    while start < len(here) and place < len(there) and here[start].plain == there[place].plain:
        start, place = start + 1, place + 1
    return start


def _words(text: str) -> list[_Word]:
    return [_Word(plain=_plain(match[0]), start=match.start(), end=match.end()) for match in _WORD.finditer(text)]


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(c for c in decomposed if c.isalnum())


def _quoted(text: str, words: Sequence[_Word]) -> list[_Word]:
    """The words, with those marked that stand in a quotation which the rule allows."""
    total = 0
    allowed = []
    for count, start, end in wording.quotations(text):
        total += count
        if count <= wording.MAX_QUOTED and total <= wording.MAX_QUOTED_A_SOURCE:
            allowed.append((start, end))
    return [replace(word, quoted=any(start <= word.start < end for start, end in allowed)) for word in words]
