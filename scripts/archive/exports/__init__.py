"""Archive and Index -> what is taken away: citations, feeds, data. Each file is made when it is asked for."""

from archive.exports import calendar, citations, dataset, feeds, headers, records, robots
from archive.exports.dataset import Maker
from archive.index import Index
from archive.model import Archive

__all__ = ["Maker", "files"]

KINDS = (records, citations, feeds, calendar, dataset, robots, headers)


def files(archive: Archive, index: Index) -> dict[str, Maker]:
    """Path from the root of the site -> what makes the file that stands there."""
    return {path: maker for kind in KINDS for path, maker in kind.files(archive, index)}
