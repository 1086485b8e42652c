"""An index that is invented: one row of the table and one file of entries, beside the field that cites it."""

import csv
import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from builders import Once, copy_project, run_module

# what is written into a copy of the program: before which line, and what
ROW = """
    Authority(
        name="crafts",
        record=replace(authority_fields.ADDRESSEE, name="craft", fields=CRAFT),
        cited_by=(Citing(field="crafts", how="on"),),
        order="by name",
        contains="its names and the statements on it",
        reports="what was stated on the craft",
        sought="of which craft it speaks",
        part="craft under it",
        parts="crafts under it",
    ),
"""
FIELDS = """
*SOME, PARENT, _ = authority_fields.ADDRESSEE.fields
CRAFT = (*SOME, replace(PARENT, vocabulary="crafts"))
"""
FIELD = """
        Field(name="crafts", many=True, vocabulary="crafts", help="The crafts it speaks of.", example="[fishing]"),
"""
ADDED = {
    "model/authorities.py": {
        '    Authority(name="issuers"': ROW,
        "from dataclasses import dataclass\n": "from dataclasses import replace\n",
        "_TABLE = (": FIELDS,
    },
    "model/records.py": {"    instruments: tuple[str, ...] = ()": "    crafts: tuple[str, ...] = ()\n"},
    "model/statement_fields.py": {'        Field(\n            name="instruments"': FIELD},
}
ENTRIES = """
fishing: {label: Fishing, kind: public, parent: trade}
weaving: {label: Weaving, kind: class}
trade: {label: Trade, kind: public, names: [{name: əmək, language: az}]}
"""
RECORD = "2021-09-21-peace-appeal"


@pytest.fixture(scope="session")
def site(once: Once) -> Path:
    """Return the site of the first records, one of which cites an entry of the invented index."""

    def build(folder: Path) -> None:
        root = copy_project(folder / "project")
        for module, added in ADDED.items():
            _insert(root / "scripts/archive" / module, added)
        (root / "statements/authorities/crafts.yml").write_text(ENTRIES, "utf-8")
        _insert(root / f"statements/2021/{RECORD}.md", {"addressees:": "crafts: [fishing]\n"})
        done = run_module(root, "archive", "build", "--out", folder / "site")
        assert done.returncode == 0, done.stdout + done.stderr

    return once("invented-index", build) / "site"


def _insert(file: Path, added: Mapping[str, str]) -> None:
    text = file.read_text("utf-8")
    for before, lines in added.items():
        assert text.count(before) == 1, (file, before)
        text = text.replace(before, lines.removeprefix("\n") + before)
    file.write_text(text, "utf-8")


def page(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text("utf-8")


def test_it_has_a_list_and_a_page_for_each_entry(site: Path) -> None:
    assert "3 crafts, by name." in page(site, "crafts")
    assert '<section id="class">' in page(site, "crafts"), "each under its kind"
    assert "0 statements on it (with crafts under it: 1)" in page(site, "crafts")
    fishing, weaving, trade = (page(site, f"crafts/{id}") for id in ("fishing", "weaving", "trade"))
    assert f'<a href="../../statements/2021/{RECORD}/">' in fishing
    assert '<li><a href="../../crafts/trade/">Trade</a></li>' in fishing, "the way to it"
    assert "əmək" in trade
    assert "The archive has no statement on this craft itself; see the crafts under it." in trade
    assert "This page reports what was stated on the craft." in fishing
    assert "The archive has no statement on this craft." in weaving


def test_readers_find_the_way_to_it(site: Path) -> None:
    foot = page(site, "").partition('<nav aria-label="About the archive">')[2]
    assert 'href="crafts/">Crafts</a>' in foot.partition("</nav>")[0], "it is not in the masthead"
    assert "3 crafts, with the statements on them" in page(site, "")
    assert ">Crafts</a>, if you know of which craft it speaks" in (site / "404.html").read_text("utf-8")
    assert '<a href="../../../crafts/fishing/">Fishing</a>' in page(site, f"statements/2021/{RECORD}")
    assert ' aria-current="page">Crafts</a>' in page(site, "crafts")
    assert "crafts/fishing/" in (site / "sitemap.xml").read_text("utf-8")


def test_it_has_feeds_and_bibliographies(site: Path) -> None:
    feed = etree.parse(site / "crafts/fishing/feed.xml").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    assert len(feed.findall(f"{atom}entry")) == 1
    assert "on the craft “Fishing”" in str(feed.findtext(f"{atom}subtitle"))
    entry = json.loads((site / "crafts/fishing/feed.json").read_text("utf-8"))["items"][0]
    assert "Fishing" in entry["tags"]
    for ending in ("bib", "ris", "json"):
        assert RECORD in (site / f"crafts/fishing/citations.{ending}").read_text("utf-8")
        assert not (site / f"crafts/weaving/citations.{ending}").exists()
        assert "Fishing" in (site / f"statements/2021/{RECORD}/citation.{ending}").read_text("utf-8")


def test_it_is_in_the_data(site: Path) -> None:
    data = site / "data/v1"
    entries = json.loads((data / "crafts.json").read_text("utf-8"))
    assert [(entry["id"], entry["address"]) for entry in entries] == [
        (id, f"https://example.org/crafts/{id}/") for id in ("fishing", "trade", "weaving")
    ]
    with (data / "statement_crafts.csv").open(encoding="utf-8-sig", newline="") as rows:
        assert [(row["statement"], row["craft"]) for row in csv.DictReader(rows)] == [(RECORD, "fishing")]
    with sqlite3.connect(data / "archive.sqlite") as database:
        assert [row[0] for row in database.execute("SELECT label FROM crafts ORDER BY id")] == [
            "Fishing",
            "Trade",
            "Weaving",
        ]
    assert "crafts/fishing/" in json.loads((data / "manifest.json").read_text("utf-8"))["addresses"]


def test_the_search_has_a_facet_of_it(site: Path) -> None:
    catalogue = json.loads((site / "search/catalogue.json").read_text("utf-8"))
    facet = next(facet for facet in catalogue["facets"] if facet["name"] == "craft")
    assert [(value["label"], value["names"], value.get("parent")) for value in facet["values"]] == [
        ("Fishing", [], 1),
        ("Trade", ["əmək"], None),
        ("Weaving", [], None),
    ]
    assert facet["counts"] == [1, 1, 0]
    assert '<a href="../crafts/">crafts</a>' in page(site, "search")
    assert "../../search/?craft=fishing" in page(site, "crafts/fishing")
