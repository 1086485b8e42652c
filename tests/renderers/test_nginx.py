"""nginx, as Debian packages it, serves the built site with the configuration in docs/publishing.md."""

import gzip
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from archive.model.records import Backend
from archive.publish import headers
from archive.publish.loading import load_archive
from builders import tree_of
from nginx_conf import TEXT, Nginx

SHORT, LONG = "public, max-age=300", "public, max-age=31536000, immutable"

FORM = "/admin/*"

# The rest of what nginx needs, all of it in one folder.
AROUND = """
{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/errors;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
    uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
{configuration}
}}
"""


@pytest.fixture(scope="module")
def table(five_project: Path) -> dict[str, dict[str, str]]:
    """The headers that `_headers` has, by path, of which the form's own replace those for all."""
    archive = load_archive(five_project)
    with_form = replace(archive, admin=Backend(name="github", repo="a/b", branch="main"))
    rules = {path: dict(rule) for path, rule in headers.header_rules(archive).items()}
    return rules | {FORM: dict(headers.header_rules(with_form)[FORM])}


@pytest.fixture(scope="module")
def text(table: dict[str, dict[str, str]]) -> str:
    """The configuration for this site."""
    policy = table[FORM]["Content-Security-Policy"]
    return filled(TEXT, {'# "~^/admin/" "FORM";': f'"~^/admin/" "{policy}";'})


def filled(text: str, values: dict[str, str]) -> str:
    """The configuration with each placeholder, which stands there once, replaced by its value."""
    for placeholder, value in values.items():
        assert text.count(placeholder) == 1
        text = text.replace(placeholder, value)
    return text


@pytest.fixture(scope="module")
def published(five: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it stands on a server, beside what nobody is to see; a file is also there compressed."""
    place = tmp_path_factory.mktemp("server") / "a server"
    shutil.copytree(five, place / "edition")
    (place / "secret.txt").write_text("secret", "utf-8")
    (place / "current").symlink_to("edition")
    (place / "edition" / "link.txt").symlink_to(place / "secret.txt")
    (place / "edition" / "assets" / "out").symlink_to(place)
    (place / "edition" / ".hidden").write_text("hidden", "utf-8")
    (place / "edition" / ".well-known").mkdir()
    (place / "edition" / ".well-known" / "security.txt").write_text("Contact:", "utf-8")
    (place / "edition" / "feed.xml.gz").write_bytes(gzip.compress((five / "feed.xml").read_bytes()))
    (place / "edition" / "admin").mkdir()
    (place / "edition" / "admin" / "index.html").write_text("the form", "utf-8")
    return place / "current"


@pytest.fixture(scope="module")
def port(text: str, published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where nginx listens."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "nginx is not on this machine: on Debian or Ubuntu, apt install nginx-light"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    values = {
        "    listen [::]:80;\n": "",
        "listen 80;": f"listen 127.0.0.1:{free};",
        "HOST": "archive.example",
        "/srv/archive/current": f'"{published}"',
    }
    folder = tmp_path_factory.mktemp("nginx")
    user = "user root;" if os.geteuid() == 0 else ""  # else it would give up its rights, those to the folder too
    around = AROUND.format(user=user, folder=folder, configuration=filled(text, values))
    (folder / "nginx.conf").write_text(around, "utf-8")
    running = subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "errors"])
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", free)) == 0:
                    break
            assert running.poll() is None, (folder / "errors").read_text("utf-8")
            time.sleep(0.05)
        yield free
    finally:
        running.terminate()
        running.wait()


Answer = tuple[int, http.client.HTTPMessage, bytes]
Get = Callable[..., Answer]


@pytest.fixture
def get(port: int) -> Iterator[Get]:
    """Asks for a path, just as it is written, and reads the answer: its status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def ask(path: str, method: str = "GET", **sent: str) -> Answer:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in sent.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    yield ask
    connection.close()


def of(path: str, table: dict[str, dict[str, str]]) -> dict[str, str]:
    """What `_headers` says of a path; what it says nothing of is kept for five minutes."""
    found = {name: value for place, rule in table.items() if fnmatchcase(path, place) for name, value in rule.items()}
    return {"Cache-Control": SHORT} | found


def files(five: Path) -> dict[str, bytes]:
    """What a reader may ask for, by address."""
    return {
        f"/{path.removesuffix('index.html')}": content
        for path, content in tree_of(five).items()
        if path not in ("404.html", headers.HEADERS_FILE, ".made-by-archive")
    }


def file_at(path: str) -> str:
    """The file that is sent for an address."""
    return f"{path}index.html" if path.endswith("/") else path


def test_the_configuration_says_what_the_table_says_of_every_rule_and_file(
    text: str, five: Path, table: dict[str, dict[str, str]]
) -> None:
    nginx = Nginx(text)
    rules = [place.replace("/*/", "/events/").replace("*", "x") for place in table]
    for path in (*rules, *files(five), "/404.html", "/admin/"):
        expected = of(path, table)
        file = file_at(path)
        assert nginx.type(file) == expected.pop("Content-Type", nginx.type(file)), path
        assert nginx.headers(file) == expected, path
    assert Nginx(TEXT).headers("/index.html") == nginx.headers("/index.html")  # without the form


def test_the_configuration_knows_the_type_of_every_file(text: str, five: Path) -> None:
    nginx = Nginx(text)
    unknown = {re.sub(r".*[./]", "", path) for path in files(five) if nginx.type(file_at(path)) is None}
    assert unknown <= {"SHA256SUMS", "bin"}
    package = json.loads((five / "data/v1/datapackage.json").read_text("utf-8"))
    assert [
        resource["path"]
        for resource in package["resources"]
        if nginx.type(f"/data/v1/{resource['path']}") != resource["mediatype"]
    ] == []
    usual = {"css": "text/css", "html": "text/html", "js": "text/javascript", "png": "image/png", "txt": "text/plain"}
    usual |= {"svg": "image/svg+xml", "woff2": "font/woff2", "xml": "application/xml", "yml": "application/yaml"}
    assert nginx.types | usual == nginx.types
    packed = {"application/gzip", "application/zip", "font/woff2", "image/png"}
    assert set(nginx.words("gzip_types")) == nginx.all_types - packed - {"text/html"}
    texts = {type for type in nginx.all_types if type.startswith("text/")}
    assert set(nginx.words("charset_types")) == texts - {"text/html"}


@pytest.mark.slow
def test_every_file_is_sent_with_the_headers_of_the_table_and_its_type(
    five: Path, get: Get, text: str, table: dict[str, dict[str, str]]
) -> None:
    named = {"Cache-Control", *(name for rule in table.values() for name in rule)} - {"Content-Type"}
    for path, content in {**files(five), "/admin/": b"the form"}.items():
        status, sent, body = get(path)
        assert (status, body) == (200, content), path
        expected = of(path, table)
        type = expected.pop("Content-Type", None) or Nginx(text).type(file_at(path)) or "application/octet-stream"
        charset = "; charset=utf-8" if type.startswith("text/") else ""
        assert sent["Content-Type"] == type + charset, path
        assert {name: sent.get_all(name) for name in named if name in sent} == {
            name: [value] for name, value in expected.items()
        }, path
        assert sent["ETag"], path


@pytest.mark.slow
def test_the_headers_are_those_that_are_documented(get: Get) -> None:
    """The table itself is compared with what docs/publishing.md says."""
    types = {
        "/": "text/html; charset=utf-8",
        "/feed.xml": "application/atom+xml",
        "/corrections/feed.json": "application/feed+json",
        "/opensearch.xml": "application/opensearchdescription+xml",
        "/events/anniversaries.ics": "text/calendar; charset=utf-8",
        "/data/v1/statements.jsonl": "application/jsonl",
        "/data/v1/archive.sqlite": "application/vnd.sqlite3",
        "/data/v1/sources.csv": "text/csv; charset=utf-8",
        "/data/v1/events.json": "application/json",
        "/sitemap.xml": "application/xml",
    }
    for path, type in types.items():
        _, sent, _ = get(path)
        assert sent["Content-Type"] == type, path
        assert sent["Cache-Control"] == SHORT, path
        assert sent["X-Content-Type-Options"] == "nosniff", path
        assert sent["Access-Control-Allow-Origin"] == ("*" if path.startswith("/data/") else None), path
    _, sent, _ = get("/")
    assert "frame-ancestors 'none'" in sent["Content-Security-Policy"]
    assert get("/search/")[1]["Content-Security-Policy"] == sent["Content-Security-Policy"]
    assert re.fullmatch("nginx", sent["Server"])


@pytest.mark.slow
def test_only_a_file_with_a_hash_in_its_name_is_kept_for_long(
    five: Path, get: Get, table: dict[str, dict[str, str]]
) -> None:
    lasting = [path for path in files(five) if of(path, table)["Cache-Control"] == LONG]
    assert {re.sub(r"[^/]+$", "", path) for path in lasting} == {"/search/columns/", "/search/words/"}
    for path in lasting:
        assert re.search(r"[._/][0-9a-f]{7,12}[.-]", path), path
    assert get(lasting[0])[1]["Cache-Control"] == LONG


ABSENT = ["/nowhere", "/events/nowhere/", "/404.html", "/assets/", "/_headers", "/.hidden", "/.made-by-archive"]


@pytest.mark.slow
@pytest.mark.parametrize("path", ABSENT)
def test_what_is_not_there_has_the_page_that_says_so(path: str, five: Path, get: Get) -> None:
    status, sent, body = get(path)
    assert (status, body) == (404, (five / "404.html").read_bytes())
    assert sent["Content-Type"] == "text/html; charset=utf-8"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in sent["Content-Security-Policy"]
    assert "Cache-Control" not in sent


OUTSIDE = [
    "/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt",
    "//../secret.txt", "/assets/..%5c..%5csecret.txt", "/..;/secret.txt", "/%252e%252e/secret.txt", "/link.txt",
    "/assets/out/secret.txt", "/assets/out/", "/secret.txt%00.html",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leaves_the_folder(path: str, get: Get) -> None:
    status, _, body = get(path)
    assert status in (400, 404)
    assert body != b"secret"


@pytest.mark.slow
def test_a_folder_without_its_slash_leads_to_it(get: Get) -> None:
    status, sent, _ = get("/events?q=1", Host="archive.example:8443")
    assert (status, sent["Location"]) == (301, "/events/?q=1")


@pytest.mark.slow
def test_what_is_unchanged_is_not_sent_again(get: Get) -> None:
    for path in ("/", "/data/v1/events.json"):
        tag = get(path)[1]["ETag"]
        status, _, body = get(path, If_None_Match=tag)
        assert (status, body) == (304, b"")


@pytest.mark.slow
def test_a_part_of_a_file_can_be_had(five: Path, get: Get) -> None:
    status, _, body = get("/data/v1/archive.sqlite", Range="bytes=0-15")
    assert (status, body) == (206, (five / "data/v1/archive.sqlite").read_bytes()[:16])


@pytest.mark.slow
def test_text_is_sent_compressed_and_what_is_compressed_already_as_it_is(five: Path, published: Path, get: Get) -> None:
    for path in ("/", "/data/v1/sources.csv", "/assets/archive.css", "/search/words/index.json"):
        _, sent, body = get(path, Accept_Encoding="gzip")
        assert (sent["Content-Encoding"], sent["Vary"]) == ("gzip", "Accept-Encoding"), path
        assert gzip.decompress(body) == files(five)[path]
    _, sent, body = get("/feed.xml", Accept_Encoding="gzip")
    assert (sent["Content-Encoding"], sent["Content-Type"]) == ("gzip", "application/atom+xml")
    assert body == (published / "feed.xml.gz").read_bytes()
    shard = next(path for path in files(five) if path.endswith(".bin"))
    assert "Content-Encoding" not in get(shard, Accept_Encoding="gzip")[1]


@pytest.mark.slow
def test_nothing_but_reading_is_allowed(get: Get) -> None:
    assert get("/", "HEAD")[::2] == (200, b"")
    for method in ("POST", "PUT", "DELETE"):
        assert get("/", method)[0] == 405


@pytest.mark.slow
def test_what_a_certificate_is_had_by_is_sent(get: Get) -> None:
    assert get("/.well-known/security.txt")[::2] == (200, b"Contact:")
