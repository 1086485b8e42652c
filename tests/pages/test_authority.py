"""The pages of indexes: how many statements stand under an entry, in words."""

from archive.publish import generate
from builders import archive_of, statement


def test_an_entry_says_how_many_statements_cite_it_in_each_way_and_with_what_lies_below_it() -> None:
    files = generate.generate(
        archive_of(
            statement("2021-01-01-a", addressees=("council",)),
            statement("2021-01-02-b", events=("bridge-opening-2020",), mentions=("bridge-2020",)),
            statement("2021-01-03-c", events=("bridge-opening-2020",), addressees=("council", "assembly")),
            statement("2021-01-04-d", events=(), mentions=("bridge-opening-2020",)),
        )
    )
    events, addressees = str(files["events/index.md"]), str(files["addressees/index.md"])
    assert "1 statement about it, 1 mentioning it (with parts of it: 3 and 2)" in events
    assert "2 statements about it, 1 mentioning it<" in events
    assert "no statements<" in events  # the harbour
    assert "1 statement to it (with bodies under it: 2)" in addressees
    assert "2 statements to it<" in addressees
    assert "2 statements to it<" in files["addressees/assembly/index.md"]


def test_an_entry_to_which_nothing_is_filed_says_so() -> None:
    files = generate.generate(archive_of(statement(events=("bridge-opening-2020",))))
    says = "The archive has no statement about or mentioning this event"
    assert f"{says} itself; see the parts of it." in files["events/bridge-2020/index.md"]
    assert f"{says}." in files["events/harbour-1992/index.md"]
    assert says not in files["events/bridge-opening-2020/index.md"]
