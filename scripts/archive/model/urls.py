"""Give every page its permanent URL, relative to the root of the site and ending in `/`."""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote, unquote, urlencode, urlsplit

from archive.model.authorities import INDEXES
from archive.model.records import Archive, Statement

STATEMENTS = "statements/"
FIGURES = "figures/"
SEARCH = "search/"
CORRECTIONS = "corrections/"
NEW = "new/"
TERMS = "terms/"
TIMELINE = "timeline/"
MEASURES = f"{FIGURES}measures/"
ANNIVERSARIES = "events/anniversaries.ics"
# in the folder of the page that they belong to
ATOM = "feed.xml"
JSON_FEED = "feed.json"
DATA = "data/"
DATA_FORMAT = "v1"
DATA_FILES = f"{DATA}{DATA_FORMAT}/"
OFFLINE = f"{DATA}offline.zip"
ADMIN = "admin/"
ADMIN_NEW = f"{ADMIN}#/collections/statements/new?status=draft"  # the form, at a new statement
_FROM_WHERE = re.compile(r"(?:utm_\w+|fbclid|gclid|yclid|_ga|ref_src)=", re.IGNORECASE)
# folders of pages
GENERATED = frozenset(
    {STATEMENTS, FIGURES, SEARCH, CORRECTIONS, NEW, TERMS, TIMELINE, *(f"{index.many}/" for index in INDEXES.values())}
)


def statement(id: str) -> str:
    """Return the URL of a statement by its id, which begins with its year."""
    return f"{STATEMENTS}{id[:4]}/{id}/"


def year(year: str) -> str:
    """Return the URL of a year, "YYYY"."""
    return f"{STATEMENTS}{year}/"


def month(year: str, month: str) -> str:
    """Return the URL of a month, "YYYY" and "MM"."""
    return f"{STATEMENTS}{year}/{month}/"


def entries(name: str) -> str:
    """Return the URL of the list of an index by its name."""
    return f"{INDEXES[name].many}/"


def entry(name: str, id: str, year: str = "") -> str:
    """Return the URL of an entry of an index, or of one year of its statements."""
    return f"{entries(name)}{id}/{year}/" if year else f"{entries(name)}{id}/"


def part(address: str, path: Iterable[str]) -> str:
    """Return the URL of a part of a list that is too long for one page, such as "corrections/2027/"."""
    return address + "".join(f"{step}/" for step in path)


def terms(path: Sequence[str] = ()) -> str:
    """Return the URL of all terms, or of those that begin alike: the last step of the path has all their letters."""
    return part(TERMS, path[-1:])


def search(**choices: str) -> str:
    """Return the URL of a search with these choices, such as `event="khojaly-1992"`, in the order given."""
    return f"{SEARCH}?{urlencode(choices)}"


def for_statement(statement_: Statement) -> str:
    """Return the URL of a statement."""
    return statement(statement_.id)


def relative(target: str, page: str) -> str:
    """Return the link to a URL from the page at another, both relative to the root."""
    up = "../" * page.count("/")
    return (up + target) or "./"


def link_targets(archive: Archive) -> dict[str, str]:
    """Return the URL of each page that a body may link to.

    Keys are the path of every statement file from the root, and every URL with a `/` before it.
    """
    pages = {*GENERATED, "", *map(doc, archive.docs)}
    pages |= {entry(name, id) for name in INDEXES for id in archive.authorities[name]}
    for item in archive.statements:
        pages |= {for_statement(item), year(item.date.year)}
        if item.date.month:
            pages.add(month(item.date.year, item.date.month))
    return {item.path: for_statement(item) for item in archive.statements} | {f"/{page}": page for page in pages}


def doc(name: str) -> str:
    """Return the URL of a hand-written page by its path below `docs/`."""
    folder, _, file = name.rpartition("/")
    place = f"{folder}/" if folder else ""
    return place if file in ("index.md", "README.md") else f"{place}{file.removesuffix('.md')}/"


def normal(address: str) -> str:
    """Return an address in the form in which two that lead to one page are most likely the same.

    The scheme, `www.`, the case of the host, a port that goes without saying, the slash at the end, the fragment and
    what only says from where a reader came make no difference.
    """
    parts = urlsplit(address.replace("\\", "/"))
    host = re.sub(r"^www\.|:(?:80|443)?$", "", parts.netloc.casefold().rpartition("@")[2])
    query = "&".join(sorted(part for part in parts.query.split("&") if part and not _FROM_WHERE.match(part)))
    return f"{host}{quote(unquote(parts.path)).rstrip('/')}{f'?{query}' if query else ''}"


def resolve_link(link: str, path: str, targets: Mapping[str, str]) -> str | None:
    """Return the URL, with its fragment, of a link in the body of the file at `path`; None if there is no such page.

    `targets` are those of `link_targets`.
    """
    place, hash, fragment = link.partition("#")
    if not place.startswith("/"):
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
    url = targets.get(place)
    return None if url is None else f"{url}{hash}{fragment}"
