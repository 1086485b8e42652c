"""The search page over many synthetic statements: what it says is compared with the records themselves."""

import csv
import datetime
import io
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import synthetic
from archive.model.records import Addressee, Archive, Event, Statement
from archive.publish.loading import load_archive
from browser import many as big
from browser.host import Server, serve
from browser.searching import go, load, module
from browser.watching import weighed
from builders import Once, tree_of

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    number: int
    first_search: int  # bytes over the wire
    index_files: int  # parts of the index that one search may load


SMALL = Size(number=1_000, first_search=100_000, index_files=2)
LARGE = Size(number=10_000, first_search=150_000, index_files=4)


@pytest.fixture(scope="module", params=[SMALL, pytest.param(LARGE, marks=pytest.mark.slow)], ids=["small", "large"])
def size(request: pytest.FixtureRequest) -> Size:
    made: Size = request.param
    return made


@pytest.fixture(scope="module")
def root(size: Size, once: Once) -> Path:
    """The project with so many statements."""
    return once(f"many-records-{size.number}", lambda folder: big.project(folder, size.number))


@pytest.fixture(scope="module")
def archive(root: Path) -> Archive:
    return load_archive(root)


@pytest.fixture(scope="module")
def many(root: Path, archive: Archive, size: Size, first: Server, once: Once) -> Iterator[Server]:
    """Its site: the large one as `archive build` makes it, of the small one what the search reads."""

    def make(folder: Path) -> None:
        if size == LARGE:
            big.build(root, folder)
        else:
            big.searchable(archive, first.site, folder)

    with serve(once(f"many-records-{size.number}-site", make)) as running:
        yield running


@pytest.fixture(scope="module")
def page(many: Server, browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        opened = context.new_page()
        load(opened, many)
        yield opened


def total(page: Page) -> int:
    """The number of statements that the page says it found."""
    said = re.search(r"([\d,]+|No) statements?", page.locator("#sentence").inner_text())
    assert said
    return 0 if said[1] == "No" else int(said[1].replace(",", ""))


def search(page: Page, query: str) -> int:
    """Go to a query on the page; the number of statements it says it found."""
    go(page, query)
    return total(page)


def test_what_the_search_reads_is_what_the_build_makes(first: Server, five_project: Path, tmp_path: Path) -> None:
    """The small site is not built whole; the search would otherwise be tested on something else."""
    big.searchable(load_archive(five_project), first.site, tmp_path / "site")
    for folder in ("search", "assets"):
        assert tree_of(tmp_path / "site" / folder) == tree_of(first.site / folder)


def above(ids: Iterable[str], authorities: Mapping[str, Event] | Mapping[str, Addressee]) -> set[str]:
    """The ids with those of all that they are part of."""
    found = set()
    for id in ids:
        while id and id not in found:
            found.add(id)
            id = authorities[id].parent
    return found


def touches(statement: Statement, first: str, last: str) -> bool:
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return statement.date.earliest <= end and statement.date.latest >= start


def facet(page: Page, name: str) -> dict[str, int]:
    """The numbers of all values of one facet, by label."""
    group = page.locator(f'#facets [data-key="{name}"]')
    every = group.get_by_role("button", name=re.compile("^Show all"))
    if every.count():
        every.click()
    read = (
        "all => all.map(li => [li.querySelector('label > span').firstChild.data, li.querySelector('.count').innerText])"
    )
    found = group.locator("li").evaluate_all(read)
    return {label: int(re.sub(r"\D", "", number)) for label, number in found}


def test_ranges_find_what_the_records_say(page: Page, archive: Archive) -> None:
    chance = random.Random(3)  # noqa: S311 it need not be secret
    for _ in range(8):
        one, other = (synthetic.FIRST + datetime.timedelta(days=chance.randrange(7_600)) for _ in range(2))
        first, last = sorted((one.isoformat(), other.isoformat()))
        expected = sum(touches(statement, first, last) for statement in archive.statements)
        assert search(page, f"?from={first}&to={last}") == expected


def test_facets_count_what_choosing_each_value_finds(page: Page, archive: Archive) -> None:
    total = search(page, "?event=event-003&addressee=addressee-001&addressee=addressee-004&from=2010&to=2019-06-30")
    ranged = [s for s in archive.statements if touches(s, "2010-01-01", "2019-06-30")]
    on = [s for s in ranged if "event-003" in above(s.events, archive.events)]
    to = [s for s in ranged if above(s.addressees, archive.addressees) & {"addressee-001", "addressee-004"}]
    both = [s for s in on if s in to]
    assert total == len(both) > 0
    addressees = Counter(id for s in on for id in above(s.addressees, archive.addressees))
    events = Counter(id for s in to for id in above(s.events, archive.events))
    forms = Counter(s.form.replace("-", " ").capitalize() for s in both)
    assert facet(page, "addressee") == labelled(addressees, archive.addressees)
    assert facet(page, "event") == labelled(events, archive.events)
    assert facet(page, "form") == forms


def labelled(counts: Mapping[str, int], authorities: Mapping[str, Event] | Mapping[str, Addressee]) -> dict[str, int]:
    return {authorities[id].label: number for id, number in counts.items()}


# Of the search for all, and of one for words that all have, with its facets narrow and widened.
COUNTED = """async ([store, state]) => {
  const { opened } = await import(store);
  const { empty } = await import(state);
  const { catalogue } = await opened;
  const before = [false, true].map((mentions) => catalogue.select({ ...empty(catalogue.facets), mentions }, null));
  await (await opened).columns(true);
  const all = new Float32Array(catalogue.size).fill(1);
  return [before, [false, true].map((mentions) => catalogue.select({ ...empty(catalogue.facets), mentions }, all))];
}"""


def test_what_the_build_has_counted_is_what_the_page_counts(page: Page) -> None:
    built, counted = page.evaluate(COUNTED, [module(page, "store"), module(page, "state")])
    assert built == counted
    assert built[0] != built[1]


def test_each_year_says_what_choosing_it_finds(page: Page, archive: Archive) -> None:
    search(page, "")
    names = page.locator("#histogram [data-bar]").all_text_contents()
    said = {
        int(m[1]): int(m[2].replace(",", ""))
        for name in names
        if (m := re.search(r"^(\d{4}): \d{4}([\d,]+) statement", name))
    }
    first = min(s.date.earliest.year for s in archive.statements)
    last = max(s.date.latest.year for s in archive.statements)
    assert list(said) == list(range(first, last + 1))
    for year, number in said.items():
        assert number == sum(touches(s, f"{year}-01-01", f"{year}-12-31") for s in archive.statements), year


def test_a_word_finds_every_statement_that_has_it(size: Size, page: Page, archive: Archive) -> None:
    word = "satərumü"
    having = {s.id for s in archive.statements if re.search(rf"\b{word}\b", f"{s.title} {s.summary}", re.IGNORECASE)}
    assert len(having) > size.number / 100
    assert len(having) <= search(page, f"?q={word}") < size.number
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("CSV")).click()
    assert having <= {row["id"] for row in table(Path(download.value.path()))}


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_all_statements_are_downloaded(size: Size, page: Page, archive: Archive) -> None:
    search(page, "?sort=oldest")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("CSV")).click()
    rows = table(Path(download.value.path()))
    assert len(rows) == size.number
    assert {row["id"] for row in rows} == {s.id for s in archive.statements}
    by_id = {s.id: s for s in archive.statements}
    assert all(row["date"] == by_id[row["id"]].date.text for row in rows)
    firsts = [by_id[row["id"]].date.earliest for row in rows]
    assert firsts == sorted(firsts)


def test_more_results_are_loaded_on_demand_and_kept_on_the_way_back(page: Page, many: Server) -> None:
    search(page, "?form=letter")
    results = page.locator("#results .list > li")
    expect(results).to_have_count(10)
    page.get_by_role("button", name=re.compile("^Show 10 more")).click()
    expect(results).to_have_count(20)
    expect(results.nth(10).locator("a").first).to_be_focused()
    results.nth(15).locator("a").first.click()
    expect(page).to_have_url(re.compile("/statements/"))
    page.go_back()
    expect(results).to_have_count(20)


def test_short_words_do_not_load_the_whole_index(size: Size, page: Page, many: Server) -> None:
    loaded: list[str] = []
    listen: Callable[..., None] = lambda request: loaded.append(request.url)  # noqa: E731
    page.on("request", listen)
    parts = {}
    for typed in ("b", "bə", "b ba", "xa xə"):
        loaded.clear()
        load(page, many, f"?q={typed}")
        parts[typed] = sum("/words/" in url and url.endswith(".bin") for url in loaded)
    page.remove_listener("request", listen)
    assert len(list(many.site.glob("search/words/*.bin"))) > 2 * size.index_files
    assert {typed: number for typed, number in parts.items() if number > size.index_files} == {}
    assert any(parts.values())


def test_the_first_search_with_facets_is_small(size: Size, many: Server, browser: Browser) -> None:
    with weighed(browser) as (page, received):
        load(page, many, "?q=boxabe&event=event-003")
        found = total(page)
        page.wait_for_load_state("networkidle")
    assert found > 0
    assert 0 < sum(received) <= size.first_search, f"{sum(received)} bytes"
