"""One value that cannot be read costs what it belongs to; its neighbours are served."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from monitor.cli.opened import find_subscription
from monitor.errors import NotFound, RowDamaged
from monitor.pipeline.readers.subscribing import leave_by_token, named_by
from monitor.pipeline.telling.tokens import make_token
from tests.integration.pipeline.damage import damage
from tests.integration.pipeline.world import CONFIG, World


def unknown_key(spec: dict[str, Any]) -> None:
    spec["digest_style"] = "long"


def unknown_filter(spec: dict[str, Any]) -> None:
    spec["filter"]["without"] = ["seats"]


def lost_key(spec: dict[str, Any]) -> None:
    del spec["zone"]


def word_for_list(spec: dict[str, Any]) -> None:
    spec["situations"] = "posts"


def new_level(spec: dict[str, Any]) -> None:
    spec["alert_level"] = "grave"


Spoils = Callable[[dict[str, Any]], None]


def changed(world: World, spoils: Spoils) -> str:
    spec = json.loads(spec_of(world))
    spoils(spec)
    return json.dumps(spec)


def spec_of(world: World) -> str:
    rows = damage(world, "SELECT spec FROM subscriptions WHERE address = 'ben@example.org'")
    return str(rows[0][0])


def spoil(world: World, text: str) -> None:
    damage(
        world,
        "UPDATE subscriptions SET spec = :text WHERE address = 'ben@example.org'",
        text=text,
    )


@pytest.mark.parametrize(
    "spoils",
    [
        pytest.param(lambda world: spec_of(world)[:-9], id="cut short"),
        pytest.param(lambda _: "null", id="null"),
        pytest.param(lambda world: changed(world, unknown_key), id="unknown key"),
        pytest.param(lambda world: changed(world, unknown_filter), id="unknown filter"),
        pytest.param(lambda world: changed(world, lost_key), id="lost key"),
        pytest.param(lambda world: changed(world, word_for_list), id="word for list"),
        pytest.param(lambda world: changed(world, new_level), id="unknown level"),
    ],
)
def test_a_subscription_that_cannot_be_read_is_left_alone_and_named(
    each_world: World, spoils: Callable[[World], str]
) -> None:
    world, whole = each_world, spec_of(each_world)
    spoiled = spoils(world)
    spoil(world, spoiled)
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    mail = {one.to: one for one in world.mail()}

    assert "ana@example.org" in mail
    assert "ben@example.org" not in mail
    said = " ".join(mail["operator@example.org"].text.split())
    assert "subscription ben@example.org/digest is left alone" in said
    assert spec_of(world) == spoiled
    assert world.hears(minutes=1) == []

    spoil(world, whole)
    world.restarts()
    # That the row can be read again is noted in the first pass; the next one tells its reader.
    after = [*world.hears(minutes=1), *world.hears(minutes=1)]
    assert any("Carl" in one.text for one in after if one.to == "ben@example.org")
    assert any("OVER" in one.text for one in after if one.to == "operator@example.org")


def test_the_start_neither_ends_nor_changes_what_it_cannot_read(each_world: World) -> None:
    spoil(each_world, "{")
    each_world.restarts()
    rows = damage(
        each_world, "SELECT state, spec FROM subscriptions WHERE address = 'ben@example.org'"
    )
    assert [tuple(row) for row in rows] == [("active", "{")]


def test_pages_go_on_after_subscriptions_that_cannot_be_read(each_world: World) -> None:
    store = each_world.program.store.subscriptions
    spoil(each_world, "{")
    first = store.page(limit=1)
    assert [one.spec.address for one in first] == ["ana@example.org"]
    assert store.page(after=first[0].id, limit=1) == ()
    assert list(store.damaged()) == [
        row[0]
        for row in damage(
            each_world, "SELECT id FROM subscriptions WHERE address = 'ben@example.org'"
        )
    ]


DOCUMENT = "(SELECT document_id FROM contents WHERE hash = :hash)"


def test_a_document_that_cannot_be_read_is_its_situations_trouble(each_world: World) -> None:
    world = each_world
    world.restarts(config=CONFIG.replace('["posts"]', '["posts", "seats"]'))
    world.says("2026-03-01", situation="seats", one="Adam")
    world.passes()
    world.mail()
    latest = world.program.store.versions.latest("posts")
    assert latest is not None
    damage(
        world,
        f"UPDATE blobs SET data = :bytes WHERE id = {DOCUMENT}",
        bytes=b'{"posts": [',
        hash=latest.ref.content_hash,
    )
    world.restarts(config=CONFIG.replace('["posts"]', '["posts", "seats"]'))
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.says("2026-03-02", situation="seats", one="Emil")
    mail = {one.to: one.text for one in world.hears(minutes=1)}

    assert "Emil" in mail["ben@example.org"]
    assert "posts" in mail["operator@example.org"]
    assert "blobs.data" in mail["operator@example.org"]


def test_an_old_document_that_cannot_be_read_leaves_the_news_alone(each_world: World) -> None:
    world = each_world
    first = world.program.store.versions.latest("posts")
    assert first is not None
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    world.mail()
    damage(
        world,
        f"UPDATE blobs SET data = :bytes WHERE id = {DOCUMENT}",
        bytes=b"\xff\x00",
        hash=first.ref.content_hash,
    )
    world.restarts()
    world.says("2026-03-03", president="Carl", speaker="Dora")
    mail = {one.to: one.text for one in world.hears(minutes=1)}

    assert "Dora" in mail["ben@example.org"]
    assert "posts@2026-03-01" in " ".join(mail["operator@example.org"].split())


def test_a_judgement_that_cannot_be_read_costs_its_situation(each_world: World) -> None:
    world = each_world
    config = CONFIG.replace('["posts"]', '["posts", "seats"]')
    world.restarts(config=config)
    world.says("2026-03-01", situation="seats", one="Adam")
    world.passes()
    world.mail()
    world.program.store.judgements.add(
        situation="posts",
        collection="posts",
        verdict="same-as",
        left=["a"],
        right=["b"],
        reason="a test",
        by="desk",
        now=world.now,
    )
    damage(world, """UPDATE judgements SET "left" = '["a' """)
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.says("2026-03-02", situation="seats", one="Emil")
    mail = {one.to: one.text for one in world.hears(minutes=1)}

    assert "Emil" in mail["ben@example.org"]
    assert "judgements.left" in mail["operator@example.org"]


def test_a_message_that_cannot_be_addressed_hinders_no_other(each_world: World) -> None:
    world = each_world
    world.says("2026-03-02", president="Carl", speaker="Berta")
    world.passes()
    damage(
        world,
        "UPDATE outbox SET splice = '{' WHERE recipient = 'ben@example.org' AND state = 'pending'",
    )
    assert "ana@example.org" in {one.to for one in world.mail()}
    (waiting,) = damage(
        world, "SELECT recipient, state_reason FROM outbox WHERE state NOT IN ('sent', 'dead')"
    )
    assert waiting[0] == "ben@example.org"
    assert "cannot be read" in waiting[1]


def test_a_notice_or_mute_whose_time_cannot_be_read_is_told_all_the_same(world: World) -> None:
    ben = world.program.store.subscriptions.find("ben@example.org", "digest")
    assert ben is not None
    world.program.store.subscriptions.mute(ben.id, "speaker", "no", until=None, now=world.now)
    world.program.store.notices.open("fault:test:x", "a test", now=world.now)
    damage(world, "UPDATE notices SET opened_at = 'soon'")
    damage(world, "UPDATE mutes SET created_at = '-'")
    world.says("2026-03-02", president="Carl", speaker="Berta")
    mail = {one.to: one.text for one in world.hears(minutes=1)}
    assert "Carl" in mail["ben@example.org"]
    assert "a test" in mail["operator@example.org"]


def test_who_names_a_damaged_subscription_hears_of_the_damage(world: World) -> None:
    spoil(world, "{")
    for who in ("ben@example.org", "ben@example.org/digest"):
        with pytest.raises(RowDamaged, match=r"subscription ben@example\.org/digest is left alone"):
            find_subscription(world.program, who)
    with pytest.raises(NotFound, match=r"no subscription ben@example\.org/weekly"):
        find_subscription(world.program, "ben@example.org/weekly")


def test_the_link_in_a_mail_ends_a_damaged_subscription_too(world: World) -> None:
    token = make_token(world.program.secret, id_of(world, "ben@example.org"))
    spoil(world, "{")

    assert named_by(world.program, token) is not None
    assert leave_by_token(world.program, token, world.now) is not None

    states = damage(world, "SELECT state FROM subscriptions WHERE address = 'ben@example.org'")
    assert [row[0] for row in states] == ["unsubscribed"]


def id_of(world: World, address: str) -> int:
    (reader,) = world.program.store.subscriptions.all(address=address)
    return reader.id
