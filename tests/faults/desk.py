"""A desk that runs the command: its folder, its configuration, its readers behind one relay."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta

from monitor.model.message import MessageState
from monitor.store.records import MessageRow
from tests.faults.stage import ROOT, Stage
from tests.posts import KIND

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
READERS = tuple(f"{name}@example.org" for name in ("ana", "ben", "cleo", "dan"))
OPERATOR = "desk@example.org"
PATIENCE = 40.0
"""Seconds that telling may take on a busy machine."""


class Desk:
    """Each `rounds` is a process of its own, on a clock that goes on from the one before."""

    def __init__(self, stage: Stage, *, readers: Sequence[str] = READERS) -> None:
        self.stage = stage
        self.readers = readers
        self.now = NOON
        self.log = stage.folder / "desk.log"
        self.snapshots = stage.folder / "snapshots"
        self._web = 0
        self.snapshots.mkdir()
        (stage.folder / "config").mkdir()
        (self.snapshots / "posts.kind.yaml").write_text(KIND)
        self.says("2026-02-27", holder="Adam")
        self.says("2026-02-28", holder="Bela")
        self.configure()

    def configure(self, **mail: str) -> None:
        own = "".join(f'{name} = "{value}"\n' for name, value in mail.items())
        readers = "".join(
            f'[[subscriptions]]\naddress = "{one}"\nsituations = ["posts"]\n'
            'cadence = "at-once"\nstart = "2026-02-27"\n'
            for one in self.readers
        )
        web = (
            f"[web]\nenabled = true\nport = {self._web}\n"
            if self._web
            else "[web]\nenabled = false\n"
        )
        (self.stage.folder / "config" / "monitor.toml").write_text(
            '[sources.posts]\nfolder = "snapshots"\ninterval = "1s"\n'
            '[service]\ntick = "1s"\ndeliver = "1s"\n'
            '[mail]\ntransport = "smtp"\nhost = "127.0.0.1"\ntls = "none"\n'
            f'sender = "monitor@example.org"\noperator = "{OPERATOR}"\n'
            f"port = {self.stage.server.port}\n{own}{web}{readers}"
        )

    def says(self, as_of: str, *, holder: str) -> None:
        self.writes(
            f"{as_of}.yaml",
            f"kind: posts.kind.yaml\nsituation: posts\nas_of: {as_of}\n"
            f"posts:\n  - id: chair\n    holder: {holder}\n",
        )

    def writes(self, name: str, text: str) -> None:
        """A file that has stood still since before the scene began."""
        path = self.snapshots / name
        path.write_text(text)
        os.utime(path, (NOON.timestamp() - 3600, NOON.timestamp() - 3600))

    async def rounds(self, number: int, *, minutes: int = 20) -> None:
        node = await self._start(self.now.isoformat(), str(minutes), str(number))
        self.now += timedelta(minutes=minutes * number)
        if await node.wait():
            self.stage.wrong.append(f"the command failed: {self.log.read_text()[-300:]}")

    @contextlib.asynccontextmanager
    async def service(self, *, descriptors: int) -> AsyncIterator[int]:
        """The service with its web part; its port."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._web = free.getsockname()[1]
        self.configure()

        def few() -> None:
            resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

        node = await self._start(prepare=few)
        try:
            yield self._web
        finally:
            node.send_signal(signal.SIGTERM)
            await node.wait()

    async def _start(self, *plan: str, prepare: Callable[[], None] | None = None) -> Process:
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.faults.whole",
                self.stage.breakage,
                *plan,
                cwd=self.stage.folder,
                env=os.environ
                | {"PYTHONPATH": str(ROOT), "MONITOR_STORE_URL": self.stage.url}
                | {"MONITOR_SECRET": "of the tests"},
                stdout=log,
                stderr=log,
                preexec_fn=prepare,
            )

    async def until_told(self, version: int) -> None:
        """Every reader stands at this version and is owed nothing. Raises TimeoutError."""
        store = self.stage.store
        async with asyncio.timeout(PATIENCE):
            while True:
                readers = store.subscriptions.all()
                told = {one.told for reader in readers for one in reader.pointers}
                stands = len(readers) == len(self.readers) and told == {version}
                if stands and not self.rows("pending", "retry", "claimed"):
                    return
                await asyncio.sleep(0.1)

    def rows(self, *states: MessageState) -> tuple[MessageRow, ...]:
        return tuple(self.stage.store.outbox.find(states=states, limit=10_000))

    def expect_nobody_judged(self) -> None:
        wrong, store = self.stage.wrong, self.stage.store
        if dead := self.rows("dead"):
            wrong.append(f"{len(dead)} messages are dead: {dead[0].state_reason}")
        if suppressed := store.suppressions.all():
            wrong.append(f"{len(suppressed)} addresses are suppressed")
        states = {one.state for one in store.subscriptions.all()}
        if states - {"active"}:
            wrong.append(f"readers are {sorted(states)}")

    def expect_said(self, sort: str) -> None:
        """The operator's list of what stands names it."""
        standing = [one.condition for one in self.stage.store.notices.standing()]
        if not any(one.partition(":")[0] == sort for one in standing):
            self.stage.wrong.append(f"nothing is said of {sort}: {standing}")

    def expect_all_arrived(self) -> None:
        """All that is owed, but for what died and was told anew; to the operator as well."""
        rows = self.rows()
        self.stage.owed += [row.message_id for row in rows if row.state != "dead"]
        arrived = {one.recipient for one in self.stage.arrived()}
        if missing := {*self.readers} - arrived:
            self.stage.wrong.append(f"never told: {sorted(missing)}")
        for reader in self.stage.store.subscriptions.all():
            latest = self.stage.store.versions.latest("posts")
            if latest is None or {one.told for one in reader.pointers} != {latest.id}:
                self.stage.wrong.append(f"{reader.spec.address} stands at {reader.pointers}")
