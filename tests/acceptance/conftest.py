"""What every test of commands that run in this process needs."""

from __future__ import annotations

import logging

import pytest


@pytest.fixture(autouse=True)
def no_log_of_a_command_that_has_ended() -> None:
    """A command sets logging up for its process, which is ours too: what it writes to is closed."""
    root = logging.getLogger()
    root.handlers[:] = [one for one in root.handlers if type(one) is not logging.StreamHandler]
