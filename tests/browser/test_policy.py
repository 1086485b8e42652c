"""What the pages' policy lets through, in a browser: all that the site does, and nothing of anyone else's."""

import pytest
from playwright.sync_api import expect

from browser.host import Server
from browser.watching import STATEMENT, Contexts, refused, reporting, settled

pytestmark = pytest.mark.browser


def test_the_search_is_refused_nothing(server: Server, context: Contexts) -> None:
    with reporting(context(1280, "light"), server) as (page, left):
        page.goto(server.address("/search/?q=Khojaly"))
        settled(page)
        expect(page.locator("#results li").first).to_be_visible()
        with page.expect_download():
            page.get_by_role("button", name="BibTeX").click()
        assert refused(page) == []
        assert left == []


def test_what_the_policy_does_not_allow_is_refused(server: Server, context: Contexts) -> None:
    """The other tests would hold as well if the policy were not in force."""
    with reporting(context(1280, "light"), server) as (page, _):
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
        expected = ["style-src-elem", "style-src-attr", "img-src"]
        page.wait_for_function(
            "expected => expected.every(one => window.refused?.some(it => it.startsWith(one)))", arg=expected
        )
        for sink in ("document.body.innerHTML = '<b>x</b>'", "document.body.setAttribute('onclick', 'x')"):
            with pytest.raises(Exception, match=r"TrustedHTML|TrustedScript"):
                page.evaluate(f"() => {{ {sink} }}")


def test_wasm_runs_nowhere(server: Server, context: Contexts) -> None:
    compiles = "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => true, () => false)"
    with reporting(context(1280, "light"), server) as (page, _):
        for path in ("/search/", STATEMENT, "/"):
            page.goto(server.address(path))
            assert page.evaluate(compiles) is False, path


def test_a_chosen_colour_is_there_before_anything_is_drawn(server: Server, context: Contexts) -> None:
    with reporting(context(1280, "light"), server) as (page, _):
        page.goto(server.url)
        page.get_by_role("radio", name="Dark").check()
        page.add_init_script(
            """new PerformanceObserver((list) => (window.drawn = list.getEntries().length)).observe({type: "paint"})
            const look = () => requestAnimationFrame(() => {
                if (document.body) (window.schemes ??= []).push(getComputedStyle(document.body).colorScheme)
                look()
            })
            look()"""
        )
        page.goto(server.address(STATEMENT))
        page.wait_for_function("() => window.drawn && window.schemes")
        page.evaluate("localStorage.clear()")  # what is chosen here is no other test's
        assert set(page.evaluate("window.schemes")) == {"dark"}
