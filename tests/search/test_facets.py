"""The catalogue from which the search page filters and lists statements."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.model import authorities, authority_fields
from archive.model.authorities import Authority, Citing
from archive.model.index import build
from archive.model.records import Addressee, Archive, Instrument, Name, Statement
from archive.pages import generated
from archive.publish import generate
from archive.publish.loading import load_archive
from archive.search import facets
from builders import archive_of, minimal_root, statement, statement_text, with_changes

FIRST = statement(
    "2021-09-21-first", addressees=("council", "neighbours"), mentions=("harbour-1992",), form="open-letter"
)
OTHER = statement(
    "2020-05-other", title="Statement of 25-26 May", events=(), language="ru", original_language="az", form="letter"
)


def files_of(*statements: Statement, **changes: Any) -> dict[str, str]:
    archive = archive_of(*statements, **changes)
    return facets.files(archive, build(archive))


def catalogue_of(*statements: Statement, **changes: Any) -> dict[str, Any]:
    """Return the catalogue of these statements, read back."""
    catalogue: dict[str, Any] = json.loads(files_of(*statements, **changes)[facets.CATALOGUE_FILE])
    return catalogue


def test_a_column_refers_to_values_by_place_and_rows_are_oldest_first() -> None:
    catalogue = catalogue_of(FIRST, OTHER)
    edition = catalogue.pop("edition")
    assert len(edition) == 16
    assert set(edition) <= set("0123456789abcdef")
    assert catalogue == {
        "block": 100,
        "dates": ["2020-05", "2021-09-21"],
        "indexes": "Events and addressees",
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
                "rows": [[], 1],
                "wider": {"how": "mentioning", "field": "mentions", "rows": [[], 0]},
            },
            {
                "name": "addressee",
                "legend": "Addressee",
                "how": "to",
                "shown": True,
                "index": "addressees",
                "part": "body under it",
                "parts": "bodies under it",
                "values": [
                    {"id": "assembly", "label": "General Assembly", "names": []},
                    {"id": "council", "label": "Harbour Council", "names": ["HC"], "parent": 0},
                    {"id": "neighbours", "label": "Neighbours", "names": []},
                ],
                "field": "addressees",
                "rows": [[], [1, 2]],
                "wider": None,
            },
            {
                "name": "form",
                "legend": "Form",
                "how": "in the form of:",
                "shown": True,
                "values": [{"id": "open-letter", "label": "Open letter"}, {"id": "letter", "label": "Letter"}],
                "field": "form",
                "rows": [1, 0],
            },
            {
                "name": "language",
                "legend": "Language of the summary",
                "how": "summarised in",
                "values": [{"id": "en", "label": "English"}, {"id": "ru", "label": "Russian"}],
                "field": "language",
                "rows": [1, 0],
            },
            {
                "name": "original",
                "legend": "Language of the statement",
                "how": "made in",
                "values": [{"id": "az", "label": "Azerbaijani"}],
                "field": "original_language",
                "rows": [0, []],
            },
        ],
    }


def test_a_new_index_has_a_facet_by_its_row_in_the_table_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Authority(
        name="instruments",
        record=authority_fields.INSTRUMENT,
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
    assert catalogue["indexes"] == "Events, addressees and instruments"
    assert [facet["name"] for facet in catalogue["facets"]][:4] == ["event", "addressee", "instrument", "form"]
    assert catalogue["facets"][2] == {
        "name": "instrument",
        "legend": "Instrument",
        "how": "citing",
        "shown": True,
        "index": "instruments",
        "part": "",
        "parts": "",
        "values": [{"id": "treaty", "label": "Treaty of 1\N{EN DASH}\N{WORD JOINER}2 May", "names": []}],
        "field": "instruments",
        "rows": [[], 0],
        "wider": {"how": "warning of", "field": "content_notes", "rows": [0, []]},
    }
    page = generated._search_page()
    assert page.html.count('<a href="../addressees/">addressees</a> and <a href="../instruments/">instruments</a>') == 2
    assert "date, event, addressee, instrument, form and language" in page.description


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
    assert list(files) == [facets.CATALOGUE_FILE, *(facets.rows_path(n) for n in range(len(blocks)))]
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
    assert catalogue["facets"][1]["values"] == [{"id": "body", "label": "Label", "names": ["Body", "B", "BO", "Gövdə"]}]


def test_a_withdrawn_statement_is_left_out() -> None:
    gone = replace(statement("2021-03-zebra", title="Statement on a zebra", form="interview"), status="withdrawn")
    with_it, without = files_of(FIRST, gone, OTHER), files_of(FIRST, OTHER)
    assert with_it == without


def test_a_draft_is_left_out(tmp_path: Path) -> None:
    draft = statement_text(title="Statement on a zebra", date="2021-10-01", status="draft", form="interview")
    plain = load_archive(minimal_root(tmp_path / "plain"))
    drafted = load_archive(minimal_root(tmp_path / "drafted", {"statements/2021/2021-10-01-zebra.md": draft}))
    assert facets.files(drafted, build(drafted)) == facets.files(plain, build(plain))


def edition(archive: Archive) -> str:
    text: str = json.loads(facets.files(archive, build(archive))[facets.CATALOGUE_FILE])["edition"]
    return text


def test_the_edition_is_another_where_a_page_that_is_indexed_is_another() -> None:
    plain = archive_of(FIRST, OTHER)
    changed = [
        archive_of(FIRST),
        archive_of(FIRST, replace(OTHER, title="Another title")),
        archive_of(FIRST, replace(OTHER, summary="The Office says something else.")),
        archive_of(FIRST, replace(OTHER, sources=(replace(OTHER.sources[0], author="A zebra"),))),
        with_changes(
            plain,
            events={id: replace(event, summary="Another summary.") for id, event in plain.events.items()},
        ),
        with_changes(plain, outlets={id: replace(outlet, label="The Zebra") for id, outlet in plain.outlets.items()}),
    ]
    assert len({edition(archive) for archive in [plain, *changed]}) == 1 + len(changed)


def test_the_order_of_files_makes_no_difference() -> None:
    plain = archive_of(FIRST, OTHER)
    turned = with_changes(
        plain,
        statements=plain.statements[::-1],
        events=dict(reversed(plain.events.items())),
        addressees=dict(reversed(plain.addressees.items())),
        outlets=dict(reversed(plain.outlets.items())),
    )
    assert facets.files(turned, build(turned)) == facets.files(plain, build(plain))


def test_it_is_json_without_spaces_and_with_its_own_letters() -> None:
    for text in files_of(replace(FIRST, title="Körpü")).values():
        assert "\n" not in text
        assert '", ' not in text
        assert '": ' not in text
        assert "\\u" not in text


def test_the_site_has_it() -> None:
    archive = archive_of(FIRST, OTHER)
    assert facets.files(archive, build(archive)).items() <= generate.generate(archive).items()
