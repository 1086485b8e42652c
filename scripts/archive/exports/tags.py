"""Permanent ids for feeds and calendars: tag URIs (RFC 4151), which stay when the site moves to another address."""

import datetime

from archive.model.records import Archive, Statement


def uri(archive: Archive, name: str) -> str:
    """The tag URI of what the archive calls `name`, such as "tag:example.org,2026:events/khojaly-1992"."""
    return f"tag:{archive.naming_authority}:{name}"


def statement(archive: Archive, statement: Statement) -> str:
    """A record's tag URI; one that was renamed keeps that of its first id."""
    return uri(archive, f"statements/{statement.aliases[0] if statement.aliases else statement.id}")


def since(archive: Archive) -> datetime.date:
    """The day from which the archive could give ids: no id of it is older, nor is anything that has one.

    RFC 4151, section 2.1: a year or month stands for its first day.
    """
    year, month, day = (archive.naming_authority.rpartition(",")[2] + "-01-01").split("-")[:3]
    return datetime.date(int(year), int(month), int(day))
