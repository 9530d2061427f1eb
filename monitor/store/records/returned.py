"""What came back, as it is kept."""

from __future__ import annotations

from datetime import datetime

from monitor.model.record import Record
from monitor.model.returned import Sort, Verdict, Way


class Bounce(Record):
    """One report, what it was about, and what it did. `report` is the mail's own name, by which it
    counts once; `message` is the number of what came back."""

    report: str
    at: datetime
    way: Way
    sort: Sort
    verdict: Verdict
    status: str | None
    text: str
    reporter: str
    address: str | None
    message: str | None


class Mailbox(Record):
    """How far one is read: `validity` says for how long the number `read_to` means anything.
    `trouble` is set while it cannot be read, since `trouble_at`."""

    validity: int
    read_to: int
    trouble: str | None
    trouble_at: datetime | None
