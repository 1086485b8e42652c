"""Count what the records rest on: how many sources have a copy, how many claims a place, how many entries a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.model.authorities import INDEXES
from archive.model.index import Index
from archive.model.records import Archive, Entry
from archive.model.types import NOT_FOUND
from archive.model.vocabularies import LANGUAGES
from archive.pages.page import render
from archive.text import formatting

NAMED_IN = ("az", "hy", "ru")  # the languages of both sides, and the one that they share


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of all have something, and where the data tell which."""

    what: str
    number: int
    of: int
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many entries of an index have identifiers elsewhere, and names in each language of `NAMED_IN`."""

    many: str
    entries: int
    identified: int
    named: Sequence[int]


def shares(index: Index) -> list[Share]:
    """Count the published statements, their sources, and the requests, figures and terms in them."""
    statements = index.published
    sources = [source for statement in statements for source in statement.sources]
    claims = [claim for statement in statements for claim in statement.claims]
    missed = sum(claim.locator == NOT_FOUND for claim in claims)
    placed = sum(bool(claim.source and claim.locator) for claim in claims) - missed

    def of_sources(what: str, field: str, value: str = "") -> Share:
        found = [getattr(source, field) for source in sources]
        number = sum(item == value if value else bool(item) for item in found)
        return Share(what=f"sources {what}", number=number, of=len(sources), where=f"sources.{field}")

    of_claims = "requests.locator, figures.locator, terms.locator"
    return [
        of_sources("with their web address", "url"),
        of_sources("with their title", "title"),
        of_sources("read to the end", "extent_read", "whole"),
        of_sources("read in part", "extent_read", "part"),
        of_sources("whose text was captured", "sha256"),
        of_sources("of which a web archive keeps a copy", "archived_url"),
        Share(what="requests, figures and terms with source and place", number=placed, of=len(claims), where=of_claims),
        Share(what=f"requests, figures and terms {NOT_FOUND}", number=missed, of=len(claims), where=of_claims),
        Share(
            what="statements whose original language is known",
            number=sum(bool(statement.original_language) for statement in statements),
            of=len(statements),
            where="statements.original_language",
        ),
    ]


def coverage(archive: Archive) -> list[Coverage]:
    """Count the entries of each index."""
    return [_coverage(authority.many, archive.authorities[name].values()) for name, authority in INDEXES.items()]


def tables(archive: Archive, index: Index) -> str:
    """Return the HTML of both as tables."""
    languages = [LANGUAGES[code] for code in NAMED_IN]
    values = {"shares": shares(index), "coverage": coverage(archive), "languages": languages}
    return render("slots/data-evidence.html", values)


def _coverage(many: str, entries: Iterable[Entry]) -> Coverage:
    entries = list(entries)
    languages = [{name.language for name in entry.names} for entry in entries]
    return Coverage(
        many=formatting.capitalised(many),
        entries=len(entries),
        identified=sum(entry.same_as != type(entry.same_as)() for entry in entries),
        named=[sum(code in of for of in languages) for code in NAMED_IN],
    )
