"""Find the title and the author in the head of a report, apart from dates, outlets and other lines of its page."""

import re
from collections.abc import Collection, Iterator, Mapping

from archive.authoring.extract.dates import find_days
from archive.authoring.extract.outlets import outlet_names
from archive.authoring.extract.press_text import Finding, PressText
from archive.model.records import Outlet

_FEWEST_WORDS = 4  # of a title
_FROM_START = 200  # characters of the first paragraph in which its author may still be named
_CAPITAL = r"[^\W\d_a-zа-яёəğışçöü]"
_NAME = rf"(?!By |The ){_CAPITAL}[\w'’-]+(?: {_CAPITAL}\.?)?(?: {_CAPITAL}[\w'’-]+){{1,2}}"
_BY = re.compile(rf"\b[Bb]y\s+(?P<name>{_NAME})\s*(?=\n|$|\||,|Read more)")
_BEFORE_MORE = re.compile(
    rf"(?P<name>{_NAME})\s*\n?\s*(?:Read more|Все материалы|Bütün materiallar|Bütün yazıları|All materials)"
)
_NAME_LINE = re.compile(rf"^(?P<name>{_NAME})$", re.MULTILINE)
_KEY = re.compile(r"^\s*date\s+[\d-]+\s+")
_CLOCK = re.compile(r"\(UTC\s*[+-]\d\d:?\d\d\)|[\[(]?\b\d?\d:\d\d(?::\d\d)?\b[\])]?")
# What a page has besides the report, by its commonest words
_PAGE_WORDS = re.compile(
    r"\b(?:read more|details added|first version|javascript|accessibility|call cent\w+|dəfə oxunub|views?|tags?|"
    r"photo|follow us|all materials|latest news|last minute|materials|share|subscribe|text of article|текст сообщения|"
    r"все материалы|материалы|bütün materiallar|oxunub|mətn|politics|society|other news|world|region|news|siyasət|"
    r"cəmiyyət|политика|общество|update[ds]?)\b|©|[@#]|^\W*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^(?:baku|bakı|баку|bakü)\b", re.IGNORECASE)


def find_byline(press: PressText, outlets: Mapping[str, Outlet], speaker: re.Pattern[str]) -> list[Finding]:
    """Return the report's title and author as it has them, with their places; only those at its head."""
    names_of_outlets = {name.casefold() for outlet in outlets.values() for name in outlet_names(outlet)}
    return [*_find_title(press, names_of_outlets, speaker), *_find_author(press, names_of_outlets, speaker)]


def _find_title(press: PressText, names_of_outlets: Collection[str], speaker: re.Pattern[str]) -> Iterator[Finding]:
    """Find the first line that is a headline or, of several, the first that names the speaker."""
    titles = []
    for start, line in _head_lines(press):
        offset = len(key[0]) if (key := _KEY.match(line)) else 0
        title = line[offset:].strip()
        if _is_title(title, names_of_outlets):
            titles.append((start + line.index(title, offset), title))
    for start, title in sorted(titles, key=lambda entry: not speaker.search(entry[1]))[:1]:
        yield Finding(field="sources[1].title", value=title, start=start, end=start + len(title))


def _find_author(press: PressText, names_of_outlets: Collection[str], speaker: re.Pattern[str]) -> Iterator[Finding]:
    head = _end_of_head(press)
    # the head may be one with the first paragraph
    end_of_top = next((paragraph.start + _FROM_START for paragraph in press.paragraphs if paragraph.number == 1), head)
    for pattern, end, doubt in (
        (_BY, end_of_top, ""),
        (_BEFORE_MORE, end_of_top, ""),
        (_NAME_LINE, head, "a name alone on its line"),
    ):
        for match in pattern.finditer(press.text[:end]):
            name = match["name"]
            if name.casefold() in names_of_outlets or speaker.search(name) or _is_of_page(name) or find_days(name):
                continue
            yield Finding(
                field="sources[1].author", value=name, start=match.start("name"), end=match.end("name"), doubt=doubt
            )
            return


def _is_title(line: str, names_of_outlets: Collection[str]) -> bool:
    words = [word for word in _CLOCK.sub("", line).split() if re.search(r"[^\W\d_]{2}", word)]
    if len(words) < _FEWEST_WORDS or (find_days(line) and _PAGE_WORDS.search(line)):
        return False
    if (
        _DATELINE.match(line)
        or line.casefold().removeprefix("the ").strip(" .:") in names_of_outlets
        or line.startswith("(")
    ):
        return False
    if re.search(r"^\s*by\s", line, re.IGNORECASE) or "(MENAFN" in line:
        return False
    return not re.search(r"\b(?:javascript|read more|details added|follow us|dəfə oxunub|call center)\b|©", line, re.I)


def _head_lines(press: PressText) -> Iterator[tuple[int, str]]:
    """Yield the lines of the head with their offsets; none if the head is one with the first paragraph."""
    for paragraph in press.paragraphs:
        if paragraph.number == 0:
            offset = paragraph.start
            for line in press.text[paragraph.start : paragraph.end].split("\n"):
                yield offset, line
                offset += len(line) + 1


def _end_of_head(press: PressText) -> int:
    """Return the offset where the head ends."""
    return max((paragraph.end for paragraph in press.paragraphs if paragraph.number == 0), default=0)


def _is_of_page(line: str) -> bool:
    return bool(_PAGE_WORDS.search(line) or _DATELINE.match(line))
