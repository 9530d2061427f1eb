"""Blame stays small: an item that cannot be handled is that item's trouble, and the others go on.

Every loop of a pass hands its items over one by one. What goes wrong with one is logged once,
stands as trouble until the same item goes well or is there no more, and stops nobody else. Only a
database that does not answer ends a pass, for nothing can go well then.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final, TypeVar

from monitor.errors import CannotCompare, LateWrite, MonitorError, StoreUnavailable
from monitor.model.tuples import NamedTuple
from monitor.pipeline.say import LOGGER

FAULT: Final = "fault:"
"""Begins the condition of an item that cannot be handled; its step and its name follow."""

COMPARE: Final = "compare"

LONGEST: Final = 300
"""Characters of a reason; the log has the whole of it."""

_JOBS: Final = frozenset(("recover", "tidy", "beat"))
_OF_ONE_MACHINE: Final = _JOBS | {"look", "watch"}

NOBODYS: Final = (StoreUnavailable, LateWrite)
"""What is no item's fault: no database, or another node that has taken over."""

T = TypeVar("T")


class Noted(NamedTuple):
    """What was blamed, as it was said."""

    step: str
    what: str
    text: str


class Blame:
    """What fails in this process, by step and item. A step is looked through between `begin` and
    `end`; what stood before and was not met again in between is over then."""

    def __init__(self) -> None:
        self._failing: dict[str, dict[str, str]] = {}
        self._before: dict[str, dict[str, str]] = {}
        self._unasked: dict[str, set[str]] = {}
        self._ended: set[str] = set()
        self._ended_before: set[str] = set()
        self._hearing: list[list[Noted]] = []
        self.count = 0
        """Faults so far, repeated ones too: what has not grown meanwhile went well."""

    def attempt(self, step: str, what: str, said: str, call: Callable[[], T], *, otherwise: T) -> T:
        """What `call` answers, or `otherwise` when it fails; `said` is what cannot be done then.

        Raises StoreUnavailable and LateWrite, which are nobody's fault.
        """
        try:
            return call()
        except NOBODYS:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it must stop nobody else
            self.caught(step, what, said, error)
            return otherwise

    def quietly(self, step: str, what: str, call: Callable[[], T]) -> T | None:  # noqa: ARG002
        """What `call` answers, or None when it fails, and then nobody is blamed: it is to be tried
        again, by `attempt` and for each whom it concerns. Raises StoreUnavailable."""
        try:
            return call()
        except StoreUnavailable:
            raise
        except Exception:  # noqa: BLE001 - as `attempt`
            return None

    def caught(self, step: str, what: str, said: str, error: Exception) -> None:
        """Blame the item, or whom the error itself names."""
        if isinstance(error, CannotCompare):
            known = self.text(COMPARE, error.what)
            self.note(COMPARE, error.what, known or str(error), error=error)
        else:
            self.note(step, what, f"{said}: {reason(error)}", error=error)

    def note(self, step: str, what: str, text: str, *, error: Exception | None = None) -> None:
        """A fault that was worked around, or the reason why an item was left out."""
        self.count += 1
        for heard in self._hearing if step not in _JOBS else ():
            heard.append(Noted(step, what, text))
        what = _key(step, what)
        known = self._failing.setdefault(step, {})
        is_new = what not in known and self._before.get(step, {}).get(what) != text
        known[what] = text
        if is_new:
            _log(step, what, text, error)

    def together(
        self,
        step: str,
        items: Sequence[T],
        call: Callable[[Sequence[T]], int],
        *,
        name: Callable[[T], str],
        said: Callable[[T], str],
    ) -> int:
        """All in one call, which is quick; when that fails each alone, so that one stops none."""
        try:
            return call(items)
        except NOBODYS:
            raise
        except Exception:  # noqa: BLE001 - found again below, where it belongs
            return sum(
                self.attempt(step, name(item), said(item), partial(call, [item]), otherwise=0)
                for item in items
            )

    @contextmanager
    def hearing(self) -> Iterator[list[Noted]]:
        """What a pass blames meanwhile, also what it has blamed before."""
        self._hearing.append([])
        place = len(self._hearing) - 1
        try:
            yield self._hearing[place]
        finally:
            del self._hearing[place:]

    def fails(self, step: str, what: str) -> bool:
        """Whether it failed the last time it was tried."""
        return self.text(step, what) is not None

    def failed_before(self, step: str, what: str) -> bool:
        """Whether it stood when this step began."""
        return _key(step, what) in self._before.get(step, {})

    def text(self, step: str, what: str) -> str | None:
        """What is wrong with it, in one line."""
        return self._failing.get(step, {}).get(_key(step, what))

    def skip(self, step: str, what: str) -> None:
        """It was not its turn: whatever stands of it, and of what is inside, goes on standing."""
        self._unasked.setdefault(step, set()).add(what)

    def begin(self, step: str) -> None:
        self._before[step] = self._failing.get(step, {})
        self._failing[step] = {}
        self._unasked[step] = set()
        (self._ended_before.add if step in self._ended else self._ended_before.discard)(step)
        self._ended.discard(step)

    def end(self, step: str) -> None:
        """Every item of the step has had its turn."""
        before = self._before[step].items()
        kept = {what: text for what, text in before if self._is_unasked(step, what)}
        self._failing[step] = kept | self._failing[step]
        self._ended.add(step)

    def standing(self) -> dict[str, str]:
        """Conditions that stand now, each with its line; a step that was broken off keeps its."""
        return {
            f"{FAULT}{step}:{what}": text
            for step, failing in self._failing.items()
            for what, text in (self._left(step) | failing).items()
        }

    def is_over(self, condition: str) -> bool:
        """Whether this process has looked, and the condition stands no more."""
        step, _, what = condition.removeprefix(FAULT).partition(":")
        return (
            step in self._ended | self._ended_before
            and what not in self._failing.get(step, {})
            and not self._is_unasked(step, what)
        )

    def _is_unasked(self, step: str, what: str) -> bool:
        if step in _OF_ONE_MACHINE:
            what = what.rpartition("@")[0]
        unasked = self._unasked.get(step, set())
        return what in unasked or any(what.startswith(f"{each}/") for each in unasked)

    def _left(self, step: str) -> dict[str, str]:
        return {} if step in self._ended else self._before.get(step, {})


def _key(step: str, what: str) -> str:
    return f"{what}@{socket.gethostname()}" if step in _OF_ONE_MACHINE else what


def machine_of(condition: str) -> str | None:
    """Where the fault is, if it is one that other machines cannot see."""
    step, _, what = condition.removeprefix(FAULT).partition(":")
    return what.rpartition("@")[2] if step in _OF_ONE_MACHINE else None


def reason(error: Exception) -> str:
    """In one line, as short as it can be told to a person."""
    words = " ".join(str(error).split())
    if not isinstance(error, MonitorError):
        words = f"{type(error).__name__}: {words}" if words else type(error).__name__
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _log(step: str, what: str, text: str, error: Exception | None) -> None:
    """A fault of ours with where it happened; what a person can mend in its one line."""
    cause = error.__cause__ if isinstance(error, CannotCompare) else error
    if isinstance(cause, MonitorError):
        cause = None
    LOGGER.log(
        logging.ERROR if cause else logging.WARNING,
        text,
        # A command keeps no log: it prints the one line.
        exc_info=cause if LOGGER.hasHandlers() else None,
        extra={"event": "fault", "facts": {"step": step, "item": what}},
    )
