"""The search index of a rendered site: its pages, their content, and how it is tied to the catalogue."""

import gzip
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive import cli
from archive.model import edtf, urls
from archive.model.authorities import INDEXES
from archive.model.errors import ArchiveError
from archive.model.index import build
from archive.model.records import Addressee, Archive, Event, Name, Outlet, Relation, Request, Source, Statement, Term
from archive.publish import atomic, fixity, generate
from archive.publish.generate import load_archive
from archive.search import facets, pagefind
from archive.search.pagefind import index_site
from archive.text import formatting
from builders import PROGRAM, PROJECT, archive_of, statement, tree_of, with_changes, write_tree

INDEX = ("search/fragments.json", "search/words.json", "search/pagefind/")


def rendered(folder: Path, archive: Archive) -> Path:
    """Render the pages of an archive with the least markup."""
    files: dict[str, str | bytes] = {}
    for path, content in generate.generate(archive).items():
        if path.endswith(".md"):
            body = generate.split_page(str(content))[1]
            files[f"{path.removesuffix('.md')}.html"] = f"<html><body><main>{body}</main></body></html>"
        else:
            files[path] = content
    return write_tree(folder, files)


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / "search" / name).read_text("utf-8"))


def fragment(folder: Path, id: str) -> dict[str, Any]:
    (path,) = (folder / "search/pagefind/fragment").glob(f"en_{id}*.pf_fragment")
    data = gzip.decompress(path.read_bytes())
    content: dict[str, Any] = json.loads(data.removeprefix(b"pagefind_dcd"))
    return content


def contents(folder: Path) -> dict[str, str]:
    """Return the indexed text of each page, by its address."""
    fragments = read(folder, "fragments.json")
    ids = [id for name in ("statements", *INDEXES) for id in fragments[name].split()]
    return {page["url"].removeprefix("/"): page["content"] for page in (fragment(folder, id) for id in ids)}


def assert_index_is_of(folder: Path, archive: Archive) -> None:
    """Assert that the index has exactly the pages it should, in the catalogue's order."""
    fragments, catalogue = read(folder, "fragments.json"), read(folder, "catalogue.json")
    rows = [
        row
        for n in range(-(-len(catalogue["dates"]) // catalogue["block"]))
        for row in read(folder, f"rows/{n}.json")["rows"]
    ]
    published = [s for s in reversed(build(archive).statements) if s.status != "withdrawn"]
    assert [id for id, *_ in rows] == [s.id for s in published]
    expected = {
        "statements": [urls.for_statement(s) for s in published],
        **{
            facet["index"]: [f"{facet['index']}/{value['id']}/" for value in facet["values"]]
            for facet in catalogue["facets"]
            if "index" in facet
        },
    }
    assert list(expected) == ["statements", *INDEXES]
    for name, pages in expected.items():
        assert [fragment(folder, id)["url"] for id in fragments[name].split()] == [f"/{page}" for page in pages]
    files = list((folder / pagefind.PAGEFIND / "fragment").iterdir())
    assert len(files) == sum(map(len, expected.values()))
    assert fragments["edition"] == catalogue["edition"] == read(folder, "words.json")["edition"]


def test_the_pages_of_the_real_site_are_indexed_and_no_other(built: Path, project: Path) -> None:
    assert_index_is_of(built, load_archive(project))


def test_neither_withdrawn_records_nor_redirects_nor_pages_of_years_are_indexed(tmp_path: Path) -> None:
    many = [statement(f"{2000 + n % 3}-01-{n % 28 + 1:02d}-number{n}", addressees=("council",)) for n in range(201)]
    gone = replace(statement("2021-03-zebra", aliases=("2021-04-zebra",)), status="withdrawn")
    archive = archive_of(*many, gone, statement(aliases=("2021-09-20-old",)))
    folder = rendered(tmp_path, archive)
    assert (folder / "events/bridge-2020/2001/index.html").is_file()
    index_site(folder)
    assert_index_is_of(folder, archive)


def test_an_archive_of_nothing_has_an_empty_index(tmp_path: Path) -> None:
    folder = rendered(tmp_path, archive_of(events={}, addressees={}))
    assert index_site(folder) == 0
    fragments = read(folder, "fragments.json")
    assert (fragments["statements"], fragments["events"], fragments["addressees"]) == ("", "", "")
    assert read(folder, "words.json")["words"] == []


def record(number: int) -> tuple[Statement, dict[str, Any]]:
    """Return a statement with something in every field, and its authorities; free texts end in a letter by `number`."""

    def word(name: str) -> str:
        return f"{name}{'abcdefgh'[number]}"

    form, day = (("letter", "2021-09-21"), ("report", "2019-04-05"))[number]
    kind, published = (("press-report", "2021-10"), ("official-text", "2019-05"))[number]
    event = Event(
        id=word("event"),
        label=word("evlabel"),
        date=edtf.parse(day),
        summary=word("evsummary"),
        names=(Name(name=word("evname"), abbreviation=word("evshort"), language="en", by="the records"),),
    )
    body = Addressee(
        id=word("body"),
        label=word("bodylabel"),
        kind="class",
        names=(Name(name=word("bodyname"), language="en", by="the records"),),
    )
    outlet = Outlet(id=word("outlet"), label=word("outletlabel"), kind="newspaper", note="Both have this note.")
    result = statement(
        f"{day}-one",
        title=word("title"),
        form=form,
        summary=word("summary"),
        addressees=(body.id,),
        events=(event.id,),
        requests=(Request(of=(body.id,), asks=word("asks")),),
        terms=(Term(term=word("term"), about=event.id), Term(term=word("loose"))),
        sources=(
            Source(
                kind=kind,
                outlet=outlet.id,
                syndicated_from=outlet.id,
                title=word("source"),
                author=word("author"),
                published=edtf.parse(published),
                language="en",
                url="https://daily.example/1",
                sha256="0" * 64,
            ),
        ),
        content_notes=("death",),
        related=(Relation(id=("2019-04-05-one", "2021-09-21-one")[number], relation="continues"),),
    )
    return result, {"events": event, "addressees": body, "outlets": outlet}


@pytest.fixture
def strangers(tmp_path: Path) -> Path:
    """Index an archive of two statements that have nothing in common but the archive."""
    (first, of_first), (second, of_second) = record(0), record(1)
    archive = archive_of(first, second)
    changes = {name: {entry.id: entry for entry in (of_first[name], of_second[name])} for name in of_first}
    folder = rendered(tmp_path / "strangers", with_changes(archive, **changes))
    index_site(folder)
    return folder


def test_pages_that_have_nothing_in_common_share_no_word_of_the_index(strangers: Path) -> None:
    words_of = {page: set(re.findall(r"\w+", text.lower())) for page, text in contents(strangers).items()}
    for kind in (urls.STATEMENTS, urls.entries("events"), urls.entries("addressees")):
        first, second = (words for page, words in words_of.items() if page.startswith(kind))
        assert first
        assert first & second == set(), kind


def test_what_a_record_says_is_in_the_index(strangers: Path) -> None:
    text = contents(strangers)["statements/2021/2021-09-21-one/"]
    names = "title summary bodylabel evlabel asks term loose source author outletlabel"
    for name in names.split():
        assert f"{name}a" in text, name
    assert text.startswith("Letter · 21 September 2021. titlea")
    assert {"evlabela", "evsummarya", "evnamea", "evshorta"} <= set(
        re.findall(r"\w+", contents(strangers)["events/eventa/"])
    )
    assert contents(strangers)["addressees/bodya/"].split() == ["bodylabela.", "bodynamea"]


BOILERPLATE = (
    "How to read this page", "has not verified", "Content note", "Title supplied", "As the sources cited",
    "Each figure", "Figures as stated", "Terms used", "What it asks", "Summary, by the archive", "Sources",
    "Cite this record",
    "History of this record", "First archived", "SHA-256", "Read at", "Archived copy", "Earlier", "Later", "Skip to",
    "More about this record", "A name that is missing", "Names used", "Identifiers elsewhere",
    "Search these statements", "Statements about it", "Permanent address", "Report an error", "Where it stands",
    "Used by",
)  # fmt: skip


def test_what_is_on_every_page_is_not_in_the_index(built: Path) -> None:
    records = "".join(path.read_text("utf-8") for path in (PROJECT / "statements").rglob("*.*") if path.is_file())
    phrases = [words for words in BOILERPLATE if words not in records]  # a record may say so itself
    assert len(phrases) > len(BOILERPLATE) / 2
    for page, text in contents(built).items():
        assert not [words for words in phrases if words in text], page
        assert not re.search(r"#(?!\w)", text), page  # the mark of a link to a section


def test_the_statements_listed_on_the_page_of_an_event_or_addressee_are_not_in_its_index(built: Path) -> None:
    texts = contents(built)
    catalogue = read(built, "catalogue.json")
    titles = [
        title
        for n in range(-(-len(catalogue["dates"]) // catalogue["block"]))
        for _, title, _ in read(built, f"rows/{n}.json")["rows"]
    ]
    for page, text in texts.items():
        if not page.startswith("statements/"):
            assert not [title for title in titles if title in text], page
            assert len(text) < 2000, page


def one_page(folder: Path, text: str) -> Path:
    """Index an archive of one statement with this summary and nothing else."""
    plain = archive_of(statement(title="Title", summary=text, events=()), events={}, addressees={})
    office = replace(plain.issuers["office"], holders=())
    index_site(rendered(folder, with_changes(plain, issuers={"office": office})))
    return folder


def test_words_are_ordered_by_frequency_and_short_ones_are_left_out(tmp_path: Path) -> None:
    words = read(one_page(tmp_path, "Mines, mines and MINES; two boats. Boats in 2021 at 1,200 m."), "words.json")[
        "words"
    ]
    assert words[:2] == ["mines", "boats"]
    assert {"and", "two", "title", "september"} <= set(words)
    assert not {"in", "at", "m", "2021"} & set(words)
    assert words[2:] == sorted(words[2:])
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("Xocalı", "xocalı"),
        ("Əliyev", "əliyev"),
        ("ƏLİYEV", "əliyev"),
        ("Xocalı’nın", "xocalının"),
        ("Xocalı'nın", "xocalının"),
        ("Qarabağ-Xocalı", "xocalı"),
        ("Łódź", "łódź"),
        ("Færøerne", "færøerne"),
    ],
)
def test_a_word_with_a_letter_that_is_not_folded_is_known(tmp_path: Path, written: str, word: str) -> None:
    unfolded = read(one_page(tmp_path, f"Boats of {written}."), "fragments.json")["unfolded"]
    assert unfolded == [word]


@pytest.mark.parametrize("written", ["Qarabağ", "İstanbul", "Füzuli", "Şuşa", "Ходжалы", "Ağdam’da", "naïve"])
def test_a_word_that_pagefind_folds_is_not_among_the_unfolded(tmp_path: Path, written: str) -> None:
    assert read(one_page(tmp_path, f"Boats of {written}."), "fragments.json")["unfolded"] == []


def test_a_capital_i_with_a_dot_is_a_letter_of_its_word(tmp_path: Path) -> None:
    assert "istanbul" in read(one_page(tmp_path, "Boats of İstanbul."), "words.json")["words"]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return rendered(tmp_path / "small", archive_of(statement(), statement("2020-05-01-other")))


def test_indexing_twice_gives_the_same_and_leaves_nothing_old(small: Path) -> None:
    index_site(small)
    first = tree_of(small)
    (small / "search/pagefind/fragment/en_0000000.pf_fragment").write_bytes(b"old")
    index_site(small)
    assert tree_of(small) == first


def test_nothing_is_kept_that_the_page_does_not_load(small: Path) -> None:
    index_site(small)
    kept = {path.name for path in (small / pagefind.PAGEFIND).iterdir() if path.suffix != ".pf_meta"}
    assert kept == {
        "fragment", "index", "pagefind.js", "pagefind-entry.json", "wasm.en.pagefind",
    }  # fmt: skip


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def without_a_page(folder: Path) -> str:
    replaced(folder / "events/harbour-1992/index.html", " data-pagefind-body", "")
    return "/events/harbour-1992/ is not in the index"


def with_another_page(folder: Path) -> str:
    replaced(folder / "events/index.html", '<div class="listing">', '<div class="listing" data-pagefind-body>')
    return "/events/ is in the index and not in the catalogue"


def without_rows(folder: Path) -> str:
    (folder / "search/rows/0.json").unlink()
    return "cannot be read"


def with_rows_of_another_edition(folder: Path) -> str:
    replaced(folder / "search/rows/0.json", '"edition":"', '"edition":"0')
    return "several editions"


def with_a_broken_catalogue(folder: Path) -> str:
    (folder / facets.CATALOGUE_FILE).write_text("{", "utf-8")
    return "cannot be read"


@pytest.mark.parametrize(
    "spoil", [without_a_page, with_another_page, without_rows, with_rows_of_another_edition, with_a_broken_catalogue]
)
def test_an_index_that_does_not_fit_the_catalogue_is_refused(small: Path, spoil: Callable[[Path], str]) -> None:
    expected = spoil(small)
    with pytest.raises(ArchiveError, match=re.escape(expected)):
        index_site(small)


def test_a_message_names_ten_wrong_pages_at_most(tmp_path: Path) -> None:
    folder = rendered(tmp_path, archive_of(*(statement(f"2021-01-{n:02d}-number") for n in range(1, 13))))
    for path in (folder / "statements").rglob("*-number/index.html"):
        replaced(path, " data-pagefind-body", "")
    with pytest.raises(ArchiveError) as error:
        index_site(folder)
    assert str(error.value).count("is not in the index") == 10
    assert str(error.value).endswith("\nand 2 more")


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 3", "it ended with 3"),
        ("echo it broke >&2; exit 1", "it broke"),
        ("echo a warning", "a warning"),
        ("echo a warning >&2", "a warning"),
    ],
)
def test_what_pagefind_prints_is_a_failure(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    stub = tmp_path / "pagefind"
    stub.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    stub.chmod(0o755)
    monkeypatch.setattr(pagefind, "program", lambda: stub)
    with pytest.raises(ArchiveError, match=message):
        index_site(small)


def test_a_program_that_cannot_be_run_is_an_error(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub = tmp_path / "pagefind"
    stub.write_text("not a program", "utf-8")
    monkeypatch.setattr(pagefind, "program", lambda: stub)
    with pytest.raises(ArchiveError, match="cannot be run"):
        index_site(small)


def test_a_site_made_elsewhere_is_indexed_by_the_command(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree_of(small)
    assert cli.main(["index", str(small)]) == 0
    assert capsys.readouterr().out == f"Indexed 8 pages in {small}\n"
    after = tree_of(small)
    assert before.items() <= after.items()
    new = after.keys() - before.keys()
    assert {path for path in new if not path.startswith(INDEX)} == {"SHA256SUMS"}
    assert fixity.verify(small) == fixity.Comparison(files=len(after) - 1, differences=())


UNFIT: dict[str, tuple[Callable[[Path], object], int, str]] = {
    "a page of an edition before": (
        lambda site: write_tree(site, {"events/former/index.html": "<p>Former</p>"}),
        1,
        "1 page of another edition, or of none: /events/former/; have the renderer make the site anew",
    ),
    "a page that is not there": (
        lambda site: (site / "figures/index.html").unlink(),
        1,
        "1 page not rendered: /figures/",
    ),
    "data of another edition": (
        lambda site: (site / "data/v1/figures.csv").write_text("x", "utf-8"),
        1,
        "changed: data/v1/figures.csv\nthe data of the site are not as the staged tree has them",
    ),
    "data that are not there": (
        lambda site: (site / "data/v1/figures.csv").unlink(),
        1,
        "missing: data/v1/figures.csv",
    ),
    "no data": (lambda site: shutil.rmtree(site / "data"), 2, "has no data/v1/SHA256SUMS"),
    "a site that was built": (
        lambda site: write_tree(site, {".made-by-archive": "site"}),
        2,
        "was made by this program, which made its index too",
    ),
}


@pytest.mark.parametrize("case", UNFIT)
def test_what_is_not_one_whole_site_is_not_sealed(case: str, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change, code, message = UNFIT[case]
    change(small)
    before = tree_of(small)
    assert cli.main(["index", str(small)]) == code
    assert message in capsys.readouterr().err
    assert tree_of(small) == before


def test_hashes_that_no_longer_fit_are_gone_before_anything_else(small: Path) -> None:
    assert cli.main(["index", str(small)]) == 0
    (small / "figures/index.html").unlink()
    assert cli.main(["index", str(small)]) == 1
    assert not (small / "SHA256SUMS").exists()


def test_two_do_not_index_one_site_at_once(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree_of(small)
    with atomic.locked(small):
        assert cli.main(["index", str(small)]) == 2
    assert f"another run is writing {small}" in capsys.readouterr().err
    assert tree_of(small) == before


def test_a_folder_that_is_no_site_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "index.html").write_text("<p>mine</p>", "utf-8")
    assert cli.main(["index", str(tmp_path)]) == 2
    assert f"has no {facets.CATALOGUE_FILE}" in capsys.readouterr().err
    assert list(tree_of(tmp_path)) == ["index.html"]
    assert cli.main(["index", str(tmp_path / "nowhere")]) == 2


def test_the_index_does_not_hang_on_where_the_site_stands(small: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(small, tmp_path / "elsewhere" / "site")
    index_site(small)
    index_site(moved)
    assert tree_of(small) == tree_of(moved)


def test_the_search_page_is_small(built: Path) -> None:
    """This is all that is fetched before a search."""
    loaded = [built / "search/index.html", *built.glob("assets/*.css"), *built.glob("assets/search/*.js")]
    loaded += [built / facets.CATALOGUE_FILE, built / "search/fragments.json", built / "search/rows/0.json"]
    assert len(loaded) > 6
    assert sum(len(gzip.compress(path.read_bytes())) for path in loaded) < 150_000


def test_no_page_is_heavy(built: Path) -> None:
    heavy = {path: path.stat().st_size for path in built.rglob("*.html") if path.stat().st_size > 150_000}
    assert heavy == {}


def test_the_letters_that_pagefind_does_not_fold_are_those_that_the_page_does() -> None:
    script = (PROGRAM / "archive/theme/assets/search/fold.js").read_text("utf-8")
    named = re.search(r"LETTERS = \{(.*)\}", script)
    assert named
    assert dict(re.findall(r'(\w): "(\w)"', named[1])) == formatting.TYPED
    assert set(re.findall(r"/\[(\w+)\]/g", script)[0]) == pagefind._UNFOLDED


@pytest.mark.parametrize(
    ("ids", "shortened"),
    [
        ([], {}),
        (["abc"], {"abc": "a"}),
        (["ab", "abc", "b"], {"ab": "ab", "abc": "abc", "b": "b"}),
    ],
)
def test_an_id_is_as_short_as_tells_it_from_others(ids: list[str], shortened: dict[str, str]) -> None:
    assert pagefind._shorten(ids) == shortened


def test_settings_of_pagefind_from_elsewhere_have_no_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = tree_of(one_page(tmp_path / "one", "Cease-fire and/or peace."))
    monkeypatch.setenv("PAGEFIND_INCLUDE_CHARACTERS", "-/")
    monkeypatch.setenv("PAGEFIND_VERBOSE", "true")
    monkeypatch.chdir(write_tree(tmp_path / "here", {"pagefind.yml": "exclude_selectors: [p]"}))
    assert tree_of(one_page(tmp_path / "two", "Cease-fire and/or peace.")) == expected


def test_a_failure_leaves_the_last_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = one_page(tmp_path, "Boats of peace.")
    before = tree_of(folder)

    def fail(*_: object) -> None:
        raise ArchiveError("no")

    monkeypatch.setattr(pagefind, "_run", fail)
    with pytest.raises(ArchiveError, match=r"^no$"):
        index_site(folder)
    assert tree_of(folder) == before
