"""Find which outlet a text is from, and whose text it carries, by the outlets' names, labels and addresses."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from archive.authoring.extract.press_text import Finding, PressText
from archive.model.records import Outlet

_OUTLET, _AGENCY = "sources[1].outlet", "sources[1].syndicated_from"
_KIND_OF_OUTLET = re.compile(r"\s+(?:news|information)\s+agency$", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_HEAD_LENGTH = 300  # characters of the first paragraph that still are the report's head
_UNKNOWN_NAME = r"(?P<unknown>[A-ZƏŞĞÖÜÇİА-ЯЁ][\w.]*(?:\s[A-ZА-Я][\w.]*)?)"

# How a report names the outlet it is from (the name stands for {}), in three languages
_AS_REPORTER = (
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
_AS_SOURCE = (
    r"\b(?:referring to|with reference to|citing|cited by|quoting|via|со ссылкой на)\s+(?:the\s+)?{}",
    r"{}(?:-(?:a|ə|ya|yə))\s+istinadən",
)
_AS_BYLINE = (
    r"(?:^|\n|\bBy\s)\s*(?:[Tt]he\s+)?{}\s*(?=\n|$)",
    r"©\s*{}",
    r"(?:^|\n|[.\]]\s)\s*{}\s*[:/]",
    r"/{}/",
    r"^\s*(?:date\s\S+\s)?{}\.\s",
)
_AS_RELAY = r"\(\s*{}\s*[-–—/]\s*{}\s*\)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Naming:
    """A place where the text names an outlet, and in which role."""

    outlet: str
    how: str  # relay | byline | report | carried
    start: int
    end: int


def find_outlets(press: PressText, outlets: Mapping[str, Outlet], url: str) -> list[Finding]:
    """Return the outlet, and the outlet whose text it carries, each with its place.

    `url` is the report's address if it is known: it settles the outlet. Without it the text only tells whose text it
    is, which is in doubt if that may be an agency's. What cannot be told has the value None.
    """
    namings = sorted(_namings(press, outlets), key=lambda naming: naming.start)
    by_url = _outlet_by_url(url, outlets)
    relays = [naming for naming in namings if naming.how == "relay"]
    issuing = [naming for naming in namings if naming.how != "carried"]
    if by_url or relays:
        outlet = by_url or relays[0].outlet
        naming = next((naming for naming in namings if naming.outlet == outlet), None)
        findings = [_finding(_OUTLET, outlet, naming)]
        others = [
            other
            for other in (*relays, *issuing, *(other for other in namings if other.how == "carried"))
            if other.outlet != outlet
        ]
        return [*findings, _finding(_AGENCY, others[0].outlet, others[0])] if others else findings
    if url:
        return [
            _finding(_OUTLET, None, None, f"{_host(url)} is not the address of one in outlets.yml"),
            *_syndication(issuing or namings),
        ]
    if not issuing:
        return [_unknown_outlet(press)]
    outlet = issuing[0].outlet
    others = [naming for naming in namings if naming.outlet != outlet]
    if issuing[0].how == "byline":
        doubt = "the text says whose it is, not where it stood; if that was elsewhere, this is its syndicated_from"
    elif rivals := sorted({naming.outlet for naming in others if naming.how != "carried"}):
        doubt = f"the text names {', '.join(rivals)} too"
    else:
        doubt = ""
    carried = next((naming for naming in others if naming.how == "carried"), None)
    return [
        _finding(_OUTLET, outlet, issuing[0], doubt),
        *([_finding(_AGENCY, carried.outlet, carried)] if carried else []),
    ]


def outlet_names(outlet: Outlet) -> list[str]:
    """Return every name of the outlet, the longest first."""
    names = {outlet.label, *(name.name for name in outlet.names)}
    names |= {name.abbreviation for name in outlet.names if name.abbreviation}
    names.add(_KIND_OF_OUTLET.sub("", outlet.label))
    return sorted(names, key=lambda name: (-len(name), name))


def _syndication(namings: list[_Naming]) -> list[Finding]:
    return [_finding(_AGENCY, namings[0].outlet, namings[0])] if namings else []


def _finding(field: str, value: str | None, naming: _Naming | None, doubt: str = "") -> Finding:
    place = (naming.start, naming.end) if naming else (0, 0)
    return Finding(field=field, value=value, start=place[0], end=place[1], doubt=doubt)


def _unknown_outlet(press: PressText) -> Finding:
    """Return what looks like the name of an outlet that no authority has, in doubt."""
    for form in _AS_REPORTER[:1] + _AS_REPORTER[4:5]:
        if match := re.search(rf"(?:,\s|^|\n)\s*{form.format(_UNKNOWN_NAME)}", press.text):
            doubt = f"no outlet in outlets.yml: {match['unknown']}"
            return Finding(
                field=_OUTLET, value=None, start=match.start("unknown"), end=match.end("unknown"), doubt=doubt
            )
    return Finding(field=_OUTLET, value=None, start=0, end=0, doubt="the text names no outlet")


def _namings(press: PressText, outlets: Mapping[str, Outlet]) -> Iterator[_Naming]:
    outlet_by_name = {_fold(name): id for id, outlet in outlets.items() for name in outlet_names(outlet)}
    hosts = {host: id for id, outlet in outlets.items() if (host := _host(outlet.url))}
    names = sorted(
        {name for outlet in outlets.values() for name in outlet_names(outlet)}, key=lambda name: (-len(name), name)
    )
    # In small letters a name is a word, all in capitals it is still the name. Only names that the text has are
    # compiled: compiling a pattern of all of them takes longer than looking for each.
    patterns = [rf"(?:{re.escape(name)}|{re.escape(name.upper())})" for name in names if _is_in(name, press.text)]
    if hosts_found := [host for host in sorted(hosts, key=len, reverse=True) if _is_in(host, press.text)]:
        patterns.append(rf"(?i:www\.)?(?i:{'|'.join(map(re.escape, hosts_found))})")
    if not patterns:
        return
    name_pattern = rf"(?P<name>\b(?:{'|'.join(patterns)})\b)"

    def outlet_of(name: str) -> str:
        return outlet_by_name.get(_fold(name)) or hosts.get(_fold(name).removeprefix("www."), "")

    head = max((p.end for p in press.paragraphs if p.number == 0), default=0)
    first = next((min(p.end, p.start + _HEAD_LENGTH) for p in press.paragraphs if p.number == 1), head)
    relayed = _AS_RELAY.format(name_pattern, name_pattern.replace("<name>", "<other>"))
    for match in re.finditer(relayed, press.text[: max(head, first)], re.IGNORECASE):
        yield _Naming(outlet=outlet_of(match["name"]), how="relay", start=match.start("name"), end=match.end("name"))
        yield _Naming(
            outlet=outlet_of(match["other"]), how="report", start=match.start("other"), end=match.end("other")
        )
    for forms, how, end in (
        (_AS_BYLINE, "byline", max(head, first)),
        (_AS_SOURCE, "carried", None),
        (_AS_REPORTER, "report", None),
    ):
        for form in forms:
            for match in re.finditer(form.format(name_pattern), press.text[:end]):
                yield _Naming(
                    outlet=outlet_of(match["name"]), how=how, start=match.start("name"), end=match.end("name")
                )


def _is_in(name: str, text: str) -> bool:
    """Return whether a text has a name, in any case."""
    return any(_name_pattern(spelling).search(text) for spelling in {name, name.upper()})


@lru_cache(maxsize=4_096)
def _name_pattern(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name), re.IGNORECASE)


def _outlet_by_url(url: str, outlets: Mapping[str, Outlet]) -> str:
    """Return the outlet with this URL's host, or with the longest end of it; "" for none."""
    host = _host(url)
    hosts = _hosts(outlets)
    ends = sorted((own for own in hosts if host and (host == own or host.endswith(f".{own}"))), key=len)
    return hosts[ends[-1]] if ends else ""


def _hosts(outlets: Mapping[str, Outlet]) -> dict[str, str]:
    """Return the outlets by the hosts of their URLs, and by those of their names that are hosts."""
    hosts = {name.name: id for id, outlet in outlets.items() for name in outlet.names if _HOST.fullmatch(name.name)}
    return hosts | {host: id for id, outlet in outlets.items() if (host := _host(outlet.url))}


def _host(url: str) -> str:
    """Return the host without labels for the language or the device."""
    return re.sub(r"^(?:(?:www|[a-z]{2}|amp|m)\.)+(?=[^.]+\.)", "", (urlsplit(url).hostname or "").casefold())


def _fold(name: str) -> str:
    return name.casefold().replace("i̇", "i")
