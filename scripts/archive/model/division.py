"""Divide a list that is too long for one page into parts, and these again, by keys that do not change as it grows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LONGEST = 200  # entries of one list

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[T]):
    """Some items of a list: those of one page, or, if they are too many for one, those of all its parts."""

    path: tuple[str, ...]  # the keys by which it was divided: none for the whole list
    items: tuple[T, ...]
    parts: tuple["Part[T]", ...] = ()

    def pages(self) -> "Iterator[Part[T]]":
        """Yield each part that is the content of one page."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.pages()

    def walk(self) -> "Iterator[Part[T]]":
        """Yield the part itself and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


def divide(
    items: Iterable[T],
    keys: Callable[[T], Sequence[str]],
    size: Callable[[Sequence[T]], int] = len,
    longest: int = LONGEST,
    path: tuple[str, ...] = (),
) -> Part[T]:
    """Divide items by the first of their keys, where the size of all is more than `longest`, and so on.

    Every item has as many keys. The order of the items stays, as does that of the parts by their first items.
    """
    items = tuple(items)
    groups: dict[str, list[T]] = {}
    if size(items) > longest and len(keys(items[0])) > len(path):
        for item in items:
            groups.setdefault(keys(item)[len(path)], []).append(item)
    parts = (divide(group, keys, size, longest, (*path, key)) for key, group in groups.items())
    return Part(path=path, items=items, parts=tuple(parts))
