"""Gather changes into lines: what was done on one day for one reason is one line, in however many records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from archive.model.division import LONGEST, Part, divide
from archive.model.index import Changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What was done on one day for one reason: one change, or several that differ in nothing but the record."""

    changes: tuple[Changed, ...]

    @property
    def day(self) -> str:
        return self.changes[0].change.date.isoformat()

    @property
    def size(self) -> int:
        """How many entries it has in the list: past `LONGEST`, the records stand by year only."""
        return len(self.changes) if len(self.changes) <= LONGEST else 1


def divided(changes: Iterable[Changed]) -> Part[Line]:
    """Return the lines of changes that are in order of time, divided by year, month and day if they are too many."""
    return divide(_lines(changes), lambda line: line.day.split("-"), lambda lines: sum(line.size for line in lines))


def places(part: Part[Line]) -> Iterator[tuple[tuple[str, ...], Line]]:
    """Yield each line with the path of the page on which it stands in full."""
    return ((page.path, line) for page in part.pages() for line in page.items)


def anchor(line: Line) -> str:
    """Return the anchor of the day of a line on its page."""
    return f"d{line.day}"


def _lines(changes: Iterable[Changed]) -> Iterator[Line]:
    """Yield the lines; each stands where its first change does."""
    for _, of_day in groupby(changes, key=lambda changed: changed.change.date):
        lines: dict[tuple[str, str], list[Changed]] = {}
        for changed in of_day:
            lines.setdefault((changed.change.kind, changed.change.note), []).append(changed)
        yield from (Line(changes=tuple(line)) for line in lines.values())
