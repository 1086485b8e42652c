"""Write the SHA-256 of every file of a site, compare a site with its hashes, and captured texts with the records.

`SHA256SUMS` has the format of `sha256sum` of GNU coreutils: hash, two spaces, path; the line for a path with a
backslash or a line end begins with a backslash, and has these as \\\\, \\n and \\r.
"""

import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from archive.model import urls
from archive.model.document import Document, Fields, Items, Mark, Problem, Text, shown
from archive.model.errors import USAGE, ArchiveError
from archive.publish.atomic import MARK
from archive.text import formatting

SUMS = "SHA256SUMS"
_PACKED = ".gz"
_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)")
_PARAGRAPH = re.compile(r"par\. ([0-9]{1,6})")
_ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\r": "\r"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A file that is not as it was published: `missing`, `changed` or `additional`."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.what}: {ascii(self.path) if not self.path.isprintable() else self.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A site compared with its hashes: how many files they name, and each file that differs, sorted by path."""

    files: int
    differences: tuple[Difference, ...]

    def lines(self) -> Iterator[str]:
        """Yield the differences and their count, for people."""
        yield from map(str, self.differences)
        yield f"{formatting.count(self.files, 'file')} compared, {len(self.differences)} not as published"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedSource:
    """A source whose record gives a hash, and the files that have this hash."""

    path: str  # of the record
    mark: Mark
    source: int  # its position in the record's list, from 1
    sha256: str
    files: tuple[str, ...]

    def __str__(self) -> str:
        where = f"{self.path}:{self.mark.line}:{self.mark.col}: sources[{self.source}].sha256: {self.sha256}"
        return f"found: {where} is {', '.join(self.files)}" if self.files else f"missing: {where} is in no file"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureComparison:
    """Captured texts compared with the records: sources with a hash, in order, and the files that are of none."""

    captured: tuple[CapturedSource, ...]
    misplaced: tuple[Problem, ...]  # places past the end of a captured text
    without: int  # sources without a hash
    additional: tuple[str, ...]  # paths of files, sorted

    @property
    def is_complete(self) -> bool:
        """Whether each source with a hash has its file, each file its source, and each place is in the text."""
        return all(source.files for source in self.captured) and not self.additional and not self.misplaced

    def lines(self) -> Iterator[str]:
        """Yield each source and each additional file, then their counts, for people."""
        yield from map(str, self.captured)
        yield from map(str, self.misplaced)
        for path in self.additional:
            yield f"additional: {shown(path, 400)} belongs to no record"
        found = sum(bool(source.files) for source in self.captured)
        yield (
            f"{formatting.count(len(self.captured), 'source')} with a hash, {found} found; {self.without} without one; "
            f"{formatting.count(len(self.additional), 'file')} of no record"
        )


def seal(site: Path, known: Mapping[str, str] | None = None) -> None:
    """Write the hash of every file of a site, complete or not at all; nothing may be written into the site after it.

    `known` are the `hashes` of the site, where the caller has them already.
    """
    new = site / f".{SUMS}.new"
    new.unlink(missing_ok=True)  # of a run that was stopped
    lines = [_line(path, digest) for path, digest in sorted((hashes(site) if known is None else known).items())]
    new.write_text("".join(lines), "utf-8", newline="\n")
    new.rename(site / SUMS)


def verify(site: Path) -> Comparison:
    """Compare a site with its own hashes.

    A compressed copy, `X.gz` beside `X`, which a host sends in the place of `X`, is as published if it unpacks to what
    was published as `X`, or is there as `X` where that is the list of hashes or the mark. Raise ArchiveError where the
    site has no hashes or they cannot be read.
    """
    if not (site / SUMS).is_file():
        raise ArchiveError(f"{site} has no {SUMS}: name the folder of a site that archive build made", USAGE)
    actual = hashes(site)
    expected = _expected(site, "")
    data = _expected(site, urls.DATA_FILES) if urls.DATA_FILES + SUMS in actual else {}
    packable = {**expected, **{name: digest(site / name) for name in (SUMS, MARK) if (site / name).is_file()}}
    findings = []
    for path in actual.keys() - expected.keys():
        packed = packable.get(path.removesuffix(_PACKED)) if path.endswith(_PACKED) else None
        if packed is None:
            findings.append(Difference(path=path, what="additional"))
        elif _unpacked(site / path, site / path.removesuffix(_PACKED)) != packed:
            findings.append(Difference(path=path, what="changed"))
    for path in expected.keys() | data.keys():
        if path not in actual:
            findings.append(Difference(path=path, what="missing"))
        elif {actual[path]} != {sums[path] for sums in (expected, data) if path in sums}:
            findings.append(Difference(path=path, what="changed"))
    return Comparison(
        files=len(expected.keys() | data.keys()),
        differences=tuple(sorted(findings, key=lambda difference: difference.path)),
    )


def match_captures(
    documents: Iterable[Document], hashes: Mapping[str, str], paragraphs: Callable[[str], int | None]
) -> CaptureComparison:
    """Find the captured text of each source, also of drafts, among files whose SHA-256 `hashes` has by path.

    `paragraphs` returns how many a file has, None where it is no plain text.
    """
    files: dict[str, list[str]] = {}
    for path, sha256 in sorted(hashes.items()):
        files.setdefault(sha256, []).append(path)
    captured, misplaced, without = [], list[Problem](), 0
    for document in documents:
        sources = list(_items(document, "sources"))
        for number, source in enumerate(sources, 1):
            value = source.entries.get("sha256")
            if isinstance(value, Text):
                found = CapturedSource(
                    path=document.path,
                    mark=value.mark,
                    source=number,
                    sha256=value.value,
                    files=tuple(files.get(value.value, ())),
                )
                captured.append(found)
                if found.files and (count := paragraphs(found.files[0])) is not None:
                    misplaced += _past_the_end(document, str(number) if len(sources) > 1 else "", count)
            else:
                without += 1
    known = {source.sha256 for source in captured}
    additional = tuple(sorted(path for path, sha256 in hashes.items() if sha256 not in known))
    return CaptureComparison(
        captured=tuple(captured), misplaced=tuple(misplaced), without=without, additional=additional
    )


def hashes(folder: Path, known: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Return the SHA-256 of every file below, by its path in the folder; "" for a link. Those `known` are not read.

    Leave out the list of the hashes itself and the mark by which this program knows a folder as its own.
    """
    return {
        path: known.get(path) or ("" if (folder / path).is_symlink() else digest(folder / path))
        for path in walk_files(folder)
        if path not in (SUMS, MARK)
    }


def capture_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below that is not hidden, by its path in the folder."""
    return {path: sha256 for path, sha256 in hashes(folder).items() if "/." not in f"/{path}"}


def paragraph_count(folder: Path) -> Callable[[str], int | None]:
    """Return a function that counts the paragraphs of a file in the folder: its lines with text, if it is a .txt."""

    def count(path: str) -> int | None:
        if not path.endswith(".txt"):
            return None
        return sum(bool(line.strip()) for line in (folder / path).read_text("utf-8", "replace").splitlines())

    return count


def parse_hashes(content: bytes, name: str) -> Mapping[str, str]:
    """Read the content of the list of hashes called `name`; by path. Raise ArchiveError where it is none."""
    try:
        lines = content.decode("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError:
        raise ArchiveError(f"{name} is not UTF-8", USAGE) from None
    expected = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        path = match[3] if match else ""
        if match and match[1]:
            path = re.sub(r"\\[\\nr]", lambda escape: _ESCAPES[escape[0]], path)
        if match is None or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            raise ArchiveError(f"{name}:{number}: is not a hash, two spaces and a path in the site", USAGE)
        expected[path] = match[2]
    return expected


def walk_files(folder: Path | str, prefix: str = "") -> Iterator[str]:
    """Yield the path of every file in a folder, after a prefix; links are files and are not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from walk_files(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name


def digest(file: Path, algorithm: str = "sha256") -> str:
    """Return the hash of a file, in hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, algorithm).hexdigest()


def _unpacked(copy: Path, file: Path) -> str:
    """Return the SHA-256 of what a compressed copy of a file unpacks to; "" where it is none.

    What unpacks to more than the file has is read no further.
    """
    if copy.is_symlink() or not file.is_file():
        return ""
    try:
        with gzip.open(copy) as opened:
            content = opened.read(file.stat().st_size + 1)
    except (EOFError, OSError, zlib.error):
        return ""
    return hashlib.sha256(content).hexdigest()


def _expected(site: Path, folder: str) -> Mapping[str, str]:
    """Read the list of hashes in a folder of the site; by path in the site."""
    file = site / folder / SUMS
    return {folder + path: sha256 for path, sha256 in parse_hashes(file.read_bytes(), str(file)).items()}


def _line(path: str, digest: str) -> str:
    escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    mark = "" if escaped == path else "\\"
    return f"{mark}{digest}  {escaped}\n"


def _past_the_end(document: Document, source: str, paragraphs: int) -> Iterator[Problem]:
    """Yield each place in a source, by its number or "" where it is the only one, that its text does not have."""
    for group in ("requests", "figures", "terms"):
        for number, claim in enumerate(_items(document, group), 1):
            locator, of = claim.entries.get("locator"), claim.entries.get("source")
            if not isinstance(locator, Text) or (of.value if isinstance(of, Text) else "") != source:
                continue
            match = _PARAGRAPH.fullmatch(locator.value)
            if match and int(match[1]) > paragraphs:
                yield Problem(
                    path=document.path,
                    line=locator.mark.line,
                    col=locator.mark.col,
                    field=f"{group}[{number}].locator",
                    message=f"{locator.value!r} is past the end of the captured text",
                    hint=f"allowed: par. 1 to par. {paragraphs}",
                )


def _items(document: Document, name: str) -> Iterator[Fields]:
    node = document.fields.entries.get(name)
    for item in node.items if isinstance(node, Items) else ():
        yield item if isinstance(item, Fields) else Fields({}, {}, item.mark)
