"""What each message told: from where to where its pointers moved, per situation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from monitor.model.subscription import Pointers

LANES = ("told", "alerted")


class Span(NamedTuple):
    """Version ids of told and alerted before a message and after it."""

    told: int
    alerted: int
    new_told: int
    new_alerted: int

    def start(self, lane: str) -> int:
        return self.told if lane == "told" else self.alerted

    def end(self, lane: str) -> int:
        return self.new_told if lane == "told" else self.new_alerted

    def moves(self, lane: str) -> bool:
        return self.start(lane) != self.end(lane)


def to_json(moved: Iterable[tuple[Pointers, Pointers]]) -> dict[str, list[int]] | None:
    """None for a message that moved nothing."""
    spans = {
        old.situation: list(Span(old.told, old.alerted, new.told, new.alerted))
        for old, new in moved
    }
    return spans or None


def from_json(stored: Mapping[str, Any] | None) -> dict[str, Span]:
    return {situation: Span(*ends) for situation, ends in (stored or {}).items()}
