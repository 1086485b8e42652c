"""A redirect stands at an address at which there was a page."""

from collections.abc import Mapping

import pytest

from archive.model import index
from archive.pages import redirects
from archive.pages.page import Page
from builders import archive_of, statement


def of_dates(*ids: tuple[str, str]) -> Mapping[str, Page]:
    """The redirects of years and months, of records with these ids, each with a former one or none."""
    archive = archive_of(*(statement(id, aliases=(former,) if former else ()) for id, former in ids))
    return {address: make() for address, make in redirects.of_dates(archive, index.build(archive))}


@pytest.mark.parametrize(
    ("ids", "targets"),
    [
        ([("2021-09-21-first", "")], {}),
        ([("2021-09-21-first", "2021-09-22-first")], {}),
        ([("2021-10-21-first", "2021-09-21-first")], {"statements/2021/09/": "statements/2021/"}),
        ([("2021-first", "2021-09-first")], {"statements/2021/09/": "statements/2021/"}),
        ([("2021-10-21-first", "2021-first")], {}),
        (
            [("2020-09-21-first", "2021-09-21-first")],
            {"statements/2021/": "statements/", "statements/2021/09/": "statements/"},
        ),
        ([("2020-09-21-first", "2021-first")], {"statements/2021/": "statements/"}),
        ([("2021-10-21-first", "2021-09-21-first"), ("2021-09-01-second", "")], {}),
    ],
)
def test_a_year_or_month_without_statements_redirects_if_a_date_was_corrected(
    ids: list[tuple[str, str]], targets: dict[str, str]
) -> None:
    assert {address: page.redirect for address, page in of_dates(*ids).items()} == targets


def test_such_a_page_says_what_is_so_and_has_a_link() -> None:
    page = of_dates(("2021-10-21-first", "2021-09-21-first"))["statements/2021/09/"]
    assert (page.kind, page.title) == ("redirect", "No statements in September 2021 any more")
    assert "<h1>Statements in September 2021</h1>" in page.html
    assert 'There are no statements here any more; see <a href="../../../statements/2021/">2021</a>.' in page.html


def test_a_page_that_was_moved_or_removed_says_what_stands_in_its_place() -> None:
    archive = archive_of(redirects={"history/": "about/", "files/plan.pdf": "about/"})
    ((_, make),) = redirects.of_settings(archive, ["about/"])
    page = make()
    assert (page.address, page.title, page.redirect) == ("history/", "No longer here: /history/", "about/")
    assert "<h1>This page is no longer here</h1>" in page.html
    assert 'It is replaced by <a href="../about/">/about/</a>.' in page.html
