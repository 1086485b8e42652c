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
_NAME = rf"(?P<name>(?!By |The ){_CAPITAL}[\w'’-]+(?: {_CAPITAL}\.?)?(?: {_CAPITAL}[\w'’-]+){{1,2}})"
_BY = re.compile(rf"\b[Bb]y\s+{_NAME}\s*(?=\n|$|\||,|Read more)")
_BEFORE_MORE = re.compile(rf"{_NAME}\s*\n?\s*(?:Read more|Все материалы|Bütün (?:materiallar|yazıları)|All materials)")
_NAME_LINE = re.compile(rf"^{_NAME}$", re.MULTILINE)
_KEY = re.compile(r"^\s*date\s+[\d-]+\s+")
_CLOCK = re.compile(r"\(UTC\s*[+-]\d\d:?\d\d\)|[\[(]?\b\d?\d:\d\d(?::\d\d)?\b[\])]?")
# What a page has besides the report: what is never in a title, and what is none beside a date
_NO_TITLE = re.compile(
    r"^\s*by\s|\(MENAFN|^\(|\b(?:javascript|read more|details added|follow us|dəfə oxunub|call center)\b|©",
    re.IGNORECASE,
)
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
    names = {name.casefold() for outlet in outlets.values() for name in outlet_names(outlet)}
    return [*_find_title(press, names, speaker), *_find_author(press, names, speaker)]


def _find_title(press: PressText, outlets: Collection[str], speaker: re.Pattern[str]) -> Iterator[Finding]:
    """Find the first line that is a headline or, of several, the first that names the speaker."""
    titles = []
    for paragraph in press.paragraphs:
        for match in re.finditer(r".+", press.text[paragraph.start : paragraph.end]) if not paragraph.number else ():
            key = _KEY.match(match[0])
            title = match[0][key.end() if key else 0 :].strip()
            if _is_title(title, outlets):
                titles.append((paragraph.start + match.start() + match[0].index(title), title))
    for start, title in sorted(titles, key=lambda entry: not speaker.search(entry[1]))[:1]:
        yield Finding(field="sources[1].title", value=title, start=start, end=start + len(title))


def _is_title(line: str, outlets: Collection[str]) -> bool:
    words = [word for word in _CLOCK.sub("", line).split() if re.search(r"[^\W\d_]{2}", word)]
    return not (
        len(words) < _FEWEST_WORDS
        or (find_days(line) and _PAGE_WORDS.search(line))
        or _DATELINE.match(line)
        or line.casefold().removeprefix("the ").strip(" .:") in outlets
        or _NO_TITLE.search(line)
    )


def _find_author(press: PressText, outlets: Collection[str], speaker: re.Pattern[str]) -> Iterator[Finding]:
    head = max((paragraph.end for paragraph in press.paragraphs if paragraph.number == 0), default=0)
    # the head may be one with the first paragraph
    top = next((paragraph.start + _FROM_START for paragraph in press.paragraphs if paragraph.number == 1), head)
    alone = "a name alone on its line"
    for pattern, end, doubt in ((_BY, top, ""), (_BEFORE_MORE, top, ""), (_NAME_LINE, head, alone)):
        for match in pattern.finditer(press.text[:end]):
            name, (start, stop) = match["name"], match.span("name")
            of_page = _PAGE_WORDS.search(name) or _DATELINE.match(name) or find_days(name)
            if not of_page and name.casefold() not in outlets and not speaker.search(name):
                yield Finding(field="sources[1].author", value=name, start=start, end=stop, doubt=doubt)
                return
