"""Get the data of the edition before from a folder or the web, and compare them with their own hashes.

The only module that uses the network, where an address is given.
"""

import hashlib
import re
import time
import urllib.request as web
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError

from archive.exports.data import MANIFEST, SUMS
from archive.model import urls
from archive.model.errors import USAGE, ArchiveError
from archive.publish import edition, fixity
from archive.publish.edition import ADVICE, Edition

_WEB = re.compile("https?://", re.IGNORECASE)
_OK, _NO_ANSWER = 200, 0
_FOR_NOW = {_NO_ANSWER, 408, 429, 500, 502, 503, 504}  # answers after which a file is asked for once more
_TIMEOUT = 60  # seconds without a byte
_MOST_BYTES = 1 << 30  # of a file
_TRIES, _PAUSE = 3, 5  # to get files of one edition while the next is being published, and the seconds between


class _MixedError(ArchiveError):
    """The files are not of one edition."""


def read(source: str) -> Edition:
    """Read the edition whose `data/v1/`, or whose site, is this folder or stands at this http(s) address.

    Raise ArchiveError where there is none, or one that is damaged or of another format.
    """
    if _WEB.match(source):
        place = _data_address(source)
        return edition.parse(_download(place), place)
    folder = Path(source)
    if folder.name == MANIFEST:
        folder = folder.parent
    if (folder / urls.DATA_FILES).is_dir():
        folder /= urls.DATA_FILES

    def content(name: str) -> bytes:
        if not (folder / name).is_file():
            raise ArchiveError(f"there is no {name} in {folder}{ADVICE}", USAGE)
        return (folder / name).read_bytes()

    return edition.parse(_files(content, f"{folder}/"), f"{folder}/")


def answer(address: str) -> str:
    """Return how the host of a site answers for the manifest of its data: "200", "404", "not at all"."""
    return _words(_ask(_data_address(address) + MANIFEST)[0])


def _data_address(address: str) -> str:
    """Return the address of the data of a site, given that or the site's own."""
    place = address.removesuffix(MANIFEST).rstrip("/") + "/"
    return place if place.endswith(f"/{urls.DATA_FILES}") else place + urls.DATA_FILES


def _files(content: Callable[[str], bytes], place: str) -> dict[str, bytes]:
    """Return the files that make an edition, and their hashes, by name; `content` gets one by its name."""
    files = {name: content(name) for name in (MANIFEST, SUMS)}
    expected = fixity.parse_hashes(files[SUMS], place + SUMS)
    files |= {name: content(name) for name in edition.NAMES if name in expected and name not in files}
    for name, data in files.items():
        if name != SUMS and hashlib.sha256(data).hexdigest() != expected.get(name):
            why = f"is not as {SUMS} beside it has it: one of the two was changed, or is of another edition"
            raise _MixedError(f"{place}{name} {why}{ADVICE}", USAGE)
    return files


def _download(place: str) -> dict[str, bytes]:
    for _ in range(_TRIES - 1):
        try:
            return _files(lambda name: _get(place + name), place)
        except _MixedError:
            time.sleep(_PAUSE)
    return _files(lambda name: _get(place + name), place)


def _get(address: str) -> bytes:
    status, body = _ask(address)
    if status != _OK or len(body) > _MOST_BYTES:
        fault = f"answers {_words(status)}" if status != _OK else f"has more than {_MOST_BYTES} bytes"
        raise ArchiveError(f"{address} {fault}{ADVICE}", USAGE)
    return body


def _ask(address: str) -> tuple[int, bytes]:
    """Return the status of the answer, or that there is none, and its body; the query avoids what a cache has kept."""
    status, body = _NO_ANSWER, b""
    for _ in range(2):
        try:
            with _opener().open(f"{address}?at={time.time():.0f}", timeout=_TIMEOUT) as response:
                status, body = response.status, response.read(_MOST_BYTES + 1)
        except HTTPError as error:
            error.close()
            status = error.code
        except Exception:  # no host, no answer, no address
            status = _NO_ANSWER
        if status not in _FOR_NOW:
            break
    return status, body


def _opener() -> web.OpenerDirector:
    """Return what opens addresses of the web only: no redirect to ftp or a file is followed."""
    opener = web.OpenerDirector()
    for handler in (
        web.ProxyHandler,
        web.HTTPHandler,
        web.HTTPSHandler,
        web.HTTPRedirectHandler,
        web.HTTPDefaultErrorHandler,
        web.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    opener.addheaders = [("User-Agent", "ombudsman-statements-archive")]
    return opener


def _words(status: int) -> str:
    return str(status) if status else "not at all"
