"""A small world that speaks the domain: somebody writes files, time passes, mail arrives.

The cast: ana reads daily at seven in Kyiv, ben at once, cleo had the same as ben and unsubscribed.
The database and the files are real; the clock and the mailbox are the world's own.
"""

from __future__ import annotations

import asyncio
import email
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import policy
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml

from monitor.deliver.channel import Answer, Reached, Reply
from monitor.deliver.dispatch import Dispatcher
from monitor.mail.message import envelope
from monitor.model.message import Bounce, Claimed, Envelope, Outcome, Result
from monitor.model.record import replace
from monitor.model.subscription import SubscriptionSpec
from monitor.pipeline.delivery import Addressed, Bodies
from monitor.pipeline.flow import Memory, one_pass
from monitor.pipeline.intake.line import Written
from monitor.pipeline.intake.taking import read, take_in_snapshot
from monitor.pipeline.passed import Passed
from monitor.pipeline.program import Program, open_program
from monitor.pipeline.readers.provision import provision, start
from monitor.pipeline.readers.subscribing import subscribe
from monitor.render import Templates, load_templates
from monitor.settings import load
from tests.posts import KIND

T = TypeVar("T")

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A noon on which nobody's digest is due."""

CONFIG = """
[sources.posts]
folder = "snapshots"
interval = "1s"

[mail]
operator = "operator@example.org"

[hold]
early = "30d"

[[subscriptions]]
address = "ana@example.org"
situations = ["posts"]
cadence = "daily 07:00"
zone = "Europe/Kyiv"

[[subscriptions]]
address = "ben@example.org"
situations = ["posts"]
cadence = "at-once"

[[subscriptions]]
address = "cleo@example.org"
situations = ["posts"]
cadence = "at-once"
"""


@dataclass(frozen=True, slots=True)
class Mail:
    """What arrived: to whom, its subject and its text."""

    to: str
    subject: str
    text: str
    message_id: str


@dataclass(slots=True)
class Mailbox:
    """The channel: keeps what it takes, unless it is told how to answer a recipient."""

    taken: list[Envelope] = field(default_factory=list)
    answers: dict[str, Outcome] = field(default_factory=dict)

    def encode(self, message: Claimed, body: bytes, /) -> Envelope:
        return envelope(message.recipient, message.splice, body)

    async def send(self, envelope: Envelope, /, *, deadline: float) -> Answer:
        if envelope.recipient in self.answers:
            return Reply("rcpt", 0, envelope.recipient)
        self.taken.append(envelope)
        return Reached("")

    def judge(self, answer: Answer, /) -> Outcome:
        if isinstance(answer, Reply):
            return self.answers[answer.text]
        return Outcome(result=Result.SENT)

    async def close(self) -> None: ...

    def refuses(self, recipient: str, bounce: Bounce | None = None) -> None:
        self.answers[recipient] = Outcome(
            result=Result.PERMANENT, phase="rcpt", code=550, text="no such mailbox", bounce=bounce
        )

    def is_slow(self, recipient: str) -> None:
        self.answers[recipient] = Outcome(result=Result.TEMPORARY, phase="rcpt", code=450)


class World:
    """One node, its folder and its mailbox. `url` may be shared by several worlds."""

    def __init__(
        self, folder: Path, url: str, *, config: str = CONFIG, now: datetime = MONDAY
    ) -> None:
        self.folder, self.url, self.now = folder, url, now
        self.mailbox = Mailbox()
        (folder / "snapshots").mkdir(parents=True, exist_ok=True)
        (folder / "config").mkdir(exist_ok=True)
        (folder / "snapshots" / "posts.kind.yaml").write_text(KIND)
        self.program = self._open(config)

    def _open(self, config: str) -> Program:
        file = self.folder / "config" / "monitor.toml"
        file.write_text(config)
        env = {"MONITOR_STORE_URL": self.url, "MONITOR_SECRET": "of the tests"}
        program = open_program(load(file, env=env))
        program = start(replace(program, templates=_templates()), self.now)
        provision(program, self.now)
        self.memory = Memory()
        return program

    def restarts(self, *, config: str = CONFIG) -> None:
        self.program.store.close()
        self.program = self._open(config)

    def writes(self, file: str, text: str) -> None:
        """A file that has stood still for a while; a new folder has the kind of its own."""
        path = self.folder / "snapshots" / file
        if not path.parent.exists():
            path.parent.mkdir()
            (path.parent / "posts.kind.yaml").write_text(KIND)
        path.write_text(text)
        before = (self.now - timedelta(minutes=1)).timestamp()
        os.utime(path, (before, before))

    def says(
        self,
        as_of: str,
        *,
        situation: str = "posts",
        file: str | None = None,
        coverage: str = "full",
        **posts: str,
    ) -> None:
        """`president="X"` or `president="X; a note"`: who holds which post."""
        name = as_of if situation == "posts" else f"{situation}-{as_of}"
        text = _posts(as_of, situation, coverage, posts)
        self.writes(file or f"{name}.yaml", text)

    def adds(self, as_of: str, *, coverage: str = "full", **posts: str) -> Written:
        """The same, said by hand."""
        data = _posts(as_of, "posts", coverage, posts).encode()
        folder, settings = self.folder / "snapshots", self.program.settings
        snapshot = read(data, name=f"{as_of}.yaml", folder=folder, settings=settings)
        return take_in_snapshot(self.program, snapshot, data, self.now)

    def removes(self, file: str) -> None:
        (self.folder / "snapshots" / file).unlink()

    def subscribes(self, address: str, *, start: str) -> None:
        """Somebody who follows the posts at once, from a day on."""
        spec = SubscriptionSpec(
            address=address, name="digest", situations=("posts",), cadence="at-once", start=start
        )
        subscribe(self.program, spec, self.now)

    def passes(self, **later: float) -> Passed:
        """Time goes on (`hours=1`), then one pass is made."""
        self.now += timedelta(**later) if later else timedelta(seconds=5)
        return one_pass(self.program, self.memory, self.now)

    def mail(self, to: str | None = None) -> list[Mail]:
        """Hand over what is owed; what arrived since the last call, for one reader or all."""
        asyncio.run(self._deliver())
        arrived = [_read(envelope) for envelope in self.mailbox.taken]
        self.mailbox.taken.clear()
        return [mail for mail in arrived if to is None or mail.to.startswith(to)]

    def hears(self, **later: float) -> list[Mail]:
        self.passes(**later)
        return self.mail()

    async def _deliver(self) -> None:
        dispatcher = Dispatcher(
            outbox=Addressed(self.program),
            channel=self.mailbox,
            body=Bodies(self.program.store),
            run=_at_once,
            clock=lambda: self.now,
            log=lambda event, /, **facts: None,
        )
        await dispatcher.run_once()

    def close(self) -> None:
        self.program.store.close()


def _posts(as_of: str, situation: str, coverage: str, posts: Mapping[str, str]) -> str:
    entries = []
    for post, words in posts.items():
        holder, _, note = words.partition("; ")
        entries.append({"id": post, "holder": holder} | ({"note": note} if note else {}))
    document = {
        "kind": "posts.kind.yaml",
        "situation": situation,
        "as_of": as_of,
        "coverage": coverage,
        "posts": entries,
    }
    return yaml.safe_dump(document)


@cache
def _templates() -> Templates:
    """Compiled once for all worlds."""
    return load_templates(None)


async def _at_once(call: Callable[[], T], /) -> T:
    return call()


def _read(envelope: Envelope) -> Mail:
    message = email.message_from_bytes(envelope.data, policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    return Mail(
        to=envelope.recipient,
        subject=str(message["subject"]),
        text=body.get_content(),
        message_id=str(message["message-id"]),
    )
