"""What people were where they come from, and where those who change places are now."""

from __future__ import annotations

import pytest

from monitor.model.said import ManyMoved, Replaced
from monitor.words.en import membership as english
from monitor.words.uk import membership as ukrainian

REPLACED = Replaced(
    label="Ida Fenn",
    former="Bo Ash",
    parent="the lake watch",
    role="warden",
    former_stays=True,
    was_listed=False,
    former_role="rower",
    left="the hill watch",
    left_role="usher",
)


def test_who_leaves_a_group_for_another_was_something_there() -> None:
    told = english.after_replaced(REPLACED)
    assert told == "Bo Ash stays as a rower. Ida Fenn leaves the hill watch, an usher there so far."
    assert "раніше у складі — the hill watch (usher)." in ukrainian.after_replaced(REPLACED)


def test_who_comes_back_from_another_group_returns_in_one_sentence() -> None:
    back = REPLACED._replace(returned="2041-03-02")
    told = english.after_replaced(back)
    assert told.endswith(
        "Ida Fenn leaves the hill watch, an usher there so far, and returns, last listed here on "
        "2 March 2041."
    )
    assert "повернення, востаннє у складі 2 березня 2041" in ukrainian.after_replaced(back)


def test_who_exchanges_groups_with_the_former_holder_was_something_in_that() -> None:
    each = REPLACED._replace(former_joins="the hill watch")
    told = english.after_replaced(each)
    assert told == (
        "Bo Ash joins the hill watch, which Ida Fenn leaves. Ida Fenn was an usher there."
    )


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (["spare (rowers)", "full"], "Bo is now in “spare” (rowers), Ida in “full”"),
        (["Row 2", "the hill watch"], "Bo is now in Row 2, Ida in the hill watch"),
    ],
)
def test_a_list_called_by_a_word_is_quoted(places: list[str], told: str) -> None:
    said = ManyMoved(["Bo", "Ida"], places[::-1], places)
    assert english.many_moved(said) == f"Bo and Ida change places: {told}"
