"""PressText -> the paragraphs that belong to the statement, told apart from what the outlet adds as its own."""

import re
from dataclasses import dataclass
from itertools import pairwise

from archive.drafting import speech
from archive.drafting.press import Paragraph, PressText

_SAME = str.maketrans(
    "\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u00a0\u2011", '\'\'""""" -'
)  # one for one: places stay
_SENTENCE = re.compile(
    r"(?<=[.!?:;])(?<!\b[A-ZƏА-Я]\.)(?<!\bM[rs]\.)(?<!\bMrs\.)[\"')\]]*\s+(?=[\"'(\[]*[^\W\d_a-zа-яё])"
)

_OTHERS_SAY = re.compile(rf"(?:{speech.OTHERS})[^.\"]{{0,80}}(?:{speech.SAYS})", re.IGNORECASE)
_CONTINUES = re.compile(rf"(?:{speech.PRONOUN}).*?(?:{speech.SAYS})|{speech.IMPERSONAL}", re.IGNORECASE | re.DOTALL)
_BACKGROUND = re.compile(rf"\W*(?:{speech.BACKGROUND})", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:we|our|i|my|мы|наш\w*|я|biz\w*|mən\w*)\b", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*(?:"|\Z)')
# "Human Rights Commissioner Sabina Aliyeva", "Sabina Aliyeva, Azerbaijan's Ombudsman": the name beside the office.
_NAME = r"[A-ZƏÖÜÇŞĞİА-Я]\w+"
_TITLE = r"(?i:ombuds(?:man|person|woman)|commissioner(?: for human rights)?|омбудсмен\w*|ombudsmanı?|müvəkkili?)"
_BESIDE = re.compile(
    rf"\b{_TITLE}(?:\s?\([^)]*\))?(?:\s(?:of|for)\s[^,.\"]{{3,60}}?)?,?(?:\sM[rs]+\.?)?\s({_NAME}\s{_NAME})"
    rf"|({_NAME}\s{_NAME}),\s[^,.\"]{{0,60}}?{_TITLE}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What one paragraph says of whose words it has."""

    spoken: bool  # it says that the speaker or the document says so
    continued: bool  # it is mostly a quotation, or says that someone not named in it says so
    background: bool  # it begins as an outlet's background does, or gives another's words


def attributed(text: PressText) -> frozenset[int]:
    """The numbers of the paragraphs that give the statement, or words or deeds of its speaker.

    A paragraph between two such goes with them, unless it begins as background does. What follows the last of them, and
    what precedes the first, is the outlet's own. A text in the first person is the statement itself: all of it.
    """
    body = [paragraph for paragraph in text.paragraphs if paragraph.number]
    plain = text.text.translate(_SAME)
    if _is_the_statement_itself(plain, body):
        return frozenset(paragraph.number for paragraph in body)
    speaks = _says(_speaker(plain))
    seen = [_see(plain[each.start : each.end], speaks) for each in body]
    found: set[int] = set()
    waiting: list[int] = []  # between what is attributed and what may follow
    theirs = False  # whether the words before this paragraph are the speaker's
    for paragraph, each in zip(body, seen, strict=True):
        if each.background:
            waiting.clear()
            theirs = False
        elif each.spoken or (each.continued and theirs):
            found.update(waiting, [paragraph.number])
            waiting.clear()
            theirs = True
        elif theirs:
            waiting.append(paragraph.number)
    return frozenset(found)


def sentences(text: PressText, paragraph: Paragraph) -> tuple[tuple[int, int], ...]:
    """The places of a paragraph's sentences, or of the parts of one that a colon or semicolon divides."""
    part = text.text[paragraph.start : paragraph.end].translate(_SAME)
    cuts = [match.end() for match in _SENTENCE.finditer(part)]
    edges = [0, *cuts, len(part)]
    return tuple((paragraph.start + a, paragraph.start + b) for a, b in pairwise(edges) if b > a)


def _says(who: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{who}).*?(?:{speech.SAYS})|(?:{speech.SAYS}).*?(?:{who})", re.IGNORECASE | re.DOTALL)


def _speaker(plain: str) -> str:
    """The speaker and the document, as this text names them."""
    names = {name.split()[-1] for match in _BESIDE.finditer(plain) for name in match.groups() if name}
    return "|".join([speech.OFFICE, speech.DOCUMENT, *(rf"\b{re.escape(name)}\w{{0,3}}\b" for name in sorted(names))])


def _see(part: str, speaks: re.Pattern[str]) -> _Seen:
    outside = _QUOTED.sub(" ", part)
    sentences = _SENTENCE.split(outside)
    spoken = any(speaks.search(sentence) for sentence in sentences)
    return _Seen(
        spoken=spoken,
        continued=len(part.strip()) - len(outside.strip()) > len(part.strip()) * 0.7
        or any(_CONTINUES.search(sentence) for sentence in sentences),
        background=bool(_BACKGROUND.match(part)) or (not spoken and bool(_OTHERS_SAY.search(outside))),
    )


def _is_the_statement_itself(plain: str, body: list[Paragraph]) -> bool:
    """Whether the text speaks in the first person where nothing is quoted, as an official text does."""
    parts = [_QUOTED.sub(" ", plain[each.start : each.end]) for each in body]
    return sum(bool(_FIRST_PERSON.search(part)) for part in parts) * 3 > len(parts)
