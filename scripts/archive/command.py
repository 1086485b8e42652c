"""The command `archive`: loads the program, which takes a moment, and runs it."""

import os
import signal

_MISUSE = 2


def main() -> int:
    """Run the command with the process's own arguments; return the exit code."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:  # as it is where a shell runs it with &
        signal.signal(signal.SIGINT, _leave)
    from archive import cli  # here, so that Ctrl-C is heard while it is loaded

    signal.signal(signal.SIGINT, before)
    return cli.main()


def _leave(*_: object) -> None:
    os.write(2, b"archive: interrupted; nothing was changed\n")
    os._exit(_MISUSE)
