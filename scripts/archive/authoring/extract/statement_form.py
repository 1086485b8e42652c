"""Find the form of what was issued: a statement, an appeal, an open letter, a speech, and so on."""

import re
from collections.abc import Iterator

from archive.authoring.extract.press_text import Finding, PressText

_MOST_PARAGRAPHS = 6  # further down a report speaks of other documents as well
_ISSUED = 4  # weight of saying that it was issued
_REFERRED = 2  # of calling what is reported by this name
_DOUBT_RATIO = 0.6  # of the best form's weight, for another one to be named too

_ISSUING = (
    r"(?:issu|mak|mad|releas|publish|sen[dt]|address|prepar|present|submit|adopt|writ|wrote|shar|post|disseminat|"
    r"deliver|record|giv|gave)\w*"
)
_SPEAKING = (
    r"(?:said|says|states?|stated|reads?|notes?|noted|added|stress\w+|emphasi\w+|listed|reports?|mention\w+|expressed|"
    r"include\w+|concluded|highlight\w+|call\w+)"
)
_OCCASION = (
    r"(?:an?|the|today['’]s)\b(?: [\w'’“”\"-]+){0,8}? (?:conference|meeting|event|session|ceremony|forum|summit|panel|"
    r"hearing|congress|seminar|workshop|round table|roundtable|assembly|briefing|delegation|training|commemoration)"
)
_NETWORK = r"(?:X|Twitter|Facebook|Instagram|Telegram|LinkedIn|social (?:media|networks?))\b"

# Documents by their names in English, and how Russian and Azerbaijani texts say that one was issued
_DOCUMENTS = {
    "report": (
        r"(?:annual |special |interim |ad[- ]hoc )?reports?",
        (
            r"\ba report addressed\b|\b(?:special|annual|interim|ad[- ]hoc) report\b",
            r"\b(?:представил|подготовил|направил)\w*(?: \w+){0,6} (?:доклад|отч[её]т)\w*|\bв (?:\w+ )?докладе\b",
            r"\b(?:illik |xüsusi )?(?:məruzə|hesabat)\w* (?:\w+ )?(?:təqdim|hazırla|göndər)\w*",
        ),
    ),
    "appeal": (
        r"(?:video )?(?:appeals?|petitions?)",
        (
            r"\bappeal(?:s|ed)? to\b",
            r"\bобратил\w+ (?:с призывом |с обращением )?к\b|\b(?:с|в|о) (?:видео)?обращени(?:ем|и)\b(?! с\b)"
            r"|\b(?:распространил|направил)\w* (?:\w+ )?обращени\w+",
            r"\bmüraciət (?:ed|et|ünvanla|göndər|yay)\w*|\bmüraciət(?:də|ində)\b|\bçağırış ed\w+",
        ),
    ),
    "letter": (
        r"(?:\w+ )?letters?",
        (
            r"\b(?:направил|адресовал|отправил)\w*(?: \w+){0,3} письм\w+|\bв (?:\w+ )?письме\b",
            r"\bməktub(?: \w+)? (?:göndər|ünvanla)\w*|\bməktub(?:da|unda)\b",
        ),
    ),
    "statement": (
        r"(?:joint |special |press )?statements?",
        (
            r"\bstatement of the (?:commissioner|ombuds)",
            r"\b(?:выступил\w* с|распространил\w*|сделал\w*|опубликовал\w*|выпустил\w*) (?:\w+ )?заявлени\w+"
            r"|\bв (?:\w+ )?заявлении\b",
            r"\bbəyanat (?:ver|yay|ünvanla|səslən)\w*|\bbəyanat(?:da|ında)\b",
        ),
    ),
}
_FORMS: dict[str, tuple[tuple[str, int], ...]] = {
    "open-letter": ((r"\bopen (?:\w+ )?letters?\b|\bоткрыт\w+ письм\w+|\baçıq məktub\w*", _ISSUED + _REFERRED),),
    "interview": (
        (r"\bin (?:an|her|his) (?:exclusive )?interview\b|\binterview(?:ed)? (?:with|by|to)\b", _ISSUED),
        (r"\bexclusive interview\b|\bв (?:эксклюзивном )?интервью\b|\bmüsahibə\w*", _ISSUED),
        (r"\b(?:answer(?:ed|ing)|responding to) (?:\w+ ){0,3}(?:questions?|journalists?|reporters?)", _REFERRED),
    ),
    "post": (
        (r"\b(?:in|on) (?:a|her|his) (?:\w+ )?(?:post|tweet)\b|\btweeted\b", _ISSUED),
        (rf"\b(?:wrote|posted|shared)\b(?:\s+[\w'’-]+){{0,4}}?\s+{_NETWORK}", _ISSUED),
        (r"\bon (?:her|his|the \w+['’]s) (?:official )?(?:\w+ )?(?:page|account|profile)\b", _ISSUED),
        (
            r"\b(?:публикаци|пост)\w* (?:в|на) (?:соцсет|социальн|facebook|twitter|x\b)\w*|\bна своей странице\b"
            r"|\b(?:написала?|сообщила?|заявила?) (?:\w+ )?в (?:соцсет|социальной сет)\w*",
            _ISSUED,
        ),
        (r"\b(?:sosial şəbəkə|facebook|twitter|instagram|x)\w*[\"”]?(?: \w+){0,3} (?:hesab|səhifə|paylaş)\w*", _ISSUED),
    ),
    "speech": (
        (r"\b(?:her|his) (?:\w+ )?(?:speech|address|remarks|presentation)\b", _ISSUED),
        (
            r"\b(?:speaking|said|addressing|stated|noted|spoke|delivered|speech|remarks?)\b(?: (?!that\b)\w+){0,2}? "
            rf"(?:at|during|before|to) {_OCCASION}|\b(?:made|making) (?:the|these|her|his) remarks (?:at|during)\b",
            _ISSUED,
        ),
        (rf"\b(?:took part in|participat\w+ in|met with|received|attended) {_OCCASION}|\bmet with\b", _REFERRED),
        (r"\b(?:в|во время|в ходе) (?:своего |своей )?(?:выступлени|речи)\w*", _ISSUED),
        (r"\bвыступ(?:ая|ил\w*) (?:на|в|с речью|с докладом)\b", _ISSUED),
        (r"\bна (?:мероприяти|конференци|заседани|форум|церемони|собрани)\w*", _REFERRED),
        (r"\b(?:приняла участие|встретилась|во время (?:посещения|встречи|визита))\b", _REFERRED),
        (r"\bçıxış(?:ı|ında|ınd\w+| ed\w+| zamanı)\b", _ISSUED),
        (r"\b(?:konfrans|toplantı|tədbir|görüş|iclas)\w* (?:\w+ ){0,4}(?:çıxış|deyib|bildirib|iştirak)\w*", _REFERRED),
    ),
    **{
        form: (
            (rf"\b{_ISSUING}\b(?:\s+[\w'’-]+){{0,4}}?\s+{noun}\b", _ISSUED),
            (rf"\b(?:in (?:a|an|her|his|the)\s+(?:\w+\s+)?|her\s+){noun}\b", _REFERRED),
            (rf"\b(?:said|says|reads|according to)\s+(?:in\s+)?the\s+{noun}\b", _REFERRED),
            (rf"\b(?:the|this)\s+{noun}\s+(?:also |further )?(?:was|is|has been|aims|{_SPEAKING})\b", _REFERRED),
            *((pattern, _ISSUED) for pattern in others),
        )
        for form, (noun, others) in _DOCUMENTS.items()
    },
}  # fmt: skip
_PATTERNS = {
    form: [(re.compile(pattern, re.IGNORECASE), weight) for pattern, weight in patterns]
    for form, patterns in _FORMS.items()
}
_OF_OTHERS = re.compile(r"\w+\s+(?:of|by|from|made by)\s+(?:the\s+)?(?!commissioner|ombuds)", re.IGNORECASE)
_QUOTATION = re.compile(r"[\"“«„][^\"“”«»„]*[\"”»“]")
_SECOND_STATEMENT = re.compile(
    r"\b(?:in|with) (?:a separate|another|a second|one more) (?:statement|appeal|letter|report)"
    r"|\btwo (?:statements|appeals)\b|\b(?:в|с) другом заявлении\b|\bdigər (?:bəyanat|müraciət)\w*",
    re.IGNORECASE,
)


def find_form(press: PressText) -> list[Finding]:
    """Return the form, with the place that shows it.

    It is in doubt if the text shows two forms, or none: then it is "statement". That the text reports two statements,
    which are two records, is in doubt too.
    """
    text = _without_quotations(press)
    found = {form: list(_matches(press, text, form)) for form in _FORMS}
    weights = {form: sum(weight for _, weight in places) for form, places in found.items() if places}
    if "open-letter" in weights:  # what is then called the letter is this one
        weights["open-letter"] += weights.pop("letter", 0)
    if weights:
        best = max(weights, key=lambda form: (weights[form], -found[form][0][0].start()))
        rivals = sorted(form for form in weights if form != best and weights[form] >= _DOUBT_RATIO * weights[best])
        doubt = f"the text also speaks of: {', '.join(rivals)}" if rivals else ""
        place = max(found[best], key=lambda match: match[1])[0].span()
    else:
        best, place, doubt = "statement", (0, 0), "the text does not say what was issued"
    findings = [Finding(field="form", value=best, start=place[0], end=place[1], doubt=doubt)]
    if match := _SECOND_STATEMENT.search(press.text):
        doubt = "it seems to report more than one statement: each is a record of its own, related as same-report"
        findings.append(Finding(field="related", value=None, start=match.start(), end=match.end(), doubt=doubt))
    return findings


def _matches(press: PressText, text: str, form: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield where the text calls what was issued by this form's names, with the weight; each pattern once a paragraph.

    A headline has little weight: it is short, and calls everything an appeal.
    """
    head = max((paragraph.end for paragraph in press.paragraphs if paragraph.number == 0), default=0)
    for pattern, weight in _PATTERNS[form]:
        paragraphs: set[int] = set()
        for match in pattern.finditer(text):
            paragraph = text.count("\n", 0, match.start())
            last_word = match.end() - len(match[0].split()[-1])
            of_others = weight == _REFERRED and _OF_OTHERS.match(text, last_word)
            if paragraph not in paragraphs and not of_others:
                paragraphs.add(paragraph)
                yield match, 1 if match.start() < head else weight


def _without_quotations(press: PressText) -> str:
    """Return the opening of the text with quotations blanked, so that offsets stay."""
    end = max((paragraph.end for paragraph in press.paragraphs if paragraph.number <= _MOST_PARAGRAPHS), default=0)
    return _QUOTATION.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), press.text[:end])
