"""`changes.json`: with it, the former data make the new, as `docs/data.md` shows."""

import json
import re
import subprocess
import sys
import textwrap
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from archive.exports.data.json_records import dump_json, load_json
from archive.model.records import Archive, Change, Figure, Outlet, Statement
from archive.publish import changes, edition, former
from archive.publish.edition import Edition
from builders import DATA, PROJECT, archive_of, statement, write_tree
from exported import Asked, full, whole

FORMER = DATA / "golden" / "continuity" / "former"  # made by the program that hashed the records
OTHER = statement("2020-05-01-other", date="2020-05-01?")


def withdrawn(record: Statement) -> Statement:
    withdrawal = Change(date=full().history[-1].date, kind="withdrawal", note="It was another office's.")
    return replace(record, status="withdrawn", history=(*record.history, withdrawal))


def figures(*values: str) -> tuple[Figure, ...]:
    return tuple(Figure(event="bridge-2020", measure="boats-counted", value=Decimal(value)) for value in values)


PAIRS: dict[str, tuple[Archive, Archive]] = {
    "nothing": (whole(), whole()),
    "added": (whole(OTHER), whole(OTHER, full(related=()), statement("2022-01-01-new"))),
    "the first": (archive_of(), whole()),
    "withdrawn": (whole(), whole(full(), withdrawn(OTHER))),
    "all withdrawn": (whole(full(related=())), whole(withdrawn(full(related=())))),
    "renamed": (whole(OTHER), whole(replace(OTHER, id="2020-05-01-letter", aliases=("2020-05-01-other",)))),
    "merged": (whole(full(related=()), OTHER), whole(full(related=(), aliases=("2021-09-20-old", OTHER.id)))),
    "changed": (
        whole(full(), OTHER),
        whole(full(title="Ə «é» \u2028 \\ \"'\x7f", terms=(), summary="New.\n\nText."), OTHER),
    ),
    "digits": (whole(full(figures=figures("1.50", "2", "0.1"))), whole(full(figures=figures("1.5", "2.0", "0.1")))),
    "moved": (whole(), whole(site_url="https://elsewhere.example/a/")),
}


def edition_of(archive: Archive) -> tuple[Edition, bytes]:
    """What an archive publishes, and the file of its statements."""
    files = Asked(archive)
    contents = {name: files[name] for name in edition.NAMES}
    return edition.parse(contents), contents["statements.jsonl"]


def applied(text: str, statements: bytes, folder: Path) -> bytes:
    """Run the example in the documentation."""
    page = (PROJECT / "docs" / "data.md").read_text("utf-8")
    example = re.search(r"byte for byte:\n\n((?:    .*\n|\n)+)", page)
    assert example
    write_tree(folder, {"changes.json": text, "former.jsonl": statements})
    command = [sys.executable, "-W", "ignore::ResourceWarning", "-c", textwrap.dedent(example[1])]
    subprocess.run(command, cwd=folder, check=True)
    return (folder / "statements.jsonl").read_bytes()


@pytest.mark.parametrize("case", PAIRS)
def test_the_former_statements_and_the_changes_make_the_new_ones(case: str, tmp_path: Path) -> None:
    (before, former_statements), (after, statements) = map(edition_of, PAIRS[case])
    text = changes.dump(before, after)
    assert text == changes.dump(before, after)
    assert applied(text, former_statements, tmp_path) == statements


def test_so_they_do_where_the_format_had_other_fields(tmp_path: Path) -> None:
    after, statements = edition_of(whole())
    lines = [load_json(line) for line in statements.splitlines()]
    for line in lines:
        del line["form"], line["summary_html"]
        line["colour"] = "red"
        for figure in line["figures"]:
            del figure["locator"]
    former_statements = "".join(f"{dump_json(line)}\n" for line in lines).encode()
    files = {**{name: Asked(whole())[name] for name in edition.NAMES}, "statements.jsonl": former_statements}
    text = changes.dump(edition.parse(files), after)
    assert applied(text, former_statements, tmp_path) == statements
    fields = json.loads(text)["statements.jsonl"]["changed"][0]["fields"]
    assert fields["form"] == {"after": "statement"}
    assert fields["colour"] == {"before": "red"}


def test_so_they_do_from_the_data_of_the_former_program(tmp_path: Path) -> None:
    records = (full(), OTHER, statement("2021-09-22-other"), withdrawn(statement("2021-09-23-withdrawn")))
    outlets = {**whole().outlets, "weekly": Outlet(id="weekly", label="The Weekly", kind="newspaper")}
    after, statements = edition_of(whole(*records, outlets=outlets))
    text = changes.dump(former.read(str(FORMER)), after)
    found = json.loads(text)
    for name in ("issuers", "outlets", "instruments", "measures"):  # the former data have no file of them
        part = found[f"{name}.json"]
        assert ({entry["id"] for entry in part["added"]}, part["changed"]) == (set(after.authorities[name]), [])
        assert all("label" in entry for entry in part["added"])
    assert found["events.json"]["added"] == []
    assert applied(text, (FORMER / "data/v1/statements.jsonl").read_bytes(), tmp_path) == statements


def parsed(before: Archive, after: Archive) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(changes.dump(edition_of(before)[0], edition_of(after)[0]))
    return found


def test_each_change_is_named_field_by_field_authorities_too() -> None:
    event = replace(whole().events["bridge-2020"], label="The bridge", said=("the span",))
    after = whole(full(title="Another"), OTHER, events={**whole().events, "bridge-2020": event})
    found = parsed(whole(), after)
    assert found["before"]["version"] == found["after"]["version"] == "2026.11.24"
    assert found["statements.jsonl"]["changed"] == [
        {"id": "2021-09-21-first", "fields": {"title": {"before": "Statement on the bridge", "after": "Another"}}}
    ]
    assert found["events.json"]["changed"] == [
        {"id": "bridge-2020", "fields": {"label": {"before": "The bridge, spring 2020", "after": "The bridge"}}}
    ]
    others = [found[f"{name}.json"] for name in ("addressees", "issuers", "outlets", "instruments", "measures")]
    assert [part for part in others if part["added"] or part["removed"] or part["changed"]] == []


def test_of_what_was_removed_nothing_is_published_once_more() -> None:
    secret = replace(OTHER, title="On a zebra", summary="A zebra.", aliases=("2020-04-01-older",))
    text = changes.dump(edition_of(whole(full(), secret))[0], edition_of(whole(full(), withdrawn(secret)))[0])
    assert "zebra" not in text
    assert json.loads(text)["statements.jsonl"]["removed"] == [
        {"id": "2020-05-01-other", "now": "2020-05-01-other", "status": "withdrawn"}
    ]
    found = parsed(*PAIRS["renamed"])["statements.jsonl"]
    assert found["removed"] == [{"id": "2020-05-01-other", "now": "2020-05-01-letter", "status": "published"}]
    assert [record["id"] for record in found["added"]] == ["2020-05-01-letter"]


def test_a_record_is_a_line() -> None:
    text = changes.dump(*(edition_of(archive)[0] for archive in PAIRS["added"]))
    assert sum(line.startswith('{"id"') for line in text.splitlines()) == 2
