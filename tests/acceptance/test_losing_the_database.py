"""The database goes from under the service: one alarm, nothing lost, nobody welcomed anew."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.store import open_store
from tests.acceptance.site import PATIENCE, Site

READER = "reader@localhost"
OPERATOR = "operator@localhost"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.has_talks_until("2026-02-08")
    site.ticks_each_second()
    return site


def deletes(file: Path) -> None:
    file.unlink()


def renames(file: Path) -> None:
    file.rename(file.with_name("elsewhere.db"))


def deletes_all_of_it(file: Path) -> None:
    for path in file.parent.glob("monitor.db*"):
        path.unlink()


def puts_another_in_its_place(file: Path) -> None:
    other = file.with_name("other.db")
    open_store(f"sqlite:///{other}").close()
    other.replace(file)


@pytest.mark.parametrize("loses", [deletes, renames, deletes_all_of_it, puts_another_in_its_place])
def test_a_file_that_goes_ends_the_service_with_one_alarm(
    site: Site, loses: Callable[[Path], None]
) -> None:
    file = site.folder / "var" / "monitor.db"
    with site.running() as service:
        site.waits_for_mail(READER, 2)
        loses(file)
        assert service.process.wait(timeout=PATIENCE) == 2
        lines = service.log.read_text().splitlines()

    (saved,) = file.parent.glob("monitor.db.rescued-*")
    (alarm,) = site.mail(OPERATOR)
    assert "while in use" in str(alarm.get_body(("plain",)))
    assert len([line for line in lines if "while in use" in line and ":" in line[:3]]) == 1
    assert lines[-1].startswith("monitor: the database ")
    assert str(saved) in lines[-1]
    assert saved.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("loses", [deletes, deletes_all_of_it])
def test_nobody_is_welcomed_again_and_what_is_saved_goes_on(
    site: Site, loses: Callable[[Path], None]
) -> None:
    file = site.folder / "var" / "monitor.db"
    with site.running() as service:
        site.waits_for_mail(READER, 2)
        loses(file)
        service.process.wait(timeout=PATIENCE)
    refused = site.monitor("run", "--once", code=2)
    (saved,) = file.parent.glob("monitor.db.rescued-*")
    for left in file.parent.glob("monitor.db-*"):
        left.unlink()
    shutil.move(saved, file)
    site.gets("2026-02-15")
    said = site.monitor("run", "--once")
    told = site.mail(READER)

    assert f"put {saved} in its place" in refused
    assert "is a copy" not in said
    assert [str(mail["subject"]).startswith("You now follow") for mail in told].count(True) == 1
    assert len(told) == 3


def test_a_service_whose_file_stays_ends_as_ever(site: Site) -> None:
    with site.running() as service:
        site.waits_for_mail(READER, 1)
        assert service.ends(signal.SIGTERM) == 0
    assert list((site.folder / "var").glob("*.rescued-*")) == []
