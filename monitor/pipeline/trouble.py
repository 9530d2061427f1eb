"""What a person must know of: found by asking the tables, told once, and once more when over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from monitor.compose.mail import address, encode
from monitor.compose.notices import operator_notice
from monitor.pipeline.health import is_stale
from monitor.pipeline.letters import KEY_LENGTH
from monitor.pipeline.program import Program
from monitor.pipeline.say import say, warn
from monitor.store.records import Letter, Notice
from monitor.store.store import Families

LOOK_BACK = 500
"""Dead messages that are looked at; the operator needs the reason, not every one."""


def find_trouble(program: Program, now: datetime) -> dict[str, str]:
    """Conditions that stand now, by a name that stays the same while they do: a line for each."""
    return dict((*_sources(program, now), *_held(program), *_mail(program)))


def watch(program: Program, now: datetime, *, relay: str | None = None) -> int:
    """Open what is new, close what is over, and write the operator about both in one mail.

    `relay` says what keeps the mail server from taking mail. Returns how many conditions stand.
    """
    found = find_trouble(program, now)
    if relay is not None:
        found["relay"] = relay
    notices = program.store.notices
    for condition, text in found.items():
        if notices.open(condition, text, now=now):
            warn("trouble", text, condition=condition)
    for notice in notices.standing():
        if notice.condition not in found and notices.close(notice.condition, now=now):
            say("trouble-over", f"over: {notice.text}", condition=notice.condition)
    _tell_operator(program, now)
    return len(found)


def _sources(program: Program, now: datetime) -> Iterator[tuple[str, str]]:
    for row in program.store.sources.all():
        source = program.settings.sources.get(row.name)
        if source is None:
            continue
        if row.trouble:
            yield f"source:{row.name}", f"source {row.name} cannot be read: {row.trouble}"
        if is_stale(row.newest, source, now):
            yield f"stale:{row.name}", f"source {row.name} is stale: newest is of {row.newest}"
        for file in program.store.sources.files(row.name).values():
            if file.refused:
                yield f"refused:{row.name}/{file.path}", file.refused


def _held(program: Program) -> Iterator[tuple[str, str]]:
    for version in program.store.versions.held():
        ref = version.ref
        yield (
            f"held:{version.id}",
            f"{ref.situation} of {ref.as_of} is held ({version.held}); "
            f"release or reject it: monitor held release {ref.situation}@{ref.content_hash[:12]}",
        )


def _mail(program: Program) -> Iterator[tuple[str, str]]:
    held = program.store.outbox.find(states=("held",), limit=LOOK_BACK)
    if held:
        yield "held-mail", f"{len(held)} messages wait for a decision; monitor outbox lists them"
    for message in program.store.outbox.find(states=("dead",), limit=LOOK_BACK):
        if message.subscription is None:
            continue
        reader = program.store.subscriptions.get(message.subscription)
        if reader.undelivered_since is not None:
            reason = message.state_reason or "no reason given"
            yield (
                f"undelivered:{reader.id}",
                f"mail to {reader.spec.address} ({reader.spec.name}) is not delivered: {reason}",
            )


def _tell_operator(program: Program, now: datetime) -> None:
    """All that is new and all that is over, in one mail, written with the record of it."""
    with program.store.transaction() as tx:
        new, over = tx.notices.owed()
        if new or over:
            tx.outbox.post([_letter(program, tx, new, over, now)], now=now)
            tx.notices.told([notice.id for notice in (*new, *over)], now=now)


def _letter(
    program: Program,
    tx: Families,
    new: tuple[Notice, ...],
    over: tuple[Notice, ...],
    now: datetime,
) -> Letter:
    mail = program.settings.mail
    notice = operator_notice(
        [entry.text for entry in new], [entry.text for entry in over], program.templates
    )
    body = encode(notice.subject, notice.text, notice.html, sender=program.sender)
    key = hashlib.sha256(body).hexdigest()[:KEY_LENGTH]
    addressed = address(
        mail.operator,
        body_key=key,
        message_key=f"operator-{now:%Y%m%d%H%M%S}",
        made_at=now,
        sender=program.sender,
        token=None,
    )
    return Letter(
        reason="operator",
        message_id=addressed.splice["message_id"],
        body=tx.digests.add_body(body),
        recipient=addressed.recipient,
        splice=addressed.splice,
        not_before=now,
        expires_at=now + mail.expires_after,
    )
