"""What a message moved, where its own row cannot say: from its digest, or nobody knows any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select, update

from monitor.errors import RowDamaged
from monitor.store import tables
from monitor.store.family import among, insert_into
from monitor.store.spans import PointerSpan, from_json

_outbox = tables.outbox
_digests = tables.digests
_versions = tables.versions

KEPT: Final = "kept:"
"""Begins the condition of a message that did not arrive and whose pointers stay; its id follows."""


def spans_of(connection: Connection, message: Row[Any]) -> dict[str, PointerSpan] | None:
    """Empty when it moved nothing, None when that cannot be found out.

    What is found in its digest is written in the place of what cannot be read.
    """
    known = readable(connection, message.start)
    if known is not None:
        return known
    found = _told(connection, message)
    if found is not None:
        written = {situation: list(span) for situation, span in found.items()} or None
        this = update(_outbox).where(_outbox.c.id == message.id)
        connection.execute(this.values(start=written))
    return found


def readable(connection: Connection, stored: object) -> dict[str, PointerSpan] | None:
    """What a row itself says; None when that cannot be, or names versions that are not there."""
    known = from_json(stored)
    if known is None or not are_whole(known, existing(connection, [known])):
        return None
    return known


def kept(connection: Connection, numbers: Collection[int]) -> tuple[Row[Any], ...]:
    """Those of these messages that did not arrive, while it cannot be read what they moved, and
    while their readers want to be told."""
    gone = tables.subscriptions.c.state.in_(("unsubscribed", "ended"))
    query = select(_outbox).where(
        among(connection, _outbox.c.id, sorted(numbers)),
        _outbox.c.state.in_(("dead", "cancelled")),
        _outbox.c.subscription_id.not_in(select(tables.subscriptions.c.id).where(gone)),
    )
    rows = connection.execute(query.order_by(_outbox.c.id)).all()
    return tuple(row for row in rows if readable(connection, row.start) is None)


def existing(
    connection: Connection, several: Iterable[Mapping[str, PointerSpan]]
) -> frozenset[tuple[int, str]]:
    """Which of the versions that spans name are there, each with its situation."""
    ends = {end for spans in several for span in spans.values() for end in span}
    query = select(_versions.c.id, _versions.c.situation)
    rows = connection.execute(query.where(among(connection, _versions.c.id, sorted(ends))))
    return frozenset((row.id, row.situation) for row in rows)


def are_whole(spans: Mapping[str, PointerSpan], known: Collection[tuple[int, str]]) -> bool:
    return all((end, situation) in known for situation, span in spans.items() for end in span)


def note_kept(connection: Connection, message: Row[Any], now: datetime) -> None:
    """A person is to know of it, from the moment on when it happens."""
    text = (
        f"message {message.id} to {message.recipient} did not arrive, and what it told may never "
        "be told again: outbox.start cannot be read, so its pointers stay; "
        f"monitor outbox retry {message.id} sends it again"
    )
    noted = insert_into(connection, tables.notices).values(
        condition=f"{KEPT}{message.id}", text=text, opened_at=now
    )
    connection.execute(noted.on_conflict_do_nothing())


def _told(connection: Connection, message: Row[Any]) -> dict[str, PointerSpan] | None:
    """From the versions that its digest names: told or, of an alert, alerted -> latest.

    Where the other pointer stood is not known. It is taken to have stood at the start too: what it
    had passed may be told twice, and nothing is told never.
    """
    if message.digest_id is None:
        return None
    query = select(_digests.c.input).where(_digests.c.id == message.digest_id)
    try:
        told = connection.execute(query).scalar_one()["situations"]
        pairs = [(each["comparison"]["old"], each["comparison"]["new"]) for each in told]
        found = [
            (new["situation"], _number(connection, old), _number(connection, new))
            for old, new in pairs
        ]
    except (RowDamaged, LookupError, TypeError):
        return None
    is_alert = message.reason == "alert"
    return {name: PointerSpan(old, old, old if is_alert else new, new) for name, old, new in found}


def _number(connection: Connection, named: Mapping[str, Any]) -> int:
    """Raises LookupError for a version that is not there."""
    names = ("situation", "as_of", "revision")
    same = (_versions.c[name] == named[name] for name in names)
    number: int | None = connection.execute(select(_versions.c.id).where(*same)).scalar()
    if number is None:
        raise LookupError(named)
    return number
