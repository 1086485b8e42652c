"""Fetch pinned packages of the npm registry once, keep them, and verify them at every use.

A package is pinned by version and by the SHA-512 of its archive (Subresource Integrity, as npm itself notes it). No
script of a package is run, and only those of its files are used that are named with it.
"""

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.model import urls
from archive.model.errors import USAGE, ArchiveError
from archive.publish.cms import page as cms_page

CACHE = Path(".cache") / "admin"
_PINNED = Path(__file__).with_name("admin-packages.json")

# The program loads its fonts from other hosts. Its icons are put on the site; text is in the reader's own font.
_FACE = re.compile(rb"@font-face \{font-family:'(?P<family>[^']+)';.*?\}", re.DOTALL)
_SOURCE = re.compile(rb"url\(https://[^)]+\)")
_ICONS = b"Material Symbols Outlined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package, and the place beside the page for each of its files."""

    name: str
    version: str
    integrity: str  # "sha512-" and the digest in base64
    files: Mapping[str, str]

    @property
    def kept(self) -> str:
        """The file name of its archive in the cache, made of its hash."""
        return f"{hashlib.sha256(self.integrity.encode()).hexdigest()[:32]}.tgz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """The packages that a JSON file lists, and the folder they are kept in."""

    list: Path
    cache: Path
    purpose: str  # for messages: "the program of ..."

    def packages(self) -> tuple[Package, ...]:
        """Read the list of packages."""
        return tuple(Package(**entry) for entry in json.loads(self.list.read_text("utf-8")))

    def fetch(self) -> None:
        """Fetch every package that is not kept yet. Raise ArchiveError where npm cannot, or has another."""
        for package in self.packages():
            self._archive(package)

    def files(self) -> dict[str, bytes]:
        """Return every listed file by where it goes. Raise ArchiveError as `fetch` does."""
        contents: dict[str, bytes] = {}
        for package in self.packages():
            with tarfile.open(fileobj=io.BytesIO(self._archive(package)), mode="r:gz") as opened:
                for name, place in package.files.items():
                    contents[place] = self._member(opened, name, package)
        return contents

    def _member(self, opened: tarfile.TarFile, name: str, package: Package) -> bytes:
        try:
            member = opened.extractfile(f"package/{name}")
        except KeyError:
            member = None
        if member is None:
            raise ArchiveError(f"{package.name} {package.version} has no {name}; correct {self.list.name}", USAGE)
        return member.read()

    def _archive(self, package: Package) -> bytes:
        kept = self.cache / package.kept
        if not kept.is_file():
            self.cache.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=self.cache))
            try:
                self._packed(folder, package).replace(kept)
            finally:
                shutil.rmtree(folder)
        content = kept.read_bytes()
        if _integrity(content) != package.integrity:
            kept.unlink()
            raise ArchiveError(
                f"what npm has as {package.name} {package.version} is not the package that is pinned: its SHA-512 is "
                f"{_integrity(content)}, not {package.integrity}; nothing of it was kept. Run this again; if it says "
                "the same, do not use that package, and say so to whoever keeps the archive",
                USAGE,
            )
        return content

    def _packed(self, folder: Path, package: Package) -> Path:
        """Have npm put the archive of a package into a folder."""
        command = ["npm", "pack", f"{package.name}@{package.version}", "--ignore-scripts", "--silent"]
        command += ["--pack-destination", str(folder)]
        try:
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
            )
        except FileNotFoundError:
            raise ArchiveError(
                f"npm, which fetches {self.purpose}, is not on this machine; install it (on Debian or Ubuntu: "
                "apt install npm)",
                USAGE,
            ) from None
        packed = sorted(folder.glob("*.tgz"))
        if done.returncode or len(packed) != 1:
            said = " ".join((done.stderr or done.stdout).split()[-40:]) or f"it ended with {done.returncode}"
            raise ArchiveError(
                f"npm did not fetch {package.name} {package.version}, {self.purpose}: {said}. Check the network or "
                "proxy, then run this again",
                USAGE,
            )
        return packed[0]


def pinned(root: Path) -> Pinned:
    """Return the packages of the form, as the project at `root` keeps them."""
    return Pinned(list=_PINNED, cache=root / CACHE, purpose="the program of the form at /admin/")


def fetch(root: Path) -> None:
    """Fetch the packages that the project at `root` does not keep yet. Raise ArchiveError as `Pinned.fetch` does."""
    with _suggesting_without():
        pinned(root).fetch()


@cache
def files(root: Path) -> dict[str, bytes]:
    """Return the files beside the page of the form, by path in the site; unpacked once a process.

    Raise ArchiveError as `fetch` does.
    """
    with _suggesting_without():
        contents = {f"{urls.ADMIN}{place}": content for place, content in pinned(root).files().items()}
    program = f"{urls.ADMIN}{cms_page.PROGRAM}"
    contents[program] = self_hosted(contents[program])
    return contents


def self_hosted(program: bytes) -> bytes:
    """Return the program with the address of its icons here, and without its other fonts, which are elsewhere."""

    def replace(face: re.Match[bytes]) -> bytes:
        return _SOURCE.sub(b"url(" + cms_page.FONT.encode() + b")", face[0]) if face["family"] == _ICONS else b""

    return _FACE.sub(replace, program)


@contextmanager
def _suggesting_without() -> Iterator[None]:
    """Add to an ArchiveError that the site can be built without the form."""
    try:
        yield
    except ArchiveError as error:
        advice = "; or take extra.admin out of mkdocs.yml, and the site is built without the form"
        raise ArchiveError(f"{error}{advice}", USAGE) from None


def _integrity(content: bytes) -> str:
    return f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}"
