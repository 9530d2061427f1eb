"""What came back that a person should know of: found by asking what was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from monitor.model.returned import Verdict
from monitor.pipeline.program import Program
from monitor.pipeline.returned.filing import BY
from monitor.pipeline.trouble.seen import Line
from monitor.store.records import Bounce

BOUNCE_SORTS: Final = ("bounced", "complained", "unsigned", "unreadable", "mailbox")
"""Sorts of the conditions that are found here."""

LOOK_BACK: Final = timedelta(days=7)
"""What nobody can mend stands so long, to be seen, and is over then."""

LATELY: Final = timedelta(days=90)
"""Addresses that were suppressed before stand in `monitor suppress list` alone."""

MOST: Final = 100

SUPPRESSED: Final[tuple[Verdict, ...]] = ("suppressed",)
TOLD: Final[tuple[Verdict, ...]] = ("ended", "policy", "unsigned", "unreadable")
"""Verdicts that are looked for. What is forged would be told as often as somebody likes to."""

PATIENCE: Final = timedelta(minutes=30)
"""A server of mailboxes that restarts is back by then."""


def find_bounce_trouble(program: Program, now: datetime, *, returned: bool) -> Iterator[Line]:
    """`returned`: whether anything has ever come back; nothing is asked where not."""
    yield from _mailbox(program, now)
    if not returned:
        return
    found = program.store.bounces.recent(TOLD, since=now - LOOK_BACK, limit=MOST)
    yield from _returned(program, found)
    yield from _suppressed(program, now)


def _suppressed(program: Program, now: datetime) -> Iterator[Line]:
    """Until somebody lets mail through again, or nobody follows anything there any more."""
    since = now - LATELY
    rows = program.store.bounces.recent(SUPPRESSED, since=since, limit=MOST)
    if not rows:
        return
    stands = {one.address: one for one in program.store.suppressions.all() if one.source == BY}
    for who in dict.fromkeys(row.address for row in rows):
        if who is None or who not in stands:
            continue
        readers = program.store.subscriptions.all(address=who)
        if any(one.state == "suppressed" for one in readers):
            mended = f"monitor suppress lift {who} --reason REASON, once that is mended"
            yield f"bounced:{who}", f"{who} gets no more mail: {stands[who].reason}; {mended}"


def _returned(program: Program, rows: tuple[Bounce, ...]) -> Iterator[Line]:
    """The newest of each sort and address; the sentence names no number, which would grow."""
    covered = {one.address for one in program.store.suppressions.all()} if rows else set()
    for row in reversed(rows):
        match row.verdict:
            case "ended":
                text = f"{row.address} complained of mail by {row.reporter}, and gets no more"
                yield f"complained:{row.address}", text
            case "policy":
                text = f"mail to {row.address} came back for what is ours to mend: {_words(row)}"
                yield f"bounced:{row.address}", text
            case "unsigned" if row.address not in covered and row.sort in ("failed", "complaint"):
                yield f"unsigned:{row.address}", _unsigned(row)
            case "unreadable":
                # Anybody can write to us: what names no message of ours is told as one trouble.
                whose = f"of mail to {row.address} " if row.address else ""
                text = f"a bounce {whose}cannot be read ({row.report}): it is in no standard form"
                yield f"unreadable:{row.address or ''}", text


def _unsigned(row: Bounce) -> str:
    text = f"mail to {row.address} seems to have come back ({_words(row)}), by an unsigned report"
    return f"{text}, which changes nothing; monitor suppress add {row.address} --reason REASON"


def _mailbox(program: Program, now: datetime) -> Iterator[Line]:
    bounces = program.settings.bounces
    if bounces.host is None:
        return
    found = program.store.mailboxes.get(bounces.name)
    if found and found.trouble and found.trouble_at and now - found.trouble_at >= PATIENCE:
        since = f"{found.trouble_at:%Y-%m-%d %H:%M} UTC"
        text = f"the mailbox {bounces.name} cannot be read since {since}: {found.trouble}"
        yield f"mailbox:{bounces.name}", text


def _words(row: Bounce) -> str:
    return row.text or row.status or row.sort
