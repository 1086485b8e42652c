"""The links of one page: to an address, relative to the page, with what they say."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.model import urls
from archive.model.records import Archive, SameAs, Statement
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
        return self.to(urls.of(statement), formatting.dashes(statement.title))

    def event(self, id: str) -> Link:
        return self.to(urls.event(id), formatting.dashes(self.archive.events[id].label))

    def events(self, ids: Iterable[str]) -> list[Link]:
        return [self.event(id) for id in ids]

    def addressee(self, id: str) -> Link:
        return self.to(urls.addressee(id), formatting.dashes(self.archive.addressees[id].label))

    def addressees(self, ids: Iterable[str]) -> list[Link]:
        return [self.addressee(id) for id in ids]


def elsewhere(same_as: SameAs) -> list[Link]:
    """The thing's records in other authority files."""
    ids = ((name, base, getattr(same_as, field)) for field, name, base in _ELSEWHERE)
    return [Link(base + id, f"{name} {id}") for name, base, id in ids if id]
