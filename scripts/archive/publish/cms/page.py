"""Make the page of the form at `/admin/` and its configuration for Sveltia CMS.

`program` puts the program itself beside these. All that the page loads is on the site, and its policy (Content Security
Policy, level 3) lets it connect to the site and the backend only.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from archive.model import types
from archive.model.records import Archive, Backend
from archive.model.urls import ADMIN
from archive.pages.page import render
from archive.publish.cms import form

PROGRAM = "sveltia-cms.js"
FORMAT = "format.js"  # ours
FONT = "material-symbols.woff2"

_APIS = {"github": "https://api.github.com", "gitlab": "https://gitlab.com", "gitea": "https://gitea.com"}
_REVIEWED = ("github", "gitlab")  # where the form can make a proposal that someone else reviews


def files(archive: Archive) -> dict[str, str]:
    """Return the page and its configuration, by path; nothing where the settings have no form."""
    if archive.admin is None:
        return {}
    values = {"title": archive.site_name, "policy": policy(archive.admin), "programs": (PROGRAM, FORMAT)}
    text = json.dumps(configuration(archive, archive.admin), ensure_ascii=False, indent=1)
    return {
        f"{ADMIN}index.html": render("admin.html", values),
        f"{ADMIN}config.yml": f"{text}\n",  # JSON is YAML
        f"{ADMIN}{FORMAT}": render("admin.js", {"archive": form.format_table()}),
    }


def configuration(archive: Archive, backend: Backend) -> dict[str, Any]:
    """Return the configuration of Sveltia CMS, with one collection: the statements."""
    address = {} if archive.site_url == "/" else {"site_url": archive.site_url}  # not known before it is set
    return address | {
        "backend": _backend(backend),
        "publish_mode": "editorial_workflow" if backend.name in _REVIEWED else "simple",
        "app_title": archive.site_name,
        "logo": {"src": f"{urlsplit(archive.site_url).path}assets/favicon.svg"},
        "media_folder": "docs/assets",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "none"}},
        "collections": [
            {
                "name": "statements",
                "label": "Statements",
                "label_singular": "Statement",
                "folder": "statements",
                "path": "{{date | truncate(4, '-')}}/{{slug}}",  # "-" is appended at the cut, and dropped
                "extension": "md",
                "format": "yaml-frontmatter",
                "identifier_field": "title",
                "summary": "{{date}} {{title}}",
                "sortable_fields": ["date", "title"],
                "delete": False,  # a record is withdrawn
                "slug": {
                    "editable": ["create"],
                    "pattern": [f"^(?:{types.STEM.pattern})$", f"Allowed: {types.STEM_ID.allowed}"],
                    "hint": "The record's id and address for good: the date as far as known, then a few plain words.",
                },
                "fields": form.inputs(archive),
            }
        ],
    }


def _backend(backend: Backend) -> dict[str, Any]:
    if backend.name not in _APIS:
        return {"name": backend.name}
    settings: dict[str, Any] = {"name": backend.name, "repo": backend.repo, "branch": backend.branch}
    settings |= {name: getattr(backend, name) for name in ("api_root", "base_url", "app_id") if getattr(backend, name)}
    if backend.name == "gitlab" and backend.app_id:
        settings["auth_type"] = "pkce"
    if not (backend.app_id or (backend.name == "github" and backend.base_url)):
        settings["auth_methods"] = ["token"]
    return settings


def policy(backend: Backend) -> str:
    """Return the page's Content Security Policy: what it may load, and from where."""
    hosts = []
    if usual := _APIS.get(backend.name):
        sign_in = "" if backend.name == "github" else backend.base_url  # GitHub's opens a window of its own
        for parts in map(urlsplit, (backend.api_root or usual, sign_in or backend.api_root or usual)):
            hosts.append(f"{parts.scheme}://{parts.netloc}")
    connected = " ".join(dict.fromkeys(["'self'", "blob:", "data:", *hosts]))
    allowed: Mapping[str, str] = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' blob: data:",
        "font-src": "'self'",
        "connect-src": connected,
        "worker-src": "'self' blob:",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())
