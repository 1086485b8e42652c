"""The published site is whole, old or new, whenever and however a build ends."""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builders import FIRST, PROGRAM, statement_text, tree_of, write_tree
from commands import run
from plain_site import ALONE, plain_root

PAGE = os.sysconf("SC_PAGE_SIZE")  # what a file system in memory gives a file at a time
MOMENTS = 50  # spread over the whole run
EDITIONS = (statement_text(), statement_text(title="Statement on the bridge, corrected"))
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PROGRAM)}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plain_root(tmp_path_factory.mktemp("faults") / "project")


@pytest.fixture(scope="module")
def first_edition(root: Path) -> dict[str, bytes]:
    return built(root, EDITIONS[0])


@pytest.fixture
def old(root: Path, first_edition: dict[str, bytes]) -> dict[str, bytes]:
    """The site of the first edition, which is published."""
    if tree_of(root / "site") != first_edition:  # as a test that failed may leave it
        assert built(root, EDITIONS[0]) == first_edition
    return first_edition


def command(root: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "archive", "build", "--root", str(root), *more]


def built(root: Path, edition: str) -> dict[str, bytes]:
    """The site of this edition."""
    write_tree(root, {FIRST: edition})
    done = run("build", root=root)
    assert done.code == 0, done.err
    return tree_of(root / "site")


def killed(root: Path, moment: float) -> bool:
    """Begin a build and kill it, and all that it started, so many seconds later; whether it had ended by then."""
    with subprocess.Popen(
        command(root), env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as running:
        try:
            running.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            return False
        return True


def test_a_build_killed_at_each_step_leaves_the_old_site(root: Path, old: dict[str, bytes], tmp_path: Path) -> None:
    waits = "import time\nfrom archive.publish import linkcheck\nlinkcheck.broken = lambda *_: time.sleep(600)\n"
    stub = write_tree(tmp_path, {"sitecustomize.py": waits})  # so that no build ends before it is killed
    environment = {**ENVIRONMENT, "PYTHONPATH": f"{stub}{os.pathsep}{PROGRAM}"}
    write_tree(root, {FIRST: EDITIONS[1]})
    for step in ("Rendering the pages", "Checking the links"):
        with subprocess.Popen(
            command(root), env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
        ) as running:
            assert running.stderr is not None
            assert f"{step}\n" in running.stderr
            os.killpg(running.pid, signal.SIGKILL)
        assert running.returncode == -signal.SIGKILL
        assert (root / ".site.new").exists()
        assert tree_of(root / "site") == old
    assert built(root, EDITIONS[1]) != old  # nothing needed cleaning by hand
    assert not list(root.glob(".site*"))
    assert built(root, EDITIONS[0]) == old


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_a_whole_site(root: Path) -> None:
    sites, times = [], []
    for edition in EDITIONS:
        write_tree(root, {FIRST: edition})
        start = time.monotonic()
        assert killed(root, 600)
        times.append(time.monotonic() - start)
        sites.append(tree_of(root / "site"))
    assert sites[0] != sites[1]
    now = 1  # the edition that is published
    whole = within = 0
    for number in range(MOMENTS):
        write_tree(root, {FIRST: EDITIONS[1 - now]})
        ended = killed(root, max(times) * number / (MOMENTS - 1))
        within += not ended and (root / ".site.new").exists()
        site = tree_of(root / "site")
        whole += site in sites
        if ended:
            assert site == sites[1 - now]
        now = sites.index(site)
    assert whole == MOMENTS
    assert within >= MOMENTS // 4  # the moments fell while there was something to leave half done
    assert built(root, EDITIONS[0]) == sites[0]  # nothing needed cleaning by hand
    assert not list(root.glob(".site*"))


def in_small_space(root: Path, folder: Path, size: int, before: str) -> subprocess.CompletedProcess[str]:
    """Build over the site on a file system of its own, of so many bytes; what `before` does comes between.

    The result's last line is whether the site is as it was.
    """
    folder.mkdir()
    site, there, kept = (shlex.quote(str(path)) for path in (root / "site", folder / "site", folder.parent / "kept"))
    build = shlex.join(command(root, "--out", str(folder / "site")))
    script = f"""
mount -t tmpfs -o size={size} none {shlex.quote(str(folder))}
cp -a {site} {there}
cp -a {site} {kept}
{before}
code=0
{build} || code=$?
diff -r {kept} {there} && echo same
exit $code
"""
    return subprocess.run(
        [*ALONE, "sh", "-euc", script], env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("room", [0.0, 0.3, 0.6, 0.8])
@pytest.mark.usefixtures("old")
def test_a_full_disk_leaves_the_site(root: Path, tmp_path: Path, room: float) -> None:
    write_tree(root, {FIRST: EDITIONS[1]})
    size = sum(-(-path.stat().st_size // PAGE) * PAGE for path in (root / "site").rglob("*") if path.is_file())
    done = in_small_space(root, tmp_path / "disk", int(size * (1.02 + room)), "")
    assert done.returncode in (1, 2), done.stderr
    assert "No space left" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "same"


@pytest.mark.usefixtures("old")
def test_a_folder_that_cannot_be_written_leaves_the_site(root: Path, tmp_path: Path) -> None:
    write_tree(root, {FIRST: EDITIONS[1]})
    disk = shlex.quote(str(tmp_path / "disk"))
    done = in_small_space(root, tmp_path / "disk", 50_000_000, f"mount -o remount,ro {disk}")
    assert done.returncode == 2, done.stderr
    assert "Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.splitlines()[-1] == "same"
