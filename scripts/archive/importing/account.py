"""Plan -> what is said of it, and what of it is written."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from archive.importing.plan import Change, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is to be written, and what is said at the end."""

    new: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    said: str


def account(name: str, plan: Plan, *, update: bool) -> Iterator[str]:
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


def _difference(change: Change) -> Iterator[str]:
    """The unified diff from the file as it is to the file as it would be."""
    before, after = change.before.splitlines(), change.text.splitlines()
    lines = difflib.unified_diff(before, after, change.path, change.path, lineterm="", n=2)
    return (f"  {line}" for line in lines)
