"""What was published stays, and is not changed in silence: an earlier edition against the archive as it is."""

import datetime
import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive import cli
from archive.content import reader
from archive.exports.data.json_records import dump_json, load_json
from archive.model import config, edtf, urls
from archive.model.config import read_settings
from archive.model.errors import ArchiveError
from archive.model.records import Change, Event, Figure, Name, Relation, SameAs, Statement
from archive.publish import continuity, edition, fixity, former, generate, loading
from archive.publish.edition import Edition
from archive.publish.loading import load_archive
from archive.validation import validate
from builders import (
    DATA,
    FIRST,
    archive_of,
    minimal_files,
    minimal_root,
    plain_settings,
    statement,
    statement_text,
    tree_of,
    write_tree,
)
from exported import Asked, full
from plain_site import plain_root

FIRST_ENTRY: dict[str, Any] = {"date": "2026-11-23", "kind": "addition", "note": "First archived."}
SECOND: dict[str, Any] = {"date": "2026-11-25", "kind": "clarification", "note": "The place is given."}
THIRD: dict[str, Any] = {"date": "2026-11-26", "kind": "correction", "note": "The title was wrong."}
FIRST_WAS, SECOND_WAS = "the published entry of 2026-11-23 was", "the published entry of 2026-11-25 was"
RENAMED = "statements/2021/2021-09-21-renamed.md"
OTHER = "statements/2021/2021-09-22-other.md"
OTHER_TEXT = statement_text(date="2021-09-22", related=[{"id": "2021-09-21-first", "relation": "repeats"}])

Tree = Mapping[str, str | None]


@pytest.fixture(scope="module")
def editions() -> dict[frozenset[tuple[str, str]], Edition]:
    """What projects publish, by the files that they have beside those of the minimal archive."""
    return {}


@pytest.fixture
def compare(tmp_path: Path, editions: dict[frozenset[tuple[str, str]], Edition]) -> Callable[[Tree, Tree], list[str]]:
    """Compare a project with the second files to the edition with the first; None for no file. Gives the problems."""

    def compare_trees(before: Tree, after: Tree) -> list[str]:
        shutil.rmtree(tmp_path / "project", ignore_errors=True)
        files = {path: text for path, text in before.items() if text is not None}
        root, known = minimal_root(tmp_path / "project", files), frozenset(files.items())
        if known not in editions:
            editions[known] = published(root)
        earlier = editions[known]
        for path, text in after.items():
            if text is None:
                (root / path).unlink()
            else:
                (root / path).parent.mkdir(exist_ok=True)
                (root / path).write_text(text, "utf-8")
        return problems_since(earlier, root)

    return compare_trees


def published(root: Path) -> Edition:
    """What the next edition of this project publishes."""
    return generate.published(load_archive(root))


def edition_of(*statements: Statement, **changes: Any) -> Edition:
    """What the data of an archive with these statements publish, without addresses of pages."""
    files = Asked(archive_of(*statements, **changes))
    return edition.parse({name: files[name] for name in edition.NAMES})


def changed(before: Statement, after: Statement) -> list[str]:
    """The problems of an archive whose one statement is not as it was."""
    return list(map(str, continuity.breaking_changes(edition_of(before), edition_of(after), tuple)))


def problems_since(earlier: Edition, root: Path) -> list[str]:
    """Compare the project as it is with an earlier edition; return the problems."""
    reading = reader.read(root)
    archive, problems = validate.check(reading)
    assert problems == ()
    now = generate.published(loading.with_settings(archive, read_settings(root)))
    return list(map(str, continuity.breaking_changes(earlier, now, lambda: reading.statements)))


def data_of(root: Path) -> dict[str, bytes]:
    """The files of the data of this project that a later edition is compared with."""
    files = generate.generate(load_archive(root))
    contents = {name: files[f"data/v1/{name}"] for name in (*edition.NAMES, "SHA256SUMS")}
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in contents.items()}


def history(*entries: Mapping[str, str], **changes: Any) -> str:
    return statement_text(history=list(entries), **changes)


def test_an_archive_that_stayed_or_grew_has_no_problem(compare: Callable[[Tree, Tree], list[str]]) -> None:
    before = {FIRST: history(FIRST_ENTRY, SECOND)}
    assert compare(before, {}) == []
    assert compare(before, {OTHER: OTHER_TEXT, FIRST: history(FIRST_ENTRY, SECOND, THIRD, title="Statement")}) == []


CHANGES: dict[str, tuple[dict[str, Any], str, str]] = {  # what is changed, in which field, from what to what
    "a title": (
        {"title": "Statement on a new bridge"},
        "title",
        "from 'Statement on the bridge' to 'Statement on a new b",
    ),
    "a field added": ({"original_language": "az"}, "original_language", "from nothing to 'az'"),
    "a list": (
        {"events": ["bridge-2020", "harbour-1992"]},
        "events",
        "from 'bridge-2020' to 'bridge-2020, harbour-1992'",
    ),
    "a source": (
        {"sources": [{"kind": "press-report", "outlet": "daily"}]},
        "sources[1].url",
        "from 'https://daily.example/1' to nothing",
    ),
    "a list of records": (
        {"terms": [{"term": "grand", "about": "bridge-2020"}, {"term": "old"}]},
        "terms",
        "from nothing to 'term: grand, about: bridge-2020, source: 1, locator: par. 1; term: old, source:…'",
    ),
    "the summary": (
        {"body": "The Office says that the\nbridge was closed."},
        "body",
        "from 'The Office says that the bridge was opened.' to 'The Office says that the bridge was closed.'",
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_of_substance_needs_a_new_entry(case: str, compare: Callable[[Tree, Tree], list[str]]) -> None:
    changes, field, account = CHANGES[case]
    text = statement_text(**changes)
    (problem,) = compare({}, {FIRST: text})
    name = field.partition("[")[0]
    line = next(n for n, found in enumerate(text.splitlines(), 1) if found.startswith((f"{name}:", "The Office says")))
    line += name in ("sources", "terms", "events")  # a list begins on the line after its name
    assert problem.startswith(f"{FIRST}:{line}:")
    assert f": {field}: changed since it was published, {account}" in problem
    assert ", and history has no new entry (add an entry at the end of history, with the day, the kind" in problem
    assert compare({}, {FIRST: history(FIRST_ENTRY, THIRD, **changes)}) == []


def test_every_changed_field_is_named(compare: Callable[[Tree, Tree], list[str]]) -> None:
    problems = compare({}, {FIRST: statement_text(title="Statement", form="appeal", body="The Office says so.")})
    assert [problem.split(": ")[1] for problem in problems] == ["title", "form", "body"]


def test_of_a_long_text_the_account_has_where_it_changed() -> None:
    text = "The Office says that the bridge was opened, and that it is {} than the one that stood there before. "
    before, after = (statement(summary=text.format(word) * 2) for word in ("wider", "longer"))
    (problem,) = changed(before, after)
    assert (
        "from '…opened, and that it is wider than the one that stood there before. The Office…' "
        "to '…opened, and that it is longer than the one that stood there before. The Office…', and"
    ) in problem
    (problem,) = changed(before, replace(before, summary=f"{before.summary}It is new."))
    assert "from '…that stood there before.' to '…that stood there before. It is new.', and" in problem
    before, after = (statement(title=f"See https://a.example/{'a' * 90}/{end}/{'b' * 90}") for end in ("old", "new"))
    (problem,) = changed(before, after)
    assert f"from '…{'a' * 19}/old/{'b' * 54}…' to '…{'a' * 19}/new/{'b' * 54}…', and" in problem


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            [{**FIRST_ENTRY, "note": "Archived."}, SECOND],
            [f"history[1]: {FIRST_WAS} altered: note from 'First archived.' to 'Archived.'"],
        ),
        ([FIRST_ENTRY], [f"history: {SECOND_WAS} removed: 'The place is given.'"]),
        ([SECOND], [f"history: {FIRST_WAS} removed: 'First archived.'"]),
        (
            [FIRST_ENTRY, {**SECOND, "note": "A first one."}, SECOND],
            ["history[2]: is new and stands before an entry that is published"],
        ),
        (
            [FIRST_ENTRY, {**SECOND, "date": "2026-11-24"}],
            [f"history[2]: {SECOND_WAS} altered: date from '2026-11-25' to '2026-11-24'"],
        ),
        (
            [{**FIRST_ENTRY, "kind": "correction"}, SECOND, THIRD],
            [f"history[1]: {FIRST_WAS} altered: kind from 'addition' to 'correction'"],
        ),
    ],
)
def test_a_published_entry_stays_as_and_where_it_is(
    entries: list[dict[str, str]], message: list[str], compare: Callable[[Tree, Tree], list[str]]
) -> None:
    problems = compare({FIRST: history(FIRST_ENTRY, SECOND)}, {FIRST: history(*entries)})
    assert [problem.split(": ", 1)[1].rpartition(" (")[0] for problem in problems] == message


def test_a_record_that_is_gone_is_reported_with_its_double(compare: Callable[[Tree, Tree], list[str]]) -> None:
    (problem,) = compare({}, {FIRST: None, OTHER: statement_text(date="2021-09-22")})
    assert problem == (
        f"{FIRST}:1:1: was published at /statements/2021/2021-09-21-first/ and is gone (restore it, and withdraw it "
        "with its reason if need be; if it was renamed, add its id to the aliases)"
    )


def test_a_renamed_record_needs_its_former_id_and_nothing_else(compare: Callable[[Tree, Tree], list[str]]) -> None:
    (problem,) = compare({}, {FIRST: None, RENAMED: statement_text()})
    assert "if it was renamed to 2021-09-21-renamed, add 2021-09-21-first to the aliases there" in problem
    assert compare({}, {FIRST: None, RENAMED: statement_text(aliases=["2021-09-21-first"])}) == []


def test_who_cites_a_renamed_record_follows_without_an_entry(compare: Callable[[Tree, Tree], list[str]]) -> None:
    body = "The Office says [so](2021-09-21-{}.md), and [more](/statements/2021/2021-09-21-{}/)."
    related = {"date": "2021-09-22", "related": [{"id": "2021-09-21-first", "relation": "repeats"}]}
    before = {OTHER: statement_text(body.format("first", "first"), **related)}
    related["related"] = [{"id": "2021-09-21-renamed", "relation": "repeats"}]
    after = {
        FIRST: None,
        RENAMED: statement_text(aliases=["2021-09-21-first"]),
        OTHER: statement_text(body.format("renamed", "renamed"), **related),
    }
    assert compare(before, after) == []


def test_who_cites_another_record_than_before_needs_an_entry(compare: Callable[[Tree, Tree], list[str]]) -> None:
    third = "statements/2021/2021-09-23-third.md"
    cites = {"date": "2021-09-23", "related": [{"id": "2021-09-21-first", "relation": "repeats"}]}
    before = {
        OTHER: statement_text(date="2021-09-22"),
        third: statement_text("See [it](2021-09-21-first.md).", **cites),
    }
    summary = {third: statement_text("See [it](2021-09-22-other.md).", **cites)}
    (problem,) = compare(before, summary)
    assert (
        ": body: changed since it was published, from 'See [it](2021-09-21-first.md).' to 'See [it](2021-09-2"
        in problem
    )
    cites["related"] = [{"id": "2021-09-22-other", "relation": "repeats"}]
    (problem,) = compare(before, {third: statement_text("See [it](2021-09-21-first.md).", **cites)})
    assert ": related[1].id: changed since it was published, from '2021-09-21-first' to '2021-09-22-other'" in problem


def test_who_cites_a_record_taken_in_by_another_follows_without_an_entry(
    compare: Callable[[Tree, Tree], list[str]],
) -> None:
    third = "statements/2021/2021-09-23-third.md"
    cites = {"date": "2021-09-23", "related": [{"id": "2021-09-21-first", "relation": "repeats"}]}
    before = {OTHER: statement_text(date="2021-09-22"), third: statement_text(**cites)}
    cites["related"] = [{"id": "2021-09-22-other", "relation": "repeats"}]
    merged = history(FIRST_ENTRY, THIRD, date="2021-09-22", aliases=["2021-09-21-first"])
    assert compare(before, {FIRST: None, OTHER: merged, third: statement_text(**cites)}) == []


def test_a_renamed_record_that_changed_as_well_needs_an_entry(compare: Callable[[Tree, Tree], list[str]]) -> None:
    text = statement_text(aliases=["2021-09-21-first"], form="appeal")
    (problem,) = compare({}, {FIRST: None, RENAMED: text})
    assert problem.startswith(f"{RENAMED}:5:7: form: changed since it was published")


def test_a_record_taken_in_by_another_needs_an_entry_there(compare: Callable[[Tree, Tree], list[str]]) -> None:
    before = {OTHER: statement_text(date="2021-09-22")}
    merged = {"date": "2021-09-22", "aliases": ["2021-09-21-first"]}
    (problem,) = compare(before, {FIRST: None, OTHER: statement_text(**merged)})
    assert "aliases: took in the record '2021-09-21-first', which was published" in problem
    assert compare(before, {FIRST: None, OTHER: history(FIRST_ENTRY, THIRD, **merged)}) == []


def test_a_former_id_stays_with_its_record(compare: Callable[[Tree, Tree], list[str]]) -> None:
    before = {FIRST: statement_text(aliases=["2021-09-20-old"]), OTHER: OTHER_TEXT}
    (gone,) = compare(before, {FIRST: statement_text()})
    assert "'2021-09-20-old' was published as a former id and is gone (add 2021-09-20-old to aliases again)" in gone
    moved = OTHER_TEXT.replace("sources:", "aliases: [2021-09-20-old]\nsources:")
    (moves,) = compare(before, {FIRST: statement_text(), OTHER: moved})
    assert "'2021-09-20-old' was published as a former id and now redirects to 2021-09-22-other" in moves
    (first,) = compare(before, {FIRST: statement_text(aliases=["2021-09-19-older", "2021-09-20-old"])})
    assert "'2021-09-19-older' stands before '2021-09-20-old', the record's id in feeds" in first
    assert compare(before, {FIRST: statement_text(aliases=["2021-09-20-old", "2021-09-19-older"])}) == []
    assert compare({}, {FIRST: statement_text(aliases=["2021-09-20-old"])}) == []


def test_what_was_published_is_withdrawn_and_never_again_a_draft(compare: Callable[[Tree, Tree], list[str]]) -> None:
    (problem,) = compare({}, {FIRST: statement_text(status="draft")})
    assert ": status: was published at /statements/2021/2021-09-21-first/ and is a draft now (set status: w" in problem
    withdrawal = {"date": "2026-11-26", "kind": "withdrawal", "note": "It was another office's."}
    withdrawn = history(FIRST_ENTRY, withdrawal, status="withdrawn")
    assert compare({}, {FIRST: withdrawn}) == []
    assert compare({FIRST: withdrawn}, {FIRST: withdrawn.replace("form: statement", "form: appeal")}) == []
    shown, removed = compare({FIRST: withdrawn}, {FIRST: history(FIRST_ENTRY)})
    assert "history: the published entry of 2026-11-26 was removed (restore" in removed  # what it said is not published
    assert "status: changed since it was published, from 'withdrawn' to 'published'" in shown


AUTHORITIES = {
    "events": "quay-1992: {label: Quay, date: 1992}",
    "addressees": "guild: {label: Guild, kind: ngo}",
    "issuers": "branch: {label: Branch office}",
    "outlets": "weekly: {label: Weekly, kind: newspaper}",
    "instruments": "pact: {label: Pact, kind: treaty}",
    "measures": "rafts-counted: {label: rafts counted, definition: Rafts that were counted., read: no}",
}


@pytest.mark.parametrize("file", AUTHORITIES)
def test_the_id_of_an_authority_stays(file: str, tmp_path: Path) -> None:
    root = minimal_root(tmp_path)
    path = root / "statements" / "authorities" / f"{file}.yml"
    text = path.read_text("utf-8")
    path.write_text(f"{text}{AUTHORITIES[file]}\n", "utf-8")
    earlier = published(root)
    assert problems_since(earlier, root) == []
    path.write_text(text, "utf-8")
    (problem,) = problems_since(earlier, root)
    id = AUTHORITIES[file].partition(":")[0]
    assert problem == (
        f"statements/authorities/{file}.yml:1:1: '{id}' was published and is gone "
        "(restore it with its id, by which the data know it; its label may change)"
    )


RETOLD = {  # what is changed in an entry, and what is reported as changed
    "events": (
        "The bridge, spring 2020",
        "The bridge, spring of 2020",
        "bridge-2020: label from 'The bridge, spring 2020' to 'The bridge, spring of 2020'",
    ),
    "measures": (
        "definition: Boats that",
        "definition: Large boats that",
        "boats-counted: definition from 'Boats that were counted, of any size.' to "
        "'Large boats that were counted, of any size.'",
    ),
    "issuers": ("until: 2019-11", "until: 2019", "office: holders[1].until from '2019-11' to '2019'"),
}


@pytest.mark.parametrize("file", RETOLD)
def test_a_changed_authority_is_named_and_stops_nothing(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, message = RETOLD[file]
    root = minimal_root(tmp_path / "project")
    kept = write_tree(tmp_path / "earlier", data_of(root))
    path = root / "statements" / "authorities" / f"{file}.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert cli.main(["check", "--root", str(root), "--since", str(kept)]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "1 entry of the authorities changed since the edition before:",
        f"statements/authorities/{file}.yml: {message}",
    ]


@pytest.mark.parametrize("field", ["label", "date", "summary", "names", "parent", "same_as"])
def test_every_field_of_an_authority_is_held(field: str) -> None:
    changes: dict[str, Any] = {
        "label": "Bridge",
        "date": edtf.parse("2020-05"),
        "summary": "A bridge was opened.",
        "names": (Name(name="The bridge", language="en"),),
        "parent": "harbour-1992",
        "same_as": SameAs(wikidata="Q1"),
    }
    event = Event(id="bridge-2020", label="Opening of the bridge", date=edtf.parse("2020-05-01"))
    events = archive_of().authorities["events"]
    before, after = (
        edition_of(events={**events, event.id: one}) for one in (event, replace(event, **{field: changes[field]}))
    )
    (line,) = continuity.authority_changes(before, after)[1:]
    assert re.match(rf"statements/authorities/events\.yml: bridge-2020: {field}\S* from .+ to .+", line)


def test_what_is_for_drafts_only_is_no_change_of_an_authority() -> None:
    event = Event(id="bridge-2020", label="Opening of the bridge", date=edtf.parse("2020-05-01"))
    before, after = (edition_of(events={event.id: one}) for one in (event, replace(event, said=("the opening",))))
    assert before == after


@pytest.mark.parametrize(
    ("path", "address"), [("history.md", "history/"), ("files/plan.pdf", "files/plan.pdf"), ("old.html", "old.html")]
)
def test_what_is_in_docs_stays_or_redirects(
    path: str, address: str, compare: Callable[[Tree, Tree], list[str]]
) -> None:
    settings = plain_settings()
    assert compare({f"docs/{path}": "# History\n"}, {f"docs/{path}": None}) == [
        f"docs/{path}:1:1: was published at /{address} and is gone (restore it, or name the page that stands in its "
        "place: extra.redirects in mkdocs.yml)"
    ]
    redirected = f"{settings}  redirects: {{{address}: about/}}\n"
    gone = {f"docs/{path}": None, "mkdocs.yml": redirected}
    assert compare({f"docs/{path}": "# History\n"}, gone) == []
    (again,) = compare({"mkdocs.yml": redirected}, {"mkdocs.yml": settings})
    assert f"was published at /{address} and is gone" in again


def test_a_file_that_is_not_published_need_not_stay(compare: Callable[[Tree, Tree], list[str]]) -> None:
    assert compare({"docs/assets/screenshot.png": "x"}, {"docs/assets/screenshot.png": None}) == []


def test_a_page_that_is_left_out_is_not_published(compare: Callable[[Tree, Tree], list[str]]) -> None:
    settings = plain_settings()
    left_out = {"mkdocs.yml": settings.replace("  *~\n", "  *~\n  /history.md\n", 1)}
    (problem,) = compare({"docs/history.md": "# History\n"}, left_out)
    assert "was published at /history/ and is gone" in problem
    assert compare({"docs/history.md": "# History\n", **left_out}, {"docs/history.md": None}) == []


def test_a_year_and_a_month_stay_when_a_date_is_corrected(compare: Callable[[Tree, Tree], list[str]]) -> None:
    moved = {
        FIRST: None,
        "statements/2020/2020-09-21-first.md": history(
            FIRST_ENTRY, THIRD, date="2020-09-21", aliases=["2021-09-21-first"]
        ),
    }
    assert compare({}, moved) == []


def test_the_addresses_that_are_to_stay_are_those_of_pages_feeds_and_data(tmp_path: Path) -> None:
    root = minimal_root(tmp_path)
    standing = published(root).addresses
    assert {"", "about/", "statements/", "statements/2021/", "statements/2021/09/", "corrections/"} <= standing
    assert {"feed.xml", "events/bridge-2020/feed.json", "corrections/feed.xml"} <= standing
    assert {"data/v1/manifest.json", "data/v1/SHA256SUMS", "data/v1/schemas/events.schema.json"} <= standing
    made = generate.generate(load_archive(root))
    assert {path for path in made if path.startswith("data/v1/")} <= standing
    assert {urls.doc(path) for path in made if path.endswith(".md")} <= standing
    assert not [path for path in standing if path.startswith(("search/rows", "search/catalogue", "assets/"))]


@pytest.mark.parametrize(
    ("address", "path", "hint"),
    [
        ("statements/2020/", "mkdocs.yml", "restore what stood there, or name the page"),
        ("events/bridge-2020/2021/", "mkdocs.yml", "restore what stood there, or name the page"),
        ("data/v1/boats.csv", "mkdocs.yml", "the files of the data stay as long as their format, v1"),
        ("files/plan.pdf", "docs/files/plan.pdf", "restore it, or name the page"),
        ("", "docs/index.md", "restore it: nothing can stand in the place of the home page)"),
    ],
)
def test_any_other_address_that_is_gone_is_reported(address: str, path: str, hint: str, tmp_path: Path) -> None:
    earlier = published(minimal_root(tmp_path))
    now = replace(earlier, addresses=earlier.addresses - {address})
    earlier = replace(now, addresses=now.addresses | {address})
    (problem,) = map(str, continuity.breaking_changes(earlier, now, tuple))
    assert problem.startswith(f"{path}:1:1: was published at /{address} and is gone ({hint}")


REDIRECTS = {
    "to nothing": ("{history/: nowhere/}", "history/ leads to /nowhere/, where no page is"),
    "to another": ("{history/: about/, old/: history/}", "old/ leads to /history/, where no page is"),
    "from a page": ("{about/: method/}", "there is a page at /about/ (take it out)"),
    "from a file": ("{files/plan.pdf: about/}", "there is a file at /files/plan.pdf (take files/plan.pdf out)"),
    "from a folder": ("{files/plan.pdf/: about/}", "there is a file at /files/plan.pdf (take files/plan.pdf/ out)"),
    "from a feed": ("{feed.xml: about/}", "there is a file at /feed.xml (take feed.xml out)"),
    "from the data": ("{data/v1/figures.csv: about/}", "'data/v1/figures.csv' is not the former address of a page or"),
    "from above": ("{../etc/: about/}", "'../etc/' is not the former address of a page or a file"),
    "from here": ("{a/./b: about/}", "'a/./b' is not the former address of a page or a file"),
    "from above, at the end": ("{a/..: about/}", "'a/..' is not the former address of a page or a file"),
    "from a double stroke": ("{a//b/: about/}", "'a//b/' is not the former address of a page or a file"),
    "from the root": ("{/history/: about/}", "'/history/' is not the former address of a page or a file"),
    "from the home page": ("{'': about/}", "'' is not the former address of a page or a file"),
    "to a file": ("{history/: about}", "redirects.history/: 'about' is not the address of a page (from the root of"),
    "to the home page": ("{history/: /}", "redirects.history/: '/' is not the address of a page (from the root of"),
    "no group": ("[history/]", "is not a group of addresses (such as history/: about/)"),
}


@pytest.mark.parametrize("case", REDIRECTS)
def test_a_redirect_that_cannot_be_is_refused(case: str, tmp_path: Path) -> None:
    written, message = REDIRECTS[case]
    root = minimal_root(tmp_path, {"docs/files/plan.pdf": "x"})
    settings = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"{settings}  redirects: {written}\n", "utf-8")
    with pytest.raises(ArchiveError, match=r"mkdocs\.yml(:\d+:\d+)?: extra\.redirects") as found:
        generate.generate(load_archive(root))
    assert message in str(found.value)


@pytest.mark.parametrize(
    "former", ["our plan [2], a+b (c)!/", "data/old.csv", "data/v10/", "a/..b/c.d.pdf", "a*b?c#d\\e/", "\u0259la/é.pdf"]
)
def test_whatever_could_be_the_address_of_a_page_or_file_may_lead_on(former: str) -> None:
    assert config.parse_settings({"extra": {"redirects": {former: "about/"}}}).redirects == {former: "about/"}


SHOWN_OTHERWISE = {  # two summaries of the same words
    "a list": ("One\n\n- two\n- three", "One\n\n- two - three"),
    "a deeper list": ("- one\n- two", "- one\n    - two"),
    "a numbered list": ("- one\n- two", "1. one\n2. two"),
    "a list that begins elsewhere": ("1. one\n2. two", "3. one\n4. two"),
    "a table": ("| a | b |\n|---|---|\n| c | d |", "| a |\n|---|\n| b |\n| c | d |"),
    "a heading": ("## One\n\ntwo", "One\n\ntwo"),
    "a quotation": ("> one", "one"),
    "a line of its own": ("one  \ntwo", "one\ntwo"),
    "emphasis": ("one *two*", "one two"),
    "a paragraph": ("one\n\ntwo", "one\ntwo"),
    "code": ("    one  two", "    one two"),
    "where a link leads": ("[one](https://a.example/)", "[one](https://b.example/)"),
    "a place on a page": ("[one](/events/bridge-2020/#a)", "[one](/events/bridge-2020/#b)"),
}


@pytest.mark.parametrize("case", SHOWN_OTHERWISE)
def test_a_summary_that_shows_the_same_words_otherwise_has_changed(case: str) -> None:
    one, other = (statement(summary=text) for text in SHOWN_OTHERWISE[case])
    for before, after in ((one, other), (other, one)):
        (problem,) = changed(before, after)
        account = re.search(r": body: changed since it was published, from '(.+)' to '(.+)', and", problem)
        assert account
        assert account[1] != account[2]


UNCHANGED: dict[str, Callable[[], tuple[Statement, Statement]]] = {
    "lines broken elsewhere": lambda: (
        statement(summary="One two\nthree.\n\nFour."),
        statement(summary="One\ntwo  three.\n\n\nFour.\n"),
    ),
    "items broken elsewhere, and marked otherwise": lambda: (
        statement(summary="- one two\n- *three*\n"),
        statement(summary="* one\n  two\n* _three_"),
    ),
    "a link written otherwise": lambda: (
        statement(summary="[One](/statements/2021/2021-09-21-first/), [two](/events/bridge-2020/)"),
        statement(summary="[One](2021-09-21-first.md), [two][a]\n\n[a]: /events/bridge-2020/"),
    ),
    "a default written out": lambda: (
        statement(figures=(Figure(event="bridge-2020", measure="boats-counted"),)),
        statement(figures=(Figure(event="bridge-2020", measure="boats-counted", qualifier="exactly", source=1),)),
    ),
    "what no longer shows": lambda: (
        _withdrawn(title="One"),
        _withdrawn(title="Two"),
    ),
}


def _withdrawn(**changes: Any) -> Any:
    withdrawal = Change(date=datetime.date(2026, 11, 26), kind="withdrawal", note="Another office's.")
    return replace(statement(**changes), status="withdrawn", history=(*statement().history, withdrawal))


@pytest.mark.parametrize("case", UNCHANGED)
def test_what_is_no_substance_is_no_change(case: str) -> None:
    one, other = UNCHANGED[case]()
    assert changed(one, other) == changed(other, one) == []


CHANGED: dict[str, dict[str, Any]] = {
    "summary": {"summary": "The Office says that the bridge was opened.\n\nTwice."},
    "date": {"date": edtf.parse("2021-09-21~")},
    "related": {"related": (Relation(id="2020-05-01-other", relation="repeats"),)},
    "addressees": {"addressees": ("neighbours", "council")},
    "figures": {"figures": (Figure(event="bridge-2020", measure="boats-counted"),)},
    "content_notes": {"content_notes": ()},
}


@pytest.mark.parametrize("name", CHANGED)
def test_every_field_is_substance(name: str) -> None:
    problems = changed(full(), replace(full(), **CHANGED[name]))
    assert {re.split(r"[:\[]", problem.split(": ")[1])[0] for problem in problems} == {name.replace("summary", "body")}


FORMER = DATA / "golden" / "continuity" / "former"  # a project, and its data as the program made them that hashed them


def former_root(folder: Path) -> Path:
    """The project whose data the program of 24 November 2026 made."""
    files = {path: text for path, text in tree_of(FORMER).items() if not path.startswith("data/")}
    return write_tree(folder, {**minimal_files(), **files})


def edit(path: str, old: str, new: str) -> Callable[[Path], object]:
    def edit_in(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), "utf-8")

    return edit_in


ONE, TWO = "statements/2021/2021-09-21-first.md", "statements/2021/2021-09-22-other.md"
SILENT: dict[str, Callable[[Path], object]] = {
    "changed-record": edit(ONE, "value: 12.50, qualifier: about", "value: 12.5"),
    "changed-summary": edit(ONE, "*narrow*", "not wide"),
    "removed-record": lambda root: (root / TWO).unlink(),
    "renamed-record": lambda root: (root / TWO).rename(root / "statements/2021/2021-09-22-letter.md"),
    "altered-history": edit(ONE, "The number of boats was wrong.", "The number of boats is right."),
    "removed-history": edit(
        ONE, "  - {date: 2026-11-24, kind: correction, note: The number of boats was wrong.}\n", ""
    ),
    "withdrawn-history": edit("statements/2021/2021-09-23-withdrawn.md", "another office's", "not the office's"),
    "removed-page": lambda root: (root / "docs/history.md").unlink(),
    "removed-redirect": edit("mkdocs.yml", "{files/plan.pdf: about/}", "{}"),
    "changed-authority": edit("statements/authorities/events.yml", "The bridge, spring 2020", "The bridge in 2020"),
    "removed-authority": edit(
        "statements/authorities/events.yml",
        "harbour-1992:\n  label: The harbour, February 1992\n  date: 1992-02~\n  places: [old-quay]\n",
        "",
    ),
    "removed-outlet": edit(
        "statements/authorities/outlets.yml", "weekly:\n  label: The Weekly\n  kind: newspaper\n", ""
    ),
    "nothing": lambda root: None,
}


@pytest.mark.parametrize("made_by", ["the former program", "this one"])
@pytest.mark.parametrize("case", SILENT)
def test_a_silent_change_is_told_field_by_field(
    case: str, made_by: str, tmp_path: Path, golden: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    root = former_root(tmp_path / "project")
    before = FORMER if made_by == "the former program" else write_tree(tmp_path / "before", data_of(root))
    SILENT[case](root)
    code = cli.main(["check", "--root", str(root), "--since", str(before)])
    assert code == (0 if case in ("nothing", "changed-authority") else 1)
    printed = capsys.readouterr()
    golden(DATA / "golden" / "continuity" / f"{case}.txt", printed.err + printed.out)


def with_fields(data: Mapping[str, bytes], change: Callable[[dict[str, Any]], object]) -> Edition:
    """The edition with these files of data, each line of which has had this change."""
    lines = [load_json(line) for line in data["statements.jsonl"].splitlines()]
    for line in lines:
        change(line)
    changed = "".join(f"{dump_json(line)}\n" for line in lines).encode()
    return edition.parse({**data, "statements.jsonl": changed})


def test_a_field_that_the_former_format_did_not_have_is_no_change_of_a_record(tmp_path: Path) -> None:
    root = former_root(tmp_path)
    data = data_of(root)

    def without(fields: dict[str, Any]) -> None:
        del fields["addressees"]
        for figure in fields["figures"]:
            del figure["as_of"], figure["as_of_earliest"]
        for change in fields["history"]:
            del change["kind"]

    assert problems_since(with_fields(data, without), root) == []
    events = json.loads(data["events.json"])
    for event in events:
        del event["parent"]
    earlier = edition.parse({**data, "events.json": json.dumps(events).encode()})
    assert continuity.authority_changes(earlier, published(root)) == ()


def test_a_field_that_the_format_no_longer_has_is_a_change_where_it_had_a_value(tmp_path: Path) -> None:
    root = former_root(tmp_path)
    data = data_of(root)
    assert problems_since(with_fields(data, lambda fields: fields.update(colour=None, shades=[])), root) == []
    earlier = with_fields(data, lambda fields: fields.update(colour="red" if fields["form"] == "letter" else None))
    (problem,) = problems_since(earlier, root)
    assert problem.startswith(f"{TWO}:2:1: colour: changed since it was published, from 'red' to nothing, and history")


def test_an_edition_of_another_archive_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = minimal_root(tmp_path / "project")
    assert cli.main(["check", "--root", str(root), "--since", str(FORMER)]) == 2
    assert capsys.readouterr().err == (
        "archive: the edition before is that of 'archive.example,2026', and this archive is that of "
        "'example.org,2026': extra.naming_authority in mkdocs.yml never changes once the site is published; name an "
        "edition of this archive, or set it back\n"
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose site is built."""
    root = plain_root(tmp_path_factory.mktemp("built") / "project")
    assert cli.main(["build", "--root", str(root)]) == 0
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(built, tmp_path / "project"))


def since(root: Path) -> list[str]:
    """The options with which the project is compared with its own site."""
    return ["--root", str(root), "--since", str(root / "site")]


def test_a_broken_promise_stops_the_build_and_the_check(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree_of(root / "site")
    (root / FIRST).write_text(statement_text(form="appeal"), "utf-8")
    for command in ("check", "build"):
        capfd.readouterr()
        assert cli.main([command, *since(root)]) == 1
        assert (
            f"{FIRST}:5:7: form: changed since it was published, from 'statement' to 'appeal'" in capfd.readouterr().out
        )
    assert tree_of(root / "site") == before


def test_an_edition_keeps_the_promises_of_the_one_before(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A correction with its entry is taken, a changed authority is named, a page that is gone needs a redirect."""
    (root / FIRST).write_text(history(FIRST_ENTRY, THIRD, form="appeal"), "utf-8")
    path = root / "statements/authorities/events.yml"
    path.write_text(path.read_text("utf-8").replace("spring 2020", "spring of 2020"), "utf-8")
    write_tree(root, {"docs/history.md": "# History\n"})
    before = tree_of(root / "site")
    assert cli.main(["check", *since(root)]) == 0
    assert cli.main(["build", *since(root)]) == 0
    assert tree_of(root / "site") != before
    assert (
        "statements/authorities/events.yml: bridge-2020: label from 'The bridge, spring 2020' to"
        in capfd.readouterr().err
    )

    (root / "docs/history.md").unlink()
    assert cli.main(["build", *since(root)]) == 1
    assert "docs/history.md:1:1: was published at /history/ and is gone (restore it, or name" in capfd.readouterr().out
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("extra: {redirects: {history/: about/}}\n")
    assert cli.main(["build", *since(root)]) == 0
    page = (root / "site/history/index.html").read_text("utf-8")
    assert '<a href="../about/">/about/</a>' in page


def test_how_the_data_differ_is_written_beside_them(root: Path) -> None:
    assert not (root / "site/data/v1/changes.json").exists()
    (root / FIRST).write_text(history(FIRST_ENTRY, THIRD, form="appeal"), "utf-8")
    former_site = Path(shutil.copytree(root / "site", root / "former"))
    made = []
    for _ in range(2):
        assert cli.main(["build", "--root", str(root), "--since", str(former_site)]) == 0
        made.append(tree_of(root / "site"))
    assert made[0] == made[1]
    changes = json.loads(made[0].pop("data/v1/changes.json"))
    before, after = (former.read(str(site)) for site in (former_site, root / "site"))
    assert [changes[when]["statements.jsonl"] for when in ("before", "after")] == [before.sha256, after.sha256]
    assert [changes[when]["version"] for when in ("before", "after")] == ["2026.11.23", "2026.11.26"]
    assert [record["id"] for record in changes["statements.jsonl"]["changed"]] == ["2021-09-21-first"]
    assert changes["statements.jsonl"]["changed"][0]["fields"]["form"] == {"before": "statement", "after": "appeal"}
    assert changes["events.json"]["changed"] == []
    assert b"  data/v1/changes.json\n" in made[0]["SHA256SUMS"]
    assert fixity.verify(root / "site").differences == ()
    assert not [path for path, text in made[0].items() if path.startswith("data/v1/") and b'changes.json"' in text]
    assert cli.main(["check", *since(root)]) == 0


def test_every_page_feed_and_file_of_the_data_on_the_site_is_to_stay(built: Path) -> None:
    found = tree_of(built / "site")
    standing = former.read(str(built / "site")).addresses
    pages = {path.removesuffix("index.html") for path in found if path.endswith(".html")} - {"404.html"}
    kept = {path for path in found if path.startswith("data/v1/") or path.endswith((".xml", ".ics", "feed.json"))}
    assert standing == pages | kept - {"sitemap.xml", "opensearch.xml"} | {
        "assets/screenshot.png"
    }  # which only these settings publish
