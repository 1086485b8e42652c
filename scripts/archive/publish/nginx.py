"""Make the configuration with which nginx serves the site, with the same headers as `_headers`.

The text is a file for nginx' `http` block (on Debian, in `sites-available`); https://nginx.org/en/docs/ explains it.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from archive.model.errors import USAGE, ArchiveError
from archive.model.records import Archive
from archive.publish import headers

SHORT = "public, max-age=300"  # a correction is seen in five minutes; unchanged files are not sent again (ETag)

# the media type by ending; `header_rules` takes precedence
TYPES = {
    "bib": "application/x-bibtex",
    "css": "text/css",
    "csv": "text/csv",
    "gz": "application/gzip",
    "html": "text/html",
    "ics": "text/calendar",
    "js": "text/javascript",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "map": "application/json",
    "png": "image/png",
    "ris": "application/x-research-info-systems",
    "sqlite": "application/vnd.sqlite3",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "yml": "application/yaml",
}
_TEXTS = sorted({type for type in TYPES.values() if type.startswith("text/")} - {"text/html"})
_PACKED = ("application/gzip", "font/woff2", "image/png")  # compressed as they are


def configuration(archive: Archive, folder: str) -> str:
    """Return the configuration for the site in this folder of the server.

    Raise ArchiveError where the site has no host of its own, or the folder cannot be written for nginx.
    """
    url = urlsplit(archive.site_url)
    if url.path.strip("/"):
        raise ArchiveError(
            f"mkdocs.yml: site_url: {archive.site_url} is below the root of its host; the configuration of nginx is "
            "for a site that has a host of its own",
            USAGE,
        )
    if not folder.startswith("/") or set(folder) & set('"$\\\n\r'):
        raise ArchiveError(
            f'{folder!r} is not a folder for nginx (a whole path, from / on, without ", $ and \\)', USAGE
        )
    return "\n".join(_lines(headers.header_rules(archive), url.hostname or "_", folder)) + "\n"


def _lines(rules: Mapping[str, Mapping[str, str]], host: str, folder: str) -> Iterator[str]:
    types = {path: rule["Content-Type"] for path, rule in rules.items() if "Content-Type" in rule}
    sent = {name: {path: rule[name] for path, rule in rules.items() if name in rule} for name in _names(rules)}
    yield "# Made by `archive nginx`, from the headers that the site's `_headers` has. For nginx' http block."
    for name, values in sent.items():
        if values.keys() != {"/*"}:
            yield f"map $uri {_variable(name)} {{"
            if name == "Cache-Control":
                yield f'    default "{SHORT}";'
            for value, paths in _by_value(values).items():
                yield f'    "~{_pattern(*paths)}" "{value}";'
            yield "}"
    yield from ("server {", "    listen 80;", "    listen [::]:80;", f"    server_name {host};")
    yield from (f'    root "{folder}";', "    index index.html;", "    disable_symlinks on from=$document_root;")
    yield from ("    absolute_redirect off;", "    server_tokens off;", "")
    yield "    # Sent with what is there; all but the caching also with what is not."
    for name, values in sent.items():
        value = f'"{values["/*"]}"' if values.keys() == {"/*"} else _variable(name)
        yield f"    add_header {name} {value}{'' if name == 'Cache-Control' else ' always'};"
    yield from ("", "    types {", *(f"        {type} {ending};" for ending, type in TYPES.items()), "    }")
    yield from ("    default_type application/octet-stream;", "    charset utf-8;")
    yield f"    charset_types {' '.join(_TEXTS)};"
    yield from ("", "    gzip on;", "    gzip_static on; # FILE.gz, where there is one", "    gzip_vary on;")
    packed = sorted({*TYPES.values(), *types.values()} - {*_PACKED, "text/html"})
    yield from ("    gzip_min_length 1024;", f"    gzip_types {' '.join(packed)};", "")
    yield from ("    error_page 404 /404.html;", "    error_page 403 =404 /404.html;")
    yield "    location = /404.html { internal; }"
    yield f"    location = /{headers.HEADERS_FILE} {{ return 404; }}"
    yield r'    location ~ "/\.(?!well-known/)" { return 404; }'
    for type, paths in _by_value(types).items():
        yield f'    location ~ "{_pattern(*paths)}" {{ types {{ }} default_type {type}; }}'
    yield "}"


def _names(rules: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the names of the headers, but Content-Type, which nginx sets in another way."""
    return sorted({name for rule in rules.values() for name in rule} - {"Content-Type"})


def _variable(name: str) -> str:
    return f"$archive_{name.lower().replace('-', '_')}"


def _by_value(values: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the paths that have each value."""
    paths: dict[str, list[str]] = {}
    for path, value in values.items():
        paths.setdefault(value, []).append(path)
    return paths


def _pattern(*paths: str) -> str:
    """Return a regular expression for the files that nginx sends for these paths of `header_rules`."""
    patterns = [re.escape("/index.html" if path == "/" else path).replace(r"\*", ".*") for path in paths]
    return f"^({'|'.join(patterns)})$"
