"""Files that hold addresses or mail: nobody but their owner reads them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.acceptance.site import Site


def served(folder: Path) -> Site:
    site = Site(folder)
    before = os.umask(0o022)
    site.monitor("run", "--once")
    os.umask(before)
    return site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return served(tmp_path)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """For what changes nothing of its database and mail."""
    return served(tmp_path_factory.mktemp("kept"))


def open_to_others(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.stat().st_mode & 0o077]


def test_nothing_that_a_pass_makes_is_open_to_others(kept: Site) -> None:
    assert (kept.folder / "var").stat().st_mode & 0o777 == 0o700
    assert {"monitor.db", "mail", "secret"} <= {p.name for p in (kept.folder / "var").iterdir()}
    assert open_to_others(kept.folder / "var") == []


def test_what_an_earlier_version_left_open_is_closed_at_the_next_start(site: Site) -> None:
    var = site.folder / "var"
    for path in [var, *var.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    (var / "monitor.db.before-0003").write_bytes(b"a copy made before an upgrade")
    site.monitor("run", "--once")

    assert open_to_others(site.folder / "var") == []
    assert var.stat().st_mode & 0o777 == 0o700
    assert site.folder.stat().st_mode & 0o777 != 0o000


def test_folders_that_are_somebody_elses_keep_their_modes(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    site = Site(tmp_path)
    site.configures(
        f'[store]\nurl = "sqlite:///{shared}/monitor.db"\n[mail]\nfolder = "{shared}"\n'
    )
    site.monitor("run", "--once")

    assert shared.stat().st_mode & 0o777 == 0o755
    assert open_to_others(shared) == []


@pytest.mark.parametrize("form", ["preview.txt", "preview.html", "preview.eml"])
@pytest.mark.parametrize("there", [False, True])
def test_a_preview_that_is_kept_is_for_its_owner_alone(kept: Site, form: str, there: bool) -> None:
    file = kept.folder / form
    file.unlink(missing_ok=True)
    if there:
        file.write_text("of last week")
        file.chmod(0o644)
    kept.monitor("digest", "preview", "--as", "reader@localhost", "-o", form)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_preview_that_cannot_be_kept_is_one_line(kept: Site) -> None:
    said = kept.monitor(
        "digest", "preview", "--as", "reader@localhost", "-o", "none/such.html", code=2
    )
    assert (
        said.splitlines()[-1] == "monitor: cannot write none/such.html: No such file or directory"
    )


def test_a_preview_may_go_to_a_device(kept: Site) -> None:
    kept.monitor("digest", "preview", "--as", "reader@localhost", "-o", "/dev/null")
    assert Path("/dev/null").stat().st_mode & 0o777 == 0o666
