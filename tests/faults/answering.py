"""Cases in which the server, the mail or the reader is the trouble: rows 9 to 18, 28, 29, 31."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import trustme

from monitor.model.record import replace
from tests.faults import telling
from tests.faults.case import Case, Scene
from tests.faults.stage import Stage
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

ALWAYS = 1_000_000
IMPATIENT: dict[str, Any] = {"patience": 1.0, "dot_patience": 1.0}
"""For cases that wait for a server that does not answer."""

_GARBAGE = b"\x00\xff what?\r\n"
_SHORT_LIFE = timedelta(minutes=5)


def cases() -> Iterator[Case]:
    yield from _before_the_mail()
    yield from _refusals()
    yield from _doubts()
    yield from _between_messages()
    yield Case("17", "one byte a second", _at("rcpt", slowly(1.0), **IMPATIENT))
    yield Case("17", "a tarpit at RCPT, others go on", _tarpit)
    yield Case("18", "garbage before the body", _at("mail", raw(_GARBAGE)))
    yield Case("18", "an endless reply before the body", _at("mail", endless(b"250-x\r\n" * 999)))
    yield Case("28", "messages that cannot be built", _poisoned_messages)
    yield Case("29", "poisoned recipients", _poisoned_recipients)
    yield Case("31", "suppressed after the message was written", _suppressed, fast=True)
    yield Case("31", "unsubscribed after the message was written", _unsubscribed)


def _before_the_mail() -> Iterator[Case]:
    yield Case("9", "hangs up before the banner", _at("connect", drop, times=2))
    yield Case("9", "421 banner", _at("connect", reply_and_drop("421 4.3.2 busy"), times=2))
    yield Case("9", "554 banner", _at("connect", reply_and_drop("554 5.7.1 no"), times=2))
    yield Case("9", "no banner", _at("connect", hang, **IMPATIENT))
    yield Case("9", "nobody listens for two seconds", _nobody_listens, fast=True)
    yield Case("10", "EHLO and HELO refused", _at("ehlo", reply("550 5.7.1 no"), times=2))
    yield Case("10", "STARTTLS missing", _tls(moment="ehlo", action=reply("250 test.invalid")))
    yield Case("10", "STARTTLS 454", _tls(moment="starttls", action=reply("454 4.7.0 no")))
    for fault in ("wrong name", "expired", "stranger"):
        yield Case("10", f"certificate: {fault}", _certificate(fault))
    yield Case("10", "AUTH 535", _refused_password)


def _refusals() -> Iterator[Case]:
    for row, moment, answers in (
        ("11", "mail", ("421 4.3.2 x", "450 4.1.8 x", "452 4.3.1 x")),
        ("12", "rcpt", ("450 4.2.0 greylisted", "421 4.7.0 slow", "552 5.2.2 full")),
        ("14", "data", ("451 4.3.0 x", "421 4.3.2 x")),
        ("14", "dot", ("451 4.3.0 x", "421 4.3.2 x")),
    ):
        for answer in answers:
            act = reply_and_drop(answer) if answer.startswith("421") else reply(answer)
            yield Case(row, f"{moment.upper()} {answer[:9]}", _at(moment, act, times=2))
    for row, moment, answer in (
        ("11", "mail", "550 5.1.0 not from you"),
        ("12", "rcpt", "550 5.1.1 no such user"),
        ("12", "rcpt", "550 5.7.1 policy"),
        ("14", "data", "554 5.5.1 no"),
        ("14", "dot", "550 5.7.1 spam"),
        ("14", "dot", "552 5.3.4 too big"),
    ):
        yield Case(row, f"{moment.upper()} {answer[:9]} for one", _refused(moment, answer))
    yield Case("13", "one of several recipients refused", _refused("rcpt", "550 5.1.1 no"))


def _doubts() -> Iterator[Case]:
    yield Case("15", "reset in the body", _reset_in_the_body)
    for name, action in (("reset", reset), ("close", drop)):
        yield Case("15", f"{name} after the dot, not accepted", _at("dot", action))
        yield Case("15", f"{name} after the dot, accepted", _doubt(action), fast=name == "reset")
    yield Case("15", "silence after the dot, not accepted", _at("dot", hang, dot_patience=1.0))
    yield Case("15", "silence after the dot, accepted", _doubt(hang, dot_patience=1.0))
    yield Case("18", "garbage after the dot", _doubt(raw(_GARBAGE)))
    yield Case("18", "an endless reply after the dot", _doubt(endless(b"250-x\r\n" * 999)))


def _between_messages() -> Iterator[Case]:
    yield Case("16", "250, then hangs up", _at("sent", drop, times=ALWAYS))
    yield Case("16", "421 between messages, then hangs up", _at("sent", reply_and_drop("421 x")))
    yield Case("16", "421 between messages, stays", _at("sent", reply("421 4.3.2 x"), times=3))
    yield Case("16", "hangs up on idle connections", _idle)


def _at(moment: str, action: Action, *, times: int = 1, **orders: Any) -> Scene:
    async def scene(stage: Stage) -> None:
        stage.owe(6)
        stage.server.misbehave(moment, action, times=times)
        await stage.run_until_done(stage.orders(**orders))

    return scene


def _doubt(action: Action, **orders: Any) -> Scene:
    """The message is accepted and nobody says so: the one case with a copy too many by design."""

    async def scene(stage: Stage) -> None:
        stage.doubts += 1
        await _at("accepted", action, **orders)(stage)

    return scene


def _refused(moment: str, answer: str) -> Scene:
    async def scene(stage: Stage) -> None:
        letters = stage.owe(6)
        unlucky = letters[2]
        if moment == "mail":
            # No recipient is known yet at MAIL, but each message has a sender of its own.
            sender = unlucky.splice["envelope_sender"]
            stage.server.misbehave("mail", _from(sender, reply(answer)), times=ALWAYS)
        else:
            stage.server.misbehave(moment, reply(answer), to=unlucky.recipient, times=ALWAYS)
        stage.owed.remove(unlucky.message_id)
        stage.never.append(unlucky.message_id)
        await stage.run_until_done()
        stage.expect_dead(unlucky.message_id)

    return scene


def _from(sender: str, action: Action) -> Action:
    async def act(session: object) -> bool:
        mine = getattr(session, "sender", "") == sender
        return await action(session) if mine else False  # type: ignore[arg-type]

    return act


def _nth(number: int, action: Action) -> Action:
    left = number

    async def act(session: object) -> bool:
        nonlocal left
        left -= 1
        return await action(session) if left == 0 else False  # type: ignore[arg-type]

    return act


async def _nobody_listens(stage: Stage) -> None:
    stage.owe(6)
    await stage.server.stop()
    running = asyncio.create_task(stage.run_until_done())
    await asyncio.sleep(2.0)
    await stage.server.start()
    await running


async def _reset_in_the_body(stage: Stage) -> None:
    stage.owe(2, size=8_000_000)
    stage.server.misbehave("body", reset)
    await stage.run_until_done()


async def _tarpit(stage: Stage) -> None:
    letters = stage.owe(30)
    stage.server.misbehave("rcpt", hang, to=letters[0].recipient)
    await stage.run_until_done(stage.orders(connections=2, **IMPATIENT))


async def _idle(stage: Stage) -> None:
    """The second message falls due after the server has hung up on the first one's connection."""
    stage.server.idle_limit = 0.2
    body = telling.add_body(stage.store, 2000)
    first = telling.letter(body, 1, stage.now)
    later = telling.letter(body, 2, stage.now)
    later = replace(later, not_before=stage.now + timedelta(minutes=20))
    stage.owe_letters([first, later])
    await stage.run_until_done()


def _tls(*, moment: str, action: Action, password: bool = False) -> Scene:
    async def scene(stage: Stage) -> None:
        authority = _authority(stage)
        stage.server.tls = _context(authority.issue_cert("localhost"))
        stage.server.password = "open sesame" if password else None
        stage.owe(6)
        stage.server.misbehave(moment, action, times=2)
        await stage.run_until_done(
            stage.orders(
                tls="starttls",
                ca_file=str(stage.folder / "ca.pem"),
                password=stage.server.password,
            )
        )

    return scene


async def _refused_password(stage: Stage) -> None:
    """Tried once by one connection, then after what counts as minutes."""
    await _tls(moment="auth", action=reply("535 5.7.8 who?"), password=True)(stage)
    tries = sum(line.startswith("AUTH") for line in stage.server.commands)
    # Two are refused; of those that go through, each connection makes one.
    if not 3 <= tries <= 3 + stage.orders().connections:
        stage.wrong.append(f"the password was tried {tries} times")


def _certificate(fault: str) -> Scene:
    """Nothing is sent while the certificate is bad, everything once it is right."""

    async def scene(stage: Stage) -> None:
        authority = _authority(stage)
        yesterday = datetime.now(UTC) - timedelta(days=1)
        stage.server.tls = {
            "wrong name": lambda: _context(authority.issue_cert("mail.example.org")),
            "expired": lambda: _context(authority.issue_cert("localhost", not_after=yesterday)),
            "stranger": lambda: _context(trustme.CA().issue_cert("localhost")),
        }[fault]()
        right = _context(authority.issue_cert("localhost"))
        stage.server.misbehave("connect", _nth(3, _mended(stage, right)), times=3)
        stage.owe(6)
        orders = stage.orders(tls="starttls", ca_file=str(stage.folder / "ca.pem"))
        await stage.run_until_done(orders)

    return scene


def _mended(stage: Stage, right: ssl.SSLContext) -> Action:
    async def act(session: object) -> bool:
        if stage.arrived():
            stage.wrong.append("mail went to a server whose certificate is not to be trusted")
        stage.server.tls = right
        return False

    return act


def _authority(stage: Stage) -> trustme.CA:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(stage.folder / "ca.pem"))
    return authority


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


async def _poisoned_messages(stage: Stage) -> None:
    """One lacks what its bytes are made of, by a mistake of ours; it is retried and then dies."""
    body = telling.add_body(stage.store, 2000)
    broken = telling.letter(body, 100, stage.now, life=_SHORT_LIFE)
    splice = {key: value for key, value in broken.splice.items() if key != "date"}
    stage.owe(5)
    stage.owe_letters([replace(broken, splice=splice)], arrive=False)
    await stage.run_until_done()
    stage.expect_dead(broken.message_id)


async def _poisoned_recipients(stage: Stage) -> None:
    body = telling.add_body(stage.store, 2000)
    stage.owe(5)
    for number, recipient in enumerate(
        ("ana@example.org\r\nRCPT TO:<cleo@example.org>", "ana@-bad-.example", "josé@example.org")
    ):
        poisoned = telling.letter(body, 100 + number, stage.now, to=recipient)
        stage.owe_letters([poisoned], arrive=False)
    await stage.run_until_done()
    for message_id in stage.never:
        stage.expect_dead(message_id)


async def _suppressed(stage: Stage) -> None:
    letters = stage.owe(6)
    gone = letters[3]
    stage.owed.remove(gone.message_id)
    stage.never.append(gone.message_id)
    stage.store.suppressions.add(
        gone.recipient, scope="all", reason="asked for it", by="operator", now=stage.now
    )
    await stage.run_until_done()


async def _unsubscribed(stage: Stage) -> None:
    telling.subscribe(stage.store, stage.now)
    await stage.finish(await stage.start(stage.orders(slot="2026-02-17T07:00:00+00:00")))
    [row] = stage.store.outbox.find()
    stage.never.append(row.message_id)
    reader = stage.store.subscriptions.find(telling.READER, "digest")
    assert reader is not None
    stage.store.subscriptions.set_state(reader.id, "unsubscribed", "asked for it", now=stage.now)
    stage.owe(3)
    await stage.run_until_done()
