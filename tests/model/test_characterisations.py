"""Terms: their anchors, their order, and the pages that they are on."""

import pytest

from archive.model.characterisations import anchor, beginning, by_letter, parts, uses_of


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("double standards", "term-double-standards"),
        ("“Double  Standards”!", "term-double-standards"),
        ("qadın-qız", "term-qadın-qız"),
        ("Ходжалинского геноцида", "term-ходжалинского-геноцида"),
        ("20 January", "term-20-january"),
        ("a_b", "term-a-b"),
        ("o\u0308zgu\u0308r", "term-özgür"),
    ],
)
def test_an_anchor_is_made_of_the_letters_of_a_term(term: str, expected: str) -> None:
    assert anchor(term) == expected


def order(*terms: str) -> list[str]:
    return [name.removeprefix("term-") for name in uses_of(terms, str)]


def test_terms_stand_in_alphabetical_order_letters_with_signs_among_the_others() -> None:
    assert order("zeal", "Öz", "over", "əl", "Eden", "яд", "азы", "3 boats", "İz", "سفينة") == [
        "3-boats", "eden", "əl", "i̇z", "over", "öz", "zeal", "азы", "яд", "سفينة",
    ]  # fmt: skip


def test_terms_that_differ_in_capitals_or_marks_stand_together_in_the_order_given() -> None:
    assert uses_of(["Big boat", "boat", "“big” boat"], str) == {
        "term-big-boat": ("Big boat", "“big” boat"),
        "term-boat": ("boat",),
    }


def pages(*terms: str) -> list[tuple[str, ...]]:
    return [part.path for part in parts(uses_of(terms, str)).pages()]


def test_up_to_200_uses_all_terms_are_on_one_page_and_past_that_those_of_one_letter() -> None:
    assert pages(*["boat"] * 199, "əl") == [()]
    assert pages(*["boat"] * 199, "əl", "Əl", "3", "ад", "سفينة", "Ŋ") == [
        ("0-9",), ("b",), ("e",), ("latin-eng",), ("cyrillic-a",), ("arabic-seen",),
    ]  # fmt: skip


def test_a_letter_with_too_many_uses_is_divided_by_the_next() -> None:
    assert pages(*["boat"] * 100, *["bridge"] * 101, *["адрес"] * 101, *["атлас"] * 100, "c") == [
        ("b", "bo"),
        ("b", "br"),
        ("c",),
        ("cyrillic-a", "cyrillic-a-cyrillic-de"),
        ("cyrillic-a", "cyrillic-a-cyrillic-te"),
    ]
    assert pages(*["bridge"] * 201, "bo", "bŋ", "bo ŋ") == [
        ("b", "bo"),
        ("b", *("bridge__________"[:length] for length in range(2, 17))),
        ("b", "b-latin-eng"),
    ]


def test_a_page_is_called_by_the_letters_that_its_terms_begin_with() -> None:
    assert [beginning(anchor(term), 2) for term in ("Khojaly", "əl", "ходить", "3 boats")] == ["Kh", "El", "Хо", "0-9"]


def test_the_terms_of_a_page_stand_by_the_letter_that_follows() -> None:
    (whole,) = parts(uses_of(["boat", "bridge", "a boat", "brig"], str)).pages()
    assert [(part.path[-1], len(part.items)) for part in by_letter(whole)] == [("a", 1), ("b", 3)]
