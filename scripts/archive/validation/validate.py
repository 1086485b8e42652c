"""Make the archive of the documents that were read, or every problem of every file, sorted."""

import datetime
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from typing import Any, cast

from archive.content.parser import Converter, nearest_hint
from archive.content.reader import AUTHORITIES_FOLDER, Reading, read_statement
from archive.model import authorities, authority_fields, statement_fields, types, urls
from archive.model.document import Document, Mark, Problem, quoted, shown, stem
from archive.model.records import Archive, Statement, Wording, attributed
from archive.validation import evidence, rules, slips, wording  # noqa: F401 each registers its rules
from archive.validation.kept import Kept, dump, load
from archive.validation.registry import RULES, ArchiveInFiles, StatementInFile, problem_at
from archive.validation.word_list import Exceptions, WordList

_WORDING = "wording"
_PIECE = 50  # files that a process reads before it takes others

Made = dict[str, tuple[bytes, bytes]]  # as Kept
Run = Callable[[Sequence[Callable[[], Made]]], Iterable[Made]]  # does pieces of work, and yields what they return


@dataclass(frozen=True, slots=True, kw_only=True)
class _Examined:
    """A statement's file by itself: the record, unless it could not be converted, and the problems."""

    path: str
    read: Callable[[], Document]
    record: StatementInFile | None
    problems: Sequence[Problem] = ()


def check(
    reading: Reading, *, drafts: bool = False, today: datetime.date | None = None
) -> tuple[Archive, tuple[Problem, ...]]:
    """Make the archive of what was read.

    Returns the archive and the problems, sorted. Where there are problems the archive is not to be used: what could
    not be converted is missing from it. Drafts are checked, but are in the archive only if asked for. Dates after
    `today`, if it is given, are problems.
    """
    return Checker(reading, today).check(reading.statements, drafts=drafts)


class Checker:
    """A check of what was read, which can be run with other statements too; no file is converted twice."""

    def __init__(self, reading: Reading, today: datetime.date | None = None) -> None:
        self._reading = reading
        self._day = today
        self._documents = {document.stem: document for document in reading.authorities}
        self._authorities = {
            name: document for name, document in self._documents.items() if name in authorities.RECORDS
        }
        self._problems = [*reading.problems, *_file_problems(self._documents, reading)]
        self._ids = {name: document.fields.entries.keys() for name, document in self._authorities.items()}
        self._entries: dict[str, Any] = {
            name: _entries(name, self._documents, self._ids, self._problems) for name in authorities.RECORDS
        }
        self._wording = _wording(self._documents, self._problems)
        self._words = WordList(self._wording)
        self._listed = hashlib.sha256(repr((self._wording.words, self._wording.attribution)).encode()).digest()
        self._known = {f"{name}/{id}" for name, ids in self._ids.items() for id in ids}
        self._examined: dict[int, tuple[Document, _Examined]] = {}  # by the document's identity

    def check(self, statements: Sequence[Document], *, drafts: bool = False) -> tuple[Archive, tuple[Problem, ...]]:
        """Return what `check` returns for an archive that has these statements instead of those that were read."""
        return self._check([self._examine(document) for document in statements], drafts=drafts)

    def check_files(
        self, files: Sequence[tuple[str, bytes]], kept: Kept, run: Run, *, drafts: bool = False
    ) -> tuple[Archive, tuple[Problem, ...], Kept]:
        """Return what `check` returns for the statements in these files, and what is to be kept of them.

        What was `kept` is not made again; `run` makes the rest.
        """
        taken = [self._take(kept, *file) for file in files]
        left = [file for file, found in zip(files, taken, strict=True) if found is None]
        pieces = [partial(self._make, left[start : start + _PIECE]) for start in range(0, len(left), _PIECE)]
        made = dict(chain.from_iterable(piece.items() for piece in run(pieces)))
        problems: list[Problem] = []
        examined: list[_Examined] = []
        now: Made = {}
        for file, found in zip(files, taken, strict=True):
            path = file[0]
            if found := found or self._take(made, *file):
                now[path] = made.get(path) or kept[path]
                examined.append(found)
            elif isinstance(document := read_statement(*file), Problem):
                problems.append(document)
            else:
                examined.append(self._examine(document))
        return *self._check(examined, problems, drafts=drafts), now

    def alone(self, document: Document) -> tuple[Problem, ...]:
        """Return the problems of a statement's file for an archive that has no other statement."""
        _, problems = self._examine_together([self._examine(document)])
        return tuple(sorted({problem for problem in problems if problem.path == document.path}))

    def _check(
        self, examined: Sequence[_Examined], problems: Sequence[Problem] = (), *, drafts: bool
    ) -> tuple[Archive, tuple[Problem, ...]]:
        archive, found = self._examine_together(examined)
        found += [*problems, *self._problems]
        for rule in RULES["authorities"]:
            found += rule(archive)
        statements = [record.statement for record in archive.statements]
        result = replace(
            archive.archive,
            statements=tuple(statement for statement in statements if drafts or not statement.draft),
            prints=tuple((record.statement, record.prints) for record in archive.statements if record.prints),
        )
        return result, tuple(sorted(set(found)))

    def _examine(self, document: Document) -> _Examined:
        """Convert a statement, and run the rules about it by itself."""
        if id(document) not in self._examined:
            self._examined[id(document)] = document, self._examine_new(document)
        return self._examined[id(document)][1]

    def _examine_new(self, document: Document) -> _Examined:
        converter = Converter(document.path, self._ids)
        id = document.stem
        if types.STEM.fullmatch(id) is None:
            message = f"{id!r} is not a statement id"
            converter.problem(Mark(1, 1), "", message, f"rename the file; allowed: {types.STEM_ID.allowed}")
        statement: Statement | None = converter.record(
            statement_fields.STATEMENT, document.fields, id=id, path=document.path, summary=document.body.strip()
        )
        problems, record = converter.problems, None
        if statement is not None:
            statement = attributed(statement)
            record = StatementInFile(
                statement=statement,
                read=lambda: document,
                links=_links(document.body),
                loaded=wording.is_loaded(statement, document.body, self._words),
                cited=converter.cited,
            )
            for rule in RULES["record"]:
                problems += rule(record)
        return _Examined(path=document.path, read=lambda: document, record=record, problems=problems)

    def _make(self, files: Sequence[tuple[str, bytes]]) -> Made:
        """Return what is to be kept of those of these files that have no problems by themselves."""
        made: Made = {}
        for path, data in files:
            document = read_statement(path, data)
            if isinstance(document, Document):
                examined = self._examine_new(document)
                if examined.record and not examined.problems:
                    made[path] = self._hash(data), dump(examined.record)
        return made

    def _take(self, kept: Kept, path: str, data: bytes) -> _Examined | None:
        """Return what was kept of a file; None if there is nothing, or it may be another today."""
        hash, content = kept.get(path, (b"", b""))
        if hash != self._hash(data):
            return None
        read = cache(lambda: cast(Document, read_statement(path, data)))
        record = load(content, read)
        return _Examined(path=path, read=read, record=record) if record and self._knows(record.cited) else None

    def _hash(self, data: bytes) -> bytes:
        return hashlib.sha256(self._listed + data).digest()

    def _knows(self, cited: Collection[str]) -> bool:
        """Return whether there are these entries of authority files; one that could not be read has any."""
        unknown = () if self._known.issuperset(cited) else set(cited) - self._known
        return all(id.partition("/")[0] not in self._ids for id in unknown)

    def _examine_together(self, examined: Sequence[_Examined]) -> tuple[ArchiveInFiles, list[Problem]]:
        """Return the archive of the statements that can be converted, and the problems of all statements."""
        records = [file.record for file in examined if file.record]
        broken = [file.path for file in examined if not file.record]
        statements = Archive(
            statements=tuple(record.statement for record in records if not record.statement.draft),
            docs=self._reading.docs,
            assets=self._reading.assets,
            authorities=self._entries,
        )
        archive = ArchiveInFiles(
            archive=statements,
            statements=records,
            files=[(file.path, file.read) for file in examined],
            # a record with a problem is there all the same
            ids={statement.id for statement in statements.statements} | set(map(stem, broken)),
            link_targets=urls.link_targets(statements) | {path: path for path in broken},
            authorities=self._authorities,
            wording=self._documents.get(_WORDING),
            words=self._words,
            exceptions=Exceptions(self._wording),
            day=self._day,
        )
        problems = [problem for file in examined for problem in file.problems]
        for rule in RULES["archive"]:
            problems += rule(archive)
        return archive, problems


def _file_problems(documents: Mapping[str, Document], reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each authority file that is unknown or missing."""
    names = [*authorities.RECORDS, _WORDING]
    unread = {problem.path for problem in reading.problems}
    for name, document in documents.items():
        if name not in names:
            message = f"{quoted(name)} is not a vocabulary"
            yield problem_at(document, message, nearest_hint(name, names, f"allowed: {', '.join(names)}"))
    for name in names:
        if name not in documents and f"{AUTHORITIES_FOLDER}/{name}.yml" not in unread:
            yield Problem(
                path=f"{AUTHORITIES_FOLDER}/{name}.yml",
                line=1,
                col=1,
                field="",
                message="is missing",
                hint="restore the file",
            )


def _entries(
    name: str, documents: Mapping[str, Document], ids: Mapping[str, Any], problems: list[Problem]
) -> dict[str, Any]:
    if name not in documents:
        return {}
    document = documents[name]
    converter = Converter(document.path, ids)
    entries = {}
    for id, node in document.fields.entries.items():
        if types.SLUG.fullmatch(id) is None:
            message = f"{quoted(id)} is not an id"
            converter.problem(document.fields.keys[id], shown(id), message, f"allowed: {types.SLUG_ID.allowed}")
        entries[id] = converter.record(authorities.RECORDS[name], node, shown(id), id=id)
    problems += converter.problems
    return {id: entry for id, entry in entries.items() if entry is not None}


def _wording(documents: Mapping[str, Document], problems: list[Problem]) -> Wording:
    if _WORDING not in documents:
        return Wording()
    converter = Converter(documents[_WORDING].path, {})
    words: Wording | None = converter.record(authority_fields.WORDING, documents[_WORDING].fields)
    problems += converter.problems
    return words or Wording()


def _links(body: str) -> Sequence[str]:
    from archive.text import markdown  # takes a moment to load, and is needed for what was not kept only

    try:
        return markdown.links(body)
    except ValueError:  # a rule reports it
        return ()
