"""What a pass has done: said item by item, added up by whoever asks."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.model.record import Record


class Passed(Record):
    """What one item, one step or one pass came to.

    `left` counts what waits for the next pass, so that others get their turn before.
    """

    snapshots: int = 0
    compared: int = 0
    welcomes: int = 0
    alerts: int = 0
    digests: int = 0
    left: int = 0
    trouble: int = 0

    def __add__(self, other: Passed) -> Passed:
        """Both together; what is left and trouble are what the later one says."""
        return Passed(
            snapshots=self.snapshots + other.snapshots,
            compared=self.compared + other.compared,
            welcomes=self.welcomes + other.welcomes,
            alerts=self.alerts + other.alerts,
            digests=self.digests + other.digests,
            left=other.left,
            trouble=other.trouble,
        )

    @property
    def messages(self) -> int:
        return self.welcomes + self.alerts + self.digests


def total(items: Iterable[Passed]) -> Passed:
    return sum(items, Passed())
