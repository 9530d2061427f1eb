"""Remarks on distances between parties that the newer version made smaller or greater."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal

from monitor.compare.intervals import shared
from monitor.compare.remarks import Note, VersionPair
from monitor.compare.rules.remark import CONVERGED, DIVERGED, OVERLAP
from monitor.compare.scene import Scene
from monitor.compare.stances import Distance, Place, Stance, distance, read_stances
from monitor.compare.standings import unit_of
from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.said import Converged, Diverged, Overlap


def pairs(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Each two parties with a position on the same issue of the same list, once."""
    by_issue: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        by_issue.setdefault((place[0], place[2]), []).append(place)
    for together in by_issue.values():
        yield from combinations(together, 2)


def movements(scene: Scene, versions: VersionPair) -> Iterator[Note]:
    """Remarks on distances that became smaller or greater between the two versions."""
    before = read_stances(versions.old.document, scene.kind)
    now = read_stances(versions.new.document, scene.kind)
    past: list[dict[Place, Stance]] | None = None
    for one, other in pairs(list(now)):
        moved = [
            place for place in (one, other) if place in before and now[place].differs(before[place])
        ]
        was = distance(before.get(one), before.get(other))
        is_ = distance(now[one], now[other])
        if not moved or was is None or is_ is None or was.size == is_.size or was.unit != is_.unit:
            continue
        if past is None:
            states = [each for each in versions.history if each.ref != versions.new.ref]
            past = [read_stances(each.document, scene.kind) for each in states]
        earlier = [distance(column.get(one), column.get(other)) for column in past]
        yield _movement(
            scene, (one, other), now=now, moved=moved, sizes=(was, is_), earlier=earlier
        )


def _movement(
    scene: Scene,
    places: tuple[Place, Place],
    *,
    now: dict[Place, Stance],
    moved: Sequence[Place],
    sizes: tuple[Distance, Distance],
    earlier: Sequence[Distance | None],
) -> Note:
    was, is_ = sizes
    comparable = [d.size for d in earlier if d is not None and d.unit == is_.unit]
    rule = DIVERGED
    say: type[Diverged] | type[Overlap] | type[Converged] = Diverged
    if is_.size < was.size:
        rule, say = (OVERLAP, Overlap) if is_.size == 0 else (CONVERGED, Converged)
    record: Literal["closest", "widest"] | Missing = MISSING
    if comparable and is_.size < min(comparable):
        record = "closest"
    elif comparable and is_.size > max(comparable):
        record = "widest"
    changes = [scene.by_collection[p[0]].get(now[p].key, ()) for p in moved]
    return Note(
        rule=rule,
        said=say(
            issue=_label(scene, places[0], "issue"),
            parties=[_label(scene, place, "party") for place in places],
            before=was.size,
            after=is_.size,
            unit=unit_of(scene.collection(places[0][0]), is_.unit),
            moved=[_label(scene, place, "party") for place in moved],
            record=record,
            at=_meeting(scene, places, now) if say is Overlap else MISSING,
        ),
        about=tuple(change.id for found in changes for change in found),
        where=places[0][0],
        path=scene.path((places[0][0], now[moved[0]].key)),
        parties=tuple(place[1] for place in places),
        issues=(places[0][2],),
    )


def _meeting(scene: Scene, places: tuple[Place, Place], now: dict[Place, Stance]) -> Json | Missing:
    """Where two meet: what their quantities have in common, else their place on the scale."""
    one, other = (now[place] for place in places)
    collection = scene.collection(places[0][0])
    if one.interval is None or other.interval is None:
        value = collection.position.value if collection.position else None
        return scene.value(collection.fields.get(value or ""), one.value) if value else MISSING
    if one.interval.unit == "date":
        return MISSING
    common = shared(one.interval, other.interval)
    return {"low": common.low, "high": common.high, "unit": unit_of(collection, common.unit)}


def _label(scene: Scene, place: Place, part: str) -> str:
    collection = scene.collection(place[0])
    assert collection.position is not None
    name = collection.position.party if part == "party" else collection.position.issue
    identity = place[1] if part == "party" else place[2]
    return str(scene.value(collection.fields.get(name), identity))
