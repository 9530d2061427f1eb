"""How many messages may be handed over in a time, and the log by which that is kept.

The log says of all that was taken when it begins to count no more. A bucket that fills again would
let twice as many through in a window that lies across two of its fillings, and messages that are
spaced evenly would spend a quota of a day in drops; a log keeps to the number over any window,
and gives all that is left of it at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, TypeAlias

from monitor.model.record import Record

Taken: TypeAlias = tuple[tuple[float, int], ...]
"""(second until which it counts, messages), the earliest first."""

GRAINS: Final = 100
"""Entries of a log: what is taken in one hundredth of the period counts until the end of it."""

LONGEST_GRANT: Final = 2.0
"""Seconds within which a message is begun that was taken for it; later, it has had no turn."""


class Rate(Record):
    """At most `messages` are begun in any `seconds`."""

    messages: int
    seconds: float

    @property
    def grant(self) -> float:
        """Seconds between taking and beginning, which the log counts in."""
        return min(LONGEST_GRANT, self.seconds / 4)

    def left(self, taken: Taken, at: float) -> int:
        return max(0, self.messages - sum(many for _, many in self._counting(taken, at)))

    def take(self, taken: Taken, at: float, messages: int) -> Taken:
        """The log with so many more, taken at this second, and without what counts no more."""
        until = math.ceil((at + self._window) / self._grain) * self._grain
        return _merged((*self._counting(taken, at), (until, messages)))

    def next(self, taken: Taken, at: float) -> float:
        """The second from which on one more may be taken; `at` where that is now."""
        counting = list(self._counting(taken, at))
        many = sum(number for _, number in counting)
        for until, number in counting:
            if many < self.messages:
                break
            at, many = until, many - number
        return at

    @property
    def _window(self) -> float:
        return self.seconds + self.grant

    @property
    def _grain(self) -> float:
        return self.seconds / GRAINS

    def _counting(self, taken: Taken, at: float) -> Taken:
        # Of a clock that was set back, what was taken is of this moment, and not of days ahead.
        latest = at + self._window + self._grain
        return _merged((min(until, latest), many) for until, many in taken if until > at)


class Limit(Record):
    """What is kept for some hosts together; for all mail where none is named."""

    name: str
    rates: tuple[Rate, ...]
    hosts: tuple[str, ...] = ()

    def covers(self, recipient: str) -> bool:
        return not self.hosts or recipient.rpartition("@")[2].lower() in self.hosts


class Rates(Record):
    """All that is kept, by whoever shares a database.

    `by_caller`: the time is what the caller says it is, where the database's own would be asked.
    """

    limits: tuple[Limit, ...] = ()
    by_caller: bool = False

    @property
    def of_all(self) -> tuple[Limit, ...]:
        return tuple(limit for limit in self.limits if not limit.hosts)

    @property
    def of_hosts(self) -> tuple[Limit, ...]:
        return tuple(limit for limit in self.limits if limit.hosts)

    @property
    def grant(self) -> float | None:
        """Seconds within which what was claimed is to be begun; None where no rate is kept."""
        grants = [rate.grant for limit in self.limits for rate in limit.rates]
        return min(grants, default=None)


UNLIMITED: Final = Rates()


def _merged(taken: Iterable[tuple[float, int]]) -> Taken:
    entries: dict[float, int] = {}
    for until, many in taken:
        entries[until] = entries.get(until, 0) + many
    return tuple(sorted(entries.items()))
