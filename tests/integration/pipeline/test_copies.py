"""A machine restored from a copy does not know whom its original has told: it asks first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.store.records import MessageRow
from tests.integration.pipeline.world import CONFIG, World


@pytest.fixture
def copy(world: World, tmp_path: Path) -> Iterator[World]:
    """A copy from before 2 March, with the folder of today: the original has told what is in it."""
    world.program.store.backup(tmp_path / "copy.db")
    yield from _restored(tmp_path, world)


def test_what_lies_in_the_folder_of_a_copy_is_not_sent_before_somebody_was_asked(
    copy: World,
) -> None:
    heard = copy.hears()

    assert [mail.to for mail in heard] == ["operator@example.org"]
    assert {(one.reason, one.recipient) for one in held(copy)} == {
        ("alert", "ana@example.org"),
        ("digest", "ben@example.org"),
    }


def test_it_goes_out_when_the_operator_says_so(copy: World) -> None:
    copy.hears()

    numbers = [one.id for one in held(copy)]
    later = copy.now + timedelta(days=2)
    copy.program.store.outbox.let_go(numbers, now=copy.now, expires_at=later)

    assert {mail.to for mail in copy.mail()} == {"ana@example.org", "ben@example.org"}


def test_what_the_original_has_told_is_not_repeated(copy: World) -> None:
    copy.hears()
    numbers = [one.id for one in held(copy)]
    copy.program.store.outbox.cancel(numbers, "told before", now=copy.now, arrived=True)
    copy.says("2026-03-04", president="Carl", speaker="Berta; ill")

    copy.passes(hours=1)
    (ben,) = copy.mail("ben")

    assert "ill" in ben.text
    assert "Adam" not in ben.text.split("AGAINST THE BASELINE")[0]


def test_a_copy_that_is_started_again_still_asks(copy: World) -> None:
    copy.hears()
    copy.restarts()

    copy.passes(hours=24)

    assert {mail.to for mail in copy.mail()} <= {"operator@example.org"}
    assert ("digest", "ana@example.org") in {(one.reason, one.recipient) for one in held(copy)}


def test_what_is_new_beside_something_old_waits_with_it(copy: World) -> None:
    copy.restarts(config=CONFIG.replace('"at-once"', '"daily 07:00"'))
    copy.passes()
    copy.says("2026-03-04", president="Carl", speaker="Dora")

    copy.passes(hours=24)
    (alert,) = copy.mail("ben")

    # The alert speaks of what came after; the digest would tell both.
    assert alert.subject == "Alert: speaker: holder changes from Berta to Dora"
    assert [one.reason for one in held(copy) if one.recipient == alert.to] == ["digest", "alert"]


def test_who_subscribes_at_a_copy_is_told_without_a_question(copy: World) -> None:
    copy.hears()
    copy.now += timedelta(days=1)
    copy.subscribes("dan@example.org", start="2026-03-01")

    subjects = [mail.subject for mail in copy.hears() if mail.to == "dan@example.org"]

    assert len(subjects) == 2


def held(world: World) -> tuple[MessageRow, ...]:
    return world.program.store.outbox.find(states=("held",))


def _restored(tmp_path: Path, original: World) -> Iterator[World]:
    original.says("2026-03-02", president="Carl", speaker="Berta")
    assert {mail.to for mail in original.hears()} == {"ana@example.org", "ben@example.org"}
    url = f"sqlite:///{tmp_path / 'copy.db'}"
    world = World(tmp_path / "other", url, now=original.now + timedelta(hours=1))
    world.says("2026-03-02", president="Carl", speaker="Berta")
    yield world
    world.close()
