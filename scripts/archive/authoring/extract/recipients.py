"""Find to whom a statement was sent, to whom it appeals and on whom it calls, and what it asks of whom."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from archive.authoring.extract import lexicon
from archive.authoring.extract.attribution import attributed
from archive.authoring.extract.names import NamedAuthority, nearest
from archive.authoring.extract.press_text import Finding, PressText, first_words
from archive.model.records import Archive


class _Kind(IntEnum):
    """How the text speaks of the addressees, the plainest first."""

    SENT = 1  # the statement was sent or addressed to them
    APPEALED = 2  # it appeals to them
    CALLED = 3  # it calls on them to do something
    SHOULD = 4  # it says that they should


_MASK = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands in `_Appeal.masked` for each character of a name
_DOCUMENT = r"(?:statement|appeal|petition|letter|document|report|message|address|complaint|inquiry|post|note)"
_SENT = (
    r"(?:sent|addressed|submitted|forwarded|directed|delivered|distributed|circulated|presented|conveyed|issued"
    r"|released)"
)
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*(?:[\"”»]|\Z)")
_LONGEST_LIST = 3_000  # characters of a list
_TO_DO = rf"\b(?=[^.\"“”]{{0,200}}?(?:{_MASK}|\w)\s+(?:to|will|should|must)\s)"

# What the addressees follow; those of a quotation are asked something, but it was not sent to them
_LIST_FOLLOWS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (_Kind.SENT, rf"\b{_DOCUMENT}\b[^.\"“”:;]{{0,60}}?\b{_SENT}\b(?:\s+\w+){{0,2}}?\s+to\b:?"),
        (_Kind.SENT, rf"\b(?:it|which)\s+(?:was|has been|is)\s+(?:also\s+)?{_SENT}\s+to\b:?"),
        (_Kind.SENT, rf"\b(?:{_SENT}|wrote|written|made|prepared|sends|addresses|writes|sending|addressing)\s+"
                     rf"(?:\w+\s+){{0,4}}?{_DOCUMENT}\b[^.,\"“”:;]{{0,40}}?\s+to\b:?"),
        (_Kind.SENT, rf"\b(?:open|official|written)\s+{_DOCUMENT}\s+to\b:?|\bwr(?:ote|ites)\s+to\b"),
        (_Kind.SENT, rf"\b(?:an?|the|this|her)\s+{_DOCUMENT}\b(?:(?![.!?]\s)[^\"“”]){{0,250}}?\band\s+{_SENT}\s+to\b"),
        (_Kind.SENT, r"\bнаправ(?:ил[аи]?|лен[аоы]?|ляет|ив)\b(?!\s+на\b(?!\s+имя))(?:\s+(?:\w+\s+){0,2}"
                     r"(?:обращени|письм|отч[её]т|доклад|заявлени)\w*)?(?:\s+(?:в адрес|на имя|в|к))?"),
        (_Kind.SENT, r"\bадресован\w*(?:\s+к)?"),
        (_Kind.APPEALED, r"(?<!repeated )(?<!numerous )(?<!our )(?<!these )"
                         r"\b(?:appeal(?:ed|s|ing)?|appl(?:ied|ies)|turn(?:ed|s))\s+(?:\w+ly\s+)?to\b"),
        (_Kind.APPEALED, rf"\baddress(?:ed|es|ing)\b(?=\s+(?:the\s+)?{_MASK})"),
        (_Kind.APPEALED, r"\bобра(?:ти|ща)\w+(?:\s+с\s+(?:\w+\s+)?\w+)?\s+(?:к|в)\b|\bобращени\w+\s+к\b"),
        (_Kind.CALLED, r"\bcall(?:ed|s|ing)?\s+(?:once\s+)?(?:again\s+)?(?:up)?on\b|\burg(?:e|ed|es|ing)\b"),
        (_Kind.CALLED, rf"\bcall(?:ed|s|ing)?(?=\s+(?:(?:all|the|relevant)\s+){{0,2}}{_MASK})"),
        (_Kind.CALLED, r"\b(?:necessity|need|importance|necessary|important)\s+(?:for|of)\b"
                       rf"(?=[^.\"“”]{{0,200}}?{_MASK}\s+(?:to|giving)\s)"),
        (_Kind.CALLED, r"\b(?:ask|asked|asks|invit(?:e|ed|es|ing)|request(?:ed|s)?|demand(?:ed|s)?|encourag(?:e|ed|es)"
                       rf"|expect(?:ed|s)?|call(?:ed|s|ing)?\s+for|hop(?:e|ed|es)\s+that|demand(?:ed|s)?\s+that){_TO_DO}"),
        (_Kind.CALLED, r"\b(?:dr[ae]ws?|call(?:ed|s|ing)?|drawing)\s+the\s+attention\s+of\b"),
        (_Kind.CALLED, r"\bпризва\w+|\bпризыва\w+|\bпризвать"),
    )
)  # fmt: skip
_FIRST_PERSON = re.compile(r"\b(?:i|we)\s+(?:\w+\s+){0,3}?(?:appeal|address|apply)\s+(?:\w+ly\s+)?to\b", re.IGNORECASE)
# If these stand right before the verb, the appeal is theirs
_OTHER_SPEAKER = re.compile(
    rf"(?:{lexicon.OTHER_SPEAKERS}|{lexicon.PEOPLE_WHO_SPEAK})(?:(?!\band\b|[,.;\"“”]).)*\Z", re.IGNORECASE | re.DOTALL
)
_BEFORE_VERB = 60  # characters before the verb
# Where the list ends: at what is asked of them, what it is about, who reports it
_LIST_END = re.compile(
    r"[.!?](?:[\"”']|\s|\Z|(?=(?-i:[A-ZА-Я]\w)))|[\"“”«»]|\s[-–—]\s|:\s"
    r"|,\s+(?:a|his|her|the)\s+(?:source|website|press)\b|,\s+\w+\s+(?:reports?|informs)\b"
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
# In Azerbaijani the addressees stand before the verb: in the dative or, of those called on, in the accusative
_LIST_PRECEDES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (_Kind.SENT, r"\b(?:göndər|ünvanla|təqdim\s+ed)\w*"),
        (_Kind.APPEALED, r"\b(?:müraciət\s+(?:ed|et|olun)|müraciətlə|çağırış\s+ed)\w*"),
        (_Kind.CALLED, r"\b(?:səslən|səsləy|çağır)(?:ıb|ir|irik|irəm|ib|ır|ırıq|ıram|ırıb|mışdır|dı)\w*"),
    )
)
_LIST_START = re.compile(r"[.!?]\s|[\"“”«»]|\bolaraq\b|\b\w+(?:araq|ərək)\b|\bedir,", re.IGNORECASE)
_SHOULD = re.compile(
    rf"({_MASK}+)(?:\s+(?:should|must|have\s+to|has\s+to|needs?\s+to)\b|[^.!?\"“”]{{0,200}}?\w+m[ae]l[ıi]dır\b"
    rf"|[^.!?\"“”]{{0,200}}?\w+məlidir\b)",
    re.IGNORECASE,
)

# Words that make a phrase the name of a body, or of an office in one
_BODY_NOUN = (
    r"(?:commission(?:er)?|committee|council|group|assembly|secretary|secretariat|rapporteur|office|representative|court"
    r"|parliament|association|network|bureau|fund|program(?:me)?|agency|mission|institute|federation|union|alliance"
    r"|organi[sz]ation|chair(?:man|person)|president|minister|ministry|member|states|ombudsman|envoy|convention|charter"
    r"|resolution|foundation|cross|watch|international|forum|league|leader)s?"
)
_OFFICERS = (  # "the leadership of UNICEF" is UNICEF
    r"(?:leadership|heads?|leaders?|secretar(?:y|ies)[\s-]general|presidents?|chair\w*|directors?[\s-]general|management"
    r"|offices?|officials|secretariat)"
)
_OFFICER = re.compile(r"(?:commissioner|secretary[\s-]general|general\s+secretary|president|rapporteur)\Z", re.I)
_OF = r"\s+(?:of|for|to|in|at)\s+(?:the\s+)?"
_OFFICERS_OF = re.compile(rf"\b{_OFFICERS}{_OF}(?:{_MASK}+[,\s]+(?:and\s+)?(?:the\s+)?)*\Z", re.IGNORECASE)
_SENIOR = re.compile(r"\s+(?:senior\s+)?(?:officials|leadership|leaders|heads)\b")
# What makes a name part of another's, before and after it
_WITHIN = re.compile(
    rf"\b{_BODY_NOUN}(?:\s+(?!and\b)\w+){{0,4}}?{_OF}\Z|\bmember\s+\Z|{_MASK}\s+of\s+(?:the\s+)?\Z", re.IGNORECASE
)
_CAPITAL_BEFORE = re.compile(r"(?<!\. )(?<!\A)\b[A-Z]\w+\s\Z")
_CAPITAL_AFTER = re.compile(r"(?:['’]s)?\s+[A-Z]\w")
_BODY_AFTER = re.compile(rf"(?:['’]s)?\s+(?:(?:[A-Z][\w-]*|on|for|of)\s+){{0,4}}?(?i:{_BODY_NOUN})\b")
_SMALL_AFTER = re.compile(r"\s+(?!and\b|or\b|as\b|in\b|of\b|to\b|for\b|also\b|including\b|abroad\b)[a-z]\w+")
_VERB = re.compile(r"\s+(?:that|it|how|why)\b")  # "the letter states that"
_GENITIVE = re.compile(r"(?<=[ıiuü]n)\s+(?!rəhbər|lider|baş\s+kat)[A-ZƏÖÜÇŞĞİ]\w+")
_OF_NAMED = re.compile(rf"\s+of\s+(?:the\s+)?{_MASK}")
_OF_THAT_ORGANIZATION = re.compile(r"\s+of\s+(?:the|this|that)\s+(?:\w+\s+)?organi[sz]ation\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"\s+of\s+(?:the\s+)?[A-ZƏÖÜÇŞĞİ]")
_CLASSES = ("class", "diplomatic-mission", "public", "states")  # kinds of addressees that are several bodies
_AROUND_NAME = 200  # characters before and after a name that may make it part of another
_EARLIER_NAMES = 100  # names before, among which the body is looked for

_ITEMS = re.compile(r"(?:,|;|\band\b|\bas well as\b|\bincluding\b|\bи\b|\bа также\b|\bvə\b)+")
_PERSON = re.compile(r"\s*(?:(?:Mr|Ms|Mrs|Dr)\.?\s+)?[A-Z][\w.-]+(?:\s+[A-Z][\w.-]+){1,2}\s*")
_IS_BODY = re.compile(rf"\b{_BODY_NOUN}\b", re.IGNORECASE)
_IS_HEADED = re.compile(rf"\W*(?:{_OFFICERS}\b|{_MASK}+\s+of\b)", re.IGNORECASE)
_CAPITAL = re.compile(r"\b[A-ZƏÖÜÇŞĞİА-Я]\w")
_OFFICE = re.compile(lexicon.OFFICE, re.IGNORECASE)
_ARTICLE = re.compile(r"\A\W*(?:the\s+)?")
_DATIVE = re.compile(r"[aə](?!\w)")
_ACCUSATIVE = re.compile(r"[aəıiuü](?!\w)")
_REST_OF_WORD = re.compile(r"\w*(?:-\w+)?")
_FEWEST_IN_LIST = 3  # addressees in one sentence that make it the list, and other sentences its summary
_ONLY_SHOULD = "the text says what they should do, not that it is addressed to them"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Appeal:
    """The part of a sentence that lists addressees, from `start` to `end`, with every name masked in `masked`."""

    kind: _Kind
    paragraph: int
    start: int
    end: int
    masked: str
    phrase: tuple[int, int]  # the place of the words that say so
    precedes_verb: bool = False  # as Azerbaijani has it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipient:
    """A recipient in a list: ids of addressees, or none and a doubt that names it."""

    ids: tuple[str, ...]
    start: int
    end: int
    doubt: str = ""


def find_addressees(text: PressText, archive: Archive, named: Sequence[NamedAuthority]) -> tuple[Finding, ...]:
    """Return each addressee once, in the order of the text, with those in doubt and those that no authority has.

    `named` are all names in the text.
    """
    addressed = [
        (appeal, recipient)
        for appeal in _appeals(text, named)
        for recipient in _recipients(text.text, archive, named, appeal)
    ]
    addressed = [(appeal, recipient) for appeal, recipient in addressed if appeal.paragraph] or addressed
    addressed = _without_summaries(archive, addressed)
    kind = min((appeal.kind for appeal, _ in addressed), default=_Kind.SENT)
    findings: dict[str, Finding] = {}
    for appeal, recipient in sorted(addressed, key=lambda pair: (pair[1].start, bool(pair[1].doubt))):
        if appeal.kind == kind:
            doubt = recipient.doubt or (_ONLY_SHOULD if kind == _Kind.SHOULD else "")
            for id in recipient.ids or (None,):
                finding = Finding(field="addressees", value=id, start=recipient.start, end=recipient.end, doubt=doubt)
                findings.setdefault(id or doubt, finding)
    return tuple(findings.values())


def find_requests(text: PressText, archive: Archive, named: Sequence[NamedAuthority]) -> tuple[Finding, ...]:
    """Return where something is asked, and of whom: the value is their ids. What is asked is left to the maintainer."""
    findings: dict[tuple[int, tuple[str, ...]], Finding] = {}
    for appeal in _appeals(text, named):
        if appeal.kind in (_Kind.CALLED, _Kind.SHOULD) and appeal.paragraph:
            recipients = [recipient for recipient in _recipients(text.text, archive, named, appeal) if recipient.ids]
            if ids := tuple(dict.fromkeys(id for recipient in recipients for id in recipient.ids)):
                doubt = "; ".join(dict.fromkeys(recipient.doubt for recipient in recipients if recipient.doubt))
                start, end = min(appeal.phrase[0], appeal.start), max(recipient.end for recipient in recipients)
                finding = Finding(field="requests", value=ids, start=start, end=end, doubt=doubt)
                findings.setdefault((appeal.paragraph, ids), finding)
    return tuple(sorted(findings.values(), key=lambda finding: finding.start))


def _appeals(text: PressText, named: Sequence[NamedAuthority]) -> Iterator[_Appeal]:
    """Yield every appeal in the paragraphs of the statement and, as paragraph 0, in the title above them."""
    masked = list(text.text)
    for name in named:
        if name.ids("addressees"):
            masked[name.start : name.end] = _MASK * (name.end - name.start)
    paragraphs = attributed(text) | {0}
    for paragraph in text.paragraphs:
        if paragraph.number in paragraphs:
            part = "".join(masked[paragraph.start : paragraph.end])
            for kind, (start, end), (first, last), precedes in _lists_in(part):
                yield _Appeal(
                    kind=kind,
                    paragraph=paragraph.number,
                    start=paragraph.start + start,
                    end=paragraph.start + end,
                    masked=part[start:end],
                    phrase=(paragraph.start + first, paragraph.start + last),
                    precedes_verb=precedes,
                )


def _lists_in(part: str) -> Iterator[tuple[_Kind, tuple[int, int], tuple[int, int], bool]]:
    """Yield the place of each list of addressees in a paragraph, and that of the words that say so."""
    unquoted = _QUOTED.sub(lambda match: " " * len(match[0]), part)
    for kind, pattern in (*_LIST_FOLLOWS, (_Kind.APPEALED, _FIRST_PERSON)):
        for match in pattern.finditer(part if kind == _Kind.CALLED or pattern is _FIRST_PERSON else unquoted):
            if not _OTHER_SPEAKER.search(part, max(0, match.start() - _BEFORE_VERB), match.start()):
                most = min(len(part), match.end() + _LONGEST_LIST)
                end = _LIST_END.search(part, match.end(), most)
                yield kind, (match.end(), end.start() if end else most), match.span(), False
    for kind, pattern in _LIST_PRECEDES:
        for match in pattern.finditer(part):
            first = max(0, match.start() - _LONGEST_LIST)
            starts = (boundary.end() for boundary in _LIST_START.finditer(part, first, match.start()))
            yield kind, (max(starts, default=first), match.start()), match.span(), True
    for match in _SHOULD.finditer(part):
        yield _Kind.SHOULD, match.span(1), match.span(), False


def _recipients(text: str, archive: Archive, named: Sequence[NamedAuthority], appeal: _Appeal) -> Iterator[_Recipient]:
    """Yield every recipient in the list of this appeal; `named` are all names in the text, in order."""
    items = _items(appeal)
    with_addressee: set[int] = set()  # items in which an addressee was found
    others: dict[int, tuple[int, int]] = {}  # items with a name that is part of another's
    is_office = False  # whether the name is an office in the body named next: "Secretary General of the OSCE"
    first = bisect_left(named, appeal.start, key=lambda name: name.start)
    for n in range(first, bisect_left(named, appeal.end, key=lambda name: name.start)):
        name = named[n]
        ids = name.ids("addressees")
        item = next(i for i, (_, end) in enumerate(items) if name.start < end)
        of_office, is_office = is_office, bool(name.partial and _OF_NAMED.match(appeal.masked, name.end - appeal.start))
        if not ids or is_office or (appeal.precedes_verb and not _has_case(text, name, appeal)):
            continue
        parent_named = not name.partial or _is_parent_named(text, archive, named[max(0, n - _EARLIER_NAMES) : n], name)
        if (not of_office and _is_part_of_another(text, archive, appeal, name)) or (
            not parent_named and _OF_ANOTHER.match(text, name.end)
        ):
            others.setdefault(item, (name.start, name.end))
            continue
        with_addressee.add(item)
        words = text[name.start : name.end]
        doubt = "" if parent_named else f"of which body {words!r} is part is not said"
        if name.words > 1 and words.islower() and _is_one_body(archive, name):
            ids, doubt = (), f"{words!r}: whether {' or '.join(ids)} is meant is not clear"
        yield _Recipient(ids=ids, start=name.start, end=name.end, doubt=doubt)
    for item, (start, end) in enumerate(items) if appeal.kind != _Kind.SHOULD else ():
        if item not in with_addressee and (item in others or _looks_like_body(appeal, items, item)):
            near = nearest(text[start:end], archive.addressees)
            yield _Recipient(ids=(), start=start, end=end, doubt=f"not matched: {first_words(text[start:end])}{near}")


def _items(appeal: _Appeal) -> list[tuple[int, int]]:
    """Return the places of the items of a list."""
    cuts = [match.span() for match in _ITEMS.finditer(appeal.masked)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(appeal.masked)]
    return [(appeal.start + start, appeal.start + end) for start, end in zip(starts, ends, strict=True)]


def _is_part_of_another(text: str, archive: Archive, appeal: _Appeal, named: NamedAuthority) -> bool:
    """Return whether the name is only part of another body's: "OSCE Minsk Group", "member states of the OIC"."""
    before, after = appeal.masked[: named.start - appeal.start], appeal.masked[named.end - appeal.start :]
    if appeal.precedes_verb:
        return bool(_GENITIVE.match(text, named.end))
    one_body = _is_one_body(archive, named)
    if (named.words == 1 and _VERB.match(text, named.end)) or (
        one_body and _SMALL_AFTER.match(after) and not _SENIOR.match(after)
    ):
        return True
    officer = bool(_OFFICER.search(text[named.start : named.end]))  # whose own name may follow
    follows = _CAPITAL_AFTER if one_body and not officer else _BODY_AFTER
    if _MASK not in after[:2] and follows.match(text[named.end : named.end + _AROUND_NAME].partition("\n\n")[0]):
        return True
    near = before[-_AROUND_NAME:]
    is_short = one_body or named.words == 1  # "Turkic States"
    return not _OFFICERS_OF.search(near) and bool(_WITHIN.search(near) or (is_short and _CAPITAL_BEFORE.search(near)))


def _is_one_body(archive: Archive, named: NamedAuthority) -> bool:
    """Return whether it names a body, and not a class of them."""
    return all(archive.addressees[id].kind not in _CLASSES for id in named.ids("addressees"))


def _is_parent_named(text: str, archive: Archive, earlier: Sequence[NamedAuthority], partial: NamedAuthority) -> bool:
    """Return whether the body of which this is part was named before, itself or by another part of it."""
    parents = {archive.addressees[id].parent for id in partial.ids("addressees")}
    before = (id for name in earlier if not name.partial for id in name.ids("addressees"))
    is_named = any(id in parents or archive.addressees[id].parent in parents for id in before)
    of_that = _OF_THAT_ORGANIZATION.match(text, partial.end)
    return is_named and bool(of_that or not _OF_ANOTHER.match(text, partial.end))


def _has_case(text: str, named: NamedAuthority, appeal: _Appeal) -> bool:
    """Return whether an Azerbaijani list has the name in the case of addressees, or the heads of it."""
    word = _REST_OF_WORD.match(text, named.end)
    ending = text[named.end - 1 : word.end() if word else named.end]
    case = _ACCUSATIVE if appeal.kind == _Kind.CALLED else _DATIVE
    return bool(case.search(ending) or re.search(r"rəhbər|lider", text[named.end : appeal.end]))


def _looks_like_body(appeal: _Appeal, items: Sequence[tuple[int, int]], index: int) -> bool:
    """Return whether an item without the name of an authority is a body or state, and not the name of an officer."""
    start, end = (place - appeal.start for place in items[index])
    item = appeal.masked[start:end]
    if appeal.precedes_verb or _MASK in item or not _CAPITAL.search(item) or _OFFICE.search(item):
        return False
    if appeal.kind == _Kind.CALLED and not _CAPITAL.match(_ARTICLE.sub("", item)):
        return False
    before = appeal.masked[items[index - 1][0] - appeal.start : start] if index else ""
    officers = _MASK in before or _IS_HEADED.match(appeal.masked[end:])
    return not (officers and _PERSON.fullmatch(item) and not _IS_BODY.search(item))


def _without_summaries(
    archive: Archive, addressed: Sequence[tuple[_Appeal, _Recipient]]
) -> list[tuple[_Appeal, _Recipient]]:
    """Leave out classes that sum up what a list names, as "a statement to international organizations" does."""
    sent = [(appeal, recipient) for appeal, recipient in addressed if appeal.kind == _Kind.SENT]
    sizes = Counter(appeal.start for appeal, recipient in sent for _ in recipient.ids)
    if max(sizes.values(), default=0) < _FEWEST_IN_LIST:
        return list(addressed)
    return [
        (appeal, recipient)
        for appeal, recipient in addressed
        if sizes[appeal.start] >= _FEWEST_IN_LIST or any(archive.addressees[id].kind != "class" for id in recipient.ids)
    ]
