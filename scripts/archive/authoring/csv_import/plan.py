"""Table and archive -> what each row would make or change, by the very check that files go through.

A bad row stops only itself: what the others would do is checked without it.
"""

import datetime
import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.authoring import new as new_record
from archive.authoring.csv_import import rows
from archive.authoring.csv_import.rows import Column, Wrong, find_column
from archive.authoring.csv_import.table import Row, Table
from archive.content import writer
from archive.content.reader import STATEMENTS_FOLDER, Reading, read_statement
from archive.model import edtf, types
from archive.model.document import Document, Problem, quoted, shown
from archive.validation import validate

_HISTORY_HINT = (
    "give the row a history entry that the record has not: its date, kind, and in the note what changed and why "
    "(columns history.1.date, history.1.kind, history.1.note)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """What a row would make of a file."""

    row: Row
    path: str  # from the root
    document: Document
    text: str
    before: str  # the text it has; "" for a new file
    unexplained: bool = False  # a change without a history entry, of a record that is no draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do. `problems` are those of the table, `elsewhere` those it would bring to other files."""

    new: tuple[FileChange, ...] = ()
    changed: tuple[FileChange, ...] = ()
    unchanged: int = 0
    bad: int = 0  # rows
    problems: tuple[Problem, ...] = ()
    elsewhere: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Import:
    """A table with the archive it is to go into."""

    name: str  # of the table's file, for messages
    table: Table
    columns: tuple[Column, ...]
    reading: Reading
    checker: validate.Checker
    text_of: Callable[[str], str]
    day: datetime.date
    by_id: Mapping[str, Document]
    taken: Mapping[str, str]  # id or alias -> the file whose it is

    def problem(self, row: Row, wrong: Wrong) -> Problem:
        """A problem of a row, at its line and the number of the column."""
        names = self.table.columns
        col = next((n for n, name in enumerate(names, 1) if name == wrong.column), 0)
        col = col or next((n for n, name in enumerate(names, 1) if name.startswith(f"{wrong.column}.")), 1)
        return Problem(
            path=self.name,
            line=row.line,
            col=col,
            field=shown(wrong.column),
            message=wrong.message,
            hint=wrong.hint,
        )


def plan(
    name: str, table: Table, reading: Reading, text_of: Callable[[str], str], today: datetime.date, *, update: bool
) -> Plan:
    """What importing the table would do.

    `name` is the table's, for messages. `text_of` gives the text of a file that was read, by its path. `today` is the
    day on which a new record's history begins. Without `update` the rows that would change a record are told, and the
    others are checked with the record as it is.
    """
    if wrong := tuple(rows.header_problems(table.columns)):
        return Plan(
            bad=len(table.rows),
            problems=tuple(
                Problem(path=name, line=table.line, col=col, field="", message=message, hint=hint)
                for col, message, hint in wrong
            ),
        )
    given = _Import(
        name=name,
        table=table,
        columns=tuple(column for column in map(find_column, table.columns) if column),
        reading=reading,
        checker=validate.Checker(reading),
        text_of=text_of,
        day=today,
        by_id={document.stem: document for document in reading.statements},
        taken=new_record.taken_ids(reading),
    )
    problems: list[Problem] = []
    changes: list[FileChange] = []
    unchanged = 0
    for row, change in _each(given, problems):
        if change is None:
            unchanged += 1
        elif update and change.unexplained:
            message = "is not longer, though the row changes the record"
            problems.append(given.problem(row, Wrong(column="history", message=message, hint=_HISTORY_HINT)))
        else:
            changes.append(change)
    good, elsewhere = _settled(given, changes, problems)
    changed = [change for change in good if change.before]
    new = [change for change in good if not change.before]
    if changed and not update:
        new, elsewhere = _settled(given, new, problems)
    return Plan(
        new=tuple(new),
        changed=tuple(changed),
        unchanged=unchanged,
        bad=len({problem.line for problem in problems}),
        problems=tuple(sorted(set(problems))),
        elsewhere=elsewhere,
    )


def _each(given: _Import, problems: list[Problem]) -> Iterator[tuple[Row, FileChange | None]]:
    """Each good row with what it would make or change, None where its record says the same; the bad: `problems`."""
    texts: list[tuple[Row, str, dict[str, str]]] = []
    for row in given.table.rows:
        wrong: list[Wrong] = []
        if len(row.cells) != len(given.columns):
            message = f"has {len(row.cells)} cells, the first row has {len(given.columns)}"
            wrong.append(
                Wrong(column="", message=message, hint="put a cell with the separator in it in quotation marks")
            )
        else:
            found = rows.cells(row, given.columns)
            wrong += rows.invisible_characters(found)
            id = "" if wrong else _id(given, found, wrong)
            if not wrong:
                texts.append((row, id, found))
        problems += [given.problem(row, each) for each in wrong]
    lines: dict[str, list[int]] = {}
    for row, id, _ in texts:
        lines.setdefault(id, []).append(row.line)
    for row, id, found in texts:
        if len(lines[id]) > 1:
            others = ", ".join(str(line) for line in lines[id] if line != row.line)
            message = f"{id!r} is the id of the row on line {others} too"
            hint = "keep one of them, or give them different ids in a column id"
            problems.append(given.problem(row, Wrong(column=rows.ID, message=message, hint=hint)))
            continue
        changed = _change(given, row, id, found)
        if changed is None or isinstance(changed, FileChange):
            yield row, changed
        else:
            problems += [given.problem(row, each) for each in changed]


def _id(given: _Import, texts: Mapping[str, str], wrong: list[Wrong]) -> str:
    """The id of a row's record: as it says, or made of its date and title."""
    id, date, title = (texts.get(name, "") for name in (rows.ID, "date", "title"))
    when = None
    try:
        when = edtf.parse(date)
    except ValueError as error:
        if date or not id:
            message = f"{quoted(date)}: {error}" if date else "is empty"
            wrong.append(Wrong(column="date", message=message, hint=f"allowed: {edtf.GRAMMAR}"))
    if not id:
        if not title:
            wrong.append(Wrong(column="title", message="is empty", hint="give the title, or the id of the record"))
        if wrong or when is None:
            return ""
        id = new_record.suggest_ids(when, " ".join(title.split()), texts.get("form", ""))[0]
    match = types.STEM.fullmatch(id)
    if match is None:
        hint = f"allowed: {types.STEM_ID.allowed}"
        wrong.append(Wrong(column=rows.ID, message=f"{quoted(id)} is not a statement id", hint=hint))
    elif when and match[1] != when.start.text:
        message = f"{quoted(id)} does not agree with the date {quoted(date)}"
        hint = f"correct the date, or make the id begin with {when.start.text}"
        wrong.append(Wrong(column=rows.ID, message=message, hint=hint))
    elif id not in given.by_id and id in given.taken:
        message = f"{id!r} is taken by {given.taken[id]}"
        wrong.append(Wrong(column=rows.ID, message=message, hint="give the record's own id, or another one"))
    return id


def _change(given: _Import, row: Row, id: str, texts: Mapping[str, str]) -> FileChange | list[Wrong] | None:
    """What the row makes of its record; None where that is what it says already."""
    document = given.by_id.get(id)
    before = writer.entries(document.fields) if document else {}
    if document and (field := rows.irregular(before)):
        message = f"its record has a problem at {shown(field)}: {document.path}"
        return [Wrong(column="", message=message, hint=f"mend that first; see .venv/bin/archive check {document.path}")]
    old = document.body.strip() if document else ""
    entries, wrong = rows.overlay(before, texts, given.columns)
    if wrong:
        return wrong
    body = texts.get(rows.SUMMARY, old)
    if document and rows.equal_records(before, entries) and body == old:
        return None
    if not document and not entries.get(rows.HISTORY):
        entries[rows.HISTORY] = [new_record.first_change(given.day)]
    path = document.path if document else f"{STATEMENTS_FOLDER}/{id[:4]}/{id}.md"
    text = writer.format_statement(entries, body)
    made = read_statement(path, text.encode())
    if isinstance(made, Problem):
        return [Wrong(column="", message=made.message, hint=made.hint)]
    explained = document is None or before.get("status") == "draft" or rows.extends_history(before, entries)
    return FileChange(
        row=row,
        path=path,
        document=made,
        text=text,
        before=given.text_of(path) if document else "",
        unexplained=not explained,
    )


def _settled(
    given: _Import, changes: Iterable[FileChange], problems: list[Problem]
) -> tuple[list[FileChange], tuple[Problem, ...]]:
    """Those of the changes that can be made together without a problem, and what they would bring to other files."""
    good = list(changes)
    while good:
        found = _checked(given, good)
        by_path = {change.path: change for change in good}
        bad = [problem for problem in found if problem.path in by_path]
        if not bad:
            had = given.checker.check(given.reading.statements)[1] if found else ()
            return good, tuple(problem for problem in found if problem not in had)
        for problem in bad:
            wrong = Wrong(column=rows.column_of_field(problem.field), message=problem.message, hint=problem.hint)
            problems.append(given.problem(by_path[problem.path].row, wrong))
        paths = {problem.path for problem in bad}
        good = [change for change in good if change.path not in paths]
    return [], ()


def _checked(given: _Import, changes: Sequence[FileChange]) -> tuple[Problem, ...]:
    """What the check says of the archive with these changes."""
    documents = {document.path: document for document in given.reading.statements}
    documents |= {change.path: change.document for change in changes}
    return given.checker.check([documents[path] for path in sorted(documents)])[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is to be written, and what is said at the end."""

    new: tuple[FileChange, ...] = ()
    changed: tuple[FileChange, ...] = ()
    said: str


def report(name: str, plan: Plan, *, update: bool) -> Iterator[str]:
    """The counts of importing the table of this name, each file made or changed with its difference, each problem."""
    counts = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": plan.unchanged, "bad": plan.bad}
    yield f"{name}: {', '.join(f'{count:,} {what}' for what, count in counts.items())}"
    for change in plan.new:
        yield f"new: {change.path} (line {change.row.line})"
    for change in plan.changed:
        yield f"changed: {change.path} (line {change.row.line}{'' if update else ', stays as it is without --update'})"
        yield from _difference(change)
        if change.unexplained:
            yield "  It needs a history entry that says what changed and why."
    yield from map(str, (*plan.problems, *plan.elsewhere))


def outcome(plan: Plan, *, write: bool, update: bool, keep_good: bool) -> Outcome:
    """What is written of a plan: nothing without `write`, or while anything is bad unless the good is to be kept."""
    changed = plan.changed if update else ()
    if not (plan.new or changed):
        return Outcome(said="There is nothing to write.")
    if plan.elsewhere:
        return Outcome(said="Nothing is written: these rows would make other files wrong.")
    if plan.problems and not keep_good:
        return Outcome(said="Nothing is written: mend the bad rows, or leave them out with --keep-good.")
    if not write:
        return Outcome(said="Nothing is written yet; --write does it.")
    return Outcome(new=plan.new, changed=changed, said=f"Wrote {len(plan.new):,} new and {len(changed):,} changed.")


def _difference(change: FileChange) -> Iterator[str]:
    """The unified diff from the file as it is to the file as it would be."""
    before, after = change.before.splitlines(), change.text.splitlines()
    lines = difflib.unified_diff(before, after, change.path, change.path, lineterm="", n=2)
    return (f"  {line}" for line in lines)
