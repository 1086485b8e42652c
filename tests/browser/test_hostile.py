"""Hostile texts in a browser: on the built site none of them runs, loads, leads astray or breaks a page."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from archive.model import urls
from browser.host import Server, serve
from browser.searching import go, load
from builders import PROJECT, run_module
from vectors import Hostile, packed, stem, vectors

pytestmark = pytest.mark.browser

# In every page and frame, before anything of its own: what the texts would call, and what the policy refuses.
WATCH = """window.canary = () => { (top.ran ??= []).push(location.href); return "" }
document.addEventListener("securitypolicyviolation", (event) => {
    (top.refused ??= []).push(`${location.href} ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
})"""
# Each page in a frame of its own, several at once; what is said of each is what a reader would miss first.
VISIT = """async (paths) => {
    const found = {}
    const visit = async (path) => {
        const frame = document.createElement("iframe")
        frame.width = 1000
        frame.height = 700
        frame.src = path
        const loaded = new Promise((resolve) => frame.addEventListener("load", resolve))
        document.body.append(frame)
        await loaded
        const page = frame.contentDocument
        for (const event of ["click", "focus", "pointerover", "mouseover", "wheel"])
            for (const element of page.querySelectorAll(".page *:not(a)")) element.dispatchEvent(new Event(event))
        await new Promise((resolve) => setTimeout(resolve))
        found[path] = {
            heading: page.querySelectorAll(".page h1").length,
            colours: page.querySelectorAll(".colours input:checked").length,
            key: page.querySelector("#slash")?.checked,
            standing: page.querySelector(".colophon .standing")?.getClientRects().length,
            masthead: page.querySelector("header.masthead nav")?.getClientRects().length,
            foreign: [...page.querySelectorAll(
                "body :is(svg:not(.bars svg, .timeline svg), math, iframe, object, embed, style)," +
                "body :is(template, marquee, xmp, font, img)"
            )].map((element) => element.outerHTML),
            handlers: [...page.querySelectorAll("*")].flatMap((element) => [...element.attributes])
                .filter((one) => /^on|^style$|^srcdoc$|^formaction$/.test(one.name)).map((one) => one.name),
            links: [...page.querySelectorAll("[href], [src], [action]")]
                .map((element) => element.getAttribute("href") ?? element.src ?? element.action)
                .map((address) => new URL(address, page.baseURI).protocol)
                .filter((protocol) => !["http:", "https:", "mailto:"].includes(protocol)),
        }
        frame.remove()
    }
    const waiting = [...paths]
    await Promise.all(Array.from({length: 3}, async () => { while (waiting.length) await visit(waiting.shift()) }))
    return found
}"""
WHOLE = {
    "heading": 1,
    "colours": 1,
    "key": True,
    "standing": 1,
    "masthead": 1,
    "foreign": [],
    "handlers": [],
    "links": [],
}


TOGETHER = 64  # texts in one field
OLD = "2021-09-20-old"  # a former id of the first record


@pytest.fixture(scope="module")
def dense(hostile: Hostile, tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    made = packed(hostile, tmp_path_factory.mktemp("hostile") / "packed", size=TOGETHER)
    made.statements[0]["aliases"] = [OLD]
    made.write()
    return made


@pytest.fixture(scope="module")
def hostile_server(dense: Hostile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    out = tmp_path_factory.mktemp("hostile-built") / "site"
    (dense.root / "scripts").symlink_to(PROJECT / "scripts")
    done = run_module(dense.root, "archive", "build", "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    with serve(out) as server:
        yield server


def paths(site: Path) -> list[str]:
    """Every page of a site but the search and the redirect, which have tests of their own."""
    files = (file.relative_to(site).as_posix().removesuffix("index.html") for file in sorted(site.rglob("*.html")))
    return [f"/{file}" for file in files if file not in ("search/", urls.statement(OLD))]


@contextmanager
def watching(browser: Browser, server: Server, **options: Any) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A browser that watches for what the texts would do, and the list of requests that leave the site."""
    with browser.new_context(**options) as context:
        context.add_init_script(WATCH)
        left: list[str] = []
        context.on("request", lambda request: request.url.startswith((server.url, "blob:")) or left.append(request.url))
        yield context, left


def seen(page: Page) -> dict[str, list[str]]:
    return dict(page.evaluate("({ran: window.ran ?? [], refused: window.refused ?? []})"))


@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without it"])
def test_no_text_of_a_record_does_anything_on_any_page(policy: bool, hostile_server: Server, browser: Browser) -> None:
    """Without the policy too: it is the second wall, and would hide a hole in the first."""
    all_of_them = paths(hostile_server.site)
    assert len(all_of_them) > 3 * len(vectors()) / TOGETHER
    with watching(browser, hostile_server, bypass_csp=not policy) as (context, left):
        page = context.new_page()
        page.goto(f"{hostile_server.url}robots.txt")  # a page without a policy of its own, for the frames
        found = page.evaluate(VISIT, all_of_them)
        assert found.keys() == set(all_of_them)
        assert {path: what for path, what in found.items() if what != WHOLE} == {}
        assert seen(page) == {"ran": [], "refused": []}
        assert left == []


def test_a_former_address_leads_on(hostile_server: Server, browser: Browser) -> None:
    with watching(browser, hostile_server) as (context, left):
        page = context.new_page()
        page.goto(hostile_server.url + urls.statement(OLD))
        page.wait_for_url(hostile_server.url + urls.statement(stem(0)))
        assert seen(page) == {"ran": [], "refused": []}
        assert left == []
    with watching(browser, hostile_server, java_script_enabled=False) as (context, left):
        page = context.new_page()
        page.goto(hostile_server.url + urls.statement(OLD))
        page.wait_for_url(hostile_server.url + urls.statement(stem(0)))
        assert left == []


def test_the_canary_sings_where_a_script_may_run(hostile_server: Server, browser: Browser) -> None:
    """The test above would hold as well if nothing were watched."""
    with watching(browser, hostile_server, bypass_csp=True) as (context, left):
        page = context.new_page()
        page.goto(f"{hostile_server.url}robots.txt")
        images = "<img src=x onerror=canary()><img src=https://elsewhere.example/x.gif>"
        page.evaluate("html => { document.body.innerHTML = html }", images)
        page.wait_for_function("window.ran")
        assert seen(page)["ran"]
        assert left == ["https://elsewhere.example/x.gif"]


def test_the_search_shows_such_texts_as_texts(hostile_server: Server, browser: Browser) -> None:
    catalogue = json.loads((hostile_server.site / "search/catalogue.json").read_text("utf-8"))
    with watching(browser, hostile_server) as (context, left):
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        load(page, hostile_server, f"?{urlencode({'q': vectors()[0]})}")
        for query in ("canary", "elsewhere", "script", *vectors()[::90]):
            go(page, f"?{urlencode({'q': query})}")
            assert page.locator("#results :is(script, img, svg, iframe, style)").count() == 0
            assert seen(page) == {"ran": [], "refused": []}, query
        load(page, hostile_server, f"?event={catalogue['facets'][0]['values'][0]['id']}")
        expect(page.locator("#results li").first).to_be_visible()
        assert seen(page) == {"ran": [], "refused": []}
        assert left == []
