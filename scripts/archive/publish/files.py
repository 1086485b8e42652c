"""Make the files of the site from the archive, in several processes, and write files into a folder."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from archive.model import urls
from archive.model.errors import ArchiveError
from archive.model.records import Archive
from archive.pages.page import Page
from archive.publish import generate
from archive.publish.cms import program
from archive.publish.linkcheck import PageLinks, is_page, read_links
from archive.publish.workers import in_processes

_PIECE = 40  # files that a process makes before it takes others


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file of the site as it was written."""

    path: str
    sha256: str
    links: PageLinks | None = None  # of a page
    listed: bool = False  # whether the sitemap has it: it was made from records, and is no redirect
    updated: str = ""  # of such a page: ISO day of the last change of substance


Making = Callable[[], Iterable[Made]]


def site_files(root: Path, archive: Archive) -> generate.Files:
    """Return the files of `generate.generate`, with those of the form at `/admin/` that the project at `root` keeps.

    Raise ArchiveError as `generate.generate` and `program.files` do.
    """
    return generate.generate(archive, program.files(root) if archive.admin else {})


def make_others(site: Path, files: generate.Files, site_url: str, advance: Callable[[int], object]) -> list[Made]:
    """Make all that is no page to be rendered, and write it into the folder `site`; `files` reads it there afterwards.

    Links to `site_url` are the site's own. `advance` is called with the number of files done. Raise ArchiveError where
    a hand-written file has the name of one of them.
    """

    def make(path: str) -> Iterator[Made]:
        yield _write(site, path, files.others[path](), site_url)

    def searched() -> Iterator[Made]:
        for path, content in files.searched().items():
            yield _write(site, path, content, site_url)

    data = [partial(make, path) for path in files.others if path.startswith(urls.DATA_FILES)]
    others = [partial(make, path) for path in files.others if not path.startswith(urls.DATA_FILES)]
    made = _make([[searched], data, *_pieces(others)], advance)  # the longest first; data are hashed by who made them
    files.others.update({path: (site / path).read_bytes for path in files.others})
    return made


def make_pages(
    site: Path,
    files: generate.Files,
    site_url: str,
    frame: Callable[[str, Page], str],
    advance: Callable[[int], object],
) -> list[Made]:
    """Make the pages that are to be rendered, likewise; `frame` puts the page at a path into its frame."""

    def make(path: str) -> Iterator[Made]:
        page = files.pages[path]()
        made = _write(site, f"{page.address}index.html", frame(path, page), site_url)
        yield replace(made, listed=not page.redirect, updated=page.updated)

    return _make(_pieces([partial(make, path) for path in files.pages]), advance)


def write_files(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files by their path in the folder. Raise ArchiveError where one would overwrite another file.

    A page may: one that fills the slots of a hand-written page replaces it.
    """
    for path, content in files:
        _write_new(folder / path, path, content if isinstance(content, bytes) else content.encode())


def _pieces(makings: Sequence[Making]) -> Iterator[Sequence[Making]]:
    for start in range(0, len(makings), _PIECE):
        yield makings[start : start + _PIECE]


def _make(pieces: Iterable[Sequence[Making]], advance: Callable[[int], object]) -> list[Made]:
    made: list[Made] = []
    for done in in_processes([partial(_all, piece) for piece in pieces]):
        made += done
        advance(len(done))
    return made


def _all(piece: Iterable[Making]) -> list[Made]:
    return [made for making in piece for made in making()]


def _write(site: Path, path: str, content: str | bytes, site_url: str) -> Made:
    data = content if isinstance(content, bytes) else content.encode()
    _write_new(site / path, path, data)
    links = read_links(path, data, site_url) if is_page(path) else None
    return Made(path=path, sha256=hashlib.sha256(data).hexdigest(), links=links)


def _write_new(file: Path, path: str, data: bytes) -> None:
    if file.exists() and not path.endswith(".md"):
        raise ArchiveError(f"docs/{path} has the name of a file that this program makes; give it another name")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
