"""About ourselves: the nodes, and what the operator must know."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.model.record import Record


class NoticeRow(Record):
    """A condition that a person should know of. It is told once, and once more when it is over."""

    id: int
    condition: str
    text: str
    opened_at: datetime
    over_at: datetime | None


class Started(Record):
    """What `nodes.start` found.

    `recovered` messages had been claimed by a killed service and are due again. `restored` says
    that this database is a copy of another one; `held` of its messages then wait for a person.
    `copied_at` is when this was last found, now or at an earlier start.
    """

    node: str
    recovered: int
    restored: bool
    copied_at: datetime | None
    held: int


class WorkClaim(Record):
    """A piece of work that is one node's until it is given back or `lease` has gone by since it
    was taken, or since the last write under it."""

    sort: str
    key: str
    token: str
    lease: timedelta
