"""Statements, events and addressees -> what a program reads of each: `record.json` and the lines of the data files."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from archive.exports import plain
from archive.model import authority_fields, statement_fields, urls
from archive.model.index import Index
from archive.model.records import Addressee, Archive, Event, Statement
from archive.text import markdown

Plain = dict[str, Any]


def files(archive: Archive, index: Index) -> Iterator[tuple[str, Callable[[], str]]]:
    """`record.json` beside the page of every statement; of a withdrawn one no more than that it was withdrawn."""
    read = statements(archive)
    for statement in index.statements:
        whole = not statement.withdrawn
        made = partial(read, statement) if whole else partial(withdrawn, statement, archive)
        yield f"{urls.of(statement)}record.json", partial(_document, made)


def statements(archive: Archive) -> Callable[[Statement], Plain]:
    """What gives a statement as plain data: id, address, the fields, the summary as Markdown and as HTML."""
    read = plain.reader(statement_fields.STATEMENT)
    link = _links(archive)

    def whole(statement: Statement) -> Plain:
        return {
            "id": statement.id,
            "address": archive.site_url + urls.of(statement),
            **read(statement),
            "summary": statement.summary,
            "summary_html": str(markdown.render(statement.summary, link(statement))),
        }

    return whole


def withdrawn(statement: Statement, archive: Archive) -> Plain:
    """What stays of a withdrawn record."""
    withdrawal = statement.history[-1]
    return {
        "id": statement.id,
        "address": archive.site_url + urls.of(statement),
        "status": statement.status,
        "withdrawn": withdrawal.date.isoformat(),
        "reason": withdrawal.note,
    }


def events(archive: Archive, records: Iterable[Event]) -> Iterator[Plain]:
    """Events as plain data: id, address, the fields."""
    read = plain.reader(authority_fields.EVENT)
    for event in records:
        yield {"id": event.id, "address": archive.site_url + urls.event(event.id), **read(event)}


def addressees(archive: Archive, records: Iterable[Addressee]) -> Iterator[Plain]:
    """Addressees as plain data: id, address, the fields."""
    read = plain.reader(authority_fields.ADDRESSEE)
    for addressee in records:
        yield {"id": addressee.id, "address": archive.site_url + urls.addressee(addressee.id), **read(addressee)}


def _document(made: Callable[[], Plain]) -> str:
    return plain.document(made())


def _links(archive: Archive) -> Callable[[Statement], Callable[[str], str]]:
    """The full address for each link of a statement's summary into the archive, for the data are read elsewhere."""
    known = urls.known(archive)

    def of(statement: Statement) -> Callable[[str], str]:
        def link(written: str) -> str:
            target = urls.target(written, statement.path, known)
            return written if target is None else archive.site_url + target

        return link

    return of
