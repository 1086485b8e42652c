"""MkDocs hook: puts the generated pages in as MkDocs pages. The only file that imports mkdocs."""

import logging
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
import pathspec
from jinja2 import TemplateSyntaxError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from archive.model import config as site_config
from archive.model.errors import ArchiveError
from archive.publish import build, generate, preview
from archive.publish.generate import load_archive
from archive.publish.preview import Preview
from archive.search.pagefind import index_site
from archive.validation.report import count_problems

_generated: Mapping[str, str | bytes] = {}  # all that is made
_pages: dict[str, str] = {}  # of it, what is to be rendered
_ID = re.compile(r'\bid="([^"]+)"')
_ONLY = "index.md"  # the one page of a preview that has none yet
_preview: Preview | None = None
_progress = ExitStack()
_bar: Any = None


def on_startup(command: str, **_: Any) -> None:
    """Begin a live preview, if this is one."""
    global _preview
    if command == "serve":
        _preview = Preview()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let each build of a preview have a folder of its own, and tell the theme of it.

    MkDocs puts a script into the pages of a preview that their policy would stop.
    """
    if _preview:
        config.extra["preview"] = True
        config.site_dir = _preview.begin(Path(config.config_file_path).parent, config.site_dir)
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Check and generate before MkDocs clears its output folder, so that a mistake leaves the last good site.

    A live preview goes on with the last good pages; before there are any, with one page for what is wrong.
    """
    global _generated, _pages
    if _building():
        for handler in logging.getLogger("mkdocs").handlers:
            handler.setLevel(logging.WARNING)
    try:
        root = Path(config.config_file_path).parent
        build.require_programs(root)
        _generated = generate.generate(load_archive(root, drafts=_preview is not None))
        unlisted = pathspec.GitIgnoreSpec.from_lines(site_config.nav_exclusions({"extra": dict(config.extra)}))
        config.not_in_nav = config.not_in_nav + unlisted if config.not_in_nav else unlisted
        _pages = {path: str(_generated[path]) for path in _generated if path.endswith(".md")}
    except ArchiveError as error:
        problems = error.problems
        if _preview is None:
            raise PluginError(f"{error}\n{count_problems(problems)}" if problems else str(error)) from None
        _preview.note(problems, "" if problems else str(error))
        if _generated:
            raise Abort("The pages stay as they were.") from None
        config.nav = [{"Home": _ONLY}]
    else:
        if _preview:
            _preview.has_pages = True


def _stop(message: str) -> None:
    if _preview is None:
        raise PluginError(message)
    _preview.note(message=message)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages; one that fills the places of a hand-written page stands in for it."""
    pages = _pages
    if not _generated:
        for file in files.documentation_pages():
            files.remove(file)
        pages = {_ONLY: preview.EMPTY}
    for path, text in pages.items():
        written = files.get_file_from_path(path)
        if written is not None:
            files.remove(written)
        front, body = generate.split_page(text)
        files.append(File.generated(config, path, content=front if body else text))
    if _building() and sys.stderr.isatty():
        global _bar
        steps = 2 * len(files.documentation_pages())  # each page is read, then written
        _bar = _progress.enter_context(click.progressbar(length=steps, label="Rendering the pages", file=sys.stderr))
    return files


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Put in the body of a generated page, which is HTML already: reading it as Markdown costs more than all else."""
    body = generate.split_page(_pages.get(page.file.src_uri, ""))[1]
    if body:
        page.present_anchor_ids = set(_ID.findall(body))
    return _step(body or html)


def on_post_page(output: str, **_: Any) -> str:
    """Note a page written."""
    return _step(output)


def on_post_build(config: MkDocsConfig) -> None:
    """Add what needs no rendering, and index the site, which `archive build` does itself after more checks."""
    _progress.close()
    if not _generated:
        return
    try:
        build.write_files(
            Path(config.site_dir), ((path, _generated[path]) for path in _generated if path not in _pages)
        )
        build.write_files(Path(config.site_dir), build.cms_files(Path(config.config_file_path).parent).items())
    except ArchiveError as error:
        _stop(str(error))
    if not _building():
        try:
            index_site(Path(config.site_dir))
        except ArchiveError as error:
            _stop(str(error))


def on_serve(server: Any, config: MkDocsConfig, builder: Callable[[], None], **_: Any) -> Any:
    """Hand the server over to the preview, when it has built for the first time."""
    if _preview:
        _preview.attach(server, builder, config.site_dir)
    return server


def on_shutdown() -> None:
    """End a live preview."""
    if _preview:
        _preview.close()


def on_build_error(error: Exception, **_: Any) -> None:
    """End the line of the progress bar, and say in one line what MkDocs would show as a traceback."""
    _progress.close()
    if not isinstance(error, BuildError | Abort):
        logging.getLogger("mkdocs.hooks.archive").debug("The build failed", exc_info=error)
        place = f", line {error.lineno} of {error.name}" if isinstance(error, TemplateSyntaxError) else ""
        raise Abort(f"The site cannot be rendered: {type(error).__name__}: {error}{place}") from None


def _building() -> bool:
    """Whether `archive build` runs this; it says itself what is being done."""
    return "ARCHIVE_BUILD" in os.environ


def _step(text: str) -> str:
    if _bar is not None:
        _bar.update(1)
    return text
