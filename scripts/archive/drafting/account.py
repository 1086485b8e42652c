"""What was found -> the account for the person who drafts: found, in doubt, not found, left out."""

from archive.drafting.draft import LOOKED_FOR, paragraphs
from archive.drafting.findings import Findings
from archive.drafting.places import place, said
from archive.drafting.press import Finding, PressText
from archive.text import formatting

_WIDTH = 17  # of the column of field names


def account(press: PressText, found: Findings, name: str) -> str:
    """The account of a text given as `name`, in lines."""
    lines = [f"{name}: {press.size:,} bytes, {press.encoding}, SHA-256 {press.sha256}"]
    for heading, entries in (
        ("Found", [_found(press, finding) for finding in found.all if finding.value is not None]),
        ("In doubt", [_doubted(press, finding) for finding in found.all if finding.doubt]),
        ("Not found", [_name(field) for field in LOOKED_FOR if not found.of(field)]),
    ):
        if entries:
            lines += [f"{heading}:", *(f"  {line}" for line in entries)]
    if found.background:
        lines.append(f"Left out as the outlet's own background: {formatting.listed(paragraphs(found.background))}.")
    if press.after:
        lines.append(f'Left out, as what follows on its page: all from "{" ".join(press.after.split()[:6])}" on.')
    return "\n".join(lines)


def _found(press: PressText, finding: Finding) -> str:
    at = place(press, finding)
    return f"{_name(finding.field):{_WIDTH}}{said(finding)}{f'  ({at})' if at else ''}"


def _doubted(press: PressText, finding: Finding) -> str:
    at = place(press, finding) if finding.value is None else said(finding)
    return f"{_name(finding.field):{_WIDTH}}{finding.doubt}{f'  ({at})' if at else ''}"


def _name(field: str) -> str:
    """The field without the place in the list of sources, of which a text is one."""
    return field.removeprefix("sources[1].")
