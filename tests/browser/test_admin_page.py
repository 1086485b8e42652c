"""The page of the form at `/admin/` with a program that only looks: what it finds, and what the page refuses it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from archive.model import urls
from archive.model.records import Backend
from archive.publish.cms import page as cms_page
from browser.host import Server, serve
from browser.watching import Contexts, refused, reporting
from builders import archive_of, write_tree

pytestmark = pytest.mark.browser

# Stands in for the program that npm fetches: test_admin.py has the form itself.
PROGRAM = """window.found = (async () => {
    const got = async address => fetch(address).then(answer => answer.status, () => "refused")
    const configuration = await fetch("config.yml").then(answer => answer.text())
    return {
        configuration: configuration, here: await got("../index.html"), backend: await got("https://api.github.com/x"),
        elsewhere: await got("https://elsewhere.example/x"), blob: await got(URL.createObjectURL(new Blob(["x"]))),
    }
})()"""
ARCHIVE = archive_of(admin=Backend(name="github", repo="owner/project", branch="main"))


@pytest.fixture(scope="module")
def with_form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    files = {f"admin/{cms_page.PROGRAM}": PROGRAM, "assets/favicon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
    pages = dict.fromkeys(("index.html", "404.html"), "<!doctype html><title>Here</title>")
    with serve(write_tree(tmp_path_factory.mktemp("form"), files | pages | cms_page.files(ARCHIVE))) as running:
        yield running


def test_the_page_runs_the_program_which_has_its_configuration_and_speaks_to_the_site_and_the_backend_only(
    with_form: Server, context: Contexts
) -> None:
    with reporting(context(1280, "light"), with_form) as (page, left):
        # no other host can be reached: what the page lets through is answered here
        page.route(
            "https://api.github.com/*", lambda route: route.fulfill(headers={"Access-Control-Allow-Origin": "*"})
        )
        page.goto(f"{with_form.url}{urls.ADMIN}")
        found = page.evaluate("window.found")
        assert ARCHIVE.admin
        assert json.loads(found.pop("configuration")) == cms_page.configuration(ARCHIVE, ARCHIVE.admin)
        assert found == {"here": 200, "backend": 200, "elsewhere": "refused", "blob": 200}
        assert left == ["https://api.github.com/x"]
        assert [what.split(" ")[:2] for what in refused(page)] == [["connect-src:", "https://elsewhere.example/x"]]


def test_without_javascript_the_page_leads_to_the_other_way(with_form: Server, plain: Page) -> None:
    plain.goto(f"{with_form.url}{urls.ADMIN}")
    assert plain.get_by_role("link", name="Contributing").get_attribute("href") == "../contributing/"


def test_the_page_is_for_no_search_engine(with_form: Server) -> None:
    page = (Path(with_form.site) / urls.ADMIN / "index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
