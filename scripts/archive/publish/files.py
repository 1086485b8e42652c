"""Make the files of the site from the archive, in several processes, and write files into a folder."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from archive.model import tracing, urls
from archive.model.errors import ArchiveError
from archive.model.records import Archive
from archive.pages.page import Page
from archive.publish import generate
from archive.publish.cache import Cache, Made, Task, stat_of
from archive.publish.cms import program
from archive.publish.linkcheck import is_page, read_links
from archive.publish.workers import in_processes
from archive.search.blocks import Block

_PIECE = 40  # tasks that a process does before it takes others
_SEARCHED, _DATA, _BLOCK = "search/*", "data/*", "block/"  # tasks that make several files, or a value
_ALL = "archive"  # the path of the whole archive

Print = Callable[[tuple[str, ...]], bytes]  # the fingerprint of a task that has read what is at some paths
Frame = Callable[[str, Page], str]  # puts the page at a path into its frame


def site_files(root: Path, archive: Archive) -> generate.Files:
    """Return the files of `generate.generate`, with those of the form at `/admin/` that the project at `root` keeps.

    Raise ArchiveError as `generate.generate` and `program.files` do.
    """
    return generate.generate(archive, program.files(root) if archive.admin else {})


class Making:
    """The making of a site: `tasks` are those that are done, by name."""

    def __init__(
        self, files: generate.Files, site: Path, site_url: str, cache: Cache, advance: Callable[[int, str], object]
    ) -> None:
        """Prepare to make `files` in the folder `site`; what has not changed is taken from the cache.

        Links to `site_url` are the site's own. `advance` is called with the number of tasks done, and what they were.
        """
        self.tasks: dict[str, Task] = {}
        self._files = files
        self._site = site
        self._site_url = site_url
        self._cache = cache
        self._advance = advance
        self._data = {path: make for path, make in files.others.items() if path.startswith(urls.DATA_FILES)}

    def __len__(self) -> int:
        """Return how many tasks there are."""
        files = self._files
        return len(files.blocks) + len(files.others) - len(self._data) + len((_SEARCHED, _DATA)) + len(files.pages)

    def others(self) -> None:
        """Make all that is no page to be rendered; from then on `files` has it as it was written.

        Raise ArchiveError where a hand-written file has the name of one of them.
        """
        files = self._files
        blocks = {f"{_BLOCK}{number}": make for number, make in enumerate(files.blocks)}
        self.tasks |= {name: kept for name, make in blocks.items() if (kept := self._kept(name, self._print([make])))}
        self._advance(len(self.tasks), "words")
        self._do(
            "words", [[partial(self._block, name, make)] for name, make in blocks.items() if name not in self.tasks]
        )
        words = [self.tasks[name] for name in blocks]
        data = self._data
        search = partial(
            self._group,
            _SEARCHED,
            [files.searched, *(block.print for block in words)],
            lambda: files.searched(block.value for block in words),
        )
        export = partial(self._group, _DATA, [*data.values()], lambda: ((path, make()) for path, make in data.items()))
        others = [partial(self._other, path) for path in files.others if path not in data]
        self._do("files", [[search], [export], *_pieces(others)])
        files.others.update({path: (self._site / path).read_bytes for path in files.others})

    def pages(self, frame: Frame, key: str) -> None:
        """Make the pages that are to be rendered; `key` is of all that their frames depend on."""
        self._do("pages", _pieces([partial(self._page, path, frame, key) for path in self._files.pages]))

    def made(self) -> Iterator[Made]:
        """Yield every file."""
        for task in self.tasks.values():
            yield from task.files

    def _do(self, what: str, pieces: Iterable[Sequence[Callable[[], tuple[str, Task]]]]) -> None:
        # closed in any case: while a process writes, what a failed build has made cannot be removed
        with closing(in_processes([partial(_all, piece) for piece in pieces])) as results:
            for done in results:
                self.tasks.update(done)
                self._advance(len(done), what)

    def _page(self, path: str, frame: Frame, key: str) -> tuple[str, Task]:
        make = self._files.pages[path]

        def write() -> Iterator[Made]:
            page = make()
            made = self._write(f"{page.address}index.html", frame(path, page))
            yield replace(made, listed=not page.redirect, updated=page.updated)

        return path, self._task(path, [make, key], write)

    def _other(self, path: str) -> tuple[str, Task]:
        make = self._files.others[path]
        return path, self._task(path, [make], lambda: [self._write(path, make())])

    def _group(
        self, name: str, about: Sequence[object], make: Callable[[], Iterable[tuple[str, str | bytes]]]
    ) -> tuple[str, Task]:
        return name, self._task(name, about, lambda: [self._write(path, content) for path, content in make()])

    def _block(self, name: str, make: Callable[[], Block]) -> tuple[str, Task]:
        value, reads = tracing.noting(make)
        return name, Task(reads=reads, print=self._print([make])(reads), value=value)

    def _task(self, name: str, about: Sequence[object], write: Callable[[], Iterable[Made]]) -> Task:
        """Do a task, or take its files from the cache; it depends on what it is `about`, and on what it reads."""
        print = self._print(about)
        if kept := self._kept(name, print):
            return kept
        files, reads = tracing.noting(lambda: tuple(write()))
        return Task(reads=reads, print=print(reads), files=files)

    def _kept(self, name: str, print: Print) -> Task | None:
        return self._cache.take(name, self._site, print)

    def _print(self, about: Sequence[object]) -> Print:
        """Return what makes the fingerprint of a task of what it read."""
        prints = self._files.prints
        own = b"".join([self._print_of(item) for item in about])

        return lambda reads: own + prints.of_paths(reads)

    def _print_of(self, item: object) -> bytes:
        try:
            return self._files.prints.of(item)
        except TypeError:  # what it does cannot be told by a fingerprint: it may read anything
            return self._files.prints.of_paths([_ALL])

    def _write(self, path: str, content: str | bytes) -> Made:
        data = content if isinstance(content, bytes) else content.encode()
        file = self._site / path
        _write_new(file, path, data)
        links = read_links(path, data, self._site_url) if is_page(path) else None
        return Made(path=path, sha256=hashlib.sha256(data).hexdigest(), stat=stat_of(file), links=links)


def write_files(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files by their path in the folder. Raise ArchiveError where one would overwrite another file.

    A page may: one that fills the slots of a hand-written page replaces it.
    """
    for path, content in files:
        _write_new(folder / path, path, content if isinstance(content, bytes) else content.encode())


def _pieces(tasks: Sequence[Callable[[], tuple[str, Task]]]) -> Iterator[Sequence[Callable[[], tuple[str, Task]]]]:
    for start in range(0, len(tasks), _PIECE):
        yield tasks[start : start + _PIECE]


def _all(piece: Iterable[Callable[[], tuple[str, Task]]]) -> list[tuple[str, Task]]:
    return [task() for task in piece]


def _write_new(file: Path, path: str, data: bytes) -> None:
    if file.exists() and not path.endswith(".md"):
        raise ArchiveError(f"docs/{path} has the name of a file that this program makes; give it another name")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
