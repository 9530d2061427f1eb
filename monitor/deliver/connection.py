"""One SMTP connection, spoken command by command, so that a failure is known by its phase."""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass
from typing import cast

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponse, SMTPResponseException

from monitor.addresses import Address, read_address
from monitor.deliver.channel import Answer, Breakage, Halt, Reply, Unfit
from monitor.deliver.smtp_settings import SmtpSettings
from monitor.model.message import Envelope

TROUBLE = (SMTPException, OSError, TimeoutError, UnicodeError)
"""What a network, a server or a certificate can raise through aiosmtplib. ssl.SSLError is an
OSError; UnicodeError is what a host name that is none gives."""

_MECHANISMS = ("plain", "login", "cram-md5")
"""In the order of trust: inside TLS the plain ones are as safe, and work where they are offered."""

_WANTED = {"mail": (250,), "rcpt": (250, 251), "data": (354,)}
_BARE_LINE_END = re.compile(rb"\r(?!\n)|(?<!\r)\n")


class OutOfTime(Exception):
    """The message's deadline has passed; nothing more is begun."""


@dataclass(frozen=True, slots=True)
class SmtpMail:
    """An envelope, checked and encoded before a server hears of it."""

    sender: Address
    recipient: Address
    body: bytes
    """Dot-stuffed (RFC 5321 4.5.2), ends with CRLF, without the final dot."""

    @property
    def utf8(self) -> bool:
        return self.sender.utf8 or self.recipient.utf8


def prepare(envelope: Envelope) -> SmtpMail:
    """Raises MessageUnsendable for an address that is not one."""
    body = envelope.data
    # Counting is many times faster than searching a body of 60 kB for what is almost never there.
    if not body.count(b"\r") == body.count(b"\n") == body.count(b"\r\n"):
        # Servers disagree about what ends a line, which is how one mail is smuggled inside another.
        body = _BARE_LINE_END.sub(b"\r\n", body)
    if not body.endswith(b"\r\n"):
        body += b"\r\n"
    body = body.replace(b"\r\n.", b"\r\n..")
    if body.startswith(b"."):
        body = b"." + body
    return SmtpMail(read_address(envelope.sender), read_address(envelope.recipient), body)


class Connection:
    """`phase` is where the conversation stands; the caller judges an exception by it."""

    def __init__(self, settings: SmtpSettings, context: ssl.SSLContext) -> None:
        self._settings = settings
        self._timeouts = settings.timeouts
        self._client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            local_hostname=settings.local_hostname,
            use_tls=settings.tls == "implicit",
            # None would be opportunistic, and an attacker in between would strip it.
            start_tls=False,
            tls_context=context,
        )
        self._writer: asyncio.StreamWriter | None = None
        self.phase = "connect"
        self.dirty = False
        """A transaction was begun and refused: RSET before the next."""
        self.idle_since = 0.0

    @property
    def alive(self) -> bool:
        return self._client.is_connected

    async def open(self, deadline: float) -> Answer | None:
        """Connect, secure and log in; None when mail may flow, else what went wrong."""
        try:
            await self._client.connect(timeout=self._limit(self._timeouts.connect, deadline))
            self._enter("ehlo")
            await self._greet(deadline)
            await self._secure(deadline)
            await self._log_in(deadline)
        except OutOfTime:
            return Halt("the lease ends")
        except TROUBLE as error:
            return self._not_opened(error)
        transport = cast(asyncio.WriteTransport, self._client.transport)
        # Zero: drain() returns when the last octet has left, so that the dot's phase is certain.
        transport.set_write_buffer_limits(high=0)
        assert self._client.protocol is not None
        self._writer = asyncio.StreamWriter(
            transport, self._client.protocol, None, asyncio.get_running_loop()
        )
        return None

    async def transact(self, message: SmtpMail, deadline: float) -> Answer:
        """MAIL, RCPT, DATA, body, dot. The connection is closed when it can no longer be trusted.

        Raises nothing of TROUBLE: whatever happens is an answer.
        """
        self._enter("mail")
        try:
            lacking = self._lacking(message)
            if lacking:
                return Unfit("mail", lacking)
            self.dirty = True
            return await self._transact(message, deadline)
        except OutOfTime:
            self.close()
            return Halt("the lease ends")
        except TROUBLE as error:
            self.close()
            if isinstance(error, SMTPResponseException):
                return Reply(self.phase, error.code, error.message)
            return Breakage(self.phase, error)

    async def probe(self, deadline: float) -> bool:
        """Whether the server still answers; also forgets a transaction that was refused."""
        self._enter("rset")
        try:
            reply = await self._say((b"RSET",), self._timeouts.probe, deadline)
        except (OutOfTime, *TROUBLE):
            self.close()
            return False
        self.dirty = False
        return reply.code == 250

    async def quit(self) -> None:
        """Say goodbye, briefly: nothing depends on it."""
        try:
            await self._client.quit(timeout=self._timeouts.probe)
        except TROUBLE:
            pass
        finally:
            self.close()

    def close(self) -> None:
        """At once: what is still buffered is thrown away, so that no dot leaves after all."""
        transport = self._client.transport
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()
        self._client.close()

    async def _transact(self, message: SmtpMail, deadline: float) -> Answer:
        command_time = self._timeouts.command
        steps = (
            ("mail", self._mail_command(message), command_time),
            ("rcpt", (b"RCPT", b"TO:<" + message.recipient.octets + b">"), command_time),
            ("data", (b"DATA",), self._timeouts.data),
        )
        for phase, command, limit in steps:
            self._enter(phase)
            reply = await self._say(command, limit, deadline)
            if reply.code not in _WANTED[phase]:
                return Reply(phase, reply.code, reply.message)
        self._enter("body")
        await self._send_body(message.body, deadline)
        limit = self._limit(self._timeouts.dot, deadline)
        self._enter("dot")
        reply = await self._send_dot(limit)
        self.dirty = False
        return Reply("dot", reply.code, reply.message)

    async def _send_body(self, body: bytes, deadline: float) -> None:
        assert self._writer is not None
        self._writer.write(body)
        if self._writer.transport.get_write_buffer_size():
            async with asyncio.timeout(self._limit(self._timeouts.body, deadline)):
                await self._writer.drain()
        if not self.alive:
            raise ConnectionResetError("connection lost in the body")

    async def _send_dot(self, limit: float) -> SMTPResponse:
        protocol = self._client.protocol
        assert protocol is not None and self._writer is not None
        self._writer.write(b".\r\n")
        return await protocol.read_response(timeout=limit)

    async def _greet(self, deadline: float) -> None:
        limit = self._limit(self._timeouts.command, deadline)
        try:
            await self._client.ehlo(timeout=limit)
        except aiosmtplib.SMTPHeloError as error:
            # A server from before ESMTP; without STARTTLS it gets mail on loopback only.
            if error.code not in range(500, 505) or not self.alive:
                raise
            await self._client.helo(timeout=limit)

    async def _secure(self, deadline: float) -> None:
        if self._settings.tls == "none":
            return
        self._enter("tls")
        if self._settings.tls == "starttls":
            await self._client.starttls(timeout=self._limit(self._timeouts.command, deadline))
            await self._greet(deadline)
        if self._client.get_transport_info("sslcontext") is None:
            raise ssl.SSLError("the connection is not encrypted")

    async def _log_in(self, deadline: float) -> None:
        username, password = self._settings.username, self._settings.password
        if username is None or password is None:
            return
        self._enter("auth")
        limit = self._limit(self._timeouts.command, deadline)
        # One try: a server counts each mechanism as one, and locks an account after a few.
        offered = self._client.supported_auth_methods
        method = next((name for name in _MECHANISMS if name in offered), None)
        if method is None:
            raise SMTPException("the server offers no login that we know (AUTH PLAIN, LOGIN)")
        login = {
            "plain": self._client.auth_plain,
            "login": self._client.auth_login,
            "cram-md5": self._client.auth_crammd5,
        }[method]
        await login(username, password, timeout=limit)

    def _not_opened(self, error: BaseException) -> Answer:
        self.close()
        if isinstance(error.__cause__, ssl.SSLError):
            return Breakage("tls", error.__cause__)
        if isinstance(error, SMTPResponseException):
            phase = "greeting" if self.phase == "connect" else self.phase
            return Reply(phase, error.code, error.message)
        return Breakage(self.phase, error)

    def _lacking(self, message: SmtpMail) -> str | None:
        if message.utf8 and not self._client.supports_extension("smtputf8"):
            return "the server does not take addresses beyond ASCII (SMTPUTF8)"
        if not message.body.isascii() and not self._client.supports_extension("8bitmime"):
            return "the server does not take 8-bit mail (8BITMIME)"
        return None

    def _mail_command(self, message: SmtpMail) -> tuple[bytes, ...]:
        parameters = []
        if self._client.supports_extension("size"):
            parameters.append(b"SIZE=%d" % len(message.body))
        if not message.body.isascii():
            parameters.append(b"BODY=8BITMIME")
        if message.utf8:
            parameters.append(b"SMTPUTF8")
        return (b"MAIL", b"FROM:<" + message.sender.octets + b">", *parameters)

    async def _say(self, command: tuple[bytes, ...], limit: float, deadline: float) -> SMTPResponse:
        return await self._client.execute_command(*command, timeout=self._limit(limit, deadline))

    def _enter(self, phase: str) -> None:
        self.phase = phase

    def _limit(self, limit: float, deadline: float) -> float:
        """Seconds that the next step may take. Raises OutOfTime when none are left."""
        left = deadline - asyncio.get_running_loop().time()
        if left <= 0:
            raise OutOfTime
        return min(limit, left)
