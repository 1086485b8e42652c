"""What `mkdocs.yml` says of the site, read into values: text -> value, or ValueError with a message for people."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
ABOUT = "id"  # in `issues_url`: what the report is about


def extra(settings: Mapping[str, Any], name: str) -> Any:
    """The setting `extra.NAME`; None where it is not made."""
    group = settings.get("extra")
    return group.get(name) if isinstance(group, dict) else None


def edit_base(settings: Mapping[str, Any]) -> str:
    """Where files are edited: an address that ends in "/", to which a file's path is added; "" for nowhere."""
    written = str(extra(settings, "edit_base") or "")
    if written and not (_is_address(written) and written.endswith("/")):
        raise ValueError(
            f'mkdocs.yml: extra.edit_base: {written!r} is not where files are edited (an address that ends in "/", '
            "such as https://github.com/OWNER/PROJECT/edit/main/, or nothing)"
        )
    return written


def issues_url(settings: Mapping[str, Any]) -> str:
    """Where errors are reported, with `{id}` for the record or page that the report is about; "" for nowhere."""
    written = str(extra(settings, "issues_url") or "")
    names = set(_PLACEHOLDER.findall(written))
    plain = _PLACEHOLDER.sub("", written)
    if written and (not _is_address(plain) or names - {ABOUT} or "{" in plain or "}" in plain):
        raise ValueError(
            f"mkdocs.yml: extra.issues_url: {written!r} is not where errors are reported (an address in which {{id}} "
            "stands for the record, such as https://github.com/OWNER/PROJECT/issues/new?template=error.yml&record={id}"
            ", or nothing)"
        )
    return written


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"'\\^`|]", text)
