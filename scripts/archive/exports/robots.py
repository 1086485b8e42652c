"""What crawlers are told: everything may be read, and where the map of the site is (RFC 9309, sitemaps.org)."""

from collections.abc import Callable, Iterator

from archive.model.records import Archive


def files(archive: Archive) -> Iterator[tuple[str, Callable[[], str]]]:
    """`robots.txt`. Until it is set where the site will stand, the address of its map is not known."""
    lines = ["User-agent: *", "Allow: /"]
    if archive.site_url != "/":
        lines += ["", f"Sitemap: {archive.site_url}sitemap.xml"]
    yield "robots.txt", lambda: "".join(f"{line}\n" for line in lines)
