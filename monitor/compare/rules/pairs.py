"""One entity that stands elsewhere now: what else is different of it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitor.compare.prose import is_long
from monitor.compare.resemblance import whole
from monitor.compare.rules.rule import Pair
from monitor.compare.scene import Scene
from monitor.kinds.values import get, same
from monitor.model.comparison import MISSING, Change, Json
from monitor.model.said import Detail


def paired(
    gone: Sequence[Change], come: Sequence[Change], said: frozenset[str] = frozenset()
) -> Iterator[Pair]:
    """One entity that went from some places and came to others: each place that it came to with
    the one that says most nearly the same of it, and each that it went from likewise."""
    if not gone or not come:
        return
    found = [(min(gone, key=lambda one: len(_unlike(one, each))), each) for each in come]
    left = [one for one in gone if all(one is not pair[0] for pair in found)]
    found += [(one, min(come, key=lambda each: len(_unlike(one, each)))) for one in left]
    yield from (Pair(one, each, said) for one, each in found)


def told_beside(scene: Scene, pairs: Iterable[Pair], *, named: bool) -> Iterator[Detail]:
    """What is different, each once; `named`: the finding is about more entities than one."""
    told: list[Detail] = []
    for pair in pairs:
        for detail in _details(scene, pair, named=named):
            if detail not in told:
                told.append(detail)
    yield from told


def _details(scene: Scene, pair: Pair, *, named: bool) -> Iterator[Detail]:
    collection = scene.collection(pair.come.collection)
    for name in _unlike(pair.gone, pair.come):
        field = collection.fields.get(name)
        before, after = get(whole(pair.gone), name), get(whole(pair.come), name)
        if name in pair.said or name in collection.children or _is_noise(scene, pair, name):
            continue
        text = (field is not None and field.text) or is_long(before, after)
        yield Detail(
            label=scene.title_in(collection, name),
            field=name,
            of=pair.come.label if named else MISSING,
            text=text,
            fact=not text and field is not None and not field.ladder and not scene.supports(field),
            before=scene.side(field, before),
            after=scene.side(field, after),
        )


def _is_noise(scene: Scene, pair: Pair, name: str) -> bool:
    """What its key says, and what the kind says is never news."""
    keys = {key for level in (*pair.gone.key, *pair.come.key) for key, _ in level}
    field = scene.collection(pair.come.collection).fields.get(name)
    levels = field.significance.values() if field is not None else ()
    return name in keys or (bool(levels) and not any(levels))


def _unlike(gone: Change, come: Change) -> list[str]:
    return list(_leaves(whole(gone), whole(come), ""))


def _leaves(one: dict[str, Json], other: dict[str, Json], above: str) -> Iterator[str]:
    """The fields that differ, down to what stands in objects of both."""
    for name in dict.fromkeys([*one, *other]):
        before, after = one.get(name, MISSING), other.get(name, MISSING)
        if isinstance(before, dict) and isinstance(after, dict) and "." not in name:
            yield from _leaves(before, after, f"{above}{name}.")
        elif MISSING in (before, after) or not same(before, after):
            yield f"{above}{name}"
