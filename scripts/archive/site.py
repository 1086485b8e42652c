"""The whole site as a mapping: `load(root)` gives the archive, `generate(archive)` the files to be rendered."""

import html
import json
import re
from dataclasses import replace
from pathlib import Path

from archive import addresses, catalogue, check, index, pages, read, words
from archive.model import Archive, Problem

_SLOT = re.compile(r"^<!-- archive: ([a-z-]+) -->$", re.MULTILINE)


class ContentError(Exception):
    """The content has problems; `problems` are all of them, sorted."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def load(root: Path) -> Archive:
    """Read and check the archive at `root`.

    Raises ContentError with every problem found, and ValueError where the settings cannot be read.
    """
    archive, problems = check.check(read.read(root))
    if problems:
        raise ContentError(problems)
    settings = read.settings(root)
    url = str(settings.get("site_url") or "").rstrip("/") + "/"
    return replace(archive, site_name=str(settings.get("site_name") or ""), site_url=url)


def generate(archive: Archive) -> dict[str, str]:
    """The pages made from a checked archive, and the catalogue they search: path in MkDocs' docs folder -> text.

    Raises ValueError where two would have one address, by letter case either, or where a hand-written page has a
    place for something that does not exist.
    """
    ordered = index.build(archive)
    files: dict[str, str] = {}
    taken = {addresses.doc(name).casefold(): f"docs/{name}" for name in archive.docs}
    for page in pages.pages(archive, ordered):
        key = page.address.casefold()
        if key in taken:
            raise ValueError(
                f"/{page.address} is the address of two pages: {taken[key]} and {page.source or page.title}"
            )
        taken[key] = page.source or page.title
        files[f"{page.address}index.md"] = _text(page)
    slots = pages.slots(archive, ordered)
    for name, text in archive.docs.items():
        if _SLOT.search(text):
            if unknown := sorted(set(_SLOT.findall(text)) - slots.keys()):
                raise ValueError(f"docs/{name} has a place for {', '.join(unknown)}; there is: {', '.join(slots)}")
            files[name] = _SLOT.sub(lambda match: slots[match[1]], text)
    return files | catalogue.files(archive, ordered)


def parts(text: str) -> tuple[str, str]:
    """A generated page's front matter, with its lines of hyphens, and its body; of any other page, the text and ""."""
    front, end, body = text.partition("\n---\n\n")
    return (front + end, body.rstrip("\n")) if front.startswith("---\n{") else (text, "")


def _text(page: pages.Page) -> str:
    """The page as MkDocs reads it: front matter on one line, of which only these keys are ours, then a block of HTML.

    The theme prints title and description as they are, so they are escaped here.
    """
    meta = {
        "title": html.escape(page.title),
        "description": html.escape(page.description),
        "kind": page.kind,
        "hide": ["navigation", "toc"],
        "source": page.source,
        "updated": page.updated,
        "earlier": page.earlier,
        "later": page.later,
        "redirect": page.redirect,
        "template": "redirect.html" if page.redirect else "",
    }
    front = json.dumps({key: value for key, value in meta.items() if value}, ensure_ascii=False)
    return f"---\n{front}\n---\n\n{page.html}\n"


def count(problems: tuple[Problem, ...]) -> str:
    """How many problems in how many files, in words."""
    files = {problem.path for problem in problems}
    return f"{words.count(len(problems), 'problem')} in {words.count(len(files), 'file')}"
