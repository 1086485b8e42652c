"""Hook into MkDocs, so that it renders the generated pages. The only module that imports mkdocs."""

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

from archive.model.config import nav_exclusions
from archive.model.errors import ArchiveError
from archive.publish import build, generate, preview
from archive.publish.generate import load_archive
from archive.publish.preview import Preview
from archive.search.pagefind import index_site
from archive.validation.report import count_problems

_generated: Mapping[str, str | bytes] = {}  # every generated file
_pages: dict[str, str] = {}  # of these, the pages to be rendered
_ID = re.compile(r'\bid="([^"]+)"')
_HOME = "index.md"  # the one page of a preview that has none yet
_preview: Preview | None = None
_progress = ExitStack()
_bar: Any = None


def on_startup(command: str, **_: Any) -> None:
    """Begin the live preview, where this is one."""
    global _preview
    if command == "serve":
        _preview = Preview()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give each build of a preview a folder of its own, and the theme the value `extra.preview`.

    The theme then leaves out the pages' policy, which would stop the script that MkDocs adds for live reload.
    """
    if _preview:
        config.extra["preview"] = True
        config.site_dir = _preview.begin(Path(config.config_file_path).parent, config.site_dir)
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
        build.require_programs(root)
        _generated = generate.generate(load_archive(root, drafts=_preview is not None))
        unlisted = pathspec.GitIgnoreSpec.from_lines(nav_exclusions({"extra": dict(config.extra)}))
        config.not_in_nav = config.not_in_nav + unlisted if config.not_in_nav else unlisted
        _pages = {path: str(_generated[path]) for path in _generated if path.endswith(".md")}
    except ArchiveError as error:
        problems = error.problems
        if _preview is None:
            raise PluginError(f"{error}\n{count_problems(problems)}" if problems else str(error)) from None
        _preview.note(problems, "" if problems else str(error))
        if _generated:
            raise Abort("The pages stay as they were.") from None
        config.nav = [{"Home": _HOME}]
    else:
        if _preview:
            _preview.has_pages = True


def _stop(message: str) -> None:
    if _preview is None:
        raise PluginError(message)
    _preview.note(message=message)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages; one that fills the slots of a hand-written page replaces it."""
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
    """Write the files that need no rendering, and index the site, but where `archive build` does it later."""
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
    """Hand over the server to the preview, after the first build."""
    if _preview:
        _preview.attach(server, builder, config.site_dir)
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
    return "ARCHIVE_BUILD" in os.environ


def _advance(text: str) -> str:
    if _bar is not None:
        _bar.update(1)
    return text
