"""PressText -> the legal instruments it cites: by their names, and resolutions by number."""

import re
from collections.abc import Iterator, Sequence

from archive.drafting.attribution import attributed
from archive.drafting.names import Named
from archive.drafting.press import Finding, PressText
from archive.model import Archive, Instrument

_NUMBERED = re.compile(r"\bresolutions?\s+(?:no\.?\s*|№\s*|#\s*)?(?=\d)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:/\d+)*")
_BETWEEN = re.compile(r"(?:\s*\(\d{4}\))?(?:\s*,?\s*(?:and\s+)?)")
_COUNCIL = re.compile(r"\b(?:UN\s+)?Security\s+Council(?:['’]s)?\s+(?:\w+\s+)?resolutions\b(?!\s*(?:no\.?\s*)?\d)", re.IGNORECASE)
