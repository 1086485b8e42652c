"""The ledger: each figure as stated, in the table of its event, and never joined with another."""

import datetime
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from archive.model import edtf, index
from archive.model.records import Archive, Change, Figure, Measure, Outlet, Source
from archive.pages import anchors
from archive.pages.generated import generated_pages
from archive.pages.page import Page
from archive.text import formatting
from builders import archive_of, real, statement

BRIDGE, HARBOUR = "bridge-2020", "harbour-1992"
FEW, MANY = 290, 291


def figure(value: int = 1, event: str = BRIDGE, **more: object) -> Figure:
    return Figure(**{"event": event, "measure": "boats-counted", "value": Decimal(value), **more})  # type: ignore[arg-type]


def pages_of(archive: Archive) -> dict[str, Page]:
    """Every page by address."""
    return {address: make() for address, make in generated_pages(archive, index.build(archive))}


def ledger(archive: Archive) -> Page:
    return pages_of(archive)["figures/"]


def text(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", html).split())


def listed(page: Page) -> list[tuple[str, str, str]]:
    """The events with figures: the link, label and number of each."""
    part = page.html.partition('<section id="events">')[2].partition("</section>")[0]
    return re.findall(r'<p><a href="([^"]+)">([^<]+)</a> <span class="meta">([^<]+)</span></p>', part)


@dataclass(frozen=True)
class Cell:
    """A figure in a table: what it counts, the value as stated, where it leads to, and the head of its column."""

    what: str
    value: str
    leads_to: str
    head: str


def cells(page: str) -> list[Cell]:
    """The figures of every table in a page, row by row."""
    found = []
    for table in html.fromstring(page).xpath("//table[@class='matrix']"):
        heads = [head.xpath("normalize-space(.)") for head in table.xpath("thead/tr/th")]
        for row in table.xpath("tbody/tr"):
            what, *values = row.xpath("th | td")
            assert len(values) == len(heads) - 1
            for head, value in zip(heads[1:], values, strict=True):
                assert value.get("data-label", "").replace(",", "") == (head.replace(",", "") if len(value) else "")
                found += [
                    Cell(what.xpath("normalize-space(.)"), link.xpath("normalize-space(.)"), link.get("href"), head)
                    for link in value.xpath("a")
                ]
    return found


def tables(page: Page) -> dict[str, list[Cell]]:
    """The figures on each event, by its id."""
    sections = html.fromstring(page.html).xpath("//section[starts-with(@id, 'on-')]")
    return {section.get("id")[3:]: cells(html.tostring(section, encoding="unicode")) for section in sections}


def test_every_figure_of_the_real_records_stands_under_its_event_as_stated() -> None:
    archive = real()
    all_stated = [
        (record, stated) for record in archive.statements if not record.withdrawn for stated in record.figures
    ]
    shown: dict[str, list[Cell]] = {}
    for address, page in pages_of(archive).items():
        if address.startswith("figures/"):
            for event, found in tables(page).items():
                shown.setdefault(event, []).extend(found)
    assert sum(map(len, shown.values())) == len(all_stated)
    for record, stated in all_stated:
        label, group = archive.measures[stated.measure].label, formatting.id_in_words(stated.group)
        cell = (
            f"{label}: {group}" if group else label,
            " ".join(filter(None, formatting.qualified_number(stated))) + ("*" if stated.note else ""),
        )
        end = f"/statements/{record.id[:4]}/{record.id}/#{anchors.of_figures(record.figures)[id(stated)]}"
        outlet = archive.outlets[record.sources[stated.source - 1].outlet].label
        here = [
            (found.what, found.value)
            for found in shown[stated.event]
            if found.leads_to.endswith(end) and outlet in found.head
        ]
        assert cell in here, (record.id, stated)


def test_statements_that_differ_both_stand_in_order_of_date() -> None:
    late = statement("2022-01-01-late", figures=(figure(7), figure(3, qualifier="about", group="small")))
    early = statement("2021-01-01-early", figures=(figure(5, qualifier="more-than"),))
    shown = tables(ledger(archive_of(late, early)))
    (more,) = anchors.of_figures(early.figures).values()
    seven, about = anchors.of_figures(late.figures).values()
    first = f"../statements/2021/2021-01-01-early/#{more}"
    second, third = (f"../statements/2022/2022-01-01-late/#{anchor}" for anchor in (seven, about))
    assert shown == {
        BRIDGE: [
            Cell("Boats counted", "more than 5", first, "2021-01-01 The Daily"),
            Cell("Boats counted", "7", second, "2022-01-01 The Daily"),
            Cell("Boats counted: small", "about 3", third, "2022-01-01 The Daily"),
        ]
    }


def test_a_column_names_the_outlets_whose_reports_give_its_figures() -> None:
    outlets = {id: Outlet(id=id, label=id.upper(), kind="newspaper") for id in ("one", "two", "three")}
    sources = tuple(Source(kind="press-report", outlet=id) for id in outlets)
    record = statement(sources=sources, figures=(figure(7, source=3), figure(3, source=1, group="small")))
    without = statement("2022-01-01-draft", sources=(), status="draft", figures=(figure(8),))
    shown = tables(ledger(archive_of(record, without, outlets=outlets)))[BRIDGE]
    assert [(cell.value, cell.head) for cell in shown] == [
        ("7", "2021-09-21 ONE and THREE"), ("8", "2022-01-01"), ("3", "2021-09-21 ONE and THREE"),
    ]  # fmt: skip


def test_two_figures_of_one_measure_in_a_statement_both_stand() -> None:
    record = statement(figures=(figure(7, as_of=edtf.parse("2020")), figure(9, as_of=edtf.parse("2021"), note="So.")))
    page = ledger(archive_of(record))
    assert [cell.value for cell in tables(page)[BRIDGE]] == ["7", "9*"]
    assert "as of 2020" in text(page.html)


def test_more_than_eight_statements_stand_in_several_tables_each_with_its_rows_only() -> None:
    records = [
        statement(f"20{n:02d}-01-01-x", figures=(figure(n, group="small" if n < 6 else ""),)) for n in range(1, 10)
    ]
    section = html.fromstring(ledger(archive_of(*records)).html).get_element_by_id(f"on-{BRIDGE}")
    shown = [
        (len(table.xpath("thead/tr/th")) - 1, [row.xpath("normalize-space(th)") for row in table.xpath("tbody/tr")])
        for table in section.xpath("table")
    ]
    assert shown == [(5, ["Boats counted: small"]), (4, ["Boats counted"])]


def test_events_stand_in_order_of_time_with_the_number_of_figures_and_not_their_sum() -> None:
    record = statement(mentions=(HARBOUR,), figures=(figure(700), figure(2, group="small"), figure(5000, HARBOUR)))
    page = ledger(archive_of(record))
    assert listed(page) == [
        (f"#on-{HARBOUR}", "The harbour, February 1992", "1 figure stated in 1 statement"),
        (f"#on-{BRIDGE}", "The bridge, spring 2020", "2 figures stated in 1 statement"),
    ]
    assert list(tables(page)) == [HARBOUR, BRIDGE]
    assert not re.search("5,?702|5,?700|702", text(page.html))
    headings = [text(heading) for heading in re.findall(r"<h[1-6].*?</h[1-6]>", page.html)]
    assert headings == [
        "Figures as stated", "Events with figures", "Figures by event", "The harbour, February 1992",
        "The bridge, spring 2020", "Follow and download",
    ]  # fmt: skip


def test_each_measure_in_use_has_its_definition_and_its_events() -> None:
    measures = {
        id: Measure(id=id, label=id.upper(), definition=f"What {id} is.") for id in ("z-first", "unused", "a-last")
    }
    first = statement(mentions=(HARBOUR,), figures=(figure(measure="a-last"), figure(measure="z-first")))
    second = statement("2022-01-01-second", mentions=(HARBOUR,), figures=(figure(event=HARBOUR, measure="a-last"),))
    pages = pages_of(archive_of(first, second, measures=measures))
    entries = re.findall(
        r'<tr id="([^"]+)"><th scope="row">([^<]+)</th><td>([^<]+)</td><td [^>]+>(.*?)</td></tr>',
        pages["figures/measures/"].html,
        re.DOTALL,
    )
    bridge, harbour = f"../../figures/#on-{BRIDGE}", f"../../figures/#on-{HARBOUR}"
    assert [(id, label, means, re.findall(r'href="([^"]+)"', events)) for id, label, means, events in entries] == [
        ("measure-z-first", "Z-FIRST", "What z-first is.", [bridge]),
        ("measure-a-last", "A-LAST", "What a-last is.", [harbour, bridge]),
    ]
    assert 'href="../figures/measures/#measure-a-last"' in pages["figures/"].html
    assert 'id="measures"' in pages["figures/"].html  # where the definitions stood once


def many(number: int) -> Archive:
    """That many statements about one event, each mentioning another and with one figure, a quarter of them on that."""
    stated = [
        statement(
            f"{2020 + n % 2}-01-01-number{n}",
            mentions=(HARBOUR,),
            figures=(figure(n, HARBOUR if n % 4 == 0 else BRIDGE),),
        )
        for n in range(number)
    ]
    return archive_of(*stated)


def test_up_to_290_figures_of_as_many_statements_all_stand_on_the_page() -> None:
    pages = pages_of(many(FEW))
    assert [len(found) for found in tables(pages["figures/"]).values()] == [73, 217]
    assert [address for address in pages if address.startswith("figures/")] == ["figures/", "figures/measures/"]
    statement_page = pages["statements/2020/2020-01-01-number0/"].html
    assert f'href="../../../figures/#on-{HARBOUR}"' in statement_page


def test_past_them_each_event_has_a_page_and_past_that_each_of_its_years() -> None:
    opening = "bridge-opening-2020"
    archive = many(4 * MANY)
    record = statement(events=(opening,), figures=(figure(event=opening),))
    pages = pages_of(replace(archive, statements=(*archive.statements, record)))
    page = pages["figures/"]
    assert tables(page) == {}
    assert 'id="figures"' not in page.html
    assert [(href, number) for href, _, number in listed(page)] == [
        (f"../figures/{HARBOUR}/", "291 figures stated in 291 statements"),
        (f"../figures/{BRIDGE}/", "873 figures stated in 873 statements"),
        (f"../figures/{opening}/", "1 figure stated in 1 statement"),
    ]
    assert re.findall('<li id="([^"]+)">', page.html) == [f"on-{id}" for id in (HARBOUR, BRIDGE, opening)]
    addresses = [address for address in pages if address.startswith("figures/")]
    assert addresses == [
        "figures/", f"figures/{HARBOUR}/", f"figures/{HARBOUR}/2020/",
        f"figures/{BRIDGE}/", f"figures/{BRIDGE}/2020/", f"figures/{BRIDGE}/2021/", f"figures/{opening}/",
        "figures/measures/",
    ]  # fmt: skip
    assert sum(len(cells(pages[address].html)) for address in addresses) == 4 * MANY + 1
    assert re.findall(r'href="([^"]+/20\d\d/)"', pages[f"figures/{BRIDGE}/"].html) == [
        f"../../figures/{BRIDGE}/{year}/" for year in (2020, 2021)
    ]
    assert f'href="../../events/{opening}/"' in pages[f"figures/{opening}/"].html
    assert pages[f"figures/{BRIDGE}/2021/"].title == "Figures as stated on The bridge, spring 2020, statements in 2021"
    statement_page = pages["statements/2020/2020-01-01-number0/"].html
    assert f'href="../../../figures/{HARBOUR}/"' in statement_page


def test_figures_of_a_withdrawn_record_are_not_there_but_the_page_has_changed() -> None:
    withdrawal = Change(date=datetime.date(2027, 1, 2), kind="withdrawal", note="Another office's.")
    record = statement(figures=(figure(61),))
    gone = statement("2020-01-01-gone", mentions=(HARBOUR,), figures=(figure(73), figure(79, HARBOUR)))
    gone = replace(gone, status="withdrawn", history=(*gone.history, withdrawal))
    silent = statement("2022-01-01-silent")
    silent = replace(silent, history=(*silent.history, replace(withdrawal, date=datetime.date(2028, 1, 1))))
    page = ledger(archive_of(record, gone, silent))
    assert [cell.value for found in tables(page).values() for cell in found] == ["61"]
    assert [number for _, _, number in listed(page)] == ["1 figure stated in 1 statement"]
    assert "gone" not in page.html
    assert page.updated == "2027-01-02"


@pytest.mark.parametrize("archive", [archive_of(), archive_of(statement())], ids=["no record", "no figure"])
def test_that_there_is_no_figure_is_said(archive: Archive) -> None:
    page = ledger(archive)
    assert "No statement in the archive gives a figure." in page.html
    assert not re.search("<table|<h2|<ol", page.html)
    assert page.updated == ""


def test_the_page_says_that_nothing_is_verified() -> None:
    page = ledger(archive_of(statement(figures=(figure(),))))
    assert formatting.NOT_VERIFIED in text(page.html)
    assert 50 <= len(page.description) <= 160
    assert 'href="../data/v1/figures.csv"' in page.html


def test_the_page_is_linked_from_home_the_events_and_the_head_of_every_page(built: Path) -> None:
    linked = {}
    for place in ("", "events/", "about/"):
        html = (built / place / "index.html").read_text("utf-8")
        masthead, _, rest = html.partition("</header>")
        article, _, colophon = rest.partition('<footer class="colophon">')
        link = f'href="{"../" if place else ""}figures/"'
        linked[place] = (link in masthead, link in article, link in colophon)
    assert linked == {"": (True, True, False), "events/": (True, True, False), "about/": (True, False, False)}
