"""Whether what changed is no development but a mistake put right.

That is so where the same snapshot was written again, where its writer says so (`correction: true`
in `weigh`), and where a plain value stood for some hours only after one that had been quiet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from monitor.compare.lookup import EntityLookup
from monitor.compare.weights import Weights
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import get, same
from monitor.model.as_of import order
from monitor.model.comparison import MISSING, Change, Json, Missing, Significance, State

HOURS: Final = timedelta(hours=12)
"""A value that stood for no longer may have been a mistake."""


class Corrections:
    """Asked for the changes of each finding."""

    def __init__(
        self, old: State, new: State, history: Sequence[State], kind: Kind, weights: Weights
    ) -> None:
        self._old, self._new, self._kind, self._weights = old, new, kind, weights
        self._again = _is_again(old, new)
        self._is_backwards = is_backwards(old, new)
        self._is_near = _is_brief(old.ref.as_of, new.ref.as_of)
        self._history = history

    def all(self, changes: Iterable[Change]) -> bool:
        """Whether all of them that say anything put something right; backwards none does: what a
        correction leads to there is the mistake."""
        if self._is_backwards:
            return False
        told = [change for change in changes if change.significance > Significance.NOISE]
        return bool(told) and all(map(self._is_one, told))

    def _is_one(self, change: Change) -> bool:
        return self._again or self._weights.corrects(change) or self._was_brief(change)

    def _was_brief(self, change: Change) -> bool:
        """Whether the value before stood for hours only, and the one before that, if there was one,
        for longer: a fact that changes as often is a moving one."""
        if not self._is_near or not _is_plain(change, self._kind):
            return False
        values = self._values(change)
        _, since = next(values)
        if not _is_brief(since, self._new.ref.as_of):
            return False
        earlier, began = next(values, (MISSING, ""))
        return earlier is MISSING or not _is_brief(began, since)

    def _values(self, change: Change) -> Iterator[tuple[Json | Missing, str]]:
        """What earlier versions had, the newest first, each with the as_of since which it stood."""
        own = (self._old.ref, self._new.ref)
        value: Json | Missing = change.before
        since = self._old.ref.as_of
        for state in (each for each in reversed(self._history) if each.ref not in own):
            entity = EntityLookup(state.document, self._kind).get(change.collection, change.key)
            here = MISSING if entity is None else get(entity, change.field or "")
            if not _alike(here, value):
                yield value, since
            value, since = here, state.ref.as_of
        yield value, since


def is_backwards(old: State, new: State) -> bool:
    """Whether what is compared as the newer one is the earlier of two tellings of one situation."""
    one, other = old.ref, new.ref
    if not (one.as_of and other.as_of) or one.situation != other.situation:
        return False
    return (order(other.as_of), other.revision) < (order(one.as_of), one.revision)


def _is_again(old: State, new: State) -> bool:
    """The same moment of the same situation, told again."""
    one, other = old.ref, new.ref
    return bool(one.as_of) and (one.situation, one.as_of) == (other.situation, other.as_of)


def _is_brief(since: str, until: str) -> bool:
    """Whether two as_ofs have a time of day, and hours lie between them."""
    start, end = _moment(since), _moment(until)
    return start is not None and end is not None and timedelta() < end - start <= HOURS


def _moment(as_of: str) -> datetime | None:
    """None for a date: it does not say when in its day."""
    return datetime.fromisoformat(as_of) if len(as_of) > len("2026-02-15") else None


def _is_plain(change: Change, kind: Kind) -> bool:
    """A value that is simply stated: where each move is news (a plan's state, a role, a position)
    it may well move within hours."""
    if (
        change.op != "changed"
        or change.before in (None, MISSING)
        or change.after in (None, MISSING)
    ):
        return False
    collection = kind.collections[change.collection]
    field = collection.fields.get(change.field or "")
    if field is None:
        return False
    return not (field.ladder or field.scale or field.ref or change.field in _moving(collection))


def _moving(collection: Collection) -> set[str | None]:
    names: set[str | None] = set()
    if collection.period:
        names |= {collection.period.start, collection.period.end, collection.period.state}
    if collection.membership:
        names.add(collection.membership.role)
    if collection.position:
        names |= {collection.position.value, collection.position.quantity}
    return names


def _alike(one: Json | Missing, other: Json | Missing) -> bool:
    if one is MISSING or other is MISSING:
        return one is other
    return same(one, other)
