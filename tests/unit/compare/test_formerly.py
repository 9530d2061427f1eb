"""Who comes to a group and headed another one before."""

from __future__ import annotations

import pytest

from monitor.model.said import Joined
from monitor.words import language
from monitor.words.wording import aside, sentence
from tests.unit.compare.test_regrouped import crew, crews, guild, guilds, step, told


def test_who_headed_another_group_is_told_with_it() -> None:
    past = crews(crew("Rook", "ash:skipper", "birch:hand"), crew("Wren", "cole:skipper"))
    old = crews(crew("Rook", "birch:hand"), crew("Wren", "cole:skipper"))
    new = crews(crew("Rook", "birch:hand"), crew("Wren", "cole:skipper", "ash:hand"))

    assert told(step(old, new, past=[past])) == [
        "Ash, formerly skipper of the crew of the Rook, joins the crew of the Wren as a hand."
    ]


def test_what_a_plain_member_was_is_not_told() -> None:
    past = crews(crew("Rook", "ash:hand", "birch:hand"), crew("Wren", "cole:skipper"))
    old = crews(crew("Rook", "birch:hand"), crew("Wren", "cole:skipper"))
    new = crews(crew("Rook", "birch:hand"), crew("Wren", "cole:skipper", "ash:hand"))

    assert told(step(old, new, past=[past])) == ["Ash joins the crew of the Wren as a hand."]


def test_where_they_were_last_listed_decides() -> None:
    headed = crews(
        crew("Rook", "ash:skipper"), crew("Wren", "cole:hand"), crew("Gull", "dale:hand")
    )
    served = crews(crew("Rook"), crew("Wren", "cole:hand"), crew("Gull", "dale:hand", "ash:hand"))
    old = crews(crew("Rook"), crew("Wren", "cole:hand"), crew("Gull", "dale:hand"))
    new = crews(crew("Rook"), crew("Wren", "cole:hand", "ash:hand"), crew("Gull", "dale:hand"))

    found = step(old, new, past=[headed, served])

    assert told(found) == ["Ash joins the crew of the Wren as a hand."]


def test_who_still_belongs_elsewhere_was_not_formerly_there() -> None:
    past = crews(crew("Rook", "ash:skipper"), crew("Wren", "cole:hand"))
    old = crews(crew("Rook", "ash:skipper"), crew("Wren", "cole:hand"))
    new = crews(crew("Rook", "ash:skipper"), crew("Wren", "cole:hand", "ash:hand"))

    assert told(step(old, new, past=[past])) == ["Ash joins the crew of the Wren as a hand."]


def test_among_several_it_stands_in_brackets() -> None:
    past = crews(crew("Rook", "ash:mate"), crew("Wren", "cole:hand"))
    old = crews(crew("Rook"), crew("Wren", "cole:hand"))
    new = crews(crew("Rook"), crew("Wren", "cole:hand", "ash:hand", "dale:cook"))

    found = step(old, new, past=[past])

    assert told(found) == [
        "The crew of the Wren goes from one to three: "
        "Ash (formerly mate of the crew of the Rook) and Dale (cook) join."
    ]


def test_lists_of_the_same_people_count_as_groups_alike() -> None:
    past = {**crews(crew("Rook", "ash:skipper", "eden:hand")), **guilds(guild("smith", "dale"))}
    old = {**crews(crew("Rook", "eden:hand")), **guilds(guild("smith", "dale"))}
    new = {**crews(crew("Rook", "eden:hand")), **guilds(guild("smith", "dale", "ash"))}

    assert told(step(old, new, past=[past])) == [
        "Ash, formerly skipper of the crew of the Rook, joins the smith guild."
    ]


def test_the_new_head_is_told_with_it_too() -> None:
    past = crews(crew("Rook", "ash:skipper"), crew("Wren", "cole:skipper"))
    old = crews(crew("Rook"), crew("Wren", "cole:skipper"))
    new = crews(crew("Rook"), crew("Wren", "ash:skipper"))

    assert told(step(old, new, past=[past])) == [
        "Ash replaces Cole as skipper of the crew of the Wren. Cole is no longer listed. "
        "Ash was skipper of the crew of the Rook before."
    ]


def test_who_moves_from_the_head_of_one_group_is_told_so() -> None:
    old = crews(crew("Rook", "ash:skipper", "eden:hand"), crew("Wren", "cole:hand"))
    new = crews(crew("Rook", "eden:hand"), crew("Wren", "cole:hand", "ash:hand"))

    assert told(step(old, new)) == [
        "Ash, skipper of the crew of the Rook, moves to the crew of the Wren as a hand."
    ]


def test_two_who_change_places_are_one_aside_and_who_was_there_before_returns() -> None:
    past = crews(crew("Rook", "ash:mate", "eden:hand"), crew("Wren", "cole:hand"))
    old = crews(crew("Rook", "cole:hand", "eden:hand"), crew("Wren", "ash:skipper"))
    new = crews(crew("Rook", "ash:hand", "eden:hand"), crew("Wren", "cole:skipper"))

    assert told(step(old, new, past=[past])) == [
        "Cole replaces Ash as skipper of the crew of the Wren. "
        "Ash returns to the crew of the Rook, which Cole leaves. Cole was a hand there."
    ]


def test_in_ukrainian_too() -> None:
    past = crews(crew("Rook", "ash:skipper"), crew("Wren", "cole:hand"))
    old, new = (
        crews(crew("Rook"), crew("Wren", "cole:hand", *more)) for more in ([], ["ash:hand"])
    )
    (found,) = step(old, new, past=[past]).findings
    spoken = language("uk")

    assert sentence(found, spoken) == (
        "The crew of the Wren: до складу тепер входить Ash "
        "(роль: hand; раніше skipper, the crew of the Rook)."
    )
    assert not aside(found, spoken)


def test_a_subject_leaves_it_out() -> None:
    past = crews(crew("Rook", "ash:skipper"), crew("Wren", "cole:hand"))
    old, new = (
        crews(crew("Rook"), crew("Wren", "cole:hand", *more)) for more in ([], ["ash:hand"])
    )
    (found,) = step(old, new, past=[past]).findings

    assert isinstance(found.said, Joined)
    for code in ("en", "uk"):
        spoken = language(code).sentences
        assert "Rook" not in spoken.short(found.said, found.beside, "2031")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ({"least": 4, "most": 4}, {"least": 3, "most": 3}, "goes from four to three"),
        ({"least": 4, "most": 4}, {"least": 2, "most": 6}, "goes from 4 to 2–6 sailors"),
    ],
)
def test_a_stated_size_is_said_in_letters(
    before: dict[str, int], after: dict[str, int], says: str
) -> None:
    old, new = (
        crews(crew("Rook", *who, strength={**size, "what": "sailors"}))
        for who, size in ((["ash", "birch"], before), (["cole"], after))
    )

    assert says in told(step(old, new))[0]
