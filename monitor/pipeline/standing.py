"""Where things stand in one pass: read once, however many readers ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from monitor.model.digest import SourceHealth
from monitor.model.record import Record
from monitor.pipeline.health import source_health
from monitor.pipeline.program import Program
from monitor.pipeline.recalled import Recalls
from monitor.store.records import BaselineHow, Version

SETTLING_IN = timedelta(minutes=10)
"""Until then a copy takes in what lay in its folders, which the original may have told as well."""

K = TypeVar("K")
V = TypeVar("V")


class Baseline(Record):
    """What a situation is compared with; no version before there is one."""

    version: Version | None
    how: BaselineHow


@dataclass(slots=True)
class Standing:
    """Make one for each pass: it does not notice what changes meanwhile."""

    program: Program
    now: datetime
    learned_by: datetime | None = None
    recalls: Recalls = field(init=False)
    _latest: dict[str, Version | None] = field(default_factory=dict)
    _copied: dict[str, Version | None] = field(default_factory=dict)
    _versions: dict[int, Version] = field(default_factory=dict)
    _baselines: dict[str, Baseline] = field(default_factory=dict)
    _health: list[tuple[SourceHealth, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.recalls = Recalls(self.program, self.now)

    def latest(self, situation: str) -> Version | None:
        return _kept(self._latest, situation, self._read_latest)

    def copied(self, situation: str) -> Version | None:
        """What was the latest when this copy of a database began to serve; None in an original."""
        return _kept(self._copied, situation, self._read_copied)

    def version(self, number: int) -> Version:
        return _kept(self._versions, number, self.program.store.versions.get)

    def baseline(self, situation: str) -> Baseline:
        return _kept(self._baselines, situation, self._read_baseline)

    def health(self) -> tuple[SourceHealth, ...]:
        if not self._health:
            self._health.append(source_health(self.program, self.now))
        return self._health[0]

    def _read_latest(self, situation: str) -> Version | None:
        return self.program.store.versions.latest(situation, learned_by=self.learned_by)

    def _read_copied(self, situation: str) -> Version | None:
        at = self.program.copied_at
        if at is None:
            return None
        return self.program.store.versions.latest(situation, learned_by=at + SETTLING_IN)

    def _read_baseline(self, situation: str) -> Baseline:
        pin = self.program.store.versions.pin(situation)
        return Baseline(version=pin.version, how=pin.how)


def _kept(kept: dict[K, V], key: K, read: Callable[[K], V]) -> V:
    if key not in kept:
        kept[key] = read(key)
    return kept[key]
