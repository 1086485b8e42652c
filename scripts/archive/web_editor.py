"""The web host's own editor, opened at a new statement: its address, with a record to fill in."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from archive.model import statement_fields
from archive.model.fields import Field, Record

_FILE = "statements/YEAR/DATE-WORDS.md"  # for the maintainer to put right; as it stands, the check refuses it
_ALSO = {"source": ("title", "published", "url")}  # not required, and hardly ever left out


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
    summary = f"# Below the next line stands the summary. {statement_fields.SUMMARY_HELP}"
    return "\n".join(["---", *_lines(statement_fields.STATEMENT), summary, "---", statement_fields.UNWRITTEN, ""])


def _lines(record: Record) -> Iterator[str]:
    for field in record.fields:
        if not (field.required or field.name in _ALSO.get(record.name, ())):
            continue
        yield f"# {field.about if field.record is None else field.help}{_example(field)}"
        if field.record is None:
            yield f"{field.name}: {field.begins}"
        else:
            yield f"{field.name}:"
            inner = list(_lines(field.record))
            first = next(at for at, line in enumerate(inner) if not line.startswith("#"))
            yield from (
                f"  {'- ' if at == first else '' if at < first else '  '}{line}" for at, line in enumerate(inner)
            )


def _example(field: Field) -> str:
    return "" if field.vocabulary or field.choices or not field.example else f" For example: {field.example}"
