"""PressText -> whom the statement was sent or addressed to; only where it names none, those it calls on."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.drafting.appeals import NAMED, Appeal, Way, appeals
from archive.drafting.names import Named
from archive.drafting.press import Finding, PressText
from archive.model import Archive

# Words that make a phrase the name of a body, or of an office in one.
_BODY = (
    r"(?:commission(?:er)?|committee|council|group|assembly|secretary|secretariat|rapporteur|office|representative|court"
    r"|parliament|association|network|bureau|fund|program(?:me)?|agency|mission|institute|federation|union|alliance"
    r"|organi[sz]ation|chair(?:man|person)|president|minister|ministry|members?|states|ombudsman|envoy|convention|charter"
    r"|resolution|foundation|cross|watch|international|forum|league|leader)s?"
)
_HEADS = (
    r"(?:leadership|heads?|leaders?|secretar(?:y|ies)[\s-]general|presidents?|chair\w*|directors?[\s-]general|management"
    r"|offices?|officials|secretariat)"
)
_OF = r"\s+(?:of|for|to|in|at)\s+(?:the\s+)?"
_HEADED = re.compile(rf"\b{_HEADS}{_OF}(?:{NAMED}+[,\s]+(?:and\s+)?(?:the\s+)?)*\Z", re.IGNORECASE)
_WITHIN = re.compile(rf"\b{_BODY}(?:\s+(?!and\b)\w+){{0,4}}?{_OF}\Z", re.IGNORECASE)
_GOES_ON = re.compile(rf"(?:['’]s)?\s+(?:(?:[A-Z][\w-]*|on|for|of)\s+){{0,4}}?(?i:{_BODY})\b")
_SENIOR = re.compile(r"\s+(?:senior\s+)?(?:officials|leadership|leaders|heads|offices?)\b", re.IGNORECASE)
_ON_IN_SMALL = re.compile(r"\s+(?!and\b|or\b|as\b|in\b|of\b|to\b|for\b|also\b|including\b|abroad\b)[a-z]\w+")
_GENITIVE_AND_MORE = re.compile(r"(?<=[ıiuü]n)\s+(?!rəhbər|lider|baş\s+kat)[A-ZƏÖÜÇŞĞİ]\w+")
_GOES_BEFORE = re.compile(r"(?<!\. )(?<!\A)\b[A-Z]\w+\s\Z")
_OF_THAT = re.compile(r"\s+of\s+(?:the|this|that)\s+(?:\w+\s+)?organi[sz]ation\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"\s+of\s+(?:the\s+)?[A-ZƏÖÜÇŞĞİ]")
_ITEMS = re.compile(r",|;|\band\b|\bas well as\b|\bи\b|\bа также\b|\bvə\b")
_PERSON = re.compile(r"\s*(?:(?:Mr|Ms|Mrs|Dr)\.?\s+)?[A-Z][\w.-]+(?:\s+[A-Z][\w.-]+){1,2}\s*")
_CAPITAL = re.compile(r"\b[A-ZƏÖÜÇŞĞİА-Я]\w")
_A_LIST = 3  # names that make one
_MOST_WORDS = 6  # of the text in a message
_DATIVE = re.compile(r"[aə]\Z|-\w*[aə]\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    """Someone in the list of an appeal; `ids` are empty where no authority has them."""

    way: Way
    paragraph: int
    list: int  # where the list begins
    ids: tuple[str, ...]
    start: int
    end: int
    doubt: str = ""


def find(text: PressText, archive: Archive, named: Sequence[Named]) -> tuple[Finding, ...]:
    """Each addressee once, in the order of the text; with what is in doubt, and those that no authority has."""
    meant = [each for appeal in appeals(text, named) for each in _meant(text, archive, named, appeal)]
    meant = _without_summary(archive, [each for each in meant if each.paragraph] or meant)
    way = min((each.way for each in meant if each.ids), default=min((each.way for each in meant), default=Way.SENT))
    found: dict[str, Finding] = {}
    for each in sorted(meant, key=lambda each: (each.start, bool(each.doubt))):
        if each.way == way:
            doubt = each.doubt or (
                "it is said what they should do, not that it is addressed to them" * (way == Way.SHOULD)
            )
            for id in each.ids or (f"\0{each.doubt}",):
                value = id if each.ids else None
                finding = Finding(field="addressees", value=value, start=each.start, end=each.end, doubt=doubt)
                found.setdefault(id, finding)
    return tuple(found.values())


def _without_summary(archive: Archive, meant: Sequence[_Meant]) -> list[_Meant]:
    """Without the classes that a sentence sums up ("a statement to international organizations") what a list names."""
    listed = Counter(each.list for each in meant if each.way == Way.SENT for _ in each.ids)
    longest = max(listed.values(), default=0)
    return [
        each
        for each in meant
        if longest < _A_LIST
        or listed[each.list] >= _A_LIST
        or not each.ids
        or any(archive.addressees[id].kind != "class" for id in each.ids)
    ]


def requests(text: PressText, archive: Archive, named: Sequence[Named]) -> tuple[Finding, ...]:
    """Where something is asked, and of whom: the value is their ids. What is asked is for the maintainer to say."""
    found: dict[tuple[int, tuple[str, ...]], Finding] = {}
    for appeal in appeals(text, named):
        if appeal.way in (Way.CALLED, Way.SHOULD) and appeal.paragraph:
            meant = [each for each in _meant(text, archive, named, appeal) if each.ids]
            of = tuple(dict.fromkeys(id for each in meant for id in each.ids))
            if of:
                doubt = "; ".join(dict.fromkeys(each.doubt for each in meant if each.doubt))
                start, end = min(appeal.said[0], appeal.start), max(each.end for each in meant)
                finding = Finding(field="requests", value=of, start=start, end=end, doubt=doubt)
                found.setdefault((appeal.paragraph, of), finding)
    return tuple(sorted(found.values(), key=lambda finding: finding.start))


def _meant(text: PressText, archive: Archive, named: Sequence[Named], appeal: Appeal) -> Iterator[_Meant]:
    listed = [each for each in named if appeal.start <= each.start < appeal.end and each.ids("addressees")]
    for each in listed:
        ids = each.ids("addressees")
        if appeal.before_verb and not _is_dative(text.text, each, appeal.end):
            continue
        doubt = ""
        if _is_of_another_body(text.text, archive, appeal, each):
            ids, doubt = (), f"not in addressees.yml: {_around(text.text, appeal, each)}"
        elif each.partial and not _body_is_told(text.text, archive, named, each):
            if _OF_ANOTHER.match(text.text, each.end):
                ids, doubt = (), f"not in addressees.yml: {_around(text.text, appeal, each)}"
            else:
                doubt = f"of which body {text.text[each.start : each.end]!r} is part is not said"
        yield _Meant(
            way=appeal.way,
            paragraph=appeal.paragraph,
            list=appeal.start,
            ids=ids,
            start=each.start,
            end=each.end,
            doubt=doubt,
        )
    if not appeal.before_verb and appeal.way != Way.SHOULD:
        yield from _unknown(text.text, appeal)


def _is_of_another_body(text: str, archive: Archive, appeal: Appeal, named: Named) -> bool:
    """Whether the name is only part of another body's: "OSCE Minsk Group", "member states of the OIC"."""
    before, after = appeal.list[: named.start - appeal.start], appeal.list[named.end - appeal.start :]
    if appeal.before_verb:
        return bool(_GENITIVE_AND_MORE.match(text, named.end))
    if _HEADED.search(before) or _SENIOR.match(after):
        return False
    kinds = {archive.addressees[id].kind for id in named.ids("addressees")}
    if not kinds <= {"class", "diplomatic-mission"} and (_ON_IN_SMALL.match(after) or _GOES_BEFORE.search(before)):
        return True
    return bool(_WITHIN.search(before) or (NAMED not in after[:2] and _GOES_ON.match(text, named.end)))


def _body_is_told(text: str, archive: Archive, named: Sequence[Named], partial: Named) -> bool:
    """Whether the body that this is part of was named before, itself or by another part, or is pointed back to."""
    over = {archive.addressees[id].parent for id in partial.ids("addressees")}
    earlier = (id for each in named if each.start < partial.start and not each.partial for id in each.ids("addressees"))
    told = any(id in over or archive.addressees[id].parent in over for id in earlier)
    return told and (bool(_OF_THAT.match(text, partial.end)) or not _OF_ANOTHER.match(text, partial.end))


def _is_dative(text: str, named: Named, verb: int) -> bool:
    """Whether an Azerbaijani list gives them as those to whom, or on whom, something is directed."""
    word = text[named.start : named.end].rsplit(maxsplit=1)[-1] + text[named.end : named.end + 4].split(" ")[0]
    return (
        bool(_DATIVE.search(word.rstrip(",.;")))
        or "rəhbər" in text[named.end : verb]
        or "liderlər" in text[named.end : verb]
    )


def _unknown(text: str, appeal: Appeal) -> Iterator[_Meant]:
    """Items of the list that are no name of an authority's and look like the name of a body or state."""
    start, after_name = 0, False
    for end in [*(match.start() for match in _ITEMS.finditer(appeal.list)), len(appeal.list)]:
        item = appeal.list[start:end]
        beside = after_name or re.match(rf"\W*{_HEADS}\b", appeal.list[end:], re.IGNORECASE)
        person = beside and _PERSON.fullmatch(item) and not re.search(rf"\b{_BODY}\b", item, re.IGNORECASE)
        if NAMED not in item and _CAPITAL.search(item) and not person:
            said = " ".join(re.sub(r"^\W*(?:and|as well as|и|və)\b", "", item).split()[:_MOST_WORDS]).strip(" ,;")
            yield _Meant(
                way=appeal.way,
                paragraph=appeal.paragraph,
                list=appeal.start,
                ids=(),
                start=appeal.start + start,
                end=appeal.start + end,
                doubt=f"not in addressees.yml: {said}",
            )
        after_name = NAMED in item
        start = end


def _around(text: str, appeal: Appeal, named: Named) -> str:
    """The item of the list that a name stands in."""
    cuts = [appeal.start + match.start() for match in _ITEMS.finditer(appeal.list)]
    start = max((cut for cut in cuts if cut <= named.start), default=appeal.start)
    end = min((cut for cut in cuts if cut >= named.end), default=appeal.end)
    return " ".join(re.sub(r"^\W*(?:and|as well as|и|və)?\b", "", text[start:end]).split()[:_MOST_WORDS])
