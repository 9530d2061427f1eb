"""A digest as it would be, or as it was: for a person who asks, with nothing sent or stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.compose.mail import address, build, encode
from monitor.compose.tokens import fill
from monitor.errors import NotFound
from monitor.model.digest import Digest
from monitor.model.subscription import Subscription
from monitor.pipeline.delivery import Builder
from monitor.pipeline.digests import make
from monitor.pipeline.inputs import Step, steps
from monitor.pipeline.letters import KEY_LENGTH
from monitor.pipeline.program import Program
from monitor.pipeline.tokens import make_token
from monitor.store.records import MessageRow, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The parts as a mail program would show them, and the message as it would travel."""

    subject: str
    text: str
    html: str
    message: bytes
    digest: Digest


def preview(
    program: Program,
    subscription: Subscription,
    now: datetime,
    *,
    at: datetime | None = None,
    since: str | None = None,
) -> Preview:
    """Told -> latest as it stands, or as it was known at `at`, with today's rules.

    With `at`, told is what an earlier digest had told by then; `since` names another version to
    begin at. Raises NotFound when nothing was known yet.
    """
    wanted = _steps(program, subscription, at, since)
    if not wanted:
        raise NotFound(f"{subscription.spec.address} follows nothing that is known yet")
    made = make(program, subscription, wanted, now=at or now, due=at or now)
    return _show(program, subscription, made.digest, at or now)


def sent(program: Program, message: str) -> bytes:
    """A stored message byte for byte as it was, or will be, handed over. Raises NotFound."""
    return stored_bytes(program, program.store.outbox.get(message))


def stored_bytes(program: Program, message: MessageRow) -> bytes:
    return build(Builder(program.store).body(message.body), message.splice)


def _steps(
    program: Program, subscription: Subscription, at: datetime | None, since: str | None
) -> tuple[Step, ...]:
    found = steps(program, subscription, learned_by=at)
    if since is not None:
        return tuple(_from(step, _version(program, step, since)) for step in found)
    if at is not None:
        return tuple(_from(step, _told_by(program, subscription, step, at)) for step in found)
    return found


def _version(program: Program, step: Step, since: str) -> Version:
    return program.store.versions.resolve(step.pointer.situation, since)


def _told_by(program: Program, subscription: Subscription, step: Step, at: datetime) -> Version:
    """What told named at that time is not kept; the newest version known at the last run is."""
    runs = [run.at for run in program.store.runs.of(subscription.id) if run.at <= at]
    by = max(runs, default=None)
    known = program.store.versions.latest(step.pointer.situation, learned_by=by) if by else None
    return known or step.old


def _from(step: Step, old: Version) -> Step:
    return Step(pointer=step.pointer, old=old, new=step.new)


def _show(
    program: Program, subscription: Subscription, digest: Digest, made_at: datetime
) -> Preview:
    addressed = address(
        subscription.spec.address,
        body_key=digest.input_hash[:KEY_LENGTH],
        message_key=f"{subscription.id}-preview",
        made_at=made_at,
        sender=program.sender,
        token=make_token(program.secret, subscription.id),
    )
    body = encode(digest.subject, digest.text, digest.html, sender=program.sender)
    return Preview(
        subject=digest.subject,
        text=fill(digest.text, addressed.splice, "text"),
        html=fill(digest.html, addressed.splice, "html"),
        message=build(body, addressed.splice),
        digest=digest,
    )
