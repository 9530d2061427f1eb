"""One mail for one subscription, however many situations it follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.pipeline.world import World

BOTH = """
[sources.posts]
folder = "snapshots"
interval = "1s"

[[subscriptions]]
address = "ana@example.org"
situations = ["posts", "council"]
cadence = "daily 07:00"
zone = "Europe/Kyiv"

[[subscriptions]]
address = "ben@example.org"
situations = ["council", "posts"]
cadence = "at-once"
alert = "off"
"""


@pytest.fixture
def two(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    """Both situations are known and both readers have been welcomed, each with one mail."""
    world = World(tmp_path / "world", sqlite_url, config=BOTH)
    world.says("2026-03-01", president="Adam")
    world.says("2026-02-20", situation="council", chair="Carl")
    welcomes = world.hears()
    assert sorted(mail.to for mail in welcomes) == ["ana@example.org", "ben@example.org"]
    yield world
    world.close()


def test_what_changed_in_both_is_one_mail_with_the_strongest_first(two: World) -> None:
    two.says("2026-03-02", president="Adam; ill")
    two.says("2026-03-02", situation="council", chair="Dora")

    (mail,) = [mail for mail in two.hears() if mail.to == "ben@example.org"]

    assert mail.subject.startswith("chair: holder changes from Carl to Dora")
    assert mail.subject.endswith("(+1)")
    assert "ill" in mail.text
    assert "Since 1 Mar" in mail.text
    assert "Since 20 Feb" in mail.text


def test_a_situation_that_stood_still_is_told_as_such(two: World) -> None:
    two.says("2026-03-02", situation="council", chair="Dora")

    (mail,) = [mail for mail in two.hears() if mail.to == "ben@example.org"]

    assert "Nothing newer than 1 Mar 2026" in mail.text
    assert "Since 20 Feb" in mail.text


def test_each_situation_has_a_baseline_of_its_own(two: World) -> None:
    store = two.program.store
    for situation, as_of in (("posts", "2026-03-01"), ("council", "2026-02-20")):
        pinned = store.versions.resolve(situation, as_of)
        store.situations.set_baseline(situation, "pinned", pinned.id)
    two.says("2026-03-02", president="Emil")
    two.says("2026-03-02", situation="council", chair="Dora")
    two.hears()
    two.says("2026-03-03", president="Emil; ill")
    two.says("2026-03-03", situation="council", chair="Dora; well")

    (mail,) = [mail for mail in two.hears() if mail.to == "ben@example.org"]

    assert "AGAINST THE BASELINE OF 1 MAR 2026" in mail.text
    assert "AGAINST THE BASELINE OF 20 FEB 2026" in mail.text


def test_an_alert_speaks_of_the_situation_that_moved_and_the_digest_of_both(two: World) -> None:
    two.says("2026-03-02", situation="council", chair="Dora")
    two.says("2026-03-02", president="Adam; ill")

    (alert,) = [mail for mail in two.hears() if mail.to == "ana@example.org"]
    two.passes(hours=24)
    (digest,) = two.mail("ana")

    assert alert.subject.startswith("Alert: chair")
    assert "ill" not in alert.text
    assert "You were alerted to this" in digest.text
    assert "ill" in digest.text


def test_a_refused_digest_gives_back_both(two: World) -> None:
    two.says("2026-03-02", president="Emil")
    two.says("2026-03-02", situation="council", chair="Dora")
    two.mailbox.refuses("ben@example.org")
    two.passes()
    two.mail()
    ben = two.program.store.subscriptions.find("ben@example.org", "digest")
    assert ben is not None
    two.mailbox.answers.clear()
    two.program.store.subscriptions.set_state(ben.id, "active", "mended", now=two.now)

    (mail,) = [mail for mail in two.hears(hours=1) if mail.to == "ben@example.org"]

    assert "could not be delivered on" in mail.text
    assert "Emil" in mail.text
    assert "Dora" in mail.text
