"""The top of a statement's page: what it is, when, who, on what, known from where, and where the summary begins."""

import re
from html import unescape

import pytest

from archive.model.records import Source, Statement
from archive.publish import generate
from builders import archive_of, split_page, statement

READ = Source(kind="press-report", outlet="daily", url="https://daily.example/1", extent_read="part")


def page(record: Statement) -> tuple[str, str]:
    """The front matter and the HTML of a statement's page."""
    return split_page(str(generate.generate(archive_of(record))[f"statements/2021/{record.id}/index.md"]))


def head(record: Statement) -> str:
    """The top of its page as text, with links as [text](address)."""
    html = page(record)[1].partition('<header class="head">')[2].partition("</header>")[0]
    linked = re.sub(r'<a href="([^"]*)"[^>]*>(.*?)</a>', r"[\2](\1)", html)
    return " ".join(unescape(re.sub("<[^>]*>", " ", linked)).split())


def test_the_top_says_what_it_is_when_who_on_what_and_known_from_where() -> None:
    text = head(statement(form="appeal", events=("bridge-2020", "harbour-1992"), sources=(READ, READ)))
    assert "Appeal · 21 September 2021 · date as reported Statement on the bridge" in text
    assert "The Office, " in text
    assert "· on [The bridge, spring 2020](../../../events/bridge-2020/) (+ 1)" in text
    assert (
        "As reported by [The Daily](https://daily.example/1) · [Known from 2 reports, read in part](#sources)" in text
    )


def test_an_outlet_without_an_address_is_no_link_and_a_copy_is_linked_where_it_is_all_there_is() -> None:
    known = Source(kind="press-report", outlet="daily", title="A report")
    assert "As reported by The Daily · [Known from 1 report, not read](#sources)" in head(statement(sources=(known,)))
    copied = Source(kind="press-report", outlet="daily", archived_url="https://copies.example/1")
    assert "As reported by [The Daily](https://copies.example/1) ·" in head(statement(sources=(copied,)))


def test_how_the_sources_differ_stands_under_them_and_not_in_the_summary() -> None:
    note = "The second report gives no number."
    front, html = page(statement(sources=(READ,), sources_note=note))
    sources = html.partition('<section id="sources"')[2].partition("</section>")[0]
    assert f'<p id="sources-note">{note}</p>' in sources
    assert html.count(note) == 1
    assert note not in front


def test_a_page_without_sources_and_events_says_so() -> None:
    text = head(statement(sources=(), events=()))
    assert "Source not recorded yet Title supplied by the archive" in text
    assert "· on" not in text
    assert "No source is given yet." in page(statement(sources=()))[1]


def test_the_sections_that_the_page_has_are_listed() -> None:
    _, html = page(statement())
    listed = re.findall(r'<li><a href="#([a-z-]+)">', html.partition("On this page")[2].partition("</details>")[0])
    assert listed == ["summary", "facts", "sources", "cite"]
    assert all(f'id="{id}"' in html for id in listed)


def test_the_notice_and_the_content_notes_stand_where_the_summary_begins() -> None:
    _, html = page(statement(content_notes=("death",)))
    section = html.partition('<section id="summary"')[2].partition("</section>")[0]
    text = " ".join(re.sub("<[^>]*>", " ", section).split())
    assert "What was stated; the archive has not verified it. Content note: this speaks of deaths." in text
    assert text.endswith("The Office says that the bridge was opened.")
    assert html.count("not verified") == 1


@pytest.mark.parametrize(
    ("summary", "described"),
    [
        ("The Office says so. It adds more.", "The Office says so."),
        ("One paragraph without an end\n\nAnother.", "One paragraph without an end"),
        ("", "Statement by the The Office, 21 September 2021. On The bridge, spring 2020."),
    ],
)
def test_a_page_is_described_by_the_first_sentence_of_its_summary(summary: str, described: str) -> None:
    front, _ = page(statement(summary=summary))
    assert f'"description": "{described}"' in front


def test_a_text_from_right_to_left_finds_its_direction() -> None:
    source = Source(kind="press-report", outlet="daily", title="گزارش BBC از باکو (2021).", language="fa")
    _, html = page(statement(sources=(source,)))
    assert '<cite lang="fa" dir="auto">گزارش BBC از باکو (2021).</cite>' in html
    assert all('dir="auto"' in tag for tag in re.findall(r"<[^>]* lang=[^>]*>", html))
