"""Read the program of the form at `/admin/` and its icons: files that `scripts/form` fetches, pinned by hash."""

import hashlib
import re
import subprocess
from pathlib import Path

from archive.model.errors import USAGE, ArchiveError
from archive.model.urls import ADMIN
from archive.publish.cms.page import FONT, PROGRAM

FOLDER = Path(".cache") / "form"  # in the project
_SHA256 = {
    PROGRAM: "2fc783907e1a4a70783f155cc28435c70b8f79792f2aab75e787984e84aa413a",
    "sveltia-cms.LICENSE.txt": "dcbe3c626d85741f6fabefed0b34d07a2e92c032f63aa21c0279062363859c32",
    FONT: "98db9feefa170bf76e9c19d19af6dd62054165efc89c4b506c361e069719e884",
    "material-symbols.LICENSE.txt": "18aabf190848725e2576eefb5c29ba06aac1029d02132252a7f312eac2e50cf3",
}

# The program loads its fonts from other hosts. Its icons are put on the site; text is in the reader's own font.
_FACE = re.compile(rb"@font-face \{font-family:'(?P<family>[^']+)';.*?\}", re.DOTALL)
_SOURCE = re.compile(rb"url\(https://[^)]+\)")
_ICONS = b"Material Symbols Outlined"
# It asks elsewhere whether there is a newer version and whether the backend's host is well, and shows a face of
# whoever signed in; it does without what it is given in place of an answer.
_ASKED = re.compile(
    rb"`\$\{\w+\}/package\.json`|`https://www\.githubstatus\.com/api/[^`]+`|`https://status-api\.hostedstatus\.com/[^`]+`"
)
_NOTHING = b"`data:,{}`"
_FACE_OF = re.compile(rb"(?<=account\?\.)avatarURL\b")


def files(root: Path) -> dict[str, bytes]:
    """Return the files beside the page of the form, by path in the site; fetched if they are not there as pinned.

    Raise ArchiveError where `scripts/form` cannot fetch them, or fetches others.
    """
    if _difference(root):
        done = subprocess.run(
            ["sh", root / "scripts" / "form"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        wrong = _difference(root)
        if done.returncode:
            wrong = done.stderr.strip() or "scripts/form failed"
        if wrong:
            advice = "or take extra.admin out of mkdocs.yml, and the site is built without the form"
            raise ArchiveError(f"{wrong}; {advice}", USAGE)
    contents = {f"{ADMIN}{name}": (root / FOLDER / name).read_bytes() for name in _SHA256}
    contents[f"{ADMIN}{PROGRAM}"] = self_hosted(contents[f"{ADMIN}{PROGRAM}"])
    return contents


def _difference(root: Path) -> str:
    """Say which file is missing or not the one that is pinned; nothing if all are."""
    for name, pinned in _SHA256.items():
        file = root / FOLDER / name
        if not file.is_file():
            return f"{FOLDER / name} is missing: scripts/form did not put it there; correct scripts/form"
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        if found != pinned:
            return (
                f"what npm has as {name} of the form is not the file that is pinned, and is not used: its SHA-256 is "
                f"{found}, not {pinned}. Run this again; if it says the same, say so to whoever keeps the archive"
            )
    return ""


def self_hosted(program: bytes) -> bytes:
    """Return the program with the address of its icons here, and without what it would ask of other hosts."""

    def replace(face: re.Match[bytes]) -> bytes:
        return _SOURCE.sub(b"url(" + FONT.encode() + b")", face[0]) if face["family"] == _ICONS else b""

    return _ASKED.sub(_NOTHING, _FACE_OF.sub(b"none", _FACE.sub(replace, program)))
