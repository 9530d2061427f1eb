"""Whose turn it is: what a person waits for goes first, and no digest waits for ever."""

from __future__ import annotations

from threading import Lock

from monitor.model.rate import Rates

EVERY = 5
"""Of so many messages one is of a later lane, where one is due, whatever stands in the first."""


class Turns:
    """Remembered by the process that claims; losing it costs one turn."""

    def __init__(self) -> None:
        self._passed = 0
        self._served: dict[str, str] = {}
        self._rates: Rates | None = None
        self._lock = Lock()

    def reserved(self, limit: int) -> int:
        """How many of the next `limit` messages belong to the lanes after the first."""
        with self._lock:
            due, self._passed = divmod(self._passed + limit, EVERY)
        return due

    def after(self, line: str) -> str:
        """The pool of this line that was served last; '' at first."""
        with self._lock:
            return self._served.get(line, "")

    def served(self, line: str, pool: str) -> None:
        with self._lock:
            self._served[line] = pool

    def keeps_other(self, rates: Rates) -> bool:
        """Whether these are other rates than were kept before, which is so at first."""
        with self._lock:
            before, self._rates = self._rates, rates
        return before != rates
