"""Write a feed as Atom 1.0 (RFC 4287)."""

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from archive.exports.feeds.feed import ATOM_TYPE, JSON_FEED_TYPE, RIGHTS, Author, Entry, Feed, instant, legible
from archive.model.tracing import once
from archive.text import formatting


def document(feed: Feed) -> str:
    """Return the feed as an Atom document, its entries in their order."""
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _texts(root, ("id", feed.id), ("title", feed.title), ("subtitle", feed.subtitle))
    _texts(root, ("updated", instant(feed.updated)), ("rights", RIGHTS))  # of every entry too: RFC 4287, 4.2.10
    _author(root, feed.author)
    _link(root, rel="self", type=ATOM_TYPE, href=feed.atom)
    _link(root, rel="alternate", type="text/html", href=feed.page)
    _link(root, rel="alternate", type=JSON_FEED_TYPE, href=feed.json)
    _link(root, rel="license", href=formatting.LICENCE_URL)  # RFC 4946
    head = _written(root, 0).removesuffix("</feed>")
    entries = "".join(f" {_entry(entry)}\n" for entry in feed.entries)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head}{entries}</feed>\n'


@once  # it is in several feeds
def _entry(entry: Entry) -> str:
    element = Element("entry", {"xml:lang": entry.language})
    _texts(
        element,
        ("id", entry.id),
        ("title", entry.title),
        ("published", instant(entry.published)),
        ("updated", instant(entry.updated)),
    )
    _author(element, entry.author)
    _link(element, rel="alternate", type="text/html", href=entry.url)
    for source in entry.sources:
        _link(element, rel="via", href=source.url, title=source.title, hreflang=source.language)
    for category in entry.categories:
        SubElement(element, "category", scheme=category.scheme, term=category.term, label=category.label)
    SubElement(element, "summary", {"xml:lang": "en"}).text = entry.summary
    SubElement(element, "content", type="html").text = entry.html
    return _written(element, 1)


def _written(element: Element, level: int) -> str:
    ElementTree.indent(element, " ", level)
    # on the whole of it: texts, attributes and URLs at once
    return legible(ElementTree.tostring(element, encoding="unicode"))


def _texts(parent: Element, *texts: tuple[str, str]) -> None:
    for tag, text in texts:
        SubElement(parent, tag).text = text


def _author(parent: Element, author: Author) -> None:
    _texts(SubElement(parent, "author"), *_with_values([("name", author.name), ("uri", author.url)]))


def _link(parent: Element, **attributes: str) -> None:
    SubElement(parent, "link", dict(_with_values(attributes.items())))


def _with_values(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in pairs if value]
