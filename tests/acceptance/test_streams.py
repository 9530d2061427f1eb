"""Standard input, output and error that are closed, full, or a pipe whose reader has gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

OLD = "people:\n  - {id: ida, role: clerk}\n"
NEW = "people:\n  - {id: ida, role: judge}\n"
FULL = "monitor: standard output cannot be written: No space left on device"

COMPARED = ("diff", "old.yaml", "new.yaml", "--key", "people=id")
COMMANDS = {
    "a comparison": COMPARED,
    "a comparison for a program": (
        "diff",
        "old.yaml",
        "new.yaml",
        "--key",
        "people=id",
        "--format",
        "json",
    ),
    "a page": (*COMPARED, "--format", "html"),
    "a list of rules": ("rules",),
    "a schema": ("schema", "snapshot", "negotiation"),
    "help": ("--help",),
    "the version": ("--version",),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "new.yaml").write_text(NEW)
    return tmp_path


def said(folder: Path, redirected: str, *arguments: str) -> tuple[int, list[str]]:
    """The exit status and the lines on standard error, with a shell's redirections."""
    run = subprocess.run(
        ["sh", "-c", f'"$@" {redirected}', "sh", sys.executable, "-m", "monitor", *arguments],
        cwd=folder,
        stderr=subprocess.PIPE,
        check=False,
    )
    return run.returncode, run.stderr.decode().splitlines()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_output_is_one_line_and_exit_status_2(folder: Path, name: str) -> None:
    code, lines = said(folder, ">/dev/full", *COMMANDS[name])

    assert (code, lines[-1]) == (2, FULL)
    assert not [line for line in lines if "a fault in" in line or "Traceback" in line]


@pytest.mark.parametrize("name", ["a comparison", "a page", "help", "a list of rules"])
def test_a_closed_output_is_one_line_and_exit_status_2(folder: Path, name: str) -> None:
    code, lines = said(folder, ">&-", *COMMANDS[name])

    assert (code, lines[-1]) == (2, "monitor: standard output is closed")


@pytest.mark.parametrize("name", ["a comparison for a program", "a schema"])
def test_a_reader_that_goes_away_ends_the_command_quietly(folder: Path, name: str) -> None:
    read = subprocess.Popen(["true"], stdin=subprocess.PIPE)
    read.wait()
    run = subprocess.run(
        [sys.executable, "-m", "monitor", *COMMANDS[name]],
        cwd=folder,
        stdout=read.stdin,
        stderr=subprocess.PIPE,
        check=False,
    )
    assert read.stdin is not None
    read.stdin.close()

    assert run.returncode == 141
    assert b"output" not in run.stderr


@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full", ">&- 2>&-", "<&- >&- 2>&-"])
def test_an_error_that_nobody_can_be_told_is_still_an_exit_status(
    folder: Path, redirected: str
) -> None:
    assert said(folder, redirected, "diff", "old.yaml", "absent.yaml") == (2, [])


def test_what_is_read_from_a_closed_input_is_one_line(folder: Path) -> None:
    assert said(folder, "<&-", "diff", "-", "new.yaml") == (
        2,
        ["monitor: standard input is closed"],
    )


def test_a_file_is_not_written_into_through_the_number_of_a_closed_output(folder: Path) -> None:
    said(folder, ">&-", "diff", "old.yaml", "new.yaml")

    assert ((folder / "old.yaml").read_text(), (folder / "new.yaml").read_text()) == (OLD, NEW)
