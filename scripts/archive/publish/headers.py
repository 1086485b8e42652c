"""What crawlers are told: everything may be read, and where the map of the site is (RFC 9309, sitemaps.org)."""

from collections.abc import Callable, Iterator, Mapping

from archive.exports.citations import FORMATS
from archive.model import urls
from archive.model.records import Archive
from archive.pages.page import render
from archive.publish.cms import page as cms_page


def robots(archive: Archive) -> Iterator[tuple[str, Callable[[], str]]]:
    """`robots.txt`. Until it is set where the site will stand, the address of its map is not known."""
    lines = ["User-agent: *", "Allow: /"]
    if archive.site_url != "/":
        lines += ["", f"Sitemap: {archive.site_url}sitemap.xml"]
    yield "robots.txt", lambda: "".join(f"{line}\n" for line in lines)


PATH = "_headers"

_EVERYWHERE = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# what no host can tell from the ending; the rest it can
_TYPES = {
    f"/{urls.ATOM}": "application/atom+xml",
    f"/*/{urls.ATOM}": "application/atom+xml",
    f"/{urls.JSON_FEED}": "application/feed+json",
    f"/*/{urls.JSON_FEED}": "application/feed+json",
    "/*.ics": "text/calendar",
    **{f"/*/{name}.{one.ending}": one.media for one in FORMATS for name in ("citation", "citations")},
    f"/{urls.DATA_FILES}*.jsonl": "application/jsonl",
    f"/{urls.DATA_FILES}*.sqlite": "application/vnd.sqlite3",
}
_DATA = urls.doc("data.md")
# Files with a hash of their content in their name; any other keeps its name when it changes.
_LASTING = (
    "/assets/stylesheets/*",
    "/assets/javascripts/bundle.*",
    "/assets/javascripts/workers/*",
    f"/{urls.SEARCH}pagefind/fragment/*",
    f"/{urls.SEARCH}pagefind/index/*",
    f"/{urls.SEARCH}pagefind/*.pf_meta",
)


def files(archive: Archive) -> Iterator[tuple[str, Callable[[], str]]]:
    """The one file."""
    yield PATH, lambda: "\n".join(_rule(path, headers) for path, headers in header_rules(archive).items())


def header_rules(archive: Archive) -> dict[str, Mapping[str, str]]:
    """Path, in which `*` stands for anything -> the headers of what stands there."""
    made: dict[str, Mapping[str, str]] = {"/*": _EVERYWHERE}
    for place in _places(archive):
        kind = "search" if place == urls.SEARCH else ""
        headers = {"Content-Security-Policy": f"{page_policy(kind)}; frame-ancestors 'none'"}
        if place == _DATA:
            headers["Access-Control-Allow-Origin"] = "*"
        made[f"/{place}*" if place else "/"] = headers
    made["/404.html"] = made["/"]
    if archive.admin:
        made[f"/{urls.ADMIN}*"] = {
            "Content-Security-Policy": f"{cms_page.policy(archive.admin)}; frame-ancestors 'none'"
        }
    made |= {path: {"Cache-Control": "public, max-age=31536000, immutable"} for path in _LASTING}
    return made | {path: {"Content-Type": type} for path, type in _TYPES.items()}


def page_policy(kind: str) -> str:
    """The Content Security Policy of pages of this kind, as they have it themselves."""
    return render("partials/policy.html", {"page": {"meta": {"kind": kind}}}).strip()


def _places(archive: Archive) -> list[str]:
    """The folders of the site that have pages, of which none is in another; "" is its root."""
    made = {
        urls.STATEMENTS,
        urls.EVENTS,
        urls.ADDRESSEES,
        urls.FIGURES,
        urls.SEARCH,
        urls.CORRECTIONS,
    }
    pages = [*map(urls.doc, archive.docs), *(former for former in archive.redirects if former.endswith("/"))]
    written = {f"{folder}/" if folder else "" for folder in map(_first, pages)}
    return sorted(made | written | {""})


def _first(address: str) -> str:
    return address.partition("/")[0]


def _rule(path: str, headers: Mapping[str, str]) -> str:
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in sorted(headers.items()))
