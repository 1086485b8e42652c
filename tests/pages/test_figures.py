"""Figures beside each other, each as stated: in which lines, and what is shown as part of what."""

import datetime
from decimal import Decimal

import pytest

from archive.model import index
from archive.model.edtf import parse
from archive.model.records import Figure, Source
from archive.pages import figures
from archive.pages.links import Links
from builders import archive_of, statement


def figure(group: str = "", value: int = 1, **more: object) -> Figure:
    return Figure(event="bridge-2020", measure="boats-counted", group=group, value=Decimal(value), **more)  # type: ignore[arg-type]


def whats(*stated: Figure) -> list[str]:
    source = Source(kind="press-report", outlet="daily")
    record = statement(figures=stated, sources=(source, source))
    archive = archive_of(record)
    (block,) = figures.blocks_of_statement(record, index.build(archive), Links("", archive))
    return [line.what for line in block.lines]


@pytest.mark.parametrize(
    ("stated", "lines"),
    [
        ([figure(), figure("small")], ["Boats counted", "of them small"]),
        ([figure("small"), figure()], ["Boats counted", "of them small"]),
        ([figure("small")], ["Boats counted: small"]),
        ([figure(), figure(value=2), figure("small")], ["Boats counted", "Boats counted", "Boats counted: small"]),
        ([figure(as_of=parse("2020")), figure("small")], ["Boats counted", "Boats counted: small"]),
        ([figure(), figure("small", source=2)], ["Boats counted", "Boats counted: small"]),
    ],
)
def test_a_group_is_part_of_a_number_only_where_it_is_plain_of_which(stated: list[Figure], lines: list[str]) -> None:
    assert whats(*stated) == lines


def test_a_group_is_never_part_of_the_number_of_another_statement() -> None:
    with_all, with_group = (
        statement("2020-01-01-a", figures=(figure(),)),
        statement("2021-01-01-b", figures=(figure("small"),)),
    )
    archive = archive_of(with_all, with_group)
    (ledger,) = figures.ledgers_of_event(index.build(archive).figures["bridge-2020"], Links("", archive))
    assert [(entry.statement.id, entry.line.group, entry.parts) for entry in ledger.entries] == [
        (with_all.id, "", []),
        (with_group.id, "small", []),
    ]
    assert ledger.measure.definition == "Boats that were counted, of any size."


def test_a_number_stands_with_its_parts_where_it_is_plain_that_they_are() -> None:
    early = statement("2020-01-01-a", figures=(figure("small", 2), figure(value=5)))
    other = statement("2021-01-01-b", figures=(figure(value=5), figure(value=6), figure("small", 3)))
    later = statement(
        "2022-01-01-c", figures=(figure(value=94), figure("small", 12), figure("large", 30, as_of=parse("2021")))
    )
    archive = archive_of(early, other, later)
    (ledger,) = figures.ledgers_of_event(index.build(archive).figures["bridge-2020"], Links("", archive))
    shown = [(entry.line.number, entry.line.group, [part.number for part in entry.parts]) for entry in ledger.entries]
    assert shown == [
        ("5", "", ["2"]),
        ("5", "", []),
        ("6", "", []),
        ("3", "small", []),
        ("94", "", ["12"]),
        ("30", "large", []),
    ]


def test_a_figure_on_an_event_has_its_statement_with_date_and_form() -> None:
    record = statement(form="open-letter", figures=(figure(),))
    archive = archive_of(record)
    (ledger,) = figures.ledgers_of_event(index.build(archive).figures["bridge-2020"], Links("", archive))
    (entry,) = ledger.entries
    assert (entry.statement.date.earliest, entry.form) == (datetime.date(2021, 9, 21), "open letter")
    assert entry.link.text == record.title
