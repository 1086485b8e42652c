"""What is said at an anchor on a statement's page, and that it stays there whatever is added, moved or corrected."""

import re
from dataclasses import replace
from decimal import Decimal

from archive.model.records import Figure, Request, Source, Term
from archive.pages import anchors
from archive.publish import generate
from builders import real, statement

FIRST = Source(kind="press-report", outlet="daily", url="https://daily.example/1")
OTHER = Source(kind="press-report", outlet="daily", title="Another report")
SEVEN = Figure(event="bridge-2020", measure="boats-counted", value=Decimal(7), locator="par. 1")
NINE = Figure(event="bridge-2020", measure="boats-counted", value=Decimal(9), source=2)
RECORD = statement(
    sources=(FIRST, OTHER),
    requests=(Request(of=("council",), asks="to look"), Request(of=(), asks="to count")),
    figures=(SEVEN, NINE),
    terms=(Term(term="a bridge"), Term(term="a bridge", about="bridge-2020")),
)


def test_each_has_an_anchor_of_its_own() -> None:
    found = [
        *anchors.of_requests(RECORD),
        *anchors.of_figures(RECORD.figures).values(),
        *anchors.of_terms(RECORD),
        *anchors.of_sources(RECORD),
    ]
    assert len(set(found)) == len(found) == 8
    assert all(re.fullmatch(r"(request|figure|term|source)-[0-9a-f]{8}", anchor) for anchor in found)


def test_an_anchor_stays_where_others_are_moved_added_and_corrected() -> None:
    turned = replace(
        RECORD,
        sources=(OTHER, replace(FIRST, title="Its title", language="en")),
        requests=(Request(of=(), asks="to wait"), *reversed(RECORD.requests)),
        figures=(
            replace(NINE, source=1),
            replace(SEVEN, value=Decimal(8), source=2),
            replace(SEVEN, source=2, locator="par. 2", note="Counted twice."),
        ),
        terms=RECORD.terms[::-1],
    )
    assert anchors.of_sources(turned) == anchors.of_sources(RECORD)[::-1]
    assert anchors.of_requests(turned)[1:] == anchors.of_requests(RECORD)[::-1]
    assert anchors.of_terms(turned) == anchors.of_terms(RECORD)[::-1]
    nine, eight, seven = anchors.of_figures(turned.figures).values()
    assert [seven, nine] == list(anchors.of_figures(RECORD.figures).values())
    assert eight not in (seven, nine)


def test_what_is_said_twice_has_two_anchors() -> None:
    twice = replace(RECORD, figures=(SEVEN, replace(SEVEN, locator="par. 9")))
    first, second = anchors.of_figures(twice.figures).values()
    assert second == f"{first}-2"


def test_every_anchor_of_every_real_record_stands_on_its_page_once_with_a_link_to_cite_it() -> None:
    archive = real()
    files = generate.generate(archive)
    for record in archive.statements:
        if record.withdrawn:
            continue
        page = str(files[f"statements/{record.id[:4]}/{record.id}/index.md"])
        found = [
            *anchors.of_requests(record),
            *anchors.of_figures(record.figures).values(),
            *anchors.of_terms(record),
            *anchors.of_sources(record),
        ]
        for anchor in found:
            assert page.count(f' id="{anchor}"') == 1, (record.id, anchor)
            assert f'<a class="cite" href="#{anchor}">' in page, (record.id, anchor)
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids)), record.id


def test_two_figures_that_are_equal_have_an_anchor_each() -> None:
    twice = replace(RECORD, figures=(replace(SEVEN), replace(SEVEN)))
    first, second = anchors.of_figures(twice.figures).values()
    assert second == f"{first}-2"
