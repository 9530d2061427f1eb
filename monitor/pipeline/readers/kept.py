"""All that is kept of one reader, as JSON that she can take with her."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from monitor.model.subscription import Subscription
from monitor.pipeline.program import Program
from monitor.pipeline.readers.own import Own

MOST: Final = 10_000
"""Messages of one subscription, the newest."""


def kept_of(program: Program, mine: Own) -> dict[str, Any]:
    return {
        "address": mine.address,
        "subscriptions": [_subscription(program, one) for one in mine.subscriptions],
        "suppressions": [
            {"scope": one.scope, "reason": one.reason, "at": _time(one.at)}
            for one in program.store.suppressions.all()
            if one.address == mine.address
        ],
        "decisions_about_mail": [
            {"action": one.action, "scope": one.scope, "reason": one.reason, "at": _time(one.at)}
            for one in program.store.suppressions.audit()
            if one.address == mine.address
        ],
    }


def _subscription(program: Program, one: Subscription) -> dict[str, Any]:
    spec, chosen = one.spec, one.spec.filter
    return {
        "name": spec.name,
        "situations": list(spec.situations),
        "cadence": spec.cadence,
        "zone": spec.zone,
        "language": spec.language,
        "filter": {
            "minimum": chosen.minimum.word,
            "collections": list(chosen.collections),
            "parties": list(chosen.parties),
            "issues": list(chosen.issues),
            "entities": list(chosen.entities),
        },
        "alert": spec.alert_level.word if spec.alert_level is not None else "off",
        "quiet": [spec.quiet.start, spec.quiet.end] if spec.quiet else None,
        "receipts": spec.receipts,
        "asked_for_by": spec.origin,
        "state": one.state,
        "state_reason": one.state_reason,
        "state_at": _time(one.state_at),
        "created_at": _time(one.created_at),
        "last_run": _time(one.last_run),
        "paused_until": _time(one.rests_until),
        "mutes": [
            {
                "what": m.what,
                "reason": m.reason,
                "until": m.until,
                "created_at": _time(m.created_at),
            }
            for m in one.mutes
        ],
        "told": [
            {
                "situation": pointer.situation,
                "up_to": program.store.versions.get(pointer.told).ref.as_of,
                "alerted_up_to": program.store.versions.get(pointer.alerted).ref.as_of,
            }
            for pointer in one.pointers
        ],
        "messages": list(_messages(program, one)),
    }


def _messages(program: Program, one: Subscription) -> Iterator[dict[str, Any]]:
    messages = program.store.outbox.find(subscription=one.id, limit=MOST)
    back = program.store.bounces.of([message.id for message in messages])
    for message in messages:
        yield {
            "what": message.reason,
            "message_id": message.message_id,
            "to": message.recipient,
            "state": message.state,
            "state_reason": message.state_reason,
            "created_at": _time(message.created_at),
            "ended_at": _time(message.ended_at),
            "digest": message.digest,
            "came_back": [
                {"at": _time(each.at), "status": each.status, "text": each.text}
                for each in back.get(message.id, ())
            ],
        }


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
