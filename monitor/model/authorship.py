"""Who published the bytes of a snapshot, where and when: a commit, an answer from an address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.model.record import Record


class Authorship(Record):
    """What a source knows of whoever wrote what it gave; shown to people, never compared.

    `where` is how a person finds those bytes again: `members.git@1a2b3c4`, an address. `at` is the
    time that the author's tool wrote down, which may lie before that of an older one.
    """

    where: str | None = None
    at: datetime | None = None
    by: str | None = None
    subject: str | None = None


def in_a_line(known: Authorship) -> str:
    """`members.git@1a2b3c4, Ana Reyes, "Add the new members"`, of what is known."""
    subject = f'"{known.subject}"' if known.subject else None
    return ", ".join(each for each in (known.where, known.by, subject) if each)


def authorship_as_json(known: Authorship | None) -> dict[str, str] | None:
    """What of it is known; None for nothing at all."""
    if known is None:
        return None
    told = {name: getattr(known, name) for name in ("where", "by", "subject")}
    told["at"] = known.at.isoformat() if known.at else None
    return {name: value for name, value in told.items() if value} or None


def authorship_from_json(told: Mapping[str, str] | None) -> Authorship | None:
    if not told:
        return None
    at = told.get("at")
    return Authorship(
        where=told.get("where"),
        at=datetime.fromisoformat(at) if at else None,
        by=told.get("by"),
        subject=told.get("subject"),
    )
