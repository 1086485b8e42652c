"""One page of each kind in a browser: wide and narrow, light and dark, with and without JavaScript."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect

from browser.host import Server

pytestmark = pytest.mark.browser

STATEMENT = "/statements/2021/2021-09-21-peace-appeal/"
NOT_FOUND = "/no-such-page/"
PAGES = (
    "/",
    "/statements/",
    "/statements/2021/",
    "/statements/2021/09/",
    STATEMENT,
    "/events/",
    "/events/*/",
    "/addressees/",
    "/addressees/osce/",
    "/figures/",
    "/search/",
    "/corrections/",
    "/about/",
    "/method/",
    "/contributing/",
    "/data/",
    "/data-dictionary/",
    NOT_FOUND,
)
THEME_SCHEMES = {"light": "default", "dark": "slate"}

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},  # off unless asked for
    "resultTypes": ["violations"],
}
# A transition that is still running gives axe colours that nobody comes to see.
SET_SCHEME = """scheme => {
    document.body.setAttribute("data-md-color-scheme", scheme)
    document.getAnimations().forEach(animation => animation.cancel())
}"""
CONNECTS = """() => [...document.querySelectorAll("link[rel~=preconnect], link[rel~=dns-prefetch]")]
    .map(element => element.outerHTML)"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > innerWidth)
        .map(element => element.outerHTML.slice(0, 200))"""
LAYOUT_SHIFT = """() => new Promise(resolve => {
    let shift = 0
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value
    }).observe({type: "layout-shift", buffered: true})
    setTimeout(() => resolve(shift), 500)
})"""


@contextmanager
def watched(context: BrowserContext, address: str, server: Server) -> Iterator[tuple[Page, list[str]]]:
    """A page open at an address, and the list that gathers what goes wrong on it."""
    page = context.new_page()
    problems: list[str] = []
    expects_404 = address == server.address(NOT_FOUND)

    def is_ours(url: str) -> bool:
        return url.startswith((server.url, "blob:", "data:"))

    def on_response(response: Response) -> None:
        if response.status >= 400 and not (expects_404 and response.url == address):
            problems.append(f"{response.status} for {response.url}")

    def on_console(message: ConsoleMessage) -> None:
        itself = expects_404 and message.location["url"] == address
        if message.type in ("error", "warning") and not itself:
            problems.append(f"console {message.type}: {message.text}")

    def on_request(request: Request) -> None:
        if not is_ours(request.url):
            problems.append(f"request outside the site: {request.url}")

    def on_failed(request: Request) -> None:
        if is_ours(request.url):
            problems.append(f"request failed: {request.url} ({request.failure})")

    page.on("request", on_request)
    page.on("response", on_response)
    page.on("requestfailed", on_failed)
    page.on("console", on_console)
    page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    try:
        response = page.goto(address)
        assert response is not None
        assert response.status == (404 if expects_404 else 200), f"{response.status} for {address}"
        yield page, problems
    finally:
        page.close()


def axe_violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    violations = page.evaluate("options => axe.run(options)", AXE_OPTIONS)["violations"]
    return [
        f"axe {violation['id']}: {violation['help']}\n"
        + "\n".join(f"    {' '.join(node['html'].split())[:300]}" for node in violation["nodes"][:3])
        for violation in violations
    ]


@pytest.mark.parametrize("scheme", THEME_SCHEMES)
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", PAGES)
def test_page(
    path: str, width: int, scheme: str, server: Server, context: Callable[[int, str], BrowserContext]
) -> None:
    with watched(context(width, scheme), server.address(path), server) as (page, problems):
        page.evaluate(SET_SCHEME, THEME_SCHEMES[scheme])
        problems += [f"wider than the window: {html}" for html in page.evaluate(TOO_WIDE)[:3]]
        problems += [f"connects to another host: {html}" for html in page.evaluate(CONNECTS)]
        problems += axe_violations(page)
        if problems:
            pytest.fail("\n".join([f"{path} at {width}px, {scheme}:", *problems]), pytrace=False)


@pytest.mark.parametrize("path", PAGES)
def test_page_without_javascript(path: str, server: Server, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(server.address(path))
        heading = page.get_by_role("main").get_by_role("heading", level=1)
        assert heading.count() == 1
        assert heading.is_visible()
        text = page.locator("main article").inner_text().removeprefix(heading.inner_text()).strip()
        assert len(text) > 20, f"{path} says only {text!r}"


@pytest.mark.parametrize("path", PAGES)
def test_text_of_twice_the_size_stays_within_a_narrow_screen(path: str, server: Server, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 320, "height": 900}, bypass_csp=True) as context:
        page = context.new_page()
        page.goto(server.address(path), wait_until="networkidle")
        page.add_style_tag(content="html { font-size: 200% !important; }")
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [1280, 320])
def test_a_link_to_a_table_of_the_data_unfolds_it(
    width: int, javascript: bool, server: Server, browser: Browser
) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=javascript) as context:
        page = context.new_page()
        page.goto(server.address("/data/"))
        expect(page.locator(".tables table >> visible=true")).to_have_count(0)
        page.goto(server.address("/data/#table-figures"))
        expect(page.locator("#table-figures table")).to_be_visible()
        page.locator("#table-figures").get_by_role("link", name="sources", exact=True).first.click()
        expect(page.locator("#table-sources table")).to_be_visible()
        expect(page.locator(".tables table >> visible=true")).to_have_count(2)
        expect(page.locator("summary", has_text="sources").first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("path", [STATEMENT, "/search/", "/search/?q=Khojaly"])
@pytest.mark.parametrize("width", [1280, 320])
def test_layout_does_not_shift(path: str, width: int, server: Server, browser: Browser) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(server.address(path), wait_until="networkidle")
        assert page.evaluate(LAYOUT_SHIFT) < 0.01


@pytest.mark.parametrize("path", ["/", STATEMENT, "/addressees/osce/"])
def test_the_map_of_the_site_is_not_loaded_for_the_sake_of_a_feed(path: str, server: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        requested: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        page.goto(server.address(path), wait_until="networkidle")
        feeds = page.locator("link[rel~=alternate][type='application/atom+xml']").count()
    assert feeds == (2 if "osce" in path else 1)
    assert requested
    assert not [url for url in requested if re.search(r"sitemap|feed\.", url)]


@contextmanager
def weighed(browser: Browser) -> Iterator[tuple[Page, list[int]]]:
    """A page with nothing in its cache, and the bytes over the wire of each thing it has loaded."""
    received: list[int] = []
    with browser.new_context() as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
        session.send("Network.enable")
        yield page, received


def test_first_view_is_small(server: Server, browser: Browser) -> None:
    with weighed(browser) as (page, received):
        page.goto(server.address(STATEMENT), wait_until="networkidle")
    assert 0 < sum(received) <= 150_000, f"{sum(received)} bytes"


def test_a_choice_of_colours_is_kept_for_the_next_page(server: Server, browser: Browser) -> None:
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        paper = "getComputedStyle(document.body).backgroundColor"
        page.goto(server.url)
        light = page.evaluate(paper)
        page.get_by_role("radio", name="Dark").check()
        assert page.evaluate(paper) != light
        page.goto(server.address("/events/"))
        expect(page.get_by_role("radio", name="Dark")).to_be_checked()
        assert page.evaluate(paper) != light
        page.get_by_role("radio", name="As the device").check()
        assert page.evaluate(paper) == light


def test_no_page_has_the_theme_s_own_program(built: Path) -> None:
    for page in built.rglob("*.html"):
        assert "assets/javascripts/bundle" not in page.read_text("utf-8"), page
