"""Make the archive of the documents that were read, or every problem of every file, sorted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from archive.content.parser import Converter, nearest_hint
from archive.content.reader import AUTHORITIES_FOLDER, Reading
from archive.model import authorities, authority_fields, statement_fields, types, urls
from archive.model.document import Document, Mark, Problem, quoted, shown
from archive.model.records import Archive, Statement, Wording
from archive.validation import rules, wording  # noqa: F401 each registers its rules
from archive.validation.registry import RULES, ArchiveInFiles, StatementInFile, problem_at
from archive.validation.word_list import Exceptions, WordList

_WORDING = "wording"


def check(reading: Reading, *, drafts: bool = False) -> tuple[Archive, tuple[Problem, ...]]:
    """Make the archive of what was read.

    Returns the archive and the problems, sorted. Where there are problems the archive is not to be used: what could
    not be converted is missing from it. Drafts are checked, but are in the archive only if asked for.
    """
    return Checker(reading).check(reading.statements, drafts=drafts)


class Checker:
    """A check of what was read, which can be run with other statements too; no file is converted twice."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
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
        # by the document's identity
        self._converted: dict[int, tuple[Document, StatementInFile | None, list[Problem]]] = {}

    def check(self, statements: Sequence[Document], *, drafts: bool = False) -> tuple[Archive, tuple[Problem, ...]]:
        """Return what `check` returns for an archive that has these statements instead of those that were read."""
        archive, problems = self._convert(statements)
        problems += self._problems
        problems += _statement_problems(archive)
        for rule in RULES["authorities"]:
            problems += rule(archive)
        result = archive.archive
        if drafts:
            result = replace(result, statements=tuple(record.statement for record in archive.statements))
        return result, tuple(sorted(set(problems)))

    def alone(self, document: Document) -> tuple[Problem, ...]:
        """Return the problems of a statement's file for an archive that has no other statement."""
        archive, problems = self._convert((document,))
        problems += _statement_problems(archive)
        return tuple(sorted({problem for problem in problems if problem.path == document.path}))

    def _convert(self, documents: Sequence[Document]) -> tuple[ArchiveInFiles, list[Problem]]:
        """Return the archive of the statements that can be converted, and the problems of converting all."""
        records: list[StatementInFile] = []
        broken: list[Document] = []
        problems: list[Problem] = []
        for document in documents:
            if id(document) not in self._converted:
                own: list[Problem] = []
                self._converted[id(document)] = document, _statement(document, self._ids, own), own
            _, record, own = self._converted[id(document)]
            problems += own
            if record is None:
                broken.append(document)
            else:
                records.append(record)
        archive = Archive(
            statements=tuple(record.statement for record in records if not record.statement.draft),
            docs=self._reading.docs,
            assets=self._reading.assets,
            authorities=self._entries,
        )
        return ArchiveInFiles(
            archive=archive,
            documents=documents,
            statements=records,
            # a record with a problem is there all the same
            ids={statement.id for statement in archive.statements} | {document.stem for document in broken},
            link_targets=urls.link_targets(archive) | {document.path: document.path for document in broken},
            authorities=self._authorities,
            wording=self._documents.get(_WORDING),
            words=self._words,
            exceptions=Exceptions(self._wording),
        ), problems


def _statement_problems(archive: ArchiveInFiles) -> Iterator[Problem]:
    """Run the rules about statements."""
    for record in archive.statements:
        for record_rule in RULES["record"]:
            yield from record_rule(record)
    for rule in RULES["archive"]:
        yield from rule(archive)


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


def _statement(document: Document, ids: Mapping[str, Any], problems: list[Problem]) -> StatementInFile | None:
    converter = Converter(document.path, ids)
    id = document.stem
    if types.STEM.fullmatch(id) is None:
        message = f"{id!r} is not a statement id"
        converter.problem(Mark(1, 1), "", message, f"rename the file; allowed: {types.STEM_ID.allowed}")
    statement: Statement | None = converter.record(
        statement_fields.STATEMENT, document.fields, id=id, path=document.path, summary=document.body.strip()
    )
    problems += converter.problems
    return None if statement is None else StatementInFile(document=document, statement=statement)
