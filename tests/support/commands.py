"""Run the command `archive` in this process, without the cost of starting it."""

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TextIO
from unittest import mock

from archive import cli


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that has ended: its exit code, and what it printed."""

    code: int
    out: str
    err: str


def run(*arguments: object, root: object = None, input: str = "", encoding: str = "utf-8") -> Done:
    """Run the command, for the project at `root` if it is given, on a terminal that has the letters of `encoding`.

    The output includes that of the processes it starts.
    """
    of_project = ["--root", str(root)] if root else []
    stdin = io.TextIOWrapper(io.BytesIO(input.encode(encoding)), encoding)
    with mock.patch.object(sys, "stdin", stdin), _capture(1, encoding) as out, _capture(2, encoding) as err:
        with redirect_stdout(out), redirect_stderr(err):
            code = cli.main([*map(str, arguments), *of_project])
        return Done(code=code, out=_content(out), err=_content(err))


@contextmanager
def _capture(descriptor: int, encoding: str) -> Iterator[TextIO]:
    """Redirect a file descriptor to a temporary file, which is the value of this context."""
    before = os.dup(descriptor)
    with tempfile.TemporaryFile("w+", buffering=1, encoding=encoding) as file:
        os.dup2(file.fileno(), descriptor)
        try:
            yield file
        finally:
            os.dup2(before, descriptor)
            os.close(before)


def _content(file: TextIO) -> str:
    file.seek(0)
    return file.read()
