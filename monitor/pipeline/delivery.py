"""Outbox -> delivery: the transport that the configuration names, and the bytes of each message."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from monitor.deliver.dispatch import Dispatcher
from monitor.deliver.maildir import EmlTransport
from monitor.deliver.ports import Log, Run, Transport
from monitor.deliver.sending import DispatchSettings
from monitor.deliver.smtp import SmtpTransport
from monitor.deliver.smtp_settings import SmtpSettings
from monitor.errors import RowDamaged
from monitor.mail.addresses import canonical_address
from monitor.mail.message import build
from monitor.model.message import Claimed, Envelope
from monitor.pipeline.program import Program
from monitor.pipeline.recent import Recent
from monitor.pipeline.say import LOGGER
from monitor.settings import Settings
from monitor.store import Store

KEPT_BODIES = 16
"""Renderings kept in memory; messages of one digest follow one another."""


def make_dispatcher(program: Program, *, run: Run, clock: Callable[[], datetime]) -> Dispatcher:
    settings = program.settings
    return Dispatcher(
        outbox=program.store.outbox,
        transport=make_transport(settings),
        build=Builder(program.store, envelope=settings.mail.envelope_sender),
        run=run,
        clock=clock,
        log=make_log(settings),
        settings=DispatchSettings(
            batch=settings.mail.batch,
            senders=settings.mail.connections,
            drain=settings.service.drain.total_seconds(),
            poll=settings.service.deliver.total_seconds(),
        ),
    )


def make_transport(settings: Settings) -> Transport:
    """Raises SettingsError for mail that would travel in the clear."""
    mail = settings.mail
    if mail.transport == "eml":
        return EmlTransport(settings.path(mail.folder))
    return SmtpTransport(
        SmtpSettings(
            host=mail.host,
            port=mail.port,
            tls=mail.tls,
            username=mail.username,
            password=settings.smtp_password.reveal() if settings.smtp_password else None,
            connections=mail.connections,
            local_hostname=mail.ehlo_name or mail.domain,
            ca_file=str(settings.path(mail.ca_file)) if mail.ca_file else None,
        )
    )


class Builder:
    """A claimed message -> its envelope, the same bytes at every attempt.

    A fixed `envelope` sender holds for what was written before it was set, too: that is what waits.
    """

    def __init__(self, store: Store, *, envelope: str | None = None) -> None:
        self._store = store
        self._envelope = canonical_address(envelope) if envelope else None
        self._bodies: Recent[int, bytes] = Recent(KEPT_BODIES)

    def __call__(self, message: Claimed, /) -> Envelope:
        if not message.splice:
            raise RowDamaged(f"what is addressed to {message.recipient} cannot be read")
        return Envelope(
            message_id=message.splice["message_id"],
            sender=self._envelope or message.splice["envelope_sender"],
            recipient=message.recipient,
            data=build(self.body(message.body_id), message.splice),
        )

    def body(self, number: int) -> bytes:
        return self._bodies.get(number, lambda: self._store.digests.body(number))


def make_log(settings: Settings) -> Log:
    """The dispatcher's events as lines; a mail that became a file is named by its folder."""
    mail = settings.mail
    taken = f"in {settings.path(mail.folder)}/" if mail.transport == "eml" else f"with {mail.host}"

    def log(event: str, /, **facts: object) -> None:
        if event == "message-sent":
            level, sentence = logging.INFO, f"mail for {facts['to']} is {taken}"
        else:
            words = (f"{name} {value}" for name, value in facts.items() if value is not None)
            level, sentence = logging.WARNING, f"{event.replace('-', ' ')}: {', '.join(words)}"
        LOGGER.log(level, sentence, extra={"event": event, "facts": facts})

    return log
