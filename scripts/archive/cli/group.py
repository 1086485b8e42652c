"""The group that the commands belong to, and what they share: options, the project's folder, printing."""

import contextlib
import datetime
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.model.errors import USAGE, ArchiveError

if TYPE_CHECKING:
    from archive.exports.data import manifest
    from archive.model.records import Archive

PATH = click.Path(path_type=Path)  # that there is something at it is for the command to say
_DIR = "the project's folder (default: the nearest at or above this one)"


def _help(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        show(context.get_help())
        context.exit()


def _named(context: click.Context, _: click.Parameter, root: Path | None) -> Path | None:
    """The folder named after the command, or before it."""
    return root or (context.parent.params["root"] if context.parent else None)


def _project(context: click.Context, parameter: click.Parameter, root: Path | None) -> Path:
    return project(_named(context, parameter, root))


_ROOT = partial(click.Option, ["--root"], metavar="DIR", type=PATH, help=_DIR)
_HELP = click.Option(
    ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_help, help="show this"
)


@click.group(no_args_is_help=False, params=[_ROOT(), _HELP])
def commands(root: Path | None) -> None:
    """The ombudsman statements archive."""


def command(name: str | None = None, *, needs_project: bool = True) -> Callable[[Callable[..., int | None]], object]:
    """A command of the group, with --root and --help; its `root` is the project's folder, or as given if not needed."""

    def add(function: Callable[..., int | None]) -> click.Command:
        made = commands.command(name, short_help=function.__doc__)(function)
        made.params += [_ROOT(callback=_project if needs_project else _named), _HELP]
        return made

    return add


def project(root: Path | None) -> Path:
    """The project's folder: the one named, or the nearest at or above the current one."""
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


def _published(_: click.Context, __: click.Parameter, file: Path | None) -> "manifest.Manifest | None":
    """What was published earlier, by the file that says so."""
    if file is None:
        return None
    from archive.exports.data import manifest
    from archive.model import urls

    try:
        return manifest.parse(file.read_bytes())
    except ValueError as error:
        advice = f"; name the {urls.DATA_FILES}manifest.json of the site as published"
        if isinstance(error, manifest.Older):
            advice = (
                ": hold this archive against it with the older program's archive check --since, "
                "then run scripts/build once"
            )
        raise ArchiveError(f"{file} {error}{advice}", USAGE) from None


since_option = click.option(
    "--since", metavar="FILE", type=PATH, callback=_published, help="the manifest.json published last"
)


def today() -> datetime.date:
    """The day by the machine's own clock and zone."""
    return datetime.datetime.now(datetime.UTC).astimezone().date()


def newest(archive: "Archive") -> datetime.date:
    """The day of the newest change of any record, the archive's own clock."""
    return max((change.date for s in archive.statements for change in s.history), default=datetime.date(1970, 1, 1))


def show(text: str) -> None:
    """Print what was asked for."""
    with contextlib.suppress(BrokenPipeError):  # `main` deals with it
        print(text)


def say(text: str) -> None:
    """Print, beside what was asked for, what is being done."""
    print(text, file=sys.stderr, flush=True)
