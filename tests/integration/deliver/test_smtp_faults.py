"""Each fault of a server, what it means, and that the next message goes out all the same."""

from __future__ import annotations

import pytest

from monitor.model.message import Result, Scope
from tests.integration.deliver.conftest import Relay, hasty, letter
from tests.misbehaviour import (
    Action,
    drop,
    endless,
    hang,
    raw,
    reply,
    reply_and_drop,
    reset,
    slowly,
)

TEMP, PERM, SENT, UNKNOWN = Result.TEMPORARY, Result.PERMANENT, Result.SENT, Result.UNKNOWN
MESSAGE, CONNECTION = Scope.MESSAGE, Scope.CONNECTION
ALWAYS = 1_000_000
SLOWLY = slowly(0.2)
STEPS = {"connect": "connect", "accepted": "dot", "dot": "dot"}
"""By the moment of a fault, the step whose time it takes; others are commands."""


FAULTS: list[tuple[str, Action, Result, Scope, str]] = [
    ("connect", drop, TEMP, CONNECTION, "connect"),
    ("connect", reset, TEMP, CONNECTION, "connect"),
    ("connect", hang, TEMP, CONNECTION, "connect"),
    ("connect", reply_and_drop("421 4.3.2 busy"), TEMP, CONNECTION, "greeting"),
    ("connect", reply_and_drop("554 5.7.1 not you"), TEMP, CONNECTION, "greeting"),
    ("connect", raw(b"\xff\xfe\x00 hello\r\n"), TEMP, CONNECTION, "greeting"),
    ("connect", endless(b"220-more\r\n" * 500), TEMP, CONNECTION, "greeting"),
    ("connect", endless(b"x" * 5000), TEMP, CONNECTION, "greeting"),
    ("connect", SLOWLY, TEMP, CONNECTION, "connect"),
    ("ehlo", drop, TEMP, CONNECTION, "ehlo"),
    ("ehlo", reply("550 5.7.1 no"), TEMP, CONNECTION, "ehlo"),
    ("mail", reply_and_drop("421 4.3.2 closing"), TEMP, CONNECTION, "mail"),
    ("mail", reply("450 4.1.8 later"), TEMP, MESSAGE, "mail"),
    ("mail", reply("452 4.3.1 no space"), TEMP, MESSAGE, "mail"),
    ("mail", reply("550 5.1.0 not from you"), PERM, MESSAGE, "mail"),
    ("mail", reset, TEMP, CONNECTION, "mail"),
    ("mail", hang, TEMP, CONNECTION, "mail"),
    ("mail", raw(b"what?\r\n"), TEMP, CONNECTION, "mail"),
    ("mail", endless(b"250-more\r\n" * 500), TEMP, CONNECTION, "mail"),
    ("rcpt", reply("450 4.2.0 greylisted"), TEMP, MESSAGE, "rcpt"),
    ("rcpt", reply_and_drop("421 4.7.0 slow down"), TEMP, CONNECTION, "rcpt"),
    ("rcpt", reply("550 5.1.1 no such user"), PERM, MESSAGE, "rcpt"),
    ("rcpt", reply("550 5.7.1 policy"), PERM, MESSAGE, "rcpt"),
    ("rcpt", reply("552 5.2.2 full"), TEMP, MESSAGE, "rcpt"),
    ("rcpt", SLOWLY, TEMP, CONNECTION, "rcpt"),
    ("rcpt", drop, TEMP, CONNECTION, "rcpt"),
    ("data", reply("451 4.3.0 later"), TEMP, MESSAGE, "data"),
    ("data", reply("554 5.5.1 no"), PERM, MESSAGE, "data"),
    ("data", reply_and_drop("421 4.3.2 closing"), TEMP, CONNECTION, "data"),
    ("data", reply("250 2.0.0 ok"), TEMP, CONNECTION, "data"),
    ("data", drop, TEMP, CONNECTION, "data"),
    ("dot", reply("451 4.3.0 later"), TEMP, MESSAGE, "dot"),
    ("dot", reply("550 5.7.1 spam"), PERM, MESSAGE, "dot"),
    ("dot", reply("552 5.3.4 too big"), PERM, MESSAGE, "dot"),
    ("dot", reply_and_drop("421 4.3.2 closing"), TEMP, CONNECTION, "dot"),
    ("dot", reset, UNKNOWN, MESSAGE, "dot"),
    ("dot", drop, UNKNOWN, MESSAGE, "dot"),
    ("dot", hang, UNKNOWN, MESSAGE, "dot"),
    ("dot", raw(b"what?\r\n"), UNKNOWN, MESSAGE, "dot"),
    ("accepted", reset, UNKNOWN, MESSAGE, "dot"),
    ("accepted", drop, UNKNOWN, MESSAGE, "dot"),
    ("accepted", hang, UNKNOWN, MESSAGE, "dot"),
    ("accepted", endless(b"250-more\r\n" * 500), UNKNOWN, MESSAGE, "dot"),
    ("accepted", SLOWLY, UNKNOWN, MESSAGE, "dot"),
]


@pytest.mark.parametrize(
    ("moment", "action", "result", "scope", "phase"),
    FAULTS,
    ids=[f"{moment}-{number}" for number, (moment, *_) in enumerate(FAULTS)],
)
def test_it_knows_what_a_fault_means_and_sends_the_next_message_all_the_same(
    relay: Relay, moment: str, action: Action, result: Result, scope: Scope, phase: str
) -> None:
    async def scene(relay: Relay) -> None:
        relay.server.misbehave(moment, action)
        outcome = await relay.send(letter(1))
        assert (outcome.result, outcome.scope, outcome.phase) == (result, scope, phase)
        assert (await relay.send(letter(2))).result is SENT

    if action in {hang, SLOWLY}:
        relay.settings["timeouts"] = hasty(STEPS.get(moment, "command"))
    relay.run(scene)
    taken = [arrival.message_id for arrival in relay.arrived]
    assert taken.count("<d.2@monitor.test>") == 1
    assert taken.count("<d.1@monitor.test>") == (1 if moment == "accepted" else 0)
