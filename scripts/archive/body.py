"""Markdown body -> sanitised HTML. Raw HTML is shown as text, and what Markdown makes is cleaned once more."""

import re
from collections.abc import Callable
from functools import lru_cache
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

_TAGS = {
    "a", "blockquote", "br", "cite", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_KEPT = 16_384  # bodies kept as rendered: a page and several exports have the same one, and rendering costs most of all
_MAX_BRACKETS = 400  # the Markdown library takes time that grows with their square
# a script's address is no slip of the pen: it is taken out without a word, as raw HTML is shown as text
_SCRIPT = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_ELSEWHERE = re.compile(rf"(?:https?|mailto):|//|{_SCRIPT.pattern}", re.IGNORECASE)


class _Links(Treeprocessor):
    """Puts each link that does not lead to another site through `link`, and gathers the addresses of images."""

    link: Callable[[str], str]
    images: list[str]

    def run(self, root: Element) -> None:
        self.images = []
        for element in root.iter():
            if element.tag == "h1":  # the page has its own
                element.tag = "h2"
            elif element.tag == "img":
                self.images.append(element.get("src", ""))
            elif element.tag == "a" and not _ELSEWHERE.match(element.get("href", "").strip()):
                element.set("href", self.link(element.get("href", "")))


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
    return _without_links(text) or _clean(_convert(text, link))


@lru_cache(_KEPT)
def _without_links(text: str) -> Markup:
    """The body where it is the same on every page; "" where it has a link that `link` gives the address for."""
    found: list[str] = []

    def note(target: str) -> str:
        found.append(target)
        return target

    html = _convert(text, note)
    return Markup() if found else _clean(html)


def _clean(html: str) -> Markup:
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    # a blank line in a block of code would end a block of HTML
    return Markup(clean.replace("\n\n", "\n&#10;"))  # noqa: S704 cleaned just above


def links(text: str) -> list[str]:
    """The targets, as written, of a body's links that do not lead to another site.

    Raises ValueError where the text is too deeply nested, or has too many brackets, to be rendered.
    """
    found: list[str] = []

    def note(target: str) -> str:
        found.append(target)
        return target

    _convert(text, note)
    return found


def images(text: str) -> list[str]:
    """The addresses of a body's images, but for those of scripts. Raises ValueError as `links` does."""
    if "![" not in text:
        return []
    _convert(text, str)
    return [source for source in _links.images if not _SCRIPT.match(source)]


def _convert(text: str, link: Callable[[str], str]) -> str:
    if text.count("[") > _MAX_BRACKETS:
        raise ValueError(f"has more than {_MAX_BRACKETS} square brackets")
    _links.link = link
    try:
        return _parser.reset().convert(text)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
