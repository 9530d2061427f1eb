"""Cases that need the whole program and its configuration: rows 38 to 41."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator

from tests.faults.case import Case, Scene
from tests.faults.desk import Desk
from tests.faults.stage import Stage
from tests.misbehaviour import Action, reply
from tests.smtp_server import Session

ALWAYS = 1_000_000
NAME = "desk.example.org"
ONLY_SENDER = "bounces@desk.example.org"

DESCRIPTORS = 256
HANGING = 300

Check = Callable[[Session], bool]


def cases() -> Iterator[Case]:
    for moment, answer in (
        ("mail", "550 5.1.0 not from you"),
        ("rcpt", "550 relay not permitted"),
        ("dot", "554 5.7.1 no"),
    ):
        name = f"{moment.upper()} {answer[:9]} for all, the operator too"
        yield Case("38", name, _all_refused(moment, answer))
    yield Case("38", "nobody but the operator is written to, for hours", _operator_alone, fast=True)
    yield Case("38", "all refused for three days", _three_days)
    yield Case("39", "another HELO name wanted, at EHLO", _named("ehlo", "550 5.7.1 bad name"))
    wanted = _named("rcpt", "504 5.5.2 Helo command rejected")
    yield Case("39", "another HELO name wanted, at RCPT", wanted)
    for moment in ("mail", "rcpt"):
        scene = _one_sender(moment)
        yield Case("40", f"one MAIL FROM only, at {moment.upper()}", scene, fast=moment == "mail")
    yield Case("41", "300 unfinished requests at the web part", _hanging)


def _all_refused(moment: str, answer: str) -> Scene:
    async def scene(stage: Stage) -> None:
        desk = Desk(stage)
        stage.server.misbehave(moment, reply(answer), times=ALWAYS)
        await desk.rounds(6, minutes=60)
        desk.expect_nobody_judged()
        desk.expect_said("relay")
        stage.server.behave()
        await desk.rounds(4, minutes=60)
        desk.expect_all_arrived()

    return scene


async def _operator_alone(stage: Stage) -> None:
    """A refused file is told to the operator, who has nobody to be compared with."""
    desk = Desk(stage, readers=())
    desk.writes("torn.yaml", "kind: [")
    stage.server.misbehave("rcpt", reply("550 relay not permitted"), times=ALWAYS)
    await desk.rounds(8, minutes=60)
    desk.expect_nobody_judged()
    desk.expect_said("operator-mail")
    stage.server.behave()
    await desk.rounds(4, minutes=60)
    desk.expect_all_arrived()


async def _three_days(stage: Stage) -> None:
    """Readers' mail expires and is told anew; the operator's waits."""
    desk = Desk(stage)
    stage.server.misbehave("rcpt", reply("550 relay not permitted"), times=ALWAYS)
    await desk.rounds(13, minutes=360)
    if dead := [row.id for row in desk.rows("dead") if row.reason == "operator"]:
        stage.wrong.append(f"the operator's mail is dead: {dead}")
    stage.server.behave()
    await desk.rounds(14, minutes=360)
    desk.expect_all_arrived()


def _named(moment: str, answer: str) -> Scene:
    return _mended(moment, answer, lambda session: session.name == NAME, ehlo_name=NAME)


def _one_sender(moment: str) -> Scene:
    return _mended(
        moment,
        "550 5.7.1 not your address",
        lambda session: session.sender == ONLY_SENDER,
        envelope_sender=ONLY_SENDER,
    )


def _mended(moment: str, answer: str, is_right: Check, **setting: str) -> Scene:
    """Refused as we are; then the configuration says what the relay wants."""

    async def scene(stage: Stage) -> None:
        desk = Desk(stage)
        stage.server.misbehave(moment, _unless(is_right, answer), times=ALWAYS)
        await desk.rounds(6, minutes=60)
        if stage.arrived():
            stage.wrong.append("the relay took what it does not want")
        desk.expect_nobody_judged()
        desk.expect_said("relay")
        desk.configure(**setting)
        await desk.rounds(4, minutes=60)
        desk.expect_all_arrived()

    return scene


def _unless(is_right: Check, answer: str) -> Action:
    async def act(session: Session) -> bool:
        return False if is_right(session) else await reply(answer)(session)

    return act


async def _hanging(stage: Stage) -> None:
    """More connections than the process may open files, while news comes in."""
    desk = Desk(stage)
    async with desk.service(descriptors=DESCRIPTORS) as port:
        await desk.until_told(2)
        async with _unfinished(port):
            desk.says("2026-03-01", holder="Berta")
            await desk.until_told(3)
    desk.expect_all_arrived()
    log = desk.log.read_text()
    if "Traceback" in log:
        stage.wrong.append("a traceback in the log")
    if len(log) > 100_000:
        stage.wrong.append(f"a log of {len(log)} octets")


@contextlib.asynccontextmanager
async def _unfinished(port: int) -> AsyncIterator[None]:
    """Clients that begin a request and do not end it; one that is let go comes again."""

    async def hang() -> None:
        while True:
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                with contextlib.closing(writer):
                    writer.write(b"GET /u/x HTTP/1.1\r\nHost: here\r\nX-Slow: ")
                    await reader.read()
            await asyncio.sleep(0.2)

    clients = [asyncio.create_task(hang()) for _ in range(HANGING)]
    try:
        await asyncio.sleep(1.0)
        yield
    finally:
        for one in clients:
            one.cancel()
        await asyncio.gather(*clients, return_exceptions=True)
