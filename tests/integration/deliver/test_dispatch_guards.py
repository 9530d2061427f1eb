"""What keeps the dispatcher from losing a message when stores, leases and services end."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from monitor.deliver.sending import DispatchSettings
from monitor.deliver.smtp_settings import Timeouts
from monitor.deliver.summary import Summary
from monitor.model.message import Result
from tests.integration.deliver.conftest import Relay
from tests.integration.deliver.office import Office
from tests.misbehaviour import Action, call, hang

ALWAYS = 1_000_000


@pytest.fixture
def office(relay: Relay) -> Office:
    return Office(relay)


def test_a_record_is_repeated_until_it_lands(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        office.outbox.fails("mark", times=4)
        assert await office.dispatcher.run_once() == Summary(sent=1)

    office.work(scene)
    assert office.copies == {"<m1@monitor.test>": 1}
    assert office.outbox.calls.count("mark") == 5
    assert len(office.told("mark-waits")) == 4


def test_sending_stops_while_nothing_can_be_recorded(office: Office) -> None:
    async def scene(office: Office) -> None:
        for number in range(400):
            office.outbox.owes(f"m{number}")
        office.outbox.fails("mark", times=ALWAYS)
        stop = asyncio.Event()
        running = asyncio.create_task(office.dispatcher.run_once(stop))
        while len(office.told("mark-waits")) < 5:
            await asyncio.sleep(0.01)
        sent = len(office.copies)
        assert sent < 200
        stop.set()
        await asyncio.wait_for(running, 30)
        assert len(office.copies) == sent
        assert office.told("mark-abandoned")

    office.settings = DispatchSettings(drain=0.1, poll=0.05)
    office.work(scene)


def test_nothing_is_sent_without_a_durable_claim(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        office.outbox.fails("claim", times=1)
        assert await office.dispatcher.run_once() == Summary()
        assert office.copies == {}
        assert await office.dispatcher.run_once() == Summary(sent=1)

    office.work(scene)


def test_a_claim_that_somebody_else_has_taken_over_is_counted_as_late(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        office.server.misbehave("dot", call(lambda: _taken_over(office)))
        assert await office.dispatcher.run_once() == Summary(late=1)

    office.work(scene)
    assert office.told("message-recorded-elsewhere")


def _taken_over(office: Office) -> None:
    row = office.outbox.of("m1")
    row.state = "pending"
    office.outbox.claim(limit=1, now=office.clock())


def test_nothing_is_begun_when_the_lease_is_nearly_over(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        assert await office.dispatcher.run_once() == Summary(released=1)

    office.settings = DispatchSettings(lease=30.0, margin=30.0)
    office.work(scene)
    assert office.copies == {}


def test_stopping_finishes_what_is_in_flight_and_gives_the_rest_back(office: Office) -> None:
    async def scene(office: Office) -> None:
        for number in range(60):
            office.outbox.owes(f"m{number}")
        stop = asyncio.Event()
        office.server.misbehave("rcpt", call(stop.set))
        await asyncio.wait_for(office.dispatcher.run(stop), 30)

    office.settings = DispatchSettings(drain=30.0)
    office.work(scene)
    states = Counter(row.state for row in office.outbox.rows.values())
    assert states["sent"] == len(office.copies) >= 1
    assert set(office.copies.values()) == {1}
    assert states["sent"] + states["retry"] + states["pending"] == 60


def test_stopping_does_not_wait_for_a_server_that_hangs(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("before", to="before@example.org")
        office.outbox.owes("after", to="after@example.org")
        stop = asyncio.Event()
        office.server.misbehave("rcpt", hang, to="before@example.org")
        office.server.misbehave("accepted", _stop_and_hang(stop), to="after@example.org")
        async with asyncio.timeout(30):
            await office.dispatcher.run(stop)

    office.relay.settings["timeouts"] = Timeouts()
    office.settings = DispatchSettings(drain=0.2)
    office.work(scene)
    assert office.state("before") == "retry"
    assert office.outbox.of("before").message.attempts == 0
    after = office.outbox.of("after").mark
    assert after is not None
    assert after.outcome.result is Result.UNKNOWN


def _stop_and_hang(stop: asyncio.Event) -> Action:
    async def act(session: Any) -> bool:
        stop.set()
        return await hang(session)

    return act


def test_waking_it_delivers_at_once(office: Office) -> None:
    async def scene(office: Office) -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(office.dispatcher.run(stop))
        while "next_due" not in office.outbox.calls:
            await asyncio.sleep(0.01)
        office.server.misbehave("sent", call(stop.set))
        office.outbox.owes("m1")
        office.dispatcher.wake()
        assert (await asyncio.wait_for(running, 30)).sent == 1

    office.settings = DispatchSettings(poll=60.0)
    office.work(scene)


def test_what_waited_too_long_for_its_turn_of_a_rate_is_given_back(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        assert await office.dispatcher.run_once() == Summary(released=1)

    office.settings = DispatchSettings(grant=0.0)
    office.work(scene)
    assert office.copies == {}


def test_with_a_rate_no_more_is_claimed_than_can_be_begun_at_once(office: Office) -> None:
    async def scene(office: Office) -> None:
        for number in range(10):
            office.outbox.owes(f"m{number}")
        assert await office.dispatcher.run_once() == Summary(sent=10)

    office.settings = DispatchSettings(senders=3, grant=20.0)
    office.work(scene)
    assert office.outbox.largest_claim == 3
