"""A composed file reads back as what it was composed of, and looks like the files in `statements/`."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.content import reader, writer
from archive.content.parser import Converter
from archive.content.reader import read_statement
from archive.model import statement_fields
from archive.model.document import Document
from archive.model.records import Statement
from builders import DATA, FIRST, PROJECT
from texts import TEXTS


def document(text: str, path: str = FIRST) -> Document:
    """The text as the reader reads it."""
    found = read_statement(path, text.encode())
    assert isinstance(found, Document), str(found)
    return found


def read_back(text: str) -> dict[str, Any]:
    return writer.entries(document(text).fields)


def converted(document: Document) -> Statement:
    converter = Converter(document.path, {})
    statement: Statement = converter.record(
        statement_fields.STATEMENT, document.fields, id=document.stem, path="", summary=document.body.strip()
    )
    assert [str(problem) for problem in converter.problems] == []
    return statement


GOLDEN = DATA / "golden" / "compose"


def changed(real: Document) -> Iterator[str]:
    """What of a record is another when its file is composed and read again."""
    text = writer.format_statement(writer.entries(real.fields), real.body)
    edited = document(text)
    if writer.entries(edited.fields) != writer.entries(real.fields):
        yield "its fields"
    if edited.body.strip() != real.body.strip():
        yield "its body"
    if converted(document(text, f"statements/2021/{real.stem}.md")) != converted(real):
        yield "its statement"
    if writer.format_statement(writer.entries(edited.fields), edited.body) != text:
        yield "its text, composed again"


def test_a_record_composes_to_a_text_that_reads_back_as_it_was() -> None:
    documents = reader.read(PROJECT).statements
    assert len(documents) == len(list((PROJECT / "statements").glob("[0-9]*/*.md")))
    assert [f"{real.path}: {what}" for real in documents for what in changed(real)] == []


@given(title=TEXTS, note=TEXTS, terms=st.lists(TEXTS, min_size=1), ids=st.lists(TEXTS, min_size=1), comment=TEXTS)
def test_any_text_reads_back(title: str, note: str, terms: list[str], ids: list[str], comment: str) -> None:
    given = {
        "title": title,
        "events": ids,
        "figures": [{"event": title, "note": note}, {"note": note, "event": note}],
        "terms": [{"term": term} for term in terms],
        "sources": [{"title": title, "author": note, "url": note}],
    }
    notes = {"": comment, "title": comment, "events[1]": comment, "figures[2].note": comment, "body": comment}
    for comments in ({}, notes):
        assert read_back(writer.format_statement(given, "A text.", notes=comments)) == normal(given)


def normal(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {name: normal(inner) for name, inner in value.items()}
    return [normal(inner) for inner in value]


LONG = "In the report this follows another number, and it is not clear whether what it says of that one goes with it."
ENTRIES = {
    "history": [{"date": "2026-11-23", "kind": "addition", "note": "First archived."}],
    "title": "Letter: the bridge",
    "date": "2021-09-21",
    "language": "en",
    "addressees": ["osce", "unesco"],
    "events": [f"an-event-with-a-rather-long-name-{number}" for number in range(5)],
    "requests": [{"asks": "that it be opened", "of": ["states"]}],
    "figures": [
        {"measure": "bridges", "event": "bridge-2020", "value": 3, "locator": "9"},
        {"event": "bridge-2020", "measure": "bridges", "value": Decimal("2.50"), "note": LONG},
    ],
    "terms": [{"term": "one, two"}, {"term": "[sic]"}, {"term": "no"}],
    "sources": [{"kind": "press-report", "outlet": "daily", "url": "https://daily.example/1,2#a"}],
    "related": [],
    "status": None,
}


def test_a_file_is_written_as_those_of_the_archive(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "plain.md", writer.format_statement(ENTRIES, "\n\nA summary.\r\n\r\nIts end.\n\n"))


def test_a_note_stands_above_its_field_and_a_blank_says_what_may_stand_there(
    golden: Callable[[Path, str], None],
) -> None:
    notes = {
        "": "The first line.\nThe second.",
        "title": "A tab\tand a long one. " + LONG,
        "date_basis": "Not found.",
        "addressees[2]": "In doubt.",
        "figures[1].value": "A number.",
        "sources[1].title": "No headline.",
        "terms[9]": "No ninth.",
        "instruments[1].x": "None.",
        "body": "Write it.",
    }
    golden(GOLDEN / "blanks.md", writer.format_statement(ENTRIES, "A summary.", notes=notes, blanks=True))


def test_a_blank_is_the_field_once_its_sign_is_taken_away() -> None:
    text = writer.format_statement({}, "A summary.", blanks=True)
    filled = document(re.sub(r"^#(?! \S)", "", text, flags=re.MULTILINE))
    assert list(filled.fields.entries) == [field.name for field in statement_fields.STATEMENT.fields if field.required]
    converter = Converter(FIRST, {})
    converter.record(statement_fields.STATEMENT, filled.fields, id="", path="", summary="")
    assert converter.problems == []


@pytest.mark.parametrize(
    ("entries", "notes", "message"),
    [
        ({"titel": "A"}, {}, "no field 'titel'"),
        ({"title": "A"}, {"when": "B"}, "no field 'when'"),
        ({"title": ["A"]}, {}, "['A'] is not a single value"),
        ({"sources": [{"title": {"a": "b"}}]}, {}, "is not a single value"),
        ({"title": "A\u200bB"}, {}, "U+200B ZERO WIDTH SPACE"),
    ],
)
def test_what_no_record_can_have_is_refused(entries: Any, notes: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        writer.format_statement(entries, "A summary.", notes=notes)
