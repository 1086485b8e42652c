"""Test `archive draft`: the golden reports, files that are no report, and the command.

The reports under `golden/draft/` are written for these tests. They report nothing that was ever said.
"""

import datetime
import hashlib
import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import cli
from archive.authoring.extract import dates, draft, issuer, press_text
from archive.authoring.extract.draft import Draft
from archive.authoring.extract.findings import find_all
from archive.authoring.extract.language import find_language
from archive.authoring.extract.outlets import find_outlets
from archive.authoring.extract.press_text import Finding
from archive.authoring.extract.report_date import find_dates
from archive.authoring.extract.statement_form import find_form
from archive.cli import group
from archive.content import reader
from archive.content.reader import Reading
from archive.model.records import Archive
from archive.validation import validate
from builders import DATA, PROGRAM, PROJECT, statement_text, tree_of

GOLDEN = DATA / "golden" / "draft"
TODAY = datetime.date(2026, 11, 24)
PLAIN = "The Azerbaijani ombudsman has issued a statement on bridges, which says that bridges are to be mended.\n"
GIVEN = {"no-year": {"date": "2022-02-23"}, "post": {"url": "https://www.azernews.az/nation/1.html"}}
NOT_SETTLED = ("no-year",)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the real authorities and no statement."""
    root = tmp_path_factory.mktemp("drafts")
    shutil.copytree(PROJECT / "statements" / "authorities", root / "statements" / "authorities")
    (root / "mkdocs.yml").write_text("site_name: Archive\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def reading(root: Path) -> Reading:
    return reader.read(root)


@pytest.fixture(scope="module")
def archive(reading: Reading) -> Archive:
    archive, problems = validate.check(reading)
    assert problems == ()
    return archive


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group, "today", lambda: TODAY)


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """Return a copy of that project to write to."""
    return Path(shutil.copytree(root, tmp_path / "project"))


@pytest.fixture(scope="module")
def drafts(reading: Reading) -> dict[str, Draft]:
    """Return the drafts of the golden reports by name."""
    return {
        path.stem: draft.draft(path.read_bytes(), path.name, reading, TODAY) for path in sorted(GOLDEN.glob("*.txt"))
    }


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.txt")))
def test_a_report_gives_this_draft_and_this_account(
    name: str, drafts: dict[str, Draft], golden: Callable[[Path, str], None]
) -> None:
    golden(GOLDEN / f"{name}.md", drafts[name].text)
    golden(GOLDEN / f"{name}.account", drafts[name].account + "\n")
    assert bool(drafts[name].path) is (name not in NOT_SETTLED)
    assert drafts[name].problems == ()


def test_drafts_pass_the_check_in_their_places(project: Path, today: None, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for report in sorted(GOLDEN.glob("*.txt")):
        options = [part for option, value in GIVEN.get(report.stem, {}).items() for part in (f"--{option}", value)]
        assert cli.main(["draft", str(report), "--root", str(project), "--write", *options]) == 0, report
        paths.append(capsys.readouterr().out.removeprefix("Made ").partition(",")[0])
        assert (project / paths[-1]).is_file()
    assert len(set(paths)) == len(list(GOLDEN.glob("*.txt")))
    assert cli.main(["check", "--root", str(project)]) == 0, capsys.readouterr().out


def test_the_text_itself_is_not_in_the_draft(drafts: dict[str, Draft]) -> None:
    for name, drafted in drafts.items():
        report = press_text.decode((GOLDEN / f"{name}.txt").read_bytes())
        body = [report.text[p.start : p.end].split() for p in report.paragraphs if p.number]
        runs = [" ".join(words[n : n + 7]) for words in body for n in range(len(words) - 6)]
        text = " ".join(drafted.text.split())
        assert runs
        assert not [run for run in runs if run in text]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty; paste the text of the report"),
        (b"\xef\xbb\xbf \r\n\t\n", "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 900, "is a PDF, not text; open it"),
        (b"junk\n%PDF-1.4\n", "is a PDF"),
        (b"PK\x03\x04\x14\x00", "is a packed file, such as a Word or OpenDocument text, not text"),
        (b"{\\rtf1\\ansi bridges}", "is a rich text file"),
        (
            b"<!DOCTYPE html><html><body><script>var a = 1;</script></body></html>",
            "is a web page in which no report can",
        ),
        (PLAIN.encode() + b"\x00\x01", "is not text: it has bytes that no text has"),
        (PLAIN.encode("utf-16-le"), "is not text"),
        (b"12.5 | 13.8 | 14.1 | -- | ?? | 77 %\n" * 40, "is hardly text: 0 letters among"),
        (b"Trains run late when it snows in the mountains.\n", "names none of those whose statements are archived"),
        (b"a" * (press_text.MAX_BYTES + 1), "is larger than 1,000,000 bytes"),
    ],
)
def test_bytes_that_are_no_report_are_refused_in_a_sentence(
    data: bytes, message: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pasted.txt"
    file.write_bytes(data)
    before = tree_of(project)
    assert cli.main(["draft", str(file), "--root", str(project), "--write"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"archive: {file} {message}")
    assert err.count("\n") == 1
    assert tree_of(project) == before


def test_a_file_of_fifty_megabytes_is_not_read_to_its_end(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as opened:
        opened.truncate(50_000_000)
    began = time.monotonic()
    assert cli.main(["draft", str(file), "--root", str(project)]) == 1
    assert time.monotonic() - began < 5
    assert "is larger than" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("encoding", "text", "message"),
    [
        ("utf-8", PLAIN, "UTF-8"),
        ("utf-8-sig", PLAIN, "UTF-8 with a byte-order mark"),
        ("utf-16", PLAIN, "UTF-16"),
        ("cp1251", "Омбудсмен Азербайджана выступила с заявлением о мостах.", "Windows-1251"),
        ("cp1254", "Elmira Süleymanova köprülerden söz etti.", "Windows-1254"),
        ("cp1252", "The ombudsman’s “statement” on bridges", "Windows-1254"),
    ],
)
def test_the_encoding_is_determined_by_evidence(encoding: str, text: str, message: str) -> None:
    found = press_text.decode(text.encode(encoding))
    assert (found.encoding, found.text) == (message, text)
    assert found.size == len(text.encode(encoding))


def test_one_damaged_character_does_not_make_it_another_encoding() -> None:
    found = press_text.decode("“Körpülər” haqqında".encode() + b"\xc9 " + "bəyanat".encode())
    assert found.encoding == "UTF-8, but for 1 damaged character"
    assert found.text == "“Körpülər” haqqında bəyanat"


def test_spaces_of_other_widths_are_spaces_and_invisible_characters_are_removed() -> None:
    found = press_text.decode("12\u00a0March\u202f2024\r\nom\u00adbuds\u200bman\u0301".encode())
    assert found.text == "12 March 2024\nombudsmań"


def test_a_saved_page_is_read_without_the_rest_of_it() -> None:
    report = [
        f"The Azerbaijani ombudsman says that the {n} bridges of the town are to be mended." for n in (2, 3, 4, 5)
    ]
    page = f"""<!doctype html><html><head><title>Bridges | Daily</title>
        <meta property="article:published_time" content="2024-03-12T10:00:00+04:00"></head>
        <body><nav><ul><li><a href="/1">Politics</a></li><li><a href="/2">Society</a></li></ul></nav>
        <article><h1>Ombudsman speaks of bridges</h1>{"".join(f"<p>{each}</p>" for each in report)}</article>
        <aside><h3>Related</h3><ul><li><a href="/3">A road is closed for all of the winter</a></li></ul></aside>
        <footer><p>Copyright 2026. All rights are reserved by the paper.</p></footer></body></html>"""
    found = press_text.read_press_text(page.encode())
    assert found.encoding == "UTF-8, a saved web page"
    assert [found.text[p.start : p.end] for p in found.paragraphs if p.number] == report
    assert found.text.startswith("date 2024-03-12\n\nOmbudsman speaks of bridges\n")
    assert found.sha256 == hashlib.sha256(page.encode()).hexdigest()


def test_wrapped_lines_are_one_paragraph_and_others_are_not() -> None:
    wrapped = (GOLDEN / "relayed.txt").read_bytes()
    assert [p.number for p in press_text.decode(wrapped).paragraphs] == [1, 2]
    lines = "".join(f"{PLAIN}" for _ in range(3))
    assert [p.number for p in press_text.decode(lines.encode()).paragraphs] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("21 September 2021 17:36 (UTC+04:00)", ["2021-09-21"]),
        ("BAKU, Azerbaijan, Sept. 21", ["--09-21"]),
        ("date 2021-05-04 By Azernews", ["2021-05-04"]),
        ("20.01.2025 [13:25]", ["2025-01-20"]),
        ("05.04.2021", ["2021-04-05"]),
        ("05/04/2021", ["2021-04-05"]),
        ("09/21/2021", ["2021-09-21"]),  # there is no month 21
        ("Baku / 07.02.19 / Turan", ["2019-02-07"]),
        ("2021-09-21T10:07:00+04:00", ["2021-09-21"]),
        ("Sep. 21st, 2021", ["2021-09-21"]),
        ("23 Feb. 18:50", ["--02-23"]),
        ("Tuesday August 9 2022", ["2022-08-09"]),
        ("2021, 21 sentyabr", ["2021-09-21"]),
        ("2021-ci il 4 may", ["2021-05-04"]),
        ("2022-ci ilin 21 sentyabrı", ["2022-09-21"]),
        ("21 İyun 2021", ["2021-06-21"]),
        ("martın 3-də", ["--03-03"]),
        ("3 марта 2026 года", ["2026-03-03"]),
        ("от 4 мая", ["--05-04"]),
        ("the 1st of May, 2020", ["2020-05-01"]),
        ("29 February 2023", []),  # there is no such day
        ("31.02.2021", []),
        ("from September 27 until 4 October", []),  # a period
        ("on the night of February 25-26, 1992", []),
        ("12 may follow", []),
        ("resolution 62/243, 3,410 houses, 10:07", []),
        ("http://www.today.az/news/2021/05/04/1.html", []),
    ],
)
def test_days_are_read_as_the_region_writes_them(text: str, days: list[str]) -> None:
    found = dates.find_days(text)
    assert [f"{m.year or '-'}-{m.month:02}-{m.first_day:02}" for m in found] == days
    assert all(0 <= m.start < m.end <= len(text) for m in found)


@pytest.mark.parametrize(
    ("last", "date", "basis"),
    [("9 March 2024", "2024-03-09", "stated"), ("9 March 2024 14:25", "2024-03-12", "reported")],
)
def test_a_last_line_with_a_clock_time_is_no_signature(last: str, date: str, basis: str, archive: Archive) -> None:
    found = head("12 March 2024\n\n" + (SAID.format("said") + "\n") * 4 + last, archive)
    assert (found["date"].value, found["date_basis"].value) == (date, basis)


def head(text: str, archive: Archive, url: str = "") -> dict[str, Finding]:
    report = press_text.decode(text.encode())
    speaker, term = issuer.speaker_pattern(archive), issuer.years_of_office(report, archive, TODAY)
    return {finding.field: finding for finding in find_dates(report, url, TODAY, speaker, term)}


@pytest.mark.parametrize(
    ("after", "left_out"),
    [
        ("Related articles\n\nTwo killed on a bridge\n", "Related articles"),
        ("Oxşar xəbərlər:\n\nKörpü təmir edilir\n", "Oxşar xəbərlər:"),
        ("Читайте также\n\nМост закрыт\n", "Читайте также"),
        ("Read also\n\nThe Ombudsman goes on to say that the smaller bridges are to be mended in the summer.\n", ""),
    ],
)
def test_the_report_ends_where_its_page_goes_on(after: str, left_out: str) -> None:
    text = press_text.decode(f"12 March 2024\n\n{PLAIN}\n{after}".encode())
    assert text.page_line == left_out
    assert (after.strip() in text.text) is not bool(left_out)


SAID = "The Azerbaijani ombudsman {} that all of the old bridges over the river are to be mended by spring.\n"


@pytest.mark.parametrize(
    ("top", "verb", "date", "basis", "published", "doubt"),
    [
        ("12 March 2024", "said", "2024-03-12", "reported", "2024-03-12", ""),
        ("12 March 2024", "said in a statement on 9 March", "2024-03-09", "stated", "2024-03-12", ""),
        ("12 March 2024", "said in a statement on 2 March", "2024-03-02", "stated", "2024-03-12", "the report is of"),
        ("12 March 2024", "said at the opening on March 12", "2024-03-12", "stated", "2024-03-12", ""),
        ("12 March 2024", "said after the flood of 9 March", "2024-03-12", "reported", "2024-03-12", ""),
        ("12 March 2024", "said in a statement on 1 May", "2024-03-12", "reported", "2024-03-12", ""),
        ("12 March 2024\n\nBAKU, Azerbaijan, March 13", "said", "2024-03-12", "reported", "2024-03-12", "has 13 March"),
        ("Monday, 12 March 2024", "said", "2024-03-12", "reported", "2024-03-12", "it was a Tuesday"),
        ("12 March 2027", "said", "2027-03-12", "reported", "2027-03-12", "is after today"),
        ("BAKU, Azerbaijan, March 12", "said in 2024", "2024-03-12", "reported", "2024-03-12", "the year is"),
        ("Photo: the old bridge, as of 3 May 2019, before the flood\n12 March 2024", "said", "2024-03-12", "reported",
         "2024-03-12", "has 2019-05-03"),
        ("The bridges of January 20 are to be mended\n12 March 2024", "said", "2024-03-12", "reported",
         "2024-03-12", ""),
        ("12 March 2024 - 10:15", "said", "2024-03-12", "reported", "2024-03-12", ""),
        ("date 2024-03", "said", "2024-03", "reported", "2024-03", "the day was not found"),
        ("date 2024-03 | 12 March", "said", "2024-03-12", "reported", "2024-03-12", ""),
    ],
)  # fmt: skip
def test_the_date_of_the_statement(
    top: str, verb: str, date: str, basis: str, published: str, doubt: str, archive: Archive
) -> None:
    found = head(f"{top}\n\n{SAID.format(verb)}", archive)
    assert found["date"].value == date
    assert found["date_basis"].value == basis
    assert found["sources[1].published"].value == published
    assert doubt in found["date"].doubt
    assert bool(doubt) is bool(found["date"].doubt)


def test_a_url_may_settle_the_day(archive: Archive) -> None:
    found = head(f"BAKU, March 12\n\n{SAID.format('said')}", archive, "https://1news.az/az/news/20240312114056875-x")
    assert (found["date"].value, found["date"].doubt) == ("2024-03-12", "")


def test_no_date_is_guessed(archive: Archive) -> None:
    found = head(SAID.format("said"), archive)
    assert found["date"].value is None
    assert found["date"].doubt == "no date of the report was found"
    assert head(f"BAKU, Sept. 21\n\n{SAID.format('said')}", archive)["date"].doubt == (
        "21 September: the year was not found"
    )


@pytest.mark.parametrize(
    ("text", "url", "outlet", "agency"),
    [
        ("By Azernews\n\nThe ombudsman spoke.", "http://www.today.az/news/1.html", "today-az", "azernews"),
        ("By Azernews\n\nThe ombudsman spoke.", "https://www.azernews.az/nation/1.html", "azernews", ""),
        ("(MENAFN- AzerNews) The ombudsman spoke.", "", "menafn", "azernews"),
        ("(MENAFN - Trend News Agency) The ombudsman spoke.", "", "menafn", "trend"),
        ("The ombudsman spoke, Trend reports on Sept.21 citing the office.", "", "trend", ""),
        ("The ombudsman spoke, Report informs, referring to APA.", "", "report-az", "apa"),
        ("The ombudsman spoke, Azernews reports per Ombudsman's Office.", "https://menafn.com/1", "menafn", "azernews"),
        ("According to Azertag, the ombudsman spoke.", "", "azertac", ""),
        ("The ombudsman told APA.", "https://en.apa.az/social/1", "apa", ""),
        ("Как сообщает Trend, омбудсмен выступила.", "", "trend", ""),
        ("News.Az reports that the ombudsman spoke.", "", "news-az", ""),
        ("The ombudsman spoke.", "https://ombudsman.az/en/news/1", "ombudsman-azerbaijan", ""),
        ("The ombudsman spoke of the trend in a report.", "", "", ""),
        ("The ombudsman spoke, APA reports.", "https://unknown.example/1", "", "apa"),
    ],
)
def test_the_outlet_and_its_agency(text: str, url: str, outlet: str, agency: str, archive: Archive) -> None:
    found = find_outlets(press_text.decode(text.encode()), archive.outlets, url)
    values = {finding.field: finding.value for finding in found}
    assert values["sources[1].outlet"] == (outlet or None)
    assert values.get("sources[1].syndicated_from", "") == agency
    assert [f for f in found if f.value is None and not f.doubt] == []


def test_an_outlet_that_is_in_no_authority_is_named(archive: Archive) -> None:
    (found,) = find_outlets(press_text.decode(b"The ombudsman spoke, Bridgepost reports."), archive.outlets, "")
    assert (found.value, found.doubt) == (None, "not matched: Bridgepost")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ombudsman addressed an open letter to the mayor. The letter said that bridges are old.", "open-letter"),
        ("The ombudsman sent a letter to the mayor. In her letter the ombudsman asked for a bridge.", "letter"),
        ("The ombudsman appealed to the mayor. The appeal said that bridges are old.", "appeal"),
        ("The ombudsman has prepared a special report on bridges. The report says that they are old.", "report"),
        ("Speaking at the conference on bridges, the ombudsman said that they are old.", "speech"),
        ("In her speech the ombudsman said that the statement of the mayor was wrong.", "speech"),
        ("The ombudsman said in an interview with the Daily that bridges are old.", "interview"),
        ("The ombudsman thanked the builders in a post on Facebook.", "post"),
        ("In a statement on bridges the ombudsman said that an open question remains.", "statement"),
        ("Омбудсмен обратилась к мэру. В обращении говорится о мостах.", "appeal"),
        ("Ombudsman körpülərlə bağlı bəyanat yayıb.", "statement"),
    ],
)  # fmt: skip
def test_the_form_is_what_the_text_says_was_issued(text: str, expected: str) -> None:
    found = find_form(press_text.decode(f"{text}\n".encode()))[0]
    assert (found.value, found.doubt) == (expected, "")


def test_a_form_that_is_not_stated_is_in_doubt() -> None:
    (found,) = find_form(press_text.decode(b"The ombudsman thinks that bridges are old."))
    assert (found.value, found.doubt) == ("statement", "the text does not say what was issued")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PLAIN, "en"),
        ("Омбудсмен выступила с заявлением о мостах, и не в первый раз.", "ru"),
        ("Ombudsman körpülər haqqında bəyanat yayıb, bu barədə məlumat verilib.", "az"),
        ("Омбудсман көрпүләр һаггында бәјанат јајыб.", "az-Cyrl"),
        ("Բdelays կամուրջների մասին հայտարարություն", "hy"),
        ("xyzzy plugh", None),
    ],
)
def test_the_language_is_determined_by_letters_and_common_words(text: str, expected: str | None) -> None:
    assert find_language(press_text.decode(text.encode()))[0].value == expected


def test_if_the_words_do_not_tell_the_language_the_url_does() -> None:
    short = press_text.decode(b"Ombudsman: 12 bridges")
    assert find_language(short, "https://report.az/en/1")[0].value == "en"
    assert find_language(short, "https://ru.apa.az/social/1")[0].value == "ru"
    assert find_language(short, "https://www.enr.example/azure/1")[0].value is None


def test_a_person_who_did_not_hold_the_office_on_the_day_is_in_doubt(archive: Archive) -> None:
    text = (
        "date 2024-03-12 By Azernews\n\nElmira Suleymanova has issued a statement on bridges, which are to be mended.\n"
    )
    found = find_all(press_text.decode(text.encode()), archive, "", TODAY)
    assert [f.doubt for f in found.doubts("issuer")] == [
        "Elmira Suleymanova is named, who did not hold the office on 2024-03-12"
    ]


@given(st.binary(max_size=400))
def test_any_bytes_are_read(data: bytes) -> None:
    report = press_text.decode(data)
    assert report.size == len(data)
    places = [(p.start, p.end) for p in report.paragraphs]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(report.text) for start, end in places)
    numbers = [p.number for p in report.paragraphs if p.number]
    assert numbers == list(range(1, len(numbers) + 1))


_PIECES = (
    "Azernews reports|2021-05-04|Sept. 21|in a statement on 3 May|\n|\n\n|.|“|”|(MENAFN- |)|By |Sabina Aliyeva|"
    "омбудсмен|13 may|the Council of Europe|94 civilians|Khojaly|, "
)
_TEXTS = st.lists(st.one_of(st.sampled_from(_PIECES.split("|")), st.text(max_size=8)), max_size=30)


@settings(max_examples=30)
@given(_TEXTS.map(" ".join))
def test_any_text_gives_findings_within_it_or_is_refused(archive: Archive, text: str) -> None:
    report = press_text.decode(f"{PLAIN}\n{text}".encode())
    found = find_all(report, archive, "", TODAY)
    assert all(0 <= finding.start <= finding.end <= len(report.text) for finding in found.all)
    assert found.value("issuer") == "commissioner-azerbaijan"


def test_a_long_text_is_read_quickly(archive: Archive) -> None:
    sentence = "On 4 May 2021 the ombudsman said “that 12 bridges” were closed, Trend reports per APA.  "
    report = press_text.read_press_text((PLAIN + sentence * 300 + "\n" * 5_000 + " " * 5_000).encode())
    began = time.process_time()
    find_all(report, archive, "", TODAY)
    assert time.process_time() - began < 10


def test_the_draft_is_printed_without_the_account(
    project: Path, today: None, reading: Reading, capsys: pytest.CaptureFixture[str]
) -> None:
    file = GOLDEN / "background.txt"
    assert cli.main(["draft", str(file), "--root", str(project)]) == 0
    out, err = capsys.readouterr()
    result = draft.draft(file.read_bytes(), str(file), reading, TODAY)
    assert (out, err) == (result.text, result.account + "\n")
    assert not list(project.glob("statements/[0-9]*"))


def test_pasted_text_is_read_from_standard_input(
    project: Path, today: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((GOLDEN / "background.txt").read_bytes())))
    assert cli.main(["draft", "-", "--root", str(project)]) == 0
    assert capsys.readouterr().err.startswith("the pasted text: ")


def test_at_a_terminal_the_command_says_how_to_paste(
    project: Path, today: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(PLAIN.encode()))
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", typed)
    assert cli.main(["draft", "-", "--root", str(project)]) == 1  # the text has no date
    out, err = capsys.readouterr()
    assert err.startswith("Paste the text, then press Enter and Ctrl-D.\n")
    assert err.endswith("archive: the draft has no date yet; give the statement's with --date\n")
    assert "# In doubt: no date of the report was found\n" in out
    assert "\ndate:" not in out


def test_options_take_precedence_over_findings(reading: Reading) -> None:
    data = (GOLDEN / "background.txt").read_bytes()
    result = draft.draft(data, "background.txt", reading, TODAY, date="2021-05-03", words="Lighthouse keepers")
    assert result.path == "statements/2021/2021-05-03-lighthouse-keepers.md"
    assert "# As given.\ndate: 2021-05-03\n" in result.text
    assert "    published: 2021-05-04\n" in result.text


def test_the_date_given_settles_which_events_can_be_meant(reading: Reading) -> None:
    says = "The Azerbaijani ombudsman has issued a statement on mines: those laid in 2020 are to be cleared."
    data = f"Sept. 21\n\n{says}\n".encode()
    assert "\nevents: [landmines-since-2020]\n" not in draft.draft(data, "mines", reading, TODAY).text  # of 2020
    result = draft.draft(data, "mines", reading, TODAY, date="2021-09-21")
    assert "\nevents: [landmines-since-2020]\n" in result.text


def test_a_source_without_an_outlet_stands_in_a_comment(reading: Reading) -> None:
    url = "https://unknown.example/news/1"
    result = draft.draft((GOLDEN / "post.txt").read_bytes(), "post.txt", reading, TODAY, url=url)
    assert "# In doubt: not matched: unknown.example\n" in result.text
    assert f"#     url: {url}\n" in result.text
    assert "#     syndicated_from: azernews\n" in result.text
    assert "\nsources:" not in result.text
    assert result.problems == ()


def test_a_draft_is_written_once(project: Path, today: None, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["draft", str(GOLDEN / "background.txt"), "--root", str(project), "--write"]
    assert cli.main(command) == 0
    written = tree_of(project)
    capsys.readouterr()
    assert cli.main(command) == 2
    assert "there is a record of this id: statements/2021/2021-05-04-" in capsys.readouterr().err
    assert tree_of(project) == written
    assert cli.main([*command, "--id", "lighthouse keepers"]) == 0
    assert (project / "statements" / "2021" / "2021-05-04-lighthouse-keepers.md").is_file()


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--date", "2021-13-01"], 2, "--date: '2021-13-01': no such day in the calendar; allowed: YYYY-MM-DD, "),
        (["--date", "4.5.2021"], 2, "; allowed: YYYY-MM-DD, "),
        (
            ["--url", "azernews"],
            2,
            "--url: 'azernews': not a web address; allowed: an address with http:// or https://",
        ),
        (
            ["--url", "https://azernews.az/\u202e"],
            2,
            "--url: character U+202E RIGHT-TO-LEFT OVERRIDE is not allowed in a record",
        ),
        (["--url", "https://azernews.az/\udcff"], 2, "--url: character U+DCFF"),
        (["--id", "!!"], 2, "id: '!!' makes no id"),
    ],
)
def test_options_are_checked(
    options: list[str], code: int, message: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree_of(project)
    command = ["draft", str(GOLDEN / "background.txt"), "--root", str(project), "--write", *options]
    assert cli.main(command) == code
    assert message in capsys.readouterr().err
    assert tree_of(project) == before


def test_a_missing_file_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["draft", "nowhere.txt", "--root", str(project)]) == 2
    assert capsys.readouterr().err == "archive: nowhere.txt: No such file or directory\n"


def test_a_broken_authority_file_is_reported(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "statements" / "authorities" / "outlets.yml").write_text("trend: [\n", "utf-8")
    assert cli.main(["draft", str(GOLDEN / "background.txt"), "--root", str(project)]) == 1
    assert "statements/authorities/outlets.yml:" in capsys.readouterr().out


def test_an_interrupted_command_leaves_nothing(project: Path) -> None:
    before = tree_of(project)
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM)}
    command = [sys.executable, "-m", "archive", "draft", "-", "--root", str(project), "--write"]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin
        running.stdin.write(PLAIN.encode())  # and the end does not come
        running.stdin.flush()
        time.sleep(1)
        running.terminate()
        _, stderr = running.communicate(timeout=20)
    assert running.returncode in (2, -15)
    assert b"Traceback" not in stderr
    assert tree_of(project) == before


def test_copied_words_in_a_summary_are_reported(
    project: Path, today: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = GOLDEN / "background.txt"
    assert cli.main(["draft", str(text), "--root", str(project), "--write"]) == 0
    (record,) = project.glob("statements/2021/*.md")
    check_ = ["draft", str(text), "--root", str(project), "--summary-check", str(record)]
    capsys.readouterr()
    assert cli.main(check_) == 0
    assert capsys.readouterr().out == f"No more than 7 words in a row of {record} are those of {text}.\n"
    body = record.read_text("utf-8").rpartition("---\n")[0]
    copied = "She says that the keepers of lighthouses should be paid on time."
    record.write_text(f"{body}---\n{copied}\n", "utf-8")
    assert cli.main(check_) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{record}:{len(body.splitlines()) + 2}:")
    assert f"({text}, line 7, column" in out


def test_a_file_for_the_summary_check_that_is_no_text_is_named(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"%PDF-1.7 The bridge.")
    record = tmp_path / "record.md"
    record.write_text(statement_text(), "utf-8")
    assert cli.main(["draft", str(page), "--root", str(project), "--summary-check", str(record)]) == 1
    assert capsys.readouterr().err.startswith(f"archive: {page} is a PDF, not text; ")
