"""Planned things that move, happen or fall through (`x-period`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from monitor.compare.rules.rule import Draft, Family, Rule
from monitor.compare.scene import Ref, Scene
from monitor.kinds.kind import Collection, Period
from monitor.kinds.values import get
from monitor.model.comparison import MISSING, Change, Json, Significance
from monitor.model.edtf import Bounds, bounds
from monitor.model.said import (
    BroughtForward,
    Cancelled,
    DateLoosened,
    DateSet,
    Extended,
    Shortened,
    Slipped,
    TookPlace,
)

CANCELLED = Rule(
    id="cancelled",
    summary="A planned thing is off: its state has left the ladder (postponed, cancelled).",
    significance=Significance.CRITICAL,
    unmirrored="What is on again is as firm as its new state says: `firmed`.",
)
TOOK_PLACE = Rule(
    id="took-place",
    summary="A planned thing has reached the last state of its ladder.",
    significance=Significance.MAJOR,
    unmirrored="What has taken place cannot be undone; a version that takes it back `weakened` it.",
)
SLIPPED = Rule(
    id="slipped",
    summary="A planned thing starts later than planned.",
    significance=Significance.MAJOR,
    mirror="brought-forward",
)
BROUGHT_FORWARD = Rule(
    id="brought-forward",
    summary="A planned thing starts earlier than planned.",
    significance=Significance.MAJOR,
    mirror="slipped",
)
DATE_SET = Rule(
    id="date-set",
    summary="A planned thing has a closer date, within the one that was known.",
    significance=Significance.MAJOR,
    mirror="date-loosened",
)
DATE_LOOSENED = Rule(
    id="date-loosened",
    summary="A planned thing has only a vaguer date, around the one that was known.",
    significance=Significance.MAJOR,
    mirror="date-set",
)

EXTENDED = Rule(
    id="extended",
    summary="The end of a planned thing moves to a later day, and its beginning stays.",
    significance=Significance.MAJOR,
    mirror="shortened",
)
SHORTENED = Rule(
    id="shortened",
    summary="The end of a planned thing moves to an earlier day, and its beginning stays.",
    significance=Significance.MAJOR,
    mirror="extended",
)


def _find(scene: Scene) -> Iterator[Draft]:
    for path, collection in scene.kind.collections.items():
        if collection.period is None or path not in scene.by_collection:
            continue
        for key, changes in scene.left(path):
            changed = {change.field: change for change in changes if change.op == "changed"}
            ref = (path, key)
            yield from _state(scene, ref, collection, changed.get(collection.period.state))
            yield from _dates(scene, ref, collection.period, changed)
            yield from _end(ref, collection.period, changed)


def _state(
    scene: Scene, ref: Ref, collection: Collection, change: Change | None
) -> Iterator[Draft]:
    if change is None or change.field is None or change.after is None:
        return
    ladder = collection.fields[change.field].ladder
    if not ladder or not change.significance:
        return
    assert collection.period is not None
    stated = dates(scene.entity(ref), collection.period)
    word = _state_word(scene, change)
    said: TookPlace | Cancelled
    if change.after == ladder[-1]:
        ran = change.before in collection.period.running and _lasts(stated)
        rule, said = TOOK_PLACE, TookPlace(change.label, word, stated, True if ran else MISSING)
    elif isinstance(change.after, str) and change.after not in ladder and change.before in ladder:
        since = get(scene.entity(ref), collection.period.since or "")
        off = since if isinstance(since, str) else MISSING
        rule, said = CANCELLED, Cancelled(change.label, word, stated, off)
    else:
        return
    yield Draft(
        rule=rule.id,
        changes=(change,),
        focus=ref,
        told=False,
        said=said,
    )


def _lasts(stated: Sequence[Json]) -> bool:
    """Whether it has an end that is not simply the day on which it is."""
    start, end = stated
    return end is not None and end != start


def _dates(
    scene: Scene, ref: Ref, period: Period, changed: dict[str | None, Change]
) -> Iterator[Draft]:
    start = changed.get(period.start)
    if start is None or not isinstance(start.before, str) or not isinstance(start.after, str):
        return
    moved = movement(start.before, start.after)
    if moved is None:
        return
    end = changed.get(period.end) if period.end else None
    rule, say = _MOVES[moved]
    yield Draft(
        rule=rule.id,
        changes=(start,) if end is None else (start, end),
        focus=ref,
        said=say(
            label=start.label,
            before=dates(scene.old.get(*ref), period),
            after=dates(scene.new.get(*ref), period),
        ),
    )


def _end(ref: Ref, period: Period, changed: dict[str | None, Change]) -> Iterator[Draft]:
    """An end that moves alone."""
    end = changed.get(period.end) if period.end else None
    if end is None or period.start in changed or not end.significance:
        return
    before, after = end.before, end.after
    if not isinstance(before, str) or not isinstance(after, str):
        return
    moved = movement(before, after)
    if moved in ("later", "earlier"):
        rule, say = (EXTENDED, Extended) if moved == "later" else (SHORTENED, Shortened)
        yield Draft(rule=rule.id, changes=(end,), focus=ref, said=say(end.label, before, after))


def _state_word(scene: Scene, change: Change) -> str:
    return str(scene.value(scene.field(change), change.after))


Moved: TypeAlias = Slipped | BroughtForward | DateSet | DateLoosened
Movement: TypeAlias = Literal["later", "earlier", "closer", "vaguer"]

_MOVES: Mapping[Movement, tuple[Rule, Callable[..., Moved]]] = {
    "later": (SLIPPED, Slipped),
    "earlier": (BROUGHT_FORWARD, BroughtForward),
    "closer": (DATE_SET, DateSet),
    "vaguer": (DATE_LOOSENED, DateLoosened),
}


def movement(before: str, after: str) -> Movement | None:
    """How the days that something may be on have moved; None where they are the same.

    A day within a month that was known is no later day, only a closer one.
    """
    old, new = bounds(before), bounds(after)
    if old is None or new is None or old == new:
        later = is_later(after, before)
        return None if later is None else "later" if later else "earlier"
    (old_first, old_last), (first, last) = _ends(old), _ends(new)
    if first >= old_first and last <= old_last:
        return "closer"
    if first <= old_first and last >= old_last:
        return "vaguer"
    return "later" if first > old_first else "earlier"


def _ends(found: Bounds) -> tuple[str, str]:
    """As texts that sort, whatever year they are of."""
    return found.first or "", found.last or "~"


def is_later(after: str, before: str) -> bool | None:
    """Order of two dates or RFC 3339 times in UTC; None when one is only the coarser form."""
    shared = min(len(after), len(before))
    if after[:shared] == before[:shared]:
        return None
    return after[:shared] > before[:shared]


def dates(entity: Json, period: Period) -> list[Json]:
    """Start and end as written; null where not stated."""
    start = get(entity, period.start)
    end = get(entity, period.end) if period.end else None
    return [start if isinstance(start, str) else None, end if isinstance(end, str) else None]


FAMILY = Family(
    (
        *(CANCELLED, TOOK_PLACE, SLIPPED, BROUGHT_FORWARD),
        *(DATE_SET, DATE_LOOSENED, EXTENDED, SHORTENED),
    ),
    _find,
)
