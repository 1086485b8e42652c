"""PressText -> whom the statement was sent or addressed to; only where it names none, those it calls on."""

from collections import Counter
from collections.abc import Sequence

from archive.drafting.appeals import Appeal, Way, appeals
from archive.drafting.listed import Listed, listed
from archive.drafting.names import Named
from archive.drafting.press import Finding, PressText
from archive.model.records import Archive

_A_LIST = 3  # addressees in one sentence that make it the list, and other sentences its summary
_SHOULD = "it is said what they should do, not that it is addressed to them"

Meant = tuple[Appeal, Listed]


def find(text: PressText, archive: Archive, named: Sequence[Named]) -> tuple[Finding, ...]:
    """Each addressee once, in the order of the text; what is in doubt, and those that no authority has.

    `named` are all the names in the text.
    """
    meant = [(appeal, each) for appeal in appeals(text, named) for each in listed(text.text, archive, named, appeal)]
    meant = [(appeal, each) for appeal, each in meant if appeal.paragraph] or meant
    meant = _without_summaries(archive, meant)
    way = min((appeal.way for appeal, _ in meant), default=Way.SENT)
    found: dict[str, Finding] = {}
    for appeal, each in sorted(meant, key=lambda one: (one[1].start, bool(one[1].doubt))):
        if appeal.way == way:
            doubt = each.doubt or (_SHOULD if way == Way.SHOULD else "")
            for id in each.ids or (None,):
                finding = Finding(field="addressees", value=id, start=each.start, end=each.end, doubt=doubt)
                found.setdefault(id or doubt, finding)
    return tuple(found.values())


def requests(text: PressText, archive: Archive, named: Sequence[Named]) -> tuple[Finding, ...]:
    """Where something is asked, and of whom: the value is their ids. What is asked is for the maintainer to say."""
    found: dict[tuple[int, tuple[str, ...]], Finding] = {}
    for appeal in appeals(text, named):
        if appeal.way in (Way.CALLED, Way.SHOULD) and appeal.paragraph:
            meant = [each for each in listed(text.text, archive, named, appeal) if each.ids]
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
