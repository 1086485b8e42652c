"""Define the records of the archive, all frozen. Nothing here reads, checks or sorts."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from archive.model.edtf import Date

# a paragraph of Markdown in which nothing has a meaning but its words
_PLAIN = re.compile(r"(?:(?!\d+[.)]|[-=+*_#:~\s])[^`\\\[\]<>|&\n\r\t\x00]+\n?)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A single thing that the statement says or asks, and where that stands."""

    source: int | None = None  # number in the statement's sources, from 1; None where several may have it
    locator: str = ""  # the place in that source


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Claim):
    """What the statement asks of whom, in the archive's words."""

    asks: str
    of: tuple[str, ...] = ()  # none where nobody is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Claim):
    """A number as stated: either `value` with its qualifier, or `min` and/or `max`."""

    event: str
    measure: str
    group: str = ""
    value: Decimal | None = None
    qualifier: str = "exactly"
    min: Decimal | None = None
    max: Decimal | None = None
    as_of: Date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Claim):
    """A characterisation that the statement uses, kept as data."""

    term: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the statement was published or reported."""

    kind: str
    outlet: str
    title: str = ""
    author: str = ""
    published: Date | None = None
    language: str = ""
    url: str = ""
    archived_url: str = ""
    archived_at: datetime.date | None = None
    retrieved_at: datetime.date | None = None
    extent_read: str = ""
    sha256: str = ""
    syndicated_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A tie to another statement of the archive."""

    id: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of substance to the record."""

    date: datetime.date
    kind: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One public statement: one work, however many sources report it."""

    id: str
    path: str  # of its file, from the root
    title: str
    date: Date
    date_basis: str
    form: str
    issuer: str
    language: str
    sources: tuple[Source, ...]  # none only of a draft
    history: tuple[Change, ...]
    summary: str  # Markdown
    original_language: str = ""
    addressees: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    requests: tuple[Request, ...] = ()
    figures: tuple[Figure, ...] = ()
    terms: tuple[Term, ...] = ()
    sources_note: str = ""
    related: tuple[Relation, ...] = ()
    content_notes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    status: str = "published"

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What the statement asks, counts and calls something."""
        return *self.requests, *self.figures, *self.terms

    @property
    def corrections(self) -> tuple[Change, ...]:
        """The corrections in its history, newest last."""
        return tuple(change for change in self.history if change.kind == "correction")

    @property
    def draft(self) -> bool:
        """Whether it is not published, and only a preview may show it."""
        return self.status == "draft"

    @property
    def opening(self) -> str:
        """The summary; where its first paragraph is plain text, no more than that, and an ellipsis for what follows."""
        first, more, _ = self.summary.partition("\n\n")
        return f"{first}{more}…" if more and _PLAIN.fullmatch(first) and "[" not in self.summary else self.summary

    @property
    def source_language(self) -> str:
        """The language of its first source, which is that of its terms; "" if it is not known."""
        return self.sources[0].language if self.sources else ""

    @property
    def withdrawn(self) -> bool:
        """Whether its page only states that it was withdrawn, and why."""
        return self.status == "withdrawn"


def attributed(statement: Statement) -> Statement:
    """Return the statement with the number of its source at each claim, if it has one source only."""
    if len(statement.sources) != 1:
        return statement
    return replace(
        statement,
        requests=tuple(replace(request, source=1) for request in statement.requests),
        figures=tuple(replace(figure, source=1) for figure in statement.figures),
        terms=tuple(replace(term, source=1) for term in statement.terms),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of something, in one language, and who uses it."""

    name: str
    language: str
    abbreviation: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName(Name):
    """A name of a place, and the time in which this form was official."""

    since: Date | None = None
    until: Date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAs:
    """The thing's identifiers in other authority files."""

    wikidata: str = ""
    viaf: str = ""
    isni: str = ""
    ror: str = ""
    unbis: str = ""
    geonames: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of an authority file, which statements cite by its id."""

    id: str
    label: str
    kind: str = ""
    summary: str = ""
    names: tuple[Name, ...] = ()
    parent: str = ""  # the id of the entry that it is under
    same_as: SameAs = SameAs()
    said: tuple[str, ...] = ()  # other words for it in texts, for drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A publication that a summary rests on."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Entry):
    """What statements are about: a neutral label, the date, and every name used for it."""

    date: Date
    places: tuple[str, ...] = ()
    sources: tuple[Reference, ...] = ()  # of what the summary says


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Entry):
    """A topic on which statements are, narrower than another if that is its parent."""

    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Entry):
    """Where a recorded event took place: one heading by a fixed rule, and every other form among the names."""

    country: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee(Entry):
    """Whom statements are addressed to: a named body or a class of bodies, as `kind` says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person who holds or held the issuing office."""

    family: str
    given: str
    since: Date
    until: Date | None = None
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer(Entry):
    """The office that makes the statements."""

    holders: tuple[Holder, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet(Entry):
    """Who published a source."""

    owner: str = "unknown"
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Entry):
    """A legal instrument or resolution that statements cite."""

    date: Date | None = None
    symbol: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Entry):
    """What a figure counts; its definition decides which wordings are the same measure."""

    definition: str
    groups: tuple[str, ...] = ()
    decimals: str = ""  # "allowed" where its numbers need not be whole
    counted: tuple[str, ...] = ()  # words for what is counted, for drafts; none for people
    said: tuple[str, ...] = ()  # words for what became of it, likewise
    read: str = ""  # "no" if drafts do not look for it


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingException:
    """A place where a loaded word may stand in the archive's voice, and why."""

    where: str
    word: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words the archive's voice does not use, and the verbs that attribute."""

    words: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    exceptions: tuple[WordingException, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """Where the form at `/admin/` saves, by the names that Sveltia CMS has for the settings."""

    name: str = ""  # github | gitlab | gitea | test-repo, which keeps all in the browser
    repo: str = ""  # owner and project, with / between
    branch: str = "main"
    api_root: str = ""  # of a host of one's own
    base_url: str = ""  # where people sign in; without it, or an app_id, they need an access token
    app_id: str = ""  # of the form, at the host


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Everything, checked: every id cited exists. Statements are in no order; only a preview has drafts."""

    statements: tuple[Statement, ...]
    authorities: Mapping[str, Mapping[str, Any]]  # the entries of each, by its name and their ids
    docs: Mapping[str, str] = field(default_factory=dict)  # the hand-written pages: path from `docs/` -> text
    assets: tuple[str, ...] = ()  # the other files there that are published, likewise
    site_name: str = ""
    site_url: str = "/"  # where the site is served, ending in "/"
    naming_authority: str = "example.org,2026"  # who gives the permanent ids of feeds (RFC 4151)
    edit_base: str = ""  # where files are edited, ending in "/"; "" for nowhere
    admin: Backend | None = None  # None: there is no form
    offline: bool = False  # whether the site has a copy of itself, to be read from the disk
    redirects: Mapping[str, str] = field(default_factory=dict)  # former address -> that of the page in its place
    # where they are known: the fingerprints of statements, as in `tracing`
    prints: tuple[tuple[Statement, tuple[bytes, ...]], ...] = field(default=(), compare=False, repr=False)

    @property
    def events(self) -> Mapping[str, Event]:
        return self.authorities["events"]

    @property
    def subjects(self) -> Mapping[str, Subject]:
        return self.authorities["subjects"]

    @property
    def addressees(self) -> Mapping[str, Addressee]:
        return self.authorities["addressees"]

    @property
    def issuers(self) -> Mapping[str, Issuer]:
        return self.authorities["issuers"]

    @property
    def outlets(self) -> Mapping[str, Outlet]:
        return self.authorities["outlets"]

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        return self.authorities["instruments"]

    @property
    def places(self) -> Mapping[str, Place]:
        return self.authorities["places"]

    @property
    def measures(self) -> Mapping[str, Measure]:
        return self.authorities["measures"]
