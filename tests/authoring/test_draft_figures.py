"""Test the numbers and the figures that a draft finds in a text."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.authoring.extract import press_text
from archive.authoring.extract.figures import find_figures
from archive.authoring.extract.numbers import find_numbers
from archive.authoring.extract.press_text import Finding
from archive.content import reader
from archive.model import edtf
from archive.model.records import Archive, Event
from archive.validation import validate
from builders import DATA, PROJECT, archive_of, with_changes

TABLE = DATA / "golden" / "drafting" / "figures.txt"
LEAD = "In a statement on the closing of the bridge the Ombudsman speaks of what happened there in the spring of 2020."
EVENTS = {
    "conflict": Event(id="conflict", label="The conflict, from 1988", date=edtf.parse("1988")),
    "first-war": Event(
        id="first-war", label="The first war, 1990-1994", date=edtf.parse("1990/1994"), parent="conflict"
    ),
    "town-1992": Event(id="town-1992", label="The town, 3 May 1992", date=edtf.parse("1992-05-03"), parent="first-war"),
    "war-2020": Event(
        id="war-2020", label="The war, autumn 2020", date=edtf.parse("2020-09-27/2020-11-10"), parent="conflict"
    ),
    "missing": Event(id="missing", label="Missing persons, the conflict", date=edtf.parse("1988~"), parent="conflict"),
    "port": Event(id="port", label="The port, 2001", date=edtf.parse("2001-02-03")),
}


@cache
def archive() -> Archive:
    """Return the minimal archive with the real measures, whose wording is tested here, and with more events."""
    real, problems = validate.check(reader.read(PROJECT))
    assert problems == ()
    minimal = archive_of()
    return with_changes(minimal, measures=real.measures, events={**minimal.events, **EVENTS})


def found(sentence: str, *events: tuple[str, str], about: str = "bridge-2020") -> tuple[Finding, ...]:
    """Return what is found in a sentence after the lead, which is about an event; `events`: (the words, the event)."""
    text = press_text.decode(f"{LEAD}\n\n{sentence}".encode())
    named = [Finding(field="events", value=about, start=40, end=50)] if about else []
    for words, id in events:
        start = text.text.index(words)
        named.append(Finding(field="mentions", value=id, start=start, end=start + len(words)))
    return find_figures(text, archive(), named, {1, 2})


def line(finding: Finding) -> str:
    value = finding.value
    if not isinstance(value, dict):
        return f"? {finding.doubt}"
    assert value["locator"] == "par. 2"
    number = value["value"] if "value" in value else f"{value['min']} to {value['max']}"
    counted = "/".join(filter(None, (value["measure"], value.get("group"))))
    words = " ".join(filter(None, (counted, value.get("qualifier"), str(number))))
    return f"{words} ({finding.doubt})" if finding.doubt else words


def test_the_figures_of_each_sentence(golden: Callable[[Path, str], None]) -> None:
    blocks = TABLE.read_text("utf-8").strip().split("\n\n")
    sentences = [block.split("\n")[0] for block in blocks]
    made = ["\n".join([each, *(f"  {line(finding)}" for finding in found(each))]) for each in sentences]
    golden(TABLE, "\n\n".join(made) + "\n")


def test_many_words_between_a_number_and_its_event_are_read_once() -> None:
    """A pattern that tries every way to part them would not end."""
    words = "of whom nobody has since been able to say with any certainty where they had come from or where they went "
    made = found(f"It says that 5 people died {words * 20}, far from the port.", ("the port", "port"))
    assert [value(finding)["value"] for finding in made if finding.value] == [5]


def value(finding: Finding) -> dict[str, object]:
    assert isinstance(finding.value, dict)
    return finding.value


@pytest.mark.parametrize(
    ("sentence", "named", "events"),
    [
        # the nearest before, in the sentence
        ("In the port 5 people died, in the town 7 people died.",
         {"port": "port", "town": "town-1992"}, ["port", "town-1992"]),
        # the one the clause ends with
        ("After the port, 7 people died during the war there.", {"port": "port", "the war": "war-2020"}, ["war-2020"]),
        # one that only bounds a time is not meant
        ("Since the war 7 people died in the port.", {"the war": "war-2020", "port": "port"}, ["port"]),
        # "as a result" goes on from the sentence before
        ("The war began. As a result, 7 people died. It was cold. In the port 8 people died.",
         {"The war": "war-2020", "the port": "port"}, ["war-2020", "port"]),
        # in a list, each its own
        ("7 people in the port, 8 people in the town and 9 people in the war were killed.",
         {"the port": "port", "the town": "town-1992", "the war": "war-2020"}, ["port", "town-1992", "war-2020"]),
        # taken up again by its noun
        ("The operation began. The conflict went on. In these operations 7 people died.",
         {"operation": "war-2020", "conflict": "conflict"}, ["war-2020"]),
        # what an event is named for
        ("In the conflict 7 people died, and 8 people went missing.",
         {"went missing": "missing", "the conflict": "conflict"}, ["conflict", "missing"]),
        # named nowhere near
        ("7 people died.", {}, ["bridge-2020"]),
    ],
)  # fmt: skip
def test_the_event_of_a_figure(sentence: str, named: dict[str, str], events: list[str]) -> None:
    assert [value(finding)["event"] for finding in found(sentence, *named.items())] == events


def test_an_event_in_doubt_says_so() -> None:
    (two,) = found("In the port and the town 7 people died.", ("port", "port"), ("town", "town-1992"))
    assert (value(two)["event"], two.doubt) == ("town-1992", "the sentence also names port")


@pytest.mark.parametrize(("about", "named"), [("", {}), ("bridge-2020", {"the port": "port"})])
def test_a_figure_of_no_event_that_can_be_told_has_none_and_says_so(about: str, named: dict[str, str]) -> None:
    """Where its paragraph names another event than the main one, it may be of either."""
    (figure,) = found("It speaks of the port. The statement says that 7 people died.", *named.items(), about=about)
    assert "event" not in value(figure)
    assert figure.doubt == "of which event it is, is not said in its sentence"


def test_the_outlets_background_gives_no_figure_and_is_reported_as_left_out() -> None:
    text = press_text.decode(
        f"{LEAD}\n\nHere 7 people died, the paper writes of its own accord for its readers.".encode()
    )
    (left,) = find_figures(text, archive(), [Finding(field="events", value="port", start=0, end=2)], {1})
    assert left.value is None
    assert left.doubt == "par. 2 is left out as the outlet's background, with its numbers"
    assert text.text[left.start : left.end].startswith("Here 7 people")


def test_the_head_of_a_report_gives_no_figure() -> None:
    text = press_text.decode(f"7 people died\n\n{LEAD}".encode())
    assert find_figures(text, archive(), [Finding(field="events", value="port", start=0, end=2)], {0, 1}) == ()


def test_a_finding_is_where_the_number_and_what_it_counts_stand() -> None:
    sentence = "It says that more than 1,210 houses of the town were destroyed."
    (finding,) = found(sentence)
    text = f"{LEAD}\n\n{sentence}"
    assert text[finding.start : finding.end] == "more than 1,210 houses of the town"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3,410", "3410"),
        ("12, 000 people", "12000"),
        ("300 ölü, faciədən 30 il ötür, ayın 17-də", "300, -, -"),
        ("12 000 and 1.275.000", "12000, 1275000"),
        ("1,275 1275", "1275, 1275"),
        ("seven thousand two hundred and five, twenty-one, a hundred", "7205, 21, 100"),
        ("2.5 million, 30 thousand, 1 million 200 thousand", "2500000, 30000, 1200000"),
        ("over 5 nearly 6 some 7 up to 8 no more than 9", "more-than 5, nearly 6, about 7, up-to 8, up-to 9"),
        ("at least 5, no less than 6, less than 7, 8 or more", "at-least 5, at-least 6, less-than 7, at-least 8"),
        ("several hundred thousands; two and a half thousand", "-, -"),
        ("in 1990 and 2020, 1988-1994, the 1990s", "-, -, -, -"),
        ("2020 people", "2020"),
        ("27 September 2020, September 27, 2020; 27.09.2020 2020-09-27", "-, -, -, -"),
        ("25-26 February, Sept.21, 20 января, 20 Yanvar", "-, -, -, -"),
        ("с 25 по 26 февраля; fevralın 25-dən 26-na", "-, -"),
        ("at 10:30, 5 p.m.", "-, -"),
        ("30 percent, 5%, 12 процентов", "30, 5, 12"),
        ("366th 31st 366-cı 26-й", "-, -, -, -"),
        ("13-year-old, aged 5, 63 years old", "-, -, -"),
        ("44-day, 30 years, nearly thirty years, two months", "-, -, -, -"),
        ("12 km, 5 hectares", "-, -"),
        ("$12 million, 500 manats", "-, -"),
        ("resolutions 822, 853, 874 and 884; Article 2(4), No. 47", "-, -, -"),
        ("T-72 A/RES/62/243 www.x.az/1", "-, -, -"),
        ("более 100 человек, 12 тысяч домов, семь тысяч", "more-than 100, 12000, 7000"),
        ("100-dən çox şəxs, 63-ü uşaq, yeddi min nəfər, təxminən 5 ev", "more-than 100, 63, 7000, about 5"),
        ("² Ⅷ", ""),
    ],
)
def test_a_number_that_counts_is_told_from_one_that_does_not(text: str, expected: str) -> None:
    found = find_numbers(text)
    told = [f"{each.qualifier} {each.value}".strip() if each.counts else "-" for each in found]
    assert ", ".join(told) == expected


def test_a_range_has_two_ends() -> None:
    numbers = [find_numbers(text)[0] for text in ("between 90 and 100", "90-100", "from 90 to 100", "90 to 100")]
    assert {(number.min, number.max, number.value) for number in numbers} == {(90, 100, None)}


_WORDS = """12 1,275 2020 more than seven thousand people civilians children women houses were was killed wounded
destroyed or severely damaged and , . ; : ( ) including of them whom the fate is unknown missing taken hostage between
5-7 % - “ ” one lost both parents population during town 3 May 1992 человек убиты nəfər -dən çox"""


@settings(max_examples=60)
@given(st.one_of(st.text(), st.lists(st.sampled_from([*_WORDS.split(), "\n\n"]), max_size=40).map(" ".join)))
def test_any_text_is_read(text: str) -> None:
    pressed = press_text.decode(text.encode("utf-8", "replace"))
    everywhere = {paragraph.number for paragraph in pressed.paragraphs}
    named = [Finding(field="events", value="town-1992", start=0, end=min(1, len(pressed.text)))]
    for finding in find_figures(pressed, archive(), named, everywhere):
        assert 0 <= finding.start < finding.end <= len(pressed.text)
        if isinstance(finding.value, dict):
            assert finding.value["measure"] in archive().measures
            place = pressed.text[finding.start : finding.end]
            stated = {finding.value.get(name) for name in ("value", "min", "max")} - {None}
            assert stated <= {each for number in find_numbers(place) for each in (number.value, number.min, number.max)}
        else:
            assert finding.doubt
