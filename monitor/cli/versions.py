"""SITUATION@VERSION -> a stored state and its kind, for every command that names versions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from monitor.cli.opened import opened_at
from monitor.collect.names import parse_as_of
from monitor.compare.comparison import Context
from monitor.errors import NotFound
from monitor.kinds.kind import Kind
from monitor.model.as_of import in_zone, order
from monitor.model.authorship import Authorship
from monitor.model.comparison import State, VersionRef
from monitor.model.nearest import suggestion_or_all
from monitor.model.record import Record
from monitor.pipeline.program import Program
from monitor.settings import Settings
from monitor.store.records import Version


class Resolved(Record):
    """A version that was named, with its document and the kind that it was read with."""

    version: Version
    state: State
    kind: Kind


@dataclass(frozen=True, slots=True)
class VersionNames:
    """Looks versions up. Raises NotFound, or Ambiguous with the candidates."""

    program: Program

    @property
    def settings(self) -> Settings:
        return self.program.settings

    def is_situation(self, name: str) -> bool:
        return any(entry.name == name for entry in self.program.store.situations.all())

    def resolve(self, text: str) -> Resolved:
        """`SITUATION@VERSION`: an as_of (its newest revision), a hash prefix, latest, previous or
        baseline; without `@VERSION` the latest."""
        situation, _, version = text.partition("@")
        self.check(situation)
        if version in ("", "latest", "previous", "baseline"):
            self._check_state(situation)
        return self._loaded(self.program.store.versions.resolve(situation, version or "latest"))

    def baseline_and_latest(self, situation: str) -> tuple[Resolved, Resolved]:
        return self.resolve(f"{situation}@baseline"), self.resolve(f"{situation}@latest")

    def since(self, situation: str, day: str) -> Resolved:
        """The newest version that is not later than `day`, a date or a time. Raises NotFound."""
        self.check(situation)
        try:
            parsed = parse_as_of(day)
        except ValueError as error:
            raise NotFound(f"--since: {error}") from error
        line = self.program.store.versions.history(situation)
        # A date covers its whole day, and a time in it sorts behind the bare date.
        zone = self.program.store.situations.get(situation).zone
        last = order(in_zone(parsed, zone))
        found = [
            version
            for version in line
            if order(version.ref.as_of)[: 2 if last[1] else 1] <= last[: 2 if last[1] else 1]
        ]
        if not found:
            raise NotFound(f"{situation} has no version as early as {day}")
        return self._loaded(found[-1])

    def states(self, situation: str) -> tuple[tuple[State, ...], Kind]:
        """The line: newest revisions that are not held, ascending, and the kind of the latest. A
        document is read when it is asked for, while the store is open."""
        self.check(situation)
        self._check_state(situation)
        line = self.program.store.versions.history(situation)
        if not line:
            raise NotFound(f"{situation} has no version yet")
        states = tuple(self.program.comparing.stored(version) for version in line)
        return states, self.program.kinds.by_hash(line[-1].kind_hash)

    def authors(self, situation: str) -> dict[VersionRef, Authorship]:
        """Who published the snapshot that each version of the line comes of, where it is known."""
        known = self.program.store.snapshots.authors(situation)
        line = self.program.store.versions.history(situation) if known else ()
        return {one.ref: known[one.snapshot] for one in line if one.snapshot in known}

    def withdrawn(self, situation: str) -> tuple[str, ...]:
        """A line for each snapshot that a person took out."""
        return tuple(
            f"{row.as_of} ({row.aside_reason or 'no reason given'})"
            for row in self.program.store.snapshots.withdrawn(situation)
        )

    def context(
        self, new: Resolved, *, old: Resolved | None = None, today: date | None = None
    ) -> Context:
        """Rules, judgements and history for comparing something, such as `old`, with `new`."""
        before = old.version if old else None
        return self.program.comparing.context(new.version, old=before, today=today)

    def check(self, situation: str) -> None:
        """Raises NotFound with the nearest name for a situation that is not there."""
        if not self.is_situation(situation):
            known = [entry.name for entry in self.program.store.situations.all()]
            raise NotFound(f"no situation {situation!r}{suggestion_or_all(situation, known)}")

    def _check_state(self, situation: str) -> None:
        """Raises NotFound for one that had a state, and has none any more."""
        store = self.program.store
        if store.versions.latest(situation) is None and store.snapshots.withdrawn(situation):
            shown = f"monitor withdraw --list {situation}"
            raise NotFound(f"{situation} has no state: what it stood on was withdrawn; see {shown}")

    def _loaded(self, version: Version) -> Resolved:
        return Resolved(
            version=version,
            state=self.program.comparing.weighed(version),
            kind=self.program.kinds.by_hash(version.kind_hash),
        )


@contextmanager
def open_versions(config: str | None) -> Iterator[VersionNames]:
    """Opens the store that the configuration names, to read it, and closes it at the end."""
    with opened_at(config, reading=True) as program:
        yield VersionNames(program)
