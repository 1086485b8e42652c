"""What the head of every page of a built site tells those who share it or save it."""

import re
import struct
from pathlib import Path

import pytest

PAGES = (
    "",
    "statements/",
    "statements/2021/",
    "events/khojaly-1992/",
    "addressees/osce/",
    "figures/",
    "figures/measures/",
    "terms/",
    "timeline/",
    "new/",
    "topics/landmines/",
    "instruments/un-charter/",
    "places/khojaly/",
    "search/",
    "data/",
)
STATEMENT = "statements/2021/2021-09-21-peace-appeal/"


def metas(site: Path, page: str) -> dict[str, str]:
    head = (site / page / "index.html").read_text("utf-8").partition("</head>")[0]
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', head))


@pytest.mark.parametrize("page", [*PAGES, STATEMENT])
def test_a_shared_link_has_title_description_and_an_image_of_the_site_s_own(page: str, five: Path) -> None:
    values = metas(five, page)
    assert values["og:title"]
    assert values["og:description"] == values["description"] != ""
    assert values["og:type"] == ("article" if page == STATEMENT else "website")
    assert values["twitter:card"] == "summary"
    assert values["og:image"] == "https://example.org/assets/card.png"
    image = (five / "assets" / "card.png").read_bytes()
    assert struct.unpack(">II", image[16:24]) == (int(values["og:image:width"]), int(values["og:image:height"]))
    assert len(image) < 10_000


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_a_date_of_its_own_not_that_of_the_first_event_or_statement_on_it(page: str, five: Path) -> None:
    assert re.fullmatch(r"2026-1[12]-\d\d", metas(five, page)["dcterms.date"])


def test_a_statement_is_dated_by_itself(five: Path) -> None:
    assert metas(five, STATEMENT)["dcterms.date"] == "2021-09-21"


def test_every_page_that_has_a_date_on_it_has_its_own(five: Path) -> None:
    for path in five.rglob("index.html"):
        text = path.read_text("utf-8")
        if "<time" in text and 'http-equiv="refresh"' not in text:
            assert text.count('<meta name="dcterms.date"') == 1, path
