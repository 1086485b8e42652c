"""The `archive` command. Exit codes: 0 done, 1 problems in the content, 2 wrong use or a broken environment."""

import argparse
import contextlib
import datetime
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from archive import (
    bag,
    captures,
    catalogue,
    check,
    continuity,
    fixity,
    newly,
    nginx,
    npm,
    overlap,
    problem_list,
    publish,
    read,
    search_index,
    settings,
    site,
    words,
    writing,
)
from archive.arguments import parser
from archive.drafting import drafted, intake
from archive.exports import edition, manifest
from archive.importing import account, plan, table
from archive.importing.columns import find
from archive.model import Archive, Problem
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
        options = parser(_COMMANDS).parse_args(arguments)
        return int(options.run(options))
    except Misuse as misuse:
        return _fail(str(misuse), MISUSE)
    except (site.ContentError, drafted.Unusable) as error:
        _print(problem_list.listed(error.problems))
        return PROBLEMS
    except (publish.Failed, search_index.Failed, ValueError) as error:
        return _fail(str(error), PROBLEMS)
    except (
        Refused,
        newly.Refused,
        search_index.Missing,
        npm.Missing,
        continuity.Foreign,
        fixity.Unverifiable,
    ) as error:
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


def _check(options: argparse.Namespace) -> int:
    root = _root(options)
    since = _manifest(options.since)
    reading = read.read(root)
    archive, problems = check.check(reading)
    if since and not problems:
        now = site.published(site.settled(archive, read.settings(root)))
        documents = {document.stem: document for document in reading.statements}
        problems = continuity.broken(since, now, lambda: documents)
        for line in continuity.account(since, now):
            _say(line)
    chosen = [_inside(root, path) for path in options.paths] or [""]

    def asked(path: str) -> bool:
        return any(place in ("", path) or path.startswith(f"{place}/") for place in chosen)

    problems = tuple(problem for problem in problems if asked(problem.path))
    statements = sum(asked(document.path) for document in reading.statements)
    authorities = sum(asked(document.path) for document in reading.authorities)
    if not (statements or authorities or problems) and options.paths:
        raise Misuse(f"no content file in {', '.join(map(str, options.paths))}; they stand in {read.STATEMENTS}/")
    if said := problem_list.listed(problems, options.format):
        _print(said)
    elif options.format == "text":
        files = "file" if authorities == 1 else "files"
        _print(f"No problems in {statements} statement{'s' * (statements != 1)} and {authorities} authority {files}.")
    return PROBLEMS if problems else DONE


def _build(options: argparse.Namespace) -> int:
    root = _root(options)
    out = options.out or root / "site"
    publish.ready(root)
    since = _manifest(options.since)
    _say("Checking the content")
    archive = site.load(root)
    statements = len(archive.statements)
    newest = _newest(archive)
    del archive  # rendering loads it again, in its own process
    pages = publish.build(root, out, newest, _say, since=since)
    _print(f"Built {pages} pages from {statements} statements in {out}")
    if unmade := settings.unmade(read.settings(root)):
        _print(f"Before you publish it, set in mkdocs.yml: {', '.join(unmade)}")
    return DONE


def _newest(archive: Archive) -> datetime.date:
    """The day of the newest change of any record, the archive's own clock."""
    return max((change.date for s in archive.statements for change in s.history), default=datetime.date(1970, 1, 1))


def _manifest(path: Path | None) -> manifest.Manifest | None:
    """What was published earlier, by the file that says so; None where none is given."""
    try:
        return None if path is None else manifest.parse(path.read_bytes())
    except manifest.Older as error:
        advice = (
            "hold this archive against it with the older program's archive check --since, then run scripts/build once"
        )
        raise Misuse(f"{path} {error}: {advice}") from None
    except ValueError as error:
        raise Misuse(f"{path} {error}; name the {edition.PLACE}manifest.json of the site as published") from None


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


def _links(options: argparse.Namespace) -> int:
    root = _root(options)
    number = publish.list_links(root, options.out, site.load(root))
    _print(f"Listed {number} addresses in {options.out}")
    return DONE


def _nginx(options: argparse.Namespace) -> int:
    archive = site.load(_root(options))
    try:
        _print(nginx.configuration(archive, str(options.folder)).removesuffix("\n"))
    except ValueError as error:
        raise Misuse(str(error)) from None
    return DONE


def _verify(options: argparse.Namespace) -> int:
    if options.site is None and options.captures is None:
        raise Misuse("name the folder of a site, or that of captured texts with --captures DIR")
    for folder in filter(None, (options.site, options.captures)):
        if not folder.is_dir():
            raise Misuse(f"there is no folder {folder}")
    whole = True
    if options.site is not None:
        number, findings = fixity.verify(options.site)
        _print(
            "\n".join(
                [*map(str, findings), f"{words.count(number, 'file')} compared, {len(findings)} not as published"]
            )
        )
        whole = not findings
    if options.captures is not None:
        hashes = {path: sha256 for path, sha256 in fixity.hashes(options.captures).items() if "/." not in f"/{path}"}
        matched = captures.match(read.read(_root(options)).statements, hashes)
        for one in matched.captured:
            _print(str(one))
        for path in matched.additional:
            _print(f"additional: {read.shown(path, 400)} belongs to no record")
        found = sum(bool(one.files) for one in matched.captured)
        _print(
            f"{words.count(len(matched.captured), 'source')} with a hash, {found} found; "
            f"{matched.without} without one; {words.count(len(matched.additional), 'file')} of no record"
        )
        whole = whole and found == len(matched.captured) and not matched.additional
    return DONE if whole else PROBLEMS


def _package(options: argparse.Namespace) -> int:
    root = _root(options)
    search_index.program()
    _say("Checking the content")
    archive = site.load(root)
    payload = bag.pack(root, options.out, archive, _newest(archive), _say)
    _print(f"Packed {words.count(payload.files, 'file')}, {words.count(payload.bytes, 'byte')}, in {options.out}")
    return DONE


def _index(options: argparse.Namespace) -> int:
    if not (options.site / catalogue.PATH).is_file():
        raise Misuse(f"{options.site} is not a site made of a staged tree: it has no {catalogue.PATH}")
    pages = publish.index(options.site)
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
        _say(problem_list.listed(made.problems))
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
    try:
        press = intake.read(data)
    except intake.NotPressText as error:
        raise ValueError(f"{name} {error}") from None
    found = overlap.of_record(document, press.text)
    for line in overlap.account(found, str(record), name):
        _print(line)
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


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _fail(text: str, code: int) -> int:
    print(f"archive: {text}", file=sys.stderr)
    return code


_COMMANDS = {
    "check": _check,
    "build": _build,
    "serve": _serve,
    "stage": _stage,
    "new": _new,
    "draft": _draft,
    "import": _import,
    "index": _index,
    "links": _links,
    "nginx": _nginx,
    "verify": _verify,
    "package": _package,
}

if __name__ == "__main__":
    sys.exit(main())
