"""What a text of a snapshot says already, so that no sentence says it again."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.model.comparison import Finding, Significance
from monitor.model.said import Added, Beside, Detail, Firmed, OwnWords, Reserve, Reworded
from monitor.words import language
from monitor.words.clauses import beyond, names_amount, said_before, tells_who
from monitor.words.wording import aside, details, sentence


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "The draft has 12 wells and can be changed; Amal called it a good one.",
            "Has 12 wells.",
            "The draft has 12 wells and can be changed; Amal called it a good one",
        ),
        ("Wells for all; no dam above the bridge.", "Wells for all.", "no dam above the bridge"),
        ("Has 12 wells.", "Has 12 wells, none of them deep.", ""),
        ("Has 12 wells.", "Has 9 wells.", ""),
        ("Nine wells and a dam", "", "Nine wells and a dam"),
    ],
)  # fmt: skip
def test_of_a_text_that_says_much_less_what_it_said_is_told(
    before: str, after: str, told: str
) -> None:
    assert said_before(before, after) == told


def test_a_restated_text_says_what_is_gone_in_both_languages() -> None:
    said = Reworded(
        "Isles on wells", None, "Words", "Offers 9 wells, with more to come.", "Offers 9."
    )
    finding = _finding("reworded", said)
    assert sentence(finding) == (
        "The Isles on wells now: Offers 9. Before: Offers 9 wells, with more to come."
    )
    assert sentence(finding, language("uk")) == (
        "Isles on wells, тепер: Offers 9. Раніше: Offers 9 wells, with more to come."
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Wells were dug.", "Wells were dug, and the rest is to follow.", "the rest is to follow"),
        ("Wells were dug.", "Wells were dug; no dam.", "no dam"),
        ("Wells were dug.", "Wells were dug. No dam came.", "No dam came"),
        ("No dam.", "Wells were dug; no dam.", "Wells were dug"),
        ("Wells; no dam.", "Wells; a weir; no dam.", "a weir"),
        ("Колодязі вирито.", "Колодязі вирито, але греблі немає.", "греблі немає"),
        ("Offers 9.", "Offers 9 wells.", ""),
        ("Wells; no dam.", "No dam; wells; a weir.", ""),
        ("Wells; no dam.", "Wells and a dam.", ""),
        ("", "Wells were dug.", ""),
        ("Wells were dug.", "Wells were dug.", ""),
    ],
)  # fmt: skip
def test_what_a_text_has_beyond_another_is_told_where_all_else_stays(
    before: str, after: str, told: str
) -> None:
    assert beyond(before, after) == told


def test_a_clause_that_came_or_went_is_told_alone_and_nothing_is_called_restated() -> None:
    few, many = "Wells were dug.", "Wells were dug, and a dam is to follow."
    came = _finding("reworded", Reworded("Result of the talks", None, "Words", few, many))
    assert sentence(came) == "Result of the talks now also says: a dam is to follow."
    assert sentence(came, language("uk")) == "Result of the talks, тепер також: a dam is to follow."
    went = _finding("reworded", Reworded("Terms of the sale", None, "Words", many, few))
    assert sentence(went) == "Terms of the sale no longer say: a dam is to follow."
    assert sentence(went, language("uk")).startswith("Terms of the sale, більше не йдеться: a dam")
    stance = ("x", None, "Words", few, many, "the Isles", "wells")
    said = _finding("reworded", Reworded(*stance))
    assert sentence(said) == "The Isles on wells now also: a dam is to follow."


def test_a_line_that_tells_the_clause_does_not_repeat_the_text() -> None:
    said = Reworded("Result", None, "Words", "Wells were dug.", "Wells were dug; no dam.")
    beside = Beside(details=(Detail("Words", "words", text=True, before=said[3], after=said[4]),))
    (detail,) = details(_finding("reworded", said, beside))
    assert (detail.clause, detail.text) == ("no dam", True)


@pytest.mark.parametrize(
    ("text", "low", "high", "named"),
    [
        ("Agreed to one day.", 1, 1, True),
        ("Needs a truce of 60 days.", 60, 60, True),
        ("Needs a truce of 160 days.", 60, 60, False),
        ("Asks for 20-50 wells.", 20, 50, True),
        ("From 20 to 50 wells.", 20, 50, True),
        ("Asks for 20 or more, 50 at most.", 20, 50, False),
        ("At least 20.", 20, None, False),
        ("None at all.", 0.5, 0.5, False),
    ],
)
def test_an_amount_is_found_in_digits_or_letters(
    text: str, low: Any, high: Any, *, named: bool
) -> None:
    amount = {"low": low, "high": high, "unit": "days"}
    assert names_amount(text, amount) is named


def test_an_amount_that_the_text_has_is_not_told_again() -> None:
    def stance(text: str) -> Finding:
        amount = {"low": 2, "high": 2, "unit": "days"}
        said = Added(
            "Isles on wells", None, "Positions", [], text, "Isles", "wells", "asks", amount
        )
        own = OwnWords("{party} on {issue}: {words}", {"words": text})
        return _finding("added", said, Beside(own_words=own))

    assert aside(stance("Would wait two days.")) == ""
    assert aside(stance("Would wait.")) == "Asks 2 days."
    assert aside(stance("Would wait 2 days."), language("uk")) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Agreed to wells, according to Amal.", "Agreed to wells, according to Amal."),
        ("Yes, according to the envoy Elise Amal.", "Yes, according to the envoy Elise Amal."),
        ("Agreed with Amal.", "Agreed with Amal (claimed)."),
        ("Agreed.", "Agreed (claimed by Elise Amal)."),
    ],
)  # fmt: skip
def test_who_says_so_is_told_once(text: str, told: str) -> None:
    said = Added("Isles", None, "Notes", [], text)
    reserve = Reserve("claimed", lowest=False, said_by="Elise Amal")
    beside = Beside(own_words=OwnWords("{words}", {"words": text}), reserve=reserve)
    assert sentence(_finding("added", said, beside)) == told


def test_what_stands_in_brackets_already_is_not_followed_by_others() -> None:
    said = Firmed("The fair", None, "Stage", "mooted", "called", ["2031-05-01", None])
    beside = Beside(reserve=Reserve("called", lowest=False, said_by="Elise Amal"))
    told = sentence(_finding("firmed", said, beside), language("uk"))
    assert told == "The fair: called (1 травня 2031; Elise Amal)."


def test_a_text_in_ukrainian_names_its_speaker_in_its_own_way() -> None:
    assert tells_who("Погоджено, за словами Амаль.", "Еліза Амаль", ("за словами",))
    assert not tells_who("Погоджено з Амаль.", "Еліза Амаль", ("за словами",))


def _finding(rule: str, said: Any, beside: Beside = Beside()) -> Finding:  # noqa: B008
    return Finding(
        id="f",
        rule=rule,
        said=said,
        beside=beside,
        significance=Significance.MINOR,
        changes=("c",),
        collection="notes",
        path="notes[x]",
    )


def test_who_says_so_joins_the_status_in_brackets() -> None:
    reserve = Reserve("announced", lowest=False, said_by="Elise Amal")
    said = language("en").sentences.reserved
    assert said("Guests, new: Ash and Birch (announced)", reserve) == (
        "Guests, new: Ash and Birch (announced by Elise Amal)"
    )
    assert said("Guests, new: Ash (seen); Birch (announced)", reserve) == (
        "Guests, new: Ash (seen); Birch (announced), according to Elise Amal"
    )
