"""A partial that removes what is not there says nothing: most likely a key is misspelt."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.collect.merging import merge
from monitor.collect.states import Statement
from monitor.errors import SnapshotRefused
from monitor.kinds.kind import Kind
from tests.reading import kind_of

FLEET = """\
properties:
  ships:
    type: array
    x-key: [id]
    items:
      type: object
      required: [id]
      properties:
        id: {type: string}
        crew:
          type: array
          x-key: [name]
          items: {type: object, required: [name], properties: {name: {type: string}}}
"""
BASE: dict[str, Any] = {
    "ships": [{"id": "heron", "crew": [{"name": "Orla"}, {"name": "Piet"}]}, {"id": "tern"}]
}


def fleet() -> Kind:
    return kind_of(FLEET)


def removing(*ships: dict[str, Any]) -> Statement:
    return Statement(id=1, as_of="2026-03-01", coverage="partial", read=lambda: {"ships": [*ships]})


@pytest.mark.parametrize(
    ("ship", "says"),
    [
        ({"id": "herron", "x-removed": True}, "ships[herron] is to be removed and is not there; "),
        ({"id": "herron", "x-removed": True}, "did you mean heron?"),
        (
            {"id": "heron", "crew": [{"name": "Olra", "x-removed": True}]},
            "ships.crew[Olra] is to be removed and is not there",
        ),
    ],
)
def test_what_is_not_there_cannot_be_removed(ship: dict[str, Any], says: str) -> None:
    with pytest.raises(SnapshotRefused) as refused:
        merge(BASE, removing(ship), fleet(), strict=True)
    assert says in str(refused.value)


def test_each_is_named() -> None:
    wrong = [{"id": name, "x-removed": True} for name in ("auk", "gull")]
    with pytest.raises(SnapshotRefused) as refused:
        merge(BASE, removing(*wrong), fleet(), strict=True)
    assert "ships[auk]" in str(refused.value)
    assert [line for line in refused.value.others if "ships[gull]" in line]


def test_what_is_there_is_removed() -> None:
    state = merge(BASE, removing({"id": "tern", "x-removed": True}), fleet(), strict=True)
    assert [ship["id"] for ship in state["ships"]] == ["heron"]


def test_what_was_taken_in_before_may_remove_what_is_gone_since() -> None:
    """Its file is not read again when a snapshot before it has changed."""
    state = merge(BASE, removing({"id": "auk", "x-removed": True}), fleet())
    assert [ship["id"] for ship in state["ships"]] == ["heron", "tern"]


def test_null_clears_a_list_of_entries() -> None:
    state = merge(BASE, removing({"id": "heron", "crew": None}), fleet(), strict=True)
    assert state["ships"][0] == {"id": "heron"}


def test_an_empty_list_clears_nothing_and_says_how_to() -> None:
    with pytest.raises(SnapshotRefused) as refused:
        merge(BASE, removing({"id": "heron", "crew": []}), fleet(), strict=True)
    assert "crew: [] leaves the list as it is" in str(refused.value)
    assert "write crew: null to clear it" in str(refused.value)
    with pytest.raises(SnapshotRefused, match=r"cover it \(coverage: \[ships\]\)"):
        merge(BASE, removing(), fleet(), strict=True)


def test_an_empty_list_is_fine_where_there_is_nothing_to_clear_or_all_is_said() -> None:
    for ship in ({"id": "tern", "crew": []}, {"id": "auk", "crew": []}):
        assert merge(BASE, removing(ship), fleet(), strict=True)["ships"]
    covering = Statement(
        id=1, as_of="2026-03-01", coverage=("ships.crew",), read=lambda: removing().content
    )
    assert merge(BASE, covering, fleet()) == merge(BASE, removing(), fleet())
    whole = Statement(id=1, as_of="2026-03-01", coverage=("ships",), read=lambda: {"ships": []})
    assert merge(BASE, whole, fleet(), strict=True)["ships"] == []
