"""A list that is too long for one page is divided by its keys, and no further than it needs."""

from archive.model.division import divide


def test_a_list_that_is_not_too_long_is_one_page() -> None:
    whole = divide(["ab", "ba"], list, longest=2)
    assert ([*whole.pages()], whole.items, whole.parts) == ([whole], ("ab", "ba"), ())
    assert divide([], list).items == ()


def test_only_what_is_too_long_is_divided_again_and_the_order_stays() -> None:
    whole = divide(["ba", "ab", "bb", "bc", "ac"], list, longest=2)
    assert [(part.path, part.items) for part in whole.pages()] == [
        (("b", "a"), ("ba",)),
        (("b", "b"), ("bb",)),
        (("b", "c"), ("bc",)),
        (("a",), ("ab", "ac")),
    ]
    assert [part.path for part in whole.walk()] == [(), ("b",), ("b", "a"), ("b", "b"), ("b", "c"), ("a",)]


def test_what_cannot_be_divided_further_is_one_page() -> None:
    (page,) = divide(["a", "a", "a"], list, longest=2).pages()
    assert (page.path, page.items) == (("a",), ("a", "a", "a"))


def test_items_count_as_much_as_they_are_large() -> None:
    assert [part.path for part in divide(["aaa", "b"], lambda i: i[0], lambda i: len("".join(i)), 3).pages()] == [
        ("a",),
        ("b",),
    ]
