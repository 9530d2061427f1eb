"""People who log in, by the commands."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.acceptance.site import Site

OVER = "the link for the first person, which `monitor run` printed, is over"
NO_ADMIN = "nobody is an admin; `monitor user add` or `change` with --role admin makes one"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(sys, "stdin", io.StringIO("correct horse\nbattery staple\n"))
    site = Site(tmp_path)
    site.configures("[web]\nenabled = false\n")
    return site


def test_the_first_one_added_is_told_what_became_of_the_link(desk: Site) -> None:
    assert desk.monitor("user", "add", "ana", "--role", "admin").splitlines() == [
        "ana logs in as admin",
        f"monitor: warning: {OVER}",
    ]
    assert desk.monitor("user", "add", "bea") == "bea logs in as reader\n"


def test_a_first_reader_leaves_nobody_to_let_others_in(desk: Site) -> None:
    assert desk.monitor("user", "add", "ana").splitlines() == [
        "ana logs in as reader",
        f"monitor: warning: {OVER}",
        f"monitor: warning: {NO_ADMIN}",
    ]
