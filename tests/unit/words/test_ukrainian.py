"""Ukrainian: numbers with the right form of their noun, days in the genitive, names as written."""

from __future__ import annotations

import pytest

from monitor.cadence import parse
from monitor.model.comparison import Significance
from monitor.model.said import (
    NOTHING_BESIDE,
    Joined,
    Lapsed,
    Left,
    Replaced,
    Reserve,
    Slipped,
    TookPlace,
)
from monitor.model.unit import Unit
from monitor.words import language
from monitor.words.clauses import names_amount
from monitor.words.dates import cadence_words, day, days, moment

UK = language("uk")
YEARS = Unit({"one": "рік", "few": "роки", "many": "років", "other": "року"})


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 змін"),
        (1, "1 зміна"),
        (2, "2 зміни"),
        (5, "5 змін"),
        (11, "11 змін"),
        (14, "14 змін"),
        (21, "21 зміна"),
        (22, "22 зміни"),
        (112, "112 змін"),
        (12_001, "12 001 зміна"),
    ],
)
def test_findings_are_counted_in_the_form_of_their_number(number: int, said: str) -> None:
    assert UK.counts.missing(number).replace("\u00a0", " ") == f"Не вмістилося в цей лист: {said}."


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1, 1, "1 рік"),
        (20, 50, "20–50 років"),
        (15, None, "щонайменше 15 років"),
        (None, 3, "щонайбільше 3 роки"),
        (1.5, 1.5, "1,5 року"),
    ],
)
def test_quantities_have_their_unit_in_the_form_of_the_last_number(
    low: float | None, high: float | None, said: str
) -> None:
    assert UK.values.interval(low, high, YEARS).replace("\u00a0", " ") == said


def test_a_unit_that_the_kind_does_not_translate_stays_as_it_was_written() -> None:
    assert UK.values.interval(3, 3, "bushels") == "3\u00a0bushels"


def test_days_are_in_the_genitive_and_ranges_say_once_what_they_share() -> None:
    assert UK.values.date_words("2031-05-09") == "9 травня 2031"
    assert UK.values.date_range("2031-02-17", "2031-02-18") == "17–18 лютого 2031"
    assert UK.values.date_range("2031-02-27", "2031-03-02") == "27 лютого – 2 березня 2031"
    assert day("2031-11-05", "uk") == "5 листопада 2031"
    assert days("2031-11-05", "2031-11-07", "uk") == "5–7 листопада 2031"


def test_times_name_the_city_of_the_zone_in_ukrainian() -> None:
    assert moment("2031-02-17T05:00:00Z", "Europe/Kyiv", UK) == (
        "17 лютого 2031, 07:00 (час: Київ)"
    )
    assert moment("2031-02-17T05:00:00Z", "Etc/UTC", UK) == "17 лютого 2031, 05:00 UTC"
    assert cadence_words("daily 11:05", "Europe/Warsaw", UK) == "щодня об 11:05 (час: Варшава)"
    assert UK.frame.cadence(parse("weekly fri 07:30"), "UTC") == "щоп’ятниці о 07:30 UTC"


def test_names_stay_in_the_form_in_which_they_were_written() -> None:
    def said(*values: object) -> str:
        return UK.sentences.sentence(values[0], NOTHING_BESIDE)  # type: ignore[arg-type]

    assert said(Joined("Ада Верес", "делегація (Осмія)", "голова", True)) == (
        "делегація (Осмія): до складу тепер входить Ада Верес (роль: голова)"
    )
    assert said(Left("Ада Верес", "делегація (Осмія)", None, False)) == (
        "делегація (Осмія): у складі більше не значиться Ада Верес"
    )
    assert said(
        Replaced("Ада Верес", "Bram Holt", "делегація (Осмія)", "голова", False, False)
    ) == ("Ада Верес тепер голова, делегація (Осмія); раніше — Bram Holt")
    assert said(Slipped("Друга зустріч", ["2031-02-01", None], ["2031-02-08", None])) == (
        "Друга зустріч: перенесено на пізніше, 1 лютого 2031 → 8 лютого 2031"
    )
    assert UK.sentences.remark(Lapsed("Друга зустріч", ["2031-02-01", None], "оголошено")) == (
        "Друга зустріч: було «оголошено», 1 лютого 2031; відтоді нічого не відомо"
    )


def test_objects_are_said_by_their_name_and_fields() -> None:
    assert UK.values.words({"id": 7, "name": "Ада Верес", "left": None}) == "Ада Верес (id: 7)"
    assert UK.values.words([{"id": "q", "seat": 2}, {"name": "Bo"}]) == "(id: q, seat: 2) та Bo"
    assert UK.values.words({}) == "порожньо"


@pytest.mark.parametrize(
    ("total", "new", "said"),
    [
        (1, 1, "Вона для вас нова."),
        (3, 3, "Усі вони для вас нові."),
        (3, 0, "Нових для вас немає."),
        (3, 2, "Нових для вас: 2."),
    ],
)
def test_what_is_new_against_the_baseline_agrees_with_its_number(
    total: int, new: int, said: str
) -> None:
    assert UK.counts.against(total, "1 критична", new).endswith(said)


def test_levels_agree_with_the_number_beside_them() -> None:
    of = UK.counts.of_level
    assert [of(number, Significance.CRITICAL) for number in (1, 3, 5, 21)] == [
        "критична",
        "критичні",
        "критичних",
        "критична",
    ]


def test_a_text_of_another_language_is_read_in_that() -> None:
    """What it says of its own status and of an amount is not said again in the reader's words."""
    reserve = Reserve("очікується", lowest=False, said_by=None, written="expected")
    assert UK.sentences.reserved("Expected in May.", reserve) == "Expected in May"
    assert UK.sentences.reserved("Soon.", reserve) == "Soon (очікується)"
    for text in ("Agreed to one day.", "Погодилися на один день.", "Погодилися на 1 день."):
        assert names_amount(text, {"low": 1, "high": 1, "unit": "day"})
    assert not names_amount("Agreed to two days.", {"low": 1, "high": 1, "unit": "day"})


def test_the_shortest_form_of_what_took_place_has_its_days() -> None:
    held = TookPlace("Ярмарок", "held", dates=("2031-05-03", "2031-05-04"))
    told = UK.sentences.short(held, NOTHING_BESIDE, "2031")
    assert told == "Ярмарок: відбулося 3–4 травня"
