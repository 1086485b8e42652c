"""Make the file of a new draft from a date and a title, with every field that is still to be filled."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from archive.content import writer
from archive.content.parser import nearest_hint
from archive.content.reader import STATEMENTS_FOLDER, Reading, read_statement
from archive.model import edtf, statement_fields, types, vocabularies
from archive.model.document import Document, Items, Problem, Text, quoted
from archive.model.errors import USAGE, ArchiveError
from archive.text.slugs import form_of_title, slugify, suggest_slugs
from archive.validation import validate

_DICTIONARY = "data-dictionary/"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """A file to be created, with the problems that the check finds in it."""

    path: str  # from the root
    text: str
    problems: tuple[Problem, ...]


def new_record(
    reading: Reading,
    date: str,
    title: str,
    today: datetime.date,
    *,
    form: str = "",
    words: str = "",
    issuer: str = "",
    site_url: str = "/",
) -> NewRecord:
    """Return a draft of a statement with this date and title, for the archive that was read.

    `form`, the `words` of its id and its `issuer` are chosen if they are not given; `site_url` is where the data
    dictionary is, which explains the fields that may be added. Raises ArchiveError for an invalid date, an unknown form
    or issuer, an issuer that must be given, and an invalid or taken id.
    """
    try:
        edtf_date = edtf.parse(date)
    except ValueError as error:
        raise ArchiveError(f"date: {quoted(date)}: {error}; allowed: {edtf.GRAMMAR}", USAGE) from None
    title = " ".join(title.split())
    if not title:
        raise ArchiveError("title: is empty; give form, subject and occasion, such as 'Statement on the bridge'", USAGE)
    form_in_title = form_of_title(title)
    form = _check_allowed(form, vocabularies.FORMS, "form") or form_in_title or "statement"
    suggested = suggest_ids(edtf_date, title, form)
    id = make_id(words, edtf_date, suggested[0])
    alternatives = _free_ids(reading, id, suggested)
    path = f"{STATEMENTS_FOLDER}/{edtf_date.year}/{id}.md"
    entries = {
        "title": title,
        "date": date,
        "date_basis": "reported",
        "form": form,
        "issuer": _issuer(reading, issuer),
        **statement_fields.STATEMENT.initial_values,
        "status": "draft",
        "history": [first_change(today)],
    }
    try:
        notes = _notes(id, alternatives, form, form_in_title, f"{site_url}{_DICTIONARY}")
        text = writer.format_statement(entries, statement_fields.UNWRITTEN, notes=notes, blanks=True)
    except ValueError as error:
        raise ArchiveError(f"title: {error}", USAGE) from None
    return NewRecord(path=path, text=text, problems=check_text(validate.Checker(reading, today), path, text))


def suggest_ids(date: edtf.Date, title: str, form: str = "") -> list[str]:
    """Return ids for a statement of this date and title, the best first; some may be taken."""
    form = form or form_of_title(title) or "statement"
    return [f"{date.start.text}-{words}" for words in suggest_slugs(title, form)]


def make_id(words: str, date: edtf.Date, suggested: str) -> str:
    """Return the id of these words and date; `suggested` without words. Raises ArchiveError for an invalid id."""
    if not words:
        return suggested
    id = f"{date.start.text}-{slugify(words.strip().removeprefix(f'{date.start.text}-'))}"
    if types.STEM.fullmatch(id) is None:
        raise ArchiveError(
            f"id: {quoted(words)} makes no id; give words that begin with a letter, such as 'peace appeal'", USAGE
        )
    return id


def taken_ids(reading: Reading) -> dict[str, str]:
    """Return every id and alias that is taken, casefolded, with the path of its file."""
    taken: dict[str, str] = {}
    for document in reading.statements:
        aliases = document.fields.entries.get("aliases")
        for alias in aliases.items if isinstance(aliases, Items) else ():
            if isinstance(alias, Text):
                taken.setdefault(alias.value.casefold(), document.path)
    paths = [document.path for document in reading.statements]
    paths += [problem.path for problem in reading.problems if problem.path.endswith(".md")]  # it is there all the same
    return taken | {_stem(path).casefold(): path for path in paths}


def first_change(today: datetime.date) -> dict[str, str]:
    """Return the first entry in the history of a record."""
    return {"date": today.isoformat(), **statement_fields.CHANGE.initial_values}


def check_text(checker: validate.Checker, path: str, text: str) -> tuple[Problem, ...]:
    """Return the problems of this text as the file at this path, in the archive that was read."""
    document = read_statement(path, text.encode())
    return checker.alone(document) if isinstance(document, Document) else (document,)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def _check_allowed(value: str, allowed: Mapping[str, str], name: str) -> str:
    if value and value not in allowed:
        raise ArchiveError(
            f"{name}: {quoted(value)} is not allowed; {nearest_hint(value, allowed, 'allowed: ' + ', '.join(allowed))}",
            USAGE,
        )
    return value


def _free_ids(reading: Reading, id: str, suggested: list[str]) -> list[str]:
    """Return the other suggestions that are free. Raises ArchiveError if the id itself is taken."""
    taken = taken_ids(reading)
    free = [suggestion for suggestion in suggested if suggestion != id and suggestion not in taken]
    if id in taken:
        other_words = _words_of_id(free[0]) if free else "other words"
        is_id = _stem(taken[id]).casefold() == id
        raise ArchiveError(
            f"id: {id} is already {'the id' if is_id else 'an alias'} of {taken[id]}; if this is another statement, "
            f"give its id other words: --id {other_words!r}",
            USAGE,
        )
    return free


def _words_of_id(id: str) -> str:
    match = types.STEM.fullmatch(id)
    return match[2] if match else id


def _issuer(reading: Reading, issuer: str) -> str:
    issuers = next((document.fields.entries for document in reading.authorities if document.stem == "issuers"), {})
    if issuer or len(issuers) == 1:
        return _check_allowed(issuer, {id: id for id in issuers}, "issuer") or next(iter(issuers))
    if not issuers:
        raise ArchiveError("issuer: there is none in authorities/issuers.yml; add it there", USAGE)
    raise ArchiveError(f"issuer: there are several; choose one with --issuer: {', '.join(issuers)}", USAGE)


def _notes(id: str, alternatives: list[str], form: str, form_in_title: str, dictionary: str) -> dict[str, str]:
    head = [f"The file's name is the record's id: {id}. Until it is published the file may still be renamed."]
    if alternatives:
        head.append(f"Other ids that would do: {', '.join(alternatives)}.")
    head.append("A line that begins with # is not read. Take the # away from a line #name: ..., and write what holds.")
    origin = (
        "The title's first words name it" if form == form_in_title else "The title names none; see whether it is right"
    )
    helps = {field.name: field.comment for field in statement_fields.STATEMENT.fields}
    optional = [field.name for field in statement_fields.STATEMENT.fields if not field.required]
    head.append(f"These may be added: {', '.join(optional)}. All are explained, those of a source too, at {dictionary}")
    return {
        "": "\n".join(head),
        "date_basis": helps["date_basis"],
        "form": f"{origin}. {helps['form']}",
        "sources": "A draft may do without, a published record may not.",
        "status": "Not shown yet. When the record is whole, take this line away.",
        "body": f"Below the next line stands the summary. {statement_fields.SUMMARY_HELP}",
    }
