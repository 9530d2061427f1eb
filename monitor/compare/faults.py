"""Faults of our own: a rule that raises costs its own words, never the comparison."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class ComparisonFaults:
    """What went wrong inside one comparison, each said once, in the order it was met."""

    def __init__(self) -> None:
        self._met: dict[str, None] = {}

    def guard(self, what: str, made: Callable[[], T], instead: T) -> T:
        """What `made` gives or, when it raises, `instead`; `what` names the part for a person."""
        try:
            return made()
        except Exception as error:  # noqa: BLE001 - a fault of ours: kept, and told by the caller
            self.met(what, error)
            return instead

    def met(self, what: str, error: Exception) -> None:
        self.say(f"{what} failed: {type(error).__name__}: {error} ({_place(error)})")

    def say(self, fault: str) -> None:
        """One line, whatever a message holds."""
        self._met[" ".join(fault.split())] = None

    def all(self) -> tuple[str, ...]:
        return tuple(self._met)


def _place(error: Exception) -> str:
    """The file and line that raised, without the folders of this machine."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown place"
