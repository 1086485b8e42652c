"""The rules against slips that pass in silence: what is cut off, left behind, or read as another thing."""

import datetime
import re
from collections.abc import Iterator, Sequence

from archive.model.document import Document, Problem, quoted
from archive.model.records import Statement
from archive.validation.registry import ArchiveInFiles, StatementInFile, rule

_NOTE_OF_DRAFT = re.compile(r"# *(?:In doubt:|Write it anew:|Drafted from a text of )")
_NUMBER = re.compile(r"^[ ]{0,3}([0-9]+)\. ", re.MULTILINE)
_BULLET = re.compile(r"^[ ]{0,3}[-*+] ", re.MULTILINE)
_LOST = "begins a list, in which its number is lost where the text is cited"
# what Markdown makes of characters that prose has too, and how to write them as text
_MARKUP = tuple(
    (re.compile(pattern, re.MULTILINE), message, hint)
    for pattern, message, hint in (
        (r"^[ ]{0,3}#", "becomes a heading", "put a word or a backslash before the #; a summary has no headings"),
        (r"^[ ]{0,3}>[ ]?(?=[0-9=])", "becomes a quotation", "write more than, or a backslash before the >"),
        (
            r"(?<=[0-9])\*(?=[^\s*])(?:[^*\n]|\n(?!\n))*\*",
            "sets in italics what stands between the asterisks",
            "write × for times, or a backslash before each *",
        ),
        (
            r"(?<=\w)`(?=\w)",
            "has a backquote, which sets as code what follows",
            "type an apostrophe instead",
        ),
        (r"(?<=\S)\n[ ]{0,3}(?:-+|=+)[ ]*$", "makes a heading of the line above", "remove the line of - or ="),
    )
)
_DECIMALS = "a measure whose numbers have decimals says decimals: allowed in measures.yml"


@rule("record")
def values_whole(record: StatementInFile) -> Iterator[Problem]:
    """No comment may stand after a value on its line: most likely it is meant as a part of the value."""
    yield from _cut(record.document)


@rule("authorities")
def entries_whole(archive: ArchiveInFiles) -> Iterator[Problem]:
    """No comment may stand after a value in an authority file either."""
    for document in (*archive.authorities.values(), *filter(None, [archive.wording])):
        yield from _cut(document)


@rule("record")
def nothing_in_doubt(record: StatementInFile) -> Iterator[Problem]:
    """A published record must have no note in which its draft says what is still to be seen to."""
    for comment in record.document.comments if not record.statement.draft else ():
        if _NOTE_OF_DRAFT.match(comment.text):
            yield Problem(
                path=record.document.path,
                line=comment.mark.line,
                col=comment.mark.col,
                field="",
                message=f"{quoted(comment.text, 60)} is left of the draft",
                hint="see to it beside the source and remove the note, or set status: draft",
            )


@rule("record")
def body_is_prose(record: StatementInFile) -> Iterator[Problem]:
    """A body must have no markup that prose falls into: such as a number, # or > at the beginning of a line."""
    body = record.document.body
    for pattern, message, hint in _MARKUP:
        for match in pattern.finditer(body):
            start = match.start() + match[0].startswith("\n")
            yield record.body_problem(start, f"{_line(body, start)} {message}", hint)
    numbered = {match[1] for match in _NUMBER.finditer(body)}
    for match in _NUMBER.finditer(body):
        number = int(match[1])
        in_list = f"{number - 1}" in numbered if number > 1 else number == 1 and "2" in numbered
        if _begins_block(body, match.start()) and not ("1" in numbered and in_list):
            hint = f"write {number}\\. instead, or a word before it; a list has two items or more, numbered from 1"
            yield record.body_problem(match.start(), f"{_line(body, match.start())} {_LOST}", hint)
    bullets = [match.start() for match in _BULLET.finditer(body)]
    if len(bullets) == 1 and _begins_block(body, bullets[0]):
        hint = "write it as a sentence; a list has two items or more"
        yield record.body_problem(bullets[0], f"{_line(body, bullets[0])} becomes a list of one item", hint)


@rule("record")
def history_after_reading(record: StatementInFile) -> Iterator[Problem]:
    """A history must not begin before its statement was made and reported, nor end before a source was read."""
    statement = record.statement
    if not statement.history or record.statement.draft:
        return
    first, last = statement.history[0].date, statement.history[-1].date
    reported = [source.published.earliest for source in statement.sources if source.published]
    # `archive capture` reads a source anew, and changes nothing that the record says
    reading = [source.retrieved_at for source in statement.sources if not (source.sha256 and source.extent_read)]
    made = max(statement.date.earliest, min(reported, default=statement.date.earliest))
    read = min(filter(None, reading), default=None)
    if first < made:
        hint = "give the day on which the record was archived"
        yield record.problem(
            f"{first} is before {made}, when the statement was made or reported", hint, "history", 0, "date"
        )
    elif read and last < read:
        hint = "correct the day, or retrieved_at; what was changed after a new reading has an entry of its own"
        message = f"{last} is before {read}, when the first source was read"
        yield record.problem(message, hint, "history", len(statement.history) - 1, "date")


@rule("archive")
def nothing_after_today(archive: ArchiveInFiles) -> Iterator[Problem]:
    """No statement, report, reading or change of a record may have a date after today."""
    if archive.day is None:
        return
    for record in archive.statements:
        for day, text, steps in _dates(record.statement):
            if day > archive.day:
                hint = "correct the date, or the clock of this computer if it is wrong"
                yield record.problem(f"{text} is after today", hint, *steps)


@rule("archive")
def figures_whole(archive: ArchiveInFiles) -> Iterator[Problem]:
    """A figure must be a whole number, unless its measure allows decimals."""
    for record in archive.statements:
        for number, figure in enumerate(record.statement.figures):
            measure = archive.archive.measures.get(figure.measure)
            if measure is None or measure.decimals:
                continue
            for name in ("value", "min", "max"):
                value = getattr(figure, name)
                whole, point, decimals = ("" if value is None else f"{value:f}").partition(".")
                if point:
                    meant = f"{whole}{decimals}" if len(decimals) == 3 else "" if decimals.strip("0") else whole
                    hint = f"write {meant} if that is meant; {_DECIMALS}" if meant else _DECIMALS
                    message = f"{value} has decimals, and {figure.measure} is counted in whole numbers"
                    yield record.problem(message, hint, "figures", number, name)


def _cut(document: Document) -> Iterator[Problem]:
    """Yield a problem for each comment after a value on its line."""
    for comment in document.comments:
        if comment.after:
            yield Problem(
                path=document.path,
                line=comment.mark.line,
                col=comment.mark.col,
                field=comment.field,
                message=f"{quoted(comment.text, 60)} is not read: from # on, a line is a comment",
                hint="if it belongs to the value, put quotation marks around the whole; if not, on a line of its own",
            )


def _begins_block(body: str, place: int) -> bool:
    return not body[:place].strip() or body[:place].endswith("\n\n")


def _line(body: str, place: int) -> str:
    """Return the beginning of the line at a place, as a message shows it."""
    start = body.rfind("\n", 0, place) + 1
    return quoted(body[start : body.find("\n", start) if "\n" in body[start:] else None].strip(), 40)


def _dates(statement: Statement) -> Iterator[tuple[datetime.date, str, Sequence[str | int]]]:
    """Yield the first day of each date on which something has happened, its text, and the steps to it."""
    yield statement.date.earliest, statement.date.text, ("date",)
    for number, source in enumerate(statement.sources):
        if source.published:
            yield source.published.earliest, source.published.text, ("sources", number, "published")
        for name in ("archived_at", "retrieved_at"):
            if day := getattr(source, name):
                yield day, f"{day}", ("sources", number, name)
    for number, change in enumerate(statement.history):
        yield change.date, f"{change.date}", ("history", number, "date")
