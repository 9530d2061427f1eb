"""The command line's last resort."""

from __future__ import annotations

import click
import pytest

from monitor.cli import main as command_line


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A group in which every command has a fault of its own."""

    @click.command()
    @click.option("--debug", is_flag=True)
    def command(debug: bool) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(command_line, "group", command)


@pytest.mark.usefixtures("broken")
def test_a_fault_of_ours_is_one_line_and_exit_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        command_line.main([])
    assert end.value.code == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "monitor: a fault in monitor itself: ZeroDivisionError: division by zero "
        "(monitor --debug shows where)"
    ]


def test_a_fault_of_ours_in_several_lines_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def command() -> None:
        raise RuntimeError("no such row\n[SQL: SELECT 1]\n  (Background elsewhere)")

    monkeypatch.setattr(command_line, "group", command)
    with pytest.raises(SystemExit):
        command_line.main([])
    assert capsys.readouterr().err.splitlines() == [
        "monitor: a fault in monitor itself: RuntimeError: no such row [SQL: SELECT 1] "
        "(Background elsewhere) (monitor --debug shows where)"
    ]


@pytest.mark.usefixtures("broken")
def test_debug_shows_where_a_fault_of_ours_stands() -> None:
    with pytest.raises(ZeroDivisionError):
        command_line.main(["--debug"])
