"""The list of an appeal -> each one in it: the addressee it names, or what no authority has."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.drafting import speech
from archive.drafting.appeals import NAMED, Appeal, Way
from archive.drafting.names import Named
from archive.model.records import Archive

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
_OFFICE = re.compile(speech.OFFICE, re.IGNORECASE)
_ARTICLE = re.compile(r"\A\W*(?:the\s+)?")
_DATIVE = re.compile(r"[aə](?!\w)")
_MOST_WORDS = 6  # of the text in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Someone in a list: ids of addressees, or none and a doubt that says who it is."""

    ids: tuple[str, ...]
    start: int
    end: int
    doubt: str = ""


def listed(text: str, archive: Archive, named: Sequence[Named], appeal: Appeal) -> Iterator[Listed]:
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
            yield Listed(ids=(), start=each.start, end=each.end, doubt=doubt)
            continue
        doubt = "" if body_told else f"of which body {text[each.start : each.end]!r} is part is not said"
        yield Listed(ids=ids, start=each.start, end=each.end, doubt=doubt)
    if appeal.way != Way.SHOULD:
        for item, (start, end) in enumerate(items):
            if item not in told and (item in others or _looks_like_a_body(appeal, items, item)):
                yield Listed(
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
