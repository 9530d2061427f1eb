"""A digest for many, whose node is killed before each COMMIT in turn; and several nodes at once.

`make faults ARGS=editions`. Told once, by one rendering, whatever happens: the store is asked.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from monitor.model.record import Record
from monitor.pipeline.flow import one_pass
from monitor.pipeline.readers.provision import provision
from monitor.store import Store
from tests.faults.node import MONDAY, Node, opened
from tests.posts import KIND

READERS = 30
MOST = 40
"""More commits than a pass over so few has."""

TRIES = 20
"""Nodes after a killed one, of which the first find its claim still running."""

TERMS = ("Europe/Kyiv", "Europe/Paris", "Europe/Warsaw")

_READER = """
[[subscriptions]]
address = "r{number}@example.org"
situations = ["posts"]
cadence = "daily 07:00"
zone = "{zone}"
"""


class Day(Record):
    """What one morning came to. `excused`: renderings that a kill has cost."""

    what: str
    messages: int
    renderings: int
    digests: int
    excused: int
    wrong: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.wrong and self.renderings <= self.digests + self.excused

    @property
    def line(self) -> str:
        counts = (
            f"{self.messages:6} messages {self.renderings:3} renderings {self.digests:3} digests"
        )
        return (
            f"{self.what:44}{counts}  {'' if self.holds else f'FAILED {self.wrong[:3]}'}".rstrip()
        )


@dataclass
class Place:
    """A database, a folder, and the readers in it."""

    url: str
    folder: Path
    readers: int = READERS
    terms: int = 1
    now: datetime = MONDAY
    days: int = 0
    _before: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for name in ("snapshots", "config"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "snapshots" / "posts.kind.yaml").write_text(KIND)
        zones = (TERMS[number % self.terms] for number in range(self.readers))
        each = (_READER.format(number=n, zone=zone) for n, zone in enumerate(zones))
        config = '[sources.posts]\nfolder = "snapshots"\ninterval = "1s"\n' + "".join(each)
        (self.folder / "config" / "monitor.toml").write_text(config)
        self._says("none")
        node = self._open()
        provision(node.program, self.now)
        one_pass(node.program, node.memory, self.now)
        self._close(node)

    def morning(self, commit: int = 0, *, nodes: int = 1) -> tuple[Day, bool]:
        """News, and a night; then so many nodes, of which one dies. Whether it did."""
        self.days += 1
        self._says(f"note {self.days}")
        node = self._open()
        one_pass(node.program, node.memory, self.now)
        known = len(node.program.store.outbox.find(reason="digest", limit=100_000))
        made = _digests(node.program.store)
        self._close(node)
        self.now += timedelta(days=1)
        (self.folder / "rendered").write_text("")
        died = self._run(commit, nodes)
        for _ in range(TRIES if died else 0):
            if not self._due():
                break
            self._run(0, 1)
        what = f"killed before COMMIT {commit}" if commit else f"{nodes} nodes"
        return self._judged(what, known, made, excused=int(died)), died

    def _run(self, commit: int, nodes: int) -> bool:
        for old in self.folder.glob("*.ready"):
            old.unlink()
        (self.folder / "wait").touch()
        orders = [self.url, str(self.folder), self.now.isoformat(), str(commit)]
        several = [
            subprocess.Popen([sys.executable, "-m", "tests.faults.edition", *orders])
            for _ in range(nodes)
        ]
        until = time.monotonic() + 240
        while len(list(self.folder.glob("*.ready"))) < nodes and time.monotonic() < until:
            time.sleep(0.02)
        (self.folder / "wait").unlink()
        codes = [one.wait(240) for one in several]
        assert set(codes) <= {0, -signal.SIGKILL}, codes
        return -signal.SIGKILL in codes

    def _due(self) -> bool:
        node = self._open()
        try:
            return bool(node.program.store.due.numbers(self.now))
        finally:
            self._close(node)

    def _judged(self, what: str, known: int, made: int, *, excused: int) -> Day:
        node = self._open()
        store = node.program.store
        latest = store.versions.latest("posts")
        rows = store.outbox.find(reason="digest", limit=100_000)
        fresh = Counter(row.recipient for row in rows[: len(rows) - known])
        everybody = store.subscriptions.all()
        wrong = [
            f"{one.spec.address} has {fresh[one.spec.address]}"
            for one in everybody
            if fresh[one.spec.address] != 1
        ]
        wrong += [
            f"{one.spec.address} stands elsewhere"
            for one in everybody
            if latest is None or {pointer.told for pointer in one.pointers} != {latest.id}
        ]
        renderings = len((self.folder / "rendered").read_text())
        digests = _digests(store) - made
        self._close(node)
        return Day(
            what=what,
            messages=fresh.total(),
            renderings=renderings,
            digests=digests,
            excused=excused,
            wrong=tuple(wrong),
        )

    def _says(self, note: str) -> None:
        day = f"{self.now - timedelta(days=1):%Y-%m-%d}"
        file = self.folder / "snapshots" / f"{day}.yaml"
        entry = f"posts: [{{id: president, holder: Adam, note: {note}}}]"
        file.write_text(f"kind: posts.kind.yaml\nsituation: posts\nas_of: '{day}'\n{entry}\n")
        still = (self.now - timedelta(minutes=1)).timestamp()
        os.utime(file, (still, still))

    def _open(self) -> Node:
        return opened(self.url, self.folder, self.now)

    def _close(self, node: Node) -> None:
        node.program.store.nodes.stop(now=self.now)
        node.program.store.close()


def _digests(store: Store) -> int:
    with store._database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM editions").scalar_one())


def killed(place: Place, commits: range = range(1, MOST)) -> Iterator[Day]:
    """Each COMMIT in turn, until a pass has no more of them."""
    for commit in commits:
        day, died = place.morning(commit)
        yield day
        if not died:
            return
