"""A stored rendering and a reader -> a letter, and the step that writes it.

Letters to the operator belong to no subscription; one goes past the outbox, for when there is none.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from monitor.cadence import delivery_time
from monitor.mail.addresses import canonical_address, message_id
from monitor.mail.message import address, encode, envelope
from monitor.model.digest import Notice
from monitor.model.message import Envelope, Reason
from monitor.model.subscription import Subscription
from monitor.pipeline.program import Program
from monitor.report.notices import operator_notice
from monitor.store import Families
from monitor.store.records import Circular, Letter, StoredDigest

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
    spec, sender = subscription.spec, program.sender
    key = f"{subscription.id}-{subscription.seq + 1}"
    at = now if reason == "alert" else delivery_time(spec.quiet, spec.zone, now)
    if spec.channel is None:
        name = message_id(body_hash[:KEY_LENGTH], key, sender.domain)
        recipient, splice = canonical_address(spec.address), sender.origin
    else:
        # Without a full stop, which is what sets an id apart from what else is signed.
        name = f"msg_{body_hash[:KEY_LENGTH]}_{key}"
        recipient, splice = spec.address, {"channel": spec.channel}
    return Letter(
        reason=reason,
        message_id=name,
        body=body,
        recipient=recipient,
        splice=splice,
        not_before=at,
        expires_at=at + program.settings.mail.expires_after,
        digest=digest,
        held=held,
    )


def circular(
    program: Program, digest: StoredDigest, *, reason: Reason, now: datetime, held: str | None
) -> Circular:
    """The next message of many subscriptions whose quiet hours it is not: each the same, byte for
    byte, as `letter` would make it. Raises MessageUnsendable for an impossible sender."""
    sender = program.sender
    before, _, after = message_id(digest.input_hash[:KEY_LENGTH], "0", sender.domain).rpartition(
        ".0@"
    )
    return Circular(
        reason=reason,
        digest=digest.id,
        body=digest.body,
        message_id=(f"{before}.", f"@{after}"),
        splice=sender.origin,
        not_before=now,
        expires_at=now + program.settings.mail.expires_after,
        held=held,
    )


NEVER = timedelta(days=3650)
"""The operator's mail waits for the relay as long as it takes: it says what is wrong with it."""


def post(program: Program, tx: Families, notice: Notice, recipient: str, now: datetime) -> Letter:
    """Write one into the outbox. Raises MessageUnsendable for an impossible address."""
    body = encode(notice.subject, notice.text, notice.html, sender=program.sender)
    addressed = address(
        recipient,
        body_key=hashlib.sha256(body).hexdigest()[:KEY_LENGTH],
        message_key=f"{notice.reason}-{now:%Y%m%d%H%M%S%f}",
        made_at=now,
        sender=program.sender,
        token=None,
    )
    letter = Letter(
        reason=notice.reason,
        message_id=addressed.splice["message_id"],
        body=tx.digests.add_body(body),
        recipient=addressed.recipient,
        splice=addressed.splice,
        not_before=now,
        expires_at=now + NEVER,
    )
    tx.outbox.post([letter], now=now)
    return letter


def alarm(program: Program, text: str, now: datetime) -> Envelope:
    """Raises MessageUnsendable for an impossible address."""
    notice = operator_notice([text], [], program.templates)
    body = encode(notice.subject, notice.text, notice.html, sender=program.sender)
    addressed = address(
        program.settings.mail.operator,
        body_key="alarm",
        message_key=f"alarm-{now:%Y%m%d%H%M%S%f}",
        made_at=now,
        sender=program.sender,
        token=None,
    )
    return envelope(addressed.recipient, addressed.splice, body)
