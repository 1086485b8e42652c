"""The calendar of the days on which events began, as another program reads it."""

import datetime
from dataclasses import replace

import icalendar
import pytest

from archive import exports
from archive.model import edtf, index, urls
from archive.model.records import Archive, Event
from archive.publish import generate
from builders import archive_of, real, statement, with_changes

NASTY = 'A, b; c \\ d: "e" <f> \x00 ə–ı😀 עברית ' + "Ğöyçə " * 30
DATES = {
    "day": "2020-05-02",
    "interval": "2020-09-27/2020-11-10",
    "leap": "2020-02-29",
    "early": "0992-03-04",
    "last": "9999-12-31",
    "month": "2020-05",
    "uncertain": "2020-05-02?",
    "approximate": "2020-05-02~",
    "open": "2020-05-02/2020-06",
}


def archive(*statements: object, **labels: str) -> Archive:
    """Return an archive with an event of each kind of date."""
    events = {id: Event(id=id, label=labels.get(id, f"The {id}"), date=edtf.parse(date)) for id, date in DATES.items()}
    return replace(archive_of(*statements, events=events), site_url="https://archive.example/", site_name="The archive")


def text(archive: Archive) -> str:
    return str(exports.files(archive, index.build(archive))[urls.ANNIVERSARIES]())


def read(archive: Archive) -> dict[str, icalendar.Event]:
    """Return the entry of each event, by its id."""
    calendar = icalendar.Calendar.from_ical(text(archive).encode())
    assert calendar.errors == []
    found = {str(entry["UID"]).rpartition("/")[2]: entry for entry in calendar.walk("VEVENT")}
    assert not [entry.errors for entry in found.values() if entry.errors]
    return found


def test_an_event_whose_day_is_known_comes_every_year() -> None:
    entries = read(archive())
    assert {id: entry["DTSTART"].dt for id, entry in entries.items()} == {
        "day": datetime.date(2020, 5, 2),
        "interval": datetime.date(2020, 9, 27),
        "leap": datetime.date(2020, 2, 29),
        "early": datetime.date(992, 3, 4),
        "last": datetime.date(9999, 12, 31),
    }
    for id, entry in entries.items():
        assert entry["UID"] == f"tag:example.org,2026:events/{id}"
        assert entry["SUMMARY"] == f"The {id}"
        assert entry["URL"] == f"https://archive.example/events/{id}/"
        assert entry["DESCRIPTION"] == (
            f"What was stated about the event: {entry['URL']}\nThe archive has not verified it. "
            "The designations used do not imply any opinion on the status of any territory."
        )
        assert entry["RRULE"]["FREQ"] == ["YEARLY"]
        assert entry["TRANSP"] == "TRANSPARENT"


def test_the_29_february_is_kept_on_the_last_day_of_the_month() -> None:
    rules = {id: entry["RRULE"].to_ical().decode() for id, entry in read(archive()).items()}
    assert rules.pop("leap") == "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"
    assert set(rules.values()) == {"FREQ=YEARLY"}


def test_an_entry_is_dated_by_the_records_on_its_event() -> None:
    entries = read(archive(statement(events=("day",)), statement("2020-05-01-other", events=(), mentions=("leap",))))
    stamps = {id: entry["DTSTAMP"].dt.date() for id, entry in entries.items()}
    assert stamps["day"] == stamps["leap"] == datetime.date(2026, 11, 23)
    assert stamps["interval"] == datetime.date(2026, 1, 1)


def test_lines_are_short_end_as_the_rfc_has_it_and_break_within_no_character() -> None:
    """RFC 5545, section 3.1."""
    calendar = text(archive(day=NASTY)).encode()
    assert calendar.endswith(b"END:VCALENDAR\r\n")
    lines = calendar.removesuffix(b"\r\n").split(b"\r\n")
    assert not [line for line in lines if b"\n" in line or b"\r" in line]
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]
    assert read(archive(day=NASTY))["day"]["SUMMARY"] == NASTY.replace("\x00", "\ufffd")


def test_there_is_no_calendar_where_no_event_has_a_day() -> None:
    none = with_changes(archive(), events={})
    assert urls.ANNIVERSARIES not in exports.files(none, index.build(none))
    assert "anniversaries" not in generate.generate(none)["events/index.md"]
    assert "../events/anniversaries.ics" in generate.generate(archive())["events/index.md"]


def test_the_real_calendar_has_the_real_events() -> None:
    entries = read(real())
    assert entries
    for id, event in real().events.items():
        known = event.date.exact or (
            event.date.end is not None and len(event.date.text) == len("2020-01-01/2020-01-02")
        )
        assert (id in entries) is known, id
        if known:
            assert entries[id]["SUMMARY"] == event.label
            assert entries[id]["DTSTART"].dt == event.date.earliest


def test_the_calendar_does_not_hang_on_the_order_of_files() -> None:
    ordered = archive()
    assert text(ordered) == text(with_changes(ordered, events=dict(reversed(ordered.events.items()))))


@pytest.mark.parametrize("line", ["VERSION:2.0", "PRODID:-//The archive//Events//EN"])
def test_the_calendar_says_what_it_is(line: str) -> None:
    assert f"\r\n{line}\r\n" in text(archive())
