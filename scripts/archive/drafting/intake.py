"""Bytes a person pasted -> PressText, or why they are not the text of a report."""

import re

from archive.drafting import press
from archive.drafting.press import PressText

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
    found = press.read(data)
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
