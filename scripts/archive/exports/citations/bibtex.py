"""Items -> BibTeX, for the classic styles and for biblatex.

Classic styles read `year` and `month`, biblatex the `date`, which is EDTF (biblatex manual, 2.3.8); of the other's it
takes no notice. Names, titles and institutions have a second pair of braces: no style then changes their letters' case,
and no "and" or comma in them divides them. What TeX would take for a command is written as one that prints it.
"""

import re
from collections.abc import Iterable

from archive.exports.citations.csl import Item, agreed_date
from archive.model import edtf
from archive.text import formatting

_COMMANDS = {
    "\\": "{\\textbackslash}",
    "{": "{\\textbraceleft}",  # BibTeX counts \{ as a brace that opens
    "}": "{\\textbraceright}",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
    "<": "{\\textless}",  # TeX's oldest fonts have other letters in these places
    ">": "{\\textgreater}",
    "|": "{\\textbar}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
_SPECIAL = re.compile(r"[\\{}~^<>|#$%&_]")
_LIGATURE = re.compile(r"--+|''+|,,+|[?!]`+|``+")  # of which TeX makes one sign
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})  # biblatex reads it as it stands


def text(items: Iterable[Item]) -> str:
    """A BibTeX file with an entry for each item."""
    return "\n".join(map(entry, items))


def entry(item: Item) -> str:
    """The entry of one item; its key is the record's id."""
    year, *month = agreed_date(item.issued).split("-")[:2]
    language = formatting.language(item.language).partition(" (")[0].lower()  # as the package babel names it
    fields = {
        "author": f"{{{{{printed(item.author)}}}}}",
        "title": f"{{{{{printed(item.title)}}}}}",
        "type": _braced(printed(item.genre)),
        "institution": f"{{{{{printed(item.author)}}}}}",
        "number": _braced(printed(item.id)),
        "year": _braced(year),
        "month": "".join(edtf.MONTHS[int(number) - 1][:3].lower() for number in month),
        "date": _braced(item.issued.text),
        "url": _braced(item.url.translate(_IN_ADDRESS)),
        "note": _braced(printed(item.note)),
        "keywords": _braced(", ".join(map(_keyword, item.keywords))),
        "language": _braced(language),
        "langid": _braced(language),
        "abstract": _braced(printed(item.abstract)),
    }
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@techreport{{{item.id},\n{lines}}}\n"


def printed(text: str) -> str:
    """Text as TeX prints it, on one line."""
    plain = _SPECIAL.sub(lambda match: _COMMANDS[match[0]], " ".join(text.split()))
    return _LIGATURE.sub(lambda match: "{}".join(match[0]), plain)


def _braced(value: str) -> str:
    return f"{{{value}}}" if value else ""


def _keyword(label: str) -> str:
    """A keyword, in braces where it has the comma that divides keywords."""
    return _braced(printed(label)) if "," in label else printed(label)
