"""Render the site with MkDocs, and preview it with MkDocs' server. The only module that knows MkDocs.

`render` runs MkDocs in this process, `serve` starts it in one of its own. As `hooks` in `mkdocs.yml` names this file,
MkDocs loads it, and calls its functions `on_...`: https://www.mkdocs.org/dev-guide/plugins/#events

MkDocs itself reads and renders the hand-written pages only. What is made from records is put into the same frame here,
in several processes, which takes a tenth of the time.
"""

import datetime
import gc
import hashlib
import logging
import os
import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple, NoReturn
from urllib.parse import urljoin

import click
import pathspec
import yaml
from jinja2 import Environment, TemplateSyntaxError
from mkdocs.commands.build import build, get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, MkDocsException, PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from archive.content import reader
from archive.model import document, plain, urls
from archive.model.authorities import INDEXES
from archive.model.config import Settings
from archive.model.document import Mark, Problem
from archive.model.errors import USAGE, ArchiveError
from archive.model.records import Archive
from archive.pages import dates
from archive.pages import page as pages
from archive.pages.generated import sought
from archive.publish import generate, loading, preview
from archive.publish.cache import NO_CACHE, Cache, Task, program_key
from archive.publish.files import Making, site_files
from archive.publish.preview import Preview
from archive.text import formatting
from archive.validation.report import count_problems

_HOOK = "scripts/archive/publish/renderer_mkdocs.py"  # in the project's folder
_THEME = Path(__file__).parents[1] / "theme"
_LINK = re.compile(r"Doc file '([^']+)' contains [^']*'([^']+)'")  # a warning
_STATEMENTS, _ABOUT = f"{urls.STATEMENTS}index.md", "about.md"
_HOME = "index.md"  # the one page of a preview that has none yet
_ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1"}
_SITEMAP = "sitemap.xml"
# what MkDocs makes of a hand-written page before it is put into its frame
_RENDERED = ("markdown", "meta", "content", "toc", "_title_from_render", "present_anchor_ids")
_POLL, _POLL_FILE = 0.1, 0.00004  # seconds between looks for changes of a preview, at least, and more by each page


class _Listed(NamedTuple):
    """A page of records as the sitemap lists it."""

    url: str
    canonical_url: str | None
    meta: Mapping[str, str]
    page: None = None


class _Rendering:
    """What is being rendered, and what was made of it; `archive` is there where it is handed over."""

    def __init__(self, archive: Archive | None = None, cache: Cache = NO_CACHE) -> None:
        self.archive = archive
        self.cache = cache
        self.key = ""  # of the program and the settings with which the cache was made
        self.making: Making | None = None
        self.files: generate.Files | None = None
        self.nav: Navigation | None = None
        self.prints: dict[str, bytes] = {}  # of the hand-written pages that are made again
        self.progress = ExitStack()
        self.bar: Any = None


_rendering = _Rendering()
_preview: Preview | None = None
_docs = Path()  # the folder of the hand-written pages


def render(tree: Path, out: Path, archive: Archive, *, clock: datetime.date, cache: Cache) -> Mapping[str, Task]:
    """Render the archive with the settings and the hand-written pages of the project at `tree` into the folder `out`.

    `clock` is the site's own day; `cache` is of the build before. Return what was made of the records, by name. What is
    wrong with the hand-written pages is printed, and on a terminal the progress. Raise ArchiveError where it fails.
    """
    seconds = int(datetime.datetime.combine(clock, datetime.time(), datetime.UTC).timestamp())
    before = dict(os.environ)
    os.environ |= _ENVIRONMENT | {"SOURCE_DATE_EPOCH": str(seconds)}
    log = logging.getLogger("mkdocs")
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    log.addHandler(handler)
    try:
        config = load_config(str(tree / "mkdocs.yml"), strict=True, site_dir=str(out))
        loaded: Iterable[Any] = config["hooks"].values()
        hook = next((hook for hook in loaded if hasattr(hook, "_Rendering")), None)  # this file, as MkDocs loads it
        if hook is None:
            raise ArchiveError(f"mkdocs.yml: hooks: {_HOOK} is not among them")
        hook._rendering = rendering = _Rendering(archive, cache)
        build(config)
    except (MkDocsException, Abort) as error:
        click.echo(f"{error}", err=True)
        raise ArchiveError("MkDocs did not render the site; its messages are above") from None
    finally:
        log.removeHandler(handler)
        os.environ.clear()
        os.environ.update(before)
    return {} if rendering.making is None else rendering.making.tasks


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
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--config-file", str(tree / "mkdocs.yml")]
    os.execve(sys.executable, command, os.environ | _ENVIRONMENT)  # noqa: S606


def check_hooks(tree: Path, settings: Settings) -> None:
    """Raise ArchiveError where `hooks` names a file that is not there, as it does in settings for an older program."""
    hooks = settings.raw.get("hooks")
    for hook in hooks if isinstance(hooks, list) else []:
        if isinstance(hook, str) and not (tree / hook).is_file():
            fix = "restore it" if hook == _HOOK else f"the line is now hooks: [{_HOOK}]"
            raise ArchiveError(f"mkdocs.yml: hooks: there is no {hook}; {fix}")


def write_frame(tree: Path, settings: Settings, updated: str = "") -> None:
    """Write the theme and the settings with which a tree that has every page in `docs/` is rendered without hooks.

    `updated` is the day of the archive's newest change.
    """
    shutil.copytree(_THEME, tree / "theme")
    raw = {key: value for key, value in settings.raw.items() if key not in ("hooks", "watch", "docs_dir", "site_dir")}
    if "nav" in raw:
        raw["nav"] = _nav(raw["nav"])
    raw["not_in_nav"] = "\n".join([str(raw.get("not_in_nav") or "").rstrip(), *_not_in_nav(settings.redirects)])
    if updated:
        raw["extra"] = {**(raw.get("extra") or {}), "updated": updated}
    theme = raw.get("theme")
    raw["theme"] = {**(theme if isinstance(theme, dict) else {"name": theme}), "custom_dir": "theme"}
    text = yaml.safe_dump(raw, sort_keys=False, allow_unicode=True)
    (tree / "mkdocs.yml").write_text(text, "utf-8", newline="\n")


def _nav(nav: Any) -> Any:
    """Return `nav` with the indexes where it does not name them itself, after the statements or About.

    What follows About stands in the foot of a page, not in its head.
    """
    if not isinstance(nav, list):
        return nav
    for after, in_masthead in ((_STATEMENTS, True), (_ABOUT, False)):
        named = [path for item in nav if isinstance(item, dict) for path in item.values()]
        lists = {
            f"{urls.entries(name)}index.md": formatting.capitalised(index.many)
            for name, index in INDEXES.items()
            if index.in_masthead == in_masthead
        }
        missing = [{title: path} for path, title in lists.items() if path not in named]
        place = named.index(after) + 1 if after in named else len(nav)
        nav = [*nav[:place], *missing, *nav[place:]]
    return nav


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
    that MkDocs adds for live reload. Of the theme that ours is laid over no page uses anything.
    """
    global _docs
    config.nav = _nav(config.nav)
    if config.theme.custom_dir:
        config.theme.dirs = [config.theme.custom_dir, config.theme.dirs[-1]]  # and what is MkDocs' own
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
    root = Path(config.config_file_path).parent
    _rendering.making = None
    try:
        archive = _rendering.archive or loading.load_archive(root, drafts=_preview is not None, cached=True)
        _rendering.files = site_files(root, archive)
        if _preview and (key := program_key(Path(config.config_file_path).read_bytes())) != _rendering.key:
            _rendering.cache, _rendering.key = NO_CACHE, key
        config.extra["updated"] = dates.updated(archive.statements)
        unlisted = pathspec.GitIgnoreSpec.from_lines(_not_in_nav(archive.redirects))
        config.not_in_nav = config.not_in_nav + unlisted if config.not_in_nav else unlisted
    except ArchiveError as error:
        if _preview is None:
            _stop(error)
        _preview.note(*error.problems, message="" if error.problems else str(error))
        if _rendering.files is not None:
            raise Abort("The pages stay as they were.") from None
        config.nav = [{"Home": _HOME}]
    else:
        if _preview:
            _preview.has_pages = True


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of records, and those that fill the slots of hand-written ones, which they replace."""
    generated = _rendering.files
    filled: Mapping[str, Callable[[], str | bytes]] = {_HOME: lambda: preview.EMPTY}
    if generated is None:
        for file in files.documentation_pages():
            files.remove(file)
    else:
        making = Making(generated, Path(config.site_dir), config.site_url or "/", _rendering.cache, _advance)
        _rendering.making = making
        if _rendering.archive is not None:  # it stays to the end: the collector need not go through it again and again
            gc.freeze()
        _show_progress(len(making) + len(files.documentation_pages()))
        try:
            making.others()
        except ArchiveError as error:
            _stop(error)
        for path in generated.pages:
            files.append(_GeneratedPage.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        filled = generated.filled
    for path, make in filled.items():
        if (handwritten := files.get_file_from_path(path)) is not None:
            files.remove(handwritten)
        files.append(File.generated(config, path, content=make()))
    return files


class _GeneratedPage(File):
    """A page of records: to be linked to, but not to be read and rendered by MkDocs."""

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        pass

    def _get_dest_path(self, use_directory_urls: bool | None = None) -> str:
        return f"{self.src_uri.removesuffix('.md')}.html"

    dest_uri = cached_property(_get_dest_path)


def on_nav(nav: Navigation, files: Files, **_: Any) -> None:
    """Keep the navigation, tell the theme of its ways in, and take the hand-written pages that have not changed."""
    _rendering.nav, _rendering.prints = nav, {}
    for page in nav.pages:
        page.meta = {"sought": sought(page.file.src_uri.removesuffix("index.md"))}
    known = repr(sorted(files.src_uris)).encode()  # what a link may lead to
    written = [file.page for file in files.documentation_pages() if file.page and _rendering.making]
    for page in written:
        _take_text(page, hashlib.sha256(known + page.file.content_bytes).digest(), files)


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Keep what MkDocs made of the text of a hand-written page, unless something is wrong with it."""
    name, making = _text(page), _rendering.making
    if making is not None and name in _rendering.prints and not (_preview and _preview.has_notes):
        links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
        value = plain.dump(({name: getattr(page, name) for name in _RENDERED}, links))
        making.tasks[name] = Task((), _rendering.prints[name], value=value)
    return html


def _text(page: Page) -> str:
    return f"text/{page.file.src_uri}"


def _take_text(page: Page, print: bytes, files: Files) -> None:
    """Take what was made of the text of a page with this fingerprint, or note that it is to be made."""
    making = _rendering.making
    task = making.cache.take(_text(page), Path(), lambda _: print) if making else None
    if making and task and _restore(page, task.value, files):
        making.tasks[_text(page)] = task
    else:
        _rendering.prints[_text(page)] = print


def _do_nothing(*_: object) -> None:
    pass


def _restore(page: Page, value: bytes, files: Files) -> bool:
    """Give a page what was made of its text before, and have it not be made again; return whether that is known."""
    try:
        rendered, links = plain.load(value, TableOfContents, AnchorLink)
    except Exception:  # its metadata are more than texts
        return False
    made_before = {"read_source": _do_nothing, "render": _do_nothing}
    vars(page).update(rendered | made_before)
    page.links_to_anchors = {files.src_uris[name]: anchors for name, anchors in links.items()}
    return True


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Make the pages of records."""
    nav, making = _rendering.nav, _rendering.making
    if nav is None or making is None:
        return
    env.auto_reload = _preview is not None  # else each page looks anew for each part of its frame

    def frame(path: str, made: pages.Page) -> str:
        file = files.src_uris[path]
        page = file.page or Page(None, file, config)
        page.meta = generate.metadata(made)
        page.content = made.html.rstrip("\n")
        page.active = True  # for the navigation
        context = get_context(nav, (), config, page)
        output = env.get_template(str(page.meta.get("template", "main.html"))).render(context)
        page.active = False
        return output

    making.pages(frame, _frame_key(config, nav))


def _frame_key(config: MkDocsConfig, nav: Navigation) -> str:
    """Return a hash of what a frame depends on besides the program and the settings: the project may have a theme."""
    folder = Path(config.theme.custom_dir or _THEME)
    theme = [(str(path), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]
    return hashlib.sha256(
        repr([[(item.title, getattr(item, "url", "")) for item in nav.items], theme]).encode()
    ).hexdigest()


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig, **_: Any) -> dict[str, Any]:
    """Let the sitemap list the pages of records too."""
    if template_name == _SITEMAP:
        context["pages"] = [*context["pages"], *_listed(config.site_url or "")]
    return context


def on_post_page(output: str, **_: Any) -> str:
    """Count a hand-written page as written."""
    _advance(1, "hand-written pages")
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """End the progress bar, and let the next build of a preview take over what has not changed."""
    _rendering.progress.close()
    if _preview and _rendering.making is not None:
        site = Path(config.site_dir)
        _rendering.cache = Cache(_rendering.making.tasks, site, replaced=True, spare=_preview.spare)


def on_serve(server: Any, config: MkDocsConfig, builder: Callable[[], None], **_: Any) -> Any:
    """Hand over the server to the preview, after the first build."""
    if _preview:
        _preview.begin(Path(config.site_dir))
        for path in (folders := (config.docs_dir, config.config_file_path)):
            server.unwatch(path)
        files = 0 if _rendering.files is None else len(_rendering.files.pages)
        server.observer = type(server.observer)(timeout=max(_POLL, _POLL_FILE * files))
        for path in folders:
            server.watch(path)
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
    _rendering.progress.close()
    if not isinstance(error, BuildError | Abort | ArchiveError):
        logging.getLogger("mkdocs.hooks.archive").debug("The build failed", exc_info=error)
        place = f", line {error.lineno} of {error.name}" if isinstance(error, TemplateSyntaxError) else ""
        raise Abort(f"The site cannot be rendered: {type(error).__name__}: {error}{place}") from None


def _listed(site_url: str) -> Iterator[_Listed]:
    for made in _rendering.making.made() if _rendering.making is not None else ():
        if made.listed:
            url = made.path.removesuffix("index.html")
            meta = {"updated": made.updated} if made.updated else {}
            yield _Listed(url, urljoin(site_url, url) if site_url else None, meta)


def _show_progress(steps: int) -> None:
    if _rendering.archive is not None and sys.stderr.isatty():
        bar = click.progressbar(
            length=steps, label="Making the site", show_pos=True, item_show_func=lambda what: what, file=sys.stderr
        )
        _rendering.bar = _rendering.progress.enter_context(bar)


def _advance(steps: int, what: str) -> None:
    if _rendering.bar is not None:
        _rendering.bar.update(steps, what)


def _stop(error: ArchiveError) -> NoReturn:
    """End the build: by the error itself where `render` runs it, else as MkDocs wants to be told."""
    if _rendering.archive is not None:
        raise error
    raise PluginError(f"{error}\n{count_problems(error.problems)}" if error.problems else str(error))


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
