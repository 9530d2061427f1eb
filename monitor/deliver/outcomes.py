"""What a server's answer, or its silence, means for the message: a table and its reading.

Reply codes are those of RFC 5321 4.2, enhanced status codes those of RFC 3463.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from typing import assert_never

from monitor.deliver.channel import Answer, Breakage, Halt, Reached, Reply, Unfit
from monitor.model.message import SETTING_UP, Bounce, Outcome, Result, Scope
from monitor.model.record import Record

TEXT_LIMIT = 300
"""Characters of a server's answer that are kept; it ends up in tables and operator mails."""

GARBAGE = -1
"""The code that aiosmtplib gives to a reply that is none."""

_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?:\s|$)")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class ReplyRule(Record):
    """One row: which replies it speaks of, and what they mean. The first that fits decides."""

    phases: frozenset[str] | None = None
    codes: range
    status: str = ""
    """A regular expression for the enhanced code; empty fits any or none."""
    result: Result
    scope: Scope = Scope.MESSAGE
    bounce: Bounce | None = None

    def fits(self, phase: str, code: int, status: str | None) -> bool:
        return (
            (self.phases is None or phase in self.phases)
            and code in self.codes
            and (not self.status or re.fullmatch(self.status, status or "") is not None)
        )


TRANSACTION = frozenset({"mail", "rcpt", "data", "dot"})
"""Phases in which a server speaks of a sender, a recipient or a message."""

_TOO_BIG = "5.3.4"
_AT_RCPT = frozenset({"rcpt"})
_AT_DOT = frozenset({"dot"})
_TEMPORARY = range(400, 500)
_PERMANENT = range(500, 600)

TABLE: tuple[ReplyRule, ...] = (
    ReplyRule(phases=_AT_DOT, codes=range(200, 300), result=Result.SENT),
    # 421 announces that the server closes the channel, wherever it is said (RFC 5321 3.8).
    ReplyRule(codes=range(421, 422), result=Result.TEMPORARY, scope=Scope.CONNECTION),
    ReplyRule(
        phases=SETTING_UP,
        codes=range(400, 600),
        result=Result.TEMPORARY,
        scope=Scope.CONNECTION,
    ),
    # A full or resting mailbox may be emptied within the two days that a message lives.
    ReplyRule(
        codes=range(400, 600),
        status=r"[45]\.2\.[12]",
        result=Result.TEMPORARY,
        bounce=Bounce.SOFT,
    ),
    ReplyRule(codes=_TEMPORARY, result=Result.TEMPORARY),
    ReplyRule(
        phases=_AT_RCPT,
        codes=_PERMANENT,
        status=r"5\.1\.[0-9]+",
        result=Result.PERMANENT,
        bounce=Bounce.ADDRESS,
    ),
    ReplyRule(
        codes=_PERMANENT,
        status=r"5\.7\.[0-9]+",
        result=Result.PERMANENT,
        bounce=Bounce.POLICY,
    ),
    ReplyRule(codes=_PERMANENT, result=Result.PERMANENT),
)


def judge(answer: Answer) -> Outcome:
    """The meaning of what came of sending by mail, or by a way that answers as mail servers do."""
    match answer:
        case Reached(phase):
            return Outcome(result=Result.SENT, phase=phase)
        case Reply(phase, code, text):
            return judge_reply(phase, code, text)
        case Breakage(phase, error):
            return judge_error(phase, error)
        case Unfit(phase, text):
            return refused(phase, text)
        case Halt(text):
            return released(text)
    assert_never(answer)


def judge_reply(phase: str, code: int, text: str) -> Outcome:
    """The meaning of a reply that did not let the transaction go on, or of the one to the dot.

    A reply that makes no sense where it stands (354 to RCPT, 199, not a reply at all) says that
    the two ends no longer understand each other: the connection is at fault, and after the dot
    nobody knows.
    """
    status = _status(text)
    for rule in TABLE:
        if rule.fits(phase, code, status):
            return Outcome(
                result=rule.result,
                scope=rule.scope,
                phase=phase,
                code=code,
                status=status,
                text=clean(text),
                bounce=rule.bounce,
                refusal=_refusal(rule, phase, code, status),
            )
    return _broken(phase, f"answered out of turn: {code} {text}" if code != GARBAGE else text)


def judge_error(phase: str, error: BaseException) -> Outcome:
    """The meaning of a connection that broke, stayed silent or could not be trusted."""
    return _broken(phase, _words(error))


def refused(phase: str, text: str) -> Outcome:
    """A message that we do not offer to any server: it could not be taken, now or later."""
    return Outcome(result=Result.PERMANENT, phase=phase, text=clean(text))


def released(text: str) -> Outcome:
    """Given up before anything was sent, by our own will."""
    return Outcome(result=Result.RELEASED, scope=Scope.CONNECTION, text=text)


def clean(text: str) -> str:
    """A server's words, fit for a table and a log: printable, on one line, short."""
    return _UNPRINTABLE.sub(" ", text).strip()[:TEXT_LIMIT]


def _broken(phase: str, text: str) -> Outcome:
    if phase == "dot":
        return Outcome(result=Result.UNKNOWN, phase=phase, text=clean(text))
    # Without its dot no server has accepted a message (RFC 5321 4.1.1.4), so this is no doubt; but
    # the body itself may be what it chokes on, so the attempt counts.
    scope = Scope.MESSAGE if phase == "body" else Scope.CONNECTION
    return Outcome(result=Result.TEMPORARY, scope=scope, phase=phase, text=clean(text))


def _refusal(rule: ReplyRule, phase: str, code: int, status: str | None) -> str | None:
    """The words do not count. A size speaks of the message, however many get it."""
    if rule.scope is Scope.CONNECTION or phase not in TRANSACTION or code < 400:
        return None
    return None if status == _TOO_BIG else " ".join((phase, str(code), status or "")).strip()


def _status(text: str) -> str | None:
    found = _STATUS.match(text)
    return found.group(1) if found else None


def _words(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the server's certificate is not to be trusted: {error.verify_message}"
    if isinstance(error, asyncio.TimeoutError):
        return str(error) or "no answer in time"
    return str(error) or type(error).__name__
