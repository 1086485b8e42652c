"""Make the files of the site from the archive, in several processes, and write files into a folder."""

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive.model import plain, tracing, urls
from archive.model.errors import ArchiveError
from archive.model.records import Archive
from archive.pages.page import Page
from archive.publish import generate
from archive.publish.cache import Cache, Made, Task, stat_of
from archive.publish.cms import program
from archive.publish.linkcheck import is_page, read_links
from archive.publish.workers import in_processes

_PIECE = 40  # tasks that a process does before it takes others
_SEARCHED, _DATA, _BLOCK = "search", "data", "block/"  # tasks that take longest, and those that make a value
_FOLDER = 50  # files of a folder that a task makes
_ALL = "archive"  # the path of the whole archive

Print = Callable[[tuple[str, ...]], bytes]  # the fingerprint of a task that has read what is at some paths
Frame = Callable[[str, Page], str]  # puts the page at a path into its frame
Content = Iterable[tuple[str, str | bytes]]  # of files, by path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A task to be done: what it is about, which with what it reads is all that it depends on, and what does it."""

    about: Sequence[object]
    write: Callable[[], Iterable[Made]] = tuple
    value: Callable[[], bytes] = bytes


def site_files(root: Path, archive: Archive) -> generate.Files:
    """Return the files of `generate.generate`, with those of the form at `/admin/` that the project at `root` keeps.

    Raise ArchiveError as `generate.generate` and `program.files` do.
    """
    return generate.generate(archive, program.files(root) if archive.admin else {})


class Making:
    """The making of a site: `tasks` are those that are done, by name, `cache` has those of the build before."""

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
        self.cache = cache
        self._advance = advance
        self._others = self._by_folder()

    def __len__(self) -> int:
        """Return how many tasks there are."""
        return len(self._files.blocks) + 1 + len(self._others) + len(self._files.pages)

    def others(self) -> None:
        """Make all that is no page to be rendered; from then on `files` has the data as they were written.

        Raise ArchiveError where a hand-written file has the name of one of them.
        """
        files = self._files
        blocks = {
            f"{_BLOCK}{files.prints.of(make).hex()}": _Job(about=[make], value=partial(_dumped, make))
            for make in files.blocks
        }
        self.cache.begin(self._site, [*blocks, _SEARCHED, *self._others, *files.pages])
        self._do("words", blocks, alone=blocks)
        words = [self.tasks[name] for name in blocks]
        search = _Job(
            about=[files.searched, *(block.print for block in words)],
            write=partial(self._write_all, lambda: files.searched(plain.load(block.value) for block in words)),
        )
        others = {
            name: _Job(
                about=["\n".join(makers), *makers.values()], write=partial(self._write_all, partial(_made_by, makers))
            )
            for name, makers in self._others.items()
        }
        self._do("files", {_DATA: others.pop(_DATA), _SEARCHED: search, **others}, alone=(_DATA, _SEARCHED))
        files.others.update({path: (self._site / path).read_bytes for path in self._others[_DATA]})

    def pages(self, frame: Frame, key: str) -> None:
        """Make the pages that are to be rendered; `key` is of all that their frames depend on."""
        self._do(
            "pages",
            {
                path: _Job(about=[make, key], write=partial(self._page, path, make, frame))
                for path, make in self._files.pages.items()
            },
        )

    def made(self) -> Iterator[Made]:
        """Yield every file."""
        for task in self.tasks.values():
            yield from task.files

    def _by_folder(self) -> Mapping[str, Mapping[str, generate.Maker]]:
        """Return the files that are no pages, with those of a folder together: one task makes them."""
        tasks: dict[str, dict[str, generate.Maker]] = {_DATA: {}}
        numbers = Counter[str]()
        for path, make in self._files.others.items():
            folder = path.rpartition("/")[0]
            numbers[folder] += 1
            name = _DATA if path.startswith(urls.DATA_FILES) else f"{folder}/*{(numbers[folder] - 1) // _FOLDER}"
            tasks.setdefault(name, {})[path] = make
        return tasks

    def _do(self, what: str, jobs: Mapping[str, _Job], alone: Container[str] = ()) -> None:
        """Take from the cache what has not changed, and do the rest in several processes, first what is `alone`."""
        left: dict[str, Callable[[], tuple[str, Task]]] = {}
        for name, job in jobs.items():
            print = self._print(job.about)
            if kept := self.cache.take(name, self._site, print):
                self.tasks[name] = kept
            else:
                left[name] = partial(_done, name, job, print)
        self._advance(len(jobs) - len(left), what)
        others = [do for name, do in left.items() if name not in alone]
        pieces = [[do] for name, do in left.items() if name in alone]
        pieces += [others[start : start + _PIECE] for start in range(0, len(others), _PIECE)]
        # closed in any case: while a process writes, what a failed build has made cannot be removed
        with closing(in_processes([partial(_all, piece) for piece in pieces])) as results:
            for done in results:
                self.tasks.update((name, task._replace(reads=_shared(task.reads))) for name, task in done)
                self._advance(len(done), what)

    def _page(self, path: str, make: Callable[[], Page], frame: Frame) -> Iterator[Made]:
        page = make()
        made = self._write(f"{page.address}index.html", frame(path, page))
        yield made._replace(listed=not page.redirect, updated=page.updated)

    def _write_all(self, make: Callable[[], Content]) -> Iterator[Made]:
        for path, content in make():
            yield self._write(path, content)

    def _print(self, about: Sequence[object]) -> Print:
        """Return what makes the fingerprint of a task of what it read."""
        own = b"".join(map(self._print_of, about))
        return lambda reads: own + self._files.prints.of_paths(reads)

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


def _all(piece: Iterable[Callable[[], tuple[str, Task]]]) -> list[tuple[str, Task]]:
    return [do() for do in piece]


def _done(name: str, job: _Job, print: Print) -> tuple[str, Task]:
    (files, value), reads = tracing.noting(lambda: (tuple(job.write()), job.value()))
    return name, Task(reads, print(reads), files, value)


def _shared(texts: Iterable[str]) -> tuple[str, ...]:
    """Return equal texts as one, which is then held and written once."""
    return tuple(map(sys.intern, texts))


def _made_by(makers: Mapping[str, generate.Maker]) -> Content:
    return ((path, make()) for path, make in makers.items())


def _dumped(make: Callable[[], object]) -> bytes:
    return plain.dump(make())


def _write_new(file: Path, path: str, data: bytes) -> None:
    if file.exists() and not path.endswith(".md"):
        raise ArchiveError(f"docs/{path} has the name of a file that this program makes; give it another name")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
