"""What is in hand is sent within seconds, however slow the relay is."""

from __future__ import annotations

import asyncio

from monitor.deliver.pace import AHEAD, Pace


def learned(seconds: float, *, senders: int = 4, batch: int = 50) -> Pace:
    pace = Pace(senders=senders, batch=batch)
    for _ in range(20):
        pace.took(seconds)
    return pace


def test_a_quick_relay_gets_whole_batches() -> None:
    assert learned(0.005).most == 50


def test_a_slow_relay_gets_what_it_takes_in_a_second() -> None:
    assert learned(0.5).most == int(4 * AHEAD / 0.5)


def test_each_sender_has_something_to_do_however_slow_the_relay_is() -> None:
    assert learned(20.0).most == 4


def test_little_is_taken_in_hand_while_nobody_knows() -> None:
    assert Pace(senders=4, batch=50).most == 8
    assert Pace(senders=4, batch=1).most == 1


def test_a_relay_that_becomes_slow_is_noticed_within_some_messages() -> None:
    pace = learned(0.005)
    for _ in range(10):
        pace.took(2.0)
    assert pace.most == 4


def test_more_is_claimed_when_enough_of_it_is_done() -> None:
    async def scene() -> list[str]:
        pace, said = learned(1.0), []
        pace.begin(2 * pace.most)

        async def work() -> None:
            for _ in range(pace.most):
                said.append("sent")
                pace.end()
                await asyncio.sleep(0)

        async with asyncio.TaskGroup() as group:
            group.create_task(work())
            await pace.room()
            said.append("claimed")
        return said

    said = asyncio.run(scene())
    assert said.index("claimed") == said.count("sent")
