"""The page about the data says what the files are."""

import csv
import datetime
import hashlib
import io
import json
import re
import shlex
from pathlib import Path

import bibtexparser
import pytest

from archive.exports.data import metadata
from archive.exports.data.metadata import describe_dataset
from archive.exports.data.tables import all_tables
from archive.model import urls
from archive.model.authorities import RECORDS
from archive.model.index import build
from archive.pages import data
from archive.publish import generate
from builders import PROJECT, archive_of
from exported import PLACE, Asked, content, full, opened, parsed, whole

DOCS = {"data.md": (PROJECT / "docs" / "data.md").read_text("utf-8")}
ARCHIVE = whole(docs=DOCS)
TEXT = DOCS["data.md"]


@pytest.fixture(scope="module")
def page() -> str:
    return str(generate.generate(ARCHIVE)["data.md"])


def files() -> dict[str, bytes]:
    """The content of the files beside the page, by path."""
    contents = {path: text for path, text in generate.generate(ARCHIVE).items() if path.startswith(PLACE)}
    return {path: text.encode() if isinstance(text, str) else text for path, text in contents.items()}


def test_every_file_is_there_with_its_size_and_hash(page: str) -> None:
    for path, body in files().items():
        assert f'<a href="{path.removeprefix("data/")}">' in page, path
        if not path.endswith("SHA256SUMS"):
            assert page.count(f"<code>{hashlib.sha256(body).hexdigest()}</code>") == 1, path


def test_every_table_and_column_is_there_with_its_meaning_and_type(page: str) -> None:
    for table in all_tables(ARCHIVE, build(ARCHIVE)):
        section = re.search(rf'<section id="table-{table.name}">.*?</section>', page, re.DOTALL)
        assert section, table.name
        columns = re.findall(r'<th scope="row"><code>(\w+)</code>', section[0])
        assert columns == [column.name for column in table.columns]
        for column in table.columns:
            assert column.help.endswith(".")
            assert column.help.replace("'", "&#39;") in section[0]
            assert f'data-label="Type">{column.type}' in section[0]


def test_tables_are_folded_away_with_their_names_and_what_they_hold_in_sight(page: str) -> None:
    folded = re.findall(r'<details>\n<summary>(.*?)</summary>\s*<section id="table-(.*?)">', page)
    tables = all_tables(ARCHIVE, build(ARCHIVE))
    assert page.count("<details") == len(tables)
    for table, (summary, name) in zip(tables, folded, strict=True):
        assert name == table.name
        assert f"<h3>{name}</h3>" in summary
        assert table.help.replace("'", "&#39;") in summary


def test_the_files_for_a_spreadsheet_are_offered_first(page: str) -> None:
    assert re.findall(r'href="v1/([^"]+)"', page)[:4] == [
        "statements.csv",
        "figures.csv",
        "sources.csv",
        "statements.jsonl",
    ]


def test_what_a_hash_is_is_said_where_the_first_one_leads(page: str) -> None:
    before, _ = page[page.index("## Files") :].split("SHA-256", 1)
    assert before.endswith('<a href="#check-it">')
    assert page.count('href="#check-it"') == 1
    assert "## Check it\n\nA SHA-256 is a fingerprint of a file: if it is the same, the file is unchanged." in page


def test_the_hash_of_a_source_leads_to_what_a_hash_is() -> None:
    record = str(generate.generate(ARCHIVE)["statements/2021/2021-09-21-first/index.md"])
    hash = "0" * 64
    assert f'The <a href="../../../data/#check-it">SHA-256</a> of what was captured is <code>{hash}</code>' in record


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1 KB"), (14_499, "14 KB"), (999_499, "999 KB"),
     (999_500, "1.0 MB"), (71_435_454, "71.4 MB"), (1_234_567_890, "1,234.6 MB")],
)  # fmt: skip
def test_sizes_are_in_plain_words(number: int, words: str) -> None:
    assert data._size(number) == words


def test_it_says_the_data_set_to_programs(page: str) -> None:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    dataset = json.loads(script)
    assert dataset.keys() == {
        "@context", "@type", "name", "description", "url", "identifier", "version", "license", "isAccessibleForFree",
        "creator", "inLanguage", "distribution", "dateModified", "temporalCoverage",
    }  # fmt: skip
    assert dataset["@type"] == "Dataset"
    assert 50 <= len(dataset["description"]) <= 5000
    assert dataset["dateModified"] == "2026-11-24"
    assert dataset["temporalCoverage"] == "2020-05-01/2021-09-21"
    contents = files()
    for download in dataset["distribution"]:
        data = contents[download["contentUrl"].removeprefix("https://archive.example/")]
        assert download["sha256"] == hashlib.sha256(data).hexdigest()
        assert download["contentSize"] == f"{len(data)} B"
    files_of_no_table = 3 + len(RECORDS)
    assert len(dataset["distribution"]) == len(all_tables(ARCHIVE, build(ARCHIVE))) + files_of_no_table


def test_a_site_name_is_text_in_the_page() -> None:
    archive = whole(docs=DOCS, site_name="</script><b>&amp;{{ 1 }}")
    page = str(generate.generate(archive)["data.md"])
    assert "<b>" not in page
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(script)["name"] == "</script><b>&amp;{{ 1 }}: data"


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("The archive", "The archive"),
        ("A {brace", r"A {\textbraceleft}brace"),
        ("50 % & #1_2 $", r"50 \% \& \#1\_2 \$"),
        ("~ ^ \\", r"{\textasciitilde} {\textasciicircum} {\textbackslash}"),
        ('The "archive", of Körpü', 'The "archive", of Körpü'),
    ],
)
def test_the_data_set_can_be_cited(name: str, escaped: str) -> None:
    archive = whole(site_name=name)
    dataset = describe_dataset(archive, build(archive))
    (contributor,) = parsed(Asked(archive)["datapackage.json"])["contributors"]
    author = contributor["title"]
    assert author == "Ombudsman statements archive contributors"
    library = bibtexparser.parse_string(data.bibtex(dataset))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.entry_type == "misc"
    assert entry.key == "ombudsman-statements-2026.11.24"
    assert {name: field.value for name, field in entry.fields_dict.items()} == {
        "author": f"{{{author}}}",
        "title": f"{{{escaped}: data}}",
        "version": "2026.11.24",
        "note": "Data set, format v1, version 2026.11.24, CC-BY-4.0",
        "url": "https://archive.example/data/",
        "year": "2026",
        "month": "nov",
    }
    line = data.citation(dataset)
    assert line.startswith(f"{author}. ")
    for part in (name, "version 2026.11.24", "CC-BY-4.0", "https://archive.example/data/"):
        assert part in line


def test_an_archive_without_statements_has_the_page() -> None:
    page = str(generate.generate(archive_of(docs=DOCS))["data.md"])
    assert "@misc{ombudsman-statements-0," in page
    assert "year =" not in page
    assert "This is version 0 of the data.</p>" in page


def test_the_changes_of_the_format_are_there_newest_first(page: str) -> None:
    dates = [change.date for change in metadata.FORMAT_CHANGES]
    assert dates == sorted(dates, reverse=True)
    assert metadata.FORMAT_CHANGES[0].format == urls.DATA_FORMAT
    for change in metadata.FORMAT_CHANGES:
        assert f"<td>{change.what}</td>" in page


def test_the_commands_for_the_database_work() -> None:
    commands = re.findall(r"`sqlite3 archive\.sqlite (.+?)`", TEXT)
    assert len(commands) == 2
    with opened(content(whole(full(title="Appeal on Nagorno-Karabakh")))[f"{PLACE}archive.sqlite"]) as database:
        for command in commands:
            (query,) = shlex.split(command)
            assert [row["title"] for row in database.execute(query)][-1] == "Appeal on Nagorno-Karabakh"


def test_the_commands_compute_with_the_dates_that_are_days() -> None:
    (row,) = [line for line in TEXT.splitlines() if line.startswith("| Python |")]
    assert 'parse_dates=["date_earliest"]' in row
    made = content(whole(full(date="2010-01?")))
    rows = list(csv.DictReader(io.StringIO(str(made[f"{PLACE}statements.csv"].decode()))))
    assert [datetime.date.fromisoformat(row["date_earliest"]) for row in rows][-1] == datetime.date(2010, 1, 1)


def test_the_tables_and_columns_that_are_written_of_exist() -> None:
    columns = {table.name: {column.name for column in table.columns} for table in all_tables(ARCHIVE, build(ARCHIVE))}
    assert {"history", "statement_aliases", "withdrawn"} <= columns.keys()
    assert {"place", "source"} <= columns["figures"]


def test_the_built_page_is_linked_from_every_page_and_its_files_are_in_the_site(five: Path) -> None:
    page = (five / "data" / "index.html").read_text("utf-8")
    folder = five / "data" / "v1"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")} | {"SHA256SUMS"}
    assert set(re.findall(r'href="v1/([^"]+)"', page)) == files
    assert re.search(r'href="[./]*data/"', (five / "index.html").read_text("utf-8"))
    for line in (five / "data/v1/SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((five / "data/v1" / name).read_bytes()).hexdigest() == digest
        assert name == "SHA256SUMS" or digest in page
    ids = [json.loads(line)["id"] for line in (folder / "statements.jsonl").read_text("utf-8").splitlines()]
    assert len(ids) == 5
    for id in ids:
        assert json.loads((five / f"statements/{id[:4]}/{id}/record.json").read_text("utf-8"))["id"] == id
