"""Make the files for readers to download or follow: citations, feeds, a calendar, the data set and its guide."""

from collections.abc import Collection

from archive.exports import citations, data, feeds, ical, llms
from archive.exports.data import Maker, json_records
from archive.model import urls
from archive.model.index import Index
from archive.model.records import Archive

__all__ = ["Maker", "files"]

KINDS = (json_records, citations, feeds, ical, llms)
_FOLLOWED_NAMES = (urls.ATOM, urls.JSON_FEED, urls.ANNIVERSARIES.rpartition("/")[2])


def files(archive: Archive, index: Index, beside: Collection[str] = ()) -> dict[str, Maker]:
    """Return a maker for every exported file, by its path from the root of the site.

    `beside` are the permanent addresses of everything else on the site. The manifest lists them with those of the data
    set, the feeds and the calendar; not citations and `record.json`, which come and go with their page.
    """
    makers = {path: maker for kind in KINDS for path, maker in kind.files(archive, index)}
    followed = [path for path in makers if path.rpartition("/")[2] in _FOLLOWED_NAMES]
    return makers | dict(data.files(archive, index, [*beside, *followed]))
