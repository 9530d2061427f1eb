"""Pairs of entities whose names are alike or whose texts are the same: the likeliest, once each.

A text that one entity alone has on either side speaks for the pair; where all share the same texts,
two of them and the names must do. Nothing here looks at all pairs: candidates come from the texts,
and from the letters of names where there are many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final, TypeAlias

from monitor.compare.spelling import likeness, skeleton
from monitor.kinds.kind import Collection
from monitor.model.comparison import MISSING, Change, Json
from monitor.model.tuples import NamedTuple

# Names less alike than this are never taken for one.
ALIKE: Final = 0.8
# A shorter value says too little to tell one entity from another.
TELLING: Final = 8
# So many texts of their own make two entities one, whatever they are called.
OWN: Final = 3
# So many texts that others have too speak for a pair with names alike.
SHARED: Final = 2
# Beyond this many pairs, candidates are those that share rare runs of three letters.
_PAIRS: Final = 2_500
_RAREST: Final = 10
_RARE: Final = 20
_VOTES: Final = 2_500_000
_CANDIDATES: Final = 16

Texts: TypeAlias = Mapping[str, frozenset[str]]
"""The telling texts of each change, by its id."""


class Resemblance(NamedTuple):
    """`own`: texts that nothing else among these has; `shared`: all they have in common; `score`:
    how alike the names are, from 0 to 1."""

    removed: Change
    added: Change
    own: int
    shared: int
    score: float


def resembling(
    collection: Collection, removed: Sequence[Change], added: Sequence[Change]
) -> list[Resemblance]:
    """The pairs that hold, those with more in common first; no entity stands in two."""
    silent = _not_telling(collection)
    texts = {change.id: _texts(change, silent) for change in (*removed, *added)}
    taken: set[str] = set()
    found = list(_best(_with_own_texts(removed, added, texts), taken))
    removed = [change for change in removed if change.id not in taken]
    added = [change for change in added if change.id not in taken]
    return [*found, *_best(_with_names(removed, added, texts), taken)]


def _best(offered: Iterable[Resemblance], taken: set[str]) -> Iterator[Resemblance]:
    """The best first; where an entity fits two as well, none is taken."""
    ordered = sorted(offered, key=_worth, reverse=True)
    for _, level in groupby(ordered, key=_worth):
        pairs = [p for p in level if p.removed.id not in taken and p.added.id not in taken]
        ends = Counter(end.id for pair in pairs for end in pair[:2])
        for pair in pairs:
            if ends[pair.removed.id] == ends[pair.added.id] == 1:
                yield pair
        taken |= ends.keys()


def _worth(pair: Resemblance) -> tuple[int, int, float]:
    return pair.own, pair.shared, pair.score


def _with_own_texts(
    removed: Sequence[Change], added: Sequence[Change], texts: Texts
) -> Iterator[Resemblance]:
    gone, come = _owners(removed, texts), _owners(added, texts)
    counts = Counter(
        (gone[text][0].id, come[text][0].id)
        for text in gone.keys() & come.keys()
        if len(gone[text]) == len(come[text]) == 1
    )
    ends = {change.id: change for change in (*removed, *added)}
    for (one, other), own in counts.items():
        shared = len(texts[one] & texts[other])
        score = likeness(ends[one].label, ends[other].label)
        most = 4 * shared >= 3 * max(len(texts[one]), len(texts[other]))
        if score >= ALIKE or (own >= OWN and most):
            yield Resemblance(ends[one], ends[other], own, shared, round(score, 2))


def _with_names(
    removed: Sequence[Change], added: Sequence[Change], texts: Texts
) -> Iterator[Resemblance]:
    for one, other in _candidates(removed, added):
        shared = len(texts[one.id] & texts[other.id])
        if shared >= SHARED and (score := likeness(one.label, other.label)) >= ALIKE:
            yield Resemblance(one, other, 0, shared, score)


def _candidates(
    removed: Sequence[Change], added: Sequence[Change]
) -> Iterator[tuple[Change, Change]]:
    if len(removed) * len(added) <= _PAIRS:
        for one in removed:
            for other in added:
                yield one, other
        return
    index: dict[str, list[Change]] = defaultdict(list)
    for change in added:
        for part in _parts(change.label):
            index[part].append(change)
    owners = Counter(part for change in (*removed, *added) for part in _parts(change.label))
    most = max(_RARE, _VOTES // (_RAREST * len(removed)))
    ends = {change.id: change for change in added}
    for change in removed:
        rarest = sorted(_parts(change.label), key=lambda part: (owners[part], part))[:_RAREST]
        known = [index[part] for part in rarest if owners[part] <= most]
        votes = Counter(other.id for others in known for other in others)
        best = sorted(votes, key=lambda identity: (-votes[identity], identity))
        for identity in best[:_CANDIDATES]:
            yield change, ends[identity]


@lru_cache(maxsize=8192)
def _parts(name: str) -> frozenset[str]:
    """The words of a name, and its runs of three letters."""
    bones = f"  {skeleton(name)} "
    return frozenset(bones[at : at + 3] for at in range(len(bones) - 2)) | {*bones.split()}


def _owners(changes: Sequence[Change], texts: Texts) -> Mapping[str, list[Change]]:
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        for text in texts[change.id]:
            found[text].append(change)
    return found


def _texts(change: Change, silent: set[str]) -> frozenset[str]:
    """Values by which an entity may be known: texts with letters."""
    label = change.label
    return frozenset(
        value
        for name, value in whole(change).items()
        if name not in silent and _tells(value) and value != label
    )


def _not_telling(collection: Collection) -> set[str]:
    """Keys, references and words from a closed list are shared by many."""
    names = {name for key in collection.keys for name in key}
    return names | {name for name, f in collection.fields.items() if f.ref or f.ladder or f.scale}


def _tells(value: Json) -> bool:
    return isinstance(value, str) and len(value) >= TELLING and any(c.isalpha() for c in value)


def whole(change: Change) -> dict[str, Json]:
    """The entity that was added or removed; one that is no object has no fields."""
    entity = change.before if change.after is MISSING else change.after
    return entity if isinstance(entity, dict) else {}
