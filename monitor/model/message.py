"""Messages owed to readers, and the attempts to hand them over."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias

from monitor.model.record import Record

Reason: TypeAlias = Literal[
    "digest", "alert", "receipt", "manual", "welcome", "operator", "confirm"
]
MessageState: TypeAlias = Literal[
    "pending", "held", "claimed", "sent", "retry", "dead", "cancelled"
]


LANES: Mapping[Reason, int] = {
    "operator": 0,
    "alert": 0,
    "confirm": 1,
    "welcome": 1,
    "manual": 1,
    "digest": 2,
    "receipt": 2,
}
"""The lane of each message in the outbox; a lower one goes first. What a person waits for never
stands behind a run of digests, nor an alert behind the welcome of a thousand readers."""

DIGEST_LANE = 2

LANE_NAMES: Mapping[int, str] = {0: "alerts", 1: "letters", 2: "digests"}
"""Of lanes, for whoever watches them: alerts and the operator's mail, what one person waits for,
and the runs of many."""


ROW = 3
"""Different recipients refused alike, with nobody's mail taken in between, from which on it is the
relay's trouble: nobody is judged by it, and no message dies of it."""


SETTING_UP = frozenset({"connect", "greeting", "ehlo", "tls", "auth", "rset"})
"""Phases that speak of the connection: whatever goes wrong there would for every message."""


_LOGIN_REFUSED = range(500, 600)


class Result(enum.Enum):
    """How one attempt ended, as far as we can know."""

    SENT = "sent"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"
    """The body had begun: the server may or may not have taken it."""
    RELEASED = "released"
    """The attempt was given up before anything was sent (shutdown, open circuit)."""


class Scope(enum.Enum):
    """What an outcome speaks of: this message, or the connection and so every message."""

    MESSAGE = "message"
    CONNECTION = "connection"


class Bounce(enum.Enum):
    """What a refusal says about the address, by its enhanced code (RFC 3463)."""

    ADDRESS = "address"
    """x.1.x: there is no such mailbox; send it nothing more."""
    SOFT = "soft"
    """x.2.2: the mailbox is full or resting; only if it repeats, the reader is gone."""
    POLICY = "policy"
    """x.7.x: our reputation, DNS or relay; the operator's to mend, not the reader's fault."""


class Outcome(Record):
    """`code` is the SMTP reply code, `status` the enhanced code of RFC 3463 where one was given.

    `phase` is where it happened: build, connect, greeting, ehlo, tls, auth, mail, rcpt, data, body,
    dot, file; or one of `channels.PHASES`. A connection's outcome does not use up the message's
    attempts.
    """

    result: Result
    scope: Scope = Scope.MESSAGE
    phase: str = ""
    code: int | None = None
    status: str | None = None
    text: str = ""
    bounce: Bounce | None = None
    refusal: str | None = None
    """What makes refusals alike, where a server refused a transaction: phase and codes, not words,
    which may echo an address or a queue's number."""
    wait: float = 0.0
    """Seconds that the other end asks to be left alone for."""
    tries: int | None = None
    """A temporary failure that is believed at this attempt of the message: it is dead then."""

    @property
    def refuses_login(self) -> bool:
        """Whether the server refused our name or password; a temporary failure is none."""
        return self.phase == "auth" and self.code in _LOGIN_REFUSED


class Addressed(Record):
    """What one message adds to a stored body, made once when it is enqueued.

    `splice` is all that the bytes are rebuilt from: plain text by name (`message_id`, `date`, `to`,
    `envelope_sender`, `list_unsubscribe`, ..., and the recipient tokens).
    """

    recipient: str
    splice: dict[str, str]


class Envelope(Record):
    """What one SMTP transaction carries: one recipient, prepared bytes (CRLF line ends)."""

    message_id: str
    sender: str
    recipient: str
    data: bytes


class Claimed(Record):
    """A message that this worker may send now, with what its bytes are rebuilt from.

    `body_id` names the stored rendering shared by all who get the same digest; `splice` holds what
    belongs to this recipient: header values and tokens. As the store gives it, it may hold only
    what they are made from.
    `delivery_id` is the attempt's row, written in the claim's transaction. `attempts` counts the
    attempts that speak of this message, this one included: 1 at first.
    """

    id: str
    token: str
    delivery_id: int
    body_id: int
    recipient: str
    splice: Mapping[str, str]
    attempts: int
    created_at: datetime
    expires_at: datetime
    uncertain: bool
    """An earlier attempt may have arrived."""
    message_id: str = ""
    subscription: int | None = None
    own_refusal: str | None = None
    """The refusal that it has met and that speaks of itself: the relay has taken mail for somebody
    else since, or nobody else was there to ask for hours. Refused so once more, it is over."""

    def stands(self, outcome: Outcome) -> bool:
        """Whether this is a refusal that is known to be the message's own."""
        return outcome.refusal is not None and outcome.refusal == self.own_refusal


class Mark(Record):
    """What the outbox shall record for one claimed message."""

    message: Claimed
    outcome: Outcome
    next_attempt: datetime | None
    """None with SENT; None with any other result means dead."""
    began_at: datetime | None = None
    ended_at: datetime | None = None
    """When the attempt began and ended, where a server was asked: what it took after it refused
    another message tells of that one; what it was already taking then does not."""
