"""Gather the files of the site that are made of the archive, and write files into a folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from archive.model.errors import ArchiveError
from archive.model.records import Archive
from archive.publish import generate
from archive.publish.cms import program


def site_files(root: Path, archive: Archive) -> Mapping[str, str | bytes]:
    """Return the files of `generate.generate`, with those of the form at `/admin/` that the project at `root` keeps.

    Raise ArchiveError as `generate.generate` and `program.files` do.
    """
    return generate.generate(archive, program.files(root) if archive.admin else {})


def write_files(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files by their path in the folder. Raise ArchiveError where one would overwrite another file.

    A page may: one that fills the slots of a hand-written page replaces it.
    """
    for path, content in files:
        file = folder / path
        if file.exists() and not path.endswith(".md"):
            raise ArchiveError(f"docs/{path} has the name of a file that this program makes; give it another name")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
