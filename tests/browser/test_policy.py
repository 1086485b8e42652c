"""What the pages' policy lets through, in a browser: all that the site does, and nothing of anyone else's."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.host import Server
from browser.test_cite import opened
from browser.test_pages import PAGES, STATEMENT

pytestmark = pytest.mark.browser

# Before anything of the page: what it is refused is told to the console in words that no test need know.
REPORT = """document.addEventListener("securitypolicyviolation", (event) => {
    (window.refused ??= []).push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`)
})"""


@contextmanager
def reporting(browser: Browser, url: str, **options: object) -> Iterator[tuple[Page, list[str]]]:
    """A page that keeps what it was refused, and the list of the requests that leave the site at `url`."""
    with browser.new_context(**options) as context:
        context.add_init_script(REPORT)
        page = context.new_page()
        left: list[str] = []
        page.on("request", lambda request: request.url.startswith((url, "blob:")) or left.append(request.url))
        yield page, left


def refused(page: Page) -> list[str]:
    return list(page.evaluate("window.refused ?? []"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_refused_nothing_and_asks_no_other_host(path: str, server: Server, browser: Browser) -> None:
    with reporting(browser, server.url) as (page, left):
        page.goto(server.address(path), wait_until="networkidle")
        assert page.locator("head > :first-child").get_attribute("http-equiv") == "Content-Security-Policy"
        for scheme in ("Dark", "Light", "As the device"):
            page.get_by_role("radio", name=scheme).check()
        page.emulate_media(media="print")
        assert refused(page) == []
        assert left == []


def test_the_search_is_refused_nothing(server: Server, browser: Browser) -> None:
    with reporting(browser, server.url) as (page, left):
        page.goto(server.address("/search/?q=Khojaly"), wait_until="networkidle")
        expect(page.locator("#results li").first).to_be_visible()
        with page.expect_download():
            page.get_by_role("button", name="BibTeX").click()
        assert refused(page) == []
        assert left == []


def test_what_the_policy_does_not_allow_is_refused(server: Server, browser: Browser) -> None:
    """The other tests would hold as well if the policy were not in force."""
    with reporting(browser, server.url) as (page, _):
        page.goto(server.address(STATEMENT))
        page.evaluate(
            """() => {
                const put = (name, values) => document.body.append(Object.assign(document.createElement(name), values))
                put("style", {textContent: "body { color: red }"})
                put("img", {src: "https://elsewhere.example/spy.gif"})
                put("link", {rel: "stylesheet", href: "https://elsewhere.example/spy.css"})
                document.body.setAttribute("style", "color: red")
            }"""
        )
        page.wait_for_timeout(100)
        assert {one.partition(":")[0] for one in refused(page)} >= {"style-src-elem", "style-src-attr", "img-src"}
        for sink in ("document.body.innerHTML = '<b>x</b>'", "document.body.setAttribute('onclick', 'x')"):
            with pytest.raises(Exception, match=r"TrustedHTML|TrustedScript"):
                page.evaluate(f"() => {{ {sink} }}")


def test_wasm_runs_where_the_search_is_and_nowhere_else(server: Server, browser: Browser) -> None:
    compiles = "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => true, () => false)"
    with reporting(browser, server.url) as (page, _):
        for path, runs in (("/search/", True), (STATEMENT, False), ("/", False)):
            page.goto(server.address(path))
            assert page.evaluate(compiles) is runs, path


def test_a_chosen_colour_is_there_before_anything_is_drawn(server: Server, browser: Browser) -> None:
    with reporting(browser, server.url, color_scheme="light") as (page, _):
        page.goto(server.url)
        page.get_by_role("radio", name="Dark").check()
        page.add_init_script(
            """new PerformanceObserver((list) => (window.drawn = list.getEntries().length)).observe({type: "paint"})
            const look = () => requestAnimationFrame(() => {
                if (document.body) (window.schemes ??= []).push(document.body.dataset.mdColorScheme)
                look()
            })
            look()"""
        )
        page.goto(server.address(STATEMENT), wait_until="networkidle")
        assert set(page.evaluate("window.schemes")) == {"slate"}


def test_a_citation_is_copied_under_the_policy(server: Server, browser: Browser) -> None:
    with opened(server, browser) as page:
        page.evaluate(REPORT)
        page.get_by_role("button", name="Copy BibTeX").click()
        expect(page.get_by_role("status")).to_have_text("The citation is copied as BibTeX.")
        assert refused(page) == []
