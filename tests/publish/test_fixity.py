"""Files against the hashes that were written down of them, and captured texts against the records."""

import gzip
import hashlib
import re
import subprocess
from pathlib import Path

import pytest

from archive import cli
from archive.publish import fixity
from archive.publish.fixity import Difference
from builders import FIRST, minimal_root, statement_text, tree_of, write_tree

DATA = b"id,title\n"
FILES: dict[str, str | bytes] = {
    ".made-by-archive": "site",
    "index.html": "<h1>Home</h1>",
    "about/index.html": "<h1>About</h1>",
    "assets/plain name, \N{LATIN SMALL LETTER SCHWA}.png": b"\x89PNG\x00",
    "assets/back\\slash and\nline end": "odd",
    "data/v1/statements.csv": DATA,
    "data/v1/SHA256SUMS": f"{hashlib.sha256(DATA).hexdigest()}  statements.csv\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site as it was made."""
    folder = write_tree(tmp_path / "site", FILES)
    fixity.seal(folder)
    return folder


def verify(site: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = cli.main(["verify", str(site)])
    return code, capsys.readouterr().out.splitlines()


def test_a_site_as_it_was_made_is_whole(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree_of(site)
    assert verify(site, capsys) == (0, ["6 files compared, 0 not as published"])
    assert tree_of(site) == before


def test_the_hashes_are_those_that_other_programs_read(site: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=site, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b": OK") == 6
    lines = (site / "SHA256SUMS").read_text("utf-8").splitlines()
    assert [line.rpartition("  ")[2] for line in lines] == sorted(line.rpartition("  ")[2] for line in lines)


def test_missing_changed_and_additional_files_are_distinguished(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = site / "about" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"A", b"a"))
    (site / "index.html").unlink()
    write_tree(site, {"about/more.html": "x", "data/v1/.hidden": "x"})
    assert verify(site, capsys) == (
        1,
        [
            "changed: about/index.html",
            "additional: about/more.html",
            "additional: data/v1/.hidden",
            "missing: index.html",
            "6 files compared, 4 not as published",
        ],
    )


def test_a_changed_byte_of_the_data_is_found_by_the_hashes_of_the_data_too(site: Path) -> None:
    (site / "data/v1/statements.csv").write_bytes(DATA.replace(b"t", b"T"))
    fixity.seal(site)
    assert fixity.verify(site) == fixity.Comparison(
        files=6, differences=(Difference(path="data/v1/statements.csv", what="changed"),)
    )
    (site / "data/v1/statements.csv").unlink()
    fixity.seal(site)
    assert fixity.verify(site).differences == (Difference(path="data/v1/statements.csv", what="missing"),)


def test_what_a_stopped_sealing_left_is_no_part_of_the_site(site: Path) -> None:
    write_tree(site, {".SHA256SUMS.new": "half a line"})
    fixity.seal(site)
    assert fixity.verify(site) == fixity.Comparison(files=6, differences=())


def test_a_compressed_copy_is_as_published_if_it_unpacks_to_what_was(site: Path) -> None:
    page = (site / "index.html").read_bytes()
    (site / "index.html.gz").write_bytes(gzip.compress(page, 9))
    (site / "assets/back\\slash and\nline end.gz").write_bytes(gzip.compress(b"odd", 1, mtime=0))
    for name in ("SHA256SUMS", ".made-by-archive"):  # which have no hash themselves
        (site / f"{name}.gz").write_bytes(gzip.compress((site / name).read_bytes()))
    assert fixity.verify(site) == fixity.Comparison(files=6, differences=())
    (site / "index.html").write_bytes(page + b"<!-- changed -->")
    assert fixity.verify(site).differences == (Difference(path="index.html", what="changed"),)


COPIES = {
    "other text": gzip.compress(b"<h1>Hello</h1>"),
    "more text": gzip.compress(b"<h1>Home</h1>" + b" " * 10_000_000),
    "half of it": gzip.compress(b"<h1>Home</h1>")[:-9],
    "a changed byte": gzip.compress(b"<h1>Home</h1>")[:-1] + b"\xff",
    "not compressed": b"<h1>Home</h1>",
    "broken": gzip.compress(b"")[:10] + b"\xff" * 20,
}


@pytest.mark.parametrize("case", COPIES)
def test_any_other_copy_is_not_as_published(case: str, site: Path) -> None:
    (site / "index.html.gz").write_bytes(COPIES[case])
    (site / "more.html.gz").write_bytes(gzip.compress(b"x"))  # of nothing that was published
    assert fixity.verify(site).differences == (
        Difference(path="index.html.gz", what="changed"),
        Difference(path="more.html.gz", what="additional"),
    )


def test_a_link_is_no_file_and_is_not_followed(site: Path, tmp_path: Path) -> None:
    elsewhere = write_tree(tmp_path / "elsewhere", {"index.html": "<h1>Home</h1>"})
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(elsewhere / "index.html")
    (site / "more").symlink_to(elsewhere)
    assert fixity.verify(site).differences == (
        Difference(path="index.html", what="changed"),
        Difference(path="more", what="additional"),
    )


def test_a_path_is_printed_on_one_line(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "assets/back\\slash and\nline end").unlink()
    assert verify(site, capsys)[1][0] == r"missing: 'assets/back\\slash and\nline end'"


@pytest.mark.parametrize(
    ("sums", "message"),
    [
        (None, "has no SHA256SUMS: name the folder of a site that archive build made"),
        (b"hello\n", "SHA256SUMS:1: is not a hash, two spaces and a path in the site"),
        (b"0" * 64 + b"  ../../etc/passwd\n", "SHA256SUMS:1: is not a hash, two spaces and a path in the site"),
        (b"0" * 64 + b"  /etc/passwd\n", "SHA256SUMS:1: is not a hash, two spaces and a path in the site"),
        (b"0" * 64 + b"  a\n\n", "SHA256SUMS:2: is not a hash, two spaces and a path in the site"),
        (b"\xff\xfe", "SHA256SUMS is not UTF-8"),
    ],
)
def test_what_cannot_be_compared_is_reported(
    sums: bytes | None, message: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "SHA256SUMS").unlink()
    if sums is not None:
        (site / "SHA256SUMS").write_bytes(sums)
    assert cli.main(["verify", str(site)]) == 2
    assert capsys.readouterr().err == f"archive: {site}{'/' if sums else ' '}{message}\n"


def test_a_folder_must_be_named_and_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify"]) == 2
    assert "name the folder of a site, or that of captured texts with --captures DIR" in capsys.readouterr().err
    assert cli.main(["verify", str(tmp_path / "none")]) == 2
    assert f"there is no folder {tmp_path / 'none'}" in capsys.readouterr().err


def captured(text: bytes) -> dict[str, str]:
    return {
        "kind": "press-report",
        "outlet": "daily",
        "retrieved_at": "2026-11-23",
        "sha256": hashlib.sha256(text).hexdigest(),
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a record of three sources, two of them captured, and a draft of one."""
    sources = [captured(b"one"), {"kind": "press-report", "outlet": "daily"}, captured(b"two")]
    draft = statement_text(date="2021-09-22", status="draft", sources=[captured(b"three")])
    return minimal_root(
        tmp_path / "project", {FIRST: statement_text(sources=sources), "statements/2021/2021-09-22-draft.md": draft}
    )


def of_captures(root: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = cli.main(["verify", "--root", str(root), "--captures", str(folder)])
    return code, capsys.readouterr().out.splitlines()


def test_captured_texts_are_known_by_their_hash_alone(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {"any name.txt": b"one", "deep/er/x": b"two", "again": b"two", "draft": b"three", ".hidden": b"four"}
    code, lines = of_captures(root, write_tree(tmp_path / "texts", texts), capsys)
    assert code == 0
    assert lines == [
        f"found: {FIRST}:16:11: sources[1].sha256: {hashlib.sha256(b'one').hexdigest()} is any name.txt",
        f"found: {FIRST}:22:11: sources[3].sha256: {hashlib.sha256(b'two').hexdigest()} is again, deep/er/x",
        "found: statements/2021/2021-09-22-draft.md:16:11: sources[1].sha256: "
        f"{hashlib.sha256(b'three').hexdigest()} is draft",
        "3 sources with a hash, 3 found; 1 without one; 0 files of no record",
    ]


def test_a_text_that_is_missing_or_changed_and_one_of_no_record_are_reported(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {"one": b"one", "two": b"two.", "three": b"three"}
    code, lines = of_captures(root, write_tree(tmp_path / "texts", texts), capsys)
    assert code == 1
    assert lines[1] == f"missing: {FIRST}:22:11: sources[3].sha256: {hashlib.sha256(b'two').hexdigest()} is in no file"
    assert lines[3:] == [
        "additional: two belongs to no record",
        "3 sources with a hash, 2 found; 1 without one; 1 file of no record",
    ]


def test_a_place_past_the_end_of_a_captured_text_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "One.\n\nTwo.\n"
    figures = [
        {"event": "bridge-2020", "measure": "boats-counted", "value": 1, "locator": f"par. {n}", "source": source}
        for n, source in ((2, 1), (3, 1), (3, 2))
    ]
    sources = [captured(text.encode()), {"kind": "press-report", "outlet": "daily"}]
    root = minimal_root(
        tmp_path / "project",
        {
            "statements/2021/2021-09-21-first.md": statement_text(
                events=["bridge-2020"], figures=figures, sources=sources
            )
        },
    )
    (tmp_path / "captures").mkdir()
    (tmp_path / "captures/one.txt").write_text(text, "utf-8")
    assert cli.main(["verify", "--captures", str(tmp_path / "captures"), "--root", str(root)]) == 1
    _, told, count = capsys.readouterr().out.splitlines()
    assert re.sub(r":\d+:\d+:", ":", told) == (
        "statements/2021/2021-09-21-first.md: figures[2].locator: 'par. 3' is past the end of the captured text "
        "(allowed: par. 1 to par. 2)"
    )
    assert count.startswith("1 source with a hash, 1 found")
