"""Make the feeds of all records, of each entry of an index, and of the corrections, as Atom and as JSON Feed."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from archive.exports.feeds import atom, json_feed
from archive.exports.feeds.feed import (
    Entry,
    Feed,
    begins,
    line_entry,
    publisher,
    statement_entry,
    tag_authority_since,
    tag_uri,
    withdrawn_entry,
)
from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.changes import divided, places
from archive.model.index import Index
from archive.model.records import Archive, Statement
from archive.model.tracing import once

LONGEST = 50  # entries of a feed

_ORDER = f"The newest change comes first, and at most {LONGEST} are listed."
_DATES = (
    "An entry is dated by its record: when it was first archived and when it was last changed. The statement’s own "
    "date stands in the title."
)

_LINES = "What was changed in several records on one day for one reason is one entry."


def files(archive: Archive, index: Index) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield path and maker of every feed. A withdrawn record has an entry that says no more than that."""
    yield from _formats("", partial(_statements, archive, index, "", "Statements", "", index.changed[:LONGEST]))
    for name, authority in INDEXES.items():
        filed = index.filed[name]
        for item in filed.entries:
            address, scope = urls.entry(name, item.id), f" {authority.scope} the {authority.one} “{item.label}”"
            scope += f" or a {authority.part}" if filed.under[item.id] else ""
            changed = filed.changed[item.id][:LONGEST]
            yield from _formats(address, partial(_statements, archive, index, address, item.label, scope, changed))
    yield from _formats(urls.CORRECTIONS, partial(_corrections, archive, index))


def _statements(
    archive: Archive, index: Index, address: str, title: str, scope: str, statements: Sequence[Statement]
) -> Feed:
    entries = tuple(_entry(statement, archive, index) for statement in statements)
    return _feed(archive, address, title, f"Records of statements{scope}. {_ORDER} {_DATES}", entries)


@once  # a statement is in some seven feeds
def _entry(statement: Statement, archive: Archive, index: Index) -> Entry:
    if statement.withdrawn:
        return withdrawn_entry(statement, archive)
    return statement_entry(statement, archive, index.link_targets)


def _corrections(archive: Archive, index: Index) -> Feed:
    lines = islice(places(divided(index.corrections)), LONGEST)
    entries = tuple(line_entry(line, urls.part(urls.CORRECTIONS, path), archive) for path, line in lines)
    subtitle = f"What was changed in records after they were first archived. {_ORDER} {_LINES}"
    return _feed(archive, urls.CORRECTIONS, "Corrections", subtitle, entries)


def _formats(address: str, feed: Callable[[], Feed]) -> Iterator[tuple[str, Callable[[], str]]]:
    yield f"{address}{urls.ATOM}", partial(_document, atom.document, feed)
    yield f"{address}{urls.JSON_FEED}", partial(_document, json_feed.document, feed)


def _document(format: Callable[[Feed], str], feed: Callable[[], Feed]) -> str:
    return format(feed())


def _feed(archive: Archive, address: str, title: str, subtitle: str, entries: tuple[Entry, ...]) -> Feed:
    page = f"{archive.site_url}{address}"
    return Feed(
        id=tag_uri(archive, f"{address}feed"),
        title=" - ".join(filter(None, (title, archive.site_name))),
        subtitle=subtitle,
        page=page,
        atom=f"{page}{urls.ATOM}",
        json=f"{page}{urls.JSON_FEED}",
        about=f"{archive.site_url}{urls.doc('method.md')}#feeds",
        author=publisher(archive),
        # a feed without entries is as old as its id can be
        updated=max((entry.updated for entry in entries), default=begins(tag_authority_since(archive))),
        entries=entries,
    )
