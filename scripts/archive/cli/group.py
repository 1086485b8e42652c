"""Define the group that the commands belong to, and what they share: options, the project's folder, printing."""

import contextlib
import datetime
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from archive.model.errors import USAGE, ArchiveError

PATH_TYPE = click.Path(path_type=Path)  # each command reports for itself what is missing


def _help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        show(context.get_help())
        context.exit()


def _root(context: click.Context, _: click.Parameter, root: Path | None) -> Path | None:
    """Return the folder that --root names, after the command or before it."""
    return root or (context.parent.params["root"] if context.parent else None)


def _project_root(context: click.Context, parameter: click.Parameter, root: Path | None) -> Path:
    return project_root(_root(context, parameter, root))


_ROOT = partial(
    click.Option,
    ["--root"],
    metavar="DIR",
    type=PATH_TYPE,
    help="the project's folder (default: the nearest at or above this one)",
)
_HELP = click.Option(
    ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_help, help="show this"
)


@click.group(no_args_is_help=False, params=[_ROOT(), _HELP])
def commands(root: Path | None) -> None:
    """The ombudsman statements archive."""


def command(name: str | None = None, *, needs_project: bool = True) -> Callable[[Callable[..., int | None]], object]:
    """Add a command to the group, with --root and --help.

    Its `root` is the project's folder or, where it needs none, what --root names.
    """

    def add(function: Callable[..., int | None]) -> click.Command:
        added = commands.command(name, short_help=function.__doc__)(function)
        added.params += [_ROOT(callback=_project_root if needs_project else _root), _HELP]
        return added

    return add


def project_root(root: Path | None) -> Path:
    """Return the project's folder: the one named, or the nearest at or above the current one."""
    from archive.content import reader

    here = (root or Path.cwd()).resolve()
    candidates = [here] if root else [here, *here.parents]
    for folder in candidates:
        if (folder / "mkdocs.yml").is_file() and (folder / reader.STATEMENTS_FOLDER).is_dir():
            return folder
    raise ArchiveError(
        f"{candidates[0]} is not the project's folder nor below it: no mkdocs.yml with statements/ beside it; "
        "go there, or name it with --root DIR",
        USAGE,
    )


since_option = click.option(
    "--since",
    metavar="DIR|URL",
    help="the edition before: the site or its data/v1/, as a folder or where it is published",
)


no_cache_option = click.option("--no-cache", is_flag=True, help="make everything again, also what has not changed")


def today() -> datetime.date:
    """Return the day by the machine's own clock and time zone."""
    from archive.publish import loading

    return loading.today()


def show(text: str) -> None:
    """Print a result."""
    with contextlib.suppress(BrokenPipeError):  # `main` deals with it
        print(text)


def say(text: str) -> None:
    """Print progress or a problem, to standard error."""
    print(text, file=sys.stderr, flush=True)
