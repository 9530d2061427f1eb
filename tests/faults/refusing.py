"""Cases in which a relay refuses transactions, of all or of one: rows 35 to 38."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from monitor.store.records import Letter
from tests.faults import telling
from tests.faults.case import Case, Scene
from tests.faults.stage import Stage
from tests.misbehaviour import Action, reply

ALWAYS = 1_000_000
UNTIL_MENDED = 5
"""Refusals before the relay is mended: enough for a row of them, and for tries one by one."""

EVERYBODY = (
    ("mail", "550 5.1.0 not from you"),
    ("mail", "451 4.3.0 try again"),
    ("rcpt", "504 5.5.2 Helo command rejected"),
    ("rcpt", "550 relay not permitted"),
    ("rcpt", "550 5.1.1 <{to}> unknown here"),
    ("rcpt", "554 5.7.1 <{to}>: Relay access denied"),
    ("rcpt", "450 4.7.1 later"),
    ("rcpt", "452 4.2.2 full"),
    ("data", "554 5.5.1 no valid recipients"),
    ("dot", "554 5.7.1 rejected as 4Xq{number}"),
)


def cases() -> Iterator[Case]:
    for moment, answer in EVERYBODY:
        name = f"{moment.upper()} {answer[:9]} for all"
        yield Case("35", name, _refused_all(moment, answer), fast="504" in answer)
    yield Case("35", "RCPT 550 for all, killed in the row", _killed_in_the_row, lease=3.0)
    yield Case("35", "RCPT 550 for all, two nodes", _two_nodes, databases=("postgresql",))
    yield Case("36", "two bad addresses among good ones", _bad(2, good=6))
    # The breaker's pauses are real seconds: 1, 2, 4, 8, 15, 30 until each has been asked once.
    yield Case("36", "bad addresses in a row, then a good one", _bad(4, good=1), seconds=150)
    yield Case("36", "a bad address and nobody else", _bad(1, good=0))
    yield Case("36", "two bad addresses and nobody else", _bad(2, good=0))
    yield Case("37", "dead by policy: its reader rests", _rests)


def _refused_all(moment: str, answer: str) -> Scene:
    async def scene(stage: Stage) -> None:
        stage.owe(8)
        stage.server.misbehave(moment, _echoing(answer), times=UNTIL_MENDED)
        await stage.run_until_done()
        _expect_nobody_judged(stage)

    return scene


async def _killed_in_the_row(stage: Stage) -> None:
    stage.owe(6)
    stage.server.misbehave("rcpt", reply("550 relay not permitted"), times=UNTIL_MENDED)
    stage.kill_at("mail", nth=3)
    await stage.run_until_done()
    _expect_nobody_judged(stage)


async def _two_nodes(stage: Stage) -> None:
    stage.owe(12)
    stage.server.misbehave("rcpt", reply("550 relay not permitted"), times=2 * UNTIL_MENDED)
    nodes = [await stage.start(stage.orders()) for _ in range(2)]
    for node in nodes:
        await stage.finish(node)
    await stage.run_until_done()
    _expect_nobody_judged(stage)


def _bad(number: int, *, good: int) -> Scene:
    """Addresses that are really wrong end; nobody else does."""

    async def scene(stage: Stage) -> None:
        letters = stage.owe(number + good)
        wrong = letters[:number]
        for letter in wrong:
            answer = reply("550 5.1.1 no such user")
            stage.server.misbehave("rcpt", answer, to=letter.recipient, times=ALWAYS)
            stage.owed.remove(letter.message_id)
            stage.never.append(letter.message_id)
        await stage.run_until_done()
        _expect_suppressed(stage, wrong)

    return scene


async def _rests(stage: Stage) -> None:
    telling.subscribe(stage.store, stage.now)
    await stage.finish(await stage.start(stage.orders(slot="2026-02-17T07:00:00+00:00")))
    [row] = stage.store.outbox.find()
    stage.never.append(row.message_id)
    answer = reply("554 5.7.1 bad reputation")
    stage.server.misbehave("rcpt", answer, to=telling.READER, times=ALWAYS)
    stage.owe(3)
    await stage.run_until_done()
    stage.expect_dead(row.message_id)
    [reader] = stage.store.subscriptions.all()
    if reader.state != "active":
        stage.wrong.append(f"the reader is {reader.state}")
    ended = stage.store.outbox.get(row.id).ended_at
    assert ended is not None
    page = stage.store.subscriptions.page
    if page(due_by=ended + timedelta(minutes=4)) or not page(due_by=ended + timedelta(minutes=6)):
        stage.wrong.append("the reader does not rest for five minutes")


def _echoing(answer: str) -> Action:
    """What servers do: the address and a queue's number stand in the words."""
    number = 0

    async def act(session: object) -> bool:
        nonlocal number
        number += 1
        to = getattr(session, "recipient", None)
        return await reply(answer.format(to=to, number=number))(session)  # type: ignore[arg-type]

    return act


def _expect_nobody_judged(stage: Stage) -> None:
    if suppressed := stage.store.suppressions.all():
        stage.wrong.append(f"{len(suppressed)} addresses are suppressed")
    if dead := stage.store.outbox.find(states=("dead",)):
        stage.wrong.append(f"{len(dead)} messages are dead")


def _expect_suppressed(stage: Stage, wrong: Sequence[Letter]) -> None:
    for letter in wrong:
        stage.expect_dead(letter.message_id)
    found = {one.address for one in stage.store.suppressions.all()}
    if found != {letter.recipient for letter in wrong}:
        stage.wrong.append(f"suppressed are {sorted(found)}")
