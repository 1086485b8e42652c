"""The archive on disk: staged, built, and never half written."""

import contextlib
import filecmp
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from archive import cli
from archive.model import urls
from archive.model.config import read_settings
from archive.model.errors import ArchiveError
from archive.publish import build, generate
from archive.publish.atomic import MARK, AtomicDirectory
from archive.publish.loading import load_archive
from builders import FIRST, PROGRAM, minimal_root, statement_text, tree_of, write_tree
from commands import run
from plain_site import ALONE, MKDOCS, plain_root


def stage(root: Path, out: Path) -> int:
    return build.stage_site(root, out, read_settings(root), load_archive(root))


def test_a_staged_tree_has_every_page_and_settings_without_hooks(tmp_path: Path) -> None:
    root, out = minimal_root(tmp_path / "project"), tmp_path / "staged"
    loaded = load_archive(root)
    pages = build.stage_site(root, out, read_settings(root), loaded)
    staged = tree_of(out / "docs")
    assert "search/catalogue.json" in staged
    assert pages == sum(path.endswith(".md") for path in staged)
    generated = generate.generate(loaded)
    for path, content in generated.items():
        assert staged[path] == (content.encode() if isinstance(content, str) else content)
    for path, content in tree_of(root / "docs").items():
        assert path in staged
        assert staged[path] == content or path in generated
    config = yaml.safe_load((out / "mkdocs.yml").read_text("utf-8"))
    assert not {"hooks", "watch"} & config.keys()
    assert config["site_url"] == yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))["site_url"]
    assert (out / config["theme"]["custom_dir"]).is_dir()
    assert not [path for path in tree_of(out) if path.endswith(".py")]


def test_mkdocs_does_not_miss_a_redirect_in_the_navigation(tmp_path: Path) -> None:
    """Staged, and built with the project's own theme and navigation."""
    root = minimal_root(tmp_path / "project")
    shutil.copytree(PROGRAM, root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("  redirects: {history/: about/, files/plan.pdf: about/}\n")
    stage(root, tmp_path / "staged")
    config = yaml.safe_load((tmp_path / "staged/mkdocs.yml").read_text("utf-8"))
    assert config["not_in_nav"].splitlines()[-1] == "/history/"
    done = run("build", "--out", tmp_path / "site", root=root)
    assert done.code == 0, done.out + done.err
    page = (tmp_path / "site/history/index.html").read_text("utf-8")
    assert 'data-to="../about/"' in page
    assert not (tmp_path / "site/files").exists()


def test_staging_twice_gives_the_same_and_leaves_nothing_old(tmp_path: Path) -> None:
    root, out = minimal_root(tmp_path / "project"), tmp_path / "staged"
    stage(root, out)
    first = tree_of(out)
    write_tree(out, {"docs/old.md": "old"})
    stage(root, out)
    assert tree_of(out) == first


@pytest.mark.parametrize("files", [{"mine.txt": "x"}, {"index.html": "x", "more/a.html": "y"}])
def test_a_folder_that_was_not_made_by_us_is_refused(tmp_path: Path, files: dict[str, str]) -> None:
    root, out = minimal_root(tmp_path / "project"), write_tree(tmp_path / "out", files)
    with pytest.raises(ArchiveError, match="holds something else"):
        stage(root, out)
    assert tree_of(out) == {path: text.encode() for path, text in files.items()}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "project"]


def test_a_file_is_not_a_folder_to_build_into(tmp_path: Path) -> None:
    root, out = minimal_root(tmp_path / "project"), tmp_path / "out"
    out.write_text("mine", "utf-8")
    assert cli.main(["stage", "--root", str(root), str(out)]) == 2
    assert out.read_text("utf-8") == "mine"


def test_a_link_is_not_a_folder_to_build_into(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, elsewhere, link = minimal_root(tmp_path / "project"), tmp_path / "elsewhere", tmp_path / "link"
    for there in (elsewhere, tmp_path / "nowhere"):
        elsewhere.mkdir(exist_ok=True)
        link.symlink_to(there)
        assert cli.main(["stage", "--root", str(root), str(link)]) == 2
        assert capsys.readouterr().err == f"archive: {link} is a link; name the folder itself\n"
        assert not list(elsewhere.iterdir())
        link.unlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "project"]


@pytest.mark.parametrize("inside", ["docs", "statements", "docs/new", "statements/2021/new", ".", "scripts/.."])
def test_the_sources_are_never_built_over(tmp_path: Path, inside: str) -> None:
    root = minimal_root(tmp_path)
    before = tree_of(root)
    assert cli.main(["stage", "--root", str(root), str(root / inside)]) == 2
    assert tree_of(root) == before


def test_a_folder_above_the_project_is_never_built_over(tmp_path: Path) -> None:
    root = minimal_root(tmp_path / "out" / "project")
    (tmp_path / "out" / ".made-by-archive").touch()
    before = tree_of(tmp_path)
    assert cli.main(["stage", "--root", str(root), str(tmp_path / "out")]) == 2
    assert tree_of(tmp_path) == before


def test_an_empty_folder_is_built_into(tmp_path: Path) -> None:
    root, out = minimal_root(tmp_path / "project"), tmp_path / "out"
    out.mkdir()
    assert stage(root, out) > 0
    assert (out / "mkdocs.yml").is_file()


def test_staging_leaves_the_project_as_it_was(tmp_path: Path) -> None:
    root = minimal_root(tmp_path / "project")
    before = tree_of(root)
    assert cli.main(["stage", "--root", str(root), str(tmp_path / "out")]) == 0
    assert tree_of(root) == before


BROKEN = {
    "a mistake in a record": ({FIRST: statement_text(form="apeal")}, 1),
    "a link that leads nowhere": ({FIRST: statement_text(body="[x](/events/bridge-2020/#nowhere)")}, 1),
    "a hand-written page with a broken link": ({"docs/about.md": "# About\n\n[x](nowhere.md)\n"}, 1),
    "a hand-written page at the address of another": ({"docs/events.md": "# Events\n"}, 1),
    "a place for nothing known": ({"docs/about.md": "# About\n\n<!-- archive: weather -->\n"}, 1),
    "a warning of MkDocs": ({"docs/about.md": "# About\n\n[x](/method/)\n"}, 1),
    "a page whose template is not there": ({"docs/about.md": "---\ntemplate: nowhere.html\n---\n# About\n"}, 1),
    "settings that MkDocs refuses": (
        {"mkdocs.yml": MKDOCS.replace("name: null,", "name: nothing,")},
        1,
    ),
    "settings that are not YAML": ({"mkdocs.yml": "site_name: [\n"}, 1),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose site is built."""
    root = plain_root(tmp_path_factory.mktemp("made") / "project")
    assert run("build", root=root).code == 0
    return root


def test_a_build_has_every_page_and_may_be_read_by_a_web_server(project: Path) -> None:
    out = project / "site"
    for path in generate.generate(load_archive(project)):
        assert (out / urls.doc(path) / "index.html" if path.endswith(".md") else out / path).is_file()
    assert (out / "search/words/index.json").is_file()
    assert out.stat().st_mode & 0o777 == 0o755


def test_a_web_server_may_read_all_whatever_the_umask_is(tmp_path: Path) -> None:
    root = plain_root(tmp_path / "project")
    before = os.umask(0o077)
    try:
        for page in (root / "docs").iterdir():
            page.chmod(0o600)
        assert run("build", root=root).code == 0
    finally:
        os.umask(before)
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in [root / "site", *(root / "site").rglob("*")]}
    assert modes == {(True, 0o755), (False, 0o644)}


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_build_that_fails_leaves_the_site_byte_for_byte(project: Path, mistake: str) -> None:
    files, code = BROKEN[mistake]
    good = {path: (project / path).read_bytes() if (project / path).exists() else None for path in files}
    before, beside = tree_of(project / "site"), sorted(path.name for path in project.iterdir())
    write_tree(project, files)
    try:
        done = run("build", root=project)
    finally:
        for path, content in good.items():
            if content is None:
                (project / path).unlink()
            else:
                (project / path).write_bytes(content)
    assert done.code == code, done.err
    assert "Traceback" not in done.out + done.err
    assert done.out + done.err
    assert tree_of(project / "site") == before
    assert sorted(path.name for path in project.iterdir()) == beside


def test_a_build_in_the_place_of_the_old_site_says_what_it_does_and_is_the_same_byte_for_byte(project: Path) -> None:
    before, beside = tree_of(project / "site"), sorted(path.name for path in project.iterdir())
    write_tree(project, {"site/old.html": "old"})
    assert run("build", root=project).err.splitlines() == [
        "Checking the content",
        "Rendering the pages",
        "Checking the links",
    ]
    assert tree_of(project / "site") == before
    assert [path for path in before if path.startswith("search/words/") and path.endswith(".bin")]
    assert sorted(path.name for path in project.iterdir()) == beside


def test_neither_where_it_is_built_nor_what_git_does_not_have_makes_a_difference(project: Path, tmp_path: Path) -> None:
    for path in (project / "statements").rglob("*.md"):
        os.utime(path, (0, 0))
    out = tmp_path / "new" / "again"
    assert run("build", "--out", out, root=project).code == 0
    assert tree_of(out) == tree_of(project / "site")
    assert not filecmp.dircmp(out, project / "site").diff_files
    assert [path.name for path in out.parent.iterdir()] == ["again"]


def started(root: Path) -> subprocess.Popen[str]:
    """A build that has begun to write, and waits a moment before it ends, so that it can be stopped."""
    waits = "import time\nfrom archive.publish import linkcheck\nlinkcheck.broken = lambda *_: time.sleep(3) or ()\n"
    stub = write_tree(root.parent / "waits", {"sitecustomize.py": waits})
    running = subprocess.Popen(
        [sys.executable, "-m", "archive", "build", "--no-cache", "--root", root],
        env={**os.environ, "PYTHONPATH": f"{stub}{os.pathsep}{PROGRAM}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored where a shell runs the tests with &
    )
    while not list(root.glob(".site.new/*/*")):
        assert running.poll() is None, "it ended before it could be stopped"
        time.sleep(0.01)
    return running


def test_a_build_that_is_stopped_leaves_the_site_and_the_next_one_works(project: Path) -> None:
    before = tree_of(project / "site")
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        with started(project) as running:  # works over what the one before has left
            running.send_signal(stop)
            _, output = running.communicate(timeout=60)
        assert running.returncode != 0
        assert "Traceback" not in output
        assert tree_of(project / "site") == before
        assert stop == signal.SIGKILL or not list(project.glob(".site*"))
    assert run("build", root=project).code == 0
    assert tree_of(project / "site") == before
    assert not list(project.glob(".site*"))


def test_a_second_build_at_the_same_time_says_so(project: Path) -> None:
    with started(project) as running:
        running.send_signal(signal.SIGSTOP)  # so that it is still at work however long the second takes to begin
        second = run("build", root=project)
        running.send_signal(signal.SIGCONT)
        _, output = running.communicate(timeout=60)
    assert running.returncode == 0, output
    assert second.code == 2
    assert "another run is writing" in second.err.splitlines()[-1]


def test_a_renderer_that_outlives_its_build_keeps_the_next_one_out(tmp_path: Path) -> None:
    def place() -> AtomicDirectory:
        return AtomicDirectory(tmp_path / "site", kind="site", root=tmp_path / "project", sources=())

    first = place()
    first.__enter__()
    renderer = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(first.lock,))
    os.close(first.lock)  # as the kernel does when the build is killed
    with pytest.raises(ArchiveError, match="another run"), place():
        pass
    renderer.communicate(b"\n")
    with place() as folder:
        assert [path.name for path in folder.iterdir()] == [".made-by-archive"]


def place_at(target: Path) -> AtomicDirectory:
    return AtomicDirectory(target, kind="site", root=target.parent / "project", sources=())


def test_a_reader_always_finds_a_whole_site(tmp_path: Path) -> None:
    """Old and new change places while another process reads without a pause."""
    site = tmp_path / "site"
    reading = """
import pathlib, sys
page = pathlib.Path(sys.argv[1], "page")
seen, missed = set(), 0
print("ready", flush=True)
while "last" not in seen:
    try:
        seen.add(page.read_text())
    except FileNotFoundError:
        missed += 1
print(len(seen), missed)
"""
    with place_at(site) as folder:
        (folder / "page").write_text("first", "utf-8")
    with subprocess.Popen([sys.executable, "-c", reading, site], stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
        for text in [*map(str, range(300)), "last"]:
            with place_at(site) as folder:
                (folder / "page").write_text(text, "utf-8")
        seen, missed = map(int, reader.stdout.read().split())
    assert seen > 2
    assert missed == 0


def test_a_system_that_cannot_exchange_folders_renames_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.publish.atomic.swap", lambda *_: False)
    for text in ("one", "two"):
        with place_at(tmp_path / "site") as folder:
            (folder / "page").write_text(text, "utf-8")
    assert (tmp_path / "site" / "page").read_text("utf-8") == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_former_site_is_not_taken_for_a_new_one_while_it_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it stands until it is gone, the next run would begin."""
    refused = []

    def remove(folder: Path, **_: object) -> None:
        with pytest.raises(ArchiveError, match="another run"), place_at(tmp_path / "site"):
            pass
        refused.append(folder.name)

    with place_at(tmp_path / "site"):
        pass
    monkeypatch.setattr("archive.publish.atomic.shutil.rmtree", remove)
    with place_at(tmp_path / "site"):
        pass
    assert refused == [".site.new"]


@pytest.mark.parametrize("fails", [False, True], ids=["a build", "a build that fails"])
def test_a_run_killed_while_it_removes_something_needs_no_cleaning(
    fails: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left without its mark would be taken for someone else's."""

    class Killed(BaseException):
        pass

    files = {f"{number}/page": "" for number in range(9)} | {f"{number}.txt": "" for number in range(9)}

    def replace() -> None:
        with place_at(tmp_path / "site") as folder:
            write_tree(folder, files)
            (folder / MARK).unlink()  # as a renderer may; it is then the newest, and on some disks the first
            (folder / MARK).write_text("site", "utf-8")
            if fails:
                raise Killed

    def removing(remove: Callable[..., None], left: list[int]) -> Callable[..., None]:
        def removes(*arguments: Any, **options: Any) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            remove(*arguments, **options)

        return removes

    with place_at(tmp_path / "site") as folder:
        write_tree(folder, files)
    before = tree_of(tmp_path / "site")
    for number in range(1, 40):
        left = [number]
        with monkeypatch.context() as patched, contextlib.suppress(Killed):
            for name in ("unlink", "rmdir"):
                patched.setattr(os, name, removing(getattr(os, name), left))
            replace()
        assert tree_of(tmp_path / "site") == before
        with place_at(tmp_path / "site") as folder:
            assert [path.name for path in folder.iterdir()] == [MARK]
            write_tree(folder, files)
    assert left[0] >= 0  # the last had nothing left to remove


def test_a_mark_that_a_full_disk_left_empty_needs_no_cleaning(tmp_path: Path) -> None:
    write_tree(tmp_path, {f".site.new/{MARK}": ""})
    with place_at(tmp_path / "site") as folder:
        os.utime(folder / MARK, ns=(0, 0))
    assert (tmp_path / "site" / MARK).stat().st_mtime_ns == 0  # not written anew, when the disk may be full
    write_tree(tmp_path, {f".site.new/{MARK}": "", ".site.new/mine": ""})
    with pytest.raises(ArchiveError, match="holds something else"), place_at(tmp_path / "site"):
        pass


def test_a_mark_that_is_no_text_is_somebody_elses(tmp_path: Path) -> None:
    mark = write_tree(tmp_path, {f"site/{MARK}": b"site\xff"}) / "site" / MARK
    with pytest.raises(ArchiveError, match="holds something else"), place_at(tmp_path / "site"):
        pass
    assert mark.read_bytes() == b"site\xff"


def test_a_page_of_records_cannot_be_left_out(project: Path) -> None:
    good = (project / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(good + "exclude_docs: /events/bridge-2020/\n", "utf-8")
    try:
        assert run("build", root=project).code == 0
    finally:
        (project / "mkdocs.yml").write_text(good, "utf-8")
    assert (project / "site/events/bridge-2020/index.html").is_file()


def test_a_staged_tree_does_not_take_the_place_of_a_site_nor_the_reverse(project: Path, tmp_path: Path) -> None:
    assert run("stage", project / "site", root=project).code == 2
    assert run("stage", tmp_path / "tree", root=project).code == 0
    assert run("build", "--out", tmp_path / "tree", root=project).code == 2


MOUNTS = {  # what is mounted at "$1"; that of a folder of the same disk cannot be told from any other folder
    "another disk": "mount -t tmpfs none",
    "a folder of the same disk": 'mkdir "$2"; mount --bind "$2"',
}


@pytest.mark.parametrize("mount", MOUNTS)
def test_a_mount_point_is_refused_with_what_to_do(mount: str, tmp_path: Path) -> None:
    root = minimal_root(tmp_path / "project")
    (tmp_path / "out").mkdir()
    script = f'{MOUNTS[mount]} "$1"; shift 2; exec "$@"'
    command = [sys.executable, "-m", "archive", "stage", "--root", root, tmp_path / "out"]
    done = subprocess.run(
        [*ALONE, "sh", "-euc", script, "sh", tmp_path / "out", tmp_path / "elsewhere", *command],
        env={**os.environ, "PYTHONPATH": str(PROGRAM)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == (
        f"archive: {tmp_path}/out is a mount point, and no other folder can take its place; name a folder in it, such "
        f"as {tmp_path}/out/site, or mount what it is in\n"
    )
    assert not list(tmp_path.glob(".out*"))


def test_the_root_of_the_disk_is_refused(project: Path) -> None:
    done = run("build", "--out", "/", root=project)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_the_addresses_of_the_sources_are_listed_by_record(tmp_path: Path) -> None:
    daily, kept = "https://daily.example/1", "https://kept.example/1"
    source = {"kind": "press-report", "outlet": "daily", "url": daily}
    copied = {**source, "archived_url": kept, "archived_at": "2026-11-01"}
    withdrawn = [{"date": "2026-11-23", "kind": "withdrawal", "note": "Not a statement."}]
    texts = {
        FIRST: statement_text(sources=[source, copied]),
        "statements/2021/2021-09-22-second.md": statement_text(
            date="2021-09-22", status="withdrawn", title="Statement two", history=withdrawn
        ),
    }
    root = minimal_root(tmp_path / "project", texts)
    assert cli.main(["links", str(tmp_path / "links"), "--root", str(root)]) == 0
    listed = tree_of(tmp_path / "links")
    assert listed.pop(".made-by-archive")
    assert listed == {"2021-09-21-first.txt": f"{daily}\n{kept}\n".encode()}
