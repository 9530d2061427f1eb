"""An SMTP server that misbehaves on purpose, and remembers on disk what it has accepted.

    async with SmtpServer(log) as server:
        server.misbehave("rcpt", reply("450 4.2.0 greylisted"))
        ...
    arrivals(log)

Moments, in the order of a session: connect ehlo helo starttls auth mail rcpt data body dot accepted
sent rset. `dot` comes before the message is accepted (written to the log, synced), `accepted` after
it and before the reply, `sent` after the reply. An action is used up once unless `times` says more.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
import os
import socket
import ssl
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.misbehaviour import Action, HungUp


@dataclass(frozen=True)
class Arrival:
    """One accepted message, as the log has it."""

    message_id: str
    sender: str
    recipient: str
    size: int
    sha256: str


@dataclass
class _Planned:
    action: Action
    left: int
    to: str | None


class SmtpServer:
    """Listens on a loopback port of its own. `delay` is added before each reply, in seconds."""

    def __init__(
        self,
        log: Path,
        *,
        tls: ssl.SSLContext | None = None,
        implicit_tls: bool = False,
        extensions: Iterable[str] = ("SIZE 52428800", "8BITMIME", "ENHANCEDSTATUSCODES"),
        password: str | None = None,
        mechanisms: str = "PLAIN",
        delay: float = 0.0,
        idle_limit: float | None = None,
        receive_buffer: int | None = None,
        durable: bool = True,
    ) -> None:
        self.log = log
        self.tls = tls
        self.implicit_tls = implicit_tls
        self.extensions = tuple(extensions)
        self.password = password
        self.mechanisms = mechanisms
        self.delay = delay
        self.idle_limit = idle_limit
        self.durable = durable
        self.connections = 0
        self.commands: list[str] = []
        self._receive_buffer = receive_buffer
        self._plans: dict[str, list[_Planned]] = {}
        self._server: asyncio.Server | None = None
        self._sessions: set[asyncio.Task[None]] = set()
        self.port = 0

    def misbehave(
        self, moment: str, action: Action, *, times: int = 1, to: str | None = None
    ) -> None:
        """At the next `times` such moments (of a message to `to`), do this instead."""
        self._plans.setdefault(moment, []).append(_Planned(action, times, to))

    def behave(self) -> None:
        """Forget what was planned."""
        self._plans.clear()

    def plan(self, moment: str, recipient: str | None) -> Action | None:
        for planned in self._plans.get(moment, ()):
            if planned.left and planned.to in (None, recipient):
                planned.left -= 1
                return planned.action
        return None

    async def __aenter__(self) -> SmtpServer:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; after a stop, on the same port as before."""
        sock = socket.create_server(("127.0.0.1", self.port))
        if self._receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._receive_buffer)
        self.port = sock.getsockname()[1]
        context = self.tls if self.implicit_tls else None
        self._server = await asyncio.start_server(
            self._serve, sock=sock, ssl=context, limit=1 << 16
        )

    async def stop(self) -> None:
        """Close the port and cut every session."""
        assert self._server is not None
        self._server.close()
        for session in list(self._sessions):
            session.cancel()
        await asyncio.gather(*self._sessions, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._sessions.add(task)
        self.connections += 1
        try:
            await Session(self, reader, writer).talk()
        except (HungUp, OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._sessions.discard(task)
            writer.close()

    def accept(self, sender: str, recipient: str, data: bytes) -> None:
        arrival = Arrival(
            _message_id(data), sender, recipient, len(data), hashlib.sha256(data).hexdigest()
        )
        with self.log.open("a") as file:
            file.write(json.dumps(asdict(arrival)) + "\n")
            file.flush()
            if self.durable:
                os.fsync(file.fileno())


class Session:
    """One connection. Replies are the plain ones of RFC 5321 unless something is planned."""

    def __init__(
        self, server: SmtpServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.server = server
        self.reader = reader
        self.writer = writer
        self.pace = 0.0
        self.secure = server.implicit_tls
        self.name = ""
        """What the client calls itself."""
        self.sender = ""
        self.recipient: str | None = None

    async def say(self, text: str) -> None:
        await self.write(text.encode() + b"\r\n")

    async def write(self, data: bytes) -> None:
        if self.server.delay:
            await asyncio.sleep(self.server.delay)
        pieces = [data[i : i + 1] for i in range(len(data))] if self.pace else [data]
        for piece in pieces:
            if self.pace:
                await asyncio.sleep(self.pace)
            self.writer.write(piece)
            await self.writer.drain()

    async def at(self, moment: str) -> bool:
        """Do what is planned for this moment; True when it has answered."""
        action = self.server.plan(moment, self.recipient)
        return action is not None and await action(self)

    async def talk(self) -> None:
        if not await self.at("connect"):
            await self.say("220 test.invalid ESMTP")
        while line := await self._line():
            verb, _, argument = line.strip().partition(" ")
            self.server.commands.append(line.strip())
            handler = getattr(self, f"_{verb.lower()}", None)
            if handler is None:
                await self.say("500 5.5.1 what?")
            else:
                await handler(argument)

    async def _line(self) -> str:
        try:
            async with asyncio.timeout(self.server.idle_limit):
                return (await self.reader.readline()).decode("utf-8", "surrogateescape")
        except TimeoutError:
            await self.say("421 4.4.2 idle for too long")
            raise HungUp from None

    async def _answer(self, moment: str, text: str) -> None:
        if not await self.at(moment):
            await self.say(text)

    async def _ehlo(self, argument: str) -> None:
        self.name = argument
        offered = list(self.server.extensions)
        if self.server.tls is not None and not self.secure:
            offered.append("STARTTLS")
        if self.server.password is not None:
            offered.append(f"AUTH {self.server.mechanisms}")
        lines = ["test.invalid", *offered]
        greeting = [f"250-{line}" for line in lines[:-1]] + [f"250 {lines[-1]}"]
        await self._answer("ehlo", "\r\n".join(greeting))

    async def _helo(self, argument: str) -> None:
        self.name = argument
        await self._answer("helo", "250 test.invalid")

    async def _starttls(self, argument: str) -> None:
        if await self.at("starttls"):
            return
        assert self.server.tls is not None
        await self.say("220 2.0.0 go ahead")
        await self.writer.start_tls(self.server.tls)
        self.secure = True

    async def _auth(self, argument: str) -> None:
        if await self.at("auth"):
            return
        given = base64.b64decode(argument.partition(" ")[2]).split(b"\0")[-1].decode()
        right = given == self.server.password
        await self.say("235 2.7.0 welcome" if right else "535 5.7.8 who are you?")

    async def _mail(self, argument: str) -> None:
        self.sender = argument.partition("<")[2].partition(">")[0]
        self.recipient = None
        await self._answer("mail", "250 2.1.0 ok")

    async def _rcpt(self, argument: str) -> None:
        self.recipient = argument.partition("<")[2].partition(">")[0]
        await self._answer("rcpt", "250 2.1.5 ok")

    async def _data(self, argument: str) -> None:
        if await self.at("data"):
            return
        await self.say("354 end with a dot")
        chunks = [await self._chunk()]
        await self.at("body")
        while not b"".join(chunks[-2:]).endswith(b"\r\n.\r\n"):
            chunks.append(await self._chunk())
        if await self.at("dot"):
            return
        data = b"".join(chunks)[:-3].replace(b"\r\n..", b"\r\n.")
        assert self.recipient is not None
        self.server.accept(self.sender, self.recipient, data)
        await self._answer("accepted", "250 2.0.0 queued")
        await self.at("sent")

    async def _chunk(self) -> bytes:
        chunk = await self.reader.read(65536)
        if not chunk:
            raise HungUp
        return chunk

    async def _rset(self, argument: str) -> None:
        await self._answer("rset", "250 2.0.0 forgotten")

    async def _noop(self, argument: str) -> None:
        await self.say("250 2.0.0 ok")

    async def _quit(self, argument: str) -> None:
        with contextlib.suppress(OSError):
            await self.say("221 2.0.0 bye")
        raise HungUp


def arrivals(log: Path) -> list[Arrival]:
    """What the server has accepted, in order. Nothing but this log counts as a witness."""
    if not log.exists():
        return []
    return [Arrival(**json.loads(line)) for line in log.read_text().splitlines()]


def _message_id(data: bytes) -> str:
    for line in data.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"message-id":
            return value.strip().decode("utf-8", "replace")
    return ""
