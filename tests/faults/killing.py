"""Cases in which a process is killed, stopped or doubled: rows 1 to 8, 21, 23, 27, 43."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator

from monitor.model.record import replace
from tests.faults import telling
from tests.faults.case import Case, Scene
from tests.faults.stage import Stage
from tests.faults.worker import REFUSED
from tests.misbehaviour import reset

SLOT = "2026-02-17T07:00:00+00:00"
LARGE = 8_000_000
"""Octets: more than all socket buffers hold, so that a kill in the body finds some unsent."""


TAKEN_OVER_AFTER = 4.0
"""Seconds: longer than a healthy send takes on a busy machine, short enough to wait for."""


def cases() -> Iterator[Case]:
    for case in _cases():
        ends_by_itself = case.row in ("1", "2", "8", "23", "43")
        yield case if ends_by_itself else replace(case, lease=TAKEN_OVER_AFTER)


def _cases() -> Iterator[Case]:
    yield Case("1", "killed before COMMIT of message and pointers", _told("commit-tell"))
    yield Case("1", "killed before the transaction", _told("before-tell"))
    yield Case("2", "killed after that COMMIT, before a claim", _crash("before-claim"))
    yield Case("2", "told, killed at once, run again", _told("after-tell"))
    yield Case("3", "killed before COMMIT of the claim", _crash("commit-claim"))
    yield Case("3", "killed after the claim, before connecting", _crash("after-claim"), fast=True)
    for moment in ("connect", "ehlo", "mail", "rcpt", "data"):
        yield Case("3", f"killed at {moment.upper()}", _killed(moment))
    yield Case("4", "killed in the body", _killed_in_the_body)
    yield Case("5", "killed after the dot, not yet accepted", _killed("dot"))
    yield Case("5", "killed after the dot, accepted, no 250", _killed("accepted"), fast=True)
    yield Case("6", "killed after the 250, before the mark", _crash("before-mark"), fast=True)
    yield Case("6", "killed in a grouped mark", _crash("commit-mark", messages=40, nth=2))
    yield Case("6", "killed in full flight, 4 connections", _in_full_flight)
    yield Case("7", "killed after the mark's COMMIT", _crash("after-mark"))
    yield Case("8", "SIGTERM with sends in flight", _terminated, fast=True)
    yield Case("8", "SIGTERM, one send hangs after its dot", _terminated_while_hanging)
    yield Case("3+15", "killed, then reset without acceptance", _killed_then_reset)
    yield Case("21", "the reply to tell's COMMIT is lost", _told_twice)
    yield Case("21", "the reply to a claim's COMMIT is lost", _lost_reply("claim"))
    yield Case("21", "the reply to a mark's COMMIT is lost", _lost_reply("mark"), fast=True)
    yield Case("23", "a second service on one file", _second_service, databases=("sqlite",))
    yield Case("23", "a writer holds the file for a second", _busy, databases=("sqlite",))
    postgresql = ("postgresql",)
    yield Case("27", "two nodes, one queue", _two_nodes, databases=postgresql)
    yield Case("27", "two nodes tell the same slot", _two_tell, databases=postgresql)
    gone = _killed_with_much_in_hand
    yield Case("43", "killed with mail in hand for an hour", gone, databases=postgresql, fast=True)
    for moment, fast in (("rcpt", True), ("body", False), ("accepted", False)):
        yield Case(
            "27",
            f"stopped past its lease at {moment.upper()}, continued",
            _stopped_past_its_lease(moment),
            databases=postgresql,
            fast=fast,
        )
    yield Case("5, 6", "1,000 messages, killed ten times", _ten_kills, seconds=180)


def _crash(step: str, *, messages: int = 6, nth: int = 1) -> Scene:
    async def scene(stage: Stage) -> None:
        stage.owe(messages)
        await stage.run_until_done(stage.orders(crash=step, nth=nth))

    return scene


def _killed(moment: str) -> Scene:
    async def scene(stage: Stage) -> None:
        stage.owe(6)
        stage.kill_at(moment)
        await stage.run_until_done()

    return scene


async def _killed_with_much_in_hand(stage: Stage) -> None:
    """Its claims last for an hour: others take them when they have heard nothing of it for long."""
    stage.owe(60)
    stage.kill_at("rcpt", nth=20)
    await stage.run_until_done(stage.orders(lease=3600.0, silence=4.0))


async def _killed_in_the_body(stage: Stage) -> None:
    stage.owe(2, size=LARGE)
    stage.kill_at("body")
    await stage.run_until_done()


async def _in_full_flight(stage: Stage) -> None:
    stage.owe(120)
    stage.kill_at("accepted", nth=60)
    await stage.run_until_done(stage.orders(connections=4))


async def _terminated(stage: Stage) -> None:
    stage.owe(60)
    stage.kill_at("rcpt", signal_=signal.SIGTERM, nth=20)
    node = await stage.start(stage.orders(connections=4))
    await stage.finish(node)
    if stage.claimed():
        stage.wrong.append("messages were kept after SIGTERM")
    stage.server.behave()
    await stage.run_until_done()


async def _terminated_while_hanging(stage: Stage) -> None:
    async def hang_after_signal(session: object) -> bool:
        stage.signal_newest(signal.SIGTERM)
        await asyncio.Event().wait()
        return True

    stage.owe(4)
    stage.server.misbehave("accepted", hang_after_signal)
    stage.doubts += 1
    node = await stage.start(stage.orders(dot_patience=60.0))
    async with asyncio.timeout(20):
        await stage.finish(node)
    await stage.run_until_done()


async def _killed_then_reset(stage: Stage) -> None:
    """A kill says nothing about arrival; a doubt after it must still get its one retry."""
    stage.owe(3)
    stage.kill_at("mail")
    stage.server.misbehave("dot", reset)
    await stage.run_until_done()


def _lost_reply(call: str) -> Scene:
    async def scene(stage: Stage) -> None:
        stage.owe(6)
        await stage.run_until_done(stage.orders(lost_reply=call))

    return scene


def _told(step: str) -> Scene:
    """A due run dies; the next one makes the same digest, and only then has told moved."""

    async def scene(stage: Stage) -> None:
        telling.subscribe(stage.store, stage.now)
        orders = stage.orders(slot=SLOT)
        await stage.finish(await stage.start(stage.orders(slot=SLOT, crash=step)))
        _both_or_neither(stage)
        await stage.finish(await stage.start(orders))
        _both_or_neither(stage)
        _owed_from_store(stage)
        await stage.run_until_done()

    return scene


async def _told_twice(stage: Stage) -> None:
    """Whoever lost the answer asks again: one message, one move of the pointers."""
    telling.subscribe(stage.store, stage.now)
    for _ in range(3):
        await stage.finish(await stage.start(stage.orders(slot=SLOT)))
    _both_or_neither(stage)
    _owed_from_store(stage)
    await stage.run_until_done()


async def _two_tell(stage: Stage) -> None:
    telling.subscribe(stage.store, stage.now)
    nodes = [await stage.start(stage.orders(slot=SLOT)) for _ in range(3)]
    for node in nodes:
        await stage.finish(node)
    _both_or_neither(stage)
    _owed_from_store(stage)
    await stage.run_until_done()


def _both_or_neither(stage: Stage) -> None:
    reader = stage.store.subscriptions.find(telling.READER, "digest")
    latest = stage.store.versions.latest(telling.SITUATION)
    assert reader is not None and latest is not None
    moved = reader.pointers[0].told == latest.id
    rows = len(stage.store.outbox.find())
    if (rows, reader.seq) != (int(moved), int(moved)):
        stage.wrong.append(f"{rows} messages, seq {reader.seq}, told moved: {moved}")


def _owed_from_store(stage: Stage) -> None:
    rows = stage.store.outbox.find()
    stage.owed += [row.message_id for row in rows]
    if len(rows) != 1:
        stage.wrong.append(f"one digest was due and {len(rows)} were written")


async def _second_service(stage: Stage) -> None:
    stage.owe(20)
    first_has_begun = asyncio.Event()
    go_on = asyncio.Event()

    async def wait(session: object) -> bool:
        first_has_begun.set()
        await go_on.wait()
        return False

    stage.server.misbehave("rcpt", wait)
    first = await stage.start(stage.orders())
    await first_has_begun.wait()
    second = await stage.start(stage.orders())
    code = await second.wait()
    if code != REFUSED:
        stage.wrong.append(f"a second service was not refused but ended with {code}")
    go_on.set()
    await stage.finish(first)


async def _busy(stage: Stage) -> None:
    stage.owe(20)
    release = asyncio.Event()

    async def lock(session: object) -> bool:
        asyncio.get_running_loop().create_task(stage.hold_the_file(1.0, release))
        return False

    stage.server.misbehave("rcpt", lock)
    await stage.run_until_done()
    await release.wait()


async def _two_nodes(stage: Stage) -> None:
    stage.owe(200)
    nodes = [await stage.start(stage.orders(connections=2, lease=60.0)) for _ in range(2)]
    for node in nodes:
        await stage.finish(node)


def _stopped_past_its_lease(moment: str) -> Scene:
    """Continued, the node must notice that its time is up before it writes another dot."""

    async def scene(stage: Stage) -> None:
        if moment == "body":
            stage.owe(2, size=LARGE)
        else:
            stage.owe(6)
        paused = asyncio.Event()

        async def pause(session: object) -> bool:
            stage.signal_newest(signal.SIGSTOP)
            stage.account()
            paused.set()
            return False

        stage.server.misbehave(moment, pause)
        first = await stage.start(stage.orders())
        await paused.wait()
        second = await stage.start(stage.orders())
        await stage.finish(second)
        os.kill(first.pid, signal.SIGCONT)
        await stage.finish(first)

    return scene


async def _ten_kills(stage: Stage) -> None:
    stage.owe(1000)
    for kill in range(10):
        arrived = len(stage.arrived())
        stage.kill_at("accepted", nth=60 + kill)
        await stage.finish(await stage.start(stage.orders(connections=4)))
        stage.server.behave()
        if len(stage.arrived()) == arrived:
            stage.wrong.append("a life passed in which nothing was sent")
    await stage.run_until_done(stage.orders(connections=4))
