"""Archive and Index -> citations, as BibTeX, RIS and CSL-JSON.

Each standing statement has its own; each event, addressee and year has those of its statements.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from archive.exports.citations import bibtex, csl, ris
from archive.exports.citations.csl import Item, citation_item
from archive.model import urls
from archive.model.index import Index, by_year
from archive.model.records import Archive, Statement

_Maker = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of citations."""

    name: str
    use: str  # completes "for ..."
    ending: str  # of its files
    media: str  # type
    text: Callable[[Iterable[Item]], str]


FORMATS = (
    Format(name="BibTeX", use="LaTeX", ending="bib", media="application/x-bibtex", text=bibtex.text),
    Format(
        name="RIS",
        use="most reference managers",
        ending="ris",
        media="application/x-research-info-systems",
        text=ris.text,
    ),
    Format(
        name="CSL-JSON",
        use="Zotero and Pandoc",
        ending="json",
        media="application/vnd.citationstyles.csl+json",
        text=csl.text,
    ),
)


def files(archive: Archive, index: Index) -> Iterator[tuple[str, _Maker]]:
    """`citation.*` beside every standing statement; `citations.*` beside every event, addressee and year with any.

    A bibliography has no abstracts: a statement stands in some seven of them, and they would be most of the site.
    """

    @lru_cache(maxsize=1)  # a statement's three files are asked for one after the other
    def alone(statement: Statement) -> Item:
        return citation_item(statement, archive)

    def one(statement: Statement, format: Format) -> str:
        return format.text([alone(statement)])

    def many(statements: Iterable[Statement], format: Format) -> str:
        return format.text(citation_item(statement, archive, abstract=False) for statement in statements)

    for statement in index.published:
        for format in FORMATS:
            yield f"{urls.for_statement(statement)}citation.{format.ending}", partial(one, statement, format)
    for address, statements in _listed(index):
        for format in FORMATS:
            yield f"{address}citations.{format.ending}", partial(many, statements, format)


def _listed(index: Index) -> Iterator[tuple[str, Sequence[Statement]]]:
    """Where statements are listed, and which, newest first."""
    for event in index.events:
        on = {statement.id for under in (index.about, index.mentioning) for statement in under[event.id]}
        if on:
            yield urls.event(event.id), [statement for statement in index.published if statement.id in on]
    for addressee in index.addressees:
        if addressed := index.addressed[addressee.id]:
            yield urls.addressee(addressee.id), addressed
    for year, of_year in by_year(index.published):
        yield urls.year(year), of_year
