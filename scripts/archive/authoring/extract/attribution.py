"""PressText -> the paragraphs that belong to the statement, told apart from what the outlet adds as its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.authoring.extract import lexicon
from archive.authoring.extract.press_text import Paragraph, PressText

_SAME = str.maketrans(
    "\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u00a0\u2011", '\'\'""""" -'
)  # one for one: places stay
_SENTENCE = re.compile(
    r"(?<=[.!?:;])(?<!\b[A-ZƏА-Я]\.)(?<!\bM[rs]\.)(?<!\bMrs\.)[\"')\]]*\s+(?=[\"'(\[]*[^\W\d_a-zа-яё])"
)

_SAYS = re.compile(lexicon.SAYS, re.IGNORECASE)
_PRONOUN = re.compile(lexicon.PRONOUN, re.IGNORECASE)
_IMPERSONAL = re.compile(lexicon.IMPERSONAL, re.IGNORECASE)
_OTHERS_SAY = re.compile(rf"(?:{lexicon.OTHERS})[^.\"]{{0,80}}(?:{lexicon.SAYS})", re.IGNORECASE)
_BACKGROUND = re.compile(rf"\W*(?:{lexicon.BACKGROUND})", re.IGNORECASE)
_PERHAPS_BACKGROUND = re.compile(rf"\W*(?:{lexicon.PERHAPS_BACKGROUND})", re.IGNORECASE)
_HEADED = re.compile(lexicon.HEADED, re.IGNORECASE | re.DOTALL)
_BACK = re.compile(lexicon.BACK, re.IGNORECASE)
_MARKS = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')
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

    named: bool  # it names the speaker
    back: bool  # it says that the words before it are the speaker's
    spoken: bool  # it says that the speaker or the document says so
    continued: bool  # it is mostly a quotation, or says that someone not named in it says so
    background: bool  # it begins as an outlet's background does, or gives another's words


def attributed(text: PressText) -> frozenset[int]:
    """The numbers of the paragraphs that give the statement, or words or deeds of its speaker.

    A paragraph between two such goes with them, unless it begins as background does. What follows the last of them, and
    what precedes the first, is the outlet's own; but where only one says whose words it gives, what follows it is the
    statement. A text headed as a statement or written in the first person is the statement itself, and so is one that
    nowhere says whose words it gives: all of it.
    """
    body = [paragraph for paragraph in text.paragraphs if paragraph.number]
    plain = text.text.translate(_SAME)
    if _is_the_statement_itself(plain, text.paragraphs):
        return frozenset(paragraph.number for paragraph in body)
    speaker = _speaker(plain)
    found: set[int] = set()
    waiting: list[int] = []  # between what is attributed and what may follow
    before: list[int] = []  # with nothing that says whose words they are, unless what follows points back to them
    theirs = False  # whether the words before this paragraph are the speaker's
    mark = ""  # of the quotation that no paragraph has closed yet
    said = 0  # paragraphs that say whose words they give
    for paragraph in body:
        seen = _see(plain[paragraph.start : paragraph.end], speaker)
        quoted = bool(mark)
        mark = _still_open(text.text[paragraph.start : paragraph.end], mark)
        if seen.background and not quoted:
            theirs = False
            before.clear()
            waiting.clear()
        elif seen.spoken or (theirs and (seen.continued or quoted)) or (paragraph is body[0] and seen.named):
            said += seen.spoken or seen.continued
            theirs = True
            found.update(waiting, [paragraph.number], before if seen.back else ())
            waiting.clear()
            before.clear()
        elif theirs or seen.continued:  # the speaker may be named after the words
            waiting.append(paragraph.number)
        else:
            before.append(paragraph.number)
    if not found:
        return frozenset(paragraph.number for paragraph in body)
    return frozenset(found.union(waiting) if said == 1 else found)


def sentences(text: PressText, paragraph: Paragraph) -> tuple[tuple[int, int], ...]:
    """The places of a paragraph's sentences, or of the parts of one that a colon or semicolon divides."""
    part = text.text[paragraph.start : paragraph.end].translate(_SAME)
    cuts = [match.end() for match in _SENTENCE.finditer(part)]
    edges = [0, *cuts, len(part)]
    return tuple((paragraph.start + a, paragraph.start + b) for a, b in pairwise(edges) if b > a)


def _speaker(plain: str) -> re.Pattern[str]:
    """The speaker and the document, as this text names them."""
    names = {name.split()[-1] for match in _BESIDE.finditer(plain) for name in match.groups() if name}
    named = (rf"\b{re.escape(name)}\w{{0,3}}\b" for name in sorted(names))
    return re.compile("|".join([lexicon.OFFICE, lexicon.DOCUMENT, *named]), re.IGNORECASE)


def _see(part: str, speaker: re.Pattern[str]) -> _Seen:
    outside = _QUOTED.sub(" ", part)
    sentences = _SENTENCE.split(outside)
    spoken = any(speaker.search(sentence) and _SAYS.search(sentence) for sentence in sentences)
    told = any(
        _IMPERSONAL.search(sentence) or (_PRONOUN.search(sentence) and _SAYS.search(sentence)) for sentence in sentences
    )
    mostly_quoted = len(part.strip()) - len(outside.strip()) > len(part.strip()) * 0.7
    return _Seen(
        named=bool(speaker.search(outside)),
        back=any(_BACK.search(each) and speaker.search(each) and _SAYS.search(each) for each in sentences),
        spoken=spoken,
        continued=told or mostly_quoted,
        background=bool(_BACKGROUND.match(part))
        or (not spoken and not told and bool(_PERHAPS_BACKGROUND.match(part)))
        or (not spoken and bool(_OTHERS_SAY.search(outside))),
    )


def _still_open(part: str, mark: str) -> str:
    """The mark of the quotation that is open after this paragraph; within one, a straight mark opens nothing."""
    for found in _MARKS.findall(part):
        if found in "\u201c\u201e\u00ab" and not (found == "\u201c" and mark == "\u201e"):
            mark = found
        elif found != '"' or mark == '"':
            mark = ""
        else:
            mark = mark or '"'
    return mark


def _is_the_statement_itself(plain: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the text is headed as a statement, or speaks in the first person where nothing is quoted."""
    if any(_HEADED.match(plain, each.start, each.end) for each in paragraphs[:2]):
        return True
    parts = [_QUOTED.sub(" ", plain[each.start : each.end]) for each in paragraphs if each.number]
    return sum(bool(_FIRST_PERSON.search(part)) for part in parts) * 3 > len(parts)
