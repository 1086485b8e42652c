"""Feeds: as the two formats ask for them, as others read them, and equal to the records."""

import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import jsonschema
import pytest
from lxml import etree

from archive import exports
from archive.exports import feeds
from archive.exports.feeds.feed import statement_tag
from archive.model import edtf, index, urls
from archive.model.authorities import INDEXES
from archive.model.division import LONGEST
from archive.model.records import Archive, Change, Request, Source, Statement
from archive.publish import generate
from archive.publish.loading import load_archive
from builders import DATA, PROJECT, archive_of, statement, with_changes, within

SCHEMAS = DATA / "schemas"
ATOM = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
JSON_FEED = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "jsonfeed.json").read_text("utf-8")))
A = "{http://www.w3.org/2005/Atom}"
# markup, an end of CDATA, what XML and UTF-8 cannot hold, and letters beyond the first plane and from right to left
NASTY = "<b>&amp;</b> ]]> \x00\x0b\x1f\ufffe\ud800 & \"q\" 'a' {{ 7 }} %s Xocalı հայ עברית ‏عربي 😀 \u2028"
FORBIDDEN = "[\x00\x0b\x1f\ufffe\ud800]"
SHOWN = re.sub(FORBIDDEN, "\ufffd", NASTY)


def change(day: str, kind: str = "correction", note: str = "The date was wrong.") -> Change:
    return Change(date=datetime.date.fromisoformat(day), kind=kind, note=note)


FIRST = change("2026-11-23", "addition", "First archived.")


def full(id: str = "2021-09-21-first", **changes: Any) -> Statement:
    """A statement with something for every part of an entry."""
    record = statement(
        id,
        addressees=("council", "neighbours"),
        mentions=("harbour-1992",),
        requests=(Request(of=("assembly",), asks="to wait"),),
        content_notes=("death", "children"),
        sources=(
            Source(kind="press-report", outlet="daily", title="The bridge", language="az", url="https://daily.example/é?a=1&b=2"),
            Source(kind="broadcast", outlet="daily"),
            Source(kind="press-report", outlet="agency", archived_url="https://archive.example/1", language="und"),
        ),
    )  # fmt: skip
    return replace(record, **changes)


def published(*statements: Statement, **changes: Any) -> Archive:
    """Return an archive with an address."""
    settings = {"site_url": "https://archive.example/a/", "site_name": "The archive", **changes}
    return archive_of(*statements, **settings)


def texts_of(archive: Archive) -> dict[str, str]:
    """Return the text of every feed of an archive, by path."""
    files = exports.files(archive, index.build(archive))
    return {path: str(make()) for path, make in files.items() if path.endswith((urls.ATOM, urls.JSON_FEED))}


def atom(archive: Archive, path: str = "feed.xml") -> Any:
    return etree.fromstring(texts_of(archive)[path].encode())


def ids(archive: Archive, folder: str) -> list[str]:
    """Return the ids of a feed's entries, which are the same in both formats."""
    texts = texts_of(archive)
    entries = [
        entry.findtext(f"{A}id") for entry in etree.fromstring(texts[f"{folder}feed.xml"].encode()).iter(f"{A}entry")
    ]
    assert entries == [item["id"] for item in json.loads(texts[f"{folder}feed.json"])["items"]]
    return [id.removeprefix("tag:example.org,2026:statements/") for id in entries]


def folders(archive: Archive) -> list[str]:
    """Return the folders of the feeds of statements."""
    return [path.removesuffix("feed.xml") for path in texts_of(archive) if path.endswith("feed.xml") and path[0] != "c"]


@pytest.fixture(scope="module")
def real() -> Archive:
    return load_archive(PROJECT)


@pytest.fixture(params=["empty", "one", "many", "nasty", "Armenian", "real"])
def archive(request: pytest.FixtureRequest, real: Archive) -> Archive:
    corrected = full("2020-05-01-other", history=(FIRST, change("2026-12-01"), change("2026-12-02", "withdrawal")))
    return {
        "empty": published(),
        "one": published(full()),
        "many": published(full(), replace(corrected, status="withdrawn"), statement("2020-other", events=())),
        "nasty": nasty(),
        "Armenian": published(full(language="hy", summary="Նա ասում է։")),
        "real": real,
    }[request.param]


def nasty() -> Archive:
    """Return an archive with hostile texts wherever a person writes one."""
    plain = published(site_name=NASTY)
    record = full(title=NASTY, summary=NASTY, history=(FIRST, change("2026-12-01", note=NASTY)))
    sources = tuple(replace(source, title=NASTY) for source in record.sources)
    return with_changes(
        plain,
        statements=(replace(record, sources=sources),),
        events={id: replace(event, label=NASTY) for id, event in plain.events.items()},
        addressees={id: replace(addressee, label=NASTY) for id, addressee in plain.addressees.items()},
        issuers={id: replace(issuer, label=NASTY) for id, issuer in plain.issuers.items()},
        outlets={id: replace(outlet, label=NASTY) for id, outlet in plain.outlets.items()},
    )


def test_every_feed_keeps_the_rules_of_its_format(archive: Archive) -> None:
    texts = texts_of(archive)
    assert len(texts) == 2 * (2 + sum(len(archive.authorities[name]) for name in INDEXES))
    for path, text in texts.items():
        assert text.encode().decode() == text
        if path.endswith(".json"):
            assert [error.message for error in JSON_FEED.iter_errors(json.loads(text))] == [], path
        else:
            ATOM.assertValid(etree.fromstring(text.encode()))


def test_the_schema_refuses_what_is_no_feed() -> None:
    good = texts_of(published(full()))["feed.xml"]
    for old, new in (
        ("<id>tag:", "<id>"),
        ("<title>", "<heading>"),
        ("00:00:00Z", "noon"),
        ('xml:lang="en"', 'xml:lang="in English"'),
        ('rel="via" href', 'rel="via" src'),
        ("<entry", "<title>Twice</title><entry"),
    ):
        changed = good.replace(old, new).replace("</title>", "</heading>" if new == "<heading>" else "</title>")
        assert changed != good
        assert not ATOM.validate(etree.fromstring(changed.encode())), new
    for item in (
        {"content_text": "x"},
        {"id": 1, "content_text": "x"},
        {"id": "1"},
        {"id": "1", "content_text": "", "date": ""},
    ):
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [item]}
        assert not JSON_FEED.is_valid(feed), item


def test_what_the_rfc_says_of_several_elements_together_holds(archive: Archive) -> None:
    """RFC 4287, sections 4.1.1, 4.1.2 and 4.2.7.2: authors, alternate links, the feed's own link, ids."""
    feed_ids = set()
    for path, text in texts_of(archive).items():
        if path.endswith(".json"):
            continue
        feed = etree.fromstring(text.encode())
        assert [link.get("href") for link in feed.findall(f"{A}link[@rel='self']")] == [f"{archive.site_url}{path}"]
        for element in (feed, *feed.iter(f"{A}entry")):
            assert element.findtext(f"{A}author/{A}name")
            alternates = [(a.get("type"), a.get("hreflang")) for a in element.findall(f"{A}link[@rel='alternate']")]
            assert alternates
            assert len(alternates) == len(set(alternates))
        entries = [entry.findtext(f"{A}id") for entry in feed.iter(f"{A}entry")]
        assert len(entries) == len(set(entries))
        feed_ids.add(feed.findtext(f"{A}id"))
    assert len(feed_ids) == 2 + sum(len(archive.authorities[name]) for name in INDEXES), (
        "each feed has an id of its own"
    )


def test_a_feed_reader_finds_no_fault(archive: Archive) -> None:
    for path, text in texts_of(archive).items():
        if path.endswith(".xml"):
            read = feedparser.parse(text.encode())
            assert read.bozo is False, (path, read.get("bozo_exception"))
            assert read.version == "atom10"
            assert "creativecommons.org/licenses/by/4.0/" in read.feed.rights


def equal(archive: Archive, texts: dict[str, str], folder: str, expected: list[Statement]) -> None:
    """Assert that the feeds in a folder have these records, with their values."""
    read = feedparser.parse(texts[f"{folder}feed.xml"].encode(), sanitize_html=False)
    items = json.loads(texts[f"{folder}feed.json"])["items"]
    for entry, item, record in zip(read.entries, items, expected[: feeds.LONGEST], strict=True):
        if record.withdrawn:
            assert entry.id == item["id"] == statement_tag(archive, record)
            assert entry.title == item["title"] == f"Withdrawn: {record.title}"
            continue
        url = f"{archive.site_url}{urls.for_statement(record)}"
        title = f"{record.title} ({record.date.stated})"
        day = record.history[-1].date
        first = f"{record.history[0].date}T00:00:00Z"
        last = f"{day}T00:00:{sum(change.date == day for change in record.history) - 1:02}Z"
        issuer = archive.issuers[record.issuer].label
        tags = [("events", id) for id in record.events] + [("subjects", id) for id in record.subjects]
        tags += [("addressees", id) for id in record.addressees] + [("instruments", id) for id in record.instruments]
        tags += [("places", place) for id in record.events for place in archive.events[id].places]
        tags = list(dict.fromkeys(tags))
        sources = [source.url or source.archived_url for source in record.sources if source.url or source.archived_url]
        assert entry.id == item["id"] == statement_tag(archive, record)
        assert entry.link == item["url"] == url
        assert entry.title == item["title"] == title
        assert entry.published == item["date_published"] == first
        assert entry.updated == item["date_modified"] == last
        assert entry.author == item["authors"][0]["name"] == issuer
        assert [tag.label for tag in entry.get("tags", [])] == item["tags"]
        assert item["tags"] == [archive.authorities[name][id].label for name, id in tags]
        assert [tag.term for tag in entry.get("tags", [])] == [id for _, id in tags]
        assert [link.href for link in entry.links if link.rel == "via"] == sources
        assert entry.content[0].language == item["language"] == record.language
        assert entry.content[0].value == item["content_html"]
        assert entry.summary == item["summary"]
        assert "rights" not in entry  # the feed's hold
        assert record.date.stated in entry.summary
        assert item["_archive"] == {
            "about": f"{archive.site_url}method/#feeds",
            "record": record.id,
            "date": record.date.text,
            "date_basis": record.date_basis,
            "form": record.form,
            "events": list(record.events),
            "mentions": list(record.mentions),
            "subjects": list(record.subjects),
            "addressees": list(record.addressees),
            "instruments": list(record.instruments),
            "sources": sources,
        }
        words = " ".join(Text(item["content_html"]).text.split())
        first, *more = record.summary.split("\n\n")
        assert " ".join(Text(first).text.split())[:60] in words
        assert all(" ".join(Text(text).text.split())[:60] not in words for text in more)
        assert ("All of the summary" in words) is bool(more)
        assert "The archive has not verified it." in words


class Text(HTMLParser):
    """The text of some HTML, its tags and the addresses in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.targets: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.targets += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def newest_first(statements: list[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda s: (s.history[-1].date, s.date.earliest, s.date.latest, s.id), reverse=True)


def test_every_real_entry_is_as_its_record(real: Archive) -> None:
    every = newest_first(list(real.statements))
    assert every
    texts = texts_of(real)
    equal(real, texts, "", every)
    for id in real.events:
        on = set(within(id, real.events))
        equal(real, texts, urls.entry("events", id), [s for s in every if on & {*s.events, *s.mentions}])
    for id in real.addressees:
        to = set(within(id, real.addressees))
        concerned = {s.id: {*s.addressees, *(of for request in s.requests for of in request.of)} for s in every}
        equal(real, texts, urls.entry("addressees", id), [s for s in every if to & concerned[s.id]])


def test_an_entry_is_as_its_record_with_everything_in_it() -> None:
    other = statement("2020-other", events=(), history=(change("2025-01-01", "addition"), change("2027-01-01")))
    gone = withdrawn(id="2019-05-01-gone", path="statements/2019/2019-05-01-gone.md")
    archive = published(full(), other, gone)
    equal(archive, texts_of(archive), "", [other, gone, full()])


def test_the_newest_change_comes_first_then_the_newest_statement() -> None:
    late, early = statement("2022-01-01-late"), statement("2020-01-01-early")
    corrected = statement("2019-01-01-corrected", history=(FIRST, change("2026-12-01")))
    assert ids(published(early, corrected, late), "") == ["2019-01-01-corrected", "2022-01-01-late", "2020-01-01-early"]


def test_a_feed_has_the_statements_on_parts_and_to_bodies_below_and_says_so() -> None:
    archive = published(statement("2021-01-01-part", events=("bridge-opening-2020",), addressees=("council",)))
    for folder, says in {
        "events/bridge-2020/": "about or mentioning the event “The bridge, spring 2020” or a part of it.",
        "events/bridge-opening-2020/": "about or mentioning the event “The bridge, 2 May 2020”.",
        "addressees/assembly/": "to or asking something of the addressee “General Assembly” or a subordinate body.",
        "addressees/council/": "to or asking something of the addressee “Harbour Council”.",
    }.items():
        assert ids(archive, folder) == ["2021-01-01-part"]
        assert says in atom(archive, f"{folder}feed.xml").findtext(f"{A}subtitle")
    made_pages = generate.generate(archive)
    for page, says in {
        "events/bridge-2020/": "about or mentioning this event or a part of it",
        "events/bridge-opening-2020/": "about or mentioning this event<",
        "addressees/assembly/": "to or asking something of this addressee or a subordinate body",
        "addressees/council/": "to or asking something of this addressee<",
    }.items():
        assert says in str(made_pages[f"{page}index.md"])
    assert "citations." not in str(made_pages["events/bridge-2020/index.md"]), "no statement is on the page itself"


def test_a_feed_has_at_most_so_many_entries_and_says_so() -> None:
    many = [statement(f"2021-01-{n % 28 + 1:02d}-number{n}", addressees=("council",)) for n in range(130)]
    archive = published(*many)
    newest = [s.id for s in newest_first(many)][: feeds.LONGEST]
    for folder in ("", "events/bridge-2020/", "addressees/council/"):
        assert ids(archive, folder) == newest
    assert ids(archive, "events/harbour-1992/") == []
    assert feeds.LONGEST == 50
    assert "at most 50" in atom(archive).findtext(f"{A}subtitle")
    assert "at most 50 entries" in (PROJECT / "docs" / "method.md").read_text("utf-8")


def test_a_renamed_record_keeps_its_id_at_its_new_address() -> None:
    before = ids(published(full("2021-09-20-old")), "")
    renamed = full("2021-09-21-new", aliases=("2021-09-20-old", "2021-09-21-between"))
    assert ids(published(renamed), "") == before == ["2021-09-20-old"]
    before = ids(published(full("2021-09-20-old", history=(FIRST, change("2026-12-01")))), "corrections/")
    assert ids(published(replace(renamed, history=(FIRST, change("2026-12-01")))), "corrections/") == before
    link = atom(published(renamed)).find(f"{A}entry/{A}link[@rel='alternate']")
    assert link.get("href") == "https://archive.example/a/statements/2021/2021-09-21-new/"


def test_ids_stay_when_the_site_moves() -> None:
    here, there = published(full()), published(full(), site_url="https://elsewhere.example/")
    assert ids(here, "") == ids(there, "")
    assert [atom(a).findtext(f"{A}id") for a in (here, there)] == ["tag:example.org,2026:feed"] * 2


def test_each_change_of_one_day_moves_the_time_at_which_the_record_was_updated() -> None:
    day = str(FIRST.date)
    times = []
    for history in ((FIRST,), (FIRST, change(day)), (FIRST, change(day), change(day)), (FIRST, change("2027-01-01"))):
        read = atom(published(full(history=history)))
        times.append(read.findtext(f"{A}entry/{A}updated"))
        assert read.findtext(f"{A}updated") == times[-1]
        assert read.findtext(f"{A}entry/{A}published") == f"{day}T00:00:00Z"
    assert times == [f"{day}T00:00:00Z", f"{day}T00:00:01Z", f"{day}T00:00:02Z", "2027-01-01T00:00:00Z"]


def test_a_feed_is_dated_by_its_entries_and_an_empty_one_by_who_gives_its_id() -> None:
    archive = published(full(history=(FIRST, change("2027-02-03"))), statement("2020-other"))
    assert atom(archive).findtext(f"{A}updated") == "2027-02-03T00:00:00Z"
    for authority, day in {
        "a.example,2026": "2026-01-01",
        "a.example,2026-05": "2026-05-01",
        "a.example,2026-05-09": "2026-05-09",
    }.items():
        empty = replace(published(), naming_authority=authority)
        assert atom(empty).findtext(f"{A}updated") == f"{day}T00:00:00Z"


def withdrawn(**changes: Any) -> Statement:
    history = (FIRST, change("2026-12-01"), change("2026-12-02", "withdrawal", "Not by <i>this</i> office."))
    return full(title="Statement on the pier", status="withdrawn", history=history, **changes)


def test_of_a_withdrawn_record_an_entry_says_that_it_was_withdrawn_and_why() -> None:
    archive = published(withdrawn(aliases=("2021-09-20-old",)))
    texts = texts_of(archive)
    (entry,) = feedparser.parse(texts["feed.xml"].encode(), sanitize_html=False).entries
    (item,) = json.loads(texts["feed.json"])["items"]
    reason = "Withdrawn on 2 December 2026: Not by <i>this</i> office."
    assert item == {
        "id": "tag:example.org,2026:statements/2021-09-20-old",
        "url": "https://archive.example/a/statements/2021/2021-09-21-first/",
        "title": "Withdrawn: Statement on the pier",
        "summary": reason,
        "content_html": f"<p>{escape(reason)}</p>",
        "date_published": "2026-11-23T00:00:00Z",
        "date_modified": "2026-12-02T00:00:00Z",
        "authors": [{"name": "The archive", "url": "https://archive.example/a/"}],
        "tags": [],
        "language": "en",
        "_archive": {
            "about": "https://archive.example/a/method/#feeds",
            "record": "2021-09-21-first",
            "status": "withdrawn",
        },
    }
    assert (entry.id, entry.link, entry.title, entry.summary) == tuple(
        item[name] for name in ("id", "url", "title", "summary")
    )
    assert (entry.published, entry.updated) == (item["date_published"], item["date_modified"])
    assert (entry.author, entry.content[0].value) == ("The archive", item["content_html"])
    assert [link.rel for link in entry.links] == ["alternate"]
    assert "tags" not in entry


def test_a_withdrawn_record_stays_in_its_feeds_and_counts_among_their_entries() -> None:
    others = [statement(f"2020-01-{n % 28 + 1:02d}-number{n}", events=()) for n in range(feeds.LONGEST)]
    archive = published(withdrawn(), *others)
    assert {folder for folder in folders(archive) if "2021-09-21-first" in ids(archive, folder)} == {
        "",
        "events/bridge-2020/",
        "events/harbour-1992/",
        "addressees/council/",
        "addressees/neighbours/",
        "addressees/assembly/",
    }
    assert ids(archive, "") == ["2021-09-21-first", *(s.id for s in newest_first(others)[:-1])]


def test_nothing_else_of_a_withdrawn_record_is_in_any_feed() -> None:
    archive = published(withdrawn())
    assert len(ids(archive, "corrections/")) == 1
    empty = texts_of(published())
    changed_texts = "".join(text for path, text in texts_of(archive).items() if text != empty[path])
    phrases = (
        "The date was wrong",
        "The Office",
        "bridge was opened",
        "Daily",
        "daily.example",
        "21 September",
        "as reported",
    )
    assert [phrase for phrase in phrases if phrase in changed_texts] == []
    assert "Not by " in changed_texts


def test_a_correction_says_what_was_changed_and_where() -> None:
    archive = published(full(history=(FIRST, change("2026-12-01", note="The date was <i>wrong</i>."))))
    texts = texts_of(archive)
    (entry,) = feedparser.parse(texts["corrections/feed.xml"].encode(), sanitize_html=False).entries
    (item,) = json.loads(texts["corrections/feed.json"])["items"]
    assert entry.title == item["title"] == "Correction: Statement on the bridge"
    assert entry.summary == item["summary"] == "Correction of 1 December 2026: The date was <i>wrong</i>."
    assert entry.published == entry.updated == item["date_modified"] == "2026-12-01T00:00:00Z"
    assert entry.link == item["url"] == "https://archive.example/a/statements/2021/2021-09-21-first/"
    assert entry.author == "The archive"
    assert "The date was <i>wrong</i>." in Text(item["content_html"]).text
    assert Text(item["content_html"]).tags == {"p", "a"}


def test_changes_of_one_day_kind_and_note_are_one_entry_with_the_records() -> None:
    both = (FIRST, change("2026-12-01"))
    first, second = full("2021-09-21-first", history=both), full("2021-09-22-second", history=both)
    alone, together = published(first), published(first, second)
    assert ids(alone, "corrections/") == ids(together, "corrections/"), "the entry is the same, with one record more"
    texts = texts_of(together)
    (entry,) = feedparser.parse(texts["corrections/feed.xml"].encode(), sanitize_html=False).entries
    (item,) = json.loads(texts["corrections/feed.json"])["items"]
    assert entry.title == item["title"] == "Correction: 2 records"
    assert entry.link == item["url"] == "https://archive.example/a/corrections/#d2026-12-01"
    assert item["_archive"]["records"] == ["2021-09-22-second", "2021-09-21-first"]
    assert Text(item["content_html"]).targets == [
        "https://archive.example/a/statements/2021/2021-09-22-second/",
        "https://archive.example/a/statements/2021/2021-09-21-first/",
    ]
    earlier = json.loads(texts_of(alone)["corrections/feed.json"])["items"][0]["date_modified"]
    assert earlier < item["date_modified"], "a reader notices it"
    others = (
        ("2026-12-02", "correction", "The date was wrong."),
        ("2026-12-01", "clarification", "The date was wrong."),
    )
    for other in (*others, ("2026-12-01", "correction", "The day was wrong.")):
        apart = published(first, replace(second, history=(FIRST, change(*other))))
        assert len(set(ids(apart, "corrections/"))) == 2


def test_an_entry_of_more_records_than_one_list_holds_leads_to_their_page() -> None:
    history = (FIRST, change("2026-12-01"))
    many = [statement(f"2021-01-{n % 28 + 1:02d}-number{n}", history=history) for n in range(LONGEST + 1)]
    (item,) = json.loads(texts_of(published(*many))["corrections/feed.json"])["items"]
    assert Text(item["content_html"]).targets == [item["url"]]
    assert len(item["_archive"]["records"]) == LONGEST + 1


def test_the_entry_of_a_corrected_record_begins_with_its_newest_correction() -> None:
    late = change("2026-12-02", note="The <i>place</i> was wrong.")
    history = (FIRST, change("2026-12-01"), late, change("2026-12-03", "clarification", "Made clearer."))
    texts = texts_of(published(full(history=history)))
    (entry,) = feedparser.parse(texts["feed.xml"].encode(), sanitize_html=False).entries
    (item,) = json.loads(texts["feed.json"])["items"]
    corrected = "Corrected on 2 December 2026: The <i>place</i> was wrong."
    assert (
        entry.summary
        == item["summary"]
        == f"{corrected} Statement, 21 September 2021 (date as reported). As reported by The Daily."
    )
    assert item["content_html"].startswith(f"<p>{escape(corrected)}</p>\n<p>Statement, 21 September 2021")
    assert "Corrected" not in texts_of(published(full(history=(FIRST, *history[3:]))))["feed.json"]


def test_nasty_texts_stay_texts() -> None:
    texts = texts_of(nasty())
    (entry,) = feedparser.parse(texts["feed.xml"].encode(), sanitize_html=False).entries
    (item,) = json.loads(texts["feed.json"])["items"]
    assert etree.fromstring(texts["feed.xml"].encode()).findtext(f"{A}entry/{A}title") == f"{SHOWN} (21 September 2021)"
    assert re.sub(FORBIDDEN, "\ufffd", item["title"]) == f"{SHOWN} (21 September 2021)"
    assert Text(item["content_html"]).tags <= {"p", "a", "br"}
    assert Text(entry.content[0].value).tags <= {"p", "a", "br"}
    assert set(Text(item["content_html"]).targets) == {"https://daily.example/é?a=1&b=2", "https://archive.example/1"}
    (corrected,) = json.loads(texts["corrections/feed.json"])["items"]
    assert Text(corrected["content_html"]).tags == {"p", "a"}
    gone = replace(
        nasty().statements[0], status="withdrawn", history=(FIRST, change("2026-12-01", "withdrawal", NASTY))
    )
    (item,) = json.loads(texts_of(replace(nasty(), statements=(gone,)))["feed.json"])["items"]
    assert Text(item["content_html"]).tags == {"p"}
    assert re.sub(FORBIDDEN, "\ufffd", item["title"]) == f"Withdrawn: {SHOWN}"


def test_links_in_an_entry_lead_to_the_site() -> None:
    other = statement("2020-other", summary="The Office says no.")
    summary = "See [it](../2020/2020-other.md), [the bridge](/events/bridge-2020/), [there](https://x.example/)."
    (item,) = (
        item
        for item in json.loads(texts_of(published(full(summary=summary), other))["feed.json"])["items"]
        if "See" in item["content_html"]
    )
    assert Text(item["content_html"]).targets == [
        "https://archive.example/a/statements/2020/2020-other/",
        "https://archive.example/a/events/bridge-2020/",
        "https://x.example/",
        "https://daily.example/é?a=1&b=2",
        "https://archive.example/1",
    ]


def test_a_content_note_comes_before_the_summary_and_the_notice_after_it() -> None:
    (item,) = json.loads(texts_of(published(full()))["feed.json"])["items"]
    words = Text(item["content_html"]).text
    places = [
        words.index(text) for text in ("speaks of deaths and harm to children", "The Office says", "not verified")
    ]
    assert places == sorted(places)


def test_an_entry_has_how_the_summary_begins_and_a_link_to_all_of_it() -> None:
    texts = texts_of(published(full(summary="One *two*.\n\nThree.")))
    (item,) = json.loads(texts["feed.json"])["items"]
    assert "<p>One <em>two</em>.</p>\n" in item["content_html"]
    assert "Three" not in texts["feed.json"] + texts["feed.xml"]
    assert item["content_html"].endswith(f'<a href="{item["url"]}">All of the summary</a>.</p>')


def test_in_another_language_the_archives_own_sentences_are_marked_as_english() -> None:
    (item,) = json.loads(texts_of(published(full(language="hy", summary="Նա ասում է։")))["feed.json"])["items"]
    assert item["language"] == "hy"
    for paragraph in re.findall(r"<p.*?</p>", item["content_html"]):
        assert paragraph.startswith('<p lang="en">') is not paragraph.startswith("<p>Նա"), paragraph


@pytest.mark.parametrize("date", ["2021", "2021-09~", "2021-09-20/2021-09-22", "2021-09-21?"])
def test_a_date_known_in_part_is_stated_in_words(date: str) -> None:
    made_of = full("2021-first", date=edtf.parse(date))
    (item,) = json.loads(texts_of(published(made_of))["feed.json"])["items"]
    assert item["title"] == f"Statement on the bridge ({made_of.date.stated})"
    assert item["_archive"]["date"] == date


def test_feeds_do_not_hang_on_the_order_of_files() -> None:
    statements = [full(), statement("2020-05-01-other"), statement("2020-other", history=(FIRST, change("2026-12-01")))]
    assert texts_of(published(*statements)) == texts_of(published(*reversed(statements)))


def test_pages_say_where_their_feeds_are_and_each_is_there(five: Path) -> None:
    rules = {
        ".xml": lambda text: ATOM.assertValid(etree.fromstring(text)),
        ".json": lambda text: JSON_FEED.validate(json.loads(text)),
    }
    types = {"application/atom+xml": ".xml", "application/feed+json": ".json"}
    found_at = set()
    for page, alternates in discovered(five):
        found = [(types[type], resolved(href, page)) for type, href in alternates]
        for suffix, place in found:
            assert suffix == Path(place).suffix
            rules[suffix]((five / place).read_bytes())
        folders = {Path(place).parent.as_posix() for _, place in found}
        assert len(found) == 2 * len(folders), "both formats"
        own = folders - {"."}
        assert len(folders) == 1 + len(own) <= 2, page
        assert all(page.startswith(f"{folder}/") for folder in own), page
        found_at |= folders
    assert found_at == {path.parent.relative_to(five).as_posix() for path in five.rglob("feed.xml")}


def discovered(five: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield every page with the type and URL of each link to a feed in its head."""
    for path in five.rglob("*.html"):
        text = path.read_text("utf-8")
        if 'http-equiv="refresh"' not in text:  # not a redirect
            head = text.partition("</head>")[0]
            links = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', head)
            yield path.relative_to(five).as_posix(), links


def resolved(href: str, page: str) -> str:
    """Return the path of the file that a page's link is to."""
    return urljoin(f"https://x.example/{page}", href).removeprefix("https://x.example/")


FEED_TYPES = {"application/atom+xml", "application/feed+json"}
SEEN = {  # page -> where the feeds it shows are
    "": "",
    "statements/": "",
    "statements/2021/": "",
    "statements/2021/09/": "",
    "events/khojaly-1992/": "events/khojaly-1992/",
    "addressees/osce/": "addressees/osce/",
    "corrections/": "corrections/",
    "new/": "",
}


@pytest.mark.parametrize("page", SEEN)
def test_feeds_are_linked_where_a_reader_sees_them(page: str, five: Path) -> None:
    html = (five / page / "index.html").read_text("utf-8")
    section = re.search(r'(<section id="follow"|<h2 id="follow-and-take-away").*?(</section>|</ul>)', html, re.DOTALL)
    assert section
    assert "Follow and download" in section[0]
    note = "Each change to a record" if page == "corrections/" else "New and changed records"
    assert f'Follow in a feed reader (Atom)</a> <span class="meta">{note}' in section[0]
    assert "The same for programs (JSON Feed)</a></li>" in section[0]
    links = re.findall(r'href="([^"]+)" type="([^"]+)"', section[0])
    assert [(resolved(href, page), type) for href, type in links if type in FEED_TYPES] == [
        (f"{SEEN[page]}feed.xml", "application/atom+xml"),
        (f"{SEEN[page]}feed.json", "application/feed+json"),
    ]


def test_what_explains_the_feeds_is_there(five: Path) -> None:
    assert (
        json.loads((five / "feed.json").read_text("utf-8"))["_archive"]["about"] == "https://example.org/method/#feeds"
    )
    assert 'id="feeds"' in (five / "method" / "index.html").read_text("utf-8")


def test_feeds_are_golden(golden: Callable[[Path, str], None]) -> None:
    archive = published(full(history=(FIRST, change("2026-12-01"))))
    for name in ("feed.xml", "feed.json", "corrections/feed.xml"):
        golden(DATA / "golden" / "feeds" / name.replace("/", "-"), texts_of(archive)[name])
