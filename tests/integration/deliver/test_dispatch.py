"""The dispatcher between an outbox in memory and a real server."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from monitor.deliver.dispatch import Dispatcher
from monitor.deliver.ports import Build
from monitor.deliver.sending import DispatchSettings
from monitor.deliver.smtp_settings import Timeouts
from monitor.deliver.summary import Summary
from monitor.errors import MessageUnsendable, StoreUnavailable
from monitor.model.message import Claimed, Envelope, Result
from tests.integration.deliver.conftest import Relay
from tests.integration.deliver.outbox import Clock, MemoryOutbox, build
from tests.misbehaviour import Action, call, hang, reply, reset
from tests.smtp_server import SmtpServer

T = TypeVar("T")
ALWAYS = 1_000_000


async def run(work: Callable[[], T]) -> T:
    return await asyncio.to_thread(work)


class Office:
    """Outbox, clock, relay and dispatcher, with the log it wrote."""

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self.outbox = MemoryOutbox()
        self.clock = Clock()
        self.events: list[tuple[str, dict[str, object]]] = []
        self.build: Build = build
        self.settings = DispatchSettings(drain=0.3, poll=0.05)
        self.dispatcher: Dispatcher = None  # type: ignore[assignment]

    @property
    def server(self) -> SmtpServer:
        return self.relay.server

    def log(self, event: str, /, **facts: object) -> None:
        self.events.append((event, facts))

    def told(self, event: str) -> list[dict[str, object]]:
        return [facts for name, facts in self.events if name == event]

    def work(self, scene: Callable[[Office], Awaitable[None]]) -> None:
        async def play(relay: Relay) -> None:
            self.dispatcher = Dispatcher(
                outbox=self.outbox,
                transport=relay.transport,
                build=self.build,
                run=run,
                clock=self.clock,
                log=self.log,
                settings=self.settings,
            )
            await scene(self)

        self.relay.run(play)

    @property
    def copies(self) -> Counter[str]:
        return Counter(arrival.message_id for arrival in self.relay.arrived)

    def state(self, name: str) -> Any:
        return self.outbox.of(name).state


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


def test_a_permanent_refusal_is_dead_with_its_reason(office: Office) -> None:
    async def scene(office: Office) -> None:
        office.outbox.owes("m1")
        office.server.misbehave("rcpt", reply("550 5.1.1 no such user"))
        assert await office.dispatcher.run_once() == Summary(permanent=1, dead=1)

    office.work(scene)
    mark = office.outbox.of("m1").mark
    assert mark is not None
    assert (mark.outcome.code, mark.outcome.status) == (550, "5.1.1")
    assert office.told("message-dead")[0]["reason"] == "5.1.1 no such user"


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
        assert summary.temporary + summary.released == 40
        assert 1 <= summary.temporary <= 4
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
        total = await asyncio.wait_for(running, 20)
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
        await asyncio.wait_for(running, 10)
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
        await asyncio.wait_for(office.dispatcher.run(stop), 10)

    office.settings = DispatchSettings(drain=5.0)
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
        async with asyncio.timeout(5):
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
        assert (await asyncio.wait_for(running, 5)).sent == 1

    office.settings = DispatchSettings(poll=60.0)
    office.work(scene)


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
