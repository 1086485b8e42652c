"""Find what each row of a table would create or change, by the same check that files go through.

A bad row affects only itself: the others are checked without it.
"""

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.authoring import new as new_record
from archive.authoring.csv_import import rows
from archive.authoring.csv_import.rows import CellProblem, Column, find_column
from archive.authoring.csv_import.table import Row, Table
from archive.content import writer
from archive.content.reader import STATEMENTS_FOLDER, Reading, read_statement
from archive.model import edtf, types
from archive.model.document import FORBIDDEN, Document, Problem, quoted, shown
from archive.validation import validate

_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}(?![0-9])")
_HISTORY_HINT = (
    "give the row a history entry that the record has not: its date, kind, and in the note what changed and why "
    "(columns history.1.date, history.1.kind, history.1.note)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """The file that a row would create or change."""

    row: Row
    path: str  # from the root
    document: Document
    text: str
    before: str  # the text it has; "" for a new file
    unexplained: bool = False  # whether a record that is not a draft changes without a history entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do. `problems` are those of the table, `elsewhere` those it would cause in other files."""

    new: tuple[FileChange, ...] = ()
    changed: tuple[FileChange, ...] = ()
    unchanged: int = 0
    bad: int = 0  # rows
    problems: tuple[Problem, ...] = ()
    elsewhere: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Import:
    """A table with the archive into which it is to be imported."""

    name: str  # of the table's file, for messages
    table: Table
    columns: tuple[Column, ...]
    reading: Reading
    checker: validate.Checker
    current_text: Callable[[str], str]
    day: datetime.date
    by_id: Mapping[str, Document]
    taken: Mapping[str, str]  # the file of each id or alias

    def problem(self, row: Row, problem: CellProblem) -> Problem:
        """Return a problem of a row, with its line and the number of the column."""
        names = self.table.columns
        col = next((number for number, name in enumerate(names, 1) if name == problem.column), 0)
        col = col or next((number for number, name in enumerate(names, 1) if name.startswith(f"{problem.column}.")), 1)
        return Problem(
            path=self.name,
            line=row.line,
            col=col,
            field=shown(problem.column),
            message=problem.message,
            hint=problem.hint,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The files to be written, and the message at the end."""

    new: tuple[FileChange, ...] = ()
    changed: tuple[FileChange, ...] = ()
    message: str  # for people


def plan(
    name: str,
    table: Table,
    reading: Reading,
    current_text: Callable[[str], str],
    today: datetime.date,
    *,
    update: bool,
    latest: datetime.date | None = None,
) -> Plan:
    """Return what importing the table would do.

    `name` is the table's, for messages. `current_text` returns the text of a file that was read, by its path. `today`
    is the day on which a new record's history begins, `latest` the one after which nothing has happened. Without
    `update` the rows that would change a record are reported, and the others are checked with the record as it is.
    """
    if header := tuple(rows.header_problems(table.columns)):
        return Plan(
            bad=len(table.rows),
            problems=tuple(
                Problem(path=name, line=table.line, col=col, field="", message=message, hint=hint)
                for col, message, hint in header
            ),
        )
    job = _Import(
        name=name,
        table=table,
        columns=tuple(column for column in map(find_column, table.columns) if column),
        reading=reading,
        checker=validate.Checker(reading, latest),
        current_text=current_text,
        day=today,
        by_id={document.stem: document for document in reading.statements},
        taken=new_record.taken_ids(reading),
    )
    problems: list[Problem] = []
    changes: list[FileChange] = []
    unchanged = 0
    for row, change in _row_changes(job, problems):
        if change is None:
            unchanged += 1
        elif update and change.unexplained:
            message = "is not longer, though the row changes the record"
            problems.append(job.problem(row, CellProblem(column="history", message=message, hint=_HISTORY_HINT)))
        else:
            changes.append(change)
    good, elsewhere = _compatible_changes(job, changes, problems)
    changed = [change for change in good if change.before]
    new = [change for change in good if not change.before]
    if changed and not update:
        new, elsewhere = _compatible_changes(job, new, problems)
    return Plan(
        new=tuple(new),
        changed=tuple(changed),
        unchanged=unchanged,
        bad=len({problem.line for problem in problems}),
        problems=tuple(sorted(set(problems))),
        elsewhere=elsewhere,
    )


def import_report(name: str, plan: Plan, *, update: bool) -> Iterator[str]:
    """Yield the counts of the import, each file created or changed with its diff, and each problem."""
    counts = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": plan.unchanged, "bad": plan.bad}
    yield f"{name}: {', '.join(f'{count:,} {kind}' for kind, count in counts.items())}"
    for change in plan.new:
        yield f"new: {change.path} (line {change.row.line})"
    for change in plan.changed:
        yield f"changed: {change.path} (line {change.row.line}{'' if update else ', stays as it is without --update'})"
        yield from _diff(change)
        if change.unexplained:
            yield "  It needs a history entry that says what changed and why."
    yield from map(str, (*plan.problems, *plan.elsewhere))


def outcome(plan: Plan, *, write: bool, update: bool, keep_good: bool) -> Outcome:
    """Return what is written of a plan: nothing without `write`, nor while a row is bad, unless `keep_good`."""
    changed = plan.changed if update else ()
    if not (plan.new or changed):
        return Outcome(message="There is nothing to write.")
    if plan.elsewhere:
        return Outcome(message="Nothing is written: these rows would make other files wrong.")
    if plan.problems and not keep_good:
        return Outcome(message="Nothing is written: mend the bad rows, or leave them out with --keep-good.")
    if not write:
        return Outcome(message="Nothing is written yet; --write does it.")
    return Outcome(new=plan.new, changed=changed, message=f"Wrote {len(plan.new):,} new and {len(changed):,} changed.")


def _row_changes(job: _Import, problems: list[Problem]) -> Iterator[tuple[Row, FileChange | None]]:
    """Yield each good row with its change, None for no change; add the problems of bad rows to `problems`."""
    valid_rows: list[tuple[Row, str, dict[str, str]]] = []
    rejected: list[tuple[Row, Mapping[str, str], Sequence[CellProblem]]] = []
    for row in job.table.rows:
        cell_problems: list[CellProblem] = []
        if len(row.cells) != len(job.columns):
            message = f"has {len(row.cells)} cells, the first row has {len(job.columns)}"
            cell_problems.append(
                CellProblem(column="", message=message, hint="put a cell with the separator in it in quotation marks")
            )
        else:
            cells = rows.cells_by_column(row, job.columns)
            cell_problems += rows.forbidden_characters(cells)
            id = "" if cell_problems else _id(job, cells, cell_problems)
            if not cell_problems:
                valid_rows.append((row, id, cells))
            else:
                rejected.append((row, cells, cell_problems))
        problems += [job.problem(row, problem) for problem in cell_problems]
    problems += _other_problems(job, rejected)
    lines: dict[str, list[int]] = {}
    for row, id, _ in valid_rows:
        lines.setdefault(id, []).append(row.line)
    for row, id, cells in valid_rows:
        if len(lines[id]) > 1:
            others = ", ".join(str(line) for line in lines[id] if line != row.line)
            message = f"{id!r} is the id of the row on line {others} too"
            hint = "keep one of them, or give them different ids in a column id"
            problems.append(job.problem(row, CellProblem(column=rows.ID, message=message, hint=hint)))
            continue
        change = _change(job, row, id, cells)
        if change is None or isinstance(change, FileChange):
            yield row, change
        else:
            problems += [job.problem(row, problem) for problem in change]


def _other_problems(
    job: _Import, rejected: Iterable[tuple[Row, Mapping[str, str], Sequence[CellProblem]]]
) -> Iterator[Problem]:
    """Yield what else is wrong with rows that make no record for what was found already."""
    documents: dict[str, tuple[Document, Row, set[str]]] = {}
    for row, cells, found in rejected:
        if any(problem.column == "" or FORBIDDEN.search(cells.get(problem.column, "")) for problem in found):
            continue
        record = job.by_id.get(cells.get(rows.ID, ""))
        before = writer.entries(record.fields) if record else {rows.HISTORY: [new_record.first_change(job.day)]}
        if record and rows.irregular_field(before):
            continue
        entries, _ = rows.merge_row(before, cells, job.columns)
        day = match[0] if (match := _DAY.match(cells.get("date", ""))) else "2000"
        path = record.path if record else f"{STATEMENTS_FOLDER}/{day[:4]}/{day}-row-{row.line}.md"
        body = cells.get(rows.SUMMARY, record.body.strip() if record else "")
        document = read_statement(path, writer.format_statement(entries, body).encode())
        if isinstance(document, Document):
            reported = {problem.column for problem in found}
            if rows.ID in reported:  # which does not agree with the date
                reported.add("date")
            documents[path] = document, row, reported
    others = (document for document in job.reading.statements if document.path not in documents)
    together = [*others, *(document for document, *_ in documents.values())]
    for problem in job.checker.check(together)[1] if documents else ():
        if problem.path in documents:
            _, row, reported = documents[problem.path]
            column = rows.column_of_field(problem.field)
            if column and column not in reported:
                yield job.problem(row, CellProblem(column=column, message=problem.message, hint=problem.hint))


def _id(job: _Import, cells: Mapping[str, str], problems: list[CellProblem]) -> str:
    """Return the id of a row's record: its own, or one made from its date and title."""
    id, date, title = (cells.get(name, "") for name in (rows.ID, "date", "title"))
    edtf_date = None
    try:
        edtf_date = edtf.parse(date)
    except ValueError as error:
        if date or not id:
            message = f"{quoted(date)}: {error}" if date else "is empty"
            problems.append(CellProblem(column="date", message=message, hint=f"allowed: {edtf.GRAMMAR}"))
    if not id:
        if not title:
            problems.append(
                CellProblem(column="title", message="is empty", hint="give the title, or the id of the record")
            )
        if problems or edtf_date is None:
            return ""
        id = new_record.suggest_ids(edtf_date, " ".join(title.split()), cells.get("form", ""))[0]
    match = types.STEM.fullmatch(id)
    if match is None:
        hint = f"allowed: {types.STEM_ID.allowed}"
        problems.append(CellProblem(column=rows.ID, message=f"{quoted(id)} is not a statement id", hint=hint))
    elif edtf_date and match[1] != edtf_date.start.text:
        message = f"{quoted(id)} does not agree with the date {quoted(date)}"
        hint = f"correct the date, or make the id begin with {edtf_date.start.text}"
        problems.append(CellProblem(column=rows.ID, message=message, hint=hint))
    elif id not in job.by_id and id in job.taken:
        message = f"{id!r} is taken by {job.taken[id]}"
        problems.append(CellProblem(column=rows.ID, message=message, hint="give the record's own id, or another one"))
    return id


def _change(job: _Import, row: Row, id: str, cells: Mapping[str, str]) -> FileChange | list[CellProblem] | None:
    """Return the change to the row's record, None for no change, or the problems of the row."""
    document = job.by_id.get(id)
    before = writer.entries(document.fields) if document else {}
    if document and (field := rows.irregular_field(before)):
        message = f"its record has a problem at {shown(field)}: {document.path}"
        return [
            CellProblem(
                column="", message=message, hint=f"mend that first; see .venv/bin/archive check {document.path}"
            )
        ]
    former_body = document.body.strip() if document else ""
    entries, problems = rows.merge_row(before, cells, job.columns)
    if problems:
        return problems
    body = cells.get(rows.SUMMARY, former_body)
    if document and rows.equal_records(before, entries) and body == former_body:
        return None
    if not document and not entries.get(rows.HISTORY):
        entries[rows.HISTORY] = [new_record.first_change(job.day)]
    path = document.path if document else f"{STATEMENTS_FOLDER}/{id[:4]}/{id}.md"
    text = writer.format_statement(entries, body)
    document_after = read_statement(path, text.encode())
    if isinstance(document_after, Problem):
        return [CellProblem(column="", message=document_after.message, hint=document_after.hint)]
    explained = document is None or before.get("status") == "draft" or rows.extends_history(before, entries)
    return FileChange(
        row=row,
        path=path,
        document=document_after,
        text=text,
        before=job.current_text(path) if document else "",
        unexplained=not explained,
    )


def _compatible_changes(
    job: _Import, changes: Iterable[FileChange], problems: list[Problem]
) -> tuple[list[FileChange], tuple[Problem, ...]]:
    """Return the changes that cause no problem together, and the problems they cause in other files."""
    good = list(changes)
    while good:
        all_problems = _check(job, good)
        by_path = {change.path: change for change in good}
        bad = [problem for problem in all_problems if problem.path in by_path]
        if not bad:
            former = job.checker.check(job.reading.statements)[1] if all_problems else ()
            return good, tuple(problem for problem in all_problems if problem not in former)
        for problem in bad:
            cell_problem = CellProblem(
                column=rows.column_of_field(problem.field), message=problem.message, hint=problem.hint
            )
            problems.append(job.problem(by_path[problem.path].row, cell_problem))
        paths = {problem.path for problem in bad}
        good = [change for change in good if change.path not in paths]
    return [], ()


def _check(job: _Import, changes: Sequence[FileChange]) -> tuple[Problem, ...]:
    """Return the problems of the archive with these changes."""
    documents = {document.path: document for document in job.reading.statements}
    documents |= {change.path: change.document for change in changes}
    return job.checker.check([documents[path] for path in sorted(documents)])[1]


def _diff(change: FileChange) -> Iterator[str]:
    """Return the unified diff from the file as it is to the file as it would be."""
    before, after = change.before.splitlines(), change.text.splitlines()
    lines = difflib.unified_diff(before, after, change.path, change.path, lineterm="", n=2)
    return (f"  {line}" for line in lines)
