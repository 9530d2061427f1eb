"""What each answer of a server means: the fault matrix's columns as a table."""

from __future__ import annotations

import ssl

import pytest

from monitor.deliver.outcomes import GARBAGE, TEXT_LIMIT, judge_error, judge_reply
from monitor.model.message import Bounce, Result, Scope

TEMP, PERM, SENT, UNKNOWN = Result.TEMPORARY, Result.PERMANENT, Result.SENT, Result.UNKNOWN
MESSAGE, CONNECTION = Scope.MESSAGE, Scope.CONNECTION

REPLIES = [
    ("greeting", 421, "4.3.2 busy", TEMP, CONNECTION, None),
    ("greeting", 554, "5.7.1 not you", TEMP, CONNECTION, None),
    ("ehlo", 550, "go away", TEMP, CONNECTION, None),
    ("tls", 454, "4.7.0 not now", TEMP, CONNECTION, None),
    ("auth", 535, "5.7.8 wrong password", TEMP, CONNECTION, None),
    ("mail", 421, "4.3.2 closing", TEMP, CONNECTION, None),
    ("mail", 450, "4.1.8 who?", TEMP, MESSAGE, None),
    ("mail", 452, "4.3.1 no space", TEMP, MESSAGE, None),
    ("mail", 550, "5.1.0 sender refused", PERM, MESSAGE, None),
    ("mail", 552, "5.3.4 too big", PERM, MESSAGE, None),
    ("rcpt", 450, "4.2.0 greylisted", TEMP, MESSAGE, None),
    ("rcpt", 451, "4.7.1 greylisted", TEMP, MESSAGE, None),
    ("rcpt", 421, "4.7.0 slow down", TEMP, CONNECTION, None),
    ("rcpt", 550, "5.1.1 no such user", PERM, MESSAGE, Bounce.ADDRESS),
    ("rcpt", 550, "5.7.1 policy", PERM, MESSAGE, Bounce.POLICY),
    ("rcpt", 552, "5.2.2 mailbox full", TEMP, MESSAGE, Bounce.SOFT),
    ("rcpt", 550, "no", PERM, MESSAGE, None),
    ("data", 451, "4.3.0 later", TEMP, MESSAGE, None),
    ("data", 554, "5.5.1 no valid recipients", PERM, MESSAGE, None),
    ("data", 421, "4.3.2 closing", TEMP, CONNECTION, None),
    ("dot", 250, "2.0.0 queued", SENT, MESSAGE, None),
    ("dot", 451, "4.3.0 later", TEMP, MESSAGE, None),
    ("dot", 550, "5.7.1 spam", PERM, MESSAGE, Bounce.POLICY),
    ("dot", 552, "5.3.4 too big", PERM, MESSAGE, None),
    ("dot", 421, "4.3.2 closing", TEMP, CONNECTION, None),
    ("rcpt", 354, "what?", TEMP, CONNECTION, None),
    ("data", 250, "ok", TEMP, CONNECTION, None),
    ("mail", GARBAGE, "Malformed SMTP response line: ???", TEMP, CONNECTION, None),
    ("dot", GARBAGE, "Response too long", UNKNOWN, MESSAGE, None),
    ("dot", 354, "go on", UNKNOWN, MESSAGE, None),
]


@pytest.mark.parametrize(("phase", "code", "text", "result", "scope", "bounce"), REPLIES)
def test_it_reads_a_reply(
    phase: str, code: int, text: str, result: Result, scope: Scope, bounce: Bounce | None
) -> None:
    outcome = judge_reply(phase, code, text)
    assert (outcome.result, outcome.scope, outcome.bounce) == (result, scope, bounce)
    assert outcome.phase == phase


def test_it_keeps_the_code_the_enhanced_code_and_the_words() -> None:
    outcome = judge_reply("rcpt", 550, "5.1.1 no such user")
    assert (outcome.code, outcome.status, outcome.text) == (550, "5.1.1", "5.1.1 no such user")


@pytest.mark.parametrize("phase", ["connect", "ehlo", "tls", "auth", "mail", "rcpt", "data"])
def test_a_break_before_the_body_is_the_connections_and_certain(phase: str) -> None:
    outcome = judge_error(phase, ConnectionResetError("reset"))
    assert (outcome.result, outcome.scope) == (TEMP, CONNECTION)


def test_a_break_in_the_body_is_certain_and_counts_against_the_message() -> None:
    outcome = judge_error("body", TimeoutError())
    assert (outcome.result, outcome.scope) == (TEMP, MESSAGE)
    assert outcome.text == "no answer in time"


def test_a_break_after_the_dot_is_a_doubt() -> None:
    outcome = judge_error("dot", ConnectionResetError("reset"))
    assert (outcome.result, outcome.scope) == (UNKNOWN, MESSAGE)


def test_it_says_when_a_certificate_is_not_trusted() -> None:
    error = ssl.SSLCertVerificationError("self-signed")
    error.verify_message = "self-signed certificate"
    assert "certificate is not to be trusted: self-signed" in judge_error("tls", error).text


def test_a_servers_words_cannot_break_a_line_or_grow_without_bound() -> None:
    text = judge_reply("rcpt", 550, "5.1.1 a\r\nb\x1b[31m\udcff" + "x" * 5000).text
    assert text.isprintable()
    assert len(text) == TEXT_LIMIT
