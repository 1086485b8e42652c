"""The command while it loads the program."""

import os
import signal
import subprocess
import sys

from builders import PROJECT

STOPPED_WHILE_IT_LOADS = """
import os, signal, sys
class Stop:
    def find_spec(self, name, *_):
        if name == "archive.cli":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stop())
from archive.command import main
sys.exit(main())
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def test_ctrl_c_while_the_program_is_loaded_is_said_in_a_line() -> None:
    done = run(STOPPED_WHILE_IT_LOADS, "check")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "archive: interrupted; nothing was changed\n")


def test_the_command_runs_the_program() -> None:
    done = run("import sys; from archive.command import main; sys.exit(main())", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: archive ")
