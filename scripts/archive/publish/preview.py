"""Run the live preview, and show what is wrong with the archive above every page of it."""

import logging
import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from archive.content import reader
from archive.model import document
from archive.model.config import read_settings
from archive.model.document import Mark, Problem
from archive.model.errors import USAGE, ArchiveError
from archive.pages.page import render
from archive.text import formatting

MOST = 50  # problems shown above a page
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_HEAD = re.compile(rb"<head\b[^>]*>", re.IGNORECASE)
_SECONDS = 2
_LINK = re.compile(r"Doc file '([^']+)' contains [^']*'([^']+)'")  # a warning of MkDocs

OLD_PAGES = "The last good pages stay up. They are renewed as soon as this is mended."
NO_PAGES = "There are no pages yet. They are shown as soon as this is mended."
NEW_PAGES = "The pages are up to date, but the site cannot be published like this."
EMPTY = """# There is nothing to preview yet

What is wrong stands above, with the file and the line. Mend it and save the file.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewReport:
    """What is wrong: problems with their places, messages without one, and the consequence for the pages."""

    problems: Sequence[Problem] = ()
    messages: Sequence[str] = ()
    consequence: str = OLD_PAGES

    def __str__(self) -> str:
        """Return all of it as lines for the terminal."""
        return "\n".join([*map(str, self.problems), *self.messages, self.heading, self.consequence])

    @property
    def heading(self) -> str:
        """How many problems there are, in words."""
        return formatting.count(len(self.problems) + len(self.messages), "problem")


def banner(report: PreviewReport) -> bytes:
    """Return the HTML shown above a page: at most the first `MOST` problems, and how many more there are."""
    left = max(MOST - len(report.problems), 0)
    values = {
        "heading": report.heading,
        "consequence": report.consequence,
        "problems": report.problems[:MOST],
        "messages": report.messages[:left],
        "more": max(len(report.problems) + len(report.messages) - MOST, 0),
    }
    return render("preview/wrong.html", values).encode()


def insert_banner(page: bytes, html: bytes) -> bytes:
    """Return the page with this HTML at the top of its body."""
    body = _BODY.search(page)
    at = body.end() if body else 0
    return page[:at] + html + page[at:]


def auto_refresh(page: bytes) -> bytes:
    """Return a page without MkDocs' live reload made to reload itself every few seconds."""
    head = _HEAD.search(page)
    at = head.end() if head else 0
    return page[:at] + b'<meta http-equiv="refresh" content="%d">' % _SECONDS + page[at:]


def serve(root: Path) -> NoReturn:
    """Replace this process by MkDocs' server, with the live preview of the project at `root`.

    Raise ArchiveError where the address in its settings is none or cannot be used.
    """
    address = str(read_settings(root).get("dev_addr") or "127.0.0.1:8000")
    host, _, port = address.rpartition(":")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise ArchiveError(
                f"cannot serve on {address}: {error.strerror}; is another preview running?", USAGE
            ) from None
        except (ValueError, OverflowError):
            raise ArchiveError(
                f"mkdocs.yml: dev_addr: {address!r} is not a host and a port (such as 127.0.0.1:8000)"
            ) from None
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--config-file", str(root / "mkdocs.yml")]
    os.chdir(root)
    os.execve(sys.executable, command, {**os.environ, "NO_MKDOCS_2_WARNING": "1"})  # noqa: S606


class Preview:
    """One run of the preview, from before its first build.

    Each build but the first goes into a folder of its own; a link names the one that is served.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="archive-preview-"))
        self._served = self._folder / "served"
        self._builds = 0
        self._attached = False
        self._root = Path()
        self._warnings = _WarningCollector()
        self._problems: tuple[Problem, ...] = ()
        self._messages: list[str] = []
        self.has_pages = False  # whether the content was once free of problems
        self.wrong: PreviewReport | None = None
        logging.getLogger("mkdocs").addHandler(self._warnings)

    def begin(self, root: Path, site_dir: str) -> str:
        """Begin a build of the project at `root`; return the folder to build into, `site_dir` for the first build."""
        self._root = root
        if not self._attached:
            return site_dir
        self._builds += 1
        return str(self._folder / str(self._builds))

    def note(self, problems: tuple[Problem, ...] = (), message: str = "") -> None:
        """Note what is wrong, to be reported when the build has ended."""
        self._problems += problems
        self._messages += [message] if message else []

    def attach(self, server: Any, builder: Callable[[], None], site_dir: str) -> None:
        """Take over MkDocs' server after the first build, which is in `site_dir`."""
        self._attached = True
        self._serve(Path(site_dir))
        server.builder = partial(self._build, builder)
        server.root = str(self._served)
        server.error_handler = self._error_page
        server.set_app(_Application(server.get_app(), self))
        self._report(NEW_PAGES if self.has_pages else NO_PAGES)

    def close(self) -> None:
        """Remove what was built."""
        logging.getLogger("mkdocs").removeHandler(self._warnings)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _build(self, builder: Callable[[], None]) -> None:
        before = self._builds
        try:
            builder()
        except (Exception, SystemExit) as error:
            if not (self._problems or self._messages or self._warnings.lines):
                kind = "" if str(error) else type(error).__name__
                self.note(message=f"{kind}{error}")
            if self._builds > before:
                shutil.rmtree(self._folder / str(self._builds), ignore_errors=True)
            self._report(OLD_PAGES if self.has_pages else NO_PAGES)
        else:
            self._serve(self._folder / str(self._builds))
            self._report(NEW_PAGES)

    def _serve(self, folder: Path) -> None:
        """Serve this folder, and remove the one that was served before."""
        old = self._served.resolve() if self._served.is_symlink() else None
        link = self._folder / "next"
        link.symlink_to(folder)
        link.replace(self._served)
        if old is not None and old.parent == self._folder.resolve():
            shutil.rmtree(old, ignore_errors=True)

    def _report(self, consequence: str) -> None:
        located = [(line, _locate(self._root, line)) for line in dict.fromkeys(self._warnings.lines)]
        problems = (*self._problems, *(problem for _, problem in located if problem))
        messages = (*self._messages, *(line for line, problem in located if not problem))
        self.wrong = None
        if problems or messages:
            self.wrong = PreviewReport(problems=problems, messages=messages, consequence=consequence)
            click.echo(str(self.wrong), err=True)
        self._problems, self._messages = (), []
        self._warnings.lines.clear()

    def _error_page(self, code: int) -> bytes | None:
        page = self._served / f"{code}.html"
        return auto_refresh(page.read_bytes()) if page.is_file() else None


class _WarningCollector(logging.Handler):
    """Collects the warnings of MkDocs during a build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("mkdocs.livereload"):
            self.lines.append(record.getMessage())


class _Application:
    """A WSGI application (PEP 3333) that shows what is wrong above every page of another one."""

    def __init__(self, inner: Callable[..., Iterable[bytes]], preview: Preview) -> None:
        self._inner = inner
        self._preview = preview

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        started: list[Any] = []
        body = self._inner(environ, lambda *arguments: started.append(arguments))
        status, headers = started[-1][:2]
        is_page = any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers)
        wrong = self._preview.wrong  # only now: the request has waited for a build in progress
        if is_page and wrong is not None:
            page = insert_banner(b"".join(body), banner(wrong))
            if hasattr(body, "close"):
                body.close()
            body = [page]
            headers = [pair for pair in headers if pair[0].lower() != "content-length"]
            headers.append(("Content-Length", str(len(page))))
        start_response(status, headers)
        return body


def _locate(root: Path, line: str) -> Problem | None:
    """Return a warning of MkDocs about a link as a problem with its place; None for any other line."""
    match = _LINK.match(line)
    if match is None:
        return None
    file, target = root / reader.DOCS_FOLDER / match[1], match[2]
    text = file.read_text("utf-8", "replace") if file.is_file() else ""
    mark = Mark.at(text, max(text.find(target), 0))
    return Problem(
        path=f"{reader.DOCS_FOLDER}/{match[1]}",
        line=mark.line,
        col=mark.col,
        field="",
        message=f"the link {document.quoted(target)} leads nowhere",
        hint="correct it, or remove it",
    )
