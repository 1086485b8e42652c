"""Make the links of a page: to other pages, to authority files elsewhere, to feeds and downloads."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.exports.citations import FORMATS
from archive.exports.feeds.feed import ATOM_TYPE, JSON_FEED_TYPE
from archive.model import urls
from archive.model.records import Archive, SameAs, Statement
from archive.pages.page import render
from archive.text import formatting

_AUTHORITY_FILES = (  # field of SameAs, name, base of the URLs
    ("wikidata", "Wikidata", "https://www.wikidata.org/wiki/"),
    ("viaf", "VIAF", "https://viaf.org/viaf/"),
    ("isni", "ISNI", "https://isni.org/isni/"),
    ("ror", "ROR", "https://ror.org/"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link; with an empty `href`, only its text is shown."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one page; each `href` is relative to `page`, the address of that page."""

    page: str
    archive: Archive

    def to(self, address: str, text: str) -> Link:
        """Return a link to an address relative to the root."""
        return Link(urls.relative(address, self.page), text)

    def statement(self, statement: Statement) -> Link:
        return self.to(urls.statement(statement.id), formatting.en_dashes(statement.title))

    def entry(self, name: str, id: str) -> Link:
        """Return a link to an entry of the index with this name."""
        return self.to(urls.entry(name, id), formatting.en_dashes(self.archive.authorities[name][id].label))

    def entries(self, name: str, ids: Iterable[str]) -> list[Link]:
        return [self.entry(name, id) for id in ids]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """A feed or download: its link, its media type and a note on its content or use."""

    link: Link
    type: str = ""
    note: str = ""


def same_as_links(same_as: SameAs) -> list[Link]:
    """Return links to the same entity in other authority files."""
    ids = ((name, base, getattr(same_as, field)) for field, name, base in _AUTHORITY_FILES)
    return [Link(base + id, f"{name} {id}") for name, base, id in ids if id]


def feed_alternates(address: str, content: str, links: Links) -> list[Alternate]:
    """Return the two feeds of the page at an address; `content` says what they have, such as "New records"."""
    return [
        Alternate(
            link=links.to(f"{address}{urls.ATOM}", "Follow in a feed reader (Atom)"), type=ATOM_TYPE, note=content
        ),
        Alternate(
            link=links.to(f"{address}{urls.JSON_FEED}", "The same for programs (JSON Feed)"), type=JSON_FEED_TYPE
        ),
    ]


def citation_alternates(address: str, of: str, links: Links) -> list[Alternate]:
    """Return the bibliography at an address in each format; `of` says of what it is, such as "these statements"."""
    return [
        Alternate(
            link=links.to(f"{address}citations.{format.ending}", f"Citations of {of} as {format.name}"),
            type=format.media,
            note=f"for {format.use}",
        )
        for format in FORMATS
    ]


def table_alternate(name: str, what: str, links: Links) -> Alternate:
    """Return a table of the data; `what` says what it has, such as "All figures as a table"."""
    link = links.to(f"{urls.DATA_FILES}{name}.csv", what)
    return Alternate(link=link, type="text/csv", note="CSV; Data says what its columns mean")


def alternate_links(title: str, alternates: Iterable[Alternate]) -> str:
    """Return the HTML for a page's head by which programs find its own feeds."""
    feeds = [alternate for alternate in alternates if alternate.type in (ATOM_TYPE, JSON_FEED_TYPE)]
    return render("head/feeds.html", {"title": title, "feeds": feeds})
