"""Define the commands for records: check them, make new ones."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from archive.authoring.csv_import import table
from archive.cli import group
from archive.cli.group import PATH_TYPE, command, no_cache_option, say, show, since_option
from archive.model import edtf, vocabularies
from archive.model.document import Problem
from archive.model.errors import CONTENT, DONE, USAGE, ArchiveError
from archive.validation import report

_CHECK_IT = "Check it with: .venv/bin/archive check"


@command()
@click.argument(
    "paths", metavar="[PATH]...", nargs=-1, type=PATH_TYPE, help="only the problems of these files or folders"
)
@click.option("--format", type=click.Choice(report.FORMATS), default="text", help="(default: text)")
@no_cache_option
@since_option
def check(paths: Sequence[Path], format: str, no_cache: bool, since: str | None, root: Path) -> int:
    """Report every problem of every content file, and of the settings."""
    from archive.content import reader
    from archive.publish import loading, storage

    if no_cache:
        storage.forget(root)
    checked = loading.check(root, cached=True, pages=True)
    problems: Sequence[Problem] = checked.problems
    if since is not None and checked.settings and not problems:
        from archive.publish import continuity, former, generate

        now = generate.published(loading.with_settings(checked.archive, checked.settings))
        earlier = former.read(since)
        problems = continuity.breaking_changes(earlier, now, lambda: reader.read(root).statements)
        for line in continuity.authority_changes(earlier, now):
            say(line)
    places = [_place(root, path) for path in paths]
    problems = report.merged([problem for problem in problems if report.is_within(problem.path, places)])
    statements, authorities = (
        sum(report.is_within(path, places) for path in files) for files in (checked.statements, checked.authorities)
    )
    if paths and not (statements or authorities or problems):
        raise ArchiveError(
            f"no content file in {', '.join(map(str, paths))}; they stand in {reader.STATEMENTS_FOLDER}/", USAGE
        )
    if text := report.format_problems(problems, format) or report.format_success(statements, authorities, format):
        show(text)
    return CONTENT if problems else DONE


def _place(root: Path, path: Path) -> str:
    """Return the path of a file or folder in the project; "" for the project itself."""
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
@click.option("--id", "words", metavar="WORDS", default="", help="the words of its id (default: of the title)")
@click.option("--issuer", metavar="ID", default="", help="who made it (default: the only one there is)")
def new(date: str, title: Sequence[str], form: str, words: str, issuer: str, root: Path) -> int:
    """Make the file of a new statement: a draft with the required fields still to be filled."""
    from archive.authoring.new import new_record
    from archive.content import reader, save
    from archive.model.config import read_settings

    site = read_settings(root).site_url
    record = new_record(
        *(reader.read(root), date, " ".join(title), group.today()), form=form, words=words, issuer=issuer, site_url=site
    )
    for problem in record.problems:
        say(f"archive: {problem.field}: {problem.message} ({problem.hint})")
    if record.problems:
        return CONTENT
    save.create(root / record.path, record.text)
    show(f"Made {record.path}, a draft.\nFill it in. {_CHECK_IT} {record.path}")
    return DONE


@command()
@click.argument(
    "file", metavar="FILE", help="the report's text, copied as it is shown, or its saved page; - for what is pasted"
)
@click.option("--url", metavar="URL", default="", help="the report's address, where it is known")
@click.option("--date", metavar="DATE", default="", help="the statement's date (default: as found)")
@click.option("--id", "words", metavar="WORDS", default="", help="the words of its id (default: of what was found)")
@click.option(
    "--summary-check",
    "record",
    metavar="RECORD",
    type=PATH_TYPE,
    help="report instead where the record in this file has the words of the text",
)
@click.option("--write", is_flag=True, help="write it to its place (default: print it)")
def draft(file: str, url: str, date: str, words: str, record: Path | None, write: bool, root: Path) -> int:
    """Make a draft of a record from the text or the saved page of a report."""
    from archive.authoring.extract.draft import draft as draft_record
    from archive.authoring.extract.summary_check import shared_words
    from archive.content import reader, save
    from archive.validation import copying

    name = "the pasted text" if file == "-" else file
    data = _read_pasted(file)
    if record:
        runs = shared_words(data, name, str(record), record.read_bytes())
        show("\n".join(copying.copying_report(runs, str(record), name)))
        return CONTENT if runs else DONE
    drafted = draft_record(data, name, reader.read(root), group.today(), url=url, date=date, words=words)
    say(drafted.account)
    if not write:
        show(drafted.text.rstrip("\n"))
    if not drafted.path:
        raise ArchiveError("the draft has no date yet; give the statement's with --date")
    if drafted.problems:
        say(report.format_problems(drafted.problems))
        return CONTENT
    if write:
        if drafted.taken:
            raise ArchiveError(
                f"there is a record of this id: {drafted.taken}; for another statement, give other words with --id",
                USAGE,
            )
        save.create(root / drafted.path, drafted.text)
        show(f"Made {drafted.path}, a draft.")
        show("Compare each line with the text, write the title anew and the summary, then take out status: draft.")
        show(f"{_CHECK_IT} {drafted.path}")
    return DONE


@command()
@click.argument("file", metavar="FILE", type=PATH_TYPE, help="the captured text or page of the source")
@click.option("--record", "id", metavar="ID", required=True, help="the record")
@click.option("--source", metavar="N", type=int, required=True, help="its source, by the place in the list, from 1")
@click.option("--extent", type=click.Choice(list(vocabularies.EXTENTS_READ)), default="whole", help="(default: whole)")
@click.option("--archived-url", metavar="URL", default="", help="the address of the copy that a web archive has")
@click.option("--archived-at", metavar="DAY", default="", help="the day of that copy")
def capture(file: Path, id: str, source: int, extent: str, archived_url: str, archived_at: str, root: Path) -> int:
    """Write into a record the hash of a captured source, the day, and how much of it was read."""
    from archive.authoring.capture import with_capture
    from archive.authoring.new import check_text
    from archive.content import reader, save
    from archive.publish import fixity
    from archive.validation import validate

    reading = reader.read(root)
    document = next((document for document in reading.statements if document.stem == id), None)
    if document is None:
        raise ArchiveError(f"there is no record {id}", USAGE)
    if not file.is_file():
        raise ArchiveError(f"there is no file {file}", USAGE)
    archived = {name: value for name, value in (("archived_url", archived_url), ("archived_at", archived_at)) if value}
    path = root / document.path
    text = with_capture(
        document, path.read_text("utf-8"), source, fixity.digest(file), group.today(), extent=extent, archived=archived
    )
    if problems := check_text(validate.Checker(reading, group.today()), document.path, text):
        show(report.format_problems(problems))
        return CONTENT
    save.change({}, {path: text})
    show(f"Wrote the capture of source {source} into {document.path}.\nKeep {file}: the site does not have it.")
    return DONE


def _read_pasted(file: str) -> bytes:
    """Read a file, or what is pasted, up to one byte more than is admitted."""
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
@click.argument("file", metavar="FILE.csv", type=PATH_TYPE, help="the table: one row a statement")
@click.option("--write", is_flag=True, help="write the files (default: only report what would be written)")
@click.option("--update", is_flag=True, help="change records that there are")
@click.option("--keep-good", is_flag=True, help="write the good rows though others are bad")
@click.option("--encoding", type=click.Choice(list(table.ENCODINGS)), help="the table's (default: UTF-8)")
def import_(file: Path, write: bool, update: bool, keep_good: bool, encoding: str | None, root: Path) -> int:
    """Report what a table of statements would make and change, or make it."""
    from archive.authoring.csv_import import plan
    from archive.authoring.csv_import.rows import find_column
    from archive.content import reader, save

    with file.open("rb") as opened:
        data = opened.read(table.MOST_BYTES + 1)
    name = str(file)
    rows = table.read_file(name, data, lambda column: find_column(column) is not None, encoding or "")
    day = group.today()
    planned = plan.plan(
        name, rows, reader.read(root), lambda path: (root / path).read_text("utf-8"), day, update=update, latest=day
    )
    for line in plan.import_report(name, planned, update=update):
        show(line)
    outcome = plan.outcome(planned, write=write, update=update, keep_good=keep_good)
    save.change(
        {root / change.path: change.text for change in outcome.new},
        {root / change.path: change.text for change in outcome.changed},
    )
    show(outcome.message)
    return CONTENT if planned.problems or planned.elsewhere else DONE
