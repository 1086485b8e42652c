"""Generate every page, export and search file of the site from the archive."""

import html
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from types import MappingProxyType

from archive import exports
from archive.model import urls
from archive.model.errors import ArchiveError
from archive.model.index import Index
from archive.model.records import Archive
from archive.model.tracing import Fingerprints, traced
from archive.pages import redirects
from archive.pages.generated import generated_pages, sought
from archive.pages.page import Page
from archive.pages.slots import slot_makers
from archive.publish import edition, headers
from archive.publish.cms import page as cms_page
from archive.publish.edition import Edition
from archive.search import bundle, facets, words
from archive.search.blocks import Block

_SLOT = re.compile(r"^<!-- archive: ([a-z-]+) -->$", re.MULTILINE)


Maker = Callable[[], str | bytes]


class Files(Mapping[str, str | bytes]):
    """What makes each file of the site, and so their content by path below `docs/`; it is made when it is read.

    `pages` are to be rendered, `filled` are hand-written pages with their slots filled. What the search page reads, and
    is named by its content, is made together, of `blocks` of words that are made each by itself.
    """

    def __init__(
        self,
        *,
        pages: Mapping[str, Callable[[], Page]],
        filled: Mapping[str, Maker],
        others: dict[str, Maker],
        blocks: Sequence[Callable[[], Block]],
        searched: Callable[[Iterable[Block]], Iterable[tuple[str, str | bytes]]],
        prints: Fingerprints,
    ) -> None:
        self.pages = pages
        self.filled = filled
        self.others = others
        self.blocks = blocks
        self.searched = searched
        self.prints = prints

    def __getitem__(self, path: str) -> str | bytes:
        if path in self.pages:
            return _markdown(self.pages[path]())
        for makers in (self.filled, self.others):
            if path in makers:
                return makers[path]()
        return self._searched[path]

    def __iter__(self) -> Iterator[str]:
        return chain(self.pages, self.filled, self.others, self._searched)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _searched(self) -> Mapping[str, str | bytes]:
        return dict(self.searched(make() for make in self.blocks))


def generate(archive: Archive, form: Mapping[str, bytes] = MappingProxyType({})) -> Files:
    """Generate the files of the site from a checked archive, by path below `docs/`.

    The pages to be rendered end in `.md`; all else, the search catalogue, the exports and `form`, the files of the form
    at `/admin/` that others made, goes into the site as it is.
    Raise ArchiveError where two files would have one address, also by letter case, or where a hand-written page has an
    unknown slot.
    """
    archive, ordered, prints = traced(archive)
    pages: dict[str, Callable[[], Page]] = {}
    taken = {urls.doc(name).casefold(): f"docs/{name}" for name in archive.docs}
    addresses = {urls.doc(name) for name in archive.docs}
    for address, page in chain(generated_pages(archive, ordered), redirects.of_settings(archive, addresses)):
        key, path = address.casefold(), f"{address}index.md"
        if key in taken:
            names = [_named(pages[name]()) if (name := taken[key]) in pages else name, _named(page())]
            raise ArchiveError(f"/{address} is the address of two pages: {' and '.join(names)}")
        taken[key] = path
        pages[path] = page
        addresses.add(address)
    exported = exports.files(archive, ordered, addresses | set(archive.assets))
    exported |= dict(chain(headers.robots(archive), headers.opensearch(archive), headers.files(archive)))
    search_edition = facets.edition_of(archive, ordered)
    program = chain(bundle.files().items(), cms_page.files(archive).items())
    exported |= dict(words.texts(archive, ordered, search_edition))
    exported |= {name: partial(str, text) for name, text in program}
    exported |= {name: partial(bytes, content) for name, content in form.items()}
    slots = slot_makers(archive, ordered, exported)  # which read what is written by then
    files = Files(
        pages=pages,
        filled={name: partial(_fill, text, slots) for name, text in archive.docs.items() if _slots(name, text, slots)},
        others=exported,
        blocks=tuple(words.blocks_of(archive, ordered)),
        searched=partial(_make_searched, archive, ordered, search_edition),
        prints=prints,
    )
    searched = files._searched if any(address.startswith(urls.SEARCH) for address in archive.redirects) else ()
    _refuse_assets(archive, {*files.others, *(f"{path.removesuffix('.md')}.html" for path in pages)})
    redirects.refuse_at_files(archive, {*archive.assets, *pages, *files.filled, *files.others, *searched})
    return files


def _refuse_assets(archive: Archive, made: Collection[str]) -> None:
    """Raise ArchiveError where a file in `docs/` has the name of one that is made, or is among those of the search."""
    for asset in archive.assets:
        if asset in made or asset.startswith(urls.SEARCH):
            raise ArchiveError(f"docs/{asset} has the name of a file that this program makes; give it another name")


def _make_searched(
    archive: Archive, index: Index, edition: str, blocks: Iterable[Block]
) -> Iterator[tuple[str, str | bytes]]:
    yield from facets.files(archive, index, edition).items()
    yield from words.files(blocks, archive, edition)


def _named(page: Page) -> str:
    return page.source or page.title


def _slots(name: str, text: str, known: Mapping[str, Callable[[], str]]) -> list[str]:
    """Return the slots of a hand-written page. Raise ArchiveError where one is unknown."""
    slots = _SLOT.findall(text)
    if unknown := sorted(set(slots) - known.keys()):
        raise ArchiveError(f"docs/{name} has an unknown place: {', '.join(unknown)} (there are: {', '.join(known)})")
    return slots


def _fill(text: str, slots: Mapping[str, Callable[[], str]]) -> str:
    return _SLOT.sub(lambda match: slots[match[1]](), text)


def published(archive: Archive) -> Edition:
    """Return what this archive's next edition would publish. Raise ArchiveError as `generate` does."""
    files = generate(archive)
    contents = {name: files[urls.DATA_FILES + name] for name in edition.NAMES}
    return edition.parse({name: text if isinstance(text, bytes) else text.encode() for name, text in contents.items()})


def _markdown(page: Page) -> str:
    """Return the page as a Markdown file: front matter as JSON on one line, then a block of HTML."""
    front = json.dumps(metadata(page), ensure_ascii=False)
    return f"---\n{front}\n---\n\n{page.html}\n"


def metadata(page: Page) -> dict[str, object]:
    """Return what the theme knows of a page; it does not escape title and description, so they are escaped here."""
    values = {
        "title": html.escape(page.title),
        "description": html.escape(page.description),
        "kind": page.kind,
        "hide": ["navigation", "toc"],
        "section": page.address.partition("/")[0] + "/",
        "sought": sought(page.address),
        "source": page.source,
        "record": page.record,
        "updated": page.updated,
        "earlier": page.earlier,
        "later": page.later,
        "head": page.head,
        "redirect": page.redirect,
        "template": "redirect.html" if page.redirect else "",
    }
    return {name: value for name, value in values.items() if value}
