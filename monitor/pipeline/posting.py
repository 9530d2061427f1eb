"""Letters that belong to no subscription: to the operator, or a test."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from monitor.mail.message import address, encode
from monitor.model.digest import Notice
from monitor.pipeline.letters import KEY_LENGTH
from monitor.pipeline.program import Program
from monitor.store import Families
from monitor.store.records import Letter

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
