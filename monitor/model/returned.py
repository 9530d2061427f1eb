"""What comes back of mail: reports of servers, complaints of readers, and what only looks so."""

from __future__ import annotations

from typing import Literal, TypeAlias

from monitor.model.record import Record

Sort: TypeAlias = Literal[
    "failed",
    "delayed",
    "delivered",
    "relayed",
    "expanded",
    "complaint",
    "auto-reply",
    "unreadable",
    "other",
]
"""The first five are the actions of RFC 3464. `unreadable` is a bounce in no standard form, `other`
any mail that is no report."""

Verdict: TypeAlias = Literal[
    "suppressed",
    "ended",
    "counted",
    "policy",
    "noted",
    "unreadable",
    "unsigned",
    "late",
    "forged",
    "unknown",
]
"""What a report has done. Only the first two change anything, and `counted` may later."""

Way: TypeAlias = Literal["pipe", "mailbox"]


class Part(Record):
    """What a report says of one recipient. `status` is a code of RFC 3463, `text` a server's words
    on one line; `recipients` are the addresses that it names, original and final."""

    sort: Sort
    recipients: tuple[str, ...] = ()
    status: str | None = None
    text: str = ""


class Report(Record):
    """One mail that came back. `key` tells it from all others and is the same when it comes again.

    `signed` are texts in the form of our bounce addresses, `KEY.HMAC`, which nobody has checked;
    `message_ids` are of the mail that it returns.
    """

    key: str
    parts: tuple[Part, ...]
    signed: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    reporter: str = ""


class Judged(Record):
    """What was decided of a report: about which address and message, and why. `is_new` is False
    for one that had come before, of which `verdict` is what was decided then."""

    verdict: Verdict
    sort: Sort
    address: str | None
    message: str | None
    status: str | None
    text: str
    is_new: bool = True
