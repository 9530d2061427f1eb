"""Distances between parties over all versions: who moved by how much, and what is new in that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from monitor.compare.remarks import Note, Versions
from monitor.compare.rules.remark import CONVERGED, DIVERGED, OVERLAP
from monitor.compare.scene import Scene
from monitor.compare.stances import Distance, Place, Stance, distance, read_stances
from monitor.kinds.kind import Kind
from monitor.model.comparison import Interval, Json, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One position in one version; `moved` says that it differs from the version before.

    `by` is how far a quantity's low and high end moved, in its unit (None for an open end).
    `back_to` is the as_of of the earlier version whose position this one takes up again.
    """

    as_of: str
    value: str | None
    interval: Interval | None
    step: int | None
    text: str | None
    moved: bool = False
    by: tuple[float | None, float | None] | None = None
    back_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One party's positions on one issue, by version; None where a version has none."""

    place: Place
    points: tuple[Point | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The distance between two parties on an issue, by version; None where it is not defined.

    The dates are of the first overlap and of the widest and the closest distance, each the first
    version that had it; None when the distance was never defined (or never zero).
    """

    list: str
    issue: str
    parties: tuple[str, str]
    unit: str | None
    distances: tuple[float | None, ...]
    first_overlap: str | None
    widest: str | None
    closest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """All positions and distances of a situation over its versions."""

    as_ofs: tuple[str, ...]
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]


def series(states: Sequence[State], kind: Kind) -> Series:
    """From ascending states; places in the order in which they first appear."""
    as_ofs = tuple(state.ref.as_of for state in states)
    columns = [read_stances(state.document, kind) for state in states]
    places = list(dict.fromkeys(place for column in columns for place in column))
    lines = tuple(
        Line(place=place, points=_points([column.get(place) for column in columns], as_ofs))
        for place in places
    )
    return Series(as_ofs=as_ofs, lines=lines, gaps=tuple(_gaps(places, columns, as_ofs)))


def _points(stances: Sequence[Stance | None], as_ofs: Sequence[str]) -> tuple[Point | None, ...]:
    found: list[Point | None] = []
    for at, stance in enumerate(stances):
        before = stances[at - 1] if at else None
        if stance is None:
            found.append(None)
            continue
        moved = before is not None and before.position != stance.position
        found.append(
            Point(
                as_of=as_ofs[at],
                value=stance.value,
                interval=stance.interval,
                step=stance.step,
                text=stance.text,
                moved=moved,
                by=_moved_by(before, stance) if moved and before else None,
                back_to=_back_to(stances[:at], as_ofs, stance) if moved else None,
            )
        )
    return tuple(found)


def _moved_by(before: Stance, now: Stance) -> tuple[float | None, float | None] | None:
    old, new = before.interval, now.interval
    if old is None or new is None or old.unit != new.unit:
        return None
    low = None if old.low is None or new.low is None else new.low - old.low
    high = None if old.high is None or new.high is None else new.high - old.high
    return low, high


def _back_to(earlier: Sequence[Stance | None], as_ofs: Sequence[str], now: Stance) -> str | None:
    for at in range(len(earlier) - 1, -1, -1):
        stance = earlier[at]
        if stance is not None and stance.position == now.position:
            return as_ofs[at]
    return None


def _gaps(
    places: Sequence[Place], columns: Sequence[dict[Place, Stance]], as_ofs: Sequence[str]
) -> Iterator[Gap]:
    for one, other in pairs(places):
        found = [distance(column.get(one), column.get(other)) for column in columns]
        sizes = tuple(d.size if d else None for d in found)
        known = [(size, as_ofs[at]) for at, size in enumerate(sizes) if size is not None]
        if not known:
            continue
        widest = max(size for size, _ in known)
        closest = min(size for size, _ in known)
        yield Gap(
            list=one[0],
            issue=one[2],
            parties=(one[1], other[1]),
            unit=next(d.unit for d in found if d),
            distances=sizes,
            first_overlap=next((as_of for size, as_of in known if size == 0), None),
            widest=next(as_of for size, as_of in known if size == widest),
            closest=next(as_of for size, as_of in known if size == closest),
        )


def pairs(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Each two parties with a position on the same issue of the same list, once."""
    by_issue: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        by_issue.setdefault((place[0], place[2]), []).append(place)
    for together in by_issue.values():
        yield from combinations(together, 2)


def movements(scene: Scene, versions: Versions) -> Iterator[Note]:
    """Remarks on distances that became smaller or greater between the two versions."""
    before = read_stances(versions.old.document, scene.kind)
    now = read_stances(versions.new.document, scene.kind)
    past = [read_stances(s.document, scene.kind) for s in versions.history if s != versions.new]
    for one, other in pairs(list(now)):
        moved = [
            place
            for place in (one, other)
            if place in before and before[place].position != now[place].position
        ]
        was = distance(before.get(one), before.get(other))
        is_ = distance(now[one], now[other])
        if not moved or was is None or is_ is None or was.size == is_.size or was.unit != is_.unit:
            continue
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
    closer = OVERLAP if is_.size == 0 else CONVERGED
    arguments: dict[str, Json] = {
        "issue": _label(scene, places[0], "issue"),
        "parties": [_label(scene, place, "party") for place in places],
        "before": was.size,
        "after": is_.size,
        "unit": is_.unit,
        "moved": [_label(scene, place, "party") for place in moved],
    }
    if comparable and is_.size < min(comparable):
        arguments["record"] = "closest"
    elif comparable and is_.size > max(comparable):
        arguments["record"] = "widest"
    changes = [scene.by_collection[p[0]].get(now[p].key, ()) for p in moved]
    return Note(
        rule=closer if is_.size < was.size else DIVERGED,
        arguments=arguments,
        about=tuple(change.id for found in changes for change in found),
        where=places[0][0],
        path=scene.path((places[0][0], now[moved[0]].key)),
        parties=tuple(place[1] for place in places),
        issues=(places[0][2],),
    )


def _label(scene: Scene, place: Place, part: str) -> str:
    collection = scene.collection(place[0])
    assert collection.position is not None
    name = collection.position.party if part == "party" else collection.position.issue
    identity = place[1] if part == "party" else place[2]
    return str(scene.value(collection.fields.get(name), identity))
