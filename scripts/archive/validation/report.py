"""Format problems for people, for programs and for GitHub."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from archive.content.reader import AUTHORITIES_FOLDER
from archive.model.document import Problem, shown
from archive.text import formatting

_MANY = 3  # places that cite one missing entry, each of which has a problem of its own
FORMATS = ("text", "json", "github")


def format_problems(problems: Sequence[Problem], format: str = "text") -> str:
    """Format problems as one of `FORMATS`: text with their count, JSON, or workflow commands of GitHub."""
    if format == "json":
        report = {"count": len(problems), "problems": [_parts(problem) for problem in problems]}
        return json.dumps(report, ensure_ascii=False, indent=1)
    if format == "github":
        return "\n".join(map(_command, problems))
    return "\n".join([*map(str, problems), count_problems(problems)]) if problems else ""


def merged(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems in order, with those of many places that cite one missing entry as one of its file."""
    citing: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.entry:
            citing.setdefault(problem.entry, []).append(problem)
    many = {entry: places for entry, places in citing.items() if len(places) > _MANY}
    one = (_missing_entry(entry, places) for entry, places in many.items())
    return tuple(sorted((*one, *(problem for problem in problems if problem.entry not in many))))


def _missing_entry(entry: str, places: Sequence[Problem]) -> Problem:
    file, _, id = entry.partition("/")
    first = f"{places[0].path}:{places[0].line}:{places[0].col}"
    files = formatting.count(len({place.path for place in places}), "file")
    hint = "restore the entry, which may have been deleted or renamed; an id that is published never changes"
    nearest, is_asked, _ = places[0].hint.partition("?")  # did you mean another id?
    if is_asked:
        hint = f"{nearest}? If not, {hint}"
    return Problem(
        path=f"{AUTHORITIES_FOLDER}/{file}.yml",
        line=1,
        col=1,
        field=shown(id),
        message=f"is not there, and {len(places)} fields in {files} cite it, the first {first}",
        hint=hint,
        entry=entry,
    )


def format_success(statements: int, authorities: int, format: str = "text") -> str:
    """Return the line that reports these numbers of files without a problem; of the formats, only text has one."""
    if format != "text":
        return ""
    files = formatting.count(authorities, "authority file")
    return f"No problems in {formatting.count(statements, 'statement')} and {files}."


def is_within(path: str, places: Sequence[str]) -> bool:
    """Return whether a file is one of these files or in one of these folders; "" is the project, as is no place."""
    return not places or any(place in ("", path) or path.startswith(f"{place}/") for place in places)


def _parts(problem: Problem) -> dict[str, object]:
    return {name: value for name, value in asdict(problem).items() if name != "entry"}


def count_problems(problems: Sequence[Problem]) -> str:
    """Say how many problems there are in how many files."""
    files = {problem.path for problem in problems}
    return f"{formatting.count(len(problems), 'problem')} in {formatting.count(len(files), 'file')}"


def _command(problem: Problem) -> str:
    file = _escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
    where = f"file={file},line={problem.line},col={problem.col}"
    message = str(problem).removeprefix(f"{problem.path}:{problem.line}:{problem.col}: ")
    return f"::error {where}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
