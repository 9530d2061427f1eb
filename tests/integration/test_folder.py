"""A watched folder on a real disk."""

from __future__ import annotations

import errno
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.collect.folder import FolderSource
from monitor.collect.limits import Limits
from monitor.collect.listing import list_folder
from monitor.collect.reading_folder import read_folder
from monitor.collect.snapshot import refuse_same_moment
from monitor.collect.source import Look, SourceMemory
from monitor.errors import NotFound, SnapshotRefused
from tests.reading import snapshot_of

NOW = datetime(2026, 2, 20, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=1)


class Folder:
    """A folder in which files are written at chosen times."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seen: dict[str, str] = {}
        self.source = FolderSource(path)

    def write(self, name: str, data: bytes = b"a: 1\n", *, at: datetime = LONG_AGO) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, (at.timestamp(), at.timestamp()))
        return file

    def restart(self, *, limits: Limits | None = None) -> None:
        self.source = FolderSource(self.path, limits=limits)

    def look(self, now: datetime = NOW) -> Look:
        """Ask as the service does, with what was seen; whatever is given is handled."""
        result = self.source.scan(SourceMemory(self.seen), now=now)
        self.seen.update({item.name: item.digest for item in result.items})
        return result


class Disk:
    """Says for chosen paths what a failing disk, a lost share or a lack of rights would say."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._broken: dict[str, int] = {}
        self._list, self._open = os.scandir, os.open
        monkeypatch.setattr(os, "scandir", self._scandir)
        monkeypatch.setattr(os, "open", self._opened)

    def fails(self, path: Path, code: int) -> None:
        self._broken[str(path)] = code

    def heals(self) -> None:
        self._broken.clear()

    def _scandir(self, path: Any) -> Any:
        self._check(path)
        return self._list(path)

    def _opened(self, path: Any, *arguments: Any, **named: Any) -> int:
        self._check(path)
        return self._open(path, *arguments, **named)

    def _check(self, path: Any) -> None:
        if code := self._broken.get(str(path)):
            raise OSError(code, os.strerror(code), str(path))


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "watched").mkdir()
    return Folder(tmp_path / "watched")


def paths(result: Look) -> list[str]:
    return [item.name for item in result.items]


def test_it_finds_settled_files_in_all_folders_sorted_by_path(folder: Folder) -> None:
    for name in ("b.yaml", "a/z.json", "a/y.yml", "c.YAML.txt", "README.md"):
        folder.write(name, name.encode())
    result = folder.look()
    assert paths(result) == ["a/y.yml", "a/z.json", "b.yaml"]
    assert result.items[2].data == b"b.yaml"
    assert result.present == frozenset({"a/y.yml", "a/z.json", "b.yaml"})


def test_a_file_is_an_event_once(folder: Folder) -> None:
    folder.write("a.yaml")
    assert paths(folder.look()) == ["a.yaml"]
    assert paths(folder.look()) == []


def test_what_was_seen_in_an_earlier_process_is_no_event(folder: Folder) -> None:
    folder.write("a.yaml")
    folder.look()
    folder.restart()
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
    assert (paths(result), result.present) == (["b.yaml"], frozenset({"b.yaml"}))
    (folder.path / "b.yaml").unlink()
    assert folder.look().present == frozenset()


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
    assert (result.items, result.unread, result.present) == ((), (), frozenset())


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no folder"):
        FolderSource(tmp_path / "gone").scan(now=NOW)


def unread(result: Look) -> list[tuple[str, str]]:
    return [(one.name, one.reason) for one in result.unread]


def test_a_link_that_leaves_the_folder_is_not_followed(folder: Folder) -> None:
    secret = folder.path.parent / "secret.yaml"
    secret.write_text("password: x\n")
    (folder.path / "a.yaml").symlink_to(secret)
    (folder.path / "b.yaml").symlink_to("../secret.yaml")
    (folder.path / "c.yaml").symlink_to("/etc/hostname")
    result = folder.look()
    assert result.items == ()
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


def test_links_that_lead_nowhere_or_in_a_circle_are_named_and_cost_only_themselves(
    folder: Folder,
) -> None:
    folder.write("good.yaml")
    folder.write("sub/good.yaml")
    for name, target in [
        ("gone.yaml", "nothing.yaml"),
        ("one.yaml", "other.yaml"),
        ("other.yaml", "one.yaml"),
        ("ring", "ring"),
        ("sub/self.json", "self.json"),
    ]:
        (folder.path / name).symlink_to(target)
    result = folder.look()
    assert paths(result) == ["good.yaml", "sub/good.yaml"]
    circle = "a symbolic link that leads back to itself"
    assert unread(result) == [
        ("gone.yaml", "a symbolic link that leads nowhere"),
        ("one.yaml", circle),
        ("other.yaml", circle),
        ("ring", circle),
        ("sub/self.json", circle),
    ]


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO, errno.ESTALE, errno.ENAMETOOLONG])
def test_a_folder_that_cannot_be_opened_is_named_and_the_others_are_read(
    folder: Folder, disk: Disk, code: int
) -> None:
    folder.write("a.yaml")
    folder.write("lost+found/b.yaml")
    folder.write("z/c.yaml")
    disk.fails(folder.path / "lost+found", code)
    result = folder.look()
    assert paths(result) == ["a.yaml", "z/c.yaml"]
    assert unread(result) == [("lost+found/", os.strerror(code))]


def test_a_folder_that_goes_away_while_it_is_listed_is_as_if_it_were_not_there(
    folder: Folder, disk: Disk
) -> None:
    folder.write("a.yaml")
    folder.write("sub/b.yaml")
    disk.fails(folder.path / "sub", errno.ENOENT)
    result = folder.look()
    assert (paths(result), result.unread) == (["a.yaml"], ())


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO])
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(
    folder: Folder, disk: Disk, code: int
) -> None:
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        folder.write(name)
    disk.fails(folder.path / "b.yaml", code)
    result = folder.look()
    assert paths(result) == ["a.yaml", "c.yaml"]
    assert unread(result) == [("b.yaml", os.strerror(code))]
    disk.heals()
    assert paths(folder.look()) == ["b.yaml"]


def test_a_file_that_vanishes_between_listing_and_reading_was_not_there(
    folder: Folder, disk: Disk
) -> None:
    for name in ("a.yaml", "b.yaml"):
        folder.write(name)
    disk.fails(folder.path / "a.yaml", errno.ENOENT)
    result = folder.look()
    assert (paths(result), result.unread) == (["b.yaml"], ())


def test_the_watched_folder_itself_raises_when_it_cannot_be_listed(
    folder: Folder, disk: Disk
) -> None:
    disk.fails(folder.path, errno.EACCES)
    with pytest.raises(PermissionError):
        folder.look()


def test_folders_too_deep_are_named(folder: Folder) -> None:
    folder.write("1/2/3/4/5/6/7/8/a.yaml")
    folder.write("1/2/3/4/5/6/7/8/9/b.yaml")
    result = folder.look()
    assert paths(result) == ["1/2/3/4/5/6/7/8/a.yaml"]
    assert unread(result) == [("1/2/3/4/5/6/7/8/9/", "more than 8 folders deep")]


def test_a_folder_named_as_a_file_is_a_folder(folder: Folder) -> None:
    folder.write("x.yaml/a.yaml")
    assert paths(folder.look()) == ["x.yaml/a.yaml"]


def test_endings_in_capitals_are_the_same_endings(folder: Folder) -> None:
    for name in ("A.YAML", "b.Yml", "C.JSON", "KIND.YAML", "d.Kind.YML"):
        folder.write(name)
    result = folder.look()
    assert paths(result) == ["A.YAML", "C.JSON", "b.Yml"]
    assert [kind.path for kind in list_folder(folder.path).kinds] == ["KIND.YAML", "d.Kind.YML"]


def test_what_holds_data_and_is_not_read_is_told_apart(folder: Folder) -> None:
    for name in ("a.csv", "README.md", ".b.csv", "sub/c.yaml.gz", "LICENSE", "~$d.xlsx"):
        folder.write(name)
    result = folder.look()
    assert [one.path for one in result.ignored] == ["a.csv", "sub/c.yaml.gz"]
    assert (result.items, result.unread) == ((), ())


@pytest.mark.parametrize("at", [-(2**40), 2**38])
def test_a_time_outside_all_years_is_a_time(folder: Folder, at: int) -> None:
    file = folder.write("a.yaml")
    try:
        os.utime(file, (at, at))
    except OverflowError:
        pytest.skip("this file system has no such times")
    folder.look()
    folder.look(NOW + timedelta(seconds=2))
    assert folder.seen.keys() == {"a.yaml"}


def test_a_kind_that_is_no_file_or_a_circle_is_a_fault_of_its_snapshot(folder: Folder) -> None:
    (folder.path / "ring.kind.yaml").symlink_to("ring.kind.yaml")
    os.mkfifo(folder.path / "pipe.kind.yaml")
    (folder.path / "dir.kind.yaml").mkdir()
    names = ("ring.kind.yaml", "pipe.kind.yaml", "dir.kind.yaml", f"{'n' * 300}.yaml")
    for number, kind in enumerate(names):
        folder.write(
            f"{number}.yaml",
            f"kind: {kind}\nsituation: rivers\nas_of: 2026-02-0{number + 1}\n".encode(),
        )
    faults = read_folder(folder.path, now=NOW).faults
    for number in range(len(names)):
        assert any(f"/{number}.yaml:1:1: kind: the kind" in fault for fault in faults), faults


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
    folder.restart(limits=Limits(bytes=10))
    assert unread(folder.look()) == [("a.yaml", "11 bytes; at most 10 are read")]


def test_names_that_cannot_be_shown_are_told_in_ascii(folder: Folder) -> None:
    folder.write("a\nb.yaml")
    folder.write("c\x1b[31m.yaml")
    (folder.path / os.fsdecode(b"d\xff.yaml")).write_bytes(b"a: 1\n")
    result = folder.look()
    assert result.items == ()
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
