"""A feed and its entries, before it is written in one format or another."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from archive.text import formatting

RIGHTS = (
    f"A record may be used under the Creative Commons Attribution 4.0 licence ({formatting.LICENCE}). The statement "
    "and the reports of it belong to their authors."
)

# what neither XML 1.0 (section 2.2, Char) nor UTF-8 can hold
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who made what an entry speaks of."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What an entry is filed under: `scheme` is the URI of the list, `term` the id in it, `label` its words."""

    scheme: str
    term: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Via:
    """Where the archive knows it from."""

    url: str
    outlet: str
    title: str  # as printed, with the outlet's name
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. Texts are plain but for `html`, which is already safe and whose links are absolute."""

    id: str
    url: str
    title: str
    summary: str  # in English
    html: str
    language: str
    published: datetime.date
    updated: datetime.date
    author: Author
    categories: tuple[Category, ...] = ()
    sources: tuple[Via, ...] = ()
    record: Mapping[str, object]  # fields of the record for programs, as the record has them


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed. `page` is the page it belongs to, `about` the one that explains it; addresses are absolute."""

    id: str
    title: str
    subtitle: str
    page: str
    atom: str  # the address of the feed itself in each format
    json: str
    about: str
    author: Author
    updated: datetime.date
    entries: tuple[Entry, ...]


def instant(day: datetime.date) -> str:
    """The beginning of the day in UTC (RFC 3339); the records know days, not hours."""
    return f"{day.isoformat()}T00:00:00Z"


def legible(text: str) -> str:
    """The text with U+FFFD for every character that a feed cannot hold; checked records have none."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
