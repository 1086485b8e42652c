"""Pack the project and its site into a BagIt bag, to be kept elsewhere (RFC 8493, BagIt 1.0).

The payload is `data/sources/`, all that is needed to make the site again, and `data/site/`, the site made from these
sources. Nothing in the bag depends on when, where or from what kind of copy it was made.
"""

import datetime
import shutil
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive.content import reader
from archive.exports.data import metadata
from archive.model.errors import ArchiveError
from archive.model.records import Archive
from archive.publish import build, fixity, loading
from archive.publish.atomic import MARK, AtomicDirectory

SOURCES, SITE = "data/sources", "data/site"
PARTS = (
    reader.STATEMENTS_FOLDER,
    reader.DOCS_FOLDER,
    "scripts",
    "mkdocs.yml",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "LICENSE-DATA",
)
_ALGORITHMS = ("sha256", "sha512")
_TAG_FILES = ("bag-info.txt", "bagit.txt", *(f"manifest-{algorithm}.txt" for algorithm in _ALGORITHMS))
_CACHE = "__pycache__"
_FETCHED = ".cache"  # in the project: what a build fetched once and need not fetch again


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The size of what a bag holds."""

    files: int
    bytes: int


def pack_bag(root: Path, out: Path, archive: Archive, newest: datetime.date, say: Callable[[str], None]) -> Payload:
    """Make a bag in `out` of the project at `root` and its checked archive; `newest` is the day of its newest change.

    `say` is called with each step. Raise ArchiveError where the project lacks a part, and as `build_site` does.
    """
    if missing := [part for part in PARTS if not (root / part).exists()]:
        raise ArchiveError(f"{root} has no {', '.join(missing)}; without it the site could not be made again")
    place = AtomicDirectory(
        out, kind="bag", root=root, sources=(reader.DOCS_FOLDER, reader.STATEMENTS_FOLDER, "scripts", "tests")
    )
    with place as folder:
        say("Copying the sources")
        _copy_sources(root, folder / SOURCES)
        fetched = folder / SOURCES / _FETCHED
        if (root / _FETCHED).is_dir():
            fetched.symlink_to((root / _FETCHED).resolve())
        build.build_site(folder / SOURCES, folder / SITE, loading.load_archive(folder / SOURCES), say, cached=False)
        (folder / SITE / MARK).unlink()
        if fetched.is_symlink():
            fetched.unlink()
        for leftover in [fetched, *(folder / SOURCES).rglob(_CACHE)]:  # of the build
            if leftover.is_dir():
                shutil.rmtree(leftover)
        say("Writing the hashes")
        return _write_tags(folder, archive, newest)


def _copy_sources(root: Path, to: Path) -> None:
    """Copy every file of the parts, but hidden files, editors' backups and what Python leaves."""
    for part in PARTS:
        for name in fixity.walk_files(root / part, f"{part}/") if (root / part).is_dir() else [part]:
            path, file = Path(name), root / name
            if any(name.startswith(".") or name == _CACHE or name.endswith(("~", ".pyc")) for name in path.parts):
                continue
            if file.is_symlink():
                raise ArchiveError(f"{file} is a link; put the file itself there")
            (to / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, to / path)
            (to / path).chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)


def _write_tags(folder: Path, archive: Archive, newest: datetime.date) -> Payload:
    payload = sorted(fixity.walk_files(folder / "data", "data/"))
    if ambiguous := [path for path in payload if set(path) & set("%\r\n")]:  # some programs read these as escapes
        raise ArchiveError(f"{ambiguous[0]!r} has %, or a line end, in its name; give it another name")
    size = Payload(files=len(payload), bytes=sum((folder / path).stat().st_size for path in payload))
    (folder / "bagit.txt").write_bytes(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (folder / "bag-info.txt").write_bytes(_info(archive, newest, size).encode())
    for kind, paths in (("manifest", payload), ("tagmanifest", _TAG_FILES)):
        for algorithm in _ALGORITHMS:
            lines = [f"{fixity.digest(folder / path, algorithm)}  {path}\n" for path in paths]
            (folder / f"{kind}-{algorithm}.txt").write_bytes("".join(lines).encode())
    return size


def _info(archive: Archive, newest: datetime.date, size: Payload) -> str:
    """Return the fields of `bag-info.txt`, long values folded: each further line begins with a space."""
    values = {
        "Source-Organization": metadata.CONTRIBUTORS,
        "External-Identifier": archive.site_url,
        "External-Description": f"{archive.site_name}. {metadata.DESCRIPTION}",
        "Bagging-Date": newest.isoformat(),
        "Payload-Oxum": f"{size.bytes}.{size.files}",
        "Bag-Software-Agent": "archive package",
    }
    folded = textwrap.TextWrapper(79, subsequent_indent=" ", break_long_words=False, break_on_hyphens=False)
    return "".join(f"{folded.fill(f'{name}: {value}')}\n" for name, value in values.items())
