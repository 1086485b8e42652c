"""Run the command `archive` and return its exit code.

0: done, 1: problems in the content, 2: wrong use or a broken environment. What takes a moment to load is imported
under the guard of `main`, and in each command, which loads only what it needs.
"""

import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from click import UsageError

_DONE, _USAGE = 0, 2
_SHOW_TRACEBACK = "ARCHIVE_TRACEBACK"  # a variable of the environment


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, by default those of the process, and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)  # so that unfinished work is cleared away
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
    except OSError as error:
        code = _fail(f"{error.filename or ''}: {error.strerror}".lstrip(": "))
    except KeyboardInterrupt:
        # CPython notes an interrupt that passes through exec(), as in a dataclass being loaded, and then ends by SIGINT
        # although it was caught here (pythonrun.c, run_eval_code_obj); the next exec() takes the note away.
        exec("")  # noqa: S102
        code = _fail("interrupted; nothing was changed")
    except Exception as error:  # a fault of the program; nobody is to be shown a traceback unasked
        code = _fail_unforeseen(error)
    return code if _flush() else _USAGE


def _run(arguments: Sequence[str]) -> int:
    import click

    from archive.cli import records, site  # noqa: F401  # they add their commands to the group
    from archive.cli.group import commands, show
    from archive.model.errors import ArchiveError

    try:
        with commands.make_context("archive", list(arguments)) as context:
            return commands.invoke(context) or _DONE
    except click.exceptions.Exit as done:  # after the help
        return done.exit_code
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "archive"
        return _fail(f"{_rephrase(error)}; see {path} --help")
    except ArchiveError as error:
        if not error.problems:
            return _fail(str(error), error.exit_code)
        from archive.validation.report import format_problems, merged

        show(format_problems(merged(error.problems)))
        return error.exit_code


def _rephrase(error: "UsageError") -> str:
    """Return the message of click's error in the form of ours: "no such command 'chek' (did you mean 'check'?)"."""
    fault, guess = error.format_message(), ""
    if getattr(error, "possibilities", None):  # the guess then follows the message
        fault, guess = error.message, fault.removeprefix(error.message).strip(" ()")
    fault = fault.strip().removesuffix(".")
    return fault[0].lower() + fault[1:] + (f" ({guess[0].lower()}{guess[1:]})" if guess else "")


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _flush() -> bool:
    """Write out what was printed; return False where that failed. A reader that has left, as `head` has, is none."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its end
        if not isinstance(error, BrokenPipeError):
            _fail(f"cannot print: {error.strerror}")
            return False
    return True


def _fail_unforeseen(error: Exception) -> int:
    """Report in one line an error that no command foresees, after its traceback where the environment asks for it."""
    fault = f"unforeseen {type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")
    if not os.environ.get(_SHOW_TRACEBACK):
        return _fail(f"{fault}; {_SHOW_TRACEBACK}=1 before the command shows where, for a report")
    import traceback

    traceback.print_exception(error)
    return _fail(fault)


def _fail(text: str, code: int = _USAGE) -> int:
    print(f"archive: {text}", file=sys.stderr)
    return code
