"""Row 42: the same promises where a channel hands over, to a program of somebody's.

The receiver's log is the witness, as a mail server's is: an id and the hash of its body for each
message that it took. What arrives twice has one id and the same bytes, so that it can be dropped.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from monitor.model.channels import address_of
from monitor.store.opening import open_store
from monitor.store.records import Letter
from tests.faults.case import Case, Scene
from tests.faults.orders import Orders
from tests.faults.stage import Stage
from tests.faults.telling import LIFE
from tests.receiver import Post, Receiver, Says
from tests.smtp_server import Arrival

NAME = "desk"
ROW = "42"

TAKEN_OVER_AFTER = 4.0
"""Seconds of a lease, where another node takes over."""


@dataclass
class HookStage(Stage):
    """With a receiver in the place of the mail server."""

    receiver: Receiver = field(default=None)  # type: ignore[assignment]

    async def open(self) -> None:
        self.store = await asyncio.to_thread(open_store, self.url)
        self.receiver = Receiver(self.log)

    async def close(self) -> None:
        await self.end_nodes()
        self.receiver.__exit__()
        self.store.close()

    def orders(self, **changes: object) -> Orders:
        return super().orders(**({"hook": self.receiver.address} | changes))

    def owe(self, number: int, *, size: int = 2000) -> list[Letter]:
        text = '{"type":"digest","data":{"headline":"' + "Medinsky " * (size // 9) + '"}}'
        body, start = self.store.digests.add_body(text.encode()), len([*self.owed, *self.never])
        letters = [
            Letter(
                reason="digest",
                message_id=f"msg_{start + number}",
                body=body,
                recipient=address_of(NAME),
                splice={"channel": NAME},
                not_before=self.now,
                expires_at=self.now + LIFE,
            )
            for number in range(number)
        ]
        self.owe_letters(letters)
        return letters

    def arrived(self) -> list[Arrival]:
        if not self.log.exists():
            return []
        pairs = (line.split() for line in self.log.read_text().splitlines())
        return [
            Arrival(message_id=one, sender="", recipient="", size=0, sha256=digest)
            for one, digest in pairs
        ]

    def signals(self, signal_: int) -> Callable[[Post], None]:
        return lambda _: self.signal_newest(signal_)


def cases() -> Iterator[Case]:
    for name, scene, fast in _plain():
        yield Case(ROW, f"webhooks: {name}", scene, fast=fast, seconds=120, stage=HookStage)
    for name, scene, fast in _killed():
        yield Case(
            ROW,
            f"webhooks: {name}",
            scene,
            fast=fast,
            lease=TAKEN_OVER_AFTER,
            stage=HookStage,
        )
    for name, scene, fast in _of_nodes():
        yield Case(
            ROW,
            f"webhooks: {name}",
            scene,
            databases=("postgresql",),
            fast=fast,
            lease=TAKEN_OVER_AFTER,
            stage=HookStage,
        )


def _killed() -> Iterator[tuple[str, Scene, bool]]:
    yield "killed before COMMIT of the claim", _crash("commit-claim"), False
    yield "killed after the claim, before sending", _crash("after-claim"), False
    yield "killed before it was taken", _at_the_receiver(Says(status=503), "before"), False
    yield "killed when taken, before the answer", _at_the_receiver(Says(), "after"), True
    yield "killed before the mark", _crash("before-mark"), False
    yield "killed in a grouped mark", _crash("commit-mark", messages=40, nth=2), False
    yield "killed after the mark's COMMIT", _crash("after-mark"), False
    yield "killed while the host is left alone", _killed_while_it_rests, False
    yield "the reply to a claim's COMMIT is lost", _lost_reply("claim"), False
    yield "the reply to a mark's COMMIT is lost", _lost_reply("mark"), False


def _plain() -> Iterator[tuple[str, Scene, bool]]:
    yield "SIGTERM with sends in flight", _terminated, False
    yield "SIGTERM, one answer never comes", _terminated_while_silent, False
    yield "answers slowly, in time", _answers(Says(hangs=0.2)), False
    yield "answers too late, and has taken it", _answers(Says(hangs=5.0), doubts=2), False
    yield "takes it and never answers", _answers(Says(is_silent=True), doubts=2), False
    yield "takes it and answers half", _answers(Says(cuts=True), doubts=2), False
    yield "answers 500 three times", _answers(Says(status=500), times=3), False
    yield "answers 502, 503, 504", _answers(Says(502), Says(503), Says(504)), False
    busy = Says(status=429, headers={"Retry-After": "600"})
    yield "answers 429 with Retry-After", _answers(busy), False
    yield "answers 404, then is mended", _answers(Says(status=404)), False
    moved = Says(status=307, headers={"Location": "http://127.0.0.1:1/elsewhere"})
    yield "answers with a redirect", _answers(moved), False
    yield "answers 410 to one", _gone, True
    yield "answers 503 for a while to everything", _down_for_a_while, False


def _of_nodes() -> Iterator[tuple[str, Scene, bool]]:
    yield "two nodes, one queue", _two_nodes, False
    yield "stopped past its lease, then continued", _stopped_past_its_lease, True


def _crash(step: str, *, messages: int = 6, nth: int = 1) -> Scene:
    async def scene(stage: Stage) -> None:
        stage.owe(messages)
        await stage.run_until_done(stage.orders(crash=step, nth=nth))

    return scene


def _lost_reply(call: str) -> Scene:
    async def scene(stage: Stage) -> None:
        stage.owe(6)
        await stage.run_until_done(stage.orders(lost_reply=call))

    return scene


def _at_the_receiver(answer: Says, moment: str) -> Scene:
    async def scene(stage: Stage) -> None:
        at = _receiver(stage)
        kill = at.signals(signal.SIGKILL)
        answer_ = replace_hook(answer, moment, kill)
        at.owe(6)
        at.receiver.says(Says(), answer_)
        await at.run_until_done()

    return scene


def replace_hook(answer: Says, moment: str, hook: Callable[[Post], None]) -> Says:
    return Says(
        status=answer.status,
        before=hook if moment == "before" else None,
        after=hook if moment == "after" else None,
        # The answer must not come before the signal has.
        hangs=0.2,
    )


def _answers(*answers: Says, times: int = 2, doubts: int = 0) -> Scene:
    """Some answers, and then everything is taken."""

    async def scene(stage: Stage) -> None:
        at = _receiver(stage)
        at.owe(4)
        at.receiver.says(*(answers * times if len(answers) == 1 else answers))
        at.doubts += doubts
        await at.run_until_done()

    return scene


async def _gone(stage: Stage) -> None:
    at = _receiver(stage)
    (gone,) = at.owe(1)
    at.owed.remove(gone.message_id)
    at.never.append(gone.message_id)
    at.owe(3)
    at.receiver.says(Says(status=410))
    await at.run_until_done()
    at.expect_dead(gone.message_id)


async def _down_for_a_while(stage: Stage) -> None:
    """Half an hour of the program's time: it is asked seldomer and seldomer, by one message."""
    at = _receiver(stage)
    at.owe(20)
    at.receiver.says(*(Says(status=503) for _ in range(10)))
    await at.run_until_done()


async def _killed_while_it_rests(stage: Stage) -> None:
    at = _receiver(stage)
    at.owe(6)
    at.receiver.says(Says(status=503), Says(before=at.signals(signal.SIGKILL), hangs=0.2))
    await at.run_until_done()


async def _terminated(stage: Stage) -> None:
    at = _receiver(stage)
    at.owe(60)
    at.receiver.says(*(Says() for _ in range(20)), Says(before=at.signals(signal.SIGTERM)))
    await at.finish(await at.start(at.orders(connections=4)))
    if at.claimed():
        at.wrong.append("messages were kept after SIGTERM")
    await at.run_until_done()


async def _terminated_while_silent(stage: Stage) -> None:
    at = _receiver(stage)
    at.owe(4)
    at.receiver.says(Says(before=at.signals(signal.SIGTERM), hangs=8.0))
    at.doubts += 1
    async with asyncio.timeout(60):
        await at.finish(await at.start(at.orders()))
    await at.run_until_done()


async def _two_nodes(stage: Stage) -> None:
    stage.owe(200)
    nodes = [await stage.start(stage.orders(connections=2, lease=60.0)) for _ in range(2)]
    for node in nodes:
        await stage.finish(node)


async def _stopped_past_its_lease(stage: Stage) -> None:
    """Continued, its marks are late; what it had handed over has arrived once more."""
    at = _receiver(stage)
    at.owe(6)
    paused = asyncio.Event()
    loop = asyncio.get_running_loop()

    def pause(_: Post) -> None:
        at.signal_newest(signal.SIGSTOP)
        at.account()
        loop.call_soon_threadsafe(paused.set)

    at.receiver.says(Says(), Says(after=pause))
    first = await at.start(at.orders())
    await paused.wait()
    await at.finish(await at.start(at.orders()))
    os.kill(first.pid, signal.SIGCONT)
    await at.finish(first)


def _receiver(stage: Stage) -> HookStage:
    assert isinstance(stage, HookStage)
    return stage
