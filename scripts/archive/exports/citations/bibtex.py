"""Write citations as BibTeX, for the classic styles and for biblatex.

Classic styles read `year` and `month`, biblatex reads `date`, which is EDTF (biblatex manual, 2.3.8); each ignores what
only the other knows. Names, titles and institutions have a second pair of braces, so that no style changes their
letters' case and no "and" or comma in them divides them. Characters with a meaning in TeX are escaped.
"""

import re
from collections.abc import Iterable

from archive.exports.citations.csl import Item, agreed_date
from archive.model import edtf
from archive.model.tracing import once
from archive.text import formatting

_COMMANDS = {
    "\\": "{\\textbackslash}",
    "{": "{\\textbraceleft}",  # BibTeX counts \{ as an opening brace
    "}": "{\\textbraceright}",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
    "<": "{\\textless}",  # TeX's oldest fonts have other characters in these places
    ">": "{\\textgreater}",
    "|": "{\\textbar}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
_SPECIAL = re.compile(r"[\\{}~^<>|#$%&_]")
_LIGATURE = re.compile(r"--+|''+|,,+|[?!]`+|``+")  # TeX sets each of these as one character
_DIVIDES = re.compile(r"\s*[,;]\s*")
_URL_ESCAPES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})  # biblatex takes a URL verbatim


def text(items: Iterable[Item]) -> str:
    """Return a BibTeX file with an entry for each item."""
    return "\n".join(map(entry, items))


@once  # it is in several bibliographies
def entry(item: Item) -> str:
    """Return the entry of an item; its key is the record's id."""
    year, *month = agreed_date(item.issued).split("-")[:2]
    language = formatting.language(item.language).partition(" (")[0].lower()  # babel's name for it
    fields = {
        "author": f"{{{{{printed(item.author)}}}}}",
        "title": f"{{{{{printed(item.title)}}}}}",
        "type": _braced(printed(item.genre)),
        "institution": f"{{{{{printed(item.author)}}}}}",
        "number": _braced(printed(item.id)),
        "year": _braced(year),
        "month": "".join(edtf.MONTHS[int(number) - 1][:3].lower() for number in month),
        "date": _braced(item.issued.text),
        "url": _braced(item.url.translate(_URL_ESCAPES)),
        "note": _braced(printed(item.note)),
        "keywords": _braced(", ".join(map(_keyword, item.keywords))),
        "language": _braced(language),
        "langid": _braced(language),
        "abstract": _braced(printed(item.abstract)),
    }
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@techreport{{{item.id},\n{lines}}}\n"


def printed(text: str) -> str:
    """Escape a text so that TeX prints it as it is, on one line."""
    escaped = _SPECIAL.sub(lambda match: _COMMANDS[match[0]], " ".join(text.split()))
    return _LIGATURE.sub(lambda match: "{}".join(match[0]), escaped)


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def _keyword(label: str) -> str:
    """Return a keyword without comma and semicolon: programs divide keywords at them, whatever braces there are."""
    return printed(_DIVIDES.sub(" - ", label))
