"""What the writers of snapshots say of the weight of changes (`weigh` in the envelope).

A word holds for what changed in the version that it came with. Over several versions the versions
that changed a fact are looked up, each gives it the weight that it says or else the kind's, and the
highest holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from monitor.compare.differences import is_noise
from monitor.compare.lookup import EntityLookup
from monitor.kinds.kind import Kind
from monitor.kinds.values import get, same
from monitor.model.as_of import order
from monitor.model.comparison import (
    MISSING,
    Change,
    Json,
    Missing,
    Significance,
    State,
    Weight,
)
from monitor.model.paths import Place, change_place, detail, lies_under, read_place
from monitor.model.tuples import NamedTuple


class Said(NamedTuple):
    """One weight with its place."""

    weight: Weight
    place: Place


class WeighedStep:
    """One version against the one before it, and what its writer says of its changes."""

    def __init__(self, before: State, after: State, weights: tuple[Said, ...]) -> None:
        self.weights = weights
        self._sides = (before, after)
        self._entities: list[EntityLookup] = []

    def changed(self, change: Change, kind: Kind) -> bool:
        """Whether the fact that a change is about changed in this step too."""
        if not self._entities:
            self._entities = [EntityLookup(side.document, kind) for side in self._sides]
        old, new = (side.get(change.collection, change.key) for side in self._entities)
        if (old is None) != (new is None):
            return True
        if old is None or change.field is None:
            return False
        return not _alike(get(old, change.field), get(new, change.field))


class Weights:
    """Asked for each change; false where no version says anything."""

    def __init__(self, steps: Sequence[WeighedStep], kind: Kind) -> None:
        self._steps = steps
        self._kind = kind
        # Asked for each change of a comparison, over each version between.
        self._said = any(step.weights for step in steps)

    def __bool__(self) -> bool:
        return self._said

    def over(self, change: Change, own: Significance) -> Significance:
        """The weight of a change that counts `own` where nobody says anything."""
        if _only_form(change):
            return own
        said = [None if word is None else word.significance for word in self._words(change)]
        levels = [own if level is None else level for level in said]
        return max(levels, default=own)

    def corrects(self, change: Change) -> bool:
        """Whether each version that changed the fact is said to have put it right."""
        words = list(self._words(change)) if self else []
        return bool(words) and all(word is not None and word.correction for word in words)

    def because(self, changes: Iterable[Change]) -> tuple[str, ...]:
        """The reasons that are given for what holds of these changes, each once."""
        if not self:
            return ()
        found: dict[str, None] = {}
        for change in changes:
            words = () if _only_form(change) else self._words(change)
            found.update((word.because, None) for word in words if word and word.because)
        return tuple(found)

    def _words(self, change: Change) -> Iterator[Weight | None]:
        """One for each version that changed the fact; None where that one says nothing of it."""
        place = change_place(change.collection, change.key, change.field)
        aside = _is_aside(change, self._kind)
        named = [step for step in self._steps if _closest(step.weights, place, named_alone=aside)]
        if not named:
            return
        steps = self._steps
        if len(steps) > 1:
            # What changed in no step alone (an entry under another key) is taken to be meant.
            steps = [step for step in steps if step.changed(change, self._kind)] or named
        for step in steps:
            yield _closest(step.weights, place, named_alone=aside)


NO_WEIGHTS = Weights((), Kind(name="", hash="", title="", collections={}))


def weights_between(old: State, new: State, history: Sequence[State], kind: Kind) -> Weights:
    """Those of the versions between the two, in either direction, and of the later one.

    `history` is ascending; without the versions between, the comparison is one step.
    """
    first, last = sorted((old, new), key=lambda state: order(state.ref.as_of))
    low, high = order(first.ref.as_of), order(last.ref.as_of)
    if low == high:
        first, last = old, new
    since = takewhile(lambda state: order(state.ref.as_of) > low, reversed(history))
    between = [state for state in since if order(state.ref.as_of) < high][::-1]
    return Weights(
        [WeighedStep(one, other, _said(other)) for one, other in pairwise([first, *between, last])],
        kind,
    )


def _said(state: State) -> tuple[Said, ...]:
    """Those that name a place, the closest first."""
    ranked = sorted(state.weigh, key=lambda weight: detail(weight.path), reverse=True)
    return tuple(Said(each, place) for each in ranked if (place := read_place(each.path)))


def _closest(weights: Sequence[Said], place: Place, *, named_alone: bool) -> Weight | None:
    """What the closest path that covers a place says; only the place itself `named_alone`."""
    for weight, above in weights:
        if lies_under(place, above) and (not named_alone or len(above) == len(place)):
            return weight
    return None


def _is_aside(change: Change, kind: Kind) -> bool:
    """Whether a field counts as noise by itself (who says so, a note): what is said of its entity
    does not mean it."""
    collection = kind.collections.get(change.collection)
    if change.field is None or collection is None:
        return False
    told = collection.provenance
    if told is not None and change.field in (told.sources, told.said_by):
        return True
    described = collection.fields.get(change.field)
    return described is not None and described.significance.get("changed") is Significance.NOISE


def _only_form(change: Change) -> bool:
    """Null against missing, white space: it says nothing, whatever anybody makes of it."""
    return change.op == "changed" and is_noise(change.before, change.after)


def _alike(before: Json | Missing, after: Json | Missing) -> bool:
    if before is MISSING or after is MISSING:
        return before is after
    return same(before, after)
