"""Plan -> what is said of it: the counts, each file that would be made or changed with its difference, each problem."""

import difflib
from collections.abc import Iterator

from archive.importing.plan import Change, Plan


def account(name: str, plan: Plan, *, update: bool) -> Iterator[str]:
    """The lines of the account of importing the table of this name."""
    counts = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": plan.unchanged, "bad": plan.bad}
    yield f"{name}: {', '.join(f'{count:,} {what}' for what, count in counts.items())}"
    for change in plan.new:
        yield f"new: {change.path} (line {change.row.line})"
    for change in plan.changed:
        yield f"changed: {change.path} (line {change.row.line}{'' if update else ', stays as it is without --update'})"
        yield from difference(change)
        if change.unexplained:
            yield "  It needs a history entry that says what changed and why."
    yield from map(str, (*plan.problems, *plan.elsewhere))


def difference(change: Change) -> Iterator[str]:
    """The unified diff from the file as it is to the file as it would be."""
    lines = difflib.unified_diff(
        change.before.splitlines(), change.text.splitlines(), change.path, change.path, lineterm="", n=2
    )
    return (f"  {line}" for line in lines)
