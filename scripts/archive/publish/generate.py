"""Load and check the archive, and generate every page, export and search file of its site."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from archive import exports
from archive.content import reader
from archive.exports import data
from archive.model import index, urls
from archive.model.config import Settings, read_settings
from archive.model.errors import ArchiveError
from archive.model.records import Archive, Statement
from archive.pages import redirects
from archive.pages.generated import generated_pages
from archive.pages.page import Page
from archive.pages.slots import slot_makers
from archive.publish import edition, headers
from archive.publish.cms import page as cms_page
from archive.publish.edition import Edition
from archive.search import bundle, facets, words
from archive.validation import validate

_SLOT = re.compile(r"^<!-- archive: ([a-z-]+) -->$", re.MULTILINE)


class Files(Mapping[str, str | bytes]):
    """The content of the site's files by path.

    An export is made each time it is read, since all together are larger than the pages.
    """

    def __init__(self, texts: Mapping[str, str | bytes], makers: Mapping[str, data.Maker]) -> None:
        self._texts = texts
        self._makers = makers

    def __getitem__(self, path: str) -> str | bytes:
        return self._texts[path] if path in self._texts else self._makers[path]()

    def __iter__(self) -> Iterator[str]:
        yield from self._texts
        yield from self._makers

    def __len__(self) -> int:
        return len(self._texts) + len(self._makers)


def load_archive(root: Path, settings: Settings | None = None, *, drafts: bool = False) -> Archive:
    """Read and check the archive at `root`; for a preview with its drafts, marked as such in their titles.

    The settings are those of its `mkdocs.yml`, unless the caller has read them already. Raise ArchiveError with every
    problem found, and as `read_settings` does.
    """
    reading = reader.read(root)
    archive, problems = validate.check(reading, drafts=drafts)
    if problems:
        raise ArchiveError(problems=problems)
    return with_settings(archive, settings or read_settings(root))


def with_settings(archive: Archive, settings: Settings) -> Archive:
    """Return the archive with the settings in `mkdocs.yml`, and without the files in `docs/` that they leave out."""
    return replace(
        archive,
        statements=tuple(_mark_draft(statement) for statement in archive.statements),
        docs={name: text for name, text in archive.docs.items() if not settings.is_excluded(name)},
        assets=tuple(name for name in archive.assets if not settings.is_excluded(name)),
        site_name=settings.site_name,
        site_url=settings.site_url,
        naming_authority=settings.naming_authority,
        edit_base=settings.edit_base,
        admin=settings.admin,
        redirects=settings.redirects,
    )


def _mark_draft(statement: Statement) -> Statement:
    return replace(statement, title=f"Draft: {statement.title}") if statement.draft else statement


def generate(archive: Archive, form: Mapping[str, bytes] = MappingProxyType({})) -> Files:
    """Generate the files of the site from a checked archive, by path below `docs/`.

    The pages to be rendered end in `.md`; all else, the search catalogue, the exports and `form`, the files of the form
    at `/admin/` that others made, goes into the site as it is.
    Raise ArchiveError where two files would have one address, also by letter case, or where a hand-written page has an
    unknown slot.
    """
    ordered = index.build(archive)
    files: dict[str, str | bytes] = {}
    taken = {urls.doc(name).casefold(): f"docs/{name}" for name in archive.docs}
    addresses = {urls.doc(name) for name in archive.docs}
    for page in chain(generated_pages(archive, ordered), redirects.of_settings(archive, addresses)):
        key = page.address.casefold()
        if key in taken:
            raise ArchiveError(
                f"/{page.address} is the address of two pages: {taken[key]} and {page.source or page.title}"
            )
        taken[key] = page.source or page.title
        files[f"{page.address}index.md"] = _markdown(page)
        addresses.add(page.address)
    exported = exports.files(archive, ordered, addresses | set(archive.assets))
    exported |= dict(chain(headers.robots(archive), headers.opensearch(archive), headers.files(archive)))
    slots = slot_makers(archive, ordered, exported)
    for name, text in archive.docs.items():
        if _SLOT.search(text):
            if unknown := sorted(set(_SLOT.findall(text)) - slots.keys()):
                raise ArchiveError(
                    f"docs/{name} has an unknown place: {', '.join(unknown)} (there are: {', '.join(slots)})"
                )
            files[name] = _SLOT.sub(lambda match: slots[match[1]](), text)
    search_edition = facets.edition_of(archive, ordered)
    files |= facets.files(archive, ordered, search_edition) | words.files(archive, ordered, search_edition)
    files |= {**bundle.files(), **cms_page.files(archive), **form}
    redirects.refuse_at_files(archive, {*archive.assets, *files, *exported})
    return Files(files, exported)


def published(archive: Archive) -> Edition:
    """Return what this archive's next edition would publish. Raise ArchiveError as `generate` does."""
    files = generate(archive)
    contents = {name: files[urls.DATA_FILES + name] for name in edition.NAMES}
    return edition.parse({name: text if isinstance(text, bytes) else text.encode() for name, text in contents.items()})


def split_page(text: str) -> tuple[str, str]:
    """Split a generated page into front matter, with its lines of hyphens, and body; any other into its text and ""."""
    front, end, body = text.partition("\n---\n\n")
    return (front + end, body.rstrip("\n")) if front.startswith("---\n{") else (text, "")


def _markdown(page: Page) -> str:
    """Return the page as a Markdown file: front matter as JSON on one line, then a block of HTML.

    The theme does not escape title and description, so they are escaped here.
    """
    meta = {
        "title": html.escape(page.title),
        "description": html.escape(page.description),
        "kind": page.kind,
        "hide": ["navigation", "toc"],
        "section": page.address.partition("/")[0] + "/",
        "sought": page.sought,
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
