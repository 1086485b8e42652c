"""What the benchmarks check of themselves: that each run does what it is to do."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("number", [10, pytest.param(1000, marks=pytest.mark.slow)])
def test_as_many_rows_as_are_measured_are_imported_once_and_one_is_changed(number: int) -> None:
    command = [sys.executable, FOLDER / "csv_import.py", str(number)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == 3


def test_the_exports_are_measured() -> None:
    """How much a statement needs is no measure of so few."""
    command = [sys.executable, FOLDER / "exports.py", "10"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "peak memory" in done.stdout


@pytest.mark.slow
def test_the_exports_need_no_more_memory_than_they_may() -> None:
    command = [sys.executable, FOLDER / "exports.py", "1000"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "NOT MET" not in done.stdout
