"""The live preview: what changes on disk shows up, and a mistake takes nothing down."""

import html
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import minimal_root
from previewing import Preview, address, previewed, previewing


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    with previewing(previewed(folder / "copy"), folder / "log") as running:
        yield running


@pytest.fixture
def record(preview: Preview) -> Iterator[Path]:
    """The file of a statement that is not withdrawn, which is put back as it was."""
    paths = sorted(preview.root.glob("statements/[0-9]*/*.md"))
    path = next(path for path in paths if "\nstatus: withdrawn\n" not in path.read_text("utf-8"))
    text, shown = path.read_text("utf-8"), preview.page(address(path))
    yield path
    path.write_text(text, "utf-8")
    preview.wait(lambda: preview.page(address(path)) == shown, "the page as it was")


def test_a_changed_statement_shows_up(preview: Preview, record: Path) -> None:
    assert "a zebra crossing" not in preview.page(address(record))
    record.write_text(record.read_text("utf-8") + "\nThe statement says that there is a zebra crossing.\n", "utf-8")
    preview.wait(lambda: "a zebra crossing" in preview.page(address(record)), "the change")


def test_a_page_has_no_policy_that_would_stop_its_renewal(preview: Preview, record: Path) -> None:
    for path in ("", "search/", address(record)):
        page = preview.page(path)
        assert "/livereload/" in page
        assert "Content-Security-Policy" not in page


def test_a_changed_statement_is_found(preview: Preview, record: Path) -> None:
    def words() -> list[str]:
        found: list[str] = json.loads(preview.page("search/spelling.json"))["words"]
        return found

    assert "zebra" not in words()
    record.write_text(record.read_text("utf-8") + "\nThe statement says that there is a zebra crossing.\n", "utf-8")
    preview.wait(lambda: "zebra" in words(), "the change in the index")
    assert preview.page("assets/search.js")


def test_an_added_statement_shows_up_and_goes_when_it_is_deleted(preview: Preview, record: Path) -> None:
    text = record.read_text("utf-8")
    text = re.sub(r"^date: .*$", "date: 2019-03-04", text, flags=re.MULTILINE)
    text = re.sub(r"^title: .*$", "title: Statement on a zebra", text, flags=re.MULTILINE)
    text = re.sub(r"^( +url: .*)$", r"\1?zebra", text, flags=re.MULTILINE)  # a report is the source of one record
    new = preview.root / "statements" / "2019" / "2019-03-04-zebra.md"
    new.parent.mkdir()
    new.write_text(text, "utf-8")
    preview.wait(lambda: "Statement on a zebra" in preview.page(address(new)), "the new page")
    assert "Statement on a zebra" in preview.page("statements/")
    assert "Statement on a zebra" in preview.page("statements/2019/03/")
    new.unlink()
    preview.wait(lambda: "Statement on a zebra" not in preview.page("statements/"), "the list without it")
    assert preview.page(address(new)) == ""


def test_a_changed_authority_file_shows_up(preview: Preview) -> None:
    path = preview.root / "statements" / "authorities" / "events.yml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^  label: .*$", "  label: The zebra, spring 2019", text, count=1), "utf-8")
    preview.wait(lambda: "The zebra, spring 2019" in preview.page("events/"), "the new label")
    path.write_text(text, "utf-8")
    preview.wait(lambda: "The zebra, spring 2019" not in preview.page("events/"), "the old label")


def test_a_changed_hand_written_page_shows_up(preview: Preview) -> None:
    path = preview.root / "docs" / "about.md"
    text = path.read_text("utf-8")
    path.write_text(text + "\nA zebra.\n", "utf-8")
    preview.wait(lambda: "A zebra." in preview.page("about/"), "the change")
    path.write_text(text, "utf-8")
    preview.wait(lambda: "A zebra." not in preview.page("about/"), "the page as it was")


def test_a_changed_template_shows_up(preview: Preview, record: Path) -> None:
    path = preview.root / "scripts" / "archive" / "templates" / "statement.html"
    text = path.read_text("utf-8")
    path.write_text(text.replace("</h1>", "</h1><p>zebra</p>", 1), "utf-8")
    preview.wait(lambda: "<p>zebra</p>" in preview.page(address(record)), "the change")
    path.write_text(text, "utf-8")
    preview.wait(lambda: "<p>zebra</p>" not in preview.page(address(record)), "the page as it was")


def test_a_mistake_is_reported_and_mending_it_recovers(preview: Preview, record: Path) -> None:
    good = record.read_text("utf-8")
    mistake(preview, record, "from")
    record.write_text(good + "\nThe statement says that there is a zebra crossing.\n", "utf-8")
    preview.wait(lambda: "a zebra crossing" in preview.page(address(record)), "the mended page")


def test_a_mistake_leaves_the_last_good_pages_up(preview: Preview, record: Path) -> None:
    mistake(preview, record, "fom")
    for path in (address(record), "statements/", "about/"):
        page = preview.page(path)
        assert "<h1" in page
        assert (
            f"{record.relative_to(preview.root).as_posix()}:5:1 fom: unknown field 'fom' Did you mean"
            in banner_text(page)
        )
    status, missing = preview.answer("nowhere/")
    assert status == 404
    assert "unknown field 'fom'" in banner_text(missing)
    assert "There is no page at this address" in missing


def test_the_same_mistake_is_reported_again(preview: Preview, record: Path) -> None:
    good = record.read_text("utf-8")
    mistake(preview, record, "frm")
    record.write_text(good + "\nThe statement says that there is a zebra crossing.\n", "utf-8")
    preview.wait(lambda: "a zebra crossing" in preview.page(address(record)), "the mended page")
    mistake(preview, record, "frm")


def banner_text(page: str) -> str:
    """What a page says is wrong, in words; "" where it says nothing."""
    found = re.search(r'<section class="wrong".*?</section>', page, re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", "", found[0])) if found else ""
    return " ".join(text.split())


def test_each_mistake_is_reported_in_the_browser_and_in_the_terminal_and_mending_all_recovers(
    preview: Preview, record: Path
) -> None:
    events = preview.root / "statements" / "authorities" / "events.yml"
    settings, about = preview.root / "mkdocs.yml", preview.root / "docs" / "about.md"
    other = record.with_name("1999-01-01-other.md")
    good = {path: path.read_bytes() for path in (events, settings, about, record)}
    shown = preview.page("about/")

    def mend() -> None:
        other.unlink(missing_ok=True)
        for path, data in good.items():
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)

    def broken(path: Path, data: bytes | None, words: str, place: str = "") -> None:
        before = preview.log.stat().st_size
        mend()
        if data is None:
            path.unlink()
        else:
            path.write_bytes(data)
        if path == other:
            record.unlink()
        preview.wait(lambda: words in banner_text(preview.page("about/")), words)
        assert words.replace(":1:1 ", ":1:1: ").partition(" the link")[0] in preview.log.read_bytes()[before:].decode()
        assert place in banner_text(preview.page("about/"))
        assert "<h1" in preview.page(address(record))

    text = record.read_text("utf-8")
    broken(events, None, "statements/authorities/events.yml:1:1 is missing")
    broken(record, text.encode("utf-16"), "byte 0xff is not UTF-8")
    broken(about, about.read_text("utf-8").encode("utf-16"), "docs/about.md:1:1 byte 0xff is not UTF-8")
    broken(other, good[record], "does not agree with the file name", "1999-01-01-other.md")
    broken(settings, good[settings] + b"\nwrong: [\n", "parsing the configuration file")
    broken(settings, None, "'mkdocs.yml' does not exist")
    escaped = text.replace("\nform: ", '\n"<b id=x>": ', 1).encode()
    broken(record, escaped, "<b id=x>: unknown field")
    assert "<b id" not in preview.page("about/")
    link = b"\n[A link](nowhere.md)\n"
    line = good[about].count(b"\n") + 2
    broken(about, good[about] + link, f"docs/about.md:{line}:10 the link 'nowhere.md' leads nowhere")
    mend()
    preview.wait(lambda: preview.page("about/") == shown, "the page as it was")


def test_a_draft_is_shown_and_marked(preview: Preview, record: Path) -> None:
    draft = record.with_name(f"{record.stem}-again.md")
    text = re.sub(r"(?ms)^sources:\n.*?(?=^\S)", "", record.read_text("utf-8"))
    draft.write_text(text.replace("\nhistory:", "\nstatus: draft\nhistory:", 1), "utf-8")
    preview.wait(lambda: bool(preview.page(address(draft))), "the draft")
    page = preview.page(address(draft))
    assert re.search(r"<title>Draft: ", page)
    assert "<h1>Draft: " in page
    assert "<strong>Draft: not published.</strong>" in page
    assert f'/{draft.stem}/">Draft: ' in preview.page(f"statements/{draft.parent.name}/").replace('href="', 'href="/')
    assert f'["{draft.stem}","Draft: ' in preview.page("search/rows/0.json")
    draft.unlink()
    preview.wait(lambda: not preview.page(address(draft)), "the draft gone")


def test_a_preview_that_begins_with_mistakes_shows_them_and_then_the_pages(tmp_path: Path) -> None:
    root = previewed(tmp_path / "copy")
    record = next(iter(sorted(root.glob("statements/[0-9]*/*.md"))))
    good = record.read_text("utf-8")
    record.write_text(good.replace("\nform: ", "\nfrm: ", 1), "utf-8")
    with previewing(root, tmp_path / "log") as running:
        page = running.page("")
        assert "unknown field 'frm'" in banner_text(page)
        assert re.match("2 problems There are no pages yet", banner_text(page))
        assert "There is nothing to preview yet" in page
        assert "unknown field 'frm'" in banner_text(running.answer(address(record))[1])
        assert "unknown field 'frm'" in running.log.read_text("utf-8")
        record.write_text(good, "utf-8")
        running.wait(lambda: bool(running.page(address(record))), "the page")
        assert banner_text(running.page("")) == ""


def mistake(preview: Preview, record: Path, name: str) -> None:
    """Misspell a field of the record, and wait until the preview says so."""
    size = preview.log.stat().st_size
    record.write_text(record.read_text("utf-8").replace("\nform: ", f"\n{name}: ", 1), "utf-8")
    preview.wait(lambda: f"unknown field '{name}'".encode() in preview.log.read_bytes()[size:], "the problem")
    news = preview.log.read_bytes()[size:].decode()
    assert f"{record.relative_to(preview.root).as_posix()}:" in news
    assert "Traceback" not in news


def test_a_port_that_is_taken_is_reported_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        root = minimal_root(tmp_path, {"mkdocs.yml": f"dev_addr: {address}\ntheme: {{name: material}}\n"})
        done = subprocess.run(
            [sys.executable, "-m", "archive", "serve", "--root", root], capture_output=True, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert address in done.stderr
