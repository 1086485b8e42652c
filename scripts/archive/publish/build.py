"""Write the archive to disk: a staged tree for any renderer, or the site, which replaces the former when complete."""

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from archive.content import reader
from archive.exports import data
from archive.exports.data import manifest
from archive.exports.data.manifest import Manifest
from archive.model import config, urls
from archive.model.config import read_settings
from archive.model.errors import USAGE, ArchiveError
from archive.model.records import Archive
from archive.publish import continuity, fixity, generate
from archive.publish.atomic import MARK, AtomicDirectory, locked
from archive.publish.cms import program
from archive.publish.linkcheck import broken_links
from archive.search import facets, pagefind
from archive.search.pagefind import index_site
from archive.text import formatting

_SOURCES = (reader.DOCS_FOLDER, reader.STATEMENTS_FOLDER)
_HOOK = "scripts/archive/publish/renderer_mkdocs.py"  # in the project's folder
_EPOCH = datetime.date(1970, 1, 1)
_MOST_NAMED = 5  # addresses in a message
_NOT_PERMANENT = ("404.html", urls.ADMIN)  # pages whose addresses need not stay
_THEME = Path(__file__).parents[1] / "theme"


def require_programs(root: Path) -> None:
    """Raise ArchiveError where a hook or a program of others that a build needs is missing, or a setting is wrong."""
    settings = read_settings(root)
    pagefind.program()
    if config.cms_backend(settings):
        program.files(root)
    _check_hooks(root, settings)


def _check_hooks(root: Path, settings: Mapping[str, Any]) -> None:
    """Raise ArchiveError where `hooks` names a file that is not there, as it does in settings for an older program."""
    hooks = settings.get("hooks")
    for hook in hooks if isinstance(hooks, list) else []:
        if isinstance(hook, str) and not (root / hook).is_file():
            raise ArchiveError(f"mkdocs.yml: hooks: there is no {hook}; the line is now hooks: [{_HOOK}]")


def site_date(archive: Archive) -> datetime.date:
    """Return the day of the newest change of any record, which is the clock of the site."""
    return max((change.date for record in archive.statements for change in record.history), default=_EPOCH)


def cms_files(root: Path) -> Mapping[str, bytes]:
    """Return the files of the form at `/admin/` that others made, by path in the site; none without the form.

    Raise ArchiveError as `require_programs` does.
    """
    return program.files(root) if config.cms_backend(read_settings(root)) else {}


def stage_site(root: Path, out: Path, archive: Archive) -> int:
    """Write the tree that any renderer can build: `mkdocs.yml` without hooks, `docs/` with every page, `theme/`.

    Return the number of pages. Raise ArchiveError where `out` may not be written to, and as `require_programs` does.
    """
    with AtomicDirectory(out, kind="staged tree", root=root, sources=_SOURCES) as folder:
        shutil.copytree(
            root / reader.DOCS_FOLDER, folder / reader.DOCS_FOLDER, ignore=shutil.ignore_patterns(".*", "*~")
        )
        write_files(folder / reader.DOCS_FOLDER, generate.generate(archive).items())
        write_files(folder / reader.DOCS_FOLDER, cms_files(root).items())
        shutil.copytree(_THEME, folder / "theme")
        settings = read_settings(root)
        for key in ("hooks", "watch", "docs_dir", "site_dir"):
            settings.pop(key, None)
        if unlisted := config.nav_exclusions(settings):
            settings["not_in_nav"] = "\n".join([str(settings.get("not_in_nav") or "").rstrip(), *unlisted])
        theme = settings.get("theme")
        settings["theme"] = {**(theme if isinstance(theme, dict) else {"name": theme}), "custom_dir": "theme"}
        text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)
        (folder / "mkdocs.yml").write_text(text, "utf-8", newline="\n")
        return sum(1 for _ in (folder / reader.DOCS_FOLDER).rglob("*.md"))


def list_links(root: Path, out: Path, archive: Archive) -> int:
    """Write the addresses of the sources for a link checker: a file a record, an address a line.

    Return the number of addresses. Raise ArchiveError where `out` may not be written to.
    """
    with AtomicDirectory(out, kind="list of links", root=root, sources=_SOURCES) as folder:
        links = {
            record.id: sorted({url for source in record.sources for url in (source.url, source.archived_url) if url})
            for record in archive.statements
            if not record.withdrawn
        }
        write_files(folder, ((f"{id}.txt", "".join(f"{url}\n" for url in urls)) for id, urls in links.items() if urls))
        return sum(map(len, links.values()))


def write_files(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files by their path in the folder. Raise ArchiveError where one would overwrite another file.

    A page may: one that fills the slots of a hand-written page replaces it.
    """
    for path, content in files:
        file = folder / path
        if file.exists() and not path.endswith(".md"):
            raise ArchiveError(f"docs/{path} has the name of a file that this program makes; give it another name")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def build_site(
    root: Path,
    out: Path,
    newest: datetime.date,
    say: Callable[[str], None],
    *,
    since: Manifest | None = None,
    keep: tuple[int, ...] = (),
) -> int:
    """Render the site beside `out`, check its links, index it, write its hashes, and put it in the place of `out`.

    `newest` is the day of the archive's newest change: the site's own clock, so that two builds of one commit are the
    same. `say` is called with each step, and with each change of the authorities since `since`, the manifest of an
    earlier edition. `keep` are descriptors that the programs at work inherit. Return the number of pages.

    Raise ArchiveError where rendering fails or a link leads nowhere, where the site breaks a promise of `since` or
    cannot be indexed, and where `out` may not be written to.
    """
    place = AtomicDirectory(out, kind="site", root=root, sources=_SOURCES)
    with place as folder:
        keep = (place.lock, *keep)
        _render(root, folder, newest, keep, say)
        now = _published(folder)
        if since is not None:
            _compare(since, now, root, say)
        say("Checking the links")
        if broken := list(broken_links(folder, str(read_settings(root).get("site_url") or "/"))):
            raise ArchiveError("\n".join([*broken, f"{len(broken)} links or ids of the finished site are wrong"]))
        say("Indexing for the search")
        index_site(folder, keep=keep)
        fixity.seal(folder)
        return sum(1 for _ in folder.rglob("*.html"))


def finish_site(folder: Path) -> int:
    """Make the search index of a site that another renderer made of a staged tree, and write its hashes.

    Return the number of pages in the index. Raise ArchiveError where the folder is no such site, `archive build` made
    it, another run is at work on it, or pages or data are missing or of another edition; it then has no hashes, which
    would vouch for it.
    """
    if not (folder / facets.CATALOGUE_FILE).is_file():
        raise ArchiveError(f"{folder} is not a site made of a staged tree: it has no {facets.CATALOGUE_FILE}", USAGE)
    if (folder / MARK).exists():
        raise ArchiveError(f"{folder} was made by this program, which made its index too; build it anew instead", USAGE)
    with locked(folder) as lock:
        (folder / fixity.SUMS).unlink(missing_ok=True)  # they are about to be outdated
        if damaged := fixity.damaged_data(folder):
            raise ArchiveError(
                "\n".join([*map(str, damaged), "the data of the site are not as the staged tree has them"])
            )
        now = _published(folder)
        pages = {path.relative_to(folder).as_posix().removesuffix("index.html") for path in folder.rglob("*.html")}
        if left := sorted(pages - {*now.addresses, *_NOT_PERMANENT}):
            named = ", ".join(f"/{page}" for page in left[:_MOST_NAMED])
            raise ArchiveError(
                f"{formatting.count(len(left), 'page')} of another edition, or of none: {named}; have the renderer "
                "make the site anew in an empty folder"
            )
        number = index_site(folder, keep=(lock,))
        fixity.seal(folder)
        return number


def _published(folder: Path) -> Manifest:
    """Return the manifest of the site in this folder. Raise ArchiveError where an address of it has no file."""
    published = manifest.parse((folder / urls.DATA_FILES / data.MANIFEST).read_bytes())
    files = {
        address: f"{address}index.html" if address.endswith("/") or not address else address
        for address in published.addresses
    }
    if missing := [f"/{address}" for address, file in files.items() if not (folder / file).is_file()]:
        named = ", ".join(missing[:_MOST_NAMED])
        raise ArchiveError(f"{formatting.count(len(missing), 'page')} not rendered: {named}")
    return published


def _compare(since: Manifest, now: Manifest, root: Path, say: Callable[[str], None]) -> None:
    """Raise ArchiveError where the site to be published breaks a promise of an earlier edition.

    The manifests are compared, not the sources, which may have changed by now.
    """
    if problems := continuity.breaking_changes(since, now, lambda: reader.read(root).statements):
        raise ArchiveError(problems=problems)
    for line in continuity.authority_changes(since, now):
        say(line)


def _render(root: Path, folder: Path, newest: datetime.date, keep: tuple[int, ...], say: Callable[[str], None]) -> None:
    environment = {
        **os.environ,
        "ARCHIVE_BUILD": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str((newest - _EPOCH).days * 86_400),
    }
    if not sys.stderr.isatty():
        say("Rendering the pages")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    command += ["--config-file", str(root / "mkdocs.yml")]
    if subprocess.run(command, env=environment, cwd=root, pass_fds=keep, check=False).returncode != 0:
        raise ArchiveError("MkDocs did not render the site; its messages are above")
