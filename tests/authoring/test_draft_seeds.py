"""What is found in the reports that the first records were made from, against those records.

The reports are not part of the project. They are looked for in the folder that ARCHIVE_SEEDS names, or beside the
project in `../shared/seeds`. A record and its report are brought together by the report's SHA-256.
"""

import datetime
import hashlib
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from archive.authoring.extract import press_text
from archive.authoring.extract.findings import Findings, find_all
from archive.content import reader
from archive.model.records import Archive, Figure, Source, Statement
from archive.validation import validate
from builders import PROJECT

SEEDS = Path(os.environ.get("ARCHIVE_SEEDS") or PROJECT.parent / "shared" / "seeds")
TODAY = datetime.date(2026, 11, 24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A record, its source that was captured, and what is found in that with the source's address given."""

    statement: Statement
    source: Source
    found: Findings


@pytest.fixture(scope="module")
def drafted() -> list[Drafted]:
    if not SEEDS.is_dir():
        pytest.skip(f"the first five reports are not in {SEEDS}; name their folder with ARCHIVE_SEEDS")
    archive, problems = validate.check(reader.read(PROJECT))
    assert problems == ()
    texts = {hashlib.sha256(path.read_bytes()).hexdigest(): path.read_bytes() for path in SEEDS.glob("*.txt")}
    cases = [
        (statement, source)
        for statement in archive.statements
        for source in statement.sources
        if source.sha256 in texts
    ]
    assert len(cases) == 5
    return [_drafted(archive, statement, source, texts[source.sha256]) for statement, source in cases]


def _drafted(archive: Archive, statement: Statement, source: Source, data: bytes) -> Drafted:
    found = find_all(press_text.read_press_text(data), archive, source.url, TODAY)
    return Drafted(statement=statement, source=source, found=found)


def figure_of(figure: Figure) -> tuple[object, ...]:
    return (
        figure.event, figure.measure, figure.group, figure.value, figure.min, figure.max, figure.qualifier,
        figure.locator,
    )  # fmt: skip


def figure_found(value: Any) -> tuple[object, ...]:
    number = {name: Decimal(str(value[name])) if name in value else None for name in ("value", "min", "max")}
    return (
        value.get("event", ""), value["measure"], value.get("group", ""), *number.values(),
        value.get("qualifier", "exactly"), value.get("locator", ""),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How much of what the records have was found, and how much of what was found they have."""

    there: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        return self.right / self.there

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0

    def __str__(self) -> str:
        found = f"{self.right:3} of {self.there:3} found ({self.recall:4.0%})"
        return f"{found}, {self.found:3} in all ({self.precision:4.0%} right)"


def figures_of(case: Drafted) -> list[Figure]:
    """Return the record's figures but for those of its other sources."""
    number = case.statement.sources.index(case.source) + 1
    return [figure for figure in case.statement.figures if figure.source == number]


def rate(pairs: Iterable[tuple[Iterable[object], Iterable[object]]]) -> Rate:
    there = found = right = 0
    for expected, actual in pairs:
        expected, actual = set(expected), set(actual)
        there += len(expected)
        found += len(actual)
        right += len(expected & actual)
    return Rate(there=there, found=found, right=right)


def ids(case: Drafted, *fields: str) -> set[object]:
    return {finding.value for field in fields for finding in case.found.of(field)}


def day_said(case: Drafted) -> str:
    """Give the day that this report shows: of a record dated by its first report, another report has its own day."""
    if case.statement.date_basis == "reported" and case.source.published:
        return case.source.published.text
    return case.statement.date.text


def speaks_of(case: Drafted, event: str) -> bool:
    """Whether the report speaks of an event of its record: not if every figure and term of it is from other reports."""
    figures = [(figure.source, figure.event) for figure in case.statement.figures]
    terms = [(term.source, term.about) for term in case.statement.terms]
    cited = {source for source, about in (*figures, *terms) if about == event}
    return not cited or case.statement.sources.index(case.source) + 1 in cited


def test_recall_and_precision_of_the_findings(drafted: list[Drafted], capsys: pytest.CaptureFixture[str]) -> None:
    def same(field: str, of: str = "") -> Rate:
        return rate(
            ([str(getattr(case.source if of else case.statement, field) or "")], [case.found.value(of + field)])
            for case in drafted
        )

    first = "sources[1]."
    rates = {
        "date": rate(([day_said(case)], [case.found.value("date")]) for case in drafted),
        "date_basis": same("date_basis"),
        "form": same("form"),
        "issuer": same("issuer"),
        "outlet": same("outlet", first),
        "syndicated_from": same("syndicated_from", first),
        "author": same("author", first),
        "published": rate(
            ([getattr(case.source.published, "text", "")], [case.found.value(first + "published")]) for case in drafted
        ),
        "language": same("language", first),
        "addressees": rate((case.statement.addressees, ids(case, "addressees")) for case in drafted),
        "events and mentions": rate(
            (
                [id for id in (*case.statement.events, *case.statement.mentions) if speaks_of(case, id)],
                ids(case, "events", "mentions"),
            )
            for case in drafted
        ),
        "which is which": rate(
            (
                [
                    (id, field)
                    for field in ("events", "mentions")
                    for id in getattr(case.statement, field)
                    if speaks_of(case, id)
                ],
                [(f.value, f.field) for field in ("events", "mentions") for f in case.found.of(field)],
            )
            for case in drafted
        ),
        "instruments": rate((case.statement.instruments, ids(case, "instruments")) for case in drafted),
        "figures": rate(
            (map(figure_of, figures_of(case)), (figure_found(f.value) for f in case.found.of("figures")))
            for case in drafted
        ),
    }
    with capsys.disabled():
        lines = [f"  {name:20} {each}" for name, each in rates.items()]
        sys.stdout.write("\n".join(["\nFound in the first five reports, their addresses given:", *lines, ""]))
    for name in ("date", "date_basis", "form", "outlet", "syndicated_from", "author", "published", "language"):
        assert rates[name].right == 5, name
    for name in ("addressees", "events and mentions"):
        assert rates[name].recall >= 0.95, name
        assert rates[name].precision == 1, name
    assert rates["figures"].recall >= 0.9
    assert rates["figures"].precision >= 0.95
