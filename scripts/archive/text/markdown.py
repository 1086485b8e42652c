"""Convert a body from Markdown to sanitised HTML or to plain text.

Raw HTML is shown as text, and the HTML that the Markdown library makes is sanitised once more.
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
# the address of a script is not reported as a wrong link: it is removed silently
_SCRIPT = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_WEB = re.compile("https?:|//", re.IGNORECASE)
_ELSEWHERE = re.compile(rf"(?:https?|mailto):|//|{_SCRIPT.pattern}", re.IGNORECASE)
_BLOCKS = {"blockquote", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "table", "tr", "ul"}
# placeholder for a link within the site in the cached HTML: its URL depends on the page that it is on
_PLACE = "archive:{}:"
_PLACED = re.compile(r'<a href="archive:([0-9]+):"')  # not in a text or another attribute: there < or " is escaped
# a text without any of these, and without a line that begins as a list or a heading's underline, is paragraphs only,
# and nothing in it has a meaning in HTML
_MARKS = re.compile(r"[`\\\[\]<>&*_|#\x00-\x09\x0b-\x1f\x7f\xa0]")
_MARKED_LINE = re.compile(r"[+=-]|\d+[.)]")
_CACHED = 2_000  # conversions: what is made of a body at one time shares one


@dataclass(frozen=True, slots=True, kw_only=True)
class _Converted:
    """The HTML of a body, its links and images.

    With links within the site, it is unsanitised, and has a placeholder for each.
    """

    html: str
    links: tuple[str, ...]  # within the site, as the body has them
    images: tuple[str, ...]  # their URLs


class _LinkCollector(Treeprocessor):
    """Collects links within the site, for each of which it leaves a placeholder, and the URLs of images.

    Links to other sites are marked as external and send no referrer.
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

    def _link(self, element: Element, href: str) -> None:
        if not _ELSEWHERE.match(href.strip()):
            self.links.append(href)
            element.set("href", _PLACE.format(len(self.links) - 1))
        elif _WEB.match(href.strip()):
            element.set("rel", "external noopener noreferrer")


class _TextCollector(HTMLParser):
    """Collects the text of sanitised HTML, block by block."""

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
_collector = _LinkCollector(_parser)
_parser.treeprocessors.register(_collector, "links", 5)


def render(text: str, link: Callable[[str], str]) -> Markup:
    """Render a body as sanitised HTML; `link` returns the URL for each link within the site.

    Raises ValueError if the text is nested too deeply, or has too many brackets, to be rendered.
    """
    converted = _convert(text)
    if not converted.links:
        return Markup(converted.html)  # noqa: S704 cleaned by _convert
    linked = _PLACED.sub(lambda match: f'<a href="{html.escape(link(converted.links[int(match[1])]))}"', converted.html)
    return Markup(_clean(linked))  # noqa: S704 cleaned just here


def render_opening(text: str, link: Callable[[str], str]) -> Markup:
    """Render the first paragraph of a body as `render` does; the whole body where it begins with none."""
    whole = str(render(text, link))
    first, end, _ = whole.partition("</p>")
    return Markup(first + end if whole.startswith("<p>") else whole)  # noqa: S704 of what was cleaned


def to_text(text: str) -> str:
    """Return the plain text of a body: one line for each block, with a blank line between them.

    Raises ValueError as `render` does.
    """
    if _is_prose(text):
        return "\n\n".join(" ".join(block.split()) for block in text.split("\n\n"))
    parser = _TextCollector()
    parser.feed(str(render(text, str)))
    parser.close()
    return "\n\n".join(block for block in (" ".join(block.split()) for block in parser.blocks) if block)


def links(text: str) -> list[str]:
    """Return the targets of the links of a body within the site, as it has them. Raises ValueError as `render` does."""
    return list(_convert(text.strip()).links)  # stripped as for its page, so that the conversion is cached


def images(text: str) -> list[str]:
    """Return the URLs of the images of a body, but for those of scripts. Raises ValueError as `render` does."""
    if "![" not in text:
        return []
    return [source for source in _convert(text).images if not _SCRIPT.match(source)]


@lru_cache(maxsize=_CACHED)
def _convert(text: str) -> _Converted:
    if text.count("[") > _MAX_BRACKETS:
        raise ValueError(f"has more than {_MAX_BRACKETS} square brackets")
    if _is_prose(text):  # as most summaries are, in a tenth of the time
        paragraphs = text.replace("\n\n", "</p>\n<p>")
        return _Converted(html=f"<p>{paragraphs}</p>", links=(), images=())
    _collector.links, _collector.images = [], []
    try:
        converted = _parser.reset().convert(text)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    links = tuple(_collector.links)
    return _Converted(html=converted if links else _clean(converted), links=links, images=tuple(_collector.images))


def _is_prose(text: str) -> bool:
    if not text or "\n\n\n" in text or _MARKS.search(text):
        return False
    lines = text.split("\n")
    return bool(lines[0] and lines[-1]) and all(line == line.strip() and not _MARKED_LINE.match(line) for line in lines)


def _clean(html: str) -> str:
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title", "rel"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    # a blank line in a code block would end the block of HTML when the page is rendered
    return clean.replace("\n\n", "\n&#10;")
