"""Dates, facets, the histogram and the sentence of the search page in a browser, and taking the results away."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from archive.exports.data import csv as exported_csv
from browser.host import Server
from browser.searching import KHOJALY, PEACE, bar, box, choose, count, go, load, module, titles
from browser.watching import settled

pytestmark = pytest.mark.browser

# ---- Dates ----


RANGES = {
    "?from=2022-03-11&to=2022-03-11": {"bridge", "wells", "roads"},
    "?from=2022-03-12&to=2022-03-31": {"wells", "roads"},
    "?from=2022-04&to=2022-04": {"roads"},
    "?from=2022-05-02&to=2022-05-02": {"doubt", "roads"},
    "?from=2022-05-03&to=2022-05-03": {"roads"},
    "?from=2022-01-02&to=2022-01-02": {"span", "roads"},
    "?to=2021-12-29&from=2021-12-01": set(),
    "?to=2020": {"mention"},
}


def test_a_range_finds_every_statement_whose_date_may_lie_in_it(
    wider: Server, open_search: Callable[..., Page]
) -> None:
    found = {}
    for query in RANGES:
        page = open_search(query, wider)
        ids = titles(page).evaluate_all("all => all.map(link => link.pathname.split('/').at(-2))")
        assert len(ids) == len(set(ids)), query
        found[query] = {id.rpartition("-")[2] for id in ids}
    assert found == RANGES


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
    expect(page.locator("#sentence")).to_have_text(re.compile("^3 statements.*, 11 March 2022 – March 2022"))


def test_a_date_that_is_none_is_explained_at_its_field(open_search: Callable[..., Page]) -> None:
    page = open_search()
    for typed in ("yesterday", "2021-02-30", "2021-13", "99"):
        page.locator("#from").fill(typed)
        page.locator("#from").press("Enter")
        expect(page.locator("#from-problem"), typed).to_contain_text(typed)
        expect(page.locator("#from"), typed).to_have_attribute("aria-invalid", "true")
        expect(titles(page), typed).to_have_count(5)
        page.locator("#from").fill("2023")
        page.locator("#from").press("Enter")
        expect(page.locator("#from-problem"), typed).to_be_empty()
        expect(titles(page), typed).to_have_count(2)
        go(page)


def test_a_range_the_wrong_way_round_is_explained(open_search: Callable[..., Page]) -> None:
    page = open_search("?from=2022")
    page.locator("#to").fill("2021")
    page.locator("#to").press("Enter")
    expect(page.locator("#to-problem")).to_contain_text("before it begins")
    expect(page).to_have_url(re.compile(r"\?from=2022$"))


def test_a_day_is_understood_as_people_write_it(open_search: Callable[..., Page]) -> None:
    for typed in ("21 September 2021", "21st September 2021", "September 21, 2021", "2021/09/21", "21.09.2021"):
        page = open_search()
        page.locator("#from").fill(typed)
        page.locator("#from").press("Enter")
        expect(page, typed).to_have_url(re.compile(r"\?from=2021-09-21$"))


def offered(page: Page, heading: str) -> list[str]:
    """What is offered below a heading where nothing is found."""
    section = page.locator("#nothing section").filter(has=page.get_by_role("heading", name=heading))
    return [text.replace("\xa0", " ") for text in section.get_by_role("button").all_inner_texts()]


NEAREST = {
    "?form=letter&form=speech&from=2021-11&to=2021-11": ["2 in March 2022", "1 in May 2022", "3 on any date"],
    "?form=letter&form=speech&from=2022-06-02": ["1 in May 2022", "2 in March 2022", "3 on any date"],
    "?form=letter&form=speech&to=2021-12-31": ["2 in March 2022", "1 in May 2022", "3 on any date"],
    "?form=letter&form=speech&from=2019&to=2020": ["3 in 2022", "3 on any date"],
    "?q=bridge&from=2022-06&to=2022-06&form=letter": ["1 in March 2022", "1 on any date"],
    "?form=letter&addressee=unesco&language=ru": [],
}


def test_where_a_range_has_nothing_the_nearest_in_time_is_offered(
    wider: Server, open_search: Callable[..., Page]
) -> None:
    for query, offers in NEAREST.items():
        assert offered(open_search(query, wider), "Nearest in time") == offers, query
    page = open_search(next(iter(NEAREST)), wider)
    page.locator("#nothing").get_by_role("button", name="2 in March 2022").click()
    expect(page).to_have_url(re.compile(r"\?from=2022-03&to=2022-03&form=letter&form=speech$"))
    expect(titles(page)).to_have_count(2)


WIDER = {
    "?q=landmines+zzzzzz": ["Remove “zzzzzz” · 2 statements"],
    "?q=landmines+zzzzzz+hostage": ["Remove “zzzzzz” · 1 statement"],
    "?q=zzzzzz": [],  # without the word there is no search
    "?q=landmines&form=open-letter": ["Remove “landmines” · 1 statement", "Any form · 2 statements"],
}


def test_where_words_find_nothing_fewer_are_offered(open_search: Callable[..., Page]) -> None:
    for query, offers in WIDER.items():
        assert offered(open_search(query), "Search more widely") == offers, query


def test_two_names_that_are_never_together_are_offered_each(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=Khojaly OSCE zzzzzz")
    offers = offered(page, "Filed under")
    assert [re.sub(" · .*", "", offer) for offer in offers] == [
        "Event: Khojaly, 25–\u206026 February 1992",
        "Place: Khojaly",
        "Addressee: OSCE",
    ]
    page.locator("#nothing").get_by_role("button", name="Addressee: OSCE").click()
    expect(page).to_have_url(re.compile(r"\?addressee=osce$"))


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
    expect(titles(page)).to_have_count(3)
    expect(page).to_have_url(re.compile(r"\?event=khojaly-1992&mentions=yes$"))
    expect(page.locator("#sentence")).to_contain_text(re.compile("^3 statements about or mentioning Khojaly, 25"))


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


THEMES = {
    "name": "theme",
    "legend": "Theme",
    "how": "concerning",
    "shown": True,
    "index": "themes",
    "part": "narrower theme",
    "parts": "narrower themes",
    "values": [
        {"id": "peace", "label": "Peace", "names": ["Göyərçin"]},
        {"id": "talks", "label": "Peace talks", "names": [], "parent": 0},
    ],
    "field": "themes",
    "counts": [2, 1],
    "rows": [[0], [1], [], [], []],
    "wider": {"how": "touching on", "field": "touched", "counts": [3, 1], "rows": [[], [], [0], [], []]},
}


def columns_of(file: bytes, rows: int) -> Iterator[bytes]:
    """The line of dates and each column of a file of columns, in which no number takes two bytes."""
    line, end, numbers = gzip.decompress(file).partition(b"\n")
    yield line + end
    while numbers:
        length = rows + sum(numbers[:rows])
        yield numbers[:length]
        numbers = numbers[length:]


@pytest.fixture
def with_themes(first: Server, browser: Browser) -> Iterator[Page]:
    """The search page with one index more, which has the page "About" for its first entry."""
    catalogue = json.loads((first.site / "search/catalogue.json").read_text("utf-8"))
    words = json.loads((first.site / "search/words/index.json").read_text("utf-8"))
    words["pages"] = words["pages"][2:]  # for each entry of the index one page less
    catalogue["facets"].insert(5, THEMES)
    catalogue["indexes"] = "Events, addressees and themes"
    line, *columns = columns_of((first.site / f"search/columns/{catalogue['columns']}.bin").read_bytes(), 5)
    columns[3:3] = [b"\1\1\0\0\0\0\1", b"\0\0\1\0\0\0"]  # after the two of events and the one of addressees
    with browser.new_context(accept_downloads=True) as context:
        page = context.new_page()
        page.route("**/search/catalogue.json", lambda route: route.fulfill(json=catalogue))
        file = f"**/search/columns/{catalogue['columns']}.bin"
        page.route(file, lambda route: route.fulfill(body=gzip.compress(line + b"".join(columns))))
        page.route("**/search/words/index.json", lambda route: route.fulfill(json=words))
        load(page, first)
        yield page


def test_a_new_index_is_a_facet_by_the_catalogue_alone(with_themes: Page) -> None:
    page = with_themes
    facet = page.get_by_role("group", name="Theme")
    expect(facet).to_have_accessible_description("Each theme includes the narrower themes.")
    expect(facet.locator("li").first).to_contain_text("Peace with 1 narrower theme")
    choose(page, "Peace with")
    expect(page).to_have_url(re.compile(r"\?theme=peace$"))
    expect(titles(page)).to_have_count(2)
    expect(page.locator("#sentence")).to_contain_text(re.compile("^2 statements concerning Peace"))
    expect(page.locator("#results li").filter(has_text="concerning Peace talks")).to_have_count(1)
    facet.get_by_role("checkbox", name="Also statements touching on it").check()
    expect(page).to_have_url(re.compile(r"\?theme=peace&touched=yes$"))
    expect(titles(page)).to_have_count(3)
    expect(page.locator("#sentence")).to_contain_text(re.compile("^3 statements concerning or touching on Peace"))
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("CSV")).click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["themes"], row["touched"]) for row in rows] == [("", "Peace"), ("Peace talks", ""), ("Peace", "")]
    columns = (
        "id date date_basis title events mentions subjects addressees instruments places themes touched form language "
        "original_language address"
    )
    assert list(rows[0]) == columns.split()
    page.get_by_role("button", name="Clear all").click()
    expect(page).to_have_url(re.compile("/search/$"))


def test_the_entries_of_a_new_index_are_found_by_name_and_by_words(with_themes: Page) -> None:
    page = with_themes
    go(page, "?q=goyercin")
    expect(titles(page)).to_have_count(3)
    suggestion = (
        page.get_by_role("list", name="Events, addressees and themes with this name").get_by_role("button").first
    )
    expect(suggestion).to_have_text("Theme: Peace (Göyərçin) · 2 statements")
    suggestion.click()
    expect(page).to_have_url(re.compile(r"\?theme=peace$"))
    go(page, "?q=%22about the archive%22")
    expect(page.get_by_role("heading", name="Pages with these words")).to_be_visible()
    expect(page.locator("#results").get_by_role("link", name="Peace", exact=True)).to_have_attribute(
        "href", re.compile("/themes/peace/$")
    )
    go(page, "?theme=war&touched=no&q=zzzzzzzz")
    expect(page.locator("#problems")).to_contain_text("The archive has no theme “war”; it is ignored.")
    expect(page.locator("#problems")).to_contain_text("“no” is no choice for touched")
    expect(page.locator("#nothing")).to_contain_text(
        "browse all statements by date, events, topics, addressees, instruments, places and themes."
    )
    expect(page.locator("#nothing").get_by_role("link", name="themes")).to_have_attribute(
        "href", re.compile("/themes/$")
    )


# ---- The histogram ----


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
        page.locator("#narrow summary").tap()
        bar(page, "2022").tap()
        expect(page).to_have_url(re.compile(r"\?from=2022&to=2022$"))


# ---- The sentence, the address, the history ----


def test_the_sentence_says_the_search_and_each_part_can_be_taken_away(
    wider: Server, open_search: Callable[..., Page]
) -> None:
    page = open_search("?q=bridge&from=2022&to=2022-03&addressee=osce&addressee=unesco&form=letter", wider)
    sentence = page.locator("#sentence")
    for part in ("1 statement", "OSCE", "UNESCO", "2022 – March 2022", "matches “bridge”"):
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
    shown, query = titles(page).all_inner_texts(), "?" + page.url.partition("?")[2]
    load(page, wider, query)
    assert titles(page).all_inner_texts() == shown
    expect(page.locator("#q")).to_have_value("letter")
    expect(box(page, "UNESCO")).to_be_checked()


def test_the_back_button_goes_back_through_searches(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("", wider)
    choose(page, "Letter")
    expect(titles(page)).to_have_count(2)
    choose(page, "UNESCO")
    expect(titles(page)).to_have_count(1)
    titles(page).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Letter on wells")
    page.wait_for_load_state()  # what a page is still loading when it is left would count as failed
    page.go_back()
    expect(titles(page)).to_have_count(1)
    expect(box(page, "UNESCO")).to_be_checked()
    page.go_back()
    expect(titles(page)).to_have_count(2)
    expect(box(page, "UNESCO")).not_to_be_checked()
    page.go_forward()
    expect(titles(page)).to_have_count(1)


def test_a_word_typed_and_entered_is_one_entry_of_the_history(first: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        load(page, first)
        before = page.evaluate("history.length")
        page.locator("#q").press_sequentially("land")
        page.wait_for_url("**/?q=land")
        page.locator("#q").press_sequentially("mines")
        page.locator("#q").press("Enter")
        page.wait_for_url("**/?q=landmines")
        assert page.evaluate("history.length") == before + 1
        page.locator("#q").fill("appeal")
        page.locator("#q").press("Enter")
        page.wait_for_url("**/?q=appeal")
        assert page.evaluate("history.length") == before + 2
        page.go_back()
        expect(page.locator("#q")).to_have_value("landmines")


def test_an_earlier_search_that_ends_later_shows_nothing(first: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        held: list[Route] = []
        page.route("**/search/words/*.bin", lambda route: held.append(route))
        page.goto(f"{first.url}search/")
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
    page.get_by_role("link", name="Skip to the content").focus()
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


def test_taking_a_part_away_twice_does_not_clear_the_rest(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=Khojaly&from=2021&to=2024")
    page.locator("#sentence").get_by_role("button", name=re.compile("Khojaly")).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?from=2021&to=2024$"))
    expect(page.get_by_role("button", name="Clear all")).not_to_be_focused()


# ---- Taking the results away ----


CITATIONS = {
    "BibTeX": ("bib", r"(?m)^@techreport\{(.+),$"),
    "RIS": ("ris", r"(?m)^ID  - (.+)\r$"),
    "CSL-JSON": ("json", r'(?m)^\{"id":"(.+?)"'),
}


def test_the_results_found_are_downloaded_as_citations(built: Path, open_search: Callable[..., Page]) -> None:
    page = open_search("?event=karabakh-conflict&sort=oldest")
    found = titles(page).evaluate_all("all => all.map(link => link.pathname)")
    assert len(found) > 1
    for name, (ending, key) in CITATIONS.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=re.compile(f"^Download these .* as {name}$")).click()
        assert download.value.suggested_filename == f"search-results.{ending}"
        text = Path(download.value.path()).read_bytes().decode()
        assert re.findall(key, text) == [path.split("/")[-2] for path in found], name
        of_years = [path.read_bytes().decode() for path in built.glob(f"statements/*/citations.{ending}")]
        if ending == "json":
            known = [item for each in of_years for item in json.loads(each)]
            assert all(item in known for item in json.loads(text))
        else:
            separator = "\r\n\r\n" if ending == "ris" else "\n\n"
            assert all(any(entry in each for each in of_years) for entry in text.rstrip().split(separator)), name


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
    page = open_search()
    made = page.evaluate(
        """async ([address, cells]) => {
          const { csv } = await import(address);
          return csv(cells.map((title) => ({ id: "x", title })));
        }""",
        [module(page, "download"), cells],
    )
    rows = csv.DictReader(io.StringIO(made.removeprefix("\ufeff"), newline=""))
    assert [row["title"] for row in rows] == [exported_csv.guarded(cell) for cell in cells]
