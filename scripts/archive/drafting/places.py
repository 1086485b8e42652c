"""Findings -> words for people: where each stands in the text, in a few of its words."""

from collections.abc import Mapping

from archive.drafting.press import Finding, PressText
from archive.model.document import Mark, quoted

_MOST_WORDS = 6  # of the text; it is not copied into the draft


def place(press: PressText, finding: Finding) -> str:
    """The line, the paragraph and the words: "line 9, par. 3: 'sent to the OSCE'"; "" where it has no place."""
    if finding.end <= finding.start:
        return ""
    where = f"line {Mark.at(press.text, finding.start).line}"
    if locator := press.locator(finding.start):
        where = f"{where}, {locator}"
    return f"{where}: {words(press, finding)}"


def words(press: PressText, finding: Finding) -> str:
    """The words found, in quotation marks, at most six."""
    found = press.text[finding.start : finding.end].split()
    cut = " ".join(found[:_MOST_WORDS])
    return quoted(cut if len(found) <= _MOST_WORDS else f"{cut} \N{HORIZONTAL ELLIPSIS}", 120)


def said(finding: Finding) -> str:
    """The value found, in words."""
    value = finding.value
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {part}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
