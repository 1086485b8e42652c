"""PressText and Archive -> everything found in the text, each with its place and what is in doubt about it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from archive.authoring.extract import attribution, issuer
from archive.authoring.extract.byline import find_byline
from archive.authoring.extract.events import find_events, find_mentions
from archive.authoring.extract.figures import find_figures
from archive.authoring.extract.instruments import find_instruments
from archive.authoring.extract.names import Names
from archive.authoring.extract.outlets import find_outlets
from archive.authoring.extract.press_text import Finding, PressText
from archive.authoring.extract.recipients import find_addressees, find_requests
from archive.authoring.extract.report_date import find_dates
from archive.authoring.extract.statement_form import find_form
from archive.model.records import Archive, Holder

_DATES = ("sources[1].published", "date")  # the report's goes before the statement's


class OfSomethingElse(ValueError):
    """The text is about something else: it names no issuer of the archive; the message says what was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that was found in a text, in the order of the fields, and the paragraphs that are the outlet's background."""

    all: tuple[Finding, ...]
    background: tuple[int, ...]

    def of(self, field: str) -> list[Finding]:
        """What was found for this field."""
        return [finding for finding in self.all if finding.field == field and finding.value is not None]

    def doubts(self, field: str) -> list[Finding]:
        """What is in doubt about this field, whether something was found or not."""
        return [finding for finding in self.all if finding.field == field and finding.doubt]

    def value(self, field: str) -> str:
        """The one value found for this field; "" for none."""
        return next((str(finding.value) for finding in self.of(field)), "")


def find_all(press: PressText, archive: Archive, url: str, today: datetime.date, *, date: str = "") -> Findings:
    """Look for everything that a record holds.

    `url` is the report's address, "" where it is not known; `today` is the day by the user's clock; `date` is the
    statement's where the user gives it, and then settles which events can be meant. Raises OfSomethingElse where the
    text names neither an issuer nor who holds or held the office.
    """
    issuers = issuer.find_issuer(press, archive)
    if not issuers:
        raise OfSomethingElse(
            f"names none of those whose statements are archived; looked for: {issuer.said_of(archive)}"
        )
    speaker = issuer.speaker(archive)
    named = Names.of(archive).find(press.text)
    dated = find_dates(press, url, today, speaker, issuer.term(press, archive, today))
    day = _day([date]) or _day([str(each.value) for name in _DATES for each in dated if each.field == name])
    belongs = attribution.attributed(press)
    spoken_of = find_events(press, archive, named, day)
    all = [
        *dated,
        *find_form(press),
        *issuers,
        *_holder_at(press, archive, str(issuers[0].value), day),
        *find_addressees(press, archive, named),
        *spoken_of,
        *find_instruments(press, archive, named),
        *find_requests(press, archive, named),
        *find_figures(press, archive, (*spoken_of, *find_mentions(press, archive, named, day)), belongs),
        *find_outlets(press, archive.outlets, url),
        *find_byline(press, archive.outlets, speaker),
        *issuer.find_language(press, url),
        *_captured(press, archive),
    ]
    background = tuple(p.number for p in press.paragraphs if p.number and p.number not in belongs)
    return Findings(all=tuple(all), background=background)


def _day(dates: list[str]) -> datetime.date | None:
    """The first of the dates that is known to the day."""
    return next((datetime.date.fromisoformat(date) for date in dates if len(date) == 10), None)


def _holder_at(press: PressText, archive: Archive, id: str, day: datetime.date | None) -> Iterator[Finding]:
    """A doubt where the person named did not hold the office on the day."""
    named = issuer.holder_named(press, archive.issuers[id])
    if named is None or day is None or not isinstance(named.value, Holder):
        return
    holder = named.value
    if not holder.since.earliest <= day <= (holder.until.latest if holder.until else day):
        doubt = f"{holder.given} {holder.family} is named, who did not hold the office on {day}"
        yield Finding(field="issuer", value=None, start=named.start, end=named.end, doubt=doubt)


def _captured(press: PressText, archive: Archive) -> Iterator[Finding]:
    """A doubt where this very text is a source of a record already."""
    for statement in archive.statements:
        if any(source.sha256 == press.sha256 for source in statement.sources):
            yield Finding(
                field="sources[1].sha256",
                value=None,
                start=0,
                end=0,
                doubt=f"this very text is a source of {statement.id}",
            )
