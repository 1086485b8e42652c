"""Pack the project and its site into a BagIt bag, to be kept elsewhere (RFC 8493, BagIt 1.0).

The payload is `data/sources/`, all that is needed to make the site again, and `data/site/`, the site made from these
sources. Nothing in the bag depends on when, where or from what kind of copy it was made.
"""

import datetime
import shutil
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.content import reader
from archive.exports.data import metadata
from archive.model.errors import ArchiveError
from archive.model.records import Archive
from archive.publish import build, fixity
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
        for path, file in _sources(root):
            _copy(file, folder / SOURCES / path)
        fetched = folder / SOURCES / _FETCHED
        if (root / _FETCHED).is_dir():
            fetched.symlink_to((root / _FETCHED).resolve())
        build.build_site(
            folder / SOURCES, folder / SITE, say, newest=newest, site_url=archive.site_url, keep=(place.lock,)
        )
        (folder / SITE / MARK).unlink()
        if fetched.is_symlink():
            fetched.unlink()
        for leftover in [fetched, *(folder / SOURCES).rglob(_CACHE)]:  # of the build
            if leftover.is_dir():
                shutil.rmtree(leftover)
        say("Writing the hashes")
        return _write_tags(folder, archive, newest)


def _sources(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file of the parts with its path, but hidden files, editors' backups and what Python leaves."""
    for part in PARTS:
        files = fixity.walk_files(root / part) if (root / part).is_dir() else [("", root / part)]
        for path, file in files:
            names = path.split("/")
            if any(name.startswith(".") or name == _CACHE for name in names) or names[-1].endswith(("~", ".pyc")):
                continue
            if file.is_symlink():
                raise ArchiveError(f"{file} is a link; put the file itself there")
            yield (f"{part}/{path}" if path else part), file


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)
    to.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)


def _write_tags(folder: Path, archive: Archive, newest: datetime.date) -> Payload:
    payload = sorted((f"data/{path}", file) for path, file in fixity.walk_files(folder / "data"))
    if ambiguous := [path for path, _ in payload if set(path) & set("%\r\n")]:  # some programs read these as escapes
        raise ArchiveError(f"{ambiguous[0]!r} has %, or a line end, in its name; give it another name")
    size = Payload(files=len(payload), bytes=sum(file.stat().st_size for _, file in payload))
    tags = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(_info(archive, newest, size)),
    }
    for name, text in tags.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    tag_files = sorted([*tags, *(f"manifest-{algorithm}.txt" for algorithm in _ALGORITHMS)])
    for algorithm in _ALGORITHMS:
        _write_manifest(folder / f"manifest-{algorithm}.txt", payload, algorithm)
    for algorithm in _ALGORITHMS:
        _write_manifest(folder / f"tagmanifest-{algorithm}.txt", [(tag, folder / tag) for tag in tag_files], algorithm)
    return size


def _info(archive: Archive, newest: datetime.date, size: Payload) -> Iterator[str]:
    """Yield the fields of `bag-info.txt`, long values folded: each further line begins with a space."""
    values = {
        "Source-Organization": metadata.CONTRIBUTORS,
        "External-Identifier": archive.site_url,
        "External-Description": f"{archive.site_name}. {metadata.DESCRIPTION}",
        "Bagging-Date": newest.isoformat(),
        "Payload-Oxum": f"{size.bytes}.{size.files}",
        "Bag-Software-Agent": "archive package",
    }
    for name, value in values.items():
        text = f"{name}: {value}"
        yield textwrap.fill(text, 79, subsequent_indent=" ", break_long_words=False, break_on_hyphens=False) + "\n"


def _write_manifest(to: Path, files: list[tuple[str, Path]], algorithm: str) -> None:
    lines = [f"{fixity.digest(file, algorithm)}  {path}\n" for path, file in files]
    to.write_text("".join(lines), "utf-8", newline="\n")
