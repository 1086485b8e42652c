"""Bytes a person pasted -> PressText: the text, its paragraphs and its fixity."""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from archive.drafting import page
from archive.model.document import FORBIDDEN
from archive.text import formatting

# Spaces of other widths than the usual one
_SPACES = re.compile("[\t\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_CYRILLIC_WORD = re.compile("[\u0400-\u04ff]{2,}")
_MIXED_WORD = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_SENTENCE_ENDS = (".", "!", "?", ":", "…")
_WIDEST_WRAP = 100  # characters; a longer line was not broken by hand or by a mail program


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the report; number 0 for the lines at its head (date, byline, dateline), which are not counted."""

    number: int
    start: int  # offsets in the text
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PressText:
    """A report as pasted. Offsets are in `text`, whose line ends are "\\n" and whose spaces are all of one kind."""

    text: str
    sha256: str  # of the bytes as given
    size: int  # bytes
    paragraphs: tuple[Paragraph, ...]  # in order; those of the head first
    encoding: str = "UTF-8"  # as said to people
    after: str = ""  # the line that ends the report, where the rest of its page was pasted as well

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
    """The text of these bytes, whatever they are: `intake` says which are no text at all."""
    encoding, decoded = _decoded(data)
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", decoded)))
    text = FORBIDDEN.sub(lambda match: "\x00" if match[0] == "\x00" else "", text)  # what is invisible splits words
    blocks = list(_blocks(text))
    end = page.end(text, blocks, _is_body)
    after, text, blocks = text[end:], text[:end], [block for block in blocks if block[0] < end]
    heads = next((n for n, (start, end) in enumerate(blocks) if _is_body(text[start:end])), len(blocks))
    return PressText(
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        paragraphs=tuple(
            Paragraph(number=max(0, n - heads + 1), start=start, end=end) for n, (start, end) in enumerate(blocks)
        ),
        encoding=encoding,
        after=after.partition("\n")[0].strip(),
    )


def _decoded(data: bytes) -> tuple[str, str]:
    """The encoding, by its mark or by the evidence of its words, and the text in it."""
    if data.startswith(codecs.BOM_UTF8):
        return "UTF-8 with a byte-order mark", data[3:].decode("utf-8", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16", data.decode("utf-16", "replace")
    try:
        return "UTF-8", data.decode("utf-8")
    except UnicodeDecodeError:
        damaged, cyrillic = data.decode("utf-8", "replace"), data.decode("cp1251", "replace")
    lost = damaged.count("\N{REPLACEMENT CHARACTER}")
    if sum(not character.isascii() for character in damaged) > 2 * lost:
        return f"UTF-8, but for {formatting.count(lost, 'damaged character')}", damaged
    if len(_CYRILLIC_WORD.findall(cyrillic)) > len(_MIXED_WORD.findall(cyrillic)):
        return "Windows-1251", cyrillic
    return "Windows-1254", data.decode("cp1254", "replace")  # of Western letters it has all but the Icelandic


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph begins and ends: a blank line parts two, and so does a line end but a wrapped line's."""
    lines: list[tuple[int, int]] = []
    offset = 0
    for line in [*text.split("\n"), ""]:
        if stripped := line.strip():
            start = offset + line.index(stripped[0])
            lines.append((start, start + len(stripped)))
        elif lines:
            yield from _joined(text, lines)
            lines = []
        offset += len(line) + 1


def _joined(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    widest = max(end - start for start, end in lines)
    ended = [_ends_sentence(text[start:end]) for start, end in lines]
    wrapped = widest <= _WIDEST_WRAP and 2 * sum(ended) < len(lines) and len(lines) > 2
    first = lines[0][0]
    for (start, end), whole, after in zip(lines, ended, [*lines[1:], None], strict=True):
        if after is not None and wrapped:
            next_word = text[after[0] : after[1]].partition(" ")[0]
            if not (whole and end - start + 1 + len(next_word) <= widest):  # else the word would have had room
                continue
        yield first, end
        first = after[0] if after else end


def _is_body(block: str) -> bool:
    """Whether it is a sentence of the report, and not a line of its head."""
    return len(block.split()) >= 10 and _ends_sentence(block)


def _ends_sentence(text: str) -> bool:
    return text.rstrip("\"'”’») ").endswith(_SENTENCE_ENDS)
