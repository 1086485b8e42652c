"""Define the types of single values: which texts are allowed, and how they are read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from archive.model import edtf

# not the names of devices: Windows can write no file and no folder that is called so
SLUG = re.compile(r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9]+(?:-[a-z0-9]+)*")
# C0 and C1 controls but tab and line ends, direction marks and overrides, other invisible characters, surrogates;
# a pattern that Python and ECMA 262 (with the flag u) both read
INVISIBLE = (
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f"
    r"\u2028-\u202e\u2060-\u2069\u3164\ufeff\ufff9-\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
NOT_FOUND = "not found again"  # stands for the place in a source that could not be read anew
STEM = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """A type of value. `parse` raises ValueError with a message for people."""

    name: str
    parse: Callable[[str], Any]
    pattern: str  # of the whole text, as Python and ECMA 262 (with the flag u) both read it
    allowed: str  # completes "allowed: ..."
    blank: str | None = ""  # stands in for a wrong value; None if nothing can
    # what YAML may make of such a text without quotation marks: JSON types beside string, and a number's bounds
    typed: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None


def _type(
    name: str, pattern: str, complaint: str, allowed: str, read: Callable[[str], Any] = str, **more: Any
) -> FieldType:
    """Make a type whose values are all that the pattern matches."""
    compiled = re.compile(pattern)

    def parse(value: str) -> Any:
        if compiled.fullmatch(value) is None:
            raise ValueError(complaint)
        return read(value)

    return FieldType(name=name, parse=parse, pattern=pattern, allowed=allowed, **more)


def _prose(value: str) -> str:
    return " ".join(value.split())


def _ascii(address: str) -> str:
    """Return an address as a URI: other letters are percent-encoded, in a host as the DNS has them (RFC 3987, 3.1)."""
    if address.isascii() or re.search(INVISIBLE, address):  # that is reported elsewhere
        return address
    scheme, host, rest = _PARTS.fullmatch(address).groups()  # type: ignore[union-attr]
    try:
        host = host.encode("idna").decode()
    except UnicodeError:  # the DNS has no such name
        host = quote(host, safe=_KEPT)
    return f"{scheme}{host}{quote(rest, safe=_KEPT)}"


_PARTS = re.compile(r"(https?://)([^/?#]*)(.*)", re.DOTALL)
_KEPT = "!#$%&'()*+,/:;=?@[]~"  # as it stands: what has a meaning in an address, and what is encoded already
_URL = r"https?://[^\s<>\x22'\\^`{}|/?#@\[\]]+(?::[0-9]+)?(?:[/?#][^\s<>\x22\\^`{}|]*)?"
_ORDINAL = r"[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3})*"
_PART = rf"(?:par\. {_ORDINAL}|(?:item|table|note) {_ORDINAL}(?:, par\. {_ORDINAL})?)"
_LOCATOR = (
    rf"section [^\s,](?:[^\n,]*[^\s,])?(?:, p\. {_ORDINAL})?(?:, {_PART})?|p\. {_ORDINAL}(?:, {_PART})?|{_PART}"
    rf"|title|at [0-9]{{1,3}}(?::[0-5][0-9]){{1,2}}|{NOT_FOUND}"
)
_ANY = ("number", "boolean")  # a text such as 1988 or true

TEXT = _type("text", r"[^\S\n]*\S[^\n]*\n*", "has more than one line", "text on one line", read=str.strip, typed=_ANY)
PROSE = _type("prose", r"\s*\S[\s\S]*", "is empty", "text; line ends count as spaces", read=_prose, typed=_ANY)
DATE = FieldType(
    name="date",
    parse=edtf.parse,
    pattern=edtf.PATTERN,
    allowed=edtf.GRAMMAR,
    blank=None,
    typed=("integer",),
    least=1000,
    most=9999,
)
DAY = FieldType(name="day", parse=edtf.day, pattern=edtf.DAY_PATTERN, allowed="a day, YYYY-MM-DD", blank=None)
NUMBER = _type(
    "number",
    r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,6})?",
    "not a plain number",
    "digits without separators and without zeros before them, a point before decimals",
    read=Decimal,
    blank=None,
    typed=("number",),
    least=0,
    most=10**18,
)
COUNT = _type(
    "count",
    "[1-9][0-9]{0,3}",
    "not a whole number from 1",
    "a whole number from 1",
    read=int,
    blank=None,
    typed=("integer",),
    least=1,
    most=9999,
)
SLUG_ID = _type(
    "id",
    SLUG.pattern,
    "not an id",
    "small letters a-z and digits, joined by single hyphens; not con, aux, nul, com1 and such, which Windows reserves",
    typed=("integer",),
)
STEM_ID = _type(
    "statement id",
    STEM.pattern,
    "not a statement id",
    "the date, then small letters a-z and digits joined by single hyphens, such as 2021-09-21-peace-appeal",
)
LOCATOR = _type(
    "locator",
    _LOCATOR,
    "not a place in a source",
    "title, par. 9, p. 12, item 3, table 2, note 4, at 12:30, section and its heading without commas, or the whole and "
    f"its part, as in section Introduction, p. 4, par. 2; or {NOT_FOUND}",
)
URL = _type("address", _URL, "not a web address", "an address with http:// or https://", read=_ascii)
SHA256 = _type("SHA-256", "[0-9a-f]{64}", "not a SHA-256", "64 small hexadecimal digits")


def identifier(pattern: str, allowed: str, typed: tuple[str, ...] = ()) -> FieldType:
    """Make the type of an identifier that another authority assigns."""
    return _type("identifier", pattern, "not such an identifier", allowed, typed=typed)
