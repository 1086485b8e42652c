"""Find everything in a text that a record holds, each with its place and what is in doubt about it."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from archive.authoring.extract import attribution, issuer
from archive.authoring.extract.byline import find_byline
from archive.authoring.extract.events import find_events
from archive.authoring.extract.figures import find_figures
from archive.authoring.extract.instruments import find_instruments
from archive.authoring.extract.language import find_language
from archive.authoring.extract.names import Names
from archive.authoring.extract.outlets import find_outlets
from archive.authoring.extract.press_text import Finding, PressText
from archive.authoring.extract.recipients import find_addressees, find_requests
from archive.authoring.extract.report_date import find_dates
from archive.authoring.extract.statement_form import find_form
from archive.model.records import Archive, Holder
from archive.model.vocabularies import LANGUAGES

_READ = ("en", "az", "ru")  # the languages in which measures say their words
_DATES = ("sources[1].published", "date")  # the report's goes before the statement's


class NoIssuerNamed(ValueError):
    """The text names no issuer of the archive; the message says which names were looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All findings in a text, in the order of the fields, and the paragraphs that are the outlet's background."""

    all: tuple[Finding, ...]
    background: tuple[int, ...]

    def of(self, field: str) -> list[Finding]:
        """Return what was found for this field."""
        return [finding for finding in self.all if finding.field == field and finding.value is not None]

    def doubts(self, field: str) -> list[Finding]:
        """Return what is in doubt about this field, whether something was found or not."""
        return [finding for finding in self.all if finding.field == field and finding.doubt]

    def value(self, field: str) -> str:
        """Return the one value found for this field; "" for none."""
        return next((str(finding.value) for finding in self.of(field)), "")


def find_all(press: PressText, archive: Archive, url: str, today: datetime.date, *, date: str = "") -> Findings:
    """Return everything found in a text.

    `url` is the report's address, "" if it is not known; `today` is the day by the user's clock; `date` is that of the
    statement if the user gives it, and then settles which events can be meant. Raises NoIssuerNamed if the text names
    neither an issuer nor anyone who holds or held the office.
    """
    issuers = issuer.find_issuer(press, archive, url)
    if not issuers:
        raise NoIssuerNamed(issuer.why_none(press, archive))
    speaker = issuer.speaker_pattern(archive)
    names = Names.of(archive).find(press.text)
    dates = find_dates(press, url, today, speaker, issuer.years_of_office(press, archive, today))
    day = _day([date]) or _day([str(finding.value) for name in _DATES for finding in dates if finding.field == name])
    statement_paragraphs = attribution.attributed(press)
    languages = find_language(press, url)
    events, mentions = find_events(press, archive, names, day)
    findings = [
        *dates,
        *find_form(press),
        *issuers,
        *_holder_doubt(press, archive, str(issuers[0].value), day),
        *find_addressees(press, archive, names),
        *events,
        *find_instruments(press, archive, names),
        *find_requests(press, archive, names),
        *_figures(press, archive, mentions, statement_paragraphs, languages),
        *find_outlets(press, archive.outlets, url),
        *find_byline(press, archive.outlets, speaker),
        *languages,
        *_duplicate_doubt(press, archive),
    ]
    background = tuple(
        paragraph.number
        for paragraph in press.paragraphs
        if paragraph.number and paragraph.number not in statement_paragraphs
    )
    return Findings(all=tuple(findings), background=background)


def _figures(
    press: PressText,
    archive: Archive,
    mentions: Sequence[Finding],
    paragraphs: Collection[int],
    languages: Sequence[Finding],
) -> Sequence[Finding]:
    """Return the figures, or a doubt if the text is in a language in which no measure says its words."""
    language = str(languages[0].value or "en")
    if language in _READ:
        return find_figures(press, archive, mentions, paragraphs)
    doubt = f"{LANGUAGES.get(language, language)} is not read: look for the figures yourself"
    return [Finding(field="figures", value=None, start=0, end=0, doubt=doubt)]


def _day(dates: list[str]) -> datetime.date | None:
    """Return the first of the dates that is known to the day."""
    return next((datetime.date.fromisoformat(date) for date in dates if len(date) == 10), None)


def _holder_doubt(press: PressText, archive: Archive, id: str, day: datetime.date | None) -> Iterator[Finding]:
    """Yield a doubt if the person named did not hold the office on the day."""
    finding = issuer.find_holder(press, archive.issuers[id])
    if finding is None or day is None or not isinstance(finding.value, Holder):
        return
    holder = finding.value
    if not holder.since.earliest <= day <= (holder.until.latest if holder.until else day):
        doubt = f"{holder.given} {holder.family} is named, who did not hold the office on {day}"
        yield Finding(field="issuer", value=None, start=finding.start, end=finding.end, doubt=doubt)


def _duplicate_doubt(press: PressText, archive: Archive) -> Iterator[Finding]:
    """Yield a doubt if this very text is a source of a record already."""
    for statement in archive.statements:
        if any(source.sha256 == press.sha256 for source in statement.sources):
            yield Finding(
                field="sources[1].sha256",
                value=None,
                start=0,
                end=0,
                doubt=f"this very text is a source of {statement.id}",
            )
