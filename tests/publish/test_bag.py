"""The bag that is kept elsewhere: others find it whole, it is always the same, and it alone makes the site again."""

import datetime
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bagit
import pytest

from archive import cli
from archive.model.errors import ArchiveError
from archive.publish import bag, fixity
from archive.publish import build as site_build
from archive.publish.bag import pack_bag
from archive.publish.loading import load_archive
from builders import PROJECT, archive_of, minimal_root, tree_of, write_tree

NEWEST = datetime.date(2026, 11, 23)
MARK = ".made-by-archive"
FILES = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA")
HOOK = "scripts/archive/publish/renderer_mkdocs.py"


@pytest.fixture(scope="module")
def sources(five_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with five records."""
    root = Path(shutil.copytree(five_project, tmp_path_factory.mktemp("sources") / "project"))
    for name in FILES:
        shutil.copy(PROJECT / name, root)
    return root


@pytest.fixture(scope="module")
def packed(sources: Path, five: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bag of this project, from a copy that git knows nothing of and that holds more than belongs in a bag.

    Its site is the one that was built already; a test below has the command make it.
    """
    root = Path(shutil.copytree(sources, tmp_path_factory.mktemp("project") / "copy"))
    left = (".venv/x.py", "site/index.html", "scripts/archive/__pycache__/x.pyc", "docs/about.md~", "docs/.hidden")
    write_tree(root, dict.fromkeys(left, "x"))
    out = tmp_path_factory.mktemp("packed") / "bag"

    def build(_: Path, out: Path, *__: object, **___: object) -> int:
        shutil.copytree(five, out)
        return 1

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(site_build, "build_site", build)
        assert cli.main(["package", "--root", str(root), str(out)]) == 0
    return out


def package(root: Path, out: Path, **environment: str) -> Path:
    """Make the bag of a project with the project's own program."""
    command = [sys.executable, "-m", "archive", "package", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts"), **environment}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def test_others_find_it_whole(packed: Path, sources: Path) -> None:
    found = bagit.Bag(str(packed))
    found.validate()
    assert found.version_info == (1, 0)
    assert sorted(found.algorithms) == ["sha256", "sha512"]
    assert found.info["Bagging-Date"] == newest(sources)
    payload = [path for path in tree_of(packed) if path.startswith("data/")]
    size = sum((packed / path).stat().st_size for path in payload)
    assert found.info["Payload-Oxum"] == f"{size}.{len(payload)}"
    assert all(len(line) < 80 for line in (packed / "bag-info.txt").read_text("utf-8").splitlines())


def newest(root: Path) -> str:
    return max(change.date for record in load_archive(root).statements for change in record.history).isoformat()


def test_it_has_the_sources_the_data_and_the_site_and_nothing_else(packed: Path, sources: Path, five: Path) -> None:
    files = tree_of(packed)
    found = {path.removeprefix("data/sources/") for path in files if path.startswith("data/sources/")}
    expected = {
        f"{part}/{path}" for part in ("statements", "docs", "scripts") for path in tree_of(sources / part)
        if "__pycache__" not in path
    }  # fmt: skip
    assert found == expected | {"mkdocs.yml", *FILES}
    for path in found:
        assert files[f"data/sources/{path}"] == (sources / path).read_bytes()
    made = {path.removeprefix("data/site/"): data for path, data in files.items() if path.startswith("data/site/")}
    assert made == {path: data for path, data in tree_of(five).items() if path != MARK}
    assert os.access(packed / "data/sources/scripts/build", os.X_OK)
    assert "data/site/data/v1/manifest.json" in files
    number = len([path for path in files if path.startswith("data/site/")]) - 1
    assert fixity.verify(packed / "data/site") == fixity.Comparison(files=number, differences=())


def test_manifests_are_in_order_and_right(packed: Path) -> None:
    for name in ("manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"):
        lines = [line.split("  ", 1) for line in (packed / name).read_text("utf-8").splitlines()]
        paths = [path for _, path in lines]
        assert paths == sorted(paths)
        for digest, path in lines:
            algorithm = name.removesuffix(".txt").rpartition("-")[2]
            assert hashlib.new(algorithm, (packed / path).read_bytes()).hexdigest() == digest


def test_the_bag_alone_makes_the_same_site_and_the_same_bag_again(packed: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(packed / "data" / "sources", tmp_path / "elsewhere" / "sources"))
    again = package(root, tmp_path / "again", TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    assert tree_of(again) == tree_of(packed)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose site is made at once: one page, with what a build leaves among the sources."""

    def build(root: Path, out: Path, *_: object, **__: object) -> int:
        write_tree(root, {"scripts/archive/__pycache__/x.pyc": "x", ".cache/fetched": "x"})
        write_tree(out, {"index.html": "x", MARK: "site"})
        return 1

    monkeypatch.setattr(site_build, "build_site", build)
    return minimal_root(tmp_path / "project", {**dict.fromkeys((*FILES, HOOK), "x"), "scripts/build": "#!/bin/sh\n"})


def pack(root: Path, out: Path) -> bag.Payload:
    return pack_bag(root, out, archive_of(), NEWEST, lambda text: None)


@pytest.fixture
def small(root: Path, tmp_path: Path) -> Path:
    """The bag of that project."""
    pack(root, tmp_path / "bag")
    return tmp_path / "bag"


CHANGES: dict[str, Callable[[Path], object]] = {
    "a changed byte of a record": lambda at: _change(next(at.glob("data/sources/statements/2021/*.md"))),
    "a changed byte of the site": lambda at: _change(at / "data/site/index.html"),
    "a changed byte of the description": lambda at: _change(at / "bag-info.txt"),
    "a missing file": lambda at: (at / "data/sources/LICENSE").unlink(),
    "an additional file": lambda at: (at / "data/site/more.html").write_text("x", "utf-8"),
}


def _change(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("case", CHANGES)
def test_others_find_what_was_changed(case: str, small: Path) -> None:
    CHANGES[case](small)
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(small)).validate()


def test_a_copy_without_hidden_files_is_whole(small: Path) -> None:
    (small / MARK).unlink()
    bagit.Bag(str(small)).validate()
    assert not [path for path in tree_of(small) if "/." in path]


def test_a_bag_is_made_anew_in_the_place_of_the_old_one(root: Path, tmp_path: Path) -> None:
    pack(root, tmp_path / "bag")
    first = tree_of(tmp_path / "bag")
    write_tree(tmp_path / "bag", {"data/old.txt": "x"})
    size = pack(root, tmp_path / "bag")
    assert tree_of(tmp_path / "bag") == first
    payload = {path: data for path, data in first.items() if path.startswith("data/")}
    assert size == bag.Payload(files=len(payload), bytes=sum(map(len, payload.values())))
    bagit.Bag(str(tmp_path / "bag")).validate()


def test_what_was_fetched_once_is_used_and_stays_where_it_is(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(root, tmp_path / "bag")
    without = tree_of(tmp_path / "bag")
    write_tree(root, {".cache/earlier": "x"})
    build = site_build.build_site

    def checked(root: Path, *more: Any, **options: Any) -> int:
        assert (root / ".cache" / "earlier").is_file()
        return build(root, *more, **options)

    monkeypatch.setattr(site_build, "build_site", checked)
    pack(root, tmp_path / "bag")
    assert tree_of(tmp_path / "bag") == without
    assert tree_of(root / ".cache") == {"earlier": b"x", "fetched": b"x"}


@pytest.mark.parametrize("mine", [{"mine.txt": "x"}, {MARK: "site", "index.html": "x"}])
def test_what_is_not_a_bag_of_ours_is_not_replaced(mine: dict[str, str], root: Path, tmp_path: Path) -> None:
    out = write_tree(tmp_path / "out", mine)
    with pytest.raises(ArchiveError, match="holds something else"):
        pack(root, out)
    assert tree_of(out) == {path: text.encode() for path, text in mine.items()}


@pytest.mark.parametrize("inside", [".", "statements/bag", "docs/bag", "scripts/bag"])
def test_a_bag_is_not_made_among_its_sources(inside: str, root: Path) -> None:
    before = tree_of(root)
    with pytest.raises(ArchiveError, match=r"holds the project|is among the sources"):
        pack(root, root / inside)
    assert tree_of(root) == before


def _link(root: Path) -> None:
    (root / "scripts" / "link").symlink_to(root / "README.md")


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "a part is not there": (lambda root: (root / "LICENSE").unlink(), "has no LICENSE; without it the site could not"),
    "a link": (_link, "scripts/link is a link; put the file itself there"),
    "a name that is read in two ways": (
        lambda root: (root / "docs" / "50%25.png").write_text("x", "utf-8"),
        "'data/sources/docs/50%25.png' has %, or a line end, in its name; give it another name",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_reported_and_leaves_nothing(
    case: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, message = WRONG[case]
    change(root)
    assert cli.main(["package", "--root", str(root), str(tmp_path / "bag")]) == 1
    assert message in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["project"]


def test_an_interruption_leaves_nothing_and_the_old_bag(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(root, tmp_path / "bag")
    before = tree_of(tmp_path)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(site_build, "build_site", interrupted)
    assert cli.main(["package", "--root", str(root), str(tmp_path / "bag")]) == 2
    assert tree_of(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bag", "project"]
