"""Archive and Index -> what is taken away: citations, feeds, data. Each file is made when it is asked for."""

from collections.abc import Callable

from archive.exports import dataset, records
from archive.index import Index
from archive.model import Archive

Maker = Callable[[], str | bytes]


def files(archive: Archive, index: Index) -> dict[str, Maker]:
    """Path from the root of the site -> what makes the file that stands there."""
    return {
        **dict(records.files(archive, index)),
        **dict(dataset.files(archive, index)),
    }
