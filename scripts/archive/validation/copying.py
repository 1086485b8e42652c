"""Find where the words of a record are those of its source (editorial rule 10)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.model.document import Document, Fields, Items, Mark, Text, quoted
from archive.validation import wording

MAX_SHARED = 7  # words in a row that a text may share with its source
_MAX_PLACES = 100  # where the first words of a run are in the source, so that repetitive texts take no long time

_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)+|[^\W_]+(?:['’ʼ‘`´][^\W_]+)*")
_TARGET = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)|https?://\S+")
_LETTERS = str.maketrans({"ə": "a", "ı": "i"})
_PROSE = {"requests": "asks", "figures": "note", "history": "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words in a row that a text shares with a source."""

    field: str  # of the record, "body" for its summary; "" if it is not of a record
    words: int  # that are not in quotation marks
    text: str
    mark: Mark  # in the text, or of the field of the record
    source_mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    plain: str
    start: int
    end: int
    quoted: bool = False


def shared_runs(text: str, source: str, *, most: int = MAX_SHARED) -> list[Run]:
    """Return the runs of more than `most` words that a text shares with a source, in the order of the text.

    Case, punctuation, marks on letters, the kind of quotation mark or apostrophe and the commas of numbers make no
    difference. Words in quotation marks do not count if the quotations keep editorial rule 10.
    """
    return _runs(text, source, _words(source), most)


def shared_with_record(document: Document, source: str) -> list[Run]:
    """Return the runs that the summary, requests and notes of a record share with a source, by place in its file."""
    words = _words(source)
    runs = []
    for run in _runs(document.body, source, words, MAX_SHARED):
        line, col = run.mark
        runs.append(replace(run, field="body", mark=Mark(document.body_line + line - 1, col)))
    for field, prose in _prose(document):
        runs += [replace(run, field=field, mark=prose.mark) for run in _runs(prose.value, source, words, MAX_SHARED)]
    return sorted(runs, key=lambda run: run.mark)


def copying_report(runs: Sequence[Run], record: str, source: str) -> list[str]:
    """Return a line on each run of the record in the file `record`; `source` is the name of the source."""
    return [
        f"{record}:{run.mark.line}:{run.mark.col}: {run.field}: {run.words} words in a row are those of the "
        f"source: {quoted(run.text, 120)} ({source}, line {run.source_mark.line}, column {run.source_mark.col}: "
        "say it in other words, or quote it)"
        for run in runs
    ] or [f"No more than {MAX_SHARED} words in a row of {record} are those of {source}."]


def _prose(document: Document) -> Iterator[tuple[str, Text]]:
    """Yield the fields in the archive's own words, but for the summary, by their path."""
    for group, name in _PROSE.items():
        items = document.fields.entries.get(group)
        for number, item in enumerate(items.items if isinstance(items, Items) else (), 1):
            value = item.entries.get(name) if isinstance(item, Fields) else None
            if isinstance(value, Text):
                yield f"{group}[{number}].{name}", value


def _runs(text: str, source: str, there: Sequence[_Word], most: int) -> list[Run]:
    here = _quoted(text, _words(_TARGET.sub(lambda match: " " * len(match[0]), text)))
    places: dict[tuple[str, ...], list[int]] = {}
    size = most + 1
    for place in range(len(there) - most):
        same = places.setdefault(tuple(word.plain for word in there[place : place + size]), [])
        if len(same) < _MAX_PLACES:
            same.append(place)
    runs: list[Run] = []
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
            runs.append(
                Run(
                    field="",
                    words=counted,
                    text=" ".join(text[here[start].start : here[end - 1].end].split()),
                    mark=Mark.at(text, here[start].start),
                    source_mark=Mark.at(source, there[-place].start),
                )
            )
    return runs


def _end(here: Sequence[_Word], start: int, there: Sequence[_Word], place: int, reached: int) -> int:
    """Return the end in the text of the run that begins at these places; 0 if it is not beyond `reached`."""
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
    """Mark the words that are in a quotation which the rule allows."""
    total = 0
    allowed = []
    for count, start, end in wording.quotations(text):
        total += count
        if count <= wording.MAX_QUOTED and total <= wording.MAX_QUOTED_A_SOURCE:
            allowed.append((start, end))
    return [replace(word, quoted=any(start <= word.start < end for start, end in allowed)) for word in words]
