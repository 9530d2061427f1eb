"""Which file systems are measured, and when one counts as full."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from monitor.pipeline.trouble.conditions import short_of_room, written_to
from tests.integration.pipeline.world import Mail, World

MB = 1_000_000


def has(monkeypatch: pytest.MonkeyPatch, **changed: int) -> None:
    """A file system of 100 GB, a fifth of it free, but for what is named."""
    plain = {"blocks": 100_000 * MB // 4096, "free": 20_000 * MB // 4096, "files": 10**6, "flag": 0}
    room = plain | {"files_free": 10**5} | changed
    free, files = [room["free"]] * 2, [room["files_free"]] * 2
    found = os.statvfs_result(
        (4096, 4096, room["blocks"], *free, room["files"], *files, room["flag"], 255)
    )
    monkeypatch.setattr(os, "statvfs", lambda _folder: found)


@pytest.mark.parametrize(
    ("room", "words"),
    [
        ({"free": 49 * MB // 4096}, "is full: 49.0 MB of 99999 MB free"),
        ({"free": 0}, "is full: 0.0 MB of 99999 MB free"),
        ({"blocks": 512, "free": 50}, "is full: 0.2 MB of 2.1 MB free"),
        ({"files": 64, "files_free": 3}, "is full: 3 of 64 inodes free"),
        ({"files_free": 0}, "is full: 0 of 1000000 inodes free"),
        ({"flag": os.ST_RDONLY}, "is mounted read-only: nothing can be kept or told"),
    ],
)
def test_a_file_system_without_room_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: dict[str, int], words: str
) -> None:
    has(monkeypatch, **room)

    (short,) = short_of_room([tmp_path / "not" / "there" / "yet", tmp_path])
    assert short.text == f"the disk of {tmp_path} {words}"


@pytest.mark.parametrize(
    "room",
    [
        {"free": 60 * MB // 4096},
        {"blocks": 512, "free": 100},
        {"files": 0, "files_free": 0},
        {"files": 64, "files_free": 10},
    ],
)
def test_one_with_room_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: dict[str, int]
) -> None:
    has(monkeypatch, **room)

    assert list(short_of_room([tmp_path])) == []


def test_what_is_measured_is_what_is_written_to(each_world: World) -> None:
    world = each_world
    folders = {world.folder / "var", world.folder / "var" / "mail"}
    if world.program.store.is_sqlite:
        folders.add(Path(world.url.removeprefix("sqlite:///")).parent)

    assert set(written_to(world.program)) == folders


def words(mail: Mail) -> str:
    """Its text, however it was wrapped."""
    return " ".join(mail.text.split())


def test_the_operator_hears_of_a_full_disk_and_of_its_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        has(full, free=0)
        told = [words(mail) for mail in world.hears() if mail.to == "operator@example.org"]
        assert "is full" in told[0]
    (over,) = [words(mail) for mail in world.hears() if mail.to == "operator@example.org"]
    assert "is full" in over
