"""Outbox rows as values, and values as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from monitor.model.channels import channel_of
from monitor.model.message import LANES, Claimed
from monitor.store.records import DeliveryRow, Letter, MessageRow


def new_row(letter: Letter, *, now: datetime) -> dict[str, Any]:
    """A message that nobody has tried to send yet, of no subscription."""
    return {
        "subscription_id": None,
        "seq": None,
        "reason": letter.reason,
        "lane": LANES[letter.reason],
        "pool": home_of(letter.recipient),
        "recipient": letter.recipient,
        "message_id": letter.message_id,
        "digest_id": letter.digest,
        "body_id": letter.body,
        "splice": dict(letter.splice),
        "state": "held" if letter.held else "pending",
        "state_reason": letter.held,
        "attempts": 0,
        "uncertain": False,
        "created_at": now,
        "next_attempt": None if letter.held else letter.not_before,
        "expires_at": letter.expires_at,
        "start": None,
        "proven": False,
    }


def home_of(recipient: str) -> str:
    """Where its messages wait: all mail in one place, until rates are kept, and those of each
    channel in one of their own, which nobody reads through who looks for mail."""
    return "" if channel_of(recipient) is None else recipient


def claimed(row: Row[Any], *, token: str, delivery: int, own_refusal: str | None = None) -> Claimed:
    return Claimed(
        id=str(row.id),
        token=token,
        delivery_id=delivery,
        body_id=row.body_id,
        recipient=row.recipient,
        splice=row.splice or {},
        attempts=row.attempts,
        created_at=row.created_at,
        expires_at=row.expires_at,
        uncertain=row.uncertain,
        message_id=row.message_id,
        subscription=row.subscription_id,
        own_refusal=own_refusal,
    )


def message(row: Row[Any]) -> MessageRow:
    return MessageRow(
        id=str(row.id),
        subscription=row.subscription_id,
        seq=row.seq,
        reason=row.reason,
        recipient=row.recipient,
        message_id=row.message_id,
        digest=row.digest_id,
        body=row.body_id,
        splice=row.splice or {},
        state=row.state,
        state_reason=row.state_reason,
        attempts=row.attempts,
        uncertain=row.uncertain,
        created_at=row.created_at,
        next_attempt=row.next_attempt,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        refused_as=row.refused_as,
    )


def delivery(row: Row[Any]) -> DeliveryRow:
    return DeliveryRow(
        id=row.id,
        message=str(row.message_id),
        node=row.node,
        started_at=row.started_at,
        ended_at=row.ended_at,
        result=row.result,
        phase=row.phase,
        code=row.code,
        status=row.status,
        text=row.text,
    )
