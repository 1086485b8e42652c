"""A record beside the document it was made from, so that a rule about the record can name the place in the file."""

from dataclasses import dataclass

from archive.model.document import Document, Fields, Items, Mark, Problem, shown
from archive.model.records import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementInFile:
    """A statement with the document it was made from."""

    document: Document
    statement: Statement

    def written(self, group: str, number: int, *names: str) -> bool:
        """Whether any of these fields of an item of a list (from 0) is written, be it wrongly."""
        items = self.document.fields.entries.get(group)
        item = items.items[number] if isinstance(items, Items) else None
        return isinstance(item, Fields) and any(name in item.entries for name in names)

    def problem(self, message: str, hint: str, *steps: str | int) -> Problem:
        """A problem at the field these steps (names, and list places from 0) lead to."""
        return problem_at(self.document, message, hint, *steps)

    def body_problem(self, offset: int, message: str, hint: str) -> Problem:
        """A problem at this place of the body."""
        mark = Mark.at(self.document.body, offset, self.document.body_line)
        return Problem(path=self.document.path, line=mark.line, col=mark.col, field="body", message=message, hint=hint)


def problem_at(document: Document, message: str, hint: str, *steps: str | int) -> Problem:
    """A problem of a document, at the field these steps lead to."""
    mark = document.mark(*steps)
    name = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")
    return Problem(path=document.path, line=mark.line, col=mark.col, field=shown(name), message=message, hint=hint)
