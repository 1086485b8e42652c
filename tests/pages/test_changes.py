"""The pages of what is new and changed, of corrections, and the notice at the top of a record that was corrected."""

import datetime
import re

import pytest
from markupsafe import escape

from archive.model import index
from archive.model.records import Archive, Change, Statement
from archive.pages.generated import generated_pages
from archive.pages.page import _TEMPLATES, Page
from archive.publish import generate
from builders import archive_of, statement

NOTE = "The <b>date</b> was & is wrong."


def change(day: str, kind: str = "correction", note: str = NOTE) -> Change:
    return Change(date=datetime.date.fromisoformat(day), kind=kind, note=note)


FIRST = change("2026-11-23", "addition", "First archived.")


def listed(archive: Archive, folder: str) -> dict[str, Page]:
    """The pages of a list by address."""
    generated = generated_pages(archive, index.build(archive))
    return {address: make() for address, make in generated if address.startswith(folder)}


def corrections(archive: Archive) -> dict[str, Page]:
    return listed(archive, "corrections/")


def rows(listing: Page) -> list[tuple[str, ...]]:
    """Each change that a page lists: day, kind, address, title, note."""
    row = re.compile(
        r'<li(?: id="d[^"]+")?><time datetime="([^"]+)">\1</time><div><p>(\w+): <a href="([^"]+)">(.*?)</a></p>'
        r'<p class="meta">(.*?)</p></div></li>'
    )
    matches = row.findall(listing.html)
    assert len(matches) == listing.html.count("<time datetime")
    return matches


def gathered(listing: Page) -> list[tuple[str, str, str, list[str]]]:
    """Each line of several records that a page lists: its day, its words, its note, the addresses in its list."""
    found = re.findall(
        r'<time datetime="([^"]+)">\1</time><div><p>(\w+: [\d,]+ records)</p><p class="meta">(.*?)</p>\n'
        r'<details class="rest">\n<summary>.*?</summary>\n(.*?)</details>',
        listing.html,
        re.DOTALL,
    )
    return [(day, what, note, re.findall('href="([^"]+)"', folded)) for day, what, note, folded in found]


def test_every_change_but_the_first_is_listed_by_year_newest_first() -> None:
    withdrawn = statement(
        "2020-05-01-other",
        title="Statement on <i>nothing</i>",
        status="withdrawn",
        history=(FIRST, change("2026-12-03"), change("2027-01-02", "withdrawal", "Another office's.")),
    )
    record = statement(history=(FIRST, change("2026-12-01"), change("2027-01-01", "clarification", "Made clearer.")))
    (page,) = corrections(archive_of(withdrawn, record)).values()
    first, gone = "../statements/2021/2021-09-21-first/", "../statements/2020/2020-05-01-other/"
    bridge, nothing = "Statement on the bridge", "Statement on &lt;i&gt;nothing&lt;/i&gt;"
    assert rows(page) == [
        ("2027-01-02", "Withdrawal", gone, nothing, "Another office&#39;s."),
        ("2027-01-01", "Clarification", first, bridge, "Made clearer."),
        ("2026-12-01", "Correction", first, bridge, "The &lt;b&gt;date&lt;/b&gt; was &amp; is wrong."),
    ]
    assert re.findall(r"<h2>(.*?)</h2>", page.html)[:2] == [
        '2027 <span class="number">2 changes</span>',
        '2026 <span class="number">1 change</span>',
    ]
    assert page.updated == "2027-01-02"
    assert "3 changes" in page.description


@pytest.mark.parametrize("statements", [(), (statement(),)], ids=["no record", "no correction"])
def test_that_nothing_was_changed_is_said(statements: tuple[Statement, ...]) -> None:
    (page,) = corrections(archive_of(*statements)).values()
    assert "No record has been changed since it was first archived." in page.html
    assert rows(page) == []
    assert page.updated == ""


def test_past_200_changes_each_year_has_a_page() -> None:
    def many(number: int) -> Archive:
        kept = [change(f"{2027 + n % 2}-01-01", note=f"Change {n}.") for n in range(number)]
        return archive_of(statement(history=(FIRST, *sorted(kept, key=lambda entry: entry.date))))

    unsplit, split = corrections(many(200)), corrections(many(201))
    assert unsplit.keys() == {"corrections/"}
    assert len(rows(unsplit["corrections/"])) == 200
    assert split.keys() == {"corrections/", "corrections/2027/", "corrections/2028/"}
    assert [note for *_, note in rows(split["corrections/"])] == [f"Change {n}." for n in range(199, 159, -2)]
    assert re.findall(r'<h2><a href="([^"]+)">', split["corrections/"].html) == [
        "../corrections/2028/",
        "../corrections/2027/",
    ]
    assert [len(rows(split[f"corrections/{year}/"])) for year in (2027, 2028)] == [101, 100]


def test_what_is_new_has_additions_too_and_those_of_one_day_and_note_as_one_line() -> None:
    second, other = change("2026-11-23", "addition", "First archived."), change("2026-11-23", "addition", "Found.")
    archive = archive_of(
        statement("2021-01-01-a", history=(FIRST,)),
        statement("2021-01-01-b", history=(second, change("2026-12-01"))),
        statement("2021-01-01-c", history=(other,)),
    )
    (page,) = listed(archive, "new/").values()
    where = "../statements/2021/2021-01-01-{}/"
    assert gathered(page) == [
        ("2026-11-23", "Addition: 2 records", "First archived.", [where.format("b"), where.format("a")])
    ]
    single = re.findall(r'<p>(\w+): <a href="([^"]+)">', page.html)
    assert single == [("Correction", where.format("b")), ("Addition", where.format("c"))]
    assert re.findall(r'<li id="([^"]+)">', page.html) == ["d2026-12-01", "d2026-11-23"]
    assert page.updated == "2026-12-01"
    assert "4 changes" in page.description
    assert gathered(corrections(archive)["corrections/"]) == []


def test_of_a_withdrawn_record_only_the_withdrawal_is_new() -> None:
    gone = statement(status="withdrawn", history=(FIRST, change("2026-12-03", "withdrawal", "Another office's.")))
    (page,) = listed(archive_of(gone), "new/").values()
    assert [row[:2] for row in rows(page)] == [("2026-12-03", "Withdrawal")]


def test_more_than_200_records_of_one_line_stand_by_year() -> None:
    many = [statement(f"{2020 + n % 2}-01-01-number{n}", history=(FIRST,)) for n in range(201)]
    (page,) = listed(archive_of(*many), "new/").values()
    assert gathered(page) == [
        ("2026-11-23", "Addition: 201 records", "First archived.", ["../statements/2021/", "../statements/2020/"])
    ]
    assert "101 records from 2020" in page.html


def test_past_200_changes_a_year_a_month_and_a_day_are_divided_as_they_need() -> None:
    days = ["2027-05-02"] * 201 + ["2027-05-01", "2027-03-01", "2026-12-31"]
    many = [
        statement(f"2021-01-01-number{n}", history=(change(day, "addition", f"Note {n}."),))
        for n, day in enumerate(days)
    ]
    pages = listed(archive_of(*many), "new/")
    assert [*pages] == [
        "new/", "new/2027/", "new/2027/05/", "new/2027/05/02/", "new/2027/05/01/", "new/2027/03/", "new/2026/",
    ]  # fmt: skip
    whole = [address for address, page in pages.items() if not re.search("<h2><a ", page.html)]
    assert sum(len(rows(pages[address])) for address in whole) == len(days)
    assert len(rows(pages["new/"])) == len(rows(pages["new/2027/05/"])) == 20
    assert re.findall(r"<h2>(.*?) <", pages["new/2027/05/02/"].html) == ["2 May 2027"]
    assert pages["new/2027/05/"].title == "New and changed: May 2027"


def test_a_newest_line_leads_to_the_day_on_the_page_that_has_it() -> None:
    alone = [
        statement(f"2020-01-01-number{n}", history=(change("2026-12-01", "addition", f"Note {n}."),))
        for n in range(200)
    ]
    both = [statement(f"2021-01-01-{n}", history=(change("2027-01-01", "addition", "Both."),)) for n in "ab"]
    pages = listed(archive_of(*both, *alone), "new/")
    (href,) = re.findall(r'<p>Addition: <a href="([^"]+)">2 records</a>', pages["new/"].html)
    assert href == "../new/2027/#d2027-01-01"
    assert 'id="d2027-01-01"' in pages["new/2027/"].html


def test_the_page_names_its_own_feeds_to_programs() -> None:
    (page,) = corrections(archive_of(statement())).values()
    assert re.findall(r'type="(application/[^"]+)" title="Corrections" href="([^"]+)"', page.head) == [
        ("application/atom+xml", "../corrections/feed.xml"),
        ("application/feed+json", "../corrections/feed.json"),
    ]


def notice(*history: Change) -> str:
    """What stands at the top of a record with this history."""
    template = _TEMPLATES.from_string('{% import "parts.html" as parts %}{{ parts.corrected(corrections) }}')
    return " ".join(template.render(corrections=statement(history=history).corrections).split())


def test_a_corrected_record_says_in_one_line_when_and_where_to_read_what_changed() -> None:
    html = notice(FIRST, change("2026-12-01"), change("2026-12-09"), change("2026-12-10", "clarification"))
    assert html == (
        '<p class="corrected">Corrected <time datetime="2026-12-09">9 December 2026</time> · '
        '<a href="#history">what changed</a></p>'
    )
    assert notice(FIRST) == notice(FIRST, change("2026-12-09", "clarification")) == ""


def test_the_history_to_which_that_line_leads_has_every_correction() -> None:
    history = (FIRST, change("2026-12-01"), change("2026-12-09", note="The place was wrong."))
    page = str(generate.generate(archive_of(statement(history=history)))["statements/2021/2021-09-21-first/index.md"])
    assert page.index('class="corrected"') < page.index("</header>")
    shown = page[page.index('<section id="history">') :].partition("</section>")[0]
    assert str(escape(NOTE)) in shown
    assert "The place was wrong." in shown
