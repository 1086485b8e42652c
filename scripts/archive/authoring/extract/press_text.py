"""Read the text of a report from pasted bytes: decode it, split it into paragraphs, cut off the rest of its page."""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.authoring.extract import lexicon
from archive.authoring.extract.saved_page import text_of_page
from archive.model.document import FORBIDDEN
from archive.text import formatting

# Spaces of other widths than the usual one
_SPACES = re.compile("[\t\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_CYRILLIC_WORD = re.compile("[\u0400-\u04ff]{2,}")
_MIXED_WORD = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_SENTENCE_ENDS = (".", "!", "?", ":", "…")
_WIDEST_WRAP = 100  # characters; a longer line was not broken by hand or by a mail program

MAX_BYTES = 1_000_000  # the longest reports are some 30,000 characters
MOST_WORDS = 6  # of a text in a message or a draft, which must not copy it

_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a packed file, such as a Word or OpenDocument text",
    b"\xd0\xcf\x11\xe0": "a Word document",
    b"{\\rtf": "a rich text file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a packed file",
}
_MARKUP = re.compile(
    r"<!doctype\s+html|<\?xml|</?(?:html|head|body|script|meta|div|span|p|br|a|li|ul|h[1-6]|td)\b[^<>]*>", re.I
)
_COPY_HINT = "copy the text as it is shown, and paste that"

# Headings of what is never the report's, and lines that can stand within one as well
_PAGE_HEADING = re.compile(lexicon.PAGE_HEADINGS, re.IGNORECASE)
_POSSIBLE_PAGE_LINE = re.compile(rf"(?:{lexicon.PAGE_LINES})(?!\w).*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the report; number 0 is for the lines at its head (date, byline, dateline)."""

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
    encoding: str = "UTF-8"  # in words
    page_line: str = ""  # the line that ends the report, where the rest of its page was pasted as well

    def paragraph(self, offset: int) -> Paragraph | None:
        """Return the paragraph that this offset is in."""
        return next((paragraph for paragraph in self.paragraphs if paragraph.start <= offset < paragraph.end), None)

    def locator(self, offset: int) -> str:
        """Return the place as records give it: "par. 9"; "" for the head and between paragraphs."""
        paragraph = self.paragraph(offset)
        return f"par. {paragraph.number}" if paragraph and paragraph.number else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found in a text: the field of the record it is for, its value as a record has it, its place.

    `doubt` says why it is in doubt; a doubt about nothing found has the value None.
    """

    field: str
    value: object
    start: int
    end: int
    doubt: str = ""


class NotPressText(ValueError):
    """What was pasted is not the text of a report; the message says what it is and what to do."""


def read_press_text(data: bytes) -> PressText:
    """Return the report in these bytes, of which there may be one more than `MAX_BYTES`.

    A saved web page is read too. Raises NotPressText, with a sentence for people, for an empty or too large file, or
    what is no text.
    """
    if len(data) > MAX_BYTES:
        raise NotPressText(f"is larger than {MAX_BYTES:,} bytes; a report is some thousands: was the right file given?")
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise NotPressText("is empty; paste the text of the report")
    for magic, kind in _SIGNATURES.items():
        if magic in (data[:1024] if magic == b"%PDF-" else data[: len(magic)]):
            raise NotPressText(f"is {kind}, not text; open it, {_COPY_HINT}")
    press = decode(data)
    if "\x00" in press.text:
        raise NotPressText(f"is not text: it has bytes that no text has; {_COPY_HINT}")
    markup = _MARKUP.findall(press.text)
    if len(markup) > 2 or _MARKUP.match(press.text.lstrip()):
        text = text_of_page(press.text)
        if not text:
            raise NotPressText(f"is a web page in which no report can be told from the rest; {_COPY_HINT}")
        press = _read(text, data, f"{press.encoding}, a saved web page")
    characters = "".join(press.text.split())
    letters = sum(map(str.isalpha, characters))
    if 2 * letters < len(characters):
        raise NotPressText(f"is hardly text: {letters:,} letters among {len(characters):,} characters; {_COPY_HINT}")
    return press


def decode(data: bytes) -> PressText:
    """Return the text of any bytes; `read_press_text` refuses those that are no text."""
    encoding, text = _decode_bytes(data)
    return _read(text, data, encoding)


def _read(decoded: str, data: bytes, encoding: str) -> PressText:
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", decoded)))
    text = FORBIDDEN.sub(lambda match: "\x00" if match[0] == "\x00" else "", text)  # what is invisible splits words
    blocks = list(_split_paragraphs(text))
    end = _end_of_report(text, blocks)
    rest, text, blocks = text[end:], text[:end], [block for block in blocks if block[0] < end]
    head_count = next((index for index, (start, end) in enumerate(blocks) if _is_body(text[start:end])), len(blocks))
    return PressText(
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        paragraphs=tuple(
            Paragraph(number=max(0, index - head_count + 1), start=start, end=end)
            for index, (start, end) in enumerate(blocks)
        ),
        encoding=encoding,
        page_line=rest.partition("\n")[0].strip(),
    )


def first_words(text: str, most: int = MOST_WORDS) -> str:
    """Return the first words of a text, as messages quote them."""
    return " ".join(text.split()[:most])


def _decode_bytes(data: bytes) -> tuple[str, str]:
    """Return the encoding, by its byte-order mark or by the evidence of its words, and the text."""
    if data.startswith(codecs.BOM_UTF8):
        return "UTF-8 with a byte-order mark", data[3:].decode("utf-8", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16", data.decode("utf-16", "replace")
    try:
        return "UTF-8", data.decode("utf-8")
    except UnicodeDecodeError:
        as_utf8, as_cyrillic = data.decode("utf-8", "replace"), data.decode("cp1251", "replace")
    replaced = as_utf8.count("\N{REPLACEMENT CHARACTER}")
    if sum(not character.isascii() for character in as_utf8) > 2 * replaced:
        return f"UTF-8, but for {formatting.count(replaced, 'damaged character')}", as_utf8
    if len(_CYRILLIC_WORD.findall(as_cyrillic)) > len(_MIXED_WORD.findall(as_cyrillic)):
        return "Windows-1251", as_cyrillic
    return "Windows-1254", data.decode("cp1254", "replace")  # of Western letters it has all but the Icelandic


def _split_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the place of each paragraph: a blank line ends one, and so does a line end, unless lines are wrapped."""
    lines: list[tuple[int, int]] = []
    offset = 0
    for line in [*text.split("\n"), ""]:
        if stripped := line.strip():
            start = offset + line.index(stripped[0])
            lines.append((start, start + len(stripped)))
        elif lines:
            yield from _split_lines(text, lines)
            lines = []
        offset += len(line) + 1


def _split_lines(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    widest = max(end - start for start, end in lines)
    ends_sentences = [_ends_sentence(text[start:end]) for start, end in lines]
    wrapped = widest <= _WIDEST_WRAP and 2 * sum(ends_sentences) < len(lines) and len(lines) > 2
    start_of_paragraph = lines[0][0]
    for (start, end), ends_sentence, following in zip(lines, ends_sentences, [*lines[1:], None], strict=True):
        if following is not None and wrapped:
            next_word = text[following[0] : following[1]].partition(" ")[0]
            if not (ends_sentence and end - start + 1 + len(next_word) <= widest):  # else the word would have had room
                continue
        yield start_of_paragraph, end
        start_of_paragraph = following[0] if following else end


def _is_body(block: str) -> bool:
    """Return whether it is a sentence of the report, and not a line of its head."""
    return len(block.split()) >= 10 and _ends_sentence(block)


def _ends_sentence(text: str) -> bool:
    return text.rstrip("\"'”’») ").endswith(_SENTENCE_ENDS)


def _end_of_report(text: str, blocks: Sequence[tuple[int, int]]) -> int:
    """Return the offset where what follows the report begins; the text's length if nothing does.

    It begins with a heading as pages have below a report, after a paragraph of the report. A line that can also stand
    within one counts only if no paragraph follows it.
    """
    bodies = [n for n, (start, end) in enumerate(blocks) if _is_body(text[start:end])]
    for n, (start, _) in enumerate(blocks):
        if not bodies or n <= bodies[0]:
            continue
        line = text[start:].partition("\n")[0].strip(" :.|-–—#*•")
        if _PAGE_HEADING.fullmatch(line) or (n > bodies[-1] and _POSSIBLE_PAGE_LINE.fullmatch(line)):
            return start
    return len(text)
