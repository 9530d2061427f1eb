"""A relay on loopback, and letters to send through it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from monitor.deliver.smtp import SmtpChannel
from monitor.deliver.smtp_settings import SmtpSettings, Timeouts
from monitor.model.message import Envelope, Outcome
from monitor.model.record import replace
from tests.smtp_server import Arrival, SmtpServer, arrivals

PATIENT = Timeouts(connect=30, command=30, data=30, body=30, dot=30, probe=30)
"""Seconds that only a fault of ours takes, also on a busy machine."""


def hasty(*steps: str) -> Timeouts:
    """For a test in which the server hangs in these steps; in all others there is time."""
    return replace(PATIENT, **dict.fromkeys(steps, 0.6))


def letter(number: int = 1, to: str = "ana@example.org", body: bytes = b"") -> Envelope:
    message_id = f"<d.{number}@monitor.test>"
    head = f"Message-ID: {message_id}\r\nTo: {to}\r\nSubject: {number}\r\n\r\n".encode()
    return Envelope(
        message_id=message_id,
        sender="bounces+1@monitor.test",
        recipient=to,
        data=head + (body or b"Nothing moved.\r\n"),
    )


@dataclass
class Relay:
    """A server, and a channel to it; use it inside `running`."""

    log: Path
    server_options: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    server: SmtpServer = None  # type: ignore[assignment]
    channel: SmtpChannel = None  # type: ignore[assignment]

    async def send(self, envelope: Envelope | None = None, *, within: float = 30.0) -> Outcome:
        deadline = asyncio.get_running_loop().time() + within
        return self.channel.judge(await self.channel.send(envelope or letter(), deadline=deadline))

    @property
    def arrived(self) -> list[Arrival]:
        return arrivals(self.log)

    def run(self, scene: Callable[[Relay], Awaitable[None]]) -> None:
        asyncio.run(self._play(scene))

    async def _play(self, scene: Callable[[Relay], Awaitable[None]]) -> None:
        async with self.running():
            await scene(self)

    @asynccontextmanager
    async def running(self) -> Any:
        async with SmtpServer(self.log, **self.server_options) as self.server:
            plain = SmtpSettings(
                host="127.0.0.1", port=self.server.port, tls="none", timeouts=PATIENT
            )
            self.channel = SmtpChannel(replace(plain, **self.settings))
            try:
                yield
            finally:
                await self.channel.close()


@pytest.fixture
def relay(tmp_path: Path) -> Relay:
    return Relay(tmp_path / "server.log")


@dataclass(frozen=True)
class Certificates:
    """A private authority, and what it has signed."""

    ca_file: str
    right: ssl.SSLContext
    wrong_name: ssl.SSLContext
    expired: ssl.SSLContext
    stranger: ssl.SSLContext


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certificates]:
    authority = trustme.CA()
    ca_file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    yesterday = datetime.now(UTC) - timedelta(days=1)
    yield Certificates(
        ca_file=str(ca_file),
        right=_context(authority.issue_cert("localhost")),
        wrong_name=_context(authority.issue_cert("mail.example.org")),
        expired=_context(authority.issue_cert("localhost", not_after=yesterday)),
        stranger=_context(trustme.CA().issue_cert("localhost")),
    )


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
