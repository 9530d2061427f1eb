"""Mail as files."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path

import pytest

from monitor.deliver.files import FilesChannel, tighten_mail
from monitor.model.message import Envelope, Outcome, Result, Scope
from tests.integration.deliver.conftest import letter

HEAD = b"Date: Tue, 17 Feb 2026 07:00:00 +0000\r\n"


def send(folder: Path, envelope: Envelope) -> Outcome:
    channel = FilesChannel(folder)
    return channel.judge(asyncio.run(channel.send(envelope, deadline=0)))


def mail(number: int = 1, to: str = "ana@example.org") -> Envelope:
    plain = letter(number, to=to)
    return Envelope(
        message_id=plain.message_id,
        sender=plain.sender,
        recipient=to,
        data=HEAD + plain.data,
    )


def test_it_writes_the_bytes_into_the_readers_folder(tmp_path: Path) -> None:
    assert send(tmp_path, mail()).result is Result.SENT
    [file] = (tmp_path / "ana@example.org").iterdir()
    assert file.read_bytes() == mail().data
    assert file.name.startswith("20260217T070000Z-")
    assert file.suffix == ".eml"


def test_a_repeated_attempt_replaces_its_own_file(tmp_path: Path) -> None:
    send(tmp_path, mail())
    send(tmp_path, mail())
    assert len(list(tmp_path.rglob("*.eml"))) == 1


def test_two_messages_are_two_files(tmp_path: Path) -> None:
    send(tmp_path, mail(1))
    send(tmp_path, mail(2))
    assert len(list(tmp_path.rglob("*.eml"))) == 2


def modes(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in folder.rglob("*.eml")}


@pytest.mark.parametrize("umask", [0o022, 0o002, 0o000, 0o077])
def test_mail_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    folder, before = tmp_path / "deep" / "mail", os.umask(umask)
    try:
        send(folder, mail())
    finally:
        os.umask(before)

    assert modes(folder) == {0o600}
    for made in (folder / "ana@example.org", folder, folder.parent):
        assert made.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    send(tmp_path, mail())

    assert tmp_path.stat().st_mode & 0o777 == 0o750


def test_mail_of_an_earlier_version_is_made_private(tmp_path: Path) -> None:
    for reader in ("ana@example.org", "ben@example.org"):
        (tmp_path / reader).mkdir(mode=0o755)
        (tmp_path / reader / "20260217T070000Z-1.eml").write_text("old")
        (tmp_path / reader / "20260217T070000Z-1.eml").chmod(0o644)
    tighten_mail(tmp_path)
    tighten_mail(tmp_path / "absent")

    assert modes(tmp_path) == {0o600}
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o700}


@pytest.mark.parametrize("to", ["zoe@example.org", "yan@example.org"])
def test_a_file_that_a_full_disk_cut_short_is_removed(
    tmp_path: Path, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    outcome = send(tmp_path, mail(to=to))

    assert (outcome.result, outcome.scope) == (Result.TEMPORARY, Scope.CONNECTION)
    assert "No space left" in outcome.text
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_nothing_unfinished_is_left_behind(tmp_path: Path) -> None:
    send(tmp_path, mail())
    assert [path for path in tmp_path.rglob("*") if path.suffix == ".tmp"] == []


@pytest.mark.parametrize("odd", ["a/../../b@example.org", "../x@example.org", ".x@example.org"])
def test_an_address_cannot_lead_out_of_the_folder(tmp_path: Path, odd: str) -> None:
    folder = tmp_path / "mail"
    path = FilesChannel(folder).path(mail(to=odd))
    assert path.resolve().is_relative_to(folder.resolve())
    assert path.parent.parent == folder
    assert not path.parent.name.startswith(".")


def test_two_addresses_never_share_a_folder(tmp_path: Path) -> None:
    channel = FilesChannel(tmp_path)
    ana, other = mail(to="ana/x@example.org"), mail(to="ana?x@example.org")
    assert channel.path(ana).parent != channel.path(other).parent


def test_a_mail_without_a_date_is_written_all_the_same(tmp_path: Path) -> None:
    assert send(tmp_path, letter()).result is Result.SENT
    [file] = tmp_path.rglob("*.eml")
    assert file.name.startswith("undated-")


def test_an_impossible_address_is_refused(tmp_path: Path) -> None:
    outcome = send(tmp_path, mail(to="ana@example.org\r\nBcc: cleo@example.org"))
    assert outcome.result is Result.PERMANENT
    assert list(tmp_path.rglob("*.eml")) == []


def test_a_folder_that_cannot_be_written_means_try_again_later(tmp_path: Path) -> None:
    blocked = tmp_path / "mail"
    blocked.write_text("a file where the folder should be")
    outcome = send(blocked, mail())
    assert (outcome.result, outcome.scope) == (Result.TEMPORARY, Scope.CONNECTION)
