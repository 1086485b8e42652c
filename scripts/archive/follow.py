"""What of a page can be followed or taken away: links for its section of that name, and for its head."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.exports.citations import FORMATS
from archive.hrefs import Link, Links
from archive.model import urls
from archive.page import render

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something to follow or to take away: where it is, its media type, and what it is good for."""

    link: Link
    type: str = ""
    note: str = ""


def feeds(address: str, tells_of: str, links: Links) -> list[Offer]:
    """The two feeds of the page at an address, and what they tell of, such as "new and changed records"."""
    return [
        Offer(
            link=links.to(f"{address}{urls.ATOM}", "Follow in a feed reader (Atom)"),
            type=ATOM,
            note=f"tells of {tells_of}",
        ),
        Offer(
            link=links.to(f"{address}{urls.JSON_FEED}", "The same for programs (JSON Feed)"),
            type=JSON_FEED,
        ),
    ]


def bibliography(address: str, of: str, links: Links) -> list[Offer]:
    """The files of citations that stand at an address: of what, such as "these statements"."""
    return [
        Offer(
            link=links.to(f"{address}citations.{format.ending}", f"Citations of {of} as {format.name}"),
            type=format.media,
            note=f"for {format.use}",
        )
        for format in FORMATS
    ]


def head(title: str, offers: Iterable[Offer]) -> str:
    """The links by which programs find a page's own feeds."""
    return render(
        "head/feeds.html", {"title": title, "feeds": [offer for offer in offers if offer.type in (ATOM, JSON_FEED)]}
    )
