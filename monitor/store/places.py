"""Where versions stand in the line of their situation: nobody is told backwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import Connection, select

from monitor.model.as_of import order
from monitor.model.subscription import Pointers
from monitor.store import tables
from monitor.store.family import among

_versions = tables.versions


@dataclass(frozen=True, slots=True)
class VersionPlace:
    """`counts` is false for a version that was held, rejected or withdrawn."""

    as_of: str
    revision: int
    counts: bool

    @property
    def order(self) -> tuple[tuple[str, str], int]:
        return order(self.as_of), self.revision


Places = dict[int, VersionPlace]


Hold: TypeAlias = Literal["no", "yes", "unless taken"]


def places(connection: Connection, numbers: Iterable[int], *, hold: Hold = "no") -> Places:
    """Of those that are held, none is taken out of the line until the transaction ends; those that
    somebody has may be left out, where whoever asks must not wait for them."""
    ids = sorted(set(numbers))
    if not ids:
        return {}
    wanted = among(connection, _versions.c.id, ids)
    query = select(
        _versions.c.id, _versions.c.as_of, _versions.c.revision, _versions.c.state
    ).where(wanted)
    if hold != "no":
        waits = hold == "yes"
        query = query.order_by(_versions.c.id).with_for_update(read=True, skip_locked=not waits)
    return {
        row.id: VersionPlace(row.as_of, row.revision, row.state == "current")
        for row in connection.execute(query)
    }


def leads_on(places: Places, before: Pointers, after: Pointers) -> bool:
    """Whether both lanes stay, go forward, or leave a version that counts no more."""
    return _forward(places, before.told, after.told) and _forward(
        places, before.alerted, after.alerted
    )


def _forward(places: Places, before: int, after: int) -> bool:
    if before == after:
        return True
    old, new = places.get(before), places.get(after)
    if old is None or new is None or not new.counts:
        return False
    return not old.counts or old.order < new.order
