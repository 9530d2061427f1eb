"""A digest for many: made once by whichever node comes first, and written to all in bulk."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.mail.message import build
from monitor.model.comparison import Significance
from monitor.model.digest import Digest
from monitor.model.message import Claimed
from monitor.model.record import replace
from monitor.model.subscription import Filter, Subscription, SubscriptionSpec
from monitor.pipeline.delivery import Bodies, splice_of
from monitor.pipeline.flow import one_pass
from monitor.pipeline.readers.subscribing import subscribe
from monitor.pipeline.telling import digests, editions, rendering
from monitor.pipeline.telling.letters import letter
from monitor.report import digest as report
from monitor.store.records import MessageRow, StoredDigest, WorkClaim
from tests.integration.pipeline.damage import damage
from tests.integration.pipeline.world import MONDAY, World

SPEC = SubscriptionSpec(
    address="",
    name="digest",
    situations=("posts",),
    cadence="daily 07:00",
    zone="Europe/Kyiv",
    alert_level=None,
)


def crowd(world: World, number: int, of: str = "r", **wishes: Any) -> None:
    for i in range(number):
        one = replace(SPEC, address=f"{of}{i}@example.org", **wishes)
        subscribe(world.program, one, world.now)
    world.passes()
    world.mail()


def falls_ill(world: World) -> None:
    """News that no alert tells, and the morning after it, before anything is looked at."""
    world.says("2026-03-02", president="Adam", speaker="Berta; ill")
    world.passes()
    world.mail()
    world.now += timedelta(hours=24)


def written(world: World) -> list[MessageRow]:
    rows = world.program.store.outbox.find(reason="digest", limit=10_000)
    return [row for row in rows[::-1] if row.recipient.startswith(("r", "s"))]


def readers(world: World) -> dict[str, Subscription]:
    found = world.program.store.subscriptions.all()
    return {one.spec.address: one for one in found if one.spec.address.startswith(("r", "s"))}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The digests that were rendered, by subject."""
    subjects: list[str] = []
    plain = report.make_digest

    def make(*given: Any) -> Digest:
        digest = plain(*given)
        subjects.append(digest.subject)
        return digest

    monkeypatch.setattr(rendering, "make_digest", make)
    return subjects


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "PAGE", 4)


def test_what_many_hear_is_made_once_however_many_pages_they_fill(
    each_world: World, made: list[str]
) -> None:
    crowd(each_world, 15)
    falls_ill(each_world)
    made.clear()

    heard = each_world.hears()

    assert len([mail for mail in heard if mail.to.startswith("r")]) == 15
    assert len(made) == 1  # ana, who reads on other terms, was told by the same
    assert len({row.digest for row in written(each_world)}) == 1


def test_each_message_is_the_one_that_its_reader_alone_would_get(each_world: World) -> None:
    crowd(each_world, 5)
    falls_ill(each_world)
    before = readers(each_world)
    program = each_world.program

    one_pass(program, each_world.memory, each_world.now)

    rows = written(each_world)
    assert len(rows) == 5
    for row in rows:
        reader = before[row.recipient]
        digest = program.store.digests.get(row.digest or 0)
        alone = letter(
            program,
            reader,
            reason="digest",
            body=digest.body,
            body_hash=digest.input_hash,
            now=each_world.now,
            digest=digest.id,
        )
        assert (row.message_id, row.recipient) == (alone.message_id, alone.recipient)
        assert (row.splice, row.body, row.digest) == (alone.splice, alone.body, alone.digest)
        assert (row.next_attempt, row.expires_at) == (alone.not_before, alone.expires_at)
        assert (row.subscription, row.seq, row.state) == (reader.id, reader.seq + 1, "pending")
        assert (row.created_at, row.attempts) == (each_world.now, 0)


def test_a_message_to_one_of_many_is_the_same_bytes_at_each_attempt(world: World) -> None:
    crowd(world, 3)
    falls_ill(world)
    one_pass(world.program, world.memory, world.now)
    sent: list[bytes] = []
    for minutes in (0, 20):
        now = world.now + timedelta(minutes=minutes)
        claimed = world.program.store.outbox.claim(limit=50, now=now)
        sent += [_bytes(world, one) for one in claimed if one.recipient == "r1@example.org"]
        world.program.store.outbox.release(claimed, now=now)

    (row,) = [one for one in written(world) if one.recipient == "r1@example.org"]
    assert sent == [sent[0], sent[0]]
    assert row.message_id.encode() in sent[0]
    assert b"To: r1@example.org" in sent[0]


def _bytes(world: World, message: Claimed) -> bytes:
    return build(Bodies(world.program.store).of(message.body_id), splice_of(world.program, message))


def test_who_leaves_moves_or_is_stopped_while_it_is_made_is_left_out(
    each_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(each_world, 4)
    falls_ill(each_world)
    store, latest = each_world.program.store, each_world.program.store.versions.latest("posts")
    assert latest is not None
    gone, moved, stopped, other = readers(each_world).values()
    plain = report.make_digest

    def meanwhile(*given: Any) -> Digest:
        store.subscriptions.set_state(gone.id, "unsubscribed", "a click", now=each_world.now)
        store.suppressions.add(
            stopped.spec.address, reason="complaint", by="loop", now=each_world.now
        )
        ahead = replace(moved.pointers[0], alerted=latest.id)
        store.subscriptions.move(
            moved.id, [(moved.pointers[0], ahead)], "message", now=each_world.now
        )
        monkeypatch.setattr(rendering, "make_digest", plain)
        return plain(*given)

    monkeypatch.setattr(rendering, "make_digest", meanwhile)
    one_pass(each_world.program, each_world.memory, each_world.now)
    first = [row.recipient for row in written(each_world)]
    each_world.passes()

    # Whom an alert has told meanwhile is decided anew, and told as one who has heard it.
    assert sorted(first) == sorted([moved.spec.address, other.spec.address])
    assert sorted(row.recipient for row in written(each_world)) == sorted(first)
    assert len({row.digest for row in written(each_world)}) == 1
    after = readers(each_world)
    assert after[gone.spec.address].pointers == gone.pointers
    assert after[stopped.spec.address].seq == stopped.seq


def test_one_of_many_that_does_not_arrive_is_told_again_and_no_other(world: World) -> None:
    crowd(world, 4)
    falls_ill(world)
    before = readers(world)["r2@example.org"].pointers
    world.mailbox.refuses("r2@example.org")
    one_pass(world.program, world.memory, world.now)
    world.mail()

    assert readers(world)["r2@example.org"].pointers == before
    others = [one for name, one in readers(world).items() if name != "r2@example.org"]
    assert all(one.pointers[0].told != before[0].told for one in others)


def test_readers_on_other_terms_hear_their_own(world: World, made: list[str]) -> None:
    crowd(world, 3)
    crowd(world, 3, of="s", language="uk")
    falls_ill(world)
    made.clear()

    one_pass(world.program, world.memory, world.now)

    assert Counter(row.digest for row in written(world)).most_common() == [
        (row.digest, 3) for row in (written(world)[0], written(world)[3])
    ]


def test_receipts_and_filters_are_decided_for_all(world: World, made: list[str]) -> None:
    crowd(world, 3, receipts=True, filter=Filter(minimum=Significance.CRITICAL))
    falls_ill(world)

    one_pass(world.program, world.memory, world.now)

    rows = world.program.store.outbox.find(reason="receipt")
    assert sorted(row.recipient for row in rows) == [f"r{i}@example.org" for i in range(3)]
    assert len({row.digest for row in rows}) == 1


def test_an_address_that_cannot_be_written_to_hinders_none_of_the_others(world: World) -> None:
    crowd(world, 3)
    falls_ill(world)
    damage(world, "UPDATE subscriptions SET address = 'r\u00fc@x' WHERE address LIKE 'r1@%'")

    one_pass(world.program, world.memory, world.now)

    assert [row.recipient for row in written(world)] == ["r0@example.org", "r2@example.org"]
    assert any("r\u00fc@x" in text for text in world.program.blame.standing().values())


def test_what_alerts_told_alike_is_marked_alike(world: World, made: list[str]) -> None:
    crowd(world, 3, alert_level=Significance.MINOR)
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.mail()
    made.clear()

    heard = [mail for mail in world.hears(hours=24) if mail.to.startswith("r")]

    assert len(heard) == 3
    assert all("alert" in mail.text.lower() for mail in heard)
    assert len({row.digest for row in written(world)}) == 1
    assert [world.program.store.alerts.of(one.id) for one in readers(world).values()] == [()] * 3


@contextmanager
def nodes(folder: Path, url: str, number: int) -> Iterator[list[World]]:
    worlds = [World(folder, url, now=MONDAY) for _ in range(number)]
    try:
        yield worlds
    finally:
        for world in worlds:
            world.close()


@pytest.mark.postgresql
@pytest.mark.parametrize("number", [1, 2, 4])
def test_nodes_make_each_digest_once_and_share_the_writing(
    tmp_path: Path, postgresql_url: str, made: list[str], number: int
) -> None:
    with nodes(tmp_path, postgresql_url, number) as worlds:
        first = worlds[0]
        first.says("2026-03-01", president="Adam", speaker="Berta")
        first.passes()
        crowd(first, 30)
        crowd(first, 10, of="s", zone="Europe/Paris")
        falls_ill(first)
        made.clear()
        together = [
            threading.Thread(
                target=one_pass, args=(world.program, world.memory, first.now), daemon=True
            )
            for world in worlds
        ]
        for each in together:
            each.start()
        for each in together:
            each.join(60)

        rows = written(first)
        assert Counter(row.recipient for row in rows) == Counter(list(readers(first)))
        assert len({row.digest for row in rows}) == 2
        # ana reads as the first crowd does, but has an alert level.
        assert len(made) <= 3


@pytest.mark.postgresql
def test_a_node_that_was_stopped_while_it_made_a_digest_writes_nothing_of_it(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with nodes(tmp_path, postgresql_url, 2) as (slow, quick):
        slow.says("2026-03-01", president="Adam", speaker="Berta")
        slow.passes()
        crowd(slow, 6)
        falls_ill(slow)
        plain = report.make_digest
        others: list[StoredDigest | None] = []

        def stopped(*given: Any) -> Digest:
            """Its lease ends, and the other node makes the same meanwhile."""
            monkeypatch.setattr(rendering, "make_digest", plain)
            damage(slow, "UPDATE work SET lease_until = lease_until - interval '1 hour'")
            one_pass(quick.program, quick.memory, slow.now)
            others.append(quick.program.store.digests.get(written(quick)[0].digest or 0))
            return replace(plain(*given), input_hash="of the late one")

        monkeypatch.setattr(rendering, "make_digest", stopped)
        one_pass(slow.program, slow.memory, slow.now)

        rows = written(slow)
        assert Counter(row.recipient for row in rows) == Counter(list(readers(slow)))
        assert {row.digest for row in rows} == {other.id for other in others if other}
        assert slow.program.store.digests.by_hash("of the late one") is None


@pytest.mark.postgresql
def test_a_digest_that_another_node_is_making_is_waited_for(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with nodes(tmp_path, postgresql_url, 2) as (here, there):
        here.says("2026-03-01", president="Adam", speaker="Berta")
        here.passes()
        crowd(here, 6)
        falls_ill(here)
        taken: list[WorkClaim] = []
        plain = editions.Editions._found

        def found(self: editions.Editions, key: str, wanted: Any) -> StoredDigest:
            if not taken:
                taken.extend(there.program.store.work.take(editions.EDITION, [key]))
            return plain(self, key, wanted)

        def rests(_seconds: float) -> None:
            there.program.store.work.done(taken)

        monkeypatch.setattr(editions.Editions, "_found", found)
        monkeypatch.setattr(time, "sleep", rests)
        one_pass(here.program, here.memory, here.now)

        assert len(taken) == 1
        assert Counter(row.recipient for row in written(here)) == Counter(list(readers(here)))
