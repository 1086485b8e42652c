"""Wherever the statements of one archive are counted, they are as many: pages, map, search, data, feeds, citations."""

import json
import os
import re
import sqlite3
from pathlib import Path

import bibtexparser
import feedparser
import pytest

from archive.publish.loading import load_archive
from builders import PROJECT, minimal_root, run_module, statement_text, write_tree

DAYS = ("2019-05-04", "2020-01-31", "2020-06-01", "2022-02-23")  # beside the one record of the minimal archive
LIMIT = 3  # entries of a feed, and rows of a file of the search; so few records reach both
SMALL = f"""
from archive.exports import feeds
from archive.search import facets

feeds.LONGEST = facets.BLOCK = {LIMIT}
"""


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str], str]:
    """The site after one record was withdrawn; the ids that stand, and the one that does not."""
    added = {"date": "2026-11-23", "kind": "addition", "note": "First archived."}
    gone = {"date": "2026-12-01", "kind": "withdrawal", "note": "It was not a statement of the office."}
    records = {f"statements/{day[:4]}/{day}-another.md": statement_text(date=day) for day in DAYS}
    path = Path(min(records))
    records[str(path)] = statement_text(date=DAYS[0], history=[added, gone], status="withdrawn")
    root = minimal_root(tmp_path_factory.mktemp("counts") / "project", records)
    (root / "scripts").symlink_to(PROJECT / "scripts")
    first = write_tree(root.with_name("first"), {"sitecustomize.py": SMALL})
    done = run_module(root, "archive", "build", PYTHONPATH=os.pathsep.join(map(str, (first, root / "scripts"))))
    assert done.returncode == 0, done.stdout + done.stderr
    ids = {statement.id for statement in load_archive(root).statements}
    assert path.stem in ids
    return root / "site", ids - {path.stem}, path.stem


def test_all_count_the_same(withdrawn: tuple[Path, set[str], str]) -> None:
    built, standing, gone = withdrawn
    assert len(standing) == len(DAYS)
    text = {path.relative_to(built).as_posix(): path.read_text("utf-8") for path in built.rglob("*.html")}
    pages = {path.split("/")[2] for path in text if re.fullmatch(r"statements/\d{4}/[^/]*[a-z][^/]*/index\.html", path)}
    mapped = set(
        re.findall(r"/statements/\d{4}/([^/<]*[a-z][^/<]*)/</loc>", (built / "sitemap.xml").read_text("utf-8"))
    )
    assert pages == mapped == standing | {gone}

    data = built / "data" / "v1"
    lines = [json.loads(line)["id"] for line in (data / "statements.jsonl").read_text("utf-8").splitlines()]
    rows = re.findall(r"(?m)^(\d{4}-[^,]+),", (data / "statements.csv").read_text("utf-8"))
    with sqlite3.connect(f"file:{data / 'archive.sqlite'}?mode=ro", uri=True) as database:
        stored = [id for (id,) in database.execute("SELECT id FROM statements")]
    blocks = [json.loads(path.read_text("utf-8"))["rows"] for path in (built / "search" / "rows").iterdir()]
    assert sorted(map(len, blocks)) == [len(standing) - LIMIT, LIMIT]
    searched = [row[0] for block in blocks for row in block]
    cited = [
        entry.key
        for path in built.glob("statements/*/citations.bib")
        for entry in bibtexparser.parse_string(path.read_text("utf-8")).entries
    ]
    recorded = [path.parent.name for path in built.glob("statements/*/*/citation.json")]
    for found in (lines, rows, stored, searched, cited, recorded):
        assert sorted(found) == sorted(standing)

    followed = feedparser.parse((built / "feed.xml").read_bytes()).entries
    told = [entry.id.rpartition("/")[2] for entry in followed]
    assert told[0] == gone
    assert len(set(told)) == len(told) == LIMIT < len(standing)
    assert set(told) <= standing | {gone}
    assert [entry.id.rpartition("/")[2] for entry in followed if entry.title.startswith("Withdrawn: ")] == [gone]
    assert len(json.loads((built / "feed.json").read_text("utf-8"))["items"]) == len(followed)

    home = re.search(r"By date</a> <span[^>]*>(\d+) statements?", text["index.html"])
    assert home
    assert int(home[1]) == len(standing)
    assert f"{len(standing)} statements, 1 withdrawn record" in text["statements/index.html"]
