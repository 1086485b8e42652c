"""The words that the search page's program divides texts into, by the cases that the build is held to as well."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from archive.search.tokens import tokens
from browser.searching import module
from builders import DATA, FIVE, PROJECT

pytestmark = pytest.mark.browser

CASES: dict[str, list[str]] = json.loads((DATA / "search" / "tokens.json").read_text("utf-8"))
TOKENS = """async ([address, texts]) => {
  const { tokens } = await import(address);
  return texts.map((text) => tokens(text).map(({ word, place, parts }) => [word, place, parts]));
}"""


def test_a_text_has_these_words(open_search: Callable[..., Page]) -> None:
    page = open_search()
    found = page.evaluate(TOKENS, [module(page, "tokens"), list(CASES)])
    assert {text: [word for word, _, _ in words] for text, words in zip(CASES, found, strict=True)} == CASES


def test_the_page_divides_records_as_the_build_does(open_search: Callable[..., Page]) -> None:
    page = open_search()
    texts = [path.read_text("utf-8") for path in (PROJECT / "statements").glob("*/*.md") if path.stem in FIVE]
    texts += [path.read_text("utf-8") for path in (PROJECT / "statements/authorities").glob("*.yml")]
    found = page.evaluate(TOKENS, [module(page, "tokens"), texts])
    for text, words in zip(texts, found, strict=True):
        assert words == [[token.word, token.place, list(token.parts)] for token in tokens(text)]
