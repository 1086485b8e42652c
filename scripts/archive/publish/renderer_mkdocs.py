"""Render the site with MkDocs, and preview it with MkDocs' server. The only module that knows MkDocs.

`render` and `serve` start MkDocs in a process of its own. As `hooks` in `mkdocs.yml` names this file, MkDocs loads it
there, and calls its functions `on_...`: https://www.mkdocs.org/dev-guide/plugins/#events
"""

import datetime
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click
import pathspec
import yaml
from jinja2 import TemplateSyntaxError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from archive.content import reader
from archive.model import document, urls
from archive.model.authorities import INDEXES
from archive.model.config import Settings
from archive.model.document import Mark, Problem
from archive.model.errors import USAGE, ArchiveError
from archive.publish import generate, preview
from archive.publish.files import site_files, write_files
from archive.publish.preview import Preview
from archive.text import formatting
from archive.validation.report import count_problems

_HOOK = "scripts/archive/publish/renderer_mkdocs.py"  # in the project's folder
_THEME = Path(__file__).parents[1] / "theme"
_BUILDING = "ARCHIVE_BUILD"  # a variable of the environment: `render` runs the hook, and not MkDocs alone

_generated: Mapping[str, str | bytes] = {}  # every generated file
_pages: dict[str, str] = {}  # of these, the pages to be rendered
_ID = re.compile(r'\bid="([^"]+)"')
_LINK = re.compile(r"Doc file '([^']+)' contains [^']*'([^']+)'")  # a warning
_STATEMENTS = f"{urls.STATEMENTS}index.md"
_HOME = "index.md"  # the one page of a preview that has none yet
_preview: Preview | None = None
_docs = Path()  # the folder of the hand-written pages
_progress = ExitStack()
_bar: Any = None


def render(tree: Path, out: Path, *, clock: datetime.date, keep: tuple[int, ...] = ()) -> None:
    """Render the project in the folder `tree`, or a staged tree, into the folder `out`.

    `clock` is the site's own day. The process inherits the descriptors `keep`, and prints its problems itself; on a
    terminal, its progress too. Raise ArchiveError where it fails.
    """
    command = _command(tree, "build", "--strict", "--site-dir", str(out))
    seconds = int(datetime.datetime.combine(clock, datetime.time(), datetime.UTC).timestamp())
    environment = _environment() | {_BUILDING: "1", "SOURCE_DATE_EPOCH": str(seconds)}
    if subprocess.run(command, env=environment, cwd=tree, pass_fds=keep, check=False).returncode != 0:
        raise ArchiveError("MkDocs did not render the site; its messages are above")


def serve(tree: Path, settings: Settings) -> NoReturn:
    """Replace this process by the server of the live preview of the project in the folder `tree`.

    Raise ArchiveError where the address in its settings is none or cannot be used.
    """
    address = str(settings.raw.get("dev_addr") or "127.0.0.1:8000")
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
    os.chdir(tree)
    os.execve(sys.executable, _command(tree, "serve", "--no-strict"), _environment())  # noqa: S606


def check_hooks(tree: Path, settings: Settings) -> None:
    """Raise ArchiveError where `hooks` names a file that is not there, as it does in settings for an older program."""
    hooks = settings.raw.get("hooks")
    for hook in hooks if isinstance(hooks, list) else []:
        if isinstance(hook, str) and not (tree / hook).is_file():
            fix = "restore it" if hook == _HOOK else f"the line is now hooks: [{_HOOK}]"
            raise ArchiveError(f"mkdocs.yml: hooks: there is no {hook}; {fix}")


def write_frame(tree: Path, settings: Settings) -> None:
    """Write the theme and the settings with which a tree that has every page in `docs/` is rendered without hooks."""
    shutil.copytree(_THEME, tree / "theme")
    raw = {key: value for key, value in settings.raw.items() if key not in ("hooks", "watch", "docs_dir", "site_dir")}
    if "nav" in raw:
        raw["nav"] = _nav(raw["nav"])
    raw["not_in_nav"] = "\n".join([str(raw.get("not_in_nav") or "").rstrip(), *_not_in_nav(settings.redirects)])
    theme = raw.get("theme")
    raw["theme"] = {**(theme if isinstance(theme, dict) else {"name": theme}), "custom_dir": "theme"}
    text = yaml.safe_dump(raw, sort_keys=False, allow_unicode=True)
    (tree / "mkdocs.yml").write_text(text, "utf-8", newline="\n")


def _command(tree: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", *arguments, "--config-file", str(tree / "mkdocs.yml")]


def _environment() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def _nav(nav: Any) -> Any:
    """Return `nav` with the indexes, after the statements, where it does not name them itself."""
    if not isinstance(nav, list):
        return nav
    lists = {urls.entries(name) + "index.md": formatting.capitalised(name) for name in INDEXES}
    named = [path for item in nav if isinstance(item, dict) for path in item.values()]
    missing = [{title: path} for path, title in lists.items() if path not in named]
    after = named.index(_STATEMENTS) + 1 if _STATEMENTS in named else len(nav)
    return [*nav[:after], *missing, *nav[after:]]


def _not_in_nav(redirects: Iterable[str]) -> list[str]:
    """Return a pattern for each page that is made and need not be in `nav`: else it is reported as missing there."""
    former = [re.sub(r"[\\*?\[\]]", r"\\\g<0>", place) for place in redirects if place.endswith("/")]
    return [f"/{place}" for place in (*sorted(urls.GENERATED), *former)]


def on_startup(command: str, **_: Any) -> None:
    """Begin the live preview, where this is one."""
    global _preview
    if command == "serve":
        _preview = Preview()
        logging.getLogger("mkdocs").addHandler(_Warnings(logging.WARNING))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the indexes in `nav`, and give each build of a preview but the first a folder of its own.

    A preview's theme has the value `extra.preview`: it then leaves out the pages' policy, which would stop the script
    that MkDocs adds for live reload.
    """
    global _docs
    config.nav = _nav(config.nav)
    if _preview:
        _docs = Path(config.docs_dir)
        config.extra["preview"] = True
        if _preview.is_serving:
            config.site_dir = str(_preview.new_folder())
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Check and generate before MkDocs clears its output folder, so that an error leaves the last good site.

    A live preview keeps the last good pages; before there are any, it has one page, for the problems.
    """
    global _generated, _pages
    if _building():
        for handler in logging.getLogger("mkdocs").handlers:
            handler.setLevel(logging.WARNING)
    try:
        root = Path(config.config_file_path).parent
        archive = generate.load_archive(root, drafts=_preview is not None)
        _generated = site_files(root, archive)
        unlisted = pathspec.GitIgnoreSpec.from_lines(_not_in_nav(archive.redirects))
        config.not_in_nav = config.not_in_nav + unlisted if config.not_in_nav else unlisted
        _pages = {path: str(_generated[path]) for path in _generated if path.endswith(".md")}
    except ArchiveError as error:
        problems = error.problems
        if _preview is None:
            raise PluginError(f"{error}\n{count_problems(problems)}" if problems else str(error)) from None
        _preview.note(*problems, message="" if problems else str(error))
        if _generated:
            raise Abort("The pages stay as they were.") from None
        config.nav = [{"Home": _HOME}]
    else:
        if _preview:
            _preview.has_pages = True


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages; one that fills the slots of a hand-written page replaces it.

    What MkDocs' theme would add besides ours, such as its style sheets, no page uses.
    """
    theirs = {*config.theme.dirs} - {config.theme.custom_dir}
    for file in [file for file in files if file.src_dir in theirs]:
        files.remove(file)
    pages = _pages
    if not _generated:
        for file in files.documentation_pages():
            files.remove(file)
        pages = {_HOME: preview.EMPTY}
    for path, text in pages.items():
        handwritten = files.get_file_from_path(path)
        if handwritten is not None:
            files.remove(handwritten)
        front, body = generate.split_page(text)
        files.append(File.generated(config, path, content=front if body else text))
    if _building() and sys.stderr.isatty():
        global _bar
        steps = 2 * len(files.documentation_pages())  # each page is read, then written
        _bar = _progress.enter_context(click.progressbar(length=steps, label="Rendering the pages", file=sys.stderr))
    return files


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Insert the body of a generated page, which is HTML already: reading it as Markdown is what takes longest."""
    body = generate.split_page(_pages.get(page.file.src_uri, ""))[1]
    if body:
        page.present_anchor_ids = set(_ID.findall(body))
    return _advance(body or html)


def on_post_page(output: str, **_: Any) -> str:
    """Count a page as written."""
    return _advance(output)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the files that need no rendering."""
    _progress.close()
    if not _generated:
        return
    site = Path(config.site_dir)
    try:
        write_files(site, ((path, _generated[path]) for path in _generated if path not in _pages))
    except ArchiveError as error:
        _stop(error)


def on_serve(server: Any, config: MkDocsConfig, builder: Callable[[], None], **_: Any) -> Any:
    """Hand over the server to the preview, after the first build."""
    if _preview:
        _preview.begin(Path(config.site_dir))
        server.builder = partial(_preview.rebuild, builder)
        server.root = str(_preview.served)
        server.error_handler = _preview.error_page
        server.set_app(_preview.application(server.get_app()))
    return server


def on_shutdown() -> None:
    """End the live preview."""
    if _preview:
        _preview.close()


def on_build_error(error: Exception, **_: Any) -> None:
    """End the line of the progress bar, and report in one line what MkDocs would show as a traceback."""
    _progress.close()
    if not isinstance(error, BuildError | Abort):
        logging.getLogger("mkdocs.hooks.archive").debug("The build failed", exc_info=error)
        place = f", line {error.lineno} of {error.name}" if isinstance(error, TemplateSyntaxError) else ""
        raise Abort(f"The site cannot be rendered: {type(error).__name__}: {error}{place}") from None


def _building() -> bool:
    """Return whether `archive build` runs this; it reports its progress itself."""
    return _BUILDING in os.environ


def _advance(text: str) -> str:
    if _bar is not None:
        _bar.update(1)
    return text


def _stop(error: ArchiveError) -> None:
    if _preview is None:
        raise PluginError(str(error))
    _preview.note(message=str(error))


class _Warnings(logging.Handler):
    """Notes the warnings of MkDocs during a build of the preview."""

    def emit(self, record: logging.LogRecord) -> None:
        if _preview and not record.name.startswith("mkdocs.livereload"):
            if problem := _locate(line := record.getMessage()):
                _preview.note(problem)
            else:
                _preview.note(message=line)


def _locate(line: str) -> Problem | None:
    """Return a warning about a link as a problem with its place; None for any other line."""
    match = _LINK.match(line)
    if match is None:
        return None
    file, target = _docs / match[1], match[2]
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
