"""Bytes and the archive that was read -> a draft, the account of it, and what the check says."""

import datetime
from dataclasses import dataclass

from archive import newly
from archive.content.reader import AUTHORITIES, Reading
from archive.drafting import draft, findings, intake
from archive.drafting.account import account
from archive.model import types
from archive.model.document import Problem, quoted
from archive.model.errors import USAGE, ArchiveError
from archive.validation import validate


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft and what is said of it. Its path is "" where it has no date, and then there are no problems."""

    path: str  # from the root
    text: str
    account: str
    problems: tuple[Problem, ...]
    taken: str  # the path of the file that has its id already; "" for none


def make(
    data: bytes, name: str, reading: Reading, today: datetime.date, *, url: str = "", date: str = "", words: str = ""
) -> Drafted:
    """The draft made of a text, of which people are told as `name`.

    `url`, `date` and the `words` of the id are what the maintainer gives. Raises ArchiveError where the
    text is none or of something else, what is given is not allowed, or an authority file has problems.
    """
    _allowed(url, date)
    try:
        press = intake.read(data)
        checker = validate.Checker(reading)
        archive, problems = checker.check(reading.statements)
        if unusable := tuple(problem for problem in problems if problem.path.startswith(AUTHORITIES)):
            raise ArchiveError(problems=unusable)
        found = findings.find(press, archive, url, today, date=date)
    except (intake.NotPressText, findings.OfSomethingElse) as error:
        raise ArchiveError(f"{name} {error}") from None
    made = draft.make(press, archive, found, today, url=url, date=date, words=words)
    return Drafted(
        path=made.path,
        text=made.text,
        account=account(press, found, name),
        problems=newly.problems(checker, made.path, made.text) if made.path else (),
        taken=newly.ids(reading).get(made.id.casefold(), ""),
    )


def _allowed(url: str, date: str) -> None:
    for name, given, type in (("url", url, types.URL), ("date", date, types.DATE)):
        try:
            if given:
                type.parse(given)
        except ValueError as error:
            raise ArchiveError(f"--{name}: {quoted(given)}: {error}; allowed: {type.allowed}", USAGE) from None
