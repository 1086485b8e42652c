"""Make the files for crawlers, browsers and hosts: `robots.txt` (RFC 9309, sitemaps.org), `opensearch.xml`, `_headers`.

`_headers` has the format that Netlify and Cloudflare Pages read.
"""

import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from archive.exports.citations import FORMATS
from archive.exports.feeds.feed import ATOM_TYPE, JSON_FEED_TYPE
from archive.model import urls
from archive.model.records import Archive
from archive.pages.page import render
from archive.publish.cms import page as cms_page

HEADERS_FILE = "_headers"
_POLICY = "Content-Security-Policy"
_OPENSEARCH_FILE = "opensearch.xml"
_OPENSEARCH_TYPE = "application/opensearchdescription+xml"

_EVERYWHERE = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# what a host does not know by the ending of a file
_TYPES = {
    f"/{urls.ATOM}": ATOM_TYPE,
    f"/*/{urls.ATOM}": ATOM_TYPE,
    f"/{urls.JSON_FEED}": JSON_FEED_TYPE,
    f"/*/{urls.JSON_FEED}": JSON_FEED_TYPE,
    f"/{_OPENSEARCH_FILE}": _OPENSEARCH_TYPE,
    "/*.ics": "text/calendar",
    **{f"/*/{name}.{format.ending}": format.media for format in FORMATS for name in ("citation", "citations")},
    f"/{urls.DATA_FILES}*.jsonl": "application/jsonl",
    f"/{urls.DATA_FILES}*.sqlite": "application/vnd.sqlite3",
}
_DATA = urls.doc("data.md")
_ASSETS = "assets/"
# files with a hash of their content in their names; any other keeps its name when it changes
_IMMUTABLE = (f"/{urls.SEARCH}columns/*.bin", f"/{urls.SEARCH}words/*.bin")


def robots(archive: Archive) -> Iterator[tuple[str, Callable[[], str]]]:
    """Make `robots.txt`, without the address of the sitemap until `site_url` is set."""
    lines = ["User-agent: *", "Allow: /"]
    if archive.site_url != "/":
        lines += ["", f"Sitemap: {archive.site_url}sitemap.xml"]
    yield "robots.txt", partial(str, "".join(f"{line}\n" for line in lines))


def opensearch(archive: Archive) -> Iterator[tuple[str, Callable[[], str]]]:
    """Make `opensearch.xml` (OpenSearch 1.1, draft 6), by which browsers offer the search, once `site_url` is set."""
    if archive.site_url == "/":
        return
    # the longest names that the format admits
    names = {name: _shorten(archive.site_name, most) for name, most in (("short_name", 16), ("long_name", 48))}
    values = {**names, "site_url": archive.site_url, "type": _OPENSEARCH_TYPE}
    yield _OPENSEARCH_FILE, partial(render, "opensearch.xml", values)


def _shorten(text: str, most: int) -> str:
    """Return as many of the first words as have `most` characters; of a longer word, its beginning."""
    return textwrap.shorten(text, most, placeholder="") or text[:most]


def files(archive: Archive) -> Iterator[tuple[str, Callable[[], str]]]:
    """Make `_headers`."""
    yield HEADERS_FILE, partial(_headers, archive)


def _headers(archive: Archive) -> str:
    return "\n".join(_rule(path, headers) for path, headers in header_rules(archive).items())


def header_rules(archive: Archive) -> dict[str, Mapping[str, str]]:
    """Return the headers by path, in which `*` stands for anything."""
    policy = {_POLICY: f"{page_policy()}; frame-ancestors 'none'"}
    rules: dict[str, Mapping[str, str]] = {"/*": _EVERYWHERE | policy}
    if archive.admin:
        # A host sends what all rules for a path say, and a page keeps to each policy that it is sent.
        rules["/*"] = _EVERYWHERE
        rules |= dict.fromkeys(["/", "/404.html", *(f"/{folder}*" for folder in _folders(archive))], policy)
        rules[f"/{urls.ADMIN}*"] = {_POLICY: f"{cms_page.policy(archive.admin)}; frame-ancestors 'none'"}
    data = f"/{_DATA}*"
    rules[data] = {**rules.get(data, {}), "Access-Control-Allow-Origin": "*"}
    rules |= {path: {"Cache-Control": "public, max-age=31536000, immutable"} for path in _IMMUTABLE}
    return rules | {path: {"Content-Type": type} for path, type in _TYPES.items()}


def page_policy() -> str:
    """Return the Content Security Policy that pages have themselves."""
    return render("partials/policy.html", {}).strip()


def _folders(archive: Archive) -> list[str]:
    """Return the folders at the root of the site but for the form's."""
    pages = [*map(urls.doc, archive.docs), *(former for former in archive.redirects if former.endswith("/"))]
    others = {f"{folder}/" for folder, slash, _ in (page.partition("/") for page in pages) if slash}
    return sorted((urls.GENERATED | others | {_ASSETS}) - {""})


def _rule(path: str, headers: Mapping[str, str]) -> str:
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in sorted(headers.items()))
