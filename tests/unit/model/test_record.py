"""Records: frozen values with named fields."""

from __future__ import annotations

import copy
import pickle
from typing import ClassVar

import pytest

from monitor.model.record import Record, replace


class Boat(Record):
    """As the type checker sees it, so does the program."""

    name: str
    berths: int = 2
    harbours: ClassVar[int] = 7

    @property
    def told(self) -> str:
        return f"{self.name} ({self.berths})"


class Ferry(Boat):
    cars: int


def test_fields_are_given_by_name_and_have_defaults() -> None:
    assert Boat(name="Tern").told == "Tern (2)"
    assert Boat(berths=9, name="Tern").told == "Tern (9)"
    assert Boat._fields == ("name", "berths")


def test_fields_of_the_base_come_first() -> None:
    assert Ferry._fields == ("name", "berths", "cars")
    assert repr(Ferry(name="Skua", cars=3)) == "Ferry(name='Skua', berths=2, cars=3)"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Boat lacks name"),
        ({"name": "x", "sails": 1}, "Boat has no sails"),
        ({"sails": 1}, "Boat lacks name and has no sails"),
        ({"name": "x", "harbours": 1}, "Boat has no harbours"),
    ],
)
def test_what_is_missing_or_unknown_is_named(given: dict[str, object], told: str) -> None:
    with pytest.raises(TypeError, match=f"^{told}$"):
        Boat(**given)  # type: ignore[arg-type]


def test_nothing_can_be_changed() -> None:
    boat = Boat(name="Tern")
    with pytest.raises(AttributeError, match=r"Boat\.name cannot be changed"):
        boat.name = "Skua"  # type: ignore[misc]
    with pytest.raises(AttributeError, match=r"Boat\.name cannot be removed"):
        del boat.name


def test_equal_ones_are_one_class_with_equal_fields() -> None:
    assert Boat(name="Tern") == Boat(name="Tern", berths=2)
    assert Boat(name="Tern") != Boat(name="Skua")
    assert Ferry(name="Tern", cars=0) != Boat(name="Tern")
    assert len({Boat(name="Tern"), Boat(name="Tern"), Boat(name="Skua")}) == 2


def test_the_same_with_other_values_is_another_record() -> None:
    boat = Boat(name="Tern")
    assert replace(boat, berths=4) == Boat(name="Tern", berths=4)
    assert boat.berths == 2
    with pytest.raises(TypeError, match="has no sails"):
        replace(boat, sails=1)


def test_copies_and_pickles_are_equal() -> None:
    ferry = Ferry(name="Skua", cars=3)
    assert copy.deepcopy(ferry) == ferry
    assert pickle.loads(pickle.dumps(ferry)) == ferry
