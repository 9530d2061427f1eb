"""Several nodes on one PostgreSQL: whether they share the work or do it several times."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from benchmarks.scale import world
from benchmarks.scale.budget import BUDGET
from benchmarks.scale.runs import Place
from benchmarks.scale.table import Table, seconds

NUMBERS = (1, 2, 4)
BEFORE = (2,)
FILES = 40
LIMIT, LIMIT_BEFORE = 120.0, 40.0
"""Seconds in which a part of the work has to be done."""
START_LIMIT = 90.0
LEASE_LIMIT = 100.0
"""Also those after which a claim of a node that was stopped is void."""


@dataclass
class Node:
    process: subprocess.Popen[bytes]

    def says(self) -> dict[str, int]:
        assert self.process.stdout is not None
        found: dict[str, int] = json.loads(self.process.stdout.readline())
        return found

    def counts(self) -> Counter[str]:
        self.process.send_signal(signal.SIGUSR1)
        return Counter(self.says())


@contextlib.contextmanager
def running(place: Place, url: str, number: int) -> Iterator[list[Node]]:
    """That many nodes, each after its first pass."""
    order = json.dumps({"url": url, "folder": str(place.folder)})
    command = [sys.executable, "-m", "benchmarks.scale.node", order]
    environment = {**os.environ, "PYTHONPATH": str(place.code.root)}
    nodes = [
        Node(
            subprocess.Popen(command, stdout=subprocess.PIPE, cwd=place.code.root, env=environment)
        )
        for _ in range(number)
    ]
    late = threading.Timer(START_LIMIT, _kill, [nodes])
    late.start()
    try:
        for node in nodes:
            assert node.process.stdout is not None
            assert node.process.stdout.readline() == b"ready\n", "a node did not start"
        late.cancel()
        yield nodes
    finally:
        late.cancel()
        for node in nodes:
            node.process.send_signal(signal.SIGCONT)
            node.process.send_signal(signal.SIGKILL)
            node.process.wait()


def _kill(nodes: list[Node]) -> None:
    for node in nodes:
        node.process.kill()


class Asking:
    """Plain questions of a database whose schema may be of another version."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(
            url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool
        )

    def one(self, question: str) -> Any:
        with self._engine.connect() as connection:
            return connection.execute(text(question)).scalar_one()

    def all(self, question: str) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(text(question)))

    @property
    def messages(self) -> int:
        return int(self.one("SELECT count(*) FROM outbox"))

    @property
    def compared(self) -> int:
        return int(self.one("SELECT count(*) FROM versions WHERE compared_at IS NOT NULL"))


def share(place: Place, table: Table) -> None:
    """Files, digests of many kinds, and one digest for a crowd."""
    if place.server is None:
        return
    for number in BEFORE if place.is_before else NUMBERS:
        with _copy(place) as url:
            _share(place, table, url, number)
    if not place.is_before:
        with _copy(place) as url:
            _stopped(place, table, url)


def _share(place: Place, table: Table, url: str, number: int) -> None:
    asking, sizes = Asking(url), place.sizes
    limit = LIMIT_BEFORE if place.is_before else LIMIT
    with running(place, url, number) as nodes:
        put = _putter(place, table, f"{number} node{'s' * (number > 1)}")
        before = asking.compared
        names = world.write_news(place.folder, FILES)
        took = wait(lambda: asking.compared - before >= FILES, limit=limit)
        files = _sum(nodes)
        for name in names:
            (place.folder / "snapshots" / name).unlink()
        put("taken in, comparisons, for each file", _per(files, FILES, "taken in", "comparisons"))
        known, rows = asking.messages, int(asking.one("SELECT count(*) FROM digests"))
        _due(place, url, "one", sizes["readers"])
        took = wait(lambda: asking.messages - known >= sizes["readers"], limit=limit)
        made = int(asking.one("SELECT count(*) FROM digests")) - rows
        digests = _sum(nodes) - files
        put(
            f"{made} digests for {sizes['readers']:,} readers: renderings for each",
            f"{digests['renderings'] / max(made, 1):.2f}; {_rate(sizes['readers'], took)}",
            goal="1.00",
        )
        known = asking.messages
        _due(place, url, "crowd", sizes["crowd"])
        took = wait(lambda: asking.messages - known >= sizes["crowd"], limit=limit)
        put(f"one digest for {sizes['crowd']:,} readers", _rate(sizes["crowd"], took))


def _stopped(place: Place, table: Table, url: str) -> None:
    """One of two nodes is stopped in the middle, and goes on when all is done."""
    asking, crowd = Asking(url), place.sizes["crowd"]
    with running(place, url, 2) as nodes:
        known = asking.messages
        _due(place, url, "crowd", crowd)
        wait(lambda: asking.messages > known)
        nodes[0].process.send_signal(signal.SIGSTOP)
        took = wait(lambda: asking.messages - known >= crowd, limit=LEASE_LIMIT)
        nodes[0].process.send_signal(signal.SIGCONT)
        time.sleep(3)
        twice = len(
            asking.all(
                "SELECT subscription_id FROM outbox WHERE reason = 'digest'"
                " GROUP BY subscription_id HAVING count(*) > 1"
            )
        )
        cell = f"{seconds(took)}, {twice} told twice" if took else f"not in {LEASE_LIMIT:.0f} s"
        what = f"one of 2 nodes stopped while it tells {crowd:,}: told by the other after"
        table.put(what, place.sort, place.code.name, cell, goal="0 told twice")


def wait(done: Callable[[], bool], *, limit: float = LIMIT) -> float | None:
    """Seconds until it is so; None when it is not in time."""
    began, limit = time.perf_counter(), BUDGET.left(limit)
    while time.perf_counter() - began < limit:
        if done():
            return time.perf_counter() - began
        time.sleep(0.1)
    return None


def _putter(place: Place, table: Table, nodes: str) -> Callable[..., None]:
    def put(what: str, cell: str, *, goal: str = "") -> None:
        table.put(f"{nodes}: {what}", place.sort, place.code.name, cell, goal=goal)

    return put


def _sum(nodes: list[Node]) -> Counter[str]:
    found: Counter[str] = Counter()
    for node in nodes:
        found.update(node.counts())
    return found


def _per(counts: Counter[str], number: int, *names: str) -> str:
    return ", ".join(f"{counts[name] / number:.2f}" for name in names)


def _rate(readers: int, took: float | None) -> str:
    return "not in time" if took is None else f"{readers / took:,.0f} readers/s"


def _due(place: Place, url: str, of: str, readers: int) -> None:
    place.run("due", url=url, of=of, readers=readers, told=[world.DAYS[0]])


@contextlib.contextmanager
def _copy(place: Place) -> Iterator[str]:
    url = place.fresh()
    try:
        yield url
    finally:
        place.drop(url)
