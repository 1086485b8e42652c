"""Make the pages of each index: the list of its entries, and the page of each entry, divided by year if it is long."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from archive.exports.citations import NEWEST
from archive.model import urls
from archive.model.authorities import INDEXES, Authority
from archive.model.index import Filed, Index, by_year, newest_first
from archive.model.records import Archive, Entry, Event, Statement
from archive.pages import figures, listing
from archive.pages.dates import updated
from archive.pages.links import (
    Alternate,
    Link,
    Links,
    alternate_links,
    citation_alternates,
    feed_alternates,
    same_as_links,
)
from archive.pages.listing import Citations
from archive.pages.page import Page, PageMakers, neighbours, render
from archive.text import formatting

Years = tuple[tuple[str, tuple[Statement, ...]], ...]  # each with its statements


def pages(archive: Archive, index: Index) -> PageMakers:
    """Yield for each index the list, then the pages of each entry in its order."""
    newest = updated(index.statements)
    for authority in INDEXES.values():
        maker = _Maker(authority=authority, filed=index.filed[authority.name], archive=archive, index=index)
        yield urls.entries(authority.name), maker.list_page
        for earlier, entry, later in neighbours(maker.filed.entries):
            yield from maker.entry_pages(entry, *((earlier, later) if authority.by_date else (None, None)), newest)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Makes the pages of one index of an archive."""

    authority: Authority
    filed: Filed
    archive: Archive
    index: Index

    def list_page(self) -> Page:
        """Return the page that lists the entries."""
        links = Links(urls.entries(self.authority.name), self.archive)
        total = formatting.count(len(self.filed.entries), self.authority.one, self.authority.many)
        is_events = self.authority.name == "events"
        return Page(
            address=links.page,
            title=formatting.capitalised(self.authority.many),
            description=formatting.description(
                f"{total}, {self.authority.order}.", f"Each has {self.authority.contains}."
            ),
            kind="index",
            html=render(
                "authorities.html",
                {
                    "authority": self.authority,
                    "total": total,
                    "groups": list(self._groups(links)),
                    "figures": links.to(urls.FIGURES, "Figures stated on these events") if is_events else None,
                    "alternates": _calendar(links) if is_events and self.index.anniversaries else [],
                },
            ),
            source=self._source,
            updated=updated(self.index.statements),
        )

    def entry_pages(self, entry: Entry, earlier: Entry | None, later: Entry | None, newest: str) -> PageMakers:
        """Yield the page of an entry, and one for each year of its statements if they are too many for one page.

        `earlier` and `later` are the entries before and after it in time, `newest` the day of the newest change of all,
        which dates an entry that no statement cites.
        """
        day = "" if self.filed.changed[entry.id] else newest
        yield urls.entry(self.authority.name, entry.id), partial(self._entry_page, entry, earlier, later, day)
        for year, _ in self._years(self._citations(entry)):
            yield urls.entry(self.authority.name, entry.id, year), partial(self._year_page, entry, year)

    def _citations(self, entry: Entry) -> Citations:
        return listing.citations(self.authority, entry.id, self.index)

    def _years(self, citations: Citations) -> Years:
        """Return the years that have a page of their own."""
        return by_year(citations.statements()) if citations.is_split else ()

    def _entry_page(self, entry: Entry, earlier: Entry | None, later: Entry | None, day: str) -> Page:
        name = self.authority.name
        links = Links(urls.entry(name, entry.id), self.archive)
        citations = self._citations(entry)
        years = self._years(citations)
        number = formatting.count(len(citations.lists[0]), "statement")
        return Page(
            address=links.page,
            title=entry.label,
            description=formatting.description(
                f"{entry.label}: {number} {self.authority.listed_by[0].how} it in the archive.",
                f"With {self.authority.contains}.",
            ),
            html=render(
                "authority.html",
                {
                    **self._values(entry, citations.of("") if years else citations, links),
                    "trail": self._trail(entry, links),
                    "names": [(name, formatting.official(name)) for name in entry.names],
                    "summary": entry.summary,
                    "events": self._events(entry, links),
                    "places": links.entries("places", entry.places) if isinstance(entry, Event) else [],
                    "under": self._tree(self.filed.under[entry.id], self.filed.under, links),
                    "bars": listing.year_bars(years, lambda year: links.to(f"{links.page}{year}/", year)),
                    "empty": not any(citations.lists),
                    "mentioned": self._is_mentioned(entry),
                    "elsewhere": same_as_links(entry.same_as),
                    "contributing": links.to(urls.doc("contributing.md"), "Contributing"),
                    "earlier": links.entry(name, earlier.id) if earlier else None,
                    "later": links.entry(name, later.id) if later else None,
                },
            ),
            updated=updated(self.filed.changed[entry.id]) or day,
            earlier=urls.entry(name, earlier.id) if earlier else "",
            later=urls.entry(name, later.id) if later else "",
            **self._page(entry, links),
        )

    def _year_page(self, entry: Entry, year: str) -> Page:
        name = self.authority.name
        links = Links(urls.entry(name, entry.id, year), self.archive)
        citations = self._citations(entry).of(year)
        number = formatting.count(len(citations.statements()), "statement")
        return Page(
            address=links.page,
            title=f"{entry.label}: statements in {year}",
            description=formatting.description(
                f"{number} in {year} {self.authority.scope} {entry.label}.", listing.EACH_HAS
            ),
            html=render(
                "authority.html",
                {
                    **self._values(entry, citations, links, year),
                    "trail": [*self._trail(entry, links)[:1], links.entry(name, entry.id)],
                },
            ),
            updated=updated(s for s in self.filed.changed[entry.id] if s.date.year == year),
            **self._page(entry, links),
        )

    def _page(self, entry: Entry, links: Links) -> dict[str, str]:
        """Return what every page of an entry has outside its HTML."""
        return {
            "kind": self.authority.one,
            "source": self._source,
            "head": alternate_links(entry.label, self._alternates(entry, links)),
        }

    def _values(self, entry: Entry, citations: Citations, links: Links, year: str = "") -> dict[str, object]:
        """Return what the template needs for the page of an entry and for that of one of its years."""
        besides = [entry.id] if self.authority.name == "events" else []
        lists = [
            (citing.how, len(statements), self._groups_of(statements, links, besides))
            for citing, statements in zip(self.authority.listed_by, citations.lists, strict=True)
            if statements
        ]
        ledgers = figures.ledgers_of_event(citations.figures, links)
        dates = {"from": year, "to": year} if year else {}
        wider = {citing.field: "yes" for citing in self.authority.listed_by[1:]}
        search = urls.search(**dates, **{self.authority.one: entry.id}, **wider)
        return {
            "authority": self.authority,
            "entry": entry,
            "year": year,
            "search": urls.relative(search, links.page) if self._has_statements(entry.id) else "",
            "lists": lists,
            "ledgers": ledgers,
            "ledgers_shown": figures.beginning(ledgers),
            "terms": [
                (used[0].statement, links.statement(used[0].statement), [Link("", item.value.term) for item in used])
                for used in (list(group) for _, group in groupby(citations.terms, key=lambda item: item.statement.id))
            ],
            "requests": [
                (asked[0].statement, links.statement(asked[0].statement), [item.value.asks for item in asked])
                for asked in (
                    list(group) for _, group in groupby(citations.requests, key=lambda item: item.statement.id)
                )
            ],
            "alternates": self._alternates(entry, links),
        }

    def _events(self, entry: Entry, links: Links) -> list[listing.Branch]:
        """Return the events that the statements listed are about, or through which they cite the entry, in order."""
        if self.authority.name in ("events", "addressees"):
            return []
        statements = self.filed.listed(entry.id, self.authority)
        own, filed = INDEXES["events"], self.index.filed["events"]
        if through := self.filed.through[entry.id]:
            statements = newest_first(s for event in through for s in filed.listed(event.id, own))
        counts = [Counter(id for s in statements for id in getattr(s, citing.field)) for citing in own.cited_by]
        return [
            listing.Branch(
                item=event,
                link=links.entry("events", event.id),
                note=_cited(own, [by_id[event.id] for by_id in counts]),
                parts=(),
            )
            for event in through or [event for event in filed.entries if counts[0][event.id]]
        ]

    def _is_mentioned(self, entry: Entry) -> bool:
        """Whether statements mention an event through which they would cite the entry if they were about it."""
        mentioning = self.index.filed["events"].citing["mentions"]
        return any(mentioning[event.id] for event in self.filed.through[entry.id])

    def _groups_of(self, statements: Sequence[Statement], links: Links, besides: Sequence[str]) -> list[listing.Group]:
        """Return the statements under a heading for each year; where there are two lists, without headings."""
        if len(self.authority.listed_by) > 1:
            rows = listing.rows(statements, links, besides)
            return [listing.Group(heading=Link("", ""), id="", number="", rows=rows)]
        return [listing.group(Link("", year), f"y{year}", of_year, links) for year, of_year in by_year(statements)]

    def _has_statements(self, id: str) -> bool:
        ids = [id, *self.filed.below(id)]
        return any(self.filed.citing[citing.field][id] for citing in self.authority.listed_by for id in ids)

    def _alternates(self, entry: Entry, links: Links) -> list[Alternate]:
        """Return the feeds, with the statements on the entries under it, and the bibliography, without them."""
        address = urls.entry(self.authority.name, entry.id)
        part = f" or a {self.authority.part}" if self.filed.under[entry.id] else ""
        content = f"New and changed records of statements {self.authority.scope} this {self.authority.one}{part}"
        alternates = feed_alternates(address, content, links)
        if number := len(self.filed.listed(entry.id, self.authority)):
            how = " or ".join(citing.how for citing in self.authority.listed_by)
            newest = f"newest {NEWEST} " if number > NEWEST else ""
            alternates += citation_alternates(address, f"the {newest}statements {how} it", links)
        return alternates

    def _trail(self, entry: Entry, links: Links) -> list[Link]:
        address = urls.entries(self.authority.name)
        trail = [links.to(address, formatting.capitalised(self.authority.many))]
        if kinds := self.authority.kinds:
            kind = entry.kind
            trail.append(links.to(f"{address}#{kind}", kinds[kind]))
        entries = self.archive.authorities[self.authority.name]
        ancestors: list[str] = []
        while (id := entry.parent) and id not in ancestors:
            ancestors.insert(0, id)
            entry = entries[id]
        return [*trail, *links.entries(self.authority.name, ancestors)]

    def _groups(self, links: Links) -> Iterator[tuple[str, str, list[listing.Branch]]]:
        """Yield id, label and tree of each kind of entry; where there are no kinds, one tree with neither."""
        kinds = self.authority.kinds
        for kind, label in kinds.items() or [("", "")]:
            entries = {entry.id: entry for entry in self.filed.entries if not kinds or entry.kind == kind}
            tops = [entry for entry in entries.values() if entry.parent not in entries]
            if tops:
                under = {id: [entry for entry in self.filed.under[id] if entry.id in entries] for id in entries}
                yield kind, label, self._tree(tops, under, links)

    def _tree(
        self, entries: Iterable[Entry], under: Mapping[str, Sequence[Entry]], links: Links
    ) -> list[listing.Branch]:
        return [
            listing.Branch(
                item=entry,
                link=links.entry(self.authority.name, entry.id),
                note=self._note(entry.id),
                parts=self._tree(under[entry.id], under, links),
            )
            for entry in entries
        ]

    def _note(self, id: str) -> str:
        """Return in words how many statements cite an entry in each way, also with the entries under it.

        Such as "3 statements about it, 62 mentioning it (with parts of it: 5 and 66)".
        """
        own, whole = self._counts([id]), self._counts([id, *self.filed.below(id)])
        with_parts = formatting.join([f"{number:,}" for number in whole if number])
        return _cited(self.authority, own, whole) + (
            f" (with {self.authority.parts}: {with_parts})" if own != whole else ""
        )

    def _counts(self, ids: Sequence[str]) -> list[int]:
        """Return how many statements cite any of these entries, for each way of citing."""
        citing = [self.filed.citing[citing.field] for citing in self.authority.cited_by]
        return [len({statement.id for id in ids for statement in by_id[id]}) for by_id in citing]

    @property
    def _source(self) -> str:
        return f"statements/authorities/{self.authority.name}.yml"


def _cited(authority: Authority, numbers: Sequence[int], shown: Sequence[int] = ()) -> str:
    """Say how many statements cite an entry in each way that has a number in `shown`, or else in `numbers`."""
    ways = [
        (citing.how, n) for citing, n, some in zip(authority.cited_by, numbers, shown or numbers, strict=True) if some
    ]
    if not ways:
        return f"no statements {authority.scope} it"
    (how, number), *others = ways
    return ", ".join([f"{formatting.count(number, 'statement')} {how} it", *(f"{n:,} {how} it" for how, n in others)])


def _calendar(links: Links) -> list[Alternate]:
    link = links.to(urls.ANNIVERSARIES, "Calendar of the days on which these events began")
    note = (
        "iCalendar, for a calendar program: each day comes once a year, 29 February on the last day of the month. "
        "Events whose dates are not known to the day are left out"
    )
    return [Alternate(link=link, type="text/calendar", note=note)]
