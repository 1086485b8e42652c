"""What stands under each year, event and addressee, and in which order."""

import itertools
from collections.abc import Iterable
from datetime import date

from archive.model import edtf, index
from archive.model.authorities import INDEXES
from archive.model.records import Change, Event, Figure, Measure, Request, Statement, Term
from builders import archive_of, statement, with_changes


def ids(statements: Iterable[Statement | Event]) -> list[str]:
    return [s.id for s in statements]


def figure(event: str = "bridge-2020", group: str = "", note: str = "") -> Figure:
    return Figure(event=event, measure="boats-counted", group=group, note=note)


def test_statements_stand_newest_first_and_by_id_on_one_day() -> None:
    archive = archive_of(
        statement("2021-09-21-a"), statement("2021-09-21-b"), statement("2020-01-01-z"), statement("2022-01-01-c")
    )
    assert ids(index.build(archive).statements) == ["2022-01-01-c", "2021-09-21-b", "2021-09-21-a", "2020-01-01-z"]


def test_the_order_does_not_depend_on_the_order_of_files() -> None:
    statements = [
        statement("2021-09-21-a", figures=(figure(),)),
        statement("2021-09-c", figures=(figure(group="large"), figure())),
        statement("2021-d", terms=(Term(term="Big", about="bridge-2020"),)),
    ]
    built = [index.build(archive_of(*order)) for order in itertools.permutations(statements)]
    assert all(one == built[0] for one in built)


def test_a_date_known_in_part_stands_where_it_begins() -> None:
    archive = archive_of(
        statement("2021-05-10-day"),
        statement("2021-05-month"),
        statement("2021-year"),
        statement("2021-05-01-first"),
        statement("2021-05-01-interval", date="2021-05-01/2021-05-03"),
        statement("2020-12-31-before"),
    )
    assert ids(index.build(archive).statements) == [
        "2021-05-10-day",
        "2021-05-month",
        "2021-05-01-interval",
        "2021-05-01-first",
        "2021-year",
        "2020-12-31-before",
    ]


def test_a_year_has_its_months_latest_first_and_the_unknown_one_last() -> None:
    archive = archive_of(
        statement("2021-year"),
        statement("2021-05-month"),
        statement("2021-05-10-day"),
        statement("2021-11-02-late"),
        statement("2019-01-01-old"),
    )
    years = index.build(archive).years
    assert [year.year for year in years] == ["2021", "2019"]
    assert [(month.month, ids(month.statements)) for month in years[0].months] == [
        ("11", ["2021-11-02-late"]),
        ("05", ["2021-05-10-day", "2021-05-month"]),
        ("", ["2021-year"]),
    ]
    assert sum(len(month.statements) for month in years[0].months) == len(years[0].statements) == 4


def test_an_interval_over_the_new_year_stands_under_the_year_it_begins_in() -> None:
    archive = archive_of(statement("2020-12-31-night", date="2020-12-31/2021-01-01"))
    years = index.build(archive).years
    assert [(year.year, [month.month for month in year.months]) for year in years] == [("2020", ["12"])]


def test_every_statement_has_its_neighbours_in_time() -> None:
    one, two, three = (statement(f"202{n}-01-01-x") for n in (0, 1, 2))
    built = index.build(archive_of(two, three, one))
    assert built.earlier == {one.id: None, two.id: one, three.id: two}
    assert built.later == {one.id: two, two.id: three, three.id: None}


def test_others_on_the_same_event_stand_once_each_newest_first() -> None:
    both = ("bridge-2020", "harbour-1992")
    one, two, three, four = (
        statement("2020-01-01-one", events=both),
        statement("2021-01-01-two", events=both),
        statement("2022-01-01-three", events=("harbour-1992",)),
        statement("2023-01-01-four", events=(), mentions=both),
    )
    same = index.build(archive_of(one, two, three, four)).same_event
    assert {id: ids(others) for id, others in same.items()} == {
        one.id: [four.id, three.id, two.id],
        two.id: [four.id, three.id, one.id],
        three.id: [four.id, two.id, one.id],
        four.id: [],
    }


def test_an_event_has_the_statements_about_it_and_those_that_mention_it() -> None:
    about, mentioning = statement("2020-01-01-a"), statement("2021-01-01-b", events=(), mentions=("bridge-2020",))
    events = index.build(archive_of(about, mentioning)).filed["events"]
    assert ids(events.citing["events"]["bridge-2020"]) == [about.id]
    assert ids(events.citing["mentions"]["bridge-2020"]) == [mentioning.id]
    assert ids(events.listed("bridge-2020", INDEXES["events"])) == [mentioning.id, about.id]


def test_every_event_addressee_and_statement_has_a_key_even_if_nothing_is_under_it() -> None:
    archive = archive_of(statement(events=()))
    built = index.build(archive)
    assert built.filed.keys() == INDEXES.keys()
    for name, filed in built.filed.items():
        for by_entry in (filed.under, filed.changed, *filed.citing.values()):
            assert by_entry.keys() == archive.authorities[name].keys()
    assert built.figures.keys() == built.terms.keys() == archive.events.keys()
    assert built.requests.keys() == archive.addressees.keys()
    for by_statement in (built.earlier, built.later, built.same_event):
        assert by_statement.keys() == {"2021-09-21-first"}


CITED = {
    "requests.of": ["assembly", "council", "council"],
    "events": ["bridge-2020"],
    "events.places": [],
    "form": ["statement"],
    "original_language": [],
}


def test_ids_are_found_in_texts_lists_and_records() -> None:
    asked = statement(requests=tuple(Request(of=of, asks="Help.") for of in (("assembly", "council"), ("council",))))
    found = {field: list(index.cited(asked, field, archive_of().authorities)) for field in CITED}
    assert found == CITED


def test_a_place_is_cited_through_the_events_there_and_knows_them() -> None:
    both = statement(events=("bridge-2020", "harbour-1992"))
    mentioning = statement("2020-01-01-other", mentions=("harbour-1992",))
    archive = archive_of(both, mentioning)
    assert list(index.cited(both, "events.places", archive.authorities)) == ["old-quay"]
    places = index.build(archive).filed["places"]
    assert ids(places.listed("old-quay", INDEXES["places"])) == [both.id]
    assert [event.id for event in places.through["old-quay"]] == ["harbour-1992"]
    assert places.through["riverside"] == ()
    assert ids(places.changed["riverside"]) == [both.id], "a place in it is cited"


def test_an_empty_archive_has_an_index() -> None:
    built = index.build(archive_of())
    assert (built.statements, built.years) == ((), ())


def test_events_stand_oldest_first_and_parts_under_the_whole() -> None:
    events = index.build(archive_of()).filed["events"]
    assert ids(events.entries) == ["harbour-1992", "bridge-2020", "bridge-opening-2020"]
    assert {id: ids(under) for id, under in events.under.items() if under} == {"bridge-2020": ["bridge-opening-2020"]}


def test_events_of_one_day_stand_by_length_then_by_id() -> None:
    events = {
        id: Event(id=id, label=id, date=edtf.parse(date))
        for id, date in {"z": "2020-01-01", "b": "2020", "a": "2020", "c": "2020-01"}.items()
    }
    built = index.build(archive_of(events=events))
    assert ids(built.filed["events"].entries) == ["z", "c", "a", "b"]


def test_addressees_stand_by_label_and_bodies_under_the_body() -> None:
    addressees = index.build(archive_of()).filed["addressees"]
    assert [entry.label for entry in addressees.entries] == ["General Assembly", "Harbour Council", "Neighbours"]
    assert ids(addressees.under["assembly"]) == ["council"]


def test_everything_under_an_entry_is_found_at_any_depth() -> None:
    parents = {"whole": "", "part": "whole", "detail": "part", "beside": ""}
    events = {id: Event(id=id, label=id, date=edtf.parse("2020"), parent=parent) for id, parent in parents.items()}
    filed = index.build(archive_of(events=events)).filed["events"]
    assert {id: list(filed.below(id)) for id in events} == {
        "whole": ["part", "detail"],
        "part": ["detail"],
        "detail": [],
        "beside": [],
    }


def test_an_addressee_has_the_statements_to_it_and_what_was_asked_of_it() -> None:
    request = Request(of=("neighbours", "council"), asks="to wait", source=1)
    to = statement("2021-01-01-a", addressees=("council",), requests=(request,))
    built = index.build(archive_of(to, statement("2022-01-01-b", requests=(request,))))
    assert ids(built.filed["addressees"].citing["addressees"]["council"]) == [to.id]
    assert [(asked.statement.id, asked.value) for asked in built.requests["neighbours"]] == [
        ("2022-01-01-b", request),
        (to.id, request),
    ]


def test_figures_stand_by_measure_then_oldest_first_the_whole_before_its_groups() -> None:
    late = statement("2022-01-01-late", figures=(figure(group="small"), figure(note="1"), figure(note="2")))
    early = statement("2021-01-01-early", figures=(figure(), figure("harbour-1992"), figure(group="large")))
    found = index.build(archive_of(late, early)).figures
    assert [(f.value.group, f.value.note, f.statement.id) for f in found["bridge-2020"]] == [
        ("", "", early.id),
        ("large", "", early.id),
        ("", "1", late.id),
        ("", "2", late.id),
        ("small", "", late.id),
    ]
    assert len(found["harbour-1992"]) == 1


def test_measures_stand_as_their_file_has_them() -> None:
    measures = {id: Measure(id=id, label=id, definition="") for id in ("z", "a", "m")}
    one = statement(figures=tuple(Figure(event="bridge-2020", measure=id) for id in ("m", "a", "z")))
    found = index.build(archive_of(one, measures=measures)).figures["bridge-2020"]
    assert [stated.value.measure for stated in found] == ["z", "a", "m"]


def test_terms_stand_oldest_first_as_the_record_has_them_and_only_under_the_event_they_are_about() -> None:
    early = statement("2021-01-01-a", terms=(Term(term="grand", about="bridge-2020"), Term(term="lost")))
    late = statement(
        "2022-01-01-b", terms=(Term(term="Grand", about="bridge-2020"), Term(term="a", about="bridge-2020"))
    )
    terms = index.build(archive_of(late, early)).terms
    assert [(t.value.term, t.statement.id) for t in terms["bridge-2020"]] == [
        ("grand", early.id),
        ("Grand", late.id),
        ("a", late.id),
    ]
    assert sum(map(len, terms.values())) == 3


def test_statements_in_order_are_grouped_by_year() -> None:
    ordered = index.build(archive_of(statement("2021-01-01-a"), statement("2020-b"), statement("2021-05-c"))).statements
    assert [(year, ids(group)) for year, group in index.by_year(ordered)] == [
        ("2021", ["2021-05-c", "2021-01-01-a"]),
        ("2020", ["2020-b"]),
    ]


def history(*changes: str) -> tuple[Change, ...]:
    """A history of these days and kinds, such as "2026-12-01 correction"."""
    return tuple(Change(date=date.fromisoformat(c[:10]), kind=c[11:], note=c) for c in changes)


FIRST = "2026-11-23 addition"


def test_what_was_changed_last_stands_first_then_the_newest_statement_withdrawn_ones_too() -> None:
    archive = archive_of(
        statement("2020-01-01-old", history=history(FIRST, "2026-12-02 withdrawal"), status="withdrawn"),
        statement("2021-01-01-a"),
        statement("2021-01-01-b"),
        statement("2019-01-01-older", history=history(FIRST, "2026-12-01 correction")),
    )
    expected = ["2020-01-01-old", "2019-01-01-older", "2021-01-01-b", "2021-01-01-a"]
    built = index.build(archive)
    assert ids(built.changed) == ids(built.filed["events"].changed["bridge-2020"]) == expected


def test_what_changed_stands_once_under_each_event_and_addressee_it_has_to_do_with() -> None:
    one = statement(
        "2021-01-01-a",
        mentions=("harbour-1992",),
        addressees=("council",),
        requests=(Request(of=("council", "neighbours"), asks="to wait"), Request(of=("council",), asks="to go")),
    )
    built = index.build(archive_of(one))
    assert {id: ids(found) for id, found in built.filed["events"].changed.items() if found} == {
        "bridge-2020": [one.id],
        "harbour-1992": [one.id],
    }
    assert {id: ids(found) for id, found in built.filed["addressees"].changed.items() if found} == {
        "assembly": [one.id],
        "council": [one.id],
        "neighbours": [one.id],
    }


def test_what_changed_on_a_part_or_to_a_body_stands_once_under_all_above_it_too() -> None:
    events = {
        id: Event(id=id, label=id, date=edtf.parse("2020"), parent=parent)
        for id, parent in {"whole": "", "part": "whole", "detail": "part", "beside": "whole"}.items()
    }
    old = statement("2020-01-01-old", events=("detail", "part"), mentions=("beside",), addressees=("council",))
    new = statement("2021-01-01-new", events=("whole",), requests=(Request(of=("council",), asks="to wait"),))
    built = index.build(archive_of(old, new, events=events))
    assert {id: ids(found) for id, found in built.filed["events"].changed.items()} == {
        "whole": [new.id, old.id],
        "part": [old.id],
        "detail": [old.id],
        "beside": [old.id],
    }
    assert {id: ids(found) for id, found in built.filed["addressees"].changed.items() if found} == {
        "assembly": [new.id, old.id],
        "council": [new.id, old.id],
    }


def test_corrections_are_every_change_but_first_additions_and_what_preceded_a_withdrawal_newest_first() -> None:
    late = statement(
        "2022-01-01-late",
        history=history(FIRST, "2026-12-01 correction", "2026-12-01 clarification", "2026-12-03 addition"),
    )
    early = statement(
        "2020-01-01-early",
        history=history(FIRST, "2026-11-30 correction", "2026-12-01 withdrawal"),
        status="withdrawn",
    )
    odd = statement("2019-01-01-odd", history=history("2026-12-02 clarification"))
    found = index.build(archive_of(odd, early, late)).corrections
    assert [(correction.statement.id, correction.change.note, correction.number) for correction in found] == [
        (late.id, "2026-12-03 addition", 4),
        (odd.id, "2026-12-02 clarification", 1),
        (late.id, "2026-12-01 clarification", 3),
        (late.id, "2026-12-01 correction", 2),
        (early.id, "2026-12-01 withdrawal", 3),
    ]


def test_an_anniversary_needs_a_day_that_is_known_for_certain() -> None:
    dates = (
        "2020",
        "2020-01",
        "2020-01-05",
        "2020-01-05?",
        "2020-01-05~",
        "2020-01-01/2020-01-09",
        "2020-01-01~/2020-01-09",
    )
    dates += ("2020-01-01/2020-02", "2020/2020-01-09")
    events = {text: Event(id=text, label=text, date=edtf.parse(text)) for text in dates}
    found = index.build(with_changes(archive_of(), events=events)).anniversaries
    assert [event.id for event in found] == ["2020-01-01/2020-01-09", "2020-01-05"]
