"""Which of the entities that vanished and appeared are one and the same under another key.

A person's judgement decides first, then an id that is only written otherwise, the names an entity
says it also has, a name that is the same but for its spelling, a name much alike together with
texts in common, or texts of its own alone (resemblance.py); last, where many were renumbered at
once, all that an entity holds besides its key. A false match is worse than none: what is left is
told as removed and added.

Each step offers pairs; of those that share an entity the one with more evidence holds, then the
one whose names are more alike, then the one whose keys come first, whichever side is old.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from monitor.compare.judgements import Verdicts
from monitor.compare.resemblance import ALIKE, resembling, whole
from monitor.compare.spelling import likeness, skeleton
from monitor.compare.written import form
from monitor.kinds.kind import Collection
from monitor.kinds.values import get, json_bytes, token
from monitor.model.comparison import Change
from monitor.model.tuples import NamedTuple

# So many at once have been renumbered; fewer may be alike by chance.
MANY = 10


class Match(NamedTuple):
    """`how`: judged, form, alias, spelling, similar, values or content; `score`: how alike names
    are, 0 to 1.

    `evidence` counts what speaks for the pair: the values that nothing else among these has.
    """

    removed: Change
    added: Change
    how: str
    score: float
    evidence: int = 1


def match(
    collection: Collection,
    removed: Sequence[Change],
    added: Sequence[Change],
    judged: Verdicts,
) -> list[Match]:
    """Pairs within one list below one parent, each entity in one pair at most."""
    found: list[Match] = []
    for step in (_judged, _forms, _aliases, _spelling, _similar, _content):
        gone = {change.id for pair in found for change in (pair.removed, pair.added)}
        removed = [change for change in removed if change.id not in gone]
        added = [change for change in added if change.id not in gone]
        if not removed or not added:
            break
        found += _one_each(
            pair
            for pair in step(collection, removed, added, judged)
            if pair.how == "judged" or not _refused(collection, pair, judged)
        )
    return found


def _one_each(offered: Iterable[Match]) -> Iterator[Match]:
    """The best pairs in which no entity stands twice."""
    paired: set[str] = set()
    for pair in sorted(offered, key=_rank):
        ends = {pair.removed.id, pair.added.id}
        if not ends & paired:
            paired |= ends
            yield pair


def _rank(pair: Match) -> tuple[int, float, list[Any]]:
    keys = [[(name, *token(value)) for name, value in end.key[-1]] for end in pair[:2]]
    return -pair.evidence, -pair.score, sorted(keys, key=repr)


def identity(change: Change) -> str:
    """An entity's id among its siblings, as judgements write it."""
    return ",".join(str(value) for _, value in change.key[-1])


def _refused(collection: Collection, pair: Match, judged: Verdicts) -> bool:
    return judged.same(collection.path, identity(pair.removed), identity(pair.added)) is False


def _judged(
    collection: Collection, removed: Sequence[Change], added: Sequence[Change], judged: Verdicts
) -> Iterator[Match]:
    by_identity = {identity(change): change for change in added}
    for change in removed:
        for other in judged.same_as(collection.path, identity(change)):
            if other in by_identity:
                yield Match(change, by_identity[other], "judged", 1.0)


def _forms(
    _: Collection, removed: Sequence[Change], added: Sequence[Change], __: Verdicts
) -> Iterator[Match]:
    """Ids that are one but for their type, zeros in front or case, each once on its side."""
    gone, come = _by_form(removed), _by_form(added)
    for key, change in gone.items():
        if key in come:
            yield Match(change, come[key], "form", 1.0)


def _by_form(changes: Sequence[Change]) -> Mapping[tuple[str | None, ...], Change]:
    owners: dict[tuple[str | None, ...], list[Change]] = defaultdict(list)
    for change in changes:
        owners[tuple(form(value) for _, value in change.key[-1])].append(change)
    return {key: found[0] for key, found in owners.items() if len(found) == 1}


def _aliases(
    collection: Collection, removed: Sequence[Change], added: Sequence[Change], _: Verdicts
) -> Iterator[Match]:
    """One side lists the other's name or id as one of its own names."""
    if collection.aliases is None:
        return
    for one, other, swapped in ((removed, added, False), (added, removed, True)):
        named = _unique(other, lambda change: (change.label, identity(change)))
        for change in one:
            listed = get(whole(change), collection.aliases)
            if not isinstance(listed, list):
                continue
            texts = [name for name in listed if isinstance(name, str)]
            names = map(skeleton, texts)
            hits = {named[name].id: named[name] for name in names if name in named}
            if len(hits) == 1:
                (hit,) = hits.values()
                first, second = (hit, change) if swapped else (change, hit)
                yield Match(first, second, "alias", round(likeness(change.label, hit.label), 2))


def _spelling(
    _: Collection, removed: Sequence[Change], added: Sequence[Change], __: Verdicts
) -> Iterator[Match]:
    """Equal names but for spelling, each once on its side."""
    gone = _unique(removed, lambda change: (change.label,))
    come = _unique(added, lambda change: (change.label,))
    for name, change in gone.items():
        if name in come:
            yield Match(change, come[name], "spelling", 1.0)


def _similar(
    collection: Collection, removed: Sequence[Change], added: Sequence[Change], _: Verdicts
) -> Iterator[Match]:
    """Names much alike and texts in common, or many texts that they alone have."""
    for pair in resembling(collection, removed, added):
        how = "similar" if pair.score >= ALIKE else "values"
        evidence = pair.own + pair.shared
        yield Match(pair.removed, pair.added, how, round(pair.score, 2), evidence)


def _content(
    collection: Collection, removed: Sequence[Change], added: Sequence[Change], _: Verdicts
) -> Iterator[Match]:
    """The same in everything but the key, each once on its side, and many at once: renumbered."""
    gone, come = _by_content(collection, removed), _by_content(collection, added)
    both = [content for content in gone if content in come]
    if len(both) >= MANY:
        yield from (Match(gone[content], come[content], "content", 1.0) for content in both)


def _by_content(collection: Collection, changes: Sequence[Change]) -> Mapping[bytes, Change]:
    keys = {name for key in collection.keys for name in key}
    owners: dict[bytes, list[Change]] = defaultdict(list)
    for change in changes:
        rest = {name: value for name, value in whole(change).items() if name not in keys}
        if rest:
            owners[json_bytes(rest)].append(change)
    return {content: found[0] for content, found in owners.items() if len(found) == 1}


def _unique(
    changes: Sequence[Change], names: Callable[[Change], Sequence[str]]
) -> Mapping[str, Change]:
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        for name in {skeleton(name) for name in names(change)}:
            if any(c.isalpha() for c in name):
                found[name].append(change)
    return {name: owners[0] for name, owners in found.items() if len(owners) == 1}
