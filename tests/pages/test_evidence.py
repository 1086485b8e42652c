"""The counts on the page on the data: what the records rest on."""

import datetime
from dataclasses import replace

from archive.model import index
from archive.model.records import Archive, Figure, Name, Request, SameAs, Source, Term
from archive.pages import evidence
from builders import archive_of, statement, with_changes

DAY = datetime.date(2026, 11, 23)
READ = Source(kind="press-report", outlet="daily", url="https://daily.example/1", retrieved_at=DAY, extent_read="whole")
PART = replace(READ, url="https://daily.example/2", title="The bridge", extent_read="part")
KEPT = Source(kind="broadcast", outlet="daily", sha256="0" * 64, archived_url="https://archive.example/1")


def counted(archive: Archive) -> dict[str, tuple[int, int]]:
    return {share.what: (share.number, share.of) for share in evidence.shares(index.build(archive))}


def test_each_source_and_claim_is_counted_where_it_belongs() -> None:
    record = statement(
        sources=(READ, PART, KEPT),
        original_language="az",
        requests=(Request(asks="to wait", source=1, locator="par. 1"), Request(asks="to stay", locator="par. 1")),
        figures=(Figure(event="bridge-2020", measure="boats-counted", source=2, locator="not found again"),),
        terms=(Term(term="bridge", source=3),),
    )
    assert counted(archive_of(record, statement("2020-other", sources=()))) == {
        "sources with their web address": (2, 3),
        "sources with their title": (1, 3),
        "sources read to the end": (1, 3),
        "sources read in part": (1, 3),
        "sources whose text was captured": (1, 3),
        "sources of which a web archive keeps a copy": (1, 3),
        "requests, figures and terms with source and place": (1, 4),
        "requests, figures and terms not found again": (1, 4),
        "statements whose original language is known": (1, 2),
    }


def test_what_was_withdrawn_is_not_counted() -> None:
    assert {of for _, of in counted(archive_of(statement(status="withdrawn"))).values()} == {0}


def test_entries_are_counted_by_identifiers_and_by_the_languages_of_their_names() -> None:
    archive = archive_of()
    council = archive.addressees["council"]
    names = (Name(name="Şura", language="az"), Name(name="Şura 2", language="az"), Name(name="Совет", language="ru"))
    entries = {
        "council": replace(council, names=names, same_as=SameAs(wikidata="Q1")),
        "other": replace(council, id="other", names=(), same_as=SameAs()),
    }
    found = {line.many: line for line in evidence.coverage(with_changes(archive, addressees=entries))}
    assert evidence.NAMED_IN == ("az", "hy", "ru")
    assert (found["Addressees"].entries, found["Addressees"].identified, found["Addressees"].named) == (2, 1, [1, 0, 1])


def test_each_place_in_the_data_is_a_column_there() -> None:
    from archive.exports.data.tables import all_tables

    archive = archive_of(statement())
    built = index.build(archive)
    columns = {f"{table.name}.{column.name}" for table in all_tables(archive, built) for column in table.columns}
    named = {name for share in evidence.shares(built) for name in share.where.split(", ")}
    assert named <= columns


def test_the_tables_say_all_that_was_counted() -> None:
    archive = archive_of(statement(sources=(READ,)))
    html = evidence.tables(archive, index.build(archive))
    assert '<tr><th scope="row">Sources with their web address</th><td>1</td><td>1</td>' in html
    assert html.count("<tr>") == 2 + len(evidence.shares(index.build(archive))) + len(evidence.coverage(archive))
    assert "With a name in Armenian" in html
