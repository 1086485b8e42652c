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
        ("Since 27 September 2020 7 people died.", {"27 September 2020": "war-2020"}, ["war-2020"]),
        ("It names 150 villages of the town. In the port it was cold. 8 people died.",
         {"town": "town-1992", "port": "port"}, ["port"]),
        ("It names 150 villages of the town. 8 people died.", {"town": "town-1992"}, ["bridge-2020"]),
        # by its day, within a longer event that the text names
        ("On 5 October 2020 there was fire, and 7 people died. It was the war.", {"the war": "war-2020"}, ["war-2020"]),
        # taken up again by its noun
        ("The operation began. The conflict went on. In these operations 7 people died.",
         {"operation": "war-2020", "conflict": "conflict"}, ["war-2020"]),
        # of two named together, the narrower
        ("The conflict and the war were spoken of. Of people, 7 people died.",
         {"conflict": "conflict", "the war": "war-2020"}, ["war-2020"]),
        # a time of years is of what lasts years
        ("Over the past 30 years 7 people died.", {}, ["conflict"]),
        # what an event is named for goes to it, from an event of years, and nothing else does
        ("In the first war 7 people went missing, and 8 people died.",
         {"first war": "first-war"}, ["missing", "first-war"]),
        ("In the town 7 people went missing, and 8 people died.", {"town": "town-1992"}, ["town-1992", "town-1992"]),
        ("7 people died, 8 people went missing in the conflict.",
         {"went missing": "missing"}, ["bridge-2020", "missing"]),
        # a part of it in another event
        ("In the first war 70 people went missing, including 8 during the town's fall.",
         {"first war": "first-war", "town": "town-1992"}, ["missing", "town-1992"]),
        # named nowhere near
        ("7 people died.", {}, ["bridge-2020"]),
    ],
)  # fmt: skip
def test_the_event_of_a_figure(sentence: str, named: dict[str, str], events: list[str]) -> None:
    also = [("closing", "first-war")] if "30 years" in sentence else []
    got = found(sentence, *named.items(), *also)
    assert [value(finding)["event"] for finding in got if finding.field == "figures"] == events
    assert {each.value for each in got if each.field != "figures"} == set(events) - {
        "bridge-2020",
        *named.values(),
        *dict(also).values(),
    }


def test_an_event_in_doubt_says_so() -> None:
    (two,) = found("In the port and the town 7 people died.", ("port", "port"), ("town", "town-1992"))
    assert (value(two)["event"], two.doubt) == ("town-1992", "the sentence also names port")


def test_an_event_without_a_name_is_found_by_its_days_and_returned_too() -> None:
    figure, event = found("It says that on 5 October 2020 there was fire, and that 7 people died.", about="")
    assert (value(figure)["event"], figure.doubt) == ("war-2020", "only the day is named, 5 October 2020")
    assert (event.field, event.value) == ("events", "war-2020")
    assert event.doubt == "known only from its figures: only the day is named, 5 October 2020"
    other = found("On 5 October 2020 and 3 April 2020 there was fire, and 7 people died.", about="")
    assert [finding.value for finding in other] == [None]


def test_without_an_event_there_is_no_figure() -> None:
    (none,) = found("The statement says that 7 people died.", about="")
    assert (none.value, none.doubt) == (None, "no event in events.yml is named for 7 people (people-died)")


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
        ("12 000 and 1.275.000", "12000, 1275000"),
        ("1,275 1275", "1275, 1275"),
        ("seven thousand two hundred and five, twenty-one, a hundred", "7205, 21, 100"),
        ("2.5 million, 30 thousand, 1 million 200 thousand", "2500000, 30000, 1200000"),
        ("over 5 nearly 6 some 7 up to 8 no more than 9", "more-than 5, about 6, about 7, up-to 8, up-to 9"),
        ("at least 5, no less than 6, less than 7, 8 or more", "at-least 5, at-least 6, less-than 7, at-least 8"),
        ("several hundred thousands; two and a half thousand", "other, other"),
        ("in 1990 and 2020, 1988-1994, the 1990s", "year, year, year, year"),
        ("2020 people", "2020"),
        ("27 September 2020, September 27, 2020; 27.09.2020 2020-09-27", "date, date, date, date"),
        ("25-26 February, Sept.21, 20 января, 20 Yanvar", "date, date, date, date"),
        ("с 25 по 26 февраля; fevralın 25-dən 26-na", "date, date"),
        ("at 10:30, 5 p.m.", "time, time"),
        ("30 percent, 5%, 12 процентов", "percent, percent, percent"),
        ("366th 31st 366-cı 26-й", "ordinal, ordinal, ordinal, ordinal"),
        ("13-year-old, aged 5, 63 years old", "age, age, age"),
        ("44-day, 30 years, nearly thirty years, two months", "duration, duration, duration, duration"),
        ("12 km, 5 hectares", "measurement, measurement"),
        ("$12 million, 500 manats", "money, money"),
        ("resolutions 822, 853, 874 and 884; Article 2(4), No. 47", "reference, reference, reference"),
        ("T-72 A/RES/62/243 www.x.az/1", "other, other, other"),
        ("более 100 человек, 12 тысяч домов, семь тысяч", "more-than 100, 12000, 7000"),
        ("100-dən çox şəxs, 63-ü uşaq, yeddi min nəfər, təxminən 5 ev", "more-than 100, 63, 7000, about 5"),
        ("² Ⅷ", ""),
    ],
)
def test_the_kind_of_a_number(text: str, expected: str) -> None:
    found = find_numbers(text)
    told = [f"{each.qualifier} {each.value}".strip() if each.kind == "count" else each.kind for each in found]
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
