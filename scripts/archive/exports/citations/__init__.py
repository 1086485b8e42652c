"""Make citations in BibTeX, RIS and CSL-JSON.

Each published statement has its own. Each year has a bibliography of its statements, of which the search makes those of
whatever it finds, and each entry of an index has one of its newest.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from archive.exports.citations import bibtex, csl, ris
from archive.exports.citations.csl import Item, citation_item
from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.index import Index, by_year
from archive.model.records import Archive, Statement

NEWEST = 100  # statements in the bibliography of an entry

_Maker = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format for citations."""

    name: str
    use: str  # completes "for ..."
    ending: str  # of its files' names
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
    """Yield path and maker of every `citation.*` of a statement and `citations.*` of an entry of an index or a year.

    A bibliography has no abstracts: a statement is in some seven of them, so abstracts would be most of the site.
    """

    for statement in index.published:
        for format in FORMATS:
            yield (
                f"{urls.for_statement(statement)}citation.{format.ending}",
                partial(_citation, statement, archive, format),
            )
    for address, statements in _bibliographies(index):
        for format in FORMATS:
            yield f"{address}citations.{format.ending}", partial(_bibliography, statements, archive, format)


def _citation(statement: Statement, archive: Archive, format: Format) -> str:
    return format.text([citation_item(statement, archive)])


def _bibliography(statements: Sequence[Statement], archive: Archive, format: Format) -> str:
    return format.text(citation_item(statement, archive, abstract=False) for statement in statements)


def _bibliographies(index: Index) -> Iterator[tuple[str, Sequence[Statement]]]:
    """Yield the address of each page that has a bibliography, and its statements, newest first."""
    for name, authority in INDEXES.items():
        filed = index.filed[name]
        for entry in filed.entries:
            if statements := filed.listed(entry.id, authority):
                yield urls.entry(name, entry.id), statements[:NEWEST]
    for year, statements in by_year(index.published):
        yield urls.year(year), statements
