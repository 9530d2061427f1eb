"""A relay that takes no connection, met by processes that run for a moment each."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from monitor.pipeline.trouble.watching import record
from tests.integration.service.test_relay_refusals import ALWAYS, OPERATOR, READERS, Site, site
from tests.misbehaviour import Action, drop, raw, reply
from tests.smtp_server import arrivals

__all__ = ["site"]

TOLD = "mail cannot be sent since 2026-03-02 12:00 UTC: "


def operator_mails(site: Site) -> list[str]:
    return [one.recipient for one in arrivals(site.server.log) if one.recipient == OPERATOR]


@pytest.mark.parametrize(
    "action", [reply("554 5.7.1 no service for you"), drop, raw(b"\x00\x01 what\r\n")]
)
def test_each_short_run_knows_since_when_the_relay_takes_nothing(
    site: Site, action: Action
) -> None:
    async def scene() -> None:
        async with site.server:
            site.server.misbehave("connect", action, times=ALWAYS)
            await site.once()
            assert site.trouble == {}
            await site.once(minutes=4)
            assert site.trouble == {}
            for _ in range(3):
                await site.once(minutes=10)
                assert list(site.trouble) == ["relay"]
                assert site.trouble["relay"].startswith(TOLD)
            assert [one.condition for one in site.program.store.notices.standing()] == ["relay"]
            site.server.behave()
            for _ in range(3):
                await site.once(minutes=10)

    asyncio.run(scene())
    assert site.trouble == {}
    assert site.arrived == {f"{name}@example.org" for name in READERS} | {OPERATOR}
    assert len(operator_mails(site)) == 2  # that it began, and that it is over


def test_a_relay_that_is_not_there_is_trouble_without_another_run(site: Site) -> None:
    asyncio.run(site.once())
    site.now = datetime(2026, 3, 2, 12, 6, tzinfo=UTC)
    assert site.trouble["relay"].startswith(TOLD)


def test_a_relay_that_was_away_for_a_moment_is_no_trouble(site: Site) -> None:
    asyncio.run(site.once())

    async def scene() -> None:
        async with site.server:
            await site.once(minutes=2)

    asyncio.run(scene())
    site.now = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
    assert site.trouble == {}
    assert operator_mails(site) == []


def test_a_relay_that_is_back_when_the_next_run_comes_is_not_told_of(site: Site) -> None:
    async def scene() -> None:
        await site.once()
        async with site.server:
            for _ in range(3):
                await site.once(minutes=30)

    asyncio.run(scene())
    assert site.arrived == {f"{name}@example.org" for name in READERS}
    assert operator_mails(site) == []


def test_an_answer_to_one_recipient_does_not_end_it(site: Site) -> None:
    async def scene() -> None:
        async with site.server:
            site.server.misbehave("connect", reply("554 5.7.1 no"), times=ALWAYS)
            await site.once()
            site.server.behave()
            site.server.misbehave("rcpt", reply("451 4.3.0 later"), times=ALWAYS)
            for _ in range(4):
                await site.once(minutes=6)
                assert "relay" in site.trouble

    asyncio.run(scene())


def test_what_the_process_knows_as_well_as_the_tables_is_told_once(site: Site) -> None:
    both = {"relay": f"{TOLD}connect: gone"}
    for _ in range(2):
        record(site.program, site.now, found=both, own=both)
    assert [one.condition for one in site.program.store.notices.standing()] == ["relay"]
