"""Links that open a page where some words stand."""

from __future__ import annotations

import pytest

from monitor.report.quotes import found_at


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("Red stays.", "Red%20stays."),
        (
            "one two three four five six seven eight",
            "one%20two%20three%20four%20five%20six%20seven%20eight",
        ),
        (
            "The delegation of Redland will have six members, its spokesman said.",
            "The%20delegation%20of%20Redland,members%2C%20its%20spokesman%20said.",
        ),
        ("a 5-day-long talk", "a%205%2Dday%2Dlong%20talk"),
        ("ціни & доходи", "%D1%86%D1%96%D0%BD%D0%B8%20%26%20%D0%B4%D0%BE%D1%85%D0%BE%D0%B4%D0%B8"),
    ],
)
def test_a_link_names_the_words_that_it_leads_to(words: str, fragment: str) -> None:
    assert found_at("https://n.example/1", words) == f"https://n.example/1#:~:text={fragment}"


def test_a_link_into_a_page_stays_as_it_is() -> None:
    assert found_at("https://n.example/1#two", "Red stays.") == "https://n.example/1#two"


def test_words_without_an_address_lead_nowhere() -> None:
    assert found_at(None, "Red stays.") is None
