"""The same content gives the same bytes, wherever, whenever and by whomever the site is built."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import MINIMAL, copy_project, tree_of, write_tree

# For Python, every folder lists its files from the last to the first; that it was asked is noted.
REVERSED = """
import os, pathlib

scan, list_ = os.scandir, os.listdir


class Entries:
    def __init__(self, path="."):
        with scan(path) as entries:
            self._left = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))
        note(path)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._left)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def close(self):
        pass


def note(path):
    if "statements" in str(path):
        pathlib.Path(__file__).with_name("asked").touch()


os.scandir, os.listdir = Entries, lambda path=".": sorted(list_(path), reverse=True)
"""
BEFORE, AFTER = "AAA+11", "BBB-14"  # zones in which it is never the same day
PLAIN = {"TZ": BEFORE, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}


def project(folder: Path) -> Path:
    """The project's own pages, settings and theme, with the minimal archive for content."""
    root = copy_project(folder)
    shutil.rmtree(root / "statements")
    shutil.copytree(MINIMAL / "statements", root / "statements")
    return root


def build(root: Path, out: Path, **changes: str) -> dict[str, bytes]:
    """The site that is built of the project, in this environment but for the changes."""
    paths = os.pathsep.join([changes.pop("first", ""), str(root / "scripts")]).lstrip(os.pathsep)
    environment = {**os.environ, **PLAIN, **changes, "PYTHONPATH": paths}
    command = [sys.executable, "-m", "archive.cli", "build", "--root", root, "--out", out]
    done = subprocess.run(command, env=environment, cwd=root, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return tree_of(out)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("reproducible") / "project")


@pytest.fixture(scope="module")
def expected(root: Path) -> dict[str, bytes]:
    return build(root, root.parent / "site")


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder on another file system, where there is one: it may list its files in another order."""
    memory = Path("/dev/shm")  # noqa: S108 (no name in it is guessed)
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


def assert_same(made: dict[str, bytes], expected: dict[str, bytes]) -> None:
    assert made.keys() == expected.keys()
    assert [path for path in made if made[path] != expected[path]] == []


def test_on_another_path(elsewhere: Path, expected: dict[str, bytes]) -> None:
    there = project(elsewhere / "another place" / "çoxlu")
    assert_same(build(there, there / "site"), expected)


def test_in_another_time_zone(root: Path, tmp_path: Path, expected: dict[str, bytes]) -> None:
    assert_same(build(root, tmp_path / "site", TZ=AFTER), expected)


def test_in_another_locale(root: Path, tmp_path: Path, expected: dict[str, bytes]) -> None:
    ascii = {"LC_ALL": "C", "LANG": "C", "LANGUAGE": "az:ru", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert_same(build(root, tmp_path / "site", **ascii), expected)


def test_in_another_order_of_files(root: Path, tmp_path: Path, expected: dict[str, bytes]) -> None:
    first = write_tree(tmp_path / "first", {"sitecustomize.py": REVERSED})
    assert_same(build(root, tmp_path / "site", first=str(first), PYTHONHASHSEED="2"), expected)
    assert (first / "asked").exists()
