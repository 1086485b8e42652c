"""Markdown body -> sanitised HTML, or its text alone.

Raw HTML is shown as text, and what Markdown makes is cleaned once more.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

_TAGS = {
    "a", "blockquote", "br", "cite", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_MAX_BRACKETS = 400  # the Markdown library takes time that grows with their square
# a script's address is no slip of the pen: it is taken out without a word, as raw HTML is shown as text
_SCRIPT = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_WEB = re.compile("https?:|//", re.IGNORECASE)
_ELSEWHERE = re.compile(rf"(?:https?|mailto):|//|{_SCRIPT.pattern}", re.IGNORECASE)


_BLOCKS = {"blockquote", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "table", "tr", "ul"}
# sanitised HTML: a tag, whether it ends something and its attributes, or a text
_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?:[^>"]|"[^"]*")*)>|([^<]+)')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_INLINE = {"a", "br", "cite", "code", "em", "strong"}
# a link of the site's own as it stands in what is converted, until it is known from which page it leads
_PLACE = "archive:{}:"
_PLACED = re.compile(r'<a href="archive:([0-9]+):"')  # not in a text or another attribute: there < or " is escaped
_REMEMBERED = 20_000  # conversions; a body is asked for by its check, its page and its exports


@dataclass(frozen=True, slots=True, kw_only=True)
class _Converted:
    """A body as Markdown makes it, a place for each link that does not lead to another site, and what is in it."""

    html: str
    links: tuple[str, ...]  # as written
    images: tuple[str, ...]  # addresses


class _Links(Treeprocessor):
    """Gathers each link that does not lead to another site, leaving its place, and the addresses of images.

    A link that does is marked as such, and tells that site nothing of this one.
    """

    links: list[str]
    images: list[str]

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "h1":  # the page has its own
                element.tag = "h2"
            elif element.tag == "img":
                self.images.append(element.get("src", ""))
            elif element.tag == "a":
                self._link(element, element.get("href", ""))

    def _link(self, element: Element, written: str) -> None:
        if not _ELSEWHERE.match(written.strip()):
            self.links.append(written)
            element.set("href", _PLACE.format(len(self.links) - 1))
        elif _WEB.match(written.strip()):
            element.set("rel", "external noopener noreferrer")


class _Text(HTMLParser):
    """The text of sanitised HTML, a blank line between its blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [""]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _BLOCKS:
            self.blocks.append("")
        elif tag in ("br", "td", "th"):
            self.blocks[-1] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        self.blocks[-1] += data


_parser = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
_parser.preprocessors.deregister("html_block")
_parser.inlinePatterns.deregister("html")
_parser.inlinePatterns.deregister("automail")
_links = _Links(_parser)
_parser.treeprocessors.register(_links, "links", 5)


def render(text: str, link: Callable[[str], str]) -> Markup:
    """Render a body; `link` gives the address for each link that does not lead to another site.

    Raises ValueError where the text is too deeply nested, or has too many brackets, to be rendered.
    """
    converted = _convert(text)
    clean = nh3.clean(
        _PLACED.sub(lambda match: f'<a href="{html.escape(link(converted.links[int(match[1])]))}"', converted.html),
        tags=_TAGS,
        attributes={"a": {"href", "title", "rel"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    # a blank line in a block of code would end a block of HTML
    return Markup(clean.replace("\n\n", "\n&#10;"))  # noqa: S704 cleaned just above


def to_text(text: str) -> str:
    """A body's text without its marks, a blank line between its blocks, each of which is one line.

    Raises ValueError as `render` does.
    """
    parser = _Text()
    parser.feed(str(render(text, str)))
    parser.close()
    return "\n\n".join(block for block in (" ".join(block.split()) for block in parser.blocks) if block)


def normal(text: str, link: Callable[[str], str]) -> str:
    """What is shown of a body, as HTML in a normal form; `link` is as of `render`.

    It is another where a word, a mark, a link, a paragraph, a list or a table is; not where a paragraph only has its
    lines broken elsewhere. Raises ValueError as `render` does.
    """
    lines = [""]
    as_is = False  # in a block of code every space is shown
    for found in _TOKEN.finditer(str(render(text, link))):
        close, tag, attributes, words = found.groups()
        if words is not None:
            same = html.escape(html.unescape(words))  # however it was escaped
            lines[-1] += same.replace(" ", "&#32;").replace("\n", "&#10;") if as_is else same
            continue
        kept = sorted(pair for pair in _ATTRIBUTE.findall(attributes) if pair[0] != "rel")
        written = "".join([close, tag, *(f' {name}="{html.escape(html.unescape(value))}"' for name, value in kept)])
        if tag in _INLINE:
            lines[-1] += f"<{written}>"
        else:
            lines += [f"<{written}>", ""]
            as_is = tag == "pre" and not close
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def links(text: str) -> list[str]:
    """The targets, as written, of a body's links that do not lead to another site.

    Raises ValueError where the text is too deeply nested, or has too many brackets, to be rendered.
    """
    return list(_convert(text.strip()).links)  # as its page has it


def images(text: str) -> list[str]:
    """The addresses of a body's images, but for those of scripts. Raises ValueError as `links` does."""
    if "![" not in text:
        return []
    return [source for source in _convert(text).images if not _SCRIPT.match(source)]


@lru_cache(maxsize=_REMEMBERED)
def _convert(text: str) -> _Converted:
    if text.count("[") > _MAX_BRACKETS:
        raise ValueError(f"has more than {_MAX_BRACKETS} square brackets")
    _links.links, _links.images = [], []
    try:
        made = _parser.reset().convert(text)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    return _Converted(html=made, links=tuple(_links.links), images=tuple(_links.images))
