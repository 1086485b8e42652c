"""Citing a record in a browser: copied, downloaded, by keyboard, wide and narrow, without JavaScript, on paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.host import Server
from browser.watching import LAYOUT_SHIFT, STATEMENT, Contexts, refused, reporting, seen

pytestmark = pytest.mark.browser

FORMATS = {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "json"}


@contextmanager
def opened(server: Server, context: Contexts, width: int = 1280) -> Iterator[Page]:
    """A statement's page, where the reader lets it write to the clipboard; its policy refuses it nothing."""
    of_width = context(width, "light")
    of_width.grant_permissions(["clipboard-read", "clipboard-write"])
    with reporting(of_width, server) as (page, _):
        page.goto(server.address(STATEMENT))
        expect(page.get_by_role("button", name="Copy the citation")).to_be_visible()
        yield page
        assert refused(page) == []


def file(server: Server, ending: str) -> str:
    return (server.site / STATEMENT.strip("/") / f"citation.{ending}").read_bytes().decode()


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("width", [1280, 320])
def test_a_citation_is_copied_and_that_is_said(width: int, server: Server, context: Contexts) -> None:
    with opened(server, context, width) as page:
        said = page.get_by_role("status")
        page.get_by_role("button", name="Copy the citation").click()
        expect(said).to_have_text("The citation is copied.")
        line = clipboard(page)
        assert line == page.locator("#citation").inner_text()
        assert line.endswith(STATEMENT)
        for name, ending in FORMATS.items():
            page.get_by_role("button", name=f"Copy {name}").click()
            expect(said).to_have_text(f"The citation is copied as {name}.")
            assert clipboard(page).replace("\r\n", "\n") == file(server, ending).replace("\r\n", "\n")


@pytest.mark.parametrize("kind", ["request", "figure", "term", "source"])
def test_a_passage_is_cited_with_its_place(kind: str, server: Server, context: Contexts) -> None:
    with opened(server, context) as page:
        link = page.locator(f"a.cite[href^='#{kind}-']").last
        place = str(link.get_attribute("href"))
        link.click()
        expect(page.get_by_role("status")).to_have_text(f"The citation is copied, with the place of this {kind}.")
        expect(link).to_contain_text("copied")
        assert page.url.endswith(STATEMENT + place)
        expect(page.locator(place)).to_be_in_viewport()
        copied = clipboard(page)
        citation = page.locator("#citation").inner_text()
        own = page.locator("#citation a").inner_text()
        assert copied.startswith(f"{citation.removesuffix(own)}{kind}: ")
        assert copied.endswith(f", {own}{place}")
        words = copied.removeprefix(citation.removesuffix(own)).removesuffix(f", {own}{place}")
        assert "cite" not in words
        said = {"request": "trilateral", "figure": "3,890, source 1, par. 14", "term": "“", "source": "int"}
        assert said[kind] in words
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        link.click()
        expect(page.get_by_role("status")).to_contain_text("did not allow it")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_citation_is_downloaded_under_the_record_s_id(width: int, server: Server, context: Contexts) -> None:
    with opened(server, context, width) as page:
        for name, ending in FORMATS.items():
            with page.expect_download() as download:
                page.get_by_role("link", name=f"Download {name}").click()
            assert download.value.suggested_filename == f"{Path(STATEMENT).name}.{ending}"
            assert Path(download.value.path()).read_bytes().decode() == file(server, ending)


def test_what_cannot_be_copied_is_said(server: Server, context: Contexts) -> None:
    with opened(server, context) as page:
        page.evaluate("navigator.clipboard.writeText('before')")
        page.route("**/citation.bib", lambda route: route.abort())
        page.get_by_role("button", name="Copy BibTeX").click()
        expect(page.get_by_role("status")).to_contain_text("did not allow it")
        assert clipboard(page) == "before"
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        for name in ("Copy the citation", "Copy RIS"):
            page.get_by_role("button", name=name).click()
            expect(page.get_by_role("status")).to_contain_text("did not allow it")


def test_everything_is_reached_by_keyboard(server: Server, context: Contexts) -> None:
    with opened(server, context) as page:
        page.locator("#cite .headerlink").focus()
        reached = []
        for _ in range(8):
            page.keyboard.press("Tab")
            reached.append(str(page.evaluate("document.activeElement.textContent")))
        assert reached[1:] == [
            "Copy the citation",
            *(f"{does} {name}" for name in FORMATS for does in ("Download", "Copy")),
        ]
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("The citation is copied as CSL-JSON.")


def test_without_javascript_there_are_downloads_and_no_buttons(server: Server, plain: Page) -> None:
    plain.goto(server.address(STATEMENT))
    assert plain.locator("#cite button:visible").count() == 0
    for name, ending in FORMATS.items():
        link = plain.get_by_role("link", name=f"Download {name}")
        expect(link).to_be_visible()
        assert link.get_attribute("href") == f"citation.{ending}"


def test_a_button_that_does_nothing_yet_is_not_shown_and_nothing_shifts(server: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/assets/cite.js", lambda route: route.abort())
        page.goto(f"{server.address(STATEMENT)}#cite")
        assert page.locator("#cite button:visible").count() == 0
        height = page.locator("#cite").bounding_box()
        page.unroute("**/assets/cite.js")
        page.goto("about:blank")
        page.goto(f"{server.address(STATEMENT)}#cite")
        expect(page.locator("#cite button:visible")).to_have_count(4)
        assert page.evaluate(LAYOUT_SHIFT) < 0.01
        assert page.locator("#cite").bounding_box() == height


@pytest.mark.parametrize(
    ("width", "schemes"),
    [(1280, ("light", "dark")), (320, ("light",)), pytest.param(320, ("dark",), marks=pytest.mark.slow)],
)
def test_what_is_said_is_seen_by_everyone(
    width: int, schemes: tuple[str, ...], server: Server, context: Contexts
) -> None:
    with opened(server, context, width) as page:
        page.get_by_role("button", name="Copy RIS").click()
        expect(page.get_by_role("status")).to_be_visible()
        page.locator("#cite .headerlink").focus()
        assert seen(page, width, schemes) == []


def test_a_link_to_a_section_is_seen_when_it_has_the_focus_and_leads_there(server: Server, context: Contexts) -> None:
    with opened(server, context) as page:
        for id in ("summary", "history", "figures", "cite"):
            link = page.locator(f"#{id} .headerlink").first
            link.focus()
            expect(link).to_have_css("opacity", "1")
            page.keyboard.press("Enter")
            assert page.url.endswith(f"{STATEMENT}#{id}")


def test_paper_has_the_citation_and_no_buttons(server: Server, context: Contexts) -> None:
    with opened(server, context) as page:
        page.emulate_media(media="print")
        expect(page.locator("#citation")).to_be_visible()
        for hidden in ("#cite button", "#cite .formats", "#cite .headerlink"):
            assert page.locator(f"{hidden}:visible").count() == 0, hidden


def test_a_report_by_mail_quotes_the_passage_that_was_marked(server: Server, context: Contexts) -> None:
    with opened(server, context) as page:
        page.evaluate(
            """() => {
                const report = document.querySelector(".about-page p:last-child a:last-child")
                report.href = "mailto:office@office.example?body=Page:%0A"
                report.addEventListener("click", event => event.preventDefault())
                getSelection().selectAllChildren(document.querySelector(".summary p"))
            }"""
        )
        words = page.locator(".summary p").first.inner_text()
        page.get_by_role("link", name="Report an error").click()
        href = str(page.get_by_role("link", name="Report an error").get_attribute("href"))
        assert unquote(href).startswith("mailto:office@office.example?body=Page:\n\nPassage: “")
        assert words[:200] in unquote(href)
