"""What a preview says above its pages, and that its drafts are nowhere else."""

import html
import re
from pathlib import Path

import pytest

from archive.model.config import read_settings
from archive.model.document import Problem
from archive.publish import build, generate, preview
from archive.publish.loading import load_archive
from builders import FIRST, minimal_root, statement_text, tree_of

DRAFT = "statements/2021/2021-10-01-zebra.md"
PAGE = b"<!doctype html><html><head><title>A</title></head><body class='x'><h1>A</h1></body></html>"


def problem(number: int, **changes: str) -> Problem:
    values = {"path": "statements/a.md", "field": "form", "message": f"wrong {number}", "hint": "mend it", **changes}
    return Problem(line=number, col=1, **values)


def test_a_problem_is_shown_with_its_place_and_what_to_do() -> None:
    shown = preview.banner(preview.PreviewReport(problems=[problem(3)])).decode()
    assert "statements/a.md:3:1" in shown
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())
    assert "statements/a.md:3:1 form : wrong 3 Mend it" in text
    assert preview.OLD_PAGES in text


@pytest.mark.parametrize("field", ["path", "field", "message", "hint"])
def test_what_is_shown_is_text(field: str) -> None:
    shown = preview.banner(preview.PreviewReport(problems=[problem(1, **{field: "<script>&amp;"})], messages=["<img>"]))
    assert b"<script>" not in shown
    assert b"<img>" not in shown
    assert b"&lt;script&gt;&amp;amp;" in shown


@pytest.mark.parametrize(("problems", "messages"), [(50, 0), (51, 0), (70, 3), (49, 2), (0, 60)])
def test_of_many_problems_some_are_shown_and_the_others_counted(problems: int, messages: int) -> None:
    wrong = preview.PreviewReport(problems=[problem(n) for n in range(problems)], messages=["also"] * messages)
    shown = preview.banner(wrong).decode()
    most = min(problems + messages, 50)
    assert shown.count("<li>") == most
    assert f"{problems + messages} problems" in shown
    assert (f"And {problems + messages - most} more." in shown) is (problems + messages > most)
    assert str(wrong).count("\n") == problems + messages + 1


def test_it_stands_at_the_top_of_the_page() -> None:
    assert preview.insert_banner(PAGE, b"<p>wrong</p>") == PAGE.replace(b"<h1>", b"<p>wrong</p><h1>")
    assert preview.insert_banner(b"no page", b"<p>wrong</p>") == b"<p>wrong</p>no page"


def test_a_page_without_a_program_looks_again_by_itself() -> None:
    renewing = preview.auto_refresh(PAGE)
    assert b'<head><meta http-equiv="refresh" content="2">' in renewing


@pytest.fixture
def root(tmp_path: Path) -> Path:
    draft = statement_text(title="On a zebra", date="2021-10-01", status="draft", sources=None)
    return minimal_root(tmp_path / "root", {DRAFT: draft})


def test_a_draft_is_in_the_archive_of_a_preview_only(root: Path) -> None:
    assert [statement.path for statement in load_archive(root).statements] == [FIRST]
    previewed = {statement.path: statement for statement in load_archive(root, drafts=True).statements}
    assert previewed.keys() == {FIRST, DRAFT}
    assert previewed[DRAFT].draft
    assert previewed[DRAFT].title == "Draft: On a zebra"
    assert not previewed[FIRST].draft


def test_a_draft_without_sources_has_every_page_of_a_record(root: Path) -> None:
    files = generate.generate(load_archive(root, drafts=True))
    page = str(files["statements/2021/2021-10-01-zebra/index.md"])
    assert "Draft: not published." in page
    assert "Source not recorded yet" in page
    for path in files:
        assert files[path] is not None


def test_nothing_of_a_draft_is_in_what_is_published(root: Path, tmp_path: Path) -> None:
    files = generate.generate(load_archive(root))
    build.stage_site(root, tmp_path / "staged", read_settings(root), load_archive(root))
    made = {path: files[path] for path in files} | tree_of(tmp_path / "staged")
    assert len(made) > 100
    for path, content in made.items():
        data = content.encode() if isinstance(content, str) else content
        assert b"zebra" not in data, path
