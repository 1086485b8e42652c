"""Find the form of what was issued: a statement, an appeal, an open letter, a speech, and so on."""

import re
from collections.abc import Iterator

from archive.authoring.extract.press_text import Finding, PressText

_MOST_PARAGRAPHS = 6  # further down a report speaks of other documents as well
_ISSUED = 4  # weight of saying that it was issued
_REFERRED = 2  # of calling what is reported by this name
_DOUBT_RATIO = 0.6  # of the best form's weight, for another one to be named too

_ISSUING_VERBS = (
    r"(?:issu|mak|mad|releas|publish|sen[dt]|address|prepar|present|submit|adopt|writ|wrote|shar|post|"
    r"disseminat|deliver|"
    r"record|giv|gave)\w*"
)
_FEW_WORDS = r"(?:\s+[\w'’-]+){0,4}?\s+"
_NOT_THAT = r"(?: (?!that\b)\w+){0,2}? "
_OCCASION = (
    r"(?:an?|the|today['’]s)\b(?: [\w'’“”\"-]+){0,8}? (?:conference|meeting|event|session|ceremony|"
    r"forum|summit|panel|hearing|"
    r"congress|seminar|workshop|round table|roundtable|assembly|briefing|delegation|training|commemoration)"
)
_NETWORK = r"(?:X|Twitter|Facebook|Instagram|Telegram|LinkedIn|social (?:media|networks?))\b"
_SPEECH_VERBS = (
    r"(?:said|says|states?|stated|reads?|notes?|noted|added|stress\w+|emphasi\w+|listed|reports?|mention\w+|expressed|"
    r"include\w+|concluded|highlight\w+|call\w+)"
)


def _document_patterns(nouns: str) -> tuple[tuple[str, int], ...]:
    """Return patterns of how a report speaks of a document that the speaker issued, with weights."""
    return (
        (rf"\b{_ISSUING_VERBS}\b{_FEW_WORDS}(?:{nouns})\b", _ISSUED),
        (rf"\bin (?:a|an|her|his|the)\s+(?:\w+\s+)?(?:{nouns})\b", _REFERRED),
        (rf"\bher\s+(?:{nouns})\b", _REFERRED),
        (
            rf"\b(?:the|this)\s+(?:{nouns})\s+(?:also |further |in particular )?"
            rf"(?:was|is|has been|aims|{_SPEECH_VERBS})\b",
            _REFERRED,
        ),
        (rf"\b(?:said|says|reads|according to)\s+(?:in\s+)?the\s+(?:{nouns})\b", _REFERRED),
    )


_FORMS: dict[str, tuple[tuple[str, int], ...]] = {
    "open-letter": (
        (r"\bopen (?:\w+ )?letters?\b", _ISSUED + _REFERRED),
        (r"\bоткрыт\w+ письм\w+", _ISSUED + _REFERRED),
        (r"\baçıq məktub\w*", _ISSUED + _REFERRED),
    ),
    "interview": (
        (
            r"\b(?:in (?:an|her|his) (?:exclusive )?interview|interview(?:ed)? (?:with|by|to)|"
            r"exclusive interview)\b",
            _ISSUED,
        ),
        (r"\bв (?:эксклюзивном )?интервью\b", _ISSUED),
        (r"\bmüsahibə\w*", _ISSUED),
        (r"\b(?:answer(?:ed|ing)|responding to) (?:\w+ ){0,3}(?:questions?|journalists?|reporters?)", _REFERRED),
    ),
    "post": (
        (
            rf"\b(?:in|on) (?:a|her|his) (?:\w+ )?(?:post|tweet)\b|\btweeted\b|\b(?:wrote|posted|"
            rf"shared)\b{_FEW_WORDS}{_NETWORK}",
            _ISSUED,
        ),
        (
            r"\bon (?:her|his|the ombudsman['’]s|the office['’]s) (?:official )?(?:\w+ )?(?:page|account|"
            r"profile)\b",
            _ISSUED,
        ),
        (
            r"\b(?:публикаци|пост)\w* (?:в|на) (?:соцсет|социальн|facebook|twitter|x\b)\w*|"
            r"\bна своей странице\b|\b(?:написала?|сообщила?|заявила?) (?:\w+ )?в (?:соцсет|социальной сет)\w*",
            _ISSUED,
        ),
        (r"\b(?:sosial şəbəkə|facebook|twitter|instagram|x)\w*(?: \w+){0,3} (?:hesab|səhifə|paylaş)\w*", _ISSUED),
    ),
    "speech": (
        (r"\b(?:her|his) (?:\w+ )?(?:speech|address|remarks|presentation)\b", _ISSUED),
        (
            rf"\b(?:speaking|said|addressing|stated|noted|spoke|delivered|speech|"
            rf"remarks?)\b{_NOT_THAT}(?:at|during|before|to) {_OCCASION}",
            _ISSUED,
        ),
        (r"\b(?:made|making) (?:the|these|her|his) remarks (?:at|during)\b", _ISSUED + _REFERRED),
        (
            rf"\b(?:took part in|participated in|participating in|met with|received|attended) {_OCCASION}|"
            rf"\bmet with\b",
            _REFERRED,
        ),
        (
            r"\b(?:в|во время|в ходе) (?:своего |своей )?(?:выступлени|речи)\w*|\bвыступ(?:ая|"
            r"ил\w*) (?:на|в|с речью|с докладом)\b",
            _ISSUED,
        ),
        (r"\bна (?:мероприяти|конференци|заседани|форум|церемони|собрани)\w*", _REFERRED),
        (r"\b(?:приняла участие|встретилась|во время (?:посещения|встречи|визита))\b", _REFERRED),
        (r"\bçıxış(?:ı|ında|ınd\w+| ed\w+)\b|\bçıxış zamanı\b", _ISSUED),
        (r"\b(?:konfrans|toplantı|tədbir|görüş|iclas)\w* (?:\w+ ){0,4}(?:çıxış|deyib|bildirib|iştirak)\w*", _REFERRED),
    ),
    "report": (
        *_document_patterns(r"(?:annual |special |interim |ad[- ]hoc )?reports?"),
        (r"\ba report addressed\b|\b(?:special|annual|interim|ad[- ]hoc) report\b", _ISSUED),
        (
            r"\b(?:представил\w*|подготовил\w*|направил\w*)(?: \w+){0,6} (?:доклад|отч[её]т)\w*|"
            r"\bв (?:\w+ )?докладе\b",
            _ISSUED,
        ),
        (r"\b(?:illik |xüsusi )?(?:məruzə|hesabat)\w* (?:\w+ )?(?:təqdim|hazırla|göndər)\w*", _ISSUED),
    ),
    "appeal": (
        *_document_patterns(r"(?:video )?appeals?"),
        (r"\bappeal(?:s|ed)? to\b", _ISSUED),
        (r"\bобратил\w+ (?:с призывом |с обращением )?к\b|\b(?:видео)?обращени\w+\b", _ISSUED),
        (r"\bmüraciət (?:ed|ünvanla|göndər|yay)\w*|\bmüraciət(?:də|ində)\b", _ISSUED),
    ),
    "letter": (
        *_document_patterns(r"(?:\w+ )?letters?"),
        (r"\b(?:направил\w*|адресовал\w*|отправил\w*)(?: \w+){0,3} письм\w+|\bв (?:\w+ )?письме\b", _ISSUED),
        (r"\bməktub(?: \w+)? (?:göndər|ünvanla)\w*|\bməktub(?:da|unda)\b", _ISSUED),
    ),
    "statement": (
        *_document_patterns(r"(?:joint |special |press )?statements?"),
        (r"\bstatement of the (?:commissioner|ombuds)", _ISSUED),
        (
            r"\b(?:выступил\w* с|распространил\w*|сделал\w*|опубликовал\w*) (?:\w+ )?заявлени\w+|"
            r"\bв заявлении\b",
            _ISSUED,
        ),
        (r"\bbəyanat (?:ver|yay|ünvanla|səslən)\w*|\bbəyanat(?:da|ında)\b", _ISSUED),
    ),
}  # fmt: skip
_PATTERNS = {
    form: [(re.compile(pattern, re.IGNORECASE), weight) for pattern, weight in patterns]
    for form, patterns in _FORMS.items()
}
_OF_OTHERS = re.compile(
    r"(?:statements?|reports?|letters?|speech|interview|appeal)\s+(?:of|by|from|"
    r"made by)\s+(?:the\s+)?(?!commissioner|ombuds)",
    re.IGNORECASE,
)
_QUOTATION = re.compile(r"[\"“«„][^\"“”«»„]*[\"”»“]")
_SECOND_STATEMENT = re.compile(
    r"\b(?:in|with) (?:a separate|another|a second|one more) (?:statement|appeal|letter|report)|"
    r"\btwo (?:statements|appeals)\b|"
    r"\b(?:в|с) другом заявлении\b|\bdigər bəyanat\w*|\bdigər müraciət\w*",
    re.IGNORECASE,
)


def find_form(press: PressText) -> list[Finding]:
    """Return the form, with the place that shows it.

    It is in doubt if the text shows two forms, or none: then it is "statement".
    """
    text = _without_quotations(press)
    matches_of = {form: list(_matches(press, text, form)) for form in _FORMS}
    weights = {form: sum(weight for _, weight in places) for form, places in matches_of.items() if places}
    if "open-letter" in weights:  # what is then called the letter is this one
        weights["open-letter"] += weights.pop("letter", 0)
    if not weights:
        doubt = "the text does not say what was issued"
        return [Finding(field="form", value="statement", start=0, end=0, doubt=doubt), *_doubt_of_several(press)]
    best = max(weights, key=lambda form: (weights[form], -matches_of[form][0][0].start()))
    rivals = [form for form in weights if form != best and weights[form] >= _DOUBT_RATIO * weights[best]]
    doubt = f"the text also speaks of: {', '.join(sorted(rivals))}" if rivals else ""
    first = max(matches_of[best], key=lambda match: match[1])[0]
    return [
        Finding(field="form", value=best, start=first.start(), end=first.end(), doubt=doubt),
        *_doubt_of_several(press),
    ]


def _matches(press: PressText, text: str, form: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield where the text calls what was issued by this form's names, with the weight; each pattern once a paragraph.

    A headline has little weight: it is short, and calls everything an appeal.
    """
    head = max((paragraph.end for paragraph in press.paragraphs if paragraph.number == 0), default=0)
    for pattern, weight in _PATTERNS[form]:
        paragraphs: set[int] = set()
        for match in pattern.finditer(text):
            paragraph = text.count("\n", 0, match.start())
            of_others = weight == _REFERRED and _OF_OTHERS.match(text, match.end() - len(match[0].split()[-1]))
            if paragraph not in paragraphs and not of_others:
                paragraphs.add(paragraph)
                yield match, 1 if match.start() < head else weight


def _without_quotations(press: PressText) -> str:
    """Return the opening of the text with quotations blanked, so that offsets stay."""
    end = max((paragraph.end for paragraph in press.paragraphs if paragraph.number <= _MOST_PARAGRAPHS), default=0)
    return _QUOTATION.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), press.text[:end])


def _doubt_of_several(press: PressText) -> Iterator[Finding]:
    """Yield a doubt if the text reports two statements, which are two records."""
    if match := _SECOND_STATEMENT.search(press.text):
        doubt = "it seems to report more than one statement: each is a record of its own, related as same-report"
        yield Finding(field="related", value=None, start=match.start(), end=match.end(), doubt=doubt)
