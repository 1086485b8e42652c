"""What `mkdocs.yml` says of the site, read into values: text -> value, or ArchiveError."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pathspec
import yaml

from archive.model import edtf, urls
from archive.model.errors import ArchiveError
from archive.model.records import Backend

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
ABOUT = "id"  # in `issues_url`: what the report is about
_BACKENDS = ("github", "gitlab", "gitea", "test-repo")
_REPO = re.compile(r"[\w.-]+(?:/[\w.-]+)+")
_PART = r"(?!\.\.?(?:/|$))[^/\x00-\x1f\x7f]+"
_ADDRESS = re.compile(rf"(?!{re.escape(urls.DATA_FILES)}){_PART}(?:/{_PART})*/?")  # of what may be gone
_BRANCH = re.compile(r"[\w.-]+(?:/[\w.-]+)*")


def extra(settings: Mapping[str, Any], name: str) -> Any:
    """The setting `extra.NAME`; None where it is not made."""
    group = settings.get("extra")
    return group.get(name) if isinstance(group, dict) else None


def edit_base(settings: Mapping[str, Any]) -> str:
    """Where files are edited: an address that ends in "/", to which a file's path is added; "" for nowhere."""
    written = str(extra(settings, "edit_base") or "")
    if written and not (_is_address(written) and written.endswith("/")):
        allowed = 'an address that ends in "/", such as https://github.com/OWNER/PROJECT/edit/main/, or nothing'
        raise _wrong("edit_base", written, "where files are edited", allowed)
    return written


def issues_url(settings: Mapping[str, Any]) -> str:
    """Where errors are reported, with `{id}` for the record or page that the report is about; "" for nowhere."""
    written = str(extra(settings, "issues_url") or "")
    names = set(_PLACEHOLDER.findall(written))
    plain = _PLACEHOLDER.sub("", written)
    if written and (not _is_address(plain) or names - {ABOUT} or "{" in plain or "}" in plain):
        allowed = (
            f"an address in which {{{ABOUT}}} stands for the record, such as "
            f"https://github.com/OWNER/PROJECT/issues/new?template=error.yml&record={{{ABOUT}}}, or nothing"
        )
        raise _wrong("issues_url", written, "where errors are reported", allowed)
    return written


def placeholders(settings: Mapping[str, Any]) -> list[str]:
    """The settings that are not made yet, or still name a domain kept for examples (RFC 2606)."""
    values = {"site_url": settings.get("site_url") or "example.org", "extra.naming_authority": "example.org"}
    values |= {f"extra.{name}": value for name, value in (settings.get("extra") or {}).items()}
    return [name for name, value in values.items() if re.search(r"\bexample\.(org|com|net)\b", str(value))]


def cms_backend(settings: Mapping[str, Any]) -> Backend | None:
    """Where the form at `/admin/` saves; None where the form is not asked for."""
    written = extra(settings, "admin")
    if written is None or written is False:
        return None
    if not isinstance(written, dict):
        raise _wrong("admin", written, "the backend of the form", "a group with name, repo and branch")
    known = {field.name for field in dataclasses.fields(Backend)}
    for key in written:
        if key not in known:
            raise _wrong(f"admin.{key}", written[key], "part of the backend", f"allowed: {', '.join(sorted(known))}")
    made = Backend(**{key: str(value) for key, value in written.items()})
    if made.name not in _BACKENDS:
        raise _wrong("admin.name", made.name, "a backend", f"allowed: {', '.join(_BACKENDS)}")
    if made.name != "test-repo" and not _REPO.fullmatch(made.repo):
        raise _wrong("admin.repo", made.repo, "a repository at the host", "such as OWNER/PROJECT")
    if not _BRANCH.fullmatch(made.branch):
        raise _wrong("admin.branch", made.branch, "a branch", "such as main")
    for key in ("api_root", "base_url"):
        if (address := getattr(made, key)) and not _is_address(address):
            raise _wrong(f"admin.{key}", address, "an address", "with http:// or https://")
    return made


def redirects(settings: Mapping[str, Any]) -> dict[str, str]:
    """Former addresses of pages and files, each with the address of the page that stands in its place, as `gone`."""
    written = extra(settings, "redirects") or {}
    if not isinstance(written, dict):
        raise _wrong("redirects", written, "a group of addresses", "such as history/: about/")
    for former, place in written.items():
        if not isinstance(former, str) or not _ADDRESS.fullmatch(former):
            allowed = "from the root of the site, such as history/ for a page and files/plan.pdf for a file"
            raise _wrong("redirects", former, "the former address of a page or a file", allowed)
        if not isinstance(place, str) or not place.endswith("/") or place.startswith("/"):
            allowed = 'from the root of the site and with "/" at its end, such as about/'
            raise _wrong(f"redirects.{former}", place, "the address of a page", allowed)
    return dict(written)


def nav_exclusions(settings: Mapping[str, Any]) -> list[str]:
    """The pages that lead on, as patterns for `not_in_nav`: else MkDocs would miss them in the navigation."""
    return [re.sub(r"[\\*?\[\]]", r"\\\g<0>", f"/{former}") for former in redirects(settings) if former.endswith("/")]


def exclusion_test(settings: Mapping[str, Any]) -> Callable[[str], bool]:
    """Whether a file in `docs/` is not published, by its path there: hidden ones, and those MkDocs is told to leave."""
    written = settings.get("exclude_docs") or ""
    if not isinstance(written, str):
        raise ArchiveError(
            f"mkdocs.yml: exclude_docs: {written!r} is not a text (patterns as of .gitignore, one a line)"
        )
    return pathspec.GitIgnoreSpec.from_lines([".*", "/templates/", *written.splitlines()]).match_file


def _wrong(name: str, written: object, what: str, allowed: str) -> ArchiveError:
    return ArchiveError(f"mkdocs.yml: extra.{name}: {written!r} is not {what} ({allowed})")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"'\\^`|]", text)


def read_settings(root: Path) -> dict[str, Any]:
    """The settings in `mkdocs.yml`. Raises ArchiveError where it cannot be read as plain YAML."""
    file = root / "mkdocs.yml"
    try:
        found = yaml.safe_load(file.read_bytes())
    except (yaml.YAMLError, OSError) as error:
        raise ArchiveError(f"mkdocs.yml cannot be read: {error}") from None
    if not isinstance(found, dict):
        raise ArchiveError("mkdocs.yml has no settings")
    return found


_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def naming_authority(settings: Mapping[str, object], url: str) -> str:
    """Who gives the permanent ids of feeds: a name and the day from which it was theirs, such as "example.org,2026"."""
    extra = settings.get("extra")
    written = extra.get("naming_authority") if isinstance(extra, dict) else None
    if written is None:  # until the archive is published; `archive build` says that it is to be set
        return f"{urlsplit(url).hostname or 'localhost.invalid'},2026"
    name, _, since = str(written).partition(",")
    if not _DOMAIN.fullmatch(name) or not _is_day(since):
        raise ArchiveError(
            f"mkdocs.yml: extra.naming_authority: {str(written)!r} is not a naming authority (a domain of the "
            "archive's own in small letters, a comma and a year or day on which it was, such as example.org,2026)"
        )
    return str(written)


def _is_day(text: str) -> bool:
    """Whether it is a day, or a month or year for its first (RFC 4151, section 2.1)."""
    try:
        return re.fullmatch(r"[0-9-]+", text) is not None and edtf.parse(text).end is None
    except ValueError:
        return False
