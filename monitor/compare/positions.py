"""Positions and the distances between parties over all versions: who moved by how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.compare.movements import pairs
from monitor.compare.stances import Place, Stance, distance, read_stances
from monitor.kinds.kind import Kind
from monitor.model.comparison import Interval, State
from monitor.model.numbers import minus
from monitor.model.record import Record


class Point(Record):
    """One position in one version; `moved` says that it differs from the version before, or says
    the same in other words.

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


class PositionLine(Record):
    """One party's positions on one issue, by version; None where a version has none."""

    place: Place
    points: tuple[Point | None, ...]


class Gap(Record):
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


class Series(Record):
    """All positions and distances of a situation over its versions."""

    as_ofs: tuple[str, ...]
    lines: tuple[PositionLine, ...]
    gaps: tuple[Gap, ...]


def series(states: Sequence[State], kind: Kind) -> Series:
    """From ascending states; places in the order in which they first appear."""
    as_ofs = tuple(state.ref.as_of for state in states)
    columns = [read_stances(state.document, kind) for state in states]
    places = list(dict.fromkeys(place for column in columns for place in column))
    lines = tuple(
        PositionLine(place=place, points=_points([column.get(place) for column in columns], as_ofs))
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
        moved = before is not None and stance.restated(before)
        other = before is not None and stance.differs(before)
        found.append(
            Point(
                as_of=as_ofs[at],
                value=stance.value,
                interval=stance.interval,
                step=stance.step,
                text=stance.text,
                moved=moved,
                by=_moved_by(before, stance) if other and before else None,
                back_to=_back_to(stances[:at], as_ofs, stance) if other else None,
            )
        )
    return tuple(found)


def _moved_by(before: Stance, now: Stance) -> tuple[float | None, float | None] | None:
    old, new = before.interval, now.interval
    if old is None or new is None or old.unit != new.unit:
        return None
    low = None if old.low is None or new.low is None else minus(new.low, old.low)
    high = None if old.high is None or new.high is None else minus(new.high, old.high)
    return low, high


def _back_to(earlier: Sequence[Stance | None], as_ofs: Sequence[str], now: Stance) -> str | None:
    for at in range(len(earlier) - 1, -1, -1):
        stance = earlier[at]
        if stance is not None and not now.differs(stance):
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
