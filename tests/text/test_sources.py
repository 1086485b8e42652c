"""Where a statement is known from, in words, and which version of a source is meant."""

import datetime
from dataclasses import replace

import pytest

from archive.model.records import Figure, Source
from archive.model.vocabularies import SOURCE_KINDS
from archive.text.sources import REPORTED_BY, describe_sources, extent_known, known_from
from builders import archive_of, statement

READ = Source(
    kind="press-report",
    outlet="daily",
    sha256="0" * 64,
    retrieved_at=datetime.date(2026, 11, 23),
    url="https://a.example",
)
WHOLE, PART = replace(READ, extent_read="whole"), replace(READ, extent_read="part")
KNOWN_OF = Source(kind="official-text", outlet="agency", url="https://b.example")


def test_every_kind_of_source_has_its_words() -> None:
    assert REPORTED_BY.keys() == SOURCE_KINDS.keys()


def test_a_statement_is_known_from_its_first_source() -> None:
    record = statement(sources=(READ, KNOWN_OF))
    assert known_from(record, archive_of(record), "on") == "as reported by The Daily"
    other = statement(sources=(KNOWN_OF, READ))
    assert known_from(other, archive_of(other), "on") == "published by The Agency"


def test_a_text_of_another_outlet_is_described_as_such() -> None:
    record = statement(sources=(Source(kind="press-report", outlet="daily", syndicated_from="agency"),))
    assert known_from(record, archive_of(record), "on") == "as reported by The Agency, on The Daily"


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([], ""),
        ([WHOLE], "known from 1 report, read in full"),
        ([PART, PART], "known from 2 reports, read in part"),
        ([READ], "known from 1 report"),
        ([PART, WHOLE, WHOLE], "known from 3 reports: 2 read in full and 1 read in part"),
        ([PART, KNOWN_OF], "known from 2 sources: 1 read in part and 1 not read"),
    ],
)
def test_how_much_of_its_sources_was_read_is_said_in_one_line(sources: list[Source], expected: str) -> None:
    assert extent_known(sources) == expected


def test_a_source_that_the_record_was_not_made_from_is_unused() -> None:
    def unused(*sources: Source, figures: tuple[Figure, ...] = ()) -> list[bool]:
        record = statement(sources=sources, figures=figures)
        return [source.unused for source in describe_sources(record, archive_of(record))]

    assert unused(READ, KNOWN_OF) == [False, True]
    assert unused(KNOWN_OF) == [False]  # it can only have been made from this one
    assert unused(READ, KNOWN_OF, figures=(Figure(event="bridge-2020", measure="boats-counted", source=2),)) == [
        False,
        False,
    ]
    assert unused(READ, READ) == [False, False]


COPY = "https://copies.example/1"
READ_ON, KEPT_ON = datetime.date(2026, 11, 23), datetime.date(2026, 11, 20)


def test_a_link_names_the_version_of_the_source() -> None:
    def versions(**known: str | datetime.date) -> dict[str, str]:
        record = statement(sources=(Source(kind="press-report", outlet="daily", **known),))  # type: ignore[arg-type]
        return dict(describe_sources(record, archive_of(record))[0].versions)

    where = "https://a.example"
    assert versions(url=where, archived_url=COPY, archived_at=KEPT_ON, retrieved_at=READ_ON) == {
        "data-originalurl": where,
        "data-versionurl": COPY,
        "data-versiondate": "2026-11-20",
    }
    assert versions(url=where, retrieved_at=READ_ON) == {"data-originalurl": where, "data-versiondate": "2026-11-23"}
    assert versions(url=where) == {}
    assert versions(url=where, archived_url=COPY) == {}, "the day is required"
    assert versions(archived_url=COPY, archived_at=KEPT_ON) == {}, "the original is required"
