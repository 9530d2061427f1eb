"""What comes again and again, such as a database that is away: one line a minute of each kind."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.pipeline.say import warn

MINUTE = 60.0


@dataclass(slots=True)
class _Kind:
    said_at: float
    unsaid: int = 0


@dataclass(slots=True)
class Seldom:
    """`clock` gives monotonic seconds."""

    clock: Callable[[], float] = time.monotonic
    _kinds: dict[str, _Kind] = field(default_factory=dict)

    def warn(self, event: str, text: str, **facts: object) -> None:
        """Say it, unless such an event was said within the last minute; then it is counted."""
        words = self.words(event, text)
        if words:
            warn(event, words, **facts)

    def words(self, kind: str, text: str) -> str:
        """What to say now: empty for nothing."""
        now, known = self.clock(), self._kinds.get(kind)
        if known is not None and now - known.said_at < MINUTE:
            known.unsaid += 1
            return ""
        more = known.unsaid if known is not None else 0
        self._kinds[kind] = _Kind(said_at=now)
        return f"{text} (and {more} more since the last line)" if more else text
