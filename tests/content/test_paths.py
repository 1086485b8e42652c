"""No file outside is read or published by way of a link, and no id or name leads out of its folder."""

import os
import shutil
from pathlib import Path

import pytest

from archive import cli
from archive.content import reader
from archive.exports import files
from archive.model import types, urls
from archive.model.config import read_settings
from archive.model.index import build
from archive.publish import generate
from archive.publish.build import stage_site
from archive.publish.loading import load_archive
from archive.validation import validate
from builders import FIRST, MINIMAL, archive_of, minimal_root, problems, statement_text, tree_of, write_tree

SECRET = "Not of the archive."  # noqa: S105 the text of a file that must not be read


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the project, with a file of each kind."""
    files = {
        "record.md": statement_text(body=SECRET),
        "page.md": f"# {SECRET}\n",
        "events.yml": (MINIMAL / "statements/authorities/events.yml").read_text("utf-8"),
        "note.txt": SECRET,
    }
    return write_tree(tmp_path / "outside", files)


LINKS = {
    "statements/2021/2021-09-22-linked.md": "record.md",
    "statements/2022": ".",
    "statements/authorities/events.yml": "events.yml",
    "statements/authorities": ".",
    "statements": ".",
    "docs/linked.md": "page.md",
    "docs/linked.txt": "note.txt",
    "docs/more": ".",
    "docs": ".",
}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_out_is_not_followed(
    link: str, outside: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = minimal_root(tmp_path / "project")
    place = root / link
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.symlink_to(outside / LINKS[link])
    found = reader.read(root).problems
    assert [(problem.path, problem.message) for problem in found] == [(link, "is not a regular file")]
    assert cli.main(["stage", "--root", str(root), str(tmp_path / "out")]) == 1
    assert "put the file itself here" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("target", ["/dev/zero", "/nowhere", "2021-09-21-first.md", "2021-09-22-linked.md"])
def test_a_link_is_refused_wherever_it_leads(target: str, tmp_path: Path) -> None:
    root = minimal_root(tmp_path / "project")
    (root / "statements/2021/2021-09-22-linked.md").symlink_to(target)
    assert [problem.message for problem in reader.read(root).problems] == ["is not a regular file"]


def test_what_is_no_content_is_not_published_either(outside: Path, tmp_path: Path) -> None:
    root = minimal_root(tmp_path / "project")
    names = (".note.txt", "note.txt~", ".more", "about.md~")
    for name in names:
        (root / "docs" / name).symlink_to(outside / "note.txt")
    assert reader.read(root).problems == ()
    stage_site(root, tmp_path / "out", read_settings(root), load_archive(root))
    staged = tree_of(tmp_path / "out")
    assert "docs/about.md" in staged
    assert [path for path in staged if any(name in path for name in names)] == []
    assert [path for path, content in staged.items() if SECRET.encode() in content] == []


def test_an_editor_s_backup_is_not_rendered(tmp_path: Path) -> None:
    is_excluded = read_settings(minimal_root(tmp_path)).is_excluded
    assert is_excluded("about.md~")


TRICKS = [
    "..", "../2021-09-21-x", "2021-09-21-../x", "/2021-09-21-x", "2021-09-21-x/", "2021-09-21-x\n", "2021-09-21-x\\y",
    "2021-09-21-%2e%2e", "2021-09-21-x.", "2021-09-21-.x", "2021-09-21-x\x00", "2021-09-21-\u2025", "2021-09-21-X",
    "C:2021-09-21-x", "2021-09-21-x:y", "~", "-rf", "con", "2021-09-21-x?y", "2021-09-21-x#y", "\uff0e\uff0e",
]  # fmt: skip


@pytest.mark.parametrize("id", TRICKS)
def test_an_id_that_is_a_path_is_not_an_id(id: str, tmp_path: Path) -> None:
    assert types.STEM.fullmatch(id) is None
    assert types.SLUG.fullmatch(id) is None or id == "con"  # of one Windows device; no part of a path
    found = problems(tmp_path / "alias", {FIRST: statement_text(aliases=[id])})
    assert found
    assert all("Traceback" not in str(problem) and str(problem).isprintable() for problem in found)


@pytest.mark.parametrize("name", ["2021-09-21-a b.md", "2021-09-21-a%2fb.md", "2021-09-21-a\\..\\b.md"])
def test_a_file_name_that_is_no_id_is_a_problem(name: str, tmp_path: Path) -> None:
    for path in (f"statements/2021/{name}", f"statements/authorities/{name.replace('.md', '.yml')}"):
        assert problems(tmp_path / "root", {path: statement_text()})


def test_every_file_that_is_made_stays_in_the_site() -> None:
    archive = archive_of()
    paths = [*generate.generate(archive), *files(archive, build(archive))]
    for path in paths:
        assert not path.startswith("/")
        assert not {"", ".", ".."} & set(path.split("/"))


@pytest.mark.parametrize(
    "link", ["../../../../etc/passwd", "/../x", "../authorities/events.yml", "..%2f..%2fx.md", "/etc/"]
)
def test_a_link_of_a_body_is_to_a_page_or_refused(link: str) -> None:
    known = urls.link_targets(archive_of())
    assert urls.resolve_link(link, FIRST, known) is None


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    root = minimal_root(tmp_path)
    os.mkfifo(root / "statements/2021/2021-09-22-pipe.md")
    assert [problem.message for problem in validate.check(reader.read(root))[1]] == ["is not a regular file"]
