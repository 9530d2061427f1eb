"""The cases that one process measures, by name. Each returns plain figures."""

from __future__ import annotations

import importlib
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from benchmarks.scale import bare, fill, world
from benchmarks.scale.counts import Counts
from benchmarks.scale.explaining import Explaining, Finding
from monitor.model.subscription import Pointers, SubscriptionSpec
from monitor.pipeline.flow import Memory, one_pass, passing
from monitor.pipeline.program import Program
from monitor.store import tables

TICK = timedelta(seconds=5)
IDLE_TICKS = 20
PART = 50

Found = dict[str, Any]
Case = Callable[[Program, Counts, dict[str, Any]], Found]


def fill_database(program: Program, _: Counts, order: dict[str, Any]) -> Found:
    folder = Path(order["folder"])
    began = time.perf_counter()
    texts = {path.name: path.read_text() for path in (folder / "snapshots").glob("*.json")}
    fill.fill(program, folder, texts, order["sizes"])
    return {"seconds": time.perf_counter() - began}


def idle(program: Program, counts: Counts, order: dict[str, Any]) -> Found:
    """The first pass of a fresh process, and ticks at which nothing is new."""
    memory, now = _as_served(), datetime.now(UTC)
    first = _measured(counts, lambda: one_pass(program, memory, now))
    # What the first pass leaves to the next ones (a history read through, for example).
    for _again in range(2):
        now += TICK
        one_pass(program, memory, now)
    ticks: list[Found] = []
    late = time.perf_counter() + order["limit"]
    while not ticks or (len(ticks) < IDLE_TICKS and time.perf_counter() < late):
        now += TICK
        ticks.append(_measured(counts, lambda now=now: one_pass(program, memory, now)))  # type: ignore[misc]
    ticks.sort(key=lambda tick: tick["cpu"])
    middle = ticks[len(ticks) // 2]
    return {
        "first": first,
        "ticks": len(ticks),
        "queries": statistics.median(tick["queries"] for tick in ticks),
        "cpu": middle["cpu"],
        "most": ticks[-1],
        "steps": middle["steps"],
    }


def _as_served() -> Memory:
    """With what the service gives it, where there is such a thing: the system tells of changes."""
    memory = Memory()
    with suppress(ImportError):
        stirring = importlib.import_module("monitor.collect.stirring")
        memory.looks.stirring = stirring.Stirring()
    return memory


def changed(program: Program, counts: Counts, order: dict[str, Any]) -> Found:
    """A file for each of some boards: taken in, compared, told to nobody yet."""
    folder, boards = Path(order["folder"]), order["changed"]
    memory, now = Memory(), datetime.now(UTC)
    for _again in range(3):
        one_pass(program, memory, now)
        now += TICK
    idle = _measured(counts, lambda: one_pass(program, memory, now))
    written = world.write_news(folder, boards)
    before = _versions(program)
    try:
        now += timedelta(minutes=2)
        found = _measured(counts, lambda: _until_taken_in(program, memory, now, before + boards))
    finally:
        for name in written:
            (folder / "snapshots" / name).unlink()
    return {
        "cpu": (found["cpu"] - idle["cpu"]) / boards,
        "queries": (found["queries"] - idle["queries"]) / boards,
        "calls": found["calls"],
    }


def slot(
    program: Program,
    counts: Counts,
    order: dict[str, Any],
    *,
    begin: Callable[[], None] = lambda: None,
) -> Found:
    """A slot of many readers, with news or without; stopped when `limit` seconds have passed.
    `begin` is called when they are due."""
    now = datetime.now(UTC)
    memory = Memory()
    one_pass(program, memory, now)
    since = now - timedelta(minutes=1)
    fill.due(program, order["of"], order["readers"], since=since, told=order.get("told", ()))
    now, asked, size = now + TICK, _due(program, since), _stored(program)
    late = time.perf_counter() + order["limit"]

    begin()

    def run() -> None:
        for tick in range(1000):
            for _ in passing(program, memory, now + tick * TICK):
                if time.perf_counter() > late:
                    return
            if _due(program, since) == 0:
                return

    found = _measured(counts, run)
    if order.get("again") and _due(program, since) == 0:
        # The next day in the same process, in which nothing has changed either.
        since, now = since + timedelta(days=1), now + timedelta(days=1)
        fill.due(program, order["of"], order["readers"], since=since)
        late = time.perf_counter() + order["limit"]
        found["again"] = _measured(counts, run)
    left, messages = _due(program, since), _messages(program)
    found |= {"done": asked - left, "messages": messages, "left": left}
    found["room"] = (_stored(program) - size) / max(1, messages)
    if order.get("bare"):
        found |= bare.rates(program, order["bare"])
    return found


def due(program: Program, _: Counts, order: dict[str, Any]) -> Found:
    """Makes readers due, while nodes serve the database."""
    since = datetime.now(UTC) - timedelta(minutes=1)
    fill.due(program, order["of"], order["readers"], since=since, told=order["told"])
    return {}


def alarms(program: Program, _: Counts, order: dict[str, Any]) -> Found:
    """A reader for each of some boards who is told at once of what is critical."""
    now = datetime.now(UTC)
    for number in range(order["boards"]):
        situation = f"{world.BOARD}-{number}"
        spec = SubscriptionSpec(
            address=f"alarm{number}@example.org",
            name="alarm",
            situations=(situation,),
            cadence="daily 07:00",
        )
        latest = program.store.versions.latest(situation)
        assert latest is not None
        told = Pointers(situation=situation, told=latest.id, alerted=latest.id)
        later = now + timedelta(hours=6)
        program.store.subscriptions.create(spec, [told], due_at=later, now=now)
    return {}


def plans(program: Program, counts: Counts, order: dict[str, Any]) -> Found:
    """An idle tick and a slot, watched for heavy statements or to have those explained."""
    memory, now = Memory(), datetime.now(UTC)
    one_pass(program, memory, now)
    finding, explaining = Finding(), Explaining(order["wanted"])
    listener = explaining if order["wanted"] else finding
    listener.listen()
    listener.active = True
    one_pass(program, memory, now + TICK)
    listener.active = False

    def begin() -> None:
        listener.active = True

    slot(program, counts, order, begin=begin)
    return {"heaviest": finding.heaviest(), "plans": explaining.plans}


def growth(program: Program, counts: Counts, order: dict[str, Any]) -> Found:
    """One situation gets version after version, fifty files at a time."""
    folder, memory, now = Path(order["folder"]), Memory(), datetime.now(UTC)
    one_pass(program, memory, now)
    before, parts, written = _stored(program), [], []
    raw, day = 0, date(2025, 1, 1)
    members = world.board(1, order["members"])
    try:
        for part in range(order["parts"]):
            for number in range(PART):
                members[number % len(members)]["phone"] += f"{part}"
                day += timedelta(days=1)
                name, said = world.file_of("growing", f"{day}"), ("growing", f"{day}", members)
                raw += len(content := world.as_text(*said))
                world.write(folder, name, content)
                written.append(name)
            now += timedelta(minutes=2)
            wanted = _versions(program) + PART
            parts.append(_measured(counts, partial(_until_taken_in, program, memory, now, wanted)))
    finally:
        for name in written:
            (folder / "snapshots" / name).unlink()
    each = [part["cpu"] / PART for part in parts]
    size = (_stored(program) - before) / len(written)
    return {"first": each[0], "last": each[-1], "size": size, "raw": raw / len(written)}


def _stored(program: Program) -> int:
    """Bytes of the whole database."""
    if program.store.is_sqlite:
        with program.store._database.raw() as driver:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return sum(file.stat().st_size for file in program.store.files())
    with program.store._database.read() as connection:
        whole = text("SELECT pg_database_size(current_database())")
        return int(connection.execute(whole).scalar_one())


@contextmanager
def _clock(found: Found) -> Iterator[None]:
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    found["cpu"], found["seconds"] = time.process_time() - cpu, time.perf_counter() - wall


def _measured(counts: Counts, work: Callable[[], object]) -> Found:
    counts.reset()
    found: Found = {}
    with _clock(found):
        work()
    steps = {
        name: [counts.step_cpu[name], counts.step_queries[name]] for name in counts.step_queries
    }
    return found | {"queries": counts.queries, "calls": dict(counts.calls), "steps": steps}


def _until_taken_in(program: Program, memory: Memory, now: datetime, versions: int) -> None:
    for tick in range(50):
        one_pass(program, memory, now + tick * TICK)
        if _versions(program) >= versions:
            return
    raise RuntimeError("the passes do not take the files in")


def _versions(program: Program) -> int:
    table = tables.versions
    query = select(func.count()).select_from(table).where(table.c.compared_at.is_not(None))
    with program.store._database.read() as connection:
        return int(connection.execute(query).scalar_one())


def _due(program: Program, since: datetime) -> int:
    table = tables.subscriptions
    query = select(func.count()).select_from(table).where(table.c.due_at == since)
    with program.store._database.read() as connection:
        return int(connection.execute(query).scalar_one())


def _messages(program: Program) -> int:
    with program.store._database.read() as connection:
        query = select(func.count()).select_from(tables.outbox)
        return int(connection.execute(query).scalar_one())


CASES: dict[str, Case] = {
    "fill": fill_database,
    "idle": idle,
    "changed": changed,
    "slot": slot,
    "plans": plans,
    "growth": growth,
    "due": due,
    "alarms": alarms,
}
