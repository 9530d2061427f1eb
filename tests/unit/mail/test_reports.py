"""Reading what comes back: what servers report in their several manners, and what is no report."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.mail.addresses import envelope_sender, signed_key
from monitor.mail.meaning import Meaning, about, meaning
from monitor.mail.reports import read_report
from monitor.model.message import Envelope
from monitor.model.returned import Part
from tests import bounces

SECRET = b"of the tests"
SENT = Envelope(
    message_id="<d.b.7-3@monitor.test>",
    sender=envelope_sender("7-3", "monitor.test", SECRET),
    recipient="ana@far.example",
    data=b"Message-ID: <d.b.7-3@monitor.test>\r\nSubject: news\r\n\r\nNothing moved.\r\n",
)


def the_part(data: bytes) -> Part:
    return about(read_report(data).parts, SENT.recipient)


@pytest.mark.parametrize("manner", bounces.STANDARD)
def test_a_report_in_any_manner_says_that_there_is_no_mailbox(manner: str) -> None:
    report = read_report(bounces.STANDARD[manner](SENT))
    part = about(report.parts, SENT.recipient)

    assert (part.sort, part.status) == ("failed", "5.1.10" if manner == "exchange" else "5.1.1")
    assert meaning(part) is Meaning.ADDRESS
    assert SENT.recipient in part.recipients
    assert [signed_key(text, [SECRET]) for text in report.signed] == ["7-3"]
    assert report.message_ids == (SENT.message_id,)
    assert "example" in report.reporter or "google" in report.reporter


@pytest.mark.parametrize("how", ["base64", "quoted-printable"])
def test_a_report_that_is_encoded_against_the_standard_is_read(how: str) -> None:
    plain = bounces.postfix(SENT)
    head, _, rest = plain.partition(b"Content-Type: message/delivery-status\r\n\r\n")
    report, mark, tail = rest.partition(b"\r\n--")
    coded = base64.encodebytes(report) if how == "base64" else report.replace(b"=", b"=3D")
    field = f"Content-Transfer-Encoding: {how}\r\nContent-Type: message/delivery-status\r\n\r\n"

    part = the_part(head + field.encode() + coded + mark + tail)

    assert (part.sort, part.status) == ("failed", "5.1.1")


@pytest.mark.parametrize(
    ("written", "words", "means"),
    [
        ("5.1.1", bounces.NO_MAILBOX, Meaning.ADDRESS),
        ("5.1.2", "550 no such domain", Meaning.ADDRESS),
        ("5.0.0", "550 5.1.1 unknown", Meaning.ADDRESS),
        ("5.0.0", "550-5.1.6 moved", Meaning.ADDRESS),
        ("5.0.0", "550 4.2.2 a code of another class", Meaning.SOFT),
        ("5.0.0", "550 unknown, says prose about 5.1.1", Meaning.SOFT),
        ("5.2.2", "552 5.2.2 full", Meaning.SOFT),
        ("4.4.1", "no answer for five days", Meaning.SOFT),
        ("5.5.0", "554 broken", Meaning.SOFT),
        ("", "554 broken", Meaning.SOFT),
        ("5.7.1", "550 5.7.1 blocked by a list", Meaning.POLICY),
        ("5.1.8", "550 5.1.8 sender's domain is unknown", Meaning.POLICY),
        ("5.3.4", "552 5.3.4 too long", Meaning.POLICY),
    ],
)
def test_a_code_says_whom_a_failure_speaks_of(written: str, words: str, means: Meaning) -> None:
    assert meaning(the_part(bounces.postfix(SENT, status=written, words=words))) is means


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded"])
def test_what_did_not_fail_says_nothing_against_an_address(action: str) -> None:
    part = the_part(bounces.postfix(SENT, action=action, status="4.4.1"))

    assert (part.sort, meaning(part)) == (action, Meaning.NOTHING)


MORE = """
Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{original}
Action: {action}
Status: {status}
"""


def test_of_several_behind_one_address_the_one_who_gets_mail_counts() -> None:
    more = MORE.format(
        to="second@far.example", original=SENT.recipient, action="delivered", status="2.0.0"
    )

    part = the_part(bounces.postfix(SENT, to="first@far.example", more=more))

    assert part.sort == "delivered"


def test_another_recipient_of_the_report_is_not_ours() -> None:
    more = MORE.format(
        to="someone@else.example", original="someone@else.example", action="failed", status="5.1.1"
    )

    part = the_part(bounces.postfix(SENT, status="4.2.2", words=bounces.FULL, more=more))

    assert (part.status, meaning(part)) == ("4.2.2", Meaning.SOFT)


def test_prose_of_an_old_server_is_not_guessed_at() -> None:
    assert the_part(bounces.qmail(SENT)).sort == "unreadable"
    assert the_part(b"From: Postmaster@old.example\r\n\r\n550 5.1.1 unknown").sort == "unreadable"


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner-email=x",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "Subject: Out of office until Monday",
        "Subject: Automatic reply: news",
    ],
)
def test_an_automatic_answer_is_no_report(head: str) -> None:
    mail = f"Return-Path: <>\r\nFrom: ana@far.example\r\n{head}\r\n\r\n550 5.1.1 gone for good"

    assert the_part(mail.encode()).sort == "auto-reply"


def test_a_person_who_writes_reports_nothing() -> None:
    mail = b"From: ana@far.example\r\nAuto-Submitted: no\r\n\r\nThank you, 5.1.1"

    assert the_part(mail).sort == "other"


@pytest.mark.parametrize(
    ("kind", "sort"), [("abuse", "complaint"), ("opt-out", "complaint"), ("not-spam", "other")]
)
def test_feedback_is_a_complaint_unless_it_is_not(kind: str, sort: str) -> None:
    assert the_part(bounces.complaint(SENT, kind=kind)).sort == sort


def test_a_report_inside_a_mail_that_is_returned_is_not_the_report() -> None:
    inner = bounces.postfix(SENT)
    mail = b"Content-Type: message/rfc822\r\nFrom: x@y.example\r\n\r\n" + inner

    assert the_part(mail).sort == "other"


def test_the_same_mail_has_the_same_key_and_another_has_another() -> None:
    first = bounces.postfix(SENT, name="A")
    keys = [read_report(data).key for data in (first, first, bounces.postfix(SENT, name="B"))]
    assert keys[0] == keys[1] != keys[2]
    nameless = [read_report(b"From: x@y.example\r\n\r\n" + body).key for body in (b"1", b"1", b"2")]
    assert nameless[0] == nameless[1] != nameless[2]


@pytest.mark.parametrize(
    "wrong",
    ["7-3.000000000000", "7-4.{hmac}", "7-3.{short}", "07-3.{hmac}", "7-3.", ".{hmac}", "é.{hmac}"],
)
def test_a_name_that_we_have_not_signed_is_nobodys(wrong: str) -> None:
    hmac = SENT.sender.partition(".")[2].partition("@")[0]

    assert signed_key(f"7-3.{hmac}", [b"new", SECRET]) == "7-3"
    assert signed_key(f"7-3.{hmac}", [b"new"]) is None
    assert signed_key(wrong.format(hmac=hmac, short=hmac[:-1]), [SECRET]) is None


def _pieces() -> list[bytes]:
    whole = bounces.postfix(SENT) + bounces.complaint(SENT) + bounces.exchange(SENT)
    return whole.split(b"\r\n")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(_pieces()), st.binary(max_size=40)), max_size=60))
def test_any_lines_can_be_read(lines: list[bytes]) -> None:
    report = read_report(b"\r\n".join(lines))

    assert report.parts and report.key
    assert all(len(part.text) <= 300 and part.text.isprintable() for part in report.parts)


@pytest.mark.parametrize("depth", [3, 300, 3000])
def test_parts_in_parts_in_parts_are_not_followed_for_ever(depth: int) -> None:
    heads = (
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(depth)
    )

    assert read_report(b"".join(heads) + bounces.postfix(SENT)).parts
