"""What other rules say of the entity that a sentence is about, where the sentence tells it too."""

from __future__ import annotations

from monitor.model.said import Beside, Firmed, PositionMove, Reworded


def also_moved(said: PositionMove, beside: Beside) -> PositionMove | None:
    """The other of a stance's word and number, where both moved."""
    for each in beside.also:
        other = each.said
        if not isinstance(other, PositionMove) or isinstance(other, Reworded):
            continue
        if said.label.endswith(other.label) and other.field != said.field:
            return other
    return None


def firmer_than(said: PositionMove, beside: Beside) -> str:
    """The status under which a number was told that is firmer now; empty where it is not."""
    for each in beside.also:
        other = each.said
        if isinstance(other, Firmed) and said.label.endswith(other.label):
            return other.before
    return ""
