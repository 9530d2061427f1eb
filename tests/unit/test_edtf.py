"""Dates that are not known to the day: read, bounded, and said in both languages."""

from __future__ import annotations

import pytest

from monitor.model.edtf import bounds, is_fuzzy, read_edtf
from monitor.words import language
from monitor.words.dates import day, days


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2031-05-14", "2031-05-14", "2031-05-14"),
        ("2031-05", "2031-05-01", "2031-05-31"),
        ("2032-02", "2032-02-01", "2032-02-29"),
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-05~", "2031-05-01", "2031-05-31"),
        ("2031-05-14?", "2031-05-14", "2031-05-14"),
        ("2031-05-01/2031-05-10", "2031-05-01", "2031-05-10"),
        ("2031-05-20/2031-06", "2031-05-20", "2031-06-30"),
        ("../2031-05", None, "2031-05-31"),
        ("/2031-05", None, "2031-05-31"),
        ("2031-05/..", "2031-05-01", None),
        ("2031-05-14T09:30:00Z", "2031-05-14", "2031-05-14"),
    ],
)
def test_a_date_has_a_first_and_a_last_possible_day(
    written: str, first: str | None, last: str | None
) -> None:
    assert bounds(written) == (first, last)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "..",
            "/",
            "../..",
            "2031-13",
            "2031-00",
            "2031-02-30",
            "31-05",
            "2031-5",
            "2031-05-1",
        ),
        *("May 2031", "2031-05-10/2031-05-01", "2031-05-01/2031-05-10/2031-05-20", "2031-05~~"),
        *("0000-05", "2031-05-14T99:00:00Z", " 2031-05", "２０３１-05"),
    ],
)
def test_anything_else_is_no_date(written: str) -> None:
    assert bounds(written) is None
    assert not is_fuzzy(written)


@pytest.mark.parametrize("value", [None, 2031, 20.31, ["2031-05"], True])
def test_only_text_is_a_date(value: object) -> None:
    assert bounds(value) is None


SAID = [
    ("2031-05", "May 2031", "травень 2031"),
    ("2031-05~", "about May 2031", "приблизно травень 2031"),
    ("2031-05-14?", "possibly 14 May 2031", "можливо, 14 травня 2031"),
    ("2031-05%", "possibly about May 2031", "можливо, приблизно травень 2031"),
    ("2031~", "about 2031", "приблизно 2031"),
    ("2031-05-01/2031-05-10", "between 1 and 10 May 2031", "між 1 та 10 травня 2031"),
    (
        "2031-04-28/2031-05-03",
        "between 28 April and 3 May 2031",
        "між 28 квітня та 3 травня 2031",
    ),
    ("2031-05/2031-07", "between May and July 2031", "між травнем та липнем 2031"),
    (
        "2030-12/2031-02",
        "between December 2030 and February 2031",
        "між груднем 2030 та лютим 2031",
    ),
    ("../2031-05", "no later than May 2031", "не пізніше травня 2031"),
    ("2031-05-20/..", "no earlier than 20 May 2031", "не раніше 20 травня 2031"),
]


@pytest.mark.parametrize(("written", "english", "ukrainian"), SAID)
def test_it_is_said_as_people_say_it(written: str, english: str, ukrainian: str) -> None:
    for code, said in (("en", english), ("uk", ukrainian)):
        assert language(code).values.words(written) == said
        assert language(code).values.date_words(written) == said
        assert day(written, code) == said


@pytest.mark.parametrize("code", ["2031", "2030/2031", "1234-05", "9901-12", "2031-05-14"])
def test_what_may_be_something_else_or_is_a_day_is_no_fuzzy_date(code: str) -> None:
    assert read_edtf(code) is not None
    assert not is_fuzzy(code)


def test_ranges_of_dates_and_labels_with_intervals_are_said_too() -> None:
    english = language("en").values
    assert english.date_range("2031-05", "2031-06") == "May 2031 – June 2031"
    assert english.date_range("2031-05", None) == "May 2031"
    assert english.date_range(None, "2031-06") == "until June 2031"
    assert english.date_range("2031-05-01/2031-05-10", "2031-05-20") == (
        "between 1 and 10 May 2031 – 20 May 2031"
    )
    assert days("2031-05", "2031-06", "en") == "May 2031 – June 2031"
    label = "the session of 2031-05-01/2031-05-10."
    assert english.days_in_words(label) == "the session of between 1 and 10 May 2031."
    assert english.days_in_words('as "2031-05-01/2031-05-10"') == 'as "2031-05-01/2031-05-10"'
    assert english.days_in_words("see 2031-05-01/x and a/b") == "see 1 May 2031/x and a/b"
