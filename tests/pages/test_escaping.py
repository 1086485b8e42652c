"""What the theme prints as it is, and what links of the finished pages lead to; `test_architecture` guards the rest."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.publish.headers import page_policy
from archive.publish.loading import load_archive
from builders import PROJECT, minimal_root, run_module, statement_text

THEME = PROJECT / "scripts" / "archive" / "theme"
# MkDocs' environment escapes nothing. All that stands there without `| e` or `| url`, and why it may:
PRINTED = {
    "page.content": "the body: made by our own templates, or a hand-written page",
    "page.content | replace('<a href=\"http', '<a rel=\"external noopener noreferrer\" href=\"http')": "the same",
    "page.meta.head": "HTML made by our own templates",
    "page.meta.title": "escaped by `site`, as is the next",
    "described": "of a page that is made from records",
    "page.meta.redirect": "an address of the site",
    "page.meta.updated": "a day",
    "mkdocs_version": "a version",
}
ELSEWHERE = {"external", "noopener", "noreferrer"}


def expressions() -> Iterator[tuple[str, str]]:
    for path in sorted([*THEME.rglob("*.html"), THEME / "sitemap.xml"]):
        for expression in re.findall(r"\{\{-?(.*?)-?\}\}", path.read_text("utf-8"), re.DOTALL):
            yield path.relative_to(THEME).as_posix(), expression.strip()


def test_the_theme_prints_nothing_as_it_is_but_what_is_html_or_cannot_be_any() -> None:
    raw = {(name, text) for name, text in expressions() if not re.search(r"\|\s*(?:e|url)$", text)}
    assert {text for _, text in raw} == PRINTED.keys(), raw


class Links(HTMLParser):
    """The links of a page, each with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("a", "area", "form", "iframe", "embed", "object"):
            assert len({name for name, _ in attrs}) == len(attrs), attrs
            self.found.append({name: value or "" for name, value in attrs})


def links_out(site: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Every link to another place of the web, with its page."""
    for page in site.rglob("*.html"):
        for link in Links(page.read_text("utf-8")).found:
            if urlsplit(link.get("href", "")).scheme or urlsplit(link.get("href", "")).netloc:
                yield page.relative_to(site).as_posix(), link


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with links out in a body, in a hand-written page and in the settings."""
    out = "https://elsewhere.example/?a=1&b=<2>"
    root = minimal_root(
        tmp_path_factory.mktemp("linked") / "project",
        {
            "statements/2021/2021-09-21-first.md": statement_text(
                title='Statement on <a> & "b"',
                aliases=["2021-09-20-old"],
                body="The Office says [so](https://elsewhere.example/), [mail](mailto:office@office.example).",
            ),
            "docs/more.md": f'---\ntitle: \'</title><b>"& More\'\n---\n# <i>More</i> & "more"\n\n[a]({out}) <{out}>\n',
            "docs/again.md": "# Again &lt;/title&gt;&lt;b&gt;\n\n[a](https://elsewhere.example/){ title=x }\n",
        },
    )
    (root / "scripts").symlink_to(PROJECT / "scripts")
    done = run_module(root, "mkdocs", "build", "--no-strict", "--site-dir", root / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.mark.parametrize("which", ["five", "linked"])
def test_a_link_to_another_site_is_marked_as_such_and_tells_it_nothing(
    which: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(which)
    own = urlsplit(load_archive(PROJECT).site_url).netloc
    outward = 0
    for page, link in links_out(folder):
        parts = urlsplit(link["href"])
        assert parts.scheme in ("http", "https", "mailto"), (page, link)
        if parts.netloc not in ("", own):
            assert set(link.get("rel", "").split()) >= ELSEWHERE, (page, link)
            outward += 1
    assert outward > 5


def test_a_title_of_a_hand_written_page_is_text(linked: Path) -> None:
    for name, title in (
        ("more", "&lt;/title&gt;&lt;b&gt;&#34;&amp; More"),
        ("again", "Again &lt;/title&gt;&lt;b&gt;"),
    ):
        head = (linked / name / "index.html").read_text("utf-8").partition("</head>")[0]
        assert f"<title>{title} - " in head
        assert f'<meta property="og:title" content="{title}">' in head
        assert "<b>" not in head


def test_a_redirect_has_the_policy_and_its_title_is_text(linked: Path) -> None:
    page = (linked / "statements/2021/2021-09-20-old/index.html").read_text("utf-8")
    assert f'<meta http-equiv="Content-Security-Policy" content="{page_policy()}">' in page
    assert "<title>Moved: Statement on &lt;a&gt; &amp; &quot;b&quot; - " in page
    assert 'http-equiv="refresh" content="0; url=../2021-09-21-first/"' in page
