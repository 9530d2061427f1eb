"""Where each party stands now and stood before, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from monitor.compare.scene import Scene
from monitor.compare.stances import Place, Stance, read_stances
from monitor.kinds.kind import Kind
from monitor.model.as_of import order
from monitor.model.comparison import Document, Standing, State, Steady


def standings(
    scene: Scene, old: Document, new: State, history: Sequence[State]
) -> tuple[Standing, ...]:
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
    """The as_of from which each position has been held without a break; empty without history."""
    if not history:
        return {}
    since = dict.fromkeys(now, new.ref.as_of)
    unbroken = set(now)
    for state in reversed(history):
        earlier = read_stances(state.document, kind)
        unbroken = {
            place
            for place in unbroken
            if place in earlier and earlier[place].position == now[place].position
        }
        for place in unbroken:
            since[place] = state.ref.as_of
        if not unbroken:
            break
    return since


def steady(found: Sequence[Standing], old_as_of: str) -> tuple[Steady, ...]:
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
) -> Standing:
    collection = scene.collection(place[0])
    assert collection.position is not None
    party = scene.value(collection.fields.get(collection.position.party), now.party)
    issue = scene.value(collection.fields.get(collection.position.issue), now.issue)
    return Standing(
        party=now.party,
        party_label=str(party),
        issue=now.issue,
        issue_label=str(issue),
        now=now.value,
        before=before.value if before else None,
        interval=now.interval,
        interval_before=before.interval if before else None,
        step=now.step,
        step_before=before.step if before else None,
        steps=now.steps,
        moved=before is not None and before.position != now.position,
        since=since,
        text=now.text,
        path=scene.path((place[0], now.key)),
    )
