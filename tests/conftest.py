"""Fixtures that several tests share: golden files, and the real project and five of its records, built once a run."""

import fcntl
import os
import pickle
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from builders import HERE, PROJECT, Once, copy_project, run_module
from vectors import Hostile, everywhere

settings.register_profile("archive", deadline=None, derandomize=True, database=None)
settings.load_profile("archive")


DEAREST = (  # begun first, so that no worker is left with one of them at the end
    "browser/test_pages.py",
    "browser/test_search_page.py",
    "browser/test_search_scale.py",
    "browser/test_hostile.py",
    "browser/test_search_choices.py",
    "browser/test_search_words.py",
    "browser/test_cite.py",
    "publish/test_serve.py",
    "publish/test_build.py",
    "publish/test_faults.py",
    "publish/test_bag.py",
    "publish/test_hostile.py",
    "browser/test_preview.py",
    "publish/test_continuity.py",
    "renderers/test_renderers.py",
    "exports/test_data.py",
    "exports/test_feeds.py",
    "content/test_fuzz.py",
    "authoring/test_draft.py",
    "authoring/test_csv_import.py",
    "validation/test_check.py",
)
LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected files anew; read the diff")
    parser.addoption(
        "--leave-out",
        action="append",
        default=[],
        metavar="MARKER",
        help="leave out the tests so marked; say which",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = Counter()


@pytest.hookimpl(trylast=True)  # of the tests that -k and -m select
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked so; put the dearest files first."""
    markers = config.getoption("--leave-out")
    left_out = [item for item in items if any(item.get_closest_marker(marker) for marker in markers)]
    config.stash[LEFT_OUT].update(item.path.relative_to(PROJECT).as_posix() for item in left_out)
    if hasattr(config, "workeroutput"):
        config.workeroutput["left out"] = dict(config.stash[LEFT_OUT])
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    rank = {Path(__file__).parent / name: number for number, name in enumerate(DEAREST)}
    gone = set(left_out)
    items[:] = sorted((item for item in items if item not in gone), key=lambda item: rank.get(item.path, len(rank)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: each waits at times for a browser, a server or another program."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """All workers collect the same, so that each says the same."""
    node.config.stash[LEFT_OUT] = Counter(
        getattr(node, "workeroutput", {}).get("left out", {})
    )  # a worker that died has none


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if left_out := config.stash[LEFT_OUT]:
        markers = " or ".join(config.getoption("--leave-out"))
        terminalreporter.section(f"{left_out.total()} tests left out, being marked {markers}", "-")
        for path, number in sorted(left_out.items()):
            terminalreporter.line(f"{path}: {number}")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with the file that holds what is expected."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.write_text(text, "utf-8", newline="\n")
        assert text == path.read_text("utf-8"), f"differs from {path.relative_to(PROJECT)}; see --update-golden"

    return compare


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def once(shared: Path) -> Once:
    """Makes a folder once a run: the first worker that needs it makes it, the others wait and share it by path."""

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        made, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(made, ignore_errors=True)  # of a worker that failed
                make(made)
                done.touch()
        return made

    return folder


def build(root: Path, out: Path, **environment: str) -> None:
    done = run_module(root, "archive", "build", "--out", out, **environment)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def project(once: Once) -> Path:
    """A copy of the real project; no test changes it."""
    return once("project", lambda folder: copy_project(folder, whole=True))


@pytest.fixture(scope="session")
def built(project: Path, once: Once) -> Path:
    """The real site, as `archive build` makes it; no test changes it."""
    return once("built", lambda folder: build(project, folder))


@pytest.fixture(scope="session")
def five_project(once: Once) -> Path:
    """A copy of the project with five records; no test changes it."""
    return once("five-project", copy_project)


@pytest.fixture(scope="session")
def five(five_project: Path, once: Once) -> Path:
    """The site of five records, for tests that need some built site; no test changes it."""
    return once("five", lambda folder: build(five_project, folder, **HERE))


@pytest.fixture(scope="session")
def offline(five_project: Path, once: Once) -> Path:
    """The site of five records, `site`, with its zip, and its copy for the disk, `copy`; no test changes them."""

    def make(folder: Path) -> None:
        options = ("--offline", folder / "copy", "--offline-zip")
        done = run_module(five_project, "archive", "build", "--out", folder / "site", *options, **HERE)
        assert done.returncode == 0, done.stdout + done.stderr

    return once("offline", make)


@pytest.fixture(scope="session")
def hostile(once: Once) -> Hostile:
    """The project with each hostile text in every field that takes it; no test changes it."""

    def make(folder: Path) -> None:
        folder.mkdir()
        (folder / "made").write_bytes(pickle.dumps(everywhere(folder / "project")))

    made: Hostile = pickle.loads((once("hostile", make) / "made").read_bytes())  # noqa: S301 of this run
    return made


@pytest.fixture
def edit() -> Callable[[Path, str, str], Path]:
    """Replaces a text in the first real statement that has it and is not withdrawn, and returns its path."""

    def replace(root: Path, old: str, new: str) -> Path:
        for path in sorted(root.glob("statements/[0-9]*/*.md")):
            text = path.read_text("utf-8")
            if old in text and "\nstatus: withdrawn\n" not in text:
                path.write_text(text.replace(old, new, 1), "utf-8")
                return path
        raise AssertionError(f"no statement has {old!r}")

    return replace
