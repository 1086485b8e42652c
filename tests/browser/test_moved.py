"""The old address of a renamed record in a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.host import Server, serve
from builders import copy_project, run_module

pytestmark = pytest.mark.browser

OLD, NEW = "/statements/2021/2021-09-21-peace-appeal/", "/statements/2021/2021-09-21-appeal-on-peace/"
FOLDER = "statements/2021"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site with a record renamed."""
    root = copy_project(tmp_path_factory.mktemp("moved") / "project")
    file = root / FOLDER / f"{OLD.split('/')[3]}.md"
    text = file.read_text("utf-8").replace("\nhistory:", f"\naliases: [{file.stem}]\nhistory:", 1)
    file.rename(root / FOLDER / f"{NEW.split('/')[3]}.md").write_text(text, "utf-8")
    done = run_module(root, "archive.cli", "build", "--root", root)
    assert done.returncode == 0, done.stdout + done.stderr
    with serve(root / "site") as running:
        yield running


@pytest.mark.parametrize("ending", ["", "#sources", "?from=a%20letter&x=1", "?x=%C9%99#summary"])
def test_it_leads_on_with_query_and_fragment_and_out_of_the_way_back(
    ending: str, browser: Browser, server: Server
) -> None:
    page = browser.new_page()
    page.goto(server.address("/about/"))
    page.goto(server.address(OLD) + ending)
    page.wait_for_url(server.address(NEW) + ending)
    page.go_back()
    assert page.url == server.address("/about/")
    page.close()


def test_without_javascript_it_leads_on_at_once(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address(OLD), wait_until="commit")
    page.wait_for_url(server.address(NEW))
    context.close()


def test_it_has_a_plain_link_for_whom_nothing_leads_on(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    page.route("**/moved.js", lambda route: route.abort())
    page.goto(server.address(OLD))
    assert page.url == server.address(OLD)
    page.get_by_role("main").get_by_role("link").click()
    page.wait_for_url(server.address(NEW))
    page.close()


def test_its_head_names_the_new_address_alone(server: Server) -> None:
    text = (Path(server.site) / OLD.strip("/") / "index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="https://example.org{NEW}">' in text
    assert '<meta name="robots" content="noindex">' in text
