"""`monitor backup`, as a person uses it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.cli.main import group, main
from monitor.store import open_store
from tests.acceptance.site import Site, text_of

READER = "reader@localhost"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "monitor.toml"
    path.parent.mkdir()
    path.write_text('[store]\nurl = "sqlite:///var/monitor.db"\n')
    open_store(f"sqlite:///{tmp_path}/var/monitor.db").close()
    return path


def test_it_writes_a_copy_and_says_where(config: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    result = CliRunner().invoke(group, ["--config", str(config), "backup", str(target)])
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{target}: ")
    assert target.read_bytes().startswith(b"SQLite format 3")


def test_it_never_overwrites(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(SystemExit) as left:
        main(["--config", str(config), "backup", str(target)])
    assert left.value.code == 2
    expected = f"monitor: {target} exists already; choose another name\n"
    assert capsys.readouterr().err == expected
    assert target.read_text() == "precious"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of 17 February, of a service that has told the 20th since."""
    original = Site(tmp_path_factory.mktemp("original"))
    original.has_talks_until("2026-02-17")
    original.monitor("run", "--once")
    original.monitor("backup", "copy.db")
    original.gets("2026-02-20")
    original.monitor("run", "--once")
    assert len(original.mail(READER)) == 3
    return original.folder / "copy.db"


@pytest.fixture
def restored(tmp_path: Path, copied: Path) -> Site:
    """That backup in a new place, with the folder of the 20th."""
    site = Site(tmp_path / "restored")
    (site.folder / "var").mkdir(parents=True)
    shutil.copy(copied, site.folder / "var" / "monitor.db")
    site.has_talks_until("2026-02-20")
    return site


def test_a_restored_copy_asks_before_it_sends_anything_old(restored: Site) -> None:
    restored.monitor("run", "--once")
    restored.monitor("run", "--once")

    assert restored.mail(READER) == []
    (question,) = restored.mail("operator@localhost")
    assert "mail waits for a decision" in text_of(question)
    assert "held" in restored.monitor("outbox")
    assert "Since 17 Feb" in restored.monitor("digest", "show", "--as", READER)

    assert "released: 1 message" in restored.monitor("outbox", "release", "--all")
    restored.monitor("run", "--once")

    assert len(restored.mail(READER)) == 1


def test_what_the_original_has_sent_can_be_left_out(restored: Site) -> None:
    restored.monitor("run", "--once")

    assert "cancelled: 1 message" in restored.monitor("outbox", "cancel", "--all", "--told")
    restored.monitor("run", "--once")

    assert restored.mail(READER) == []
    assert "nobody is needed" in restored.monitor("status")
    assert "2026-02-20" in restored.monitor("subscriptions")


def test_messages_are_named_or_all_are_meant(restored: Site) -> None:
    for words in ((), ("1", "--all")):
        assert "by --all" in restored.monitor("outbox", "release", *words, code=2)
