"""One reader's messages go in the order in which they were written, whatever keeps one of them.

An older one that is due goes in the place of the newer. One that is on its way is waited for. One
that waits for its next attempt holds back the newer for a while; then both are told in one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, select, update

from monitor.model.tuples import NamedTuple
from monitor.store import tables
from monitor.store.anew import tell_anew
from monitor.store.family import among
from monitor.store.tables.messages import OWED

_outbox = tables.outbox
_elder = _outbox.alias("elder")

BEHIND: Final = 8
"""How far back it is looked: what is told of a reader later is cancelled with what is not sent, so
that so many are never over while an older one is not."""

AGAIN: Final = timedelta(minutes=1)
"""Before one is looked at again whose elder waits: that may be let go earlier than it was to be."""

HOLD: Final = timedelta(minutes=15)
"""So long a newer one is held back by one that is tried again and again. The retries after 1, 5 and
15 minutes fall into it: what a greylist or a full minute keeps has passed by then."""

TOLD_IN_ONE: Final = "a newer one was due and this one still waited; the next one tells both"


class InTurn(NamedTuple):
    """What goes, and what has to wait a moment because its elder is on its way."""

    first: list[int]
    waiting: list[int]


def in_order(connection: Connection, ids: Sequence[int], now: datetime) -> InTurn:
    """What goes of these, which are locked: elders in the place of newer ones, locked too. What
    waits for longer is put off."""
    behind = _elders(connection, ids)
    if not behind:
        return InTurn(list(ids), [])
    waiting: list[int] = []
    due = _locked(connection, [one.elder for one in behind.values() if _is_due(one, now)])
    chosen: dict[int, None] = {}
    later: dict[datetime, list[int]] = defaultdict(list)
    overtaken: dict[int, None] = {}
    for number in ids:
        one = behind.get(number)
        if one is None:
            chosen[number] = None
        elif one.elder in due:
            chosen[one.elder] = None
        elif one.state == "claimed" or _is_due(one, now):
            waiting.append(number)
        elif not _has_waited(one, now):
            later[min(one.next_attempt, now + AGAIN)].append(number)
        elif one.start is None:
            # What moved nothing, such as a welcome, cannot be told by another.
            chosen[number] = None
        else:
            overtaken[one.elder] = None
    for number in _locked(connection, list(overtaken)):
        tell_anew(connection, number, TOLD_IN_ONE, now)
    _put_off(connection, later)
    return InTurn(list(chosen), waiting)


def _elders(connection: Connection, ids: Sequence[int]) -> dict[int, Row[Any]]:
    """The oldest of the same reader that is not over, by the id of the newer one."""
    names = ("state", "next_attempt", "refused_as", "start", "uncertain")
    same = and_(
        _elder.c.subscription_id == _outbox.c.subscription_id,
        _elder.c.seq < _outbox.c.seq,
        _elder.c.seq >= _outbox.c.seq - BEHIND,
        _elder.c.state.in_(("pending", "retry", "claimed")),
    )
    query = (
        select(
            _outbox.c.id,
            _outbox.c.created_at.label("written"),
            _elder.c.id.label("elder"),
            *(_elder.c[name] for name in names),
        )
        .select_from(_outbox.join(_elder, same))
        .where(among(connection, _outbox.c.id, ids))
        .order_by(_elder.c.seq.desc())
    )
    return {row.id: row for row in connection.execute(query)}


def _is_due(one: Row[Any], now: datetime) -> bool:
    return bool(one.state != "claimed" and one.next_attempt <= now)


def _has_waited(one: Row[Any], now: datetime) -> bool:
    """Whether the newer one need not wait any more for one that is not due for a while."""
    if one.next_attempt <= now + AGAIN:
        return False
    if one.state == "pending":
        # It was never tried: a reader's quiet hours keep it, and the newer one breaks through.
        return True
    # The newer one would be refused as well; whose fault it is is known within hours.
    judged = one.refused_as is not None and " 5" in one.refused_as
    return not judged and bool(one.written <= now - HOLD)


def _locked(connection: Connection, ids: Collection[int]) -> list[int]:
    """Those that nobody else is just changing."""
    if not ids:
        return []
    these = select(_outbox.c.id).where(among(connection, _outbox.c.id, ids), OWED)
    query = these.order_by(_outbox.c.id).with_for_update(skip_locked=True)
    return list(connection.execute(query).scalars())


def _put_off(connection: Connection, later: dict[datetime, list[int]]) -> None:
    for at, ids in later.items():
        these = update(_outbox).where(among(connection, _outbox.c.id, ids), OWED)
        connection.execute(these.values(next_attempt=at))
