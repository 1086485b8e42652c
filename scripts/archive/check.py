"""Documents -> Archive or Problems: every problem of every file, sorted."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from archive import addresses, fields, rules, values, wording
from archive.checked import Checked, problem
from archive.convert import Converter, nearest
from archive.model import Archive, Document, Mark, Problem, Statement, Wording
from archive.read import AUTHORITIES, Reading, quoted, shown

_WORDING = "wording"


def check(reading: Reading, *, drafts: bool = False) -> tuple[Archive, tuple[Problem, ...]]:
    """Make the archive of what was read.

    Returns the archive and the problems, sorted. Where there are problems the archive is not to be used: what could
    not be converted is missing from it. Drafts are checked, but are in the archive only if asked for.
    """
    problems = list(reading.problems)
    documents = {d.stem: d for d in reading.authorities}
    problems += _vocabularies_known(documents, reading)
    ids = {name: documents[name].fields.entries.keys() for name in fields.VOCABULARIES if name in documents}
    entries: dict[str, Any] = {name: _entries(name, documents, ids, problems) for name in fields.VOCABULARIES}
    words = _wording(documents, problems)
    checked = [c for c in (_statement(document, ids, problems) for document in reading.statements) if c]
    archive = Archive(
        statements=tuple(c.statement for c in checked if not c.statement.draft),
        docs=reading.docs,
        assets=reading.assets,
        **entries,
    )
    problems += _broken_rules(archive, checked, reading, documents, words)
    if drafts:
        archive = replace(archive, statements=tuple(c.statement for c in checked))
    return archive, tuple(sorted(set(problems)))


def _vocabularies_known(documents: Mapping[str, Document], reading: Reading) -> Iterator[Problem]:
    """An authority file must be one the archive knows, and each of them must be there."""
    names = [*fields.VOCABULARIES, _WORDING]
    unread = {problem.path for problem in reading.problems}
    for name, document in documents.items():
        if name not in names:
            message = f"{quoted(name)} is not a vocabulary"
            yield problem(document, message, nearest(name, names, f"allowed: {', '.join(names)}"))
    for name in names:
        if name not in documents and f"{AUTHORITIES}/{name}.yml" not in unread:
            yield Problem(
                path=f"{AUTHORITIES}/{name}.yml",
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
        if values.SLUG.fullmatch(id) is None:
            message = f"{quoted(id)} is not an id"
            converter.problem(document.fields.keys[id], shown(id), message, f"allowed: {values.SLUG_ID.allowed}")
        entries[id] = converter.record(fields.VOCABULARIES[name], node, shown(id), id=id)
    problems += converter.problems
    return {id: entry for id, entry in entries.items() if entry is not None}


def _wording(documents: Mapping[str, Document], problems: list[Problem]) -> Wording:
    if _WORDING not in documents:
        return Wording()
    converter = Converter(documents[_WORDING].path, {})
    words: Wording | None = converter.record(fields.WORDING, documents[_WORDING].fields)
    problems += converter.problems
    return words or Wording()


def _statement(document: Document, ids: Mapping[str, Any], problems: list[Problem]) -> Checked | None:
    converter = Converter(document.path, ids)
    id = document.stem
    if values.STEM.fullmatch(id) is None:
        message = f"{id!r} is not a statement id"
        converter.problem(Mark(1, 1), "", message, f"rename the file; allowed: {values.STEM_ID.allowed}")
    statement: Statement | None = converter.record(
        fields.STATEMENT, document.fields, id=id, path=document.path, summary=document.body.strip()
    )
    problems += converter.problems
    return None if statement is None else Checked(document=document, statement=statement)


def _broken_rules(
    archive: Archive,
    checked: list[Checked],
    reading: Reading,
    documents: Mapping[str, Document],
    words: Wording,
) -> Iterator[Problem]:
    voice, allowed = wording.Voice(words), wording.Exceptions(words)
    known = addresses.known(archive)
    ids = {statement.id for statement in archive.statements}
    if len(checked) < len(reading.statements):  # a record with a problem is there all the same
        whole = {one.document.path for one in checked}
        broken = [document for document in reading.statements if document.path not in whole]
        known |= {document.path: document.path for document in broken}
        ids |= {document.stem for document in broken}
    for one in checked:
        for rule in rules.STATEMENT_RULES:
            yield from rule(one)
        yield from wording.quotations_short(one)
        yield from wording.title_neutral(one, voice, allowed)
        yield from wording.summary_attributed(one, voice, allowed)
        yield from rules.body_links(one, known)
        yield from rules.groups_listed(one, archive)
    yield from rules.hand_written_apart(reading)
    yield from rules.ids_unique(reading.statements, checked)
    yield from rules.reports_cited_once(checked)
    yield from rules.related_exist(checked, ids)
    vocabularies = {name: document for name, document in documents.items() if name in fields.VOCABULARIES}
    yield from wording.labels_neutral(vocabularies, voice, allowed)
    for name, document in vocabularies.items():
        yield from rules.labels_have_words(getattr(archive, name), document)
    if "events" in documents:
        yield from rules.no_own_ancestor(archive.events, documents["events"])
    if "addressees" in documents:
        yield from rules.no_own_ancestor(archive.addressees, documents["addressees"])
    if _WORDING in documents:
        yield from allowed.unneeded(documents[_WORDING])
