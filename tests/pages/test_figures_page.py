"""The page of all figures: each as stated, under its event, and never joined with another."""

import datetime
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from archive.model import index
from archive.model.records import Archive, Change, Figure, Measure
from archive.pages.generated import generated_pages
from archive.pages.page import Page
from archive.text import formatting
from builders import archive_of, real, statement

BRIDGE, HARBOUR = "bridge-2020", "harbour-1992"
FEW, MANY = 200, 201


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
class Row:
    """A figure on the page: what it counts, the value as stated, and the address of its statement."""

    what: str
    value: str
    statement: str


def tables(page: Page) -> dict[str, str]:
    """The table of each event, by its id."""
    matches = re.findall(
        r'<section id="on-([^"]+)"><h3>[^<]+</h3>\n(<table.*?</table>)\n</section>', page.html, re.DOTALL
    )
    assert len(matches) == page.html.count('class="ledger"')
    return dict(matches)


def rows(page: str) -> list[Row]:
    """The figures of every ledger in it; a part stands in the row of the number that it is of."""
    figures = []
    for body in html.fromstring(page).xpath("//table[@class='ledger']/tbody"):
        label = body.xpath("string(tr[@class='measure']/th/text())")
        for row in body.xpath("tr[not(@class)]"):
            where, value = row.xpath("string(th/a/@href)"), row.xpath("normalize-space(td[@class='value'])")
            group = row.xpath("string(.//span[@class='group'])")
            figures.append(Row(f"{label}: {group}" if group else label, value, where))
            parts = row.xpath(".//span[@class='part']")
            figures += [Row(f"{label}, of them", part.xpath("normalize-space(.)"), where) for part in parts]
    return figures


def test_every_figure_of_the_real_records_stands_on_the_page_of_its_event_as_stated() -> None:
    archive = real()
    all_stated = [
        (record, stated) for record in archive.statements if not record.withdrawn for stated in record.figures
    ]
    pages = pages_of(archive)
    shown = {event: [] for event in {stated.event for _, stated in all_stated}}
    for address, page in pages.items():
        if (parts := address.split("/"))[0] == "events" and parts[1] in shown:
            shown[parts[1]] += rows(page.html)
    assert sum(map(len, shown.values())) == len(all_stated)
    for record, stated in all_stated:
        value, label = (
            " ".join(filter(None, formatting.qualified_number(stated))),
            archive.measures[stated.measure].label,
        )
        group = formatting.id_in_words(stated.group) if stated.group else ""
        alone, part = (f"{label}: {group}" if group else label, value), (f"{label}, of them", f"{value} {group}")
        end = f"/statements/{record.id[:4]}/{record.id}/#figures"
        here = [(row.what, row.value) for row in shown[stated.event] if row.statement.endswith(end)]
        assert alone in here or part in here, (record.id, stated)
    on_one_page = rows(pages["figures/"].html)
    assert len(on_one_page) == (len(all_stated) if len(all_stated) <= FEW else 0)


def test_statements_that_differ_both_stand_in_order_of_date() -> None:
    late = statement("2022-01-01-late", figures=(figure(7), figure(3, qualifier="about", group="small")))
    early = statement("2021-01-01-early", figures=(figure(5, qualifier="more-than"),))
    shown = tables(ledger(archive_of(late, early)))
    where = "../statements/{}/#figures"
    assert shown.keys() == {BRIDGE}
    assert rows(shown[BRIDGE]) == [
        Row("Boats counted", "more than 5", where.format("2021/2021-01-01-early")),
        Row("Boats counted", "7", where.format("2022/2022-01-01-late")),
        Row("Boats counted, of them", "about 3 small", where.format("2022/2022-01-01-late")),
    ]


def test_events_stand_in_order_of_time_with_the_number_of_figures_and_not_their_sum() -> None:
    record = statement(mentions=(HARBOUR,), figures=(figure(700), figure(2, group="small"), figure(5000, HARBOUR)))
    page = ledger(archive_of(record))
    assert listed(page) == [
        (f"../events/{HARBOUR}/#figures", "The harbour, February 1992", "1 figure stated"),
        (f"../events/{BRIDGE}/#figures", "The bridge, spring 2020", "2 figures stated"),
    ]
    assert list(tables(page)) == [HARBOUR, BRIDGE]
    assert not re.search("5,?702|5,?700|702", text(page.html))
    headings = [text(heading) for heading in re.findall(r"<h[1-6].*?</h[1-6]>", page.html)]
    assert headings == [
        "Figures as stated", "Events with figures", "Figures by event", "The harbour, February 1992",
        "The bridge, spring 2020", "What is counted", "Follow and download",
    ]  # fmt: skip


def test_each_measure_in_use_has_its_definition_and_its_events() -> None:
    measures = {
        id: Measure(id=id, label=id.upper(), definition=f"What {id} is.") for id in ("z-first", "unused", "a-last")
    }
    first = statement(mentions=(HARBOUR,), figures=(figure(measure="a-last"), figure(measure="z-first")))
    second = statement("2022-01-01-second", mentions=(HARBOUR,), figures=(figure(event=HARBOUR, measure="a-last"),))
    page = ledger(archive_of(first, second, measures=measures))
    part = page.html.partition('<section id="measures">')[2]
    entries = re.findall(r'<th scope="row">([^<]+)</th><td>([^<]+)</td><td [^>]+>(.*?)</td></tr>', part, re.DOTALL)
    assert [(label, definition, re.findall(r'href="([^"]+)"', events)) for label, definition, events in entries] == [
        ("Z-FIRST", "What z-first is.", [f"#on-{BRIDGE}"]),
        ("A-LAST", "What a-last is.", [f"#on-{HARBOUR}", f"#on-{BRIDGE}"]),
    ]


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


def test_up_to_200_figures_all_stand_on_the_page() -> None:
    page = ledger(many(FEW))
    assert [len(rows(table)) for table in tables(page).values()] == [50, 150]


def test_past_200_figures_the_page_leads_to_those_of_each_event() -> None:
    opening = "bridge-opening-2020"
    archive = many(MANY)
    record = statement(events=(opening,), figures=(figure(event=opening),))
    pages = pages_of(replace(archive, statements=(*archive.statements, record)))
    page = pages["figures/"]
    assert "ledger" not in page.html
    assert 'id="figures"' not in page.html
    assert [(href, number) for href, _, number in listed(page)] == [
        (f"../events/{HARBOUR}/#by-year", "51 figures stated"),
        (f"../events/{BRIDGE}/#by-year", "150 figures stated"),
        (f"../events/{opening}/#figures", "1 figure stated"),
    ]
    assert set(re.findall(r'<li><a href="([^"]+#[^"]+)">', page.html)) == {href for href, _, _ in listed(page)}
    for href, _, _ in listed(page):
        address, _, place = href.removeprefix("../").partition("#")
        assert f'id="{place}"' in pages[address].html
    of_years = [pages[f"events/{event}/{year}/"].html for event in (HARBOUR, BRIDGE) for year in (2020, 2021)]
    assert sum(html.count('class="value"><data') for html in of_years) == MANY
    assert pages[f"events/{opening}/"].html.count('class="value"><data') == 1


def test_figures_of_a_withdrawn_record_are_not_there_but_the_page_has_changed() -> None:
    withdrawal = Change(date=datetime.date(2027, 1, 2), kind="withdrawal", note="Another office's.")
    record = statement(figures=(figure(61),))
    gone = statement("2020-01-01-gone", mentions=(HARBOUR,), figures=(figure(73), figure(79, HARBOUR)))
    gone = replace(gone, status="withdrawn", history=(*gone.history, withdrawal))
    silent = statement("2022-01-01-silent")
    silent = replace(silent, history=(*silent.history, replace(withdrawal, date=datetime.date(2028, 1, 1))))
    page = ledger(archive_of(record, gone, silent))
    assert [row.value for table in tables(page).values() for row in rows(table)] == ["61"]
    assert [number for _, _, number in listed(page)] == ["1 figure stated"]
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
        article = rest.partition('<footer class="colophon">')[0]
        link = f'href="{"../" if place else ""}figures/"'
        linked[place] = (link in masthead, link in article)
    assert linked == {"": (True, True), "events/": (True, True), "about/": (True, False)}
