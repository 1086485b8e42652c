"""Test `archive import`: a table becomes records, and its problems are reported by line and column."""

import codecs
import contextlib
import csv
import datetime
import re
import shutil
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import synthetic
from archive import cli
from archive.authoring import new
from archive.authoring.csv_import import plan, rows, table
from archive.authoring.csv_import.rows import find_column
from archive.content import reader, writer
from archive.content.reader import read_statement
from archive.exports.data import csv as exported_csv
from archive.model import document as model_document
from archive.model import statement_fields
from archive.validation import validate
from builders import FIRST, PROJECT, minimal_root, statement_text, tree_of, write_tree
from tables import csv_of, row_of
from texts import TEXTS

TODAY = datetime.date(2026, 11, 24)
PAGE = (PROJECT / "docs" / "importing.md").read_text("utf-8")
ROW: Mapping[str, str] = {
    "id": "2022-03-04-boats",
    "title": "Letter on boats",
    "date": "2022-03-04",
    "date_basis": "stated",
    "form": "letter",
    "issuer": "office",
    "language": "en",
    "events": "bridge-2020; harbour-1992",
    "sources.1.kind": "press-report",
    "sources.1.outlet": "daily",
    "summary": "The Office says that boats were counted.",
    "subjects": "harbours; bridges",
}
CHANGE = {"history.1.date": "2026-11-24", "history.1.kind": "correction", "history.1.note": "The title was wrong."}


class Bench:
    """A project with one statement, and the command that imports a table into it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.capsys = capsys
        monkeypatch.chdir(root.parent)

    def run(self, content: str | bytes, *options: str) -> tuple[int, str]:
        """Import the table; return the exit code and the output."""
        Path("t.csv").write_bytes(content.encode() if isinstance(content, str) else content)
        code = cli.main(["import", "t.csv", "--root", str(self.root), *options])
        captured = self.capsys.readouterr()
        return code, captured.out + captured.err

    def of(self, *rows: Mapping[str, str], options: Sequence[str] = ()) -> tuple[int, str]:
        """Import the table of these rows."""
        return self.run(csv_of(rows), *options)

    def record(self, path: str) -> dict[str, Any]:
        """Return the fields of a file."""
        document = read_statement(path, (self.root / path).read_bytes())
        assert isinstance(document, model_document.Document)
        return writer.entries(document.fields)

    def problems(self) -> list[str]:
        """Return the problems that the check finds in the project."""
        return [str(problem) for problem in validate.check(reader.read(self.root))[1]]


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(minimal_root(tmp_path / "root"), capsys, monkeypatch)


BOATS = "statements/2022/2022-03-04-boats.md"


def test_a_table_is_checked_then_written_and_changes_nothing_when_imported_again(bench: Bench) -> None:
    before = tree_of(bench.root)
    code, output = bench.of(ROW)
    assert (code, tree_of(bench.root)) == (0, before)
    assert output == (
        f"t.csv: 1 new, 0 changed, 0 unchanged, 0 bad\nnew: {BOATS} (line 2)\n"
        "Nothing is written yet; --write does it.\n"
    )
    code, output = bench.of(ROW, options=["--write"])
    assert (code, output.splitlines()[-1]) == (0, "Wrote 1 new and 0 changed.")
    assert {path: data for path, data in tree_of(bench.root).items() if path != BOATS} == before
    assert bench.problems() == []
    made = bench.record(BOATS)
    assert made["events"] == ["bridge-2020", "harbour-1992"]
    assert made["sources"] == [{"kind": "press-report", "outlet": "daily"}]
    assert [(change["kind"], change["note"]) for change in made["history"]] == [("addition", "First archived.")]
    after = tree_of(bench.root)
    code, output = bench.of(ROW, options=["--write", "--update"])
    assert output == "t.csv: 0 new, 0 changed, 1 unchanged, 0 bad\nThere is nothing to write.\n"
    assert (code, tree_of(bench.root)) == (0, after)


def test_the_table_in_the_documentation_can_be_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = re.search(r"\n\n(    id,title.*?\n)\n- A column", PAGE, re.DOTALL)
    assert found
    sample = textwrap.dedent(found[1])
    root = tmp_path / "root"
    shutil.copytree(PROJECT / "statements" / "authorities", root / "statements" / "authorities")
    (root / "mkdocs.yml").write_text("site_name: Archive\n", "utf-8")
    bench = Bench(root, capsys, monkeypatch)
    code, output = bench.run(sample, "--write")
    assert (code, output.splitlines()[0]) == (0, "t.csv: 2 new, 0 changed, 0 unchanged, 0 bad")
    # only that exceptions for records that are not here are not needed
    assert all(problem.startswith("statements/authorities/wording.yml") for problem in bench.problems())
    code, output = bench.run(sample, "--write")
    assert (code, output.splitlines()[0]) == (0, "t.csv: 0 new, 0 changed, 2 unchanged, 0 bad")
    code, output = bench.run(sample.replace("2022-01-21,reported", "2022-01-21,reportd"))
    line = next(line for line in output.splitlines() if "date_basis" in line)
    assert f"    {line.replace('t.csv', 'statements.csv')}\n" in PAGE
    assert code == 1


def test_every_column_in_the_documentation_exists_and_every_field_has_a_column() -> None:
    named = re.findall(r"`([a-z_]+(?:\.[0-9]+\.[a-z]+)?)`", PAGE)
    assert len(named) > 10
    assert all(find_column(name) for name in named)
    all_names = list(rows.column_names(7))
    assert all(find_column(name) for name in all_names)
    for field in statement_fields.STATEMENT.fields:
        inner = [f"{field.name}.7.{each.name}" for each in field.record.fields] if field.record else [field.name]
        assert set(inner) <= set(all_names)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_as_spreadsheets_write_it(separator: str, newline: str, encoding: str, bench: Bench) -> None:
    row = ROW | {"title": "Letter on boats; şəhər, Шуша", "summary": "One, two; three.\n\nFour."}
    text = csv_of([row], separator=separator).replace("\r\n", newline)
    assert bench.run(text.encode(encoding), "--write")[0] == 0
    document = read_statement(BOATS, (bench.root / BOATS).read_bytes())
    assert isinstance(document, model_document.Document)
    assert writer.entries(document.fields)["title"] == "Letter on boats; şəhər, Шуша"
    assert document.body.strip() == "One, two; three.\n\nFour."


def test_a_table_may_declare_its_separator(bench: Bench) -> None:
    code, output = bench.run("sep=;\r\n" + csv_of([ROW | {"form": "leter"}], separator=";"))
    assert code == 1
    assert "t.csv:3:5: form: 'leter' is not one of the values allowed" in output


def test_another_encoding_must_be_named(bench: Bench) -> None:
    data = csv_of([ROW | {"title": "Письмо о лодках"}]).encode("cp1251")
    code, output = bench.run(data)
    assert code == 1
    assert "t.csv: byte 0xcf on line 2 is not utf-8; save it" in output
    assert bench.run(data, "--write", "--encoding", "windows-1251")[0] == 0
    assert bench.record(BOATS)["title"] == "Письмо о лодках"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (codecs.BOM_UTF8, "has no row"),
        (b"PK\x03\x04rest", "is a spreadsheet file, not a table as text"),
        (b"%PDF-1.7", "is a PDF, not a table as text"),
        ("id,title\n".encode("utf-16-le"), "is UTF-16 without a byte-order mark"),
        (
            b'id,title\n2021-a,"open\nand more\n',
            "that begins on line 2 has a quotation mark that is not closed",
        ),
        (b'id,title\n\n\n2021-a,"a"b\n', "the row that begins on line 4 cannot be read"),
        (b"\xff\xfeid,titl", "is not utf-16"),
    ],
)
def test_a_file_that_is_not_a_table_is_refused_in_one_line(data: bytes, message: str, bench: Bench) -> None:
    before = tree_of(bench.root)
    code, out = bench.run(data, "--write")
    assert code == 1
    assert message in out
    assert out.count("\n") == 1
    assert tree_of(bench.root) == before


def test_a_cell_that_no_record_can_hold_is_reported(bench: Bench) -> None:
    most = csv.field_size_limit(1000)  # other programs in this process may have set it
    try:
        code, out = bench.of(ROW | {"title": "x" * 2000}, options=["--write"])
    finally:
        csv.field_size_limit(most)
    assert code == 1
    assert "the row that begins on line 2 has a cell of more than 1,000 characters, or a quotation mark that is" in out


def test_a_table_is_not_read_beyond_the_size_limit(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_BYTES", 100)
    assert bench.of(ROW) == (1, "archive: t.csv: is larger than 100 bytes; divide it\n")


def test_a_missing_table_is_a_usage_error(bench: Bench) -> None:
    assert cli.main(["import", "nothing.csv", "--root", str(bench.root)]) == 2
    assert bench.capsys.readouterr().err == "archive: nothing.csv: No such file or directory\n"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("id,titel", "t.csv:1:2: unknown column 'titel' (did you mean 'title'?)"),
        ("id,Title", "t.csv:1:2: unknown column 'Title' (did you mean 'title'?)"),
        ("id,sources.2.outlt", "t.csv:1:2: unknown column 'sources.2.outlt' (did you mean 'sources.2.outlet'?)"),
        ("id,sources.outlet", "t.csv:1:2: unknown column 'sources.outlet' (did you mean 'sources.1.outlet'?)"),
        ("id,sources", "t.csv:1:2: unknown column 'sources' (its columns are sources.1.kind, sources.1.outlet"),
        ("id,sources.0.kind", "t.csv:1:2: unknown column 'sources.0.kind' (did you mean 'sources.1.kind'?)"),
        ("id,sources.1", "t.csv:1:2: unknown column 'sources.1'"),
        ("id,colour", "t.csv:1:2: unknown column 'colour' (the columns are id, title, date"),
        ("id,title,title", "t.csv:1:3: column 'title' appears twice, first as column 2 (remove one of them)"),
        ("id,,title", "t.csv:1:2: column 2 has no name (name it, or remove it)"),
        ("title,form", "t.csv:1:1: has no column id (add it, or the columns date and title"),
        ("id|title", "t.csv:1:1: unknown column 'id|title'"),
    ],
)
def test_a_wrong_first_row_stops_everything(header: str, message: str, bench: Bench) -> None:
    before = tree_of(bench.root)
    code, out = bench.run(f"{header}\n2021-a,b,c\n", "--write", "--keep-good", "--update")
    assert code == 1
    assert message in out
    assert tree_of(bench.root) == before


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"form": "leter"}, "2:5: form: 'leter' is not one of the values allowed (did you mean 'letter'?)"),
        ({"title": ""}, "title: is missing"),
        ({"date": ""}, "date: is missing"),
        ({"date": "4.3.2022"}, "2:3: date: '4.3.2022': not a date of the form"),
        ({"date": "2022-03-05"}, "2:1: id: '2022-03-04-boats' does not agree with the date '2022-03-05'"),
        ({"id": "boats"}, "2:1: id: 'boats' is not a statement id"),
        ({"id": "2022-03-04-Boats"}, "2:1: id: '2022-03-04-Boats' is not a statement id"),
        ({"id": "", "title": ""}, "2:2: title: is empty"),
        ({"id": "", "date": ""}, "2:3: date: is empty"),
        ({"id": "2021-09-21-older", "date": "2021-09-21"}, f"2:1: id: '2021-09-21-older' is taken by {FIRST}"),
        ({"events": "bridge-2020; bridge"}, "2:8: events: 'bridge' is not an id in events.yml"),
        ({"sources.1.outlet": ""}, "2:10: sources.1.outlet: is missing"),
        ({"sources.1.kind": "", "sources.1.outlet": ""}, "2:9: sources: is missing"),
        ({"summary": ""}, "2:11: summary: is empty"),
        ({"summary": "It was terror."}, "2:11: summary: uses 'terror' in the archive's voice"),
        ({"summary": "[There](/nowhere/)."}, "2:11: summary: '/nowhere/' leads nowhere"),
        ({"title": "Letter\u200b"}, "2:2: title: character U+200B ZERO WIDTH SPACE is not allowed"),
        ({"title": "Two\nlines"}, "2:2: title: 'Two\\nlines': has more than one line"),
        ({"figures.1.event": "bridge-2020", "figures.1.measure": "boats-counted"}, "2:13: figures.1: has no number"),
        (
            {"figures.1.event": "bridge-2020", "figures.1.measure": "boats-counted", "figures.1.value": "1,5"},
            "2:15: figures.1.value: '1,5': not a plain number",
        ),
        ({"requests.1.of": "nobody", "requests.1.asks": "it"}, "2:13: requests.1.of: 'nobody' is not an id"),
        ({"terms.1.term": "", "terms.2.term": "a"}, "2:13: terms.1: is empty, but terms.2 is not"),
        ({"related.1.id": "2022-03-04-boats", "related.1.relation": "repeats"}, "2:13: related.1.id: "),
        ({"summary": "x " * 40_000}, "is larger than 65,536 bytes"),
    ],
)
def test_a_bad_row_is_reported_by_line_and_column_and_affects_only_itself(
    cells: dict[str, str], message: str, bench: Bench
) -> None:
    write_tree(bench.root, {FIRST: statement_text(aliases=["2021-09-21-older"])})
    before = tree_of(bench.root)
    good = ROW | {"id": "2022-03-04-good", "title": "Letter on other boats"}
    code, out = bench.of(ROW | cells, good, options=["--write"])
    assert code == 1
    assert f"t.csv: 1 new, 0 changed, 0 unchanged, 1 bad\nnew: {BOATS.replace('boats', 'good')} (line " in out
    assert any(line.startswith("t.csv:2:") and message in line for line in out.splitlines()), out
    assert tree_of(bench.root) == before
    code, out = bench.of(ROW | cells, good, options=["--write", "--keep-good"])
    assert (code, out.splitlines()[-1]) == (1, "Wrote 1 new and 0 changed.")
    assert tree_of(bench.root).keys() - before.keys() == {BOATS.replace("boats", "good")}
    assert bench.problems() == []


def test_columns_that_were_emptied_are_no_columns(bench: Bench) -> None:
    header, row = csv_of([ROW]).splitlines()
    for ends in (("", ",,"), (",,,", ",,,"), (",", ", ,")):
        code, out = bench.run(f"{header}{ends[0]}\n{row}{ends[1]}\n")
        assert (code, out.splitlines()[0]) == (0, "t.csv: 1 new, 0 changed, 0 unchanged, 0 bad")
    code, out = bench.run(f"{header},\n{row},x\n")
    assert (code, out.splitlines()[1]) == (1, "t.csv:1:13: column 13 has no name (name it, or remove it)")


def test_all_that_is_wrong_with_a_row_is_said_at_once(bench: Bench) -> None:
    wrong = {"date": "4.3.2022", "form": "leter", "events": "bridge", "summary": "It was terror."}
    _, out = bench.of(ROW | wrong, ROW | {"id": "2022-03-04-good"})
    lines = [line.split(": ")[:2] for line in out.splitlines() if line.startswith("t.csv:2:")]
    assert lines == [["t.csv:2:3", "date"], ["t.csv:2:5", "form"], ["t.csv:2:8", "events"]]
    _, out = bench.of(ROW | wrong | {"date": "2022-03-05"})
    lines = [line.split(": ")[:2] for line in out.splitlines() if line.startswith("t.csv:2:")]
    assert lines == [["t.csv:2:1", "id"], *(["t.csv:2:5", "form"], ["t.csv:2:8", "events"], ["t.csv:2:11", "summary"])]


def test_a_row_that_updates_a_record_has_no_problem_for_what_the_record_says(bench: Bench) -> None:
    title = bench.record(FIRST)["title"]
    row = {"id": "2021-09-21-first", "date": "21.9.2021", "title": title}
    for date, problem in (("21.9.2021", ["t.csv:2:2", "date"]), ("2021-09-22", ["t.csv:2:1", "id"])):
        _, out = bench.of(row | {"date": date}, options=["--update"])
        assert [line.split(": ")[:2] for line in out.splitlines() if line.startswith("t.csv:2")] == [problem]
    _, out = bench.of(row | {"form": "leter"}, options=["--update"])
    lines = [line.split(": ")[:2] for line in out.splitlines() if line.startswith("t.csv:2")]
    assert lines == [["t.csv:2:2", "date"], ["t.csv:2:4", "form"]]


def test_a_row_has_as_many_cells_as_there_are_columns(bench: Bench) -> None:
    text = csv_of([ROW, ROW | {"id": "2022-03-04-other"}])
    short = text.replace("2022-03-04-other,Letter on boats", "2022-03-04-other")
    code, out = bench.run(short)
    assert code == 1
    assert "t.csv:3:1: has 11 cells, the first row has 12 (put a cell with the separator in it" in out
    assert "1 new, 0 changed, 0 unchanged, 1 bad" in out


def test_empty_rows_are_skipped_and_the_line_is_where_a_row_begins(bench: Bench) -> None:
    text = csv_of([ROW | {"summary": "One.\n\nTwo."}, ROW | {"id": "2022-03-04-other", "form": "x"}])
    first, rest = text.split("\r\n", 1)
    code, out = bench.run(f"\r\n{first}\r\n\r\n{',' * 10}\r\n{rest}")
    assert code == 1
    assert "(line 5)" in out
    assert "t.csv:8:5: form" in out


def test_two_rows_with_one_id_are_both_bad(bench: Bench) -> None:
    other = ROW | {"id": "2022-03-04-other"}
    code, out = bench.of(ROW, other, ROW | {"title": "Letter on other boats"})
    assert code == 1
    assert "t.csv:2:1: id: '2022-03-04-boats' is the id of the row on line 4 too" in out
    assert "t.csv:4:1: id: '2022-03-04-boats' is the id of the row on line 2 too" in out
    assert "t.csv: 1 new, 0 changed, 0 unchanged, 2 bad" in out


def test_an_id_is_made_from_date_and_title_as_for_a_new_draft(bench: Bench) -> None:
    row = {name: cell for name, cell in ROW.items() if name != "id"}
    assert bench.of(row, options=["--write"])[0] == 0
    (path,) = {path for path in tree_of(bench.root) if path.startswith("statements/2022/")}
    assert path == new.new_record(reader.read(bench.root), "2022-03-05", ROW["title"], TODAY).path.replace(
        "-05-", "-04-"
    )
    assert "1 unchanged" in bench.of(row)[1]


def test_the_guard_against_formulas_is_removed_from_a_cell(bench: Bench) -> None:
    texts = ["=1+1", "+a", "-a", "@a", "'a", "  =a", "a"]
    row = dict(ROW) | {f"terms.{n}.term": exported_csv.guarded(text) for n, text in enumerate(texts, 1)}
    row |= {f"terms.{n}.locator": "par. 1" for n in range(1, len(texts) + 1)}
    assert row["terms.1.term"] == "'=1+1"
    assert bench.of(row, options=["--write"])[0] == 0
    assert [term["term"] for term in bench.record(BOATS)["terms"]] == [text.strip() for text in texts]


def test_rows_may_cite_one_another_and_fail_together(bench: Bench) -> None:
    one = ROW | {"related.1.id": "2022-03-04-other", "related.1.relation": "repeats"}
    other = ROW | {"id": "2022-03-04-other", "title": "Letter on other boats"}
    third = ROW | {"id": "2022-03-04-third", "title": "Letter on yet other boats"}
    assert "3 new" in bench.of(one, other, third)[1]
    code, out = bench.of(one, other | {"form": "x"}, third, options=["--write", "--keep-good"])
    assert code == 1
    assert "t.csv: 1 new, 0 changed, 0 unchanged, 2 bad" in out
    assert "t.csv:2:13: related.1.id: '2022-03-04-other' is not another statement of the archive" in out
    assert (bench.root / BOATS.replace("boats", "third")).exists()
    assert bench.problems() == []


def test_a_changed_row_is_shown_and_changes_its_record_only_when_asked(bench: Bench) -> None:
    term = {"term": "a wonder", "about": "bridge-2020", "source": "1", "locator": "par. 1"}
    text = statement_text(
        terms=[term],
        sources=[
            {"kind": "press-report", "outlet": "daily", "url": "https://daily.example/1", "language": "en"},
            {"kind": "broadcast", "outlet": "agency"},
        ],
    ).replace("title:", "# A comment.\ntitle:")
    write_tree(bench.root, {FIRST: text})
    row = {"id": "2021-09-21-first", "title": "Statement on the bridge and its boats", "sources.1.language": "az"}
    code, out = bench.of(row, options=["--write"])
    assert code == 0
    assert f"changed: {FIRST} (line 2, stays as it is without --update)\n" in out
    assert "\n  -# A comment.\n  -title: Statement on the bridge\n" in out
    assert "\n  +title: Statement on the bridge and its boats\n" in out
    assert "It needs a history entry" in out
    assert out.endswith("There is nothing to write.\n")
    code, out = bench.of(row, options=["--write", "--update"])
    assert code == 1
    assert "t.csv:2:1: history: is not longer, though the row changes the record (give the row a history entry" in out
    assert (bench.root / FIRST).read_text("utf-8") == text
    code, out = bench.of(row | CHANGE, options=["--update"])
    assert (code, (bench.root / FIRST).read_text("utf-8")) == (0, text)
    code, out = bench.of(row | CHANGE, options=["--write", "--update"])
    assert (code, out.splitlines()[-1]) == (0, "Wrote 0 new and 1 changed.")
    record = bench.record(FIRST)
    assert record["title"] == row["title"]
    assert record["terms"] == [term]
    assert [source.get("language") for source in record["sources"]] == ["az", None]
    assert record["sources"][0]["url"] == "https://daily.example/1"
    assert [change["note"] for change in record["history"]] == ["First archived.", "The title was wrong."]
    assert bench.problems() == []
    assert "1 unchanged" in bench.of(row | CHANGE, options=["--write", "--update"])[1]


def test_a_draft_changes_without_a_history_entry(bench: Bench) -> None:
    write_tree(bench.root, {FIRST: statement_text(status="draft", sources=None)})
    assert bench.of({"id": "2021-09-21-first", "title": "Letter"}, options=["--write", "--update"])[0] == 0
    assert bench.record(FIRST)["title"] == "Letter"


def test_an_empty_cell_removes_a_field_and_the_history_stays(bench: Bench) -> None:
    row = {"id": "2021-09-21-first", "events": "", "mentions": "", "history.2.note": ""} | CHANGE
    assert bench.of(row, options=["--write", "--update"])[0] == 0
    record = bench.record(FIRST)
    assert "events" not in record
    assert len(record["history"]) == 2
    row = {"id": "2021-09-21-first", "history.1.note": "", "history.1.date": ""}
    assert "1 unchanged" in bench.of(row, options=["--write", "--update"])[1]


@pytest.mark.parametrize(
    "row",
    [
        {"title": " Statement on the bridge "},
        {"title": "Statement on the bridge", "status": "published"},
        {"status": ""},
        {"summary": "The Office says that the bridge was opened.\r\n"},
        {"history.1.date": "2026-11-23", "history.1.kind": "addition", "history.1.note": "First\narchived."},
        {"sources.1.outlet": "daily", "sources.2.outlet": "", "figures.1.value": ""},
        {"related.1.id": ""},
    ],
)
def test_a_row_that_says_the_same_changes_nothing(row: dict[str, str], bench: Bench) -> None:
    write_tree(bench.root, {FIRST: statement_text()})
    assert "0 changed, 1 unchanged, 0 bad" in bench.of({"id": "2021-09-21-first"} | row)[1]


def test_a_change_that_makes_another_file_wrong_is_not_made(bench: Bench) -> None:
    other = statement_text(date="2021-10-01", related=[{"id": "2021-09-21-first", "relation": "repeats"}])
    write_tree(bench.root, {"statements/2021/2021-10-01-other.md": other})
    before = tree_of(bench.root)
    row = {"id": "2021-09-21-first", "status": "draft"} | CHANGE
    code, out = bench.of(row, options=["--write", "--update", "--keep-good"])
    assert code == 1
    assert "statements/2021/2021-10-01-other.md:" in out
    assert out.endswith("Nothing is written: these rows would make other files wrong.\n")
    assert tree_of(bench.root) == before


def test_a_former_problem_elsewhere_does_not_stop_an_import(bench: Bench) -> None:
    write_tree(bench.root, {"statements/2020/2020-05-01-other.md": statement_text(date="2020-05-01", form="x")})
    code, out = bench.of(ROW, options=["--write"])
    assert (code, out.splitlines()[-1]) == (0, "Wrote 1 new and 0 changed.")
    assert bench.of({"id": "2020-05-01-other", "form": "letter"} | CHANGE, options=["--write", "--update"])[0] == 0
    assert bench.problems() == []


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("titel: A", "titel"),
        ("addressees: osce", "addressees"),
        ("mentions: [[a]]", "mentions"),
        ("original_language: {az: en}", "original_language"),
        ("requests: all", "requests"),
        ("figures: [3]", "figures[1]"),
        ("terms: [{term: a}, {term: b, colour: c}]", "terms[2].colour"),
        ("terms: [{term: [a]}]", "terms[1].term"),
    ],
)
def test_an_irregular_record_is_not_rewritten(line: str, field: str, bench: Bench) -> None:
    text = statement_text().replace("---\n", f"---\n{line}\n", 1)
    write_tree(bench.root, {FIRST: text})
    code, out = bench.of({"id": "2021-09-21-first", "title": "Letter"} | CHANGE, options=["--write", "--update"])
    assert code == 1
    assert (
        f"t.csv:2:1: its record has a problem at {field}: {FIRST} (mend that first; see .venv/bin/archive check" in out
    )
    assert (bench.root / FIRST).read_text("utf-8") == text


def test_the_real_records_as_a_table_change_nothing() -> None:
    reading = reader.read(PROJECT)
    rows = [row_of(document) for document in reading.statements]
    data = csv_of(rows).encode()
    found = plan.plan("t.csv", read_table(data), reading, lambda path: "", TODAY, update=True)
    assert found == plan.Plan(unchanged=len(rows))
    without = plan.plan("t.csv", read_table(data), empty(reading), lambda path: "", TODAY, update=True)
    assert (len(without.new), without.bad) == (len(rows), 0)


def read_table(data: bytes) -> table.Table:
    return table.read_table(data, lambda name: find_column(name) is not None)


def empty(reading: reader.Reading) -> reader.Reading:
    return reader.Reading(
        statements=(), authorities=reading.authorities, docs=reading.docs, assets=reading.assets, problems=()
    )


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> reader.Reading:
    return reader.read(minimal_root(tmp_path_factory.mktemp("reading")))


@given(cells=st.dictionaries(st.sampled_from(list(rows.column_names())), TEXTS, min_size=1))
def test_any_cells_are_imported_or_reported(cells: dict[str, str], reading: reader.Reading) -> None:
    data = csv_of([ROW | cells]).encode("utf-8")
    found = plan.plan("t.csv", read_table(data), reading, lambda path: "", TODAY, update=True)
    assert (len(found.new), bool(found.problems)) in {(1, False), (0, True)}
    for change in found.new:
        assert plan.plan(
            "t.csv", read_table(data), with_document(reading, change), lambda path: "", TODAY, update=True
        ) == plan.Plan(unchanged=1)


def with_document(reading: reader.Reading, change: plan.FileChange) -> reader.Reading:
    return reader.Reading(
        statements=(*reading.statements, change.document),
        authorities=reading.authorities,
        docs=reading.docs,
        assets=reading.assets,
        problems=(),
    )


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    with contextlib.suppress(table.Unreadable):
        assert any(read_table(data).columns)


def test_many_rows_are_written_then_one_of_them_changes(bench: Bench) -> None:
    synthetic.write(bench.root, 60)
    (bench.root / FIRST).unlink()
    documents = reader.read(bench.root).statements
    rows = [row_of(document) for document in documents]
    for document in documents:
        (bench.root / document.path).unlink()
    code, out = bench.run(csv_of(rows), "--write")
    assert (code, out.splitlines()[-1]) == (0, "Wrote 60 new and 0 changed.")
    assert [row_of(document) for document in reader.read(bench.root).statements] == rows
    before = tree_of(bench.root)
    assert "60 unchanged" in bench.run(csv_of(rows), "--write", "--update")[1]
    assert tree_of(bench.root) == before
    number = {f"history.2.{name.rpartition('.')[2]}": cell for name, cell in CHANGE.items()}
    rows[7] |= {"title": "Letter on a bridge"} | number
    code, out = bench.run(csv_of(rows), "--write", "--update")
    assert (code, out.splitlines()[-1]) == (0, "Wrote 0 new and 1 changed.")
    changed = {path for path, data in tree_of(bench.root).items() if before.get(path) != data}
    assert changed == {documents[7].path}
