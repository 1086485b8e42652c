"""Save content files: each whole or not at all, so that nothing that the maintainer has is lost."""

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path

_STOPPING = (signal.SIGINT, signal.SIGTERM)


def create(path: Path, text: str) -> None:
    """Write a new file and the folders above it.

    Raises FileExistsError if there is something at the path already.
    """
    change({path: text}, {})


def change(new: Mapping[Path, str], existing: Mapping[Path, str]) -> None:
    """Write new files and replace existing ones: all of them, or none.

    Every text is on the disk beside its path before the first file changes; signals that would stop the program are
    ignored from then on. Raises FileExistsError if the path of a new file is taken, and another OSError if a file
    cannot be written; then everything is as it was.
    """
    folders: list[Path] = []
    waiting: list[Path] = []
    try:
        for path, text in {**new, **existing}.items():
            if path in new and os.path.lexists(path):
                raise FileExistsError(17, "is there already", str(path))
            folders += _missing(path.parent)
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting.append(_beside(path))
            _beside(path).write_text(text, "utf-8", newline="\n")
            if path in existing:
                shutil.copymode(path, _beside(path))
        _put_in_place(tuple(new), tuple(existing))
        folders.clear()
    finally:
        for path in waiting:
            path.unlink(missing_ok=True)
        for folder in reversed(folders):
            with contextlib.suppress(OSError):  # it holds something else by now
                folder.rmdir()


def _put_in_place(new: tuple[Path, ...], existing: tuple[Path, ...]) -> None:
    done: list[Path] = []
    before = {path: path.read_bytes() for path in existing}
    with _signals_ignored():
        try:
            for path in new:
                _link(_beside(path), path)
                done.append(path)
            for path in existing:
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
    """Return the folders to be made for this one, outermost first."""
    return [path for path in (*reversed(folder.parents), folder) if not path.exists()]


def _link(beside: Path, path: Path) -> None:
    """Put the file in place, or raise FileExistsError if there is one by now."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with path.open("x"):
            pass
        beside.replace(path)


@contextlib.contextmanager
def _signals_ignored() -> Iterator[None]:
    """Ignore the signals that would stop the program. A mask would hold for one thread only."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
