"""A site of many synthetic statements: whole, as `archive build` makes it, or of it what the search reads."""

import shutil
from pathlib import Path

import synthetic
from archive.model.records import Archive
from archive.publish import generate
from archive.search.pagefind import index_site
from builders import copy_project, run_module

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

    That page is the same for every archive. Of the others, those that are indexed have their bodies only.
    """
    shutil.copytree(rendered / "assets", out / "assets")
    for path in _SAME:
        (out / path).parent.mkdir(exist_ok=True)
        shutil.copy(rendered / path, out / path)
    files = generate.generate(archive)
    for path in files:
        file = out / path
        if path.endswith(".md"):
            body = generate.split_page(str(files[path]))[1]
            if "data-pagefind-body" not in body:
                continue
            file, text = file.with_suffix(".html"), f'<!doctype html><html lang="en"><body>{body}</body></html>'
        elif path.startswith("search/"):
            text = str(files[path])
        else:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    index_site(out)
