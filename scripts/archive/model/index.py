"""Put the archive in order: what is under each year, event and addressee. Nothing else sorts records."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from archive.model.records import Addressee, Archive, Change, Event, Figure, Request, Statement, Term

SAME_EVENT = 11  # kept for each statement: all of them would grow with the square of the archive

T = TypeVar("T")


class Identified(Protocol):
    """A record with an id."""

    @property
    def id(self) -> str: ...


IdentifiedT = TypeVar("IdentifiedT", bound=Identified)
Child = TypeVar("Child", Event, Addressee)


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
class Index:
    """The archive in order: statements newest first, events oldest first, addressees by label, measures as listed.

    Withdrawn statements are among the statements, the years and what has changed, and nowhere else. Every event and
    addressee id is a key of each of its mappings, every statement id of `earlier`, `later` and `same_event`, even if
    there is nothing under it.
    """

    statements: tuple[Statement, ...]
    published: tuple[Statement, ...]  # those that are not withdrawn
    years: tuple[Year, ...]
    earlier: Mapping[str, Statement | None]
    later: Mapping[str, Statement | None]
    same_event: Mapping[str, tuple[Statement, ...]]  # the newest others on one of its events
    events: tuple[Event, ...]
    about: Mapping[str, tuple[Statement, ...]]
    mentioning: Mapping[str, tuple[Statement, ...]]
    figures: Mapping[str, tuple[Stated[Figure], ...]]  # of an event, by measure, then date, the total before its groups
    terms: Mapping[str, tuple[Stated[Term], ...]]  # of an event, by date, then as the record has them
    parts: Mapping[str, tuple[Event, ...]]  # the events that are part of an event
    addressees: tuple[Addressee, ...]
    addressed: Mapping[str, tuple[Statement, ...]]
    requests: Mapping[str, tuple[Stated[Request], ...]]  # of an addressee
    bodies: Mapping[str, tuple[Addressee, ...]]  # the bodies under a body
    changed: tuple[Statement, ...]  # by newest change, newest first, then as the statements
    changed_on: Mapping[str, tuple[Statement, ...]]  # of them, those about or mentioning an event or a part of it
    changed_to: Mapping[str, tuple[Statement, ...]]  # of them, those to, or asking of, an addressee or a body under it
    corrections: tuple[Changed, ...]  # every change but first additions, of withdrawn records the last; newest first
    anniversaries: tuple[Event, ...]  # the events that began on a day known for certain


def build(archive: Archive) -> Index:
    """Put an archive in order."""
    oldest_first = sorted(archive.statements, key=_chronological)
    statements = tuple(reversed(oldest_first))
    published = tuple(s for s in statements if not s.withdrawn)
    events = tuple(sorted(archive.events.values(), key=_event_order))
    addressees = tuple(sorted(archive.addressees.values(), key=_addressee_order))
    about = _group(archive.events, ((event, s) for s in published for event in s.events))
    mentioning = _group(archive.events, ((event, s) for s in published for event in s.mentions))
    measures = {id: place for place, id in enumerate(archive.measures)}
    changed = tuple(sorted(statements, key=newest_change, reverse=True))
    figures = sorted(
        (Stated(statement=s, value=figure) for s in published for figure in s.figures),
        key=lambda stated: (measures[stated.value.measure], _chronological(stated.statement), bool(stated.value.group)),
    )
    terms = (Stated(statement=s, value=term) for s in reversed(published) for term in s.terms)
    return Index(
        statements=statements,
        published=published,
        years=tuple(_years(statements)),
        earlier={s.id: before for before, s in zip([None, *oldest_first], oldest_first, strict=False)},
        later={s.id: after for s, after in zip(oldest_first, [*oldest_first[1:], None], strict=False)},
        same_event={s.id: _same_event(s, about, mentioning) for s in statements},
        events=events,
        about=about,
        mentioning=mentioning,
        figures=_group(archive.events, ((stated.value.event, stated) for stated in figures)),
        terms=_group(archive.events, ((stated.value.about, stated) for stated in terms if stated.value.about)),
        parts=_children(events),
        addressees=addressees,
        addressed=_group(archive.addressees, ((to, s) for s in published for to in s.addressees)),
        requests=_group(
            archive.addressees,
            (
                (of, Stated(statement=s, value=request))
                for s in published
                for request in s.requests
                for of in request.of
            ),
        ),
        bodies=_children(addressees),
        changed=changed,
        changed_on=_group(
            archive.events,
            ((event, s) for s in changed for event in _with_parents((*s.events, *s.mentions), archive.events)),
        ),
        changed_to=_group(
            archive.addressees, ((to, s) for s in changed for to in _with_parents(_concerned(s), archive.addressees))
        ),
        corrections=_corrections(statements),
        anniversaries=tuple(event for event in events if _begins_on_a_day(event)),
    )


def by_year(statements: Iterable[Statement]) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    """Group statements that are in order of date by the year they are filed under."""
    return tuple((year, tuple(group)) for year, group in groupby(statements, key=lambda s: s.date.year))


def newest_change(statement: Statement) -> datetime.date:
    """Return the day on which a record was last changed."""
    return max(change.date for change in statement.history)


def by_id(records: Iterable[IdentifiedT]) -> tuple[IdentifiedT, ...]:
    """Put records in the order of their ids, by code point."""
    return tuple(sorted(records, key=lambda record: record.id))


def _chronological(statement: Statement) -> tuple[datetime.date, datetime.date, str]:
    return (statement.date.earliest, statement.date.latest, statement.id)


def _concerned(statement: Statement) -> Iterable[str]:
    """Return the ids of those to whom it is addressed, and of those of whom it asks something."""
    return (*statement.addressees, *(of for request in statement.requests for of in request.of))


def _with_parents(ids: Iterable[str], records: Mapping[str, Child]) -> Iterable[str]:
    """Return these ids and those of all their ancestors, once each."""
    lineage: dict[str, None] = {}
    for id in ids:
        while id and id not in lineage:
            lineage[id] = None
            id = records[id].parent
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


def _addressee_order(addressee: Addressee) -> tuple[str, str]:
    return (addressee.label.casefold(), addressee.id)


def _group(ids: Iterable[str], pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {id: [] for id in ids}
    for id, item in pairs:
        groups[id].append(item)
    return {id: tuple(items) for id, items in groups.items()}


def _children(ordered: tuple[Child, ...]) -> dict[str, tuple[Child, ...]]:
    return _group((item.id for item in ordered), ((item.parent, item) for item in ordered if item.parent))


def _years(statements: tuple[Statement, ...]) -> Iterable[Year]:
    for year, group in by_year(statements):
        months: Callable[[Statement], str] = lambda s: s.date.month  # noqa: E731
        in_months = sorted(group, key=months, reverse=True)
        yield Year(
            year=year,
            statements=group,
            months=tuple(Month(month=month, statements=tuple(g)) for month, g in groupby(in_months, key=months)),
        )


def _same_event(
    statement: Statement, about: Mapping[str, tuple[Statement, ...]], mentioning: Mapping[str, tuple[Statement, ...]]
) -> tuple[Statement, ...]:
    newest = [s for event in statement.events for under in (about, mentioning) for s in under[event][: SAME_EVENT + 1]]
    others = {s.id: s for s in newest if s.id != statement.id}
    return tuple(sorted(others.values(), key=_chronological, reverse=True)[:SAME_EVENT])
