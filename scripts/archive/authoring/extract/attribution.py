"""Tell the paragraphs of the statement from those that the outlet adds as its own background."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.authoring.extract import lexicon
from archive.authoring.extract.press_text import Paragraph, PressText

_PLAIN_QUOTES = str.maketrans(
    "\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u00a0\u2011", '\'\'""""" -'
)  # one for one: places stay
_SENTENCE_START = re.compile(
    r"(?<=[.!?:;])(?<!\b[A-ZƏА-Я]\.)(?<!\bM[rs]\.)(?<!\bMrs\.)[\"')\]]*\s+(?=[\"'(\[]*[^\W\d_a-zа-яё])"
)

_SPEECH_VERBS = re.compile(lexicon.SPEECH_VERBS, re.IGNORECASE)
_PRONOUNS = re.compile(lexicon.PRONOUNS, re.IGNORECASE)
_IMPERSONAL_SPEECH = re.compile(lexicon.IMPERSONAL_SPEECH, re.IGNORECASE)
_OTHERS_SAY = re.compile(rf"(?:{lexicon.OTHER_SPEAKERS})[^.\"]{{0,80}}(?:{lexicon.SPEECH_VERBS})", re.IGNORECASE)
_BACKGROUND_OPENINGS = re.compile(rf"\W*(?:{lexicon.BACKGROUND_OPENINGS})", re.IGNORECASE)
_POSSIBLE_BACKGROUND_OPENINGS = re.compile(rf"\W*(?:{lexicon.POSSIBLE_BACKGROUND_OPENINGS})", re.IGNORECASE)
_STATEMENT_HEADING = re.compile(lexicon.STATEMENT_HEADING, re.IGNORECASE | re.DOTALL)
_POINTS_BACK = re.compile(lexicon.POINTS_BACK, re.IGNORECASE)
_QUOTATION_MARKS = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')
_FIRST_PERSON = re.compile(r"\b(?:we|our|i|my|мы|наш\w*|я|biz\w*|mən\w*)\b", re.IGNORECASE)
_QUOTATION = re.compile(r'"[^"]*(?:"|\Z)')
# "Human Rights Commissioner Sabina Aliyeva", "Sabina Aliyeva, Azerbaijan's Ombudsman": the name beside the office.
_NAME = r"[A-ZƏÖÜÇŞĞİА-Я]\w+"
_TITLE = r"(?i:ombuds(?:man|person|woman)|commissioner(?: for human rights)?|омбудсмен\w*|ombudsmanı?|müvəkkili?)"
_NAME_BESIDE_TITLE = re.compile(
    rf"\b{_TITLE}(?:\s?\([^)]*\))?(?:\s(?:of|for)\s[^,.\"]{{3,60}}?)?,?(?:\sM[rs]+\.?)?\s({_NAME}\s{_NAME})"
    rf"|({_NAME}\s{_NAME}),\s[^,.\"]{{0,60}}?{_TITLE}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cues:
    """What one paragraph tells about whose words it has."""

    names_speaker: bool
    points_back: bool  # it says that the words before it are the speaker's
    attributed: bool  # it says that the speaker or the document says so
    continued: bool  # it is mostly a quotation, or says that someone not named in it says so
    is_background: bool  # it begins as an outlet's background does, or gives another's words


def attributed(text: PressText) -> frozenset[int]:
    """Return the numbers of the paragraphs that give the statement, or words or deeds of its speaker.

    A paragraph between two such belongs to them, unless it begins as background does. What follows the last of them,
    and what precedes the first, is the outlet's own; but if only one says whose words it gives, what follows it is the
    statement. All paragraphs are the statement's in a text that is headed as a statement, is written in the first
    person, or nowhere says whose words it gives.
    """
    body = [paragraph for paragraph in text.paragraphs if paragraph.number]
    plain = text.text.translate(_PLAIN_QUOTES)
    if _is_statement_itself(plain, text.paragraphs):
        return frozenset(paragraph.number for paragraph in body)
    speaker = _speaker_pattern(plain)
    numbers: set[int] = set()
    waiting: list[int] = []  # between what is attributed and what may follow
    unattributed: list[int] = []  # with nothing that says whose words they are, unless what follows points back to them
    speaking = False  # whether the words before this paragraph are the speaker's
    mark = ""  # of the quotation that no paragraph has closed yet
    attributions = 0  # paragraphs that say whose words they give
    for paragraph in body:
        cues = _read_cues(plain[paragraph.start : paragraph.end], speaker)
        quoted = bool(mark)
        mark = _open_quotation(text.text[paragraph.start : paragraph.end], mark)
        if cues.is_background and not quoted:
            speaking = False
            unattributed.clear()
            waiting.clear()
        elif (
            cues.attributed
            or (speaking and (cues.continued or quoted))
            or (paragraph is body[0] and cues.names_speaker)
        ):
            attributions += cues.attributed or cues.continued
            speaking = True
            numbers.update(waiting, [paragraph.number], unattributed if cues.points_back else ())
            waiting.clear()
            unattributed.clear()
        elif speaking or cues.continued:  # the speaker may be named after the words
            waiting.append(paragraph.number)
        else:
            unattributed.append(paragraph.number)
    if not numbers:
        return frozenset(paragraph.number for paragraph in body)
    return frozenset(numbers.union(waiting) if attributions == 1 else numbers)


def sentences(text: PressText, paragraph: Paragraph) -> tuple[tuple[int, int], ...]:
    """Return the places of a paragraph's sentences, or of the parts of one that a colon or semicolon divides."""
    part = text.text[paragraph.start : paragraph.end].translate(_PLAIN_QUOTES)
    cuts = [match.end() for match in _SENTENCE_START.finditer(part)]
    edges = [0, *cuts, len(part)]
    return tuple((paragraph.start + start, paragraph.start + end) for start, end in pairwise(edges) if end > start)


def _speaker_pattern(plain: str) -> re.Pattern[str]:
    """Return a pattern of what this text calls the speaker and the document."""
    names = {name.split()[-1] for match in _NAME_BESIDE_TITLE.finditer(plain) for name in match.groups() if name}
    patterns = (rf"\b{re.escape(name)}\w{{0,3}}\b" for name in sorted(names))
    return re.compile("|".join([lexicon.OFFICE, lexicon.ISSUED_DOCUMENT, *patterns]), re.IGNORECASE)


def _read_cues(paragraph: str, speaker: re.Pattern[str]) -> _Cues:
    unquoted = _QUOTATION.sub(" ", paragraph)
    sentences = _SENTENCE_START.split(unquoted)
    attributed = any(speaker.search(sentence) and _SPEECH_VERBS.search(sentence) for sentence in sentences)
    continued = any(
        _IMPERSONAL_SPEECH.search(sentence) or (_PRONOUNS.search(sentence) and _SPEECH_VERBS.search(sentence))
        for sentence in sentences
    )
    mostly_quoted = len(paragraph.strip()) - len(unquoted.strip()) > len(paragraph.strip()) * 0.7
    return _Cues(
        names_speaker=bool(speaker.search(unquoted)),
        points_back=any(
            _POINTS_BACK.search(sentence) and speaker.search(sentence) and _SPEECH_VERBS.search(sentence)
            for sentence in sentences
        ),
        attributed=attributed,
        continued=continued or mostly_quoted,
        is_background=bool(_BACKGROUND_OPENINGS.match(paragraph))
        or (not attributed and not continued and bool(_POSSIBLE_BACKGROUND_OPENINGS.match(paragraph)))
        or (not attributed and bool(_OTHERS_SAY.search(unquoted))),
    )


def _open_quotation(paragraph: str, opening: str) -> str:
    """Return the mark of the quotation still open after this paragraph; in one, a straight mark opens nothing."""
    for sign in _QUOTATION_MARKS.findall(paragraph):
        if sign in "\u201c\u201e\u00ab" and not (sign == "\u201c" and opening == "\u201e"):
            opening = sign
        elif sign != '"' or opening == '"':
            opening = ""
        else:
            opening = opening or '"'
    return opening


def _is_statement_itself(plain: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether the text is headed as a statement, or is written in the first person outside quotations."""
    if any(_STATEMENT_HEADING.match(plain, paragraph.start, paragraph.end) for paragraph in paragraphs[:2]):
        return True
    parts = [
        _QUOTATION.sub(" ", plain[paragraph.start : paragraph.end]) for paragraph in paragraphs if paragraph.number
    ]
    return sum(bool(_FIRST_PERSON.search(part)) for part in parts) * 3 > len(parts)
