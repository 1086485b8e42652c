"""PressText -> where it says to whom the statement was sent, to whom it appeals, and on whom it calls."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from archive.drafting import speech
from archive.drafting.attribution import attributed
from archive.drafting.names import Named
from archive.drafting.press import PressText

NAMED = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands in `Appeal.list` for each character of a name

_DOCUMENT = r"(?:statement|appeal|letter|document|report|message|address|complaint|inquiry|post|note)"
_DONE = (
    r"(?:sent|addressed|submitted|forwarded|directed|delivered|distributed|circulated|presented|conveyed"
    r"|issued|released)"
)
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*(?:[\"”»]|\Z)")
_LONGEST = 3_000  # characters of a list
_FIRST_PERSON = r"(?:i|we)\s+(?:\w+\s+){0,3}?"


class Way(IntEnum):
    """How the text speaks of them, the plainest first."""

    SENT = 1  # the statement was sent or addressed to them
    APPEALED = 2  # it appeals to them
    CALLED = 3  # it calls on them to do something
    SHOULD = 4  # it says that they should


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """The part of a sentence that says to whom: from `start` to `end`, its names masked in `list`."""

    way: Way
    paragraph: int
    start: int
    end: int
    list: str
    said: tuple[int, int]  # the words that say it
    before_verb: bool = False  # as Azerbaijani has it


# What is followed by those meant.
_BEFORE = tuple(
    (way, quoted, re.compile(pattern, re.IGNORECASE))
    for way, quoted, pattern in (
        (Way.SENT, False, rf"\b{_DOCUMENT}\b[^.\"“”:;]{{0,60}}?\b{_DONE}\b(?:\s+\w+){{0,2}}?\s+to\b:?"),
        (Way.SENT, False, rf"\b(?:it|which)\s+(?:was|has been|is)\s+(?:also\s+)?{_DONE}\s+to\b:?"),
        (
            Way.SENT,
            False,
            rf"\b(?:{_DONE}|wrote|written|made|prepared|sends|addresses|writes|sending|addressing)\s+"
            rf"(?:\w+\s+){{0,4}}?{_DOCUMENT}\b[^.,\"“”:;]{{0,40}}?\s+to\b:?",
        ),
        (Way.SENT, False, rf"\b(?:open|official|written)\s+{_DOCUMENT}\s+to\b:?"),
        (Way.SENT, False, r"\bwr(?:ote|ites)\s+to\b"),
        (
            Way.SENT,
            False,
            rf"\b(?:an?|the|this|her)\s+{_DOCUMENT}\b(?:(?![.!?]\s)[^\"“”]){{0,250}}?\band\s+{_DONE}\s+to\b",
        ),
        (
            Way.APPEALED,
            False,
            r"(?<!repeated )(?<!numerous )(?<!our )(?<!these )"
            r"\b(?:appeal(?:ed|s|ing)?|appl(?:ied|ies)|turn(?:ed|s))\s+(?:\w+ly\s+)?to\b",
        ),
        (Way.APPEALED, False, rf"\baddress(?:ed|es|ing)\b(?=\s+(?:the\s+)?{NAMED})"),
        (Way.APPEALED, True, rf"\b{_FIRST_PERSON}(?:appeal|address|apply)\s+(?:\w+ly\s+)?to\b"),
        (Way.CALLED, True, r"\b(?:call(?:ed|s|ing)?)\s+(?:once\s+)?(?:again\s+)?(?:up)?on\b"),
        (Way.CALLED, True, r"\burg(?:e|ed|es|ing)\b"),
        (Way.CALLED, True, rf"\bcall(?:ed|s|ing)?(?=\s+(?:(?:all|the|relevant)\s+){{0,2}}{NAMED})"),
        (
            Way.CALLED,
            True,
            r"\b(?:necessity|need|importance|necessary|important)\s+(?:for|of)\b"
            rf"(?=[^.\"“”]{{0,200}}?{NAMED}\s+(?:to|giving)\s)",
        ),
        (
            Way.CALLED,
            True,
            r"\b(?:ask|asked|asks|invit(?:e|ed|es|ing)|request(?:ed|s)?|demand(?:ed|s)?|encourag(?:e|ed|es)"
            r"|expect(?:ed|s)?|call(?:ed|s|ing)?\s+for|hop(?:e|ed|es)\s+that|demand(?:ed|s)?\s+that)"
            rf"\b(?=[^.\"“”]{{0,200}}?(?:{NAMED}|\w)\s+(?:to|will|should|must)\s)",
        ),
        (Way.CALLED, True, r"\b(?:dr[ae]ws?|call(?:ed|s|ing)?|drawing)\s+the\s+attention\s+of\b"),
        (
            Way.SENT,
            False,
            r"\bнаправ(?:ил[аи]?|лен[аоы]?|ляет|ив)\b(?!\s+на\b(?!\s+имя))(?:\s+(?:\w+\s+){0,2}(?:обращени|письм|отч[её]т|доклад|заявлени)\w*)?"
            r"(?:\s+(?:в адрес|на имя|в|к))?",
        ),
        (Way.SENT, False, r"\bадресован\w*(?:\s+к)?"),
        (Way.APPEALED, True, r"\bобра(?:ти|ща)\w+(?:\s+с\s+(?:\w+\s+)?\w+)?\s+(?:к|в)\b|\bобращени\w+\s+к\b"),
        (Way.CALLED, True, r"\bпризва\w+|\bпризыва\w+|\bпризвать"),
    )
)
# Whose appeal it then is, where they stand right before.
_OTHERS = re.compile(rf"(?:{speech.OTHERS}|{speech.PEOPLE})(?:(?!\band\b|[,.;\"“”]).)*\Z", re.IGNORECASE | re.DOTALL)
_SUBJECT = 60  # characters before the verb
# Where the list ends: at what is asked of them, what it is about, who reports it.
_ENDS = re.compile(
    r"[.!?](?:[\"”']|\s|\Z|(?=(?-i:[A-ZА-Я]\w)))|[\"“”«»]|\s[-–—]\s|:\s|,\s+(?:a|his|her|the)\s+(?:source|website|press)\b"
    r"|\b(?:in (?:connection|relation|response|order|which|this|his|her|its|view|light)|with|due|because|against)\b"
    r"|\b(?:regarding|concerning|over|about|on|upon|related|dedicated|as part|as a|following|after|before)\b"
    r"|\b(?:calling|asking|urging|demanding|requesting|stating|saying|noting|expressing|condemning|citing|informing)\b"
    r"|\b(?:protesting|reflecting|that|which|who|where|whose|says|said|told|informs|reads|by|at|via|through|during)\b"
    r"|\b(?:under|from|is|are|was|were|has|have|will|should|must|not|yesterday|today|especially)\b"
    r"|\bto\s+(?:\w+ly\s+)?(?!the\b|all\b|his\b|her\b|other\b|various\b|relevant\b)(?-i:[a-z])"
    r"|\b(?:в связи|по поводу|по факту|по вопрос\w+|о|об|что|котор\w+|с|чтобы|относительно|говорится|сообщ\w+)\b"
    r"|\b[а-яё]+(?:ть|ться|сти)\b",
    re.IGNORECASE,
)
# In Azerbaijani those meant stand before the verb, in a case of their own.
_AFTER = tuple(
    (way, re.compile(pattern, re.IGNORECASE))
    for way, pattern in (
        (Way.SENT, r"\b(?:göndər|ünvanla|təqdim\s+ed)\w*"),
        (Way.APPEALED, r"\b(?:müraciət\s+(?:ed|olun)|müraciətlə|çağırış\s+ed)\w*"),
        (Way.CALLED, r"\b(?:səslən|çağır)(?:ıb|ir|irik|irəm|ib|ır|ırıq|ıram|ırıb|mışdır|dı)\w*"),
    )
)
_STARTS = re.compile(
    r"[.!?]\s|[\"“”«»]|\bolaraq\b|\b\w+(?:araq|ərək)\b", re.IGNORECASE
)  # a sentence, or a clause in it
_SHOULD = re.compile(rf"({NAMED}+)\s+(?:should|must|have\s+to|has\s+to|needs?\s+to)\b", re.IGNORECASE)


def appeals(text: PressText, named: Sequence[Named]) -> Iterator[Appeal]:
    """Every place, in the paragraphs of the statement and, as paragraph 0, in the title above them."""
    belongs = attributed(text) | {0}
    masked = list(text.text)
    for each in named:
        if each.ids("addressees"):
            masked[each.start : each.end] = NAMED * (each.end - each.start)
    plain = "".join(masked)
    for paragraph in text.paragraphs:
        if paragraph.number in belongs:
            part = plain[paragraph.start : paragraph.end]
            yield from _in(part, paragraph.number, paragraph.start)


def _in(part: str, paragraph: int, offset: int) -> Iterator[Appeal]:
    outside = _QUOTED.sub(lambda match: " " * len(match[0]), part)
    for way, quoted, pattern in _BEFORE:
        for match in pattern.finditer(part if quoted else outside):
            if _OTHERS.search(part, max(0, match.start() - _SUBJECT), match.start()):
                continue
            ends = _ENDS.search(part, match.end(), match.end() + _LONGEST)
            end = ends.start() if ends else min(len(part), match.end() + _LONGEST)
            yield _appeal(way, paragraph, offset, part, (match.end(), end), match.span())
    for way, pattern in _AFTER:
        for match in pattern.finditer(part):
            first = max(0, match.start() - _LONGEST)
            start = max((each.end() for each in _STARTS.finditer(part, first, match.start())), default=first)
            appeal = _appeal(way, paragraph, offset, part, (start, match.start()), match.span())
            yield replace(appeal, before_verb=True)
    for match in _SHOULD.finditer(part):
        yield _appeal(Way.SHOULD, paragraph, offset, part, match.span(1), match.span())


def _appeal(way: Way, paragraph: int, offset: int, part: str, span: tuple[int, int], said: tuple[int, int]) -> Appeal:
    """An appeal by its places in the paragraph."""
    start, end = span
    return Appeal(
        way=way,
        paragraph=paragraph,
        start=offset + start,
        end=offset + end,
        list=part[start:end],
        said=(offset + said[0], offset + said[1]),
    )
