"""The whole site as a mapping: `load(root)` gives the archive, `generate(archive)` the files to be rendered."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive import exports
from archive.content import reader
from archive.exports import data
from archive.exports.data import manifest
from archive.model import config, index, urls
from archive.model.config import naming_authority, read_settings
from archive.model.errors import ArchiveError
from archive.model.records import Archive, Statement
from archive.pages import redirects
from archive.pages.generated import generated_pages
from archive.pages.page import Page
from archive.pages.slots import slot_makers
from archive.publish import headers
from archive.publish.cms import page as cms_page
from archive.search import facets
from archive.validation import validate

_SLOT = re.compile(r"^<!-- archive: ([a-z-]+) -->$", re.MULTILINE)


class Files(Mapping[str, str | bytes]):
    """Path -> content. An export is made each time it is asked for: together they are larger than all pages."""

    def __init__(self, made: Mapping[str, str], exported: Mapping[str, data.Maker]) -> None:
        self._made = made
        self._exported = exported

    def __getitem__(self, path: str) -> str | bytes:
        return self._made[path] if path in self._made else self._exported[path]()

    def __iter__(self) -> Iterator[str]:
        yield from self._made
        yield from self._exported

    def __len__(self) -> int:
        return len(self._made) + len(self._exported)


def load_archive(root: Path, *, drafts: bool = False) -> Archive:
    """Read and check the archive at `root`; for a preview with its drafts, which their titles then say that they are.

    Raises ArchiveError with every problem found, or where the settings cannot be read.
    """
    reading = reader.read(root)
    archive, problems = validate.check(reading, drafts=drafts)
    if problems:
        raise ArchiveError(problems=problems)
    return with_settings(archive, read_settings(root))


def with_settings(archive: Archive, settings: Mapping[str, Any]) -> Archive:
    """The archive with what the settings in `mkdocs.yml` say of it. Raises ArchiveError where they cannot be used."""
    config.issues_url(settings)  # the theme reads it for itself
    url = _site_url(settings)
    left_out = config.exclusion_test(settings)
    return replace(
        archive,
        statements=tuple(_marked(statement) for statement in archive.statements),
        docs={name: text for name, text in archive.docs.items() if not left_out(name)},
        assets=tuple(name for name in archive.assets if not left_out(name)),
        site_name=str(settings.get("site_name") or ""),
        site_url=url,
        naming_authority=naming_authority(settings, url),
        edit_base=config.edit_base(settings),
        admin=config.cms_backend(settings),
        redirects=config.redirects(settings),
    )


def _marked(statement: Statement) -> Statement:
    return replace(statement, title=f"Draft: {statement.title}") if statement.draft else statement


def generate(archive: Archive) -> Files:
    """What is made from a checked archive: path in MkDocs' docs folder -> content.

    The pages to be rendered end in `.md`; everything else, the catalogue they search and the exports, is for the site
    as it is. Raises ArchiveError where two would have one address, by letter case either, or where a hand-written page
    has a place for something that does not exist.
    """
    ordered = index.build(archive)
    files: dict[str, str] = {}
    taken = {urls.doc(name).casefold(): f"docs/{name}" for name in archive.docs}
    standing = {urls.doc(name) for name in archive.docs}
    for page in chain(generated_pages(archive, ordered), redirects.of_settings(archive, standing)):
        key = page.address.casefold()
        if key in taken:
            raise ArchiveError(
                f"/{page.address} is the address of two pages: {taken[key]} and {page.source or page.title}"
            )
        taken[key] = page.source or page.title
        files[f"{page.address}index.md"] = _text(page)
        standing.add(page.address)
    exported = exports.files(archive, ordered, standing | set(archive.assets))
    exported |= {**dict(headers.robots(archive)), **dict(headers.files(archive))}
    slots = slot_makers(archive, ordered, exported)
    for name, text in archive.docs.items():
        if _SLOT.search(text):
            if unknown := sorted(set(_SLOT.findall(text)) - slots.keys()):
                raise ArchiveError(f"docs/{name} has a place for {', '.join(unknown)}; there is: {', '.join(slots)}")
            files[name] = _SLOT.sub(lambda match: slots[match[1]](), text)
    files |= facets.files(archive, ordered) | cms_page.files(archive)
    redirects.refuse_at_files(archive, {*archive.assets, *files, *exported})
    return Files(files, exported)


def published(archive: Archive) -> manifest.Manifest:
    """What an edition of this archive would publish. Raises ArchiveError as `generate` does."""
    return manifest.parse(str(generate(archive)[urls.DATA_FILES + data.MANIFEST]).encode())


def _site_url(settings: Mapping[str, Any]) -> str:
    url = str(settings.get("site_url") or "").rstrip("/") + "/"
    try:
        urlsplit(url)
    except ValueError as error:
        raise ArchiveError(f"mkdocs.yml: site_url: {url!r} is not an address: {error}") from None
    return url


def split_page(text: str) -> tuple[str, str]:
    """A generated page's front matter, with its lines of hyphens, and its body; of any other page, the text and ""."""
    front, end, body = text.partition("\n---\n\n")
    return (front + end, body.rstrip("\n")) if front.startswith("---\n{") else (text, "")


def _text(page: Page) -> str:
    """The page as MkDocs reads it: front matter on one line, of which only these keys are ours, then a block of HTML.

    The theme prints title and description as they are, so they are escaped here.
    """
    meta = {
        "title": html.escape(page.title),
        "description": html.escape(page.description),
        "kind": page.kind,
        "hide": ["navigation", "toc"],
        "source": page.source,
        "record": page.record,
        "updated": page.updated,
        "earlier": page.earlier,
        "later": page.later,
        "head": page.head,
        "redirect": page.redirect,
        "template": "redirect.html" if page.redirect else "",
    }
    front = json.dumps({key: value for key, value in meta.items() if value}, ensure_ascii=False)
    return f"---\n{front}\n---\n\n{page.html}\n"
