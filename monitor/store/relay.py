"""What keeps the relay from taking mail, read from the attempts: every process that comes along
finds the same, also one that runs for a minute only.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from monitor.model.channels import PHASES
from monitor.model.message import SETTING_UP, Result
from monitor.store import tables
from monitor.store.records import RelayTrouble

_outbox = tables.outbox
_deliveries = tables.deliveries

_LOGIN_REFUSED = and_(_deliveries.c.phase == "auth", _deliveries.c.code >= 500)
_CONNECTIONS = or_(
    _deliveries.c.phase.in_(sorted(SETTING_UP | {"file"})),
    _deliveries.c.code == 421,
    # Before the body, only a connection that broke has no code that makes sense.
    and_(_deliveries.c.phase.in_(("mail", "rcpt", "data")), _deliveries.c.code.is_(None)),
)
_IS_MAIL = or_(_deliveries.c.phase.is_(None), _deliveries.c.phase.not_in(sorted(PHASES)))


def relay_trouble(connection: Connection) -> RelayTrouble | None:
    """The connection's failures since mail was last taken, of messages that still wait.

    A refused password is not among them: it is told as what it is.
    """
    sent = (
        select(_deliveries.c.id)
        .where(_deliveries.c.result == Result.SENT.value, _IS_MAIL)
        .order_by(_deliveries.c.id.desc())
        .limit(1)
    )
    last = connection.execute(sent).scalar() or 0
    newest = connection.execute(_failed(last).order_by(_deliveries.c.id.desc())).first()
    if newest is None:
        return None
    first = connection.execute(_failed(last).order_by(_deliveries.c.id)).one()
    said = " ".join(str(part) for part in (newest.code, newest.text) if part)
    return RelayTrouble(
        since=first.started_at, last=newest.started_at, text=f"{newest.phase}: {said}"
    )


def _failed(last_sent: int) -> Select[Any]:
    names = ("started_at", "phase", "code", "text")
    return (
        select(*(_deliveries.c[name] for name in names))
        .join(_outbox)
        .where(
            _deliveries.c.id > last_sent,
            _deliveries.c.result == Result.TEMPORARY.value,
            _CONNECTIONS,
            _IS_MAIL,
            ~_LOGIN_REFUSED,
            _outbox.c.state.in_(("retry", "claimed")),
        )
        .limit(1)
    )
