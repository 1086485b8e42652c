"""Documents -> Archive or Problems: every problem of every file, sorted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from archive.content.parser import Converter, nearest_hint
from archive.content.reader import AUTHORITIES_FOLDER, Reading
from archive.model import authority_fields, statement_fields, types, urls
from archive.model.document import Document, Mark, Problem, quoted, shown
from archive.model.records import Archive, Statement, Wording
from archive.validation import rules, wording
from archive.validation.registry import StatementInFile, problem_at

_WORDING = "wording"


def check(reading: Reading, *, drafts: bool = False) -> tuple[Archive, tuple[Problem, ...]]:
    """Make the archive of what was read.

    Returns the archive and the problems, sorted. Where there are problems the archive is not to be used: what could
    not be converted is missing from it. Drafts are checked, but are in the archive only if asked for.
    """
    return Checker(reading).check(reading.statements, drafts=drafts)


class Checker:
    """Checks the archive that was read, also with other statements; no file is converted twice."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._documents = {d.stem: d for d in reading.authorities}
        self._problems = [*reading.problems, *_vocabularies_known(self._documents, reading)]
        self._ids = {
            name: self._documents[name].fields.entries.keys()
            for name in authority_fields.AUTHORITIES
            if name in self._documents
        }
        self._entries: dict[str, Any] = {
            name: _entries(name, self._documents, self._ids, self._problems) for name in authority_fields.AUTHORITIES
        }
        self._words = _wording(self._documents, self._problems)
        self._voice = wording.Voice(self._words)
        self._converted: dict[
            int, tuple[Document, StatementInFile | None, list[Problem]]
        ] = {}  # by the document's identity

    def check(self, statements: Sequence[Document], *, drafts: bool = False) -> tuple[Archive, tuple[Problem, ...]]:
        """What `check` returns where the archive has these statements instead of those that were read."""
        checked, problems = self._convert(statements)
        problems += self._problems
        archive = self._archive(checked)
        allowed = wording.Exceptions(self._words)
        problems += self._broken_by_statements(archive, checked, statements, allowed)
        problems += self._broken_by_authorities(archive, allowed)
        if drafts:
            archive = replace(archive, statements=tuple(c.statement for c in checked))
        return archive, tuple(sorted(set(problems)))

    def alone(self, document: Document) -> tuple[Problem, ...]:
        """The problems of a statement's file where the archive has no other statement."""
        checked, problems = self._convert((document,))
        allowed = wording.Exceptions(self._words)
        problems += self._broken_by_statements(self._archive(checked), checked, (document,), allowed)
        return tuple(sorted({problem for problem in problems if problem.path == document.path}))

    def _convert(self, statements: Sequence[Document]) -> tuple[list[StatementInFile], list[Problem]]:
        """The statements that can be converted, and the problems of all."""
        checked, problems = [], []
        for document in statements:
            if id(document) not in self._converted:
                own: list[Problem] = []
                self._converted[id(document)] = document, _statement(document, self._ids, own), own
            _, one, own = self._converted[id(document)]
            checked += [one] if one else []
            problems += own
        return checked, problems

    def _archive(self, checked: Sequence[StatementInFile]) -> Archive:
        return Archive(
            statements=tuple(c.statement for c in checked if not c.statement.draft),
            docs=self._reading.docs,
            assets=self._reading.assets,
            **self._entries,
        )

    def _broken_by_statements(
        self,
        archive: Archive,
        checked: Sequence[StatementInFile],
        statements: Sequence[Document],
        allowed: wording.Exceptions,
    ) -> Iterator[Problem]:
        known = urls.link_targets(archive)
        ids = {statement.id for statement in archive.statements}
        if len(checked) < len(statements):  # a record with a problem is there all the same
            whole = {one.document.path for one in checked}
            broken = [document for document in statements if document.path not in whole]
            known |= {document.path: document.path for document in broken}
            ids |= {document.stem for document in broken}
        for one in checked:
            for rule in rules.STATEMENT_RULES:
                yield from rule(one)
            yield from wording.quotations_short(one)
            yield from wording.title_neutral(one, self._voice, allowed)
            yield from wording.summary_attributed(one, self._voice, allowed)
            yield from rules.body_links(one, known)
            yield from rules.groups_listed(one, archive)
        yield from rules.ids_unique(statements, checked)
        yield from rules.reports_cited_once(checked)
        yield from rules.related_exist(checked, ids)

    def _broken_by_authorities(self, archive: Archive, allowed: wording.Exceptions) -> Iterator[Problem]:
        """The rest; it comes after the statements, as which exceptions were needed is known only then."""
        yield from rules.hand_written_apart(self._reading)
        documents = {
            name: document for name, document in self._documents.items() if name in authority_fields.AUTHORITIES
        }
        yield from wording.labels_neutral(documents, self._voice, allowed)
        for name, document in documents.items():
            yield from rules.labels_have_words(getattr(archive, name), document)
        if "events" in documents:
            yield from rules.no_own_ancestor(archive.events, documents["events"])
        if "addressees" in documents:
            yield from rules.no_own_ancestor(archive.addressees, documents["addressees"])
        if _WORDING in self._documents:
            yield from allowed.unneeded(self._documents[_WORDING])


def _vocabularies_known(documents: Mapping[str, Document], reading: Reading) -> Iterator[Problem]:
    """An authority file must be one the archive knows, and each of them must be there."""
    names = [*authority_fields.AUTHORITIES, _WORDING]
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
        entries[id] = converter.record(authority_fields.AUTHORITIES[name], node, shown(id), id=id)
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
