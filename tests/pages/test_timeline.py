"""The timeline: every statement and event once, in the picture and in the table, and nothing counted but statements."""

import re
from collections import Counter

import pytest
from lxml import etree

from archive.model import edtf, index
from archive.model.records import Archive, Event
from archive.pages.generated import generated_pages
from archive.pages.page import Page
from builders import archive_of, real, statement

SVG = {"s": "http://www.w3.org/2000/svg"}


def timeline(archive: Archive) -> Page:
    pages = dict(generated_pages(archive, index.build(archive)))
    return pages["timeline/"]()


def picture(page: Page) -> etree._Element:
    (drawn,) = re.findall(r'<div class="timeline".*?\n</div>', page.html, re.DOTALL)
    return etree.fromstring(re.sub(r"^<div", '<div xmlns="http://www.w3.org/2000/svg"', drawn))


def links(element: etree._Element) -> dict[str, str]:
    """What each link in a picture is called, by where it leads."""
    found = {}
    for link in element.findall(".//s:a", SVG):
        found[link.get("href")] = link.get("aria-label") or "".join(link.itertext())
    return found


def table(page: Page) -> list[tuple[str, str]]:
    """The rows of the table: where each leads, and what it says after its link."""
    part = page.html.partition('<table class="chronicle">')[2]
    return re.findall(r'<td><a href="([^"]+)">[^<]+</a>(?: <span class="meta">([^<]+)</span>)?</td>', part)


def test_every_real_statement_and_event_is_in_the_picture_and_in_the_table() -> None:
    archive = real()
    ordered = index.build(archive)
    page = timeline(archive)
    svg = picture(page)
    dots = sum(path.get("d").count("h0") for path in svg.findall(".//s:path[@class='dots']", SVG))
    assert dots == len(ordered.published)
    events = {f"../events/{id}/" for id in archive.events}
    assert events <= links(svg).keys()
    assert len(svg.findall(".//s:path[@class='mark']", SVG)) == len(events)
    listed = {href for href, _ in table(page)}
    assert events <= listed
    if len(ordered.published) <= 200:
        assert listed == events | {f"../statements/{s.id[:4]}/{s.id}/" for s in ordered.published}
    numbers = Counter((s.date.year, s.date.month) for s in ordered.published)
    assert {name for name in links(svg).values() if "statement" in name.partition(":")[2]} == {
        f"{edtf.parse(f'{year}-{month}').words if month else f'{year}, month not given'}: "
        f"{number} statement{'s' if number > 1 else ''}"
        for (year, month), number in numbers.items()
    }


def test_a_month_leads_to_its_page_and_what_is_known_to_the_year_to_that_of_the_year() -> None:
    page = timeline(archive_of(statement("2021-09-21-a"), statement("2021-09-b"), statement("2021-c")))
    assert links(picture(page)) | {"": ""} == {
        "": "",
        "../statements/2021/": "Statements in 2021",
        "../statements/2021/#munknown": "2021, month not given: 1 statement",
        "../statements/2021/09/": "September 2021: 2 statements",
        "../events/harbour-1992/": "The harbour, February 1992",
        "../events/bridge-2020/": "The bridge, spring 2020",
        "../events/bridge-opening-2020/": links(picture(page))["../events/bridge-opening-2020/"],
    }
    assert "1993 to 2019: nothing recorded" in page.html


def test_the_table_says_of_an_event_how_many_statements_are_about_it_and_of_a_statement_on_what_it_is() -> None:
    one = statement("2021-09-21-a", events=("bridge-2020", "harbour-1992"))
    page = timeline(
        archive_of(one, statement("2020-01-01-b", events=(), form="open-letter", mentions=("bridge-2020",)))
    )
    assert table(page) == [
        ("../events/harbour-1992/", "Event, 1 statement about it"),
        ("../statements/2020/2020-01-01-b/", "Open letter"),
        ("../events/bridge-2020/", "Event, 1 statement about it"),
        ("../events/bridge-opening-2020/", "Event"),
        ("../statements/2021/2021-09-21-a/", "Statement on The bridge, spring 2020 and 1 more"),
    ]


def test_an_event_that_lasted_is_a_line_to_its_end_or_to_the_end_of_the_year() -> None:
    dates = {
        "in": "2020-02/2020-05",
        "over": "2020-11-01/2021-02",
        "one": "2020-03-04",
        "month": "2020-06-01/2020-06-03",
    }
    events = {id: Event(id=id, label=id, date=edtf.parse(date)) for id, date in dates.items()}
    spans = picture(timeline(archive_of(events=events))).findall(".//s:line[@class='span']", SVG)
    assert [(line.get("x1"), line.get("x2")) for line in spans] == [("19.23%", "42.31%"), ("88.46%", "100.0%")]


def test_a_long_label_stands_in_several_lines_that_fit_a_narrow_screen() -> None:
    label = "A meeting with a very long label about the harbour and the bridge, <1992>"
    event = Event(id="long", label=label, date=edtf.parse("1992"))
    (link,) = picture(timeline(archive_of(events={"long": event}))).findall(".//s:a", SVG)
    lines = ["".join(line.itertext()) for line in link]
    assert "".join(lines) == label
    assert len(lines) == 2
    assert max(len(line.strip()) for line in lines) <= 38


@pytest.mark.parametrize(("number", "dotted", "listed"), [(200, True, True), (201, True, False), (501, False, False)])
def test_many_statements_stand_by_month(number: int, dotted: bool, listed: bool) -> None:
    many = [statement(f"2021-{n % 2 + 1:02d}-01-number{n}") for n in range(number)]
    page = timeline(archive_of(*many))
    svg = picture(page)
    assert bool(svg.findall(".//s:path[@class='dots']", SVG)) == dotted
    assert bool(svg.findall(".//s:rect[@class='bar']", SVG)) != dotted
    statements = [href for href, _ in table(page) if href.startswith("../statements")]
    assert len(statements) == (number if listed else 2)
    assert f"January 2021: {-(-number // 2)} statements" in page.html
    assert page.html.count("<svg") == 2 + 3 + 3 + 2  # the months' letters, the years, the events, the months


def test_the_picture_is_named_and_described_and_hides_nothing_from_the_keyboard() -> None:
    page = timeline(archive_of(statement()))
    svg = picture(page)
    assert svg.get("role") == "group"  # the children of an image would be hidden
    assert svg.get("aria-label") == "Statements and events by month"
    assert f'id="{svg.get("aria-describedby")}">Each row is a year' in page.html
    assert not svg.xpath("//*[@tabindex or @style or @onclick]")


def test_an_empty_archive_has_a_timeline_that_says_so() -> None:
    page = timeline(archive_of(events={}))
    assert "<svg" not in page.html
    assert "The archive has no statements and no events yet." in page.html
