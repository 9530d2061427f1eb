"""A mailbox where mail comes back: read by IMAP on loopback, recorded, and only then marked."""

from __future__ import annotations

import asyncio
import dataclasses
import ssl
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar, get_args

import pytest
import trustme

from monitor.errors import StoreUnavailable
from monitor.model.returned import Judged, Verdict
from monitor.pipeline.program import Program
from monitor.pipeline.returned.filing import file_report
from monitor.pipeline.trouble.conditions import find_trouble
from monitor.service.mailbox import Returns
from monitor.settings.secret import Secret
from tests import bounces
from tests.imap_server import PASSWORD, USER, ImapServer
from tests.integration.pipeline.test_bounces import BEN, news, state, suppressed
from tests.integration.pipeline.world import CONFIG, World

T = TypeVar("T")


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with ImapServer() as running:
        yield running


@pytest.fixture
def world(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    made = World(tmp_path / "world", sqlite_url)
    made.says("2026-03-01", president="Adam", speaker="Berta")
    made.passes()
    made.mail()
    yield made
    made.close()


async def at_once(call: Callable[[], T], /) -> T:
    return call()


def returns(world: World, server: ImapServer, *, password: str = PASSWORD, **keys: str) -> Returns:
    lines = {"tls": '"none"', "host": '"127.0.0.1"'} | keys
    text = "\n".join(f"{name} = {value}" for name, value in lines.items())
    config = f'{CONFIG}\n[bounces]\nport = {server.port}\nusername = "{USER}"\n{text}\n'
    world.restarts(config=config)
    settings = dataclasses.replace(world.program.settings, bounces_password=Secret(password))
    world.program = world.program.with_settings(settings)
    return Returns(lambda: world.program, run=at_once, clock=lambda: world.now)


def look(reader: Returns) -> None:
    asyncio.run(reader.look())


def recorded(world: World) -> list[str]:
    since = world.now - timedelta(days=99)
    found = world.program.store.bounces.recent(get_args(Verdict), since=since, limit=99)
    return [one.verdict for one in found]


def flags(server: ImapServer) -> list[set[str]]:
    return [one.flags for one in server.inbox]


def test_what_waits_is_recorded_and_then_marked_as_seen(world: World, server: ImapServer) -> None:
    sent = news(world)
    server.put(bounces.postfix(sent))
    server.put(b"From: a@b.example\r\nSubject: hello\r\n\r\nhello")

    look(returns(world, server))

    assert recorded(world) == ["noted", "suppressed"]
    assert (state(world), suppressed(world)) == ("suppressed", [BEN])
    assert flags(server) == [{"\\Seen"}, {"\\Seen"}]
    assert not [one for one in server.commands if PASSWORD in one]


def test_what_was_read_is_moved_where_that_is_wanted(world: World, server: ImapServer) -> None:
    server.folders["Done"] = []
    server.put(bounces.postfix(news(world)))

    look(returns(world, server, done='"Done"'))

    assert (len(server.inbox), len(server.folders["Done"])) == (0, 1)


def test_a_server_that_cannot_move_copies_and_deletes(world: World, server: ImapServer) -> None:
    server.can, server.folders["Done"] = ("UIDPLUS",), []
    server.put(bounces.postfix(news(world)))

    look(returns(world, server, done='"Done"'))

    assert (len(server.inbox), len(server.folders["Done"])) == (0, 1)


class Killed(BaseException):
    """The process ends here."""


def test_killed_between_reading_and_recording_nothing_is_lost(
    world: World, server: ImapServer
) -> None:
    server.put(bounces.postfix(news(world)))
    reader = returns(world, server)
    calls = []

    async def dies(call: Callable[[], T], /) -> T:
        calls.append(call)
        if len(calls) == 2:  # the first asks how far the mailbox is read
            raise Killed
        return call()

    reader._run = dies
    with pytest.raises(Killed):
        look(reader)
    assert (recorded(world), flags(server)) == ([], [set()])

    look(returns(world, server))

    assert (recorded(world), flags(server)) == (["suppressed"], [{"\\Seen"}])


def test_killed_between_recording_and_marking_it_counts_once(
    world: World, server: ImapServer
) -> None:
    server.put(bounces.postfix(news(world), status="4.2.2", words=bounces.FULL))
    server.drop_at = "STORE"
    look(returns(world, server))
    assert (recorded(world), flags(server)) == (["counted"], [set()])

    look(returns(world, server))

    assert (recorded(world), flags(server)) == (["counted"], [{"\\Seen"}])


def test_what_somebody_else_has_looked_at_is_read_all_the_same(
    world: World, server: ImapServer
) -> None:
    server.put(b"From: a@b.example\r\n\r\nold mail of somebody", "\\Seen")
    reader = returns(world, server)
    look(reader)
    assert recorded(world) == []

    server.put(bounces.postfix(news(world)), "\\Seen")
    look(reader)
    look(reader)

    assert recorded(world) == ["suppressed"]


def test_a_mailbox_with_other_numbers_is_read_anew_and_nothing_counts_twice(
    world: World, server: ImapServer
) -> None:
    reader = returns(world, server)
    look(reader)
    server.put(bounces.absence(news(world)))
    look(reader)
    server.renumber()
    server.put(bounces.postfix(news(world, 2)), "\\Seen")

    look(reader)

    assert recorded(world) == ["suppressed", "noted"]
    found = world.program.store.mailboxes.get(world.program.settings.bounces.name)
    assert found is not None
    assert (found.validity, found.read_to) == (8, 2)


def test_a_very_long_mail_is_read_at_its_beginning(world: World, server: ImapServer) -> None:
    server.put(bounces.postfix(news(world)) + b"x" * 3_000_000)

    look(returns(world, server, size='"64 kB"'))

    assert recorded(world) == ["suppressed"]


@pytest.mark.parametrize("fault", ["password", "folder", "certificate", "away", "clear", "words"])
def test_what_keeps_a_mailbox_from_being_read_is_told_and_never_stops_mail(
    world: World, server: ImapServer, fault: str
) -> None:
    keys: dict[str, str] = {}
    password = "wrong" if fault == "password" else PASSWORD
    if fault == "folder":
        keys["folder"] = '"Nowhere"'
    elif fault == "certificate":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
        server.tls, keys["tls"] = context, '"implicit"'
    elif fault == "clear":
        keys["tls"] = '"starttls"'
    elif fault == "words":
        server.refuses["SEARCH"] = "try \x07 later"
    reader = returns(world, server, password=password, **keys)
    if fault == "away":
        server._server.server_close()
    before = len(server.commands)

    look(reader)
    world.now += timedelta(minutes=31)

    (told,) = [
        text for name, text in find_trouble(world.program, world.now).items() if "mailbox:" in name
    ]
    wanted = {
        "password": "wrong name or password",
        "folder": "no such folder",
        "certificate": "not to be trusted",
        "away": "open: ",
        "clear": "TLS",
        "words": "search: try",
    }[fault]
    assert wanted in told
    assert PASSWORD not in told and "\x07" not in told
    if fault in ("certificate", "clear"):
        assert not [one for one in server.commands[before:] if one.startswith(("LOGIN", "AUTH"))]


def test_a_mailbox_that_can_be_read_again_is_no_trouble(world: World, server: ImapServer) -> None:
    server.refuses["SEARCH"] = "later"
    reader = returns(world, server)
    look(reader)
    world.now += timedelta(hours=1)
    server.refuses.clear()

    look(reader)

    assert not [name for name in find_trouble(world.program, world.now) if "mailbox" in name]


def test_a_database_that_is_away_marks_nothing(world: World, server: ImapServer) -> None:
    server.put(bounces.postfix(news(world)))
    reader = returns(world, server)

    async def away(_: Callable[[], T], /) -> T:
        raise StoreUnavailable("it is away")

    reader._run = away
    look(reader)

    assert flags(server) == [set()]


def test_one_mail_that_cannot_be_recorded_keeps_no_other_away(
    world: World, server: ImapServer
) -> None:
    server.put(b"poison")
    server.put(bounces.postfix(news(world)))
    reader = returns(world, server)

    def file(program: Program, data: bytes, **rest: Any) -> Judged:
        if data == b"poison":
            raise RuntimeError("a fault of ours")
        return file_report(program, data, **rest)

    reader._file = file
    look(reader)

    assert flags(server) == [set(), {"\\Seen"}]
    assert recorded(world) == ["suppressed"]


def test_the_end_waits_for_no_server(world: World, server: ImapServer) -> None:
    reader = returns(world, server)

    async def scene() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(reader(stop))
        while not server.commands:
            await asyncio.sleep(0.01)
        stop.set()
        await asyncio.wait_for(running, 30)

    asyncio.run(scene())
