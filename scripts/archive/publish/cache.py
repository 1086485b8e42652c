"""Keep what a build made, so that the next one makes again only what has changed.

A task makes some files of the site. Of each is kept what it read of the archive, one fingerprint of all that, and the
files, which are not copied: they are taken from the site that was built last, as long as each is there as it was
written, by its size, time and number on the disk. The site before that one is kept too, as most of its files are the
same: they stay where they are in the folder that becomes the next site, and are linked by no one else. Whatever is
damaged, foreign or of another program is no cache.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from archive.model import plain
from archive.publish import storage
from archive.publish.atomic import MARK
from archive.publish.linkcheck import PageLinks

Stat = tuple[int, int, int]  # size, time in nanoseconds, number on the disk


class Made(NamedTuple):
    """A file of the site as it was written."""

    path: str
    sha256: str
    stat: Stat
    links: PageLinks | None = None  # of a page
    listed: bool = False  # whether the sitemap has it: it was made from records, and is no redirect
    updated: str = ""  # of such a page: ISO day of the last change of substance


class Task(NamedTuple):
    """What was done for a task: the paths of what it read, the fingerprint of all that, and files or a value."""

    reads: tuple[str, ...]
    print: bytes
    files: tuple[Made, ...] = ()
    value: bytes = b""


class Cache:
    """The tasks of the build before, by name, and the folder of the site that it made."""

    def __init__(
        self,
        tasks: Mapping[str, Task],
        site: Path,
        *,
        replaced: bool,
        spare: Path | None = None,
        kept: Mapping[str, bytes] | None = None,
    ) -> None:
        """Take over what another build made in the folder `site`, which is to be `replaced`, or else stays.

        `spare` is the folder of the site before, which nobody uses; `kept` has the tasks as they are saved.
        """
        self._tasks = tasks
        self._site = str(site)
        self._replaced = replaced
        self._spare = spare if replaced else None
        self._kept = kept or {}
        self._folders: set[str] = set()  # that are there
        self._present: set[str] = set()  # paths of files that are in their place

    def begin(self, folder: Path, names: Collection[str]) -> None:
        """Begin a folder in which tasks of these names are to be done: with what they had made in the site before."""
        self._present.clear()
        if self._spare is None:
            return
        folder.mkdir(exist_ok=True)
        spare = folder / ".spare"
        with contextlib.suppress(OSError):  # there is none, or it is on another disk
            self._spare.rename(spare)  # in one step, so that no other build has it too
            for entry in [*spare.iterdir()]:
                entry.rename(folder / entry.name)
        shutil.rmtree(spare, ignore_errors=True)
        useful = {made.path: made.stat for name in names if name in self._tasks for made in self._tasks[name].files}
        self._clear(str(folder), "", useful)

    def _clear(self, folder: str, prefix: str, useful: Mapping[str, Stat]) -> bool:
        """Remove what is of no use below a folder, and note the rest; return whether there is any."""
        left = False
        with os.scandir(folder) as found:
            entries = list(found)
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if self._clear(entry.path, f"{path}/", useful):
                    left = True
                else:
                    Path(entry.path).rmdir()
            elif path in useful and _stat(entry.stat(follow_symlinks=False)) == useful[path]:
                self._present.add(path)
                left = True
            elif prefix or entry.name != MARK:
                Path(entry.path).unlink()
        return left

    def take(self, name: str, folder: Path, print: Callable[[tuple[str, ...]], bytes]) -> Task | None:
        """Put the files of a task into a folder; None where it is to be done, as what it read or a file has changed.

        `print` returns the fingerprint of what stands at some paths today.
        """
        task = self._tasks.get(name)
        if task is None:
            return None
        if print(task.reads) == task.print:
            with contextlib.suppress(OSError):
                files = tuple([self._put(made, str(folder)) for made in task.files])
                return task if files == task.files else task._replace(files=files)
        for made in task.files:
            (folder / made.path).unlink(missing_ok=True)
        return None

    def _put(self, made: Made, folder: str) -> Made:
        if made.path in self._present:
            return made
        source, target = f"{self._site}/{made.path}", f"{folder}/{made.path}"
        parent = target.rpartition("/")[0]
        if parent not in self._folders:
            Path(parent).mkdir(parents=True, exist_ok=True)
            self._folders.add(parent)
        if self._replaced:  # two sites that stay must not share a file: who edits one would edit both
            os.link(source, target)
            if stat_of(target) != made.stat:
                raise FileNotFoundError(source)
            return made
        with Path(source).open("rb") as file, Path(target).open("wb") as copy:
            if _stat(os.fstat(file.fileno())) != made.stat:  # another build has put its own there
                raise FileNotFoundError(source)
            shutil.copyfileobj(file, copy)
        return made._replace(stat=stat_of(target))

    def save(self, root: Path, key: str, site: Path, tasks: Mapping[str, Task]) -> None:
        """Keep what a build with this cache made in the folder `site`; nothing where that cannot be written."""
        with storage.uncollected():
            before = _pieces(self._tasks)
            pieces = {
                name: self._kept[name] if name in self._kept and before[name] == piece else plain.dump(piece)
                for name, piece in _pieces(tasks).items()
            }
            storage.save(root / storage.SITE, key, (str(site.resolve()), pieces))


NO_CACHE = Cache({}, Path(), replaced=False)


def _pieces(tasks: Mapping[str, Task]) -> Mapping[str, Mapping[str, Task]]:
    """Return the tasks in the pieces in which they are saved, such as those of a year."""
    pieces: dict[str, dict[str, Task]] = {}
    for name, task in tasks.items():
        pieces.setdefault("/".join(name.split("/")[:2]), {})[name] = task
    return pieces


def stat_of(file: str | Path) -> Stat:
    """Return by what a file is known as the one that was written."""
    return _stat(os.lstat(file))


def _stat(found: os.stat_result) -> Stat:
    return found.st_size, found.st_mtime_ns, found.st_ino


def program_key(*settings: bytes) -> str:
    """Return a hash of the program and the libraries that shape what it makes, and of these settings."""
    return storage.program_key(sqlite3.sqlite_version.encode(), *settings)


def load(root: Path, key: str, site: Path) -> Cache:
    """Return what the last build of the project at `root` made by the same program, for one that is to make `site`."""
    with storage.uncollected(), contextlib.suppress(Exception):  # there is none, or one of another shape
        former, pieces = storage.load(root / storage.SITE, key)
        tasks: dict[str, Task] = {}
        for piece in pieces.values():
            tasks |= plain.load(piece, Task, Made, PageLinks)
        return Cache(
            tasks, Path(former), replaced=Path(former) == site.resolve(), spare=root / storage.SPARE, kept=pieces
        )
    shutil.rmtree(root / storage.SPARE, ignore_errors=True)
    return NO_CACHE
