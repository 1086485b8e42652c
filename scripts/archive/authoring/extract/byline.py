"""The head of a report: its title and its author, told apart from dates, outlets and what a page has besides."""

import re
from collections.abc import Collection, Iterator, Mapping

from archive.authoring.extract import dates, outlets
from archive.authoring.extract.press_text import Finding, PressText
from archive.model.records import Outlet

_FEWEST_WORDS = 4  # of a title
_TOP = 200  # characters of the first paragraph in which its author may still be named
_CAPITAL = r"[^\W\d_a-zа-яёəğışçöü]"
_NAME = rf"(?!By |The ){_CAPITAL}[\w'’-]+(?: {_CAPITAL}\.?)?(?: {_CAPITAL}[\w'’-]+){{1,2}}"
_BY = re.compile(rf"\b[Bb]y\s+(?P<name>{_NAME})\s*(?=\n|$|\||,|Read more)")
_BEFORE_MORE = re.compile(
    rf"(?P<name>{_NAME})\s*\n?\s*(?:Read more|Все материалы|Bütün materiallar|Bütün yazıları|All materials)"
)
_ALONE = re.compile(rf"^(?P<name>{_NAME})$", re.MULTILINE)
_KEY = re.compile(r"^\s*date\s+[\d-]+\s+")
_CLOCK = re.compile(r"\(UTC\s*[+-]\d\d:?\d\d\)|[\[(]?\b\d?\d:\d\d(?::\d\d)?\b[\])]?")
# What a page has besides the report, by its commonest words
_OF_THE_PAGE = re.compile(
    r"\b(?:read more|details added|first version|javascript|accessibility|call cent\w+|dəfə oxunub|views?|tags?|"
    r"photo|follow us|all materials|latest news|last minute|materials|share|subscribe|text of article|текст сообщения|"
    r"все материалы|материалы|bütün materiallar|oxunub|mətn|politics|society|other news|world|region|news|siyasət|"
    r"cəmiyyət|политика|общество|update[ds]?)\b|©|[@#]|^\W*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^(?:baku|bakı|баку|bakü)\b", re.IGNORECASE)


def find_byline(press: PressText, known: Mapping[str, Outlet], speaker: re.Pattern[str]) -> list[Finding]:
    """The report's title and author as it has them, with their places; only what stands at its head."""
    return [*_title(press, known, speaker), *_author(press, known, speaker)]


def _author(press: PressText, known: Mapping[str, Outlet], speaker: re.Pattern[str]) -> Iterator[Finding]:
    head = _head(press)
    top = next((p.start + _TOP for p in press.paragraphs if p.number == 1), head)  # where the two are one
    not_persons = {name.casefold() for outlet in known.values() for name in outlets.outlet_names(outlet)}
    for pattern, end, doubt in ((_BY, top, ""), (_BEFORE_MORE, top, ""), (_ALONE, head, "a name alone on its line")):
        for match in pattern.finditer(press.text[:end]):
            name = match["name"]
            if name.casefold() in not_persons or speaker.search(name) or _of_page(name) or dates.mentions(name):
                continue
            yield Finding(
                field="sources[1].author", value=name, start=match.start("name"), end=match.end("name"), doubt=doubt
            )
            return


def _title(press: PressText, known: Mapping[str, Outlet], speaker: re.Pattern[str]) -> Iterator[Finding]:
    """The first line that is a headline, of several the first that names the speaker; a page has other headlines."""
    names = {name.casefold() for outlet in known.values() for name in outlets.outlet_names(outlet)}
    found = []
    for start, line in _lines(press):
        offset = len(key[0]) if (key := _KEY.match(line)) else 0
        title = line[offset:].strip()
        if _is_title(title, names):
            found.append((start + line.index(title, offset), title))
    for start, title in sorted(found, key=lambda one: not speaker.search(one[1]))[:1]:
        yield Finding(field="sources[1].title", value=title, start=start, end=start + len(title))


def _is_title(line: str, outlets_named: Collection[str]) -> bool:
    words = [word for word in _CLOCK.sub("", line).split() if re.search(r"[^\W\d_]{2}", word)]
    if len(words) < _FEWEST_WORDS or (dates.mentions(line) and _OF_THE_PAGE.search(line)):
        return False
    if (
        _DATELINE.match(line)
        or line.casefold().removeprefix("the ").strip(" .:") in outlets_named
        or line.startswith("(")
    ):
        return False
    if re.search(r"^\s*by\s", line, re.IGNORECASE) or "(MENAFN" in line:
        return False
    return not re.search(r"\b(?:javascript|read more|details added|follow us|dəfə oxunub|call center)\b|©", line, re.I)


def _lines(press: PressText) -> Iterator[tuple[int, str]]:
    """The lines of the head, with their places; where the head is one with the first paragraph, there is none."""
    for paragraph in press.paragraphs:
        if paragraph.number == 0:
            offset = paragraph.start
            for line in press.text[paragraph.start : paragraph.end].split("\n"):
                yield offset, line
                offset += len(line) + 1


def _head(press: PressText) -> int:
    """Where the head ends."""
    return max((each.end for each in press.paragraphs if each.number == 0), default=0)


def _of_page(line: str) -> bool:
    return bool(_OF_THE_PAGE.search(line) or _DATELINE.match(line))
