"""A site of many synthetic statements: whole, as `archive build` makes it, or of it what the search reads."""

import shutil
from pathlib import Path

import synthetic
from archive.model import index
from archive.model.records import Archive
from archive.search import facets
from builders import copy_project, run_module, search_files

# Of a rendered site what does not depend on its records.
_SAME = ("index.html", "404.html", "search/index.html")


def project(folder: Path, number: int) -> None:
    """Copy the project to this folder, with so many synthetic statements for its own."""
    shutil.rmtree(copy_project(folder) / "statements")
    synthetic.write(folder, number)


def build(root: Path, out: Path) -> None:
    """Build the site of a project in this folder."""
    done = run_module(root, "archive", "build", "--out", out)
    assert done.returncode == 0, (done.stdout + done.stderr)[-1500:]


def searchable(archive: Archive, rendered: Path, out: Path) -> None:
    """Make what the search reads of an archive, around the search page of another's rendered site.

    That page is the same for every archive.
    """
    shutil.copytree(rendered / "assets", out / "assets")
    for path in _SAME:
        (out / path).parent.mkdir(exist_ok=True)
        shutil.copy(rendered / path, out / path)
    ordered = index.build(archive)
    edition = facets.edition_of(archive, ordered)
    for path, content in (facets.files(archive, ordered, edition) | search_files(archive, ordered, edition)).items():
        file = out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
