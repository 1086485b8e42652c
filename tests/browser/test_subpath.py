"""A site that stands in a folder of its host, as project pages at GitHub and GitLab do."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from browser.host import Server, serve
from browser.watching import NOT_FOUND, Contexts, settled, watched
from builders import copy_project, run_module

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = copy_project(tmp_path_factory.mktemp("subpath") / "project")
    settings = root / "mkdocs.yml"
    text, replaced = re.subn(
        r"^site_url: .*",
        "site_url: https://archive.example/a/project/",
        settings.read_text("utf-8"),
        flags=re.MULTILINE,
    )
    assert replaced == 1
    settings.write_text(text, "utf-8")
    done = run_module(root, "archive", "build")
    assert done.returncode == 0, done.stdout + done.stderr
    with serve(root / "site") as running:
        assert running.url.endswith("/a/project/")
        yield running


def test_the_search_finds_and_what_it_finds_opens(below: Server, context: Contexts) -> None:
    with watched(context(1280, "light"), below.address("search/?q=peace"), below) as (page, problems):
        settled(page)
        found = page.locator("#results a").first
        expect(found).to_be_visible()
        found.click()
        expect(page).to_have_url(re.compile(f"^{re.escape(below.url)}statements/"))
        expect(page.locator("h1")).to_be_visible()
        assert problems == []


def test_what_is_missing_has_a_page_that_leads_home(below: Server, context: Contexts) -> None:
    with watched(context(1280, "light"), below.address(NOT_FOUND), below) as (page, problems):
        page.locator("header a:not(.skip)").first.click()
        expect(page).to_have_url(below.url)
        assert problems == []
