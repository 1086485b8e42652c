"""The description by which browsers offer the search of the archive (OpenSearch 1.1, draft 6)."""

import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from archive.publish import generate, headers
from builders import archive_of

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"
TYPE = "application/opensearchdescription+xml"


def described(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """The texts of a description by element, and its addresses by type."""
    root = ElementTree.fromstring(text)  # noqa: S314 made here
    assert root.tag == f"{NAMESPACE}OpenSearchDescription"
    texts = {element.tag.removeprefix(NAMESPACE): element.text or "" for element in root if not element.attrib}
    return texts, {url.attrib["type"]: url.attrib["template"] for url in root.iter(f"{NAMESPACE}Url")}


@pytest.mark.parametrize(
    ("name", "short"),
    [("Archive & <b>", "Archive & <b>"), ("Ombudsman statements archive", "Ombudsman"), ("A" * 50, "A" * 16)],
)
def test_the_search_is_described_in_the_names_that_the_format_admits(name: str, short: str) -> None:
    archive = archive_of(site_name=name, site_url="https://a.example/b/")
    texts, addresses = described(str(generate.generate(archive)["opensearch.xml"]))
    assert texts == {
        "ShortName": short,
        "LongName": name[:48],
        "Description": "Search the statements by words or names.",
        "InputEncoding": "UTF-8",
    }
    assert addresses == {
        "text/html": "https://a.example/b/search/?q={searchTerms}",
        TYPE: "https://a.example/b/opensearch.xml",
    }


def test_without_an_address_nothing_is_described() -> None:
    assert list(headers.opensearch(archive_of(site_url="/"))) == []


def test_every_page_leads_to_the_description(built: Path) -> None:
    for page in ("index.html", "404.html", "search/index.html", "about/index.html", "statements/2021/index.html"):
        (link,) = re.findall(r'<link rel="search" [^>]+>', (built / page).read_text("utf-8"))
        assert f'type="{TYPE}"' in link
        href = re.search(r'href="([^"]+)"', link)
        assert href
        assert (built / page).parent.joinpath(href[1].lstrip("/")).resolve() == (built / "opensearch.xml").resolve()
    _, addresses = described((built / "opensearch.xml").read_text("utf-8"))
    assert (built / urlsplit(addresses["text/html"]).path.lstrip("/") / "index.html").is_file()
