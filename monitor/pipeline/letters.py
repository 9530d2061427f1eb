"""A stored rendering and a reader -> a letter, and the step that writes it."""

from __future__ import annotations

from datetime import datetime

from monitor.cadence import delivery_time
from monitor.mail.message import address
from monitor.model.message import Reason
from monitor.model.subscription import Subscription
from monitor.pipeline.program import Program
from monitor.pipeline.tokens import make_token
from monitor.store.records import Letter

KEY_LENGTH = 32
"""Hex digits of a body's hash that stand in a Message-ID: 128 bits."""


def letter(
    program: Program,
    subscription: Subscription,
    *,
    reason: Reason,
    body: int,
    body_hash: str,
    now: datetime,
    digest: int | None = None,
    held: str | None = None,
) -> Letter:
    """The next message of a subscription. Raises MessageUnsendable for an impossible address.

    Quiet hours delay it, unless it is an alert. The Message-ID follows from what it says and from
    its number, so that the same message made twice is the same message.
    """
    spec = subscription.spec
    addressed = address(
        spec.address,
        body_key=body_hash[:KEY_LENGTH],
        message_key=f"{subscription.id}-{subscription.seq + 1}",
        made_at=now,
        sender=program.sender,
        token=make_token(program.secret, subscription.id),
    )
    at = now if reason == "alert" else delivery_time(spec.quiet, spec.zone, now)
    return Letter(
        reason=reason,
        message_id=addressed.splice["message_id"],
        body=body,
        recipient=addressed.recipient,
        splice=addressed.splice,
        not_before=at,
        expires_at=at + program.settings.mail.expires_after,
        digest=digest,
        held=held,
    )
