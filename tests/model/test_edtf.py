"""Dates: the grammar, the days they cover, and the words for them."""

import datetime

import edtf as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import edtf

VALID = {
    # text: earliest, latest, year, month, exact
    "2021-09-21": ("2021-09-21", "2021-09-21", "2021", "09", True),
    "2021-09-21?": ("2021-09-21", "2021-09-21", "2021", "09", False),
    "2021-09-21~": ("2021-09-21", "2021-09-21", "2021", "09", False),
    "2021-09": ("2021-09-01", "2021-09-30", "2021", "09", False),
    "2021-12": ("2021-12-01", "2021-12-31", "2021", "12", False),
    "2021-02~": ("2021-02-01", "2021-02-28", "2021", "02", False),
    "2020-02": ("2020-02-01", "2020-02-29", "2020", "02", False),
    "1900-02": ("1900-02-01", "1900-02-28", "1900", "02", False),
    "2000-02": ("2000-02-01", "2000-02-29", "2000", "02", False),
    "2021": ("2021-01-01", "2021-12-31", "2021", "", False),
    "2021?": ("2021-01-01", "2021-12-31", "2021", "", False),
    "0001": ("0001-01-01", "0001-12-31", "0001", "", False),
    "2020-02-29": ("2020-02-29", "2020-02-29", "2020", "02", True),
    "1992-02-25/1992-02-26": ("1992-02-25", "1992-02-26", "1992", "02", False),
    "1992-02-25/1992-02-25": ("1992-02-25", "1992-02-25", "1992", "02", False),
    "2020/2021-05": ("2020-01-01", "2021-05-31", "2020", "", False),
    "2020-05/2020": ("2020-05-01", "2020-12-31", "2020", "05", False),
    "2020?/2021-05-02~": ("2020-01-01", "2021-05-02", "2020", "", False),
}
NOT_A_DATE = [
    "", " ", "21", "202", "20211", "2021-", "2021-9", "2021-09-1", "2021/", "/2021", "/", "2021//2022",
    "2021/2022/2023", "2021-09-21T10:00", "2021-09-21 ", " 2021", "2021-09-21\n", "2021%", "2021?~", "~2021",
    "2021-?", "2021-XX", "201X", "-2021", "Y12021", "2021-21-21-21", "21.09.2021", "2021/..", "unknown", "open",
    "٢٠٢١", "２０２１", "2021–09–21", "2021\u00a0", "2021-09-21/2021-09-22/",
]  # fmt: skip
NO_SUCH_DAY = [
    "0000", "2021-00", "2021-13", "2021-01-00", "2021-01-32", "2021-02-29", "1900-02-29", "2021-04-31", "2021-99-99",
]  # fmt: skip
REVERSED = [
    "2022/2021",
    "2021-05/2021-04",
    "2021-05-02/2021-05-01",
    "2021-05-02/2021-04",
    "2021-01/2020",
    "2021?/2020~",
]
DISPLAY = {
    "2021-09-21": ("21 September 2021", "21 September 2021", "2021-09-21"),
    "2021-09-01": ("1 September 2021", "1 September 2021", "2021-09-01"),
    "2021-09": ("September 2021", "September 2021, day not given", "2021-09"),
    "2021": ("2021", "2021, month and day not given", "2021"),
    "2021-05~": ("about May 2021", "about May 2021, day not given", "2021-05"),
    "2021-05-03~": ("about 3 May 2021", "about 3 May 2021", "2021-05-03"),
    "2021-05-03?": ("3 May 2021 (uncertain)", "3 May 2021 (uncertain)", "2021-05-03"),
    "0987": ("0987", "0987, month and day not given", "0987"),
    "1992-02-25/1992-02-26": ("25–26 February 1992", "between 25 February 1992 and 26 February 1992", "1992-02-25"),
    "1992-02-25/1992-03-02": ("25 February – 2 March 1992", "between 25 February 1992 and 2 March 1992", "1992-02-25"),
    "1991-12-30/1992-01-02": (
        "30 December 1991 – 2 January 1992",
        "between 30 December 1991 and 2 January 1992",
        "1991-12-30",
    ),
    "1992-02/1992-03": ("February – March 1992", "between February 1992 and March 1992", "1992-02"),
    "1991/1992": ("1991–1992", "between 1991 and 1992", "1991"),
    "1991/1992-05": ("1991 – May 1992", "between 1991 and May 1992", "1991"),
    "1991~/1992": ("about 1991 – 1992", "between about 1991 and 1992", "1991"),
    "1992-02-25/1992-02-26?": (
        "25 February 1992 – 26 February 1992 (uncertain)",
        "between 25 February 1992 and 26 February 1992 (uncertain)",
        "1992-02-25",
    ),
}


@pytest.mark.parametrize("text", VALID)
def test_a_date_covers_the_days_it_may_be(text: str) -> None:
    date = edtf.parse(text)
    earliest, latest, year, month, exact = VALID[text]
    assert (date.earliest.isoformat(), date.latest.isoformat()) == (earliest, latest)
    assert (date.text, date.year, date.month, date.exact) == (text, year, month, exact)


@pytest.mark.parametrize("text", NOT_A_DATE)
def test_what_is_not_of_the_grammar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a date of the form"):
        edtf.parse(text)


@pytest.mark.parametrize("text", NO_SUCH_DAY)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no such day"):
        edtf.parse(text)


@pytest.mark.parametrize("text", REVERSED)
def test_an_interval_that_ends_before_it_begins_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="before it begins"):
        edtf.parse(text)


@pytest.mark.parametrize("text", ["9999", "9999-12", "9999-12-31", "9998/9999"])
def test_the_last_year_of_the_calendar_is_a_year_like_any_other(text: str) -> None:
    assert edtf.parse(text).latest == datetime.date(9999, 12, 31)


@pytest.mark.parametrize("text", DISPLAY)
def test_a_date_is_shown_in_words(text: str) -> None:
    date = edtf.parse(text)
    assert (date.words, date.stated, date.machine) == DISPLAY[text]


_points = st.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    st.dates(datetime.date(1, 1, 1), datetime.date(9998, 12, 31)),
    st.sampled_from((4, 7, 10)),
    st.sampled_from(("", "?", "~")),
)
_dates = st.one_of(_points, st.builds("{}/{}".format, _points, _points))


@given(_dates)
def test_it_agrees_with_the_edtf_package_on_the_days_a_date_covers(text: str) -> None:
    theirs = oracle.parse_edtf(text)
    earliest, latest = (datetime.date(*t[:3]) for t in (theirs.lower_strict(), theirs.upper_strict()))
    if earliest > latest:  # the package admits an interval that ends before it begins
        with pytest.raises(ValueError, match="before it begins"):
            edtf.parse(text)
    else:
        ours = edtf.parse(text)
        assert (ours.earliest, ours.latest) == (earliest, latest)


@given(st.from_regex(r"[0-9]{3,5}(-[0-9]{1,2}){0,3}[?~%]?(/[0-9]{4}(-[0-9]{2}){0,2}[?~]?)?", fullmatch=True))
def test_it_admits_no_date_that_the_edtf_package_refuses(text: str) -> None:
    try:
        edtf.parse(text)
    except ValueError:
        return
    assert oracle.parse_edtf(text)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused_with_a_value_error(text: str) -> None:
    try:
        date = edtf.parse(text)
    except ValueError:
        return
    assert date.earliest <= date.latest
    assert date.words
    assert date.stated


@given(_dates)
def test_the_words_for_a_date_name_the_year_of_each_end(text: str) -> None:
    try:
        date = edtf.parse(text)
    except ValueError:
        return
    for end in (date.start, date.end or date.start):
        assert f"{end.earliest.year:04d}" in date.words
