"""An open page of the preview renews itself."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from previewing import address, previewed, previewing

pytestmark = pytest.mark.browser


def test_an_open_page_shows_a_mistake_and_then_the_mended_text(browser: Browser, tmp_path: Path) -> None:
    root = previewed(tmp_path / "copy")
    record = next(
        path for path in sorted(root.glob("statements/[0-9]*/*.md")) if "status:" not in path.read_text("utf-8")
    )
    good = record.read_text("utf-8")
    with previewing(root, tmp_path / "log") as running, browser.new_context() as context:
        page = context.new_page()
        errors: list[object] = []
        page.on("pageerror", lambda error: errors.append(error))
        page.goto(running.address + address(record))
        expect(page.locator("#wrong")).to_have_count(0)

        record.write_text(good.replace("\nform: ", "\nfrm: ", 1), "utf-8")
        wrong = page.get_by_role("alert")
        expect(wrong).to_contain_text(f"{record.relative_to(root).as_posix()}:", timeout=20_000)
        expect(wrong).to_contain_text("unknown field 'frm'")
        expect(page.locator("h1")).to_be_visible()
        assert wrong.bounding_box()["y"] == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        record.write_text(good + "\nThe statement says that there is a zebra crossing.\n", "utf-8")
        expect(page.get_by_text("a zebra crossing")).to_be_visible(timeout=20_000)
        expect(page.locator("#wrong")).to_have_count(0)

        record.unlink()
        expect(page.locator("h1")).to_have_text("There is no page at this address", timeout=20_000)
        record.write_text(good, "utf-8")
        expect(page.locator("#summary")).to_be_visible(timeout=20_000)
        assert errors == []
