"""The whole site as a mapping: which pages there are, and that no text of a record becomes markup."""

import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from archive import exports
from archive.exports import data
from archive.model import edtf, index, urls
from archive.model.errors import ArchiveError
from archive.model.records import Archive, Figure, Relation, Request, SameAs, Source, Statement, Term
from archive.publish import generate, headers
from archive.publish.loading import load_archive
from builders import FIRST, archive_of, minimal_root, statement, statement_text, with_changes

MARKUP = "<b onload=\"x('1')\">&amp; {{ 7*7 }} {% raw %} `a` *b* [c](d) --- \\ </b>"
# what is not free text: ids, codes, dates and addresses, each read by its own type
NOT_TEXT = {
    "id", "path", "kind", "form", "issuer", "outlet", "language", "original_language", "status", "url", "archived_url",
    "group", "groups", "sha256", "syndicated_from", "event", "measure", "about", "relation", "date_basis", "parent",
    "qualifier", "same_as", "content_notes", "addressees", "events", "mentions", "instruments", "of", "aliases",
    "subjects", "places", "country", "owner",
}  # fmt: skip


def full() -> Statement:
    """A statement with something in every field."""
    return statement(
        original_language="az",
        addressees=("council",),
        mentions=("harbour-1992",),
        instruments=("charter",),
        requests=(Request(of=("council",), asks="to wait"),),
        figures=(
            Figure(event="bridge-2020", measure="boats-counted", value=Decimal(3), locator="par. 1", note="a note"),
            Figure(event="bridge-2020", measure="boats-counted", group="small", min=Decimal(1), max=Decimal(2)),
        ),
        terms=(Term(term="grand", about="bridge-2020"),),
        sources=(
            Source(
                kind="press-report",
                outlet="daily",
                title="A title",
                author="An author",
                published=edtf.parse("2021-09"),
            ),
        ),
        related=(Relation(id="2020-05-01-other", relation="continues"),),
        content_notes=("death",),
        aliases=("2021-09-20-old",),
    )


def marked(value: Any, name: str = "") -> Any:
    """The value with markup for every text in it that a person writes."""
    if name in NOT_TEXT:
        return value
    if isinstance(value, str):
        return f"{value}{MARKUP}" if value else value
    if isinstance(value, tuple):
        return tuple(marked(item, name) for item in value)
    if is_dataclass(value) and not isinstance(value, edtf.Date | SameAs):
        return replace(value, **{f.name: marked(getattr(value, f.name), f.name) for f in fields(value)})  # type: ignore[type-var]
    return value


class Tags(HTMLParser):
    """The tags of a page, whether they are closed, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in {"br", "hr", "img", "input", "link", "meta", "wbr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}>"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parts(text: str) -> tuple[dict[str, Any], str]:
    """A generated page's front matter, as a renderer reads it, and its body."""
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


def pages(archive: Archive) -> Iterator[tuple[str, dict[str, Any], str]]:
    for path, text in generate.generate(archive).items():
        if path.endswith(".md"):
            yield path, *parts(str(text))


def test_there_is_a_page_for_every_record_year_month_event_and_addressee() -> None:
    archive = archive_of(full(), statement("2020-other"), statement("2020-05-01-other"))
    exported = {*exports.files(archive, index.build(archive)), "robots.txt", "opensearch.xml", "_headers"}
    made = {path for path in generate.generate(archive) if not re.match("search/.*(bin|json)$|assets/", path)}
    assert sorted(made - exported) == [
        "addressees/assembly/index.md",
        "addressees/council/index.md",
        "addressees/index.md",
        "addressees/neighbours/index.md",
        "corrections/index.md",
        "events/bridge-2020/index.md",
        "events/bridge-opening-2020/index.md",
        "events/harbour-1992/index.md",
        "events/index.md",
        "figures/index.md",
        "figures/measures/index.md",
        "instruments/charter/index.md",
        "instruments/index.md",
        "new/index.md",
        "places/index.md",
        "places/old-quay/index.md",
        "places/riverside/index.md",
        "search/index.md",
        "statements/2020/05/index.md",
        "statements/2020/2020-05-01-other/index.md",
        "statements/2020/2020-other/index.md",
        "statements/2020/index.md",
        "statements/2021/09/index.md",
        "statements/2021/2021-09-20-old/index.md",
        "statements/2021/2021-09-21-first/index.md",
        "statements/2021/index.md",
        "statements/index.md",
        "terms/index.md",
        "timeline/index.md",
        "topics/bridges/index.md",
        "topics/harbours/index.md",
        "topics/index.md",
    ]


def test_an_archive_without_statements_has_its_pages() -> None:
    files = generate.generate(archive_of())
    assert {f"{folder}index.md" for folder in urls.GENERATED} <= files.keys()


def test_markup_in_a_record_is_shown_as_text() -> None:
    plain = archive_of(full(), statement("2020-05-01-other"))
    nasty = replace(
        plain,
        statements=tuple(replace(marked(s), summary=s.summary) for s in plain.statements),
        authorities={
            name: {id: marked(entry) for id, entry in entries.items()} for name, entries in plain.authorities.items()
        },
    )
    texts = ""
    for (path, meta, body), (_, plain_meta, plain_body) in zip(pages(nasty), pages(plain), strict=True):
        found = Tags(body)
        # a longer label has more lines in the picture of the timeline
        assert [tag for tag in found.tags if tag != "text"] == [t for t in Tags(plain_body).tags if t != "text"], path
        assert not found.open, path
        assert not [name for name, _ in found.attributes if name.startswith("on")]
        assert meta.keys() == plain_meta.keys()
        for value in (meta["title"], meta["description"]):
            assert not re.search(r"[<>\"']", value), (path, value)
        texts += found.text
    for start in (
        "Statement on the bridge", "The bridge, spring 2020", "General Assembly", "grand", "to wait", "par. 1",
        "a note", "A title", "The Daily", "Boats counted", "Charter of the Harbour", "The Office",
    ):  # fmt: skip
        assert f"{start}{MARKUP}" in texts, start


def test_every_page_is_one_block_of_closed_html_without_blank_lines() -> None:
    for path, _, body in pages(archive_of(full(), statement("2020-05-01-other"))):
        block = body.strip("\n")
        assert block.startswith("<div"), path
        assert "\n\n" not in block, path
        assert not Tags(block).open, path


def test_a_renderer_gets_only_the_settings_that_are_ours() -> None:
    known = {
        "title",
        "description",
        "kind",
        "hide",
        "source",
        "section",
        "sought",
        "record",
        "updated",
        "earlier",
        "later",
        "redirect",
        "template",
        "head",
    }
    for path, meta, _ in pages(archive_of(full())):
        assert meta.keys() <= known, path
        assert meta["title"], path
        assert meta["description"], path


def test_a_description_has_a_length_that_search_results_show() -> None:
    for path, meta, _ in pages(archive_of(full(), statement("2020-05-01-other"))):
        assert 20 <= len(meta["description"]) <= 170, path


def test_front_matter_survives_any_title() -> None:
    title = "A: 'b' \"c\" # d \\ e – ə 😀 --- ... %"
    for path, meta, _ in pages(archive_of(statement(title=title))):
        if path == "statements/2021/2021-09-21-first/index.md":
            assert meta["title"].replace("&#x27;", "'").replace("&quot;", '"') == title
            break
    else:
        pytest.fail("no page")


def test_the_pages_do_not_hang_on_the_order_of_files() -> None:
    statements = [full(), statement("2020-05-01-other"), statement("2020-other", aliases=("2020-former",))]
    generated = [list(generate.generate(archive_of(*order)).items()) for order in itertools.permutations(statements)]
    assert all(files == generated[0] for files in generated)
    archive = archive_of(*statements)
    shuffled = list(archive.addressees.items())
    random.Random(1).shuffle(shuffled)  # noqa: S311 any order will do
    assert list(generate.generate(with_changes(archive, addressees=dict(reversed(shuffled)))).items()) == generated[0]


def test_generating_twice_gives_the_same() -> None:
    archive = archive_of(full())
    assert generate.generate(archive) == generate.generate(archive)


@pytest.mark.parametrize(
    "name", ["events/index.md", "Events/index.md", "events.md", "statements/2021.md", "statements/2021/09/index.md"]
)
def test_a_hand_written_page_may_not_have_the_address_of_another(name: str) -> None:
    with pytest.raises(ArchiveError, match=r"two pages|address"):
        generate.generate(archive_of(statement(), docs={name: "# Mine"}))


def test_two_records_may_not_have_one_address() -> None:
    with pytest.raises(ArchiveError, match="address"):
        generate.generate(archive_of(statement(), statement("2020-05-01-other", aliases=("2021-09-21-first",))))


def test_a_place_in_a_hand_written_page_is_filled() -> None:
    archive = archive_of(
        statement(), docs={"index.md": "# Home\n\n<!-- archive: newest -->\n\nEnd.", "about.md": "# About"}
    )
    files = generate.generate(archive)
    assert "Statement on the bridge" in files["index.md"]
    assert files["index.md"].startswith("# Home\n")
    assert files["index.md"].endswith("End.")
    assert "about.md" not in files


def test_a_place_for_nothing_known_is_refused() -> None:
    with pytest.raises(ArchiveError, match="weather"):
        generate.generate(archive_of(statement(), docs={"index.md": "<!-- archive: weather -->"}))


def test_markup_in_a_title_is_text_on_the_home_page_as_well() -> None:
    archive = archive_of(statement(title=MARKUP), docs={"index.md": "<!-- archive: newest -->"})
    found = Tags(generate.generate(archive)["index.md"])
    assert "b" not in found.tags
    assert MARKUP in found.text


def test_a_withdrawn_record_keeps_its_page_and_says_no_more_than_that() -> None:
    gone = replace(full(), status="withdrawn", summary="The Office says zebra.")
    change = replace(gone.history[0], kind="withdrawal", note="It was another office's statement.")
    files = generate.generate(archive_of(replace(gone, history=(*gone.history, change))))
    page = files["statements/2021/2021-09-21-first/index.md"]
    assert "another office&#39;s statement" in page
    everything = "".join(map(str, files.values()))
    for hidden in ("zebra", "to wait", "grand", "par. 1", "A title"):
        assert hidden not in everything, hidden
    assert "statements/2021/2021-09-20-old/index.md" in files


def test_withdrawn_records_are_counted_apart() -> None:
    gone = replace(statement("2021-09-20-gone"), status="withdrawn")
    only = replace(statement("2020-05-01-only"), status="withdrawn")
    docs = {"index.md": "<!-- archive: ways-in -->\n\n<!-- archive: newest -->\n\n<!-- archive: chart -->"}
    files = generate.generate(archive_of(statement(), gone, only, docs=docs))
    home = Tags(str(files["index.md"])).text
    assert "By date 1 statement, 2020 to 2021" in home
    assert "Withdrawn" not in home
    for page in ("statements/2021/index.md", "statements/2021/09/index.md"):
        assert "1 statement, 1 withdrawn record" in Tags(str(files[page])).text
    assert "1 statement, 2 withdrawn records, 2020 to 2021" in Tags(str(files["statements/index.md"])).text
    assert "0 statements, 1 withdrawn record" in Tags(str(files["statements/2020/index.md"])).text


def test_a_draft_is_nowhere(tmp_path: Path) -> None:
    draft = statement_text(title="Statement on a zebra", date="2021-10-01", status="draft")
    root = minimal_root(tmp_path, {"statements/2021/2021-10-01-zebra.md": draft})
    files = generate.generate(load_archive(root))
    assert not [path for path, content in files.items() if "zebra" in path or "zebra" in str(content)]


def test_a_redirect_leads_to_the_record() -> None:
    meta, _ = parts(generate.generate(archive_of(full()))["statements/2021/2021-09-20-old/index.md"])
    assert meta["redirect"] == "statements/2021/2021-09-21-first/"


def test_loading_says_every_problem(tmp_path: Path) -> None:
    root = minimal_root(tmp_path, {FIRST: statement_text(form="apeal", language="english")})
    with pytest.raises(ArchiveError) as error:
        load_archive(root)
    assert [problem.field for problem in error.value.problems] == ["form", "language"]


def test_the_front_matter_is_json_on_one_line() -> None:
    text = generate.generate(archive_of(full()))["statements/2021/2021-09-21-first/index.md"]
    assert json.loads(text.split("\n")[1])["kind"] == "statement"


def test_links_in_generated_pages_are_relative() -> None:
    for path, _, body in pages(archive_of(full(), statement("2020-05-01-other"))):
        for name, value in Tags(body).attributes:
            if name in ("href", "src"):
                assert not value.startswith("/"), (path, value)


def searches(text: str) -> list[str]:
    """The searches that a page links to."""
    return [value for name, value in Tags(text).attributes if name == "href" and "search/" in value]


def test_a_page_links_to_the_search_of_what_it_lists() -> None:
    late = [statement(f"2022-01-{n % 28 + 1:02d}-number{n}", addressees=("council",)) for n in range(201)]
    files = generate.generate(archive_of(full(), statement("2020-05-01-other"), *late))
    for address, search in {
        "events/bridge-2020": "../../search/?event=bridge-2020&mentions=yes",
        "events/bridge-2020/2022": "../../../search/?from=2022&to=2022&event=bridge-2020&mentions=yes",
        "events/harbour-1992": "../../search/?event=harbour-1992&mentions=yes",  # which is only mentioned
        "addressees/council": "../../search/?addressee=council",
        "addressees/council/2021": "../../../search/?from=2021&to=2021&addressee=council",
        "addressees/assembly": "../../search/?addressee=assembly",  # by way of the council
        "statements/2021": "../../search/?from=2021&to=2021",
        "statements/2020/05": "../../../search/?from=2020-05&to=2020-05",
    }.items():
        assert searches(parts(files[f"{address}/index.md"])[1]) == [search], address


def test_a_page_that_lists_nothing_links_to_no_search() -> None:
    files = generate.generate(archive_of(statement(events=("bridge-opening-2020",))))
    for address in ("events/harbour-1992", "addressees/council", "addressees/assembly"):
        assert searches(parts(files[f"{address}/index.md"])[1]) == [], address
    assert searches(parts(files["events/bridge-2020/index.md"])[1]), "its part has a statement"


def test_every_page_but_the_search_itself_has_a_field_to_search_by(built: Path) -> None:
    for path in built.rglob("*.html"):
        text = path.read_text("utf-8")
        if 'http-equiv="refresh"' in text:  # a redirect
            continue
        name = path.relative_to(built).as_posix()
        field = re.search(r'<form class="find" role="search" method="get" action="([^"]+)">', text)
        assert (field is None) is (name == "search/index.html"), name
        if field:
            up = "../" * name.count("/")
            assert field[1] == ("/search/" if name == "404.html" else f"{up}search/"), name


def test_an_index_past_200_entries_is_split_by_year() -> None:
    def many(number: int) -> Archive:
        every = [
            statement(f"{2000 + n % 4}-01-{n % 28 + 1:02d}-number{n}", addressees=("council",), title=f"Statement {n}")
            for n in range(number)
        ]
        return archive_of(*every)

    whole, split = generate.generate(many(200)), generate.generate(many(201))
    for under in ("events/bridge-2020", "addressees/council"):
        years = [f"{under}/{year}/index.md" for year in (2000, 2001, 2002, 2003)]
        assert not whole.keys() & set(years)
        assert split.keys() >= set(years)
        assert whole[f"{under}/index.md"].count("Statement 1") > 50
        assert "Statement 1" not in parts(split[f"{under}/index.md"])[1]
        assert sum(len(set(re.findall(r">Statement (\d+)<", split[year]))) for year in years) == 201
    assert "Statement 1" in whole["statements/index.md"]
    assert "Statement 1" not in split["statements/index.md"]
    assert (
        len(
            set(
                re.findall(
                    r">Statement (\d+)<", "".join(split[f"statements/{y}/index.md"] for y in (2000, 2001, 2002, 2003))
                )
            )
        )
        == 201
    )


def test_no_two_exports_have_one_path() -> None:
    archive = archive_of(full(), statement("2020-other"))
    ordered = index.build(archive)
    paths = [path for kind in (*exports.KINDS, data) for path, _ in kind.files(archive, ordered)]
    paths += [path for make in (headers.robots, headers.opensearch, headers.files) for path, _ in make(archive)]
    assert len({path.casefold() for path in paths}) == len(paths) > 50


@pytest.mark.parametrize("written", ["example.org,2026", "archive.example.org,2026-11", "a-b.example,2026-11-24"])
def test_who_names_entries_is_read_from_the_settings(tmp_path: Path, written: str) -> None:
    root = minimal_root(
        tmp_path, {"mkdocs.yml": f"site_url: https://a.example/\nextra: {{naming_authority: '{written}'}}"}
    )
    assert load_archive(root).naming_authority == written


@pytest.mark.parametrize(
    "written",
    [
        "", "example.org", "example.org,", "Example.org,2026", "localhost,2026", "a@b.org,2026",
        "example.org,2026-02-30", "example.org,0000", "example.org,2026?", "example.org,2025/2026",
        "example.org,2026,1",
    ],
)  # fmt: skip
def test_who_names_entries_must_be_a_domain_and_a_day(tmp_path: Path, written: str) -> None:
    root = minimal_root(tmp_path, {"mkdocs.yml": f"extra: {{naming_authority: '{written}'}}"})
    with pytest.raises(ArchiveError, match=r"mkdocs\.yml:1:\d+: extra\.naming_authority: .*such as example\.org,2026"):
        load_archive(root)


def test_the_naming_authority_is_that_of_the_site_until_it_is_set(tmp_path: Path) -> None:
    root = minimal_root(tmp_path, {"mkdocs.yml": "site_url: https://a.example/archive/"})
    assert load_archive(root).naming_authority == "a.example,2026"


def test_pages_can_be_made_of_a_record_without_sources() -> None:
    figure = Figure(event="bridge-2020", measure="boats-counted", value=Decimal(3), locator="par. 2")
    term = Term(term="a wonder", about="bridge-2020")
    files = generate.generate(archive_of(statement(sources=(), figures=(figure,), terms=(term,))))
    page = files["statements/2021/2021-09-21-first/index.md"]
    assert isinstance(page, str)
    assert "No source is given yet." in page
    assert "#source-" not in page
    assert "par. 2" in page
