"""The `archive` command. Exit codes: 0 done, 1 problems in the content, 2 wrong use or a broken environment."""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from archive import check, publish, read, site
from archive.model import Problem
from archive.replacing import Refused

DONE, PROBLEMS, MISUSE = 0, 1, 2


class Misuse(Exception):
    """The command cannot be carried out as given; the message says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, by default the process's own; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Misuse as misuse:
        return _fail(str(misuse), MISUSE)
    except site.ContentError as error:
        _report(error.problems, "text")
        return PROBLEMS
    except (publish.Failed, ValueError) as error:
        return _fail(str(error), PROBLEMS)
    except Refused as error:
        return _fail(str(error), MISUSE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its end
        return MISUSE
    except OSError as error:
        return _fail(f"{error.filename or ''}: {error.strerror}".lstrip(": "), MISUSE)
    except KeyboardInterrupt:
        return _fail("interrupted; nothing was changed", MISUSE)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(MISUSE, f"{self.prog}: {message}; see {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="archive", description="The ombudsman statements archive.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, help: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help)
        made.add_argument("--root", metavar="DIR", type=Path, help="the project's folder (default: the nearest above)")
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
    return parser


def _check(options: argparse.Namespace) -> int:
    root = _root(options)
    reading = read.read(root)
    _, problems = check.check(reading)
    if options.paths:
        chosen = [_inside(root, path) for path in options.paths]
        problems = tuple(p for p in problems if any(c in ("", p.path) or p.path.startswith(f"{c}/") for c in chosen))
    _report(problems, options.format)
    if not problems and options.format == "text":
        print(f"No problems in {len(reading.statements)} statements and {len(reading.authorities)} authority files.")
    return PROBLEMS if problems else DONE


def _build(options: argparse.Namespace) -> int:
    root = _root(options)
    out = options.out or root / "site"
    _say("Checking the content")
    archive = site.load(root)
    pages = publish.build(root, out, archive, _say)
    print(f"Built {pages} pages from {len(archive.statements)} statements in {out}")
    if placeholders := _placeholders(read.settings(root)):
        print(f"Before you publish it, set in mkdocs.yml: {', '.join(placeholders)}")
    return DONE


def _placeholders(settings: Mapping[str, Any]) -> list[str]:
    """The settings that still name a domain kept for examples (RFC 2606)."""
    values = {"site_url": settings.get("site_url")}
    values |= {f"extra.{name}": value for name, value in (settings.get("extra") or {}).items()}
    return [name for name, value in values.items() if re.search(r"\bexample\.(org|com|net)\b", str(value))]


def _serve(options: argparse.Namespace) -> int:
    root = _root(options)
    host, _, port = str(read.settings(root).get("dev_addr") or "127.0.0.1:8000").rpartition(":")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise Misuse(f"cannot serve on {host}:{port}: {error.strerror}; is another preview running?") from None
    command = [sys.executable, "-m", "mkdocs", "serve", "--config-file", str(root / "mkdocs.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    try:
        return subprocess.run(command, env=environment, cwd=root, check=False).returncode
    except KeyboardInterrupt:  # the way to end a preview
        return DONE


def _stage(options: argparse.Namespace) -> int:
    root = _root(options)
    pages = publish.stage(root, options.out, site.load(root))
    print(f"Staged {pages} pages in {options.out}")
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
        print(
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
            print(f"::error {where}::{_escaped(message)}")
    elif problems:
        print(*problems, sep="\n")
        print(site.count(problems))


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _fail(text: str, code: int) -> int:
    print(f"archive: {text}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
