"""Where things stand in one pass, and what was withdrawn: read once, however many readers ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias, TypeVar

from monitor.errors import RowDamaged
from monitor.model.as_of import order
from monitor.model.digest import SourceHealth, Withdrawal
from monitor.model.record import Record
from monitor.model.subscription import Pointers, Subscription
from monitor.pipeline.moments import stamp
from monitor.pipeline.program import Program
from monitor.pipeline.trouble.health import source_health
from monitor.store.lines import Stand
from monitor.store.records import BaselineHow, SnapshotRow, Spoken, Version

SETTLING_IN = timedelta(minutes=10)
"""Until then a copy takes in what lay in its folders, which the original may have told as well."""

Out: TypeAlias = frozenset[tuple[int, datetime]]
"""Snapshots that counted once and are left out, or count again, and since when."""

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
    assumed: Version | None = None
    """Taken for the latest of its situation, though nobody has published it."""
    recalls: Recalls = field(init=False)
    _latest: dict[str, Version | None] = field(default_factory=dict)
    _copied: dict[str, Version | None] = field(default_factory=dict)
    _versions: dict[int, Version] = field(default_factory=dict)
    _baselines: dict[str, Baseline] = field(default_factory=dict)
    _health: list[tuple[SourceHealth, ...]] = field(default_factory=list)
    _giving: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.recalls = Recalls(self.program, self.now)

    def latest(self, situation: str) -> Version | None:
        return _kept(self._latest, situation, self._read_latest)

    def learn(self, stands: Mapping[str, Stand | None], out: Mapping[str, Out]) -> None:
        """Where some situations stand, and what of them was taken back, as it was just asked for
        many of them. What cannot be read is met again where it is wanted."""
        numbers = {one.version: name for name, one in stands.items() if one is not None}
        with suppress(RowDamaged):
            for number, version in self.program.store.versions.several(numbers).items():
                self._latest.setdefault(numbers[number], version)
                self._versions.setdefault(number, version)
        for name in stands:
            self.recalls.learn(name, out.get(name, frozenset()))

    def copied(self, situation: str) -> Version | None:
        """What was the latest when this copy of a database began to serve; None in an original."""
        return _kept(self._copied, situation, self._read_copied)

    def version(self, number: int) -> Version:
        return _kept(self._versions, number, self.program.store.versions.get)

    def is_latest(self, situation: str) -> bool:
        """Whether what was read is so still: another node may have gone further meanwhile."""
        return self._read_latest(situation) == self.latest(situation)

    def baseline(self, situation: str) -> Baseline:
        return _kept(self._baselines, situation, self._read_baseline)

    def health(self, situations: Iterable[str]) -> tuple[SourceHealth, ...]:
        """How the sources of these situations do; nobody else's reader has to know."""
        if not self._health:
            self._health.append(source_health(self.program, self.now))
        named = {
            name
            for situation in situations
            for name in _kept(self._giving, situation, self._read_giving)
        }
        return tuple(each for each in self._health[0] if each.name in named)

    def _read_latest(self, situation: str) -> Version | None:
        if self.assumed is not None and self.assumed.ref.situation == situation:
            return self.assumed
        return self.program.store.versions.latest(situation, learned_by=self.learned_by)

    def _read_copied(self, situation: str) -> Version | None:
        at = self.program.copied_at
        if at is None:
            return None
        return self.program.store.versions.latest(situation, learned_by=at + SETTLING_IN)

    def _read_giving(self, situation: str) -> frozenset[str]:
        """Where a source does not say what it is of, what it has given does."""
        said = {name: source.situation for name, source in self.program.settings.sources.items()}
        gave = self.program.store.sources.giving(situation) if None in said.values() else ()
        return frozenset(
            name for name, of in said.items() if of == situation or (of is None and name in gave)
        )

    def _read_baseline(self, situation: str) -> Baseline:
        pin = self.program.store.versions.pin(situation)
        return Baseline(version=pin.version, how=pin.how)


def _kept(kept: dict[K, V], key: K, read: Callable[[K], V]) -> V:
    if key not in kept:
        kept[key] = read(key)
    return kept[key]


WITHIN: Final = timedelta(days=90)
"""Who has no message for longer hears what changed, and no more of what was withdrawn long ago."""


class Recall(Record):
    """One withdrawn snapshot, and the versions that rested on it."""

    line: Withdrawal
    at: datetime
    learned_at: datetime
    """When its first version was."""
    versions: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """One snapshot that was withdrawn and put back."""

    line: Withdrawal
    learned_at: datetime
    others: frozenset[str]
    """When others of its as_of were withdrawn, and are still."""

    def undoes(self, line: Withdrawal) -> bool:
        return line.as_of == self.line.as_of and not line.again and line.at not in self.others

    def says(self, line: Withdrawal) -> bool:
        return line.as_of == self.line.as_of and line.again


@dataclass(slots=True)
class Recalls:
    """What was withdrawn, read once in a pass."""

    program: Program
    now: datetime
    _out: dict[str, frozenset[tuple[int, datetime]]] = field(default_factory=dict)
    _recalls: dict[str, tuple[tuple[Recall, ...], tuple[Again, ...]]] = field(default_factory=dict)
    _said: dict[int, frozenset[tuple[str, Withdrawal]]] = field(default_factory=dict)

    def out(self, situation: str) -> frozenset[tuple[int, datetime]]:
        """Snapshots that counted once and are left out, or count again, and since when: a cheap
        question, asked in each pass."""
        if situation not in self._out:
            found = self.program.store.withdrawals.that_counted(situation)
            self._out[situation] = found
        return self._out[situation]

    def learn(self, situation: str, out: Out) -> None:
        self._out.setdefault(situation, out)

    @property
    def since(self) -> datetime:
        """Of what was withdrawn before that nobody hears any more."""
        kept = self.program.settings.retention.messages
        return self.now - (WITHIN if kept is None else min(WITHIN, kept))

    def matters(self, situation: str) -> bool:
        """Whether anybody may have to hear of what was withdrawn or put back there."""
        return any(at > self.since for _, at in self.out(situation))

    def owed(self, reader: Subscription, pointer: Pointers) -> tuple[Withdrawal, ...]:
        """What the reader is to hear of this situation, the earliest as_of first."""
        name = pointer.situation
        recalls, again = self._of(name)
        if not recalls and not again:
            return ()
        since = min([one.learned_at for one in recalls] + [one.learned_at for one in again])
        spoken = self.program.store.outbox.told(reader.id, since=since, until=self.now)
        known = {pointer.told, pointer.alerted}.union(*(each.versions for each in spoken))
        gone = [
            one.line
            for one in recalls
            if one.versions & known and not self._is_said(name, one, spoken)
        ]
        back = [one.line for one in again if self._is_missed(name, one, spoken)]
        return tuple(sorted((*gone, *back), key=lambda line: order(line.as_of)))

    def _of(self, situation: str) -> tuple[tuple[Recall, ...], tuple[Again, ...]]:
        out = self.out(situation)
        if not out:
            return (), ()
        if situation not in self._recalls:
            self._recalls[situation] = self._read(situation, out)
        return self._recalls[situation]

    def _read(
        self, situation: str, out: Iterable[tuple[int, datetime]]
    ) -> tuple[tuple[Recall, ...], tuple[Again, ...]]:
        store = self.program.store
        recent = [store.snapshots.get(number) for number, at in out if self.since < at <= self.now]
        if not recent:
            return (), ()
        every, full = store.versions.every(situation), store.snapshots.full(situation)
        recent.sort(key=lambda row: (order(row.as_of), row.id))
        gone = [row for row in recent if row.aside == "withdrawn"]
        again = tuple(_again(row, gone) for row in recent if row.aside is None)
        return tuple(_recall(row, every, full) for row in gone), again

    def _is_said(self, situation: str, one: Recall, spoken: Iterable[Spoken]) -> bool:
        return any(
            (situation, one.line) in self._in(each.digest)
            for each in spoken
            if each.digest is not None and each.at >= one.at
        )

    def _is_missed(self, situation: str, one: Again, spoken: Sequence[Spoken]) -> bool:
        """Whether the last that the reader has heard of it is that it was withdrawn."""
        last: Withdrawal | None = None
        for each in spoken:
            for name, line in self._in(each.digest) if each.digest is not None else ():
                if name == situation and (one.undoes(line) or one.says(line)):
                    last = line
        return last is not None and not last.again

    def _in(self, digest: int) -> frozenset[tuple[str, Withdrawal]]:
        if digest not in self._said:
            given: Any = self.program.store.digests.input(digest)
            self._said[digest] = frozenset(
                (part["comparison"]["situation"], Withdrawal(**each))
                for part in given["situations"]
                for each in part.get("withdrawn", ())
            )
        return self._said[digest]


def _again(row: SnapshotRow, gone: Iterable[SnapshotRow]) -> Again:
    assert row.aside_at is not None
    same = [one.aside_at for one in gone if one.as_of == row.as_of]
    return Again(
        line=Withdrawal(as_of=row.as_of, reason="", at=stamp(row.aside_at), again=True),
        learned_at=row.learned_at,
        others=frozenset(stamp(at) for at in same if at is not None),
    )


def _recall(row: SnapshotRow, every: Iterable[Version], full: Iterable[tuple[int, str]]) -> Recall:
    assert row.aside_at is not None
    own = [one for one in every if one.snapshot == row.id and one.hold is None]
    first = min(one.learned_at for one in own)
    rests = _resting(row, first, full)
    line = Withdrawal(as_of=row.as_of, reason=row.aside_reason or "", at=stamp(row.aside_at))
    versions = {one.id for one in own} | {one.id for one in every if rests(one)}
    return Recall(line=line, at=row.aside_at, learned_at=first, versions=frozenset(versions))


def _resting(
    row: SnapshotRow, first: datetime, full: Iterable[tuple[int, str]]
) -> Callable[[Version], bool]:
    """Whether a version of what others said was derived from what the snapshot said."""
    place = order(row.as_of), row.id
    after = [(order(as_of), number) for number, as_of in full if (order(as_of), number) > place]
    nearest = min(after, default=None)

    def rests(one: Version) -> bool:
        mine = order(one.ref.as_of), one.snapshot or 0
        is_between = mine > place and (nearest is None or mine < nearest)
        return is_between and row.aside_at is not None and first <= one.learned_at < row.aside_at

    return rests
