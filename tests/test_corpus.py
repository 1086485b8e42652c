"""The real records: one case a file."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive import addresses, check, read, site, values
from archive.model import Statement
from builders import PROJECT

STATEMENTS = PROJECT / "statements"
FILES = sorted(STATEMENTS.glob("[0-9]*/*"))


@pytest.fixture(scope="module")
def by_path() -> dict[str, Statement]:
    archive, problems = check.check(read.read(PROJECT))
    assert [str(problem) for problem in problems] == []
    return {statement.path: statement for statement in archive.statements}


def test_there_are_records() -> None:
    assert FILES


def test_the_archive_has_no_problem_and_its_pages_can_be_made() -> None:
    assert site.generate(site.load(PROJECT))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_record_is_in_order(file: Path, by_path: dict[str, Statement]) -> None:
    path = file.relative_to(PROJECT).as_posix()
    if path not in by_path:
        assert "\nstatus: draft\n" in file.read_text("utf-8")
        return
    statement = by_path[path]
    assert statement.id == file.stem
    assert values.STEM.fullmatch(statement.id)
    assert file.parent.name == statement.date.year == statement.id[:4]
    assert addresses.of(statement) == f"statements/{file.parent.name}/{file.stem}/"
    assert len(statement.summary.split()) >= 20
    for source in statement.sources:
        assert source.sha256 or bool(source.retrieved_at) == bool(source.extent_read)
        assert source.url or source.kind == "broadcast"
        if source.published and source.retrieved_at:
            assert source.published.earliest <= source.retrieved_at
        if source.published:
            assert statement.date.earliest <= source.published.latest


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_record_rests_on_a_source_that_was_read(file: Path, by_path: dict[str, Statement]) -> None:
    sources = by_path[file.relative_to(PROJECT).as_posix()].sources
    assert any(source.retrieved_at for source in sources)


def test_a_captured_text_is_the_source_of_one_record(by_path: dict[str, Statement]) -> None:
    captures = [source.sha256 for statement in by_path.values() for source in statement.sources if source.sha256]
    assert len(captures) == len(set(captures))


def test_an_address_is_the_source_of_one_record(by_path: dict[str, Statement]) -> None:
    urls = [source.url for statement in by_path.values() for source in statement.sources if source.url]
    assert len(urls) == len(set(urls))


def test_a_record_has_a_source_that_can_be_looked_up(by_path: dict[str, Statement]) -> None:
    for path, statement in by_path.items():
        addresses_of = [urlsplit(source.url) for source in statement.sources if source.url]
        assert any(
            address.scheme in ("http", "https") and re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", address.netloc)
            for address in addresses_of
        ), path


def test_no_sentence_stands_in_two_summaries(by_path: dict[str, Statement]) -> None:
    first: dict[str, str] = {}
    for path, statement in by_path.items():
        for sentence in set(re.split(r"(?<=[.?!])\s+", " ".join(statement.summary.split()))):
            assert first.setdefault(sentence.casefold(), path) == path, sentence


def test_the_records_are_text_as_an_editor_saves_it() -> None:
    for file in [*FILES, *STATEMENTS.glob("authorities/*")]:
        data = file.read_bytes()
        assert data.endswith(b"\n"), file.name
        assert b"\r" not in data, file.name
        assert not data.endswith(b"\n\n"), file.name


def test_nothing_generated_lies_among_the_sources() -> None:
    assert {path.suffix for path in STATEMENTS.rglob("*") if path.is_file()} == {".md", ".yml"}
    assert not (PROJECT / "docs" / "statements").exists()
