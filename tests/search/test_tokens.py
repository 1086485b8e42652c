"""The words of texts, by the cases that the page's program is held to as well."""

import json

import pytest

from archive.search.tokens import Token, tokens
from builders import DATA

CASES: dict[str, list[str]] = json.loads((DATA / "search" / "tokens.json").read_text("utf-8"))


@pytest.mark.parametrize("text", CASES)
def test_a_text_has_these_words(text: str) -> None:
    assert [token.word for token in tokens(text)] == CASES[text]


def test_a_joined_word_stands_where_the_first_of_its_parts_does() -> None:
    assert list(tokens("a follow-up of 1.5")) == [
        Token("a", 0),
        Token("followup", 1, ("follow", "up")),
        Token("follow", 1),
        Token("up", 2),
        Token("of", 3),
        Token("1.5", 4),
    ]
