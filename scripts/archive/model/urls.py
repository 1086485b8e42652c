"""The permanent addresses of the site, each relative to its root and ending in `/`."""

import posixpath
from collections.abc import Mapping
from urllib.parse import urlencode

from archive.model.records import Archive, Statement

STATEMENTS = "statements/"
EVENTS = "events/"
ADDRESSEES = "addressees/"
FIGURES = "figures/"
SEARCH = "search/"
CORRECTIONS = "corrections/"
ANNIVERSARIES = f"{EVENTS}anniversaries.ics"
ATOM = "feed.xml"  # beside the page it belongs to, as is
JSON_FEED = "feed.json"

# what a search may be limited by, in the order in which its address has it
_CHOICES = ("q", "from", "to", "event", "addressee", "form", "language", "original", "mentions", "sort")


def statement(id: str) -> str:
    """A statement's address; its year is the year its id begins with."""
    return f"{STATEMENTS}{id[:4]}/{id}/"


def year(year: str) -> str:
    """The address of a year, "YYYY"."""
    return f"{STATEMENTS}{year}/"


def month(year: str, month: str) -> str:
    """The address of a month, "YYYY" and "MM"."""
    return f"{STATEMENTS}{year}/{month}/"


def event(id: str, year: str = "") -> str:
    """An event's address, or that of one year of its statements where they are split."""
    return f"{EVENTS}{id}/{year}/" if year else f"{EVENTS}{id}/"


def addressee(id: str, year: str = "") -> str:
    """An addressee's address, or that of one year of its statements where they are split."""
    return f"{ADDRESSEES}{id}/{year}/" if year else f"{ADDRESSEES}{id}/"


def corrections(year: str = "") -> str:
    """The address of the corrections, or that of those of one year where they are split."""
    return f"{CORRECTIONS}{year}/" if year else CORRECTIONS


def search(**choices: str) -> str:
    """The address of a search with these choices made, such as `event="khojaly-1992"`; always in the same order.

    Raises ValueError for a choice that the search page does not know.
    """
    return f"{SEARCH}?{urlencode(sorted(choices.items(), key=lambda choice: _CHOICES.index(choice[0])))}"


def for_statement(statement_: Statement) -> str:
    """The address of this statement."""
    return statement(statement_.id)


def relative(target: str, page: str) -> str:
    """The link from the page at one address to another address, both relative to the root."""
    up = "../" * page.count("/")
    return (up + target) or "./"


def link_targets(archive: Archive) -> dict[str, str]:
    """What a body may link to -> the page's address.

    Keys are the path of every statement file from the root, and every address with a `/` before it.
    """
    pages = {STATEMENTS, EVENTS, ADDRESSEES, FIGURES, SEARCH, CORRECTIONS, ""}
    pages |= {event(id) for id in archive.events} | {addressee(id) for id in archive.addressees}
    pages |= {doc(name) for name in archive.docs}
    for one in archive.statements:
        pages |= {for_statement(one), year(one.date.year)}
        if one.date.month:
            pages.add(month(one.date.year, one.date.month))
    return {one.path: for_statement(one) for one in archive.statements} | {f"/{page}": page for page in pages}


def doc(name: str) -> str:
    """The address of a hand-written page, given its path from `docs/`."""
    folder, _, file = name.rpartition("/")
    place = f"{folder}/" if folder else ""
    return place if file in ("index.md", "README.md") else f"{place}{file.removesuffix('.md')}/"


def resolve_link(link: str, path: str, known: Mapping[str, str]) -> str | None:
    """Where a link in the body of the file at `path` leads: an address, perhaps with a fragment; None for nowhere."""
    place, hash, fragment = link.partition("#")
    if not place.startswith("/"):
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
    address = known.get(place)
    return None if address is None else f"{address}{hash}{fragment}"


DATA_FORMAT = "v1"
DATA_FILES = f"data/{DATA_FORMAT}/"
DATA = "data/"

ADMIN = "admin/"
ADMIN_NEW = f"{ADMIN}#/collections/statements/new?status=draft"  # the form, at a new statement
