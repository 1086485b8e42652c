"""The pages of indexes: how many statements stand under an entry, in words, and what is special to one index."""

from dataclasses import replace

from archive.model import edtf
from archive.model.records import PlaceName
from archive.publish import generate
from builders import archive_of, split_page, statement


def test_an_entry_says_how_many_statements_cite_it_in_each_way_and_with_what_lies_below_it() -> None:
    files = generate.generate(
        archive_of(
            statement("2021-01-01-a", addressees=("council",)),
            statement("2021-01-02-b", events=("bridge-opening-2020",), mentions=("bridge-2020",)),
            statement("2021-01-03-c", events=("bridge-opening-2020",), addressees=("council", "assembly")),
            statement("2021-01-04-d", events=(), mentions=("bridge-opening-2020",)),
        )
    )
    events, addressees = str(files["events/index.md"]), str(files["addressees/index.md"])
    assert "1 statement about it, 1 mentioning it (with parts of it: 3 and 2)" in events
    assert "2 statements about it, 1 mentioning it<" in events
    assert "no statements about or mentioning it<" in events  # the harbour
    assert "1 statement to it (with subordinate bodies: 2)" in addressees
    assert "2 statements to it<" in addressees
    assert "2 statements to it<" in files["addressees/assembly/index.md"]


def test_an_entry_to_which_nothing_is_filed_says_so() -> None:
    files = generate.generate(archive_of(statement(events=("bridge-opening-2020",))))
    says = "The archive has no statement about or mentioning this event"
    assert f"{says} itself; see the parts of it." in files["events/bridge-2020/index.md"]
    assert f"{says}." in files["events/harbour-1992/index.md"]
    assert says not in files["events/bridge-opening-2020/index.md"]


def test_a_topic_says_what_it_covers_and_what_the_statements_on_it_are_about() -> None:
    on_it = [statement(f"2021-01-0{n}-{n}", subjects=("bridges",), events=("bridge-2020",)) for n in (1, 2)]
    files = generate.generate(archive_of(*on_it, statement("2021-01-03-c", subjects=("harbours",), events=())))
    bridges, harbours = (str(files[f"topics/{id}/index.md"]) for id in ("bridges", "harbours"))
    assert "<h2>What it covers</h2>\n<p>Bridges over water.</p>" in bridges
    assert 'The bridge, spring 2020</a> <span class="meta">2 statements about it</span>' in bridges
    assert '<section id="events">' not in harbours, "the statement on it is about no event"
    assert "../../search/?topic=harbours" in harbours
    assert "1 statement on it (with narrower topics: 3)" in str(files["topics/index.md"])
    assert '<a href="../../../topics/bridges/">Bridges</a>' in str(files["statements/2021/2021-01-01-1/index.md"])


def test_an_instrument_has_its_date_and_the_statements_citing_it_by_year() -> None:
    citing = [statement(id, instruments=("charter",)) for id in ("2020-01-01-a", "2021-01-01-b")]
    files = generate.generate(archive_of(*citing))
    charter = str(files["instruments/charter/index.md"])
    assert '<p class="by"><time datetime="1945-06-26">26 June 1945</time></p>' in charter
    assert [f'<section id="y{year}">' in charter for year in (2020, 2021, 2022)] == [True, True, False]
    assert '<section id="treaty"><h2>Treaties</h2>' in str(files["instruments/index.md"])
    cites = str(files["statements/2020/2020-01-01-a/index.md"])
    assert '<h3>Cites<a class="headerlink"' in cites
    assert '<a href="../../../instruments/charter/">Charter of the Harbour</a>' in cites


def test_a_place_has_its_events_and_the_statements_about_them() -> None:
    about = statement("2020-01-01-a", events=("harbour-1992",))
    mentioning = statement("2020-01-02-b", events=(), mentions=("harbour-1992",))
    archive = archive_of(about, mentioning)
    quay = archive.places["old-quay"]
    official = PlaceName(name="Köhnə", language="az", since=edtf.parse("1923"), until=edtf.parse("1991-11"))
    places = {**archive.places, "old-quay": replace(quay, names=(*quay.names, official))}
    files = generate.generate(archive_of(about, mentioning, places=places))
    page = str(files["places/old-quay/index.md"])
    assert "<h2>Events there</h2>" in page
    assert 'The harbour, February 1992</a> <span class="meta">1 statement about it, 1 mentioning it</span>' in page
    assert 'Statements about events in it <span class="number">1</span>' in page
    assert "<td>Azerbaijani, official 1923 to November 1991</td>" in page
    assert '<a href="../../places/old-quay/">The old quay</a>' in str(files["events/harbour-1992/index.md"])
    statement_page = split_page(str(files["statements/2020/2020-01-01-a/index.md"]))[1]
    assert "places/" not in statement_page, "its event leads there"


def test_a_place_whose_events_are_only_mentioned_does_not_say_that_nothing_speaks_of_them() -> None:
    mentioning = [statement(f"2020-01-0{n}-{n}", events=(), mentions=("harbour-1992",)) for n in (1, 2)]
    files = generate.generate(archive_of(*mentioning))
    page, places = str(files["places/old-quay/index.md"]), str(files["places/index.md"])
    assert 'The harbour, February 1992</a> <span class="meta">2 statements mentioning it</span>' in page
    assert "No recorded statement is mainly about an event here. The pages of the events above list" in page
    assert "The archive has no statement" not in page
    assert "no statements about events in it<" in places
    assert "no statements<" not in places


def test_a_place_of_whose_events_no_statement_speaks_says_so() -> None:
    page = str(generate.generate(archive_of(statement(events=())))["places/old-quay/index.md"])
    assert 'The harbour, February 1992</a> <span class="meta">no statements about or mentioning it</span>' in page
    assert "The archive has no statement about events in this place" in page
    assert "mainly" not in page
