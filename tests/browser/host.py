"""Serve a built site on this machine as a static host would."""

import gzip
import mimetypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

CANONICAL = re.compile(r'<link\s+rel="?canonical"?\s+href="?([^">\s]+)')
COMPRESSED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    site: Path
    url: str  # ends with a slash

    def address(self, path: str) -> str:
        """The address of a page; `*` stands for the first folder that the site has there."""
        if "*" not in path:
            return self.url + path.removeprefix("/")
        found = sorted(self.site.glob(path.strip("/") + "/index.html"))
        assert found, f"the site has no page {path}"
        return self.url + found[0].parent.relative_to(self.site).as_posix() + "/"


@lru_cache(maxsize=256)
def compressed(body: bytes) -> bytes:
    """As a host does that keeps what it has compressed."""
    return gzip.compress(body)


class StaticHost(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, site: Path, base: str) -> None:
        self.site, self.base = site, base
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.site / path.removeprefix(self.base)
        if file.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", path + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if file.is_dir():
            file /= "index.html"
        if path.startswith(self.base) and file.is_file():
            self.answer(HTTPStatus.OK, file)
        else:
            self.answer(HTTPStatus.NOT_FOUND, self.site / "404.html")

    def answer(self, status: HTTPStatus, file: Path) -> None:
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        body = file.read_bytes()
        self.send_response(status)
        if kind.startswith(COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = compressed(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # of a page that is left
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve(site: Path) -> Iterator[Server]:
    # 404.html names everything by absolute path, so the site is served under the path it was built for.
    canonical = CANONICAL.search((site / "index.html").read_text(encoding="utf-8"))
    base = urlsplit(canonical[1]).path if canonical else "/"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StaticHost, site=site, base=base)) as host:
        thread = threading.Thread(target=host.serve_forever)
        thread.start()
        try:
            yield Server(site=site, url=f"http://127.0.0.1:{host.server_port}{base}")
        finally:
            host.shutdown()
            thread.join()
