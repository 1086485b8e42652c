"""Many records, of every shape the grammar admits."""

import subprocess
import sys
from pathlib import Path

import pytest

import synthetic
from archive.content import reader
from archive.model import index
from archive.model.records import Archive
from archive.pages import listing
from archive.publish import generate
from archive.validation import validate
from builders import tree_of

NUMBER = 300
MANY = 2_000
LONGEST = 50  # entries of one list; so many records then have more of one event


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return made(tmp_path_factory.mktemp("synthetic"), NUMBER)


def made(root: Path, number: int) -> Archive:
    synthetic.write(root, number)
    archive, problems = validate.check(reader.read(root))
    assert [str(problem) for problem in problems[:5]] == []
    return archive


def test_many_records_are_in_order(archive: Archive) -> None:
    assert len(archive.statements) == NUMBER
    assert len(archive.events) == synthetic.EVENTS
    assert len(archive.addressees) == synthetic.ADDRESSEES
    words = sorted(len(statement.summary.split()) for statement in archive.statements)
    assert 200 < words[len(words) // 2] < 400
    assert {statement.date.start.precision for statement in archive.statements} == {"day", "month", "year"}
    assert any(statement.date.end for statement in archive.statements)


def test_their_pages_are_made_and_long_indexes_are_split(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    assert listing.LONGEST == 200
    monkeypatch.setattr(listing, "LONGEST", LONGEST)
    assert_split(archive, NUMBER)


@pytest.mark.slow
def test_long_indexes_are_split_at_their_real_limit(tmp_path: Path) -> None:
    assert_split(made(tmp_path, MANY), MANY)


def assert_split(archive: Archive, number: int) -> None:
    """There is a page of every record; an event with more than fit has an index a year, and no page has too many."""
    files = generate.generate(archive)
    texts = {path: str(files[path]) for path in files if path.endswith(".md") or path.startswith("search/")}
    about = index.build(archive).filed["events"].citing["events"]
    assert sum("-record-" in path for path in texts) == number
    busiest = max(about, key=lambda event: len(about[event]))
    assert len(about[busiest]) > listing.LONGEST
    years = {statement.date.year for statement in about[busiest]}
    assert {f"events/{busiest}/{year}/index.md" for year in years} <= texts.keys()
    for path, text in texts.items():
        assert text.count("-record-") <= 10 * listing.LONGEST, path


def test_the_same_seed_gives_the_same_records(tmp_path: Path) -> None:
    for name in ("one", "two"):
        synthetic.write(tmp_path / name, 20, seed=7)
    synthetic.write(tmp_path / "three", 20, seed=8)
    assert tree_of(tmp_path / "one") == tree_of(tmp_path / "two") != tree_of(tmp_path / "three")


def test_it_can_be_run_by_hand(tmp_path: Path) -> None:
    command = [sys.executable, synthetic.__file__, tmp_path / "made", "3"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert len(list((tmp_path / "made" / "statements").glob("[0-9]*/*.md"))) == 3
    wrong = subprocess.run(command[:2], capture_output=True, text=True, check=False)
    assert wrong.stderr.startswith("usage: ")
