"""Where a text has more than seven words in a row from its source."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.content import reader
from archive.model.document import Mark
from archive.validation import copying
from builders import FIRST, statement_text, write_tree

SOURCE = """The Daily, 3 May

The keeper of the bridge said that all 3,410 boats had passed below it before the night was over.
He asked the harbour to count the small boats again, "because they're easily missed", and thanked its crews.
"""


def found(text: str, source: str = SOURCE) -> list[str]:
    return [run.text for run in copying.shared_runs(text, source)]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("The keeper of the bridge said that all is well.", ["The keeper of the bridge said that all"]),
        ("The keeper of the bridge said that boats passed.", []),  # seven
        ("We know the KEEPER, of the bridge: said (that) all…", ["the KEEPER, of the bridge: said (that) all"]),
        ("the keeper of\nthe bridge   said\n\nthat all", ["the keeper of the bridge said that all"]),
        ("the keeper of the *bridge* [said](/a/) that all", ["the keeper of the *bridge* [said](/a/) that all"]),
        ("thé këeper of the bridge said that all", ["thé këeper of the bridge said that all"]),
        (
            "because they’re easily missed and thanked its crews",
            ["because they’re easily missed and thanked its crews"],
        ),
        ("said that all 3410 boats had passed below", ["said that all 3410 boats had passed below"]),
        ("said that all 3411 boats had passed below", []),
        ("boats had passed below it before the night, and", ["boats had passed below it before the night"]),
        ("it before the night was over. He asked", ["it before the night was over. He asked"]),
        ("", []),
        ("Word.", []),
    ],
)
def test_a_run_is_more_than_seven_words_however_they_are_written(text: str, runs: list[str]) -> None:
    assert found(text) == runs


def test_both_places_are_named() -> None:
    (run,) = copying.shared_runs("First.\n\n  He asked the harbour to count the small boats.", SOURCE)
    assert (run.mark, run.source_mark, run.words) == (Mark(3, 3), Mark(4, 1), 9)


def test_runs_that_follow_one_another_are_each_named() -> None:
    text = "He asked the harbour to count the small boats before the night was over. He asked the harbour to wait."
    assert found(text) == [
        "He asked the harbour to count the small boats",
        "before the night was over. He asked the harbour to",
    ]


def test_a_run_within_another_is_named_once_and_one_that_goes_on_elsewhere_is_named_too() -> None:
    source = "one two three four five six seven eight nine. four five six seven eight nine ten eleven twelve"
    assert found("one two three four five six seven eight nine ten eleven", source) == [
        "one two three four five six seven eight nine",
        "four five six seven eight nine ten eleven",
    ]
    assert found("one two three four five six seven eight nine", source) == [
        "one two three four five six seven eight nine"
    ]


@pytest.mark.parametrize(
    "text",
    [
        'He said: "The keeper of the bridge said that all 3,410 boats had passed below it."',
        "He said: “the keeper of the bridge said that all 3,410 boats” were counted.",
        "He said:\n\n> The keeper of the bridge said that\n> all 3,410 boats had passed below it.\n",
        'He asked the harbour to "count the small boats again".',
    ],
)
def test_a_quotation_does_not_count(text: str) -> None:
    assert found(text) == []


def test_a_quotation_does_not_hide_the_words_around_it() -> None:
    (run,) = copying.shared_runs('The keeper of "the bridge" said that all 3,410 boats had passed.', SOURCE)
    assert run.words == 10


def test_a_quotation_that_is_too_long_counts() -> None:
    words = " ".join(f"word{number}" for number in range(200))
    first = " ".join(words.split()[:61])
    assert len(found(f'"{first}"', words)) == 1
    fifties = [" ".join(words.split()[start : start + 50]) for start in (0, 50, 100, 150)]
    assert found("; he says: ".join(f'"{fifty}"' for fifty in fifties), words) == [fifties[3]]


def test_a_record_is_looked_at_in_all_that_is_in_the_archives_words(tmp_path: Path) -> None:
    copied = "the keeper of the bridge said that all 3,410 boats had passed"
    text = statement_text(
        f"One.\n\nTwo, {copied}.",
        title=f"Letter on {copied}",
        requests=[{"of": ["states"], "asks": "nothing"}, {"of": ["states"], "asks": f"that {copied}"}],
        figures=[{"event": "bridge-2020", "measure": "boats", "value": "1", "note": copied}],
        terms=[{"term": copied}],
        history=[{"date": "2026-11-23", "kind": "addition", "note": copied}],
    )
    (document,) = reader.read(write_tree(tmp_path, {FIRST: text})).statements
    runs = copying.shared_with_record(document, SOURCE)
    lines = text.split("\n")
    assert {run.field for run in runs} == {"figures[1].note", "history[1].note", "requests[2].asks", "body"}
    assert runs == sorted(runs, key=lambda run: run.mark)
    for run in runs:
        line, col = run.mark
        assert lines[line - 1][col - 1 :].casefold().startswith(("the keeper", "that the keeper"))
        assert run.source_mark == Mark(3, 1)


WORDS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=40)


@given(WORDS, WORDS)
def test_every_word_of_a_run_and_no_other_is_found(text: list[str], source: list[str]) -> None:
    size = copying.MAX_SHARED + 1
    grams = {tuple(source[place : place + size]) for place in range(len(source) - copying.MAX_SHARED)}
    covered = {
        place
        for start in range(len(text) - copying.MAX_SHARED)
        if tuple(text[start : start + size]) in grams
        for place in range(start, start + size)
    }
    marked = {
        (run.mark.col - 1) // 2 + place for run in copying.shared_runs(" ".join(text), " ".join(source))
        for place in range(run.words)
    }  # fmt: skip
    assert marked == covered


def test_a_long_text_that_repeats_itself_ends_in_good_time() -> None:
    assert [run.words for run in copying.shared_runs("a " * 2000, "a " * 20_000)] == [2000]
    runs = copying.shared_runs(f"{'a ' * 2000}b", f"{'a ' * 20_000}c {'a ' * 30} b")
    assert [run.words for run in runs] == [2000, copying.MAX_SHARED + 1]  # found, though not from where it could begin
