"""Make the link that begins a new statement in the editor of a repository's host, and the text it begins with."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from archive.model import statement_fields
from archive.model.fields import Field, Record

_FILE = "statements/YEAR/DATE-WORDS.md"  # to be replaced by the author; the check refuses it as it is
_ALSO = {"source": ("title", "published", "url")}  # not required, but hardly ever left out


def new_statement(edit_base: str) -> str:
    """Return the URL at which the host's editor begins a new statement; "" for an unknown host.

    `edit_base` is the URL below which files are edited. GitHub takes the file's name and its text from the URL, GitLab
    the name.
    """
    parts = urlsplit(edit_base)
    if match := re.fullmatch(r"(/[^/]+/[^/]+)/edit/([^/]+)/", parts.path):
        if parts.hostname == "github.com":
            return f"https://github.com{match[1]}/new/{match[2]}?filename={quote(_FILE)}&value={quote(blank_record())}"
    elif match := re.fullmatch(r"(/.+/-)/edit/([^/]+)/", parts.path):
        return f"{parts.scheme}://{parts.netloc}{match[1]}/new/{match[2]}/?file_name={quote(_FILE, safe='')}"
    return ""


def blank_record() -> str:
    """Return the file of a statement to be filled in, with the fields that every record has and their help."""
    summary = f"# Below the next line stands the summary. {statement_fields.SUMMARY_HELP}"
    return "\n".join(["---", *_lines(statement_fields.STATEMENT), summary, "---", statement_fields.UNWRITTEN, ""])


def _lines(record: Record) -> Iterator[str]:
    for field in record.fields:
        if not (field.required or field.name in _ALSO.get(record.name, ())):
            continue
        yield f"# {field.comment if field.record is None else field.help}{_example(field)}"
        if field.record is None:
            yield f"{field.name}: {'[]' if field.many else field.initial}"
        else:
            yield f"{field.name}:"
            inner = list(_lines(field.record))
            first = next(at for at, line in enumerate(inner) if not line.startswith("#"))
            yield from (
                f"  {'- ' if at == first else '' if at < first else '  '}{line}" for at, line in enumerate(inner)
            )


def _example(field: Field) -> str:
    return "" if field.vocabulary or field.choices or not field.example else f" For example: {field.example}"
