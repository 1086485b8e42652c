"""`archive capture`: what it writes into a record, and what it leaves alone."""

import hashlib
from pathlib import Path

import pytest

from archive import cli
from archive.cli import group
from builders import minimal_root

RECORD = "statements/2021/2021-09-21-first.md"
TEXT = """---
title: Statement on the bridge
date: 2021-09-21
date_basis: reported
form: statement
issuer: office
language: en
subjects: [bridges]
sources:
  - kind: press-report
    outlet: daily
    url: https://daily.example/1
  - kind: press-report
    outlet: daily
    title: "A: report"
    url: https://daily.example/2
content_notes: [death]
history:
  - {date: 2026-11-23, kind: addition, note: First archived.}
---
The Office says that the bridge was opened.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return minimal_root(tmp_path / "project", {RECORD: TEXT})


def capture(root: Path, *options: str) -> int:
    file = root.parent / "captured.txt"
    file.write_text("A report.\n", "utf-8")
    return cli.main(["capture", str(file), "--record", "2021-09-21-first", *options, "--root", str(root)])


def test_the_lines_of_one_source_change_and_no_others(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / RECORD).read_text("utf-8").splitlines()
    copy = ("--archived-url", "https://web.example/1", "--archived-at", "2026-11-30")
    assert capture(root, "--source", "2", "--extent", "part", *copy) == 0
    after = (root / RECORD).read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        "    archived_url: https://web.example/1",
        "    archived_at: 2026-11-30",
        f"    retrieved_at: {group.today()}",
        "    extent_read: part",
        f"    sha256: {hashlib.sha256(b'A report.' + bytes([10])).hexdigest()}",
    ]
    assert [line for line in after if line in before] == before
    assert after[after.index("    extent_read: part") + 2] == "content_notes: [death]"
    assert "Wrote the capture of source 2" in capsys.readouterr().out
    assert cli.main(["check", "--root", str(root)]) == 0


def test_a_capture_can_be_written_again(root: Path) -> None:
    assert capture(root, "--source", "1") == 0
    once = (root / RECORD).read_bytes()
    assert capture(root, "--source", "1") == 0
    assert (root / RECORD).read_bytes() == once


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--source", "3"), 2, "2021-09-21-first.md has no source 3; it has 2"),
        (("--source", "0"), 2, "has no source 0; it has 2"),
        (("--source", "1", "--record", "2021-09-21-other"), 2, "there is no record 2021-09-21-other"),
        (("--source", "1", "--archived-url", "https://web.example/1"), 1, "stands without archived_at"),
        (("--source", "1", "--archived-url", "web", "--archived-at", "2026-11-30"), 1, "sources[1].archived_url"),
    ],
)
def test_what_cannot_be_written_is_reported_and_nothing_changes(
    options: tuple[str, ...], code: int, message: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (root / RECORD).read_bytes()
    assert capture(root, *options) == code
    assert message in "".join(capsys.readouterr())
    assert (root / RECORD).read_bytes() == before


def test_a_comment_is_not_lost(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        (root / RECORD).read_text("utf-8").replace("    outlet: daily\n", "    # read on paper\n    outlet: daily\n", 1)
    )
    (root / RECORD).write_text(text, "utf-8")
    assert capture(root, "--source", "1") == 2
    assert "has a comment" in capsys.readouterr().err
    assert capture(root, "--source", "2") == 0
    assert "# read on paper" in (root / RECORD).read_text("utf-8")
