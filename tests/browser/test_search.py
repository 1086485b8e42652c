"""The search page in a browser: on the first five records, and on these with a few more of every kind of date."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from archive.exports import guarded_csv
from browser.host import Server, serve
from browser.test_pages import SET_SCHEME, STATEMENT, THEME_SCHEMES, TOO_WIDE, axe_violations, watched
from builders import copy_project, run_module, statement_text, write_tree

pytestmark = pytest.mark.browser

KHOJALY = "Statement on the 31st anniversary of the events in Khojaly"
PEACE = "Appeal on threats to peace in the region"
BAKU = "Statement on the 32nd anniversary of the events of 20 January 1990"
INDEXES = ("statements/", "events/", "addressees/")


def record(id: str, title: str, **changes: object) -> tuple[str, str]:
    """A record under the real authorities: its path and text."""
    fields: dict[str, object] = {
        "issuer": "commissioner-azerbaijan",
        "events": None,
        "sources": [{"kind": "press-report", "outlet": "trend", "url": f"https://en.trend.az/{id}.html"}],
        "date": "-".join(part for part in id.split("-")[:3] if part.isdecimal()),
        "body": "The text says that this was said.",
        **changes,
    }
    return f"statements/{id[:4]}/{id}.md", statement_text(title=title, **fields)


MORE = dict(
    (
        record("2022-03-11-bridge", "Letter on a bridge", form="letter", addressees=["osce"], original_language="az"),
        record("2022-03-wells", "Letter on wells", form="letter", addressees=["unesco"], original_language="ru"),
        record("2022-roads", "Report on roads", form="report", addressees=["osce", "unesco"]),
        record("2022-05-02-doubt", "Speech on doubt", form="speech", date="2022-05-02?"),
        record("2021-12-30-span", "Interview on a span", form="interview", date="2021-12-30/2022-01-02"),
        record("2020-06-06-mention", "Post with a mention", form="post", mentions=["khojaly-1992"]),
        record(
            "2020-07-07-gone",
            "Post that was withdrawn",
            status="withdrawn",
            history=[
                {"date": "2026-11-22", "kind": "addition", "note": "First archived."},
                {"date": "2026-11-23", "kind": "withdrawal", "note": "Archived by mistake."},
            ],
        ),
        record("2020-08-08-draft", "Post that is a draft", status="draft"),
    )
)


@contextmanager
def served(folder: Path, records: Mapping[str, str]) -> Iterator[Server]:
    """The first records and these, under the real authorities."""
    root = write_tree(copy_project(folder / "project"), records)
    done = run_module(root, "archive.cli", "build")
    assert done.returncode == 0, done.stdout + done.stderr
    with serve(root / "site") as running:
        yield running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The first records alone."""
    with served(tmp_path_factory.mktemp("first"), {}) as running:
        yield running


@pytest.fixture(scope="module")
def site(server: Server) -> Path:
    return server.site


@pytest.fixture(scope="module")
def wider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The first records with those above."""
    with served(tmp_path_factory.mktemp("wider"), MORE) as running:
        yield running


@pytest.fixture
def open_search(server: Server, context: Callable[[int, str], BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Opens the search page with a query; nothing may go wrong on it while the test runs."""
    opened = []

    def open_(query: str = "", on: Server = server, width: int = 1280) -> Page:
        watching = watched(context(width, "light"), f"{on.url}search/{query}", on)
        page, problems = watching.__enter__()
        opened.append((watching, problems))
        expect(page.locator("#sentence")).not_to_be_empty()
        settled(page)
        return page

    yield open_
    found = [problem for _, problems in opened for problem in problems]
    for watching, _ in opened:
        watching.__exit__(None, None, None)  # which aborts what a page is still loading
    assert found == []


def settled(page: Page) -> None:
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")


def titles(page: Page) -> Locator:
    """The results' links."""
    return page.locator("#results .title a")


def box(page: Page, label: str) -> Locator:
    """The checkbox of a facet's value."""
    return page.locator("#facets").get_by_role("checkbox", name=re.compile(rf"^{label}\b"))


def choose(page: Page, label: str) -> None:
    box(page, label).check()


def count(page: Page, label: str) -> int:
    """The number beside a facet's value."""
    said = box(page, label).locator("xpath=..").locator(".count").inner_text()
    number = re.search(r"[\d,]+", said)
    assert number, said
    return int(number[0].replace(",", ""))


# ---- Words ----


def test_without_a_search_all_statements_stand_newest_first(open_search: Callable[..., Page]) -> None:
    page = open_search()
    expect(titles(page)).to_have_count(5)
    dates = page.locator("#results li time").evaluate_all("all => all.map(time => time.dateTime)")
    assert dates == sorted(dates, reverse=True)
    expect(page.locator("#sentence")).to_contain_text("5 statements")


def test_words_find_the_statements_that_have_all_of_them(open_search: Callable[..., Page]) -> None:
    expect(titles(open_search("?q=landmines"))).to_have_count(2)
    expect(titles(open_search("?q=landmines+hostages"))).to_have_text([KHOJALY])
    expect(titles(open_search("?q=landmines+zzzzzz"))).to_have_count(0)


def test_a_result_has_its_date_title_addressees_and_the_words_in_their_place(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=hostage")
    result = page.locator("#results li", has_text=KHOJALY)
    expect(result.locator("time")).to_have_attribute("datetime", "2023-02-23")
    expect(result).to_contain_text("International community")
    expect(result.locator("mark").first).to_contain_text(re.compile("hostage", re.IGNORECASE))
    page.wait_for_load_state("networkidle")
    result.get_by_role("link", name=KHOJALY).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(KHOJALY)


def test_quotation_marks_make_a_phrase(open_search: Callable[..., Page]) -> None:
    apart = open_search("?q=conflict+Karabakh")
    expect(titles(apart)).not_to_have_count(0)
    together = open_search("?q=" + "%22Karabakh conflict%22")
    expect(titles(together)).not_to_have_count(0)
    swapped = open_search("?q=" + "%22conflict Karabakh%22")
    expect(titles(swapped)).to_have_count(0)
    curly = open_search("?q=" + "“Karabakh conflict”")
    assert titles(curly).all_inner_texts() == titles(together).all_inner_texts()


def test_typing_searches_by_itself(open_search: Callable[..., Page]) -> None:
    page = open_search()
    page.locator("#q").press_sequentially("landmines", delay=20)
    expect(titles(page)).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?q=landmines$"))


# ---- Names ----


@pytest.mark.parametrize(
    "name",
    [
        "Xocalı",
        "xocali",
        "XOCALI",
        "Khojali",
        "Ходжалы",
        "ходжалы",
        "Խոջալու",
        "Xocalı soyqırımı",
        "xocali soyqirimi",
        "Khojaly massacre",
    ],
)
def test_any_name_of_an_event_finds_what_it_stands_for(name: str, open_search: Callable[..., Page]) -> None:
    page = open_search(f"?q={name}")
    expect(titles(page).filter(has_text=KHOJALY)).to_have_count(1)
    suggestion = page.locator("#suggestions").get_by_role("button", name=re.compile("Khojaly, 25.+26 February 1992"))
    suggestion.click()
    expect(page).to_have_url(re.compile(r"\?event=khojaly-1992$"))
    expect(titles(page)).to_have_text([KHOJALY])


@pytest.mark.parametrize(
    "name",
    ["OSCE", "osce", "ОБСЕ", "обсе", "ATƏT", "atət", "ATET", "Organization for Security and Co-operation in Europe"],
)
def test_any_abbreviation_of_an_addressee_finds_what_it_stands_for(
    name: str, wider: Server, open_search: Callable[..., Page]
) -> None:
    page = open_search(f"?q={name}", wider)
    for title in ("Letter on a bridge", "Report on roads", PEACE):
        expect(titles(page).filter(has_text=title)).to_have_count(1)
    expect(titles(page).filter(has_text="Letter on wells")).to_have_count(0)
    page.locator("#suggestions").get_by_role("button", name=re.compile("OSCE")).first.click()
    expect(page).to_have_url(re.compile(r"\?addressee=osce$"))


def test_a_name_and_a_word_narrow_each_other(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?q=ATƏT+bridge", wider)
    expect(titles(page)).to_have_text(["Letter on a bridge"])


def test_a_result_found_by_a_name_says_so(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?q=Ходжалинская резня", wider)
    expect(page.locator("#results li", has_text=KHOJALY)).to_contain_text(re.compile("filed under", re.IGNORECASE))


SPELT = dict(
    (
        record(
            "2022-03-11-marked",
            "Letter with marks",
            body="It says Kəlbəcər, qadın-qız, Xocalının, qızıl və İnsan hüquqları.",
        ),
        record(
            "2022-03-12-plain",
            "Letter without marks",
            body="It says Kelbecer, qadin qiz, Xocalinin, qizil and insan huquqlari.",
        ),
    )
)


@pytest.fixture(scope="module")
def spelt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The first records with two that spell the same words in two ways."""
    with served(tmp_path_factory.mktemp("spelt"), SPELT) as running:
        yield running


@pytest.mark.parametrize(
    "typed",
    [
        "kəlbəcər", "Kelbecer", "KƏLBƏCƏR", "qadın", "qadin", "qadin,", "(qadın)", "qadın-qız", "qadin-qiz",
        "qızıl", "QIZIL", "qizi", "xocalının", "xocalinin", "xocalinin,", "xocali'nin", "Xocalı’nın", '"xocalinin"',
        '"insan hüquqları"', '"İnsan huquqlari"',
    ],
)  # fmt: skip
def test_letters_with_and_without_their_marks_find_each_other(
    typed: str, spelt: Server, open_search: Callable[..., Page]
) -> None:
    page = open_search(f"?q={typed}&form=statement&from=2022-03-11&to=2022-03-12", spelt)
    expect(titles(page)).to_have_count(1 if "-" in typed else 2)


@pytest.mark.parametrize("typed", ["k", "(k)", "k...", "'k'"])
def test_a_single_letter_is_no_beginning(typed: str, spelt: Server, open_search: Callable[..., Page]) -> None:
    expect(titles(open_search(f"?q={typed}", spelt))).to_have_count(0)


# ---- Dates ----


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?from=2022-03-11&to=2022-03-11", ["bridge", "wells", "roads"]),
        ("?from=2022-03-12&to=2022-03-31", ["wells", "roads"]),
        ("?from=2022-04&to=2022-04", ["roads"]),
        ("?from=2022-05-02&to=2022-05-02", ["doubt", "roads"]),
        ("?from=2022-05-03&to=2022-05-03", ["roads"]),
        ("?from=2022-01-02&to=2022-01-02", ["span", "roads"]),
        ("?to=2021-12-29&from=2021-12-01", []),
        ("?to=2020", ["mention"]),
    ],
)
def test_a_range_finds_every_statement_whose_date_may_lie_in_it(
    query: str, found: list[str], wider: Server, open_search: Callable[..., Page]
) -> None:
    page = open_search(query, wider)
    expect(titles(page)).to_have_count(len(found))
    hrefs = titles(page).evaluate_all("all => all.map(link => link.pathname.split('/').at(-2))")
    assert {href.rpartition("-")[2] for href in hrefs} == set(found)


def test_a_date_that_is_not_known_well_is_marked(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?from=2022-03-11&to=2022-03-11", wider)
    for title, marked in (("Letter on a bridge", 0), ("Letter on wells", 1), ("Report on roads", 1)):
        result = page.locator("#results li", has_text=title)
        expect(result.get_by_text(re.compile("date uncertain", re.IGNORECASE))).to_have_count(marked)


def test_dates_are_typed_as_years_months_or_days(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    page.locator("#from").fill("11 March 2022")
    page.locator("#from").press("Tab")
    page.locator("#to").fill("2022-03")
    page.locator("#to").press("Enter")
    expect(page).to_have_url(re.compile(r"\?from=2022-03-11&to=2022-03$"))
    expect(titles(page)).to_have_count(3)
    expect(page.locator("#sentence")).to_contain_text("11 March 2022")
    expect(page.locator("#sentence")).to_contain_text("statement date")


@pytest.mark.parametrize("typed", ["yesterday", "2021-02-30", "2021-13", "99"])
def test_a_date_that_is_none_is_explained_at_its_field(typed: str, open_search: Callable[..., Page]) -> None:
    page = open_search()
    page.locator("#from").fill(typed)
    page.locator("#from").press("Enter")
    expect(page.locator("#from-problem")).to_contain_text(typed)
    expect(page.locator("#from")).to_have_attribute("aria-invalid", "true")
    expect(titles(page)).to_have_count(5)
    page.locator("#from").fill("2023")
    page.locator("#from").press("Enter")
    expect(page.locator("#from-problem")).to_be_empty()
    expect(titles(page)).to_have_count(2)


def test_a_range_the_wrong_way_round_is_explained(open_search: Callable[..., Page]) -> None:
    page = open_search("?from=2022")
    page.locator("#to").fill("2021")
    page.locator("#to").press("Enter")
    expect(page.locator("#to-problem")).to_contain_text("before it begins")
    expect(page).to_have_url(re.compile(r"\?from=2022$"))


# ---- Facets ----


def test_values_of_one_facet_widen_and_facets_narrow(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    choose(page, "Letter")
    expect(titles(page)).to_have_count(2)
    assert count(page, "Speech") == 1, "the other forms still say what choosing them too would add"
    choose(page, "Speech")
    expect(titles(page)).to_have_count(3)
    choose(page, "OSCE")
    expect(titles(page)).to_have_text(["Letter on a bridge"])
    assert count(page, "UNESCO") == 1, "what the other addressee would add, of letters and speeches"
    expect(page).to_have_url(re.compile(r"\?addressee=osce&form=letter&form=speech$"))


def test_the_number_beside_a_value_is_what_choosing_it_finds(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?form=letter&form=report", wider)
    said = count(page, "UNESCO")
    choose(page, "UNESCO")
    expect(titles(page)).to_have_count(said)


def test_a_body_stands_for_those_under_it(open_search: Callable[..., Page]) -> None:
    page = open_search("?addressee=united-nations")
    expect(titles(page).filter(has_text=PEACE)).to_have_count(1)


def test_an_event_is_found_where_it_is_only_mentioned_if_asked(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?event=khojaly-1992", wider)
    expect(titles(page)).to_have_text([KHOJALY])
    page.get_by_role("checkbox", name=re.compile("mention")).check()
    expect(titles(page)).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?event=khojaly-1992&mentions=yes$"))


def test_language_is_a_facet_where_there_is_a_choice(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    choose(page, "Russian")
    expect(titles(page)).to_have_text(["Letter on wells"])
    expect(page).to_have_url(re.compile(r"\?original=ru$"))


def test_focus_stays_on_the_facet_that_was_chosen(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    box(page, "Letter").focus()
    page.keyboard.press("Space")
    expect(titles(page)).to_have_count(2)
    expect(box(page, "Letter")).to_be_focused()


# ---- The histogram ----


def bar(page: Page, key: str) -> Locator:
    return page.locator("#histogram").get_by_role("button", name=re.compile(rf"^{key}\b"))


def test_a_bar_says_how_many_it_finds_and_sets_the_range(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    expect(bar(page, "2022")).to_have_accessible_name(re.compile(r"6 statements"))
    bar(page, "2022").click()
    expect(page).to_have_url(re.compile(r"\?from=2022&to=2022$"))
    expect(titles(page)).to_have_count(6)
    expect(bar(page, "March 2022")).to_have_accessible_name(re.compile(r"3 statements"))
    bar(page, "March 2022").click()
    expect(page).to_have_url(re.compile(r"\?from=2022-03&to=2022-03$"))
    expect(titles(page)).to_have_count(3)
    page.locator("#histogram").get_by_role("button", name="All years").click()
    expect(bar(page, "2021")).to_be_visible()


def test_the_histogram_works_by_keyboard(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    bar(page, "2020").focus()
    page.keyboard.press("ArrowRight")
    expect(bar(page, "2021")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?from=2021&to=2021$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/search/$"))
    bar(page, "2021").focus()
    page.keyboard.press("End")
    expect(bar(page, "2025")).to_be_focused()
    page.keyboard.press("Home")
    expect(bar(page, "2020")).to_be_focused()


def test_shift_extends_the_range(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?from=2022&to=2023", wider)
    bar(page, "2025").focus()
    page.keyboard.press("Shift+Enter")
    expect(page).to_have_url(re.compile(r"\?from=2022&to=2025$"))


def test_dragging_over_bars_sets_the_range(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    start, end = bar(page, "2021").bounding_box(), bar(page, "2023").bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"\?from=2021&to=2023$"))


def test_touch_sets_the_range(wider: Server, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 320, "height": 900}, has_touch=True, is_mobile=True) as touching:
        page = touching.new_page()
        page.goto(f"{wider.url}search/")
        bar(page, "2022").tap()
        expect(page).to_have_url(re.compile(r"\?from=2022&to=2022$"))


# ---- The sentence, the address, the history ----


def test_the_sentence_says_the_search_and_each_part_can_be_taken_away(
    wider: Server, open_search: Callable[..., Page]
) -> None:
    page = open_search("?q=bridge&from=2022&to=2022-03&addressee=osce&addressee=unesco&form=letter", wider)
    sentence = page.locator("#sentence")
    for part in ("1 statement", "OSCE", "UNESCO", "2022", "March 2022", "bridge", "statement date"):
        expect(sentence).to_contain_text(re.compile(part, re.IGNORECASE))
    for name, left in (
        ("bridge", r"\?from=2022&to=2022-03&addressee=osce&addressee=unesco&form=letter$"),
        ("OSCE", r"\?from=2022&to=2022-03&addressee=unesco&form=letter$"),
        ("March 2022", r"\?addressee=unesco&form=letter$"),
    ):
        sentence.get_by_role("button", name=re.compile(f"remove.*{name}", re.IGNORECASE)).click()
        expect(page).to_have_url(re.compile(left))
    sentence.get_by_role("button", name=re.compile("clear all", re.IGNORECASE)).click()
    expect(page).to_have_url(re.compile(r"/search/$"))


def test_a_search_is_shared_by_its_address(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    page.locator("#q").fill("letter")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=letter"))
    choose(page, "UNESCO")
    expect(page).to_have_url(re.compile("unesco"))
    settled(page)
    other = open_search("?" + page.url.partition("?")[2], wider)
    assert titles(other).all_inner_texts() == titles(page).all_inner_texts()
    expect(other.locator("#q")).to_have_value("letter")
    expect(box(other, "UNESCO")).to_be_checked()


def test_the_back_button_goes_back_through_searches(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    choose(page, "Letter")
    expect(titles(page)).to_have_count(2)
    choose(page, "UNESCO")
    expect(titles(page)).to_have_count(1)
    page.wait_for_load_state("networkidle")
    titles(page).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Letter on wells")
    page.wait_for_load_state("networkidle")  # what a page is still loading when it is left would count as failed
    page.go_back()
    expect(titles(page)).to_have_count(1)
    expect(box(page, "UNESCO")).to_be_checked()
    page.go_back()
    expect(titles(page)).to_have_count(2)
    expect(box(page, "UNESCO")).not_to_be_checked()
    page.go_forward()
    expect(titles(page)).to_have_count(1)


def test_an_earlier_search_that_ends_later_shows_nothing(server: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        held: list[Route] = []
        page.route("**/search/fragments.json", lambda route: held.append(route))
        page.goto(f"{server.url}search/")
        expect(titles(page)).to_have_count(5)
        page.locator("#q").fill("hostages")
        page.wait_for_url("**/search/?q=hostages")
        page.locator("#q").fill("")
        page.wait_for_url("**/search/")
        expect(titles(page)).to_have_count(5)
        held[0].continue_()
        page.wait_for_timeout(500)
        expect(titles(page)).to_have_count(5)
        expect(page.locator("#sentence")).to_contain_text("All 5")


def test_more_asked_for_twice_comes_once(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    page.get_by_role("button", name="Show 1 more").evaluate("button => { button.click(); button.click(); }")
    expect(titles(page)).to_have_count(11)
    page.wait_for_timeout(300)
    hrefs = titles(page).evaluate_all("all => all.map(link => link.href)")
    assert len(hrefs) == len(set(hrefs)) == 11


def test_what_is_being_typed_is_kept_when_something_else_is_done(open_search: Callable[..., Page]) -> None:
    page = open_search()
    page.locator("#q").fill("landmines")
    bar(page, "2021").click()
    expect(page).to_have_url(re.compile(r"\?q=landmines&from=2021&to=2021$"))
    page.locator("#from").fill("2021-13")
    page.locator("#from").press("Tab")
    expect(page.locator("#from-problem")).to_contain_text("2021-13")
    page.locator("#q").fill("appeal")
    expect(page).to_have_url(re.compile(r"\?q=appeal"))
    expect(page.locator("#from")).to_have_value("2021-13")
    expect(page.locator("#from-problem")).to_contain_text("2021-13")
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator("#from")).to_have_value("")
    expect(page.locator("#from-problem")).to_be_empty()


def test_a_place_on_the_page_is_no_other_search(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    page.get_by_role("button", name="Show 1 more").click()
    expect(titles(page)).to_have_count(11)
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
    page.wait_for_timeout(300)
    expect(titles(page)).to_have_count(11)


def test_results_are_sorted_as_chosen(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?q=letter", wider)
    sort = page.get_by_label(re.compile("sort", re.IGNORECASE))
    expect(sort).to_have_value("relevance")
    sort.select_option("oldest")
    expect(page).to_have_url(re.compile("sort=oldest"))
    settled(page)
    dates = page.locator("#results li time").evaluate_all("all => all.map(time => time.dateTime)")
    assert len(dates) > 1
    assert dates == sorted(dates)


# ---- Nothing found ----


def test_nothing_found_says_what_to_loosen(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?addressee=unesco&form=speech", wider)
    nothing = page.locator("#nothing")
    expect(nothing).to_contain_text("1 statement")
    nothing.get_by_role("button", name=re.compile("any addressee")).click()
    expect(titles(page)).to_have_text(["Speech on doubt"])
    expect(nothing).to_be_hidden()


def test_an_offer_keeps_the_rest_of_what_is_typed(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=%22peace OSCE")
    page.locator("#suggestions").get_by_role("button", name=re.compile("OSCE")).first.click()
    expect(page).to_have_url(re.compile(r"\?q=peace&addressee=osce$"))


def test_a_misspelt_word_is_offered_its_nearest_spelling(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=landmnies")
    page.locator("#nothing").get_by_role("button", name=re.compile("landmines")).click()
    expect(titles(page)).not_to_have_count(0)


def test_a_misspelt_name_is_offered_the_authority(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=Khojalli")
    page.locator("#nothing").get_by_role("button", name=re.compile("Khojaly, 25")).click()
    expect(titles(page)).to_have_text([KHOJALY])


@pytest.mark.parametrize(
    ("typed", "label", "shown"),
    [
        ("discrediting", "Terms used, in the sources’ words:", "“discrediting campaign”"),
        ("apartment", "Figures as stated:", "Apartment buildings destroyed"),
        ("mediated", "Summary of the statement, by the archive:", "mediated talks"),
        (
            "fires",
            "Summary of the statement, by the archive:",
            "It says that Armenian forces came forward with claims",
        ),
        ("looted", "Summary of the statement, by the archive:", "It also speaks of fires"),
    ],
)
def test_an_excerpt_says_which_part_of_the_record_it_is_from(
    typed: str, label: str, shown: str, open_search: Callable[..., Page]
) -> None:
    page = open_search(f"?q={typed}&event=second-karabakh-war-2020&mentions=yes")
    result = page.locator("#results .list > li").filter(has_text=PEACE)
    excerpt = result.locator(".excerpt")
    expect(excerpt).to_contain_text(shown)
    assert excerpt.locator(".meta").all_inner_texts() == [label]
    other = {"“discrediting campaign”", "Apartment buildings destroyed", "mediated talks"} - {shown}
    assert not [text for text in other if text in excerpt.inner_text()]


def test_words_of_the_title_alone_give_no_excerpt(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=threats")
    expect(titles(page)).to_have_text([PEACE])
    expect(page.locator("#results .excerpt")).to_have_count(0)


def test_nothing_found_offers_the_statements_that_only_mention_it(open_search: Callable[..., Page]) -> None:
    page = open_search("?event=environment-karabakh-2020")
    page.locator("#nothing").get_by_role("button", name=re.compile("only mention")).click()
    expect(titles(page)).to_have_text([PEACE])


@pytest.mark.parametrize(("name", "ending"), [("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json")])
def test_the_results_found_are_downloaded_as_citations(
    name: str, ending: str, built: Path, open_search: Callable[..., Page]
) -> None:
    page = open_search("?event=karabakh-conflict&sort=oldest")
    found = titles(page).evaluate_all("all => all.map(link => link.pathname)")
    assert len(found) > 1
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(f"^Download these .* as {name}$")).click()
    assert download.value.suggested_filename == f"search-results.{ending}"
    text = Path(download.value.path()).read_bytes().decode()
    keys = {"bib": r"(?m)^@techreport\{(.+),$", "ris": r"(?m)^ID  - (.+)\r$", "json": r'(?m)^\{"id":"(.+?)"'}
    assert re.findall(keys[ending], text) == [path.split("/")[-2] for path in found]
    of_years = [path.read_bytes().decode() for path in built.glob(f"statements/*/citations.{ending}")]
    if ending == "json":
        known = [item for each in of_years for item in json.loads(each)]
        assert all(item in known for item in json.loads(text))
    else:
        separator = "\r\n\r\n" if ending == "ris" else "\n\n"
        assert all(any(entry in each for each in of_years) for entry in text.rstrip().split(separator))


def test_taking_a_part_away_twice_does_not_clear_the_rest(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=Khojaly&from=2021&to=2024")
    page.locator("#sentence").get_by_role("button", name=re.compile("Khojaly")).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?from=2021&to=2024$"))
    expect(page.get_by_role("button", name="Clear all")).not_to_be_focused()


@pytest.mark.parametrize(
    "typed", ["21 September 2021", "21st September 2021", "September 21, 2021", "2021/09/21", "21.09.2021"]
)
def test_a_day_is_understood_as_people_write_it(typed: str, open_search: Callable[..., Page]) -> None:
    page = open_search()
    page.locator("#from").fill(typed)
    page.locator("#from").press("Enter")
    expect(page).to_have_url(re.compile(r"\?from=2021-09-21$"))


def test_nothing_found_leads_to_the_indexes(open_search: Callable[..., Page], server: Server) -> None:
    page = open_search("?q=zzzzzzzzzz")
    hrefs = page.locator("#nothing a").evaluate_all("all => all.map(link => link.href)")
    assert {server.url + index for index in INDEXES} <= set(hrefs)


# ---- Taking the results away ----


def test_the_results_found_are_downloaded_as_a_table(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?addressee=osce&from=2022", wider)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("CSV")).click()
    assert download.value.suggested_filename == "search-results.csv"
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == ["2022-03-11-bridge", "2022-roads"]
    assert rows[0]["date"] == "2022-03-11"
    assert rows[0]["original_language"] == "Azerbaijani"
    assert rows[1]["addressees"] == "OSCE; UNESCO"
    assert rows[1]["date"] == "2022"
    assert rows[0]["date_basis"] == "reported"
    assert rows[0]["address"] == "https://example.org/statements/2022/2022-03-11-bridge/"


def test_cells_are_guarded_as_those_of_the_data_set(open_search: Callable[..., Page]) -> None:
    cells = [
        "=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n1", "  =1+1", "\u00a0-1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201",
        "'a", "plain", "a=1", " plain", 'with "quotes", and commas', "two\nlines", "", "0", "~",
    ]  # fmt: skip
    made = open_search().evaluate(
        """async (cells) => {
          const { csv } = await import(new URL("../assets/search/download.js", document.baseURI));
          return csv(cells.map((title) => ({ title })));
        }""",
        cells,
    )
    rows = csv.DictReader(io.StringIO(made.removeprefix("\ufeff"), newline=""))
    assert [row["title"] for row in rows] == [guarded_csv.guarded(cell) for cell in cells]


# ---- What is searched ----


def test_only_published_records_are_found(wider: Server, open_search: Callable[..., Page]) -> None:
    for word in ("withdrawn", "draft"):
        page = open_search(f"?q=Post+{word}", wider)
        expect(titles(page).filter(has_text=f"Post that {'was' if word == 'withdrawn' else 'is a'}")).to_have_count(0)


def test_what_stands_on_every_page_is_not_searched(open_search: Callable[..., Page]) -> None:
    for phrase in ("has not verified it", "Report an error", "Permanent address", "Skip to the content"):
        page = open_search(f"?q=%22{phrase}%22")
        expect(titles(page)).to_have_count(0)


def test_pages_of_events_are_offered_beside_the_statements(open_search: Callable[..., Page], server: Server) -> None:
    page = open_search("?q=Խոջալուի")
    expect(page.locator("#results").get_by_role("link", name=re.compile("Khojaly, 25"))).to_have_attribute(
        "href", re.compile("/events/khojaly-1992/$")
    )


def test_the_page_loads_its_modules_at_once(site: Path) -> None:
    page = (site / "search" / "index.html").read_text("utf-8")
    modules = {path.name for path in (site / "assets" / "search").glob("*.js")}
    begun = re.findall(r'<script type="module" async src="../assets/search/([a-z]+\.js)">', page)
    fetched = re.findall(r'<link rel="modulepreload" href="../assets/search/([a-z]+\.js)">', page)
    assert begun == ["store.js", "main.js"]
    assert modules == {*begun, *fetched}


def test_no_other_search_is_shipped(site: Path) -> None:
    names = [path.name for path in site.rglob("*") if path.is_file()]
    assert not [name for name in names if name in ("search_index.json", "search.json") or "-ui." in name]
    assert not list(site.glob("assets/javascripts/workers/search*")) or not (site / "search/search_index.json").exists()


# ---- From every page ----


@pytest.mark.parametrize(
    "path", ["/", STATEMENT, "/events/", "/addressees/osce/", "/statements/2021/09/", "/about/", "/no-such-page/"]
)
@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_has_a_search_field_that_slash_goes_to(
    path: str, width: int, server: Server, context: Callable[[int, str], BrowserContext]
) -> None:
    with watched(context(width, "light"), server.address(path), server) as (page, problems):
        page.wait_for_load_state("networkidle")
        page.keyboard.press("/")
        field = page.get_by_role("banner").get_by_role("searchbox")
        expect(field).to_be_focused()
        expect(field).to_have_value("")
        page.keyboard.type("a/b")
        expect(field).to_have_value("a/b")
        field.fill("Khojaly")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=Khojaly")
        expect(page.locator("#q")).to_have_value("Khojaly")
        expect(titles(page).filter(has_text=KHOJALY)).to_have_count(1)
        assert problems == []


def test_slash_can_be_turned_off(server: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{server.url}about/")
        page.get_by_role("checkbox", name="The key / goes to the search field").uncheck()
        page.goto(f"{server.url}method/")
        page.keyboard.press("/")
        expect(page.locator("#site-search")).not_to_be_focused()
        page.get_by_role("checkbox", name="The key / goes to the search field").check()
        page.locator("h1").click()
        page.keyboard.press("/")
        expect(page.locator("#site-search")).to_be_focused()


def test_slash_goes_to_the_field_of_the_search_page(open_search: Callable[..., Page]) -> None:
    page = open_search()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/events/khojaly-1992/", "event=khojaly-1992&mentions=yes"),
        ("/addressees/osce/", "addressee=osce"),
        ("/statements/2021/", "from=2021&to=2021"),
        ("/statements/2021/09/", "from=2021-09&to=2021-09"),
    ],
)
def test_a_page_leads_to_its_own_search(
    path: str, query: str, server: Server, context: Callable[[int, str], BrowserContext]
) -> None:
    with watched(context(1280, "light"), server.address(path), server) as (page, problems):
        listed = page.locator("main .list > li > p > a").evaluate_all("all => all.map(link => link.pathname)")
        page.wait_for_load_state("networkidle")
        page.locator(f'main a[href$="search/?{query}"]').click()
        expect(titles(page)).to_have_count(len(set(listed)))
        found = titles(page).evaluate_all("all => all.map(link => link.pathname)")
        assert set(found) == set(listed)
        assert problems == []


def test_without_javascript_the_page_says_so_and_leads_to_the_indexes(server: Server, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{server.url}search/?q=Khojaly")
        told = page.locator("#without")
        expect(told).to_be_visible()
        expect(told).to_contain_text("JavaScript")
        hrefs = [
            f"{server.url}search/{href}"
            for href in told.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        ]
        assert {f"{server.url}search/../{index}" for index in INDEXES} <= set(hrefs)
        for index in INDEXES:
            assert page.request.get(f"{server.url}{index}").ok


# ---- Bad input ----


@pytest.mark.parametrize(
    ("query", "said"),
    [
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
    ],
)
def test_nonsense_in_the_address_is_explained_and_ignored(
    query: str, said: str, open_search: Callable[..., Page]
) -> None:
    page = open_search(query)
    expect(page.locator("#problems")).to_contain_text(said)
    expect(titles(page)).to_have_count({"first 12 words": 0, "nobody": 1, "several values": 1}.get(said, 5))
    assert page.locator("#problems img, #sentence img").count() == 0
    assert len(page.locator("#problems").inner_text()) < 300


@pytest.mark.parametrize(
    "typed",
    [
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
    ],
)
def test_markup_and_odd_words_are_only_words(typed: str, open_search: Callable[..., Page]) -> None:
    page = open_search()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.locator("#q").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value(typed)
    page.wait_for_timeout(400)
    settled(page)
    assert not dialogs
    assert page.locator("article img, article script:not([src])").count() == 0
    expect(page.locator("#broken")).to_be_hidden()


@pytest.mark.parametrize(
    ("file", "query"),
    [
        ("catalogue.json", ""),
        ("rows/0.json", ""),
        ("fragments.json", "?q=Khojaly"),
        ("pagefind/pagefind.js", "?q=Khojaly"),
        ("pagefind/pagefind-entry.json*", "?q=Khojaly"),
        ("words.json", "?q=zzzzzzz"),
    ],
)
@pytest.mark.parametrize("answer", ["missing", "broken"])
def test_a_missing_or_broken_index_says_so_and_leads_to_the_indexes(
    file: str, query: str, answer: str, server: Server, browser: Browser
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        status, body = (404, "no") if answer == "missing" else (200, "{")
        page.route(f"**/search/{file}", lambda route: route.fulfill(status=status, body=body))
        page.goto(f"{server.url}search/{query}")
        told = page.locator("#broken")
        expect(told).to_be_visible(timeout=15_000)
        hrefs = told.locator("a").evaluate_all("all => all.map(link => link.href)")
        assert {server.url + index for index in INDEXES} <= set(hrefs)
        page.unroute(f"**/search/{file}")
        told.get_by_role("button").click()
        expect(page.locator("#sentence")).not_to_be_empty()
        expect(told).to_be_hidden()


def test_after_a_failure_the_next_search_finds_without_loading_the_page_again(server: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{server.url}search/")
        expect(titles(page)).to_have_count(5)
        page.route("**/search/fragments.json", lambda route: route.abort())
        page.locator("#q").fill("Khojaly")
        expect(page.locator("#broken")).to_be_visible(timeout=15_000)
        page.unroute("**/search/fragments.json")
        page.locator("#q").fill("Khojaly genocide")
        expect(titles(page).first).to_have_text(KHOJALY)
        expect(page.locator("#broken")).to_be_hidden()


def test_a_page_whose_scripts_do_not_come_says_so_in_time(server: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/assets/search/main.js", lambda route: route.abort())
        page.goto(f"{server.url}search/")
        expect(page.locator("#without")).to_be_visible(timeout=6_000)


# ---- Access ----


@pytest.mark.parametrize("scheme", THEME_SCHEMES)
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=Khojaly",
        "?q=zzzz&from=2021&to=2022-03",
        "?event=khojaly-1992&mentions=yes&form=statement",
        "?from=2022&to=2022",
        "?event=x",
    ],
)
def test_the_page_is_accessible_in_every_state(
    query: str, width: int, scheme: str, wider: Server, context: Callable[[int, str], BrowserContext]
) -> None:
    with watched(context(width, scheme), f"{wider.url}search/{query}", wider) as (page, problems):
        page.evaluate(SET_SCHEME, THEME_SCHEMES[scheme])
        expect(page.locator("#sentence")).not_to_be_empty()
        settled(page)
        for details in page.locator("main details").all():
            details.evaluate("element => element.open = true")
        problems += [f"wider than the window: {html}" for html in page.evaluate(TOO_WIDE)[:3]]
        problems += axe_violations(page)
        assert problems == []


def test_what_is_found_is_announced(open_search: Callable[..., Page]) -> None:
    page = open_search()
    status = page.locator("#status")
    expect(status).to_contain_text("5 statements")
    page.locator("#q").fill("Khojaly")
    expect(status).to_contain_text("Khojaly")
    expect(status).to_contain_text(re.compile(r"^\d+ statement"))


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
