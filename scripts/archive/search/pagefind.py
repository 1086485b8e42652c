"""A rendered site -> the index that its search page reads: Pagefind's own, and two files that tie it to the catalogue.

`search/fragments.json` has the id by which Pagefind knows the page of each row, event and addressee of the catalogue,
and the words with a letter that Pagefind does not fold; `search/words.json` has the words of the index, most frequent
first. All is made from the folder alone, so that it does not matter which renderer filled it.
"""

import base64
import contextlib
import gzip
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, cast

from archive.model import urls
from archive.model.errors import USAGE, ArchiveError
from archive.search import facets
from archive.text import formatting

PAGEFIND = "search/pagefind"
_MAKING = "search/.pagefind.new"
_CHUNK = 5_000  # places of words in one file of the index; Pagefind's own 20,000 make the first search load more
_UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
    "pagefind-worker.js",
    "wasm.unknown.*",
)
_SIGNATURE = b"pagefind_dcd"  # what a fragment begins with, before its JSON
_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHES = str.maketrans("", "", "'’")  # Pagefind drops them: to it, "Xocalı’nın" is one word
_UNFOLDED = frozenset(formatting.TYPED)  # Pagefind makes no more of them than a reader types
_SHORTEST = 3  # letters of a word that another may be a misspelling of
_MOST = 10  # wrong pages that a message names


def program() -> Path:
    """Pagefind's program. Raises ArchiveError."""
    try:
        import pagefind_bin  # type: ignore[import-untyped]  # here, as it may be missing

        found: Path = pagefind_bin.get_executable()
    except (ImportError, OSError) as error:
        raise ArchiveError(
            f"Pagefind, the program that makes the search index, is missing ({error}); run scripts/build, which "
            "installs it, or: pip install --require-hashes -r scripts/requirements.txt",
            USAGE,
        ) from None
    return found


def index_site(folder: Path, *, keep: tuple[int, ...] = ()) -> int:
    """Index the site in `folder`, in place, and return the number of pages in the index.

    `keep` are descriptors that Pagefind is to inherit. Raises ArchiveError where Pagefind is not there or has
    anything to say, or the pages it indexed are not those of the catalogue.
    """
    program()
    try:
        edition, pages = _expected(folder)
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise ArchiveError(f"the catalogue in {folder / 'search'} cannot be read: {error!r}") from None
    made = folder / _MAKING
    _remove(made)
    try:
        made.mkdir()
        if any(pages.values()):  # Pagefind takes every page where none is marked
            _run(folder.resolve(), made.resolve(), keep)
        return _tied(folder, made, edition, pages)
    finally:
        _remove(made)


def _tied(folder: Path, made: Path, edition: str, pages: Mapping[str, list[str]]) -> int:
    """Put what Pagefind made in its place, with the files that tie it to the catalogue, if it is of the same pages."""
    ids, counts, unfolded = _indexed(made)
    if wrong := list(_differences(ids.keys(), {page for under in pages.values() for page in under})):
        more = [f"and {len(wrong) - _MOST} more"] if len(wrong) > _MOST else []
        raise ArchiveError("\n".join(["the search index does not fit the catalogue:", *wrong[:_MOST], *more]))
    short = _shortened(ids.values())
    known = {name: " ".join(short[ids[page]] for page in under) for name, under in pages.items()}
    _remove(folder / PAGEFIND)
    made.rename(folder / PAGEFIND)
    _write(folder / "search/fragments.json", {"edition": edition, **known, "unfolded": sorted(unfolded)})
    frequent = sorted((-count, word) for word, count in counts.items() if len(word) >= _SHORTEST)
    _write(folder / "search/words.json", {"edition": edition, "words": [word for _, word in frequent]})
    return len(ids)


def _expected(folder: Path) -> tuple[str, dict[str, list[str]]]:
    """The catalogue's edition, and the pages it has, each list in its order."""
    made = _read(folder / facets.PATH)
    blocks = range(0, len(made["dates"]), made["block"])
    files = [_read(folder / facets.rows_path(start // made["block"])) for start in blocks]
    if {file["edition"] for file in files} - {made["edition"]}:
        raise ValueError("its files are of several editions")
    return made["edition"], {
        "statements": [urls.statement(id) for file in files for id, *_ in file["rows"]],
        "events": [urls.event(event["id"]) for event in made["events"]],
        "addressees": [urls.addressee(addressee["id"]) for addressee in made["addressees"]],
    }


def _run(folder: Path, out: Path, keep: tuple[int, ...]) -> None:
    """Have Pagefind index every page, in the order of their paths.

    Left to itself it takes them in the order in which the disk lists them, and numbers them so in what it makes.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    environment["PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"] = str(_CHUNK)  # a later Pagefind may not know it: no harm
    command = [str(program()), "--service"]
    with tempfile.TemporaryFile() as complaints:
        try:  # in the site's folder, so that no settings of Pagefind's from elsewhere have a say
            running = subprocess.Popen(
                command,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints,
                cwd=folder, env=environment, pass_fds=keep,
            )  # fmt: skip
        except OSError as error:
            raise ArchiveError(f"Pagefind cannot be run: {command[0]}: {error.strerror}") from None
        whole, said = False, ""
        with contextlib.suppress(BrokenPipeError), running:
            try:
                _converse(running, folder, out)
                whole = True
            except (OSError, ValueError, KeyError) as error:
                said = str(error)
        complaints.seek(0)
        said = complaints.read().decode("utf-8", "replace").strip() or said
        if said or running.returncode or not whole:
            raise ArchiveError(f"Pagefind did not index the site: {said or f'it ended with {running.returncode}'}")
    for pattern in _UNUSED:
        for bundle in out.glob(pattern):
            bundle.unlink()


def _converse(running: subprocess.Popen[bytes], folder: Path, out: Path) -> None:
    """Tell Pagefind of each page, then write the files of its index. Raises where it does not go on.

    Left to write them itself, it may end before the last is on the disk.
    """
    index = _ask(running, "NewIndex", config={"exclude_selectors": [".headerlink"], "force_language": "en"})["index_id"]
    for path in sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html")):
        text = (folder / path).read_text("utf-8")
        _ask(running, "AddFile", index_id=index, file_path=path, file_contents=text)
    for made in _ask(running, "GetFiles", index_id=index)["files"]:
        file = out / made["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(made["content"]))


def _ask(running: subprocess.Popen[bytes], what: str, **values: object) -> dict[str, Any]:
    """One question and its answer, as Pagefind's own wrappers speak to it: JSON in base64, ended by a comma."""
    questions, answers = cast(IO[bytes], running.stdin), cast(IO[bytes], running.stdout)
    message = {"message_id": 0, "payload": {"type": what, **values}}
    with contextlib.suppress(BrokenPipeError):  # what it said before it ended is still to be read
        questions.write(base64.b64encode(json.dumps(message).encode()) + b",")
        questions.flush()
    said = bytearray()
    while not said.endswith(b","):
        more = os.read(answers.fileno(), 65_536)
        if not more:
            raise ValueError(said.decode("utf-8", "replace").strip())
        said += more
    answer: dict[str, Any] = json.loads(base64.b64decode(said[:-1]))["payload"]
    if answer["type"] == "Error":
        raise ValueError(answer.get("message"))
    return answer


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _indexed(made: Path) -> tuple[dict[str, str], Counter[str], set[str]]:
    """Page -> Pagefind's id of it; how often each word stands on them; the words with a letter it does not fold."""
    ids: dict[str, str] = {}
    counts: Counter[str] = Counter()
    indexed: set[str] = set()
    for path in sorted((made / "fragment").glob("*.pf_fragment")):
        fragment = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))
        ids[fragment["url"].removeprefix("/")] = path.stem.removeprefix("en_")
        text = fragment["content"].lower().replace("i\N{COMBINING DOT ABOVE}", "i")  # of İ
        counts.update(_WORD.findall(text))
        indexed.update(_WORD.findall(text.translate(_APOSTROPHES)))
    return ids, counts, {word for word in indexed if not _UNFOLDED.isdisjoint(word)}


def _shortened(ids: Iterable[str]) -> dict[str, str]:
    """Each id cut to as few characters as tell it from all others: half of what the page loads of them otherwise."""
    ordered = sorted(ids)
    shared = [next(at for at in range(len(other)) if one[at : at + 1] != other[at]) for one, other in pairwise(ordered)]
    needed = zip(ordered, [0, *shared], [*shared, 0], strict=False)  # of no ids there is still one 0
    return {id: id[: max(before, after) + 1] for id, before, after in needed}


def _differences(found: Iterable[str], expected: Iterable[str]) -> Iterable[str]:
    found, expected = set(found), set(expected)
    yield from (f"/{page} is not in the index" for page in sorted(expected - found))
    yield from (f"/{page} is in the index and not in the catalogue" for page in sorted(found - expected))


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _write(path: Path, value: object) -> None:
    path.write_text(facets.compact(value), "utf-8", newline="\n")
