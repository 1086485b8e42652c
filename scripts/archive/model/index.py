"""Put the archive in order: what is under each year and each entry of an index. Nothing else sorts records."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any, Generic, Protocol, TypeVar

from archive.model import urls
from archive.model.authorities import INDEXES, Authority
from archive.model.collation import Key, sort_key
from archive.model.records import Archive, Change, Entry, Event, Figure, Request, Statement, Term

SAME_EVENT = 11  # kept for each statement: all of them would grow with the square of the archive

T = TypeVar("T")


class Identified(Protocol):
    """A record with an id."""

    @property
    def id(self) -> str: ...


IdentifiedT = TypeVar("IdentifiedT", bound=Identified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The statements of one month, newest first; `month` is "MM", or "" where the month is not known."""

    month: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The statements of one year, newest first, and its months, latest first, the unknown one last."""

    year: str
    statements: tuple[Statement, ...]
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated(Generic[T]):
    """A figure, term or request, with the statement that it is in."""

    statement: Statement
    value: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A change of a record, with the record; `number` is its place in the history, from 1."""

    statement: Statement
    change: Change
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The entries of an index in order, and what is filed under each; every id is a key of each inner mapping."""

    entries: tuple[Any, ...]
    under: Mapping[str, tuple[Any, ...]]  # the entries of which it is the parent
    citing: Mapping[str, Mapping[str, tuple[Statement, ...]]]  # by a field of `cited_by`: published statements
    changed: Mapping[str, tuple[Statement, ...]]  # `Index.changed` without those that cite neither it nor one below it

    def listed(self, id: str, authority: Authority) -> tuple[Statement, ...]:
        """Return the statements that are listed under an entry, each once, newest first."""
        lists = [self.citing[citing.field][id] for citing in authority.listed_by]
        return lists[0] if len(lists) == 1 else newest_first(chain.from_iterable(lists))

    def below(self, id: str) -> Iterable[str]:
        """Yield the id of every entry under this one, at any depth."""
        for entry in self.under[id]:
            yield entry.id
            yield from self.below(entry.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The archive in order: statements newest first, entries by date or label, measures as listed.

    Withdrawn statements are among the statements, the years and what has changed, and nowhere else. Every statement's
    id is a key of `earlier`, `later` and `same_event`, every event's of `figures` and `terms`, every addressee's of
    `requests`, even if there is nothing under it.
    """

    statements: tuple[Statement, ...]
    published: tuple[Statement, ...]  # those that are not withdrawn
    years: tuple[Year, ...]
    earlier: Mapping[str, Statement | None]
    later: Mapping[str, Statement | None]
    filed: Mapping[str, Filed]  # by the name of the index
    same_event: Mapping[str, tuple[Statement, ...]]  # the newest others on one of its events
    figures: Mapping[str, tuple[Stated[Figure], ...]]  # of an event, by measure, then date, the total before its groups
    terms: Mapping[str, tuple[Stated[Term], ...]]  # of an event, by date, then as the record has them
    requests: Mapping[str, tuple[Stated[Request], ...]]  # of an addressee
    changed: tuple[Statement, ...]  # by newest change, newest first, then as the statements
    corrections: tuple[Changed, ...]  # every change but first additions, of withdrawn records the last; newest first
    anniversaries: tuple[Event, ...]  # the events that began on a day known for certain
    link_targets: Mapping[str, str]  # as urls.link_targets


def build(archive: Archive) -> Index:
    """Put an archive in order."""
    oldest_first = sorted(archive.statements, key=_chronological)
    statements = tuple(reversed(oldest_first))
    published = tuple(s for s in statements if not s.withdrawn)
    changed = tuple(sorted(statements, key=newest_change, reverse=True))
    filed = {
        name: _file(authority, archive.authorities[name], published, changed) for name, authority in INDEXES.items()
    }
    measures = {id: place for place, id in enumerate(archive.measures)}
    figures = sorted(
        (Stated(statement=s, value=figure) for s in published for figure in s.figures),
        key=lambda stated: (measures[stated.value.measure], _chronological(stated.statement), bool(stated.value.group)),
    )
    terms = (Stated(statement=s, value=term) for s in reversed(published) for term in s.terms)
    requests = (Stated(statement=s, value=request) for s in published for request in s.requests)
    return Index(
        statements=statements,
        published=published,
        years=tuple(_years(statements)),
        earlier={s.id: before for before, s in zip([None, *oldest_first], oldest_first, strict=False)},
        later={s.id: after for s, after in zip(oldest_first, [*oldest_first[1:], None], strict=False)},
        filed=filed,
        same_event={s.id: _same_event(s, filed["events"]) for s in statements},
        figures=_group(archive.events, ((stated.value.event, stated) for stated in figures)),
        terms=_group(archive.events, ((stated.value.about, stated) for stated in terms if stated.value.about)),
        requests=_group(archive.addressees, ((of, stated) for stated in requests for of in stated.value.of)),
        changed=changed,
        corrections=_corrections(statements),
        anniversaries=tuple(event for event in filed["events"].entries if _begins_on_a_day(event)),
        link_targets=urls.link_targets(archive),
    )


def cited(statement: Statement, field: str) -> Iterable[str]:
    """Return the ids in a field of a statement, such as "form", "events" or "requests.of"."""
    name, _, of = field.partition(".")
    value = getattr(statement, name)
    if isinstance(value, str):
        return (value,) if value else ()
    return chain.from_iterable(getattr(item, of) for item in value) if of else value


def by_year(statements: Iterable[Statement]) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    """Group statements that are in order of date by the year they are filed under."""
    return tuple((year, tuple(group)) for year, group in groupby(statements, key=lambda s: s.date.year))


def newest_change(statement: Statement) -> datetime.date:
    """Return the day on which a record was last changed."""
    return max(change.date for change in statement.history)


def newest_first(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Put statements in the order of the index, each once."""
    return tuple(sorted({s.id: s for s in statements}.values(), key=_chronological, reverse=True))


def by_id(records: Iterable[IdentifiedT]) -> tuple[IdentifiedT, ...]:
    """Put records in the order of their ids, by code point."""
    return tuple(sorted(records, key=lambda record: record.id))


def _chronological(statement: Statement) -> tuple[datetime.date, datetime.date, str]:
    return (statement.date.earliest, statement.date.latest, statement.id)


def _file(
    authority: Authority, entries: Mapping[str, Any], published: Iterable[Statement], changed: Iterable[Statement]
) -> Filed:
    ordered = tuple(sorted(entries.values(), key=_event_order if authority.by_date else _label_order))
    cites = {
        field: [(id, s) for s in published for id in dict.fromkeys(cited(s, field))]
        for field in (citing.field for citing in authority.cited_by)
    }
    return Filed(
        entries=ordered,
        under=_group(entries, ((entry.parent, entry) for entry in ordered if entry.parent)),
        citing={field: _group(entries, pairs) for field, pairs in cites.items()},
        changed=_group(
            entries,
            ((id, s) for s in changed for id in _with_parents(chain(*(cited(s, field) for field in cites)), entries)),
        ),
    )


def _with_parents(ids: Iterable[str], entries: Mapping[str, Entry]) -> Iterable[str]:
    """Return these ids and those of all their ancestors, once each."""
    lineage: dict[str, None] = {}
    for id in ids:
        while id and id not in lineage:
            lineage[id] = None
            id = entries[id].parent
    return lineage


def _corrections(statements: tuple[Statement, ...]) -> tuple[Changed, ...]:
    """Return the corrections, newest first; on one day in the order of the statements, the last of a record first."""
    corrections = [
        Changed(statement=statement, change=change, number=number)
        for statement in statements
        for number, change in reversed(tuple(enumerate(statement.history, 1)))
        if _is_correction(statement, number)
    ]
    return tuple(sorted(corrections, key=lambda changed: changed.change.date, reverse=True))


def _is_correction(statement: Statement, number: int) -> bool:
    """Return whether a change is no first addition; of a withdrawn record, whether it is the withdrawal."""
    if statement.withdrawn:
        return number == len(statement.history)
    return number > 1 or statement.history[0].kind != "addition"


def _begins_on_a_day(event: Event) -> bool:
    ends = [event.date.start, *([event.date.end] if event.date.end else [])]
    return all(point.precision == "day" and not point.mark for point in ends)


def _event_order(event: Event) -> tuple[datetime.date, datetime.date, str]:
    return (event.date.earliest, event.date.latest, event.id)


def _label_order(entry: Entry) -> tuple[Key, str, str]:
    return (sort_key(entry.label), entry.label, entry.id)


def _group(ids: Iterable[str], pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {id: [] for id in ids}
    for id, item in pairs:
        groups[id].append(item)
    return {id: tuple(items) for id, items in groups.items()}


def _years(statements: tuple[Statement, ...]) -> Iterable[Year]:
    for year, group in by_year(statements):
        months: Callable[[Statement], str] = lambda s: s.date.month  # noqa: E731
        in_months = sorted(group, key=months, reverse=True)
        yield Year(
            year=year,
            statements=group,
            months=tuple(Month(month=month, statements=tuple(g)) for month, g in groupby(in_months, key=months)),
        )


def _same_event(statement: Statement, events: Filed) -> tuple[Statement, ...]:
    newest = [by_event[id][: SAME_EVENT + 1] for id in statement.events for by_event in events.citing.values()]
    return newest_first(s for s in chain(*newest) if s.id != statement.id)[:SAME_EVENT]
