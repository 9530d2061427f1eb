"""A relay that refuses, through the whole program: who is told, who is judged, what is said."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.data import data_path
from monitor.pipeline.program import Program, open_program
from monitor.pipeline.trouble.conditions import find_trouble
from monitor.service.service import Service
from monitor.settings import load
from tests.misbehaviour import reply
from tests.smtp_server import SmtpServer, arrivals

ALWAYS = 1_000_000
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
READERS = ("ana", "ben", "cleo", "dan")
OPERATOR = "desk@example.org"


@dataclass
class Site:
    """A program beside its relay; each `once` is a process of its own, minutes later."""

    program: Program
    server: SmtpServer
    now: datetime = NOW

    async def once(self, *, minutes: float = 0) -> None:
        self.now += timedelta(minutes=minutes)
        await Service(self.program, clock=lambda: self.now).once()

    @property
    def trouble(self) -> dict[str, str]:
        return find_trouble(self.program, self.now)

    @property
    def states(self) -> set[str]:
        return {one.state for one in self.program.store.subscriptions.all()}

    @property
    def arrived(self) -> set[str]:
        return {one.recipient for one in arrivals(self.server.log)}


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    server = SmtpServer(tmp_path / "server.log", durable=False)
    asyncio.run(_find_a_port(server))
    names = getattr(request, "param", READERS)
    readers = "".join(
        f'[[subscriptions]]\naddress = "{name}@example.org"\nsituations = ["ukraine-talks"]\n'
        'cadence = "at-once"\nstart = "2026-02-05"\n'
        for name in names
    )
    config = (
        '[sources.talks]\nfolder = "talks"\n'
        '[mail]\ntransport = "smtp"\nhost = "127.0.0.1"\ntls = "none"\n'
        f'sender = "monitor@example.org"\noperator = "{OPERATOR}"\nport = {server.port}\n{readers}'
    )
    shutil.copytree(data_path("snapshots") / "ukraine-talks", tmp_path / "talks")
    for path in (tmp_path / "talks").iterdir():
        os.utime(path, (NOW.timestamp() - 60, NOW.timestamp() - 60))
    (tmp_path / "config").mkdir()
    file = tmp_path / "config" / "monitor.toml"
    file.write_text(config)
    program = open_program(load(file, env={"MONITOR_STORE_URL": sqlite_url}))
    yield Site(program, server)
    program.store.close()


async def _find_a_port(server: SmtpServer) -> None:
    async with server:
        pass


@pytest.mark.parametrize(
    "answer", ["504 5.5.2 Helo command rejected", "550 5.1.1 unknown", "554 5.7.1 denied"]
)
def test_a_relay_that_refuses_everybody_silences_nobody(site: Site, answer: str) -> None:
    async def scene() -> None:
        async with site.server:
            site.server.misbehave("rcpt", reply(answer), times=ALWAYS)
            for _ in range(3):
                await site.once(minutes=1)
            assert site.states == {"active"}
            assert site.program.store.suppressions.all() == ()
            assert site.program.store.outbox.find(states=("dead",)) == ()
            [text] = [text for name, text in site.trouble.items() if name.startswith("relay:")]
            assert answer in text
            site.server.behave()
            for _ in range(3):
                await site.once(minutes=2)

    asyncio.run(scene())
    assert site.arrived == {f"{name}@example.org" for name in READERS} | {OPERATOR}
    assert site.trouble == {}


WORDS = ("550 5.1.1 unknown", "554 5.7.1 denied", "451 4.3.0 later", "504 5.5.2 bad name")


def test_a_relay_that_refuses_each_in_another_way_is_named_once(site: Site) -> None:
    async def scene() -> None:
        async with site.server:
            for turn in range(4):
                for place, name in enumerate(READERS):
                    answer = reply(WORDS[(turn + place) % len(WORDS)])
                    site.server.misbehave("rcpt", answer, to=f"{name}@example.org", times=ALWAYS)
                site.server.misbehave("rcpt", reply(WORDS[turn]), to=OPERATOR, times=ALWAYS)
                await site.once(minutes=70)
                names = [name for name in site.trouble if name != "operator-mail"]
                assert names == ["relay:varied"]
                site.server.behave()
            assert site.states == {"active"}
            for _ in range(3):
                await site.once(minutes=70)

    asyncio.run(scene())
    assert site.trouble == {}
    assert site.arrived == {f"{name}@example.org" for name in READERS} | {OPERATOR}


@pytest.mark.parametrize("site", [READERS, ("ana",)], indirect=True)
def test_a_wrong_address_ends_and_the_operator_hears_of_it(site: Site) -> None:
    async def scene() -> None:
        async with site.server:
            unknown = reply("550 5.1.1 no such user")
            site.server.misbehave("rcpt", unknown, to="ana@example.org", times=ALWAYS)
            await site.once()
            await site.once(minutes=2)

    asyncio.run(scene())
    assert site.program.store.suppressions.covers("ana@example.org")
    assert OPERATOR in site.arrived
    assert [text for text in site.trouble.values() if "ana@example.org" in text]


def test_a_reader_refused_by_policy_is_left_alone_longer_each_time(site: Site) -> None:
    async def scene() -> None:
        async with site.server:
            denied = reply("554 5.7.1 bad reputation")
            site.server.misbehave("rcpt", denied, to="ana@example.org", times=ALWAYS)
            for _ in range(20):
                await site.once(minutes=1)

    asyncio.run(scene())
    [ana] = site.program.store.subscriptions.all("ana@example.org")
    assert ana.state == "active"
    dead = site.program.store.outbox.find(states=("dead",), subscription=ana.id)
    assert 1 <= len(dead) <= 3


def test_an_operator_who_cannot_be_written_to_is_named(site: Site) -> None:
    async def scene() -> None:
        async with site.server:
            unknown = reply("550 5.1.1 no such user")
            site.server.misbehave("rcpt", unknown, to="ana@example.org", times=ALWAYS)
            site.server.misbehave("rcpt", unknown, to=OPERATOR, times=ALWAYS)
            await site.once()

    asyncio.run(scene())
    assert OPERATOR in site.trouble["operator-mail"]
    assert not site.program.store.suppressions.covers(OPERATOR)
