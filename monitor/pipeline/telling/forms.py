"""What a subscription is told, in the form that its channel carries: mail, an event or a note."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from monitor.mail.message import encode
from monitor.model.comparison import Comparison
from monitor.model.digest import Digest, DigestInput, Notice
from monitor.model.subscription import Subscription
from monitor.model.tuples import NamedTuple
from monitor.pipeline.channels.opening import channel_named
from monitor.pipeline.moments import stamp
from monitor.pipeline.program import Program
from monitor.report.event import Whose, digest_event, welcome_event
from monitor.report.note import digest_note, note
from monitor.settings.channels import NamedSettings, WebhookSettings

MOST: Final = 256_000


class MadeDigest(Protocol):
    """A digest with the input that it is made from."""

    @property
    def input(self) -> DigestInput: ...
    @property
    def digest(self) -> Digest: ...


class Told(NamedTuple):
    """A body, and what names it."""

    body: bytes
    key: str


def channel_body(
    program: Program, reader: Subscription, made: MadeDigest, now: datetime
) -> bytes | None:
    """None for who is told by mail. Raises SettingsError."""
    name = reader.spec.channel
    if name is None:
        return None
    channel = channel_named(program.settings, name)
    if channel.form == "note":
        return digest_note(made.input, made.digest)
    return digest_event(made.input, made.digest.subject, _whose(reader, now), most=_most(channel))


def welcome_body(
    program: Program,
    reader: Subscription,
    notice: Notice,
    situations: Sequence[Comparison],
    now: datetime,
) -> Told:
    """Raises SettingsError, and what `encode` raises."""
    name = reader.spec.channel
    if name is None:
        body = encode(notice.subject, notice.text, notice.html, sender=program.sender)
    elif channel_named(program.settings, name).form == "note":
        body = note(notice.subject)
    else:
        url = program.settings.mail.public_url
        body = welcome_event(notice.subject, _whose(reader, now), situations, url)
    return Told(body, hashlib.sha256(body).hexdigest())


def _whose(reader: Subscription, now: datetime) -> Whose:
    """Of the next message."""
    spec = reader.spec
    return Whose(subscription=spec.name, seq=reader.seq + 1, at=stamp(now), language=spec.language)


def _most(channel: NamedSettings) -> int:
    return channel.most if isinstance(channel, WebhookSettings) else MOST
