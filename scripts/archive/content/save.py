"""Texts -> content files: each whole or not at all, and nothing that the maintainer has is lost."""

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

_STOPPING = (signal.SIGINT, signal.SIGTERM)


def create(path: Path, text: str) -> None:
    """Write a new file, whole or not at all, and the folders above it.

    Raises FileExistsError where there is something at the path already.
    """
    change({path: text}, {})


def change(new: Mapping[Path, str], other: Mapping[Path, str]) -> None:
    """Write new files, and other texts for files that there are: all of them, or none.

    Every text is on the disk beside its place before the first file changes; a signal that would stop the program
    after that is let go. Raises FileExistsError where a new file's path is taken, and another OSError
    where one cannot be written; then everything is as it was.
    """
    folders: list[Path] = []
    waiting: list[Path] = []
    try:
        for path, text in {**new, **other}.items():
            if path in new and os.path.lexists(path):
                raise FileExistsError(17, "is there already", str(path))
            folders += _missing(path.parent)
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting.append(_beside(path))
            _beside(path).write_text(text, "utf-8", newline="\n")
            if path in other:
                shutil.copymode(path, _beside(path))
        _put(tuple(new), tuple(other))
        folders.clear()
    finally:
        for beside in waiting:
            beside.unlink(missing_ok=True)
        for folder in reversed(folders):
            with contextlib.suppress(OSError):  # it holds something else by now
                folder.rmdir()


def _put(new: tuple[Path, ...], other: tuple[Path, ...]) -> None:
    done: list[Path] = []
    before = {path: path.read_bytes() for path in other}
    with _not_stopped():
        try:
            for path in new:
                _link(_beside(path), path)
                done.append(path)
            for path in other:
                _beside(path).replace(path)
                done.append(path)
        except OSError:
            for path in done:
                if path in before:
                    _beside(path).write_bytes(before[path])
                    _beside(path).replace(path)
                else:
                    path.unlink()
            raise


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")  # a hidden file is not content


def _missing(folder: Path) -> list[Path]:
    """The folders that are to be made for this one, outermost first."""
    return [each for each in (*reversed(folder.parents), folder) if not each.exists()]


def _link(beside: Path, path: Path) -> None:
    """Give the file its place, unless there is one by now."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with path.open("x"):
            pass
        beside.replace(path)


@contextlib.contextmanager
def _not_stopped() -> Iterator[None]:
    """Let go the signals that would stop the program: they come too late. A mask would hold for one thread alone."""
    before = {each: signal.signal(each, signal.SIG_IGN) for each in _STOPPING}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
