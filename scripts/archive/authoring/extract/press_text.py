"""Bytes a person pasted -> PressText: the text, its paragraphs and its fixity."""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

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


def parse(data: bytes) -> PressText:
    """The text of these bytes, whatever they are: `intake` says which are no text at all."""
    encoding, decoded = _decoded(data)
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", decoded)))
    text = FORBIDDEN.sub(lambda match: "\x00" if match[0] == "\x00" else "", text)  # what is invisible splits words
    blocks = list(_blocks(text))
    end = end_of_report(text, blocks, _is_body)
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


MAX_BYTES = 1_000_000  # the longest reports are some 30,000 characters

_MAGIC = {
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
_COPY = "copy the text as it is shown, and paste that"


class NotPressText(ValueError):
    """What was pasted is not the text of a report; the message says what it is and what to do."""


def read(data: bytes) -> PressText:
    """The report in these bytes, of which there may be one more than `MAX_BYTES`.

    Raises NotPressText, with a sentence for people, where there is nothing, too much, markup, or no text.
    """
    if len(data) > MAX_BYTES:
        raise NotPressText(f"is larger than {MAX_BYTES:,} bytes; a report is some thousands: was the right file given?")
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise NotPressText("is empty; paste the text of the report")
    for magic, kind in _MAGIC.items():
        if magic in (data[:1024] if magic == b"%PDF-" else data[: len(magic)]):
            raise NotPressText(f"is {kind}, not text; open it, {_COPY}")
    found = parse(data)
    if "\x00" in found.text:
        raise NotPressText(f"is not text: it has bytes that no text has; {_COPY}")
    markup = _MARKUP.findall(found.text)
    if len(markup) > 2 or _MARKUP.match(found.text.lstrip()):
        raise NotPressText(f"is HTML, not text; open the page in a browser, {_COPY}")
    signs = "".join(found.text.split())
    letters = sum(map(str.isalpha, signs))
    if 2 * letters < len(signs):
        raise NotPressText(f"is hardly text: {letters:,} letters among {len(signs):,} characters; {_COPY}")
    return found


# Headings of what is never the report's, in English, Azerbaijani and Russian
_AFTER = re.compile(
    r"related(?: (?:articles?|news|stories|posts|topics|content))?|(?:latest|last|other|top|more|popular) "
    r"(?:news|stories|articles)|latest|most (?:read|popular|viewed|recent)|trending(?: now)?|news ?feed|"
    r"recommended(?: for you)?|you (?:may|might) also (?:like|be interested in)|leave a (?:reply|comment)|comments?|"
    r"legal disclaimer|"
    r"(?:oxşar|digər|son|əlaqəli) (?:xəbərlər|məqalələr)|bölməyə aid digər xəbərlər|xəbər lenti|ən çox oxunan(?:lar)?|"
    r"şərhlər|"
    r"(?:другие|последние|похожие|главные|популярные) (?:новости|статьи|материалы)|лента новостей|самое читаемое|"
    r"(?:новости|материалы|статьи) по теме|комментарии",
    re.IGNORECASE,
)
# Lines that can stand within a report as well
_PERHAPS_AFTER = re.compile(
    r"(?:read|see) (?:also|next|more)|also read|don['’]t miss|follow (?:us|\w+ on)\b.*|subscribe\b.*|"
    r"share(?: this)?\b.*|join us\b.*|tags?|all rights reserved\b.*|©.*|"
    r"həmçinin oxuyun|paylaş|bizi izləyin|baxış sayı\b.*|читайте также|подписывайтесь\b.*|поделиться",
    re.IGNORECASE,
)


def end_of_report(text: str, blocks: Sequence[tuple[int, int]], is_body: Callable[[str], bool]) -> int:
    """The place in the text where what follows the report begins; the text's length where nothing does.

    It begins with a heading as pages have below a report, after a paragraph of the report. A line that can also stand
    within one counts only where no paragraph follows it.
    """
    bodies = [n for n, (start, end) in enumerate(blocks) if is_body(text[start:end])]
    for n, (start, _) in enumerate(blocks):
        if not bodies or n <= bodies[0]:
            continue
        line = text[start:].partition("\n")[0].strip(" :.|-–—#*•")
        if _AFTER.fullmatch(line) or (n > bodies[-1] and _PERHAPS_AFTER.fullmatch(line)):
            return start
    return len(text)
