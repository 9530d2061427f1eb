"""What a person is told of files that are not read, cannot be read, or are gone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.site import Site

TABLE = "code,river\n1,Arve\n2,Inn\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    Site(tmp_path).monitor("init", "desk")
    return Site(tmp_path / "desk")


def snapshot(site: Site) -> Path:
    (file,) = (site.folder / "snapshots").rglob("2*.yaml")
    return file


def test_a_table_is_refused_in_one_line_by_every_command_that_reads_snapshots(site: Site) -> None:
    for name in ("old.csv", "new.csv"):
        (site.folder / name).write_text(TABLE)
    for command in (["add", "old.csv"], ["check", "old.csv"]):
        said = site.monitor(*command, code=2).splitlines()
        assert (
            "old.csv: this is a table (CSV): tables are followed with `monitor watch FILE`"
            in said[0]
        )


def test_standard_input_that_is_a_page_or_closed_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text("a: 1\n")
    asked = [sys.executable, "-m", "monitor", "diff", "-", "new.yaml"]
    told = subprocess.run(
        asked, input="<html><p>", text=True, capture_output=True, cwd=tmp_path, check=False
    )
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("monitor: -: this is a web page (HTML)")
    closed = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *asked],
        text=True,
        capture_output=True,
        cwd=tmp_path,
        check=False,
    )
    assert (closed.returncode, closed.stderr) == (2, "monitor: standard input is closed\n")


def test_the_check_names_what_is_in_the_way_and_reads_the_rest(site: Site) -> None:
    folder = site.folder / "snapshots"
    (folder / "ring").symlink_to("ring")
    (folder / "gone.yaml").symlink_to("nothing.yaml")
    os.mkfifo(folder / "pipe.yaml")
    os.mkfifo(folder / "pipe.kind.yaml")
    (folder / "rivers.csv").write_text(TABLE)
    (folder / "README.md").write_text("about\n")

    said = site.monitor("check", code=2)

    assert "a fault in monitor itself" not in said
    assert "1 snapshot and the templates: 4 to mend" in said
    assert "1 file is not read: rivers.csv (tables are followed with `monitor watch FILE`)" in said
    assert "README" not in said


def test_status_says_what_is_not_read_and_needs_nobody_for_it(site: Site) -> None:
    (site.folder / "snapshots" / "rivers.ods").write_bytes(b"PK")
    site.monitor("run", "--once")
    said = site.monitor("status")
    assert "1 file is not read: rivers.ods (tables are followed with `monitor watch FILE`)" in said
    assert "nobody is needed" in said
    assert "rivers.ods" in site.monitor("source", "list")


def test_an_emptied_folder_needs_a_person_until_one_says_that_it_is_meant_so(site: Site) -> None:
    site.monitor("run", "--once")
    snapshot(site).unlink()
    site.monitor("run", "--once")
    assert "the folder was not empty before" in site.monitor("status", code=1)

    assert "did you mean snapshots?" in site.monitor("source", "forget", "snapshot", code=2)
    site.monitor("source", "forget", "snapshots")
    site.monitor("run", "--once")
    assert "nobody is needed" in site.monitor("status")
