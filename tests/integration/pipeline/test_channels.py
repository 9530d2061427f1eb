"""Subscriptions that name a channel: what they are told, what fails, and who is left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import pytest

from monitor.deliver.channel import Breakage, Reply
from monitor.deliver.retry import next_attempt
from monitor.deliver.summary import Summary
from monitor.deliver.webhook.judging import judge
from monitor.kinds.published import published_schema
from monitor.model.message import Bounce, Claimed, Mark, Outcome
from monitor.model.record import replace
from monitor.model.subscription import SubscriptionSpec
from monitor.pipeline.channels.ending import resume
from monitor.pipeline.channels.outbox import PAUSES, OfChannel, Way
from monitor.pipeline.delivery import make_dispatcher
from monitor.pipeline.preview import stored_bytes
from monitor.pipeline.readers.subscribing import subscribe
from monitor.pipeline.trouble.conditions import find_trouble
from monitor.store.records import MessageRow
from tests.integration.pipeline.world import CONFIG, World
from tests.receiver import SECRET, Receiver

ENTRY = """
[channels.desk]
kind = "webhook"
url = "env:DESK_HOOK"
secret = "env:DESK_SECRET"
private = ["127.0.0.1"]

[[subscriptions]]
channel = "desk"
situations = ["posts"]
cadence = "at-once"
"""
HOST = "hooks.example.org:443"
TAKEN = judge(Reply("answer", 204, ""))
BUSY = judge(Reply("answer", 503, "", 1800.0))
FAILS = judge(Reply("answer", 500, "oh"))
REFUSED = judge(Reply("answer", 404, "nothing here"))
GONE = judge(Reply("answer", 410, "gone"))
BROKEN = judge(Breakage("reach", ConnectionError("refused")))


@dataclass
class Desk:
    """A node that hands over to the channel as its host answers."""

    world: World
    days: int = 5

    @property
    def outbox(self) -> OfChannel:
        way = Way(name="desk", host=HOST, suspend_after=timedelta(days=self.days))
        return OfChannel(self.world.program.store, way)

    def claims(self) -> list[Claimed]:
        return list(self.outbox.claim(limit=10, now=self.world.now))

    def answers(self, outcome: Outcome) -> int:
        """All that may be sent now meets this; how many were."""
        claimed, now = self.claims(), self.world.now
        again = [next_attempt(one.attempts, outcome, now, one.expires_at) for one in claimed]
        marks = [
            Mark(message=one, outcome=outcome, next_attempt=at, began_at=now, ended_at=now)
            for one, at in zip(claimed, again, strict=True)
        ]
        assert all(self.outbox.mark(marks, now=now))
        return len(claimed)

    @property
    def messages(self) -> list[MessageRow]:
        store = self.world.program.store
        reader = store.subscriptions.find("channel:desk", "digest")
        assert reader is not None
        return list(reversed(store.outbox.find(subscription=reader.id)))

    def events(self) -> list[Any]:
        return [orjson.loads(stored_bytes(self.world.program, one)) for one in self.messages]

    @property
    def state(self) -> str:
        reader = self.world.program.store.subscriptions.find("channel:desk", "digest")
        assert reader is not None
        return reader.state

    def trouble(self) -> list[str]:
        found = find_trouble(self.world.program, self.world.now)
        return [text for text in found.values() if "channel" in text]


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_HOOK", "https://hooks.example.org/B0FTOKEN")
    monkeypatch.setenv("DESK_SECRET", SECRET)


@pytest.fixture
def desk(tmp_path: Path, database_url: str, secrets: None) -> Iterator[Desk]:
    """The posts are known, and the channel has been told so."""
    world = World(tmp_path / "world", database_url, config=CONFIG + ENTRY)
    world.says("2026-03-01", president="Adam", speaker="Berta")
    world.passes()
    desk = Desk(world)
    assert desk.answers(TAKEN) == 1
    yield desk
    world.close()


def test_it_is_welcomed_and_then_told_what_changed_in_the_published_form(desk: Desk) -> None:
    desk.world.says("2026-03-02", president="Cora", speaker="Berta")
    desk.world.passes()

    told, schema = desk.events(), published_schema("webhook")
    assert [one["type"] for one in told] == ["welcome", "digest"]
    assert [one["data"]["seq"] for one in told] == [1, 2]
    for one in told:
        found = jsonschema_rs.Draft202012Validator(schema).iter_errors(one)
        assert [f"{fault.instance_path} {fault.message}" for fault in found] == []
    (situation,) = told[1]["data"]["situations"]
    assert (situation["from"]["as_of"], situation["to"]["as_of"]) == ("2026-03-01", "2026-03-02")
    assert [one["sentence"] for one in situation["comparison"]["findings"]]
    assert sum(situation["counts"].values()) == len(situation["comparison"]["findings"])


def test_its_id_has_no_full_stop_and_stays_with_the_message(desk: Desk) -> None:
    desk.world.says("2026-03-02", president="Cora", speaker="Berta")
    desk.world.passes()
    before = desk.messages[-1]
    assert desk.answers(BUSY) == 1

    after = desk.messages[-1]
    assert (after.message_id, after.body) == (before.message_id, before.body)
    assert "." not in after.message_id
    assert after.attempts == 0


def test_mail_and_channel_never_take_each_others_messages(desk: Desk) -> None:
    desk.world.says("2026-03-02", president="Cora", speaker="Berta")
    desk.world.passes()

    assert {mail.to for mail in desk.world.mail()} == {
        "ana@example.org",
        "ben@example.org",
        "cleo@example.org",
    }
    assert [one.state for one in desk.messages] == ["sent", "pending"]
    assert [one.recipient for one in desk.claims()] == ["channel:desk"]


def test_a_host_that_asks_for_patience_gets_it_from_every_node(desk: Desk) -> None:
    desk.world.says("2026-03-02", president="Cora", speaker="Berta")
    desk.world.passes()
    assert desk.answers(BUSY) == 1

    desk.world.now += timedelta(minutes=29)
    assert Desk(desk.world).claims() == []
    desk.world.now += timedelta(minutes=2)
    assert desk.answers(TAKEN) == 1
    assert desk.world.program.store.breakers.all() == ()


def test_a_failing_host_is_tried_by_one_message_until_it_takes_one(desk: Desk) -> None:
    for name in ("second", "third"):
        spec = SubscriptionSpec(address="channel:desk", name=name, situations=("posts",))
        subscribe(desk.world.program, replace(spec, cadence="at-once"), desk.world.now)
    assert desk.answers(TAKEN) == 2
    desk.world.says("2026-03-02", president="Cora", speaker="Berta")
    desk.world.passes()
    assert desk.answers(BROKEN) == 3

    desk.world.now += PAUSES[2] + timedelta(seconds=21)
    assert len(desk.claims()) == 1, "one tries, and the others wait for what it meets"
    assert desk.claims() == []


def test_failures_of_single_messages_are_the_hosts_when_they_are_three_in_a_row(
    desk: Desk,
) -> None:
    desk.world.says("2026-03-02", president="Cora", speaker="Berta")
    desk.world.passes()
    store = desk.world.program.store
    pauses = []
    for _ in range(3):
        assert desk.answers(FAILS) == 1
        (host,) = [one for one in store.breakers.all() if one.name.startswith("host")]
        pauses.append(host.until - desk.world.now)
        desk.world.now += timedelta(hours=2)
    assert pauses == [timedelta(0), timedelta(0), PAUSES[2]]


def test_what_is_refused_again_and_again_is_dead_and_told_by_the_next_message(desk: Desk) -> None:
    desk.world.says("2026-03-02", president="Cora", speaker="Berta")
    desk.world.passes()
    tries = 0
    while desk.messages[-1].state != "dead":
        tries += desk.answers(REFUSED)
        desk.world.now += timedelta(hours=1)
    assert (tries, desk.state) == (8, "active")
    dead = "what is for channel:desk (digest) is not delivered: answer: 404 nothing here"
    assert dead in desk.trouble()

    desk.world.passes(hours=1)
    told = desk.events()[-1]["data"]
    assert told["seq"] == 3
    assert told["situations"][0]["to"]["as_of"] == "2026-03-02"
    assert told["situations"][0]["from"]["as_of"] == "2026-03-01"
    desk.answers(TAKEN)
    assert desk.trouble() == []


def test_410_suspends_at_once_the_operator_is_told_and_a_command_takes_it_up(desk: Desk) -> None:
    desk.world.says("2026-03-02", president="Cora", speaker="Berta")
    desk.world.passes()
    assert desk.answers(GONE) == 1

    assert desk.state == "suspended"
    (line,) = desk.trouble()
    assert line == (
        "channel:desk/digest is suspended: answer: 410 gone; when it is mended: "
        "monitor channel resume desk"
    )
    assert "B0FTOKEN" not in line
    store, now = desk.world.program.store, desk.world.now
    assert resume(store, "desk", HOST, now) == ("channel:desk/digest",)
    desk.world.passes()
    assert desk.state == "active"
    assert desk.events()[-1]["data"]["situations"][0]["to"]["as_of"] == "2026-03-02"
    desk.answers(TAKEN)
    assert desk.trouble() == []


def test_days_in_which_nothing_is_taken_suspend_it(desk: Desk) -> None:
    desk.world.says("2026-03-02", president="Cora", speaker="Berta")
    desk.world.passes()
    begun = desk.world.now
    while desk.state == "active" and desk.world.now - begun < timedelta(days=6):
        desk.answers(BROKEN)
        desk.world.passes(hours=3)
    assert timedelta(days=5) <= desk.world.now - begun < timedelta(days=5, hours=6)
    assert any("nothing was taken since" in one for one in desk.trouble())


def test_the_operator_hears_of_a_channel_that_takes_nothing_and_when_it_is_over(
    desk: Desk,
) -> None:
    desk.world.says("2026-03-02", president="Cora", speaker="Berta")
    desk.world.passes()
    desk.answers(BROKEN)
    assert desk.trouble() == []
    desk.world.now += timedelta(minutes=6)
    (line,) = desk.trouble()
    assert line.startswith("channel desk takes nothing since 2026-03-02")
    desk.answers(TAKEN)
    assert desk.trouble() == []


def test_what_a_webhook_takes_proves_nothing_about_mail_that_was_refused(desk: Desk) -> None:
    world = desk.world
    world.mail()
    world.mailbox.refuses("ben@example.org", Bounce.ADDRESS)
    world.says("2026-03-02", president="Cora", speaker="Berta")
    world.passes()
    ben = world.program.store.subscriptions.find("ben@example.org", "digest")
    assert ben is not None
    world.mail("ben@example.org")
    before = world.program.store.outbox.find(subscription=ben.id, limit=1)[0]

    assert desk.answers(TAKEN) == 1
    after = world.program.store.outbox.find(subscription=ben.id, limit=1)[0]
    assert (after.state, after.next_attempt) == (before.state, before.next_attempt)


def test_a_webhook_that_fails_is_no_trouble_of_the_relay(desk: Desk) -> None:
    desk.world.says("2026-03-02", president="Cora", speaker="Berta")
    desk.world.passes()
    desk.answers(BROKEN)
    desk.world.now += timedelta(minutes=10)
    assert desk.world.program.store.outbox.relay_trouble() is None


def test_a_message_that_would_be_too_large_counts_its_findings_and_says_so(
    tmp_path: Path, sqlite_url: str, secrets: None
) -> None:
    small = ENTRY.replace("private", 'most = "1 kB"\nprivate')
    config = CONFIG.replace("[mail]", '[mail]\npublic_url = "https://monitor.example.org"')
    world = World(tmp_path / "world", sqlite_url, config=config + small)
    try:
        world.says("2026-03-01", president="Adam", speaker="Berta")
        world.passes()
        world.says("2026-03-02", president="Cora", speaker="Dora")
        world.passes()
        told = Desk(world).events()[-1]["data"]
    finally:
        world.close()
    assert told["incomplete"] == "too many findings for one message"
    (situation,) = told["situations"]
    assert "comparison" not in situation
    assert sum(situation["counts"].values()) == 2
    assert situation["link"].startswith("https://monitor.example.org/situations/posts/compare?old=")


def test_the_whole_service_hands_it_over_signed_while_mail_goes_its_way(
    tmp_path: Path, sqlite_url: str, secrets: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Receiver() as receiver:
        monkeypatch.setenv("DESK_HOOK", receiver.address)
        world = World(tmp_path / "world", sqlite_url, config=CONFIG + ENTRY)
        world.says("2026-03-01", president="Adam", speaker="Berta")
        world.passes()

        async def deliver() -> Summary:
            async def run(call: Any) -> Any:
                return call()

            fleet = make_dispatcher(world.program, run=run, clock=lambda: world.now)
            try:
                return await fleet.run_once()
            finally:
                await fleet.close()

        summary = asyncio.run(deliver())
        world.close()
    assert summary.sent == 4
    (post,) = receiver.posts
    assert post.event["type"] == "welcome"
    assert len(list((tmp_path / "world" / "var" / "mail").rglob("*.eml"))) == 3
