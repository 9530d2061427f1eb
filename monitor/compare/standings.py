"""Where each party stands now and stood before, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from monitor.compare.scene import Scene
from monitor.compare.stances import Place, Stance, read_stances
from monitor.kinds.kind import Collection, Kind
from monitor.model.as_of import order
from monitor.model.comparison import Document, Interval, PartyStanding, State, Steady
from monitor.model.record import replace


def standings(
    scene: Scene, old: Document, new: State, history: Sequence[State]
) -> tuple[PartyStanding, ...]:
    """One per stance of the newer version, in its order."""
    before = read_stances(old, scene.kind)
    now = read_stances(new.document, scene.kind)
    sinces = held_since(now, new, history, scene.kind)
    return tuple(
        _standing(scene, place, stance, before.get(place), sinces.get(place))
        for place, stance in now.items()
    )


def held_since(
    now: dict[Place, Stance], new: State, history: Sequence[State], kind: Kind
) -> dict[Place, str]:
    """The as_of from which each position has been held and put in the same words without a break;
    empty without history."""
    if not now or not history:
        return {}
    since = dict.fromkeys(now, new.ref.as_of)
    unbroken = set(now)
    for state in reversed(history):
        earlier = read_stances(state.document, kind)
        unbroken = {
            place
            for place in unbroken
            if place in earlier and not now[place].restated(earlier[place])
        }
        for place in unbroken:
            since[place] = state.ref.as_of
        if not unbroken:
            break
    return since


def steady(found: Sequence[PartyStanding], old_as_of: str) -> tuple[Steady, ...]:
    """What stood so before the older version, by the date; the longest standing first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for standing in found:
        if standing.since is not None and order(standing.since) < order(old_as_of):
            groups[standing.since].append(f"{standing.party_label}: {standing.issue_label}")
    return tuple(
        Steady(since=since, labels=tuple(groups[since])) for since in sorted(groups, key=order)
    )


def _standing(
    scene: Scene, place: Place, now: Stance, before: Stance | None, since: str | None
) -> PartyStanding:
    collection = scene.collection(place[0])
    assert collection.position is not None
    party = scene.value(collection.fields.get(collection.position.party), now.party)
    issue = scene.value(collection.fields.get(collection.position.issue), now.issue)
    return PartyStanding(
        party=now.party,
        party_label=str(party),
        issue=now.issue,
        issue_label=str(issue),
        now=_word(scene, collection, now),
        before=_word(scene, collection, before),
        interval=_interval(collection, now),
        interval_before=_interval(collection, before),
        step=now.step,
        step_before=before.step if before else None,
        steps=now.steps,
        moved=before is not None and now.differs(before),
        since=since,
        text=now.text,
        path=scene.path((place[0], now.key)),
    )


def _word(scene: Scene, collection: Collection, stance: Stance | None) -> str | None:
    """The position's word as a reader sees it."""
    if stance is None or stance.value is None or collection.position is None:
        return None
    return str(scene.value(collection.fields.get(collection.position.value or ""), stance.value))


def _interval(collection: Collection, stance: Stance | None) -> Interval | None:
    """The quantity, its unit as a reader sees it."""
    if stance is None or stance.interval is None:
        return None
    return replace(stance.interval, unit=unit_of(collection, stance.interval.unit))


def unit_of(collection: Collection, unit: str | None) -> str | None:
    """A unit of positions as a reader sees it."""
    position = collection.position
    field = collection.fields.get(position.quantity or "") if position else None
    return unit if unit is None or field is None else field.words.get(unit, unit)
