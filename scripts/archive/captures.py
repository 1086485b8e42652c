"""Records and captured texts -> which source's text is kept where; a text is known by its SHA-256, not by its name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.model.document import Document, Fields, Items, Mark, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A source with the hash that its record gives, and the files that have it."""

    path: str  # of the record
    mark: Mark
    source: int  # its place in the record's list, from 1
    sha256: str
    files: tuple[str, ...]

    def __str__(self) -> str:
        where = f"{self.path}:{self.mark.line}:{self.mark.col}: sources[{self.source}].sha256: {self.sha256}"
        return f"found: {where} is {', '.join(self.files)}" if self.files else f"missing: {where} is in no file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Sources that have a hash, in order; how many have none; and the files that belong to no record, sorted."""

    captured: tuple[Captured, ...]
    without: int
    additional: tuple[str, ...]


def match(documents: Iterable[Document], hashes: Mapping[str, str]) -> Matched:
    """Find the text of each source, those of drafts included; `hashes` has that of every file by its path."""
    files: dict[str, list[str]] = {}
    for path, sha256 in sorted(hashes.items()):
        files.setdefault(sha256, []).append(path)
    captured, without = [], 0
    for document in documents:
        for number, source in enumerate(_sources(document), 1):
            written = source.entries.get("sha256")
            if isinstance(written, Text):
                captured.append(
                    Captured(
                        path=document.path,
                        mark=written.mark,
                        source=number,
                        sha256=written.value,
                        files=tuple(files.get(written.value, ())),
                    )
                )
            else:
                without += 1
    known = {one.sha256 for one in captured}
    additional = tuple(sorted(path for path, sha256 in hashes.items() if sha256 not in known))
    return Matched(captured=tuple(captured), without=without, additional=additional)


def _sources(document: Document) -> Iterator[Fields]:
    node = document.fields.entries.get("sources")
    for item in node.items if isinstance(node, Items) else ():
        yield item if isinstance(item, Fields) else Fields({}, {}, item.mark)
