"""The mail that is measured, where it is kept, and how it is delivered."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from monitor.deliver.dispatch import Dispatcher
from monitor.deliver.ports import Log
from monitor.deliver.sending import DispatchSettings
from monitor.deliver.smtp import SmtpChannel
from monitor.deliver.smtp_settings import SmtpSettings
from monitor.mail.message import Sender, address, encode
from monitor.pipeline.delivery import Bodies
from monitor.store import Store
from monitor.store.records import Letter
from tests.postgres import PostgresServer, postgres_problem

T = TypeVar("T")

SENDER = Sender(
    address="monitor@monitor.test",
    name="monitor",
    domain="monitor.test",
    bounce_domain="monitor.test",
    secret=b"only for measuring",
    unsubscribe_address="unsubscribe@monitor.test",
    public_url="https://monitor.test",
)


@dataclass(frozen=True)
class Mail:
    """One stored body of about `size` octets and what is spliced into it."""

    size: int
    subject: str
    text: str
    html: str

    @classmethod
    def of(cls, size: int) -> Mail:
        """Four parts HTML to one part text, as a digest has."""
        sentence = "Vladimir Medinsky replaces Igor Kostyukov as head of Russia's delegation. "
        lines = int(size / 5.2 / len(sentence))
        rows = "".join(
            f"<tr><td>{sentence}</td><td>{number}</td></tr>\n" for number in range(lines * 4)
        )
        words = "".join(f"{sentence}\n" for _ in range(lines))
        return cls(size, "Medinsky replaces Kostyukov (+8)", words, f"<table>\n{rows}</table>\n")

    def encoded(self) -> bytes:
        return encode(self.subject, self.text, self.html, sender=SENDER)


def letter(body: int, number: int, now: datetime) -> Letter:
    addressed = address(
        f"reader{number}@example.org",
        body_key=f"b{body}",
        message_key=f"m{number}",
        made_at=now,
        sender=SENDER,
        token=f"t{number:032d}",
    )
    return Letter(
        reason="digest",
        message_id=addressed.splice["message_id"],
        body=body,
        recipient=addressed.recipient,
        splice=addressed.splice,
        not_before=now,
        expires_at=now + timedelta(hours=48),
    )


@contextlib.contextmanager
def databases(folder: Path) -> Iterator[dict[str, Callable[[], str]]]:
    """Per sort, a function that makes an empty database and tells its URL."""
    numbers = iter(range(1_000_000))
    fresh: dict[str, Callable[[], str]] = {
        "sqlite": lambda: f"sqlite:///{folder / str(next(numbers))}.db"
    }
    problem = postgres_problem()
    if problem is not None:
        print(f"*** NO POSTGRESQL: {problem} ***")
        yield fresh
        return
    with PostgresServer() as server:
        fresh["postgresql"] = lambda: server.url(server.create())
        yield fresh


def silent(_event: str, /, **_facts: object) -> None:
    """No log: its cost depends on where it goes."""


async def deliver(store: Store, port: int, pool: int, *, log: Log = silent) -> None:
    """What the service does with its outbox, until it is empty."""
    channel = SmtpChannel(SmtpSettings(host="127.0.0.1", port=port, tls="none", connections=pool))
    with ThreadPoolExecutor(max_workers=1) as thread:

        async def run(call: Callable[[], T]) -> T:
            return await asyncio.get_running_loop().run_in_executor(thread, call)

        dispatcher = Dispatcher(
            outbox=store.outbox,
            channel=channel,
            body=Bodies(store),
            run=run,
            clock=lambda: datetime.now(UTC),
            log=log,
            settings=DispatchSettings(batch=max(50, 4 * pool), senders=pool),
        )
        await dispatcher.run_once()
        await channel.close()


def seconds_of(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
