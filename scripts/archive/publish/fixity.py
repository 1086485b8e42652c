"""The SHA-256 of every file of a folder: written down when a site is made, compared with it at any time after.

`SHA256SUMS` is as `sha256sum` of GNU coreutils writes and reads it: hash, two spaces, path; a line for a path with a
backslash or a line end begins with a backslash, and has them as \\\\, \\n and \\r.
"""

import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from archive.model import urls
from archive.model.document import Document, Fields, Items, Mark, Text
from archive.model.errors import USAGE, ArchiveError
from archive.publish.atomic import MARK

SUMS = "SHA256SUMS"
_PACKED = ".gz"
_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
_ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\r": "\r"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A file that is not as it was published: `missing`, `changed` or `additional`."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.what}: {ascii(self.path) if not self.path.isprintable() else self.path}"


def seal(site: Path) -> None:
    """Write down the hash of every file of a site; the last thing to be written into it, whole or not at all."""
    made = site / f".{SUMS}.new"
    made.unlink(missing_ok=True)  # left where this was stopped
    lines = [_line(path, digest) for path, digest in sorted(hashes(site).items())]
    made.write_text("".join(lines), "utf-8", newline="\n")
    made.rename(site / SUMS)


def damaged_data(site: Path) -> tuple[Difference, ...]:
    """Each file of the data that is missing or not as their own hashes say. Raises ArchiveError as `verify` does."""
    if not (site / urls.DATA_FILES / SUMS).is_file():
        raise ArchiveError(
            f"{site} has no {urls.DATA_FILES}{SUMS}: name the folder of a site made of a staged tree", USAGE
        )
    findings = []
    for path, sha256 in sorted(_expected(site, urls.DATA_FILES).items()):
        if not (site / path).is_file():
            findings.append(Difference(path=path, what="missing"))
        elif digest(site / path) != sha256:
            findings.append(Difference(path=path, what="changed"))
    return tuple(findings)


def verify(site: Path) -> tuple[int, tuple[Difference, ...]]:
    """Compare a site with its own hashes: how many files they name, and each file that differs, sorted.

    A compressed copy, `X.gz` beside `X`, is as published if it unpacks to what was published as `X`: a host sends it in
    the place of `X`.

    Raises ArchiveError where the site has no hashes or they cannot be read.
    """
    if not (site / SUMS).is_file():
        raise ArchiveError(f"{site} has no {SUMS}: name the folder of a site that archive build made", USAGE)
    found = hashes(site)
    expected = _expected(site, "")
    data = _expected(site, urls.DATA_FILES) if urls.DATA_FILES + SUMS in found else {}
    findings = []
    for path in found.keys() - expected.keys():
        packed = expected.get(path.removesuffix(_PACKED)) if path.endswith(_PACKED) else None
        if packed is None:
            findings.append(Difference(path=path, what="additional"))
        elif _unpacked(site / path, site / path.removesuffix(_PACKED)) != packed:
            findings.append(Difference(path=path, what="changed"))
    for path in expected.keys() | data.keys():
        if path not in found:
            findings.append(Difference(path=path, what="missing"))
        elif {found[path]} != {sums[path] for sums in (expected, data) if path in sums}:
            findings.append(Difference(path=path, what="changed"))
    return len(expected.keys() | data.keys()), tuple(sorted(findings, key=lambda finding: finding.path))


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below, by its path in the folder; of a link, none of what it leads to.

    Left out are the list of the hashes itself and the mark by which this program knows a folder as its own.
    """
    return {
        path: "" if file.is_symlink() else digest(file) for path, file in walk_files(folder) if path not in (SUMS, MARK)
    }


def _unpacked(copy: Path, file: Path) -> str:
    """The SHA-256 of what a compressed copy of a file unpacks to; "" where it is none, or larger than the file."""
    if copy.is_symlink() or not file.is_file():
        return ""
    try:
        with gzip.open(copy) as opened:
            content = opened.read(file.stat().st_size + 1)
    except (EOFError, OSError, zlib.error):
        return ""
    return hashlib.sha256(content).hexdigest()


def walk_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below a folder, with its path there; links are files and are not followed."""
    for place, folders, names in os.walk(folder, onerror=_fail):
        here = Path(place)
        prefix = "" if here == folder else f"{here.relative_to(folder).as_posix()}/"
        links = [name for name in folders if (here / name).is_symlink()]
        for name in (*names, *links):
            yield prefix + name, here / name


def digest(file: Path, algorithm: str = "sha256") -> str:
    """The hash of a file, in hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, algorithm).hexdigest()


def _fail(error: OSError) -> None:
    raise error


def _expected(site: Path, place: str) -> Mapping[str, str]:
    """What the list of hashes in one folder of the site says, by the path in the site."""
    file = site / place / SUMS
    try:
        lines = file.read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError:
        raise ArchiveError(f"{file} is not UTF-8", USAGE) from None
    expected = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        path = match[3] if match else ""
        if match and match[1]:
            path = re.sub(r"\\[\\nr]", lambda found: _ESCAPES[found[0]], path)
        if match is None or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            raise ArchiveError(f"{file}:{number}: is not a hash, two spaces and a path in the site", USAGE)
        expected[place + path] = match[2]
    return expected


def _line(path: str, digest: str) -> str:
    escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    mark = "" if escaped == path else "\\"
    return f"{mark}{digest}  {escaped}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A source with the hash that its record gives, and the files that have it."""

    path: str  # of the record
    mark: Mark
    source: int  # its place in the record's list, from 1
    sha256: str
    files: tuple[str, ...]

    def __str__(self) -> str:
        where = f"{self.path}:{self.mark.line}:{self.mark.col}: sources[{self.source}].sha256: {self.sha256}"
        return f"found: {where} is {', '.join(self.files)}" if self.files else f"missing: {where} is in no file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Sources that have a hash, in order; how many have none; and the files that belong to no record, sorted."""

    captured: tuple[Captured, ...]
    without: int
    additional: tuple[str, ...]


def match_captures(documents: Iterable[Document], hashes: Mapping[str, str]) -> Matched:
    """Find the text of each source, those of drafts included; `hashes` has that of every file by its path."""
    files: dict[str, list[str]] = {}
    for path, sha256 in sorted(hashes.items()):
        files.setdefault(sha256, []).append(path)
    captured, without = [], 0
    for document in documents:
        for number, source in enumerate(_sources(document), 1):
            written = source.entries.get("sha256")
            if isinstance(written, Text):
                captured.append(
                    Captured(
                        path=document.path,
                        mark=written.mark,
                        source=number,
                        sha256=written.value,
                        files=tuple(files.get(written.value, ())),
                    )
                )
            else:
                without += 1
    known = {one.sha256 for one in captured}
    additional = tuple(sorted(path for path, sha256 in hashes.items() if sha256 not in known))
    return Matched(captured=tuple(captured), without=without, additional=additional)


def _sources(document: Document) -> Iterator[Fields]:
    node = document.fields.entries.get("sources")
    for item in node.items if isinstance(node, Items) else ():
        yield item if isinstance(item, Fields) else Fields({}, {}, item.mark)
