"""The SMTP channel against a server that misbehaves at every step."""

from __future__ import annotations

import asyncio

import pytest

from monitor.model.message import Bounce, Result, Scope
from tests.integration.deliver.conftest import Relay, hasty, letter
from tests.misbehaviour import (
    Action,
    drop,
    hang,
    reply,
    reply_and_drop,
    reset,
)

TEMP, PERM, SENT, UNKNOWN = Result.TEMPORARY, Result.PERMANENT, Result.SENT, Result.UNKNOWN
MESSAGE, CONNECTION = Scope.MESSAGE, Scope.CONNECTION
ALWAYS = 1_000_000


def test_it_hands_over_the_bytes_as_they_are(relay: Relay) -> None:
    body = b".leading dot\r\n..two\r\nmiddle . dot\r\n.\r\nlast\r\n"

    async def scene(relay: Relay) -> None:
        outcome = await relay.send(letter(body=body))
        assert (outcome.result, outcome.code, outcome.phase) == (SENT, 250, "dot")

    relay.run(scene)
    [arrival] = relay.arrived
    assert arrival.message_id == "<d.1@monitor.test>"
    assert arrival.size == len(letter(body=body).data)


def test_one_transaction_carries_one_recipient(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        for number in range(3):
            await relay.send(letter(number, to=f"reader{number}@example.org"))
        verbs = [command.split(" ")[0] for command in relay.server.commands]
        assert verbs == ["EHLO", *["MAIL", "RCPT", "DATA"] * 3]

    relay.run(scene)


def test_a_drop_in_the_body_is_certain_because_the_dot_never_left(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        relay.server.misbehave("body", reset)
        outcome = await relay.send(letter(body=b"x" * 70 + b"\r\n" + b"y" * 30_000_000))
        assert (outcome.result, outcome.phase) == (TEMP, "body")

    relay.server_options["receive_buffer"] = 4096
    relay.run(scene)
    assert relay.arrived == []


def test_a_server_that_stops_reading_the_body_is_left_in_time(relay: Relay) -> None:
    async def stop_reading(session: object) -> bool:
        await asyncio.Event().wait()
        return True

    async def scene(relay: Relay) -> None:
        relay.server.misbehave("body", stop_reading)
        outcome = await relay.send(letter(body=b"y" * 30_000_000))
        assert (outcome.result, outcome.phase) == (TEMP, "body")

    relay.server_options["receive_buffer"] = 4096
    relay.settings["timeouts"] = hasty("body")
    relay.run(scene)
    assert relay.arrived == []


def test_nobody_listening_is_the_connections_fault(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        await relay.server.stop()
        outcome = await relay.send()
        assert (outcome.result, outcome.scope, outcome.phase) == (TEMP, CONNECTION, "connect")

    relay.run(scene)


def test_a_refused_recipient_names_what_it_says_about_the_address(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        relay.server.misbehave("rcpt", reply("550 5.1.1 no such user"))
        assert (await relay.send()).bounce is Bounce.ADDRESS

    relay.run(scene)


@pytest.mark.parametrize("after", [drop, reset, reply_and_drop("421 4.3.2 closing")])
def test_a_connection_closed_between_messages_costs_nothing(relay: Relay, after: Action) -> None:
    async def scene(relay: Relay) -> None:
        relay.server.misbehave("sent", after, times=ALWAYS)
        for number in range(5):
            assert (await relay.send(letter(number))).result is SENT

    relay.run(scene)
    assert len(relay.arrived) == len({arrival.message_id for arrival in relay.arrived}) == 5


def test_an_unsolicited_421_that_is_not_followed_by_a_close_costs_nothing(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        relay.server.misbehave("sent", reply("421 4.3.2 soon"), times=ALWAYS)
        for number in range(5):
            assert (await relay.send(letter(number))).result is SENT

    relay.run(scene)
    assert len(relay.arrived) == len({arrival.message_id for arrival in relay.arrived}) == 5


def test_a_connection_that_idled_too_long_is_found_out_by_a_probe(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        assert (await relay.send(letter(1))).result is SENT
        relay.server.misbehave("rset", hang)
        assert (await relay.send(letter(2))).result is SENT
        assert relay.server.connections == 2

    relay.settings |= {"probe_after": 0.0, "timeouts": hasty("probe")}
    relay.run(scene)
    assert [arrival.message_id for arrival in relay.arrived] == [
        "<d.1@monitor.test>",
        "<d.2@monitor.test>",
    ]


def test_a_refused_transaction_is_reset_before_the_next(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        relay.server.misbehave("rcpt", reply("550 5.1.1 no such user"))
        await relay.send(letter(1))
        assert (await relay.send(letter(2))).result is SENT
        assert relay.server.connections == 1
        verbs = [command.split(" ")[0] for command in relay.server.commands]
        assert verbs == ["EHLO", "MAIL", "RCPT", "RSET", "MAIL", "RCPT", "DATA"]

    relay.run(scene)


def test_a_tarpit_holds_up_one_connection_and_not_the_others(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        relay.server.misbehave("rcpt", hang, to="stuck@example.org")
        stuck = asyncio.create_task(relay.send(letter(0, to="stuck@example.org")))
        for number in range(1, 20):
            assert (await relay.send(letter(number))).result is SENT
        assert not stuck.done()
        await relay.channel.close()
        assert (await stuck).result is Result.RELEASED

    relay.run(scene)
    assert len(relay.arrived) == 19


def test_it_keeps_to_its_number_of_connections(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        await asyncio.gather(*(relay.send(letter(number)) for number in range(40)))
        assert relay.server.connections == 3

    relay.settings["connections"] = 3
    relay.run(scene)
    assert len(relay.arrived) == 40


@pytest.mark.parametrize(
    "recipient",
    ["ana@example.org\r\nRCPT TO:<cleo@example.org>", "ana@-.example", "ana, ben@example.org"],
)
def test_a_poisoned_recipient_is_refused_before_any_connection(
    relay: Relay, recipient: str
) -> None:
    async def scene(relay: Relay) -> None:
        envelope = letter()
        poisoned = type(envelope)(
            message_id=envelope.message_id,
            sender=envelope.sender,
            recipient=recipient,
            data=envelope.data,
        )
        outcome = await relay.send(poisoned)
        assert (outcome.result, outcome.phase) == (PERM, "build")
        assert relay.server.connections == 0

    relay.run(scene)


def test_an_address_beyond_ascii_needs_a_server_that_says_so(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        outcome = await relay.send(letter(to="josé@example.org"))
        assert outcome.result is PERM
        assert "SMTPUTF8" in outcome.text
        assert not any(command.startswith("MAIL") for command in relay.server.commands)

    relay.run(scene)


def test_an_address_beyond_ascii_is_sent_where_it_is_offered(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        assert (await relay.send(letter(to="josé@example.org"))).result is SENT
        assert any("SMTPUTF8" in command for command in relay.server.commands)

    relay.server_options["extensions"] = ("SMTPUTF8", "8BITMIME")
    relay.run(scene)
    assert relay.arrived[0].recipient == "josé@example.org"


def test_eight_bit_mail_needs_a_server_that_says_so(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        assert (await relay.send(letter(body="Überblick\r\n".encode()))).result is PERM

    relay.server_options["extensions"] = ()
    relay.run(scene)


def test_a_bare_line_end_cannot_smuggle_a_second_mail(relay: Relay) -> None:
    smuggled = b"a\n.\nMAIL FROM:<x@y>\nb\r.\rc\n.\r\nd\r\n"

    async def scene(relay: Relay) -> None:
        assert (await relay.send(letter(body=smuggled))).result is SENT

    relay.run(scene)
    assert len(relay.arrived) == 1


def test_nothing_is_begun_after_the_deadline(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        assert (await relay.send(letter(1), within=-1)).result is Result.RELEASED
        assert (await relay.send(letter(2))).result is SENT

    relay.run(scene)
    assert len(relay.arrived) == 1


def test_a_deadline_that_passes_on_the_way_keeps_the_dot_back(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        relay.server.misbehave("rcpt", hang)
        outcome = await relay.send(letter(1), within=0.2)
        assert outcome.result in (TEMP, Result.RELEASED)

    relay.run(scene)
    assert relay.arrived == []


def test_closing_releases_what_has_not_reached_its_dot(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        reached = asyncio.Event()
        relay.server.misbehave("rcpt", _tell_and_hang(reached))
        under_way = asyncio.create_task(relay.send(letter(1)))
        await reached.wait()
        await relay.channel.close()
        assert (await under_way).result is Result.RELEASED
        assert (await relay.send(letter(2))).result is Result.RELEASED

    relay.run(scene)
    assert relay.arrived == []


def test_closing_after_the_dot_leaves_a_doubt(relay: Relay) -> None:
    async def scene(relay: Relay) -> None:
        reached = asyncio.Event()
        relay.server.misbehave("accepted", _tell_and_hang(reached))
        under_way = asyncio.create_task(relay.send(letter(1)))
        await reached.wait()
        await relay.channel.close()
        assert (await under_way).result is UNKNOWN

    relay.run(scene)
    assert len(relay.arrived) == 1


def _tell_and_hang(event: asyncio.Event) -> Action:
    async def act(session: object) -> bool:
        event.set()
        return await hang(session)  # type: ignore[arg-type]

    return act
