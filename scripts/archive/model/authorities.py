"""Declare each kind of entry that statements cite: its file, its fields and, of an index, what its pages and facet say.

This is the one table of indexes: URLs, pages, feeds, bibliographies, data, navigation and the search page's facets are
made by looping over it. An index is an authority whose entries have pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.model import authority_fields
from archive.model.fields import Record
from archive.model.statement_fields import STATEMENT

# by the name of a field of the statement: the authority whose ids it holds
VOCABULARIES = {field.name: field.vocabulary for field in STATEMENT.fields if field.vocabulary}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """A field by which statements cite the entries of an index; `how` completes "statements ... it", such as "about".

    The statements are listed on the entry's page and in its bibliography, unless the page shows what the field says in
    their place.
    """

    # of a statement: a list of ids, "requests.of" for the ids in a list of records, or "events.places" for those that
    # the entries of another authority have, which a statement cites through these
    field: str
    how: str
    listed: bool = True

    @property
    def through(self) -> str:
        """The authority through whose entries statements cite those of the index; "" for none."""
        name, _, of = self.field.partition(".")
        return VOCABULARIES.get(name, "") if of else ""

    @property
    def name(self) -> str:
        """The field by its own name, such as "places"."""
        return self.field.rpartition(".")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A file of entries that statements cite, and the words for its pages where it is an index."""

    name: str  # of the file and of its table in the data
    record: Record
    words: tuple[str, str] = ("", "")  # what readers call an entry and several, if not by these two's names
    cited_by: tuple[Citing, ...] = ()  # none where its entries have no pages
    order: str = ""  # of the list of entries, completes "60 events, ..."
    contains: str = ""  # what the page of an entry has, completes "With ..."
    reports: str = ""  # completes "This page reports ..."
    sought: str = ""  # completes "if you know ..."
    part: str = ""  # what an entry under another is called, such as "subordinate body"
    parts: str = ""  # and several of them
    heading: str = ""  # of the entries on the page of a statement, if not what they are called
    by_date: bool = False  # whether the entries are in order of time, not of their labels
    in_masthead: bool = False  # else in the foot
    in_results: bool = False  # the search names its entries with each result, and counts them at once

    @property
    def one(self) -> str:
        """What an entry is called, and the facet in the address of a search."""
        return self.words[0] or self.record.name

    @property
    def many(self) -> str:
        """What entries are called, and the folder of their pages."""
        return self.words[1] or self.name

    @property
    def kinds(self) -> Mapping[str, str]:
        """The kinds of entries, each with its label; none where entries have no kind."""
        return next((field.choices for field in self.record.fields if field.name == "kind" and field.choices), {})

    @property
    def listed_by(self) -> tuple[Citing, ...]:
        """The fields by which statements are listed under an entry; by the first of them, feeds are tagged too."""
        return tuple(citing for citing in self.cited_by if citing.listed)

    @property
    def scope(self) -> str:
        """How statements cite an entry, such as "about or mentioning"."""
        return " or ".join(citing.how for citing in self.cited_by)


_TABLE = (
    Authority(
        name="events",
        record=authority_fields.EVENT,
        cited_by=(Citing(field="events", how="about"), Citing(field="mentions", how="mentioning")),
        order="in order of time, each with its parts under it",
        contains="the names used for it, the figures as stated and the terms used",
        reports="what was stated about the event",
        sought="what it was about",
        part="part of it",
        parts="parts of it",
        by_date=True,
        in_masthead=True,
        in_results=True,
    ),
    Authority(
        name="subjects",
        record=authority_fields.SUBJECT,
        words=("topic", "topics"),
        cited_by=(Citing(field="subjects", how="on"),),
        order="by name",
        contains="what it covers, its names and the events that statements on it are about",
        reports="what was stated on the topic",
        sought="which topic it is on",
        part="narrower topic",
        parts="narrower topics",
        in_masthead=True,
    ),
    Authority(
        name="addressees",
        record=authority_fields.ADDRESSEE,
        cited_by=(
            Citing(field="addressees", how="to"),
            Citing(field="requests.of", how="asking something of", listed=False),
        ),
        order="by kind, each under the body it belongs to",
        contains="its names, its subordinate bodies and what was asked of it",
        reports="to whom statements were addressed and what they asked",
        sought="to whom it was sent",
        part="subordinate body",
        parts="subordinate bodies",
        in_masthead=True,
        in_results=True,
    ),
    Authority(
        name="instruments",
        record=authority_fields.INSTRUMENT,
        cited_by=(Citing(field="instruments", how="citing"),),
        order="by kind",
        contains="its names and the events that statements citing it are about",
        reports="which statements cite the instrument, and what they are about",
        sought="which treaty, resolution or law it cites",
        heading="cites",
    ),
    Authority(
        name="places",
        record=authority_fields.PLACE,
        cited_by=(Citing(field="events.places", how="about events in"),),
        order="by name, each under the one it lies in",
        contains="its names and the events there",
        reports="what was stated about events in the place",
        sought="where its events took place",
        part="place in it",
        parts="places in it",
    ),
    Authority(name="issuers", record=authority_fields.ISSUER),
    Authority(name="outlets", record=authority_fields.OUTLET),
    Authority(name="measures", record=authority_fields.MEASURE),
)
AUTHORITIES: Mapping[str, Authority] = {authority.name: authority for authority in _TABLE}
INDEXES: Mapping[str, Authority] = {authority.name: authority for authority in _TABLE if authority.cited_by}
RECORDS: Mapping[str, Record] = {authority.name: authority.record for authority in _TABLE}
