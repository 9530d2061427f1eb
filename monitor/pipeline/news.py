"""Which situations have changed since each step of the pass has looked at them.

One question in each pass says whether anything has changed; only then all revisions are read. A
process that starts knows nothing, so everything has changed for it. What a step could not do is
news to it until it can.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from monitor.pipeline.program import Program
from monitor.store.revisions import Fingerprint

PIN: Final = "pin"
BEGIN: Final = "begin"
ALERT: Final = "alert"
STATES: Final = "states"
DATES: Final = "dates"
NAMES: Final = "names"

_STEPS: Final = (PIN, BEGIN, ALERT, STATES, DATES, NAMES)


@dataclass(slots=True)
class News:
    """To be used by one thread. Losing it costs only the work of looking at everything once."""

    _known: dict[str, int] = field(default_factory=dict)
    _fingerprint: Fingerprint | None = None
    _unseen: dict[str, set[str]] = field(default_factory=lambda: {step: set() for step in _STEPS})

    def ask(self, program: Program) -> None:
        """What has been committed by now is news to every step that follows."""
        if program.store.revisions.fingerprint() == self._fingerprint:
            return
        found = program.store.revisions.all()
        changed = [name for name, revision in found.items() if self._known.get(name) != revision]
        # Of what was read, which may be less than there is by now: then the next question differs.
        self._fingerprint = Fingerprint(len(found), sum(found.values()))
        self._known = found
        for unseen in self._unseen.values():
            unseen.update(changed)

    def of(self, step: str) -> frozenset[str]:
        """Situations that the step has to look at."""
        return frozenset(self._unseen[step])

    def few(self, names: Collection[str]) -> Collection[str] | None:
        """The same names, or None when they are all there are, for a question about many."""
        return None if names and len(names) >= len(self._known) else names

    def seen(self, step: str, *names: str) -> None:
        """The step has done all that these need."""
        self._unseen[step].difference_update(names)

    def again(self, step: str, names: Iterable[str]) -> None:
        """They are to be looked at, whatever was seen of them."""
        self._unseen[step].update(names)

    def forget(self) -> None:
        """What was seen was seen by other rules: everything is news."""
        self._known, self._fingerprint = {}, None
