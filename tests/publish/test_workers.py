"""Work in several processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial

import pytest

from archive.model.document import Problem
from archive.model.errors import USAGE, ArchiveError
from archive.publish.workers import in_processes
from builders import PROGRAM


@pytest.fixture(autouse=True)
def no_other_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests may have left some, beside which no process is begun."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@pytest.mark.parametrize("number", [0, 1, 2, 8, 100])
@pytest.mark.parametrize("pieces", [0, 1, 9, 3000])
def test_each_piece_is_done_once(number: int, pieces: int) -> None:
    done = list(in_processes([partial(pow, piece, 2) for piece in range(pieces)], number))
    assert sorted(done) == [piece**2 for piece in range(pieces)]


def test_more_than_one_process_works() -> None:
    results = in_processes([os.getpid] * 200, 2)
    assert os.getpid() not in results


def fail(error: BaseException) -> None:
    raise error


PROBLEM = Problem(path="a.md", line=1, col=2, field="x", message="is wrong", hint="mend it")


class Odd(Exception):
    """An error that cannot be handed from one process to another."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")


@pytest.mark.parametrize("number", [1, 2])
def test_what_a_piece_raises_is_raised_here(number: int) -> None:
    with pytest.raises(ArchiveError) as error:
        list(in_processes([partial(fail, ArchiveError(exit_code=USAGE, problems=[PROBLEM]))] * 3, number))
    assert (error.value.exit_code, error.value.problems) == (USAGE, (PROBLEM,))


def test_an_error_that_cannot_be_handed_over_is_reported_all_the_same() -> None:
    with pytest.raises(RuntimeError, match="one and other"):
        list(in_processes([partial(fail, Odd("one", "other"))] * 3, 2))


def test_a_process_that_is_killed_is_missed() -> None:
    with pytest.raises(ArchiveError, match="was killed"):
        list(in_processes([lambda: os.kill(os.getpid(), signal.SIGKILL)] * 3, 2))


WORKING = r"""
import os, sys, time
from archive.publish.workers import in_processes

def piece():
    os.write(1, f"{os.getpid()}\n".encode())
    time.sleep(0.05)

list(in_processes([piece] * 2000, 2))
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_processes_end_with_the_program(sign: signal.Signals) -> None:
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM)}
    with subprocess.Popen(
        [sys.executable, "-c", WORKING], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        workers = {running.stdout.readline() for _ in range(8)}
        running.send_signal(sign)
        more = running.stdout.read().split()  # this ends once no process has it open
    assert len(workers) == 2
    assert len(more) < 200  # of 2,000


def test_a_process_that_is_killed_while_it_sends_is_missed() -> None:
    """What it has sent is larger than a pipe holds, and nobody reads it before."""

    def piece() -> bytes:
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return bytes(10_000_000)

    results = (time.sleep(1) for _ in in_processes([piece] * 2, 2))
    with pytest.raises(ArchiveError, match="was killed"):
        list(results)
