"""PressText -> where it says to whom the statement was sent, to whom it appeals, and on whom it calls."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from archive.authoring.extract import lexicon
from archive.authoring.extract.attribution import attributed
from archive.authoring.extract.names import Named
from archive.authoring.extract.press_text import Finding, PressText
from archive.model.records import Archive

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
_OTHERS = re.compile(
    rf"(?:{lexicon.OTHERS}|{lexicon.PEOPLE_WHO_SPEAK})(?:(?!\band\b|[,.;\"“”]).)*\Z", re.IGNORECASE | re.DOTALL
)
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


# Words that make a phrase the name of a body, or of an office in one.
_BODY = (
    r"(?:commission(?:er)?|committee|council|group|assembly|secretary|secretariat|rapporteur|office|representative|court"
    r"|parliament|association|network|bureau|fund|program(?:me)?|agency|mission|institute|federation|union|alliance"
    r"|organi[sz]ation|chair(?:man|person)|president|minister|ministry|member|states|ombudsman|envoy|convention|charter"
    r"|resolution|foundation|cross|watch|international|forum|league|leader)s?"
)
# "The leadership of UNICEF" is UNICEF.
_HEADS = (
    r"(?:leadership|heads?|leaders?|secretar(?:y|ies)[\s-]general|presidents?|chair\w*|directors?[\s-]general|management"
    r"|offices?|officials|secretariat)"
)
_OFFICER = re.compile(
    r"(?:commissioner|secretary[\s-]general|general\s+secretary|president|rapporteur)\Z", re.IGNORECASE
)
_OF = r"\s+(?:of|for|to|in|at)\s+(?:the\s+)?"
_HEADED = re.compile(rf"\b{_HEADS}{_OF}(?:{NAMED}+[,\s]+(?:and\s+)?(?:the\s+)?)*\Z", re.IGNORECASE)
_SENIOR = re.compile(r"\s+(?:senior\s+)?(?:officials|leadership|leaders|heads)\b")
# What makes a name part of another's.
_WITHIN = re.compile(
    rf"\b{_BODY}(?:\s+(?!and\b)\w+){{0,4}}?{_OF}\Z|\bmember\s+\Z|{NAMED}\s+of\s+(?:the\s+)?\Z", re.IGNORECASE
)
_CAPITAL_BEFORE = re.compile(r"(?<!\. )(?<!\A)\b[A-Z]\w+\s\Z")
_CAPITAL_AFTER = re.compile(r"(?:['’]s)?\s+[A-Z]\w")
_BODY_AFTER = re.compile(rf"(?:['’]s)?\s+(?:(?:[A-Z][\w-]*|on|for|of)\s+){{0,4}}?(?i:{_BODY})\b")
_SMALL_AFTER = re.compile(r"\s+(?!and\b|or\b|as\b|in\b|of\b|to\b|for\b|also\b|including\b|abroad\b)[a-z]\w+")
_VERB = re.compile(r"\s+(?:that|it|how|why)\b")  # "the letter states that"
_GENITIVE = re.compile(r"(?<=[ıiuü]n)\s+(?!rəhbər|lider|baş\s+kat)[A-ZƏÖÜÇŞĞİ]\w+")
# What tells of which body something is part.
_OF_NAMED = re.compile(rf"\s+of\s+(?:the\s+)?{NAMED}")
_OF_THAT = re.compile(r"\s+of\s+(?:the|this|that)\s+(?:\w+\s+)?organi[sz]ation\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"\s+of\s+(?:the\s+)?[A-ZƏÖÜÇŞĞİ]")
_CLASSES = ("class", "diplomatic-mission", "public", "states")  # kinds that are no one body
_NEXT = 200  # characters before and after a name that may make it part of another
_EARLIER = 100  # names before, among which the body is looked for

_ITEMS = re.compile(r"(?:,|;|\band\b|\bas well as\b|\bи\b|\bа также\b|\bvə\b)+")
_PERSON = re.compile(r"\s*(?:(?:Mr|Ms|Mrs|Dr)\.?\s+)?[A-Z][\w.-]+(?:\s+[A-Z][\w.-]+){1,2}\s*")
_IS_BODY = re.compile(rf"\b{_BODY}\b", re.IGNORECASE)
_IS_HEADED = re.compile(rf"\W*(?:{_HEADS}\b|{NAMED}+\s+of\b)", re.IGNORECASE)
_CAPITAL = re.compile(r"\b[A-ZƏÖÜÇŞĞİА-Я]\w")
_OFFICE = re.compile(lexicon.OFFICE, re.IGNORECASE)
_ARTICLE = re.compile(r"\A\W*(?:the\s+)?")
_DATIVE = re.compile(r"[aə](?!\w)")
_MOST_WORDS = 6  # of the text in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Someone in a list: ids of addressees, or none and a doubt that says who it is."""

    ids: tuple[str, ...]
    start: int
    end: int
    doubt: str = ""


def recipients(text: str, archive: Archive, named: Sequence[Named], appeal: Appeal) -> Iterator[Recipient]:
    """Each one in the list of this appeal; `named` are all the names in the text, in order."""
    items = _items(appeal)
    told: set[int] = set()  # items in which an addressee was found
    others: dict[int, tuple[int, int]] = {}  # items with a name that is part of another's
    headed = False  # whether the name before is an office's in this one: "Secretary General of the OSCE"
    first = bisect_left(named, appeal.start, key=lambda each: each.start)
    for n in range(first, bisect_left(named, appeal.end, key=lambda each: each.start)):
        each = named[n]
        ids = each.ids("addressees")
        item = next(i for i, (_, end) in enumerate(items) if each.start < end)
        of_head, headed = headed, bool(each.partial and _OF_NAMED.match(appeal.list, each.end - appeal.start))
        if not ids or headed or (appeal.before_verb and not _is_dative(text, each, appeal.end)):
            continue
        body_told = not each.partial or _body_is_told(text, archive, named[max(0, n - _EARLIER) : n], each)
        if (not of_head and _is_of_another(text, archive, appeal, each)) or (
            not body_told and _OF_ANOTHER.match(text, each.end)
        ):
            others.setdefault(item, (each.start, each.end))
            continue
        told.add(item)
        if each.words > 1 and text[each.start : each.end].islower() and _is_one(archive, each):
            doubt = f"{text[each.start : each.end]!r}: whether {' or '.join(ids)} is meant is not clear"
            yield Recipient(ids=(), start=each.start, end=each.end, doubt=doubt)
            continue
        doubt = "" if body_told else f"of which body {text[each.start : each.end]!r} is part is not said"
        yield Recipient(ids=ids, start=each.start, end=each.end, doubt=doubt)
    if appeal.way != Way.SHOULD:
        for item, (start, end) in enumerate(items):
            if item not in told and (item in others or _looks_like_a_body(appeal, items, item)):
                yield Recipient(
                    ids=(), start=start, end=end, doubt=f"not in addressees.yml: {_shortened(text[start:end])}"
                )


def _items(appeal: Appeal) -> list[tuple[int, int]]:
    """The places of the items of a list."""
    cuts = [match.span() for match in _ITEMS.finditer(appeal.list)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(appeal.list)]
    return [(appeal.start + start, appeal.start + end) for start, end in zip(starts, ends, strict=True)]


def _is_of_another(text: str, archive: Archive, appeal: Appeal, named: Named) -> bool:
    """Whether the name is only part of another body's: "OSCE Minsk Group", "member states of the OIC"."""
    before, after = appeal.list[: named.start - appeal.start], appeal.list[named.end - appeal.start :]
    if appeal.before_verb:
        return bool(_GENITIVE.match(text, named.end))
    one = _is_one(archive, named)
    if named.words == 1 and _VERB.match(text, named.end):
        return True
    if one and _SMALL_AFTER.match(after) and not _SENIOR.match(after):
        return True
    officer = bool(_OFFICER.search(text[named.start : named.end]))  # whose own name may follow
    follows = _CAPITAL_AFTER if one and not officer else _BODY_AFTER
    if NAMED not in after[:2] and follows.match(text[named.end : named.end + _NEXT].partition("\n\n")[0]):
        return True
    near = before[-_NEXT:]
    single = one or named.words == 1  # "Turkic States"
    return not _HEADED.search(near) and bool(_WITHIN.search(near) or (single and _CAPITAL_BEFORE.search(near)))


def _is_one(archive: Archive, named: Named) -> bool:
    """Whether it names a body, and no class of them."""
    return all(archive.addressees[id].kind not in _CLASSES for id in named.ids("addressees"))


def _body_is_told(text: str, archive: Archive, earlier: Sequence[Named], partial: Named) -> bool:
    """Whether the body that this is part of was named before, itself or by another part of it."""
    over = {archive.addressees[id].parent for id in partial.ids("addressees")}
    before = (id for each in earlier if not each.partial for id in each.ids("addressees"))
    told = any(id in over or archive.addressees[id].parent in over for id in before)
    return told and (bool(_OF_THAT.match(text, partial.end)) or not _OF_ANOTHER.match(text, partial.end))


def _is_dative(text: str, named: Named, verb: int) -> bool:
    """Whether an Azerbaijani list has them in the case of those to whom something goes, or it goes to their heads."""
    word = re.compile(r"\w*(?:-\w+)?").match(text, named.end)
    ending = text[named.end - 1 : word.end() if word else named.end]
    heads = re.search(r"rəhbər|lider", text[named.end : verb])
    return bool(_DATIVE.search(ending)) or bool(heads)


def _looks_like_a_body(appeal: Appeal, items: Sequence[tuple[int, int]], n: int) -> bool:
    """Whether an item without a name of an authority's is a body or state, and not the name of an officer."""
    start, end = (place - appeal.start for place in items[n])
    item = appeal.list[start:end]
    if appeal.before_verb or NAMED in item or not _CAPITAL.search(item):
        return False
    if _OFFICE.search(item):  # what people send to the office
        return False
    if appeal.way == Way.CALLED and not _CAPITAL.match(_ARTICLE.sub("", item)):
        return False
    before = appeal.list[items[n - 1][0] - appeal.start : start] if n else ""
    officers = NAMED in before or _IS_HEADED.match(appeal.list[end:])
    return not (officers and _PERSON.fullmatch(item) and not _IS_BODY.search(item))


def _shortened(item: str) -> str:
    return " ".join(item.split()[:_MOST_WORDS])


_A_LIST = 3  # addressees in one sentence that make it the list, and other sentences its summary
_ONLY_SHOULD = "it is said what they should do, not that it is addressed to them"

Meant = tuple[Appeal, Recipient]


def find_addressees(text: PressText, archive: Archive, named: Sequence[Named]) -> tuple[Finding, ...]:
    """Each addressee once, in the order of the text; what is in doubt, and those that no authority has.

    `named` are all the names in the text.
    """
    meant = [
        (appeal, each) for appeal in appeals(text, named) for each in recipients(text.text, archive, named, appeal)
    ]
    meant = [(appeal, each) for appeal, each in meant if appeal.paragraph] or meant
    meant = _without_summaries(archive, meant)
    way = min((appeal.way for appeal, _ in meant), default=Way.SENT)
    found: dict[str, Finding] = {}
    for appeal, each in sorted(meant, key=lambda one: (one[1].start, bool(one[1].doubt))):
        if appeal.way == way:
            doubt = each.doubt or (_ONLY_SHOULD if way == Way.SHOULD else "")
            for id in each.ids or (None,):
                finding = Finding(field="addressees", value=id, start=each.start, end=each.end, doubt=doubt)
                found.setdefault(id or doubt, finding)
    return tuple(found.values())


def find_requests(text: PressText, archive: Archive, named: Sequence[Named]) -> tuple[Finding, ...]:
    """Where something is asked, and of whom: the value is their ids. What is asked is for the maintainer to say."""
    found: dict[tuple[int, tuple[str, ...]], Finding] = {}
    for appeal in appeals(text, named):
        if appeal.way in (Way.CALLED, Way.SHOULD) and appeal.paragraph:
            meant = [each for each in recipients(text.text, archive, named, appeal) if each.ids]
            of = tuple(dict.fromkeys(id for each in meant for id in each.ids))
            if of:
                doubt = "; ".join(dict.fromkeys(each.doubt for each in meant if each.doubt))
                start, end = min(appeal.said[0], appeal.start), max(each.end for each in meant)
                finding = Finding(field="requests", value=of, start=start, end=end, doubt=doubt)
                found.setdefault((appeal.paragraph, of), finding)
    return tuple(sorted(found.values(), key=lambda finding: finding.start))


def _without_summaries(archive: Archive, meant: Sequence[Meant]) -> list[Meant]:
    """Without the classes that sum up, as "a statement to international organizations" does, what a list names."""
    sizes = Counter(appeal.start for appeal, each in meant if appeal.way == Way.SENT for _ in each.ids)
    if max(sizes.values(), default=0) < _A_LIST:
        return list(meant)
    return [
        (appeal, each)
        for appeal, each in meant
        if sizes[appeal.start] >= _A_LIST or any(archive.addressees[id].kind != "class" for id in each.ids)
    ]
