"""MkDocs hook: puts the generated pages in as MkDocs pages. The only file that imports mkdocs."""

import logging
import os
import re
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from archive import npm, publish, search_index, site

_generated: Mapping[str, str | bytes] = {}  # all that is made
_pages: dict[str, str] = {}  # of it, what is to be rendered
_ID = re.compile(r'\bid="([^"]+)"')
_serving = False
_progress = ExitStack()
_bar: Any = None


def on_startup(command: str, **_: Any) -> None:
    """Note whether this is a live preview."""
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> None:
    """Tell the theme of a preview: MkDocs puts a script into its pages that their policy would stop."""
    if _serving:
        config.extra["preview"] = True


def on_pre_build(config: MkDocsConfig) -> None:
    """Check and generate before MkDocs clears its output folder, so that a mistake leaves the last good site.

    A live preview goes on with the last good pages: MkDocs answers no request at all while a build has failed.
    """
    global _generated, _pages
    if _building():
        for handler in logging.getLogger("mkdocs").handlers:
            handler.setLevel(logging.WARNING)
    try:
        publish.ready(Path(config.config_file_path).parent)
        _generated = site.generate(site.load(Path(config.config_file_path).parent))
        _pages = {path: str(_generated[path]) for path in _generated if path.endswith(".md")}
    except site.ContentError as error:
        _stop(f"{error}\n{site.count(error.problems)}")
    except (ValueError, search_index.Missing, npm.Missing) as error:
        _stop(str(error))


def _stop(message: str, consequence: str = "The last good pages stay up.") -> None:
    if not (_serving and _generated):
        raise PluginError(message)
    click.echo(f"{message}\n{consequence}", err=True)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages; one that fills the places of a hand-written page stands in for it."""
    for path, text in _pages.items():
        written = files.get_file_from_path(path)
        if written is not None:
            files.remove(written)
        front, body = site.parts(text)
        files.append(File.generated(config, path, content=front if body else text))
    if _building() and sys.stderr.isatty():
        global _bar
        steps = 2 * len(files.documentation_pages())  # each page is read, then written
        _bar = _progress.enter_context(click.progressbar(length=steps, label="Rendering the pages", file=sys.stderr))
    return files


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Put in the body of a generated page, which is HTML already: reading it as Markdown costs more than all else."""
    body = site.parts(_pages.get(page.file.src_uri, ""))[1]
    if body:
        page.present_anchor_ids = set(_ID.findall(body))
    return _step(body or html)


def on_post_page(output: str, **_: Any) -> str:
    """Note a page written."""
    return _step(output)


def on_post_build(config: MkDocsConfig) -> None:
    """Add what needs no rendering, and index the site, which `archive build` does itself after more checks."""
    _progress.close()
    try:
        publish.write(Path(config.site_dir), ((path, _generated[path]) for path in _generated if path not in _pages))
        publish.write(Path(config.site_dir), publish.beside_pages(Path(config.config_file_path).parent).items())
    except (publish.Failed, npm.Missing) as error:
        _stop(str(error), "The preview goes on without it.")
    if not _building():
        try:
            search_index.make(Path(config.site_dir))
        except (search_index.Failed, search_index.Missing) as error:
            _stop(str(error), "The preview goes on without the search.")


def on_build_error(error: Exception, **_: Any) -> None:
    """End the line of the progress bar, and say in one line what MkDocs would show as a traceback."""
    _progress.close()
    if not isinstance(error, BuildError | Abort):
        logging.getLogger("mkdocs.hooks.archive").debug("The build failed", exc_info=error)
        raise Abort(f"The site cannot be rendered: {type(error).__name__}: {error}") from None


def _building() -> bool:
    """Whether `archive build` runs this; it says itself what is being done."""
    return "ARCHIVE_BUILD" in os.environ


def _step(text: str) -> str:
    if _bar is not None:
        _bar.update(1)
    return text
