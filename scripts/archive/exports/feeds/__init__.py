"""Make the feeds of all records, of each entry of an index, and of the corrections, as Atom and as JSON Feed."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from archive.exports.feeds import atom, json_feed
from archive.exports.feeds.feed import (
    Entry,
    Feed,
    change_entry,
    publisher,
    statement_entry,
    tag_authority_since,
    tag_uri,
    withdrawn_entry,
)
from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.index import Index
from archive.model.records import Archive, Statement

LONGEST = 50  # entries of a feed
_CACHED = 4000  # entries kept for the other feeds that list them: rendering a summary is the costly part

_ORDER = f"The newest change comes first, and at most {LONGEST} are listed."
_DATES = (
    "An entry is dated by its record: when it was first archived and when it was last changed. The statement’s own "
    "date stands in the title."
)


def files(archive: Archive, index: Index) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield path and maker of every feed. A withdrawn record has an entry that says no more than that."""
    by_id = {statement.id: statement for statement in archive.statements}
    targets = urls.link_targets(archive)

    @lru_cache(maxsize=_CACHED)
    def entry(id: str) -> Entry:
        statement = by_id[id]
        if statement.withdrawn:
            return withdrawn_entry(statement, archive)
        return statement_entry(statement, archive, targets)

    def feed(address: str, title: str, scope: str, statements: Sequence[Statement]) -> Feed:
        entries = tuple(entry(statement.id) for statement in statements[:LONGEST])
        return _feed(archive, address, title, f"Records of statements{scope}. {_ORDER} {_DATES}", entries)

    yield from _formats("", partial(feed, "", "Statements", "", index.changed))
    for name, authority in INDEXES.items():
        filed = index.filed[name]
        for item in filed.entries:
            address, scope = urls.entry(name, item.id), f" {authority.scope} the {authority.one} “{item.label}”"
            scope += f" or a {authority.part}" if filed.under[item.id] else ""
            yield from _formats(address, partial(feed, address, item.label, scope, filed.changed[item.id]))
    yield from _formats(urls.CORRECTIONS, partial(_corrections, archive, index))


def _corrections(archive: Archive, index: Index) -> Feed:
    entries = tuple(change_entry(changed, archive) for changed in index.corrections[:LONGEST])
    subtitle = f"What was changed in records after they were first archived. {_ORDER}"
    return _feed(archive, urls.CORRECTIONS, "Corrections", subtitle, entries)


def _formats(address: str, feed: Callable[[], Feed]) -> Iterator[tuple[str, Callable[[], str]]]:
    yield f"{address}{urls.ATOM}", lambda: atom.document(feed())
    yield f"{address}{urls.JSON_FEED}", lambda: json_feed.document(feed())


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
        updated=max((entry.updated for entry in entries), default=tag_authority_since(archive)),
        entries=entries,
    )
