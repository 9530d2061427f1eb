"""What comes back of mail, and what it does to a reader: on a real database, by a real report."""

from __future__ import annotations

import asyncio
import dataclasses
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.mail.addresses import envelope_sender
from monitor.model.message import Envelope
from monitor.model.record import replace
from monitor.model.returned import Judged
from monitor.pipeline.returned.filing import file_report
from monitor.pipeline.trouble.conditions import find_trouble
from monitor.settings.secret import Secret
from tests import bounces
from tests.integration.pipeline.world import CONFIG, World

BEN = "ben@example.org"


def told(world: World, to: str = BEN) -> Envelope:
    """What was handed over to a reader since the last call, with its envelope."""
    asyncio.run(world._deliver())
    taken = [one for one in world.mailbox.taken if one.recipient == to]
    world.mailbox.taken.clear()
    return taken[-1]


def news(world: World, day: int = 1, to: str = BEN) -> Envelope:
    """Something new is told, once a day: who is president changes."""
    world.says(f"2026-03-{day:02}", president=f"Carl {day}", speaker="Berta")
    world.passes(days=1)
    return told(world, to)


def comes_back(world: World, data: bytes) -> Judged:
    return file_report(world.program, data, way="pipe", now=world.now)


def state(world: World, who: str = BEN) -> str:
    (reader,) = world.program.store.subscriptions.all(address=who)
    return reader.state


def suppressed(world: World) -> list[str]:
    return [one.address for one in world.program.store.suppressions.all()]


@pytest.mark.parametrize("manner", bounces.STANDARD)
def test_a_report_in_any_manner_suppresses(world: World, manner: str) -> None:
    assert comes_back(world, bounces.STANDARD[manner](news(world))).verdict == "suppressed"
    assert suppressed(world) == [BEN]


def test_an_address_that_does_not_exist_gets_nothing_more(each_world: World) -> None:
    world = each_world
    sent = news(world)

    judged = comes_back(world, bounces.postfix(sent))

    assert (judged.verdict, judged.address) == ("suppressed", BEN)
    (row,) = world.program.store.suppressions.all()
    assert (row.address, row.source, row.at) == (BEN, "bounces", world.now)
    assert "5.1.1" in row.reason
    assert state(world) == "suppressed"
    world.says("2026-03-02", president="Dora", speaker="Berta")
    world.passes(days=1)
    assert not [mail for mail in world.mail() if mail.to == BEN]


def test_what_came_back_is_told_again_once_the_address_is_mended(each_world: World) -> None:
    world = each_world
    comes_back(world, bounces.postfix(news(world, 1)))
    world.now += timedelta(hours=1)
    assert not [mail for mail in world.hears() if mail.to == BEN]

    world.program.store.suppressions.lift(BEN, reason="mended", by="command", now=world.now)

    (mail,) = [mail for mail in world.hears(minutes=1) if mail.to == BEN]
    assert "Carl 1" in mail.text
    assert not [mail for mail in world.hears(minutes=1) if mail.to == BEN]


def test_the_same_report_counts_once(each_world: World) -> None:
    world = each_world
    data = bounces.postfix(news(world))

    first, again = comes_back(world, data), comes_back(world, data)

    assert (first.is_new, again.is_new) == (True, False)
    assert again.verdict == first.verdict == "suppressed"
    assert len(world.program.store.suppressions.audit()) == 1


LIMIT = CONFIG.replace("[mail]", "[bounces]\nsoft_limit = 2\n[mail]")


def full(world: World, sent: Envelope, **more: str) -> str:
    mail = bounces.postfix(sent, status="4.2.2", words=bounces.FULL, **more)
    return comes_back(world, mail).verdict


def test_a_full_mailbox_is_counted_by_days_and_suppressed_at_the_limit(each_world: World) -> None:
    world = each_world
    world.restarts(config=LIMIT)
    first = news(world, 1)
    # Two reports of one day are one day's trouble.
    assert [full(world, first), full(world, first)] == ["counted", "counted"]
    assert suppressed(world) == []

    assert full(world, news(world, 2)) == "suppressed"
    (row,) = world.program.store.suppressions.all()
    assert "4.2.2" in row.reason


@pytest.mark.parametrize(
    ("between", "verdict"),
    [
        (None, "counted"),
        ("relayed", "counted"),
        ("delivered", "counted"),
        ("delayed", "suppressed"),
    ],
)
def test_what_arrived_in_between_begins_the_count_anew(
    world: World, between: str | None, verdict: str
) -> None:
    world.restarts(config=LIMIT)
    full(world, news(world, 1))
    middle = news(world, 2)
    if between is not None:
        full(world, middle, action=between)

    assert full(world, news(world, 3)) == verdict


def test_what_is_long_ago_counts_no_more(world: World) -> None:
    world.restarts(config=LIMIT)
    full(world, news(world, 1))
    world.now += timedelta(days=14)

    assert full(world, news(world, 20)) == "counted"


def test_a_complaint_ends_the_subscription_and_lifting_it_does_not_revive_it(
    each_world: World,
) -> None:
    world = each_world

    judged = comes_back(world, bounces.complaint(news(world)))

    assert judged.verdict == "ended"
    assert state(world) == "unsubscribed"
    assert suppressed(world) == [BEN]
    world.program.store.suppressions.lift(BEN, reason="by phone", by="command", now=world.now)
    assert state(world) == "unsubscribed"


@pytest.mark.parametrize("report", ["policy", "prose", "absence", "delay", "size"])
def test_what_does_not_speak_of_the_address_changes_nothing(world: World, report: str) -> None:
    sent = news(world)
    data = {
        "policy": bounces.postfix(sent, status="5.7.1", words="550 5.7.1 listed"),
        "prose": bounces.qmail(sent),
        "absence": bounces.absence(sent),
        "delay": bounces.postfix(sent, action="delayed", status="4.4.1"),
        "size": bounces.postfix(sent, status="5.3.4"),
    }[report]

    judged = comes_back(world, data)

    expected = {"policy": "policy", "size": "policy", "prose": "unreadable"}.get(report, "noted")
    assert (judged.verdict, judged.address) == (expected, BEN)
    assert (state(world), suppressed(world)) == ("active", [])


def forged(sent: Envelope) -> Envelope:
    key = sent.sender.partition("+")[2].partition(".")[0]
    return replace(
        sent,
        sender=f"bounces+{key}.0123456789ab@localhost",
        data=sent.data.replace(sent.message_id.encode(), b"<d.b.1-1@elsewhere.example>"),
        message_id="<d.b.1-1@elsewhere.example>",
    )


def test_a_forged_report_is_recorded_and_changes_nothing(each_world: World) -> None:
    world = each_world
    sent = news(world)

    verdicts = [
        comes_back(world, compose(forged(sent))).verdict
        for compose in (bounces.postfix, bounces.complaint)
    ]

    assert verdicts == ["forged", "forged"]
    assert (state(world), suppressed(world)) == ("active", [])


def test_a_signed_name_of_no_message_is_nobodys(world: World) -> None:
    sent = news(world)
    other = envelope_sender("4711-9", "localhost", world.program.secret)

    assert comes_back(world, bounces.complaint(replace(sent, sender=other))).verdict == "unknown"


def test_a_message_that_waits_cannot_have_come_back(world: World) -> None:
    world.says("2026-03-01", president="Carl", speaker="Berta")
    world.passes()
    (waits,) = [
        one for one in world.program.store.outbox.find(states=("pending",)) if one.recipient == BEN
    ]
    key = f"{waits.subscription}-{waits.seq}"
    signed = envelope_sender(key, "localhost", world.program.secret)
    sent = Envelope(message_id="<x@y>", sender=signed, recipient=BEN, data=b"Subject: x\r\n\r\n")

    assert comes_back(world, bounces.postfix(sent)).verdict == "unknown"
    assert suppressed(world) == []


def test_the_report_of_an_old_message_judges_nobody(world: World) -> None:
    sent = news(world)
    world.now += timedelta(days=31)

    assert comes_back(world, bounces.postfix(sent)).verdict == "late"
    assert suppressed(world) == []


def test_a_report_from_before_mail_was_let_through_again_judges_nobody(world: World) -> None:
    first, second = news(world, 1), news(world, 2)
    comes_back(world, bounces.postfix(first))
    world.now += timedelta(hours=1)
    world.program.store.suppressions.lift(BEN, reason="mended", by="command", now=world.now)

    assert comes_back(world, bounces.postfix(second)).verdict == "late"
    assert state(world) == "active"
    assert comes_back(world, bounces.postfix(news(world, 3))).verdict == "suppressed"


FIXED = CONFIG.replace("[mail]", '[mail]\nenvelope_sender = "digests@example.org"')


def test_with_one_sender_for_all_a_report_is_shown_and_judges_nobody(world: World) -> None:
    world.restarts(config=FIXED)
    sent = news(world)
    assert sent.sender == "digests@example.org"

    verdicts = [
        comes_back(world, compose(sent)).verdict
        for compose in (*bounces.STANDARD.values(), bounces.complaint)
    ]

    assert verdicts == ["unsigned"] * 5
    assert (state(world), suppressed(world)) == ("active", [])
    told = find_trouble(world.program, world.now)[f"unsigned:{BEN}"]
    assert "monitor suppress add ben@example.org" in told


def test_a_message_id_of_somebody_elses_mail_fits_nobody(world: World) -> None:
    world.restarts(config=FIXED)
    sent = news(world)

    judged = comes_back(world, bounces.postfix(replace(sent, recipient="eve@evil.example")))

    assert (judged.verdict, judged.address) == ("unknown", None)


def test_a_secret_before_this_one_still_proves(world: World) -> None:
    sent = news(world)
    before, after = world.program.settings, Secret("a new one")
    rotated = dataclasses.replace(before, secret=after, secret_before=before.secret)
    world.program = world.program.with_settings(rotated)

    assert comes_back(world, bounces.postfix(sent)).verdict == "suppressed"


OWN = CONFIG.replace("[mail]", '[bounces]\naddress = "digests@back.example"\n[mail]')


def test_bounce_addresses_can_be_of_an_own_mailbox(world: World) -> None:
    world.restarts(config=OWN)
    sent = news(world)

    assert sent.sender.startswith("digests+")
    assert sent.sender.endswith("@back.example")
    assert comes_back(world, bounces.postfix(sent)).verdict == "suppressed"


def test_forwarders_that_rewrite_the_sender_prove_as_well(world: World) -> None:
    sent = news(world)
    local, _, domain = sent.sender.partition("@")
    rewritten = replace(sent, sender=f"SRS0=hA5h=TT={domain}={local}@forwarder.example")

    assert comes_back(world, bounces.postfix(rewritten)).verdict == "suppressed"


def test_the_operators_mail_that_comes_back_suppresses_nobody(world: World) -> None:
    world.writes("broken.yaml", "kind: [")
    world.passes()
    sent = told(world, "operator@example.org")

    assert comes_back(world, bounces.postfix(sent)).verdict == "policy"
    assert suppressed(world) == []
    assert "bounced:operator@example.org" in find_trouble(world.program, world.now)


def test_the_operator_hears_once_who_gets_no_mail_and_that_it_is_over(world: World) -> None:
    comes_back(world, bounces.postfix(news(world)))

    (mail,) = [one for one in world.hears() if one.to == "operator@example.org"]
    assert "ben@example.org" in mail.text
    assert "monitor suppress lift ben@example.org" in mail.text
    assert not world.hears(hours=1)

    world.program.store.suppressions.lift(BEN, reason="mended", by="command", now=world.now)
    (mail,) = [one for one in world.hears() if one.to == "operator@example.org"]
    assert "over" in mail.text.lower()


def test_the_operator_hears_once_of_bounces_that_cannot_be_read(world: World) -> None:
    sent = news(world)
    for _ in range(3):
        comes_back(world, bounces.qmail(sent))

    assert len([one for one in world.hears() if one.to == "operator@example.org"]) == 1


def test_an_answer_of_a_machine_gets_no_answer(world: World) -> None:
    sent = news(world)
    before = len(world.program.store.outbox.find())

    for _ in range(3):
        comes_back(world, bounces.absence(sent))
    world.passes()

    assert len(world.program.store.outbox.find()) == before


@pytest.fixture
def sent(world: World) -> Envelope:
    return news(world)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_nothing_without_a_signature_changes_anything(
    world: World, sent: Envelope, data: st.DataObject
) -> None:
    compose = data.draw(st.sampled_from([*bounces.STANDARD.values(), bounces.complaint]))
    lines = compose(forged(sent)).split(b"\r\n")
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place] = data.draw(st.one_of(st.binary(max_size=60), st.sampled_from(lines)))

    judged = comes_back(world, b"\r\n".join(lines))

    assert judged.verdict not in ("suppressed", "ended", "counted")
    assert (state(world), suppressed(world)) == ("active", [])
