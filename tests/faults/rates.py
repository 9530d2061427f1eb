"""Cases in which several nodes keep to one rate: row 30."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from monitor.model.record import Record, replace
from tests.faults import telling
from tests.faults.case import Case
from tests.faults.orders import Orders
from tests.faults.stage import Stage

RELAY, LAKE = (10, 1.5), (3, 1.5)
"""Messages, and the seconds in which no more are begun: for all mail, and for one domain."""

ON_THE_WAY = 0.1
"""Seconds from the beginning of a message to the server's clock."""

ALWAYS = 1_000_000


class Begun(Record):
    at: float
    recipient: str


@dataclass(slots=True)
class Watched:
    """When the server was told of each message."""

    begun: list[Begun] = field(default_factory=list)

    async def note(self, session: object) -> bool:
        self.begun.append(Begun(at=time.monotonic(), recipient=getattr(session, "recipient", "")))
        return False

    def most(self, seconds: float, domain: str = "") -> int:
        """In any window of that length."""
        times = [one.at for one in self.begun if one.recipient.endswith(domain)]
        return max(sum(start <= at < start + seconds for at in times) for start in times)


def cases() -> Iterator[Case]:
    yield Case("30", "two nodes keep to one rate", _two_nodes, databases=("postgresql",))
    yield Case("30", "one of them is killed", _one_killed, databases=("postgresql",), lease=4.0)
    yield Case("30", "one of them is stopped and goes on", _one_stopped, databases=("postgresql",))


async def _two_nodes(stage: Stage) -> None:
    long, short = _owe(stage, 24, "long"), _owe(stage, 6, "short")
    watched = _watch(stage)
    for node in [await stage.start(_orders(stage)) for _ in range(2)]:
        await stage.finish(node)
    _expect_kept(stage, watched)
    first = {one.recipient for one in watched.begun[: len(short) * 3]}
    if not set(short) <= first:
        stage.wrong.append(f"of the short list {len(set(short) - first)} wait for the long one")
    if len(long) + len(short) != len(watched.begun):
        stage.wrong.append(f"{len(watched.begun)} were begun")


async def _one_killed(stage: Stage) -> None:
    _owe(stage, 30, "long")
    watched = _watch(stage)
    stage.kill_at("mail", nth=12)
    nodes = [await stage.start(_orders(stage)) for _ in range(2)]
    for node in nodes:
        await stage.finish(node)
    await stage.run_until_done(_orders(stage))
    _expect_kept(stage, watched)


async def _one_stopped(stage: Stage) -> None:
    """What it claimed before is older than its grant when it goes on: it is given back."""
    _owe(stage, 24, "long")
    watched = _watch(stage)
    stage.kill_at("mail", nth=14, signal_=signal.SIGSTOP)
    first = await stage.start(_orders(stage))
    second = await stage.start(_orders(stage))
    while len(watched.begun) < 20:
        await asyncio.sleep(0.05)
    second.send_signal(signal.SIGCONT)
    for node in (first, second):
        await stage.finish(node)
    _expect_kept(stage, watched)


def _owe(stage: Stage, number: int, name: str) -> Sequence[str]:
    """Messages of one list, every other one to the lake; whom they go to."""
    body, start = telling.add_body(stage.store, 2000), len(stage.owed)
    addresses = [
        f"{name}{i}@{'lake' if i % 2 else 'hill'}.example" for i in range(start, start + number)
    ]
    letters = [telling.letter(body, start + i, stage.now, to=to) for i, to in enumerate(addresses)]
    stage.owe_letters(letters)
    return addresses


def _watch(stage: Stage) -> Watched:
    watched = Watched()
    stage.server.misbehave("rcpt", watched.note, times=ALWAYS)
    return watched


def _orders(stage: Stage) -> Orders:
    rates = {"": RELAY, "lake.example": LAKE}
    return replace(stage.orders(connections=2), rates=rates)


def _expect_kept(stage: Stage, watched: Watched) -> None:
    for name, (most, seconds) in (("", RELAY), ("lake.example", LAKE)):
        found = watched.most(seconds - ON_THE_WAY, name)
        if found > most:
            stage.wrong.append(f"{found} of at most {most} in {seconds} s {name}".rstrip())
