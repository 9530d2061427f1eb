"""This floor forbids what its tests may not touch."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def _connect() -> None:
    with socket.socket() as ours:
        ours.connect(("127.0.0.1", 9))


@pytest.mark.parametrize(
    "act",
    [
        lambda: (HERE / "new.txt").write_text("x"),
        (HERE.parents[1] / "README.md").read_text,
        _connect,
        lambda: sqlite3.connect(":memory:"),
        lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
    ],
    ids=["writing a file", "reading a file", "a connection", "a database", "a process"],
)
def test_a_test_here_that_leaves_pure_code_fails(act: Callable[[], object]) -> None:
    with pytest.raises(AssertionError, match="want no file, socket or process here"):
        act()
    assert not (HERE / "new.txt").exists()
