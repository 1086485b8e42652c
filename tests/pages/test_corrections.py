"""The page of corrections, and the notice at the top of a record that was corrected."""

import datetime
import re

import pytest

from archive.model import index
from archive.model.records import Archive, Change, Statement
from archive.pages.generated import generated_pages
from archive.pages.page import _TEMPLATES, Page
from builders import archive_of, statement

NOTE = "The <b>date</b> was & is wrong."


def change(day: str, kind: str = "correction", note: str = NOTE) -> Change:
    return Change(date=datetime.date.fromisoformat(day), kind=kind, note=note)


FIRST = change("2026-11-23", "addition", "First archived.")


def corrections(archive: Archive) -> dict[str, Page]:
    """The pages of corrections by address."""
    generated = generated_pages(archive, index.build(archive))
    return {address: make() for address, make in generated if address.startswith("corrections/")}


def rows(listing: Page) -> list[tuple[str, ...]]:
    """Each change that a page lists: day, kind, address, title, note."""
    row = re.compile(
        r'<li><time datetime="([^"]+)">\1</time><div><p>(\w+): <a href="([^"]+)">(.*?)</a></p>'
        r'<p class="meta">(.*?)</p></div></li>'
    )
    matches = row.findall(listing.html)
    assert len(matches) == listing.html.count("<li><time")
    return matches


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
    assert rows(split["corrections/"]) == []
    assert re.findall(r'<h2><a href="([^"]+)">', split["corrections/"].html) == [
        "../corrections/2028/",
        "../corrections/2027/",
    ]
    assert [len(rows(split[f"corrections/{year}/"])) for year in (2027, 2028)] == [101, 100]


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


def test_a_corrected_record_says_so_at_its_top() -> None:
    html = notice(FIRST, change("2026-12-01"), change("2026-12-09", "clarification", "Made clearer."))
    assert (
        re.sub("<[^>]+>", "", html) == "Corrected on 1 December 2026: The &lt;b&gt;date&lt;/b&gt; was &amp; is wrong."
    )
    assert notice(FIRST) == notice(FIRST, change("2026-12-09", "clarification")) == ""


def test_of_several_corrections_the_newest_is_told_and_the_history_linked() -> None:
    html = notice(FIRST, change("2026-12-01"), change("2026-12-09", note="The place was wrong."))
    assert "The place was wrong." in html
    assert NOTE not in html
    assert '<a href="#history">All 2 corrections</a>' in html
