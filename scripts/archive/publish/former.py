"""Get the data of the edition before from a folder or the web, and compare them with their own hashes.

The only module that uses the network, where an address is given.
"""

import hashlib
import re
import ssl
import time
import urllib.request as web
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import TypeVar
from urllib.error import HTTPError, URLError

from archive.exports.data import MANIFEST, SUMS, manifest
from archive.model import urls
from archive.model.config import is_address
from archive.model.document import quoted
from archive.model.errors import USAGE, ArchiveError
from archive.publish import edition, fixity
from archive.publish.edition import ADVICE, Edition

T = TypeVar("T")

_SCHEME = re.compile("[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_OK = 200
_FOR_NOW = {408, 429, 500, 502, 503, 504}  # answers after which a file is asked for once more
_TIMEOUT = 60  # seconds without a byte
_MOST_BYTES = 1 << 30  # of a file
_TRIES, _PAUSE = 3, 5  # to get files of one edition while the next is being published, and the seconds between

_LATER = "; see to the host and the network, and try again"
_CERTIFICATE = "; nothing is read from a host that cannot prove to be it: see to its certificate"


class _MixedError(ArchiveError):
    """The files are not of one edition."""


class _AnswerError(ArchiveError):
    """A host does not answer with the file; `answer` says how it does."""

    def __init__(self, address: str, answer: str, advice: str = ADVICE) -> None:
        super().__init__(f"{address} answers {answer}{advice}", USAGE)
        self.answer = answer


class _BusyError(_AnswerError):
    """It may do so later."""


def read(source: str) -> Edition:
    """Read the edition whose `data/v1/`, or whose site, is this folder or stands at this http(s) address.

    Raise ArchiveError where there is none, or one that is damaged or of another format.
    """
    if not source:
        raise ArchiveError(f"the place of the edition before is empty, as of a variable that is not set{ADVICE}", USAGE)
    if _SCHEME.match(source):
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
    """Return how the host of a site answers for the manifest of its data: "200", "404", "not at all: timed out"."""
    try:
        _get(_data_address(address) + MANIFEST)
    except _AnswerError as error:
        return error.answer
    return str(_OK)


def _data_address(address: str) -> str:
    """Return the address of the data of a site, given that or the site's own. Raise ArchiveError where it is none."""
    if not is_address(address):
        raise ArchiveError(f"{quoted(address)} is not an address (with http:// or https://){ADVICE}", USAGE)
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
    return _repeat(_TRIES, _PAUSE, _MixedError, lambda: _files(lambda name: _get(place + name), place))


def _get(address: str) -> bytes:
    """Return a file at an address. Raise _AnswerError where the host answers otherwise."""
    body = _repeat(2, 0, _BusyError, lambda: _ask(address))
    if len(body) > _MOST_BYTES:
        raise ArchiveError(f"{address} has more than {_MOST_BYTES} bytes{ADVICE}", USAGE)
    if address.endswith(MANIFEST) and manifest.FORMAT.encode() not in body:
        # as of a host that has a page for any address
        raise _AnswerError(address, f"{_OK}, but not with a manifest of an archive")
    return body


def _repeat(tries: int, pause: float, fault: type[ArchiveError], work: Callable[[], T]) -> T:
    """Do this work, again after each such fault, and raise the last; `pause` is the seconds between."""
    while True:
        try:
            return work()
        except fault:
            tries -= 1
            if not tries:
                raise
        time.sleep(pause)


def _ask(address: str) -> bytes:
    """Return what the host answers with once; the query avoids what a cache has kept."""
    try:
        with _opener().open(f"{address}?at={time.time():.0f}", timeout=_TIMEOUT) as response:
            status, body = response.status, response.read(_MOST_BYTES + 1)
    except HTTPError as error:
        error.close()
        status, body = error.code, b""
    except (OSError, HTTPException) as error:
        reason = error.reason if isinstance(error, URLError) else error
        words = getattr(reason, "strerror", None) or reason
        advice = _CERTIFICATE if isinstance(reason, ssl.SSLError) else _LATER
        raise _BusyError(address, f"not at all: {words}", advice) from None
    except ValueError as error:  # as of letters that are not for an address
        raise _AnswerError(address, f"not at all: {error}") from None
    if status in _FOR_NOW:
        raise _BusyError(address, str(status), _LATER)
    if status != _OK:
        raise _AnswerError(address, str(status))
    return bytes(body)


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
        web.UnknownHandler,
    ):
        opener.add_handler(handler())
    opener.addheaders = [("User-Agent", "ombudsman-statements-archive")]
    return opener
