"""What Markdown in a body becomes."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.text import markdown
from builders import statement


def render(text: str) -> str:
    return markdown.render(text, lambda link: f"<{link}>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *two* **three** `four`", "<p>One <em>two</em> <strong>three</strong> <code>four</code></p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("## Two\n\n#### Four", "<h2>Two</h2>\n<h4>Four</h4>"),
        ("Xankəndi, Şuşa, Ağdam & İmişli", "<p>Xankəndi, Şuşa, Ağdam &amp; İmişli</p>"),
        (
            "[a](https://elsewhere.example/?a=1&b=2)",
            '<p><a href="https://elsewhere.example/?a=1&amp;b=2" rel="external noopener noreferrer">a</a></p>',
        ),
        ("", ""),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert render(text) == html


def test_a_table_becomes_a_table() -> None:
    html = render("a | b\n--|--\n1 | 2")
    assert "<th>a</th>" in html
    assert "<td>2</td>" in html


@pytest.mark.parametrize(
    "text",
    ["<b>bold</b>", "<div>\n*a*\n</div>", "<script>alert(1)</script>", "<!-- note -->", "<img src=x>", "<?php ?>"],
)
def test_raw_html_is_shown_as_text(text: str) -> None:
    html = render(text)
    assert "&lt;" in html
    for tag in ("<b>", "<div", "<script", "<!--", "<img", "<?"):
        assert tag not in html


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[a](x.md) and [b](../y.md#z)", ["x.md", "../y.md#z"]),
        ("[a][r]\n\n[r]: /events/", ["/events/"]),
        ("![a](picture.png)", []),
        ("[a](https://elsewhere.example/) [b](//elsewhere.example/) [c](mailto:office@office.example)", []),
        ("<https://elsewhere.example/>", []),
        ("<office@office.example>", []),
        ("`[a](x.md)`", []),
        ("[a]()", [""]),
        ("| [a](x.md) |\n|--|\n| [b](y.md) |", ["x.md", "y.md"]),
    ],
)
def test_the_links_that_do_not_lead_elsewhere_are_found_as_written(text: str, links: list[str]) -> None:
    assert markdown.links(text) == links


def test_links_get_the_url_of_their_target() -> None:
    html = markdown.render("[a](x.md) [b](https://elsewhere.example/)", lambda link: f"../{link}/")
    assert 'href="../x.md/"' in html
    assert 'href="https://elsewhere.example/"' in html


def test_one_body_leaves_nothing_behind_for_the_next() -> None:
    render("[r]: https://elsewhere.example/\n\n[r]")
    assert "<a" not in render("[r]")


def test_pictures_are_not_shown() -> None:
    assert "<img" not in render("![a](https://elsewhere.example/a.png)")


@pytest.mark.parametrize(
    "text",
    [
        "".join("    " * depth + "- a\n" for depth in range(150)),
        "> " * 3000 + "a",
        "".join("  " * n + "1. a\n" for n in range(400)),
    ],
)
def test_what_is_nested_too_deeply_is_rendered_or_refused_in_words(text: str) -> None:
    try:
        shown = re.sub(r"<[^>]*>", "", render(text))
    except ValueError as error:
        shown = str(error)
    assert "a" in shown or shown == "is nested too deeply"
    assert render("a") == "<p>a</p>"


def test_a_text_with_more_brackets_than_a_summary_has_is_refused() -> None:
    assert render("[" * 400) == f"<p>{'[' * 400}</p>"
    with pytest.raises(ValueError, match="more than 400 square brackets"):
        render("[" * 401)
    with pytest.raises(ValueError, match="more than 400 square brackets"):
        markdown.links("[" * 401)


def test_a_body_is_converted_once_and_its_links_are_made_anew_each_time() -> None:
    text = 'See [one](a.md) and [two](b.md "a title") and [out](https://elsewhere.example/ "<a href=\\"archive:0:\\"").'
    for page in ("x", "y"):
        html = markdown.render(text, lambda link, page=page: f"{page}/{link}?a&b")  # type: ignore[misc]
        assert f'<a href="{page}/a.md?a&amp;b">one</a>' in html
        assert f'<a href="{page}/b.md?a&amp;b" title="a title">two</a>' in html
    assert markdown.links(text) == ["a.md", "b.md"]
    assert markdown.links(" ") == []
    assert markdown.links("[x](archive:7:)") == ["archive:7:"]


def test_the_text_of_a_body_has_a_line_a_block_and_no_marks() -> None:
    assert markdown.to_text(
        "# One\n\nA *b* [c](d.md)\n`e` & <b>f</b>\nf.\n\n- 1\n- 2\n\n> g\n\n| h | i |\n|---|---|\n| j | k |"
    ) == ("One\n\nA b c e & <b>f</b> f.\n\n1\n\n2\n\ng\n\nh i\n\nj k")
    assert markdown.to_text(" ") == ""


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("One *two*\nthree.\n\nFour.", "<p>One <em>two</em>\nthree.</p>"),
        ("One, [two](x.md).\n\nFour.", '<p>One, <a href="&lt;x.md&gt;">two</a>.</p>'),
        ("One.", "<p>One.</p>"),
        ("## One\n\nTwo.", "<h2>One</h2>\n<p>Two.</p>"),
        ("", ""),
    ],
)
def test_a_body_opens_with_its_first_paragraph(text: str, opening: str) -> None:
    assert markdown.render_opening(text, lambda link: f"<{link}>") == opening


_PIECES = st.sampled_from(
    [
        *"aə1 \n\t.,:;()-+=>#*_`~|&<[]!{}\\\u00a0\u2028\u3000\x02",
        "\n\n",
        "  \n",
        "\n1. ",
        "\n- ",
        "\n===",
        "https://a.example/",
    ]
)


@given(text=st.lists(_PIECES, max_size=12).map("".join))
def test_plain_paragraphs_become_the_same_as_by_the_library(text: str) -> None:
    short = render(text), markdown.to_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_is_prose", lambda _: False)
        markdown._convert.cache_clear()
        assert (render(text), markdown.to_text(text)) == short
    markdown._convert.cache_clear()


@pytest.mark.parametrize(
    ("summary", "opening"),
    [
        ("One two,\nthree.\n\nFour.\n\nFive.", "One two,\nthree.\n\n…"),
        ("One.", "One."),
        ("One.\n\nSee [two].\n\n[two]: https://a.example/", "One.\n\nSee [two].\n\n[two]: https://a.example/"),
        ("- One.\n\n- Two.", "- One.\n\n- Two."),
    ],
)
def test_a_record_opens_with_the_first_paragraph_of_its_summary(summary: str, opening: str) -> None:
    assert statement("2021-01-01-a", summary=summary).opening == opening


@given(text=st.lists(_PIECES, max_size=12).map("".join))
@example(text="a\n\na")
def test_an_opening_says_what_the_whole_begins_with(text: str) -> None:
    def first(summary: str) -> tuple[str, bool]:
        try:
            opening = markdown.render_opening(summary, str)
            return opening, len(opening) < len(render(summary))
        except ValueError:
            return "", False

    assert first(statement("2021-01-01-a", summary=text.strip()).opening) == first(text.strip())
