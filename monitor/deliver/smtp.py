"""The channel that is mail: a pool of kept SMTP connections to one relay."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Iterator

from monitor.deliver.channel import Answer, Halt, Unfit
from monitor.deliver.connection import Connection, SmtpMail, prepare
from monitor.deliver.outcomes import judge
from monitor.deliver.smtp_settings import SmtpSettings
from monitor.errors import MessageUnsendable
from monitor.mail.addresses import canonical_address
from monitor.mail.message import envelope
from monitor.model.message import Claimed, Envelope, Outcome, Result, Scope
from monitor.model.record import replace

_CLOSING = Halt("shutting down")


class SmtpChannel:
    """At most `settings.connections` at once; one recipient and one transaction per message.

    Use it from one event loop. Connections are opened when needed and kept until `close`.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._context = ssl.create_default_context(cafile=settings.ca_file)
        self._slots = asyncio.Semaphore(settings.connections)
        self._idle: list[Connection] = []
        self._busy: set[Connection] = set()
        self._closing = False
        self._opening = asyncio.Lock()
        self._login_refused: Answer | None = None

    def encode(self, message: Claimed, body: bytes, /) -> Envelope:
        made = envelope(message.recipient, message.splice, body)
        fixed = self._settings.envelope_sender
        return replace(made, sender=canonical_address(fixed)) if fixed else made

    def judge(self, answer: Answer, /) -> Outcome:
        return judge(answer)

    async def send(self, envelope: Envelope, /, *, deadline: float) -> Answer:
        """See `outcomes` for what each failure means."""
        try:
            message = prepare(envelope)
        except MessageUnsendable as error:
            return Unfit("build", str(error))
        async with self._slots:
            if self._closing:
                return _CLOSING
            answer = await self._send(message, deadline)
        if self._closing and judge(answer).result is Result.TEMPORARY:
            # The connection broke because we broke it, and the dot had not left.
            return _CLOSING
        return answer

    async def close(self) -> None:
        """Idle connections say goodbye, busy ones are cut; later sends are released."""
        self._closing = True
        for connection in self._busy:
            connection.close()
        idle, self._idle = self._idle, []
        await asyncio.gather(*(connection.quit() for connection in idle))

    async def _send(self, message: SmtpMail, deadline: float) -> Answer:
        kept = await self._kept(deadline)
        if kept is not None:
            answer = await self._use(kept, message, deadline)
            if not _went_stale(kept, answer):
                return answer
        opened = await self._open(deadline)
        if not isinstance(opened, Connection):
            return opened
        return await self._use(opened, message, deadline)

    async def _open(self, deadline: float) -> Connection | Answer:
        """A new connection, or what went wrong. With a password they are opened one by one, and
        those that waited while it was refused do not try it again."""
        fresh = Connection(self._settings, self._context)
        if self._settings.username is None:
            return await self._opened(fresh, deadline)
        waits = self._opening.locked()
        async with self._opening:
            if waits and self._login_refused is not None:
                return self._login_refused
            opened = await self._opened(fresh, deadline)
            self._login_refused = None
            if not isinstance(opened, Connection) and judge(opened).refuses_login:
                self._login_refused = opened
            return opened

    async def _opened(self, fresh: Connection, deadline: float) -> Connection | Answer:
        with self._at_work(fresh):
            return await fresh.open(deadline) or fresh

    async def _kept(self, deadline: float) -> Connection | None:
        """A connection from an earlier message that still stands."""
        now = asyncio.get_running_loop().time()
        while self._idle:
            connection = self._idle.pop()
            if not connection.alive:
                continue
            rested = now - connection.idle_since > self._settings.probe_after
            if not rested and not connection.dirty:
                return connection
            with self._at_work(connection):
                if await connection.probe(deadline):
                    return connection
            connection.close()
        return None

    async def _use(self, connection: Connection, message: SmtpMail, deadline: float) -> Answer:
        with self._at_work(connection):
            answer = await connection.transact(message, deadline)
        outcome = judge(answer)
        if outcome.scope is Scope.CONNECTION or outcome.result is Result.UNKNOWN:
            connection.close()
        if connection.alive:
            connection.idle_since = asyncio.get_running_loop().time()
            self._idle.append(connection)
        return answer

    @contextlib.contextmanager
    def _at_work(self, connection: Connection) -> Iterator[None]:
        self._busy.add(connection)
        try:
            yield
        finally:
            self._busy.discard(connection)


def _went_stale(connection: Connection, answer: Answer) -> bool:
    """The server had hung up between messages, which says nothing about this one."""
    return connection.phase == "mail" and judge(answer).scope is Scope.CONNECTION
