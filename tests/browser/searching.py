"""The search page in a browser: opening it with a query, and its parts."""

import re
from urllib.parse import urljoin

from playwright.sync_api import Locator, Page

from archive.model import authorities
from archive.search import bundle
from browser.host import Server
from browser.watching import settled

KHOJALY = "Statement on the 31st anniversary of the events in Khojaly"
PEACE = "Appeal on threats to peace in the region"
INDEXES = ("statements/", *(f"{index.many}/" for index in authorities.INDEXES.values()))

# As the buttons for back and forward do. What was said of the search before is taken away, not to be waited for.
_GO = """query => {
    document.getElementById("sentence").replaceChildren()
    history.pushState({}, "", query || location.pathname)
    dispatchEvent(new PopStateEvent("popstate", {state: {}}))
}"""


def load(page: Page, on: Server, query: str = "") -> None:
    """Load the page anew, with a query in its address."""
    page.goto(f"{on.url}search/{query}")
    settled(page)


def go(page: Page, query: str = "") -> None:
    """Go to another search without loading the page anew."""
    page.evaluate(_GO, query)
    settled(page)


def module(page: Page, name: str) -> str:
    """Let the page import a module of the search page's program, and return the address to import it from."""
    sources = "**/search/program/*.js"
    page.unroute(sources)
    page.route(sources, lambda route: route.fulfill(path=bundle.MODULES / route.request.url.rpartition("/")[2]))
    return urljoin(page.url, f"/search/program/{name}.js")


def titles(page: Page) -> Locator:
    """The results' links."""
    return page.locator("#results .title a")


def box(page: Page, label: str) -> Locator:
    """The checkbox of a facet's value."""
    return page.locator("#facets").get_by_role("checkbox", name=re.compile(rf"^{label}\b"))


def choose(page: Page, label: str) -> None:
    """Choose a facet's value."""
    box(page, label).check()


def count(page: Page, label: str) -> int:
    """The number beside a facet's value."""
    said = box(page, label).locator("xpath=..").locator(".count").inner_text()
    number = re.search(r"[\d,]+", said)
    assert number, said
    return int(number[0].replace(",", ""))


def bar(page: Page, key: str) -> Locator:
    """A bar of the histogram."""
    return page.locator("#histogram").get_by_role("button", name=re.compile(rf"^{key}\b"))
