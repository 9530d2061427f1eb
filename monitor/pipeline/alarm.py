"""A mail to the operator that goes past the outbox, for when there is no outbox any more."""

from __future__ import annotations

from datetime import datetime

from monitor.mail.message import address, encode, envelope
from monitor.model.message import Envelope
from monitor.pipeline.program import Program
from monitor.report.notices import operator_notice


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
