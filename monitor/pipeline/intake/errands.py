"""Looks that wait for somebody else, each in a thread of its own, so that nothing waits for them.

A look touches neither the store nor the log. What it found is handled by a later pass, in the one
thread that may write; a source that never answers costs a thread and nobody's mail.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from monitor.collect.source import Look

AT_ONCE: Final = 8
"""Looks under way; a further source waits for the next pass."""

Ask = Callable[[], Look]


@dataclass(slots=True)
class _Errand:
    found: Look | None = None
    failed: Exception | None = None
    is_done: threading.Event = field(default_factory=threading.Event)


class Errands:
    """What is under way, by source. To be used by one thread.

    `on_end` is called in the thread of a look when it has ended, so that somebody comes for it.
    """

    def __init__(self, on_end: Callable[[], None]) -> None:
        self._on_end = on_end
        self._under_way: dict[str, _Errand] = {}

    def is_waited_for(self, source: str) -> bool:
        """Whether a look is under way and has not ended."""
        errand = self._under_way.get(source)
        return errand is not None and not errand.is_done.is_set()

    def drop(self, source: str) -> None:
        """What is under way is nobody's any more: it was asked of another place."""
        self._under_way.pop(source, None)

    def ask(self, source: str, look: Ask) -> Look | None:
        """What the look has found; None while it goes on, or waits for others to end.

        The first call begins it. Raises what the look raises.
        """
        errand = self._under_way.get(source)
        if errand is None:
            if sum(not one.is_done.is_set() for one in self._under_way.values()) < AT_ONCE:
                self._under_way[source] = _begun(source, look, self._on_end)
            return None
        if not errand.is_done.is_set():
            return None
        del self._under_way[source]
        if errand.failed is not None:
            raise errand.failed
        return errand.found


def _begun(source: str, look: Ask, on_end: Callable[[], None]) -> _Errand:
    errand = _Errand()

    def go() -> None:
        try:
            errand.found = look()
        except Exception as error:  # noqa: BLE001 - raised again where it is asked for
            errand.failed = error
        finally:
            errand.is_done.set()
            on_end()

    # A daemon: a source that hangs must not keep the program from ending.
    threading.Thread(target=go, name=f"look {source}", daemon=True).start()
    return errand
