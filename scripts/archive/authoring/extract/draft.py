"""Draft a record from the text of a press report, and write the account of what was found."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.authoring import new
from archive.authoring.extract.findings import Findings, NoIssuerNamed, find_all
from archive.authoring.extract.press_text import (
    MOST_WORDS,
    Finding,
    NotPressText,
    PressText,
    first_words,
    read_press_text,
)
from archive.content import writer
from archive.content.reader import AUTHORITIES_FOLDER, STATEMENTS_FOLDER, Reading
from archive.model import edtf, statement_fields, types
from archive.model.document import FORBIDDEN, Mark, Problem, character_name, quoted
from archive.model.errors import USAGE, ArchiveError
from archive.model.records import Archive
from archive.text import formatting
from archive.validation import validate

_NAME_WIDTH = 17  # of the column of field names
_SOURCE_KINDS = {"ombudsman-office": "official-text", "government": "official-text", "social-network": "social-post"}
_SOURCE_KINDS |= {"broadcaster": "broadcast"}  # any other outlet gives a press report
_LIST_FIELDS = ("addressees", "events", "mentions", "instruments")
_SUBJECTS = next(field for field in statement_fields.STATEMENT.fields if field.name == "subjects")
_ALWAYS_LISTED = ("date", *_LIST_FIELDS, "requests", "figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRecord:
    """A draft of a record. Its id and path are "" if the date, with which they begin, was not found."""

    id: str
    path: str  # from the root
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft, with its account and its problems. Without a date its path is "", and it has no problems yet."""

    path: str  # from the root
    text: str
    account: str  # of what was found
    problems: tuple[Problem, ...]
    taken: str  # the path of the file that has its id already; "" for none


def draft(
    data: bytes, name: str, reading: Reading, today: datetime.date, *, url: str = "", date: str = "", words: str = ""
) -> Draft:
    """Draft a record from the bytes of a text, which messages call `name`.

    `url`, `date` and the `words` of the id are what the maintainer gives. Raises ArchiveError if the bytes are no text
    or the text names no issuer, if an option is not allowed, or if an authority file has problems.
    """
    _check_options(url, date)
    try:
        press = read_press_text(data)
        checker = validate.Checker(reading, today)
        archive, problems = checker.check(reading.statements)
        if unusable := tuple(problem for problem in problems if problem.path.startswith(AUTHORITIES_FOLDER)):
            raise ArchiveError(problems=unusable)
        findings = find_all(press, archive, url, today, date=date)
    except (NotPressText, NoIssuerNamed) as error:
        raise ArchiveError(f"{name} {error}") from None
    record = write_draft(press, archive, findings, today, url=url, date=date, words=words)
    return Draft(
        path=record.path,
        text=record.text,
        account=draft_report(press, findings, name),
        problems=new.check_text(checker, record.path, record.text) if record.path else (),
        taken=new.taken_ids(reading).get(record.id.casefold(), ""),
    )


def write_draft(
    press: PressText,
    archive: Archive,
    findings: Findings,
    today: datetime.date,
    *,
    url: str = "",
    date: str = "",
    words: str = "",
) -> DraftRecord:
    """Write the draft of a record.

    What the maintainer gives takes precedence over what was found: the report's URL, the statement's `date` and the
    `words` of its id. Nothing of the text is in it but a few words at a time, in comments. Raises ValueError for an
    invalid date, and ArchiveError for words that make no id.
    """
    given_date, date = date, date or findings.value("date")
    form = findings.value("form")
    entries: dict[str, Any] = {
        "title": _title(archive, findings, form, date),
        "date": date,
        "date_basis": findings.value("date_basis") or ("reported" if date else ""),
        "form": form,
        "issuer": findings.value("issuer"),
        **statement_fields.STATEMENT.initial_values,
        "figures": [finding.value for finding in findings.of("figures") if _has_event(finding)],
        "status": "draft",
        "history": [new.first_change(today)],
    }
    entries |= {name: list(dict.fromkeys(finding.value for finding in findings.of(name))) for name in _LIST_FIELDS}
    source = _source(press, archive, findings, today, url)
    if "outlet" in source:
        entries["sources"] = [source]
    notes = _notes(press, findings, entries, source)
    if given_date:
        notes |= {"date": "As given.", "date_basis": "See whether this is how the date is known."}
    stem = path = ""
    if date:
        edtf_date = edtf.parse(date)
        stem = new.make_id(words, edtf_date, f"{edtf_date.start.text}-{_id_words(form, entries)}")
        path = f"{STATEMENTS_FOLDER}/{edtf_date.year}/{stem}.md"
        notes[""] += f"\nThe file's name is the record's id: {stem}. Until it is published it may be renamed."
    return DraftRecord(
        id=stem, path=path, text=writer.format_statement(entries, statement_fields.UNWRITTEN, notes=notes)
    )


def draft_report(press: PressText, findings: Findings, name: str) -> str:
    """Return the account of a text, which it calls `name`: what was found, is in doubt, was not found."""
    found, doubts = [], []
    for finding in findings.all:
        field, position = finding.field.removeprefix("sources[1]."), _position(press, finding)  # a text is one source
        if finding.value is not None:
            found.append(f"  {field:{_NAME_WIDTH}}{_value(finding)}{_beside(position)}")
        if finding.doubt:
            beside = _beside(position if finding.value is None else _value(finding))
            doubts.append(f"  {field:{_NAME_WIDTH}}{finding.doubt}{beside}")
    missing = [f"  {field}" for field in _ALWAYS_LISTED if not findings.of(field)]
    lines = [f"{name}: {press.size:,} bytes, {press.encoding}, SHA-256 {press.sha256}"]
    for heading, entries in (("Found:", found), ("In doubt:", doubts), ("Not found:", missing)):
        lines += [heading, *entries] if entries else []
    if findings.background:
        lines.append(_background_note(findings))
    if press.page_line:
        lines.append(f'Left out, as what follows on its page: all from "{first_words(press.page_line)}" on.')
    return "\n".join(lines)


def _check_options(url: str, date: str) -> None:
    for name, value, type in (("url", url, types.URL), ("date", date, types.DATE)):
        try:
            if value:
                type.parse(value)
        except ValueError as error:
            raise ArchiveError(f"--{name}: {quoted(value)}: {error}; allowed: {type.allowed}", USAGE) from None
        if match := FORBIDDEN.search(value):
            raise ArchiveError(f"--{name}: character {character_name(match[0])} is not allowed in a record", USAGE)


def _title(archive: Archive, findings: Findings, form: str, date: str) -> str:
    """Return what may help to write the title, after the words that say that it is to be written."""
    events = findings.of("events")
    name = f"{statement_fields.UNWRITTEN_TITLE}: {formatting.id_in_words(form)}"
    if not events:
        return f"{name} of {edtf.parse(date).words}" if date else name
    return f"{name}, {archive.events[str(events[0].value)].label}"


def _source(press: PressText, archive: Archive, findings: Findings, today: datetime.date, url: str) -> dict[str, str]:
    """Return the source as far as it is known; without an outlet it is not valid yet."""
    values = {field.name: findings.value(f"sources[1].{field.name}") for field in statement_fields.SOURCE.fields}
    outlet = archive.outlets.get(values["outlet"])
    values["kind"] = _SOURCE_KINDS.get(outlet.kind, "press-report") if outlet else "press-report"
    values |= {"url": url, "retrieved_at": today.isoformat(), "sha256": press.sha256}
    return {name: value for name, value in values.items() if value}


def _id_words(form: str, entries: Mapping[str, Any]) -> str:
    """Return the words of the id: the form, and what the statement is about or else to whom it is addressed."""
    subject = [*entries["events"], *entries["addressees"]]
    return "-".join([form, *subject[:1]])


def _notes(
    press: PressText, findings: Findings, entries: Mapping[str, Any], source: Mapping[str, str]
) -> dict[str, str]:
    notes = {
        "": "\n".join(_head_notes(press, findings)),
        "title": "Write it anew: form, subject and occasion, in neutral words.",
        "subjects": f"{_SUBJECTS.comment}\n{_SUBJECTS.name}: {_SUBJECTS.example}",  # for a person to choose
        "body": f"Below the next line stands the summary. {statement_fields.SUMMARY_HELP}",
    }
    if source["kind"] == "official-text":
        notes["sources[1].kind"] = "See whether it is the statement's own text, or a report of it."
    for field in dict.fromkeys([*_ALWAYS_LISTED, *(finding.field for finding in findings.all)]):
        if field == "figures":
            notes |= _figure_notes(press, findings)
        elif lines := list(_field_notes(press, findings, field)):
            notes[field] = "\n".join(filter(None, (notes.get(field, ""), *lines)))
    if "sources" not in entries:
        notes_on_source = [notes.pop(name) for name in list(notes) if name.startswith("sources")]
        block = [f"{'  - ' if not n else '    '}{name}: {value}" for n, (name, value) in enumerate(source.items())]
        notes["sources"] = "\n".join(
            [*notes_on_source, "Without its outlet the source is no source yet. What is known of it:", *block]
        )
    return notes


def _head_notes(press: PressText, findings: Findings) -> Iterator[str]:
    yield f"Drafted from a text of {press.size:,} bytes ({press.encoding}). Compare each line with the text."
    yield "The places are lines and paragraphs of that text; its head is not counted in the paragraphs."
    if press.page_line:
        yield f'What follows on its page was left out, from "{first_words(press.page_line)}" on.'
    if findings.background:
        yield _background_note(findings)


def _background_note(findings: Findings) -> str:
    paragraphs = formatting.join([f"par. {number}" for number in findings.background])
    return f"Left out as the outlet's own background: {paragraphs}."


def _field_notes(press: PressText, findings: Findings, field: str) -> Iterator[str]:
    found, is_list = findings.of(field), field in _LIST_FIELDS
    for finding in found:
        position = _position(press, finding)
        if field == "requests":
            yield f"Something is asked of {_value(finding)}: {position}"
        elif is_list or (position and field != "date_basis"):
            yield f"{finding.value}: {position}" if is_list else f"Found in {position}"
    if field == "requests" and found:
        yield from ("Where it is so, write what, in the archive's own words:", "requests:")
        for ids in dict.fromkeys(map(_value, found)):
            yield from (f"  - of: [{ids}]", "    asks: ...")
    for finding in findings.doubts(field):
        yield _doubt(press, finding, named=is_list)
    if field in _ALWAYS_LISTED and not found and not findings.doubts(field):
        yield f"Not found: {field}."


def _figure_notes(press: PressText, findings: Findings) -> dict[str, str]:
    """Return a note for each figure, and one for the list with what is no figure yet: it has no measure or no event."""
    figures = findings.of("figures")
    notes = {
        f"figures[{number}]": _position(press, finding) + (f"\nIn doubt: {finding.doubt}" if finding.doubt else "")
        for number, finding in enumerate(filter(_has_event, figures), 1)
    }
    lines = []
    for finding in findings.doubts("figures"):
        if finding.value is None:
            lines.append(_doubt(press, finding, named=False))
        elif not _has_event(finding):
            lines.append(f"In doubt: {finding.doubt} ({_position(press, finding)})")
            lines.append(f"  - {{event: ..., {_value(finding)}}}")
    if lines or not figures:
        notes["figures"] = "\n".join(lines) or "Not found: figures."
    return notes


def _has_event(finding: Finding) -> bool:
    return isinstance(finding.value, Mapping) and "event" in finding.value


def _doubt(press: PressText, finding: Finding, *, named: bool) -> str:
    value = f"{finding.value}: " if named and finding.value is not None else ""
    return f"In doubt: {value}{finding.doubt}{_beside(_position(press, finding), ' ') if finding.value is None else ''}"


def _beside(words: str, gap: str = "  ") -> str:
    return f"{gap}({words})" if words else ""


def _position(press: PressText, finding: Finding) -> str:
    """Return the line, the paragraph and the words, at most six ("line 9, par. 3: 'sent to the OSCE'"), or ""."""
    if finding.end <= finding.start:
        return ""
    line, locator = Mark.at(press.text, finding.start).line, press.locator(finding.start)
    words = press.text[finding.start : finding.end]
    quotation = first_words(words) + ("" if len(words.split()) <= MOST_WORDS else " \N{HORIZONTAL ELLIPSIS}")
    return f"line {line}{f', {locator}' if locator else ''}: {quoted(quotation, 120)}"


def _value(finding: Finding) -> str:
    """Return the value found, in words."""
    if isinstance(finding.value, Mapping):
        return ", ".join(f"{name}: {part}" for name, part in finding.value.items())
    return ", ".join(map(str, finding.value)) if isinstance(finding.value, list | tuple) else str(finding.value)
