"""A message that will not arrive gives its pointers back, so that the next one tells it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, or_, select, update

from monitor.model.record import replace
from monitor.model.subscription import Pointers
from monitor.store import tables
from monitor.store.places import Places, places
from monitor.store.pointers import Move, move
from monitor.store.reader_changes import changed
from monitor.store.spans import LANES, PointerSpan, from_json
from monitor.store.tables.messages import OWED
from monitor.store.unreadable_spans import are_whole, existing, note_kept, spans_of

_outbox = tables.outbox
_readers = tables.subscriptions
_pointers = tables.pointers

LOST = ("dead", "cancelled")
"""States of a message that tells nothing any more, unless it may have arrived."""


@dataclass(frozen=True, slots=True)
class _Message:
    seq: int
    lost: bool
    span: PointerSpan


def give_back(connection: Connection, number: int, now: datetime) -> None:
    """Returns told and alerted to where a message started, in the situations that it had moved.

    A later message that tells the same again keeps them where they are; what only this one told
    again goes back with it, and so does what later ones tell that are not yet sent: the next one
    tells all of it. Call it after the message's state has changed.
    """
    message = connection.execute(select(_outbox).where(_outbox.c.id == number)).one()
    if message.subscription_id is None:
        return
    spans = spans_of(connection, message)
    if spans is None:
        note_kept(connection, message, now)
    if not spans:
        return
    lock = select(_readers).where(_readers.c.id == message.subscription_id)
    reader = connection.execute(lock.with_for_update(key_share=True)).one()
    others = _others(connection, message)
    query = select(_pointers).where(
        _pointers.c.subscription_id == reader.id,
        _pointers.c.situation.in_(list(spans)),
        # One that began anew since is another story: this message moved what stood before it.
        _pointers.c.begun_seq < message.seq,
    )
    moved: dict[str, set[str]] = {}
    for row in connection.execute(query).all():
        mine = _Message(message.seq, True, spans[row.situation])
        alike = _of(row.situation, others, since=row.begun_seq)
        moved[row.situation] = _return(connection, reader.id, row, mine, alike, now=now)
    _note(connection, reader, message, set().union(*moved.values()))
    _take_along(connection, message, moved, now)


def is_left_behind(connection: Connection, number: int) -> bool:
    """Whether the loss of an earlier message has moved a pointer back to before this one, which
    was in flight then: the next one tells all of it."""
    message = connection.execute(select(_outbox).where(_outbox.c.id == number)).one()
    spans = None if message.subscription_id is None else spans_of(connection, message)
    if not spans:
        return False
    query = select(_pointers).where(
        _pointers.c.subscription_id == message.subscription_id,
        _pointers.c.situation.in_(list(spans)),
        _pointers.c.begun_seq < message.seq,
        _pointers.c.cause == "give-back",
    )
    for row in connection.execute(query).all():
        span = spans[row.situation]
        line = places(connection, [row.told, row.alerted, *span])
        moving = (lane for lane in LANES if span.moves(lane))
        if any(line[getattr(row, lane)].order < line[span.start(lane)].order for lane in moving):
            return True
    return False


def _take_along(
    connection: Connection, message: Row[Any], moved: Mapping[str, set[str]], now: datetime
) -> None:
    """Cancels later messages that wait and begin after what went back: they would be told twice."""
    if not any(moved.values()):
        return
    waiting = select(_outbox).where(
        _outbox.c.subscription_id == message.subscription_id,
        _outbox.c.seq > message.seq,
        _outbox.c.uncertain.is_(False),
        # A welcome says more than what its pointers tell.
        _outbox.c.reason.in_(("digest", "alert")),
        OWED,
    )
    # One that is locked is being claimed: it goes out, or is seen to be left behind.
    rows = connection.execute(waiting.with_for_update(skip_locked=True)).all()
    ids = [row.id for row in rows if _goes_along(spans_of(connection, row), moved)]
    if not ids:
        return
    why = f"message {message.id} before it was not delivered; the next one tells both"
    values = {"state": "cancelled", "state_reason": why, "ended_at": now, "next_attempt": None}
    connection.execute(update(_outbox).where(_outbox.c.id.in_(ids)).values(values))
    for number in ids:
        give_back(connection, number, now)


def _goes_along(spans: Mapping[str, PointerSpan] | None, moved: Mapping[str, set[str]]) -> bool:
    return any(
        spans[situation].moves(lane)
        for situation, lanes in moved.items()
        for lane in lanes
        if spans and situation in spans
    )


def _others(
    connection: Connection, message: Row[Any]
) -> list[tuple[Row[Any], dict[str, PointerSpan]]]:
    """Messages of the same reader that may hold what this one told, or were held by it.

    One whose own spans cannot be read holds nothing: rather twice than never.
    """
    wanted = (
        _outbox.c.subscription_id == message.subscription_id,
        _outbox.c.id != message.id,
        _outbox.c.start.is_not(None),
        or_(_outbox.c.state.in_(LOST), _outbox.c.seq > _first_lost(connection, message)),
    )
    names = ("seq", "state", "uncertain", "start")
    query = select(*(_outbox.c[name] for name in names)).where(*wanted)
    rows = connection.execute(query.order_by(_outbox.c.seq)).all()
    read = [(row, from_json(row.start) or {}) for row in rows]
    known = existing(connection, [spans for _, spans in read])
    return [(row, spans) for row, spans in read if are_whole(spans, known)]


def _first_lost(connection: Connection, message: Row[Any]) -> int:
    """Only what was written after a loss can tell it again."""
    lost = select(_outbox.c.seq).where(
        _outbox.c.subscription_id == message.subscription_id,
        _outbox.c.seq <= message.seq,
        _outbox.c.state.in_(LOST),
    )
    first = connection.execute(lost.order_by(_outbox.c.seq).limit(1)).scalar()
    return message.seq if first is None else int(first)


def _of(
    situation: str, others: Iterable[tuple[Row[Any], dict[str, PointerSpan]]], *, since: int
) -> list[_Message]:
    return [
        _Message(row.seq, row.state in LOST and not row.uncertain, spans[situation])
        for row, spans in others
        if situation in spans and row.seq > since
    ]


def _return(
    connection: Connection,
    reader: int,
    row: Row[Any],
    mine: _Message,
    others: Sequence[_Message],
    *,
    now: datetime,
) -> set[str]:
    """One situation; the lanes that went back."""
    stands = Pointers(situation=row.situation, told=row.told, alerted=row.alerted)
    ids = [row.told, row.alerted, *mine.span, *(end for one in others for end in one.span)]
    line = places(connection, ids)
    found = {lane: _target(lane, getattr(row, lane), mine, others, line) for lane in LANES}
    wanted = {lane for lane, to in found.items() if to is not None}
    if wanted:
        told, alerted = found["told"] or row.told, found["alerted"] or row.alerted
        back = replace(stands, told=told, alerted=alerted)
        one = Move(before=stands, after=back, cause="give-back", seq=mine.seq)
        move(connection, {one: [reader]}, now)
    return wanted


def _target(
    lane: str, stands: int, mine: _Message, others: Sequence[_Message], line: Places
) -> int | None:
    """Where a pointer goes back to; None when it stays."""
    again = [
        one for one in others if one.lost and one.seq < mine.seq and _holds(mine, one, lane, line)
    ]
    untold = [
        one
        for one in (mine, *again)
        if one.span.moves(lane) and not _is_told_again(one, lane, others, line)
    ]
    if not untold:
        return None
    first = min((one.span.start(lane) for one in untold), key=lambda start: line[start].order)
    if line[first].order < line[stands].order:
        return first
    # What was withdrawn is not told as withdrawn: the reader still knows it.
    taken_back = mine in untold and stands == mine.span.end(lane) and not line[first].counts
    return first if taken_back and first != stands else None


def _is_told_again(lost: _Message, lane: str, others: Iterable[_Message], line: Places) -> bool:
    return any(
        not one.lost and one.seq > lost.seq and _holds(one, lost, lane, line) for one in others
    )


def _holds(one: _Message, other: _Message, lane: str, line: Places) -> bool:
    """Whether one message tells all that another one told. A digest also tells what was alerted."""
    left, right = other.span.start(lane), other.span.end(lane)
    if left == right or line[left].order > line[right].order:
        return one.span.start(lane) == left
    return any(
        line[one.span.start(way)].order <= line[left].order
        and line[right].order <= line[one.span.end(way)].order
        for way in {lane, "told"}
    )


def _note(connection: Connection, reader: Row[Any], message: Row[Any], lanes: set[str]) -> None:
    """The reader is looked at anew, and the next digest says what could not be delivered."""
    if not lanes:
        return
    values: dict[str, Any] = {"due_at": None, **changed()}
    if "told" in lanes:
        values["undelivered_since"] = _earlier(reader.undelivered_since, message.created_at)
    if "alerted" in lanes:
        _forget_alerted(connection, message)
    connection.execute(update(_readers).where(_readers.c.id == reader.id).values(values))


def _forget_alerted(connection: Connection, message: Row[Any]) -> None:
    """What this alert would have told: a digest must not say that its reader was alerted to it."""
    mine = (
        tables.alerts.c.subscription_id == message.subscription_id,
        tables.alerts.c.at == message.created_at,
    )
    connection.execute(delete(tables.alerts).where(*mine))


def _earlier(known: datetime | None, other: datetime) -> datetime:
    return other if known is None else min(known, other)
