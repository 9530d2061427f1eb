"""A list, or the whole document, that lost nearly everything or holds other things now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Scene
from monitor.model.comparison import MISSING, Change, Significance
from monitor.model.said import Emptied, Exchanged
from monitor.model.tuples import NamedTuple

EMPTIED = Rule(
    id="emptied",
    summary="A list or the document lost nearly everything: most likely a fault in the snapshot.",
    significance=Significance.CRITICAL,
    unmirrored="A list that fills up again has its entities `added`, each with its own weight.",
)
EXCHANGED = Rule(
    id="exchanged",
    summary="A list or the document holds hardly anything it held before: most likely other ids.",
    significance=Significance.CRITICAL,
    mirror="exchanged",
)

# A list counts as emptied when it had this many entries and this share of them is gone; without
# anything left in the document fewer are enough.
AT_LEAST = 5
SHARE = 0.9
ALL_AT_LEAST = 3
# Lists below an entity are short and change as a whole: a kind's count from this many on together.
NESTED = 20
# A list counts as exchanged from this many entries on, of either side.
EXCHANGED_FROM = 10


class _Loss(NamedTuple):
    """What went and came in one collection, of `size` entries that were and `now` that are."""

    path: str
    size: int
    now: int
    gone: list[Change]
    come: list[Change]


def _find_emptied(scene: Scene) -> Iterator[Draft]:
    """One finding for the document when all its lists are emptied, else one for each that is."""
    if not any(scene.whole(path, "removed") for path in scene.paths() if path):
        yield from _fields(scene)
        return
    losses = _losses(scene)
    if scene.has_nothing and sum(len(loss.gone) for loss in losses) >= ALL_AT_LEAST:
        yield _emptied(scene, losses, whole=True)
        return
    stays = [loss for loss in losses if not _stands_elsewhere(loss, losses)]
    yield from _told(scene, stays, _is_emptied, _emptied)


def _stands_elsewhere(loss: _Loss, losses: Sequence[_Loss]) -> bool:
    """Whether a list only has another name: what it held came to one beside it."""
    gone = {(change.key[-1], change.label) for change in loss.gone}
    for other in losses:
        come = {(change.key[-1], change.label) for change in other.come}
        if other is not loss and gone and len(gone & come) >= SHARE * len(gone):
            return True
    return False


def _find_exchanged(scene: Scene) -> Iterator[Draft]:
    paths = [path for path in scene.paths() if path]
    gone = any(len(scene.whole(path, "removed")) >= AT_LEAST for path in paths)
    if gone and any(len(scene.whole(path, "added")) >= AT_LEAST for path in paths):
        yield from _told(scene, _losses(scene), _is_exchanged, _exchanged)


def _told(
    scene: Scene,
    losses: Sequence[_Loss],
    holds: Callable[[Iterable[_Loss]], bool],
    draft: Callable[..., Draft],
) -> Iterator[Draft]:
    if len([loss for loss in losses if loss.size]) > 1 and holds(losses):
        yield draft(scene, losses, whole=True)
        return
    told: list[str] = []
    for loss in losses:
        if holds([loss]) and not any(loss.path.startswith(f"{path}.") for path in told):
            told.append(loss.path)
            yield draft(scene, [loss], whole=False)


def _losses(scene: Scene) -> list[_Loss]:
    """By collection; what others refer to may well be written anew each time: sources above all."""
    before, after = scene.sizes
    found = []
    for path in scene.kind.collections:
        if not path or path in scene.supporting or not (before[path] or after[path]):
            continue
        if not scene.above[path] or scene.kind.inferred or before[path] >= NESTED:
            gone, come = (list(scene.whole(path, op).values()) for op in ("removed", "added"))
            found.append(_Loss(path, before[path], after[path], gone, come))
    return found


def _is_emptied(losses: Iterable[_Loss]) -> bool:
    """What is filled again under other keys has lost nothing."""
    size, _, gone, come = _sums(losses)
    return size >= AT_LEAST and gone - come >= SHARE * size


def _is_exchanged(losses: Iterable[_Loss]) -> bool:
    """Seen from either side: hardly an entry stands in both."""
    size, now, gone, come = _sums(losses)
    if min(gone, come) < AT_LEAST or max(size, now) < EXCHANGED_FROM:
        return False
    return gone >= SHARE * size and come >= SHARE * now


def _sums(losses: Iterable[_Loss]) -> tuple[int, int, int, int]:
    counts = [(loss.size, loss.now, len(loss.gone), len(loss.come)) for loss in losses]
    size, now, gone, come = map(sum, zip(*counts, strict=True)) if counts else (0, 0, 0, 0)
    return size, now, gone, come


def _emptied(scene: Scene, losses: Sequence[_Loss], *, whole: bool) -> Draft:
    gone = [change for loss in losses for change in loss.gone]
    changes = [*gone, *_lists_gone(scene, [loss for loss in losses if loss.gone])]
    if whole and scene.has_nothing:
        changes += [change for _, change in scene.each_left("") if change not in changes]
    return Draft(
        rule=EMPTIED.id,
        changes=tuple(changes),
        focus=None,
        others=tuple((change.collection, change.key) for change in gone),
        said=Emptied(
            section=None if whole else scene.collection(losses[0].path).title or None,
            number=sum(len(loss.gone) for loss in _counted(scene, losses)),
            size=sum(loss.size for loss in _counted(scene, losses)),
        ),
    )


def _exchanged(scene: Scene, losses: Sequence[_Loss], *, whole: bool) -> Draft:
    gone = [change for loss in losses for change in loss.gone]
    come = [change for loss in losses for change in loss.come]
    return Draft(
        rule=EXCHANGED.id,
        changes=(*gone, *come),
        focus=None,
        others=tuple((change.collection, change.key) for change in (*gone, *come)),
        weight=None if whole or not scene.above[losses[0].path] else Significance.MAJOR,
        said=Exchanged(
            section=None if whole else scene.collection(losses[0].path).title or None,
            gone=sum(len(loss.gone) for loss in _counted(scene, losses)),
            come=sum(len(loss.come) for loss in _counted(scene, losses)),
            size=sum(loss.size for loss in _counted(scene, losses)),
        ),
    )


def _counted(scene: Scene, losses: Sequence[_Loss]) -> Sequence[_Loss]:
    """Those whose entries are counted in words: not what only holds lists of no name."""
    inner = {scene.above[loss.path] for loss in losses if not scene.collection(loss.path).title}
    return [loss for loss in losses if loss.path not in inner] or losses


def _lists_gone(scene: Scene, losses: Sequence[_Loss]) -> Iterator[Change]:
    """That the list itself is missing, or is something else now."""
    for loss in losses:
        above = scene.above[loss.path]
        name = loss.path[len(above) + 1 :] if above else loss.path
        for _, change in scene.each_left(above):
            if change.field == name:
                yield change


def _fields(scene: Scene) -> Iterator[Draft]:
    """A document without entries that has nothing left of what it said."""
    if not scene.kind.inferred or not scene.has_nothing:
        return
    changes = [change for _, change in scene.each_left("")]
    if len(changes) >= ALL_AT_LEAST and all(change.after is MISSING for change in changes):
        number = len(changes)
        said = Emptied(section=None, number=number, size=number, fields=True)
        yield Draft(rule=EMPTIED.id, changes=tuple(changes), focus=None, said=said)


FAMILY = Family((EMPTIED,), _find_emptied)
OTHERS = Family((EXCHANGED,), _find_exchanged)
