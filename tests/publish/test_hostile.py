"""Hostile texts in every field: each is refused in words, or stands in every file that is made as the text it is."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import bibtexparser
import icalendar
import pytest
import rispy

from archive import exports
from archive.content import reader
from archive.model import authorities, document, index, statement_fields, urls
from archive.model.config import read_settings
from archive.model.records import Archive
from archive.publish import generate, loading
from archive.publish.loading import load_archive
from archive.text import formatting
from archive.validation import validate
from builders import MINIMAL, minimal_root, problems, split_page, statement_text
from exported import expected, from_csv, from_sqlite, opened, parsed, statements_from, typed
from vectors import TEXTS, Hostile, leaves, packed, path_of, stem, vectors

VECTORS = vectors()
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def archive(hostile: Hostile) -> Archive:
    assert hostile.archive
    return loading.with_settings(hostile.archive, read_settings(hostile.root))


@pytest.fixture(scope="module")
def exported(archive: Archive) -> Callable[[str], bytes]:
    """An exported file, by its path."""
    files = exports.files(archive, index.build(archive))

    def make(path: str) -> bytes:
        content = files[path]()
        return content.encode() if isinstance(content, str) else content

    return make


def on_a_line(text: str) -> str:
    return " ".join(text.split())


def test_there_are_many_and_no_two_are_the_same() -> None:
    assert len(VECTORS) == len(set(VECTORS)) >= 200


def test_each_text_stands_in_every_text_field_or_is_refused_in_words(hostile: Hostile) -> None:
    standing = set(hostile.standing())
    for kind, table in (("statements", statement_fields.STATEMENT), *authorities.RECORDS.items()):
        for path, field in leaves(table):
            if field.type.name not in TEXTS or field.choices or field.vocabulary:
                continue
            assert sum(k == kind and p == path for k, _, p in standing) > (0 if field.type.name == "address" else 400)
            for number, text in enumerate(VECTORS):
                stands = (kind, number, path) in standing
                assert stands or (kind, number, path) in hostile.refused or document.FORBIDDEN.search(text)
    for problem in hostile.refused.values():
        assert str(problem).isprintable()
        assert problem.hint


def test_an_address_is_of_the_web_or_refused(hostile: Hostile) -> None:
    for kind, number, path in hostile.standing():
        if path.endswith("url"):
            assert re.match(r"https?://[a-z]", VECTORS[number]), (kind, path)
            assert not set('<>"`\\ \n') & set(VECTORS[number])


def test_what_stands_is_in_the_archive_as_it_was_written(hostile: Hostile, archive: Archive) -> None:
    records = {"statements": {record.id: record for record in archive.statements}}
    records |= {name: archive.authorities[name] for name in authorities.RECORDS}
    count = 0
    for kind, number, path in hostile.standing():
        value: Any = records[kind][stem(number) if kind == "statements" else f"v{number:03d}"]
        for name in re.findall(r"[^.\[\]]+", "summary" if path == "body" else path):
            value = value[int(name) - 1] if name.isdecimal() else getattr(value, name)
        assert on_a_line(str(getattr(value, "text", value))) == on_a_line(VECTORS[number])
        count += 1
    assert count > 15_000


@pytest.mark.parametrize("where", ["title: {}", "terms:\n  - {{term: {}}}", "summary:\n  {}", "{}", "{}: x"])
def test_as_yaml_each_is_a_record_or_a_problem(where: str, tmp_path: Path) -> None:
    front = statement_text().partition("\n---\n")[0].replace("title: Statement on the bridge\n", "")
    root = minimal_root(tmp_path)
    for number, text in enumerate(VECTORS):
        raw = f"{front}\n{where.format(text)}\n---\nThe Office says so.\n"
        (root / path_of(number)).write_bytes(raw.encode("utf-8", "surrogatepass"))
    reading = reader.read(root)
    assert len(reading.statements) + len({problem.path for problem in reading.problems}) == len(VECTORS) + 1
    found = validate.check(reading)[1]
    assert all(str(problem).isprintable() for problem in found)
    assert len({problem.path for problem in found}) > 300 or where.startswith(("title", "terms"))


def test_as_an_authority_file_each_is_read_or_a_problem(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINIMAL, tmp_path / "root"))
    file = root / "statements/authorities/outlets.yml"
    for text in VECTORS[::3]:
        for raw in (f"daily: {{label: {text}, kind: website}}\n", f"daily:\n  label: {text}\n  kind: website\n"):
            file.write_bytes(raw.encode("utf-8", "surrogatepass"))
            assert all(str(problem).isprintable() for problem in reader.read(root).problems)


def test_no_text_is_a_name_of_a_file_by_which_it_gets_in(tmp_path: Path) -> None:
    root = minimal_root(tmp_path)
    names = {text for text in VECTORS if "/" not in text and "\0" not in text and len(text.encode()) < 250}
    for name in names:
        (root / "statements/2021" / f"{name}.md").write_bytes(statement_text().encode())
    found = validate.check(reader.read(root))[1]
    assert all(str(problem).isprintable() for problem in found)
    hidden = {name for name in names if name.startswith(".")}
    assert len({problem.path for problem in found}) >= len(names - hidden) - 1  # of which one is an id


class Page(HTMLParser):
    """The elements of a page, its heading, and what its script elements hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in {"h1", "script"} & set(self._open):
            self.text[tag] = self.text.get(tag, "") + data


def test_on_its_page_a_title_is_the_heading_and_adds_no_element(hostile: Hostile, tmp_path: Path) -> None:
    archive = load_archive(packed(hostile, tmp_path, size=8).root)
    files = generate.generate(archive)
    seen: set[str] = set()
    attributes: set[str] = set()
    for one in archive.statements:
        front, body = split_page(str(files[f"{urls.for_statement(one)}index.md"]))
        shown = Page(body)
        assert on_a_line(shown.text["h1"]) == on_a_line(formatting.en_dashes(one.title)), one.title
        seen |= shown.tags
        attributes |= shown.attributes
        head = Page(json.loads(front.split("\n")[1])["head"])
        assert {node.get("headline", one.title) for node in json.loads(head.text["script"])["@graph"]} == {one.title}
        assert head.tags == {"meta", "link", "script"}
    assert not seen & {"script", "img", "svg", "math", "iframe", "style", "object", "embed", "base", "meta", "link"}
    assert not [name for name in attributes if name.startswith("on") or name in ("style", "srcdoc", "formaction")]


def test_in_a_table_no_cell_is_a_formula_and_all_is_read_back(
    archive: Archive, exported: Callable[[str], bytes]
) -> None:
    names = [path for path in exports.files(archive, index.build(archive)) if path.startswith("data/v1/")]
    files = {path.removeprefix("data/v1/"): exported(path) for path in names}
    for name, content in files.items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode(), newline="")):
                for cell in row:
                    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
                    assert not cell.startswith(("\t", "\r", "\n"))
    wanted = {one.id: typed(expected(one)) for one in archive.statements}
    by_line = [parsed(line) for line in files["statements.jsonl"].splitlines()]
    assert {one["id"]: one["title"] for one in by_line} == {id: one["title"] for id, one in wanted.items()}
    with opened(files["archive.sqlite"]) as database:
        for tables in (from_csv(files), from_sqlite(database)):
            found = statements_from(tables)
            for id, record in found.items():
                record.pop("address")
                assert typed(record) == wanted[id]
            assert found.keys() == wanted.keys()
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_in_a_bibliography_each_record_is_one_entry(archive: Archive, exported: Callable[[str], bytes]) -> None:
    titles = {one.id: on_a_line(one.title) for one in archive.statements}
    library = bibtexparser.parse_string(exported("statements/2021/citations.bib").decode())
    assert library.failed_blocks == []
    assert [len(library.entries), len(library.blocks)] == [len(titles), len(titles)]
    assert {entry.key for entry in library.entries} == titles.keys()
    references = rispy.loads(exported("statements/2021/citations.ris").decode())
    assert {one["id"]: on_a_line(one["title"]) for one in references} == titles
    assert len(references) == len(titles)
    items = json.loads(exported("statements/2021/citations.json"))
    assert {one["id"]: on_a_line(one["title"]) for one in items} == titles


def test_in_a_feed_and_the_calendar_each_entry_is_one_and_as_it_was(
    archive: Archive, exported: Callable[[str], bytes]
) -> None:
    titles = {on_a_line(one.title) for one in archive.statements}
    entries = ET.fromstring(exported("feed.xml")).findall(f"{ATOM}entry")  # noqa: S314 our own
    assert len(entries) > 10
    for entry in entries:
        title = on_a_line(entry.findtext(f"{ATOM}title") or "").rpartition(" (")[0]
        assert title in titles
        shown = Page(entry.findtext(f"{ATOM}content") or "")
        assert not shown.tags & {"script", "img", "svg", "iframe", "style", "object"}
        assert not [name for name in shown.attributes if name.startswith("on")]
    assert len(json.loads(exported("feed.json"))["items"]) == len(entries)
    calendar = icalendar.Calendar.from_ical(exported(urls.ANNIVERSARIES))
    assert calendar.errors == []
    labels = sorted(on_a_line(str(event["SUMMARY"])) for event in calendar.walk("VEVENT"))
    assert len(labels) == len(archive.events)


def test_a_text_that_no_file_may_have_is_refused_in_an_authority_file_too(tmp_path: Path) -> None:
    forbidden = [text for text in VECTORS if document.FORBIDDEN.search(text)]
    assert len(forbidden) > 5
    for number, text in enumerate(forbidden):
        raw = f"daily: {{label: {json.dumps(text)}, kind: website}}\n"
        found = problems(tmp_path / str(number), {"statements/authorities/outlets.yml": raw})
        assert any("is not allowed" in str(problem) for problem in found), text
