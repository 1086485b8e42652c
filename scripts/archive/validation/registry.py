"""Register the rules of the check, and hold what they see: records beside the documents they were made from."""

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from archive.model.document import Document, Fields, Items, Mark, Problem, field_path, shown
from archive.model.records import Archive, Statement
from archive.validation.word_list import Exceptions, WordList

Scope = Literal["record", "archive", "authorities"]
Rule = TypeVar("Rule", bound=Callable[[Any], Iterator[Problem]])

# scope -> its rules in the order in which they run
RULES: dict[Scope, list[Callable[[Any], Iterator[Problem]]]] = {"record": [], "archive": [], "authorities": []}


def rule(scope: Scope) -> Callable[[Rule], Rule]:
    """Register a generator of problems, whose docstring is the rule in one sentence, with what it is about.

    - `record`: one statement by itself. It is called with each `StatementInFile`.
    - `archive`: statements beside each other or beside anything else. It is called with the `ArchiveInFiles`, at each
      check, while what a `record` rule found is kept: so it needs the document of a record for a problem only.
    - `authorities`: the files in `statements/authorities/`. It is called likewise, after all others.
    """

    def register(function: Rule) -> Rule:
        RULES[scope].append(function)
        return function

    return register


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementInFile:
    """A statement with the document it was made from, which is read where it is needed if the statement was kept."""

    statement: Statement
    read: Callable[[], Document]
    links: Sequence[str]  # of its body, within the site
    loaded: bool  # whether a loaded word stands where only an exception can allow it
    cited: Collection[str]  # each id of an authority file, after the file's name and a /
    prints: tuple[bytes, ...] = ()  # the statement's fingerprints, where they are known

    @property
    def document(self) -> Document:
        """The document it was made from."""
        return self.read()

    def has_field(self, group: str, number: int, *names: str) -> bool:
        """Return whether an item of a list, counted from 0, has any of these fields, even with a wrong value."""
        items = self.document.fields.entries.get(group)
        item = items.items[number] if isinstance(items, Items) else None
        return isinstance(item, Fields) and any(name in item.entries for name in names)

    def problem(self, message: str, hint: str, *steps: str | int) -> Problem:
        """Return a problem at the field at these steps: names, and places in lists from 0."""
        return problem_at(self.document, message, hint, *steps)

    def body_problem(self, offset: int, message: str, hint: str) -> Problem:
        """Return a problem at this offset of the body."""
        mark = Mark.at(self.document.body, offset, self.document.body_line)
        return Problem(path=self.document.path, line=mark.line, col=mark.col, field="body", message=message, hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveInFiles:
    """The archive with the documents it was made from, drafts among them."""

    archive: Archive  # without drafts
    statements: Sequence[StatementInFile]  # those that could be converted
    files: Sequence[tuple[str, Callable[[], Document]]]  # of these and the others: the path, and what reads it
    ids: Collection[str]  # of the statements that another may cite
    link_targets: Mapping[str, str]  # as urls.link_targets
    authorities: Mapping[str, Document]  # by name
    wording: Document | None
    words: WordList
    exceptions: Exceptions
    day: datetime.date | None = None  # today; None if it makes no difference


def problem_at(document: Document, message: str, hint: str, *steps: str | int) -> Problem:
    """Return a problem of a document at the field at these steps: names, and places in lists from 0."""
    mark = document.mark(*steps)
    name = shown(field_path(*steps))
    return Problem(path=document.path, line=mark.line, col=mark.col, field=name, message=message, hint=hint)
