"""Archive and Index -> what is taken away: citations, feeds, data. Each file is made when it is asked for."""

from collections.abc import Callable

from archive.exports import calendar, citations, feeds, robots
from archive.index import Index
from archive.model import Archive

Maker = Callable[[], str | bytes]

_KINDS = (citations, feeds, calendar, robots)


def files(archive: Archive, index: Index) -> dict[str, Maker]:
    """Path from the root of the site -> what makes the file that stands there."""
    return {path: maker for kind in _KINDS for path, maker in kind.files(archive, index)}
