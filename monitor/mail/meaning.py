"""What a report says of an address: a table of codes (RFC 3463), and nothing else."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from monitor.model.returned import Part


class Meaning(enum.IntEnum):
    """From the mildest to the hardest."""

    NOTHING = 0
    UNREADABLE = 1
    POLICY = 2
    """It speaks of us or of one message: our reputation, our sender, its size."""
    SOFT = 3
    ADDRESS = 4
    """There is no such mailbox."""
    COMPLAINT = 5


_OF_US = ("5.1.7", "5.1.8", "5.2.3", "5.3.4")
"""The sender's address is bad, or the message too long."""


def meaning(part: Part) -> Meaning:
    match part.sort:
        case "complaint":
            return Meaning.COMPLAINT
        case "unreadable":
            return Meaning.UNREADABLE
        case "failed":
            return _of_code(part.status or "")
        case _:
            return Meaning.NOTHING


def about(parts: Sequence[Part], address: str) -> Part:
    """The part about an address, or about what it leads to. Of several the mildest counts: while
    any of those behind an address gets its mail, there is somebody."""
    mine = [part for part in parts if address.lower() in part.recipients]
    return min(mine or parts, key=meaning)


def _of_code(status: str) -> Meaning:
    if status in _OF_US or status[1:3] == ".7":
        return Meaning.POLICY
    return Meaning.ADDRESS if status.startswith("5.1.") else Meaning.SOFT
