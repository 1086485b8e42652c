"""The catalogue from which the search page filters and lists statements."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.model import authorities, authority_fields, edtf
from archive.model.authorities import Authority, Citing
from archive.model.index import build
from archive.model.records import Addressee, Archive, Instrument, Name, Statement
from archive.pages import generated
from archive.publish import generate
from archive.publish.loading import load_archive
from archive.search import facets
from builders import archive_of, minimal_root, statement, statement_text, with_changes

FIRST = statement(
    "2021-09-21-first",
    addressees=("council", "neighbours"),
    mentions=("harbour-1992",),
    subjects=("bridges",),
    form="open-letter",
)
OTHER = statement(
    "2020-05-other", title="Statement of 25-26 May", events=(), language="ru", original_language="az", form="letter"
)


def files_of(*statements: Statement, **changes: Any) -> dict[str, str | bytes]:
    return made(archive_of(*statements, **changes))


def made(archive: Archive) -> dict[str, str | bytes]:
    ordered = build(archive)
    return facets.files(archive, ordered, facets.edition_of(archive, ordered))


def catalogue_of(*statements: Statement, **changes: Any) -> dict[str, Any]:
    """Return the catalogue of these statements, read back."""
    catalogue: dict[str, Any] = json.loads(files_of(*statements, **changes)[facets.CATALOGUE_FILE])
    return catalogue


def test_a_column_refers_to_values_by_place_and_rows_are_oldest_first() -> None:
    catalogue = catalogue_of(FIRST, OTHER)
    edition = catalogue.pop("edition")
    assert len(edition) == 16
    assert set(edition) <= set("0123456789abcdef")
    assert re.fullmatch("[0-9a-f]{10}", catalogue.pop("columns"))
    later = catalogue.pop("later")
    assert re.fullmatch("[0-9a-f]{10}", later["name"])
    assert later["size"] == len(files_of(FIRST, OTHER)[f"search/columns/{later['name']}.bin"])
    assert {facet["name"]: facet.pop("later") for facet in catalogue["facets"]} == {
        "event": False,
        "topic": True,
        "addressee": False,
        "instrument": True,
        "place": True,
        "form": False,
        "language": False,
        "original": False,
    }
    assert catalogue == {
        "size": 2,
        "block": 100,
        "years": {"first": 2020, "counts": [1, 1], "maybe": [0, 0]},
        "dates": ["2020-05", "2021-09-21"],
        "rows": [
            ["2020-05-other", "Statement of 25\N{EN DASH}\N{WORD JOINER}26 May", "reported"],
            ["2021-09-21-first", "Statement on the bridge", "reported"],
        ],
        "indexes": "Events, topics, addressees, instruments and places",
        "facets": [
            {
                "name": "event",
                "legend": "Event",
                "how": "about",
                "shown": True,
                "index": "events",
                "part": "part of it",
                "parts": "parts of it",
                "values": [
                    {"id": "harbour-1992", "label": "The harbour, February 1992", "names": []},
                    {"id": "bridge-2020", "label": "The bridge, spring 2020", "names": ["Körpü", "Мост"]},
                    {"id": "bridge-opening-2020", "label": "The bridge, 2 May 2020", "names": [], "parent": 1},
                ],
                "field": "events",
                "counts": [0, 1, 0],
                "rows": [[], [1]],
                "wider": {"how": "mentioning", "field": "mentions", "counts": [1, 1, 0], "rows": [[], [0]]},
            },
            {
                "name": "topic",
                "legend": "Topic",
                "how": "on",
                "shown": False,
                "index": "topics",
                "part": "narrower topic",
                "parts": "narrower topics",
                "values": [
                    {"id": "bridges", "label": "Bridges", "names": [], "parent": 1},
                    {"id": "harbours", "label": "Harbours", "names": ["Limanlar", "Порты"]},
                ],
                "field": "subjects",
                "counts": [1, 1],
                "rows": [[], [0]],
                "wider": None,
            },
            {
                "name": "addressee",
                "legend": "Addressee",
                "how": "to",
                "shown": True,
                "index": "addressees",
                "part": "subordinate body",
                "parts": "subordinate bodies",
                "values": [
                    {"id": "assembly", "label": "General Assembly", "names": []},
                    {"id": "council", "label": "Harbour Council", "names": ["HC"], "parent": 0},
                    {"id": "neighbours", "label": "Neighbours", "names": []},
                ],
                "field": "addressees",
                "counts": [1, 1, 1],
                "rows": [[], [1, 2]],
                "wider": None,
            },
            {
                "name": "instrument",
                "legend": "Instrument",
                "how": "citing",
                "shown": False,
                "index": "instruments",
                "part": "",
                "parts": "",
                "values": [{"id": "charter", "label": "Charter of the Harbour", "names": []}],
                "field": "instruments",
                "counts": [0],
                "rows": [[], []],
                "wider": None,
            },
            {
                "name": "place",
                "legend": "Place",
                "how": "about events in",
                "shown": False,
                "index": "places",
                "part": "place in it",
                "parts": "places in it",
                "values": [
                    {"id": "riverside", "label": "Riverside", "names": ["Sahil"]},
                    {"id": "old-quay", "label": "The old quay", "names": ["Bulvar", "Հին նավամատույց"], "parent": 0},
                ],
                "field": "places",
                "counts": [0, 0],
                "rows": [[], []],
                "wider": None,
            },
            {
                "name": "form",
                "legend": "Form",
                "how": "in the form of:",
                "shown": True,
                "values": [{"id": "open-letter", "label": "Open letter"}, {"id": "letter", "label": "Letter"}],
                "field": "form",
                "counts": [1, 1],
                "rows": [[1], [0]],
            },
            {
                "name": "language",
                "legend": "Language of the summary",
                "how": "summarised in",
                "shown": False,
                "values": [{"id": "en", "label": "English"}, {"id": "ru", "label": "Russian"}],
                "field": "language",
                "counts": [1, 1],
                "rows": [[1], [0]],
            },
            {
                "name": "original",
                "legend": "Language of the statement",
                "how": "made in",
                "shown": False,
                "values": [{"id": "az", "label": "Azerbaijani"}],
                "field": "original_language",
                "counts": [1],
                "rows": [[0], []],
            },
        ],
    }


def test_columns_have_for_each_row_the_number_of_its_places_and_then_all_places() -> None:
    """Dates share letters with those before; a number past 127 takes two bytes."""
    dates = ("2021-09-21/2021-09-22", "2021-09-21/2021-09-25?", "2021-09-30", "2021-10~")
    many = {f"body-{n:03d}": Addressee(id=f"body-{n:03d}", label=f"B{n:03d}", kind="class") for n in range(200)}
    statements = [
        replace(statement(f"2021-09-21-{n}", events=()), date=edtf.parse(date), addressees=(f"body-{n * 60:03d}",))
        for n, date in enumerate(dates)
    ]
    files = files_of(*statements, addressees=many)
    catalogue = json.loads(files[facets.CATALOGUE_FILE])
    content = files[f"search/columns/{catalogue['columns']}.bin"]
    assert isinstance(content, bytes)
    line, _, numbers = gzip.decompress(content).partition(b"\n")
    assert line.decode() == "02021-09-21/2021-09-22 f-09-25? 830 510~"
    none, first = bytes(4), bytes((1, 1, 1, 1, 0, 0, 0, 0))
    addressees = bytes((1, 1, 1, 1, 0, 60, 120, 180, 1))
    assert numbers == none + none + addressees + first + first + none
    later = files[f"search/columns/{catalogue['later']['name']}.bin"]
    assert isinstance(later, bytes)
    assert gzip.decompress(later) == none + none + none


def test_a_row_counts_once_for_its_value_and_for_all_above() -> None:
    both = replace(FIRST, events=("bridge-2020", "bridge-opening-2020"), mentions=("bridge-opening-2020",))
    event = catalogue_of(both, OTHER)["facets"][0]
    assert event["counts"] == [0, 1, 1]
    assert event["wider"]["counts"] == [0, 1, 1]


def test_a_statement_counts_for_the_places_of_its_events() -> None:
    places = catalogue_of(replace(OTHER, events=("harbour-1992",)), FIRST)["facets"][4]
    assert places["rows"] == [[1], []]
    assert places["counts"] == [1, 1]


YEARS = {
    "2021": (2021, [1], [0]),
    "2021-03?": (2021, [1], [1]),
    "2021-12-30/2022-01-02": (2021, [1, 1], [1, 1]),
    "2021-03-01/2021-03-04~": (2021, [1], [1]),
}


@pytest.mark.parametrize("date", YEARS)
def test_a_statement_counts_for_every_year_that_its_date_may_be_in(date: str) -> None:
    years = catalogue_of(replace(FIRST, date=edtf.parse(date)))["years"]
    assert (years["first"], years["counts"], years["maybe"]) == YEARS[date]


def test_years_without_statements_are_counted_too() -> None:
    statements = (statement("2019-01-01-early"), statement("2022-01-01-late"))
    assert catalogue_of(*statements)["years"] == {"first": 2019, "counts": [1, 0, 0, 1], "maybe": [0, 0, 0, 0]}
    assert catalogue_of()["years"] == {"first": 0, "counts": [], "maybe": []}


def test_an_index_has_a_facet_by_its_row_in_the_table_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Authority(
        name="instruments",
        record=authority_fields.INSTRUMENT,
        words=("deed", "deeds"),
        in_masthead=True,
        in_results=True,
        cited_by=(
            Citing(field="requests.of", how="asking for", listed=False),
            Citing(field="instruments", how="citing"),
            Citing(field="content_notes", how="warning of"),
        ),
    )
    monkeypatch.setitem(authorities.INDEXES, "instruments", row)
    treaty = Instrument(id="treaty", label="Treaty of 1-2 May", kind="treaty", url="https://example.org/")
    statements = (replace(FIRST, instruments=("treaty",)), replace(OTHER, content_notes=("treaty",)))
    catalogue = catalogue_of(*statements, instruments={"treaty": treaty})
    assert catalogue["indexes"] == "Events, topics, addressees, deeds and places"
    assert [facet["name"] for facet in catalogue["facets"]][2:6] == ["addressee", "deed", "place", "form"]
    assert catalogue["facets"][3] == {
        "name": "deed",
        "legend": "Deed",
        "how": "citing",
        "shown": True,
        "later": False,
        "index": "deeds",
        "part": "",
        "parts": "",
        "values": [{"id": "treaty", "label": "Treaty of 1\N{EN DASH}\N{WORD JOINER}2 May", "names": []}],
        "field": "instruments",
        "counts": [1],
        "rows": [[], [0]],
        "wider": {"how": "warning of", "field": "content_notes", "counts": [2], "rows": [[0], []]},
    }
    page = generated._search_page("", "/")
    assert page.html.count('<a href="../addressees/">addressees</a>, <a href="../deeds/">deeds</a>') == 5
    assert "date, event, topic, addressee, deed, place, form and language" in page.description


def test_a_row_has_the_id_the_title_as_it_is_shown_and_how_the_date_is_known() -> None:
    rows = json.loads(files_of(FIRST, OTHER)[facets.rows_path(0)])["rows"]
    assert rows == [
        ["2020-05-other", "Statement of 25\N{EN DASH}\N{WORD JOINER}26 May", "reported"],
        ["2021-09-21-first", "Statement on the bridge", "reported"],
    ]


@pytest.mark.parametrize(
    ("number", "blocks"), [(0, []), (1, [1]), (100, [100]), (101, [100, 1]), (250, [100, 100, 50])]
)
def test_rows_are_in_blocks(number: int, blocks: list[int]) -> None:
    files = files_of(*(statement(f"2021-01-{n % 28 + 1:02d}-number{n:03d}") for n in range(number)))
    paths = [path for path in files if path != facets.CATALOGUE_FILE and not path.endswith(".bin")]
    assert paths == [facets.rows_path(n) for n in range(len(blocks))]
    read_blocks = [json.loads(files[facets.rows_path(n)]) for n in range(len(blocks))]
    assert [len(block["rows"]) for block in read_blocks] == blocks
    ids = [id for block in read_blocks for id, *_ in block["rows"]]
    assert ids == sorted(ids)
    assert {block["edition"] for block in read_blocks} <= {json.loads(files[facets.CATALOGUE_FILE])["edition"]}


def test_a_name_is_listed_once_and_not_if_it_is_the_label() -> None:
    names = [("Body", "B"), ("Body", "BO"), ("Gövdə", "B"), ("Label", "")]
    body = Addressee(
        id="body",
        label="Label",
        kind="class",
        names=tuple(Name(name=name, language="en", abbreviation=short) for name, short in names),
    )
    catalogue = catalogue_of(addressees={"body": body})
    assert catalogue["facets"][2]["values"] == [{"id": "body", "label": "Label", "names": ["Body", "B", "BO", "Gövdə"]}]


def test_a_withdrawn_statement_is_left_out() -> None:
    gone = replace(statement("2021-03-zebra", title="Statement on a zebra", form="interview"), status="withdrawn")
    with_it, without = files_of(FIRST, gone, OTHER), files_of(FIRST, OTHER)
    assert with_it == without


def test_a_draft_is_left_out(tmp_path: Path) -> None:
    draft = statement_text(title="Statement on a zebra", date="2021-10-01", status="draft", form="interview")
    plain = load_archive(minimal_root(tmp_path / "plain"))
    drafted = load_archive(minimal_root(tmp_path / "drafted", {"statements/2021/2021-10-01-zebra.md": draft}))
    assert made(drafted) == made(plain)


def edition(archive: Archive) -> str:
    text: str = json.loads(made(archive)[facets.CATALOGUE_FILE])["edition"]
    return text


def test_the_edition_is_another_where_there_are_other_pages_or_in_another_order() -> None:
    """What one says may be another: each file has its own statement or entry in the same place."""
    plain = archive_of(FIRST, OTHER)
    changed = [
        archive_of(FIRST),
        archive_of(replace(FIRST, date=edtf.parse("1950-01-01")), replace(OTHER, date=edtf.parse("2031-01-01"))),
        archive_of(replace(FIRST, date=edtf.parse("2031-01-01")), replace(OTHER, date=edtf.parse("1950-01-01"))),
        with_changes(plain, events={**plain.events, "zebra": replace(next(iter(plain.events.values())), id="zebra")}),
        replace(plain, docs={**plain.docs, "zebra.md": "# Zebra"}),
    ]
    assert len({edition(archive) for archive in [plain, *changed]}) == len(changed)  # one order is as it was
    same = archive_of(FIRST, replace(OTHER, title="Another title", summary="The Office says something else."))
    assert edition(same) == edition(plain)


def test_the_order_of_files_makes_no_difference() -> None:
    plain = archive_of(FIRST, OTHER)
    turned = with_changes(
        plain,
        statements=plain.statements[::-1],
        events=dict(reversed(plain.events.items())),
        addressees=dict(reversed(plain.addressees.items())),
        outlets=dict(reversed(plain.outlets.items())),
    )
    assert made(turned) == made(plain)


def test_it_is_json_without_spaces_and_with_its_own_letters() -> None:
    for path, text in files_of(replace(FIRST, title="Körpü")).items():
        if path.endswith(".bin"):
            continue
        assert isinstance(text, str)
        assert "\n" not in text
        assert '", ' not in text
        assert '": ' not in text
        assert "\\u" not in text


def test_the_site_has_it() -> None:
    archive = archive_of(FIRST, OTHER)
    assert made(archive).items() <= generate.generate(archive).items()
