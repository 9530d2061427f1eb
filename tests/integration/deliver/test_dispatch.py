"""The dispatcher between an outbox in memory and a real server."""

from __future__ import annotations

import asyncio

import pytest

from monitor.deliver.summary import Summary
from monitor.errors import MessageUnsendable, StoreUnavailable
from monitor.model.message import Claimed, Envelope
from tests.integration.deliver.conftest import Certificates, Relay
from tests.integration.deliver.office import Office
from tests.integration.deliver.outbox import build
from tests.misbehaviour import call, reply, reset

ALWAYS = 1_000_000


@pytest.fixture
def office(relay: Relay) -> Office:
    return Office(relay)


def test_it_sends_all_that_is_owed_and_records_it(office: Office) -> None:
    async def scene(office: Office) -> None:
        for number in range(130):
            office.outbox.owes(f"m{number}")
        assert await office.dispatcher.run_once() == Summary(sent=130)

    office.work(scene)
    assert set(office.copies.values()) == {1}
    assert len(office.copies) == 130
    assert {row.state for row in office.outbox.rows.values()} == {"sent"}
    assert office.outbox.largest_claim == 50
    assert office.relay.server.connections == 4


def test_it_groups_what_it_records(office: Office) -> None:
    async def scene(office: Office) -> None:
        for number in range(100):
            office.outbox.owes(f"m{number}")
        await office.dispatcher.run_once()

    office.relay.server_options["durable"] = False
    office.work(scene)
    assert max(office.outbox.groups) > 1
    assert len(office.outbox.groups) < 100


def test_a_temporary_refusal_is_tried_again_later_and_arrives(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        office.server.misbehave("rcpt", reply("450 4.2.0 greylisted"))
        assert await office.dispatcher.run_once() == Summary(temporary=1)
        assert await office.dispatcher.run_once() == Summary()
        office.clock.passes(minutes=1)
        assert await office.dispatcher.run_once() == Summary(sent=1)

    office.work(scene)
    assert office.copies == {"<m1@monitor.test>": 1}


def test_a_permanent_refusal_beside_mail_that_is_taken_is_dead_with_its_reason(
    office: Office,
) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        office.outbox.owes("m2", to="ben@example.org")
        unknown = reply("550 5.1.1 no such user")
        office.server.misbehave("rcpt", unknown, to="ana@example.org", times=ALWAYS)
        assert await office.dispatcher.run_once() == Summary(sent=1, permanent=2, dead=1)

    office.work(scene)
    mark = office.outbox.of("m1").mark
    assert mark is not None
    assert (mark.outcome.code, mark.outcome.status) == (550, "5.1.1")
    assert office.told("message-dead")[0]["reason"] == "5.1.1 no such user"


def test_a_refusal_with_nobody_to_compare_it_with_is_tried_again(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        office.server.misbehave("rcpt", reply("550 relay not permitted"))
        assert await office.dispatcher.run_once() == Summary(permanent=1)
        assert office.state("m1") == "retry"
        office.clock.passes(minutes=1)
        assert await office.dispatcher.run_once() == Summary(sent=1)

    office.work(scene)
    assert office.copies == {"<m1@monitor.test>": 1}


def test_a_refusal_when_its_time_is_over_judges_nobody(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1", hours=0.01)
        office.server.misbehave("rcpt", reply("550 5.1.1 no such user"))
        assert await office.dispatcher.run_once() == Summary(temporary=1, dead=1)

    office.work(scene)
    mark = office.outbox.of("m1").mark
    assert mark is not None
    assert mark.outcome.bounce is None


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        ("rcpt", "504 5.5.2 Helo command rejected: need fully-qualified hostname"),
        ("rcpt", "550 relay not permitted"),
        ("rcpt", "450 4.7.1 later"),
        ("dot", "554 5.7.1 refused by policy"),
    ],
)
def test_a_relay_that_refuses_everybody_is_down_until_it_takes_mail(
    office: Office, moment: str, answer: str
) -> None:
    async def scene(office: Office) -> None:
        for number in range(12):
            office.outbox.owes(f"m{number}", to=f"reader{number}@example.org")
        office.server.misbehave(moment, reply(answer), times=ALWAYS)
        summary = await office.dispatcher.run_once()
        assert summary.dead == 0
        assert summary.released >= 12 - 4 - 2
        assert office.dispatcher.trouble is not None
        office.server.behave()
        office.clock.passes(minutes=2)
        stop = asyncio.Event()
        running = asyncio.create_task(office.dispatcher.run(stop))
        async with asyncio.timeout(30):
            while len(office.copies) < 12:
                await asyncio.sleep(0.05)
        stop.set()
        await running

    office.work(scene)
    assert set(office.copies.values()) == {1}
    assert office.dispatcher.trouble is None


@pytest.mark.parametrize(("moment", "copies"), [("dot", 1), ("accepted", 2)])
def test_a_doubt_is_cleared_up_by_one_retry_and_never_by_none(
    office: Office, moment: str, copies: int
) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        office.server.misbehave(moment, reset)
        assert await office.dispatcher.run_once() == Summary(unknown=1)
        office.clock.passes(minutes=4)
        assert await office.dispatcher.run_once() == Summary()
        office.clock.passes(minutes=1)
        assert await office.dispatcher.run_once() == Summary(sent=1)

    office.work(scene)
    assert office.copies == {"<m1@monitor.test>": copies}
    assert len({arrival.sha256 for arrival in office.relay.arrived}) == 1


def test_a_second_doubt_ends_it_because_it_may_have_arrived(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        office.server.misbehave("accepted", reset, times=2)
        await office.dispatcher.run_once()
        office.clock.passes(minutes=5)
        assert await office.dispatcher.run_once() == Summary(unknown=1, dead=1)

    office.work(scene)
    assert office.copies == {"<m1@monitor.test>": 2}
    assert office.state("m1") == "dead"


def test_a_relay_that_is_down_uses_up_no_attempts_and_releases_the_rest(office: Office) -> None:
    async def scene(office: Office) -> None:
        for number in range(40):
            office.outbox.owes(f"m{number}")
        await office.server.stop()
        summary = await office.dispatcher.run_once()
        assert 1 <= summary.temporary <= 4
        assert 1 <= summary.released <= 39
        assert {row.message.attempts for row in office.outbox.rows.values()} == {0}
        assert office.dispatcher.trouble is not None
        assert await office.dispatcher.run_once() == Summary()
        await office.server.start()

    office.work(scene)


def test_it_comes_back_by_itself_when_the_relay_does(office: Office) -> None:
    async def scene(office: Office) -> None:
        for number in range(40):
            office.outbox.owes(f"m{number}")
        stop = asyncio.Event()
        office.server.misbehave("sent", call(lambda: _stop_at(office, stop, 40)), times=ALWAYS)
        await office.server.stop()
        running = asyncio.create_task(office.dispatcher.run(stop))
        while office.dispatcher.trouble is None:
            await asyncio.sleep(0.01)
        await office.server.start()
        office.clock.passes(minutes=1)
        total = await asyncio.wait_for(running, 30)
        assert total.sent == 40
        assert office.dispatcher.trouble is None

    office.work(scene)
    assert set(office.copies.values()) == {1}


def _stop_at(office: Office, stop: asyncio.Event, number: int) -> None:
    if len(office.copies) == number:
        stop.set()


def test_a_message_that_cannot_be_built_does_not_hold_up_the_others(office: Office) -> None:
    def poisoned(message: Claimed) -> Envelope:
        if message.id == "never":
            raise MessageUnsendable("it has no recipient")
        if message.id == "broken":
            raise ZeroDivisionError("a mistake of ours")
        return build(message)

    async def scene(office: Office) -> None:
        for name in ("never", "broken", "fine"):
            office.outbox.owes(name)
        summary = await office.dispatcher.run_once()
        assert summary == Summary(sent=1, permanent=1, temporary=1, dead=1)

    office.build = poisoned
    office.work(scene)
    assert [office.state(name) for name in ("never", "broken", "fine")] == ["dead", "retry", "sent"]
    assert "a mistake of ours" in str(office.told("build-failed"))


def test_a_body_that_cannot_be_read_now_gives_the_message_back(office: Office) -> None:
    def unread(message: Claimed) -> Envelope:
        raise StoreUnavailable("the body does not answer")

    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        async with asyncio.timeout(5):
            await office.dispatcher.run_once()

    office.build = unread
    office.work(scene)
    assert office.state("m1") == "retry"


def test_an_expired_message_is_not_sent(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1", hours=1)
        office.clock.passes(hours=2)
        assert await office.dispatcher.run_once() == Summary(temporary=1, dead=1)

    office.work(scene)
    assert office.copies == {}


def test_the_same_message_is_tried_again_with_the_same_bytes(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        office.server.misbehave("accepted", reset)
        await office.dispatcher.run_once()
        office.clock.passes(minutes=5)
        await office.dispatcher.run_once()

    office.work(scene)
    first, second = office.relay.arrived
    assert first == second


@pytest.mark.parametrize("offered", ["PLAIN LOGIN CRAM-MD5", "LOGIN PLAIN", "CRAM-MD5 PLAIN"])
def test_a_refused_password_is_tried_once_by_one_connection(
    office: Office, certificates: Certificates, offered: str
) -> None:
    async def scene(office: Office) -> None:
        for number in range(30):
            office.outbox.owes(f"m{number}", to=f"reader{number}@example.org")
        summary = await office.dispatcher.run_once()
        assert summary.dead == summary.permanent == 0
        assert await office.dispatcher.run_once() == Summary()
        tries = [line for line in office.server.commands if line.startswith("AUTH")]
        assert len(tries) == 1
        assert tries[0].startswith("AUTH PLAIN ")
        assert office.dispatcher.trouble is not None
        assert office.dispatcher.trouble.lasts

    office.relay.server_options |= {
        "tls": certificates.right,
        "password": "open sesame",
        "mechanisms": offered,
    }
    office.relay.settings |= {
        "host": "localhost",
        "tls": "starttls",
        "ca_file": certificates.ca_file,
        "username": "monitor",
        "password": "sesame",
    }
    office.work(scene)
    assert {row.message.attempts for row in office.outbox.rows.values()} == {0}
