"""What the statements say about an event, or ask of an addressee."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from archive import lists
from archive.model.index import Index, Stated
from archive.model.records import Figure, Request, Statement, Term

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the pages of an event or an addressee are made from: all of it, or that of one year."""

    about: tuple[Statement, ...] = ()
    mentioning: tuple[Statement, ...] = ()
    figures: tuple[Stated[Figure], ...] = ()
    terms: tuple[Stated[Term], ...] = ()
    asked: tuple[Stated[Request], ...] = ()

    @property
    def split(self) -> bool:
        """Whether it is too much for one page."""
        return any(
            len(part) > lists.LONGEST for part in (self.about, self.mentioning, self.figures, self.terms, self.asked)
        )

    def statements(self, index: Index) -> tuple[Statement, ...]:
        """Every statement in it, newest first, once."""
        ids = {s.id for s in (*self.about, *self.mentioning)} | {asked.statement.id for asked in self.asked}
        return tuple(s for s in index.statements if s.id in ids)

    def of(self, year: str) -> "Material":
        """What of it is from statements of one year."""
        return Material(
            about=tuple(s for s in self.about if s.date.year == year),
            mentioning=tuple(s for s in self.mentioning if s.date.year == year),
            figures=_of_year(self.figures, year),
            terms=_of_year(self.terms, year),
            asked=_of_year(self.asked, year),
        )


def on_event(id: str, index: Index) -> Material:
    """What stands under an event."""
    return Material(
        about=index.about[id],
        mentioning=index.mentioning[id],
        figures=index.figures[id],
        terms=index.terms[id],
    )


def to_addressee(id: str, index: Index) -> Material:
    """What stands under an addressee."""
    return Material(about=index.addressed[id], asked=index.asked[id])


def _of_year(stated: Sequence[Stated[T]], year: str) -> tuple[Stated[T], ...]:
    return tuple(each for each in stated if each.statement.date.year == year)
