"""Golden bad inputs: each folder of `bad/` is laid over the minimal archive, and says what `archive check` prints."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import cli
from builders import minimal_files, write_tree

BAD = Path(__file__).parent / "bad"


@pytest.mark.parametrize("case", sorted(path.name for path in BAD.iterdir()))
def test_a_mistake_is_said_in_these_words(
    case: str, tmp_path: Path, golden: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    write_tree(tmp_path, {**minimal_files(), "mkdocs.yml": ""})
    shutil.copytree(BAD / case, tmp_path, symlinks=True, dirs_exist_ok=True)
    code = cli.main(["check", "--root", str(tmp_path)])
    golden(BAD / case / "expected.txt", capsys.readouterr().out)
    assert code == 1


def test_the_minimal_archive_has_no_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_tree(tmp_path, {**minimal_files(), "mkdocs.yml": ""})
    assert cli.main(["check", "--root", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "No problems in 1 statement and 7 authority files.\n"
