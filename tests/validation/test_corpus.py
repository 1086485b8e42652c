"""The real records: each test lists the records that are not in order."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from archive.content import reader
from archive.model import types
from archive.model import urls as model_urls
from archive.model.records import Statement, Wording
from archive.publish import generate
from archive.validation.word_list import WordList
from builders import PROJECT, real

STATEMENTS = PROJECT / "statements"
FILES = {path.relative_to(PROJECT).as_posix(): path for path in sorted(STATEMENTS.glob("[0-9]*/*"))}
HOST = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}")


def records() -> dict[str, Statement]:
    """The statements by path."""
    return {statement.path: statement for statement in real().statements}


def urls(statement: Statement) -> list[str]:
    return [source.url for source in statement.sources if source.url]


def twice(values: Iterator[str]) -> list[str]:
    return [value for value, number in Counter(values).items() if number > 1]


def test_the_archive_has_no_problem_and_its_pages_can_be_made() -> None:
    assert generate.generate(real())  # it is loaded only if no problem is found


def test_each_file_is_a_record_or_a_draft() -> None:
    assert records()
    assert sorted(records().keys() - FILES.keys()) == []
    others = sorted(FILES.keys() - records().keys())
    assert [path for path in others if "\nstatus: draft\n" not in FILES[path].read_text("utf-8")] == []


def wrong(path: str, statement: Statement) -> Iterator[str]:
    """What is not in order in a record."""
    folder, _, stem = path.removeprefix("statements/").removesuffix(".md").partition("/")
    if statement.id != stem or not types.STEM.fullmatch(stem):
        yield f"its id is {statement.id}"
    if not folder == statement.date.year == statement.id[:4]:
        yield f"its year is {statement.date.year}"
    if model_urls.for_statement(statement) != f"statements/{folder}/{stem}/":
        yield f"its address is {model_urls.for_statement(statement)}"
    if len(statement.summary.split()) < 20:
        yield "its summary has fewer than 20 words"
    if not any(source.retrieved_at for source in statement.sources):
        yield "it rests on no source that was read"
    looked_up = map(urlsplit, urls(statement))
    if not any(url.scheme in ("http", "https") and HOST.fullmatch(url.netloc) for url in looked_up):
        yield "it has no source that can be looked up"
    for number, source in enumerate(statement.sources, 1):
        if not source.sha256 and bool(source.retrieved_at) != bool(source.extent_read):
            yield f"source {number} has one of retrieved_at and extent_read"
        if not source.url and source.kind != "broadcast":
            yield f"source {number} has no address"
        if source.published and source.retrieved_at and source.published.earliest > source.retrieved_at:
            yield f"source {number} was published after it was read"
        if source.published and statement.date.earliest > source.published.latest:
            yield f"source {number} was published before the statement"


def test_each_record_is_in_order() -> None:
    assert [f"{path}: {what}" for path, statement in records().items() for what in wrong(path, statement)] == []


def test_a_captured_text_and_an_address_are_the_source_of_one_record() -> None:
    sources = [source for statement in real().statements for source in statement.sources]
    assert twice(source.sha256 for source in sources if source.sha256) == []
    assert twice(source.url for source in sources if source.url) == []


def test_no_sentence_stands_in_two_summaries() -> None:
    split = {
        path: set(re.split(r"(?<=[.?!])\s+", " ".join(statement.summary.casefold().split())))
        for path, statement in records().items()
    }
    again = set(twice(sentence for sentences in split.values() for sentence in sentences))
    assert [f"{path}: {sentence}" for path, sentences in split.items() for sentence in sentences & again] == []


def test_the_records_are_text_as_an_editor_saves_it() -> None:
    content = {path.name: path.read_bytes() for path in [*FILES.values(), *STATEMENTS.glob("authorities/*")]}
    assert [name for name, data in content.items() if not re.search(rb"(?<!\n)\n\Z", data) or b"\r" in data] == []


def test_nothing_generated_lies_among_the_sources() -> None:
    assert {path.suffix for path in STATEMENTS.rglob("*") if path.is_file()} == {".md", ".yml"}
    assert not (PROJECT / "docs" / "statements").exists()


@pytest.mark.parametrize(
    "title",
    [
        "Letter on prisoners of war from Armenia",
        "Report on captives",
        "Statement on convicts who are citizens of Armenia",
        "People taken hostage",
        "Areas that came under Azerbaijan's control",
        "Share of Azerbaijan's territory held by Armenia",
        "Departure of Azerbaijanis from Armenia",
        "People who left Karabakh in 2023",
        "Statement on the Lachin road",
        "Letter on the road between Khankendi and Lachin",
        "Statement on Western Azerbaijan",
        "Letter to the authorities of Artsakh",
    ],
)
def test_a_phrase_that_settles_what_is_disputed_is_on_the_list(title: str) -> None:
    (document,) = (document for document in reader.read(PROJECT).authorities if document.stem == "wording")
    listed = [item.value for item in document.fields.entries["words"].items]
    assert [*WordList(Wording(words=tuple(listed))).find(title)]
