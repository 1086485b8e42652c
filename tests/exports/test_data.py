"""The data set: every file of it says what the records say, and others can read it."""

import dataclasses
import datetime
import hashlib
import itertools
import json
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import frictionless
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive import exports
from archive.exports.data import csv, sqlite
from archive.exports.data.json_records import dump_json
from archive.exports.data.metadata import describe_dataset
from archive.exports.data.tables import all_tables
from archive.model import edtf, records, statement_fields, types, urls
from archive.model.errors import ArchiveError
from archive.model.fields import Field
from archive.model.index import build
from archive.model.records import Archive, Change, Figure, Name, Relation, Request, Source, Statement, Term
from archive.publish import generate
from archive.publish.loading import load_archive
from builders import DATA, PROJECT, archive_of, statement, with_changes, write_tree
from exported import (
    PLACE,
    Asked,
    Rows,
    authorities_from,
    content,
    data_of,
    expected,
    from_csv,
    from_sqlite,
    full,
    opened,
    parsed,
    statements_from,
    typed,
    whole,
)

VOCABULARIES = ("events", "subjects", "addressees", "instruments", "places", "issuers", "outlets", "measures")
FOLDERS = {name: name for name in VOCABULARIES[:5]} | {"subjects": "topics"}  # of their pages
GOLDEN = DATA / "golden" / "data"
WITHDRAWAL = Change(date=datetime.date(2026, 12, 1), kind="withdrawal", note="It was another office's.")


@cache
def exported_files(name: str) -> tuple[Archive, dict[str, bytes]]:
    """Return an archive with something in every table, or the real one, and its exported files."""
    archive = whole() if name == "made up" else load_archive(PROJECT)
    return archive, content(archive)


@pytest.fixture(scope="module", params=["made up", "real"])
def archive(request: pytest.FixtureRequest) -> Archive:
    return exported_files(request.param)[0]


@pytest.fixture(scope="module")
def all_files(archive: Archive) -> dict[str, bytes]:
    """Return the files of the data set and every `record.json`, by path."""
    return next(files for exported, files in map(exported_files, ("made up", "real")) if exported is archive)


@pytest.fixture(scope="module")
def files(all_files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of the data set, by name."""
    return {path.removeprefix(PLACE): data for path, data in all_files.items() if path.startswith(PLACE)}


@pytest.fixture(scope="module", params=["csv", "sqlite"])
def rows(request: pytest.FixtureRequest, files: dict[str, bytes]) -> Iterator[Rows]:
    """Return the tables, read from the CSV files and from the database."""
    if request.param == "csv":
        yield from_csv(files)
    else:
        with opened(files["archive.sqlite"]) as database:
            yield from_sqlite(database)


def published(archive: Archive) -> list[Statement]:
    """Return the records that are not withdrawn; those that are have a table of their own."""
    return [record for record in archive.statements if not record.withdrawn]


def without_html(record: dict[str, Any]) -> dict[str, Any]:
    assert record["summary_html"].startswith("<")
    return {name: value for name, value in record.items() if name not in ("address", "summary_html")}


def test_a_record_is_beside_its_page_with_every_field_as_the_record_has_it(
    archive: Archive, all_files: dict[str, bytes]
) -> None:
    for record in published(archive):
        data = parsed(all_files[f"statements/{record.id[:4]}/{record.id}/record.json"])
        assert data["address"] == f"{archive.site_url}statements/{record.id[:4]}/{record.id}/"
        assert without_html(data) == expected(record)


def test_fields_are_in_the_order_of_the_field_table(archive: Archive, files: dict[str, bytes]) -> None:
    order = {field.name: place for place, field in enumerate(statement_fields.STATEMENT.fields)}
    for line in files["statements.jsonl"].splitlines():
        names = list(parsed(line))
        assert [name for name in names if name in order] == list(order)
        assert names[:2] == ["id", "address"]
        assert names[-2:] == ["summary", "summary_html"]


def test_a_line_is_the_record_beside_the_page_and_lines_are_in_order_of_ids(
    archive: Archive, all_files: dict[str, bytes]
) -> None:
    text = all_files[f"{PLACE}statements.jsonl"]
    lines = [parsed(line) for line in text.decode().removesuffix("\n").split("\n")]
    assert [line["id"] for line in lines] == sorted(record.id for record in published(archive))
    for line in lines:
        assert line == parsed(all_files[f"statements/{line['id'][:4]}/{line['id']}/record.json"])


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_authorities_are_as_their_records_have_them(archive: Archive, files: dict[str, bytes], vocabulary: str) -> None:
    records = parsed(files[f"{vocabulary}.json"])
    for record in records if vocabulary in FOLDERS else ():
        assert record.pop("address") == f"{archive.site_url}{FOLDERS[vocabulary]}/{record['id']}/"
    entries = archive.authorities[vocabulary]
    assert records == [expected(entries[id]) for id in sorted(entries)]


def test_every_statement_can_be_put_together_again_from_the_tables(archive: Archive, rows: Rows) -> None:
    statements_read = statements_from(rows)
    assert list(statements_read) == sorted(record.id for record in published(archive))
    for record in published(archive):
        data = statements_read[record.id]
        assert data.pop("address") == f"{archive.site_url}statements/{record.id[:4]}/{record.id}/"
        assert typed(data) == expected(record)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_authority_can_be_put_together_again_from_the_tables(
    archive: Archive, rows: Rows, vocabulary: str
) -> None:
    entries_read = authorities_from(vocabulary, rows)
    entries = archive.authorities[vocabulary]
    assert list(entries_read) == sorted(entries)
    for id, entry in entries.items():
        assert entries_read[id].pop("address", "") == (
            f"{archive.site_url}{FOLDERS[vocabulary]}/{id}/" if vocabulary in FOLDERS else ""
        )
        assert entries_read[id] == expected(entry)


def withdrawn(id: str, **changes: Any) -> Statement:
    record = full(id, status="withdrawn", aliases=(), related=(), **changes)
    return replace(record, history=(*record.history, WITHDRAWAL))


def test_every_table_is_a_file_and_has_rows_somewhere() -> None:
    archive = whole(full(), withdrawn("2021-09-22-gone"))
    files = data_of(archive)
    tables = all_tables(archive, build(archive))
    assert {f"{table.name}.csv" for table in tables} == {name for name in files if name.endswith(".csv")}
    assert [table.name for table in tables if not list(table.rows())] == []


def test_rows_are_counted_the_same_everywhere(archive: Archive, files: dict[str, bytes]) -> None:
    read = from_csv(files)
    package = parsed(files["datapackage.json"])
    lines = len(files["statements.jsonl"].splitlines())
    assert lines == len(list(read("statements"))) == len(published(archive))
    assert len(list(read("figures"))) == sum(len(record.figures) for record in published(archive))
    assert len(list(read("sources"))) == sum(len(record.sources) for record in published(archive))
    with opened(files["archive.sqlite"]) as database:
        for resource in package["resources"]:
            if "schema" in resource:
                assert len(list(read(resource["name"]))) == len(list(from_sqlite(database)(resource["name"])))


def test_frictionless_finds_the_package_in_order(tmp_path: Path, files: dict[str, bytes]) -> None:
    write_tree(tmp_path, files)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["message"]) == []
    assert report.valid
    assert report.stats["tasks"] == len([name for name in files if not name.startswith("schemas/")]) - 2


def test_frictionless_finds_a_changed_byte_and_a_key_that_refers_to_nothing(tmp_path: Path) -> None:
    files = data_of(whole())
    files["terms.csv"] = files["terms.csv"].replace(b"bridge-2020", b"bridge-2021")
    write_tree(tmp_path, files)
    for name in ("statements.jsonl", "figures.csv", "archive.sqlite"):
        changed = bytearray(files[name])
        changed[-3] ^= 1
        (tmp_path / name).write_bytes(bytes(changed))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    found = {(task.place, type) for task in report.tasks for (type,) in task.flatten(["type"])}
    changed = {"statements.jsonl", "figures.csv", "archive.sqlite", "terms.csv"}
    assert found >= {(name, "hash-count") for name in changed}
    assert ("terms.csv", "foreign-key") in found
    assert {place for place, _ in found} == changed


def test_the_package_says_what_the_standard_asks_for(archive: Archive, files: dict[str, bytes]) -> None:
    package = parsed(files["datapackage.json"])
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["version"] == describe_dataset(archive, build(archive)).version
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["homepage"] == f"{archive.site_url}data/"
    assert {source["title"] for source in package["sources"]} == {
        archive.outlets[source.outlet].label for record in published(archive) for source in record.sources
    }
    beside = {name for name in files if name.startswith("schemas/")} | {"datapackage.json", "SHA256SUMS"}
    assert {resource["path"] for resource in package["resources"]} == files.keys() - beside
    for resource in package["resources"]:
        data = files[resource["path"]]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["description"].endswith(".")


def test_sha256sum_checks_the_files(tmp_path: Path, files: dict[str, bytes]) -> None:
    write_tree(tmp_path, files)

    def check() -> subprocess.CompletedProcess[str]:
        command = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert check().stdout.splitlines() == [
        f"{line.split('  ')[1]}: OK" for line in files["SHA256SUMS"].decode().splitlines()
    ]
    assert len(check().stdout.splitlines()) == len(files) - 1
    (tmp_path / "events.json").write_bytes(files["events.json"] + b" ")
    assert check().returncode == 1


def test_the_database_is_whole_and_its_keys_lead_somewhere(files: dict[str, bytes]) -> None:
    with opened(files["archive.sqlite"]) as database:
        assert [tuple(row) for row in database.execute("PRAGMA integrity_check")] == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("INSERT INTO statement_events VALUES ('no-such-id', 1, 'no-such-event')")
        for index in ("statements_search", "names_search"):
            database.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 our own


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("korpu", "bridge-2020"),
        ("КОРПУ OR мост", "bridge-2020"),
        ("harbour AND council", "council"),
        ("hc", "council"),
        ("Quliyeva", "office"),
        ("Nərgiz", "office"),
        ("nergiz", "office"),
        ("Кулиева", "office"),
        ("Nizamname", "charter"),
    ],
)
def test_names_are_found_without_diacritics(query: str, found: str) -> None:
    with opened(data_of(whole())["archive.sqlite"]) as database:
        hits = database.execute("SELECT id FROM names_search WHERE names_search MATCH ?", (query,))
        assert {row["id"] for row in hits} == {found}


SPELLINGS = (
    ("Xocalı", ("Xocalı", "Xocali", "XOCALI", "xocal*")),
    ("Dağlıq Qarabağ", ("Dağlıq", "Dagliq", "dağliq", '"Dagliq Qarabag"', '"Dağlıq Qarabağ"', "Dagliq Qarabağ")),
    ("Səbinə Əliyeva", ("Əliyeva", "əliyeva", "Eliyeva", "Sebine", "Səbinə Eliyeva", "name : Əliyeva")),
    ("Sabina Aliyeva", ("Aliyeva", "ALİYEVA", "aliyeva")),
    ("Łódź, Øresund, Đakovo", ("Łódź", "lodz", "oresund", "ØRESUND", "Dakovo", "đakovo")),
)


@pytest.mark.parametrize(("name", "query"), [(name, query) for name, queries in SPELLINGS for query in queries])
def test_a_name_is_found_as_it_is_written_and_as_readers_type_it(name: str, query: str) -> None:
    archive = whole(statement("2020-05-01-other", title="A zebra", summary=f"So says {name}."))
    event = replace(archive.events["bridge-2020"], label="The bridge", names=(Name(name=name, language="az"),))
    archive = with_changes(archive, events={**archive.events, "bridge-2020": event})
    with opened(Asked(archive)["archive.sqlite"]) as database:
        names = database.execute("SELECT name FROM names_search WHERE names_search MATCH ?", (query,)).fetchall()
        assert [tuple(row) for row in names] == [(name,)]
        query = query.replace("name :", "summary :")
        texts = database.execute(
            "SELECT title, summary FROM statements_search WHERE statements_search MATCH ?", (query,)
        ).fetchall()
        assert [tuple(row) for row in texts] == [("A zebra", f"So says {name}.")]


def test_what_has_no_letter_that_is_typed_otherwise_is_indexed_once() -> None:
    record = statement("2020-05-01-other", title="In İstanbul", summary="Körpü I.")
    with opened(Asked(whole(record))["archive.sqlite"]) as database:
        assert [row["plain"] for row in database.execute("SELECT plain FROM statements_search")] == [None]
        plain = dict(database.execute("SELECT name, plain FROM names_search").fetchall())
        assert {name: typed for name, typed in plain.items() if typed} == {
            "Nərgiz Quliyeva": "Nergiz Quliyeva",
            "Nizamnamə": "Nizamname",
        }


def test_words_of_titles_and_summaries_are_found() -> None:
    record = statement("2020-05-01-other", summary="Bildirir ki, körpü açıldı.", title="On a zebra")
    with opened(data_of(whole(full(), record))["archive.sqlite"]) as database:
        for query in ("korpu", "acildi", "zebra", "title : zebra"):
            found = database.execute(
                "SELECT id FROM statements_search JOIN statements ON statements.rowid = statements_search.rowid "
                "WHERE statements_search MATCH ?",
                (query,),
            )
            assert [row["id"] for row in found] == ["2020-05-01-other"]


def test_the_database_says_what_it_is_and_what_its_columns_mean() -> None:
    with opened(data_of(whole())["archive.sqlite"]) as database:
        about = dict(map(tuple, database.execute("SELECT name, value FROM about")))
        assert about["version"] == "2026.11.24"
        assert about["address"] == "https://archive.example/data/"
        sql = database.execute("SELECT sql FROM sqlite_schema WHERE name = 'figures'").fetchone()["sql"]
    assert "-- The event or period it refers to; one of the record's events or mentions.\n" in sql


def test_a_python_without_full_text_search_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_TOKENIZER", "tokenize = 'unknown'")
    with pytest.raises(ArchiveError, match=r"archive\.sqlite cannot be made .* tokenizer"):
        Asked(whole())["archive.sqlite"]


def test_exports_are_the_same_each_time_and_whatever_the_order_of_files(
    archive: Archive, all_files: dict[str, bytes]
) -> None:
    turned = with_changes(
        archive,
        statements=archive.statements[::-1],
        **{name: dict(reversed(archive.authorities[name].items())) for name in VOCABULARIES},
    )
    assert content(turned) == all_files


def test_text_files_are_utf_8_without_a_mark_and_end_their_lines_in_one_way(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        if name == "archive.sqlite":
            continue
        assert not data.startswith(b"\xef\xbb\xbf"), name
        text = data.decode()
        assert text.endswith("\r\n" if name.endswith(".csv") else "\n"), name
        assert name.endswith(".csv") or "\r" not in text, name


def test_a_withdrawn_statement_leaves_a_marker_and_nothing_else() -> None:
    gone = [withdrawn(f"2021-09-{day}-gone", title="On a zebra", summary="A zebra.") for day in ("23", "22")]
    files = content(whole(full(related=(Relation(id="2021-09-22-gone", relation="continues"),)), *gone))
    marker = parsed(files["statements/2021/2021-09-22-gone/record.json"])
    assert marker == {
        "id": "2021-09-22-gone",
        "address": "https://archive.example/statements/2021/2021-09-22-gone/",
        "status": "withdrawn",
        "withdrawn": "2026-12-01",
        "reason": "It was another office's.",
    }
    assert not [path for path, data in files.items() if b"zebra" in data]
    data = {path.removeprefix(PLACE): text for path, text in files.items() if path.startswith(PLACE)}
    assert {name for name, text in data.items() if b"2021-09-23-gone" in text} == {
        "withdrawn.csv",
        "archive.sqlite",
        "manifest.json",
    }
    del marker["status"]
    with opened(data["archive.sqlite"]) as database:
        for rows in (from_csv(data), from_sqlite(database)):
            found = list(rows("withdrawn"))
            assert found[0] == marker
            assert [row["id"] for row in found] == ["2021-09-22-gone", "2021-09-23-gone"]
            assert [row["id"] for row in rows("related")] == ["2021-09-22-gone"]
            assert {row["statement"] for row in rows("history")} == {"2021-09-21-first"}
    assert parsed(data["datapackage.json"])["version"] == "2026.12.01"


def test_an_archive_without_statements_has_its_data(tmp_path: Path) -> None:
    files = data_of(archive_of())
    assert files["statements.jsonl"] == b""
    write_tree(tmp_path, files)
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid
    package = parsed(files["datapackage.json"])
    assert package["version"] == "0"
    assert not {"homepage", "sources"} & package.keys()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠a", "'＠a"),
        ("  =1", "'  =1"),
        ("\u00a0\u3000=1", "'\u00a0\u3000=1"),
        ("'quoted'", "''quoted'"),
        ("''", "'''"),
        ("1=1", "1=1"),
        ("a-b", "a-b"),
        (" a", " a"),
        ("2021-09~/2021-10?", "2021-09~/2021-10?"),
        (12, "12"),
        (Decimal("0.50"), "0.50"),
        (Decimal("999999999999999999.000001"), "999999999999999999.000001"),
        (None, ""),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(text: Any, cell: str) -> None:
    assert csv.cell(text) == cell


@given(st.text() | st.builds("".join, st.lists(st.sampled_from("='+-@\t\r\n ＝＋－＠a1"))))
def test_a_guard_can_be_taken_away_and_leaves_nothing_to_run(text: str) -> None:
    cell = csv.guarded(text)
    assert cell.removeprefix("'") == text
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not cell.startswith(("\t", "\r", "\n"))


def test_a_formula_in_a_title_is_guarded_in_csv_only() -> None:
    files = data_of(whole(full(title="=HYPERLINK(1)", related=())))
    assert b",'=HYPERLINK(1)," in files["statements.csv"]
    assert json.loads(files["statements.jsonl"])["title"] == "=HYPERLINK(1)"
    with opened(files["archive.sqlite"]) as database:
        assert database.execute("SELECT title FROM statements").fetchone()["title"] == "=HYPERLINK(1)"


NASTY = (
    '"', ",", "\r\n", "\n", "\t", "'", "{", "}", "\\", ";", "=1", " ", "</script>", "\u2028", "\ufeff", "\\u00001.5",
    "Körpü", "Հայ", "عربي", "\u200f", "עברית", "中文", "😀", "NULL", "null", "NaN", "2021-09-21", "0012", "1e5",
)  # fmt: skip
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30),
    st.lists(st.sampled_from(NASTY), min_size=1, max_size=6).map("".join),
)
DATE = st.sampled_from(
    ["2021-09-21", "2021-09", "2021", "2021?", "2021-09~", "1999-12-31/2000-01", "0001/9999-12-31", "2020-02"]
).map(edtf.parse)
NUMBER = st.builds(
    lambda whole, part: Decimal(f"{whole}.{part}" if part else str(whole)),
    st.integers(0, 10**18 - 1),
    st.text("0123456789", max_size=6),
)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    text = lambda: draw(TEXT)  # noqa: E731
    return full(
        related=(),
        title=text(),
        date=draw(DATE).text,
        summary=f"{text()} a.",
        requests=(Request(of=("council",), asks=text()),),
        terms=(Term(term=text()), Term(term=text(), about="bridge-2020")),
        sources=(Source(kind="broadcast", outlet="daily", title=text(), author=text(), published=draw(DATE)),),
        figures=(
            Figure(event="bridge-2020", measure="boats-counted", value=draw(NUMBER), note=text(), locator=text()),
            Figure(event="bridge-2020", measure="boats-counted", min=draw(NUMBER), as_of=draw(DATE)),
        ),
        history=(Change(date=datetime.date(2026, 11, 23), kind="addition", note=text()),),
    )


@given(statements(), TEXT)
@settings(max_examples=25)
def test_whatever_a_record_says_is_read_back_from_every_file(record: Statement, name: str) -> None:
    archive = whole(record)
    event = replace(archive.events["bridge-2020"], label=name, names=(Name(name=name, language="hy", by=name),))
    archive = with_changes(archive, events={**archive.events, "bridge-2020": event})
    files = Asked(archive)
    assert without_html(parsed(files["statements.jsonl"])) == expected(record)
    with opened(files["archive.sqlite"]) as database:
        for read, exact in ((from_csv(files), True), (from_sqlite(database), False)):
            actual = typed(statements_from(read)[record.id])
            actual.pop("address")
            wanted = expected(record)
            if not exact:
                for figures in (actual["figures"], wanted["figures"]):
                    for figure, number in itertools.product(figures, ("value", "min", "max")):
                        figure[number] = figure[number] and float(figure[number])
            assert actual == wanted
            entry = authorities_from("events", read)["bridge-2020"]
            entry.pop("address")
            assert entry == expected(event)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@given(NUMBER)
@settings(max_examples=30)
@example(Decimal("12.50"))
@example(Decimal("0.000001"))
@example(Decimal("999999999999999999.999999"))
def test_a_number_has_the_digits_it_was_stated_with(number: Decimal) -> None:
    files = Asked(whole(full(figures=(Figure(event="bridge-2020", measure="boats-counted", value=number),))))
    assert f'"value":{number:f},'.encode() in files["statements.jsonl"]
    assert f",{number:f},exactly,".encode() in files["figures.csv"]


def test_a_text_that_looks_like_a_marked_number_stays_a_text() -> None:
    text = 'a "\\u000012.5" b'
    assert json.loads(dump_json({"a": text, "b": Decimal("1.5")})) == {"a": text, "b": 1.5}


def test_what_is_not_plain_is_refused() -> None:
    with pytest.raises(TypeError, match="date"):
        dump_json(datetime.date(2026, 11, 23))


def test_links_of_a_summary_are_whole_addresses() -> None:
    record = full(
        summary="See [a](/events/bridge-2020/), [b](2021-09-21-first.md#sources) and [c](https://a.example/)."
    )
    html = json.loads(content(whole(record))["statements/2021/2021-09-21-first/record.json"])["summary_html"]
    assert 'href="https://archive.example/events/bridge-2020/"' in html
    assert 'href="https://archive.example/statements/2021/2021-09-21-first/#sources"' in html
    assert 'href="https://a.example/"' in html


def test_the_html_of_a_summary_has_no_markup_of_the_record() -> None:
    record = full(summary="<script>alert(1)</script> [a](javascript:alert(1)) **b**")
    html = json.loads(content(whole(record))["statements/2021/2021-09-21-first/record.json"])["summary_html"]
    assert "<script" not in html
    assert "javascript:" not in html
    assert "<strong>b</strong>" in html


def test_a_field_that_is_added_to_the_field_table_is_in_every_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One more field of each sort, of the statement and of its figures, in the field table and the model only."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Later(records.Statement):
        venue: str = ""
        sent: edtf.Date | None = None
        copies: tuple[str, ...] = ()

    @dataclass(frozen=True, slots=True, kw_only=True)
    class LaterFigure(records.Figure):
        unit: str = ""

    figure = replace(
        statement_fields.FIGURE,
        fields=(*statement_fields.FIGURE.fields, Field(name="unit", help="In what.", example="t")),
    )
    more = (
        Field(name="venue", help="Where.", example="a hall"),
        Field(name="sent", type=types.DATE, help="When it was sent.", example="2021"),
        Field(name="copies", many=True, vocabulary="addressees", help="To whom copies went.", example="[council]"),
    )
    changed = tuple(replace(f, record=figure) if f.name == "figures" else f for f in statement_fields.STATEMENT.fields)
    monkeypatch.setattr(statement_fields, "STATEMENT", replace(statement_fields.STATEMENT, fields=(*changed, *more)))
    was = full(related=())
    values = {f.name: getattr(was, f.name) for f in dataclasses.fields(was)}
    values["figures"] = tuple(
        LaterFigure(**{f.name: getattr(figure, f.name) for f in dataclasses.fields(figure)}, unit="tonnes")
        for figure in was.figures
    )
    record = Later(**values, venue="-hall", sent=edtf.parse("2021-09"), copies=("neighbours",))
    files = data_of(whole(record))

    line = json.loads(files["statements.jsonl"])
    assert (line["venue"], line["sent"], line["sent_latest"]) == ("-hall", "2021-09", "2021-09-30")
    assert line["copies"] == ["neighbours"]
    assert {figure["unit"] for figure in line["figures"]} == {"tonnes"}
    package = parsed(files["datapackage.json"])
    columns = {
        (resource["name"], field["name"])
        for resource in package["resources"]
        for field in resource.get("schema", {"fields": []})["fields"]
    }
    added = (
        ("statements", "venue"),
        ("statements", "sent_earliest"),
        ("figures", "unit"),
        ("statement_copies", "addressee"),
    )
    assert columns >= {*added}
    with opened(files["archive.sqlite"]) as database:
        for read in (from_csv(files), from_sqlite(database)):
            (row,) = read("statements")
            assert (row["venue"], row["sent_earliest"]) == ("-hall", "2021-09-01")
            assert {row["unit"] for row in read("figures")} == {"tonnes"}
            assert [row["addressee"] for row in read("statement_copies")] == ["neighbours"]
    write_tree(tmp_path, files)
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid
    page = generate.generate(whole(record, docs={"data.md": "<!-- archive: data-tables -->"}))["data.md"]
    assert isinstance(page, str)
    assert 'id="table-statement_copies"' in page
    assert "When it was sent." in page


def test_nothing_in_the_format_is_renamed_or_removed(golden: Callable[[Path, str], None]) -> None:
    """Within a format, a line may be added to the golden file; a line that changes or goes needs a new format."""
    archive = whole()
    lines = [
        f"{table.name}.{column.name}: {column.type}{', key' if column.name in table.key else ''}\n"
        for table in all_tables(archive, build(archive))
        for column in table.columns
    ]
    golden(GOLDEN / f"{urls.DATA_FORMAT}-columns.txt", "".join(lines))
    names = [f"{name}\n" for name in (*data_of(archive), *parsed(data_of(archive)["statements.jsonl"].splitlines()[0]))]
    golden(GOLDEN / f"{urls.DATA_FORMAT}-names.txt", "".join(names))


def test_a_record_beside_its_page_can_be_read_by_people(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "record.json", content(whole())["statements/2021/2021-09-21-first/record.json"].decode())


def test_two_columns_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = (*statement_fields.TERM.fields, Field(name="place", help="Where.", example="there"))
    term = replace(statement_fields.TERM, fields=twice)
    changed = tuple(replace(f, record=term) if f.name == "terms" else f for f in statement_fields.STATEMENT.fields)
    monkeypatch.setattr(statement_fields, "STATEMENT", replace(statement_fields.STATEMENT, fields=changed))
    archive = whole()
    with pytest.raises(ValueError, match="columns of terms"):
        all_tables(archive, build(archive))


def test_a_file_is_made_only_when_it_is_asked_for_and_once_for_its_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = whole()
    dumped: list[str] = []
    dump = csv.dump
    monkeypatch.setattr(csv, "dump", lambda table: dumped.append(table.name) or dump(table))
    files = exports.files(archive, build(archive))
    assert dumped == []
    files[f"{PLACE}terms.csv"]()
    assert dumped == ["terms"]
    files[f"{PLACE}datapackage.json"]()
    files[f"{PLACE}SHA256SUMS"]()
    assert sorted(dumped) == sorted(table.name for table in all_tables(archive, build(archive)))
