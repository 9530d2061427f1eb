"""What a receiver's answer means for the message, for its host and for its subscription.

Every attempt carries the same id and the same bytes, so a receiver can drop what it has: where mail
would end in doubt, a webhook is simply tried again.
"""

from __future__ import annotations

from typing import Final, assert_never

from monitor.deliver.channel import Answer, Breakage, Halt, Reached, Reply, Unfit
from monitor.deliver.outcomes import clean, refused, released
from monitor.model.message import Outcome, Result, Scope
from monitor.model.record import replace

GONE: Final = 410
"""The receiver wants nothing more (Standard Webhooks): its subscription is suspended at once."""

BUSY: Final = frozenset((408, 425, 429, 502, 503, 504))
"""They speak of the host at this moment, and of no message."""

TRIES: Final = 8
"""Attempts after which a refusal is believed: some four hours, as long as mail gives a relay that
may be wrong."""


def judge(answer: Answer) -> Outcome:
    match answer:
        case Reached(phase):
            return Outcome(result=Result.SENT, phase=phase)
        case Reply():
            return judge_reply(answer)
        case Breakage(phase, error):
            text = clean(str(error) or type(error).__name__)
            return Outcome(result=Result.TEMPORARY, scope=Scope.CONNECTION, phase=phase, text=text)
        case Unfit(phase, text):
            return refused(phase, text)
        case Halt(text):
            return released(text)
    assert_never(answer)


def judge_reply(reply: Reply) -> Outcome:
    """2xx is taken. 410 ends it. What is busy is left alone for as long as it asks. Other 5xx are
    tried again and again, and everything else (a refusal, a redirect) for some hours."""
    code = reply.code
    said = Outcome(
        result=Result.TEMPORARY, phase=reply.phase, code=code, text=reply.text, wait=reply.wait
    )
    if 200 <= code < 300:
        return Outcome(result=Result.SENT, phase=reply.phase, code=code)
    if code == GONE:
        return replace(said, result=Result.PERMANENT)
    if code in BUSY:
        return replace(said, scope=Scope.CONNECTION)
    if 500 <= code < 600:
        return said
    # A refusal that asks to wait (RFC 9110, 10.2.3 knows none) would stretch these hours to days.
    return replace(said, tries=TRIES, wait=0.0, text=reply.text or _UNSAID.get(code // 100, ""))


_UNSAID: Final = {3: "a redirect, which is not followed"}
