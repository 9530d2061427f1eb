"""Comparing two stored versions: loads both states and the history, and keeps recent answers.

Both sides are read under the newer version's kind. The comparison itself is pure, so an answer may
be kept for as long as what it was made from is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from monitor.compare.comparison import Context, compare
from monitor.compare.contents import contents_of
from monitor.compare.judgements import Judgement
from monitor.compare.outlook import lapse_days
from monitor.compare.said_in import said_in
from monitor.compare.significance import RuleSettings
from monitor.errors import CannotCompare, RowDamaged, StoreUnavailable
from monitor.kinds.loose import is_provisional
from monitor.kinds.values import json_bytes
from monitor.model.comparison import Comparison, Document, State, Weight
from monitor.model.contents import Contents
from monitor.model.record import replace
from monitor.pipeline.comparison.history import History, StoredState
from monitor.pipeline.comparison.kinds import Kinds, judgements_of, rules_of
from monitor.pipeline.drafting.evidence import quotations, upheld
from monitor.pipeline.recent import Recent
from monitor.pipeline.trouble.blame import reason
from monitor.pipeline.trouble.patience import lasts
from monitor.settings import Settings
from monitor.store import Store
from monitor.store.lapses import read
from monitor.store.records import Version
from monitor.store.still import Days
from monitor.words import ENGLISH
from monitor.words import language as language_of

KEPT_COMPARISONS = 64
KEPT_STATES = 8 * 1024 * 1024
"""Bytes of the documents that are kept, as JSON; parsed they take about ten times as many."""

KEPT_DAYS = 100_000
"""Versions of which it is known when the calendar speaks: some 100 bytes each."""

READ_THROUGH = 2
"""Versions in each pass: a millisecond, and 34,000 in a day."""

PRIME = 9973
"""Spreads the beginnings of passes over the versions, however regular the passes are."""

ByDay: TypeAlias = tuple[tuple[str, tuple[Weight, ...]], ...]
"""What the writers of versions say of the weight of their changes, by as_of."""

CacheKey: TypeAlias = tuple[int, int, date | None, date | None, tuple[Judgement, ...], ByDay, str]


FORGOTTEN = timedelta(days=1)
"""After which a comparison that nobody has asked for again is not known to have failed."""


@dataclass(slots=True, kw_only=True)
class _Failure:
    """Of one comparison: how often in a row, and when last in which pass."""

    error: CannotCompare
    failures: int
    since: datetime | None
    rests: bool = True


@dataclass(slots=True, kw_only=True)
class Comparing:
    store: Store
    kinds: Kinds
    settings: Settings
    _answers: Recent[CacheKey, Comparison] = field(default_factory=lambda: Recent(KEPT_COMPARISONS))
    _states: Recent[int, State] = field(default_factory=lambda: Recent(KEPT_STATES, _size))
    _lapses: Recent[int, Days] = field(default_factory=lambda: Recent(KEPT_DAYS))
    _failed: dict[CacheKey, _Failure] = field(default_factory=dict)
    _assumed: dict[int, State] = field(default_factory=dict)
    _now: datetime | None = None
    damaged: set[int] = field(default_factory=set)
    """Ids of versions that could not be read when a history was, or when all were read through."""
    _read_through: int | None = None

    def try_again(self, now: datetime) -> None:
        """A pass begins: what failed and has rested is tried once more, however many ask."""
        self._now = now
        for key, failure in list(self._failed.items()):
            # Where it happened has been logged; what stood there need not be kept.
            cause = failure.error.__cause__
            failure.error.__cause__ = cause.with_traceback(None) if cause else None
            failure.rests = lasts(failure.failures, failure.since or now, now)
            if not failure.rests and failure.since and now - failure.since > FORGOTTEN:
                del self._failed[key]

    def read_through(self, now: datetime) -> None:
        """Read some versions more, so that damage is known before somebody needs them. A process
        that ends after one pass begins somewhere else each time."""
        begun = self._read_through
        after = int(now.timestamp()) % PRIME if begun is None else begun
        self._read_through, damaged = self.store.versions.unreadable(after=after, most=READ_THROUGH)
        self.damaged |= damaged

    def between(
        self,
        old: Version,
        new: Version,
        *,
        today: date | None = None,
        last_run: date | None = None,
        language: str = ENGLISH.code,
    ) -> Comparison:
        """What `new` says that `old` did not, with the kind's words in `language`. Without `today`
        rules of the calendar are silent.

        Raises CannotCompare for whatever goes wrong, but for a database that does not answer.
        """
        judgements, weights = self._beside(old, new)
        key = (old.id, new.id, today, last_run, judgements, weights, language)
        known = self._failed.get(key)
        if known is not None and known.rests:
            raise known.error.with_traceback(None)
        try:
            answer = self._answers.get(
                key,
                lambda: self._compared(old, new, today, last_run, key),
            )
        except StoreUnavailable:
            raise
        except Exception as error:
            failed = cannot_compare(old, new, error)
            failures = known.failures + 1 if known is not None else 1
            self._failed[key] = _Failure(error=failed, failures=failures, since=self._now)
            raise failed from error
        self._failed.pop(key, None)
        return answer

    def lapses(self, version: Version) -> Days:
        """Days (YYYY-MM-DD) after which the calendar alone may have something to say while this is
        the latest version; None where that cannot be told from one look. Raises RowDamaged."""
        return self._lapses.get(version.id, lambda: self._lapse_days(version))

    def _lapse_days(self, version: Version) -> Days:
        known = self.store.lapses.of(version.id)
        if known is not None:
            return read(known)
        return lapse_days(self.state(version).document, self.kinds.by_hash(version.kind_hash))

    def _beside(self, old: Version, new: Version) -> tuple[tuple[Judgement, ...], ByDay]:
        """What is said beside the versions, and may change while they stay."""
        situation = new.ref.situation
        try:
            return self.judgements(situation), self.store.snapshots.weights(situation)
        except RowDamaged as error:
            raise cannot_compare(old, new, error) from error

    def _compared(
        self,
        old: Version,
        new: Version,
        today: date | None,
        last_run: date | None,
        beside: CacheKey,
    ) -> Comparison:
        *_, judgements, by_day, language = beside
        kind = said_in(self.kinds.by_hash(new.kind_hash), language, language_of(language))
        weights = dict(by_day)
        sides = _weighed(self.state(old), weights), _weighed(self.state(new), weights)
        damaged: frozenset[int] = frozenset()
        while True:
            history = History(self.store, new, self.state, weights=weights, without=damaged)
            context = self._context(new, old, today, last_run, history, judgements=judgements)
            answer = compare(*sides, kind, context=context)
            if not history.damaged:
                drafted = new.id in self._assumed
                told = quotations(self.store, new.ref.situation, drafted=drafted)
                known = upheld(told, sides[1].document, kind)
                return replace(answer, quotations=known) if known else answer
            # An old version that cannot be read costs what it would have added, and no more.
            damaged |= history.damaged
            self.damaged |= damaged

    def context(
        self,
        new: Version,
        *,
        old: Version | None = None,
        today: date | None = None,
        last_run: date | None = None,
    ) -> Context:
        weights = dict(self.store.snapshots.weights(new.ref.situation))
        history = History(self.store, new, self.state, weights=weights)
        judgements = self.judgements(new.ref.situation)
        return self._context(new, old, today, last_run, history, judgements=judgements)

    def _context(
        self,
        new: Version,
        old: Version | None,
        today: date | None,
        last_run: date | None,
        history: History,
        *,
        judgements: tuple[Judgement, ...],
    ) -> Context:
        situation = new.ref.situation
        return Context(
            rules=self.rules(situation),
            history=history,
            today=today.isoformat() if today else None,
            last_run=last_run.isoformat() if last_run else None,
            judgements=judgements,
            old_kind=self._kind_of(old) if old else None,
        )

    def contents(self, version: Version, language: str = ENGLISH.code) -> Contents:
        """What a version holds, with the kind's words in `language`."""
        kind = said_in(self.kinds.by_hash(version.kind_hash), language, language_of(language))
        return contents_of(self.state(version).document, kind)

    def _kind_of(self, old: Version) -> str | None:
        """The hash of its kind; None of one that was found in one version, to be settled by the
        next: that is no change of anybody's."""
        return None if is_provisional(self.kinds.by_hash(old.kind_hash)) else old.kind_hash

    def rules(self, situation: str) -> RuleSettings:
        return rules_of(self.settings, situation)

    def judgements(self, situation: str) -> tuple[Judgement, ...]:
        return judgements_of(self.settings, self.store.judgements.of(situation), situation)

    def weighed(self, version: Version) -> State:
        """Its state with what its writer says of the weight of its changes."""
        weights = dict(self.store.snapshots.weights(version.ref.situation))
        return _weighed(self.state(version), weights)

    def stored(self, version: Version) -> State:
        """Its state, whose document is read each time it is asked for, and kept as long as others
        leave it room."""
        held: Any = None
        read = partial(self._document, version)
        return StoredState(ref=version.ref, document=held, read=read)

    def _document(self, version: Version) -> Document:
        return self.state(version).document

    def assume(self, version: Version, state: State) -> None:
        """A version that no database has, for as long as this lives."""
        self._assumed[version.id] = state

    def state(self, version: Version) -> State:
        if version.id in self._assumed:
            return self._assumed[version.id]
        return self._states.get(version.id, lambda: self.store.versions.state_of(version))


def _size(state: State) -> int:
    return len(json_bytes(state.document))


def _weighed(state: State, weights: Mapping[str, tuple[Weight, ...]]) -> State:
    said = weights.get(state.ref.as_of)
    return replace(state, weigh=said) if said else state


def name_of(version: Version) -> str:
    return f"{version.ref.situation}@{version.ref.as_of}"


def cannot_compare(old: Version, new: Version, error: Exception) -> CannotCompare:
    text = f"{new.ref.situation} of {new.ref.as_of} cannot be compared with {old.ref.as_of}"
    return CannotCompare(f"{text}: {reason(error)}", what=name_of(new))
