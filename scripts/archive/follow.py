"""What of a page can be followed or taken away: links for its section of that name, and for its head."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive import addresses
from archive.hrefs import Link, Links
from archive.page import render

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something to follow or to take away: where it is, its media type, and what it is good for."""

    link: Link
    type: str = ""
    note: str = ""


def feeds(address: str, what: str, links: Links) -> list[Offer]:
    """The two feeds of the page at an address; `what` is what they list, such as "statements on this event"."""
    return [
        Offer(
            link=links.to(f"{address}{addresses.ATOM}", f"Feed of {what}"),
            type=ATOM,
            note="Atom, for a feed reader: tells of every new or changed record",
        ),
        Offer(
            link=links.to(f"{address}{addresses.JSON_FEED}", "The same feed for programs"),
            type=JSON_FEED,
            note="JSON Feed",
        ),
    ]


def head(title: str, offers: Iterable[Offer]) -> str:
    """The links by which programs find a page's own feeds."""
    return render(
        "head/feeds.html", {"title": title, "feeds": [offer for offer in offers if offer.type in (ATOM, JSON_FEED)]}
    )
