"""Make a copy of a site that is read from the disk, as a folder or as a zip: every link names a file.

A browser that opens a file gets no `index.html` for a folder, and loads nothing by `fetch`. So links to folders name
their page, and what only a web server or the search needs is left out: the search page says that it needs the web.
"""

import datetime
import html
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from archive.content import reader
from archive.exports.data import metadata
from archive.model import urls
from archive.model.errors import USAGE, ArchiveError
from archive.publish import fixity
from archive.publish.atomic import MARK, AtomicDirectory
from archive.publish.files import write_files
from archive.publish.linkcheck import is_page

_SOURCES = (reader.DOCS_FOLDER, reader.STATEMENTS_FOLDER)
_INDEX = "index.html"
_FOLDER = f"{metadata.NAME}/"  # what the zip unpacks to
# of the root, for a server or of the web: the hashes are of the site's own files, not of these
_LEFT_OUT = {
    MARK,
    fixity.SUMS,
    urls.OFFLINE,
    "404.html",
    "_headers",
    "opensearch.xml",
    "robots.txt",
    "sitemap.xml",
    "sitemap.xml.gz",
}
_TAG = re.compile(
    r"<(a|area|audio|form|img|link|meta|script|source|video)\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?P<name>\s(?:action|data-to|href|poster|src|content(?=\s*=\s*[\"']?\s*0\s*;\s*url=)))\s*=\s*"
    r"(?P<quote>[\"'])?(?P<before>0\s*;\s*url=)?(?P<target>(?(quote)(?:(?!(?P=quote)).)*|[^\s\"'>]+))(?(quote)(?P=quote))",
    re.IGNORECASE | re.DOTALL,
)
_LOADED = ("link", "script")


@contextmanager
def copy_site(root: Path, site: Path, out: Path, site_url: str) -> Iterator[None]:
    """Write the copy of the site that the block makes, of the project at `root`, in place of the one in `out`.

    Raise ArchiveError at the start where `out` holds anything else, is in or around the site, or may not be written to.
    """
    if out.resolve().is_relative_to(site.resolve()):
        raise ArchiveError(f"{out} is in the site, which is replaced as a whole; name a folder elsewhere", USAGE)
    if site.resolve().is_relative_to(out.resolve()):
        raise ArchiveError(f"{site} is in {out}, which the copy replaces as a whole; name a folder elsewhere", USAGE)
    with AtomicDirectory(out, kind="offline copy", root=root, sources=_SOURCES) as folder:
        yield
        write_files(folder, _files(site, site_url))


def pack(site: Path, site_url: str, day: datetime.date) -> None:
    """Put the copy of a site into the site, as a zip, in which every file is of this day."""
    with zipfile.ZipFile(site / urls.OFFLINE, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path, content in _files(site, site_url):
            entry = zipfile.ZipInfo(_FOLDER + path, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, whatever the system is: its permissions are given
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _files(site: Path, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file of the copy, in the order of their paths."""
    paths = [path for path in sorted(fixity.walk_files(site)) if _is_read(path)]
    known = frozenset(paths)
    for path in paths:
        content = (site / path).read_bytes()
        yield path, (_for_disk(path, content.decode(), known, site_url).encode() if is_page(path) else content)


def _is_read(path: str) -> bool:
    """Return whether a file is of use without a server: of the search only its page is."""
    of_search = path.startswith(("assets/search", urls.SEARCH)) and path != f"{urls.SEARCH}{_INDEX}"
    return not (path in _LEFT_OUT or path.startswith(urls.ADMIN) or of_search)


def _for_disk(path: str, page: str, files: Collection[str], site_url: str) -> str:
    """Return the page at a path with each of its links to a file; one to what the copy has not leads to the web."""

    def written(found: re.Match[str]) -> str:
        target = html.unescape(found["target"])
        link = _link(path, target, files)
        if link is None and site_url != "/":
            link = urljoin(site_url + path, target)
        return "" if link is None else f'{found["name"]}="{found["before"] or ""}{html.escape(link)}"'

    def in_tag(tag: re.Match[str]) -> str:
        targets = [html.unescape(found["target"]) for found in _ADDRESS.finditer(tag[0])]
        if tag[1].lower() in _LOADED and None in [_link(path, target, files) for target in targets]:
            return ""
        return _ADDRESS.sub(written, tag[0])

    return _TAG.sub(in_tag, page)


def _link(path: str, target: str, files: Collection[str]) -> str | None:
    """Return what a target on the page at a path is in the copy, itself if it is elsewhere; None if it is not there."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path:
        return target
    folder = posixpath.dirname(path)
    place = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    for file in (place, posixpath.normpath(posixpath.join(place, _INDEX))):
        if file in files:
            return quote(posixpath.relpath(file, folder or ".")) + target[len(parts.path) :]
    return None
