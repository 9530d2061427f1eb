"""What came back, in words for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from monitor.model.returned import Judged, Verdict
from monitor.pipeline.program import Program
from monitor.store.records import Bounce, MessageRow

EFFECT: Final[Mapping[Verdict, str]] = {
    "suppressed": "the address gets no more mail",
    "ended": "the reader's subscriptions have ended, and the address gets no more mail",
    "counted": "it counts towards bounces.soft_limit",
    "policy": "it speaks of us or of that message, not of the address",
    "noted": "it changes nothing",
    "unreadable": "it is in no standard form, and changes nothing",
    "unsigned": "nobody has signed it, so it changes nothing",
    "late": "it came too late to change anything",
    "forged": "its signature is wrong, so it changes nothing",
    "unknown": "it names no message of ours, and changes nothing",
}


def words_of(one: Judged | Bounce) -> str:
    """`failed: 5.1.1 no such mailbox`: what a report says, its code once."""
    words = one.text
    if one.status and one.status not in words:
        words = f"{one.status} {words}".strip()
    return f"{one.sort}: {words}" if words else one.sort


def returned_lines(program: Program, messages: Sequence[MessageRow]) -> Iterator[str]:
    """A line for each report about these messages, oldest first."""
    for number, reports in program.store.bounces.of([one.id for one in messages]).items():
        for one in reports:
            when = f"{one.at:%Y-%m-%d %H:%M}"
            yield f"message {number} came back {when}, {words_of(one)}; {EFFECT[one.verdict]}"
