"""Citations, read back by what others read them with: nothing is lost, changed or invented on the way."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import bibtexparser
import pytest
import rispy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from archive.exports import citations
from archive.exports.citations import bibtex, csl, ris
from archive.exports.citations.csl import Item, citation_item, citation_line
from archive.model import edtf, index
from archive.model.records import Archive, Source, Statement
from archive.publish import generate
from builders import DATA, archive_of, real, statement

SCHEMA = Draft7Validator(json.loads((DATA / "schemas" / "csl-item.json").read_text("utf-8")))
DATES = {
    # as written: parts for CSL, whether doubtful, year and month for BibTeX, date for RIS
    "2021-09-21": ([[2021, 9, 21]], False, ("2021", "sep"), "2021/09/21/"),
    "2021-09": ([[2021, 9]], False, ("2021", "sep"), "2021/09//"),
    "2021": ([[2021]], False, ("2021", None), "2021///"),
    "2021-09-21?": ([[2021, 9, 21]], True, ("2021", "sep"), "2021/09/21/21 September 2021 (uncertain)"),
    "2021~": ([[2021]], True, ("2021", None), "2021///about 2021, month and day not given"),
    "2021-09-01/2021-09-05": (
        [[2021, 9, 1], [2021, 9, 5]],
        False,
        ("2021", "sep"),
        "2021/09//between 1 September 2021 and 5 September 2021",
    ),
    "2021-09/2021-11-03~": (
        [[2021, 9], [2021, 11, 3]],
        True,
        ("2021", None),
        "2021///between September 2021 and about 3 November 2021",
    ),
    "2021-12-31/2022-01-01": (
        [[2021, 12, 31], [2022, 1, 1]],
        False,
        ("2021", None),
        "2021///between 31 December 2021 and 1 January 2022",
    ),
    "2021-09/2021-09-05": (
        [[2021, 9], [2021, 9, 5]],
        False,
        ("2021", "sep"),
        "2021/09//between September 2021 and 5 September 2021",
    ),
}  # fmt: skip
NASTY = (
    "a", " ", "é", "ə", "Ə", "Ж", "ш", "Հ", "ع", "\u200f", "😀", "e\u0301", "中", "1", "-", "--", "---", ",", ", ",
    ",,", ";", ":", " and ", "others", "{", "}", "{{", "}}", "\\", "\\&", "\\{", "\\end", "\\input{x}", "%", "%0", "#",
    "&", "_", "~", "$", "^", "<", ">", "|", "=", "=1+1", "</script>", '"', "'", "''", "`", "``", "?`", "@", "@book{x,",
    "}\n@article{y,", "\n", "\r\n", "\n\nTY  - JOUR\n", "\nER  - \n", "TI  - ", "  - ", "\t", "\u2028", "\x0c",
    "\x85", "\u00a0",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(NASTY), min_size=1, max_size=12).map("".join).map(lambda text: f"x{text}y")

_COMMANDS = get_default_latex_context_db()
# commands of LaTeX's own that the reader does not know, or not as ASCII
_ASCII = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textless": "<",
    "textgreater": ">",
    "textasciicircum": "^",
    "textbar": "|",
}
_COMMANDS.add_context_category("ascii", [MacroTextSpec(name, sign) for name, sign in _ASCII.items()], prepend=True)
_READER = LatexNodes2Text(latex_context=_COMMANDS)


def item(**changes: Any) -> Item:
    record = statement()
    return replace(
        citation_item(record, archive_of(record, site_name="The archive", site_url="https://a.example/")), **changes
    )


def on_a_line(text: str) -> str:
    return " ".join(text.split())


def read_bibtex(text: str) -> list[dict[str, str]]:
    """Return each entry's fields as TeX prints them; keywords, URL and date verbatim."""
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert len(library.entries) == len(library.blocks)
    entries = []
    for entry in library.entries:
        assert entry.entry_type == "techreport"
        values = {field.key: str(field.value) for field in entry.fields}
        assert len(values) == len(entry.fields)
        for value in values.values():
            assert balanced(value)
        verbatim = ("keywords", "url", "date")
        entries.append(
            {"key": entry.key} | {name: value if name in verbatim else printed(value) for name, value in values.items()}
        )
    return entries


def balanced(value: str) -> bool:
    """Return whether the braces balance as BibTeX counts them, whatever precedes them."""
    depths = [0]
    for character in value:
        depths.append(depths[-1] + {"{": 1, "}": -1}.get(character, 0))
    return min(depths) == depths[-1] == 0


@cache
def printed(value: str) -> str:
    return str(_READER.latex_to_text(value))


def keywords(value: str) -> list[str]:
    """Split keywords at every comma and semicolon, as Zotero does; biblatex minds braces."""
    return [printed(part.strip()) for part in re.split("[,;]", value)]


def undivided(keyword: str) -> str:
    """A keyword in BibTeX, where a comma would make two of it."""
    return on_a_line(re.sub(r"\s*[,;]\s*", " - ", keyword))


def read_ris(text: str) -> list[dict[str, Any]]:
    assert re.fullmatch(r"(?:(?:[A-Z][A-Z0-9]  - [^\r\n]*\r\n)+(?:\r\n(?!\Z))?)+", text)
    return rispy.loads(text)


@pytest.mark.parametrize("date", DATES)
def test_a_date_is_given_as_far_as_it_is_known(date: str) -> None:
    parts, doubtful, (year, month), of_ris = DATES[date]
    cited = item(issued=edtf.parse(date))
    assert csl.to_csl(cited)["issued"] == {"date-parts": parts} | ({"circa": True} if doubtful else {})
    (entry,) = read_bibtex(bibtex.text([cited]))
    assert (entry["year"], entry.get("month"), entry["date"]) == (year, month, date)
    (reference,) = read_ris(ris.text([cited]))
    assert (reference["year"], reference["date"]) == (year, of_ris)
    exact = date == "2021-09-21"
    assert (cited.issued.stated in cited.note) is not exact
    assert f", {cited.issued.stated};" in citation_line(cited)


def test_a_citation_has_the_supplied_title_in_brackets() -> None:
    record = statement(sources=(Source(kind="press-report", outlet="daily", syndicated_from="agency"),))
    assert citation_line(citation_item(record, archive_of(record, site_name="The archive"))) == (
        "The Office. [Statement on the bridge] (title supplied by the archive), statement, 21 September 2021; "
        "as reported by The Agency, carried by The Daily. The archive, record 2021-09-21-first, "
        "as of 23 November 2026, "
    )


def test_a_note_says_where_it_is_known_from_and_how_its_date_is() -> None:
    source = Source(kind="press-report", outlet="daily", published=edtf.parse("2021-09-22"))
    record = statement(sources=(source,), form="open-letter")
    assert citation_item(record, archive_of(record)).note == (
        "As reported by The Daily, 22 September 2021. Date as reported. Title supplied by the archive, as are "
        "abstract and number. Record as of 23 November 2026."
    )
    late = replace(record, date=edtf.parse("2021-09"), date_basis="inferred")
    assert "Date inferred: September 2021, day not given." in citation_item(late, archive_of(late)).note
    assert citation_item(record, archive_of(record)).genre == "Open letter"


def test_addressees_are_keywords_and_nobody_s_authors() -> None:
    record = statement(addressees=("council",), mentions=("harbour-1992",))
    archive = archive_of(record, site_url="https://a.example/")
    labels = ["The bridge, spring 2020", "The harbour, May 1992", archive.addressees["council"].label]
    cited = citation_item(record, archive)
    assert sorted(cited.keywords) == sorted(
        [archive.events["bridge-2020"].label, archive.events["harbour-1992"].label, labels[2]]
    )
    assert csl.to_csl(cited)["author"] == [{"literal": "The Office"}]
    assert "recipient" not in csl.to_csl(cited)
    (entry,) = read_bibtex(bibtex.text([cited]))
    assert "council" not in entry["author"].casefold()
    (reference,) = read_ris(ris.text([cited]))
    assert reference["authors"] == ["The Office,"]
    assert not {key for key in reference if key.endswith("authors")} - {"authors"}


def test_what_is_not_known_has_no_field() -> None:
    bare = item(language="", archive="", abstract="", keywords=())
    assert not {"language", "archive", "abstract", "keyword"} & csl.to_csl(bare).keys()
    assert not {"language", "langid", "abstract", "keywords"} & read_bibtex(bibtex.text([bare]))[0].keys()
    assert not {"language", "name_of_database", "abstract", "keywords"} & read_ris(ris.text([bare]))[0].keys()
    for code in ("und", "mul"):
        record = statement(language=code)
        assert citation_item(record, archive_of(record)).language == ""


@pytest.mark.parametrize(("code", "name"), [("en", "english"), ("az", "azerbaijani"), ("az-Cyrl", "azerbaijani")])
def test_a_language_has_the_name_that_tex_knows_it_by(code: str, name: str) -> None:
    (entry,) = read_bibtex(bibtex.text([item(language=code)]))
    assert entry["language"] == entry["langid"] == name


def test_an_address_is_kept_and_can_end_no_field() -> None:
    (entry,) = read_bibtex(bibtex.text([item(url="https://a.example/a_b~c%20d#e&f{g}\\h i/")]))
    assert entry["url"] == "https://a.example/a_b~c%20d#e&f%7Bg%7D%5Ch%20i/"


@given(title=TEXT, author=TEXT, genre=TEXT, provenance=TEXT, abstract=TEXT, keywords_=st.lists(TEXT, max_size=4))
@example("A, B and C", "Office of A, B and {C", "}", "\\", "%", ["a, b", "{c}", "d and e"])
@example("1?``# !`` --", "a", "b", "c", "d", ["?``, e"])
@example("TY  - RPRT", "x\nER  - \nTY  - JOUR", "a\r\nAU  - Other, An", "\u2028AU  - x", "ER  - ", ["\nKW  - x"])
@settings(max_examples=60)
def test_any_text_comes_back_as_it_was(
    title: str, author: str, genre: str, provenance: str, abstract: str, keywords_: list[str]
) -> None:
    first = item(
        title=title, author=author, genre=genre, provenance=provenance, abstract=abstract, keywords=tuple(keywords_)
    )
    second = replace(first, id="2020-second")
    expected = {
        name: on_a_line(text)
        for name, text in {
            "title": title,
            "author": author,
            "type": genre,
            "note": first.note,
            "abstract": abstract,
        }.items()
    }

    entries = read_bibtex(bibtex.text([first, second]))
    assert [entry["key"] for entry in entries] == [first.id, second.id]
    for entry in entries:
        assert {name: on_a_line(entry[name]) for name in expected} == expected
        assert on_a_line(entry["institution"]) == expected["author"]
        assert keywords(entry.get("keywords", "")) == ([undivided(keyword) for keyword in keywords_] or [""])

    references = read_ris(ris.text([first, second]))
    assert [reference["id"] for reference in references] == [first.id, second.id]
    for reference in references:
        assert reference["title"] == expected["title"]
        divided = "," in author or ";" in author
        assert reference.get("authors", []) == ([] if divided else [f"{expected['author']},"])
        assert reference["publisher"] == expected["author"]
        assert reference["type_of_work"] == expected["type"]
        assert reference["notes"] == [expected["note"]]
        assert reference["abstract"] == expected["abstract"]
        assert reference.get("keywords", []) == [on_a_line(keyword) for keyword in keywords_]
        assert "unknown_tag" not in reference

    items = json.loads(csl.text([first, second]))
    assert not list(SCHEMA.iter_errors(items))
    for entry in items:
        assert (entry["title"], entry["author"], entry["abstract"]) == (title, [{"literal": author}], abstract)


def published(archive: Archive) -> Iterator[Statement]:
    return (record for record in archive.statements if record.status != "withdrawn")


def all_texts(archive: Archive) -> dict[str, str]:
    """Return the text of every file of citations, by path."""
    return {path: make() for path, make in citations.files(archive, index.build(archive))}


def test_every_field_of_every_real_record_comes_back() -> None:
    archive = real()
    texts = all_texts(archive)
    for record in published(archive):
        folder = f"statements/{record.id[:4]}/{record.id}/"
        label = archive.issuers[record.issuer].label
        labels = [archive.events[id].label for id in (*record.events, *record.mentions)]
        labels += [archive.authorities["subjects"][id].label for id in record.subjects]
        labels += [archive.addressees[id].label for id in record.addressees]
        labels += [archive.instruments[id].label for id in record.instruments]
        labels += [archive.places[place].label for id in record.events for place in archive.events[id].places]
        labels = list(dict.fromkeys(labels))
        form = record.form.replace("-", " ").capitalize()
        url = archive.site_url + folder
        reported = archive.outlets[record.sources[0].outlet].label

        (entry,) = read_bibtex(texts[f"{folder}citation.bib"])
        (reference,) = read_ris(texts[f"{folder}citation.ris"])
        (cited,) = json.loads(texts[f"{folder}citation.json"])
        assert [entry["key"], reference["id"], cited["id"]] == [record.id] * 3
        assert [entry["number"], reference["accession_number"], cited["number"], reference["issn"]] == [record.id] * 4
        assert [entry["title"], reference["title"], cited["title"]] == [record.title] * 3
        assert [entry["type"], reference["type_of_work"], cited["genre"]] == [form] * 3
        assert [entry["author"], entry["institution"], reference["publisher"], cited["publisher"]] == [label] * 4
        assert [entry["url"], *reference["urls"], cited["URL"]] == [url] * 3
        assert entry["date"] == record.date.text
        assert (keywords(entry["keywords"]) if "keywords" in entry else []) == list(map(undivided, labels))
        labels_read = (
            reference.get("keywords", []),
            cited.get("keyword", ""),
        )
        assert [labels_read[0], labels_read[1].split("; ") if labels_read[1] else []] == [labels] * 2
        assert [reference["language"], cited["language"]] == [record.language] * 2
        for note in (entry["note"], *reference["notes"], cited["note"]):
            assert reported in note
        abstracts = [on_a_line(text) for text in (entry["abstract"], reference["abstract"], cited["abstract"])]
        assert abstracts[0] == abstracts[1] == abstracts[2]
        assert re.findall(r"\w+", abstracts[0])[:5] == re.findall(r"\w+", record.summary)[:5]
        assert not list(SCHEMA.iter_errors([cited]))


def test_a_bibliography_has_each_statement_once_newest_first() -> None:
    first = statement("2020-05-01-first", addressees=("council",))
    both = statement("2021-01-01-both", events=("bridge-2020",), mentions=("harbour-1992",), addressees=("council",))
    other = statement("2021-02-01-other", events=("harbour-1992",))
    gone = statement("2022-02-01-gone", status="withdrawn", addressees=("council",))
    archive = archive_of(other, first, gone, both, site_url="https://a.example/")
    files = dict(citations.files(archive, index.build(archive)))
    listed = {
        "statements/2020/": ["2020-05-01-first"],
        "statements/2021/": ["2021-02-01-other", "2021-01-01-both"],
        "events/bridge-2020/": ["2021-01-01-both", "2020-05-01-first"],
        "events/harbour-1992/": ["2021-02-01-other", "2021-01-01-both"],
        "addressees/council/": ["2021-01-01-both", "2020-05-01-first"],
        "places/old-quay/": ["2021-02-01-other"],
    }
    alone = {f"statements/{record.id[:4]}/{record.id}/": [record.id] for record in (first, both, other)}
    expected = {f"{folder}citations": ids for folder, ids in listed.items()}
    expected |= {f"{folder}citation": ids for folder, ids in alone.items()}
    assert files.keys() == {f"{path}.{ending}" for path in expected for ending in ("bib", "ris", "json")}
    for path, ids in expected.items():
        assert [entry["key"] for entry in read_bibtex(files[f"{path}.bib"]())] == ids
        assert [reference["id"] for reference in read_ris(files[f"{path}.ris"]())] == ids
        items = json.loads(files[f"{path}.json"]())
        assert [entry["id"] for entry in items] == ids
        assert not list(SCHEMA.iter_errors(items))
        assert ["abstract" in entry for entry in items] == [path.endswith("citation")] * len(ids)


def test_the_bibliography_of_an_entry_has_the_newest_and_its_page_says_so() -> None:
    many = [statement(f"2021-01-{n % 28 + 1:02d}-number{n:03d}", addressees=("council",)) for n in range(101)]
    newest = sorted((record.id for record in many), reverse=True)
    for records, of in ((many, "the newest 100 statements to it"), (many[1:], "the statements to it")):
        files = generate.generate(archive_of(*records, site_url="https://a.example/"))
        kept = [id for id in newest if id in {record.id for record in records}]
        for address, ids in (("addressees/council/", kept[:100]), ("statements/2021/", kept)):
            assert [entry["id"] for entry in json.loads(files[f"{address}citations.json"])] == ids
        assert f"Citations of {of} as RIS" in str(files["addressees/council/index.md"])


def test_a_file_is_the_same_each_time_and_in_any_order() -> None:
    archive = real()
    turned = replace(archive, statements=tuple(reversed(archive.statements)))

    def backwards(archive: Archive) -> dict[str, str]:
        files = dict(citations.files(archive, index.build(archive)))
        return {path: files[path]() for path in reversed(list(files))}

    first = all_texts(archive)
    assert {path.rpartition(".")[2] for path in first} == {format.ending for format in citations.FORMATS}
    for second in (all_texts(archive), backwards(archive), backwards(turned)):
        assert sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path)) == []
    assert [path for path, text in first.items() if not text.endswith("\n")] == []


def test_what_is_withdrawn_is_cited_nowhere() -> None:
    archive = archive_of(statement(status="withdrawn"))
    assert dict(citations.files(archive, index.build(archive))) == {}
