"""Links of the finished site that lead nowhere."""

from pathlib import Path

import pytest

from archive.publish import linkcheck
from builders import write_tree

SITE = "https://archive.example/"


def broken_links(folder: Path, site_url: str) -> list[str]:
    """What is wrong on all pages in a folder."""
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    pages = {
        name: linkcheck.read_links(name, (folder / name).read_bytes(), site_url)
        for name in files
        if linkcheck.is_page(name)
    }
    return list(linkcheck.broken(pages, files, folder, site_url))


def broken(folder: Path, html: str, site_url: str = SITE) -> list[str]:
    """What is wrong on `a/index.html`, beside some other pages and files."""
    write_tree(
        folder,
        {
            "index.html": "<p id=top>home</p>",
            "a/index.html": html,
            "b/index.html": '<p id="here">b</p><a name="old"></a>',
            "assets/style é.css": "",
            "feed.xml": "<x/>",
            "404.html": "<p>gone</p>",
        },
    )
    return [line for line in broken_links(folder, site_url) if line.startswith("a/")]


@pytest.mark.parametrize(
    "target",
    [
        "../b/", "../b/index.html", "..", "../", "./", ".", "", "#", "#own", "../b/#here", "/b/", "/b/#here", "/",
        "/#top", "https://archive.example/b/", "https://archive.example/", "https://archive.example", "../feed.xml",
        "../assets/style%20%C3%A9.css", "../b/?q=1", "../b/?q=1#here", "/feed.xml", "../404.html",
        "../b",  # a host leads on to "../b/"
        "../b/#/for/a/program?on=it",
    ],
)  # fmt: skip
def test_a_link_to_what_is_there_is_in_order(tmp_path: Path, target: str) -> None:
    problems = broken(tmp_path, f'<p id="own"></p><a href="{target}">x</a>')
    assert problems == []


def test_a_page_that_is_not_utf_8_is_reported(tmp_path: Path) -> None:
    write_tree(tmp_path, {"c/index.html": b"<p>caf\xe9</p>"})
    assert broken(tmp_path, '<a href="../c/">x</a><a href="../d/">x</a>') == ["a/index.html: '../d/' leads nowhere"]
    assert "c/index.html: is not UTF-8 from its byte 7 on; save it as UTF-8" in broken_links(tmp_path, SITE)


@pytest.mark.parametrize(
    "target",
    ["../c/", "c", "/c/", "https://archive.example/c/", "../../../b/c", "../feed.xml/", "/assets/", "../B/"],
)
def test_a_link_to_nothing_is_reported(tmp_path: Path, target: str) -> None:
    assert broken(tmp_path, f'<a href="{target}">x</a>') == [f"a/index.html: {target!r} leads nowhere"]


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<SCRIPT type=module>1</SCRIPT>", "<script>"),
        ("<p ONCLICK='alert(1)'>x</p>", "onclick="),
        ("<svg onload=alert(1)></svg>", "onload="),
    ],
)
def test_a_script_in_a_page_is_reported(tmp_path: Path, html: str, what: str) -> None:
    assert broken(tmp_path, html) == [f"a/index.html: {what} would run in the page, which the page's policy forbids"]


def test_data_in_a_page_and_a_script_of_the_site_are_in_order(tmp_path: Path) -> None:
    page = '<script type="application/ld+json">{}</script><script src="../feed.xml"></script>'
    assert broken(tmp_path, page) == []


@pytest.mark.parametrize("link", ['<a HREF="{}">', '<a class="x" href="{}">', '<a rel="noopener" href="{}">'])
@pytest.mark.parametrize("target", ["https://other.example/", "//other.example/"])
def test_a_link_that_sends_another_site_the_referrer_is_reported(tmp_path: Path, link: str, target: str) -> None:
    assert broken(tmp_path, link.format(target)) == [
        f'a/index.html: the link to {target!r} needs rel="noopener noreferrer"'
    ]
    assert broken(tmp_path, f'<a rel="external NOOPENER noreferrer" href="{target}">') == []


@pytest.mark.parametrize("target", ["../b/#nowhere", "#nowhere", "/b/#Here", "https://archive.example/#b"])
def test_a_fragment_that_is_not_on_the_page_is_reported(tmp_path: Path, target: str) -> None:
    problems = broken(tmp_path, f'<a href="{target}">x</a>')
    assert problems == [f"a/index.html: {target!r} leads to an id that is not on that page"]


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/c/",
        "//elsewhere.example/x",
        "mailto:a@b.example",
        "http://archive.example/c/",
    ],
)
def test_what_is_elsewhere_is_not_looked_up(tmp_path: Path, target: str) -> None:
    assert broken(tmp_path, f'<a rel="noopener noreferrer" href="{target}">x</a>') == []


@pytest.mark.parametrize("target", ["javascript:canary()", "JavaScript:x", "data:,x", "ftp://elsewhere.example/x"])
def test_a_link_leads_to_the_web(target: str, tmp_path: Path) -> None:
    message = f"a/index.html: {target!r} is no address of the web (http, https, mailto)"
    assert broken(tmp_path, f'<a href="{target}">x</a>') == [message]


@pytest.mark.parametrize("target", ["https://elsewhere.example/x.png", "//elsewhere.example/x.png", "data:,x"])
def test_nothing_is_loaded_from_elsewhere(target: str, tmp_path: Path) -> None:
    message = f"a/index.html: {target!r} is loaded from elsewhere, which the page's policy forbids"
    assert broken(tmp_path, f'<img src="{target}">') == [message]


@pytest.mark.parametrize("tag", ['<img src="x.png">', '<script src="x.js"></script>', '<link href="x.css">'])
def test_pictures_scripts_and_styles_are_looked_up_as_well(tmp_path: Path, tag: str) -> None:
    assert len(broken(tmp_path, tag)) == 1


def test_an_id_that_stands_twice_is_reported_once(tmp_path: Path) -> None:
    html = '<p id="x"></p><p id="x"></p><p id="x"></p><p id="y"></p>'
    assert broken(tmp_path, html) == ["a/index.html: the id 'x' stands twice"]


def test_a_link_that_stands_twice_is_reported_once(tmp_path: Path) -> None:
    assert len(broken(tmp_path, '<a href="/c/">x</a><a href="/c/">x</a>')) == 1


def test_an_encoded_fragment_is_understood(tmp_path: Path) -> None:
    assert broken(tmp_path, '<p id="şuşa"></p><a href="#%C5%9Fu%C5%9Fa">x</a>') == []


@pytest.mark.parametrize("site_url", ["https://archive.example/sub/path/", "https://archive.example/sub/path"])
@pytest.mark.parametrize(
    ("target", "problems"),
    [
        ("/sub/path/b/", 0),
        ("/sub/path/b/#here", 0),
        ("/sub/path/c/", 1),
        ("/sub/path/", 0),
        ("/sub/path", 0),
        ("/b/", 0),  # the same host, another site
        ("/sub/pathology/", 0),
        ("https://archive.example/sub/path/c/", 1),
        ("https://archive.example/other/", 0),
        ("../b/", 0),
        ("../c/", 1),
    ],
)
def test_a_site_may_stand_below_the_root_of_its_host(tmp_path: Path, site_url: str, target: str, problems: int) -> None:
    assert len(broken(tmp_path, f'<a href="{target}">x</a>', site_url)) == problems


def test_a_site_without_an_address_has_its_own_root(tmp_path: Path) -> None:
    problems = broken(tmp_path, '<a href="/b/">x</a><a href="/c/">x</a><link href="https://elsewhere.example/">', "/")
    assert problems == ["a/index.html: '/c/' leads nowhere"]


def test_a_page_that_is_not_valid_html_is_read_all_the_same(tmp_path: Path) -> None:
    assert broken(tmp_path, '<a href="/c/" <p <<>> <!-- <!DOCTYPE ]]> <a href=') in (
        [],
        ["a/index.html: '/c/' leads nowhere"],
    )
