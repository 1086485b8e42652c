"""The commands for records: check them, make new ones."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.authoring.csv_import import table
from archive.cli import group
from archive.cli.group import PATH, command, say, show, since_option
from archive.model import edtf
from archive.model.errors import CONTENT, DONE, USAGE, ArchiveError
from archive.validation import report
from archive.validation.report import format_problems

if TYPE_CHECKING:
    from archive.exports.data.manifest import Manifest

_ID = ("--id", "words")


@command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=PATH, help="only the problems of these files or folders")
@click.option("--format", type=click.Choice(report.FORMATS), default="text", help="(default: text)")
@since_option
def check(paths: Sequence[Path], format: str, since: "Manifest | None", root: Path) -> int:
    """Say every problem of every content file."""
    from archive.content import reader
    from archive.model.config import read_settings
    from archive.validation import validate

    reading = reader.read(root)
    archive, problems = validate.check(reading)
    if since and not problems:
        from archive.publish import continuity, generate

        now = generate.published(generate.with_settings(archive, read_settings(root)))
        documents = {document.stem: document for document in reading.statements}
        problems = continuity.breaking_changes(since, now, lambda: documents)
        for line in continuity.authority_changes(since, now):
            say(line)
    chosen = [_inside(root, path) for path in paths] or [""]

    def asked(path: str) -> bool:
        return any(place in ("", path) or path.startswith(f"{place}/") for place in chosen)

    problems = tuple(problem for problem in problems if asked(problem.path))
    statements = sum(asked(document.path) for document in reading.statements)
    authorities = sum(asked(document.path) for document in reading.authorities)
    if not (statements or authorities or problems) and paths:
        named = ", ".join(map(str, paths))
        raise ArchiveError(f"no content file in {named}; they stand in {reader.STATEMENTS_FOLDER}/", USAGE)
    if said := format_problems(problems, format):
        show(said)
    elif format == "text":
        files = "file" if authorities == 1 else "files"
        show(f"No problems in {statements} statement{'s' * (statements != 1)} and {authorities} authority {files}.")
    return CONTENT if problems else DONE


def _inside(root: Path, path: Path) -> str:
    full = path.resolve()
    if not full.exists():
        raise ArchiveError(f"there is no {path}", USAGE)
    if not full.is_relative_to(root):
        raise ArchiveError(f"{path} is not in {root}", USAGE)
    return full.relative_to(root).as_posix().removeprefix(".")


@command()
@click.argument("date", metavar="DATE", help=f"the statement's date: {edtf.GRAMMAR}")
@click.argument("title", metavar="TITLE", nargs=-1, required=True, help="form, subject and occasion, in neutral words")
@click.option("--form", default="", metavar="FORM", help="what it is (default: what the title begins with)")
@click.option(*_ID, metavar="WORDS", default="", help="the words of its id (default: of the title)")
@click.option("--issuer", metavar="ID", default="", help="who made it (default: the only one there is)")
def new(date: str, title: Sequence[str], form: str, words: str, issuer: str, root: Path) -> int:
    """Make the file of a new statement: a draft with every field still to be filled."""
    from archive.authoring import new as new_record
    from archive.content import reader, save

    draft = new_record.new_record(
        reader.read(root), date, " ".join(title), group.today(), form=form, words=words, issuer=issuer
    )
    for problem in draft.problems:
        say(f"archive: {problem.field}: {problem.message} ({problem.hint})")
    if draft.problems:
        return CONTENT
    save.create(root / draft.path, draft.text)
    show(f"Made {draft.path}, a draft.")
    show(f"Fill it in; what is wrong with it, this says: .venv/bin/archive check {draft.path}")
    return DONE


@command()
@click.argument("file", metavar="FILE", help="the report's text, copied as it is shown; - for what is pasted")
@click.option("--url", metavar="URL", default="", help="the report's address, where it is known")
@click.option("--date", metavar="DATE", default="", help="the statement's date (default: as found)")
@click.option(*_ID, metavar="WORDS", default="", help="the words of its id (default: of what was found)")
@click.option(
    "--summary-check",
    "record",
    metavar="RECORD",
    type=PATH,
    help="say instead where the record of this file has the words of the text",
)
@click.option("--write", is_flag=True, help="write it to its place (default: print it)")
def draft(file: str, url: str, date: str, words: str, record: Path | None, write: bool, root: Path) -> int:
    """Make a draft of a record from the pasted text of a report."""
    from archive.authoring.extract import draft as press_draft
    from archive.content import reader, save

    name = "the pasted text" if file == "-" else file
    data = _pasted(file)
    if record:
        return _summary_check(data, name, record)
    made = press_draft.draft(data, name, reader.read(root), group.today(), url=url, date=date, words=words)
    say(made.account)
    if not write:
        show(made.text.rstrip("\n"))
    if not made.path:
        raise ArchiveError("the draft has no date yet; give the statement's with --date")
    if made.problems:
        say(format_problems(made.problems))
        return CONTENT
    if write:
        if made.taken:
            raise ArchiveError(
                f"there is a record of this id: {made.taken}; for another statement, give other words with --id",
                USAGE,
            )
        save.create(root / made.path, made.text)
        show(f"Made {made.path}, a draft.")
        show("Compare each line with the text, write the title anew and the summary, then take out status: draft.")
        show(f"What is wrong with it, this says: .venv/bin/archive check {made.path}")
    return DONE


def _summary_check(data: bytes, name: str, record: Path) -> int:
    from archive.authoring.extract import press_text
    from archive.content.reader import read_statement
    from archive.model.document import Problem
    from archive.validation import copying

    document = read_statement(str(record), record.read_bytes())
    if isinstance(document, Problem):
        raise ArchiveError(problems=[document])
    try:
        press = press_text.read_press_text(data)
    except press_text.NotPressText as error:
        raise ArchiveError(f"{name} {error}") from None
    found = copying.shared_with_record(document, press.text)
    for line in copying.report(found, str(record), name):
        show(line)
    return CONTENT if found else DONE


def _pasted(file: str) -> bytes:
    """What was given, up to one byte more than is admitted."""
    from archive.authoring.extract import press_text

    if file != "-":
        with Path(file).open("rb") as opened:
            return opened.read(press_text.MAX_BYTES + 1)
    if sys.stdin is None:
        raise ArchiveError("there is nothing to read from; give a file", USAGE)
    if sys.stdin.isatty():
        say("Paste the text, then press Enter and Ctrl-D.")
    return sys.stdin.buffer.read(press_text.MAX_BYTES + 1)


@command("import")
@click.argument("file", metavar="FILE.csv", type=PATH, help="the table: one row a statement")
@click.option("--write", is_flag=True, help="write the files (default: only say so)")
@click.option("--update", is_flag=True, help="change records that there are")
@click.option("--keep-good", is_flag=True, help="write the good rows though others are bad")
@click.option("--encoding", type=click.Choice(list(table.ENCODINGS)), help="the table's (default: UTF-8)")
def import_(file: Path, write: bool, update: bool, keep_good: bool, encoding: str | None, root: Path) -> int:
    """Say what a table of statements would make and change, or do it."""
    from archive.authoring.csv_import import plan
    from archive.authoring.csv_import.rows import find_column
    from archive.content import reader, save

    with file.open("rb") as opened:
        data = opened.read(table.MOST_BYTES + 1)
    try:
        rows = table.read_table(data, lambda name: find_column(name) is not None, encoding or "")
    except table.Unreadable as error:
        raise ArchiveError(f"{file}: {error}") from None
    found = plan.plan(
        str(file), rows, reader.read(root), lambda path: (root / path).read_text("utf-8"), group.today(), update=update
    )
    for line in plan.report(str(file), found, update=update):
        show(line)
    done = plan.outcome(found, write=write, update=update, keep_good=keep_good)
    save.change(
        {root / change.path: change.text for change in done.new},
        {root / change.path: change.text for change in done.changed},
    )
    show(done.message)
    return CONTENT if found.problems or found.elsewhere else DONE
