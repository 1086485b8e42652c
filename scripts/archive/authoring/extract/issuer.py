"""Find who issued what a text reports, by the names of the office and of those who hold or held it."""

import datetime
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from archive.authoring.extract.press_text import Finding, PressText, first_words
from archive.model.records import Archive, Holder, Issuer

_ENDING = re.compile("(?:ый|ий|ой|ая|яя|[аяые])$")  # Cyrillic; the name's own
_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
_SPACE = r"(?:\s*\([^()\n]{1,40}\))?\s+"  # a report may put another title of the office in brackets
_CASE_ENDING = r"\w{0,6}"  # Russian and Azerbaijani put the case at the end of a word
_LEADING = 2  # the last paragraph that says whose statement is reported
_TITLE = (
    r"(?i:ombuds(?:man|person|woman)\w*|(?:human rights|public) (?:commissioner|defender)|commissioner for human rights"
    r"|омбудсмен\w*|уполномоченн\w+ по правам человека|insan hüquqları üzrə müvəkkil\w*)"
)
_NAME = r"[A-ZƏÖÜÇŞĞİА-Я][\w'’-]+"
_OURS = r"(?:Azerbaijan|Азербайдж|Azərbaycan|Azerbaycan)\w*"
# Whose ombudsman it is, where a country or a person stands beside the title
_OF_WHOM = re.compile(
    rf"(?:{_NAME}['’]s|{_NAME}(?:ian|ish|ese|ch|ani|n[ıiuü]n)|{_NAME}ский) (?:(?:[Cc]hief|[Bb]aş|[Pp]arliament\w*) )?"
    rf"{_TITLE}|{_TITLE}(?:['’]s [Oo]ffice)?(?: \([^)]*\))? (?:(?:of|for) (?:the )?(?:Republic of )?{_NAME}|[А-Я]\w+)"
    rf"|{_TITLE} (?!Office|Apar)[A-Z]\w+ {_NAME}|{_NAME} {_NAME}, (?:the |{_NAME}['’]s )?{_TITLE}"
)
_OUR_TITLE = rf"{_OURS}(?:['’]s)? (?:\w+ )?{_TITLE}"


def find_issuer(press: PressText, archive: Archive, url: str = "") -> list[Finding]:
    """Return the issuer, with its first place; empty for none, or if another country's ombudsman is meant.

    The issuer's own address settles it. It is in doubt if several are named, or a title alone, which others have too.
    """
    for id, issuer in archive.issuers.items():
        if issuer.url and _host(issuer.url) == _host(url):
            return [Finding(field="issuer", value=id, start=0, end=0)]
    others = find_another_office(press, archive)
    named: dict[str, list[re.Match[str]]] = {}
    for id, issuer in archive.issuers.items():
        matches = list(_any_name(_name_patterns(issuer)).finditer(press.text))
        if others is None or any(match.start() < _end_of_lead(press) for match in matches):
            named |= {id: matches} if matches else {}
    if not named:
        return [] if others else list(_find_by_title(press, archive))
    best = max(named, key=lambda id: len(named[id]))
    doubt = f"the text names {', '.join(named)} too" if len(named) > 1 else ""
    return [Finding(field="issuer", value=best, start=named[best][0].start(), end=named[best][0].end(), doubt=doubt)]


def find_another_office(press: PressText, archive: Archive) -> re.Match[str] | None:
    """Return where the lead of a text names another country's ombudsman; None where it does not."""
    holders = (holder for issuer in archive.issuers.values() for holder in issuer.holders)
    families = (_inflected(family) for holder in holders for _, family in _spellings(holder))
    ours = re.compile("|".join([_OURS, *families]), re.IGNORECASE)
    matches = _OF_WHOM.finditer(press.text, 0, _end_of_lead(press))
    return next((match for match in matches if not ours.search(match[0])), None)


def find_holder(press: PressText, issuer: Issuer) -> Finding | None:
    """Return the holder of the office whom the text names most, with the first place; None if it names none."""
    found = [
        (len(matches), Finding(field="holder", value=holder, start=matches[0].start(), end=matches[0].end()))
        for holder in issuer.holders
        if (matches := list(_any_name(_holder_patterns(holder)).finditer(press.text)))
    ]
    return max(found, key=lambda entry: entry[0])[1] if found else None


def years_of_office(press: PressText, archive: Archive, today: datetime.date) -> range:
    """Return the years in which the holders whom the text names can have spoken; those of all if it names none."""
    findings = (find_holder(press, issuer) for issuer in archive.issuers.values())
    named = [finding.value for finding in findings if finding and isinstance(finding.value, Holder)]
    holders = named or [holder for issuer in archive.issuers.values() for holder in issuer.holders]
    first = min((holder.since.earliest.year for holder in holders), default=1)
    ends = (holder.until.latest.year if holder.until else today.year for holder in holders)
    return range(first, max(ends, default=today.year) + 1)


def speaker_pattern(archive: Archive) -> re.Pattern[str]:
    """Return a pattern of what a report calls an issuer once it has named it: "the ombudsman", a family name."""
    return _any_name(
        name
        for issuer in archive.issuers.values()
        for name in (
            *(_inflected(short) for long in _office_names(issuer) for short in _PARENTHESIS.findall(long)),
            *_name_patterns(issuer),
            *(_inflected(family) for holder in issuer.holders for _, family in _spellings(holder)),
        )
    )


def why_none(press: PressText, archive: Archive) -> str:
    """Return a sentence on why a text has no issuer: the names looked for, or whose ombudsman it names instead."""
    if other := find_another_office(press, archive):
        return f"is of another office: it names {first_words(other[0])!r}"
    names = "; ".join(
        ", ".join([issuer.label, *(f"{holder.given} {holder.family}" for holder in issuer.holders)])
        for issuer in archive.issuers.values()
    )
    return f"names none of those whose statements are archived; looked for: {names}"


def _find_by_title(press: PressText, archive: Archive) -> Iterator[Finding]:
    """Find an issuer by its title alone, which others have too."""
    for id, issuer in archive.issuers.items():
        titles = [_inflected(title) for name in _office_names(issuer) for title in _PARENTHESIS.findall(name)]
        if titles and (match := _any_name(titles).search(press.text)):
            doubt = "only the title is named; see whether it is the one of this office"
            yield Finding(field="issuer", value=id, start=match.start(), end=match.end(), doubt=doubt)
            return


def _end_of_lead(press: PressText) -> int:
    return max((paragraph.end for paragraph in press.paragraphs if paragraph.number <= _LEADING), default=0)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _any_name(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(set(names), key=len, reverse=True))})\b", re.IGNORECASE)


def _office_names(issuer: Issuer) -> list[str]:
    return [issuer.label, *(name.name for name in issuer.names)]


def _name_patterns(issuer: Issuer) -> Iterator[str]:
    yield _OUR_TITLE
    for name in _office_names(issuer):
        yield _inflected(name)
        yield _inflected(_PARENTHESIS.sub("", name))
    for holder in issuer.holders:
        yield from _holder_patterns(holder)


def _holder_patterns(holder: Holder) -> Iterator[str]:
    for given, family in _spellings(holder):
        yield rf"{_inflected(given)}\s+{_inflected(family)}"
        yield rf"{re.escape(given[0])}\.\s?{_inflected(family)}"


def _spellings(holder: Holder) -> list[tuple[str, str]]:
    """Return the given and the family name in each script."""
    others = [name.name.rpartition(" ") for name in holder.names]
    return [(holder.given, holder.family), *((given, family) for given, _, family in others if given)]


def _inflected(name: str) -> str:
    """Return a pattern of the name with the endings of cases, if its language has them."""
    if name.isascii():
        return _SPACE.join(map(re.escape, name.split()))
    words = []
    for word in name.split():
        stem = _ENDING.sub("", word)  # in Azerbaijani the end is added to the whole word
        words.append(re.escape(stem) + (_CASE_ENDING if stem == word else r"\w{1,6}"))
    return _SPACE.join(words)
