"""The command `archive`, run in this process."""

import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from archive import cli


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that has ended: its exit code, and what it printed."""

    code: int
    out: str
    err: str


def run(*arguments: object, root: Path | None = None, input: str = "", encoding: str = "utf-8") -> Done:
    """Run the command, for the project at `root` if it is given, on a terminal that has the letters of `encoding`."""
    of_project = ["--root", str(root)] if root else []
    with CliRunner(charset=encoding).isolation(input) as (out, err, _):
        code = cli.main([*map(str, arguments), *of_project])
        sys.stderr.flush()
    return Done(code=code, out=out.getvalue().decode(encoding), err=err.getvalue().decode(encoding))
