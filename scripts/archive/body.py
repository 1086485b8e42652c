"""Markdown body -> sanitised HTML. Raw HTML is shown as text, and what Markdown makes is cleaned once more."""

import re
from collections.abc import Callable
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
_ELSEWHERE = re.compile(r"(?:https?|mailto|javascript|vbscript|data):|//", re.IGNORECASE)


class _Links(Treeprocessor):
    """Puts each link that does not lead to another site through `link`."""

    link: Callable[[str], str]

    def run(self, root: Element) -> None:
        for element in root.iter():
            attribute = {"a": "href", "img": "src"}.get(element.tag)
            target = element.get(attribute, "") if attribute else ""
            if attribute and not _ELSEWHERE.match(target.strip()):
                element.set(attribute, self.link(target))


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
    clean = nh3.clean(
        _convert(text, link),
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return Markup(clean)  # noqa: S704 cleaned just above


def links(text: str) -> list[str]:
    """The targets, as written, of a body's links and images that do not lead to another site.

    Raises ValueError where the text is too deeply nested, or has too many brackets, to be rendered.
    """
    found: list[str] = []

    def note(target: str) -> str:
        found.append(target)
        return target

    _convert(text, note)
    return found


def _convert(text: str, link: Callable[[str], str]) -> str:
    if text.count("[") > _MAX_BRACKETS:
        raise ValueError(f"has more than {_MAX_BRACKETS} square brackets")
    _links.link = link
    try:
        return _parser.reset().convert(text)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
