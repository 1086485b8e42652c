"""The archive on disk: a staged tree for any renderer, or the finished site, put in its place only when it is whole."""

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml

from archive.content import reader
from archive.exports import data
from archive.exports.data import manifest
from archive.exports.data.manifest import Manifest
from archive.model import config as site_config
from archive.model import urls
from archive.model.config import read_settings
from archive.model.errors import USAGE, ArchiveError
from archive.model.records import Archive
from archive.publish import continuity, fixity, generate
from archive.publish.atomic import MARK, AtomicDirectory, locked
from archive.publish.cms import fetch
from archive.publish.linkcheck import broken_links
from archive.search import pagefind
from archive.search.pagefind import index_site
from archive.text import formatting

_SOURCES = (reader.DOCS_FOLDER, reader.STATEMENTS_FOLDER)
_EPOCH = datetime.date(1970, 1, 1)
_MOST = 5  # addresses in a message
_NO_PAGES = ("404.html", urls.ADMIN)  # which have no address to stay
_THEME = Path(__file__).parents[1] / "theme"


def require_programs(root: Path) -> None:
    """See to it that the programs of others are there, so that what is missing does not come out at the end.

    Raises ArchiveError where one is not, or the settings cannot be read.
    """
    pagefind.program()
    if site_config.cms_backend(read_settings(root)):
        fetch.fetch(root)


def cms_files(root: Path) -> Mapping[str, bytes]:
    """What is not made by this program and goes into the site as it is: that of the form at `/admin/`, if there is one.

    Raises as `ready`.
    """
    return fetch.files(root) if site_config.cms_backend(read_settings(root)) else {}


def stage(root: Path, out: Path, archive: Archive) -> int:
    """Write the tree a renderer builds: `mkdocs.yml` without hooks, `docs/` with every page, `theme/`.

    Returns the number of pages. Raises ArchiveError where `out` may not be written to, and as `ready`.
    """
    with AtomicDirectory(out, kind="staged tree", root=root, sources=_SOURCES) as folder:
        shutil.copytree(
            root / reader.DOCS_FOLDER, folder / reader.DOCS_FOLDER, ignore=shutil.ignore_patterns(".*", "*~")
        )
        write_files(folder / reader.DOCS_FOLDER, generate.generate(archive).items())
        write_files(folder / reader.DOCS_FOLDER, cms_files(root).items())
        shutil.copytree(_THEME, folder / "theme")
        config = read_settings(root)
        for key in ("hooks", "watch", "docs_dir", "site_dir"):
            config.pop(key, None)
        if unlisted := site_config.nav_exclusions(config):
            config["not_in_nav"] = "\n".join([str(config.get("not_in_nav") or "").rstrip(), *unlisted])
        theme = config.get("theme")
        config["theme"] = {**(theme if isinstance(theme, dict) else {"name": theme}), "custom_dir": "theme"}
        text = yaml.safe_dump(config, sort_keys=False, allow_unicode=True)
        (folder / "mkdocs.yml").write_text(text, "utf-8", newline="\n")
        return sum(1 for _ in (folder / reader.DOCS_FOLDER).rglob("*.md"))


def list_links(root: Path, out: Path, archive: Archive) -> int:
    """Write the addresses of the sources, for a link checker: of each record, a file with an address a line.

    Returns the number of addresses. Raises ArchiveError where `out` may not be written to.
    """
    with AtomicDirectory(out, kind="list of links", root=root, sources=_SOURCES) as folder:
        found = {
            statement.id: sorted({url for one in statement.sources for url in (one.url, one.archived_url) if url})
            for statement in archive.statements
            if not statement.withdrawn
        }
        write_files(folder, ((f"{id}.txt", "".join(f"{url}\n" for url in urls)) for id, urls in found.items() if urls))
        return sum(map(len, found.values()))


def write_files(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files by their path in the folder. Raises ArchiveError where one would take the place of another file.

    A page may: one that fills the places of a hand-written page stands in for it.
    """
    for path, content in files:
        file = folder / path
        if file.exists() and not path.endswith(".md"):
            raise ArchiveError(f"docs/{path} has the name of a file that this program makes; give it another name")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def build(
    root: Path,
    out: Path,
    newest: datetime.date,
    say: Callable[[str], None],
    *,
    since: Manifest | None = None,
    keep: tuple[int, ...] = (),
) -> int:
    """Render the site beside `out`, check its links, index it, write down its hashes, and put it in the place of `out`.

    `newest` is the day of the archive's newest change: the site's own clock, so that two builds of one commit are the
    same. `say` is told what is being done, and what of the authorities is other than in `since`, the manifest of an
    edition before. `keep` are descriptors that the programs at work are to inherit. Returns the number of pages.

    Raises ArchiveError where rendering fails or a link leads nowhere, where the site does not go on from `since` or
    cannot be indexed, and where `out` may not be written to.
    """
    place = AtomicDirectory(out, kind="site", root=root, sources=_SOURCES)
    with place as folder:
        keep = (place.lock, *keep)
        _render(root, folder, newest, keep, say)
        made = _published(folder)
        if since is not None:
            _hold(made, since, root, say)
        say("Checking the links")
        if broken := list(broken_links(folder, str(read_settings(root).get("site_url") or "/"))):
            raise ArchiveError("\n".join([*broken, f"{len(broken)} links or ids of the finished site are wrong"]))
        say("Indexing for the search")
        index_site(folder, keep=keep)
        fixity.seal(folder)
        return sum(1 for _ in folder.rglob("*.html"))


def index(folder: Path) -> int:
    """Make the search index of a site that another renderer made of a staged tree, and write down its hashes.

    Only of a whole site of one edition: what is sealed is vouched for. Returns the number of pages in the index. Raises
    ArchiveError where `archive build` made the site, another run is at it, or it is not whole; it then has no hashes.
    """
    if (folder / MARK).exists():
        raise ArchiveError(f"{folder} was made by this program, which made its index too; build it anew instead", USAGE)
    with locked(folder) as lock:
        (folder / fixity.SUMS).unlink(missing_ok=True)  # they would no longer fit
        if damaged := fixity.damaged_data(folder):
            raise ArchiveError(
                "\n".join([*map(str, damaged), "the data of the site are not as the staged tree has them"])
            )
        made = _published(folder)
        pages = {path.relative_to(folder).as_posix().removesuffix("index.html") for path in folder.rglob("*.html")}
        if left := sorted(pages - {*made.addresses, *_NO_PAGES}):
            named = ", ".join(f"/{page}" for page in left[:_MOST])
            raise ArchiveError(
                f"{formatting.count(len(left), 'page')} of another edition, or of none: {named}; have the renderer "
                "make the site anew in an empty folder"
            )
        number = index_site(folder, keep=(lock,))
        fixity.seal(folder)
        return number


def _published(folder: Path) -> Manifest:
    """What the site in this folder says it has for good. Raises ArchiveError where it has not."""
    made = manifest.parse((folder / urls.DATA_FILES / data.MANIFEST).read_bytes())
    files = ((each, f"{each}index.html" if each.endswith("/") or not each else each) for each in made.addresses)
    if missing := [f"/{each}" for each, file in files if not (folder / file).is_file()]:
        raise ArchiveError(f"{formatting.count(len(missing), 'page')} not rendered: {', '.join(missing[:_MOST])}")
    return made


def _hold(made: Manifest, since: Manifest, root: Path, say: Callable[[str], None]) -> None:
    """Hold what is about to be published against an edition before: the files themselves may have changed by now."""
    documents = cache(lambda: {document.stem: document for document in reader.read(root).statements})
    if problems := continuity.breaking_changes(since, made, documents):
        raise ArchiveError(problems=problems)
    for line in continuity.authority_changes(since, made):
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
        raise ArchiveError("MkDocs did not render the site; what it says stands above")
