"""Archive and Index -> citations, as BibTeX, RIS and CSL-JSON.

Each standing statement has its own; each event, addressee and year has those of its statements.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from archive import addresses
from archive.exports import bibtex, csl, ris
from archive.exports.csl import Item
from archive.index import Index
from archive.model import Archive, Statement

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
    """`citation.*` beside every standing statement; `citations.*` beside every event, addressee and year with any."""
    # an item is kept once it is made, as it stands in seven files of each format or so; its texts would be much more
    items: dict[str, Item] = {}

    def made(statements: Sequence[Statement], text: Callable[[Iterable[Item]], str]) -> str:
        for statement in statements:
            if statement.id not in items:
                items[statement.id] = csl.item(statement, archive)
        return text(items[statement.id] for statement in statements)

    for address, name, statements in _listed(index):
        for format in FORMATS:
            yield f"{address}{name}.{format.ending}", partial(made, statements, format.text)


def _listed(index: Index) -> Iterator[tuple[str, str, Sequence[Statement]]]:
    """Where a list of statements, newest first, stands, and under which name."""
    standing = [statement for statement in index.statements if statement.status != "withdrawn"]
    for statement in standing:
        yield addresses.of(statement), "citation", (statement,)
    for event in index.events:
        on = {statement.id for under in (index.about, index.mentioning) for statement in under[event.id]}
        if on:
            yield addresses.event(event.id), "citations", [s for s in standing if s.id in on]
    for addressee in index.addressees:
        if addressed := index.addressed[addressee.id]:
            yield addresses.addressee(addressee.id), "citations", addressed
    for year in index.years:
        if of_year := [statement for statement in year.statements if statement.status != "withdrawn"]:
            yield addresses.year(year.year), "citations", of_year
