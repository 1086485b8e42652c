"""Do work in as many processes as there are processors."""

import os
import pickle
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from archive.model.errors import ArchiveError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

_STOPPING = {signal.SIGINT, signal.SIGTERM}
_DIGITS = 4  # bytes of the number of a piece


def processors() -> int:
    """Return how many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(pieces: Sequence[Callable[[], T]], number: int = 0) -> Generator[T]:
    """Yield what each piece of work returns, as soon as it is done, in no order; by default a process a processor.

    A process takes the next piece when it has done one, so the largest should come first. What a piece raises is raised
    here. The processes know what this one knows, and keep what they change to themselves; with this one, they end.
    """
    number = min(number or processors(), len(pieces))
    if number < 2 or not hasattr(os, "fork") or threading.active_count() > 1:  # a process would lack the other threads
        yield from (piece() for piece in pieces)
        return
    from multiprocessing.connection import Pipe  # takes a moment to load

    tickets = _file_of(b"".join(place.to_bytes(_DIGITS) for place in range(len(pieces))))
    workers: dict[Connection, int] = {}  # with the number of each process
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        for _ in range(number):
            receive, send = Pipe(duplex=False)
            # what they raise would be lost while a process begins, or raised in the new one, which would clear up too
            former = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
            if not (process := os.fork()):
                _work(pieces, tickets, send, receive)
            workers[receive] = process
            send.close()
            signal.pthread_sigmask(signal.SIG_SETMASK, former)
        yield from _results(list(workers), len(pieces))
    finally:
        os.close(tickets)
        for receive, process in workers.items():
            receive.close()
            os.kill(process, signal.SIGTERM)
            os.waitpid(process, 0)


def _file_of(data: bytes) -> int:
    """Return a descriptor by which processes that share it read data one after the other, each what no other has."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return os.dup(file.fileno())


def _results(workers: "list[Connection]", missing: int) -> Iterator[Any]:
    from multiprocessing.connection import wait

    while workers:
        ready = wait(workers)
        for worker in [worker for worker in workers if worker in ready]:
            try:
                done, result = worker.recv()
            except (EOFError, OSError):  # the latter where it was killed while it sent
                workers.remove(worker)
                continue
            if not done:
                raise result
            missing -= 1
            yield result
    if missing:
        raise ArchiveError("a process of this program was killed, perhaps for want of memory")


def _work(pieces: Sequence[Callable[[], object]], tickets: int, send: "Connection", receive: "Connection") -> NoReturn:
    """Do pieces of work in a new process, and end it without what ends this program."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that began this one ends it
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
        receive.close()
        while ticket := os.read(tickets, _DIGITS):
            send.send((True, pieces[int.from_bytes(ticket)]()))
    except BrokenPipeError:  # of the process that began this one
        pass
    except BaseException as error:
        error.add_note("".join(traceback.format_exception(error)))
        send.send((False, error if _can_be_sent(error) else RuntimeError(repr(error))))
    finally:
        os._exit(0)


def _can_be_sent(error: BaseException) -> bool:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 of this program
    except Exception:
        return False
    return True
