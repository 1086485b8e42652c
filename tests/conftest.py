"""Fixtures that several tests share: golden files, and the real project copied and built once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from builders import PROJECT, copy_project, run_module

settings.register_profile("archive", deadline=None, derandomize=True, database=None)
settings.load_profile("archive")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected files anew; read the diff")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with the file that holds what is expected."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.write_text(text, "utf-8", newline="\n")
        assert text == path.read_text("utf-8"), f"differs from {path.relative_to(PROJECT)}; see --update-golden"

    return compare


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real project; no test changes it."""
    return copy_project(tmp_path_factory.mktemp("project") / "copy", whole=True)


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


@pytest.fixture(scope="session")
def built(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, as `archive build` makes it."""
    out = tmp_path_factory.mktemp("built") / "site"
    done = run_module(project, "archive.cli", "build", "--out", out)
    assert done.returncode == 0, done.stdout + done.stderr
    return out
