"""How many statements there are, in words, each counted once."""

from archive.model import index
from archive.pages import listing
from archive.publish import generate
from builders import archive_of, statement

ONE, TWO, THREE = statement("2020-a"), statement("2021-b"), statement("2022-c")


def test_a_statement_is_counted_where_it_is_first() -> None:
    assert (
        listing.counts_in_words(("{}", [ONE]), ("mentioned in {}", [ONE, TWO, THREE]))
        == "1 statement; mentioned in 2 more"
    )
    assert listing.counts_in_words(("{}", []), ("{} on a part of it", [ONE, ONE])) == "1 statement on a part of it"
    assert listing.counts_in_words(("{}", [ONE, TWO]), ("mentioned in {}", [TWO])) == "2 statements"
    assert listing.counts_in_words(("{}", [])) == ""


def test_everything_under_it_is_found_at_any_depth() -> None:
    parts = index.build(archive_of()).parts
    assert list(listing.descendants("bridge-2020", parts)) == ["bridge-opening-2020"]
    assert list(listing.descendants("bridge-opening-2020", parts)) == []


def test_an_event_or_body_counts_what_lies_below_it() -> None:
    files = generate.generate(archive_of(statement(events=("bridge-opening-2020",), addressees=("council",))))
    assert "1 statement on a part of it" in files["events/index.md"]
    assert "no statement" in files["events/index.md"]  # the harbour
    assert "1 body under it, statements to them: 1" in files["addressees/index.md"]
    assert "1 body under it, statements to them: 1" in files["addressees/assembly/index.md"]
