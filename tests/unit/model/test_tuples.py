"""Tuples made cheaply are what `typing.NamedTuple` makes, in the first value and in later ones."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from monitor.model.tuples import NamedTuple


class Bridge(NamedTuple):
    """Of a river."""

    name: str
    spans: int = 1
    tolls: tuple[int, ...] = ()

    @property
    def is_long(self) -> bool:
        return self.spans > 3


class Like(typing.NamedTuple):
    name: str
    spans: int = 1
    tolls: tuple[int, ...] = ()


class Ferry(NamedTuple):
    name: str


def made(of: Any, times: int, *given: Any, **named: Any) -> Any:
    """The last of so many values: a class that makes many makes them otherwise than its first."""
    return [of(*given, **named) for _ in range(times)][-1]


@pytest.mark.parametrize("times", [1, 400])
@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("Oder",), {}),
        (("Oder", 5), {}),
        (("Oder", 5, (1, 2)), {}),
        ((), {"name": "Oder"}),
        (("Oder",), {"tolls": (3,)}),
        ((), {"tolls": (3,), "spans": 2, "name": "Oder"}),
    ],
)
def test_values_are_those_of_a_named_tuple(
    times: int, given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    own, like = made(Bridge, times, *given, **named), Like(*given, **named)
    assert own == like == tuple(like)
    assert hash(own) == hash(like)
    assert own._asdict() == like._asdict()
    assert repr(own) == repr(like).replace("Like(", "Bridge(")
    assert own.spans == like.spans
    assert own.is_long == (like.spans > 3)
    assert own._replace(spans=9) == like._replace(spans=9)


@pytest.mark.parametrize("times", [0, 400])
@pytest.mark.parametrize(
    ("given", "named"),
    [
        ((), {}),
        (("a", 1, (), 4), {}),
        (("a",), {"name": "b"}),
        (("a",), {"colour": "red"}),
        ((), {"spans": 2}),
        ((), {"spans": 2, "tolls": (), "colour": "red"}),
    ],
)
def test_what_does_not_fit_is_refused(
    times: int, given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    class Weir(NamedTuple):
        name: str
        spans: int = 1
        tolls: tuple[int, ...] = ()

    kind: Any = Weir
    for _ in range(times):
        kind("Spree")
    with pytest.raises(TypeError):
        kind(*given, **named)


def test_a_class_says_what_it_is() -> None:
    assert Bridge._fields == Like._fields
    assert Bridge._field_defaults == Like._field_defaults
    assert Bridge.__doc__ == "Of a river."
    assert typing.get_type_hints(Bridge) == typing.get_type_hints(Like)
    assert issubclass(Bridge, tuple)
    assert type(Bridge) is type


def test_a_value_is_frozen_and_has_nothing_else() -> None:
    bridge: Any = Bridge("Elbe")
    with pytest.raises(AttributeError):
        bridge.name = "Saale"
    with pytest.raises(AttributeError):
        bridge.colour = "red"
    with pytest.raises(ValueError, match="colour"):
        bridge._replace(colour="red")
    assert not hasattr(bridge, "__dict__")


def test_values_are_copied_pickled_unpacked_and_matched() -> None:
    bridge = Bridge("Elbe", 4)
    assert pickle.loads(pickle.dumps(bridge)) == copy.copy(bridge) == bridge
    assert type(copy.deepcopy(bridge)) is Bridge
    assert Bridge._make(["Elbe", 4, ()]) == bridge
    with pytest.raises(TypeError):
        Bridge._make(["Elbe"])
    match bridge:
        case Bridge(name, spans=4):
            assert name == "Elbe"
        case _:
            pytest.fail("it is no bridge")


def test_classes_of_one_form_keep_their_own_names() -> None:
    assert repr(Ferry("Kiel")) == "Ferry(name='Kiel')"
    assert Ferry("Kiel") == ("Kiel",)


def test_a_default_goes_before_no_field_without_one() -> None:
    with pytest.raises(TypeError, match="Barge"):

        class Barge(NamedTuple):
            name: str = "Rhea"
            tons: int  # type: ignore[misc]
