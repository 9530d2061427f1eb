"""The positions that a document holds (`x-position`): who stands where on what."""

from __future__ import annotations

from typing import TypeAlias

from monitor.compare.differences import is_near
from monitor.compare.intervals import gap, read_interval
from monitor.kinds.keys import key_level
from monitor.kinds.kind import Collection, Kind
from monitor.kinds.values import get
from monitor.model.comparison import Document, Interval, Json, Key
from monitor.model.tuples import NamedTuple

Place: TypeAlias = tuple[str, str, str]
"""A stance's list, party and issue, the latter two as ids."""


class Stance(NamedTuple):
    """One party's position on one issue, in one version.

    `value` is the position's own word, `step` its place on a scale of `steps` (from the hardest, 0,
    to the softest), `text` its prose.
    """

    party: str
    issue: str
    key: Key
    value: str | None = None
    interval: Interval | None = None
    step: int | None = None
    steps: int | None = None
    text: str | None = None
    tolerance: float | None = None

    def differs(self, other: Stance) -> bool:
        """Whether it is another position, and not the same measured again."""
        if self.value != other.value or self.interval is None or other.interval is None:
            return self.position != other.position
        one, two = self.interval, other.interval
        if self.tolerance is None or one.unit != two.unit:
            return one != two
        return not is_near([one.low, one.high], [two.low, two.high], self.tolerance)

    def restated(self, other: Stance) -> bool:
        """Whether it is another position, or the same in other words."""
        return self.differs(other) or self.text != other.text

    @property
    def position(self) -> tuple[Json, ...]:
        """What is compared: the word and the quantity; the prose only where there is neither."""
        if self.value is None and self.interval is None:
            return (self.text,)
        return (self.value, self.interval)


class Distance(NamedTuple):
    """How far apart two positions are: in a unit, or in steps of a scale (`unit` None)."""

    size: float
    unit: str | None


def read_stances(document: Document, kind: Kind) -> dict[Place, Stance]:
    """Every stance of the lists at a document's top, in the document's order."""
    found = {}
    for path, collection in kind.collections.items():
        entries = get(document, path) if collection.position is not None else None
        for entry in entries if isinstance(entries, list) else ():
            stance = _read(entry, collection, kind.tolerance)
            if stance is not None:
                found[path, stance.party, stance.issue] = stance
    return found


def distance(one: Stance | None, other: Stance | None) -> Distance | None:
    """Between the nearest ends of two intervals of one unit, else in steps of one scale."""
    if one is None or other is None:
        return None
    if one.interval is not None and other.interval is not None:
        size = gap(one.interval, other.interval)
        return None if size is None else Distance(size, one.interval.unit)
    if one.step is not None and other.step is not None and one.steps == other.steps:
        return Distance(abs(one.step - other.step), None)
    return None


def _read(entry: Json, collection: Collection, tolerance: float | None) -> Stance | None:
    position = collection.position
    level = key_level(entry, collection)
    if position is None or level is None:
        return None
    value = get(entry, position.value) if position.value else None
    described = collection.fields.get(position.value or "")
    scale = described.scale if described else ()
    quantity = collection.fields.get(position.quantity or "")
    interval = None
    if quantity is not None and quantity.quantity is not None:
        interval = read_interval(get(entry, quantity.name), quantity.quantity)
    return Stance(
        party=str(get(entry, position.party)),
        issue=str(get(entry, position.issue)),
        key=(level,),
        value=value if isinstance(value, str) else None,
        interval=interval,
        step=scale.index(value) if value in scale else None,
        steps=len(scale) or None,
        text=_text(entry, collection),
        tolerance=quantity.tolerance if tolerance is None and quantity else tolerance,
    )


def _text(entry: Json, collection: Collection) -> str | None:
    for name, field in collection.fields.items():
        if field.text and isinstance(value := get(entry, name), str):
            return value
    return None
