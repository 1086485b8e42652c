"""The permanent addresses, and where links lead."""

import pytest

from archive.model import urls
from builders import archive_of, statement

FILE = "statements/2021/2021-09-21-first.md"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (urls.statement("2021-09-21-first"), "statements/2021/2021-09-21-first/"),
        (urls.statement("2021-first"), "statements/2021/2021-first/"),
        (
            urls.for_statement(statement("2020-12-31-night", date="2020-12-31/2021-01-01")),
            "statements/2020/2020-12-31-night/",
        ),
        (urls.year("2021"), "statements/2021/"),
        (urls.month("2021", "09"), "statements/2021/09/"),
        (urls.entry("events", "bridge-2020"), "events/bridge-2020/"),
        (urls.entry("events", "bridge-2020", "2021"), "events/bridge-2020/2021/"),
        (urls.entry("addressees", "council"), "addressees/council/"),
        (urls.entry("addressees", "council", "2021"), "addressees/council/2021/"),
        (urls.SEARCH, "search/"),
        (urls.search(event="bridge-2020"), "search/?event=bridge-2020"),
        (
            urls.search(**{"from": "2021-09"}, to="2021", event="bridge-2020", mentions="yes"),
            "search/?from=2021-09&to=2021&event=bridge-2020&mentions=yes",
        ),
        (urls.search(q="Xocalı & mines"), "search/?q=Xocal%C4%B1+%26+mines"),
        (urls.doc("index.md"), ""),
        (urls.doc("about.md"), "about/"),
        (urls.doc("more/index.md"), "more/"),
        (urls.doc("more/terms.md"), "more/terms/"),
        (urls.doc("my-index.md"), "my-index/"),
    ],
)
def test_an_address_is_permanent(url: str, expected: str) -> None:
    assert url == expected


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("events/", "", "events/"),
        ("", "", "./"),
        ("", "events/", "../"),
        ("events/a/", "statements/2021/x/", "../../../events/a/"),
        ("events/", "events/", "../events/"),
    ],
)
def test_a_link_is_relative_to_its_page(target: str, page: str, link: str) -> None:
    assert urls.relative(target, page) == link


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("2020-05-01-other.md", None),
        ("2021-09-21-first.md", "statements/2021/2021-09-21-first/"),
        ("../2020/2020-05-01-other.md", "statements/2020/2020-05-01-other/"),
        ("../2020/./2020-05-01-other.md#figures", "statements/2020/2020-05-01-other/#figures"),
        ("/events/bridge-2020/", "events/bridge-2020/"),
        ("/events/bridge-2020", None),
        ("/events/bridge-2020/#terms", "events/bridge-2020/#terms"),
        ("/addressees/council/", "addressees/council/"),
        ("/statements/2021/", "statements/2021/"),
        ("/statements/2021/09/", "statements/2021/09/"),
        ("/statements/2021/10/", None),
        ("/statements/2021/2021-09-21-first/", "statements/2021/2021-09-21-first/"),
        ("/search/", "search/"),
        ("/figures/#measures", "figures/#measures"),
        ("/about/", "about/"),
        ("/", ""),
        ("", None),
        ("../../../../etc/passwd", None),
        ("/statements/2021/2021-09-21-first.md", None),
        ("/nothing/", None),
    ],
)
def test_a_link_in_a_body_is_to_a_file_or_a_page_or_to_nothing(link: str, leads_to: str | None) -> None:
    archive = archive_of(statement(), statement("2020-05-01-other"), docs={"about.md": "", "index.md": ""})
    assert urls.resolve_link(link, FILE, urls.link_targets(archive)) == leads_to


def test_a_statement_without_a_month_makes_no_month_page_known() -> None:
    known = urls.link_targets(archive_of(statement("2021-first")))
    of_year = {page for page in known if page.startswith("/statements/2021/")}
    assert of_year == {"/statements/2021/", "/statements/2021/2021-first/"}
