"""Format problems for people, for programs and for GitHub."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from archive.model.document import Problem
from archive.text import formatting

FORMATS = ("text", "json", "github")


def format_problems(problems: Sequence[Problem], format: str = "text") -> str:
    """Format problems as one of `FORMATS`: text with their count, JSON, or workflow commands of GitHub."""
    if format == "json":
        report = {"count": len(problems), "problems": [asdict(problem) for problem in problems]}
        return json.dumps(report, ensure_ascii=False, indent=1)
    if format == "github":
        return "\n".join(map(_command, problems))
    return "\n".join([*map(str, problems), count_problems(problems)]) if problems else ""


def format_success(statements: int, authorities: int, format: str = "text") -> str:
    """Return the line that reports these numbers of files without a problem; of the formats, only text has one."""
    if format != "text":
        return ""
    files = formatting.count(authorities, "authority file")
    return f"No problems in {formatting.count(statements, 'statement')} and {files}."


def is_within(path: str, places: Sequence[str]) -> bool:
    """Return whether a file is one of these files or in one of these folders; "" is the project, as is no place."""
    return not places or any(place in ("", path) or path.startswith(f"{place}/") for place in places)


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
