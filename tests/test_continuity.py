"""What was published stays, and is not changed in silence: an earlier manifest against the archive as it is."""

import datetime
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive import check, cli, continuity, edtf, publish, read, site
from archive.exports import manifest
from archive.model import Archive, Change, Figure, Relation
from builders import FIRST, PROJECT, archive_of, minimal_root, statement, statement_text
from exported import full, whole

FIRST_ENTRY: dict[str, Any] = {"date": "2026-11-23", "kind": "addition", "note": "First archived."}
SECOND: dict[str, Any] = {"date": "2026-11-25", "kind": "clarification", "note": "The place is given."}
THIRD: dict[str, Any] = {"date": "2026-11-26", "kind": "correction", "note": "The title was wrong."}
RENAMED = "statements/2021/2021-09-21-renamed.md"
OTHER = "statements/2021/2021-09-22-other.md"
OTHER_TEXT = statement_text(date="2021-09-22", related=[{"id": "2021-09-21-first", "relation": "repeats"}])

Tree = Mapping[str, str | None]


@pytest.fixture
def told(tmp_path: Path) -> Callable[[Tree, Tree], list[str]]:
    """What is said of a project with the second files, after one with the first was published; None for no file."""

    def hold(before: Tree, after: Tree) -> list[str]:
        shutil.rmtree(tmp_path / "project", ignore_errors=True)
        root = minimal_root(tmp_path / "project", {path: text for path, text in before.items() if text is not None})
        earlier = manifest.parse(manifest.dump(site.load(root)).encode())
        for path, text in after.items():
            if text is None:
                (root / path).unlink()
            else:
                (root / path).parent.mkdir(exist_ok=True)
                (root / path).write_text(text, "utf-8")
        try:
            site.load(root, earlier)
        except site.ContentError as error:
            return list(map(str, error.problems))
        return []

    return hold


def history(*entries: Mapping[str, str], **changes: Any) -> str:
    return statement_text(history=list(entries), **changes)


def test_nothing_is_said_of_an_archive_that_stayed_or_grew(told: Callable[[Tree, Tree], list[str]]) -> None:
    before = {FIRST: history(FIRST_ENTRY, SECOND)}
    assert told(before, {}) == []
    assert told(before, {OTHER: OTHER_TEXT, FIRST: history(FIRST_ENTRY, SECOND, THIRD, title="Statement")}) == []


CHANGES: dict[str, dict[str, Any]] = {
    "a title": {"title": "Statement on the new bridge"},
    "a field added": {"original_language": "az"},
    "a source": {"sources": [{"kind": "press-report", "outlet": "daily"}]},
    "the summary": {"body": "The Office says that the bridge was closed."},
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_of_substance_needs_a_new_entry(case: str, told: Callable[[Tree, Tree], list[str]]) -> None:
    changes = CHANGES[case]
    text = statement_text(**changes)
    name = "summary" if "body" in changes else next(iter(changes))
    (problem,) = told({}, {FIRST: text})
    line = next(n for n, found in enumerate(text.splitlines(), 1) if found.startswith((f"{name}:", "The Office says")))
    line += name == "sources"  # a list begins on the line after its name
    field = "body" if name == "summary" else name
    assert problem.startswith(f"{FIRST}:{line}:")
    assert f": {field}: {name} changed since it was published, and history has no new entry (add an entry" in problem
    assert told({}, {FIRST: history(FIRST_ENTRY, THIRD, **changes)}) == []


def test_every_changed_field_is_named(told: Callable[[Tree, Tree], list[str]]) -> None:
    (problem,) = told({}, {FIRST: statement_text(title="Statement", form="appeal", body="The Office says so.")})
    assert "title, form, summary changed since it was published" in problem


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([{**FIRST_ENTRY, "note": "Archived."}, SECOND], ["history[1]: the published entry of 2026-11-23 was altered"]),
        ([FIRST_ENTRY], ["history: the published entry of 2026-11-25 was removed"]),
        ([SECOND], ["history: the published entry of 2026-11-23 was removed"]),
        (
            [FIRST_ENTRY, {**SECOND, "note": "A first one."}, SECOND],
            ["history[2]: is new and stands before an entry that is published"],
        ),
        (
            [FIRST_ENTRY, {**SECOND, "date": "2026-11-24"}],
            ["history[2]: the published entry of 2026-11-25 was altered"],
        ),
        (
            [{**FIRST_ENTRY, "kind": "correction"}, SECOND, THIRD],
            ["history[1]: the published entry of 2026-11-23 was altered"],
        ),
    ],
)
def test_a_published_entry_stays_as_and_where_it_is(
    entries: list[dict[str, str]], said: list[str], told: Callable[[Tree, Tree], list[str]]
) -> None:
    problems = told({FIRST: history(FIRST_ENTRY, SECOND)}, {FIRST: history(*entries)})
    assert [problem.split(": ", 1)[1].rpartition(" (")[0] for problem in problems] == said


def test_a_record_that_is_gone_is_missed_and_its_double_is_named(told: Callable[[Tree, Tree], list[str]]) -> None:
    (problem,) = told({}, {FIRST: None, OTHER: statement_text(date="2021-09-22")})
    assert problem == (
        f"{FIRST}:1:1: was published at /statements/2021/2021-09-21-first/ and is gone (restore it, and withdraw it "
        "with its reason if need be; if it was renamed, add its id to the aliases)"
    )


def test_a_renamed_record_needs_its_former_id_and_nothing_else(told: Callable[[Tree, Tree], list[str]]) -> None:
    (problem,) = told({}, {FIRST: None, RENAMED: statement_text()})
    assert "if it was renamed to 2021-09-21-renamed, add 2021-09-21-first to the aliases there" in problem
    assert told({}, {FIRST: None, RENAMED: statement_text(aliases=["2021-09-21-first"])}) == []


def test_who_cites_a_renamed_record_follows_without_an_entry(told: Callable[[Tree, Tree], list[str]]) -> None:
    body = "The Office says [so](2021-09-21-{}.md), and [more](/statements/2021/2021-09-21-{}/)."
    related = {"date": "2021-09-22", "related": [{"id": "2021-09-21-first", "relation": "repeats"}]}
    before = {OTHER: statement_text(body.format("first", "first"), **related)}
    related["related"] = [{"id": "2021-09-21-renamed", "relation": "repeats"}]
    after = {
        FIRST: None,
        RENAMED: statement_text(aliases=["2021-09-21-first"]),
        OTHER: statement_text(body.format("renamed", "renamed"), **related),
    }
    assert told(before, after) == []


def test_a_renamed_record_that_changed_as_well_needs_an_entry(told: Callable[[Tree, Tree], list[str]]) -> None:
    text = statement_text(aliases=["2021-09-21-first"], form="appeal")
    (problem,) = told({}, {FIRST: None, RENAMED: text})
    assert problem.startswith(f"{RENAMED}:5:7: form: form changed since it was published")


def test_a_record_taken_in_by_another_needs_an_entry_there(told: Callable[[Tree, Tree], list[str]]) -> None:
    before = {OTHER: statement_text(date="2021-09-22")}
    merged = {"date": "2021-09-22", "aliases": ["2021-09-21-first"]}
    (problem,) = told(before, {FIRST: None, OTHER: statement_text(**merged)})
    assert "aliases: took in the record '2021-09-21-first', which was published" in problem
    assert told(before, {FIRST: None, OTHER: history(FIRST_ENTRY, THIRD, **merged)}) == []


def test_a_former_id_stays_with_its_record(told: Callable[[Tree, Tree], list[str]]) -> None:
    before = {FIRST: statement_text(aliases=["2021-09-20-old"]), OTHER: OTHER_TEXT}
    (gone,) = told(before, {FIRST: statement_text()})
    assert "'2021-09-20-old' was published as a former id and is gone (add 2021-09-20-old to aliases again)" in gone
    moved = OTHER_TEXT.replace("sources:", "aliases: [2021-09-20-old]\nsources:")
    (moves,) = told(before, {FIRST: statement_text(), OTHER: moved})
    assert "'2021-09-20-old' was published as a former id and now leads to 2021-09-22-other" in moves
    (first,) = told(before, {FIRST: statement_text(aliases=["2021-09-19-older", "2021-09-20-old"])})
    assert "'2021-09-19-older' stands before '2021-09-20-old', the record's id in feeds" in first
    assert told(before, {FIRST: statement_text(aliases=["2021-09-20-old", "2021-09-19-older"])}) == []


def test_what_was_published_is_withdrawn_and_never_again_a_draft(told: Callable[[Tree, Tree], list[str]]) -> None:
    (problem,) = told({}, {FIRST: statement_text(status="draft")})
    assert ": status: was published at /statements/2021/2021-09-21-first/ and is a draft now (set status: w" in problem
    withdrawal = {"date": "2026-11-26", "kind": "withdrawal", "note": "It was another office's."}
    withdrawn = history(FIRST_ENTRY, withdrawal, status="withdrawn")
    assert told({}, {FIRST: withdrawn}) == []
    assert told({FIRST: withdrawn}, {FIRST: withdrawn.replace("form: statement", "form: appeal")}) == []
    shown, removed = told({FIRST: withdrawn}, {FIRST: history(FIRST_ENTRY)})
    assert "history: the published entry of 2026-11-26 was removed" in removed
    assert "status changed since it was published" in shown


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("events", "events.yml:1:1: the event 'quay-1992' was published at /events/quay-1992/ and is gone (restore"),
        ("addressees", "addressees.yml:1:1: the addressee 'guild' was published at /addressees/guild/ and is gone ("),
    ],
)
def test_events_and_addressees_stay(file: str, said: str, tmp_path: Path) -> None:
    root = minimal_root(tmp_path)
    path = root / "statements" / "authorities" / f"{file}.yml"
    text = path.read_text("utf-8")
    more = {"events": "quay-1992: {label: Quay, date: 1992}\n", "addressees": "guild: {label: Guild, kind: ngo}\n"}
    path.write_text(text + more[file], "utf-8")
    earlier = manifest.parse(manifest.dump(site.load(root)).encode())
    site.load(root, earlier)
    path.write_text(text, "utf-8")
    with pytest.raises(site.ContentError) as found:
        site.load(root, earlier)
    (problem,) = map(str, found.value.problems)
    assert said in problem


def test_a_hand_written_page_stays(told: Callable[[Tree, Tree], list[str]]) -> None:
    (problem,) = told({"docs/history.md": "# History\n"}, {"docs/history.md": None})
    assert problem.startswith("docs/history.md:1:1: was published at /history/ and is gone (restore the page;")


UNCHANGED: dict[str, Callable[[], tuple[Archive, Archive]]] = {
    "lines broken elsewhere": lambda: (
        archive_of(statement(summary="One two\nthree.\n\nFour.")),
        archive_of(statement(summary="One\ntwo  three.\n\n\nFour.\n")),
    ),
    "a default written out": lambda: (
        archive_of(statement(figures=(Figure(event="bridge-2020", measure="boats"),))),
        archive_of(statement(figures=(Figure(event="bridge-2020", measure="boats", qualifier="exactly", source=1),))),
    ),
    "what no longer shows": lambda: (
        archive_of(_withdrawn(title="One")),
        archive_of(_withdrawn(title="Two")),
    ),
    "a former id": lambda: (archive_of(statement()), archive_of(statement(aliases=("2021-09-20-old",)))),
}


def _withdrawn(**changes: Any) -> Any:
    withdrawal = Change(date=datetime.date(2026, 11, 26), kind="withdrawal", note="Another office's.")
    return replace(statement(**changes), status="withdrawn", history=(*statement().history, withdrawal))


@pytest.mark.parametrize("case", UNCHANGED)
def test_what_is_no_substance_has_no_part_in_the_hash(case: str) -> None:
    before, after = (manifest.of(archive).records[0] for archive in UNCHANGED[case]())
    assert (before.sha256, before.fields) == (after.sha256, after.fields)


CHANGED: dict[str, dict[str, Any]] = {
    "summary": {"summary": "The Office says that the bridge was opened.\n\nTwice."},
    "date": {"date": edtf.parse("2021-09-21~")},
    "related": {"related": (Relation(id="2020-05-01-other", relation="repeats"),)},
    "addressees": {"addressees": ("neighbours", "council")},
    "figures": {"figures": (Figure(event="bridge-2020", measure="boats-counted"),)},
    "status": {"status": "draft"},
    "content_notes": {"content_notes": ()},
}


@pytest.mark.parametrize("name", CHANGED)
def test_every_field_is_substance(name: str) -> None:
    before, after = (manifest.of(whole(one)).records[-1] for one in (full(), replace(full(), **CHANGED[name])))
    assert before.sha256 != after.sha256
    names = before.fields.keys() | after.fields.keys()
    assert {field for field in names if before.fields.get(field) != after.fields.get(field)} == {name}


def test_a_manifest_is_read_as_it_was_written_a_record_a_line() -> None:
    archive = whole(full())
    text = manifest.dump(archive)
    assert manifest.parse(text.encode()) == manifest.of(archive)
    found = json.loads(text)
    assert [record["id"] for record in found["records"]] == sorted(one.id for one in archive.statements)
    assert "statements/2021/2021-09-20-old/" in found["addresses"]
    assert found["addresses"] == sorted(found["addresses"])
    assert sum(line.startswith('{"id"') for line in text.splitlines()) == len(archive.statements)


BROKEN = {
    "nothing": (b"", "is not a manifest: it is not whole JSON"),
    "half of one": (b'{"format": "ombudsman-statements-manifest", "version": 1, "rec', "it is not whole JSON"),
    "no text": (b"\xff\xfe\x00", "it is not whole JSON"),
    "brackets": (b"[" * 100_000, "it is not whole JSON"),
    "a web page": (b"<!doctype html>", "it is not whole JSON"),
    "a list": (b"[]", 'it does not say "format"'),
    "another format": (b'{"format": "lock", "version": 1}', 'it does not say "format"'),
    "a newer one": (
        b'{"format": "ombudsman-statements-manifest", "version": 2}',
        "is a manifest of version 2; this program reads version 1",
    ),
    "without records": (
        b'{"format": "ombudsman-statements-manifest", "version": 1, "naming_authority": "a.example,2026"}',
        "is a damaged manifest: it has no 'records'",
    ),
    "odd records": (
        b'{"format": "ombudsman-statements-manifest", "version": 1, "naming_authority": "a", "records": {"a": 1}}',
        'is a damaged manifest: {"a": 1} stands where a list should',
    ),
    "odd texts": (
        b'{"format": "ombudsman-statements-manifest", "version": 1, "naming_authority": 7}',
        "is a damaged manifest: 7 stands where a text should",
    ),
}


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("case", BROKEN)
def test_what_is_no_manifest_is_refused(
    case: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, said = BROKEN[case]
    root, file = minimal_root(tmp_path / "project"), tmp_path / "earlier.json"
    file.write_bytes(data)
    assert cli.main([command, "--root", str(root), "--since", str(file)]) == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.endswith("name the data/v1/manifest.json of the site as published\n")
    assert not (root / "site").exists()


def test_a_manifest_that_is_not_there_or_of_another_archive_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, file = minimal_root(tmp_path / "project"), tmp_path / "earlier.json"
    assert cli.main(["check", "--root", str(root), "--since", str(file)]) == 2
    assert capsys.readouterr().err == f"archive: {file}: No such file or directory\n"
    file.write_text(manifest.dump(archive_of(naming_authority="other.example,2020")), "utf-8")
    assert cli.main(["check", "--root", str(root), "--since", str(file)]) == 2
    assert "the manifest is that of 'other.example,2020', and this archive is" in capsys.readouterr().err


def test_a_broken_promise_stops_the_build_and_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file = minimal_root(tmp_path / "project"), tmp_path / "earlier.json"
    file.write_text(manifest.dump(site.load(root)), "utf-8")
    published: list[Path] = []
    monkeypatch.setattr(publish, "build", lambda root, out, *_: published.append(out) or 1)
    for command in ("check", "build"):
        assert cli.main([command, "--root", str(root), "--since", str(file)]) == 0
    assert published == [root / "site"]
    (root / FIRST).write_text(statement_text(form="appeal"), "utf-8")
    for command in ("check", "build"):
        capsys.readouterr()
        assert cli.main([command, "--root", str(root), "--since", str(file)]) == 1
        assert f"{FIRST}:5:7: form: form changed since it was published" in capsys.readouterr().out
    assert published == [root / "site"]


def test_the_real_archive_keeps_its_own_promises() -> None:
    reading = read.read(PROJECT)
    archive, _ = check.check(reading)
    assert continuity.broken(manifest.of(archive), archive, reading) == ()
