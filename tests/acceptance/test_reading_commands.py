"""Commands that only look need no database they may write to, and make none."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.site import Site

READER = "reader@localhost"
COMMANDS = (
    ("status",),
    ("history", "ukraine-talks", "title"),
    ("positions", "ukraine-talks"),
    ("diff", "ukraine-talks"),
    ("diff", "ukraine-talks@previous", "ukraine-talks@latest"),
    ("baseline", "show", "ukraine-talks"),
    ("held", "list"),
    ("judge", "list", "ukraine-talks"),
    ("mute", "list", READER),
    ("subscriptions",),
    ("outbox",),
    ("outbox", "show", "1"),
    ("suppress", "list"),
    ("suppress", "audit"),
    ("digest", "preview", "--as", READER),
    ("digest", "preview", "--as", READER, "--at", "2026-02-17"),
    ("digest", "show", "--as", READER),
    ("why", READER, "f1"),
    ("backtest", READER),
    ("check",),
)

MANY = """
import contextlib, io, json, sys
from monitor.cli.main import main
for command in json.loads(sys.argv[1]):
    out, said = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        try:
            main(command)
        except SystemExit as end:
            code = end.code
    print(json.dumps([command, code, said.getvalue()]))
"""
"""A command each, in one process, which saves seconds."""

DAC_OVERRIDE, DAC_READ_SEARCH, PR_CAPBSET_DROP = 1, 2, 24


def as_one_who_obeys_modes() -> None:
    """The tests may run as root, whom no mode stops."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def outcomes(folder: Path, commands: tuple[tuple[str, ...], ...]) -> list[tuple[str, int, str]]:
    run = subprocess.run(
        [sys.executable, "-c", MANY, json.dumps(commands)],
        cwd=folder,
        capture_output=True,
        check=True,
        preexec_fn=as_one_who_obeys_modes,
    )
    lines = (json.loads(line) for line in run.stdout.splitlines())
    return [(" ".join(command), code, said) for command, code, said in lines]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    Site(folder).monitor("run", "--once")
    return folder


@pytest.fixture
def site(served: Path, tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "site"
    shutil.copytree(served, folder)
    yield Site(folder)
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            path.chmod(0o700)


def makes_read_only(site: Site) -> None:
    for path in [*site.folder.rglob("*"), site.folder]:
        path.chmod(0o500 if path.is_dir() else 0o400)


def state(site: Site) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in site.folder.rglob("*") if p.is_file()}


def test_they_all_work_where_nothing_may_be_written(site: Site) -> None:
    plain = outcomes(site.folder, COMMANDS)
    makes_read_only(site)
    before = state(site)

    assert outcomes(site.folder, COMMANDS) == plain
    assert state(site) == before
    assert {code for _, code, said in plain} <= {0, 2}
    assert not [said for _, _, said in plain if "a fault in" in said or "readonly" in said]
    assert [code for command, code, _ in plain if "list" in command or command == "status"] == [
        0,
        0,
        0,
        0,
        0,
    ]


def test_what_a_killed_service_left_is_put_together_elsewhere(site: Site) -> None:
    code = (
        "import os, sqlite3\n"
        "c = sqlite3.connect('var/monitor.db')\n"
        "c.execute(\"INSERT INTO meta VALUES ('left', 'behind')\")\n"
        "c.commit()\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=site.folder, check=False)
    (site.folder / "var" / "monitor.db-shm").unlink()
    makes_read_only(site)
    before = state(site)

    assert [code for _, code, _ in outcomes(site.folder, (("status",), ("subscriptions",)))] == [
        0,
        0,
    ]
    assert state(site) == before


def test_a_database_that_may_not_be_read_is_one_line(site: Site) -> None:
    (site.folder / "var" / "monitor.db").chmod(0o000)
    [(_, code, said)] = outcomes(site.folder, (("subscriptions",),))

    assert code == 2
    assert said.startswith("monitor: cannot read ")
    assert said.endswith("monitor.db: Permission denied\n")


def test_writing_where_nothing_may_be_written_is_one_line(site: Site) -> None:
    makes_read_only(site)
    found = outcomes(site.folder, (("unsubscribe", READER), ("run", "--once")))

    assert [code for _, code, _ in found] == [2, 2]
    assert all("\nmonitor: " in f"\n{said}" for _, _, said in found)
    assert not [said for _, _, said in found if "a fault in" in said or "Traceback" in said]


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != ("check",)], ids=" ".join)
def test_they_make_no_database_where_none_is(tmp_path: Path, command: tuple[str, ...]) -> None:
    said = Site(tmp_path).monitor(*command, code=2)

    assert said.startswith("monitor: no database yet at ")
    assert said.endswith("; `monitor run` makes it\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command", [("status",), ("outbox",), ("history", "ukraine-talks", "title")]
)
def test_they_upgrade_nothing_and_say_what_does(site: Site, command: tuple[str, ...]) -> None:
    with sqlite3.connect(site.folder / "var" / "monitor.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
    connection.close()
    before = sorted(path.name for path in (site.folder / "var").iterdir())
    said = site.monitor(*command, code=1 if command == ("status",) else 2)

    assert "was written by an older monitor (revision 0003" in said
    assert "`monitor run" in said
    assert sorted(path.name for path in (site.folder / "var").iterdir()) == before


def test_a_copy_is_made_of_a_database_that_may_only_be_read(site: Site) -> None:
    makes_read_only(site)
    target = site.folder.parent / "copy.db"
    [(_, code, said)] = outcomes(site.folder, (("backup", str(target)),))

    assert (code, said) == (0, "")
    assert target.stat().st_mode & 0o777 == 0o600
