"""The `archive` command. Exit codes: 0 done, 1 problems in the content, 2 wrong use or a broken environment."""

import argparse
import contextlib
import datetime
import json
import os
import re
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from archive import (
    admin_program,
    catalogue,
    check,
    edtf,
    newly,
    overlap,
    publish,
    read,
    search_index,
    site,
    writing,
)
from archive.drafting import drafted, intake
from archive.importing import account, plan, table
from archive.importing.columns import find
from archive.model import Problem
from archive.replacing import Refused

DONE, PROBLEMS, MISUSE = 0, 1, 2


class Misuse(Exception):
    """The command cannot be carried out as given; the message says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, by default the process's own; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)  # so that what is half done is put away
    try:
        code = _run(arguments)
    except SystemExit as leave:  # argparse, after its help or a message
        code = int(leave.code or DONE)
    return code if _flush() else MISUSE


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    except Misuse as misuse:
        return _fail(str(misuse), MISUSE)
    except (site.ContentError, drafted.Unusable) as error:
        _report(error.problems, "text")
        return PROBLEMS
    except (publish.Failed, search_index.Failed, ValueError) as error:
        return _fail(str(error), PROBLEMS)
    except (Refused, newly.Refused, search_index.Missing, admin_program.Missing) as error:
        return _fail(str(error), MISUSE)
    except OSError as error:
        return _fail(f"{error.filename or ''}: {error.strerror}".lstrip(": "), MISUSE)
    except KeyboardInterrupt:
        return _fail("interrupted; nothing was changed", MISUSE)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _flush() -> bool:
    """Write out what is printed so far; whether it could be. That nobody reads on, as `head` does not, is no error."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its end
        if not isinstance(error, BrokenPipeError):
            _fail(f"cannot print: {error.strerror}", MISUSE)
            return False
    return True


def _print(text: str) -> None:
    with contextlib.suppress(BrokenPipeError):  # `_flush` deals with it
        print(text)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(MISUSE, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="archive", description="The ombudsman statements archive.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, help: str, *, of_project: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help)
        if of_project:
            about = "the project's folder (default: the nearest above)"
            made.add_argument("--root", metavar="DIR", type=Path, help=about)
        made.set_defaults(run=run)
        return made

    checking = command("check", _check, "Say every problem of every content file.")
    checking.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="only the problems of these files or folders"
    )
    checking.add_argument("--format", choices=("text", "json", "github"), default="text", help="(default: text)")
    building = command("build", _build, "Check, render and publish the site.")
    building.add_argument("--out", metavar="DIR", type=Path, help="where to (default: site/ in the project's folder)")
    command("serve", _serve, "Preview on http://127.0.0.1:8000, renewed at every change.")
    staging = command("stage", _stage, "Write the pages as a plain tree for another renderer.")
    staging.add_argument("out", metavar="DIR", type=Path, help="a new or empty folder, or one made by this command")
    creating = command("new", _new, "Make the file of a new statement: a draft with every field still to be filled.")
    creating.add_argument("date", metavar="DATE", help=f"the statement's date: {edtf.GRAMMAR}")
    creating.add_argument("title", metavar="TITLE", nargs="+", help="form, subject and occasion, in neutral words")
    creating.add_argument("--form", default="", help="what it is (default: what the title begins with)")
    creating.add_argument("--id", metavar="WORDS", default="", help="the words of its id (default: of the title)")
    creating.add_argument("--issuer", metavar="ID", default="", help="who made it (default: the only one there is)")
    drafting = command("draft", _draft, "Make a draft of a record from the pasted text of a report.")
    drafting.add_argument("file", metavar="FILE", help="the report's text, copied as it is shown; - for what is pasted")
    drafting.add_argument("--url", metavar="URL", default="", help="the report's address, where it is known")
    drafting.add_argument("--date", metavar="DATE", default="", help="the statement's date (default: as found)")
    drafting.add_argument("--id", metavar="WORDS", default="", help="the words of its id (default: of what was found)")
    drafting.add_argument(
        "--summary-check",
        metavar="RECORD",
        type=Path,
        help="say instead where the record of this file has the words of the text",
    )
    drafting.add_argument("--write", action="store_true", help="write it to its place (default: print it)")
    importing = command("import", _import, "Say what a table of statements would make and change, or do it.")
    importing.add_argument("file", metavar="FILE.csv", type=Path, help="the table: one row a statement")
    importing.add_argument("--write", action="store_true", help="write the files (default: only say so)")
    importing.add_argument("--update", action="store_true", help="change records that there are")
    importing.add_argument("--keep-good", action="store_true", help="write the good rows though others are bad")
    importing.add_argument("--encoding", choices=table.ENCODINGS, default="", help="the table's (default: UTF-8)")
    indexing = command(
        "index",
        _index,
        "Make the search index of a site that another renderer made of a staged tree.",
        of_project=False,
    )
    indexing.add_argument("site", metavar="DIR", type=Path, help="the folder with the rendered site")
    return parser


def _check(options: argparse.Namespace) -> int:
    root = _root(options)
    reading = read.read(root)
    _, problems = check.check(reading)
    chosen = [_inside(root, path) for path in options.paths] or [""]

    def asked(path: str) -> bool:
        return any(place in ("", path) or path.startswith(f"{place}/") for place in chosen)

    problems = tuple(problem for problem in problems if asked(problem.path))
    statements = sum(asked(document.path) for document in reading.statements)
    authorities = sum(asked(document.path) for document in reading.authorities)
    if not (statements or authorities or problems) and options.paths:
        raise Misuse(f"no content file in {', '.join(map(str, options.paths))}; they stand in {read.STATEMENTS}/")
    _report(problems, options.format)
    if not problems and options.format == "text":
        files = "file" if authorities == 1 else "files"
        _print(f"No problems in {statements} statement{'s' * (statements != 1)} and {authorities} authority {files}.")
    return PROBLEMS if problems else DONE


def _build(options: argparse.Namespace) -> int:
    root = _root(options)
    out = options.out or root / "site"
    publish.ready(root)
    _say("Checking the content")
    archive = site.load(root)
    statements = len(archive.statements)
    newest = max((change.date for s in archive.statements for change in s.history), default=datetime.date(1970, 1, 1))
    del archive  # rendering loads it again, in its own process
    pages = publish.build(root, out, newest, _say)
    _print(f"Built {pages} pages from {statements} statements in {out}")
    if placeholders := _placeholders(read.settings(root)):
        _print(f"Before you publish it, set in mkdocs.yml: {', '.join(placeholders)}")
    return DONE


def _placeholders(settings: Mapping[str, Any]) -> list[str]:
    """The settings that are not made yet, or still name a domain kept for examples (RFC 2606)."""
    values = {"site_url": settings.get("site_url") or "example.org", "extra.naming_authority": "example.org"}
    values |= {f"extra.{name}": value for name, value in (settings.get("extra") or {}).items()}
    return [name for name, value in values.items() if re.search(r"\bexample\.(org|com|net)\b", str(value))]


def _serve(options: argparse.Namespace) -> NoReturn:
    root = _root(options)
    publish.ready(root)
    host, _, port = str(read.settings(root).get("dev_addr") or "127.0.0.1:8000").rpartition(":")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise Misuse(f"cannot serve on {host}:{port}: {error.strerror}; is another preview running?") from None
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--config-file", str(root / "mkdocs.yml")]
    os.chdir(root)
    os.execve(sys.executable, command, {**os.environ, "NO_MKDOCS_2_WARNING": "1"})  # noqa: S606


def _stage(options: argparse.Namespace) -> int:
    root = _root(options)
    pages = publish.stage(root, options.out, site.load(root))
    _print(f"Staged {pages} pages in {options.out}")
    return DONE


def _index(options: argparse.Namespace) -> int:
    if not (options.site / catalogue.PATH).is_file():
        raise Misuse(f"{options.site} is not a site made of a staged tree: it has no {catalogue.PATH}")
    pages = search_index.make(options.site)
    _print(f"Indexed {pages} pages in {options.site}")
    return DONE


def _new(options: argparse.Namespace) -> int:
    root = _root(options)
    draft = newly.draft(
        read.read(root),
        options.date,
        " ".join(options.title),
        _today(),
        form=options.form,
        words=options.id,
        issuer=options.issuer,
    )
    if draft.problems:
        return max(_fail(f"{each.field}: {each.message} ({each.hint})", PROBLEMS) for each in draft.problems)
    writing.create(root / draft.path, draft.text)
    _print(f"Made {draft.path}, a draft.")
    _print(f"Fill it in; what is wrong with it, this says: .venv/bin/archive check {draft.path}")
    return DONE


def _draft(options: argparse.Namespace) -> int:
    root = _root(options)
    name = "the pasted text" if options.file == "-" else options.file
    data = _pasted(options.file)
    if options.summary_check:
        return _summary_check(data, name, options.summary_check)
    made = drafted.make(data, name, read.read(root), _today(), url=options.url, date=options.date, words=options.id)
    _say(made.account)
    if not options.write:
        _print(made.text.rstrip("\n"))
    if not made.path:
        return _fail("the draft has no date yet; give the statement's with --date", PROBLEMS)
    if made.problems:
        _report(made.problems, "text", to=_say)
        return PROBLEMS
    if options.write:
        if made.taken:
            raise Misuse(
                f"there is a record of this id: {made.taken}; for another statement, give other words with --id"
            )
        writing.create(root / made.path, made.text)
        _print(f"Made {made.path}, a draft.")
        _print("Compare each line with the text, write the title anew and the summary, then take out status: draft.")
        _print(f"What is wrong with it, this says: .venv/bin/archive check {made.path}")
    return DONE


def _summary_check(data: bytes, name: str, record: Path) -> int:
    document = read.statement(str(record), record.read_bytes())
    if isinstance(document, Problem):
        raise site.ContentError((document,))
    found = overlap.of_record(document, intake.read(data).text)
    for run in found:
        _print(
            f"{record}:{run.written.line}:{run.written.col}: {run.field}: {run.words} words in a row are those of the "
            f"source: {read.quoted(run.text, 120)} ({name}, line {run.source.line}, column {run.source.col}: "
            "say it in other words, or quote it)"
        )
    if not found:
        _print(f"No more than {overlap.MOST} words in a row of {record} are those of {name}.")
    return PROBLEMS if found else DONE


def _pasted(file: str) -> bytes:
    """What was given, up to one byte more than is admitted."""
    if file != "-":
        with Path(file).open("rb") as opened:
            return opened.read(intake.MAX_BYTES + 1)
    if sys.stdin is None:
        raise Misuse("there is nothing to read from; give a file")
    if sys.stdin.isatty():
        _say("Paste the text, then press Enter and Ctrl-D.")
    return sys.stdin.buffer.read(intake.MAX_BYTES + 1)


def _import(options: argparse.Namespace) -> int:
    root = _root(options)
    name = str(options.file)
    with options.file.open("rb") as file:
        data = file.read(table.MOST_BYTES + 1)
    try:
        rows = table.read(data, lambda name: find(name) is not None, options.encoding)
    except table.Unreadable as error:
        return _fail(f"{name}: {error}", PROBLEMS)

    def text_of(path: str) -> str:
        return (root / path).read_text("utf-8")

    found = plan.plan(name, rows, read.read(root), text_of, _today(), update=options.update)
    for line in account.account(name, found, update=options.update):
        _print(line)
    done = account.outcome(found, write=options.write, update=options.update, keep_good=options.keep_good)
    writing.change(
        {root / each.path: each.text for each in done.new}, {root / each.path: each.text for each in done.changed}
    )
    _print(done.said)
    return PROBLEMS if found.problems or found.elsewhere else DONE


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).astimezone().date()


def _root(options: argparse.Namespace) -> Path:
    here: Path = (options.root or Path.cwd()).resolve()
    candidates = [here] if options.root else [here, *here.parents]
    for folder in candidates:
        if (folder / "mkdocs.yml").is_file() and (folder / read.STATEMENTS).is_dir():
            return folder
    raise Misuse(
        f"{candidates[0]} is not the project's folder nor below it: no mkdocs.yml with statements/ beside it; "
        "go there, or name it with --root DIR"
    )


def _inside(root: Path, path: Path) -> str:
    full = path.resolve()
    if not full.exists():
        raise Misuse(f"there is no {path}")
    if not full.is_relative_to(root):
        raise Misuse(f"{path} is not in {root}")
    return full.relative_to(root).as_posix().removeprefix(".")


def _report(problems: tuple[Problem, ...], format: str, to: Callable[[str], None] = _print) -> None:
    if format == "json":
        _print(
            json.dumps(
                {"count": len(problems), "problems": [asdict(p) for p in problems]},
                ensure_ascii=False,
                indent=1,
            )
        )
    elif format == "github":
        for problem in problems:
            file = _escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
            where = f"file={file},line={problem.line},col={problem.col}"
            message = str(problem).removeprefix(f"{problem.path}:{problem.line}:{problem.col}: ")
            _print(f"::error {where}::{_escaped(message)}")
    elif problems:
        to("\n".join(map(str, problems)))
        to(site.count(problems))


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _fail(text: str, code: int) -> int:
    print(f"archive: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
