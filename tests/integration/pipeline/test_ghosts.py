"""A snapshot that said nothing new is evidence for its day, and undoes no earlier news."""

from __future__ import annotations

import pytest

from monitor.pipeline.intake.holding import find_held, release
from tests.integration.pipeline.world import World


@pytest.fixture
def copied(world: World) -> World:
    """A dated copy of the latest was written, taken in, and says nothing new."""
    world.says("2026-03-08", president="Adam", speaker="Berta")
    assert world.hears() == []
    return world


def latest(world: World) -> tuple[str, dict[str, str]]:
    found = world.program.store.versions.latest("posts")
    assert found is not None
    state = world.program.store.versions.state(found.id)
    return found.ref.as_of, {post["id"]: post["holder"] for post in state.document["posts"]}


@pytest.mark.parametrize("coverage", ["full", "partial"])
def test_news_is_told_when_the_copy_was_deleted(copied: World, coverage: str) -> None:
    copied.removes("2026-03-08.yaml")
    copied.says("2026-03-05", coverage=coverage, president="Carl", speaker="Berta")

    told = {mail.to: mail.text for mail in copied.hears()}

    assert "Carl" in told["ben@example.org"]
    assert "operator@example.org" not in told
    assert latest(copied)[0] == "2026-03-05"


@pytest.mark.parametrize("coverage", ["full", "partial"])
def test_news_that_the_copy_would_undo_is_held_and_released(copied: World, coverage: str) -> None:
    copied.says("2026-03-05", coverage=coverage, president="Carl", speaker="Berta")
    (operator,) = copied.hears()
    assert "2026-03-08" in operator.text
    assert "monitor held release posts@" in operator.text
    assert copied.hears(minutes=5) == []

    written = release(copied.program, find_held(copied.program, "posts@2026-03-05"), copied.now)

    assert written.aside == ("2026-03-08",)
    assert latest(copied) == ("2026-03-05", {"president": "Carl", "speaker": "Berta"})
    assert any("Carl" in mail.text for mail in copied.hears(minutes=1))


def test_deleting_the_copy_later_releases_it(copied: World) -> None:
    copied.says("2026-03-05", president="Carl", speaker="Berta")
    copied.hears()
    copied.removes("2026-03-08.yaml")
    copied.passes(minutes=1)
    copied.passes(minutes=1)
    assert latest(copied)[0] == "2026-03-05"
    assert any("Carl" in mail.text for mail in copied.mail("ben"))
    assert copied.program.store.versions.held() == ()


def test_two_copies_are_both_set_aside(copied: World) -> None:
    copied.says("2026-03-09", president="Adam", speaker="Berta")
    copied.passes()
    copied.says("2026-03-05", president="Carl", speaker="Berta")
    copied.passes()
    release(copied.program, find_held(copied.program, "posts@2026-03-05"), copied.now)
    assert latest(copied)[0] == "2026-03-05"


def test_of_two_copies_one_is_deleted_and_the_other_still_holds(copied: World) -> None:
    copied.says("2026-03-09", president="Adam", speaker="Berta")
    copied.passes()
    copied.removes("2026-03-08.yaml")
    copied.says("2026-03-05", president="Carl", speaker="Berta")
    copied.passes()
    copied.passes(minutes=1)
    assert [one.hold for one in copied.program.store.versions.held()] == ["undone"]


def test_a_copy_that_was_edited_later_speaks_for_itself(copied: World) -> None:
    copied.says("2026-03-08", president="Adam", speaker="Dora")
    copied.passes()
    copied.says("2026-03-05", president="Carl", speaker="Berta")
    copied.passes(minutes=1)
    assert copied.program.store.versions.held() == ()
    assert latest(copied) == ("2026-03-08", {"president": "Adam", "speaker": "Dora"})


def test_a_correction_of_what_was_copied_is_not_undone_by_the_copy(copied: World) -> None:
    copied.says("2026-03-01", president="Carl", speaker="Berta")
    copied.passes()
    release(copied.program, find_held(copied.program, "posts@2026-03-01"), copied.now)
    assert latest(copied) == ("2026-03-01", {"president": "Carl", "speaker": "Berta"})


def test_what_came_after_the_copy_is_laid_over_the_news(copied: World) -> None:
    copied.says("2026-03-09", coverage="partial", speaker="Dora")
    copied.passes()
    copied.says("2026-03-05", president="Carl", speaker="Berta")
    copied.passes(minutes=1)
    release(copied.program, find_held(copied.program, "posts@2026-03-05"), copied.now)
    assert latest(copied) == ("2026-03-09", {"president": "Carl", "speaker": "Dora"})


def test_news_before_a_later_full_version_is_history_as_ever(copied: World) -> None:
    copied.says("2026-03-09", president="Emil", speaker="Berta")
    copied.passes()
    copied.says("2026-03-05", president="Carl", speaker="Berta")
    copied.passes(minutes=1)
    assert copied.program.store.versions.held() == ()
    assert latest(copied)[0] == "2026-03-09"


def test_a_renamed_copy_and_an_empty_folder_are_no_deletion(copied: World) -> None:
    copied.removes("2026-03-08.yaml")
    copied.says("2026-03-08", file="other.yaml", president="Adam", speaker="Berta")
    copied.passes()
    copied.removes("other.yaml")
    copied.removes("2026-03-01.yaml")
    copied.passes(minutes=1)
    assert [seen for _, seen in copied.program.store.snapshots.seen_again("posts")] == [
        "2026-03-08"
    ]
