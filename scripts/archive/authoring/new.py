"""Date and title -> the file of a new draft, with every field that is still to be filled."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from archive.content import writer
from archive.content.parser import nearest_hint
from archive.content.reader import STATEMENTS_FOLDER, Reading, read_statement
from archive.model import edtf, statement_fields, types, vocabularies
from archive.model.document import Document, Items, Problem, Text, quoted
from archive.model.errors import USAGE, ArchiveError
from archive.text.slugs import slugify, suggest_slugs
from archive.validation import validate

# a form is named before the first of these: "Joint appeal to ...", "Open letter on ..."
_OCCASION = re.compile(
    r"\b(?:on|to|about|at|of|in|for|regarding|concerning|after|before|against|with|by|from)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """A file that is to be made, and what the check says of it."""

    path: str  # from the root
    text: str
    problems: tuple[Problem, ...]


def new_record(
    reading: Reading, date: str, title: str, today: datetime.date, *, form: str = "", words: str = "", issuer: str = ""
) -> NewRecord:
    """A draft of a statement with this date and title, for the archive that was read.

    `form`, the `words` of its id and its `issuer` are found where they are not given. Raises ArchiveError for a date
    that is none, for an unknown form or issuer, where the issuer must be chosen, and for an id that is none or taken.
    """
    try:
        when = edtf.parse(date)
    except ValueError as error:
        raise ArchiveError(f"date: {quoted(date)}: {error}; allowed: {edtf.GRAMMAR}", USAGE) from None
    title = " ".join(title.split())
    if not title:
        raise ArchiveError("title: is empty; give form, subject and occasion, such as 'Statement on the bridge'", USAGE)
    named = form_named(title)
    form = _among(form, vocabularies.FORMS, "form") or named or "statement"
    suggested = suggest_ids(when, title, form)
    id = chosen_id(words, when, suggested[0])
    others = _free(reading, id, suggested)
    path = f"{STATEMENTS_FOLDER}/{when.year}/{id}.md"
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
        text = writer.format_statement(
            entries, statement_fields.UNWRITTEN, notes=_notes(id, others, form, named), blanks=True
        )
    except ValueError as error:
        raise ArchiveError(f"title: {error}", USAGE) from None
    return NewRecord(path=path, text=text, problems=problems_of_text(validate.Checker(reading), path, text))


def suggest_ids(date: edtf.Date, title: str, form: str = "") -> list[str]:
    """Ids for a statement of this date and title, the best first; whether they are taken is not looked at."""
    form = form or form_named(title) or "statement"
    return [f"{date.start.text}-{words}" for words in suggest_slugs(title, form)]


def form_named(title: str) -> str:
    """The form that a title's first words name; "" for none."""
    head = f" {_OCCASION.split(title)[0]} ".replace("-", " ").casefold()
    found = [form for form in vocabularies.FORMS if f" {form.replace('-', ' ')} " in head]
    return max(found, key=len, default="")


def first_change(today: datetime.date) -> dict[str, str]:
    """What the history of a record begins with."""
    return {"date": today.isoformat(), **statement_fields.CHANGE.initial_values}


def chosen_id(words: str, date: edtf.Date, suggested: str) -> str:
    """The id that a maintainer's words make with this date; what is suggested without any. Raises ArchiveError."""
    if not words:
        return suggested
    id = f"{date.start.text}-{slugify(words.strip().removeprefix(f'{date.start.text}-'))}"
    if types.STEM.fullmatch(id) is None:
        raise ArchiveError(
            f"id: {quoted(words)} makes no id; give words that begin with a letter, such as 'peace appeal'", USAGE
        )
    return id


def taken_ids(reading: Reading) -> dict[str, str]:
    """Every id and alias that is taken, in small letters -> the path of the file whose it is."""
    taken: dict[str, str] = {}
    for document in reading.statements:
        aliases = document.fields.entries.get("aliases")
        for alias in aliases.items if isinstance(aliases, Items) else ():
            if isinstance(alias, Text):
                taken.setdefault(alias.value.casefold(), document.path)
    paths = [document.path for document in reading.statements]
    paths += [problem.path for problem in reading.problems if problem.path.endswith(".md")]  # it is there all the same
    return taken | {_stem(path).casefold(): path for path in paths}


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def _among(given: str, allowed: Mapping[str, str], name: str) -> str:
    if given and given not in allowed:
        raise ArchiveError(
            f"{name}: {quoted(given)} is not allowed; {nearest_hint(given, allowed, 'allowed: ' + ', '.join(allowed))}",
            USAGE,
        )
    return given


def _free(reading: Reading, id: str, suggested: list[str]) -> list[str]:
    """The other suggestions that are not taken; raises ArchiveError where the id itself is."""
    taken = taken_ids(reading)
    free = [each for each in suggested if each != id and each not in taken]
    if id in taken:
        other = _words(free[0]) if free else "other words"
        own = _stem(taken[id]).casefold() == id
        raise ArchiveError(
            f"id: {id} is already {'the id' if own else 'an alias'} of {taken[id]}; if this is another statement, "
            f"give its id other words: --id {other!r}",
            USAGE,
        )
    return free


def _words(id: str) -> str:
    match = types.STEM.fullmatch(id)
    return match[2] if match else id


def _issuer(reading: Reading, given: str) -> str:
    known = next((d.fields.entries for d in reading.authorities if d.stem == "issuers"), {})
    if given or len(known) == 1:
        return _among(given, {id: id for id in known}, "issuer") or next(iter(known))
    if not known:
        raise ArchiveError("issuer: there is none in authorities/issuers.yml; add it there", USAGE)
    raise ArchiveError(f"issuer: there are several; choose one with --issuer: {', '.join(known)}", USAGE)


def _notes(id: str, others: list[str], form: str, named: str) -> dict[str, str]:
    head = [f"The file's name is the record's id: {id}. Until it is published the file may still be renamed."]
    if others:
        head.append(f"Other ids that would do: {', '.join(others)}.")
    head.append("A line that begins with # is not read. Take the # away from a line #name: ..., and write what holds.")
    found = "The title's first words name it" if form == named else "The title names none; see whether it is right"
    about = {field.name: field.comment for field in statement_fields.STATEMENT.fields}
    return {
        "": "\n".join(head),
        "date_basis": about["date_basis"],
        "form": f"{found}. {about['form']}",
        "sources": "A draft may do without, a published record may not.",
        "status": "Not shown yet. When the record is whole, take this line away.",
        "body": f"Below the next line stands the summary. {statement_fields.SUMMARY_HELP}",
    }


def problems_of_text(checker: validate.Checker, path: str, text: str) -> tuple[Problem, ...]:
    """What the check says of this text for a file at this path, in the archive that was read."""
    document = read_statement(path, text.encode())
    return checker.alone(document) if isinstance(document, Document) else (document,)
