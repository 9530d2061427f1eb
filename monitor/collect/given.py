"""Bytes of a file that a person named: a pipe is read too, and nothing without end."""

from __future__ import annotations

import sys
from pathlib import Path

from monitor.collect.limits import Limits
from monitor.errors import NotFound


def read_given(path: Path, *, limit: int | None = None, called: str | None = None) -> bytes:
    """Up to one byte more than `limit`, which tells that there are too many. Raises NotFound.

    `called` is what the person called it, if not by its path.
    """
    try:
        with path.open("rb") as stream:
            return stream.read((limit or Limits.large().bytes) + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with U+0000
        reason = getattr(error, "strerror", None) or error
        raise NotFound(f"{called or path} cannot be read: {reason}") from error


def read_standard_input(*, limit: int | None = None) -> bytes:
    """As `read_given`."""
    if sys.stdin is None:
        raise NotFound("standard input is closed")
    try:
        return sys.stdin.buffer.read((limit or Limits.large().bytes) + 1)
    except OSError as error:
        raise NotFound(f"standard input cannot be read: {error.strerror}") from error
