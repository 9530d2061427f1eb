"""Who is told by a channel and not by mail: `channel:NAME` stands where an address would.

No mail address has a colon before its @, so that one is never taken for the other.
"""

from __future__ import annotations

from typing import Final

from monitor.model.patterns import regex

PREFIX: Final = "channel:"

PHASES: Final = frozenset({"reach", "answer", "notify"})
"""Where an attempt of a channel ends: on the way to the host, at its answer, in a library. Mail
has phases of its own, and neither says anything about the other."""

_NAME: Final = regex(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


def is_channel_name(text: str) -> bool:
    """Small letters, digits and inner hyphens, at most 40."""
    return _NAME.fullmatch(text) is not None


def address_of(name: str) -> str:
    return f"{PREFIX}{name}"


def channel_of(address: str) -> str | None:
    """The name of the channel; None for an address of mail."""
    return address.removeprefix(PREFIX) if address.startswith(PREFIX) else None
