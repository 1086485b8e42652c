"""The word index, read back from its files."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Any

import pytest

from archive.model import edtf, index
from archive.model.records import Addressee, Archive, Change, Event, Name, Outlet, Request, Source, Term
from archive.search import facets, words
from archive.search.blocks import words_of
from archive.search.documents import Section, other_pages, statement_sections
from archive.search.tokens import tokens
from builders import archive_of, search_files, statement, with_changes


def files_of(archive: Archive) -> dict[str, Any]:
    """Return the files of the index of an archive; of JSON its content."""
    ordered = index.build(archive)
    files = search_files(archive, ordered, facets.edition_of(archive, ordered))
    return {path: json.loads(content) if path.endswith(".json") else content for path, content in files.items()}


def numbers(data: bytes) -> Iterator[int]:
    """Yield the integers of variable length."""
    number = shift = 0
    for byte in data:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield number
            number = shift = 0


def unpacked(packed: bytes, head_of: Any = None) -> tuple[Any, bytes]:
    line, _, data = gzip.decompress(packed).partition(b"\n")
    return json.loads(line), data


def read(archive: Archive) -> tuple[dict[str, dict[int, int]], dict[str, dict[int, list[int]]], dict[str, list[str]]]:
    """Return of each word the weight in each document, the places there, and its kin, as the files say."""
    files = files_of(archive)
    weights: dict[str, dict[int, int]] = {}
    places: dict[str, dict[int, list[int]]] = {}
    kin: dict[str, list[str]] = {}
    for first, name in files["search/words/index.json"]["files"]:
        head, data = unpacked(files[f"search/words/{name}.bin"])
        sizes, data_of_places = unpacked(files[f"search/words/{name}-places.bin"])
        assert head[0][0] == first
        end = len(data) - sum(count for _, count, *_ in head)
        data, data_of_weights = data[:end], data[end:]
        for (word, count, more, *others), size_of_places in zip(head, sizes, strict=True):
            documents = accumulate((gap + 1 for gap in numbers(data[: count + more])), initial=-1)
            weights[word] = dict(zip(list(documents)[1:], data_of_weights[:count], strict=True))
            values = numbers(data_of_places[:size_of_places])
            places[word] = {}
            for document in weights[word]:
                times, place = next(values), 0
                places[word][document] = [place := place + next(values) for _ in range(times)]
            assert list(values) == []
            data, data_of_weights = data[count + more :], data_of_weights[count:]
            kin[word], data_of_places = others, data_of_places[size_of_places:]
        assert (data, data_of_weights, data_of_places) == (b"", b"", b"")
    return weights, places, kin


def test_every_word_of_every_document_is_found_there_with_its_places_and_no_other() -> None:
    archive = archive_of(
        statement("2020-01-01-one", title="The bridge, the bridge", addressees=("council",)),
        statement("2021-01-01-two", summary="It asks for a follow-up. " * 90, mentions=("harbour-1992",)),
    )
    built = index.build(archive)
    documents = [tuple(statement_sections(s, archive)) for s in reversed(built.published)]
    documents += [page.sections for page in other_pages(archive, built)]
    weights, places, _ = read(archive)
    expected: dict[str, set[int]] = {}
    for number, sections in enumerate(documents):
        for section in sections:
            for token in tokens(section.text):
                expected.setdefault(token.word, set()).add(number)
    assert {word: set(found) for word, found in weights.items() if found} == expected
    assert all(0 < weight < 256 for found in weights.values() for weight in found.values())
    assert len(places["followup"][1]) == len(places["follow"][1]) == 90
    assert places["up"][1] == [place + 1 for place in places["follow"][1]]
    assert places["followup"][1] == places["follow"][1]


def test_words_of_a_title_weigh_more_than_those_of_a_summary_and_these_more_than_those_of_sources() -> None:
    source = replace(statement().sources[0], title="Zebra")
    records = [
        statement("2020-01-01-title", title="Zebra"),
        statement("2020-01-02-summary", summary="Zebra."),
        statement("2020-01-03-source", sources=(source,)),
        statement("2020-01-04-twice", summary="Zebra, zebra."),
        statement("2020-01-05-term", terms=(Term(term="zebra", about="bridge-2020"),)),
    ]
    title, summary, of_source, twice, term = read(archive_of(*records))[0]["zebra"].values()
    assert title > twice > summary > of_source
    assert term <= summary + 2, "a characterisation ranks no record first"


def test_a_word_has_as_kin_the_words_of_its_stem() -> None:
    names = (Name(name="Şuşalılar Şuşa Şuşada Ağdamdan", language="az"), Name(name="города городов", language="ru"))
    event = replace(archive_of().events["bridge-2020"], names=names)
    summary = "It asks for mines. One woman mined, women and a mine; universities, cities."
    _, _, kin = read(archive_of(statement(summary=summary), events={**archive_of().events, "bridge-2020": event}))
    assert set(kin["mine"]) >= {"mines", "mined"}
    assert kin["woman"] == ["women"]
    assert kin["susa"] == ["shusha", "susada", "susalilar"]
    assert "agdam" not in kin.get("agdamdan", []), "no root that is no word of the archive"
    assert kin["города"] == ["городов"]


def test_a_name_is_kin_to_its_spelling_in_english() -> None:
    weights, _, kin = read(archive_of(statement(summary="Səbinə Əliyeva, Xədicə, Şuşa; də, daşlı. Aliyeva.")))
    assert kin["eliyeva"] == ["aliyeva"]
    assert kin["susa"] == ["shusha"]
    assert kin["aliyeva"] == ["eliyeva"]
    assert (kin["khadija"], weights["khadija"]) == (["xedice"], {})
    assert not {"da", "dashli"} & kin.keys()


def test_an_azerbaijani_word_that_softens_before_a_vowel_is_of_the_same_stem() -> None:
    names = (Name(name="uşaq uşağı köçkünlük köçkünlüyün qız qızlar", language="az"),)
    event = replace(archive_of().events["bridge-2020"], names=names)
    _, _, kin = read(archive_of(statement(), events={**archive_of().events, "bridge-2020": event}))
    assert kin["usaq"] == ["usagi"]
    assert kin["kockunluk"] == ["kockunluyun"]
    assert kin["qizlar"] == ["qiz"]


def test_a_misspelling_is_offered_no_address_and_no_spelling_without_a_document() -> None:
    files = files_of(archive_of(statement(summary="Xədicə.")))
    assert "xedice" in files["search/spelling.json"]["words"]
    assert "khadija" not in files["search/spelling.json"]["words"]
    assert not [word for word in files["search/spelling.json"]["words"] if not word[0].isalnum() or word[0] == "ː"]


def test_what_other_records_say_changes_no_word_of_a_document() -> None:
    sections = [Section(text="The bridge, and 1,200 boats", weight=2, language="en"), Section(text="Bridge", weight=1)]
    alone = words_of(sections)
    words_of([Section(text="bridge " * 1000, weight=5)])
    assert words_of(sections) == alone
    assert set(alone.found) == {"the", "bridge", "and", "1200", "boats"}


RECORD = statement(
    title="Title",
    addressees=("body",),
    events=("event",),
    requests=(Request(of=("body",), asks="asking"),),
    terms=(Term(term="terming", about="event"),),
    sources=(
        Source(kind="press-report", outlet="outlet", title="reporting", author="writer", url="https://en.trend.az/1"),
    ),
    content_notes=("torture",),
)


@pytest.fixture(scope="module")
def archive() -> Archive:
    names = (Name(name="Körpü", language="az", abbreviation="KRP", by="the records"),)
    date = edtf.parse("2021-09-21")
    return with_changes(
        archive_of(RECORD, statement("2020-other")),
        events={
            "event": Event(id="event", label="Eventful", date=date, names=names),
            "bridge-2020": archive_of().events["bridge-2020"],
        },
        addressees={"body": Addressee(id="body", label="Bodily", kind="class", names=names)},
        outlets={
            "outlet": Outlet(id="outlet", label="Publishing", kind="newspaper"),
            "daily": archive_of().outlets["daily"],
        },
    )


@pytest.mark.parametrize(
    "typed",
    [
        "title", "bridge", "bodily", "eventful", "korpu", "krp", "asking", "terming", "reporting", "writer",
        "publishing", "torture", "20210921first", "20210921", "entrendaz", "trend", "september", "office",
    ],
)  # fmt: skip
def test_a_record_is_found_by_what_it_says_and_what_it_is_filed_under(archive: Archive, typed: str) -> None:
    record = [s.id for s in reversed(index.build(archive).published)].index(RECORD.id)
    assert record in read(archive)[0][typed]


def test_withdrawn_records_are_not_found_and_redirects_are_no_pages(archive: Archive) -> None:
    change = Change(date=RECORD.history[0].date, kind="withdrawal", note="Zebra.")
    gone = replace(RECORD, status="withdrawn", history=(*RECORD.history, change), aliases=("2020-zebra",))
    files = files_of(replace(archive, statements=(gone,)))
    assert [path for path in files if path.startswith("search/texts/")] == []
    assert not {"asking", "zebra", "2020zebra"} & set(files["search/spelling.json"]["words"])


def test_entries_and_hand_written_pages_are_found_too(archive: Archive) -> None:
    page = "---\ntitle: x\n---\n# How we work { #work }\n\nA [giraffe](https://okapi.example/) <!-- chart -->\n"
    with_page = replace(archive, docs={"method.md": page, "index.md": "# Home\n"})
    boot = files_of(with_page)["search/words/index.json"]
    listed = boot["pages"]
    assert ["How we work", "About the archive", "method/"] in listed
    weights = read(with_page)[0]
    before = boot["documents"] - len(listed)  # the statements, and the entries, which the catalogue lists
    assert set(weights["giraffe"]) == {before + listed.index(["How we work", "About the archive", "method/"])}
    assert 2 <= max(weights["eventful"]) < before
    assert not {"okapi", "chart"} & weights.keys()


def test_texts_stand_in_blocks_with_their_headings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "BLOCK", 2)
    records = [statement(f"2020-01-0{n}-a", terms=(Term(term="x"), Term(term="y"))) for n in range(1, 4)]
    files = files_of(archive_of(*records))
    texts = [block for path, block in files.items() if path.startswith("search/texts/")]
    assert [[text[0] for text in block["texts"]] for block in texts] == [
        ["2020-01-01-a", "2020-01-02-a"],
        ["2020-01-03-a"],
    ]
    _, _, date, filing, sections = texts[0]["texts"][0]
    assert (date, filing["form"]) == ("2020-01-01", [records[0].form])
    shown = dict(sections)
    assert shown["Summary"] == records[0].summary
    assert shown["Terms used, in the sources’ words"] == "“x” · “y”"
    assert not any("2020-01-01-a" in text for text in shown.values())


def test_the_files_are_the_same_whatever_the_order_and_tied_to_the_catalogue() -> None:
    records = [statement(f"2020-01-0{n}-a", title=f"Statement {n}") for n in range(1, 5)]
    one, other = archive_of(*records), archive_of(*records[::-1])
    assert files_of(one) == files_of(other)
    edition = facets.edition_of(one, index.build(one))
    files = files_of(one)
    assert {content["edition"] for path, content in files.items() if path.endswith(".json")} == {edition}
    changed = files_of(archive_of(*records[:3]))
    assert changed["search/words/index.json"]["edition"] != edition


def test_an_archive_of_nothing_has_an_index() -> None:
    empty = with_changes(archive_of(), **{name: {} for name in archive_of().authorities})
    files = files_of(replace(empty, docs={}))
    assert files["search/words/index.json"] | {"edition": "", "endings": [], "changes": [], "english": {}} == {
        "edition": "", "documents": 0, "block": words.BLOCK, "files": [], "pages": [], "endings": [], "changes": [],
        "english": {},
    }  # fmt: skip
    assert files["search/spelling.json"]["words"] == []


def test_many_words_are_divided_among_files_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_SHARD", 200)
    archive = archive_of(statement(summary=" ".join(f"word{n}" for n in range(200))))
    files = files_of(archive)
    firsts = [first for first, *_ in files["search/words/index.json"]["files"]]
    assert len(firsts) > 10
    assert firsts == sorted(firsts)
    assert set(read(archive)[0]) >= {f"word{n}" for n in range(200)}
