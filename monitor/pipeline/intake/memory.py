"""What a process remembers of its looks at the sources. Losing it costs only work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from monitor.collect.source import Look, Source
from monitor.collect.stirring import Stirring
from monitor.pipeline.intake.errands import Errands
from monitor.pipeline.intake.moving import TAKE, read_moving
from monitor.pipeline.intake.shapes import Shapes
from monitor.pipeline.program import Program
from monitor.settings.sources import SourceSettings

TRUTH: Final = timedelta(minutes=1)
"""How long a folder may go without a look, whatever the system tells of it."""

PATIENCE: Final = timedelta(minutes=1)
"""How long a situation whose files are still being taken in is not spoken of: its readers are to
hear once of where it stands, but not to wait for ever."""


@dataclass(slots=True)
class Looks:
    """The sources that this process has opened, and what became of the last look at each."""

    opened: dict[str, Source] = field(default_factory=dict)
    opened_as: dict[str, SourceSettings] = field(default_factory=dict)
    """What each was opened with: a source that is told something else is opened anew."""
    owed: dict[str, set[str]] = field(default_factory=dict)
    """Items by source that were given and are not handled yet, by a fault or an end of the pass."""
    checked: dict[str, datetime] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    """Sources with files that had not stood still in the last look."""
    ignored: dict[str, str] = field(default_factory=dict)
    """What each source passes over, as it was last noted."""
    again: dict[str, datetime] = field(default_factory=dict)
    """When a source that asks for it is looked at next, whatever its interval."""
    rest: dict[str, int] = field(default_factory=dict)
    """How many files the last look has left to the next one, by source."""
    rest_in: dict[str, frozenset[str] | None] = field(default_factory=dict)
    """The folders of these files; None where they may be of anything."""
    moving: dict[str, dict[str, datetime]] = field(default_factory=dict)
    """By source with a rest: the situations it has spoken of, and since when that goes on."""
    heard: dict[str, dict[str, datetime]] = field(default_factory=dict)
    """The same of what other nodes take in."""

    busy_since: datetime | None = None
    """Since when every look has left files to the next one, or the operator heard of them."""
    refused_here: dict[str, frozenset[str]] = field(default_factory=dict)
    """Items by source that this machine refuses or is about to judge, as it was last noted."""
    histories: set[str] = field(default_factory=set)
    """Sources whose history is taken in for the first time. Nobody has heard of it, and what came
    after a version shows whether it was an accident: only the newest may be held for one."""
    gone: dict[str, frozenset[int]] = field(default_factory=dict)
    """Snapshots by source whose files are not there any more."""
    shapes: Shapes = field(default_factory=Shapes)
    stirring: Stirring | None = None
    """Tells in which folders something happens; without it each is looked at in its interval."""
    still: set[str] = field(default_factory=set)
    """Folders in which nothing has happened since they were looked at."""
    errands: Errands | None = None
    """Takes looks that wait for somebody else beside the passes; without it they are waited for."""

    def listen(self, folders: Mapping[str, Path]) -> None:
        """Before the looks of a pass: where nothing has happened a look would find nothing. What
        the system did not tell is found by a look a minute (`TRUTH`)."""
        if self.stirring is not None:
            self.still -= self.stirring.stirred(folders)

    def is_still(self, source: str, now: datetime) -> bool:
        """Whether there is nothing to look for."""
        checked = self.checked.get(source)
        if source not in self.still or checked is None or source in self.waiting | self.rest.keys():
            return False
        return not self.owed.get(source) and timedelta() <= now - checked < TRUTH

    def is_waited_for(self, source: str) -> bool:
        return self.errands is not None and self.errands.is_waited_for(source)

    def ask(self, source: str, look: Callable[[], Look]) -> Look | None:
        """What a look has found; None while it goes on."""
        return look() if self.errands is None else self.errands.ask(source, look)

    @property
    def left(self) -> int:
        """Files that the next pass can take at once."""
        waited = {source for source in self.rest if self.is_waited_for(source)}
        return sum(count for source, count in self.rest.items() if source not in waited)

    def is_settled(self, situation: str, now: datetime) -> bool:
        """Whether it may be spoken of, because no more of it is to be expected at once."""
        since = [of[situation] for of in self._all_moving() if situation in of]
        return not since or not timedelta() <= now - min(since) < PATIENCE

    def goes_on(self, source: str, item: str) -> bool:
        """Whether more may be to come of what an item of a source is about."""
        folders = self.rest_in.get(source)
        return source in self.rest and (folders is None or item.rpartition("/")[0] in folders)

    def is_told(self, now: datetime) -> bool:
        """Whether it is time for the operator's mail: not for each hundred of many bad files."""
        if self.busy_since is not None and timedelta() <= now - self.busy_since < PATIENCE:
            return False
        self.busy_since = now if self.rest else None
        return True

    def keep(self, sources: Collection[str]) -> None:
        """Forget what is left of sources that are not asked any more."""
        for name in self.opened_as.keys() - sources:
            self.waiting.discard(name)
            self.histories.discard(name)
            self.still.discard(name)
            for of in (self.opened, self.opened_as, self.owed, self.again):
                of.pop(name, None)
            for about in (self.rest, self.rest_in, self.moving):
                about.pop(name, None)

    def spoken(self, situation: str, now: datetime) -> None:
        """Readers have heard of it: what is still to come has its own minute."""
        for of in self._all_moving():
            if situation in of:
                of[situation] = now

    def hear(self, program: Program) -> None:
        """What other nodes are just taking in is not settled either."""
        if program.store.is_sqlite:
            return
        notes = program.store.work.notes(TAKE)
        told = {source: read_moving(note).since for source, note in notes.items()}
        self.heard = {
            source: {name: self._later(source, name, at) for name, at in since.items()}
            for source, since in told.items()
        }

    def _later(self, source: str, situation: str, at: datetime) -> datetime:
        """When readers heard of it last, if that was after it began."""
        return max(at, self.heard.get(source, {}).get(situation, at))

    def _all_moving(self) -> list[dict[str, datetime]]:
        return [*self.moving.values(), *self.heard.values()]
