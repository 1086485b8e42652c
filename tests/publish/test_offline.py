"""The copy of a site that is read from the disk: every link names a file; the zip is the copy, and always the same."""

import datetime
import posixpath
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from archive.model.errors import ArchiveError
from archive.publish import fixity
from archive.publish import offline as offline_copies
from archive.publish.atomic import MARK
from builders import tree_of, write_tree

LEADS = {"a", "area", "form"}
IDENTITY = {"alternate", "author", "canonical", "cite-as", "license", "schema.dcterms", "type"}  # nothing is loaded
URL = "https://archive.example/"


def addresses(page: Path) -> Iterator[tuple[str, str, str]]:
    """Each address in a page, with its element and what a link in the head is for."""
    for element in html.fromstring(page.read_bytes()).iter("a", "area", "form", "img", "link", "meta", "script"):
        for name in ("href", "src", "action", "data-to"):
            if (value := element.get(name)) is not None:
                yield str(element.tag), element.get("rel", ""), value
        if element.get("http-equiv") == "refresh":
            yield "meta", "", element.get("content", "").partition("url=")[2]


def test_every_link_of_the_copy_names_a_file_and_nothing_is_loaded_from_the_web(offline: Path) -> None:
    copy = offline / "copy"
    pages = sorted(copy.rglob("*.html"))
    followed = 0
    for page in pages:
        for element, rel, address in addresses(page):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                assert element in LEADS or set(rel.split()) & IDENTITY, (page, address)
            elif parts.path:
                file = page.parent / unquote(parts.path)
                assert file.is_file(), (page, address)
                assert ".." not in posixpath.relpath(file, copy).split("/"), (page, address)
                followed += 1
            else:
                assert not address or parts.fragment, (page, address)
    assert len(pages) > 50
    assert followed > 30 * len(pages)


def test_but_for_its_links_a_page_is_that_of_the_site(offline: Path) -> None:
    page = "statements/2021/2021-09-21-peace-appeal/index.html"
    texts = [html.fromstring((offline / of / page).read_bytes()).text_content() for of in ("site", "copy")]
    assert texts[0] == texts[1]
    for name in ("feed.xml", "data/v1/statements.csv", "assets/archive.css", page.replace("index.html", "record.json")):
        assert (offline / "copy" / name).read_bytes() == (offline / "site" / name).read_bytes()


def test_what_is_for_servers_or_for_the_search_alone_is_not_in_it(offline: Path) -> None:
    site, copy = (set(fixity.walk_files(offline / of)) for of in ("site", "copy"))
    gone = {path for path in site - copy if not path.startswith(("search/", "assets/search"))}
    assert gone == {
        *("404.html", "SHA256SUMS", "_headers", "data/offline.zip", "opensearch.xml", "robots.txt"),
        *("sitemap.xml", "sitemap.xml.gz"),
    }
    assert copy <= site
    assert {path for path in copy if path.startswith("search/")} == {"search/index.html"}


def test_the_zip_is_the_copy_and_the_same_whenever_it_is_made(offline: Path, tmp_path: Path) -> None:
    made = offline / "site" / "data" / "offline.zip"
    with zipfile.ZipFile(made) as packed:
        entries = packed.infolist()
        files = {entry.filename: packed.read(entry) for entry in entries}
    copy = {f"ombudsman-statements/{path}": content for path, content in tree_of(offline / "copy").items()}
    del copy[f"ombudsman-statements/{MARK}"]
    assert files == copy
    assert [entry.filename for entry in entries] == sorted(files)
    assert {(entry.date_time[3:], entry.external_attr >> 16) for entry in entries} == {((0, 0, 0), 0o644)}
    site = tmp_path / "site"
    shutil.copytree(offline / "site", site, copy_function=shutil.copyfile)  # with other times
    offline_copies.pack(site, "https://example.org/", datetime.date(*entries[0].date_time[:3]))
    assert (site / "data" / "offline.zip").read_bytes() == made.read_bytes()


def test_a_site_offers_the_zip_if_it_has_one(offline: Path, five: Path) -> None:
    link = 'href="../data/offline.zip"'
    assert link in (offline / "site" / "data" / "index.html").read_text("utf-8")
    assert not fixity.verify(offline / "site").differences
    assert 'href="https://example.org/data/offline.zip"' in (offline / "copy" / "data" / "index.html").read_text(
        "utf-8"
    )
    assert "offline.zip" not in (five / "data" / "index.html").read_text("utf-8")
    assert not (five / "data" / "offline.zip").exists()


LINKS = {  # what a page at a/index.html has, and what the copy has
    '<a href="../b/?q=1&amp;r=2#x">b</a>': '<a href="../b/index.html?q=1&amp;r=2#x">b</a>',
    '<a href="..">top</a>': '<a href="../index.html">top</a>',
    "<a href='../b/'>b</a>": '<a href="../b/index.html">b</a>',
    "<A HREF=../b/>b</A>": '<A HREF="../b/index.html">b</A>',
    '<a title="a > b" href = "../b/">b</a>': '<a title="a > b" href="../b/index.html">b</a>',
    '<video poster="../b/">': '<video poster="../b/index.html">',
    '<a href="#here">here</a>': '<a href="#here">here</a>',
    '<a href="d%20e.txt">d e</a>': '<a href="d%20e.txt">d e</a>',
    '<a href="https://other.example/">other</a>': '<a href="https://other.example/">other</a>',
    '<a href="mailto:a@b.example">m</a>': '<a href="mailto:a@b.example">m</a>',
    '<p>href="../b/"</p>': '<p>href="../b/"</p>',
    '<form method="get" action="./">': '<form method="get" action="index.html">',
    '<link rel="preload" href="../words.json">': "",
    '<script src="../search.js">': "",
    '<script src="../own.js" defer>': '<script src="../own.js" defer>',
    '<meta content="0; url=../b/">': '<meta content="0; url=../b/index.html">',
    '<meta name="description" content="../b/">': '<meta name="description" content="../b/">',
}


@pytest.mark.parametrize(
    ("url", "gone"), [(URL, f'<a href="{URL}gone/#x">gone</a>'), ("/", "<a>gone</a>")], ids=["published", "no address"]
)
def test_a_link_is_written_out_and_what_is_not_there_is_on_the_web(url: str, gone: str, tmp_path: Path) -> None:
    links = LINKS | {'<a href="../gone/#x">gone</a>': gone}
    files = dict.fromkeys(("index.html", "b/index.html", "own.js", "a/d e.txt"), "")
    files["a/index.html"] = "\n".join(links)
    write_tree(tmp_path / "site", files)
    with offline_copies.copy_site(tmp_path / "root", tmp_path / "site", tmp_path / "copy", url):
        pass
    assert (tmp_path / "copy" / "a" / "index.html").read_text("utf-8").split("\n") == [*links.values()]


def test_a_folder_that_holds_anything_else_is_refused_before_the_site_is_made(tmp_path: Path) -> None:
    write_tree(tmp_path, {"other/notes.txt": "mine", "around/site/index.html": "<p>"})
    site = tmp_path / "around" / "site"
    (tmp_path / "around" / MARK).write_text("offline copy", "utf-8")
    refused = {"other": "holds something else", "around/site/copy": "is in the site", "around": "the copy replaces"}
    for out, problem in refused.items():
        with (
            pytest.raises(ArchiveError, match=problem),
            offline_copies.copy_site(tmp_path / "root", site, tmp_path / out, "/"),
        ):
            raise AssertionError("the site is made")
    assert (tmp_path / "other" / "notes.txt").read_text() == "mine"


def test_where_no_site_is_made_the_former_copy_stays(tmp_path: Path) -> None:
    write_tree(tmp_path, {"site/index.html": "<p>first"})
    with offline_copies.copy_site(tmp_path / "root", tmp_path / "site", tmp_path / "copy", "/"):
        pass
    with (
        pytest.raises(ZeroDivisionError),
        offline_copies.copy_site(tmp_path / "root", tmp_path / "site", tmp_path / "copy", "/"),
    ):
        raise ZeroDivisionError
    assert tree_of(tmp_path / "copy") == {"index.html": b"<p>first", MARK: b"offline copy"}
    assert not list(tmp_path.glob(".copy*"))
