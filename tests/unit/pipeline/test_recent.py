"""What is kept of what was made lately."""

from __future__ import annotations

import pytest

from monitor.pipeline.recent import Recent


class Kitchen:
    """Cooks what is asked for, and remembers what it had to cook."""

    def __init__(self, limit: int) -> None:
        self.cooked: list[str] = []
        self._shelf: Recent[str, str] = Recent(limit)

    def serves(self, dish: str) -> str:
        return self._shelf.get(dish, lambda: self._cook(dish))

    def _cook(self, dish: str) -> str:
        self.cooked.append(dish)
        return f"a plate of {dish}"


def test_what_was_made_is_not_made_again() -> None:
    kitchen = Kitchen(2)
    assert [kitchen.serves("soup"), kitchen.serves("soup")] == ["a plate of soup"] * 2
    assert kitchen.cooked == ["soup"]


def test_what_nobody_asked_for_longest_goes_first() -> None:
    kitchen = Kitchen(2)
    for dish in ("soup", "rice", "soup", "fish", "soup", "rice"):
        kitchen.serves(dish)
    assert kitchen.cooked == ["soup", "rice", "fish", "rice"]


def test_what_could_not_be_made_is_tried_again() -> None:
    shelf: Recent[str, int] = Recent(2)
    with pytest.raises(ZeroDivisionError):
        shelf.get("soup", lambda: 1 // 0)
    assert shelf.get("soup", lambda: 3) == 3
