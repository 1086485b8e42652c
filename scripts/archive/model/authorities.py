"""Declare each kind of entry that statements cite: its file, its fields and, of an index, what its pages and facet say.

This is the one table of indexes: URLs, pages, feeds, bibliographies, data, navigation and the search page's facets are
made by looping over it. An index is an authority whose entries have pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.model import authority_fields
from archive.model.fields import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """A field by which statements cite the entries of an index; `how` completes "statements ... it", such as "about".

    The statements are listed on the entry's page and in its bibliography, unless the page shows what the field says in
    their place.
    """

    field: str  # of a statement: a list of ids, or "requests.of" for the ids in a list of records
    how: str
    listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A file of entries that statements cite, and the words for its pages where it is an index."""

    name: str  # of the file, of its table in the data, of the folder of its pages; what the entries are called
    record: Record  # its name is what an entry is called, and the facet in the address of a search
    cited_by: tuple[Citing, ...] = ()  # none where its entries have no pages
    order: str = ""  # of the list of entries, completes "60 events, ..."
    contains: str = ""  # what the page of an entry has, completes "With ..."
    reports: str = ""  # completes "This page reports ..."
    sought: str = ""  # completes "if you know ..."
    part: str = ""  # what an entry under another is called, such as "body under it"
    parts: str = ""  # and several of them
    by_date: bool = False  # whether the entries are in order of time, not of their labels

    @property
    def one(self) -> str:
        """What an entry is called."""
        return self.record.name

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
    ),
    Authority(
        name="addressees",
        record=authority_fields.ADDRESSEE,
        cited_by=(
            Citing(field="addressees", how="to"),
            Citing(field="requests.of", how="asking something of", listed=False),
        ),
        order="by kind, each under the body it belongs to",
        contains="its names, the bodies under it, and what was asked of it",
        reports="to whom statements were addressed and what they asked",
        sought="to whom it was sent",
        part="body under it",
        parts="bodies under it",
    ),
    Authority(name="issuers", record=authority_fields.ISSUER),
    Authority(name="outlets", record=authority_fields.OUTLET),
    Authority(name="instruments", record=authority_fields.INSTRUMENT),
    Authority(name="measures", record=authority_fields.MEASURE),
)
AUTHORITIES: Mapping[str, Authority] = {authority.name: authority for authority in _TABLE}
INDEXES: Mapping[str, Authority] = {authority.name: authority for authority in _TABLE if authority.cited_by}
RECORDS: Mapping[str, Record] = {authority.name: authority.record for authority in _TABLE}
