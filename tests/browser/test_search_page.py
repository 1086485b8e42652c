"""The search page in a browser: the way to it from every page, bad input, what is missing, and its use by everyone."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from browser.host import Server
from browser.searching import INDEXES, KHOJALY, go, load, titles
from browser.watching import (
    LAYOUT_SHIFT,
    NOT_FOUND,
    STATEMENT,
    Contexts,
    axe_violations,
    seen,
    settled,
    watched,
)

pytestmark = pytest.mark.browser

# ---- From every page ----


PATHS = ("/", STATEMENT, "/events/", "/addressees/osce/", "/statements/2021/09/", "/about/", NOT_FOUND)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_a_search_field_that_slash_goes_to(path: str, first: Server, context: Contexts) -> None:
    address = first.address(path)
    with watched(context(1280, "light"), address, first) as (page, problems):
        # what is then found is another test's, but for one page
        through = path == "/events/"
        if not through:
            page.route("**/search/?q=*", lambda route: route.fulfill(body="", content_type="text/html"))
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if width == 320 and through:
                page.goto(address)
            page.keyboard.press("/")
            field = page.get_by_role("banner").get_by_role("searchbox")
            expect(field).to_be_focused()
            expect(field).to_have_value("")
            page.keyboard.type("a/b")
            expect(field).to_have_value("a/b")
            if width == 1280 and not through:
                field.fill("")
                field.blur()
                continue
            field.fill("Khojaly")
            page.keyboard.press("Enter")
            page.wait_for_url("**/search/?q=Khojaly")
            if through:
                settled(page)
                expect(page.locator("#q")).to_have_value("Khojaly")
                expect(titles(page).filter(has_text=KHOJALY)).to_have_count(1)
        assert problems == []


def test_slash_can_be_turned_off(first: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{first.url}about/")
        page.get_by_role("checkbox", name="Press / to search").uncheck()
        page.goto(f"{first.url}method/")
        page.keyboard.press("/")
        expect(page.locator("#site-search")).not_to_be_focused()
        page.get_by_role("checkbox", name="Press / to search").check()
        page.locator("h1").click()
        page.keyboard.press("/")
        expect(page.locator("#site-search")).to_be_focused()


def test_slash_goes_to_the_field_of_the_search_page(open_search: Callable[..., Page]) -> None:
    page = open_search()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


SEARCHES = {
    "/events/khojaly-1992/": "event=khojaly-1992&mentions=yes",
    "/addressees/osce/": "addressee=osce",
    "/statements/2021/": "from=2021&to=2021",
    "/statements/2021/09/": "from=2021-09&to=2021-09",
}


def test_a_page_leads_to_its_own_search(first: Server, context: Contexts) -> None:
    with watched(context(1280, "light"), first.url, first) as (page, problems):
        for path, query in SEARCHES.items():
            page.goto(first.address(path))
            listed = page.locator("main .list > li > p > a").evaluate_all("all => all.map(link => link.pathname)")
            page.locator(f'main a[href$="search/?{query}"]').click()
            settled(page)
            expect(titles(page), path).to_have_count(len(set(listed)))
            found = titles(page).evaluate_all("all => all.map(link => link.pathname)")
            assert set(found) == set(listed), path
        assert problems == []


def test_without_javascript_the_page_says_so_and_leads_to_the_indexes(first: Server, plain: Page) -> None:
    plain.goto(f"{first.url}search/?q=Khojaly")
    told = plain.locator("#without")
    expect(told).to_be_visible()
    expect(told.get_by_text("This search needs JavaScript")).to_be_visible()
    expect(told.get_by_text("still loading")).to_be_hidden()
    hrefs = [
        f"{first.url}search/{href}"
        for href in told.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    ]
    assert {f"{first.url}search/../{index}" for index in INDEXES} <= set(hrefs)
    for index in INDEXES:
        assert plain.request.get(f"{first.url}{index}").ok


def test_the_page_asks_for_little_before_a_word_is_typed(first: Server, browser: Browser) -> None:
    requested: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: requested.append(request.url.removeprefix(first.url)))
        load(page, first)
        page.wait_for_load_state("networkidle")
    own = sorted(path for path in requested if path.startswith(("search/", "assets/search")))
    data = ["search/catalogue.json", "search/words/index.json"]
    assert own == ["assets/search-begin.js", "assets/search.js", "search/", *data]


def test_no_other_search_is_shipped(first: Server) -> None:
    site = first.site
    names = [path.name for path in site.rglob("*") if path.is_file()]
    assert not [name for name in names if name in ("search_index.json", "search.json") or "-ui." in name]


# ---- Bad input ----


NONSENSE = (
    ("?event=no-such-event", "no-such-event"),
    ("?addressee=nobody&addressee=osce", "nobody"),
    ("?form=rant", "rant"),
    ("?language=tlh", "tlh"),
    ("?original=tlh", "tlh"),
    ("?sort=sideways", "sideways"),
    ("?from=2021-02-30", "2021-02-30"),
    ("?from=soon&to=later", "later"),
    ("?from=2023&to=2021", "before it begins"),
    ("?q=" + "a" * 10_000, "200 characters"),
    ("?event=" + "a" * 10_000, "a" * 40 + "…"),
    ("?event=<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    ("?form=__proto__", "__proto__"),
    ("?q=🕊", "no letter or number"),
    ("?mentions=maybe", "maybe"),
    ("?form=report&sort=newest&sort=oldest", "several values"),
    ("?q=a b c d e f g h i j k l m n", "first 12 words"),
)


def test_nonsense_in_the_address_is_explained_and_ignored(first: Server, open_search: Callable[..., Page]) -> None:
    for query, said in NONSENSE:
        page = open_search(query)
        expect(page.locator("#problems"), query[:50]).to_contain_text(said)
        number = {"first 12 words": 0, "nobody": 1, "several values": 1}.get(said, 5)
        expect(titles(page), query[:50]).to_have_count(number)
        assert page.locator("#problems img, #sentence img").count() == 0, query
        assert len(page.locator("#problems").inner_text()) < 300, query[:50]
    load(page, first, "?q=" + "a" * 10_000 + "&event=no-such-event")
    expect(page.locator("#problems")).to_contain_text("200 characters")
    expect(page.locator("#problems")).to_contain_text("no-such-event")
    expect(titles(page)).to_have_count(5)


MUCH = ("a", "a ", "a-", '"a b ', "-a ", "Khojaly ", "1 ", "a.b/", '"')


def test_ten_thousand_characters_do_not_hang_the_page(open_search: Callable[..., Page]) -> None:
    page = open_search()
    for part in MUCH:
        text = (part * 10_000)[:10_000]
        page.evaluate("text => { document.getElementById('q').value = text }", text)  # past the field's own limit
        page.locator("#q").dispatch_event("input")
        page.keyboard.press("Enter")
        expect(page.locator("#problems"), part).to_contain_text("200 characters", timeout=2_000)
        expect(titles(page)).to_have_count(5)
        assert page.locator("#q").input_value() == text
        page.locator("#q").fill("")
        page.keyboard.press("Enter")
        expect(page.locator("#problems")).to_be_hidden()


ODD = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "'\"`${1}",
    '"',
    "((",
    "\\",
    "%00",
    "__proto__",
    "constructor",
    "a",
    "1",
    "- – —",
    "🕊",
    "OSCE 🕊",
)


def test_markup_and_odd_words_are_only_words(open_search: Callable[..., Page]) -> None:
    page = open_search()
    dialogs: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", on_dialog)
    for typed in ODD:
        page.evaluate("document.getElementById('sentence').replaceChildren()")
        page.locator("#q").fill(typed)
        page.keyboard.press("Enter")
        settled(page)
        expect(page.locator("#q"), typed).to_have_value(typed)
        assert page.locator("article img, article script:not([src])").count() == 0, typed
        expect(page.locator("#broken"), typed).to_be_hidden()
    page.wait_for_timeout(400)  # for what would run late
    page.remove_listener("dialog", on_dialog)
    assert not dialogs


def test_the_first_results_do_not_wait_for_what_the_choices_are_counted_by(wider: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        held: list[Route] = []
        page.route("**/search/columns/*", lambda route: held.append(route))
        page.goto(f"{wider.url}search/?q=resolutions")
        expect(titles(page)).not_to_have_count(0)
        expect(page.locator("#sentence")).to_contain_text(re.compile(r"^\d+ statements? match"))
        expect(page.locator("#results li").first.locator("time")).not_to_be_empty()
        expect(page.locator("#facets input")).to_have_count(0)
        for route in held:
            route.continue_()
        settled(page)
        expect(page.locator("#facets input")).not_to_have_count(0)


PARTS = {
    "catalogue.json": "",
    "columns/*.bin": "?form=statement",
    "rows/0.json": "?sort=oldest",
    "words/index.json": "?q=Khojaly",
    "words/*.bin": "?q=Khojaly",
    "texts/*.json": "?q=Khojaly",
    "spelling.json": "?q=zzzzzzz",
}


def answering(status: int, body: str) -> Callable[[Route], None]:
    """What answers each request so."""
    return lambda route: route.fulfill(status=status, body=body)


def test_a_missing_or_broken_index_says_so_and_leads_to_the_indexes(wider: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        told = page.locator("#broken")
        for file, query in PARTS.items():
            for status, body in ((404, "no"), (200, "{")):
                page.route(f"**/search/{file}", answering(status, body))
                if status == 404:
                    page.goto(f"{wider.url}search/{query}")
                else:
                    with page.expect_navigation():
                        told.get_by_role("button").click()  # which loads the page anew
                expect(told, f"{file}: {status}").to_be_visible(timeout=15_000)
                hrefs = told.locator("a").evaluate_all("all => all.map(link => link.href)")
                assert {wider.url + index for index in INDEXES} <= set(hrefs), f"{file}: {status}"
                page.unroute(f"**/search/{file}")
        told.get_by_role("button").click()
        expect(page.locator("#sentence")).not_to_be_empty()
        expect(told).to_be_hidden()


def test_files_of_another_edition_are_not_believed(wider: Server, browser: Browser) -> None:
    """A site may be published anew while a page is open, or a former file be kept by a cache."""

    def former(route: Route) -> None:
        made = json.loads((wider.site / route.request.url.removeprefix(wider.url)).read_text("utf-8"))
        route.fulfill(json={**made, "edition": "0123456789abcdef"})

    with browser.new_context() as context:
        page = context.new_page()
        for file, query in (
            ("words/index.json", "?q=Khojaly"),
            ("texts/*.json", "?q=Khojaly"),
            ("rows/0.json", "?sort=oldest"),
        ):
            page.route(f"**/search/{file}", former)
            page.goto(f"{wider.url}search/{query}")
            expect(page.locator("#broken"), file).to_be_visible(timeout=15_000)
            page.unroute(f"**/search/{file}")


def test_after_a_failure_the_next_search_finds_without_loading_the_page_again(first: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{first.url}search/")
        expect(titles(page)).to_have_count(5)
        page.route("**/search/words/*", lambda route: route.abort())
        page.locator("#q").fill("Khojaly")
        expect(page.locator("#broken")).to_be_visible(timeout=15_000)
        page.unroute("**/search/words/*")
        page.locator("#q").fill("Khojaly genocide")
        expect(titles(page).first).to_have_text(KHOJALY)
        expect(page.locator("#broken")).to_be_hidden()


def test_after_a_failure_the_same_words_can_be_searched_again(first: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/search/words/*", lambda route: route.abort())
        page.goto(f"{first.url}search/?q=Khojaly")
        expect(page.locator("#broken")).to_be_visible(timeout=15_000)
        page.unroute("**/search/words/*")
        page.locator("#q").press("Enter")
        expect(titles(page).first).to_have_text(KHOJALY)
        expect(page.locator("#broken")).to_be_hidden()


def test_what_is_typed_before_the_page_is_ready_is_searched(first: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        held: list[Route] = []
        page.route("**/search/catalogue.json", lambda route: held.append(route))
        page.goto(f"{first.url}search/?form=statement")
        page.locator("#q").fill("Khojaly")
        page.locator("#q").press("Enter")
        for route in held:
            route.continue_()
        expect(titles(page).first).to_have_text(KHOJALY)
        expect(page).to_have_url(re.compile(r"[?]q=Khojaly&form=statement$"))


def test_a_word_that_is_too_long_for_the_page_does_not_widen_it(first: Server, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 320, "height": 740}) as context:
        page = context.new_page()
        for word in ("long" * 45, "https://example.org/" + "long" * 250):
            load(page, first, f"?q={word}")
            expect(page.locator("#sentence")).to_contain_text("No statements")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            sentence = page.locator("#sentence").bounding_box()
            assert sentence
            assert sentence["height"] < 200  # it is cut


def test_a_page_whose_scripts_do_not_come_says_so_in_time(first: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/assets/search.js", lambda route: route.abort())
        page.goto(f"{first.url}search/")
        expect(page.locator("#without")).to_be_hidden()
        expect(page.locator("#without")).to_be_visible(timeout=6_000)
        expect(page.locator("#without")).to_contain_text("still loading")
        expect(page.locator("#unscripted")).to_be_hidden()


def test_a_browser_that_unpacks_nothing_is_told_so(first: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script("delete window.DecompressionStream")
        page.goto(f"{first.url}search/?q=Khojaly")
        told = page.locator("#outdated")
        expect(told).to_contain_text("needs a newer browser")
        hrefs = told.locator("a").evaluate_all("all => all.map(link => link.href)")
        assert {first.url + index for index in INDEXES} <= set(hrefs)
        expect(page.locator("#q")).to_have_count(0)
        page.wait_for_timeout(4_000)  # for what would be said again
        assert [notice.get_attribute("id") for notice in page.locator(".notice:visible").all()] == ["outdated"]


def test_a_failure_beside_the_results_leaves_them(wider: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        load(page, wider)
        for data, name, said in (
            ("columns/*", "Show 1 more", "These could not be loaded"),
            ("rows/*", re.compile("CSV"), "The file could not be made"),
        ):
            page.route(f"**/search/{data}", lambda route: route.abort())
            page.get_by_role("button", name=name).dispatch_event("click")
            expect(page.locator("#results").get_by_role("alert")).to_contain_text(said)
            expect(titles(page)).to_have_count(10)
            expect(page.locator("#broken")).to_be_hidden()
            expect(page.locator("#sentence")).to_contain_text("All 11")
            page.unroute(f"**/search/{data}")
        page.get_by_role("button", name="Show 1 more").click()
        expect(titles(page)).to_have_count(11)
        expect(page.locator("#results").get_by_role("alert")).to_have_count(0)


# ---- The first screen ----


FOUND = (
    "",
    "?q=mines",
    "?q=Khojaly",  # with names that begin so
    "?q=children&event=second-karabakh-war-2020&event=khojaly-1992&mentions=yes&from=2019&to=2022",
    "?event=second-karabakh-war-2020&addressee=united-nations&from=2020-09&to=2023-03",
)
SCREENS = ((1280, 800), (375, 740))


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_first_result_stands_on_the_first_screen(
    width: int, height: int, server: Server, context: Contexts
) -> None:
    with watched(context(width, "light"), f"{server.url}search/", server) as (page, problems):
        page.set_viewport_size({"width": width, "height": height})
        for query in FOUND:
            load(page, server, query)
            title = titles(page).first.bounding_box()
            assert title
            assert title["y"] + title["height"] <= height, query
        assert page.evaluate(LAYOUT_SHIFT) == 0
        load(page, server, "?q=Khojaly")
        expect(page.locator("#suggestions button").nth(1)).to_be_attached()
        assert problems == []


def test_nothing_moves_while_letters_are_typed(open_search: Callable[..., Page]) -> None:
    page = open_search()
    for typed in ("Khojaly", "Khojaly zzzz", "OSCE"):
        before = [page.locator(place).bounding_box() for place in ("#q", "#from", "#sentence")]
        page.locator("#q").fill(typed)
        page.wait_for_url(f"**/?q={typed.replace(' ', '+')}")
        settled(page)
        after = [page.locator(place).bounding_box() for place in ("#q", "#from", "#sentence")]
        assert [box and box["y"] for box in after] == [box and box["y"] for box in before], typed


# how many suggestions stand in the list, and how many of them beyond its edge
SHOWN = """() => {
  const around = document.querySelector("#suggestions ul").getBoundingClientRect();
  const boxes = [...document.querySelectorAll("#suggestions button")].map(button => button.getBoundingClientRect());
  const shown = boxes.filter(box => box.height && box.left < around.right && box.top < around.bottom);
  return [shown.length, shown.filter(box => box.right > around.right || box.bottom > around.bottom).length];
}"""


@pytest.mark.parametrize("width", [1280, 960, 800])
def test_a_suggestion_is_shown_whole_or_not_at_all(width: int, server: Server, context: Contexts) -> None:
    with watched(context(width, "light"), f"{server.url}search/", server) as (page, problems):
        for query in ("Khojaly", "Nagorno-Karabakh", "United Nations"):  # some of the names longer than a line
            load(page, server, f"?q={query}")
            expect(page.locator("#suggestions button").first).to_be_visible()
            shown, cut = page.evaluate(SHOWN)
            assert shown, query
            assert cut == 0, query
        assert problems == []


def test_on_a_phone_suggestions_wrap_above_the_results(server: Server, context: Contexts) -> None:
    with watched(context(320, "light"), f"{server.url}search/?q=Khojaly", server) as (page, problems):
        settled(page)
        suggested = page.locator("#suggestions")
        expect(suggested.get_by_role("button").first).to_be_visible()
        assert suggested.evaluate("place => place.firstChild.scrollWidth <= place.firstChild.clientWidth")
        box, below = suggested.bounding_box(), page.locator("#narrow").bounding_box()
        assert box
        assert below
        assert box["height"] > 40  # longer than a line
        assert box["y"] + box["height"] <= below["y"]
        assert problems == []


def test_on_a_phone_choices_are_folded_and_counted(wider: Server, context: Contexts) -> None:
    with watched(context(375, "light"), f"{wider.url}search/?form=letter&form=speech&from=2022", wider) as (
        page,
        problems,
    ):
        settled(page)
        narrow = page.locator("#narrow")
        expect(page.locator("#from")).to_be_hidden()
        expect(narrow.locator("summary")).to_have_text("Narrow the search (3 chosen)")
        narrow.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#from")).to_be_visible()
        page.locator("#facets").get_by_role("checkbox", name=re.compile("^Speech")).uncheck()
        expect(narrow.locator("summary")).to_have_text("Narrow the search (2 chosen)")
        expect(page.locator("#from")).to_be_visible()
        page.locator(".downloads summary").click()
        expect(page.get_by_role("button", name="Download these 2 as RIS")).to_be_visible()
        assert problems == []


def test_help_opens_and_closes_by_keyboard(open_search: Callable[..., Page]) -> None:
    page = open_search()
    told = page.locator("#help")
    expect(told).to_be_hidden()
    page.get_by_role("button", name="How to search").focus()
    page.keyboard.press("Enter")
    expect(told).to_be_visible()
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(page.get_by_role("button", name="How to search")).to_be_focused()


def test_on_paper_the_results_stand_alone_in_full_width(first: Server, context: Contexts) -> None:
    with watched(context(1280, "light"), f"{first.url}search/?q=Khojaly&from=2021", first) as (page, problems):
        settled(page)
        page.emulate_media(media="print")
        width = page.locator(".search").evaluate("element => element.clientWidth")
        assert page.locator("#results .list").evaluate("element => element.clientWidth") == width
        expect(page.locator("#sentence")).to_contain_text("match")
        for place in ("#q", "#from", "#histogram", "#facets", "#help", ".results-head"):
            expect(page.locator(place), place).to_be_hidden()
        assert problems == []


# ---- Access ----


STATES = (
    "",
    "?q=Khojaly",
    "?q=zzzz&from=2021&to=2022-03",
    "?event=khojaly-1992&mentions=yes&form=statement",
    "?from=2022&to=2022",
    "?event=x",
)


@pytest.mark.parametrize(
    ("width", "schemes"),
    [(1280, ("light", "dark")), (320, ("light",)), pytest.param(320, ("dark",), marks=pytest.mark.slow)],
)
def test_the_page_is_accessible_in_every_state(
    width: int, schemes: tuple[str, ...], wider: Server, context: Contexts
) -> None:
    with watched(context(width, schemes[0]), f"{wider.url}search/", wider) as (page, problems):
        settled(page)
        for query in STATES:
            go(page, query)
            page.evaluate("document.querySelectorAll('main details').forEach(element => { element.open = true })")
            problems += [f"{query or 'all'}: {problem}" for problem in seen(page, width, schemes)]
        assert problems == []


def test_what_is_found_is_announced(open_search: Callable[..., Page]) -> None:
    page = open_search()
    status = page.locator("#status")
    expect(status).to_contain_text("5 statements")
    page.evaluate("""() => {
        const status = document.querySelector("#status")
        window.announced = []
        new MutationObserver(() => window.announced.push(status.textContent)).observe(status, {childList: true})
    }""")
    page.locator("#q").fill("Khojaly")
    expect(status).to_contain_text("Khojaly")
    expect(status).to_contain_text(re.compile(r"^\d+ statement"))
    page.wait_for_timeout(700)  # for what would be said again
    assert len([said for said in page.evaluate("window.announced") if "Khojaly" in said]) == 1


@pytest.mark.parametrize("width", [1280, 375])
def test_a_link_skips_the_choices(width: int, server: Server, context: Contexts) -> None:
    with watched(context(width, "light"), f"{server.url}search/?q=mines", server) as (page, problems):
        settled(page)
        page.get_by_role("button", name="How to search").focus()
        link = page.get_by_role("link", name="Skip to the results")
        for _ in range(8):  # past what is offered for the words
            if link.evaluate("link => link === document.activeElement"):
                break
            page.keyboard.press("Tab")
        expect(link).to_be_focused()
        box = link.bounding_box()
        assert box
        assert box["y"] >= 0
        page.keyboard.press("Enter")
        for _ in range(8):  # parts of the search, the order, what can be downloaded
            page.keyboard.press("Tab")
            if titles(page).first.evaluate("link => link === document.activeElement"):
                break
        expect(titles(page).first).to_be_focused()
        assert problems == []


def test_everything_is_reached_by_keyboard(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?q=letter", wider)
    page.locator("#q").focus()
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        name = page.evaluate("() => document.activeElement.id || document.activeElement.closest('[id]')?.id || ''")
        reached.add(name)
        if page.evaluate("() => document.activeElement.closest('.colophon') !== null"):
            break
    assert {"from", "to", "facets", "sentence", "histogram", "results"} <= reached | {
        part for part in ("facets",) if any(name.startswith("facet") for name in reached)
    }
