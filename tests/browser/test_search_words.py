"""The words of a search in a browser: what they find, and what is offered where they find nothing."""

import json
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from browser.host import Server
from browser.searching import INDEXES, KHOJALY, PEACE, go, titles
from browser.watching import settled
from builders import DATA

pytestmark = pytest.mark.browser

# ---- Words ----


def test_without_a_search_all_statements_stand_newest_first(open_search: Callable[..., Page]) -> None:
    page = open_search()
    expect(titles(page)).to_have_count(5)
    dates = page.locator("#results li time").evaluate_all("all => all.map(time => time.dateTime)")
    assert dates == sorted(dates, reverse=True)
    expect(page.locator("#sentence")).to_contain_text("5 statements")


def test_words_find_the_statements_that_have_all_of_them(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=landmines")
    expect(titles(page)).to_have_count(2)
    go(page, "?q=landmines+hostages")
    expect(titles(page)).to_have_text([KHOJALY])
    go(page, "?q=landmines+zzzzzz")
    expect(titles(page)).to_have_count(0)


def test_a_result_has_its_date_title_addressees_and_the_words_in_their_place(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=hostage")
    result = page.locator("#results li", has_text=KHOJALY)
    expect(result.locator("time")).to_have_attribute("datetime", "2023-02-23")
    expect(result).to_contain_text("International community")
    expect(result.locator("mark").first).to_contain_text(re.compile("hostage", re.IGNORECASE))
    result.get_by_role("link", name=KHOJALY).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(KHOJALY)


def test_quotation_marks_make_a_phrase(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=conflict+Karabakh")
    expect(titles(page)).not_to_have_count(0)
    go(page, "?q=%22conflict Karabakh%22")
    expect(titles(page)).to_have_count(0)
    go(page, "?q=%22Karabakh conflict%22")
    expect(titles(page)).not_to_have_count(0)
    together = titles(page).all_inner_texts()
    go(page)
    go(page, "?q=“Karabakh conflict”")
    assert titles(page).all_inner_texts() == together


def test_typing_searches_by_itself(open_search: Callable[..., Page]) -> None:
    page = open_search()
    page.locator("#q").press_sequentially("landmines", delay=20)
    expect(titles(page)).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?q=landmines$"))


def test_a_hyphen_before_a_word_excludes_it(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=landmines+-hostages")
    expect(titles(page)).to_have_count(1)
    expect(titles(page).filter(has_text=KHOJALY)).to_have_count(0)
    page.locator("#sentence").get_by_role("button", name=re.compile("hostages")).click()
    expect(page).to_have_url(re.compile(r"\?q=landmines$"))
    expect(titles(page)).to_have_count(2)
    go(page, '?q=landmines+-"no+such+phrase"')
    expect(titles(page)).to_have_count(2)
    go(page, "?q=landmines+discrediting+-hostages")
    expect(titles(page)).to_have_count(1)
    go(page, "?q=-landmines")
    expect(titles(page)).to_have_count(3)
    go(page, "?q=-OSCE")
    expect(titles(page).filter(has_text=PEACE)).to_have_count(0)


# In the file, {typed: [ids of the records it finds]}. Each row has two records at least that it does not find.
FORMS: dict[str, list[str]] = json.loads((DATA / "search" / "forms.json").read_text("utf-8"))


def test_each_form_of_a_word_finds_the_records_that_it_should(spelt: Server, open_search: Callable[..., Page]) -> None:
    found = {}
    for typed in FORMS:
        page = open_search(f"?q={quote(typed)}&form=statement&from=2024-01&to=2024-01", spelt)
        found[typed] = sorted(titles(page).evaluate_all("all => all.map(link => link.pathname.split('/').at(-2))"))
    assert found == FORMS


# ---- Names ----


NAMES = (
    "Xocalı", "xocali", "XOCALI", "Khojali", "Ходжалы", "ходжалы", "Խոջալու",
    "Xocalı soyqırımı", "xocali soyqirimi", "Khojaly massacre",
)  # fmt: skip
ABBREVIATIONS = (
    "OSCE", "osce", "ОБСЕ", "обсе", "ATƏT", "atət", "ATET", "Organization for Security and Co-operation in Europe",
)  # fmt: skip


def test_any_name_of_an_event_finds_what_it_stands_for(open_search: Callable[..., Page]) -> None:
    for name in NAMES:
        page = open_search(f"?q={name}")
        expect(titles(page).filter(has_text=KHOJALY), name).to_have_count(1)
        page.locator("#suggestions").get_by_role("button", name=re.compile("Khojaly, 25.+26 February 1992")).click()
        expect(page, name).to_have_url(re.compile(r"\?event=khojaly-1992$"))
        expect(titles(page), name).to_have_text([KHOJALY])


def test_any_abbreviation_of_an_addressee_finds_what_it_stands_for(
    wider: Server, open_search: Callable[..., Page]
) -> None:
    for name in ABBREVIATIONS:
        page = open_search(f"?q={name}", wider)
        for title in ("Letter on a bridge", "Report on roads", PEACE):
            expect(titles(page).filter(has_text=title), name).to_have_count(1)
        expect(titles(page).filter(has_text="Letter on wells"), name).to_have_count(0)
        page.locator("#suggestions").get_by_role("button", name=re.compile("OSCE")).first.click()
        expect(page, name).to_have_url(re.compile(r"\?addressee=osce$"))


def test_a_name_and_a_word_narrow_each_other(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?q=ATƏT+bridge", wider)
    expect(titles(page)).to_have_text(["Letter on a bridge"])


def test_a_result_found_by_a_name_says_so(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?q=Ходжалинская резня", wider)
    expect(page.locator("#results li", has_text=KHOJALY)).to_contain_text(re.compile("filed under", re.IGNORECASE))


def test_a_search_by_a_name_says_under_what_its_results_are_filed(
    server: Server, open_search: Callable[..., Page]
) -> None:
    note = open_search("?q=Sumgayit+Baku", server).locator("#sentence .meta")
    says = (
        "Also includes statements filed under the event Sumgayit, January 1990, the place Sumgayit and the place Baku."
    )
    expect(note).to_have_text(says)


# In full, in part, with another word; by the one name and by the other.
REASONS = {
    "Xocalı soyqırımı": "Filed under Khojaly, 25–26 February 1992",
    "soyqırımı": "Filed under Khojaly, 25–26 February 1992 (Xocalı soyqırımı)",
    "landmines резня": "Filed under Khojaly, 25–26 February 1992 (Ходжалинская резня)",
    "ATƏT": "Filed under OSCE",
    "təhlükəsizlik şurası": "Filed under UN Security Council",
    "allegations": "Content note: … harm to children · detention · allegations of torture · landmines",
}


def test_a_result_says_why_it_is_found(open_search: Callable[..., Page]) -> None:
    found = {typed: open_search(f"?q={typed}").locator("#results").inner_text() for typed in REASONS}
    plain = {typed: text.replace("\u2060", "") for typed, text in found.items()}
    assert {typed: reason for typed, reason in REASONS.items() if reason not in plain[typed]} == {}, plain


SPELLINGS = (
    "kəlbəcər", "Kelbecer", "KƏLBƏCƏR", "qadın", "qadin", "qadin,", "(qadın)", "qadın-qız", "qadin-qiz",
    "qızıl", "QIZIL", "qizi", "xocalının", "xocalinin", "xocalinin,", "xocali'nin", "Xocalı’nın", '"xocalinin"',
    '"insan hüquqları"', '"İnsan huquqlari"',
)  # fmt: skip


def test_letters_with_and_without_their_marks_find_each_other(spelt: Server, open_search: Callable[..., Page]) -> None:
    found = {}
    for typed in SPELLINGS:
        page = open_search(f"?q={typed}&form=statement&from=2022-03-11&to=2022-03-12", spelt)
        found[typed] = titles(page).count()
    assert found == dict.fromkeys(SPELLINGS, 2)


def test_a_single_letter_is_no_beginning(spelt: Server, open_search: Callable[..., Page]) -> None:
    singles = ("k", "(k)", "k...", "'k'")
    found = {typed: titles(open_search(f"?q={typed}", spelt)).count() for typed in singles}
    assert found == dict.fromkeys(singles, 0)


# ---- Nothing found ----


def test_nothing_found_says_what_to_loosen(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?addressee=unesco&form=speech", wider)
    nothing = page.locator("#nothing")
    expect(nothing).to_contain_text("1 statement")
    nothing.get_by_role("button", name=re.compile("^Any addressee")).click()
    expect(titles(page)).to_have_text(["Speech on doubt"])
    expect(nothing).to_be_hidden()


MANY = "It says that this was said and that the text of it says this the more so"  # more words than are searched for
COUNTED = (
    "q=OSCE", "q=OSCE+bridge", "q=OSCE+unesco", "q=OSCE+roads&form=report", "q=OSCE&form=letter&addressee=unesco",
    "q=Khojaly", "q=Khojaly+OSCE", "q=Khojaly+post", "q=Khojaly+bridge", "q=bridge+zzzzzz", "q=brigde+letter",
    "q=brigde+OSCE+-letter", "q=bridge+-letter", "q=wells&from=2021&to=2021", "event=khojaly-1992&form=letter",
    f"q=zzzzzz+{MANY.replace(' ', '+')}+bridge", f"q={MANY.replace(' ', '+')}+bridge",
)  # fmt: skip


def test_what_is_offered_finds_as_many_as_it_says(wider: Server, open_search: Callable[..., Page]) -> None:
    said, found = {}, {}
    for query in COUNTED:
        page = open_search(f"?{query}", wider)
        offers = page.locator("#suggestions button, #nothing button")
        for at, text in enumerate(offers.all_inner_texts()):
            number = re.search(r"(\d+) statements?|^(\d+)", text)
            assert number, text
            said[query, text] = int(number[1] or number[2])
            go(page, f"?{query}")
            offers.nth(at).click()
            settled(page)
            sentence = page.locator("#sentence").inner_text()
            found[query, text] = int((re.match(r"\d+", sentence) or ["0"])[0])
    assert len(said) > 20
    assert found == said
    assert 0 not in found.values()


def test_an_exclusion_that_leaves_nothing_is_offered_to_be_given_up(
    wider: Server, open_search: Callable[..., Page]
) -> None:
    page = open_search('?q=bridge+-"Letter+on"', wider)
    page.locator("#nothing").get_by_role("button", name=re.compile("^Include “Letter on” again")).click()
    expect(titles(page)).to_have_text(["Letter on a bridge"])


def test_names_that_no_statement_has_together_are_each_offered(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?q=Khojaly+OSCE", wider)
    expect(page.locator("#suggestions button")).to_have_count(0)
    offers = ("Event: Khojaly, 25", "event=khojaly-1992&mentions=yes"), ("Addressee: OSCE", "addressee=osce")
    for name, query in offers:
        go(page, "?q=Khojaly+OSCE")
        offer = page.locator("#nothing").get_by_role("button", name=re.compile(f"^{name}"))
        expect(offer.filter(has_text="about or mentioning it")).to_have_count(int("mentions" in query))
        offer.click()
        expect(page).to_have_url(re.compile(rf"\?{query}$"))


def test_names_in_one_statement_are_offered_together_first(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?q=Khojaly+zzzzzz+international+community", wider)
    offers = page.locator("#nothing [data-key=filed] button")
    expect(offers.first).to_contain_text(re.compile("Event: Khojaly, .+; Addressee: International community"))
    offers.first.click()
    expect(titles(page)).to_have_text([KHOJALY])


def test_a_name_that_is_only_mentioned_says_so(wider: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?q=mention+Khojaly", wider)
    offer = page.locator("#suggestions").get_by_role("button", name=re.compile("Khojaly, 25"))
    expect(offer).to_contain_text(re.compile("1 statement.about or mentioning it"))
    offer.click()
    expect(titles(page)).to_have_text(["Post with a mention"])


UNNAMED = (
    '"peace OSCE"',
    '"OSCE"',
    "«peace OSCE» ",
    '-"peace OSCE',
    "peace -OSCE",
    "peace of",
    "peace in the",
    "of",
    "THE",
)


def test_a_phrase_and_words_like_of_suggest_no_name(open_search: Callable[..., Page]) -> None:
    for typed in UNNAMED:
        page = open_search(f"?q={quote(typed)}")
        assert page.locator("#suggestions button").all_inner_texts() == [], typed


def test_an_offer_keeps_the_rest_of_what_is_typed(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=%22peace OSCE")
    page.locator("#suggestions").get_by_role("button", name=re.compile("OSCE")).first.click()
    expect(page).to_have_url(re.compile(r"\?q=peace&addressee=osce$"))


MISSPELT = {
    "landmnies": "landmines",
    "land'mnies": "landmines",
    "peace-region": "peace region",
    '"region peace"': "region peace",
}


def test_a_misspelt_word_is_offered_its_nearest_spelling_and_a_joined_one_its_parts(
    open_search: Callable[..., Page],
) -> None:
    for typed, offered in MISSPELT.items():
        page = open_search(f"?q={typed}")
        page.locator("#nothing").get_by_role("button", name=re.compile(offered)).click()
        expect(titles(page), typed).not_to_have_count(0)


def test_a_misspelt_name_is_offered_the_authority(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=Khojaaly")
    page.locator("#nothing").get_by_role("button", name=re.compile("Khojaly, 25")).click()
    expect(titles(page)).to_have_text([KHOJALY])


SUMMARY = "Summary:"
EXCERPTS = {
    "discrediting": ("Terms used, in the sources’ words:", "“discrediting campaign”"),
    "apartment": ("Figures as stated:", "Apartment buildings destroyed"),
    "mediated": (SUMMARY, "mediated talks"),
    "fighting": (SUMMARY, "It says that Armenian forces came forward with claims"),
    "restore": (SUMMARY, "restore rights"),  # the word itself before its other forms
    "looted": (SUMMARY, "by what it describes as environmental terror"),
}


def test_an_excerpt_says_which_part_of_the_record_it_is_from(open_search: Callable[..., Page]) -> None:
    for typed, (label, shown) in EXCERPTS.items():
        page = open_search(f"?q={typed}&event=second-karabakh-war-2020&mentions=yes")
        excerpt = page.locator("#results .list > li").filter(has_text=PEACE).locator(".excerpt")
        expect(excerpt, typed).to_contain_text(shown)
        assert excerpt.locator(".meta").all_inner_texts() == [label], typed
        other = {"“discrediting campaign”", "Apartment buildings destroyed", "mediated talks"} - {shown}
        assert not [text for text in other if text in excerpt.inner_text()], typed


def test_words_of_the_title_alone_give_no_excerpt(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=directed")
    expect(titles(page)).to_have_text(["Report on acts and speech directed at Azerbaijanis"])
    expect(page.locator("#results .excerpt")).to_have_count(0)


def test_nothing_found_offers_the_statements_that_only_mention_it(open_search: Callable[..., Page]) -> None:
    page = open_search("?event=environment-karabakh-2020")
    page.locator("#nothing").get_by_role("button", name=re.compile("^Also statements mentioning it")).click()
    expect(titles(page)).to_have_text([PEACE])


def test_nothing_found_leads_to_the_indexes(first: Server, open_search: Callable[..., Page]) -> None:
    page = open_search("?q=zzzzzzzzzz")
    hrefs = page.locator("#nothing a").evaluate_all("all => all.map(link => link.href)")
    assert {first.url + index for index in INDEXES} <= set(hrefs)


# ---- What is searched ----


def test_only_published_records_are_found(wider: Server, open_search: Callable[..., Page]) -> None:
    for word in ("withdrawn", "draft"):
        page = open_search(f"?q=Post+{word}", wider)
        expect(titles(page).filter(has_text=f"Post that {'was' if word == 'withdrawn' else 'is a'}")).to_have_count(0)


def test_what_stands_on_every_page_is_not_searched(open_search: Callable[..., Page]) -> None:
    for phrase in ("has not verified it", "Report an error", "Permanent address", "Skip to the content"):
        page = open_search(f"?q=%22{phrase}%22")
        expect(titles(page)).to_have_count(0)


def test_pages_of_events_are_offered_beside_the_statements(open_search: Callable[..., Page]) -> None:
    page = open_search("?q=Խոջալուի")
    expect(page.locator("#results").get_by_role("link", name=re.compile("Khojaly, 25"))).to_have_attribute(
        "href", re.compile("/events/khojaly-1992/$")
    )
