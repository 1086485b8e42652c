"""Check the files in `docs/` and what `mkdocs.yml` says of them: the menu, links, and what a browser would run.

A renderer would report some of it, in its own words, without a line and only when the records have no problem left.
"""

import html
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Set
from typing import Any
from urllib.parse import unquote

from archive.content.parser import nearest_hint
from archive.content.reader import DOCS_FOLDER
from archive.model import urls
from archive.model.authorities import INDEXES
from archive.model.config import UNLISTED, Settings
from archive.model.document import Mark, Problem, quoted
from archive.model.records import Archive

_SETTINGS = "mkdocs.yml"
_MADE = "a page that is made of records is such as events/index.md"
_INDEXES = {urls.STATEMENTS, *map(urls.entries, INDEXES)}
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ ]*$|\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)(`{1,8})(?!`)(?:[^\n]|\n(?!\n))*?(?<!`)\1(?!`)")
_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|[0-9]+\.)[ ]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(
    r"\]\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>[^)\s<][^)\s]{0,2000})(?=[)\s]))"
    r"|^ {0,3}\[[^\]\n]+\]:[ ]*<?(?P<named>[^\s>]+)"
    r"|<[^<>]*\s(?:href|src)\s*=\s*[\"']?(?P<raw>[^\"'\s>]+)",
    re.MULTILINE | re.IGNORECASE,
)
_ID = re.compile(r"<[^<>]*\sid\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_BUILT_IN = ("toc", "tables", "fenced_code")  # of the renderer
_ENTITY = re.compile(r"&(?:#(?:[0-9]+|x[0-9a-f]+)|colon|tab|newline)\b;?", re.IGNORECASE)
_PROGRAM = "|".join(r"\s*".join(name) for name in ("javascript", "vbscript"))  # a browser leaves out what is between
_SLOT = "<!-- archive: "
# where an address stands
_PLACE = r"\]\(|\]:|\b(?:href|src\w*|action|data|poster|to|from)\s*=|\bvalues\s*=[^<>]{0,500}?[;\"']"
_RUN = "a page is read without programs, and the policy that the site is sent with stops them"
# what a browser would run, load or send elsewhere, as HTML, Markdown and SVG have it
_ACTIVE = tuple(
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (r"<(?:\w+:)?script\b", "a script"),
        (r"<(?:iframe|frame|object|embed|applet)\b", "a frame with a page or program of others"),
        (r"<meta\b[^<>]*http-equiv", "a meta element that acts as a header, such as refresh"),
        (r"<base\b", "a base element, which turns every link elsewhere"),
        (r"<form\b[^<>]*\baction\s*=\s*[\"']?\s*(?:[a-z]+:)?//", "a form that is sent to another site"),
        (r"<[^<>]*\bformaction\s*=", "a form that is sent elsewhere"),
        (r"(?:<[^<>]*[\s\"']|\{(?:[^{}\n]*[\s\"'])?)on[a-z]+\s*=", "an attribute with a program"),
        (rf"(?:{_PLACE})\s*[<\"']?\s*(?:{_PROGRAM})\s*:", "an address that is a program"),
        (r"<!ENTITY", "an entity of its own"),
    )
)


def check(archive: Archive, markup: Mapping[str, str], settings: Settings) -> Iterator[Problem]:
    """Yield every problem of the hand-written pages, of `markup`, the other files with elements, and of the menu."""
    pages = {name: text for name, text in archive.docs.items() if not settings.is_excluded(name)}
    assets = {name for name in archive.assets if not settings.is_excluded(name)}
    made = {target.strip("/") for target in urls.link_targets(archive).values()}
    rendered = _render(pages, settings)
    prose = {name: _without_code(text) for name, text in pages.items()}
    for name, text in pages.items():
        yield from _active(name, rendered[name], text)
    for name in assets & markup.keys():
        yield from _active(name, markup[name], markup[name])
    known = _Known({*pages, *assets}, made)
    for name, text in prose.items():
        yield from _links(name, _COMMENT.sub(_blank, text), pages, rendered, known)
    yield from _menu(settings, pages, known)


class _Known:
    """The files that can be linked to: those in `docs/`, and the pages that are made of records."""

    def __init__(self, files: Collection[str], made: Set[str]) -> None:
        self.files = files
        self._made = made

    def __contains__(self, path: str) -> bool:
        folder, _, rest = path.removesuffix("index.md").strip("/").partition("/")
        if path in self.files:
            return True
        if not path.endswith("/index.md") or f"{folder}/" not in urls.GENERATED:
            return False
        # a part of a list, or a year of an entry, is below a page that there is
        ways = (f"{folder}/{rest.partition('/')[0]}", f"{folder}/{rest}")
        return not rest or f"{folder}/" not in _INDEXES or not self._made.isdisjoint(ways)

    def names(self) -> list[str]:
        """Every file that can be linked to, as a page at the root writes it."""
        return [*self.files, *(f"{folder}index.md" for folder in urls.GENERATED)]


def _active(name: str, made: str, text: str) -> Iterator[Problem]:
    """Yield what is active in a page as it was made, where it stands in its text, or else on its first line."""
    made, text = _unescaped(made), _unescaped(text)
    for pattern, what in _ACTIVE:
        if not (active := pattern.search(made)):
            continue
        # what Markdown takes for code may be none within HTML, which it leaves as it is
        found = {match.start(): match[0] for match in pattern.finditer(_without_code(text))}
        found |= {match.start(): match[0] for match in pattern.finditer(text) if _line(text, match.start()) in made}
        for place, words in (found or {0: active[0]}).items():
            yield _problem(name, text, place, f"has {what}: {quoted(words, 40)}", f"remove it; {_RUN}")


def _line(text: str, place: int) -> str:
    return text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0].strip()


def _unescaped(text: str) -> str:
    """Return a text with the characters for which entities stand, but for those that would begin or end anything."""

    def character(match: re.Match[str]) -> str:
        found = html.unescape(match[0])
        return match[0] if found in "<>&\"'`" else found if found.isprintable() else " "

    return _ENTITY.sub(character, text)


def _links(
    name: str, text: str, pages: Mapping[str, str], rendered: Mapping[str, str], known: _Known
) -> Iterator[Problem]:
    for match in _LINK.finditer(text):
        kind = match.lastgroup or "plain"
        link, place = re.sub(r"[\t\n\r]", "", html.unescape(match[kind])), match.start(kind)
        path, _, anchor = link.partition("#")
        if _ELSEWHERE.match(link):
            continue
        if path.startswith("/"):
            hint = "write it from this page, such as method.md or statements/index.md"
            yield _problem(name, text, place, f"the link {quoted(link)} begins with /", hint)
            continue
        path = unquote(path.partition("?")[0])
        target = _of_address(name, path, known) if kind == "raw" else posixpath.join(posixpath.dirname(name), path)
        target = posixpath.normpath(target) if path else name
        if target not in known:
            hint = nearest_hint(target, known.names(), f"correct it, or remove it; {_MADE}")
            if kind == "raw" and path.endswith(".md"):
                hint = "in HTML, write the address of the page from that of this one, such as ../method/"
            yield _problem(name, text, place, f"the link {quoted(link)} leads nowhere", hint)
        elif anchor and _SLOT not in pages.get(target, _SLOT) and anchor not in (ids := _ids(rendered[target])):
            hint = nearest_hint(anchor, ids, f"its sections are {', '.join(sorted(ids)) or 'none'}")
            yield _problem(name, text, place, f"the link {quoted(link)} leads to no section of {target}", hint)


def _of_address(name: str, path: str, known: _Known) -> str:
    """Return the file that a relative address leads to from that of a page, which is a folder; else what is not one."""
    folder = posixpath.dirname(name) if posixpath.basename(name) == "index.md" else name.removesuffix(".md")
    place = posixpath.normpath(posixpath.join(folder, path))
    if path.endswith(".md"):
        return f"{place}/index.md"  # which no page has
    index = "index.md" if place == "." else f"{place}/index.md"
    return next((file for file in (index, f"{place}.md", place) if file in known), place)


def _menu(settings: Settings, pages: Mapping[str, str], known: _Known) -> Iterator[Problem]:
    nav = settings.raw.get("nav")
    if not isinstance(nav, list):
        return
    listed = dict(_entries(nav, "nav"))
    for field, path in listed.items():
        if isinstance(path, str) and (_ELSEWHERE.match(path) or path in known):
            continue
        mark = settings.places.get(field, Mark(1, 1))
        hint = nearest_hint(str(path), known.names(), f"name a page in docs/; {_MADE}")
        message = f"{quoted(str(path))} is no page"
        yield Problem(path=_SETTINGS, line=mark.line, col=mark.col, field=field, message=message, hint=hint)
    for name in pages:
        if name not in listed.values() and not settings.is_unlisted(name):
            hint = f"add it there, such as - Its title: {name}, or add /{name} to {UNLISTED}"
            yield _problem(name, "", 0, "is not in nav of mkdocs.yml", hint)


def _entries(node: Any, field: str) -> Iterator[tuple[str, Any]]:
    """Yield each path in a part of the menu, by the field that it stands in."""
    if isinstance(node, list):
        for number, item in enumerate(node, 1):
            yield from _entries(item, f"{field}[{number}]")
    elif isinstance(node, dict):
        for title, item in node.items():
            yield from _entries(item, f"{field}.{title}")
    else:
        yield field, node


def _render(pages: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Return the pages as HTML, by name, made with the extensions in the settings; one that cannot be is as it was."""
    if not pages:
        return {}
    from markdown import Markdown  # takes a moment to load

    listed = settings.raw.get("markdown_extensions")
    given = (
        [item if isinstance(item, dict) else {item: {}} for item in listed or ()] if isinstance(listed, list) else []
    )
    configs = {str(key): value or {} for item in given for key, value in item.items()}
    try:
        parser = Markdown(extensions=[*{*_BUILT_IN, *configs}], extension_configs=configs)
    except Exception:  # whatever an extension raises; the renderer says so
        return dict(pages)
    made = {}
    for name, text in pages.items():
        try:
            made[name] = parser.reset().convert(text)
        except Exception:
            made[name] = text
    return made


def _ids(made: str) -> Collection[str]:
    """Return the ids in a page, given as HTML."""
    return {html.unescape(match[1]) for match in _ID.finditer(made)}


def _without_code(text: str) -> str:
    """Return a page with every character of its code but line ends replaced by a space."""
    text = _FENCE.sub(_blank, text)
    lines, indent, above = text.split("\n"), 4, ""
    for number, line in enumerate(lines):
        if line.strip():
            spaces = len(line) - len(line.lstrip(" "))
            if spaces < 4:
                indent = 8 if _ITEM.match(line) else 4
            elif spaces >= indent and not above.strip():
                lines[number], above = " " * len(line), ""
                continue
        above = line
    return _CODE.sub(_blank, "\n".join(lines))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _problem(name: str, text: str, place: int, message: str, hint: str) -> Problem:
    mark = Mark.at(text, place)
    return Problem(path=f"{DOCS_FOLDER}/{name}", line=mark.line, col=mark.col, field="", message=message, hint=hint)
