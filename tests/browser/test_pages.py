"""One page of each kind in a browser: wide and narrow, light and dark, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.host import Server
from browser.watching import (
    CONNECTS,
    LAYOUT_SHIFT,
    NOT_FOUND,
    OVERLAPS,
    STATEMENT,
    TOO_WIDE,
    Contexts,
    axe_violations,
    refused,
    seen,
    settled,
    watched,
    weighed,
)

pytestmark = pytest.mark.browser

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
    "/topics/",
    "/topics/civilians/",
    "/instruments/un-charter/",
    "/places/khojaly/",
    "/figures/",
    "/figures/measures/",
    "/terms/",
    "/terms/k/",
    "/timeline/",
    "/new/",
    "/search/",
    "/corrections/",
    "/about/",
    "/method/",
    "/contributing/",
    "/data/",
    "/data-dictionary/",
    NOT_FOUND,
)
FEEDS = {"/": 1, STATEMENT: 1, "/addressees/osce/": 2}  # of some pages, how many they name
WIDTHS = range(320, 1601, 160)
UNFOLD = "document.querySelectorAll('details').forEach(details => details.open = true)"
TWICE_THE_SIZE = "document.documentElement.style.setProperty('font-size', '200%', 'important')"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_wide_and_narrow_in_light_and_dark(path: str, server: Server, context: Contexts) -> None:
    """It fits, with text of twice the size too; all can use it; it asks nothing of other hosts, and is refused nothing.

    On a narrow screen all that is folded is open. As a narrow page comes to a reader: the test below.
    """
    with watched(context(1280, "light"), server.address(path), server) as (page, problems):
        if path == "/search/":
            settled(page)
        problems += [f"connects to another host: {html}" for html in page.evaluate(CONNECTS)]
        feeds = page.locator("link[rel~=alternate][type='application/atom+xml']").count()
        assert feeds == FEEDS.get(path, feeds)
        assert page.locator("head > :first-child").get_attribute("http-equiv") == "Content-Security-Policy"
        problems += seen(page, 1280, ("light",))
        problems += [f"at {width} px: {what}" for width in WIDTHS for what in misplaced(page, width)]
        page.evaluate(UNFOLD)
        problems += seen(page, 320, ("dark",), looks=True)
        page.evaluate(TWICE_THE_SIZE)
        if (width := page.evaluate("document.documentElement.scrollWidth")) != 320:
            problems.append(f"with text of twice the size it is {width} px wide")
        page.emulate_media(media="print")
        if page.evaluate("getComputedStyle(document.documentElement).colorScheme") != "light":
            problems.append("printed in the dark")
        page.emulate_media(media="screen")
        problems += [f"refused: {what}" for what in refused(page)]
        if problems:
            pytest.fail("\n".join([f"{path}:", *problems]), pytrace=False)


def misplaced(page: Page, width: int) -> list[str]:
    """What stands over other text, or beyond the window, in a window of this width."""
    page.set_viewport_size({"width": width, "height": 900})
    return [*page.evaluate(OVERLAPS), *page.evaluate(TOO_WIDE)][:3]


def test_the_first_screen_of_a_statement_has_its_source_and_the_beginning_of_its_summary(
    server: Server, browser: Browser
) -> None:
    """On a phone too: what it is, when, who, on what, known from where."""
    for width, height in ((375, 740), (1280, 800)):
        with browser.new_context(viewport={"width": width, "height": height}) as context:
            page = context.new_page()
            page.goto(server.address(STATEMENT))
            for part in (".kicker time", "h1", ".by a", ".from a >> nth=0", ".from a >> nth=1", ".contents", "#notice"):
                expect(page.locator(part)).to_be_in_viewport(ratio=1)
            expect(page.locator(".summary p").first).to_be_in_viewport(ratio=0.2)
            assert page.evaluate(LAYOUT_SHIFT) < 0.01
            page.locator(".contents summary").click()
            page.locator(".contents").get_by_role("link", name="Sources").click()
            expect(page.locator("#sources h2")).to_be_in_viewport()


def test_a_corrected_record_says_so_in_one_line_that_leads_to_its_history(server: Server, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto(server.address(STATEMENT))
        line = page.locator(".head .corrected")
        assert line.bounding_box()["height"] < 30  # type: ignore[index]
        expect(page.locator("#summary h2")).to_be_in_viewport(ratio=1)
        expect(page.locator("#history")).not_to_be_visible()
        line.get_by_role("link", name="what changed").click()
        expect(page.locator("#history h3")).to_be_in_viewport(ratio=1)


def test_what_is_beside_the_summary_is_folded_on_a_phone_and_all_on_paper(server: Server, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 375, "height": 740}) as context:
        page = context.new_page()
        page.goto(server.address(STATEMENT))
        addressees = page.locator("#addressees li a")
        expect(addressees.first).not_to_be_visible()
        page.locator("#facts > summary").click()
        expect(addressees.first).to_be_visible()
        page.locator("#facts > summary").click()
        page.emulate_media(media="print")
        assert addressees.count() == page.locator("#addressees li a:visible").count() > 20
        expect(page.locator("#history")).to_be_visible()


def test_the_ways_in_are_all_seen_on_the_narrowest_screen(server: Server, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        page = context.new_page()
        page.goto(server.url)
        ways = page.get_by_role("navigation", name="Site").get_by_role("link")
        assert ways.count() > 5
        for way in ways.all():
            expect(way).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("path", ["/events/khojaly-1992/", "/addressees/international-organizations/"])
def test_a_long_entry_is_folded_on_a_screen_and_whole_on_paper(path: str, server: Server, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 375, "height": 740}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(server.address(path))
        assert page.locator("html").bounding_box()["height"] <= 12 * 740  # type: ignore[index]
        folded = page.locator("details.rest :is(li, dt, tbody tr)")
        expect(folded.first).not_to_be_visible()
        page.locator("details.rest > summary").first.click()
        expect(folded.first).to_be_visible()
        page.emulate_media(media="print")
        assert folded.count() == page.locator("details.rest :is(li, dt, tbody tr):visible").count() > 20


PAGE_OF_PDF = re.compile(rb"/Type\s*/Page\b(?!s)")


def test_a_record_prints_on_three_pages_at_most_and_its_summary_on_the_first(server: Server, plain: Page) -> None:
    longest = sorted(server.site.glob("statements/*/*/index.html"), key=lambda path: path.stat().st_size)[-5:]
    pages = {}
    for path in longest:
        plain.goto(server.address(path.parent.relative_to(server.site).as_posix() + "/"))
        pages[path.parent.name] = len(PAGE_OF_PDF.findall(plain.pdf(format="A4", prefer_css_page_size=True)))
        order = plain.evaluate("[...document.querySelectorAll('h1, #summary, #facts, #figures')].map(e => e.id)")
        assert order[:3] == ["", "summary", "facts"]
    assert {name: number for name, number in pages.items() if not 0 < number <= 3} == {}


PALE = """const text = document.createElement("span")
text.textContent = "Pale words"
text.style.color = "#bbb"
text.style.background = "#fff";
[...document.querySelectorAll("main li")].at(-2).append(text)"""


def test_a_pale_text_among_many_is_found(server: Server, context: Contexts) -> None:
    """Contrast is looked at once for each kind of text; the tests above would hold as well if a kind were left out."""
    with watched(context(1280, "light"), server.address("/statements/"), server) as (page, _):
        page.evaluate(f"() => {{ {PALE} }}")
        (problem,) = axe_violations(page, looks=True)
        assert "color-contrast" in problem
        assert "Pale words" in problem


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_as_it_comes_to_a_narrow_screen(path: str, server: Server, context: Contexts) -> None:
    with watched(context(320, "light"), server.address(path), server) as (page, problems):
        if path == "/search/":
            settled(page)
        problems += seen(page, 320, ("light", "dark"))
        problems += [f"refused: {what}" for what in refused(page)]
        assert problems == []


def test_pages_without_javascript(server: Server, plain: Page) -> None:
    problems = []
    for path in PAGES:
        plain.goto(server.address(path))
        heading = plain.get_by_role("main").get_by_role("heading", level=1)
        if heading.count() != 1 or not heading.is_visible():
            problems.append(f"{path} has no heading or several")
            continue
        text = plain.locator("main article").inner_text().removeprefix(heading.inner_text()).strip()
        if len(text) <= 20:
            problems.append(f"{path} says only {text!r}")
    assert problems == []


def test_the_picture_of_the_timeline_is_read_by_keyboard(server: Server, plain: Page) -> None:
    plain.goto(server.address("/timeline/"))
    plain.get_by_role("link", name="The same as a table").focus()
    name = ""
    while "statement" not in name:  # that of a month: "September 2021: 4 statements"
        plain.keyboard.press("Tab")
        assert plain.evaluate("document.activeElement.closest('.timeline') !== null")
        name = plain.evaluate("document.activeElement.getAttribute('aria-label') ?? ''")
    stack = plain.locator(".timeline a:focus-visible .hit, .timeline a:focus-visible .bar")
    expect(stack).to_have_css("stroke-width", "3px")
    plain.keyboard.press("Enter")
    expect(plain).to_have_url(re.compile("/statements/"))


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


@pytest.mark.parametrize("width", [1280, 320])
def test_layout_does_not_shift(width: int, server: Server, browser: Browser) -> None:
    shifts = {}
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        for path in (STATEMENT, "/search/", "/search/?q=Khojaly"):
            page.goto(server.address(path))
            if "search" in path:
                settled(page)
            shifts[path] = page.evaluate(LAYOUT_SHIFT)
    assert {path: shift for path, shift in shifts.items() if shift >= 0.01} == {}


def test_first_view_is_small(server: Server, browser: Browser) -> None:
    with weighed(browser) as (page, received):
        page.goto(server.address(STATEMENT), wait_until="networkidle")
    assert 0 < sum(received) <= 30_000, f"{sum(received)} bytes"


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
        page.get_by_role("radio", name="Match my device").check()
        assert page.evaluate(paper) == light


def test_a_page_that_is_gone_back_to_has_what_was_chosen_since(server: Server, browser: Browser) -> None:
    """Shown again as it was left, which is what the event says; the browser of the tests itself loads it anew."""
    with browser.new_context(color_scheme="light") as context:
        left, page = context.new_page(), context.new_page()
        left.goto(server.url)
        page.goto(server.address("/events/"))
        page.get_by_role("radio", name="Dark").check()
        page.get_by_role("checkbox", name="Press / to search").uncheck()
        left.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        expect(left.get_by_role("radio", name="Dark")).to_be_checked()
        expect(left.locator("html")).to_have_css("color-scheme", "dark")
        expect(left.get_by_role("checkbox", name="Press / to search")).not_to_be_checked()


KEEPS_NOTHING = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied') } })"


def test_choices_hold_for_the_page_where_the_browser_keeps_nothing(server: Server, browser: Browser) -> None:
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        page.add_init_script(KEEPS_NOTHING)
        page.goto(server.url)
        page.get_by_role("radio", name="Dark").check()
        page.get_by_role("checkbox", name="Press / to search").uncheck()
        page.locator("h1").click()
        page.keyboard.press("/")
        expect(page.locator("#site-search")).not_to_be_focused()
        expect(page.locator("html")).to_have_css("color-scheme", "dark")
