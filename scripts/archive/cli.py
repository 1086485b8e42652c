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
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from archive import (
    bag,
    captures,
    catalogue,
    check,
    continuity,
    fixity,
    nginx,
    npm,
    publish,
    read,
    search_index,
    site,
    words,
)
from archive.exports import edition, manifest
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
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    except Misuse as misuse:
        return _fail(str(misuse), MISUSE)
    except site.ContentError as error:
        _report(error.problems, "text")
        return PROBLEMS
    except (publish.Failed, search_index.Failed, ValueError) as error:
        return _fail(str(error), PROBLEMS)
    except (Refused, search_index.Missing, npm.Missing, continuity.Foreign, fixity.Unverifiable) as error:
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
    for held in (checking, building):
        held.add_argument("--since", metavar="FILE", type=Path, help="the manifest.json published last")
    command("serve", _serve, "Preview on http://127.0.0.1:8000, renewed at every change.")
    staging = command("stage", _stage, "Write the pages as a plain tree for another renderer.")
    staging.add_argument("out", metavar="DIR", type=Path, help="a new or empty folder, or one made by this command")
    listing = command("links", _links, "Write the addresses of the sources, a file a record, for a link checker.")
    listing.add_argument("out", metavar="DIR", type=Path, help="a new or empty folder, or one made by this command")
    serving = command("nginx", _nginx, "Print the configuration with which nginx serves the site.")
    serving.add_argument("folder", metavar="DIR", type=Path, help="where the site stands on the server, from / on")
    indexing = command(
        "index",
        _index,
        "Make the search index of a site that another renderer made of a staged tree.",
        of_project=False,
    )
    indexing.add_argument("site", metavar="DIR", type=Path, help="the folder with the rendered site")
    verifying = command("verify", _verify, "Compare a site with its hashes, or captured texts with the records.")
    verifying.add_argument("site", metavar="SITE", nargs="?", type=Path, help="the folder of a site as published")
    verifying.add_argument("--captures", metavar="DIR", type=Path, help="a folder with the captured texts of sources")
    packing = command("package", _package, "Make a BagIt bag of the sources, the data and the site, to be kept.")
    packing.add_argument("out", metavar="OUT", type=Path, help="a new or empty folder, or one made by this command")
    return parser


def _check(options: argparse.Namespace) -> int:
    root = _root(options)
    since = _manifest(options.since)
    reading = read.read(root)
    archive, problems = check.check(reading)
    if since and not problems:
        problems = continuity.broken(since, site.settled(archive, read.settings(root)), reading)
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
    since = _manifest(options.since)
    _say("Checking the content")
    archive = site.load(root, since)
    statements = len(archive.statements)
    newest = _newest(archive)
    del archive  # rendering loads it again, in its own process
    pages = publish.build(root, out, newest, _say)
    _print(f"Built {pages} pages from {statements} statements in {out}")
    if placeholders := _placeholders(read.settings(root)):
        _print(f"Before you publish it, set in mkdocs.yml: {', '.join(placeholders)}")
    return DONE


def _newest(archive: Archive) -> datetime.date:
    """The day of the newest change of any record, the archive's own clock."""
    return max((change.date for s in archive.statements for change in s.history), default=datetime.date(1970, 1, 1))


def _manifest(path: Path | None) -> manifest.Manifest | None:
    """What was published earlier, by the file that says so; None where none is given."""
    try:
        return None if path is None else manifest.parse(path.read_bytes())
    except ValueError as error:
        raise Misuse(f"{path} {error}; name the {edition.PLACE}manifest.json of the site as published") from None


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
    pages = search_index.make(options.site)
    fixity.seal(options.site)
    _print(f"Indexed {pages} pages in {options.site}")
    return DONE


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


def _report(problems: tuple[Problem, ...], format: str) -> None:
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
        _print("\n".join(map(str, problems)))
        _print(site.count(problems))


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _fail(text: str, code: int) -> int:
    print(f"archive: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
