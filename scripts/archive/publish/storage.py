"""Keep plain values in files, each under a key. What is damaged, foreign or of another program is not there."""

import contextlib
import gc
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.model import plain
from archive.model.errors import USAGE, ArchiveError

# in the project: what a build keeps, the site before the last one, and what a check keeps
SITE, SPARE, STATEMENTS = ".cache/site", ".cache/spare", ".cache/statements"
_PROGRAM = Path(__file__).parents[1]
_DIGEST = hashlib.sha256().digest_size
_LARGEST = 500_000_000  # bytes of a file: of an archive that is larger, nothing is kept


def program_key(*settings: bytes) -> str:
    """Return a hash of the program, of Python and the libraries that are installed, and of these settings."""
    libraries = sorted({info.name for folder in sys.path for info in Path(folder).glob("*-info")})
    digest = hashlib.sha256(repr([sys.version, libraries]).encode())
    for file in sorted(_PROGRAM.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(_PROGRAM)}:{file.stat().st_size}:".encode() + file.read_bytes())
    for setting in settings:
        digest.update(hashlib.sha256(setting).digest())
    return digest.hexdigest()


def load(file: Path, key: str) -> Any:
    """Return the value that was saved in this file under this key; None where there is none."""
    with contextlib.suppress(Exception):  # whatever is wrong with it
        with file.open("rb") as opened:
            digest, data = opened.read(_DIGEST), opened.read(_LARGEST)
        if digest == hashlib.sha256(data).digest():
            kept_key, value = plain.load(data)
            return value if kept_key == key else None
    return None


def save(file: Path, key: str, value: object) -> None:
    """Save a value of plain ones in a file under this key. Where that cannot be written, nothing is kept."""
    new = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        new.parent.mkdir(exist_ok=True)
        for left in file.parent.glob(f"{file.name}.*"):  # by a run that was killed
            left.unlink(missing_ok=True)
        data = sealed(plain.dump((key, value)))
        if len(data) > _LARGEST:
            file.unlink(missing_ok=True)
            return
        new.write_bytes(data)
        new.replace(file)
    except OSError:
        pass
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def forget(root: Path) -> None:
    """Remove what was kept of the project at `root`. Raise ArchiveError where that cannot be done."""
    for name in (SITE, SPARE, STATEMENTS):
        try:
            if (root / name).is_dir():
                shutil.rmtree(root / name)
            else:
                (root / name).unlink(missing_ok=True)
        except OSError as error:
            raise ArchiveError(f"{root / name} cannot be removed: {error.strerror}", USAGE) from None


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Spare the collector of rubbish: where there are many new values, it would go through all of them many times."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def sealed(data: bytes) -> bytes:
    """Return data with their hash before them, by which damage is seen."""
    return hashlib.sha256(data).digest() + data
