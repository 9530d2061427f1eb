"""Entries whose texts speak for themselves are told by these, not by their keys."""

from __future__ import annotations

import pytest

from monitor.model.comparison import Finding, Significance
from monitor.model.said import (
    Added,
    Beside,
    ManyAdded,
    ManyRemoved,
    Part,
    Removed,
    Renewed,
    Said,
)
from monitor.words import aspects, language
from monitor.words.wording import below, sentence

PRESS = Part("Rules", "press", "Closed to all photographers.", [], True)
WHY = Part("Rules", "delay", "A flooded hall.", [], True)
BRIDGE = Part("Agenda", "the old bridge", "The old bridge comes first.", [])
TOLL = Part("Agenda", "the toll", "Named by the farmers", [])
MILL = Part("Agenda", "the mill", None, [])


def of(said: Said, *parts: Part) -> Finding:
    return Finding(
        id="f",
        rule="r",
        said=said,
        beside=Beside(parts=parts),
        significance=Significance.MINOR,
        changes=(),
        collection="",
        path="p",
    )


def added(*parts: Part) -> Finding:
    return of(ManyAdded(parts[0].section, "the fair", len(parts), ["a"]), *parts)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ((PRESS, WHY), "Closed to all photographers. Delay: A flooded hall."),
        ((BRIDGE, MILL), "Agenda, new: the mill. The old bridge comes first."),
        ((TOLL, MILL), "Agenda, new: the toll (Named by the farmers) and the mill."),
        ((BRIDGE, TOLL), "Agenda, new: the toll (Named by the farmers). "
         "The old bridge comes first."),
    ],
)  # fmt: skip
def test_texts_are_told_as_sentences(parts: tuple[Part, ...], told: str) -> None:
    assert below(added(*parts)) == told


def test_above_their_list_they_are_told_so_too() -> None:
    assert sentence(added(PRESS, WHY)) == (
        "Rules of the fair, new: Closed to all photographers. Delay: A flooded hall."
    )


def test_what_went_is_no_longer_said() -> None:
    gone = of(ManyRemoved("Rules", "the fair", 2, ["press", "delay"]), PRESS, WHY)
    assert below(gone) == (
        "Rules, no longer said: Closed to all photographers. Delay: A flooded hall."
    )
    assert below(of(ManyRemoved("Agenda", "the fair", 1, ["the mill"]), MILL)) == (
        "Agenda, no longer listed: the mill."
    )


def test_what_came_and_what_went_are_two_sentences() -> None:
    both = of(Renewed("Rules", "the fair", ["press"], ["delay"]), PRESS, WHY)
    assert sentence(both) == (
        "Rules of the fair, new: Closed to all photographers. "
        "No longer said: Delay: A flooded hall."
    )


@pytest.mark.parametrize(
    ("shape", "told"),
    [(Added, "Open to all."), (Removed, "Rules, no longer said: Open to all.")],
)
def test_one_alone_is_told_by_its_text(shape: type[Added | Removed], told: str) -> None:
    one = shape("access to the hall", "the fair", "Rules", [], "Open to all", aspect=True)
    expected = told.replace("Open", "Access to the hall: Open")
    assert below(of(one)) == expected
    longer = one._replace(text="Open to all who have a ticket.")
    assert below(of(longer)) == told.replace("to all.", "to all who have a ticket.")


def test_an_entry_of_its_own_keeps_its_name() -> None:
    hall = Added("the Red Hall", "the fair", "Venues", [], "It was built in 1902.")
    assert below(of(hall)) == "Venues, new: the Red Hall."


@pytest.mark.parametrize(
    ("label", "text", "found"),
    [
        ("the dam", "The dam only if time allows", True),
        ("counting the stores", "Stores are to be emptied twice", False),
        ("a ceasefire", "Methods of bringing a ceasefire about", True),
        ("quay 7", "Quay 9 is dredged", False),
        ("rails", "Roads only", False),
    ],
)
def test_a_name_is_repeated_where_all_its_words_are(label: str, text: str, found: bool) -> None:
    assert aspects.repeats(label, text) is found


def test_ukrainian_says_the_same() -> None:
    uk = language("uk")
    assert below(added(PRESS, WHY), uk) == ("Closed to all photographers. Delay: A flooded hall.")
    gone = of(ManyRemoved("Rules", "the fair", 1, ["press"]), PRESS)
    assert below(gone, uk) == "Rules, більше не сказано: Closed to all photographers."
