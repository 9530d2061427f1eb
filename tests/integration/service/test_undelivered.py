"""A reader who gets no mail: told once, and over when something has arrived."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.integration.service.test_relay_refusals import ALWAYS, OPERATOR, Site, site
from tests.misbehaviour import reply
from tests.smtp_server import arrivals

__all__ = ["site"]

ANA = "ana@example.org"
HARD = "550 5.3.0 not now"


def operator_mails(site: Site) -> int:
    return sum(one.recipient == OPERATOR for one in arrivals(site.server.log))


@pytest.mark.parametrize("other", ["450 4.2.0 greylisted", "451 4.3.0 busy"])
def test_answers_that_alternate_neither_end_it_nor_tell_it_again(site: Site, other: str) -> None:
    async def scene() -> None:
        async with site.server:
            for number in range(60):
                # Of two messages that take turns, none is refused for good twice in a row.
                said = (other, HARD, other)[number % 3]
                site.server.misbehave("rcpt", reply(said), to=ANA, times=1)
            await site.once()
            for _ in range(8):
                await site.once(minutes=70)
                assert [text for text in site.trouble.values() if ANA in text]
            assert operator_mails(site) == 1
            site.server.behave()
            for _ in range(6):
                await site.once(minutes=70)

    asyncio.run(scene())
    assert ANA in site.arrived
    assert site.trouble == {}
    assert operator_mails(site) == 2


def test_it_stands_while_the_message_is_being_tried(site: Site) -> None:
    async def scene() -> None:
        async with site.server:
            site.server.misbehave("rcpt", reply("450 4.2.0 greylisted"), to=ANA, times=1)
            site.server.misbehave("rcpt", reply(HARD), to=ANA, times=1)
            site.server.misbehave("rcpt", reply("450 4.2.0 greylisted"), to=ANA, times=ALWAYS)
            await site.once()
            await site.once(minutes=70)

    asyncio.run(scene())
    [name] = [name for name, text in site.trouble.items() if ANA in text]
    outbox = site.program.store.outbox
    site.program.store.nodes.start(now=site.now)
    waiting = [one.id for one in outbox.refused()]
    for number in waiting:
        outbox.retry(number, now=site.now, expires_at=site.now + timedelta(days=1))
    assert sorted(one.id for one in outbox.claim(limit=9, now=site.now)) == sorted(waiting) != []
    assert [one.id for one in outbox.refused()] == waiting
    assert name in site.trouble


def test_it_is_over_when_the_reader_wants_nothing_more(site: Site) -> None:
    async def scene() -> None:
        async with site.server:
            site.server.misbehave("rcpt", reply(HARD), to=ANA, times=ALWAYS)
            await site.once()
            [ana] = site.program.store.subscriptions.all(ANA)
            site.program.store.subscriptions.set_state(ana.id, "unsubscribed", now=site.now)
            await site.once(minutes=70)

    asyncio.run(scene())
    assert site.trouble == {}
