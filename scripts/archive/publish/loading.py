"""Load the archive: read and check its files, and again only those that have changed since the last time."""

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from archive.content import reader
from archive.model.config import Settings, examine, read_settings
from archive.model.document import Problem
from archive.model.errors import ArchiveError
from archive.model.records import Archive, Statement
from archive.publish import storage
from archive.publish.workers import in_processes
from archive.validation import hand_written
from archive.validation.validate import Checker


def today() -> datetime.date:
    """Return the day by the machine's own clock and time zone."""
    return datetime.datetime.now().astimezone().date()


def latest_day() -> datetime.date:
    """Return the day where it is latest on Earth, UTC+14: an entry written after midnight is checked elsewhere too."""
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=14))).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was read and checked; where there are problems, the archive is not to be used."""

    archive: Archive
    problems: tuple[Problem, ...]
    statements: tuple[str, ...]  # the paths of their files
    authorities: tuple[str, ...]  # likewise, of those that can be read
    settings: Settings | None  # None where they were not looked at, or cannot be read


def check(
    root: Path, settings: Settings | None = None, *, drafts: bool = False, cached: bool = False, pages: bool = False
) -> Checked:
    """Read and check the archive at `root`, as `validate.check`; with `pages` its settings and those in `docs/` too.

    The settings are those of its `mkdocs.yml`, unless the caller has read them already. It is `cached` by what was
    kept, and is kept then.
    """
    with storage.uncollected():
        key = storage.program_key() if cached else ""
        kept = storage.load(root / storage.STATEMENTS, key) if cached else None
        found = reader.find(root)
        checker = Checker(found.others, latest_day())
        archive, problems, new = checker.check_files(found.statements, kept or {}, in_processes, drafts=drafts)
        if cached and new != kept:
            storage.save(root / storage.STATEMENTS, key, new)
    if pages and settings is None:
        settings, of_settings = examine(root)
        problems += of_settings
    if pages and settings is not None:
        problems += tuple(sorted(hand_written.check(archive, found.others.markup, settings)))
    return Checked(
        archive=archive,
        problems=problems,
        settings=settings,
        statements=tuple(path for path, _ in found.statements),
        authorities=tuple(document.path for document in found.others.authorities),
    )


def load_archive(
    root: Path, settings: Settings | None = None, *, drafts: bool = False, cached: bool = False, pages: bool = False
) -> Archive:
    """Check the archive at `root` as `check`; for a preview with its drafts, marked as such in their titles.

    The settings are those of its `mkdocs.yml`, unless the caller has read them already. Raise ArchiveError with every
    problem found, and as `read_settings` does.
    """
    checked = check(root, settings, drafts=drafts, cached=cached, pages=pages)
    if checked.problems:
        raise ArchiveError(problems=checked.problems)
    return with_settings(checked.archive, settings or read_settings(root))


def with_settings(archive: Archive, settings: Settings) -> Archive:
    """Return the archive with the settings in `mkdocs.yml`, and without the files in `docs/` that they leave out."""
    return replace(
        archive,
        statements=tuple(_mark_draft(statement) for statement in archive.statements),
        docs={name: text for name, text in archive.docs.items() if not settings.is_excluded(name)},
        assets=tuple(name for name in archive.assets if not settings.is_excluded(name)),
        site_name=settings.site_name,
        site_url=settings.site_url,
        naming_authority=settings.naming_authority,
        edit_base=settings.edit_base,
        admin=settings.admin,
        redirects=settings.redirects,
    )


def _mark_draft(statement: Statement) -> Statement:
    return replace(statement, title=f"Draft: {statement.title}") if statement.draft else statement
