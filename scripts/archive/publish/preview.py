"""Serve the last good pages while the archive changes, and show what is wrong with it above every page."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from archive.model.document import Problem
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

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]  # of WSGI (PEP 3333)


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
    """Return a page that no program reloads made to reload itself every few seconds."""
    head = _HEAD.search(page)
    at = head.end() if head else 0
    return page[:at] + b'<meta http-equiv="refresh" content="%d">' % _SECONDS + page[at:]


class Preview:
    """One run of the preview, from before its first build.

    Each build but the first goes into a folder of its own; `served` is a link to the one that is shown, `spare` the
    folder of the one before, which another build may use up.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="archive-preview-"))
        self._builds = 0
        self._problems: tuple[Problem, ...] = ()
        self._messages: list[str] = []
        self.served = self._folder / "served"
        self.spare = self._folder / "spare"
        self.has_pages = False  # whether the content was once free of problems
        self.wrong: PreviewReport | None = None

    @property
    def is_serving(self) -> bool:
        """Whether there was a build."""
        return self.served.is_symlink()

    @property
    def has_notes(self) -> bool:
        """Whether anything is noted to be wrong with this build."""
        return bool(self._problems or self._messages)

    def note(self, *problems: Problem, message: str = "") -> None:
        """Note what is wrong, to be reported when the build has ended."""
        self._problems += tuple(problem for problem in problems if problem not in self._problems)
        self._messages += [message] if message and message not in self._messages else []

    def begin(self, folder: Path) -> None:
        """Serve what the first build made in this folder."""
        self._serve(folder)
        self._report(NEW_PAGES if self.has_pages else NO_PAGES)

    def new_folder(self) -> Path:
        """Return a folder for another build, which is still to be made."""
        self._builds += 1
        return self._folder / str(self._builds)

    def rebuild(self, build: Callable[[], None]) -> None:
        """Build again, and serve what `build` made in a `new_folder`; where it fails, the former pages stay."""
        before = self._builds
        try:
            build()
        except (Exception, SystemExit) as error:
            if not self.has_notes:
                self.note(message=f"{'' if str(error) else type(error).__name__}{error}")
            if self._builds > before:
                shutil.rmtree(self._folder / str(self._builds), ignore_errors=True)
            self._report(OLD_PAGES if self.has_pages else NO_PAGES)
        else:
            self._serve(self._folder / str(self._builds))
            self._report(NEW_PAGES)

    def error_page(self, code: int) -> bytes | None:
        """Return the page for a status of HTTP; None if there is none."""
        page = self.served / f"{code}.html"
        return auto_refresh(page.read_bytes()) if page.is_file() else None

    def application(self, inner: Application) -> Application:
        """Return an application that shows what is wrong above every page of another one."""

        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            started: list[Any] = []
            body = inner(environ, lambda *arguments: started.append(arguments))
            status, headers = started[-1][:2]
            is_page = any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers)
            wrong = self.wrong  # only now: the request has waited for a build in progress
            if is_page and wrong is not None:
                page = insert_banner(b"".join(body), banner(wrong))
                if hasattr(body, "close"):
                    body.close()
                body = [page]
                headers = [pair for pair in headers if pair[0].lower() != "content-length"]
                headers.append(("Content-Length", str(len(page))))
            start_response(status, headers)
            return body

        return answer

    def close(self) -> None:
        """Remove what was built."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _serve(self, folder: Path) -> None:
        """Serve this folder; the one that was served before is spare."""
        old = self.served.resolve() if self.is_serving else None
        link = self._folder / "next"
        link.symlink_to(folder)
        link.replace(self.served)
        if old is not None and old.parent == self._folder.resolve():
            shutil.rmtree(self.spare, ignore_errors=True)
            old.rename(self.spare)

    def _report(self, consequence: str) -> None:
        self.wrong = None
        if self.has_notes:
            self.wrong = PreviewReport(problems=self._problems, messages=self._messages, consequence=consequence)
            click.echo(str(self.wrong), err=True)
        self._problems, self._messages = (), []
