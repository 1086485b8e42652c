"""Write the archive to disk: a staged tree for any renderer, or the site, which replaces the former when complete."""

import datetime
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from archive.content import reader
from archive.model import urls
from archive.model.config import Settings
from archive.model.errors import ArchiveError
from archive.model.records import Archive
from archive.publish import cache, changes, continuity, edition, fixity, offline, renderer_mkdocs, storage
from archive.publish.atomic import AtomicDirectory
from archive.publish.cms import program
from archive.publish.edition import Edition
from archive.publish.files import site_files, write_files
from archive.publish.linkcheck import broken, is_page, read_links

_SOURCES = (reader.DOCS_FOLDER, reader.STATEMENTS_FOLDER)
_EPOCH = datetime.date(1970, 1, 1)


def require_programs(root: Path, settings: Settings) -> None:
    """Raise ArchiveError where a program that rendering the site needs is missing."""
    if settings.admin:
        program.files(root)
    renderer_mkdocs.check_hooks(root, settings)


def site_date(archive: Archive) -> datetime.date:
    """Return the day of the newest change of any record, which is the clock of the site."""
    return max((change.date for record in archive.statements for change in record.history), default=_EPOCH)


def stage_site(root: Path, out: Path, settings: Settings, archive: Archive) -> int:
    """Write the tree that any renderer can build: `mkdocs.yml` without hooks, `docs/` with every page, `theme/`.

    Return the number of pages. Raise ArchiveError where `out` may not be written to, and as `site_files` does.
    """
    with AtomicDirectory(out, kind="staged tree", root=root, sources=_SOURCES) as folder:
        shutil.copytree(
            root / reader.DOCS_FOLDER, folder / reader.DOCS_FOLDER, ignore=shutil.ignore_patterns(".*", "*~")
        )
        write_files(folder / reader.DOCS_FOLDER, site_files(root, archive).items())
        renderer_mkdocs.write_frame(folder, settings, site_date(archive).isoformat())
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


def build_site(
    root: Path,
    out: Path,
    archive: Archive,
    say: Callable[[str], None],
    *,
    since: Edition | None = None,
    cached: bool = True,
) -> int:
    """Make the site of a checked archive beside `out`, check its links, and put it in the place of `out`.

    `root` has the settings and the hand-written pages. `say` is called with each step, and with each change of the
    authorities since `since`, an earlier edition; how the data differ from its data is written beside them. The site's
    own clock is the day of the archive's newest change, so that two builds of one commit are the same. Where it is
    `cached`, what the build before has made is taken over if it has not changed, and what this one makes is kept.
    Return the number of pages.

    Raise ArchiveError where rendering fails or a link leads nowhere, where the site breaks a promise of `since`, and
    where `out` may not be written to.
    """
    key = cache.program_key((root / "mkdocs.yml").read_bytes())
    former = cache.load(root, key, out) if cached else cache.NO_CACHE
    spare = None if former is cache.NO_CACHE else root / storage.SPARE  # of a site of which little is left it is none
    with AtomicDirectory(out, kind="site", root=root, sources=_SOURCES, spare=spare) as folder:
        if not sys.stderr.isatty():  # where the renderer shows how far it is
            say("Rendering the pages")
        tasks = renderer_mkdocs.render(root, folder, archive, clock=site_date(archive), cache=former)
        if since is not None:
            now = edition.parse({name: (folder / urls.DATA_FILES / name).read_bytes() for name in edition.NAMES})
            _compare(since, now, root, say)
            write_files(folder, [(urls.DATA_FILES + changes.FILE, changes.dump(since, now))])
        if archive.offline:
            say("Packing the offline copy")
            offline.pack(folder, archive.site_url, site_date(archive))
        say("Checking the links")
        made = {file.path: file for task in tasks.values() for file in task.files}
        hashes = fixity.hashes(folder, {path: file.sha256 for path, file in made.items()})
        pages = {
            path: (path in made and made[path].links)
            or read_links(path, (folder / path).read_bytes(), archive.site_url)
            for path in filter(is_page, hashes)
        }
        if wrong := list(broken(pages, hashes, folder, archive.site_url)):
            raise ArchiveError("\n".join([*wrong, f"{len(wrong)} links or ids of the finished site are wrong"]))
        fixity.seal(folder, hashes)
    if cached:
        former.save(root, key, out, tasks)
    return len(pages)


def _compare(since: Edition, now: Edition, root: Path, say: Callable[[str], None]) -> None:
    """Raise ArchiveError where the site to be published breaks a promise of an earlier edition.

    What they publish is compared, not the sources, which may have changed by now.
    """
    if problems := continuity.breaking_changes(since, now, lambda: reader.read(root).statements):
        raise ArchiveError(problems=problems)
    for line in continuity.authority_changes(since, now):
        say(line)
