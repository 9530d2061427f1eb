"""Who published the bytes of a snapshot, where and when: a commit, an answer from an address."""

from __future__ import annotations

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
