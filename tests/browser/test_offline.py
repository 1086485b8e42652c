"""The copy on the disk in a browser: from the home page through ten others and back, by clicks alone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

WALK = (  # where to click, and the page that opens
    ("nav[aria-label=Site] a >> text=Events", "events/index.html"),
    (".tree a[href*=khojaly-1992]", "events/khojaly-1992/index.html"),
    (".list a >> nth=0", "statements/2023/2023-02-23-khojaly-anniversary/index.html"),
    (".facts a[href*='addressees/'] >> nth=0", "addressees/*/index.html"),
    (".list a >> nth=0", "statements/*/*/index.html*"),
    (".trail a >> nth=0", "statements/index.html"),
    (".bars a >> nth=-1", "statements/2025/index.html"),
    ("nav[aria-label=Site] a >> text=Figures", "figures/index.html"),
    (".matrix a >> nth=0", "statements/*/*/index.html*"),
    ("nav[aria-label='About the archive'] a >> text=Terms", "terms/index.html"),
    ("nav[aria-label='About the archive'] a >> text=Method", "method/index.html"),
)


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_page()


def test_ten_pages_by_clicks_and_back(offline: Path, page: Page) -> None:
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: request.url.startswith("file:") or wrong.append(request.url))
    page.on("requestfailed", lambda request: "favicon" in request.url or wrong.append(request.url))
    home = f"{(offline / 'copy').as_uri()}/"
    page.goto(f"{home}index.html")
    for click, opens in WALK:
        page.locator(f"{click} >> visible=true").first.click()
        page.wait_for_url(f"{home}{opens}")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).display") != "inline"
        assert page.evaluate("document.documentElement.dataset.colours") == "system"
    for _ in WALK:
        page.go_back()
    page.wait_for_url(f"{home}index.html")
    assert wrong == []


def test_the_search_says_that_it_needs_the_web_and_takes_along_what_was_typed(offline: Path, page: Page) -> None:
    page.goto((offline / "copy" / "index.html").as_uri())
    page.fill("#site-search", "Khojaly")
    page.press("#site-search", "Enter")
    expect(page.locator("#without")).to_contain_text("The search needs the web")
    for hidden in ("#waiting", "#search", ".found"):
        expect(page.locator(hidden)).to_be_hidden()
    assert page.locator("#on-disk a").first.get_attribute("href") == "https://example.org/search/?q=Khojaly"
    page.click("#on-disk >> text=events")
    expect(page.locator("h1")).to_have_text("Events")


def test_a_citation_is_copied_from_the_disk(offline: Path, page: Page) -> None:
    page.goto((offline / "copy/statements/2021/2021-09-21-peace-appeal/index.html").as_uri())
    expect(page.locator("button.copy.ready").first).to_be_visible()
