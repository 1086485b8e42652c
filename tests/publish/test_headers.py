"""The headers that a host is to send: one value of each for any path, and the policy that the pages have."""

import html
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from archive.model.records import Backend
from archive.publish import headers
from archive.publish.cms import page as cms_page
from archive.publish.headers import header_rules, page_policy
from builders import PROJECT, archive_of
from exported import whole

HOST = re.compile(r"[a-z]+:|//|\*|unsafe-(?!eval)|(?<!wasm-)unsafe-eval")


FORM = Backend(name="gitlab", repo="a/b", branch="main")
WITH_AND_WITHOUT = pytest.mark.parametrize("admin", [None, FORM], ids=["without the form", "with the form"])


def sent(path: str, admin: Backend | None = None) -> dict[str, list[str]]:
    """Every value of every header that a host sends with the file at this path."""
    found: dict[str, list[str]] = {}
    docs = {**{page.name: "" for page in (PROJECT / "docs").glob("*.md")}, "notes/one.md": ""}
    redirects = {"former/": "about/", "files/a.pdf": "about/"}
    for place, rule in header_rules(whole(docs=docs, redirects=redirects, admin=admin)).items():
        if fnmatchcase(path, place):
            for name, value in rule.items():
                found.setdefault(name, []).append(value)
    return found


@WITH_AND_WITHOUT
def test_no_header_is_given_twice_for_any_file(admin: Backend | None, five: Path) -> None:
    for file in five.rglob("*"):
        path = f"/{file.relative_to(five).as_posix().removesuffix('index.html')}"
        assert all(len(values) == 1 for values in sent(path, admin).values()), path
    for path in ("/notes/one/", "/former/", "/assets/favicon.svg", "/404.html"):
        assert sent(path, admin).keys() == sent("/", admin).keys()


def test_one_policy_holds_for_whatever_there_is() -> None:
    assert sent("/picture.svg")["Content-Security-Policy"] == [f"{page_policy()}; frame-ancestors 'none'"]
    assert [path for path, rule in header_rules(whole()).items() if "Content-Security-Policy" in rule] == ["/*"]


def test_the_headers_are_those_that_are_documented() -> None:
    assert sent("/events/feed.xml")["Content-Type"] == sent("/feed.xml")["Content-Type"] == ["application/atom+xml"]
    assert sent("/events/feed.json")["Content-Type"] == ["application/feed+json"]
    assert sent("/opensearch.xml")["Content-Type"] == ["application/opensearchdescription+xml"]
    assert sent("/events/anniversaries.ics")["Content-Type"] == ["text/calendar"]
    assert sent("/data/v1/archive.sqlite")["Access-Control-Allow-Origin"] == ["*"]
    for path in ("/", "/statements/2021/2021-09-21-first/", "/about/", "/data/v1/events.csv", "/assets/favicon.svg"):
        assert sent(path)["X-Content-Type-Options"] == ["nosniff"]
        assert sent(path)["X-Frame-Options"] == ["DENY"]
        assert "Referrer-Policy" in sent(path)
        assert "Permissions-Policy" in sent(path)
    assert "Access-Control-Allow-Origin" not in sent("/about/")


def test_the_form_has_the_policy_of_its_page() -> None:
    assert sent("/admin/", FORM)["Content-Security-Policy"] == [f"{cms_page.policy(FORM)}; frame-ancestors 'none'"]
    assert "/admin/*" not in header_rules(archive_of())


def test_the_policy_names_no_other_host_and_admits_no_script_in_a_page() -> None:
    policy = page_policy()
    assert policy.startswith("default-src 'none'; ")
    assert HOST.findall(policy) == []
    assert "\n" not in policy
    assert "unsafe" not in policy


def test_the_file_says_the_rules_as_hosts_read_them() -> None:
    archive = archive_of()
    ((path, make),) = headers.files(archive)
    assert path == "_headers"
    read: dict[str, dict[str, str]] = {}
    for line in make().splitlines():
        if line.startswith("/"):
            read[line] = {}
        elif line:
            name, _, value = line.strip().partition(": ")
            read[list(read)[-1]][name] = value
    assert read == header_rules(archive)
    assert len(read) < 100  # as many as Cloudflare reads
    assert all(len(line) < 2000 for line in make().splitlines())


@WITH_AND_WITHOUT
def test_every_page_has_the_policy_that_is_sent_with_it(admin: Backend | None, five: Path) -> None:
    says = re.compile(r'<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
    for file in five.rglob("*.html"):
        text = file.read_text("utf-8")
        found = says.search(text)
        assert found, file
        assert html.unescape(found[1]) == page_policy(), file
        path = f"/{file.relative_to(five).as_posix().removesuffix('index.html')}"
        assert sent(path, admin)["Content-Security-Policy"] == [f"{page_policy()}; frame-ancestors 'none'"]
        assert text.index("</head>") > text.encode().index(b'<meta charset="utf-8">') < 1024  # as HTML asks


def test_no_page_has_a_script_or_a_style_in_it(five: Path) -> None:
    for file in five.rglob("*.html"):
        text = file.read_text("utf-8")
        for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
            assert ("src=" in attributes and not content) or 'type="application/ld+json"' in attributes, file
        assert not re.search(r"<style|<[^>]*\s(?:style|on[a-z]+)=", text), file
