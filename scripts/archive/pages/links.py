"""The links of one page: to an address, relative to the page, with what they say."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.exports.citations import FORMATS
from archive.model import urls
from archive.model.records import Archive, SameAs, Statement
from archive.pages.page import render
from archive.text import formatting

_ELSEWHERE = (
    ("wikidata", "Wikidata", "https://www.wikidata.org/wiki/"),
    ("viaf", "VIAF", "https://viaf.org/viaf/"),
    ("isni", "ISNI", "https://isni.org/isni/"),
    ("ror", "ROR", "https://ror.org/"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """Where it leads ("" for nowhere) and what it says."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Links:
    """Makes the links of the page at `page`."""

    page: str
    archive: Archive

    def to(self, address: str, text: str) -> Link:
        """A link to an address relative to the root."""
        return Link(urls.relative(address, self.page), text)

    def statement(self, statement: Statement) -> Link:
        return self.to(urls.for_statement(statement), formatting.en_dashes(statement.title))

    def event(self, id: str) -> Link:
        return self.to(urls.event(id), formatting.en_dashes(self.archive.events[id].label))

    def events(self, ids: Iterable[str]) -> list[Link]:
        return [self.event(id) for id in ids]

    def addressee(self, id: str) -> Link:
        return self.to(urls.addressee(id), formatting.en_dashes(self.archive.addressees[id].label))

    def addressees(self, ids: Iterable[str]) -> list[Link]:
        return [self.addressee(id) for id in ids]


def same_as_links(same_as: SameAs) -> list[Link]:
    """The thing's records in other authority files."""
    ids = ((name, base, getattr(same_as, field)) for field, name, base in _ELSEWHERE)
    return [Link(base + id, f"{name} {id}") for name, base, id in ids if id]


ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """Something to follow or to take away: where it is, its media type, and what it is good for."""

    link: Link
    type: str = ""
    note: str = ""


def feed_alternates(address: str, tells_of: str, links: Links) -> list[Alternate]:
    """The two feeds of the page at an address, and what they tell of, such as "new and changed records"."""
    return [
        Alternate(
            link=links.to(f"{address}{urls.ATOM}", "Follow in a feed reader (Atom)"),
            type=ATOM,
            note=f"tells of {tells_of}",
        ),
        Alternate(
            link=links.to(f"{address}{urls.JSON_FEED}", "The same for programs (JSON Feed)"),
            type=JSON_FEED,
        ),
    ]


def citation_alternates(address: str, of: str, links: Links) -> list[Alternate]:
    """The files of citations that stand at an address: of what, such as "these statements"."""
    return [
        Alternate(
            link=links.to(f"{address}citations.{format.ending}", f"Citations of {of} as {format.name}"),
            type=format.media,
            note=f"for {format.use}",
        )
        for format in FORMATS
    ]


def alternate_links(title: str, offers: Iterable[Alternate]) -> str:
    """The links by which programs find a page's own feeds."""
    return render(
        "head/feeds.html", {"title": title, "feeds": [offer for offer in offers if offer.type in (ATOM, JSON_FEED)]}
    )
