"""What failed rests for a while that grows, unless what it was made from has changed.

A fault that returns at each pass would burn the processor and fill the log. While an item rests,
what was blamed of it stands, and nobody else waits. All of it is forgotten with the process: a
restart, and `run --once`, try everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from monitor.pipeline.trouble.blame import Blame, Noted

PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15, 30, 60))
"""After the first failure, the second in a row, and so on; the last one repeats."""


def lasts(failures: int, since: datetime, now: datetime) -> bool:
    """Whether so many failures in a row, the last at `since`, still make it rest. A clock that was
    put back ends it."""
    pause = PAUSES[min(failures, len(PAUSES)) - 1]
    return timedelta() <= now - since < pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """`state` is what the item was made from when it failed."""

    state: object
    failures: int
    since: datetime
    noted: tuple[Noted, ...]


@dataclass(slots=True)
class Patience:
    """Items by name: ask whether one `rests` before it is tried, and try it within `learning`."""

    blame: Blame
    _rests: dict[str, Rest] = field(default_factory=dict)

    def rests(self, what: str, state: object, now: datetime) -> bool:
        """Whether it is not to be tried now; what was blamed then stands on."""
        rest = self._rests.get(what)
        if rest is None or rest.state != state or not lasts(rest.failures, rest.since, now):
            return False
        self.stands(what)
        return True

    @contextmanager
    def learning(self, what: str, state: object, now: datetime) -> Iterator[None]:
        """Whatever is blamed within is this item's."""
        with self.blame.hearing() as heard:
            yield
        if heard:
            self.failed(what, state, now, heard)
        else:
            self.well(what)

    def sleeps(self, what: str, now: datetime) -> bool:
        """As `rests`, where nobody can tell what it would be made from now; nothing is said."""
        rest = self._rests.get(what)
        return rest is not None and lasts(rest.failures, rest.since, now)

    def knows(self, what: str) -> bool:
        """Whether it failed the last time it was tried, whatever has become of its rest."""
        return what in self._rests

    def stands(self, what: str) -> None:
        """What was blamed of it is so still."""
        rest = self._rests.get(what)
        for one in rest.noted if rest is not None else ():
            self.blame.note(*one)

    def failed(self, what: str, state: object, now: datetime, noted: Sequence[Noted]) -> None:
        rest = self._rests.get(what)
        failures = rest.failures + 1 if rest is not None and rest.state == state else 1
        self._rests[what] = Rest(state=state, failures=failures, since=now, noted=tuple(noted))

    def well(self, what: str) -> None:
        self._rests.pop(what, None)

    def wake(self, begin: str) -> None:
        """Something that they may depend on has changed: items whose names begin so are tried."""
        for what in [what for what in self._rests if what.startswith(begin)]:
            del self._rests[what]
