"""A page in a browser: what goes wrong on it, what it was refused, how wide it is, whether everyone can use it."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect

from browser.host import Server

Contexts = Callable[[int, str], BrowserContext]  # one browser context for each width and colour scheme

STATEMENT = "/statements/2021/2021-09-21-peace-appeal/"
NOT_FOUND = "/no-such-page/"

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
    "rules": {
        "target-size": {"enabled": True},
        "label-content-name-mismatch": {"enabled": True},
    },
    "resultTypes": ["violations"],
}
# What of these depends on colours and widths; the others find the same in every scheme, at every width.
AXE_LOOKS = {
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
    },
    "resultTypes": ["violations"],
}
# Contrast takes nine tenths of the time, so it is looked at once for each kind of text on the page: texts are of one
# kind where they and all that they stand in have the same name, class and style, as the cells of a column have.
AXE_RUN = """async options => {
    const STYLES = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow",
        "position", "visibility"]
    const kinds = new Map([[document.documentElement.parentNode, ""]])
    const ids = new Map()
    const looked = new Set()
    for (const element of document.documentElement.querySelectorAll("*")) {
        if (!kinds.has(element.parentNode)) kinds.set(element.parentNode, "")
        const style = getComputedStyle(element)
        const own = [element.localName, element.getAttribute("class"), ...STYLES.map(name => style[name])].join("|")
        const kind = `${kinds.get(element.parentNode)} > ${own}`
        if (!ids.has(kind)) ids.set(kind, String(ids.size))
        kinds.set(element, ids.get(kind))
        const speaks = /^(input|select|textarea|button)$/.test(element.localName)
            || [...element.childNodes].some(node => node.nodeType == Node.TEXT_NODE && node.data.trim())
        element.removeAttribute("data-looked-at")
        if (speaks && element.checkVisibility({visibilityProperty: true}) && !looked.has(kind)) {
            looked.add(kind)
            element.setAttribute("data-looked-at", "")
        }
    }
    axe.configure({rules: [{id: "color-contrast", selector: "[data-looked-at]"}]})
    return (await axe.run(options)).violations
}"""
# A transition that is still running gives axe colours that nobody comes to see.
SET_SCHEME = """scheme => {
    document.documentElement.dataset.colours = scheme
    document.getAnimations().forEach(animation => animation.cancel())
}"""
CONNECTS = """() => [...document.querySelectorAll("link[rel~=preconnect], link[rel~=dns-prefetch]")]
    .map(element => element.outerHTML)"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > innerWidth)
        .map(element => element.outerHTML.slice(0, 200))"""
# Two texts that stand over each other; of a text that only screen readers have, none is seen.
OVERLAPS = """() => {
    const texts = [...document.querySelectorAll("body *")].flatMap(element => {
        if (!element.checkVisibility() || element.closest(".unseen, .skip")) return []
        const range = document.createRange()
        return [...element.childNodes].filter(node => node.nodeType == Node.TEXT_NODE && node.data.trim())
            .flatMap(node => (range.selectNodeContents(node), [...range.getClientRects()].map(box => [node, box])))
    }).sort(([, one], [, other]) => one.top - other.top)
    const found = new Set()
    texts.forEach(([node, box], number) => {
        for (const [other, its] of texts.slice(number + 1)) {
            if (its.top > box.bottom - 6) break
            const width = Math.min(box.right, its.right) - Math.max(box.left, its.left)
            const height = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top)
            if (node != other && width > 3 && height > 6)
                found.add(`${node.data.trim().slice(0, 60)} | ${other.data.trim().slice(0, 60)}`)
        }
    })
    return [...found].slice(0, 5)
}"""
# Before anything of the page: what it is refused is told to the console in words that no test need know.
REPORT = """document.addEventListener("securitypolicyviolation", (event) => {
    (window.refused ??= []).push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`)
})"""
NOT_FOR_A_READER = re.compile(r"sitemap|feed\.")  # no page has a use for these
LAYOUT_SHIFT = """() => new Promise(resolve => {
    let shift = 0
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value
    }).observe({type: "layout-shift", buffered: true})
    setTimeout(() => resolve(shift), 500)
})"""


@contextmanager
def reporting(context: BrowserContext, server: Server) -> Iterator[tuple[Page, list[str]]]:
    """A page that keeps what it was refused, and the list of the requests that leave the site."""
    page = context.new_page()
    page.add_init_script(REPORT)
    left: list[str] = []
    page.on("request", lambda request: request.url.startswith((server.url, "blob:")) or left.append(request.url))
    try:
        yield page, left
    finally:
        page.close()


def refused(page: Page) -> list[str]:
    """What the policy of the page has refused it."""
    return list(page.evaluate("window.refused ?? []"))


@contextmanager
def watched(context: BrowserContext, address: str, server: Server) -> Iterator[tuple[Page, list[str]]]:
    """A page open at an address, and the list that gathers what goes wrong on it."""
    page = context.new_page()
    problems: list[str] = []
    unfinished: set[Request] = set()  # requests of the page that is open
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
        if request.is_navigation_request():
            unfinished.clear()  # their page is being left
        else:
            unfinished.add(request)
        if not request.url.startswith((server.url, "blob:")):
            problems.append(f"request outside the site: {request.url}")
        elif NOT_FOR_A_READER.search(request.url.removeprefix(server.url)):
            problems.append(f"needless request: {request.url}")

    def on_failed(request: Request) -> None:
        icon = request.url.endswith("/favicon.svg")  # asked for late, also by a page that is being left
        left = request.failure == "net::ERR_ABORTED" and (icon or request not in unfinished)
        unfinished.discard(request)
        if is_ours(request.url) and not left:
            problems.append(f"request failed: {request.url} ({request.failure})")

    page.add_init_script(REPORT)
    page.on("request", on_request)
    page.on("response", on_response)
    page.on("requestfinished", lambda request: unfinished.discard(request))
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


def axe_violations(page: Page, *, looks: bool = False) -> list[str]:
    """What is wrong with the page for some readers; on request only of what depends on colours and widths."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    violations = page.evaluate(AXE_RUN, AXE_LOOKS if looks else AXE_OPTIONS)
    return [
        f"axe {violation['id']}: {violation['help']}\n"
        + "\n".join(f"    {' '.join(node['html'].split())[:300]}" for node in violation["nodes"][:3])
        for violation in violations
    ]


def show(page: Page, width: int, scheme: str) -> None:
    """Show an open page in a window of this width, in this colour scheme."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.evaluate(SET_SCHEME, scheme)


def settled(page: Page) -> None:
    """Wait until a search is carried out."""
    expect(page.locator("#sentence")).not_to_be_empty(timeout=15_000)
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true", timeout=15_000)


def seen(page: Page, width: int, schemes: Sequence[str], *, looks: bool = False) -> list[str]:
    """What is wrong with an open page at a width, in each of the colour schemes; `looks` as for `axe_violations`."""
    problems = []
    for scheme in schemes:
        show(page, width, scheme)
        wrong = [f"wider than the window: {html}" for html in page.evaluate(TOO_WIDE)[:3]]
        wrong += axe_violations(page, looks=looks or scheme != schemes[0])  # all else is as in the first
        problems += [f"at {width}px, {scheme}: {problem}" for problem in wrong]
    return problems


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
