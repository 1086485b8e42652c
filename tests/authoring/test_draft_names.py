"""Test whose words a text has, and the bodies, events and instruments that it names. The texts are made up."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.authoring.extract import press_text
from archive.authoring.extract.attribution import attributed
from archive.authoring.extract.dates import find_periods
from archive.authoring.extract.events import find_events
from archive.authoring.extract.instruments import find_instruments
from archive.authoring.extract.names import Names
from archive.authoring.extract.press_text import Finding, PressText
from archive.authoring.extract.recipients import find_addressees, find_requests
from archive.model import edtf
from archive.model.records import Addressee, Archive, Event, Instrument, Name
from builders import archive_of, with_changes

BODIES = {
    "un": (
        "United Nations",
        "un-body",
        "",
        [
            ("United Nations", "en", "UN"),
            ("Birləşmiş Millətlər Təşkilatı", "az", "BMT"),
            ("Организация Объединённых Наций", "ru", "ООН"),
        ],
    ),
    "un-secretary-general": (
        "UN Secretary-General",
        "un-body",
        "un",
        [("BMT-nin Baş katibi", "az", ""), ("Генеральный секретарь ООН", "ru", "")],
    ),
    "un-security-council": (
        "UN Security Council",
        "un-body",
        "un",
        [("United Nations Security Council", "en", "UNSC"), ("BMT Təhlükəsizlik Şurası", "az", "")],
    ),
    "un-human-rights-council": ("UN Human Rights Council", "un-body", "un", []),
    "council-of-europe": (
        "Council of Europe",
        "regional-organization",
        "",
        [("Council of Europe", "en", "CoE"), ("Avropa Şurası", "az", ""), ("Совет Европы", "ru", "")],
    ),
    "osce": (
        "OSCE",
        "regional-organization",
        "",
        [("Organization for Security and Co-operation in Europe", "en", "OSCE"), ("", "az", "ATƏT")],
    ),
    "oic": (
        "Organisation of Islamic Cooperation",
        "international-organization",
        "",
        [("Organisation of Islamic Cooperation", "en", "OIC")],
    ),
    "ioi": (
        "International Ombudsman Institute",
        "ombudsman-network",
        "",
        [("International Ombudsman Institute", "en", "IOI")],
    ),
    "eoi": ("European Ombudsman Institute", "ombudsman-network", "", [("European Ombudsman Institute", "en", "EOI")]),
    "organizations": (
        "International organizations",
        "class",
        "",
        [
            ("international organizations", "en", ""),
            ("beynəlxalq təşkilatlar", "az", ""),
            ("международные организации", "ru", ""),
        ],
    ),
    "community": (
        "International community",
        "class",
        "",
        [("world community", "en", ""), ("международное сообщество", "ru", "")],
    ),
    "ombudsmen": ("Ombudsmen of other countries", "class", "", [("ombudsmen of foreign countries", "en", "")]),
    "states": ("States", "states", "", [("world states", "en", "")]),
}
EVENTS = {
    "harbour-1992": (
        "Harbour, 25-26 February 1992",
        "1992-02-25/1992-02-26",
        "first-war",
        ["Harbour tragedy", "Harbour"],
    ),
    "first-war": ("First river war, 1988-1994", "1988/1994-05", "", ["territories along the river"]),
    "square-1990": ("Square, 19-20 January 1990", "1990-01-19/1990-01-20", "", ["January 20 events"]),
    "second-war": (
        "Second river war, 27 September - 10 November 2020",
        "2020-09-27/2020-11-10",
        "",
        ["44-day war", "Home War"],
    ),
    "border-2020": ("River-Valley border, July 2020", "2020-07", "", []),
    "mines": ("Landmines, from November 2020", "2020-11", "", ["Mines"]),
    "graves": ("Burial site in Dale, 2007", "2007", "", ["mass grave"]),  # a name so general finds no event
}
TREATIES = {
    "charter": ("Charter of the United Nations", "treaty", "1945-06-26", "", ["UN Charter"]),
    "child": ("Convention on the Rights of the Child", "treaty", "1989-11-20", "", []),
    "four": (
        "Four UN Security Council resolutions, 1993",
        "resolution",
        "1993-04-30/1993-11-12",
        "",
        ["Resolutions 822, 853, 874 and 884 (1993)"],
    ),
    "assembly": (
        "UN General Assembly resolution 62/243, 14 March 2008",
        "resolution",
        "2008-03-14",
        "A/RES/62/243",
        [],
    ),
}


@cache
def archive() -> Archive:
    return archive_of(
        addressees={
            id: Addressee(id=id, label=label, kind=kind, parent=parent, names=tuple(named(names)))
            for id, (label, kind, parent, names) in BODIES.items()
        },
        events={
            id: Event(
                id=id,
                label=label,
                date=edtf.parse(date),
                parent=parent,
                names=tuple(Name(name=n, language="en") for n in names),
                said=("mines",) if id == "mines" else (),
            )
            for id, (label, date, parent, names) in EVENTS.items()
        },
        instruments={
            id: Instrument(
                id=id,
                label=label,
                kind=kind,
                date=edtf.parse(date),
                symbol=symbol,
                names=tuple(Name(name=n, language="en") for n in names),
            )
            for id, (label, kind, date, symbol, names) in TREATIES.items()
        },
    )


def named(names: Sequence[tuple[str, str, str]]) -> list[Name]:
    return [Name(name=name or short, language=language, abbreviation=short) for name, language, short in names]


@cache
def names() -> Names:
    return Names.of(archive())


def press_text_of(*paragraphs: str) -> PressText:
    return press_text.decode("\n\n".join(paragraphs).encode())


def report(*paragraphs: str) -> PressText:
    """Return a report whose first paragraph says whose words it has."""
    return press_text_of(
        "The Commissioner for Human Rights has issued a statement on the river, the paper said on Friday.", *paragraphs
    )


def found_in(text: str) -> dict[str, tuple[str, ...]]:
    """Return the names in a text, with the ids they stand for."""
    return {text[each.start : each.end]: tuple(id for _, id in each.authorities) for each in names().find(text)}


def addressees_in(text: PressText) -> list[object]:
    return values(find_addressees(text, archive(), names().find(text.text)))


def events_in(text: PressText, reported: datetime.date | None = None) -> dict[object, str]:
    """Return the events of a text, with the field each is for."""
    found, _ = find_events(text, archive(), names().find(text.text), reported)
    return {each.value: each.field for each in found if each.value}


def instruments_in(text: PressText) -> list[object]:
    return values(find_instruments(text, archive(), names().find(text.text)))


def values(findings: Sequence[Finding]) -> list[object]:
    return [each.value for each in findings if each.value]


def doubts(findings: Sequence[Finding]) -> list[str]:
    return [each.doubt for each in findings if each.doubt]


# Whose words

SPOKEN = "The Commissioner said that the bridge must be mended before the winter comes to the valley."
OWN = "The bridge was built by the town in 1950, and some hundred carts have crossed it every day since then."


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([SPOKEN, OWN], {1, 2}),  # only one says whose words it has: the rest is what they are
        ([SPOKEN, SPOKEN, OWN], {1, 2}),
        ([OWN, OWN], {1, 2}),  # none says whose words it has: it may be the statement itself
        ([SPOKEN, OWN, SPOKEN], {1, 2, 3}),
        ([OWN, SPOKEN, SPOKEN], {2, 3}),
        (
            [OWN, "The paper writes that this is stated in the report of the Commissioner on the bridge.", SPOKEN],
            {1, 2, 3},
        ),
        ([SPOKEN, "To recall, the Commissioner said last year that the old bridge was no longer safe to cross."], {1}),
        ([SPOKEN, "It was pointed out that nobody had come to look at the bridge for ten years and more."], {1, 2}),
        ([SPOKEN, OWN, "It was pointed out that nobody had come to look at the bridge for years."], {1, 2, 3}),
        (
            [SPOKEN, SPOKEN, "The Minister of Roads said that the bridge would be looked at when the summer comes."],
            {1, 2},
        ),
        ([SPOKEN, "“The bridge is old and must be mended before anyone is hurt on it in the winter”.", OWN], {1, 2}),
        (
            [
                SPOKEN,
                "The statement reads: “The bridge is old and the people of the valley are afraid of it.",
                OWN,
                OWN + "”",
                OWN,
            ],
            {1, 2, 3, 4},
        ),
        (
            ["“The bridge is old and must be mended before anyone at all is hurt on it in winter.”", SPOKEN, SPOKEN],
            {1, 2, 3},
        ),
        (
            ["Statement of the Commissioner for Human Rights on the bridge that stands in the valley.", OWN, OWN],
            {1, 2, 3},
        ),
        (["We ask the town to mend the bridge that our children must cross each day to school.", OWN], {1, 2}),
        (
            [
                SPOKEN,
                SPOKEN,
                "Armenian ombudsman Petros spoke of the matter with people who came to see him in the town.",
            ],
            {1, 2},
        ),
        (
            [
                "Омбудсмен заявила, что мост надо починить до зимы, пока никто на нём не пострадал.",
                "В обращении говорится, что мост давно никто не осматривал и что он очень стар.",
                "Мост построен городом в 1950 году, и каждый день по нему ездят сотни повозок.",
            ],
            {1, 2},
        ),
        (
            [
                "Ombudsman bildirib ki, körpü qışa qədər təmir olunmalıdır, çünki çox köhnədir və təhlükəlidir.",
                "Müraciətdə deyilir ki, körpüyə uzun illərdir heç kim baxmayıb və o çox köhnədir.",
                "Körpü 1950-ci ildə şəhər tərəfindən tikilib və hər gün yüzlərlə araba ondan keçir.",
            ],
            {1, 2},
        ),
    ],
)
def test_the_outlets_own_paragraphs_are_told_apart(paragraphs: list[str], expected: set[int]) -> None:
    text = press_text_of(*paragraphs)
    assert len([each for each in text.paragraphs if each.number]) == len(paragraphs)
    assert attributed(text) == expected


def test_the_speaker_is_whoever_stands_beside_the_office() -> None:
    first = "Human Rights Commissioner Nərgiz Quliyeva has asked the town to mend the bridge in the valley."
    assert attributed(
        press_text_of(first, "Quliyeva stressed that nobody had come to look at it for years and years.", OWN)
    ) == {1, 2}


# Names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a letter to the Council of Europe and the Council", {"Council of Europe": ("council-of-europe",)}),
        ("the UN Security Council's seat", {"UN Security Council": ("un-security-council",)}),
        (
            "the Security Council of the United Nations",
            {"Security Council of the United Nations": ("un-security-council",)},
        ),
        ("the Secretary General of the U.N.", {"Secretary General of the U.N.": ("un-secretary-general",)}),
        ("the UNSC met", {"UNSC": ("un-security-council",)}),
        ("unsc", {}),
        ("an osce", {}),
        ("the Organization of Islamic Cooperation", {"Organization of Islamic Cooperation": ("oic",)}),
        (
            "Organisation for Security and Cooperation in Europe",
            {"Organisation for Security and Cooperation in Europe": ("osce",)},
        ),
        (
            "the International and European Ombudsman Institutes",
            {"International and European Ombudsman Institutes": ("ioi", "eoi")},
        ),
        ("ombudspersons of other countries", {"ombudspersons of other countries": ("ombudsmen",)}),
        ("ombudsmen of various states", {"ombudsmen of various states": ("ombudsmen",)}),
        ("the Human\nRights  Council", {"Human\nRights  Council": ("un-human-rights-council",)}),
        ("they united the nations", {}),
        ("a state of the art", {}),
        (
            "BMT-nin Baş Katibinə, BMT-nin Təhlükəsizlik Şurasına",
            {
                "BMT-nin Baş Katibinə": ("un-secretary-general",),
                "BMT-nin Təhlükəsizlik Şurasına": ("un-security-council",),
            },
        ),
        ("beynəlxalq təşkilatlara müraciət", {"beynəlxalq təşkilatlara": ("organizations",)}),
        (
            "Генеральному секретарю ООН и международным организациям",
            {"Генеральному секретарю ООН": ("un-secretary-general",), "международным организациям": ("organizations",)},
        ),
        ("the 20 January events", {"20 January events": ("square-1990",)}),
        ("the events of January 20", {"events of January 20": ("square-1990",)}),
        ("the tragedy in Harbour", {"tragedy in Harbour": ("harbour-1992",)}),
        ("the second river war", {"second river war": ("second-war",)}),
        ("the UN Charter", {"UN Charter": ("charter",)}),
    ],
)
def test_a_name_is_found_as_texts_have_it_and_the_longest_only(text: str, found: Mapping[str, tuple[str, ...]]) -> None:
    assert found_in(text) == found


def test_one_of_many_names_is_found_among_names_that_begin_as_it_does() -> None:
    many = {
        f"body-{n}": Addressee(id=f"body-{n}", label=f"Body Number {n} of the Valley", kind="ngo") for n in range(1_000)
    }
    found = Names.of(with_changes(archive(), addressees=many)).find(
        "Body Number 77 of the Valley met Body Number 7777."
    )
    assert [each.authorities for each in found] == [(("addressees", "body-77"),)]


def test_the_wordings_of_an_event_are_found_as_its_names_are() -> None:
    event = replace(archive().events["first-war"], said=("fighting along the river", "çay boyunca döyüşlər"))
    found = Names.of(with_changes(archive(), events={"first-war": event}))
    assert [each.ids("events") for each in found.find("the fighting along the river")] == [("first-war",)]
    assert [each.ids("events") for each in found.find("çay boyunca döyüşlərdə")] == [("first-war",)]


def test_a_russian_wording_is_found_in_other_cases_too() -> None:
    event = replace(archive().events["first-war"], said=("обстрел",))
    found = Names.of(with_changes(archive(), events={"first-war": event}))
    assert [each.ids("events") for each in found.find("перед обстрелом")] == [("first-war",)]


# Addressees


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The statement was sent to the UN Secretary-General, the OSCE and the Council of Europe.",
            ["un-secretary-general", "osce", "council-of-europe"],
        ),
        (
            "The appeal was sent to the UN Secretary-General and the Security Council of the organization.",
            ["un-secretary-general", "un-security-council"],
        ),
        (
            "Besides, the letter is addressed to the leadership of the OSCE and the Council of Europe.",
            ["osce", "council-of-europe"],
        ),
        (
            "The Commissioner has addressed an open letter to ombudsmen of foreign countries on the bridge.",
            ["ombudsmen"],
        ),
        (
            "The Commissioner sent a letter to UN Secretary-General António Guterres, asking the OSCE for help.",
            ["un-secretary-general"],
        ),
        ("The Commissioner appealed to the world community in connection with a meeting of the OSCE.", ["community"]),
        (
            "The Commissioner called on international organizations to mend it, and urged world states to help.",
            ["organizations", "states"],
        ),
        ("She stressed that the OSCE and the Council of Europe had adopted resolutions on the bridge.", []),
        ("She recalled that families of the valley had appealed to the OSCE and the Council of Europe.", []),
        ("She recalled what the families want and appealed to the OSCE.", ["osce"]),
        ("She said that reports, letters and appeals were prepared and sent to the OSCE.", []),
        ("The report on the bridge, she said, was made in spring and sent to the OSCE.", ["osce"]),
        ("The letter states that the bridge is old. She called on the people of the valley to mend it.", []),
        ("The statement was released at a meeting that the OSCE held, the Commissioner said.", []),
        (
            "The statement was sent to the Council of Europe. She called on international organizations to act.",
            ["council-of-europe"],
        ),
        ("“Letters have been sent to international organizations in vain,” the Commissioner said.", []),
        (
            "She appealed to international organizations. The letter was sent to the OSCE, the IOI and the EOI.",
            ["osce", "ioi", "eoi"],
        ),
        ("The statement says that world states should help the people of the valley to mend the bridge.", ["states"]),
        (
            "Обращение направлено Генеральному секретарю ООН, в Совет Европы и международным организациям.",
            ["un-secretary-general", "council-of-europe", "organizations"],
        ),
        ("Омбудсмен призвала международное сообщество помочь починить мост.", ["community"]),
        (
            "Müraciət BMT-nin Baş katibinə, ATƏT-ə və Avropa Şurasına göndərilib, ombudsman bildirib.",
            ["un-secretary-general", "osce", "council-of-europe"],
        ),
        ("Bəyanat BMT-nin, ATƏT-in rəhbərlərinə ünvanlanıb, ombudsman bildirib.", ["un", "osce"]),
    ],
)
def test_addressees_are_those_it_was_sent_to_or_only_then_those_it_calls_on(text: str, found: list[str]) -> None:
    assert addressees_in(report(text)) == found


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        (
            "The statement was sent to the OSCE and the Valley Committee of Bridges.",
            "not matched: the Valley Committee of Bridges.",
        ),
        (
            "The statement was sent to the OSCE Minsk Group on Friday.",
            "not matched: the OSCE Minsk Group; nearest: osce",
        ),
        (
            "The statement was sent to the member states of the OIC on Friday.",
            "not matched: the member states of the OIC; nearest: ombudsmen, states",
        ),
        (
            "The statement was sent to the Human Rights Council on Friday.",
            "of which body 'Human Rights Council' is part is not said",
        ),
        ("The Commissioner called on Ruritania to mend the bridge.", "not matched: Ruritania"),
        (
            "The statement was sent to international ombudsman institutes on Friday.",
            "'international ombudsman institutes': whether ioi is meant is not clear",
        ),
    ],
)
def test_a_recipient_that_no_authority_has_is_reported(sentence: str, doubt: str) -> None:
    text = report(sentence)
    assert [each.rstrip(".") for each in doubts(find_addressees(text, archive(), names().find(text.text)))] == [
        doubt.rstrip(".")
    ]


def test_an_addressee_is_listed_once_where_it_is_named_first() -> None:
    text = report("The letter was sent to the OSCE.", "The letter was sent to the OSCE, the Commissioner said.")
    (finding,) = find_addressees(text, archive(), names().find(text.text))
    assert text.text[finding.start : finding.end] == "OSCE"
    assert text.locator(finding.start) == "par. 2"


def test_a_request_is_found_with_its_addressees_and_place() -> None:
    text = report("She urged international organizations and the OSCE to help the people of the valley.", SPOKEN)
    (finding,) = find_requests(text, archive(), names().find(text.text))
    assert finding.value == ("organizations", "osce")
    assert text.text[finding.start : finding.end] == "urged international organizations and the OSCE"


def test_only_where_the_text_names_none_does_its_title_count() -> None:
    head = "Ombudsman appeals to international organizations"
    assert addressees_in(press_text_of(head, SPOKEN)) == ["organizations"]
    assert addressees_in(
        press_text_of(head, "The Commissioner has sent a letter to the OSCE about the bridge in the valley.")
    ) == ["osce"]


# Events


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The statement recalls the Harbour tragedy and the January 20 events.",
            {"harbour-1992": "events", "square-1990": "events"},
        ),
        ("Harbour has a school, the Commissioner said.", {}),
        ("She said that people were killed in Harbour by armed men.", {"harbour-1992": "events"}),
        ("She said that people were killed in Harbour in May 1905.", {}),
        ("She said that on the night of February 25-26, 1992 the attack began.", {"harbour-1992": "events"}),
        ("She said that from September 27 through November 10, 2020 there was fighting.", {"second-war": "events"}),
        ("She said that shelling began at River and Valley in July 2020.", {"border-2020": "events"}),
        ("She said that shelling began elsewhere in July 2020.", {}),
        ("She said that on September 27, 2020 a school was opened.", {}),
        ("She spoke of the Great Home War and of those who fell in it.", {}),
        ("She spoke of the Home War and of those who fell in it.", {"second-war": "events"}),
        ("She said that a mass grave was found elsewhere.", {}),
        ("She said that mines had killed two people in the valley.", {"mines": "events"}),
    ],
)
def test_an_event_is_found_by_its_names_and_days(text: str, found: Mapping[str, str]) -> None:
    assert events_in(report(text)) == found


@pytest.mark.parametrize(
    ("parent", "found", "doubted"),
    [("second-war", {"second-war"}, set()), ("", set(), {"second-war", "village"})],
)
def test_a_day_alone_is_that_of_the_event_that_the_others_of_that_day_are_parts_of(
    parent: str, found: set[str], doubted: set[str]
) -> None:
    village = Event(
        id="village", label="Village, 27 September 2020", date=edtf.parse("2020-09-27"), parent=parent, summary=""
    )
    within = with_changes(archive(), events={**archive().events, "village": village})
    text = report("She said that 94 people were killed from September 27, 2020 on.")
    given, _ = find_events(text, within, names().find(text.text))
    assert {each.value for each in given if each.value} == found
    assert len([each for each in given if not each.value and "that of other events too" in each.doubt]) == len(doubted)


def test_an_event_after_the_report_is_not_meant() -> None:
    text = report("She said that mines had killed two people in the valley.")
    assert events_in(text, datetime.date(2019, 5, 1)) == {}
    assert events_in(text, datetime.date(2021, 5, 1)) == {"mines": "events"}


def test_it_is_about_what_the_lead_names_and_mentions_the_rest() -> None:
    text = press_text_of(
        "The Commissioner for Human Rights has issued a statement on the Harbour tragedy, the paper said.",
        "She said that it was part of the First river war. The First river war, she said, went on for years.",
        "She added that the 44-day war had ended it.",
    )
    assert events_in(text) == {"harbour-1992": "events", "first-war": "mentions", "second-war": "mentions"}


def test_where_the_lead_names_none_it_is_about_what_it_speaks_of_more_than_once() -> None:
    one = "She said that the First river war went on for years."
    text = report(SPOKEN, one, f"She added that the 44-day war had ended it. {one}", SPOKEN)
    assert events_in(text) == {"first-war": "events", "second-war": "mentions"}


def test_the_background_of_an_outlet_names_no_event() -> None:
    own = "People were killed in Harbour in the 44-day war, and the town was rebuilt in the years after it."
    assert events_in(report(SPOKEN, own)) == {}


def test_a_name_that_is_part_of_a_longer_one_is_in_doubt() -> None:
    text = report("She spoke of the Great Home War and of those who fell in it.")
    found, _ = find_events(text, archive(), names().find(text.text))
    assert [each.value for each in found] == [None]
    assert doubts(found) == ["'Home War' is named; whether second-war is meant is not clear"]


def test_every_mention_of_an_event_is_returned() -> None:
    text = report("She spoke of the Harbour tragedy.", "The Harbour tragedy, she said, was in the First river war.")
    _, places = find_events(text, archive(), names().find(text.text))
    assert [(each.value, text.locator(each.start)) for each in places] == [
        ("harbour-1992", "par. 2"),
        ("harbour-1992", "par. 3"),
        ("first-war", "par. 3"),
    ]


# Instruments


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She cited the UN Charter and the Convention for the Rights of the Child.", ["charter", "child"]),
        ("She cited UN Security Council resolutions 822 and 884.", ["four"]),
        ("She cited the UNSC Resolutions #822, #853, #874 and #884 (1993).", ["four"]),
        ("She cited UN General Assembly resolution 62/243.", ["assembly"]),
        ("She cited the resolution of the General Assembly of March 14, 2008.", ["assembly"]),
        ("She said that on March 14, 2008 the bridge was closed.", []),
        ("She cited UN Security Council resolutions.", ["four"]),
        ("She cited resolution 1325.", []),
    ],
)
def test_an_instrument_is_found_by_name_number_or_day(text: str, found: list[str]) -> None:
    assert instruments_in(report(text)) == found


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        ("She cited resolution 1325.", "not matched: resolution 1325"),
        ("She cited the Hague Convention.", "not matched: Hague Convention; nearest: child"),
        ("She cited UN Security Council resolutions.", "which of them is not said"),
    ],
)
def test_an_instrument_that_no_authority_has_is_reported(sentence: str, doubt: str) -> None:
    text = report(sentence)
    assert doubts(find_instruments(text, archive(), names().find(text.text))) == [doubt]


# Days


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("25-26 February 1992", [("1992-02-25", "1992-02-26")]),
        ("Feb. 25–26, 1992", [("1992-02-25", "1992-02-26")]),
        ("20th of January 1990", [("1990-01-20", "1990-01-20")]),
        ("July 2020", [("2020-07-01", "2020-07-31")]),
        ("in 1990", [("1990-01-01", "1990-12-31")]),
        ("September 27 through November 10, 2020", [("2020-09-27", "2020-11-10")]),
        ("26 февраля 1992 года", [("1992-02-26", "1992-02-26")]),
        ("1992-ci il 26 fevral", [("1992-02-26", "1992-02-26")]),
        ("2020-ci il sentyabrın 27-dən noyabrın 10-dək", [("2020-09-27", "2020-11-10")]),
        ("31 June 2020", [("2020-06-01", "2020-06-30")]),
        ("January 20", []),
        ("resolution 62/243, 12,000 people", []),
    ],
)
def test_the_periods_of_a_text(text: str, spans: list[tuple[str, str]]) -> None:
    found = [day.span for day in find_periods(text)]
    assert [tuple(map(str, span)) for span in found if span] == spans


# Any text

PARTS = st.sampled_from(
    [
        "She said that ",
        "the OSCE ",
        "UN ",
        "Human Rights Council ",
        "was sent to ",
        "called on ",
        "\n\n",
        ". ",
        '"',
        "“",
        "Harbour ",
        "January 20 ",
        "1992 ",
        "resolution 822, ",
        "killed ",
        "of the ",
        "31st anniversary of ",
        "göndərilib ",
        "Omбудсмен ",
        ", ",
        "and ",
    ]
)


@settings(deadline=None)
@given(st.lists(st.one_of(PARTS, st.text(max_size=8)), max_size=40).map("".join))
def test_any_text_is_read_and_every_place_is_in_it(text: str) -> None:
    pasted = press_text.decode(text.encode("utf-8", "replace"))
    named_there = names().find(pasted.text)
    today = datetime.date(2023, 2, 23)
    found = [
        *find_addressees(pasted, archive(), named_there),
        *find_requests(pasted, archive(), named_there),
        *chain(*find_events(pasted, archive(), named_there, today)),
        *find_instruments(pasted, archive(), named_there),
    ]
    assert all(0 <= each.start <= each.end <= len(pasted.text) for each in [*named_there, *found])
    assert all(one.end <= other.start for one, other in pairwise(named_there))
    assert all(each.value or each.doubt for each in found)
