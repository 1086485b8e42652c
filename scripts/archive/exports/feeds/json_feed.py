"""Write a feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json

from archive.exports.feeds.feed import RIGHTS, Author, Entry, Feed, instant, legible
from archive.model.tracing import once


def document(feed: Feed) -> str:
    """Return the feed as a JSON Feed document, its items in their order, an item a line.

    The extension `_archive` has what the format has no place for: the id, date and licence of the feed, and fields of
    an item's record. Its `about` is the URL of the page that explains it.
    """
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.json,
        "description": feed.subtitle,
        "language": "en",
        "authors": [_author(feed.author)],
        "_archive": {"about": feed.about, "id": feed.id, "updated": instant(feed.updated), "rights": RIGHTS},
    }
    head = json.dumps(content, ensure_ascii=False, indent=1).removesuffix("\n}")
    items = ",\n".join(_item(entry, feed.about) for entry in feed.entries)
    return f'{legible(head)},\n "items": [\n{items}\n ]\n}}\n'


@once  # it is in several feeds
def _item(entry: Entry, about: str) -> str:
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": instant(entry.published),
        "date_modified": instant(entry.updated),
        "authors": [_author(entry.author)],
        "tags": [category.label for category in entry.categories],
        "language": entry.language,
        "_archive": {"about": about, **entry.record},
    }
    return legible(json.dumps(item, ensure_ascii=False))


def _author(author: Author) -> dict[str, str]:
    return {"name": author.name, "url": author.url} if author.url else {"name": author.name}
