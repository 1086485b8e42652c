"""Find which outlet a text is from, and whose text it carries, by the outlets' names, labels and addresses."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.authoring.extract.names import nearest
from archive.authoring.extract.press_text import Finding, PressText
from archive.model.records import Outlet

_OUTLET, _AGENCY = "sources[1].outlet", "sources[1].syndicated_from"
_KIND_OF_OUTLET = re.compile(r"\s+(?:news|information)\s+agency$", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_HEAD_LENGTH = 300  # characters of the first paragraph that still are the report's head
_UNKNOWN_NAME = r"(?P<name>[A-ZƏŞĞÖÜÇİА-ЯЁ][\w.]*(?:\s[A-ZА-Я][\w.]*)?)"
_UNKNOWN = re.compile(rf"(?:,\s|^|\n)\s*{_UNKNOWN_NAME}\s+(?:reports?|informs|reported|says|writes)\b")

# How a report names the outlet it is from, that which it cites, and that whose text it is (the name stands for {})
_AS_REPORTER = (
    r"{}\s+(?:reports?|informs|reported|quotes|says|writes|has learned|learned|was told)\b",
    r"\b(?:told|informed|to)\s+{}(?=[.,;:]|\s|$)(?<!to\s)",
    r"\b(?:according to|interview (?:with|to|for)) {}",
    r"\b(?:передает|передаёт|сообщает|пишет|информирует|сообщил\w*|сказал\w*|рассказал\w*)\s+(?:\w+\s+(?:в\s+)?)?{}",
    r"{}\s+(?:передает|передаёт|сообщает|пишет)",
    r"{}\s+(?:[^.\n]{{0,60}}\s)?(?:xəbər verir|bildirir|yazır)",
    r"{}(?:-(?:a|ə|ya|yə|n?[ıiuü]n))\s+(?:\w+\s+){{0,3}}?(?:məlumat|açıqlama|bildir|daxil olan|deyib|istinad)",
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
    relays = [naming for naming in namings if naming.how == "relay"]
    issuing = [naming for naming in namings if naming.how != "carried"]
    outlet = _outlet_by_url(url, outlets) or (relays[0].outlet if relays else "")
    if outlet:
        own = next((naming for naming in namings if naming.outlet == outlet), None)
        others = [other for other in (*relays, *issuing, *namings) if other.outlet != outlet]
        return [_finding(_OUTLET, outlet, own), *_agency(others)]
    if url:
        return [_finding(_OUTLET, None, None, f"not matched: {_host(url)}"), *_agency(issuing or namings)]
    if not issuing:
        match = _UNKNOWN.search(press.text)
        doubt = (
            f"not matched: {match['name']}{nearest(match['name'], outlets)}" if match else "the text names no outlet"
        )
        start, end = match.span("name") if match else (0, 0)
        return [Finding(field=_OUTLET, value=None, start=start, end=end, doubt=doubt)]
    outlet = issuing[0].outlet
    rivals = sorted({naming.outlet for naming in issuing if naming.outlet != outlet})
    doubt = f"the text names {', '.join(rivals)} too" if rivals else ""
    if issuing[0].how == "byline":
        doubt = "the text says whose it is, not where it stood; if that was elsewhere, this is its syndicated_from"
    carried = [naming for naming in namings if naming.how == "carried" and naming.outlet != outlet]
    return [_finding(_OUTLET, outlet, issuing[0], doubt), *_agency(carried)]


def outlet_names(outlet: Outlet) -> list[str]:
    """Return every name of the outlet, the longest first."""
    names = {outlet.label, _KIND_OF_OUTLET.sub("", outlet.label), *(name.name for name in outlet.names)}
    names |= {name.abbreviation for name in outlet.names if name.abbreviation}
    return sorted(names, key=lambda name: (-len(name), name))


def _agency(namings: list[_Naming]) -> list[Finding]:
    return [_finding(_AGENCY, namings[0].outlet, namings[0])] if namings else []


def _finding(field: str, value: str | None, naming: _Naming | None, doubt: str = "") -> Finding:
    place = (naming.start, naming.end) if naming else (0, 0)
    return Finding(field=field, value=value, start=place[0], end=place[1], doubt=doubt)


def _namings(press: PressText, outlets: Mapping[str, Outlet]) -> Iterator[_Naming]:
    by_name = {_fold(name): id for id, outlet in outlets.items() for name in outlet_names(outlet)}
    hosts = {host: id for id, outlet in outlets.items() if (host := _host(outlet.url))}
    # In small letters a name is a word, all in capitals it is still the name. Only names that the text has are
    # compiled: compiling a pattern of all of them takes longer than looking for each.
    folded = _fold(press.text)
    names = {name for outlet in outlets.values() for name in outlet_names(outlet) if _fold(name) in folded}
    patterns = [
        rf"(?:{re.escape(name)}|{re.escape(name.upper())})" for name in sorted(names, key=lambda n: (-len(n), n))
    ]
    if in_text := [host for host in sorted(hosts, key=len, reverse=True) if host in folded]:
        patterns.append(rf"(?i:www\.)?(?i:{'|'.join(map(re.escape, in_text))})")
    if not patterns:
        return
    pattern = rf"(?P<name>\b(?:{'|'.join(patterns)})\b)"
    head = max((p.end for p in press.paragraphs if p.number == 0), default=0)
    head = max(head, next((min(p.end, p.start + _HEAD_LENGTH) for p in press.paragraphs if p.number == 1), 0))
    relay = _AS_RELAY.format(pattern, pattern.replace("<name>", "<other>"))
    for forms, roles, end, flags in (
        ((relay,), {"name": "relay", "other": "report"}, head, re.IGNORECASE),
        (tuple(form.format(pattern) for form in _AS_BYLINE), {"name": "byline"}, head, re.NOFLAG),
        (tuple(form.format(pattern) for form in _AS_SOURCE), {"name": "carried"}, len(press.text), re.NOFLAG),
        (tuple(form.format(pattern) for form in _AS_REPORTER), {"name": "report"}, len(press.text), re.NOFLAG),
    ):
        for form in forms:
            for match in re.finditer(form, press.text[:end], flags):
                for group, how in roles.items():
                    name = _fold(match[group])
                    id = by_name.get(name) or hosts.get(name.removeprefix("www."), "")
                    yield _Naming(outlet=id, how=how, start=match.start(group), end=match.end(group))


def _outlet_by_url(url: str, outlets: Mapping[str, Outlet]) -> str:
    """Return the outlet with this URL's host, or with the longest end of it; "" for none."""
    host = _host(url)
    hosts = {name.name: id for id, outlet in outlets.items() for name in outlet.names if _HOST.fullmatch(name.name)}
    hosts |= {own: id for id, outlet in outlets.items() if (own := _host(outlet.url))}
    ends = sorted((own for own in hosts if host and (host == own or host.endswith(f".{own}"))), key=len)
    return hosts[ends[-1]] if ends else ""


def _host(url: str) -> str:
    """Return the host without labels for the language or the device."""
    return re.sub(r"^(?:(?:www|[a-z]{2}|amp|m)\.)+(?=[^.]+\.)", "", (urlsplit(url).hostname or "").casefold())


def _fold(name: str) -> str:
    return name.casefold().replace("i̇", "i")
