"""Bytes a person pasted -> PressText: the text, its paragraphs and its fixity."""

import hashlib
import re
from dataclasses import dataclass

_BLOCK = re.compile(r"\S(?:.*?\S)?(?=\s*?\n\s*?\n|\s*\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the report; number 0 for the lines at its head (date, byline, dateline), which are not counted."""

    number: int
    start: int  # offsets in the text
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PressText:
    """A report as pasted. Offsets are in `text`, whose line ends are "\\n"."""

    text: str
    sha256: str  # of the bytes as given
    size: int  # bytes
    paragraphs: tuple[Paragraph, ...]  # in order; those of the head first

    def paragraph(self, offset: int) -> Paragraph | None:
        """The paragraph this place is in."""
        return next((each for each in self.paragraphs if each.start <= offset < each.end), None)

    def locator(self, offset: int) -> str:
        """The place as records give it: "par. 9"; "" for the head and between paragraphs."""
        paragraph = self.paragraph(offset)
        return f"par. {paragraph.number}" if paragraph and paragraph.number else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found in a text: the field of the record it is for, its value as the record would have it, its place.

    What is in doubt says why in `doubt`; a doubt without anything found has the value None.
    """

    field: str
    value: object
    start: int
    end: int
    doubt: str = ""


def read(data: bytes) -> PressText:
    """The text of these bytes."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    blocks = [match.span() for match in _BLOCK.finditer(text)]
    heads = next((n for n, (start, end) in enumerate(blocks) if _is_body(text[start:end])), len(blocks))
    return PressText(
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        paragraphs=tuple(
            Paragraph(number=max(0, n - heads + 1), start=start, end=end) for n, (start, end) in enumerate(blocks)
        ),
    )


def _is_body(block: str) -> bool:
    """Whether it is a sentence of the report, and not a line of its head."""
    return len(block.split()) >= 10 and block.rstrip("\"'”»)").endswith((".", "!", "?", ":", "…"))
