"""Golden bad inputs: each folder of `bad/` is laid over the minimal archive, and says what `archive check` prints."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive import cli
from archive.content import reader
from archive.validation import validate
from builders import DATA, MINIMAL, minimal_files, write_tree

BAD = DATA / "bad"


@pytest.mark.parametrize("case", sorted(path.name for path in BAD.iterdir()))
def test_a_mistake_is_reported_in_these_words(
    case: str, tmp_path: Path, golden: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    write_tree(tmp_path, {**minimal_files(), "mkdocs.yml": "site_name: Archive\n"})
    shutil.copytree(BAD / case, tmp_path, symlinks=True, dirs_exist_ok=True)
    code = cli.main(["check", "--root", str(tmp_path)])
    golden(BAD / case / "expected.txt", capsys.readouterr().out)
    assert code == 1


def test_the_minimal_archive_has_no_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tree(tmp_path, {**minimal_files(), "mkdocs.yml": "site_name: Archive\n"})
    assert cli.main(["check", "--root", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "No problems in 1 statement and 9 authority files.\n"


def test_a_statement_by_itself_has_the_problems_that_it_has_in_an_archive_without_others(tmp_path: Path) -> None:
    count = 0
    for case in sorted(BAD.iterdir()):
        root = Path(shutil.copytree(MINIMAL, tmp_path / case.name))
        shutil.copytree(case, root, symlinks=True, dirs_exist_ok=True)
        reading = reader.read(root)
        checker = validate.Checker(reading)
        checker.check(reading.statements)  # what this remembers makes no difference
        for document in reading.statements:
            problems = validate.check(replace(reading, statements=(document,), problems=()))[1]
            alone = checker.alone(document)
            assert alone == tuple(problem for problem in problems if problem.path == document.path), case.name
            count += len(alone)
    assert count
