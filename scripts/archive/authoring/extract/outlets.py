"""Which outlet a text is from, and whose text it carries: by the outlets' names, labels and addresses."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from archive.authoring.extract.press_text import Finding, PressText
from archive.model.records import Outlet

_OUTLET, _AGENCY = "sources[1].outlet", "sources[1].syndicated_from"
_KIND_OF_OUTLET = re.compile(r"\s+(?:news|information)\s+agency$", re.IGNORECASE)
_IS_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_HEAD = 300  # characters of the first paragraph that still are the report's head
_UNKNOWN = r"(?P<unknown>[A-ZƏŞĞÖÜÇİА-ЯЁ][\w.]*(?:\s[A-ZА-Я][\w.]*)?)"

# How a report names the outlet it is from (the name stands for {}), in three languages
_REPORTS = (
    r"{}\s+(?:reports?|informs|reported|quotes|says|writes|has learned|learned|was told)\b",
    r"\b(?:told|informed|to)\s+{}(?=[.,;:]|\s|$)(?<!to\s)",
    r"\baccording to {}",
    r"\binterview (?:with|to|for) {}",
    r"\b(?:передает|передаёт|сообщает|пишет|информирует|сообщил\w*|сказал\w*|рассказал\w*)\s+(?:\w+\s+(?:в\s+)?)?{}",
    r"{}\s+(?:передает|передаёт|сообщает|пишет)",
    r"{}\s+(?:[^.\n]{{0,60}}\s)?(?:xəbər verir|bildirir|yazır)",
    r"{}(?:-(?:a|ə|ya|yə|nın|nin|ın|in|un|ün))\s+(?:\w+\s+){{0,3}}?"
    r"(?:məlumat|açıqlama|bildir|daxil olan|deyib|istinad)",
)
_CARRIES = (
    r"\b(?:referring to|with reference to|citing|cited by|quoting|via|со ссылкой на)\s+(?:the\s+)?{}",
    r"{}(?:-(?:a|ə|ya|yə))\s+istinadən",
)
_BYLINE = (
    r"(?:^|\n|\bBy\s)\s*(?:[Tt]he\s+)?{}\s*(?=\n|$)",
    r"©\s*{}",
    r"(?:^|\n|[.\]]\s)\s*{}\s*[:/]",
    r"/{}/",
    r"^\s*(?:date\s\S+\s)?{}\.\s",
)
_RELAYED = r"\(\s*{}\s*[-–—/]\s*{}\s*\)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Naming:
    """A place where the text names an outlet, and as what."""

    outlet: str
    how: str  # relay | byline | report | carried
    start: int
    end: int


def find_outlets(press: PressText, outlets: Mapping[str, Outlet], url: str) -> list[Finding]:
    """The outlet, and the outlet whose text it carries, each with its place.

    `url` is the report's address where it is known: it settles the outlet. Without it the text can only say whose text
    it is, which is in doubt where that may be an agency's. What cannot be told has the value None.
    """
    named = sorted(_namings(press, outlets), key=lambda naming: naming.start)
    by_address = _of_host(url, outlets)
    relays = [naming for naming in named if naming.how == "relay"]
    own = [naming for naming in named if naming.how != "carried"]
    if by_address or relays:
        outlet = by_address or relays[0].outlet
        at = next((naming for naming in named if naming.outlet == outlet), None)
        found = [_finding(_OUTLET, outlet, at)]
        others = [n for n in (*relays, *own, *(n for n in named if n.how == "carried")) if n.outlet != outlet]
        return [*found, _finding(_AGENCY, others[0].outlet, others[0])] if others else found
    if url:
        return [
            _finding(_OUTLET, None, None, f"{_host(url)} is not the address of one in outlets.yml"),
            *_carried(own or named),
        ]
    if not own:
        return [_unknown(press)]
    outlet = own[0].outlet
    others = [naming for naming in named if naming.outlet != outlet]
    if own[0].how == "byline":
        doubt = "the text says whose it is, not where it stood; if that was elsewhere, this is its syndicated_from"
    elif also := sorted({naming.outlet for naming in others if naming.how != "carried"}):
        doubt = f"the text names {', '.join(also)} too"
    else:
        doubt = ""
    carried = next((naming for naming in others if naming.how == "carried"), None)
    return [
        _finding(_OUTLET, outlet, own[0], doubt),
        *([_finding(_AGENCY, carried.outlet, carried)] if carried else []),
    ]


def outlet_names(outlet: Outlet) -> list[str]:
    """Every name of the outlet, the longest first."""
    found = {outlet.label, *(name.name for name in outlet.names)}
    found |= {name.abbreviation for name in outlet.names if name.abbreviation}
    found.add(_KIND_OF_OUTLET.sub("", outlet.label))
    return sorted(found, key=lambda name: (-len(name), name))


def _carried(own: list[_Naming]) -> list[Finding]:
    return [_finding(_AGENCY, own[0].outlet, own[0])] if own else []


def _finding(field: str, value: str | None, naming: _Naming | None, doubt: str = "") -> Finding:
    at = (naming.start, naming.end) if naming else (0, 0)
    return Finding(field=field, value=value, start=at[0], end=at[1], doubt=doubt)


def _unknown(press: PressText) -> Finding:
    """What looks like an outlet's name where one would stand, for people to add."""
    for form in _REPORTS[:1] + _REPORTS[4:5]:
        if match := re.search(rf"(?:,\s|^|\n)\s*{form.format(_UNKNOWN)}", press.text):
            doubt = f"no outlet in outlets.yml: {match['unknown']}"
            return Finding(
                field=_OUTLET, value=None, start=match.start("unknown"), end=match.end("unknown"), doubt=doubt
            )
    return Finding(field=_OUTLET, value=None, start=0, end=0, doubt="the text names no outlet")


def _namings(press: PressText, outlets: Mapping[str, Outlet]) -> Iterator[_Naming]:
    of_name = {_folded(name): id for id, outlet in outlets.items() for name in outlet_names(outlet)}
    hosts = {host: id for id, outlet in outlets.items() if (host := _host(outlet.url))}
    spelled = sorted({name for outlet in outlets.values() for name in outlet_names(outlet)}, key=lambda n: (-len(n), n))
    # A name of small letters in a text is a word; capitals throughout are a matter of style
    # Only of the names that the text has, as a pattern of all takes longer to be made than to be looked for
    either = [rf"(?:{re.escape(n)}|{re.escape(n.upper())})" for n in spelled if _stands(n, press.text)]
    if there := [host for host in sorted(hosts, key=len, reverse=True) if _stands(host, press.text)]:
        either.append(rf"(?i:www\.)?(?i:{'|'.join(map(re.escape, there))})")
    if not either:
        return
    one = rf"(?P<name>\b(?:{'|'.join(either)})\b)"

    def outlet_of(name: str) -> str:
        return of_name.get(_folded(name)) or hosts.get(_folded(name).removeprefix("www."), "")

    head = max((p.end for p in press.paragraphs if p.number == 0), default=0)
    first = next((min(p.end, p.start + _HEAD) for p in press.paragraphs if p.number == 1), head)
    relayed = _RELAYED.format(one, one.replace("<name>", "<other>"))
    for match in re.finditer(relayed, press.text[: max(head, first)], re.IGNORECASE):
        yield _Naming(outlet=outlet_of(match["name"]), how="relay", start=match.start("name"), end=match.end("name"))
        yield _Naming(
            outlet=outlet_of(match["other"]), how="report", start=match.start("other"), end=match.end("other")
        )
    for forms, how, end in (
        (_BYLINE, "byline", max(head, first)),
        (_CARRIES, "carried", None),
        (_REPORTS, "report", None),
    ):
        for form in forms:
            for match in re.finditer(form.format(one), press.text[:end]):
                yield _Naming(
                    outlet=outlet_of(match["name"]), how=how, start=match.start("name"), end=match.end("name")
                )


def _stands(name: str, text: str) -> bool:
    """Whether a text has a name, in letters of either case, its capitals among them."""
    return any(_letters(written).search(text) for written in {name, name.upper()})


@lru_cache(maxsize=4_096)
def _letters(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name), re.IGNORECASE)


def _of_host(url: str, outlets: Mapping[str, Outlet]) -> str:
    """The outlet whose address has this host, or the longest end of it."""
    host = _host(url)
    hosts = _hosts(outlets)
    ends = sorted((own for own in hosts if host and (host == own or host.endswith(f".{own}"))), key=len)
    return hosts[ends[-1]] if ends else ""


def _hosts(outlets: Mapping[str, Outlet]) -> dict[str, str]:
    """The outlets by the host of their address, and by those of their names that are hosts."""
    hosts = {name.name: id for id, each in outlets.items() for name in each.names if _IS_HOST.fullmatch(name.name)}
    return hosts | {host: id for id, outlet in outlets.items() if (host := _host(outlet.url))}


def _host(url: str) -> str:
    """The host without what only says the language or the protocol's name."""
    return re.sub(r"^(?:(?:www|[a-z]{2}|amp|m)\.)+(?=[^.]+\.)", "", (urlsplit(url).hostname or "").casefold())


def _folded(name: str) -> str:
    return name.casefold().replace("i̇", "i")
