"""The same content gives the same bytes, wherever, whenever and by whomever the site is built."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import HERE, run_module, tree_of, write_tree

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
ELSEWHERE = {  # all that is other than where the site was built
    "TZ": "BBB-14",  # in which it is never the same day
    "LC_ALL": "C", "LANG": "C", "LANGUAGE": "az:ru", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "2",
}  # fmt: skip


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder on another file system, where there is one: it may list its files in another order."""
    memory = Path("/dev/shm")  # noqa: S108 (no name in it is guessed)
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


def assert_same(site: dict[str, bytes], expected: dict[str, bytes]) -> None:
    assert site.keys() == expected.keys()
    assert [path for path in site if site[path] != expected[path]] == []


def built_elsewhere(project: Path, folder: Path) -> dict[str, bytes]:
    """The site of a copy of this project, built in this folder with all that is other there."""
    root = Path(shutil.copytree(project, folder / "another place" / "çoxlu", copy_function=shutil.copyfile))
    first = write_tree(folder / "first", {"sitecustomize.py": REVERSED})
    paths = os.pathsep.join(map(str, (first, root / "scripts")))
    done = run_module(root, "archive", "build", "--out", root / "site", **ELSEWHERE, PYTHONPATH=paths)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (first / "asked").exists()
    return tree_of(root / "site")


def test_elsewhere_it_is_the_same(elsewhere: Path, five_project: Path, five: Path) -> None:
    """In another place, with other times of the files, in another time zone and locale, in another order of files."""
    assert not set(ELSEWHERE.items()) & set(HERE.items())
    assert_same(built_elsewhere(five_project, elsewhere), tree_of(five))


@pytest.mark.slow
def test_elsewhere_the_whole_site_is_the_same(elsewhere: Path, project: Path, built: Path) -> None:
    assert_same(built_elsewhere(project, elsewhere), tree_of(built))
