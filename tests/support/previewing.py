"""Run a preview of a copy of the project, and wait for what it is to show."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from builders import PROGRAM, minimal_root

DEADLINE = 30  # seconds; a change takes about two


@dataclass
class Preview:
    """A running preview of a copy of the project."""

    root: Path
    address: str
    log: Path

    def page(self, path: str, timeout: float = 5) -> str:
        """Return the page at this path; "" where there is none."""
        status, text = self.answer(path, timeout)
        return text if status == 200 else ""

    def answer(self, path: str, timeout: float = 5) -> tuple[int, str]:
        """Return the status and text of the answer, without the time of the build that live reload has in the page."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=timeout) as answer:  # noqa: S310 our own address
                return 200, re.sub(r"livereload\(\d+, \d+\)", "", answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def wait(self, happened: Callable[[], bool], what: str) -> None:
        """Try until it has happened; fail after `DEADLINE` seconds."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            try:
                if happened():
                    return
            except OSError:
                pass
            time.sleep(0.1)
        pytest.fail(f"{what}: not within {DEADLINE} s; the preview printed:\n{self.log.read_text('utf-8')[-3000:]}")


def previewed(folder: Path) -> Path:
    """A project with the minimal archive, which is renewed in a moment, and with a copy of the program of its own."""
    shutil.copytree(PROGRAM, folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    return minimal_root(folder)


@contextmanager
def previewing(root: Path, log: Path) -> Iterator[Preview]:
    """Run the preview of a copy of the project with the copy's own program, which prints to `log`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    running = Preview(root, f"http://{host}/", log)
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", host]
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=out, stderr=out)
    try:
        running.wait(lambda: bool(running.page("")), "the home page")
        yield running
        assert process.poll() is None, log.read_text("utf-8")
        assert "Traceback" not in log.read_text("utf-8")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def address(path: Path) -> str:
    """Return the address of the page of a statement's file."""
    return f"statements/{path.parent.name}/{path.stem}/"
