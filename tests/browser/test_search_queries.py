"""What people type, on the real archive: a record that is expected stands among the first three results."""

import re
import sys
from collections.abc import Callable
from statistics import mean
from urllib.parse import urlencode

import pytest
import yaml
from playwright.sync_api import Page

from archive.publish.loading import load_archive
from browser.host import Server
from browser.searching import go
from builders import DATA, PROJECT

QUERIES = {
    entry["query"]: entry["expected"] for entry in yaml.safe_load((DATA / "search/queries.yml").read_text("utf-8"))
}
FLOOR = 0.95  # of the mean reciprocal rank: more than Pagefind 1.5.2 reaches, which is 0.8036
LONG = 200  # characters: as many as the words of a search may have
FIRST, COUNTED = 3, 10  # an expected record is to be among so many; further down than so many it counts for nothing


@pytest.fixture(scope="module")
def found(server: Server, search_pages: Callable[[Server], tuple[Page, list[str]]]) -> dict[str, list[str]]:
    """The ids of each query's first results, in their order, from one search page."""
    page, problems = search_pages(server)
    ids = {query: results(page, query) for query in QUERIES}
    assert problems == []
    return ids


def results(page: Page, query: str) -> list[str]:
    go(page, f"?{urlencode({'q': query})}")
    links = page.locator("#results a").evaluate_all("all => all.map(link => link.pathname)")
    return list(dict.fromkeys(re.findall(r"(?<=/statements/\d{4}/)[^/\n]+(?=/$)", "\n".join(links), re.M)))


def rank(expected: list[str], found: list[str]) -> int:
    """The place of the first expected record, counted from 1; 0 where there is none."""
    return next((place for place, id in enumerate(found[:COUNTED], start=1) if id in expected), 0)


def test_of_each_query_some_records_are_expected() -> None:
    records = {path.stem for path in (PROJECT / "statements").glob("[0-9]*/*.md")}
    assert len(QUERIES) == 40
    for query, expected in QUERIES.items():
        assert 1 <= len(set(expected)) == len(expected) <= 5, query
        assert set(expected) <= records, query


@pytest.mark.browser
@pytest.mark.parametrize("query", QUERIES)
def test_an_expected_record_is_among_the_first(query: str, found: dict[str, list[str]]) -> None:
    assert 1 <= rank(QUERIES[query], found[query]) <= FIRST, found[query]


@pytest.mark.browser
def test_the_ranking_is_as_good_as_it_was(found: dict[str, list[str]]) -> None:
    """The mean reciprocal rank; `pytest -rP` shows it."""
    ranks = {query: rank(expected, found[query]) for query, expected in QUERIES.items()}
    score = mean(1 / rank if rank else 0 for rank in ranks.values())
    sys.stdout.write(f"mean reciprocal rank {score:.3f}\n")
    assert score >= FLOOR, ranks


@pytest.mark.browser
def test_a_long_address_finds_the_record_of_its_source(
    server: Server, search_pages: Callable[[Server], tuple[Page, list[str]]]
) -> None:
    page, problems = search_pages(server)
    sources = [(s.id, source.url) for s in load_archive(PROJECT).statements for source in s.sources]
    long = [(id, url) for id, url in sources if len(url) > LONG]
    assert max(len(url) for _, url in long) > 1_000
    for id, url in long:
        for typed in (url, url.partition("://")[2]):
            assert id in results(page, typed), typed
    assert problems == []
