"""Index the pages of a rendered site with Pagefind, and tie the index to the catalogue.

`search/fragments.json` has Pagefind's id of the page of each row of the catalogue and each entry of an index, and the
words with a letter that Pagefind does not fold; `search/words.json` has the words of the index, most frequent first.
All is made from the folder of the site alone, whichever renderer filled it.
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
_UNFINISHED = "search/.pagefind.new"
_CHUNK = 5_000  # word positions in a file of the index; Pagefind's default, 20,000, makes the first search load more
_UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
    "pagefind-worker.js",
    "wasm.unknown.*",
)
_SIGNATURE = b"pagefind_dcd"  # the beginning of a fragment, before its JSON
_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHES = str.maketrans("", "", "'’")  # Pagefind drops them: "Xocalı’nın" is one word
_UNFOLDED = frozenset(formatting.TYPED)  # letters that Pagefind indexes as they are
_SHORTEST = 3  # letters of a word that is offered for a misspelling
_MOST = 10  # wrong pages listed in a message


def program() -> Path:
    """Return the path of Pagefind's program. Raises ArchiveError if it is not installed."""
    try:
        import pagefind_bin  # type: ignore[import-untyped]  # here, because it may be missing

        path: Path = pagefind_bin.get_executable()
    except (ImportError, OSError) as error:
        raise ArchiveError(
            f"Pagefind, the program that makes the search index, is missing ({error}); run scripts/build, which "
            "installs it, or: pip install --require-hashes -r scripts/requirements.txt",
            USAGE,
        ) from None
    return path


def index_site(folder: Path, *, keep: tuple[int, ...] = ()) -> int:
    """Index the site in `folder`, in place, and return the number of pages in the index.

    `keep` are file descriptors that Pagefind inherits. Raises ArchiveError if Pagefind is missing or reports anything,
    or if the pages it indexed are not those of the catalogue.
    """
    program()
    try:
        edition, pages = _catalogue_pages(folder)
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise ArchiveError(f"the catalogue in {folder / 'search'} cannot be read: {error!r}") from None
    bundle = folder / _UNFINISHED
    _remove(bundle)
    try:
        bundle.mkdir()
        if any(pages.values()):  # if no page is marked, Pagefind would index all
            _run(folder.resolve(), bundle.resolve(), keep)
        return _install(folder, bundle, edition, pages)
    finally:
        _remove(bundle)


def _install(folder: Path, bundle: Path, edition: str, pages: Mapping[str, list[str]]) -> int:
    """Move the index to its place and write the files that tie it to the catalogue; return the number of its pages."""
    ids, counts, unfolded = _read_fragments(bundle)
    if wrong := list(_differences(ids.keys(), {page for paths in pages.values() for page in paths})):
        more = [f"and {len(wrong) - _MOST} more"] if len(wrong) > _MOST else []
        raise ArchiveError("\n".join(["the search index does not fit the catalogue:", *wrong[:_MOST], *more]))
    short = _shorten(ids.values())
    short_ids = {name: " ".join(short[ids[page]] for page in paths) for name, paths in pages.items()}
    _remove(folder / PAGEFIND)
    bundle.rename(folder / PAGEFIND)
    _write(folder / "search/fragments.json", {"edition": edition, **short_ids, "unfolded": sorted(unfolded)})
    frequent = sorted((-count, word) for word, count in counts.items() if len(word) >= _SHORTEST)
    _write(folder / "search/words.json", {"edition": edition, "words": [word for _, word in frequent]})
    return len(ids)


def _catalogue_pages(folder: Path) -> tuple[str, dict[str, list[str]]]:
    """Return the catalogue's edition, and the pages it lists, in its order."""
    catalogue = _read(folder / facets.CATALOGUE_FILE)
    blocks = range(0, len(catalogue["dates"]), catalogue["block"])
    files = [_read(folder / facets.rows_path(start // catalogue["block"])) for start in blocks]
    if {file["edition"] for file in files} - {catalogue["edition"]}:
        raise ValueError("its files are of several editions")
    return catalogue["edition"], {
        "statements": [urls.statement(id) for file in files for id, *_ in file["rows"]],
        **{
            facet["index"]: [urls.entry(facet["index"], value["id"]) for value in facet["values"]]
            for facet in catalogue["facets"]
            if "index" in facet
        },
    }


def _run(folder: Path, out: Path, keep: tuple[int, ...]) -> None:
    """Have Pagefind index every page, in the order of their paths.

    By itself it takes them in the order of the file system, which then shows in its files.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    environment["PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"] = str(_CHUNK)  # a Pagefind that does not know it ignores it
    command = [str(program()), "--service"]
    with tempfile.TemporaryFile() as stderr:
        try:  # in the site's folder, where there is no configuration of Pagefind's
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr,
                cwd=folder, env=environment, pass_fds=keep,
            )  # fmt: skip
        except OSError as error:
            raise ArchiveError(f"Pagefind cannot be run: {command[0]}: {error.strerror}") from None
        finished, message = False, ""
        with contextlib.suppress(BrokenPipeError), process:
            try:
                _exchange(process, folder, out)
                finished = True
            except (OSError, ValueError, KeyError) as error:
                message = str(error)
        stderr.seek(0)
        message = stderr.read().decode("utf-8", "replace").strip() or message
        if message or process.returncode or not finished:
            raise ArchiveError(f"Pagefind did not index the site: {message or f'it ended with {process.returncode}'}")
    for pattern in _UNUSED:
        for file in out.glob(pattern):
            file.unlink()


def _exchange(process: subprocess.Popen[bytes], folder: Path, out: Path) -> None:
    """Send each page to Pagefind, then write the files of its index.

    They are not left to Pagefind to write, which may end before the last is on the disk. Raises OSError, ValueError or
    KeyError if Pagefind ends early or reports an error.
    """
    index = _ask(process, "NewIndex", config={"exclude_selectors": [".headerlink"], "force_language": "en"})["index_id"]
    for path in sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html")):
        text = (folder / path).read_text("utf-8")
        _ask(process, "AddFile", index_id=index, file_path=path, file_contents=text)
    for content in _ask(process, "GetFiles", index_id=index)["files"]:
        file = out / content["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(content["content"]))


def _ask(process: subprocess.Popen[bytes], type: str, **values: object) -> dict[str, Any]:
    """Send a request to Pagefind and return its response: JSON in base64, ended by a comma, as in its own wrappers."""
    stdin, stdout = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    message = {"message_id": 0, "payload": {"type": type, **values}}
    with contextlib.suppress(BrokenPipeError):  # what it wrote before it ended is still to be read
        stdin.write(base64.b64encode(json.dumps(message).encode()) + b",")
        stdin.flush()
    received = bytearray()
    while not received.endswith(b","):
        chunk = os.read(stdout.fileno(), 65_536)
        if not chunk:
            raise ValueError(received.decode("utf-8", "replace").strip())
        received += chunk
    response: dict[str, Any] = json.loads(base64.b64decode(received[:-1]))["payload"]
    if response["type"] == "Error":
        raise ValueError(response.get("message"))
    return response


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _read_fragments(bundle: Path) -> tuple[dict[str, str], Counter[str], set[str]]:
    """Return Pagefind's id of each page, the count of each word, and the words with a letter it does not fold."""
    ids: dict[str, str] = {}
    counts: Counter[str] = Counter()
    words: set[str] = set()
    for path in sorted((bundle / "fragment").glob("*.pf_fragment")):
        fragment = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))
        ids[fragment["url"].removeprefix("/")] = path.stem.removeprefix("en_")
        text = fragment["content"].lower().replace("i\N{COMBINING DOT ABOVE}", "i")  # of İ
        counts.update(_WORD.findall(text))
        words.update(_WORD.findall(text.translate(_APOSTROPHES)))
    return ids, counts, {word for word in words if not _UNFOLDED.isdisjoint(word)}


def _shorten(ids: Iterable[str]) -> dict[str, str]:
    """Cut each id to the fewest characters that tell it from all others, which halves what the page loads."""
    ordered = sorted(ids)
    shared = [
        next(n for n in range(len(second)) if first[n : n + 1] != second[n]) for first, second in pairwise(ordered)
    ]
    needed = zip(ordered, [0, *shared], [*shared, 0], strict=False)  # not strict: without ids there is still one 0
    return {id: id[: max(before, after) + 1] for id, before, after in needed}


def _differences(indexed: Iterable[str], expected: Iterable[str]) -> Iterable[str]:
    indexed, expected = set(indexed), set(expected)
    yield from (f"/{page} is not in the index" for page in sorted(expected - indexed))
    yield from (f"/{page} is in the index and not in the catalogue" for page in sorted(indexed - expected))


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _write(path: Path, value: object) -> None:
    path.write_text(facets.compact(value), "utf-8", newline="\n")
