"""Whatever a file holds, it is read or refused in words, and what is rendered of it does no harm."""

import json
import re
import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive import exports
from archive.content import reader
from archive.content.reader import Reading
from archive.model import authorities, index
from archive.model.config import Settings, read_settings
from archive.model.document import Problem
from archive.model.errors import ArchiveError
from archive.model.records import Archive, Change, Figure, Request, Source, Term
from archive.publish import generate, loading
from archive.text import formatting, markdown
from archive.validation import validate
from builders import (
    FIRST,
    MINIMAL,
    PROJECT,
    archive_of,
    minimal_files,
    problems,
    split_page,
    statement,
    statement_text,
    write_tree,
)

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


@cache
def _minimal() -> Reading:
    return reader.read(MINIMAL)


def _read(path: str, data: bytes) -> Reading:
    """The minimal archive with this file in it, which alone is read anew."""
    with tempfile.TemporaryDirectory() as folder:
        found = reader.read(write_tree(Path(folder), {path: data}))
    kept = [document for document in _minimal().authorities if document.path != path]
    return Reading(
        statements=tuple(found.statements if path == FIRST else _minimal().statements),
        authorities=tuple(sorted([*kept, *found.authorities], key=lambda document: document.path)),
        docs=found.docs,
        assets=found.assets,
        problems=found.problems,
    )


def _problems(path: str, data: bytes) -> tuple[Problem, ...]:
    """What `check` says of it."""
    return validate.check(_read(path, data))[1]


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
        html = markdown.render(text, lambda link: link)
    except ValueError:
        return
    assert "<script" not in html.lower()
    parser = Harmless()
    parser.feed(html)
    parser.close()


@given(st.sampled_from(["javascript:alert(1)", "data:text/html,x", '" onclick="x', "//evil.example", "<script>"]))
def test_what_the_link_function_returns_is_cleaned_as_well(target: str) -> None:
    parser = Harmless()
    parser.feed(markdown.render("[a](b)", lambda _: target))
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
    assert _problems(FIRST, data)


@given(_YAML)
@settings(max_examples=200)
def test_any_front_matter_is_a_record_or_a_problem(text: str) -> None:
    assert _problems(FIRST, f"---\n{text}\n---\nThe Office says so.\n".encode())


@given(_YAML, st.sampled_from(["events", "addressees", "wording", "measures"]))
@settings(max_examples=100)
def test_any_authority_file_is_read_or_a_problem(text: str, name: str) -> None:
    found = _problems(f"statements/authorities/{name}.yml", text.encode())
    assert found or text.strip().startswith("{")  # a vocabulary may be empty, if it says so


@given(st.integers(0, len(_RECORD) - 1), st.integers(0, 40), st.text(alphabet="ab:-[]{}#&*!|>'\"\n\t \\0é", max_size=6))
@settings(max_examples=300)
def test_a_record_with_any_slip_is_read_or_a_problem(place: int, length: int, put: str) -> None:
    found = _problems(FIRST, (_RECORD[:place] + put + _RECORD[place + length :]).encode())
    assert all(1 <= p.line <= _RECORD.count("\n") + 10 and p.col >= 1 for p in found)
    assert all("\n" not in str(p) and str(p).isprintable() for p in found)


_BYTES = st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode))


@given(_BYTES, st.sampled_from([*authorities.RECORDS, "wording"]))
@example(b"{" * 100_000, "events")
@example(b"- " * 100_000, "outlets")
@example(b"a: &a [*a]\n", "measures")
@example(b"\xff\xfe{\0}\0", "issuers")
@settings(max_examples=100)
def test_any_bytes_are_an_authority_file_or_a_problem(data: bytes, name: str) -> None:
    found = _problems(f"statements/authorities/{name}.yml", data)
    assert found or data.strip().startswith((b"{", b"#"))  # a vocabulary may be empty, if it says so
    assert all(str(problem).isprintable() for problem in found)


@cache
def _settings() -> Settings:
    return replace(read_settings(PROJECT), redirects={})


_SLOTS = st.lists(
    st.one_of(
        st.sampled_from(["newest", "chart", "ways-in", "data-files", "follow"]).map("<!-- archive: {} -->\n".format),
        st.sampled_from(["<!-- archive: ", " -->", "\n", "x", "-", "---\n", "a: b\n", "{{ 7*7 }}", "\\1", "<b>"]),
    ),
    max_size=8,
).map(lambda parts: "".join(parts).encode())


@given(st.one_of(_SLOTS, _BYTES))
@example(b"<!-- archive: nothing -->\n")
@example(b"---\n{\n---\n\n<!-- archive: newest -->\n")
@settings(max_examples=40)
def test_any_bytes_as_a_hand_written_page_are_a_page_or_refused_in_words(data: bytes) -> None:
    archive, problems = validate.check(_read("docs/more.md", data))
    if problems:
        assert {problem.path for problem in problems} == {"docs/more.md"}
        return
    try:
        left, said = (
            str(generate.generate(loading.with_settings(archive, _settings())).get("more.md", "")).splitlines(),
            "",
        )
    except ArchiveError as error:
        left, said = [], str(error)
    assert said == "" or said.startswith("docs/more.md has an unknown place: ")
    assert "<!-- archive: newest -->" not in left


def test_a_file_read_alone_is_read_as_among_the_others(tmp_path: Path) -> None:
    files = {FIRST: b"---\n", "docs/more.md": b"# More\n", "statements/authorities/events.yml": b"a: {}\n"}
    for number, (path, data) in enumerate([*files.items(), (FIRST, _RECORD.encode()), ("docs/more.md", b"\xff")]):
        root = write_tree(tmp_path / str(number), {**minimal_files(), path: data})
        assert _read(path, data) == reader.read(root)


class Elements(HTMLParser):
    """Every element of a page in order, with the names of its attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        self.found.append(("!",))

    def handle_data(self, data: str) -> None:
        self.text += data


def _worded(text: str) -> Archive:
    """An archive with one statement that has the text wherever a person writes one, but for its body."""
    record = statement(
        title=text,
        requests=(Request(of=("council",), asks=text),),
        terms=(Term(term=text, about="bridge-2020"),),
        figures=(Figure(event="bridge-2020", measure="boats-counted", value=Decimal(1), locator=text, note=text),),
        sources=(Source(kind="press-report", outlet="daily", title=text, author=text),),
        history=(Change(date=date(2026, 11, 23), kind="addition", note=text),),
    )
    return replace(archive_of(record), site_name="The archive", site_url="https://archive.example/")


@cache
def _shown(text: str) -> tuple[Elements, Elements, dict[str, Any], Any]:
    """The page of that statement, its head, its entry in the feed for programs, and that in Atom."""
    archive = _worded(text)
    front, page = split_page(str(generate.generate(archive)["statements/2021/2021-09-21-first/index.md"]))
    exported = exports.files(archive, index.build(archive))
    (item,) = json.loads(exported["feed.json"]())["items"]
    (entry,) = ElementTree.fromstring(str(exported["feed.xml"]())).findall("{*}entry")  # noqa: S314 our own
    return Elements(page), Elements(json.loads(front.split("\n")[1])["head"]), item, entry


@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"), max_size=40),
        st.lists(
            st.sampled_from(["<b>", "</p>", '"', "'", "&lt;", "&", "{{ x }}", "]]>", "<!--", "-->", "--", "é"])
        ).map("".join),
    ).map(lambda text: f"A {text} z")
)
@settings(max_examples=25)
def test_whatever_a_record_says_its_page_and_its_feeds_have_the_same_elements(text: str) -> None:
    page, head, item, entry = _shown(text)
    plain = _shown("A word z")
    assert (page.found, head.found) == (plain[0].found, plain[1].found)
    assert Elements(item["content_html"]).found == Elements(plain[2]["content_html"]).found
    assert " ".join(formatting.en_dashes(text).split()) in " ".join(page.text.split())
    assert item["title"].startswith(text)
    assert (entry.findtext("{*}title") or "").startswith(text)
    assert Elements(entry.findtext("{*}content") or "").found == Elements(item["content_html"]).found


@pytest.mark.parametrize(
    "name",
    ["\x1b[31m.md", "a\nb.md", "2021-09-21-first.md\n", "\u202egpj.md", "%s{0}.md", "-rf.md", "a" * 200 + ".md"],
)
def test_a_file_of_any_name_is_reported_on_one_line(tmp_path: Path, name: str) -> None:
    found = problems(tmp_path, {f"statements/2021/{name}": statement_text()})
    assert found
    assert all(str(p).isprintable() for p in found)


def test_a_file_name_that_is_not_utf_8_is_a_problem(tmp_path: Path) -> None:
    problems(tmp_path)
    try:
        (tmp_path / "statements" / "2021" / "2021-09-21-\udcff.md").write_text(
            statement_text(title="Another", sources=[{"kind": "broadcast", "outlet": "daily"}]), "utf-8"
        )
    except OSError:
        pytest.skip("this disk takes no such name")
    found = validate.check(reader.read(tmp_path))[1]
    assert len(found) == 1
    str(found[0]).encode()


def test_the_minimal_archive_is_not_touched_by_reading_it() -> None:
    before = {path: path.read_bytes() for path in MINIMAL.rglob("*") if path.is_file()}
    validate.check(reader.read(MINIMAL))
    assert before == {path: path.read_bytes() for path in MINIMAL.rglob("*") if path.is_file()}
