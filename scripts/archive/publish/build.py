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
from archive.publish import changes, continuity, edition, fixity, renderer_mkdocs
from archive.publish.atomic import AtomicDirectory
from archive.publish.cms import program
from archive.publish.edition import Edition
from archive.publish.files import site_files, write_files
from archive.publish.linkcheck import broken_links
from archive.text import formatting

_SOURCES = (reader.DOCS_FOLDER, reader.STATEMENTS_FOLDER)
_EPOCH = datetime.date(1970, 1, 1)
_MOST_NAMED = 5  # addresses in a message


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
        renderer_mkdocs.write_frame(folder, settings)
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
    say: Callable[[str], None],
    *,
    newest: datetime.date,
    site_url: str,
    since: Edition | None = None,
    keep: tuple[int, ...] = (),
) -> int:
    """Render the site beside `out`, check its links, index it, write its hashes, and put it in the place of `out`.

    `say` is called with each step, and with each change of the authorities since `since`, an earlier edition; how the
    data differ from its data is written beside them. `newest` is the day of the archive's newest change: the site's own
    clock, so that two builds of one commit are the same. `keep` are descriptors that the programs at work inherit.
    Return the number of pages.

    Raise ArchiveError where rendering fails or a link leads nowhere, where the site breaks a promise of `since` or
    cannot be indexed, and where `out` may not be written to.
    """
    place = AtomicDirectory(out, kind="site", root=root, sources=_SOURCES)
    with place as folder:
        keep = (place.lock, *keep)
        if not sys.stderr.isatty():  # where the renderer shows how far it is
            say("Rendering the pages")
        renderer_mkdocs.render(root, folder, clock=newest, keep=keep)
        now = _published(folder)
        if since is not None:
            _compare(since, now, root, say)
            write_files(folder, [(urls.DATA_FILES + changes.FILE, changes.dump(since, now))])
        say("Checking the links")
        if broken := list(broken_links(folder, site_url)):
            raise ArchiveError("\n".join([*broken, f"{len(broken)} links or ids of the finished site are wrong"]))
        fixity.seal(folder)
        return sum(1 for _ in folder.rglob("*.html"))


def _published(folder: Path) -> Edition:
    """Return what the site in this folder publishes. Raise ArchiveError where an address of it has no file."""
    published = edition.parse({name: (folder / urls.DATA_FILES / name).read_bytes() for name in edition.NAMES})
    files = {
        address: f"{address}index.html" if address.endswith("/") or not address else address
        for address in sorted(published.addresses)
    }
    if missing := [f"/{address}" for address, file in files.items() if not (folder / file).is_file()]:
        named = ", ".join(missing[:_MOST_NAMED])
        raise ArchiveError(f"{formatting.count(len(missing), 'page')} not rendered: {named}")
    return published


def _compare(since: Edition, now: Edition, root: Path, say: Callable[[str], None]) -> None:
    """Raise ArchiveError where the site to be published breaks a promise of an earlier edition.

    What they publish is compared, not the sources, which may have changed by now.
    """
    if problems := continuity.breaking_changes(since, now, lambda: reader.read(root).statements):
        raise ArchiveError(problems=problems)
    for line in continuity.authority_changes(since, now):
        say(line)
