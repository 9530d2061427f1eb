"""A digest as it would be, or as it was: for a person who asks, with nothing sent or stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitor.errors import NotFound
from monitor.mail.message import address, build, encode
from monitor.model.as_of import order
from monitor.model.channels import channel_of
from monitor.model.digest import Digest
from monitor.model.record import Record, replace
from monitor.model.subscription import Subscription
from monitor.model.tokens import fill
from monitor.pipeline.delivery import Bodies, own_paths, splice_of
from monitor.pipeline.moments import stamp
from monitor.pipeline.program import Program
from monitor.pipeline.telling.inputs import Step, steps, wanted_of
from monitor.pipeline.telling.letters import KEY_LENGTH
from monitor.pipeline.telling.rendering import Press
from monitor.pipeline.telling.standing import Standing
from monitor.pipeline.telling.tokens import make_token
from monitor.store.readers import ERASED
from monitor.store.records import MessageRow, Version


class Preview(Record):
    """The parts as a mail program would show them, and the message as it would travel."""

    subject: str
    text: str
    html: str
    message: bytes
    digest: Digest
    by_truth: bool = False
    """Nothing was learned by the time asked for, so it is made from what was true by then."""


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
    begin at. Where nothing was learned by then, as in a store that was filled later, it is what
    was true by then, against the version before. Raises NotFound when nothing was.
    """
    standing = Standing(program, at or now, learned_by=at)
    covered = _steps(standing, subscription, at, since)
    by_truth = at is not None and not covered
    if at is not None and not covered:
        covered = tuple(_true_by(standing, subscription, at, since))
    if not covered:
        by = f" by {at:%Y-%m-%d %H:%M} UTC" if at else " yet, or nothing of it counts now"
        raise NotFound(f"nothing that {subscription.spec.address} follows was known{by}")
    wanted = wanted_of(standing, subscription, covered, reason="digest", due=at or now)
    shown = _show(program, subscription, Press(program).make(wanted).digest, at or now)
    return replace(shown, by_truth=by_truth)


def stored_bytes(program: Program, message: MessageRow) -> bytes:
    """A stored message byte for byte as it was, or will be, handed over: a mail, or the body that a
    channel carries. Raises NotFound for one whose reader was erased since."""
    if message.recipient == ERASED:
        digest = f"; it told digest {message.digest}" if message.digest else ""
        raise NotFound(f"the reader of message {message.id} was erased{digest}")
    if channel_of(message.recipient) is not None:
        return Bodies(program.store).of(message.body)
    return build(Bodies(program.store).of(message.body), splice_of(program, message))


def _steps(
    standing: Standing, subscription: Subscription, at: datetime | None, since: str | None
) -> tuple[Step, ...]:
    found = steps(standing, subscription)
    if since is None and at is None:
        return found
    return tuple(
        step if step.stateless else replace(step, old=_from(standing, subscription, step, since))
        for step in found
    )


def _from(standing: Standing, subscription: Subscription, step: Step, since: str | None) -> Version:
    if since is not None:
        return _version(standing, step, since)
    return _told_by(standing, subscription, step)


def _true_by(
    standing: Standing, subscription: Subscription, at: datetime, since: str | None
) -> Iterator[Step]:
    by = order(stamp(at))
    for pointer in subscription.pointers:
        line = standing.program.store.versions.history(pointer.situation)
        true = [version for version in line if order(version.ref.as_of) <= by]
        if true:
            step = Step(pointer=pointer, old=true[-2:][0], new=true[-1])
            yield replace(step, old=_version(standing, step, since)) if since else step


def _version(standing: Standing, step: Step, since: str) -> Version:
    return standing.program.store.versions.resolve(step.pointer.situation, since)


def _told_by(standing: Standing, subscription: Subscription, step: Step) -> Version:
    """What told named at that time is not kept; the newest version known at the last run is."""
    store = standing.program.store
    runs = [run.at for run in store.runs.of(subscription.id) if run.at <= standing.now]
    by = max(runs, default=None)
    known = store.versions.latest(step.pointer.situation, learned_by=by) if by else None
    return known or step.old


def _show(
    program: Program, subscription: Subscription, digest: Digest, made_at: datetime
) -> Preview:
    # Of a channel nobody's address stands in the mail that it would be.
    is_mail = subscription.spec.channel is None
    addressed = address(
        subscription.spec.address if is_mail else program.settings.mail.sender,
        body_key=digest.input_hash[:KEY_LENGTH],
        message_key=f"{subscription.id}-preview",
        made_at=made_at,
        sender=program.sender,
        token=make_token(program.secret, subscription.id),
        paths=own_paths(program, subscription.id, program.store.readers.links([subscription.id])),
    )
    body = encode(digest.subject, digest.text, digest.html, sender=program.sender)
    return Preview(
        subject=digest.subject,
        text=fill(digest.text, addressed.splice, "text"),
        html=fill(digest.html, addressed.splice, "html"),
        message=build(body, addressed.splice),
        digest=digest,
    )
