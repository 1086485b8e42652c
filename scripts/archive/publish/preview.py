"""What is wrong with the archive -> what the live preview says of it above every page."""

import logging
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from archive.content import reader
from archive.model import document
from archive.model.document import Mark, Problem
from archive.pages.page import render
from archive.text import formatting

MOST = 50  # problems shown above a page
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_HEAD = re.compile(rb"<head\b[^>]*>", re.IGNORECASE)
_SECONDS = 2

OLD_PAGES = "The last good pages stay up. They are renewed as soon as this is mended."
NO_PAGES = "There are no pages yet. They are shown as soon as this is mended."
NEW_PAGES = "The pages are up to date, but the site cannot be published like this."
EMPTY = """# There is nothing to preview yet

What is wrong stands above, with the file and the line. Mend it and save the file.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewReport:
    """What is wrong: problems with their places, and messages that have none; and what that means for the pages."""

    problems: Sequence[Problem] = ()
    messages: Sequence[str] = ()
    consequence: str = OLD_PAGES

    def __str__(self) -> str:
        """All of it as lines for the terminal."""
        return "\n".join([*map(str, self.problems), *self.messages, self.heading, self.consequence])

    @property
    def heading(self) -> str:
        """How much it is, in words."""
        return formatting.count(len(self.problems) + len(self.messages), "problem")


def banner(wrong: PreviewReport) -> bytes:
    """The HTML that stands above a page; of many problems the first 50, then how many more there are."""
    left = max(MOST - len(wrong.problems), 0)
    values = {
        "heading": wrong.heading,
        "consequence": wrong.consequence,
        "problems": wrong.problems[:MOST],
        "messages": wrong.messages[:left],
        "more": max(len(wrong.problems) + len(wrong.messages) - MOST, 0),
    }
    return render("preview/wrong.html", values).encode()


def insert_banner(page: bytes, html: bytes) -> bytes:
    """The page with this HTML at the top of its body."""
    body = _BODY.search(page)
    at = body.end() if body else 0
    return page[:at] + html + page[at:]


def auto_refresh(page: bytes) -> bytes:
    """The page, for which there is nothing that says when it changed, made to look by itself."""
    head = _HEAD.search(page)
    at = head.end() if head else 0
    return page[:at] + b'<meta http-equiv="refresh" content="%d">' % _SECONDS + page[at:]


_LINK = re.compile(r"Doc file '([^']+)' contains [^']*'([^']+)'")


class Preview:
    """One run of the preview, from before its first build."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="archive-preview-"))
        self._links = self._folder / "served"
        self._builds = 0
        self._attached = False
        self._root = Path()
        self._said = _Said()
        self._problems: tuple[Problem, ...] = ()
        self._messages: list[str] = []
        self.has_pages = False  # whether there are good pages
        self.wrong: PreviewReport | None = None
        logging.getLogger("mkdocs").addHandler(self._said)

    def begin(self, root: Path, site_dir: str) -> str:
        """Begin a build of the project at `root`; returns the folder to build into, `site_dir` for the first build."""
        self._root = root
        if not self._attached:
            return site_dir
        self._builds += 1
        return str(self._folder / str(self._builds))

    def note(self, problems: tuple[Problem, ...] = (), message: str = "") -> None:
        """Note what is wrong, to be said when the build has ended."""
        self._problems += problems
        self._messages += [message] if message else []

    def attach(self, server: Any, builder: Callable[[], None], built: str) -> None:
        """Take MkDocs' server over, when the first build, in the folder `built`, has ended."""
        self._attached = True
        self._serve(Path(built))
        server.builder = partial(self._build, builder)
        server.root = str(self._links)
        server.error_handler = self._error_page
        server.set_app(_Application(server.get_app(), self))
        self._end(NEW_PAGES if self.has_pages else NO_PAGES)

    def close(self) -> None:
        """Remove what was built."""
        logging.getLogger("mkdocs").removeHandler(self._said)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _build(self, builder: Callable[[], None]) -> None:
        before = self._builds
        try:
            builder()
        except (Exception, SystemExit) as error:
            if not (self._problems or self._messages or self._said.lines):
                kind = "" if str(error) else type(error).__name__
                self.note(message=f"{kind}{error}")
            if self._builds > before:
                shutil.rmtree(self._folder / str(self._builds), ignore_errors=True)
            self._end(OLD_PAGES if self.has_pages else NO_PAGES)
        else:
            self._serve(self._folder / str(self._builds))
            self._end(NEW_PAGES)

    def _serve(self, folder: Path) -> None:
        """Let this folder be the one that is served, and remove the one before it."""
        old = self._links.resolve() if self._links.is_symlink() else None
        link = self._folder / "next"
        link.symlink_to(folder)
        link.replace(self._links)
        if old is not None and old.parent == self._folder.resolve():
            shutil.rmtree(old, ignore_errors=True)

    def _end(self, consequence: str) -> None:
        located = [(line, _located(self._root, line)) for line in dict.fromkeys(self._said.lines)]
        problems = (*self._problems, *(problem for _, problem in located if problem))
        messages = (*self._messages, *(line for line, problem in located if not problem))
        self.wrong = None
        if problems or messages:
            self.wrong = PreviewReport(problems=problems, messages=messages, consequence=consequence)
            click.echo(str(self.wrong), err=True)
        self._problems, self._messages = (), []
        self._said.lines.clear()

    def _error_page(self, code: int) -> bytes | None:
        page = self._links / f"{code}.html"
        return auto_refresh(page.read_bytes()) if page.is_file() else None


class _Said(logging.Handler):
    """Keeps what MkDocs warns of during a build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("mkdocs.livereload"):
            self.lines.append(record.getMessage())


class _Application:
    """A WSGI application (PEP 3333) that puts what is wrong above every page of another one."""

    def __init__(self, inner: Callable[..., Iterable[bytes]], of: Preview) -> None:
        self._inner = inner
        self._of = of

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        started: list[Any] = []
        found = self._inner(environ, lambda *arguments: started.append(arguments))
        status, headers = started[-1][:2]
        is_page = any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers)
        wrong = self._of.wrong  # only now: the request has waited for a build that was going on
        if is_page and wrong is not None:
            page = insert_banner(b"".join(found), banner(wrong))
            if hasattr(found, "close"):
                found.close()
            found = [page]
            headers = [pair for pair in headers if pair[0].lower() != "content-length"]
            headers.append(("Content-Length", str(len(page))))
        start_response(status, headers)
        return found


def _located(root: Path, line: str) -> Problem | None:
    """What MkDocs says of a link, as a problem with its place; None of anything else."""
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
