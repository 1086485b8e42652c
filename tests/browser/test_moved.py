"""The old address of a renamed record in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser.host import Server
from browser.sites import FORMER, RENAMED
from browser.watching import Contexts

pytestmark = pytest.mark.browser

OLD, NEW = f"/statements/2021/{FORMER}/", f"/statements/2021/{RENAMED}/"


def test_it_leads_on_with_query_and_fragment_and_out_of_the_way_back(context: Contexts, wider: Server) -> None:
    page = context(1280, "light").new_page()
    for ending in ("", "#sources", "?from=a%20letter&x=1", "?x=%C9%99#summary"):
        page.goto(wider.address("/about/"))
        page.goto(wider.address(OLD) + ending)
        page.wait_for_url(wider.address(NEW) + ending)
        page.go_back()
        assert page.url == wider.address("/about/"), ending
    page.close()


def test_without_javascript_it_leads_on_at_once(plain: Page, wider: Server) -> None:
    plain.goto(wider.address(OLD), wait_until="commit")
    plain.wait_for_url(wider.address(NEW))


def test_it_has_a_plain_link_for_whom_nothing_leads_on(context: Contexts, wider: Server) -> None:
    page = context(1280, "light").new_page()
    page.route("**/moved.js", lambda route: route.abort())
    page.goto(wider.address(OLD))
    assert page.url == wider.address(OLD)
    page.get_by_role("main").get_by_role("link").click()
    page.wait_for_url(wider.address(NEW))
    page.close()


def test_its_head_names_the_new_address_alone(wider: Server) -> None:
    text = (Path(wider.site) / OLD.strip("/") / "index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="https://example.org{NEW}">' in text
    assert '<meta name="robots" content="noindex">' in text
