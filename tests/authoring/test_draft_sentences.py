"""Test what drafts make of single sentences, with the archive's own authorities: mistakes once made, one a case.

The sentences are made up, but for what the authorities name.
"""

import datetime
from functools import cache

import pytest

from archive.authoring.extract import press_text
from archive.authoring.extract.findings import Findings, NoIssuerNamed, find_all
from archive.content import reader
from archive.model.records import Archive
from archive.validation import validate
from builders import PROJECT

TODAY = datetime.date(2026, 11, 24)
HEAD = "12 March 2024\n\nThe Commissioner for Human Rights (Ombudsman) of Azerbaijan issued a statement, Trend reports."


@cache
def archive() -> Archive:
    real, problems = validate.check(reader.read(PROJECT))
    assert problems == ()
    return real


def found(text: str, url: str = "") -> Findings:
    return find_all(press_text.read_press_text(text.encode()), archive(), url, TODAY)


def said(sentence: str) -> Findings:
    return found(f"{HEAD}\n\nThe Ombudsman said that {sentence}\n")


def figures(findings: Findings) -> list[str]:
    return [line(dict(finding.value)) for finding in findings.of("figures") if isinstance(finding.value, dict)]


def line(value: dict[str, object]) -> str:
    measure = "/".join(str(value[name]) for name in ("measure", "group") if name in value)
    return " ".join(map(str, filter(None, (measure, value.get("qualifier"), value["value"], value.get("event")))))


def ids(findings: Findings, field: str) -> list[object]:
    return [finding.value for finding in findings.of(field)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("12, 000 people were killed in Guba in 1918.", ["people-killed 12000 guba-1918"]),
        (
            "900 people, including 30 children, have been killed or have got injuries because of mines since 1991.",
            ["mine-victims 900 landmines-since-1991", "mine-victims/children 30 landmines-since-1991"],
        ),
        (
            "five servicemen were killed, four civilians were injured and 70 villages were destroyed.",
            ["servicemen-killed 5", "civilians-injured 4", "villages-destroyed-or-burned 70"],
        ),
        (
            "300 peaceful and unarmed civilians, including 40 women, were intentionally murdered in Khojaly.",
            ["civilians-killed 300 khojaly-1992", "civilians-killed/women 40 khojaly-1992"],
        ),
        (
            "the number of the wounded is 35 and 8 of them are children.",
            ["people-injured 35", "people-injured/children 8"],
        ),
        (
            "in the Second Karabakh War, on 17 October 2020, 13 civilians were killed in Ganja.",
            ["civilians-killed 13 ganja-17-october-2020"],
        ),
        (
            "20 percent of the territory of Azerbaijan was under occupation.",
            ["share-of-territory-held 20 karabakh-conflict"],
        ),
        ("as a result of a mine explosion, two civilians were injured.", ["civilians-injured 2"]),
        ("2 people were killed or wounded.", []),
    ],
)
def test_the_figures_of_a_sentence(sentence: str, expected: list[str]) -> None:
    assert figures(said(sentence)) == expected


def test_a_name_so_general_that_it_may_be_of_any_event_finds_none() -> None:
    findings = said("mass graves were found near Lachin in 2023.")
    assert ids(findings, "events") == ids(findings, "mentions") == []


def test_what_a_list_includes_is_addressed_too() -> None:
    text = "The Azerbaijani Ombudsman has sent an official petition to international organizations, including UNICEF."
    findings = found(f"12 March 2024\n\n{text}")
    assert ids(findings, "addressees") == ["international-organizations", "unicef"]
    assert ids(findings, "form") == ["appeal"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ukraine's Ombudsman, John Doe, addressed letters to the UN.", "Ukraine's Ombudsman"),
        ("The Public Defender (Ombudsman) of Georgia has said that bridges are old.", "of Georgia"),
        ("Омбудсмен Армении направил письмо в ООН.", "Омбудсмен Армении"),
        ("The bridges are old, Ombudsman Jane Doe said. Azerbaijan has older ones, she said.", "Ombudsman Jane Doe"),
    ],
)
def test_another_countrys_ombudsman_is_refused(text: str, names: str) -> None:
    with pytest.raises(NoIssuerNamed, match="is of another office: it names") as caught:
        found(text)
    assert names in str(caught.value)


def test_the_offices_own_page_is_its_own_though_it_names_nobody() -> None:
    text = "We condemn the attack on the bridge and call on the international community to act without delay."
    findings = found(text, "https://ombudsman.az/en/view/news/1")
    assert ids(findings, "issuer") == ["commissioner-azerbaijan"]
    assert ids(findings, "addressees") == ["international-community"]


def test_a_year_long_before_the_office_is_not_that_of_the_report() -> None:
    day = (
        "БАКУ, 8 апр — Sputnik. В ночь с 7 на 8 апреля 1992 года в городе погибли люди, сказала омбудсмен Азербайджана."
    )
    (doubt,) = found(day).doubts("date")
    assert (doubt.value, doubt.doubt) == (None, "8 April: the year was not found")


def test_a_date_in_a_title_and_that_of_anothers_statement_are_not_the_statements() -> None:
    text = "Statement of the Ombudsman of Azerbaijan on the flood of 3 May 2021\n\nWe ask the town to mend the bridges."
    assert ids(found(text), "date") == []
    text = f"{HEAD}\n\nThe Ombudsman asks that the Institute's statement dated 11.03.2024 be withdrawn."
    assert ids(found(text), "date") == ["2024-03-12"]


def test_how_people_are_treated_is_no_appeal() -> None:
    text = "Омбудсмен Азербайджана выступила с заявлением. Она осудила случаи жестокого обращения с детьми."
    assert ids(found(text), "form") == ["statement"]


def test_a_resolution_of_another_year_is_not_matched() -> None:
    assert "un-general-assembly-resolution-62-243" not in ids(
        said("the resolution adopted by the UN General Assembly in 2006 was not carried out."), "instruments"
    )


def test_spans_of_time_and_days_are_no_counts() -> None:
    text = "Azərbaycan Ombudsmanı bildirib ki, faciədən 30 il ötür, ayın 17-də 12 nəfər öldürülüb."
    assert [each.doubt for each in found(text).doubts("figures")] == [
        "of which event it is, is not said in its sentence"
    ]
    assert figures(found(text)) == ["people-killed 12"]


def test_a_language_in_which_no_measure_says_its_words_is_not_read() -> None:
    text = (
        "Azerbaycan Ombudsmanı bir açıklama yaptı ve bu olayda 12 kişi öldürüldü dedi, olarak da bilinir ve ile için."
    )
    findings = found(text)
    assert figures(findings) == []
    assert [each.doubt for each in findings.doubts("figures")] == ["Turkish is not read: look for the figures yourself"]


def test_what_is_not_matched_is_said_with_what_is_nearest() -> None:
    sentences = "The statement was sent to the UNICEF Bridge Group on Friday. It says that 12 schools were destroyed."
    text = f"{HEAD}\n\n{sentences}"
    doubts = [each.doubt for each in found(text).all if each.doubt]
    assert doubts[0].startswith("not matched: the UNICEF Bridge Group; nearest: ")
    assert "unicef" in doubts[0]
    assert doubts[-1].startswith("not matched: 12 schools; nearest: ")
    assert not any("not in" in doubt or "does not have" in doubt for doubt in doubts)
