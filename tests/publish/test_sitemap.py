"""What crawlers are told: `robots.txt`, the addresses of the pages and when each last changed."""

import datetime
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from archive.model import urls
from archive.model.records import Archive, Change, Request, Statement
from archive.publish import generate
from archive.publish.loading import load_archive
from builders import PROJECT, archive_of, statement, within


def changed(id: str, *days: str, **changes: object) -> Statement:
    """A statement whose record was changed on these days of December 2026."""
    history = [Change(date=datetime.date(2026, 11, 23), kind="addition", note="First archived.")]
    history += [Change(date=datetime.date.fromisoformat(f"2026-12-{day}"), kind="correction", note="x") for day in days]
    return statement(id, history=tuple(history), **changes)


def withdrawn(record: Statement) -> Statement:
    return replace(
        record, status="withdrawn", history=(*record.history[:-1], replace(record.history[-1], kind="withdrawal"))
    )


def dated(archive: Archive) -> dict[str, str]:
    """The day of the last change of each generated page, "" for none, by address."""
    fronts = {
        path: str(text).split("\n")[1] for path, text in generate.generate(archive).items() if path.endswith("index.md")
    }
    return {
        path.removesuffix("index.md"): json.loads(front).get("updated", "")
        for path, front in fronts.items()
        if front.startswith("{")  # not a hand-written page with places that are filled
    }


def test_a_page_is_dated_by_the_newest_change_to_a_record_on_it() -> None:
    archive = archive_of(
        changed("2021-09-21-first", "05", addressees=("council",), aliases=("2021-09-20-old",)),
        changed("2021-08-01-second", "02", "03", events=(), mentions=("harbour-1992",)),
        changed("2020-05-01-third", events=(), requests=(Request(of=("neighbours",), asks="to wait"),)),
        withdrawn(changed("2019-05-01-fourth", "09", events=("bridge-opening-2020",))),
    )
    assert dated(archive) == {
        "statements/": "2026-12-09",
        "statements/2021/": "2026-12-05",
        "statements/2021/09/": "2026-12-05",
        "statements/2021/08/": "2026-12-03",
        "statements/2020/": "2026-11-23",
        "statements/2020/05/": "2026-11-23",
        "statements/2019/": "2026-12-09",
        "statements/2019/05/": "2026-12-09",
        "statements/2021/2021-09-21-first/": "2026-12-05",
        "statements/2021/2021-09-20-old/": "",
        "statements/2021/2021-08-01-second/": "2026-12-03",
        "statements/2020/2020-05-01-third/": "2026-11-23",
        "statements/2019/2019-05-01-fourth/": "2026-12-09",
        "events/": "2026-12-09",
        "events/bridge-2020/": "2026-12-09",  # of which the next is a part
        "events/harbour-1992/": "2026-12-03",
        "events/bridge-opening-2020/": "2026-12-09",  # which the withdrawn record is no longer on
        "addressees/": "2026-12-09",
        "addressees/council/": "2026-12-05",
        "addressees/neighbours/": "2026-11-23",
        "addressees/assembly/": "2026-12-05",  # under which the council is
        **dict.fromkeys(("topics/", "instruments/", "places/"), "2026-12-09"),
        # what no statement cites has the day of the newest change
        **dict.fromkeys(("topics/bridges/", "topics/harbours/", "instruments/charter/"), "2026-12-09"),
        **dict.fromkeys(("places/riverside/", "places/old-quay/"), "2026-12-09"),
        "figures/": "",
        "figures/measures/": "",
        "terms/": "",
        "timeline/": "2026-12-09",
        "new/": "2026-12-09",
        "corrections/": "2026-12-09",
        "search/": "2026-12-09",
    }


def test_a_page_of_one_year_of_many_is_dated_by_that_year() -> None:
    many = [changed(f"{2020 + n % 2}-01-{n % 28 + 1:02d}-number{n}", addressees=("council",)) for n in range(201)]
    late = changed("2021-02-01-late", "07", addressees=("council",))
    days = dated(archive_of(*many, late))
    for under in ("events/bridge-2020/", "addressees/council/"):
        assert [days[f"{under}{year}"] for year in ("", "2020/", "2021/")] == ["2026-12-07", "2026-11-23", "2026-12-07"]


def test_the_map_of_the_site_has_every_page_once_with_its_day(built: Path) -> None:
    text = (built / "sitemap.xml").read_text("utf-8")
    entries = re.findall(r"<url><loc>https://example\.org/([^<]*)</loc>(?:<lastmod>([^<]+)</lastmod>)?</url>", text)
    assert len(entries) == text.count("<url>")
    assert [address for address, _ in entries] == sorted(address for address, _ in entries)
    generated = dated(real := load_archive(PROJECT))
    written = {urls.doc(name) for name in real.docs}
    moved = {urls.statement(alias) for s in real.statements for alias in s.aliases} | real.redirects.keys()
    expected = {address: day for address, day in generated.items() if address not in moved} | dict.fromkeys(written, "")
    assert dict(entries) == expected
    pages = {path.parent.relative_to(built).as_posix().removeprefix(".") for path in built.rglob("index.html")}
    assert {address.rstrip("/") for address, _ in entries} == pages - {address.rstrip("/") for address in moved}


def test_in_the_map_each_kind_of_page_has_the_day_that_the_records_have(built: Path) -> None:
    text = (built / "sitemap.xml").read_text("utf-8")
    days = dict(re.findall(r"<loc>https://example\.org/([^<]*)</loc><lastmod>([^<]+)</lastmod>", text))
    real = load_archive(PROJECT)
    every = real.statements

    def newest(records: Iterable[Statement]) -> str:
        return str(max(change.date for record in records for change in record.history))

    for record in every:
        assert days[f"statements/{record.id[:4]}/{record.id}/"] == newest([record])
        assert days[f"statements/{record.id[:4]}/"] == newest(r for r in every if r.id[:4] == record.id[:4])
        for event in (*record.events, *record.mentions):
            assert days[f"events/{event}/"] == newest(
                r for r in every if set(within(event, real.events)) & {*r.events, *r.mentions}
            )
    assert days["statements/"] == days["events/"] == newest(every)
    assert not {"about/", "method/", ""} & days.keys()


@pytest.mark.parametrize(
    ("site_url", "expected"),
    [
        ("/", "User-agent: *\nAllow: /\n"),
        ("https://a.example/b/", "User-agent: *\nAllow: /\n\nSitemap: https://a.example/b/sitemap.xml\n"),
    ],
)
def test_crawlers_may_read_everything_and_are_given_the_sitemap(site_url: str, expected: str) -> None:
    assert generate.generate(archive_of(site_url=site_url))["robots.txt"] == expected


def test_the_sitemap_in_robots_txt_is_there(built: Path) -> None:
    told = re.search(r"^Sitemap: https://example\.org/(.+)$", (built / "robots.txt").read_text("utf-8"), re.MULTILINE)
    assert told
    assert (built / told[1]).is_file()
