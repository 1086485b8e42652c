"""Check the finished HTML: every link and fragment within the site is looked up.

Links to other sites are not requested. But a page loads nothing from elsewhere, links only to addresses of the web,
without telling them where the reader comes from, and has no inline script.
"""

import posixpath
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ATTRIBUTES = {"href", "src"}
_DATA = {"application/ld+json"}  # types of <script> that are data
_NO_REFERRER = {"noopener", "noreferrer"}
_SCHEMES = {"http", "https", "mailto"}  # as in the body of a record


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.loaded: set[str] = set()  # of the targets, those shown or run in the page
        self.referred: set[str] = set()  # of the targets, those that would get the Referer header
        self.scripts: list[str] = []  # what would run in the page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" not in attributes and attributes.get("type", "") not in _DATA:
            self.scripts.append("<script>")
        self.scripts += [f"{name}=" for name in attributes if name.startswith("on")]
        if tag in ("a", "area") and _NO_REFERRER - set(attributes.get("rel", "").lower().split()):
            self.referred.add(attributes.get("href", ""))
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif name in _ATTRIBUTES and value is not None:
                self.targets.append(value)
                if name == "src":
                    self.loaded.add(value)


def broken_links(folder: Path, site_url: str) -> Iterator[str]:
    """Yield a line for each broken link, duplicate id and inline script of the pages in `folder`, or page not in UTF-8.

    `site_url` is where the folder will be served; links to it count as the site's own.
    """
    base = urlsplit(site_url)
    root = base.path.rstrip("/") + "/"
    pages = {}
    for html in sorted(folder.rglob("*.html")):
        name = html.relative_to(folder).as_posix()
        try:
            pages[name] = _read(html)
        except UnicodeDecodeError as error:
            yield f"{name}: is not UTF-8 from its byte {error.start + 1:,} on; save it as UTF-8"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name, page in pages.items():
        for id in sorted({id for id in page.ids if page.ids.count(id) > 1}):
            yield f"{name}: the id {id!r} stands twice"
        for script in dict.fromkeys(page.scripts):
            yield f"{name}: {script} would run in the page, which the page's policy forbids"
        for target in dict.fromkeys(page.targets):
            try:
                parts = urlsplit(target)
            except ValueError as error:
                yield f"{name}: {target!r} is not an address: {error}"
                continue
            if (parts.scheme or parts.netloc) and (parts.scheme, parts.netloc) != (base.scheme, base.netloc):
                if target in page.loaded:
                    yield f"{name}: {target!r} is loaded from elsewhere, which the page's policy forbids"
                elif target in page.referred and parts.scheme in ("http", "https", ""):
                    yield f'{name}: the link to {target!r} needs rel="noopener noreferrer"'
                elif parts.scheme and parts.scheme not in _SCHEMES:
                    yield f"{name}: {target!r} is no address of the web ({', '.join(sorted(_SCHEMES))})"
                continue
            path = unquote(parts.path)
            if path.startswith("/"):
                if not path.startswith(root):
                    continue
                file = posixpath.normpath(path.removeprefix(root) or ".")
            else:
                file = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            if path.endswith("/") or file not in files:
                file = posixpath.normpath(posixpath.join(file, "index.html"))
            is_id = not parts.fragment.startswith("/")  # "#/..." is read by a script of that page
            if file in pages and parts.fragment and is_id and unquote(parts.fragment) not in pages[file].ids:
                yield f"{name}: {target!r} leads to an id that is not on that page"
            elif file not in files:
                yield f"{name}: {target!r} leads nowhere"


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    return page
