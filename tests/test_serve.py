"""The live preview: what changes on disk shows up, and a mistake takes nothing down."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from builders import copy_project, minimal_root

DEADLINE = 30  # seconds; a change takes about two


@dataclass
class Preview:
    """A running preview of a copy of the real project."""

    root: Path
    address: str
    log: Path

    def page(self, path: str, timeout: float = 5) -> str:
        """The page at this path; "" where there is none."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=timeout) as answer:  # noqa: S310 our own address
                return re.sub(r"livereload\(\d+, \d+\)", "", answer.read().decode())
        except urllib.error.HTTPError as error:
            error.close()
            return ""

    def wait(self, happened: Callable[[], bool], what: str) -> None:
        """Look again and again until it has happened."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            try:
                if happened():
                    return
            except OSError:
                pass
            time.sleep(0.1)
        pytest.fail(f"{what}: not within {DEADLINE} s; the preview says:\n{self.log.read_text('utf-8')[-3000:]}")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    root = copy_project(folder / "copy")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    running = Preview(root, f"http://{host}/", folder / "log")
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", host]
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    with running.log.open("wb") as log:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
    try:
        running.wait(lambda: bool(running.page("")), "the home page")
        yield running
        assert process.poll() is None, running.log.read_text("utf-8")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def record(preview: Preview) -> Iterator[Path]:
    """The file of a statement that is not withdrawn, which is put back as it was."""
    paths = sorted(preview.root.glob("statements/[0-9]*/*.md"))
    path = next(path for path in paths if "\nstatus: withdrawn\n" not in path.read_text("utf-8"))
    text, shown = path.read_text("utf-8"), preview.page(address(path))
    yield path
    path.write_text(text, "utf-8")
    preview.wait(lambda: preview.page(address(path)) == shown, "the page as it was")


def address(path: Path) -> str:
    return f"statements/{path.parent.name}/{path.stem}/"


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
    def editions() -> set[str]:
        files = ("catalogue.json", "fragments.json", "words.json")
        return {json.loads(preview.page(f"search/{file}"))["edition"] for file in files}

    def words() -> list[str]:
        found: list[str] = json.loads(preview.page("search/words.json"))["words"]
        return found

    assert "zebra" not in words()
    before = editions()
    record.write_text(record.read_text("utf-8") + "\nThe statement says that there is a zebra crossing.\n", "utf-8")
    preview.wait(lambda: "zebra" in words(), "the change in the index")
    after = editions()
    assert len(before) == len(after) == 1
    assert before != after
    assert preview.page("search/pagefind/pagefind.js")


def test_an_added_statement_shows_up_and_goes_when_it_is_deleted(preview: Preview, record: Path) -> None:
    text = record.read_text("utf-8")
    text = re.sub(r"^date: .*$", "date: 2019-03-04", text, flags=re.MULTILINE)
    text = re.sub(r"^title: .*$", "title: Statement on a zebra", text, flags=re.MULTILINE)
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


def test_a_mistake_is_said_and_mending_it_recovers(preview: Preview, record: Path) -> None:
    good = record.read_text("utf-8")
    mistake(preview, record, "from")
    record.write_text(good + "\nThe statement says that there is a zebra crossing.\n", "utf-8")
    preview.wait(lambda: "a zebra crossing" in preview.page(address(record)), "the mended page")


def test_a_mistake_leaves_the_last_good_pages_up(preview: Preview, record: Path) -> None:
    mistake(preview, record, "fom")
    assert "<h1" in preview.page(address(record))
    assert "<h1" in preview.page("statements/")


def test_the_same_mistake_is_said_again(preview: Preview, record: Path) -> None:
    good = record.read_text("utf-8")
    mistake(preview, record, "frm")
    record.write_text(good + "\nThe statement says that there is a zebra crossing.\n", "utf-8")
    preview.wait(lambda: "a zebra crossing" in preview.page(address(record)), "the mended page")
    mistake(preview, record, "frm")


def mistake(preview: Preview, record: Path, name: str) -> None:
    """Misspell a field of the record, and wait until the preview says so."""
    said = preview.log.stat().st_size
    record.write_text(record.read_text("utf-8").replace("\nform: ", f"\n{name}: ", 1), "utf-8")
    preview.wait(lambda: f"unknown field '{name}'".encode() in preview.log.read_bytes()[said:], "the problem")
    news = preview.log.read_bytes()[said:].decode()
    assert f"{record.relative_to(preview.root).as_posix()}:" in news
    assert "Traceback" not in news


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        root = minimal_root(tmp_path, {"mkdocs.yml": f"dev_addr: {address}\ntheme: {{name: material}}\n"})
        done = subprocess.run(
            [sys.executable, "-m", "archive.cli", "serve", "--root", root], capture_output=True, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert address in done.stderr
