"""Archive and Index -> what is taken away: citations, feeds, data. Each file is made when it is asked for."""

from collections.abc import Collection

from archive.exports import citations, data, feeds, ical
from archive.exports.data import Maker, json_records
from archive.model import urls
from archive.model.index import Index
from archive.model.records import Archive

__all__ = ["Maker", "files"]

KINDS = (json_records, citations, feeds, ical)
_FOLLOWED = (urls.ATOM, urls.JSON_FEED, urls.ANNIVERSARIES.rpartition("/")[2])


def files(archive: Archive, index: Index, beside: Collection[str] = ()) -> dict[str, Maker]:
    """Path from the root of the site -> what makes the file that stands there.

    `beside` are the addresses of all that is to stay besides: with them the manifest lists the data and what is
    followed. Citations and `record.json` come and go with the page they stand beside.
    """
    made = {path: maker for kind in KINDS for path, maker in kind.files(archive, index)}
    followed = [path for path in made if path.rpartition("/")[2] in _FOLLOWED]
    return made | dict(data.files(archive, index, [*beside, *followed]))
