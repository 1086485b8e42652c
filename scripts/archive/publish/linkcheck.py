"""Check the finished HTML: every link and fragment within the site is looked up.

Links to other sites are not requested. But a page loads nothing from elsewhere, links only to addresses of the web,
without telling them where the reader comes from, and has no inline script.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree  # type: ignore[import-untyped]

_DATA = {"application/ld+json"}  # types of <script> that are data
_NO_REFERRER = {"noopener", "noreferrer"}
_SCHEMES = {"http", "https", "mailto"}  # as in the body of a record
_INDEX = "index.html"
_PLAIN = re.compile(r"((?:\.\./)*)((?:[\w-]+/)+|(?:[\w-]+/)*[\w-]+(?:\.[\w-]+)+)((?:#[\w-]+)?)", re.ASCII)


class PageLinks(NamedTuple):
    """What a page has for the check: its ids, the places within the site that it links to, what is wrong by itself.

    A place is the path of a file, with `#` and an id where the link has one; of a folder, that of its `index.html`.
    """

    ids: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def read_links(name: str, html: bytes, site_url: str) -> PageLinks:
    """Read the page at the path `name` in the site; links to `site_url`, where it will be served, are its own."""
    try:
        html.decode()
    except UnicodeDecodeError as error:
        problem = f"{name}: is not UTF-8 from its byte {error.start + 1:,} on; save it as UTF-8"
        return PageLinks(problems=(problem,))
    ids: list[str] = []
    scripts: dict[str, None] = {}  # what would run in the page
    targets: dict[str, set[str]] = {}  # with how each is used: loaded, or with a Referer header
    tree = etree.HTML(html, etree.HTMLParser(encoding="utf-8", huge_tree=True)) if html.strip() else None
    for element in tree.iter(etree.Element) if tree is not None else ():
        attributes = element.attrib
        if element.tag == "script" and "src" not in attributes and attributes.get("type", "") not in _DATA:
            scripts["<script>"] = None
        for attribute, value in attributes.items():
            if attribute == "id" and value:
                ids.append(value)
            elif attribute == "href":
                uses = targets.setdefault(value, set())
                if element.tag in ("a", "area") and _NO_REFERRER - set(attributes.get("rel", "").lower().split()):
                    uses.add("referred")
            elif attribute == "src":
                targets.setdefault(value, set()).add("loaded")
            elif attribute.startswith("on"):
                scripts[f"{attribute}="] = None
    problems = [f"the id {id!r} stands twice" for id, count in sorted(Counter(ids).items()) if count > 1]
    problems += [f"{script} would run in the page, which the page's policy forbids" for script in scripts]
    places = []
    for target, uses in targets.items():
        try:
            place = _place(target, name, site_url)
        except ValueError as error:
            problems.append(f"{target!r} is not an address: {error}")
            continue
        if place:
            places.append(place)
        elif place is None:
            problems += _of_another_site(target, uses)
    return PageLinks(tuple(ids), tuple(places), tuple(f"{name}: {problem}" for problem in problems))


def broken(pages: Mapping[str, PageLinks], files: Collection[str], folder: Path, site_url: str) -> Iterator[str]:
    """Yield a line for each broken link, duplicate id and inline script of the pages, or page not in UTF-8.

    `pages` has them by path in `folder`, which has these `files`; a page with a broken link is read again from there.
    """
    known = {*files, *(f"{name}#{id}" for name, page in pages.items() for id in page.ids)}
    for name in sorted(pages):
        yield from pages[name].problems
        wrong = {place: what for place in pages[name].places if (what := _wrong(place, known, pages))}
        if wrong:
            yield from _named(name, wrong, (folder / name).read_bytes(), site_url)


def is_page(name: str) -> bool:
    """Return whether the file at a path is a page."""
    return name.endswith(".html")


def _place(target: str, name: str, site_url: str) -> str | None:
    """Return the place in the site that a target on a page leads to; None for another site, "" for what is no file."""
    if plain := _PLAIN.fullmatch(target):  # most are; the rest of this function would say the same, later
        folders = name.split("/")[:-1]
        above = len(plain[1]) // len("../")
        if above <= len(folders):
            return "/".join(
                [*folders[: len(folders) - above], plain[2] + (_INDEX if plain[2][-1:] == "/" else "") + plain[3]]
            )
    parts, base = urlsplit(target), urlsplit(site_url)
    if (parts.scheme or parts.netloc) and (parts.scheme, parts.netloc) != (base.scheme, base.netloc):
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        root = base.path.rstrip("/") + "/"
        if not path.startswith(root):
            return ""
        file = posixpath.normpath(path.removeprefix(root) or ".")
    else:
        file = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    if path.endswith("/") or file == ".":
        file = posixpath.normpath(posixpath.join(file, _INDEX))
    # "#/..." is read by a script of that page
    return f"{file}#{unquote(parts.fragment)}" if parts.fragment and not parts.fragment.startswith("/") else file


def _of_another_site(target: str, uses: Collection[str]) -> Iterator[str]:
    scheme = urlsplit(target).scheme
    if "loaded" in uses:
        yield f"{target!r} is loaded from elsewhere, which the page's policy forbids"
    elif "referred" in uses and scheme in ("http", "https", ""):
        yield f'the link to {target!r} needs rel="noopener noreferrer"'
    elif scheme and scheme not in _SCHEMES:
        yield f"{target!r} is no address of the web ({', '.join(sorted(_SCHEMES))})"


def _wrong(place: str, known: Collection[str], pages: Collection[str]) -> str:
    """Return what is wrong with a link to this place; "" for nothing."""
    if place in known:
        return ""
    file, mark, id = place.partition("#")
    if file not in known:
        file = posixpath.join(file, _INDEX)  # a folder, named without its slash
    if file not in known:
        return "leads nowhere"
    return "leads to an id that is not on that page" if mark and file in pages and f"{file}#{id}" not in known else ""


def _named(name: str, wrong: Mapping[str, str], html: bytes, site_url: str) -> Iterator[str]:
    """Yield a line for each link of a page to a place where something is wrong, as the page has the link."""
    tree = etree.HTML(html, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    links = (value for element in tree.iter(etree.Element) for value in map(element.get, ("href", "src")))
    for target in dict.fromkeys(filter(None, links)):
        try:
            place = _place(target, name, site_url)
        except ValueError:
            continue
        if place and place in wrong:
            yield f"{name}: {target!r} {wrong[place]}"
