"""Whatever a file holds, it is read or refused in words, and what is rendered of it does no harm."""

import re
import tempfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive import body, check, read
from builders import FIRST, MINIMAL, problems, statement_text

TAGS = {
    "a", "blockquote", "br", "cite", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {("a", "href"), ("a", "title"), ("a", "rel"), ("ol", "start")}
SCHEMES = ("http://", "https://", "mailto:")

_RECORD = statement_text(addressees=["council"], figures=[{"event": "bridge-2020", "measure": "boats-counted"}])
_YAML = st.text(alphabet="ab:-[]{}#&*!|>'\"%@`,?~ \n\t\\0é\u202e", max_size=200)
_MARKDOWN = st.lists(
    st.sampled_from(
        [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "javascript:",
            "[a](", ")", "<", ">", "&", "&#106;", "&lt;", '"', "'", "`", "```", "*", "**", "_", "\n", "\n\n",
            "    ", "- ", "1. ", "> ", "# ", "![x](y)", "[r]: ", "[r]", "<javascript:alert(1)>", "<a href=",
            "onclick=x", "|", "\n-|-\n", "\\", "data:text/html,", "JaVa", "script:", "//x", "\t", "\x02", "\x03",
            "klzzwxh:0000", "amp", "é", "😀", "a",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


class Harmless(HTMLParser):
    """Asserts that a page has only these tags, attributes and schemes."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            assert (tag, name) in ATTRIBUTES
            if name == "href":
                # https://url.spec.whatwg.org/#concept-basic-url-parser: what a browser leaves out before the scheme
                seen = re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", value or "").lower()
                assert not re.match(r"[a-z][a-z0-9+.-]*:", seen) or seen.startswith(SCHEMES), value

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


@given(st.one_of(_MARKDOWN, st.text(max_size=200)))
@example("<script>alert(1)</script>")
@example("[a](javascript:alert(1)) [b](JAVASCRIPT:alert(1)) [c](java\nscript:alert(1)) [d](&#106;avascript:alert(1))")
@example("[a](\x01javascript:alert(1)) [b]( javascript:alert(1)) [c](vbscript:x) [d](data:text/html;base64,x)")
@example('[a](b "onmouseover=alert(1)") [a](b" onmouseover="alert(1))')
@example("<javascript:alert(1)> <img src=x onerror=alert(1)> <svg onload=alert(1)>")
@example('<a href="javascript:alert(1)">a</a>\n\n<div onclick="x">\n\n<!-- a --><?php ?><![CDATA[x]]>')
@example("![x](javascript:alert(1)) ![x](https://elsewhere.example/spy.gif)")
@example("`<script>`\n\n    <script>\n\n```\n<script>\n```")
@example("[r]\n\n[r]: javascript:alert(1)")
@example("\x02klzzwxh:0000\x03 \x02amp\x03 STX")
@settings(max_examples=300)
def test_what_a_body_becomes_has_no_scripts_and_only_the_tags_allowed(text: str) -> None:
    try:
        html = body.render(text, lambda link: link)
    except ValueError:
        return
    assert "<script" not in html.lower()
    parser = Harmless()
    parser.feed(html)
    parser.close()


@given(st.sampled_from(["javascript:alert(1)", "data:text/html,x", '" onclick="x', "//evil.example", "<script>"]))
def test_what_the_link_function_returns_is_cleaned_as_well(target: str) -> None:
    parser = Harmless()
    parser.feed(body.render("[a](b)", lambda _: target))
    parser.close()


@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
@example(b"---\n---\n")
@example(b"---\n--- \n---\n\n")
@example(b"---\n" + b"[" * 100_000 + b"\n---\nx")
@example(b"---\n" + b"{a: " * 30_000 + b"\n---\nx")
@example(b"---\n" + b"- " * 60_000 + b"\n---\nx")
@example(b"---\n" + b"? " * 60_000 + b"\n---\nx")
@example(b"---\n\xe2\x80\xa8: 1\n---\n")
@example(b"---\n%YAML 9.9\n---\n")
@example(b"---\n%TAG ! x\na: !b c\n---\n")
@example(b'---\na: "\\ud800"\n---\n')
@example(b'---\na: "\\U0011ffff"\n---\n')
@settings(max_examples=150)
def test_any_bytes_are_a_record_or_a_problem(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert problems(Path(folder), {FIRST: data})


@given(_YAML)
@settings(max_examples=200)
def test_any_front_matter_is_a_record_or_a_problem(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert problems(Path(folder), {FIRST: f"---\n{text}\n---\nThe Office says so.\n"})


@given(_YAML, st.sampled_from(["events", "addressees", "wording", "measures"]))
@settings(max_examples=100)
def test_any_authority_file_is_read_or_a_problem(text: str, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = problems(Path(folder), {f"statements/authorities/{name}.yml": text})
        assert found or text.strip().startswith("{")  # a vocabulary may be empty, if it says so


@given(st.integers(0, len(_RECORD) - 1), st.integers(0, 40), st.text(alphabet="ab:-[]{}#&*!|>'\"\n\t \\0é", max_size=6))
@settings(max_examples=300)
def test_a_record_with_any_slip_is_read_or_a_problem(place: int, length: int, put: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = problems(Path(folder), {FIRST: _RECORD[:place] + put + _RECORD[place + length :]})
    assert all(1 <= p.line <= _RECORD.count("\n") + 10 and p.col >= 1 for p in found)
    assert all("\n" not in str(p) and str(p).isprintable() for p in found)


@pytest.mark.parametrize(
    "name",
    ["\x1b[31m.md", "a\nb.md", "2021-09-21-first.md\n", "\u202egpj.md", "%s{0}.md", "-rf.md", "a" * 200 + ".md"],
)
def test_a_file_of_any_name_is_said_on_one_line(tmp_path: Path, name: str) -> None:
    found = problems(tmp_path, {f"statements/2021/{name}": statement_text()})
    assert found
    assert all(str(p).isprintable() for p in found)


def test_a_file_name_that_is_not_utf_8_is_a_problem(tmp_path: Path) -> None:
    problems(tmp_path)
    try:
        (tmp_path / "statements" / "2021" / "2021-09-21-\udcff.md").write_text(statement_text(), "utf-8")
    except OSError:
        pytest.skip("this disk takes no such name")
    found = check.check(read.read(tmp_path))[1]
    assert len(found) == 1
    str(found[0]).encode()


def test_the_minimal_archive_is_not_touched_by_reading_it() -> None:
    before = {path: path.read_bytes() for path in MINIMAL.rglob("*") if path.is_file()}
    check.check(read.read(MINIMAL))
    assert before == {path: path.read_bytes() for path in MINIMAL.rglob("*") if path.is_file()}
