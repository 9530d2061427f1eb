"""Outbox, clock, relay and dispatcher in one place, with the log they wrote."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from monitor.deliver.dispatch import Dispatcher
from monitor.deliver.sending import DispatchSettings
from monitor.deliver.smtp import SmtpChannel
from monitor.model.message import Claimed, Envelope
from tests.integration.deliver.conftest import Relay
from tests.integration.deliver.outbox import Clock, MemoryOutbox, build
from tests.smtp_server import SmtpServer

T = TypeVar("T")


async def run(work: Callable[[], T]) -> T:
    return await asyncio.to_thread(work)


class Letters:
    """The relay's channel, with letters of the tests' own."""

    def __init__(self, channel: SmtpChannel, build: Callable[[Claimed], Envelope]) -> None:
        self._channel = channel
        self._build = build
        self.send, self.judge, self.close = channel.send, channel.judge, channel.close

    def encode(self, message: Claimed, _body: bytes, /) -> Envelope:
        return self._build(message)


class Office:
    """`work` plays a scene inside a running relay; the rest tells what came of it."""

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self.outbox = MemoryOutbox()
        self.clock = Clock()
        self.events: list[tuple[str, dict[str, object]]] = []
        self.build: Callable[[Claimed], Envelope] = build
        self.settings = DispatchSettings(drain=30.0, poll=0.05)
        self.dispatcher: Dispatcher = None  # type: ignore[assignment]

    @property
    def server(self) -> SmtpServer:
        return self.relay.server

    def log(self, event: str, /, **facts: object) -> None:
        self.events.append((event, facts))

    def told(self, event: str) -> list[dict[str, object]]:
        return [facts for name, facts in self.events if name == event]

    def work(self, scene: Callable[[Office], Awaitable[None]]) -> None:
        async def play(relay: Relay) -> None:
            self.dispatcher = Dispatcher(
                outbox=self.outbox,
                channel=Letters(relay.channel, self.build),
                body=lambda _: b"",
                run=run,
                clock=self.clock,
                log=self.log,
                settings=self.settings,
            )
            await scene(self)

        self.relay.run(play)

    @property
    def copies(self) -> Counter[str]:
        return Counter(arrival.message_id for arrival in self.relay.arrived)

    def state(self, name: str) -> Any:
        return self.outbox.of(name).state
