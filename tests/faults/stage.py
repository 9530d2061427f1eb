"""One case being played: a database, a misbehaving server, nodes that are killed and restarted."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from monitor.model.record import replace
from monitor.store.opening import open_store
from monitor.store.records import Letter
from monitor.store.store import Store
from tests.faults import telling
from tests.faults.orders import Orders
from tests.smtp_server import Arrival, SmtpServer, arrivals

ROOT = Path(__file__).resolve().parents[2]
STARTS = 12
"""Restarts after which a case is given up: what is still owed then is lost for the sweep."""


class Unfinished(Exception):
    """The nodes came to no end."""


@dataclass(frozen=True)
class Tally:
    """What the server's log says, against what the store was given."""

    messages: int
    lost: int
    doubled: int
    allowed: int
    wrong: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return self.lost == 0 and self.doubled <= self.allowed and not self.wrong


@dataclass
class Stage:
    """`doubts` are the extra copies that a case causes on purpose, without a kill."""

    url: str
    folder: Path
    breakage: str = ""
    lease: float = 60.0
    server: SmtpServer = None  # type: ignore[assignment]
    store: Store = None  # type: ignore[assignment]
    doubts: int = 0
    wrong: list[str] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    """Message-IDs that must not arrive."""
    _in_flight: dict[str, int] = field(default_factory=dict)
    """Copies that had arrived of messages in flight at a kill: so many extra ones there may be."""
    _kills: int = 0
    _nodes: list[Process] = field(default_factory=list)
    _epoch: float = field(default_factory=time.time)

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def now(self) -> datetime:
        return self.orders().clock(time.time())

    def orders(self, **changes: object) -> Orders:
        port = self.server.port if self.server else 0
        plain = Orders(
            url=self.url,
            port=port,
            epoch=self._epoch,
            breakage=self.breakage,
            lease=self.lease,
        )
        return replace(plain, **changes)

    async def open(self) -> None:
        self.store = await asyncio.to_thread(open_store, self.url)
        # A small buffer, so that a large body cannot disappear into the kernel with its dot.
        self.server = SmtpServer(self.log, receive_buffer=1 << 16)
        await self.server.start()

    async def close(self) -> None:
        await self.end_nodes()
        await self.server.stop()
        self.store.close()

    async def end_nodes(self) -> None:
        for node in self._nodes:
            if node.returncode is None:
                node.kill()
                await node.wait()

    def owe(self, number: int, *, size: int = 2000) -> list[Letter]:
        """Write messages into the outbox, before any node runs."""
        body = telling.add_body(self.store, size)
        start = len(self.owed)
        letters = [telling.letter(body, start + i, self.now) for i in range(number)]
        self.owed += telling.owe(self.store, letters, self.now)
        return letters

    def owe_letters(self, letters: Sequence[Letter], *, arrive: bool = True) -> None:
        ids = telling.owe(self.store, letters, self.now)
        (self.owed if arrive else self.never).extend(ids)

    async def start(self, orders: Orders) -> Process:
        errors = (self.folder / f"node{len(self._nodes)}.log").open("wb")
        with errors:
            node = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.faults.worker",
                orders.text(),
                stdout=errors,
                stderr=errors,
                cwd=ROOT,
            )
        self._nodes.append(node)
        return node

    async def finish(self, node: Process) -> int:
        """Wait for a node's end; a death by SIGKILL is accounted for at once."""
        code = await node.wait()
        if code == -signal.SIGKILL:
            self.account()
        elif code not in (0,):
            log = (self.folder / f"node{self._nodes.index(node)}.log").read_text()
            self.wrong.append(f"a node ended with {code}: {log.strip().splitlines()[-1:]}")
        return code

    def account(self) -> None:
        """Note what is accepted and not recorded: each such message may arrive once more."""
        copies = self._copies()
        self._kills += 1
        for message_id in self._unrecorded() & copies.keys():
            self._in_flight[message_id] = min(copies[message_id], self._kills)

    async def run_until_done(self, first: Orders | None = None) -> None:
        """Start a node, again and again while it dies, until nothing is owed."""
        orders = first or self.orders()
        for _ in range(STARTS):
            await self.finish(await self.start(orders))
            if not self._unrecorded() or self.wrong:
                return
            # The plan was for the first life; the next one is left in peace.
            orders = replace(orders, crash="", lost_reply="")
        raise Unfinished(f"{len(self._unrecorded())} messages are still owed")

    def kill_at(self, moment: str, *, signal_: int = signal.SIGKILL, nth: int = 1) -> None:
        """When the server reaches this moment for the nth time, signal the newest node."""
        seen = 0

        async def act(session: object) -> bool:
            nonlocal seen
            seen += 1
            if seen == nth:
                self.signal_newest(signal_)
            return False

        self.server.misbehave(moment, act, times=nth)

    def signal_newest(self, signal_: int) -> None:
        os.kill(self._nodes[-1].pid, signal_)

    async def hold_the_file(self, seconds: float, released: asyncio.Event) -> None:
        """Keep a write transaction open on the SQLite file, as a slow command would."""
        path = self.url.removeprefix("sqlite:///")
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(seconds)
        connection.execute("ROLLBACK")
        connection.close()
        released.set()

    @contextlib.asynccontextmanager
    async def flood_stop(self, times: int) -> AsyncIterator[None]:
        """Kill all nodes when there are this many times as many copies as messages."""

        async def watch() -> None:
            while len(self.arrived()) <= times * max(10, len(self.owed)):
                await asyncio.sleep(0.2)
            self.wrong.append("a flood of copies")
            for node in self._nodes:
                if node.returncode is None:
                    node.kill()

        watching = asyncio.create_task(watch())
        try:
            yield
        finally:
            watching.cancel()

    def claimed(self) -> int:
        return len(self.store.outbox.find(states=("claimed",)))

    def arrived(self) -> list[Arrival]:
        return arrivals(self.log)

    def expect_dead(self, message_id: str) -> None:
        states = {row.message_id: row.state for row in self.store.outbox.find(limit=1000)}
        if states[message_id] != "dead":
            self.wrong.append(f"{message_id} is {states[message_id]} and should be dead")

    def tally(self) -> Tally:
        copies = self._copies()
        contents: dict[str, set[str]] = {}
        for arrival in self.arrived():
            contents.setdefault(arrival.message_id, set()).add(arrival.sha256)
        wrong = list(self.wrong)
        wrong += [f"{one} arrived in different words" for one, c in contents.items() if len(c) > 1]
        wrong += [f"{one} arrived and must not" for one in self.never if copies[one]]
        known = {*self.owed, *self.never}
        wrong += [f"{one} arrived and was never owed" for one in copies if one not in known]
        return Tally(
            messages=len(self.owed) + len(self.never),
            lost=sum(1 for one in self.owed if not copies[one]),
            doubled=sum(number - 1 for number in copies.values() if number > 1),
            allowed=self.doubts + sum(self._in_flight.values()),
            wrong=tuple(wrong),
        )

    def _copies(self) -> Counter[str]:
        return Counter(arrival.message_id for arrival in self.arrived())

    def _unrecorded(self) -> set[str]:
        rows = self.store.outbox.find(states=("pending", "retry", "claimed"), limit=100_000)
        return {row.message_id for row in rows}
