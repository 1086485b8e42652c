"""Where a statement is known from, in words, and how its record is cited."""

import datetime

from archive import provenance
from archive.choices import SOURCE_KINDS
from archive.model import Figure, Source
from builders import archive_of, statement

READ = Source(
    kind="press-report",
    outlet="daily",
    sha256="0" * 64,
    retrieved_at=datetime.date(2026, 11, 23),
    url="https://a.example",
)
KNOWN_OF = Source(kind="official-text", outlet="agency", url="https://b.example")


def test_every_kind_of_source_is_led_to_in_words() -> None:
    assert provenance.SAYS.keys() == SOURCE_KINDS.keys()


def test_a_statement_is_known_from_its_first_source() -> None:
    one = statement(sources=(READ, KNOWN_OF))
    assert provenance.known_from(one, archive_of(one), "on") == "as reported by The Daily"
    other = statement(sources=(KNOWN_OF, READ))
    assert provenance.known_from(other, archive_of(other), "on") == "published by The Agency"


def test_a_text_of_another_outlet_is_told_as_such() -> None:
    one = statement(sources=(Source(kind="press-report", outlet="daily", syndicated_from="agency"),))
    assert provenance.known_from(one, archive_of(one), "on") == "as reported by The Agency, on The Daily"


def test_a_citation_has_the_supplied_title_in_brackets() -> None:
    one = statement(sources=(Source(kind="press-report", outlet="daily", syndicated_from="agency"),))
    assert provenance.citation(one, archive_of(one, site_name="The archive")) == (
        "The Office. [Statement on the bridge] (title supplied by the archive), statement, 21 September 2021; "
        "as reported by The Agency, carried by The Daily. The archive, record 2021-09-21-first, "
    )


def test_a_source_that_the_record_was_not_made_from_is_told_from_the_others() -> None:
    def unused(*sources: Source, figures: tuple[Figure, ...] = ()) -> list[bool]:
        one = statement(sources=sources, figures=figures)
        return [reported.unused for reported in provenance.reported(one, archive_of(one))]

    assert unused(READ, KNOWN_OF) == [False, True]
    assert unused(KNOWN_OF) == [False]  # it can only have been made from this one
    assert unused(READ, KNOWN_OF, figures=(Figure(event="bridge-2020", measure="boats-counted", source=2),)) == [
        False,
        False,
    ]
    assert unused(READ, READ) == [False, False]
