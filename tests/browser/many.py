"""A site of 10,000 synthetic statements, built in the background: it takes minutes, in which other tests can run."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import synthetic
from builders import copy_project

NUMBER = 10_000

_BUILD = """
import shutil, sys
from pathlib import Path
import synthetic
from archive.cli import main
root = Path(sys.argv[1])
shutil.rmtree(root / "statements")
synthetic.write(root, int(sys.argv[2]))
sys.exit(main(["build", "--root", str(root)]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A build that is under way."""

    root: Path
    log: Path
    process: subprocess.Popen[bytes]

    def finished(self) -> Path:
        """Wait until it has ended; the project with its site."""
        assert self.process.wait() == 0, self.log.read_text("utf-8")[-1500:]
        return self.root


@contextmanager
def building(folder: Path) -> Iterator[Building]:
    root, log = copy_project(folder / "project"), folder / "log"
    path = os.pathsep.join([str(root / "scripts"), str(Path(synthetic.__file__).parent)])
    command = [sys.executable, "-c", _BUILD, str(root), str(NUMBER)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=root, env=os.environ | {"PYTHONPATH": path}, stdout=out, stderr=out)
    try:
        yield Building(root=root, log=log, process=process)
    finally:
        process.terminate()
        process.wait()
