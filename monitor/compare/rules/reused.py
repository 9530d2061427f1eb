"""Ids that name another entity than before: that is no edit of anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from monitor.compare.likely import Likely, Swap
from monitor.compare.rules.everywhere import EXAMPLES
from monitor.compare.rules.rule import Draft, Family, Pair, Rule
from monitor.compare.scene import Ref, Scene
from monitor.kinds.keys import key_words
from monitor.model.comparison import MISSING, Change, Significance
from monitor.model.said import Reassigned, Reused, Swapped

REUSED = Rule(
    id="reused",
    summary="An id names another entity than before: all that identified the former one is gone.",
    significance=Significance.MAJOR,
    mirror="reused",
)

# From this many on in one list they are told together.
MANY: Final = 3


def _find(scene: Scene) -> Iterator[Draft]:
    for path in scene.paths():
        likely = Likely(scene, path)
        swaps = likely.swaps() if path else []
        if len(swaps) >= MANY or (swaps and likely.shifted(swaps)):
            yield _reassigned(scene, path, likely, swaps)
        elif (
            len(swaps) == 2 and swaps[0].now == swaps[1].before and swaps[0].before == swaps[1].now
        ):
            yield _swapped(scene, path, likely, swaps)
        else:
            yield from (_reused(scene, path, swap) for swap in swaps)


def _reused(scene: Scene, path: str, swap: Swap) -> Draft:
    ref = (path, swap.key)
    changes = tuple(_all_of(scene, path, [swap]))
    below = len({(each.collection, each.key) for each in changes} - {ref})
    return Draft(
        rule=REUSED.id,
        changes=changes,
        focus=ref,
        said=_word(scene, path, swap)._replace(below=below or MISSING),
        told=False,
    )


def _word(scene: Scene, path: str, swap: Swap) -> Reused:
    return Reused(
        id=key_words(swap.key[-1]),
        before=swap.before,
        after=swap.now,
        section=scene.collection(path).title,
    )


def _swapped(scene: Scene, path: str, likely: Likely, swaps: Sequence[Swap]) -> Draft:
    first, second = swaps
    return _together(
        scene,
        likely,
        path,
        swaps,
        Swapped(
            ids=(key_words(first.key[-1]), key_words(second.key[-1])),
            before=(first.before, second.before),
            section=scene.collection(path).title,
        ),
    )


def _reassigned(scene: Scene, path: str, likely: Likely, swaps: Sequence[Swap]) -> Draft:
    """With those that came or went because the ids moved on."""
    was, now = {swap.before for swap in swaps}, {swap.now for swap in swaps}
    shifted = likely.shifted(swaps)
    was |= {swap.before for swap in shifted if swap.before}
    now |= {swap.now for swap in shifted if swap.now}
    said = Reassigned(
        section=scene.collection(path).title,
        number=len(swaps),
        known=sum(swap.known for swap in swaps),
        examples=[_word(scene, path, swap) for swap in swaps[:EXAMPLES]],
        new=sorted(now - was) if shifted or was & now else [],
        gone=sorted(was - now) if shifted or was & now else [],
    )
    return _together(scene, likely, path, [*swaps, *shifted], said)


def _together(
    scene: Scene, likely: Likely, path: str, swaps: Sequence[Swap], said: Swapped | Reassigned
) -> Draft:
    refs: list[Ref] = [(path, swap.key) for swap in swaps]
    return Draft(
        rule=REUSED.id,
        changes=tuple(_all_of(scene, path, swaps)),
        focus=None,
        others=tuple(refs),
        said=said,
        pairs=tuple(_followed(scene, likely, path, swaps)),
    )


def _followed(scene: Scene, likely: Likely, path: str, swaps: Sequence[Swap]) -> Iterator[Pair]:
    """Who stands under another id now, as it was under its former one: a name that one entry alone
    has on either side."""
    was, now = Counter(swap.before for swap in swaps), Counter(swap.now for swap in swaps)
    places = {swap.now: swap.key for swap in swaps}
    for swap in swaps:
        if not swap.before or not was[swap.before] == now[swap.before] == 1:
            continue
        key = places[swap.before]
        before, after = scene.old.get(path, swap.key), scene.new.get(path, key)
        if isinstance(before, dict) and isinstance(after, dict):
            names = {name for level in key for name, _ in level}
            silent = frozenset((*names, *likely.slots))
            yield Pair(path, swap.before, before, after, silent)


def _all_of(scene: Scene, path: str, swaps: Sequence[Swap]) -> Iterator[Change]:
    """Everything that changed in these entities and below them."""
    keys = {swap.key for swap in swaps}
    depth = len(swaps[0].key)
    for below in scene.paths():
        if below == path or below.startswith(f"{path}."):
            for (_, key), change in scene.each_left(below):
                if key[:depth] in keys:
                    yield change


FAMILY = Family((REUSED,), _find)
