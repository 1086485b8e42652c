"""What Firefox's Reader View makes of the page of every statement: its own library, in a browser."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from builders import npm_files

pytestmark = pytest.mark.browser

READ = """html => {
    const page = new DOMParser().parseFromString(html, "text/html")
    const texts = selector => [...page.querySelectorAll(selector)].map(element => element.textContent)
    const shown = {summary: texts(".summary p"), sources: texts("#sources cite"), title: texts("h1")[0]}
    const {title, siteName, textContent, publishedTime} = new Readability(page).parse()
    return {shown, title, siteName, text: textContent, published: publishedTime}
}"""


def plain(text: str) -> str:
    """A text as it is read: spaces are one, a dash is a hyphen, what only keeps a line together is left out."""
    joined = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(joined.replace("\N{EN DASH}", "-").split())


def test_reader_view_shows_title_archive_notice_summary_and_sources(built: Path, browser: Browser) -> None:
    library = npm_files("@mozilla/readability@0.6.0", "Readability.js") / "Readability.js"
    pages = [path for path in sorted(built.glob("statements/*/*/index.html")) if 'id="summary"' in path.read_text()]
    wrong: dict[str, list[str]] = {"title": [], "site": [], "notice": [], "summary": [], "sources": []}
    with browser.new_context() as context:
        page = context.new_page()
        page.evaluate(library.read_text("utf-8") + ";window.Readability = Readability; 0")
        for path in pages:
            html = path.read_text("utf-8")
            read = page.evaluate(READ, html)
            text, shown = plain(read["text"]), read["shown"]
            (graph,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
            record = json.loads(graph)["@graph"][0]
            found = {
                "title": plain(read["title"]) == plain(shown["title"]),
                "site": read["siteName"] == record["publisher"]["name"] == "Ombudsman statements archive",
                "notice": "What was stated; the archive has not verified it." in text,
                "summary": all(plain(paragraph) in text for paragraph in shown["summary"]),
                "sources": all(plain(title) in text for title in shown["sources"]),
            }
            for name, is_right in found.items():
                if not is_right:
                    wrong[name].append(path.parent.name)
    assert len(pages) > 100
    assert wrong == {"title": [], "site": [], "notice": [], "summary": [], "sources": []}
