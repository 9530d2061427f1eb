"""Several nodes on one PostgreSQL, stopped and let go on at random: `make faults ARGS=pointers`.

Situations appear, versions come in, a part of the messages dies; every move of a pointer is logged
by the database, and the log must prove that nobody lost anything and nobody was told twice.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import LiteralString

import psycopg

from monitor.model.record import Record
from monitor.pipeline.readers.provision import provision
from tests.faults.moves import install, read
from tests.faults.node import Node, clock, opened
from tests.faults.proof import Proof, prove
from tests.posts import KIND

SITUATIONS = ("posts", "seats")
"""The second appears in the middle."""

PATIENCE = 200
"""Passes until all is told: a reader whose messages died may wait for days before the next."""

_READER = """
[[subscriptions]]
address = "r{number}@example.org"
situations = ["posts", "seats"]
cadence = "{cadence}"
"""


class Plan(Record):
    """How much is played. `pause` is how long the first node is stopped while it welcomes."""

    nodes: int = 3
    readers: int = 400
    seconds: float = 60.0
    pause: float = 9.0
    every: float = 1.0
    """Seconds between versions, and between pauses."""
    seed: int = 1


LONG = Plan()
SHORT = Plan(nodes=2, readers=24, seconds=2.0, pause=0.8, every=0.3)


def play(url: str, folder: Path, plan: Plan, *, breakage: str = "") -> Proof:
    """Raises TimeoutError when the nodes do not come up or what is owed is not told in time."""
    for name in ("snapshots", "config"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "snapshots" / "posts.kind.yaml").write_text(KIND)
    (folder / "config" / "monitor.toml").write_text(_config(plan.readers))
    install(url)
    epoch = time.time()
    last = opened(url, folder, clock(epoch), mortal=False)
    provision(last.program, clock(epoch))
    stage = _Stage(url, folder, plan, epoch, random.Random(plan.seed))
    with stage.nodes(breakage) as nodes:
        stage.perturb(nodes)
    _settle(last, url, clock(epoch))
    last.program.store.close()
    return prove(read(url), welcomes_each=len(SITUATIONS))


@dataclass(slots=True)
class _Stage:
    url: str
    folder: Path
    plan: Plan
    epoch: float
    lots: random.Random
    versions: int = 0

    @contextmanager
    def nodes(self, breakage: str) -> Iterator[list[subprocess.Popen[bytes]]]:
        started = [self.start(f"n{i}", breakage) for i in range(self.plan.nodes)]
        try:
            for i in range(len(started)):
                _until(lambda i=i: (self.folder / f"n{i}.ready").exists(), 240)  # type: ignore[misc]
            yield started
            (self.folder / "stop").touch()
            for node in started:
                node.wait(
                    timeout=240
                )  # a pass over hundreds of readers, on a machine that does other work
        finally:
            for node in started:
                node.kill()
                node.wait()

    def start(self, name: str, breakage: str) -> subprocess.Popen[bytes]:
        orders = [self.url, str(self.folder), name, str(self.epoch), breakage]
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.faults.node", *orders],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                stderr=log,
            )

    def perturb(self, nodes: list[subprocess.Popen[bytes]]) -> None:
        """One node is stopped while it welcomes; then any at random, never all at once."""
        plan, asleep = self.plan, dict[int, float]()
        self.says("posts")
        _until(lambda: self.welcomes() >= plan.readers // 10, 60)
        asleep[0] = self.stop(nodes[0], plan.pause)
        began = time.monotonic()
        appeared = False
        while time.monotonic() - began < plan.seconds:
            if not appeared and time.monotonic() - began > plan.seconds / 3:
                appeared = True
                self.says("seats")
            self.says(self.lots.choice(SITUATIONS if appeared else SITUATIONS[:1]))
            self.wake(nodes, asleep)
            which = self.lots.randrange(len(nodes))
            if which not in asleep and len(asleep) < len(nodes) - 1:
                asleep[which] = self.stop(nodes[which], self.lots.uniform(0.2, plan.pause / 2))
            time.sleep(plan.every * self.lots.uniform(0.5, 1.5))
        self.wake(nodes, asleep, at=float("inf"))

    def stop(self, node: subprocess.Popen[bytes], seconds: float) -> float:
        node.send_signal(signal.SIGSTOP)
        return time.monotonic() + seconds

    def wake(
        self,
        nodes: list[subprocess.Popen[bytes]],
        asleep: dict[int, float],
        *,
        at: float | None = None,
    ) -> None:
        now = time.monotonic() if at is None else at
        for which in [which for which, until in asleep.items() if until <= now]:
            nodes[which].send_signal(signal.SIGCONT)
            del asleep[which]

    def says(self, situation: str) -> None:
        """The next version of a situation, as a file that has stood still for a while."""
        self.versions += 1
        now = clock(self.epoch)
        text = (
            f"kind: posts.kind.yaml\nsituation: {situation}\nas_of: {now:%Y-%m-%dT%H:%M:%SZ}\n"
            f"posts:\n  - {{id: president, holder: Holder {self.versions}}}\n"
            f"  - {{id: speaker, holder: Same, note: 'note {self.versions}'}}\n"
        )
        hidden = self.folder / "snapshots" / f".{self.versions}"
        hidden.write_text(text)
        before = (now - timedelta(minutes=1)).timestamp()
        os.utime(hidden, (before, before))
        hidden.rename(self.folder / "snapshots" / f"{self.versions:05}.yaml")

    def welcomes(self) -> int:
        return _count(self.url, "SELECT count(*) FROM outbox WHERE reason = 'welcome'")


def _settle(node: Node, url: str, now: datetime) -> None:
    """Time goes on until everything is told and nothing is owed. Raises TimeoutError."""
    outbox = node.program.store.outbox
    for _ in range(PATIENCE):
        now += timedelta(minutes=40)
        node.passes(now)
        if outbox.next_due(now=now) is None and not _behind(url):
            return
    raise TimeoutError("what is owed is not told")


def _behind(url: str) -> int:
    """How many pointers do not stand at the latest version of their situation."""
    return _count(
        url,
        "SELECT count(*) FROM pointers WHERE told <> (SELECT id FROM versions"
        " WHERE versions.situation = pointers.situation AND state = 'current'"
        " ORDER BY as_of DESC, revision DESC LIMIT 1)",
    )


def _count(url: str, query: LiteralString) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _config(readers: int) -> str:
    cadences = ("hourly", "at-once")
    entries = (
        _READER.format(number=number, cadence=cadences[number % 2]) for number in range(readers)
    )
    return '[sources.posts]\nfolder = "snapshots"\ninterval = "1s"\n' + "".join(entries)


def _until(holds: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("what was waited for did not come")
        time.sleep(0.02)
