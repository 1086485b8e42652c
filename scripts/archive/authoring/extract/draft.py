"""Findings -> words for people: where each stands in the text, in a few of its words."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.authoring import new
from archive.authoring.extract import findings, press_text
from archive.authoring.extract.findings import Findings, find_all
from archive.authoring.extract.press_text import Finding, PressText
from archive.content import writer
from archive.content.reader import AUTHORITIES_FOLDER, STATEMENTS_FOLDER, Reading
from archive.model import edtf, statement_fields, types
from archive.model.document import Mark, Problem, quoted
from archive.model.errors import USAGE, ArchiveError
from archive.model.records import Archive
from archive.text import formatting
from archive.validation import validate

_MOST_WORDS = 6  # of the text; it is not copied into the draft


def position_in_words(press: PressText, finding: Finding) -> str:
    """The line, the paragraph and the words: "line 9, par. 3: 'sent to the OSCE'"; "" where it has no place."""
    if finding.end <= finding.start:
        return ""
    where = f"line {Mark.at(press.text, finding.start).line}"
    if locator := press.locator(finding.start):
        where = f"{where}, {locator}"
    return f"{where}: {words_found(press, finding)}"


def words_found(press: PressText, finding: Finding) -> str:
    """The words found, in quotation marks, at most six."""
    found = press.text[finding.start : finding.end].split()
    cut = " ".join(found[:_MOST_WORDS])
    return quoted(cut if len(found) <= _MOST_WORDS else f"{cut} \N{HORIZONTAL ELLIPSIS}", 120)


def value_in_words(finding: Finding) -> str:
    """The value found, in words."""
    value = finding.value
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {part}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


_WIDTH = 17  # of the column of field names


def report(press: PressText, found: Findings, name: str) -> str:
    """The account of a text given as `name`, in lines."""
    lines = [f"{name}: {press.size:,} bytes, {press.encoding}, SHA-256 {press.sha256}"]
    for heading, entries in (
        ("Found", [_found(press, finding) for finding in found.all if finding.value is not None]),
        ("In doubt", [_doubted(press, finding) for finding in found.all if finding.doubt]),
        ("Not found", [_name(field) for field in LOOKED_FOR if not found.of(field)]),
    ):
        if entries:
            lines += [f"{heading}:", *(f"  {line}" for line in entries)]
    if found.background:
        lines.append(f"Left out as the outlet's own background: {formatting.join(paragraphs(found.background))}.")
    if press.after:
        lines.append(f'Left out, as what follows on its page: all from "{" ".join(press.after.split()[:6])}" on.')
    return "\n".join(lines)


def _found(press: PressText, finding: Finding) -> str:
    at = position_in_words(press, finding)
    return f"{_name(finding.field):{_WIDTH}}{value_in_words(finding)}{f'  ({at})' if at else ''}"


def _doubted(press: PressText, finding: Finding) -> str:
    at = position_in_words(press, finding) if finding.value is None else value_in_words(finding)
    return f"{_name(finding.field):{_WIDTH}}{finding.doubt}{f'  ({at})' if at else ''}"


def _name(field: str) -> str:
    """The field without the place in the list of sources, of which a text is one."""
    return field.removeprefix("sources[1].")


_KINDS = {"ombudsman-office": "official-text", "government": "official-text", "social-network": "social-post"}
_KINDS |= {"broadcaster": "broadcast"}  # any other outlet gives a press report
_LISTS = ("addressees", "events", "mentions", "instruments")
_ANNIVERSARY = re.compile(r"\b(\d{1,3}(?:st|nd|rd|th)) anniversary\b")
LOOKED_FOR = ("date", *_LISTS, "requests", "figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRecord:
    """A draft record; its id and path are "" where the date, with which they begin, was not found."""

    id: str
    path: str  # from the root
    text: str


def write_draft(
    press: PressText,
    archive: Archive,
    found: Findings,
    today: datetime.date,
    *,
    url: str = "",
    date: str = "",
    words: str = "",
) -> DraftRecord:
    """The draft.

    What the maintainer gives goes before what was found: the report's address, the statement's `date` and the `words`
    of its id. Nothing of the text is in it but a few words at a time, in comments. Raises ValueError for a date that is
    none, and ArchiveError for words that make no id.
    """
    given, date = date, date or found.value("date")
    form = found.value("form")
    entries: dict[str, Any] = {
        "title": _title(press, archive, found, form, date),
        "date": date,
        "date_basis": found.value("date_basis") or ("reported" if date else ""),
        "form": form,
        "issuer": found.value("issuer"),
        **statement_fields.STATEMENT.begun,
        "figures": [finding.value for finding in found.of("figures")],
        "status": "draft",
        "history": [new.first_change(today)],
    }
    entries |= {name: list(dict.fromkeys(finding.value for finding in found.of(name))) for name in _LISTS}
    source = _source(press, archive, found, today, url)
    if "outlet" in source:
        entries["sources"] = [source]
    notes = _notes(press, found, entries, source)
    if given:
        notes |= {"date": "As given.", "date_basis": "See whether this is how the date is known."}
    stem = path = ""
    if date:
        when = edtf.parse(date)
        stem = new.chosen_id(words, when, f"{when.start.text}-{_words(form, entries)}")
        path = f"{STATEMENTS_FOLDER}/{when.year}/{stem}.md"
        notes[""] += f"\nThe file's name is the record's id: {stem}. Until it is published it may be renamed."
    return DraftRecord(
        id=stem, path=path, text=writer.format_statement(entries, statement_fields.UNWRITTEN, notes=notes)
    )


def _words(form: str, entries: Mapping[str, Any]) -> str:
    """The words of the id: the form, and what it is about or else to whom."""
    subject = [*entries["events"], *entries["addressees"]]
    return "-".join([form, *subject[:1]])


def _title(press: PressText, archive: Archive, found: Findings, form: str, date: str) -> str:
    about = found.of("events")
    name = formatting.capitalised(formatting.id_in_words(form))
    if not about:
        return f"{name} of {edtf.parse(date).words}" if date else name
    label = archive.events[str(about[0].value)].label
    lead = press.text[: next((p.end for p in press.paragraphs if p.number == 2), 1_000)]
    if anniversary := _ANNIVERSARY.search(lead):
        return f"{name} on the {anniversary[1]} anniversary: {label}"
    return f"{name}: {label}"


def _source(press: PressText, archive: Archive, found: Findings, today: datetime.date, url: str) -> dict[str, str]:
    """The source, as far as it is known; without an outlet it is none yet."""
    values = {field.name: found.value(f"sources[1].{field.name}") for field in statement_fields.SOURCE.fields}
    outlet = archive.outlets.get(values["outlet"])
    values["kind"] = _KINDS.get(outlet.kind, "press-report") if outlet else "press-report"
    values |= {"url": url, "retrieved_at": today.isoformat(), "sha256": press.sha256}
    return {name: value for name, value in values.items() if value}


def _notes(press: PressText, found: Findings, entries: Mapping[str, Any], source: Mapping[str, str]) -> dict[str, str]:
    notes = {
        "": "\n".join(_head(press, found)),
        "title": "Write it anew: form, subject and occasion, in neutral words.",
        "body": f"Below the next line stands the summary. {statement_fields.SUMMARY_HELP}",
    }
    if source["kind"] == "official-text":
        notes["sources[1].kind"] = "See whether it is the statement's own text, or tells of it."
    for field in dict.fromkeys([*LOOKED_FOR, *(finding.field for finding in found.all)]):
        if field == "figures":
            notes |= _of_figures(press, found)
        elif lines := list(_of_field(press, found, field)):
            notes[field] = "\n".join(filter(None, (notes.get(field, ""), *lines)))
    if "sources" not in entries:
        said = [notes.pop(name) for name in list(notes) if name.startswith("sources")]
        block = [f"{'  - ' if not n else '    '}{name}: {value}" for n, (name, value) in enumerate(source.items())]
        notes["sources"] = "\n".join(
            [*said, "Without its outlet the source is no source yet. What is known of it:", *block]
        )
    return notes


def _head(press: PressText, found: Findings) -> Iterator[str]:
    yield f"Drafted from a text of {press.size:,} bytes ({press.encoding}). Compare each line with the text."
    yield "The places are lines and paragraphs of that text; its head is not counted in the paragraphs."
    if press.after:
        yield f'What follows on its page was left out, from "{" ".join(press.after.split()[:6])}" on.'
    if found.background:
        yield f"Left out as the outlet's own background: {formatting.join(paragraphs(found.background))}."


def paragraphs(numbers: tuple[int, ...]) -> list[str]:
    """Paragraphs as a sentence lists them: "par. 6", "par. 7"."""
    return [f"par. {number}" for number in numbers]


def _of_field(press: PressText, found: Findings, field: str) -> Iterator[str]:
    here = found.of(field)
    many = field in _LISTS
    for finding in here:
        at = position_in_words(press, finding)
        if field == "requests":
            yield f"Something is asked of {value_in_words(finding)}: {at}"
        elif many or (at and field != "date_basis"):
            yield f"{finding.value}: {at}" if many else f"Found in {at}"
    if field == "requests" and here:
        yield from ("Where it is so, write what, in the archive's own words:", "requests:")
        for of in dict.fromkeys(value_in_words(finding) for finding in here):
            yield from (f"  - of: [{of}]", "    asks: ...")
    for finding in found.doubts(field):
        yield _doubt(press, finding, named=many)
    if field in LOOKED_FOR and not here and not found.doubts(field):
        yield f"Not found: {field}."


def _of_figures(press: PressText, found: Findings) -> dict[str, str]:
    """A note above each figure, and above the list for what is no figure yet."""
    notes = {}
    for number, finding in enumerate(found.of("figures"), 1):
        doubt = f"\nIn doubt: {finding.doubt}" if finding.doubt else ""
        notes[f"figures[{number}]"] = f"{position_in_words(press, finding)}{doubt}"
    others = [_doubt(press, finding, named=False) for finding in found.doubts("figures") if finding.value is None]
    if others:
        notes["figures"] = "\n".join(others)
    elif not notes:
        notes["figures"] = "Not found: figures."
    return notes


def _doubt(press: PressText, finding: Finding, *, named: bool) -> str:
    at = position_in_words(press, finding) if finding.value is None else ""
    of = f"{finding.value}: " if named and finding.value is not None else ""
    return f"In doubt: {of}{finding.doubt}{f' ({at})' if at else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft and what is said of it. Its path is "" where it has no date, and then there are no problems."""

    path: str  # from the root
    text: str
    account: str
    problems: tuple[Problem, ...]
    taken: str  # the path of the file that has its id already; "" for none


def draft(
    data: bytes, name: str, reading: Reading, today: datetime.date, *, url: str = "", date: str = "", words: str = ""
) -> Draft:
    """The draft made of a text, of which people are told as `name`.

    `url`, `date` and the `words` of the id are what the maintainer gives. Raises ArchiveError where the
    text is none or of something else, what is given is not allowed, or an authority file has problems.
    """
    _allowed(url, date)
    try:
        press = press_text.read(data)
        checker = validate.Checker(reading)
        archive, problems = checker.check(reading.statements)
        if unusable := tuple(problem for problem in problems if problem.path.startswith(AUTHORITIES_FOLDER)):
            raise ArchiveError(problems=unusable)
        found = find_all(press, archive, url, today, date=date)
    except (press_text.NotPressText, findings.OfSomethingElse) as error:
        raise ArchiveError(f"{name} {error}") from None
    made = write_draft(press, archive, found, today, url=url, date=date, words=words)
    return Draft(
        path=made.path,
        text=made.text,
        account=report(press, found, name),
        problems=new.problems_of_text(checker, made.path, made.text) if made.path else (),
        taken=new.taken_ids(reading).get(made.id.casefold(), ""),
    )


def _allowed(url: str, date: str) -> None:
    for name, given, type in (("url", url, types.URL), ("date", date, types.DATE)):
        try:
            if given:
                type.parse(given)
        except ValueError as error:
            raise ArchiveError(f"--{name}: {quoted(given)}: {error}; allowed: {type.allowed}", USAGE) from None
