"""What a folder has that is not read, cannot be read, or is not there any more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.integration.pipeline.world import World

DAYS = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"]


def snapshots(world: World) -> Path:
    return world.folder / "snapshots"


def operator_mail(world: World) -> list[str]:
    return [mail.text for mail in world.mail("operator")]


def trouble(world: World) -> str | None:
    (row,) = world.program.store.sources.all()
    return row.trouble


def away(world: World, *, but: str = "") -> dict[str, str]:
    """All snapshots are gone, as from a share that is not mounted; what they held."""
    files = [file for file in snapshots(world).glob("2*.yaml") if file.name != but]
    held = {file.name: file.read_text() for file in files}
    for file in files:
        file.unlink()
    return held


def test_a_folder_that_lost_everything_is_told_once_and_once_when_it_is_back(
    world: World,
) -> None:
    world.passes()
    world.mail()
    versions = world.program.store.versions.history("posts")
    held = away(world)

    world.passes()
    (told,) = operator_mail(world)
    world.passes(minutes=5)
    assert operator_mail(world) == []
    for name, text in held.items():
        world.writes(name, text)
    assert world.passes().trouble == 0
    (over,) = operator_mail(world)

    assert "the folder was not empty before" in told
    assert "monitor source forget posts" in " ".join(told.split())
    assert "OVER" in over.upper()
    assert world.program.store.versions.history("posts") == versions


def test_what_is_lost_is_known_after_a_restart_too(world: World) -> None:
    world.passes()
    away(world)
    world.restarts()
    world.passes()
    assert "not empty before" in str(trouble(world))


def test_most_files_gone_at_once_are_trouble_and_a_few_are_not(world: World) -> None:
    for day in DAYS:
        world.says(day, president="Adam")
    world.passes()
    world.removes("2026-03-02.yaml")
    world.passes()
    assert trouble(world) is None

    held = away(world, but="2026-03-05.yaml")
    world.passes()
    assert str(trouble(world)).startswith("3 of 4 files are gone at once")

    world.writes("2026-03-03.yaml", held["2026-03-03.yaml"])
    world.passes()
    assert trouble(world) is None


def test_files_deleted_little_by_little_are_not_missed(world: World) -> None:
    for day in DAYS:
        world.says(day, president="Adam")
    world.passes()
    for day in DAYS:
        world.removes(f"{day}.yaml")
        world.passes()
        assert trouble(world) is None


def test_files_that_move_to_another_folder_are_not_missed(world: World) -> None:
    for day in DAYS:
        world.says(day, president="Adam")
    world.passes()
    (snapshots(world) / "archive").mkdir()
    (snapshots(world) / "archive" / "posts.kind.yaml").write_bytes(
        (snapshots(world) / "posts.kind.yaml").read_bytes()
    )
    for file in list(snapshots(world).glob("2*.yaml")):
        file.rename(file.parent / "archive" / file.name)
    world.passes()
    assert trouble(world) is None


def test_a_new_snapshot_says_that_the_folder_is_in_use(world: World) -> None:
    world.passes()
    away(world)
    world.passes()
    assert trouble(world)
    world.says("2026-03-09", president="Dora")
    world.passes()
    assert trouble(world) is None


def test_a_person_says_that_the_files_are_gone_for_good(world: World) -> None:
    world.passes()
    away(world)
    world.passes()
    world.program.store.sources.note_usual("posts", 0)
    assert world.passes().trouble == 0


def test_what_cannot_be_read_costs_only_itself_and_is_told_once(world: World) -> None:
    (snapshots(world) / "ring").symlink_to("ring")
    (snapshots(world) / "gone.yaml").symlink_to("nothing.yaml")
    os.mkfifo(snapshots(world) / "pipe.json")
    world.says("2026-03-02", president="Dora")

    world.passes()
    (told,) = operator_mail(world)
    world.passes(minutes=5)
    assert operator_mail(world) == []
    for name in ("ring", "gone.yaml", "pipe.json"):
        world.removes(name)
    assert world.passes().trouble == 0

    for words in ("back to itself", "leads nowhere", "not a regular file"):
        assert words in told
    latest = world.program.store.versions.history("posts")[-1]
    assert latest.ref.as_of == "2026-03-02"


def test_a_file_that_was_unreadable_for_a_while_is_no_event_when_it_is_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.says("2026-03-02", president="Dora")
    world.passes()
    stored = world.program.store.snapshots.of("posts")
    opened = os.open

    def failing(path: object, *arguments: int, **named: int) -> int:
        if str(path).endswith("2026-03-02.yaml"):
            raise OSError(5, "Input/output error")
        return opened(path, *arguments, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", failing)
        world.restarts()
        assert world.passes().trouble == 1
    world.restarts()
    assert world.passes().trouble == 0
    assert world.program.store.snapshots.of("posts") == stored


def test_what_is_not_read_is_noted_in_a_line_and_is_no_trouble(world: World) -> None:
    world.writes("members.csv", "id,name\n1,Ana\n")
    world.writes("README.md", "about\n")
    world.writes(".draft.yaml", "a: 1\n")

    assert world.passes().trouble == 0
    sources = world.program.store.sources
    assert sources.ignored("posts") == (
        "1 file is not read: members.csv (tables are followed with `monitor watch FILE`)"
    )
    world.removes("members.csv")
    world.passes()
    assert sources.ignored("posts") == ""


def test_an_ending_in_capitals_is_read(world: World) -> None:
    world.says("2026-03-02", file="2026-03-02.YAML", president="Dora")
    world.passes()
    assert world.program.store.versions.history("posts")[-1].ref.as_of == "2026-03-02"
