"""Put the archive in order: what is under each year and each entry of an index. Nothing else sorts records."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any, Generic, Protocol, TypeVar

from archive.model import characterisations, urls
from archive.model.authorities import INDEXES, VOCABULARIES, Authority
from archive.model.collation import Key, sort_key
from archive.model.division import Part, divide
from archive.model.edtf import Date
from archive.model.records import Archive, Change, Entry, Event, Figure, Request, Statement, Term

SAME_EVENT = 11  # kept for each statement: all of them would grow with the square of the archive
_LEDGER = 580  # values and columns of one page of the ledger: some 145 KB

T = TypeVar("T")
Authorities = Mapping[str, Mapping[str, Any]]  # as `Archive.authorities`


class Identified(Protocol):
    """A record with an id."""

    @property
    def id(self) -> str: ...


class Dated(Identified, Protocol):
    """A record with an id and a date."""

    @property
    def date(self) -> Date: ...


IdentifiedT = TypeVar("IdentifiedT", bound=Identified)
DatedT = TypeVar("DatedT", bound=Dated)


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
    earlier: int  # changes of the record on the same day


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The entries of an index in order, and what is filed under each; every id is a key of each inner mapping."""

    entries: tuple[Any, ...]
    under: Mapping[str, tuple[Any, ...]]  # the entries of which it is the parent
    citing: Mapping[str, Mapping[str, tuple[Statement, ...]]]  # by a field of `cited_by`: published statements
    through: Mapping[str, tuple[Any, ...]]  # the entries of another authority through which statements cite it, if any
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
    ledger_pages: Mapping[str, str]  # the URL of the figures on an event, by its id, if there are any
    terms: Mapping[str, tuple[Stated[Term], ...]]  # of an event, by date, then as the record has them
    uses: Mapping[str, tuple[Stated[Term], ...]]  # of a term by its anchor, in alphabetical order, likewise
    term_pages: Mapping[str, str]  # the URL of the page that has the term, by its anchor
    requests: Mapping[str, tuple[Stated[Request], ...]]  # of an addressee
    changed: tuple[Statement, ...]  # by newest change, newest first, then as the statements
    changes: tuple[Changed, ...]  # every change, of withdrawn records the last; newest first
    corrections: tuple[Changed, ...]  # those that are no first additions
    anniversaries: tuple[Event, ...]  # the events that began on a day known for certain
    link_targets: Mapping[str, str]  # as urls.link_targets


def build(archive: Archive) -> Index:
    """Put an archive in order."""
    oldest_first = sorted(archive.statements, key=chronological)
    statements = tuple(reversed(oldest_first))
    published = tuple(s for s in statements if not s.withdrawn)
    changed = tuple(sorted(statements, key=newest_change, reverse=True))
    filed = {name: _file(authority, archive.authorities, published, changed) for name, authority in INDEXES.items()}
    measures = {id: place for place, id in enumerate(archive.measures)}
    figures = sorted(
        (Stated(statement=s, value=figure) for s in published for figure in s.figures),
        key=lambda stated: (measures[stated.value.measure], chronological(stated.statement), bool(stated.value.group)),
    )
    terms = [Stated(statement=s, value=term) for s in reversed(published) for term in s.terms]
    uses = characterisations.uses_of(terms, lambda stated: stated.value.term)
    requests = (Stated(statement=s, value=request) for s in published for request in s.requests)
    changes = _changes(statements)
    of_event = _group(archive.events, ((stated.value.event, stated) for stated in figures))
    ledger = divide_figures(of_event[event.id] for event in filed["events"].entries)
    return Index(
        statements=statements,
        published=published,
        years=tuple(_years(statements)),
        earlier={s.id: before for before, s in zip([None, *oldest_first], oldest_first, strict=False)},
        later={s.id: after for s, after in zip(oldest_first, [*oldest_first[1:], None], strict=False)},
        filed=filed,
        same_event={s.id: _same_event(s, filed["events"]) for s in statements},
        figures=of_event,
        ledger_pages={
            id: urls.part(urls.FIGURES, [id]) if ledger.parts else f"{urls.FIGURES}#on-{id}"
            for id, stated in of_event.items()
            if stated
        },
        terms=_group(archive.events, ((stated.value.about, stated) for stated in terms if stated.value.about)),
        uses=uses,
        term_pages={
            anchor: urls.terms(part.path) for part in characterisations.parts(uses).pages() for anchor, _ in part.items
        },
        requests=_group(archive.addressees, ((of, stated) for stated in requests for of in stated.value.of)),
        changed=changed,
        changes=changes,
        corrections=tuple(changed for changed in changes if _is_correction(changed)),
        anniversaries=tuple(event for event in filed["events"].entries if _begins_on_a_day(event)),
        link_targets=urls.link_targets(archive),
    )


def divide_figures(by_event: Iterable[Sequence[Stated[Figure]]]) -> Part[Stated[Figure]]:
    """Divide the figures on events by event, then by year, where they are too many for one page of the ledger."""
    return divide(
        chain.from_iterable(by_event),
        lambda stated: (stated.value.event, stated.statement.date.year),
        _values_and_columns,
        _LEDGER,
    )


def _values_and_columns(stated: Sequence[Stated[Figure]]) -> int:
    return len(stated) + len({(item.value.event, item.statement.id) for item in stated})


def cited(statement: Statement, field: str, authorities: Authorities) -> Iterable[str]:
    """Return the ids in a field of a statement, such as "form", "events", "requests.of" or "events.places"."""
    name, _, of = field.partition(".")
    value = getattr(statement, name)
    if isinstance(value, str):
        return (value,) if value else ()
    if not of:
        return value  # type: ignore[no-any-return]
    if name in VOCABULARIES:
        value = [authorities[VOCABULARIES[name]][id] for id in value]
    return chain.from_iterable(getattr(item, of) for item in value)


def by_year(statements: Iterable[DatedT]) -> tuple[tuple[str, tuple[DatedT, ...]], ...]:
    """Group statements that are in order of date by the year they are filed under."""
    return tuple((year, tuple(group)) for year, group in groupby(statements, key=lambda s: s.date.year))


def newest_change(statement: Statement) -> datetime.date:
    """Return the day on which a record was last changed."""
    return max(change.date for change in statement.history)


def newest_first(statements: Iterable[DatedT]) -> tuple[DatedT, ...]:
    """Put statements in the order of the index, each once."""
    return tuple(sorted({s.id: s for s in statements}.values(), key=chronological, reverse=True))


def by_id(records: Iterable[IdentifiedT]) -> tuple[IdentifiedT, ...]:
    """Put records in the order of their ids, by code point."""
    return tuple(sorted(records, key=lambda record: record.id))


def chronological(statement: Dated) -> tuple[datetime.date, datetime.date, str]:
    """Return what statements are sorted by, the oldest first."""
    return (statement.date.earliest, statement.date.latest, statement.id)


def _file(
    authority: Authority, authorities: Authorities, published: Iterable[Statement], changed: Iterable[Statement]
) -> Filed:
    entries = authorities[authority.name]
    ordered = _ordered(authority, entries)
    cites = {
        field: [(id, s) for s in published for id in dict.fromkeys(cited(s, field, authorities))]
        for field in (citing.field for citing in authority.cited_by)
    }
    through = [
        (id, entry)
        for citing in authority.cited_by
        if citing.through
        for entry in _ordered(INDEXES[citing.through], authorities[citing.through])
        for id in getattr(entry, citing.name)
    ]
    return Filed(
        entries=ordered,
        under=_group(entries, ((entry.parent, entry) for entry in ordered if entry.parent)),
        citing={field: _group(entries, pairs) for field, pairs in cites.items()},
        through=_group(entries, through),
        changed=_group(
            entries,
            (
                (id, s)
                for s in changed
                for id in _with_parents(chain(*(cited(s, field, authorities) for field in cites)), entries)
            ),
        ),
    )


def _ordered(authority: Authority, entries: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(sorted(entries.values(), key=_event_order if authority.by_date else _label_order))


def _with_parents(ids: Iterable[str], entries: Mapping[str, Entry]) -> Iterable[str]:
    """Return these ids and those of all their ancestors, once each."""
    lineage: dict[str, None] = {}
    for id in ids:
        while id and id not in lineage:
            lineage[id] = None
            id = entries[id].parent
    return lineage


def _changes(statements: tuple[Statement, ...]) -> tuple[Changed, ...]:
    """Return the changes, newest first; on one day in the order of the statements, the last of a record first."""
    changes = [
        Changed(
            statement=statement,
            change=change,
            number=number,
            earlier=sum(other.date == change.date for other in statement.history[: number - 1]),
        )
        for statement in statements
        for number, change in reversed(tuple(enumerate(statement.history, 1)))
        if not statement.withdrawn or number == len(statement.history)
    ]
    return tuple(sorted(changes, key=lambda changed: changed.change.date, reverse=True))


def _is_correction(changed: Changed) -> bool:
    return changed.statement.withdrawn or changed.number > 1 or changed.change.kind != "addition"


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
