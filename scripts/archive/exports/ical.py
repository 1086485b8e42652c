"""Write the anniversaries of events as a calendar: iCalendar (RFC 5545)."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from archive.exports.feeds.feed import legible, tag_authority_since, tag_uri
from archive.model import urls
from archive.model.index import Index, newest_change
from archive.model.records import Archive, Event
from archive.text import formatting

_LONGEST = 75  # octets of a line without its end (RFC 5545, section 3.1)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def files(archive: Archive, index: Index) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield path and maker of the calendar; nothing if no event has a day, as a calendar may not be empty."""
    if index.anniversaries:
        yield urls.ANNIVERSARIES, partial(_calendar, archive, index)


def _calendar(archive: Archive, index: Index) -> str:
    name = " - ".join(filter(None, ("Days on which events began", archive.site_name)))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_text(f'-//{archive.site_name}//Events//EN')}",
        f"NAME:{_text(name)}",  # RFC 7986
        f"X-WR-CALNAME:{_text(name)}",  # for programs older than RFC 7986
    ]
    for event in index.anniversaries:
        lines += _event(event, archive, index)
    lines.append("END:VCALENDAR")
    return "".join(map(_fold, lines))


def _event(event: Event, archive: Archive, index: Index) -> list[str]:
    day = event.date.earliest
    url = f"{archive.site_url}{urls.entry('events', event.id)}"
    description = f"What was stated about the event: {url}\n{formatting.STANDING_NOTICE}"
    changed = index.filed["events"].changed[event.id]
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(tag_uri(archive, f'events/{event.id}'))}",
        f"DTSTAMP:{_date(newest_change(changed[0]) if changed else tag_authority_since(archive))}T000000Z",
        f"DTSTART;VALUE=DATE:{_date(day)}",  # lasts the day if it has no end (section 3.6.1)
        f"RRULE:{_yearly(day)}",
        f"SUMMARY:{_text(event.label)}",
        f"DESCRIPTION:{_text(description)}",
        f"URL:{url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _date(day: datetime.date) -> str:
    return day.isoformat().replace("-", "")


def _yearly(day: datetime.date) -> str:
    """Return the rule for the day in every year; 29 February becomes the last of the month, to recur in every year."""
    return "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" if (day.month, day.day) == (2, 29) else "FREQ=YEARLY"


def _text(text: str) -> str:
    """Escape a value of type TEXT (RFC 5545, section 3.3.11)."""
    return legible(text).translate(_ESCAPES)


def _fold(line: str) -> str:
    """Fold a line into lines of at most 75 octets, none of which ends within a character."""
    lines, octets = [""], 0
    for character in line:
        size = len(character.encode())
        if octets + size > _LONGEST:
            lines, octets = [*lines, " "], 1
        lines[-1] += character
        octets += size
    return "".join(f"{part}\r\n" for part in lines)
