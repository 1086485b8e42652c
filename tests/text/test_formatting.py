"""Numbers, dates, names and counts, in words."""

import datetime
from decimal import Decimal

import pytest

from archive.model import edtf
from archive.model.records import Figure, Holder, Issuer
from archive.model.vocabularies import DATE_BASES
from archive.text import formatting
from builders import archive_of


def figure(qualifier: str = "exactly", **numbers: str) -> Figure:
    return Figure(
        event="e", measure="m", qualifier=qualifier, **{name: Decimal(number) for name, number in numbers.items()}
    )


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (figure(value="94"), ("", "94")),
        (figure("more-than", value="3410"), ("more than", "3,410")),
        (figure("about", value="1000000"), ("about", "1,000,000")),
        (figure(value="1.50"), ("", "1.50")),
        (figure(value="0"), ("", "0")),
        (figure(min="90", max="1000"), ("", "90 to 1,000")),
        (figure(min="90"), ("at least", "90")),
        (figure(max="90"), ("up to", "90")),
    ],
)
def test_a_figure_is_formatted_as_stated(stated: Figure, expected: tuple[str, str]) -> None:
    assert formatting.qualified_number(stated) == expected


@pytest.mark.parametrize(
    ("items", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_items_are_listed_as_in_a_sentence(items: list[str], expected: str) -> None:
    assert formatting.join(items) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Khojaly, 25-26 February 1992", "Khojaly, 25–\u206026 February 1992"),
        ("War, 27 September - 10 November 2020", "War, 27 September\xa0–\u2060\xa010 November 2020"),
        ("May 1988 - June 1994", "May 1988\xa0–\u2060\xa0June 1994"),
        ("27 September – 10 November 2020", "27 September\xa0–\u2060\xa010 November 2020"),
        ("1988–1994", "1988–\u20601994"),
        ("Baku, March-April 1918", "Baku, March–\u2060April 1918"),
        ("a June-grass, the May-Day parade", "a June-grass, the May-Day parade"),
        ("44-day war, Armenia-Azerbaijan border", "44-day war, Armenia-Azerbaijan border"),
        ("A - B", "A - B"),
        ("2021-09-21", "2021-09-21"),
        ("A/RES/62-243", "A/RES/62-243"),
        ("2021-09-21-peace-appeal", "2021-09-21-peace-appeal"),
    ],
)
def test_a_dash_stands_between_two_numbers_or_dates_and_no_line_breaks_at_it(text: str, expected: str) -> None:
    assert formatting.en_dashes(text) == expected
    assert formatting.en_dashes(expected) == expected


@pytest.mark.parametrize(("number", "expected"), [(0, "0 statements"), (1, "1 statement"), (1204, "1,204 statements")])
def test_a_count_has_its_unit(number: int, expected: str) -> None:
    assert formatting.count(number, "statement") == expected


def test_days_and_months_are_written_in_full() -> None:
    assert formatting.day(datetime.date(2021, 9, 1)) == "1 September 2021"
    assert formatting.month("2021", "09") == "September 2021"


OFFICE = Issuer(
    id="office",
    label="The Office",
    holders=(
        Holder(family="Quliyeva", given="Nərgiz", since=edtf.parse("2010-01"), until=edtf.parse("2019-11-28")),
        Holder(family="Əhmədov", given="Xəzər", since=edtf.parse("2019-11-28")),
    ),
)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2009-12-31", ""),
        ("2010-01-15", "Nərgiz Quliyeva"),
        ("2019-11-27", "Nərgiz Quliyeva"),
        ("2019-11-29", "Xəzər Əhmədov"),
        ("2025", "Xəzər Əhmədov"),
        ("2019", "Nərgiz Quliyeva (until 28 November 2019) and Xəzər Əhmədov (from 28 November 2019)"),
    ],
)
def test_the_date_gives_who_held_the_office(date: str, expected: str) -> None:
    assert formatting.holder_names(OFFICE, edtf.parse(date)) == expected


def test_an_office_without_holders_names_nobody() -> None:
    assert formatting.holder_names(Issuer(id="x", label="X"), edtf.parse("2021")) == ""


def test_a_description_has_as_many_sentences_as_are_shown() -> None:
    assert formatting.description("One.", "", "Two.") == "One. Two."
    assert formatting.description("a" * 100 + ".", "b" * 100 + ".") == "a" * 100 + "."
    long = formatting.description("word " * 60)
    assert len(long) <= 160
    assert long.endswith("word…")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ""),
        ("It says so. More follows.", "It says so."),
        ("It says “so.” More follows.", "It says “so.”"),
        ("It cites No. 822 and Mr. Smith. More.", "It cites No. 822 and Mr. Smith."),
        ("It cites S. Aliyeva of the U.S. office. More.", "It cites S. Aliyeva of the U.S. office."),
        ("Bəyanatda deyilir. Ə. Əliyev əlavə edir.", "Bəyanatda deyilir."),
        ("В заявлении сказано. Далее другое.", "В заявлении сказано."),
        ("It asks: why? “Because,” it says.", "It asks: why?"),
        ("About 3.5 of them. Then more.", "About 3.5 of them."),
        ("No end\n\nAnother paragraph.", "No end"),
    ],
)
def test_the_first_sentence_of_a_text(text: str, first: str) -> None:
    assert formatting.first_sentence(text) == first


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    cut = formatting.first_sentence("word " * 100 + ".")
    assert 280 < len(cut) <= 300
    assert cut.endswith("word…")


def test_ids_and_sentences() -> None:
    assert formatting.id_in_words("open-letter") == "open letter"
    assert formatting.capitalised("əhmədov says McX") == "Əhmədov says McX"
    assert formatting.capitalised("") == ""
    assert formatting.language("az") == "Azerbaijani"
    assert formatting.language("") == ""


def test_every_basis_of_a_date_has_its_words() -> None:
    assert formatting.DATE_BASIS_LABELS.keys() == formatting.DATE_BASIS_SENTENCES.keys() == DATE_BASES.keys()


def test_the_minimal_office_has_two_holders() -> None:
    assert len(archive_of().issuers["office"].holders) == 2
