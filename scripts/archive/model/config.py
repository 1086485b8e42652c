"""Read the settings in `mkdocs.yml`, and check those that this program uses."""

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pathspec
import yaml

from archive.model import edtf, urls
from archive.model.document import Mark, Problem, quoted, shown
from archive.model.errors import ArchiveError
from archive.model.records import Backend
from archive.model.yaml_slips import find_slip

ABOUT, PAGE = "id", "page"  # in `issues_url`: what the report is about, and the address of its page

_FILE = "mkdocs.yml"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BACKENDS = ("github", "gitlab", "gitea", "test-repo")
_REPO = re.compile(r"[\w.-]+(?:/[\w.-]+)+")
_PART = r"(?!\.\.?(?:/|$))[^/\x00-\x1f\x7f]+"
_FORMER_PATH = re.compile(
    rf"(?!{re.escape(urls.DATA_FILES)}){_PART}(?:/{_PART})*/?"
)  # of a page or file that is gone; data files stay
_BRANCH = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
_MAILTO = re.compile(r"mailto:[^\s@<>\"?&]+@[^\s@<>\"?&]+(?:\?[^\s<>\"]*)?")
_PATTERNS = "patterns as of .gitignore, one a line"
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings in `mkdocs.yml`, checked."""

    site_name: str
    site_url: str  # where the site is served, ending in "/"; "/" until it is set
    naming_authority: str  # who gives the ids of feeds: a domain, and a day on which it was theirs (RFC 4151)
    edit_base: str  # the URL to which a file's path is added where it is edited, ending in "/"; "" if there is none
    issues_url: str  # where errors are reported, with `{id}` for the record or page and `{page}` for its address; or ""
    admin: Backend | None  # where the form at `/admin/` saves; None: there is no form
    redirects: Mapping[str, str]  # former path of a page or file -> that of the page in its place
    is_excluded: Callable[[str], bool]  # whether a path below `docs/` is hidden or in `exclude_docs`
    is_unlisted: Callable[[str], bool]  # whether the menu may leave out the page at such a path
    raw: Mapping[str, Any]  # all of them, for the renderer
    places: Mapping[str, Mark]  # where each stands: the name of one, and with : after it where that name is

    def placeholders(self) -> list[str]:
        """Return the names of those that are not made yet, or still have a domain reserved for examples (RFC 2606)."""
        values = {"site_url": self.raw.get("site_url") or "example.org", "extra.naming_authority": "example.org"}
        values |= {f"extra.{name}": value for name, value in (self.raw.get("extra") or {}).items()}
        return [name for name, value in values.items() if re.search(r"\bexample\.(org|com|net)\b", str(value))]


def read_settings(root: Path) -> Settings:
    """Return the settings of the project at `root`. Raise ArchiveError with every problem of `mkdocs.yml`."""
    settings, problems = examine(root)
    if problems or settings is None:
        raise ArchiveError(problems=problems)
    return settings


def examine(root: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Return the settings of the project at `root`, where those that are wrong are as if left out, and every problem.

    None where `mkdocs.yml` cannot be read as plain YAML.
    """
    try:
        return parse_yaml((root / _FILE).read_bytes())
    except OSError as error:
        return None, _error("", f"cannot be read: {error.strerror}", "give the file read permission").problems
    except ArchiveError as error:
        return None, error.problems


def parse_yaml(data: bytes) -> tuple[Settings, tuple[Problem, ...]]:
    """Return what `examine` does of the bytes of a `mkdocs.yml`. Raise ArchiveError where they are no plain YAML."""
    try:
        loader = _Loader(data)
        node = loader.get_single_node()
        places = dict(_places(node)) if node else {}
        raw = loader.construct_document(node) if node else None  # which changes the node
    except yaml.MarkedYAMLError as error:
        if isinstance(error, yaml.constructor.ConstructorError) and (mark := error.problem_mark):
            message = "cannot be read: a value is not what its tag says"
            raise _error("", message, "write plain YAML", mark.line + 1, mark.column + 1) from None
        (line, col), message, hint = find_slip(error, data.decode("utf-8", "replace"))
        raise _error("", f"cannot be read: {message}", hint, line, col) from None
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, RecursionError, TypeError) as error:
        # PyYAML raises all of them: for a day that is not in the calendar, a value that its tag does not allow
        raise _error("", f"cannot be read: {shown(' '.join(str(error).split()))}", "write it as plain YAML") from None
    if not isinstance(raw, dict):
        raise _error("", "has no settings", "such as site_name: NAME")
    return _parse(raw, places)


class _Loader(yaml.SafeLoader):
    """Reads plain YAML: without anchors and aliases, and each setting once. Raises ArchiveError for any other."""

    def compose_node(self, parent: Any, index: Any) -> yaml.Node | None:
        peek: Any = self.peek_event  # the stubs have no types for it
        event = peek()
        if getattr(event, "anchor", None) is not None:
            begins = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = f"the value begins with {begins}, which has a meaning of its own there"
            hint = "put the value in quotation marks, or write it out"
            raise _error("", message, hint, event.start_mark.line + 1, event.start_mark.column + 1)
        return super().compose_node(parent, index)

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        node = super().compose_mapping_node(anchor)
        first: dict[tuple[str, str], int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if isinstance(key, yaml.ScalarNode) and first.setdefault((key.tag, key.value), line) != line:
                message = f"{quoted(key.value)} stands twice, first on line {first[key.tag, key.value]}"
                raise _error(key.value, message, "keep one of the two", line, key.start_mark.column + 1)
        return node


def _places(node: yaml.Node, name: str = "") -> Iterator[tuple[str, Mark]]:
    """Yield each setting by its name, such as `extra.admin.repo` or `nav[1].Home`, with its place."""
    if name:
        yield name, Mark(node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = f"{name}.{key.value}" if name else f"{key.value}"
            yield from _places(value, here)
            yield f"{here}:", Mark(key.start_mark.line + 1, key.start_mark.column + 1)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value, 1):
            yield from _places(item, f"{name}[{number}]")


def parse_settings(raw: Mapping[str, Any]) -> Settings:
    """Return these settings, checked. Raise ArchiveError with a problem for each that is wrong."""
    settings, problems = _parse(raw, {})
    if problems:
        raise ArchiveError(problems=problems)
    return settings


def _parse(raw: Mapping[str, Any], places: Mapping[str, Mark]) -> tuple[Settings, tuple[Problem, ...]]:
    problems: list[Problem] = []
    if not isinstance(extra := raw.get("extra"), dict | None):
        problems += _wrong("extra", extra, "a group of settings", "such as issues_url: ADDRESS").problems
        raw = {name: value for name, value in raw.items() if name != "extra"}
    problems += _unknown(raw)
    values: dict[str, Any] = {}
    for name, parse in _PARSERS.items():
        try:
            values[name] = parse(raw)
        except ArchiveError as error:
            problems += error.problems
            values[name] = parse({})
    placed = dict.fromkeys(_placed(problem, places) for problem in problems)  # a wrong site_url is no authority either
    return Settings(**values, raw=raw, places=places), tuple(placed)


def _placed(problem: Problem, places: Mapping[str, Mark]) -> Problem:
    """Return a problem at the place of the setting that it is about, or of the nearest around it."""
    name = problem.field
    while name and f"{name}:" not in places and name not in places:
        name = name.rpartition(".")[0]
    mark = places.get(f"{name}:") or places.get(name)
    return dataclasses.replace(problem, line=mark.line, col=mark.col) if mark else problem


def _unknown(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each setting that there is not, or that is of another kind."""
    for name, value in raw.items():
        if name not in _KINDS:
            near = difflib.get_close_matches(str(name), _KINDS, n=1, cutoff=0.75)
            hint = f"did you mean {near[0]!r}?" if near else f"the settings are {', '.join(_KINDS)}"
            message = f"unknown setting {shown(repr(name))}"
            if name == "INHERIT":  # which the renderer would follow, and this program would not
                message, hint = "settings in another file are not read", "write them here, and remove INHERIT"
            yield from _error(str(name), message, hint).problems
        elif value is not None and not isinstance(value, _OF_KINDS[_KINDS[name]]):
            yield from _wrong(
                str(name), value, "of the kind that is allowed", f"allowed: {_KINDS[name]}; or remove it"
            ).problems
    for name, value in _TABLE["always"].items():
        if raw.get(name, value) != value:
            yield from _wrong(name, raw[name], "allowed here", f"remove it; it is always {str(value).lower()}").problems
    extra = raw.get("extra")
    for name in extra if isinstance(extra, dict) else ():
        if name not in _EXTRA and (near := difflib.get_close_matches(str(name), _EXTRA, n=1, cutoff=0.75)):
            hint = f"did you mean {near[0]!r}?"
            yield from _error(f"extra.{name}", f"unknown setting {shown(repr(name))}", hint).problems


def is_address(text: str) -> bool:
    """Return whether it is an http(s) address, with a host."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port  # each may be wrong
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"[\s<>\"'\\^`|]", text)


def _extra(raw: Mapping[str, Any], name: str) -> Any:
    """Return the setting `extra.NAME`, or None if it is not there."""
    return (raw.get("extra") or {}).get(name)


def _site_name(raw: Mapping[str, Any]) -> str:
    value = raw.get("site_name")
    if not isinstance(value, str | None):
        raise _wrong("site_name", value, "the name of the site", "a text, such as Statements archive")
    return value or ""


def _site_url(raw: Mapping[str, Any]) -> str:
    value = raw.get("site_url")
    if value not in (None, "") and not (isinstance(value, str) and is_address(value) and not re.search("[?#]", value)):
        allowed = "an http:// or https:// address without ? and #, such as https://archive.example/, or nothing"
        raise _wrong("site_url", value, "where the site is served", allowed)
    return f"{(value or '').rstrip('/')}/"


def _naming_authority(raw: Mapping[str, Any]) -> str:
    value = _extra(raw, "naming_authority")
    if value is None:  # until the archive is published; `archive build` says that it is to be set
        return f"{urlsplit(_site_url(raw)).hostname or 'localhost.invalid'},2026"
    name, _, since = str(value).partition(",")
    if not _DOMAIN.fullmatch(name) or not _is_day(since):
        allowed = (
            "a domain of the archive's own in small letters, a comma and a year or day on which it was, such as "
            "example.org,2026"
        )
        raise _wrong("extra.naming_authority", str(value), "a naming authority", allowed)
    return str(value)


def _edit_base(raw: Mapping[str, Any]) -> str:
    value = str(_extra(raw, "edit_base") or "")
    if value and not (is_address(value) and value.endswith("/")):
        allowed = 'an address that ends in "/", such as https://github.com/OWNER/PROJECT/edit/main/, or nothing'
        raise _wrong("extra.edit_base", value, "where files are edited", allowed)
    return value


def _issues_url(raw: Mapping[str, Any]) -> str:
    value = str(_extra(raw, "issues_url") or "")
    names = set(_PLACEHOLDER.findall(value))
    plain = _PLACEHOLDER.sub("", value)
    if value and (
        not (is_address(plain) or _MAILTO.fullmatch(plain)) or names - {ABOUT, PAGE} or "{" in plain or "}" in plain
    ):
        allowed = (
            f"an address in which {{{ABOUT}}} stands for the record, such as "
            f"https://github.com/OWNER/PROJECT/issues/new?template=error.yml&record={{{ABOUT}}} or "
            "mailto:NAME@example.org, or nothing"
        )
        raise _wrong("extra.issues_url", value, "where errors are reported", allowed)
    return value


def _admin(raw: Mapping[str, Any]) -> Backend | None:
    value = _extra(raw, "admin")
    if value is None or value is False:
        return None
    if not isinstance(value, dict):
        raise _wrong("extra.admin", value, "the backend of the form", "a group with name, repo and branch")
    names = {field.name for field in dataclasses.fields(Backend)}
    for key, part in value.items():
        if key not in names:
            raise _wrong(f"extra.admin.{key}", part, "part of the backend", f"allowed: {', '.join(sorted(names))}")
    backend = Backend(**{key: str(part) for key, part in value.items()})
    if backend.name not in _BACKENDS:
        raise _wrong("extra.admin.name", backend.name, "a backend", f"allowed: {', '.join(_BACKENDS)}")
    if backend.name != "test-repo" and not _REPO.fullmatch(backend.repo):
        raise _wrong("extra.admin.repo", backend.repo, "a repository at the host", "such as OWNER/PROJECT")
    if not _BRANCH.fullmatch(backend.branch):
        raise _wrong("extra.admin.branch", backend.branch, "a branch", "such as main")
    for key in ("api_root", "base_url"):
        if (address := getattr(backend, key)) and not is_address(address):
            raise _wrong(f"extra.admin.{key}", address, "an address", "with http:// or https://")
    return backend


def _redirects(raw: Mapping[str, Any]) -> dict[str, str]:
    value = _extra(raw, "redirects") or {}
    if not isinstance(value, dict):
        raise _wrong("extra.redirects", value, "a group of addresses", "such as history/: about/")
    for former, place in value.items():
        if not isinstance(former, str) or not _FORMER_PATH.fullmatch(former):
            allowed = "from the root of the site, such as history/ for a page and files/plan.pdf for a file"
            raise _wrong("extra.redirects", former, "the former address of a page or a file", allowed)
        if not isinstance(place, str) or not place.endswith("/") or place.startswith("/"):
            allowed = 'from the root of the site and with "/" at its end, such as about/'
            raise _wrong(f"extra.redirects.{former}", place, "the address of a page", allowed)
    return dict(value)


def parse_patterns(lines: Iterable[str]) -> tuple[Callable[[str], bool], list[str]]:
    """Return what tells whether a path matches patterns as of `.gitignore`, and what is wrong with those left out."""
    right, wrong = [], []
    for line in lines:
        try:
            pathspec.GitIgnoreSpec.from_lines([line])
            right.append(line)
        except (ValueError, re.error) as error:  # re.error: a range whose ends are exchanged
            wrong.append(f"{quoted(line)} is no pattern: {error}")
    return pathspec.GitIgnoreSpec.from_lines(right).match_file, wrong


def _patterns(raw: Mapping[str, Any], name: str, *more: str) -> Callable[[str], bool]:
    value = raw.get(name) or ""
    if not isinstance(value, str):
        raise _error(name, f"{value!r} is not a text", _PATTERNS)
    match, wrong = parse_patterns([*more, *value.splitlines()])
    if wrong:
        raise ArchiveError(
            problems=[problem for message in wrong for problem in _error(name, message, _PATTERNS).problems]
        )
    return match


def _wrong(name: str, value: object, what: str, allowed: str) -> ArchiveError:
    return _error(name, f"{value!r} is not {what}", allowed)


def _error(name: str, message: str, hint: str, line: int = 1, col: int = 1) -> ArchiveError:
    return ArchiveError(
        problems=[Problem(path=_FILE, line=line, col=col, field=shown(name), message=message, hint=hint)]
    )


def _is_day(text: str) -> bool:
    """Return whether it is a day, or a month or year for its first day (RFC 4151, section 2.1)."""
    try:
        return re.fullmatch(r"[0-9-]+", text) is not None and edtf.parse(text).end is None
    except ValueError:
        return False


_OF_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "any": object,
    "text": str,
    "list": list,
    "list or group": (list, dict),
    "name or group": (str, dict),
    "group": dict,
    "true or false": bool,
}
_TABLE = yaml.safe_load(Path(__file__).with_name("settings.yml").read_text("utf-8"))
_KINDS: Mapping[str, str] = {name: kind for kind in _OF_KINDS for name in _TABLE[kind]}
UNLISTED: str = _TABLE["unlisted"]  # the setting that has the pages which the menu leaves out
_EXTRA = ("edit_base", "naming_authority", "issues_url", "redirects", "admin")
_PARSERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {  # by the name in `Settings`
    "site_name": _site_name,
    "site_url": _site_url,
    "naming_authority": _naming_authority,
    "edit_base": _edit_base,
    "issues_url": _issues_url,
    "admin": _admin,
    "redirects": _redirects,
    "is_excluded": lambda raw: _patterns(raw, "exclude_docs", ".*", "/templates/"),
    "is_unlisted": lambda raw: _patterns(raw, UNLISTED),
}
