"""One entity that stands elsewhere now: what else is different of it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from monitor.compare.prose import is_long
from monitor.compare.resemblance import whole
from monitor.compare.rules.rule import Pair
from monitor.compare.scene import Scene
from monitor.kinds.values import get, same
from monitor.model.comparison import MISSING, Change, Json, Missing
from monitor.model.said import Detail


def paired(
    gone: Sequence[Change], come: Sequence[Change], said: Iterable[str] = ()
) -> Iterator[Pair]:
    """One entity that went from some places and came to others: each place that it came to with
    the one that says most nearly the same of it, and each that it went from likewise."""
    if not gone or not come:
        return
    found = [(min(gone, key=lambda one: len(_unlike(one, each))), each) for each in come]
    left = [one for one in gone if all(one is not pair[0] for pair in found)]
    found += [(one, min(come, key=lambda each: len(_unlike(one, each)))) for one in left]
    yield from (one_of(*each, said) for each in found)


def one_of(gone: Change, come: Change, said: Iterable[str] = ()) -> Pair:
    """What went and what came, which are one entity."""
    keys = {name for level in (*gone.key, *come.key) for name, _ in level}
    return Pair(
        come.collection,
        come.label,
        whole(gone),
        whole(come),
        frozenset((*keys, *said)),
        was=(gone.collection, gone.key),
        now=(come.collection, come.key),
    )


def told_beside(scene: Scene, pairs: Iterable[Pair], *, named: bool) -> Iterator[Detail]:
    """What is different, each once; `named`: the finding is about more entities than one."""
    told: list[Detail] = []
    for pair in pairs:
        for detail in _details(scene, pair, named=named):
            if detail not in told:
                told.append(detail)
    yield from told


def _details(scene: Scene, pair: Pair, *, named: bool) -> Iterator[Detail]:
    """In the kind's order, whatever that of a document is."""
    collection = scene.collection(pair.collection)
    was_in, now_in = _groups(scene, pair)
    order = {name: number for number, name in enumerate(collection.fields)}
    names = _leaves(pair.before, pair.after, "")
    for name in sorted(names, key=lambda one: order.get(one, len(order))):
        field = collection.fields.get(name)
        before, after = get(dict(pair.before), name), get(dict(pair.after), name)
        if name in pair.silent or name in collection.children or _is_noise(scene, pair, name):
            continue
        text = (field is not None and field.text) or is_long(before, after)
        yield Detail(
            label=scene.title_in(collection, name),
            field=name,
            of=pair.label if named else MISSING,
            text=text,
            fact=not text and field is not None and not field.ladder and not scene.supports(field),
            before=scene.side(field, before),
            after=scene.side(field, after),
            was_in=was_in,
            now_in=now_in,
        )


def _groups(scene: Scene, pair: Pair) -> tuple[str | Missing, str | Missing]:
    """What both groups are called, where they are two."""
    if pair.was is None or pair.now is None:
        return MISSING, MISSING
    was, now = (
        scene.parent_label(ref) or scene.collection(ref[0]).title for ref in (pair.was, pair.now)
    )
    return (was, now) if was != now else (MISSING, MISSING)


def _is_noise(scene: Scene, pair: Pair, name: str) -> bool:
    """What the kind says is never news."""
    field = scene.collection(pair.collection).fields.get(name)
    levels = field.significance.values() if field is not None else ()
    return bool(levels) and not any(levels)


def _unlike(gone: Change, come: Change) -> list[str]:
    return list(_leaves(whole(gone), whole(come), ""))


def _leaves(one: Mapping[str, Json], other: Mapping[str, Json], above: str) -> Iterator[str]:
    """The fields that differ, down to what stands in objects of both."""
    for name in dict.fromkeys([*one, *other]):
        before, after = one.get(name, MISSING), other.get(name, MISSING)
        if isinstance(before, dict) and isinstance(after, dict) and "." not in name:
            yield from _leaves(before, after, f"{above}{name}.")
        elif MISSING in (before, after) or not same(before, after):
            yield f"{above}{name}"
