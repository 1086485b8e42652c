"""Keep what a build made, so that the next one makes again only what has changed.

A task makes some files of the site. Of each is kept what it read of the archive, one fingerprint of all that, and the
files, which are not copied: they are taken from the site that was built last, as long as each is there as it was
written, by its size, time and number on the disk. Whatever is damaged, foreign or of another program is no cache.
"""

import contextlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive.publish import storage
from archive.publish.linkcheck import PageLinks

Stat = tuple[int, int, int]  # size, time in nanoseconds, number on the disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file of the site as it was written."""

    path: str
    sha256: str
    stat: Stat
    links: PageLinks | None = None  # of a page
    listed: bool = False  # whether the sitemap has it: it was made from records, and is no redirect
    updated: str = ""  # of such a page: ISO day of the last change of substance


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What was done for a task: the paths of what it read, the fingerprint of all that, and files or a plain value."""

    reads: tuple[str, ...]
    print: bytes
    files: tuple[Made, ...] = ()
    value: Any = None


class Cache:
    """The tasks of the build before, by name, and the folder of the site that it made."""

    def __init__(self, tasks: Mapping[str, Task], site: Path, *, replaced: bool) -> None:
        """Take over what another build made in the folder `site`, which is to be `replaced`, or else stays."""
        self._tasks = tasks
        self._site = str(site)
        self._replaced = replaced
        self._folders: set[str] = set()  # that are there

    def take(self, name: str, folder: Path, print: Callable[[tuple[str, ...]], bytes]) -> Task | None:
        """Put the files of a task into a folder; None where it is to be done, as what it read or a file has changed.

        `print` returns the fingerprint of what stands at some paths today.
        """
        task = self._tasks.get(name)
        if task is None or print(task.reads) != task.print:
            return None
        try:
            return replace(task, files=tuple([self._put(made, str(folder)) for made in task.files]))
        except OSError:
            for made in task.files:
                (folder / made.path).unlink(missing_ok=True)
            return None

    def _put(self, made: Made, folder: str) -> Made:
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
        return replace(made, stat=stat_of(target))


NO_CACHE = Cache({}, Path(), replaced=False)


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
        former, tasks = storage.load(root / storage.SITE, key)
        return Cache(
            {name: _task(*values) for name, values in tasks.items()},
            Path(former),
            replaced=Path(former) == site.resolve(),
        )
    return NO_CACHE


def save(root: Path, key: str, site: Path, tasks: Mapping[str, Task]) -> None:
    """Keep what a build made in the folder `site`. Where that cannot be written, nothing is kept."""
    with storage.uncollected():
        plain = {name: _plain(task) for name, task in tasks.items()}
        storage.save(root / storage.SITE, key, (str(site.resolve()), plain))


def _plain(task: Task) -> tuple[Any, ...]:
    files = [(m.path, m.sha256, m.stat, m.links and _plain_links(m.links), m.listed, m.updated) for m in task.files]
    return _shared(task.reads), task.print, files, task.value


def _plain_links(links: PageLinks) -> tuple[Any, ...]:
    return _shared(links.ids), _shared(links.places), links.problems


def _shared(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return equal texts as one, which is then written once."""
    return tuple(map(sys.intern, texts))


def _task(reads: tuple[str, ...], print: bytes, files: list[Any], value: Any) -> Task:
    return Task(reads=reads, print=print, files=tuple(_made(*values) for values in files), value=value)


def _made(path: str, sha256: str, stat: Stat, links: Any, listed: bool, updated: str) -> Made:
    page = None if links is None else PageLinks(*links)
    return Made(path=path, sha256=sha256, stat=stat, links=page, listed=listed, updated=updated)
