"""The program of the form at `/admin/`: Sveltia CMS and its icons, from packages that npm fetches once.

`admin-packages.json` pins each package by version and by the SHA-512 of its archive (Subresource Integrity), and says
which of its files go where. The archives are kept in `.cache/` in the project's folder and tested at every use.
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
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive import admin

CACHE = Path(".cache") / "admin"
_PINNED = Path(__file__).with_name("admin-packages.json")
_WITHOUT = "; or take extra.admin out of mkdocs.yml, and the site is built without the form"

# The program loads its fonts from a host of others. Its icons are put on the site; text is in the reader's own font.
_FACE = re.compile(rb"@font-face \{font-family:'(?P<family>[^']+)';.*?\}", re.DOTALL)
_SOURCE = re.compile(rb"url\(https://[^)]+\)")
_ICONS = b"Material Symbols Outlined"


class Missing(Exception):
    """A package cannot be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package of the npm registry, and which of its files go where beside the page."""

    name: str
    version: str
    integrity: str  # "sha512-" and the digest in base64
    files: Mapping[str, str]

    @property
    def kept(self) -> str:
        """The name under which its archive is kept: the same for the same bytes only."""
        return f"{hashlib.sha256(self.integrity.encode()).hexdigest()[:32]}.tgz"


def pinned() -> tuple[Package, ...]:
    """The packages."""
    return tuple(Package(**each) for each in json.loads(_PINNED.read_text("utf-8")))


def fetch(root: Path) -> None:
    """See to it that every package is kept in the project at `root`. Raises Missing."""
    for package in pinned():
        _archive(root / CACHE, package)


@cache
def files(root: Path) -> dict[str, bytes]:
    """What stands beside the page, by path in the site. Unpacked once, however often a preview is renewed.

    Raises Missing.
    """
    made: dict[str, bytes] = {}
    for package in pinned():
        with tarfile.open(fileobj=io.BytesIO(_archive(root / CACHE, package)), mode="r:gz") as opened:
            for name, place in package.files.items():
                made[f"{admin.PAGE}{place}"] = _member(opened, name, package)
    program = f"{admin.PAGE}{admin.PROGRAM}"
    made[program] = at_home(made[program])
    return made


def at_home(program: bytes) -> bytes:
    """The program with its icons beside it, and without the other fonts, which it would load from elsewhere."""

    def own(face: re.Match[bytes]) -> bytes:
        return _SOURCE.sub(b"url(" + admin.FONT.encode() + b")", face[0]) if face["family"] == _ICONS else b""

    return _FACE.sub(own, program)


def _member(opened: tarfile.TarFile, name: str, package: Package) -> bytes:
    try:
        member = opened.extractfile(f"package/{name}")
    except KeyError:
        member = None
    if member is None:
        raise Missing(f"{package.name} {package.version} has no {name}; correct {_PINNED.name}{_WITHOUT}")
    return member.read()


def _archive(cache: Path, package: Package) -> bytes:
    kept = cache / package.kept
    if not kept.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=cache))
        try:
            _packed(folder, package).replace(kept)
        finally:
            shutil.rmtree(folder)
    content = kept.read_bytes()
    if _integrity(content) != package.integrity:
        kept.unlink()
        raise Missing(
            f"what npm has as {package.name} {package.version} is not the package that is pinned: its SHA-512 is "
            f"{_integrity(content)}, not {package.integrity}; nothing of it was kept. Run this again; if it says the "
            f"same, do not use that package, and say so to whoever keeps the archive{_WITHOUT}"
        )
    return content


def _packed(folder: Path, package: Package) -> Path:
    """Have npm put the package's archive into a new folder. No script of a package is run."""
    command = ["npm", "pack", f"{package.name}@{package.version}", "--ignore-scripts", "--silent"]
    command += ["--pack-destination", str(folder)]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
    except FileNotFoundError:
        raise Missing(
            "npm, which fetches the program of the form at /admin/, is not on this machine; install it (on Debian or "
            f"Ubuntu: apt install npm){_WITHOUT}"
        ) from None
    packed = sorted(folder.glob("*.tgz"))
    if done.returncode or len(packed) != 1:
        said = " ".join((done.stderr or done.stdout).split()[-40:]) or f"it ended with {done.returncode}"
        raise Missing(
            f"npm did not fetch {package.name} {package.version}, the program of the form at /admin/: {said}. Check "
            f"the network or proxy, then run this again{_WITHOUT}"
        )
    return packed[0]


def _integrity(content: bytes) -> str:
    return f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}"
