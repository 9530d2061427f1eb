"""A watched folder on a real disk."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.collect.directory import Scan, Sighting, refuse_same_moment, scan
from monitor.collect.limits import Limits
from monitor.errors import NotFound, SnapshotRefused
from tests.reading import snapshot_of

NOW = datetime(2026, 2, 20, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=1)


class Folder:
    """A folder in which files are written at chosen times."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seen: dict[str, str] = {}
        self.sightings: dict[str, Sighting] = {}

    def write(self, name: str, data: bytes = b"a: 1\n", *, at: datetime = LONG_AGO) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, (at.timestamp(), at.timestamp()))
        return file

    def look(self, now: datetime = NOW, *, limits: Limits | None = None) -> Scan:
        """Scan as the service does: with what was seen and how it looked last time."""
        result = scan(self.path, seen=self.seen, now=now, sightings=self.sightings, limits=limits)
        self.seen.update({found.path: found.bytes_hash for found in result.found})
        self.sightings = dict(result.sightings)
        return result


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "watched").mkdir()
    return Folder(tmp_path / "watched")


def paths(result: Scan) -> list[str]:
    return [found.path for found in result.found]


def test_it_finds_settled_files_in_all_folders_sorted_by_path(folder: Folder) -> None:
    for name in ("b.yaml", "a/z.json", "a/y.yml", "c.YAML.txt", "README.md"):
        folder.write(name, name.encode())
    result = folder.look()
    assert paths(result) == ["a/y.yml", "a/z.json", "b.yaml"]
    assert result.found[2].data == b"b.yaml"
    assert result.present == ("a/y.yml", "a/z.json", "b.yaml")


def test_a_file_is_an_event_once(folder: Folder) -> None:
    folder.write("a.yaml")
    assert paths(folder.look()) == ["a.yaml"]
    assert paths(folder.look()) == []


def test_what_was_seen_in_an_earlier_process_is_no_event(folder: Folder) -> None:
    folder.write("a.yaml")
    folder.look()
    folder.sightings = {}
    assert paths(folder.look()) == []


def test_touching_a_file_is_no_event_and_other_bytes_are(folder: Folder) -> None:
    folder.write("a.yaml")
    folder.look()
    folder.write("a.yaml", at=LONG_AGO + timedelta(hours=1))
    assert paths(folder.look()) == []
    folder.write("a.yaml", b"a: 2\n", at=LONG_AGO)
    assert paths(folder.look()) == ["a.yaml"]


def test_bytes_that_come_back_are_an_event_again(folder: Folder) -> None:
    events = []
    for data in (b"a: 1\n", b"a: 2\n", b"a: 1\n"):
        folder.write("a.yaml", data)
        events += paths(folder.look())
    assert events == ["a.yaml"] * 3


def test_deleting_is_no_event_and_renaming_brings_the_bytes_under_the_new_path(
    folder: Folder,
) -> None:
    file = folder.write("a.yaml")
    folder.look()
    file.rename(folder.path / "b.yaml")
    result = folder.look()
    assert (paths(result), result.present) == (["b.yaml"], ("b.yaml",))
    (folder.path / "b.yaml").unlink()
    assert folder.look().present == ()


def test_a_young_file_waits_until_it_has_stood_still_for_a_second(folder: Folder) -> None:
    folder.write("a.yaml", at=NOW - timedelta(seconds=0.4))
    result = folder.look(NOW)
    assert (paths(result), result.waiting) == ([], ("a.yaml",))
    assert paths(folder.look(NOW + timedelta(seconds=0.7))) == ["a.yaml"]


def test_a_file_that_grows_waits_on(folder: Folder) -> None:
    for step in range(4):
        now = NOW + timedelta(seconds=step)
        folder.write("a.yaml", b"x" * step, at=now)
        assert paths(folder.look(now)) == []
    assert paths(folder.look(NOW + timedelta(seconds=5))) == ["a.yaml"]


def test_a_file_from_the_future_is_read_when_it_has_looked_the_same_for_a_second(
    folder: Folder,
) -> None:
    folder.write("a.yaml", at=NOW + timedelta(days=3))
    assert folder.look(NOW).waiting == ("a.yaml",)
    assert folder.look(NOW + timedelta(seconds=0.5)).waiting == ("a.yaml",)
    assert paths(folder.look(NOW + timedelta(seconds=1))) == ["a.yaml"]


@pytest.mark.parametrize(
    "name",
    [
        *(".a.yaml", "a.yaml~", "a.yaml.tmp", ".a.yaml.swp", "a.yaml.swp", ".git/a.yaml"),
        *("a.yaml.bak", "a.txt", "kind.yaml", "x.kind.yml", "sub/kind.json"),
    ],
)
def test_temporary_hidden_and_other_files_are_not_snapshots(folder: Folder, name: str) -> None:
    folder.write(name)
    result = folder.look()
    assert (result.found, result.unread, result.present) == ((), (), ())


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no folder"):
        scan(tmp_path / "gone", seen={}, now=NOW)


def unread(result: Scan) -> list[tuple[str, str]]:
    return [(one.path, one.reason) for one in result.unread]


def test_a_link_that_leaves_the_folder_is_not_followed(folder: Folder) -> None:
    secret = folder.path.parent / "secret.yaml"
    secret.write_text("password: x\n")
    (folder.path / "a.yaml").symlink_to(secret)
    (folder.path / "b.yaml").symlink_to("../secret.yaml")
    (folder.path / "c.yaml").symlink_to("/etc/hostname")
    result = folder.look()
    assert result.found == ()
    assert unread(result) == [
        (name, "a symbolic link that leaves the folder") for name in ("a.yaml", "b.yaml", "c.yaml")
    ]


def test_a_link_to_a_folder_is_not_entered(folder: Folder) -> None:
    outside = folder.path.parent / "outside"
    outside.mkdir()
    (outside / "a.yaml").write_text("a: 1\n")
    (folder.path / "sub").symlink_to(outside)
    (folder.path / "loop").symlink_to(folder.path)
    result = folder.look()
    assert unread(result) == [
        ("loop", "a symbolic link to a folder"),
        ("sub", "a symbolic link to a folder"),
    ]


def test_a_link_within_the_folder_is_read(folder: Folder) -> None:
    folder.write("a.yaml")
    (folder.path / "b.yaml").symlink_to("a.yaml")
    assert paths(folder.look()) == ["a.yaml", "b.yaml"]


def test_a_dangling_link_is_as_if_it_were_not_there(folder: Folder) -> None:
    (folder.path / "a.yaml").symlink_to("gone.yaml")
    result = folder.look()
    assert (result.found, result.unread) == ((), ())


def test_what_is_no_regular_file_does_not_block(folder: Folder) -> None:
    os.mkfifo(folder.path / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder.path / "socket.yaml"))
        result = folder.look()
    assert unread(result) == [
        ("pipe.yaml", "not a regular file"),
        ("socket.yaml", "not a regular file"),
    ]


def test_a_file_that_is_too_large_is_not_read(folder: Folder) -> None:
    folder.write("a.yaml", b"x" * 11)
    assert unread(folder.look(limits=Limits(bytes=10))) == [
        ("a.yaml", "11 bytes; at most 10 are read")
    ]


def test_names_that_cannot_be_shown_are_told_in_ascii(folder: Folder) -> None:
    folder.write("a\nb.yaml")
    folder.write("c\x1b[31m.yaml")
    (folder.path / os.fsdecode(b"d\xff.yaml")).write_bytes(b"a: 1\n")
    result = folder.look()
    assert result.found == ()
    assert unread(result) == [
        (r"'a\nb.yaml'", "a name that cannot be shown"),
        (r"'c\x1b[31m.yaml'", "a name that cannot be shown"),
        (r"'d\udcff.yaml'", "a name that cannot be shown"),
    ]


def test_two_files_for_one_moment_are_an_error_that_names_both() -> None:
    snapshot = snapshot_of("as_of: 2026-02-15\n")
    known = {"a.yaml": ("our-club", "2026-02-15"), "c.yaml": ("other", "2026-02-15")}
    with pytest.raises(SnapshotRefused) as refused:
        refuse_same_moment("b.yaml", snapshot, known, ["a.yaml", "b.yaml", "c.yaml"])
    assert str(refused.value) == (
        "b.yaml: a.yaml already speaks for our-club as of 2026-02-15; keep one of the two"
    )


def test_a_file_that_is_gone_no_longer_speaks_for_its_moment() -> None:
    snapshot = snapshot_of("as_of: 2026-02-15\n")
    refuse_same_moment("b.yaml", snapshot, {"a.yaml": ("our-club", "2026-02-15")}, ["b.yaml"])


def test_a_file_may_correct_itself() -> None:
    snapshot = snapshot_of("as_of: 2026-02-15\n")
    refuse_same_moment("a.yaml", snapshot, {"a.yaml": ("our-club", "2026-02-15")}, ["a.yaml"])
