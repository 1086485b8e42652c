"""The program of the form at `/admin/`: Sveltia CMS and its icons, from packages that npm fetches once.

`admin-packages.json` pins them, and says which of their files go where. They are kept in `.cache/` in the project's
folder.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from archive import admin, npm
from archive.model import urls
from archive.model.errors import USAGE, ArchiveError

CACHE = Path(".cache") / "admin"
_PINNED = Path(__file__).with_name("admin-packages.json")

# The program loads its fonts from a host of others. Its icons are put on the site; text is in the reader's own font.
_FACE = re.compile(rb"@font-face \{font-family:'(?P<family>[^']+)';.*?\}", re.DOTALL)
_SOURCE = re.compile(rb"url\(https://[^)]+\)")
_ICONS = b"Material Symbols Outlined"


def pinned(root: Path) -> npm.Pinned:
    """The packages, as they are kept in the project at `root`."""
    return npm.Pinned(list=_PINNED, cache=root / CACHE, purpose="the program of the form at /admin/")


def fetch(root: Path) -> None:
    """See to it that every package is kept in the project at `root`. Raises ArchiveError."""
    with _not_without():
        pinned(root).fetch()


@cache
def files(root: Path) -> dict[str, bytes]:
    """What stands beside the page, by path in the site. Unpacked once, however often a preview is renewed.

    Raises ArchiveError.
    """
    with _not_without():
        made = {f"{urls.PAGE}{place}": content for place, content in pinned(root).files().items()}
    program = f"{urls.PAGE}{admin.PROGRAM}"
    made[program] = at_home(made[program])
    return made


def at_home(program: bytes) -> bytes:
    """The program with its icons beside it, and without the other fonts, which it would load from elsewhere."""

    def own(face: re.Match[bytes]) -> bytes:
        return _SOURCE.sub(b"url(" + admin.FONT.encode() + b")", face[0]) if face["family"] == _ICONS else b""

    return _FACE.sub(own, program)


@contextmanager
def _not_without() -> Iterator[None]:
    """Says of what is missing that the site can be built without the form."""
    try:
        yield
    except ArchiveError as missing:
        without = "; or take extra.admin out of mkdocs.yml, and the site is built without the form"
        raise ArchiveError(f"{missing}{without}", USAGE) from None
