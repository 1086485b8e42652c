"""The web host's own editor, opened at a new statement: its address, with a record to fill in."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from archive import fields
from archive.fields import Field, Record

_FILE = "statements/YEAR/DATE-WORDS.md"  # for the maintainer to put right; as it stands, the check refuses it
_ALSO = {"source": ("title", "published", "url")}  # not required, and hardly ever left out
_GIVEN = {"language": "en", "history.kind": "addition", "history.note": "First archived."}
_SUMMARY = (
    "The summary takes the place of this line: in the archive's own words, what the statement says, and who says it."
)


def new_statement(edit_base: str) -> str:
    """The address at which a host's editor begins a new statement, made of where files are edited; "" if not known.

    GitHub takes the file's name and its text from the address, GitLab the name.
    """
    parts = urlsplit(edit_base)
    if match := re.fullmatch(r"(/[^/]+/[^/]+)/edit/([^/]+)/", parts.path):
        if parts.hostname == "github.com":
            return f"https://github.com{match[1]}/new/{match[2]}?filename={quote(_FILE)}&value={quote(blank_record())}"
    elif match := re.fullmatch(r"(/.+/-)/edit/([^/]+)/", parts.path):
        return f"{parts.scheme}://{parts.netloc}{match[1]}/new/{match[2]}/?file_name={quote(_FILE, safe='')}"
    return ""


def blank_record() -> str:
    """A statement's file with what every record has, each field with its help, to be filled in."""
    return "\n".join(["---", *_lines(fields.STATEMENT, ""), "---", _SUMMARY, ""])


def _lines(record: Record, where: str) -> Iterator[str]:
    for field in record.fields:
        if not (field.required or field.name in _ALSO.get(record.name, ())):
            continue
        yield f"# {field.help}{_allowed(field)}"
        if field.record is None:
            yield f"{field.name}: {_GIVEN.get(where + field.name, '')}"
        else:
            yield f"{field.name}:"
            inner = list(_lines(field.record, f"{field.name}."))
            first = next(at for at, line in enumerate(inner) if not line.startswith("#"))
            yield from (
                f"  {'- ' if at == first else '' if at < first else '  '}{line}" for at, line in enumerate(inner)
            )


def _allowed(field: Field) -> str:
    if field.vocabulary:
        return f" An id in statements/authorities/{field.vocabulary}.yml."
    if field.choices is not None and len(field.choices) < 12:
        return f" One of: {', '.join(field.choices)}."
    return f" For example: {field.example}" if field.example else ""
