"""Mail that comes back, in the manner of several servers, composed from what was sent."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from monitor.model.message import Envelope

_NUMBERS = itertools.count(1)

NO_MAILBOX = "550 5.1.1 <{to}>: user unknown"
FULL = "452 4.2.2 <{to}>: mailbox is full"


def headers_of(sent: Envelope) -> str:
    return sent.data.partition(b"\r\n\r\n")[0].decode()


def postfix(
    sent: Envelope,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    words: str = NO_MAILBOX,
    name: str | None = None,
    to: str | None = None,
    more: str = "",
) -> bytes:
    """`more` are further blocks of recipients."""
    number = name or f"4FzQ{next(_NUMBERS):05}"
    recipient = to or sent.recipient
    return _crlf(f"""Return-Path: <>
Delivered-To: {sent.sender}
Received: by mx.far.example (Postfix) id {number}; Mon,  2 Mar 2026 13:00:01 +0100 (CET)
Date: Mon,  2 Mar 2026 13:00:01 +0100 (CET)
From: MAILER-DAEMON@mx.far.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {sent.sender}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="{number}.1/mx.far.example"
Content-Transfer-Encoding: 8bit
Message-Id: <{number}@mx.far.example>

This is a MIME-encapsulated message.

--{number}.1/mx.far.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.far.example.

I'm sorry to have to inform you that your message could not be delivered.

--{number}.1/mx.far.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.far.example
X-Postfix-Queue-ID: {number}
X-Postfix-Sender: rfc822; {sent.sender}
Arrival-Date: Mon,  2 Mar 2026 13:00:00 +0100 (CET)

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{sent.recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; inbox.far.example
Diagnostic-Code: smtp; {words.format(to=recipient)}
{more}
--{number}.1/mx.far.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <{sent.sender}>
{headers_of(sent)}

--{number}.1/mx.far.example--
""")


def exim(sent: Envelope, *, words: str = NO_MAILBOX) -> bytes:
    """It says 5.0.0 of everything, and quotes the server behind."""
    number = f"1wXyZ{next(_NUMBERS)}-0001"
    return _crlf(f"""Return-path: <>
Envelope-to: {sent.sender}
Received: from Debian-exim by far.example with local (Exim 4.98) id {number}
X-Failed-Recipients: {sent.recipient}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@far.example>
To: {sent.sender}
References: {sent.message_id}
Content-Type: multipart/report; report-type=delivery-status; boundary={number}-eximdsn
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E{number}@far.example>

--{number}-eximdsn
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

--{number}-eximdsn
Content-type: message/delivery-status

Reporting-MTA: dns; far.example

Action: failed
Final-Recipient: rfc822;{sent.recipient}
Status: 5.0.0
Remote-MTA: dns; inbox.far.example
Diagnostic-Code: smtp; {words.format(to=sent.recipient)}

--{number}-eximdsn
Content-type: message/rfc822

Return-path: <{sent.sender}>
{sent.data.decode()}
--{number}-eximdsn--
""")


def exchange(sent: Envelope) -> bytes:
    """The report is encoded, against the standard, and its letters are changed in case."""
    number = f"{next(_NUMBERS):08x}"
    return _crlf(f"""From: <postmaster@far.example>
To: <{sent.sender.upper()}>
Date: Mon, 2 Mar 2026 12:00:03 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="{number}-fa_"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-GB
Message-ID: <{number}-1c2d-4e5f@HE1PR01.far.example>
In-Reply-To: {sent.message_id}
References: {sent.message_id}
Subject: Undeliverable: news
Auto-Submitted: auto-replied
MIME-Version: 1.0

--{number}-fa_
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="{number}-fb_"

--{number}-fb_
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to {sent.recipient} couldn't be delivered.

--{number}-fb_
Content-Type: text/html; charset="us-ascii"

<html><p>{sent.recipient} wasn't found at far.example.</html>

--{number}-fb_--

--{number}-fa_
Content-Type: message/delivery-status

Reporting-MTA: dns;HE1PR01.far.example
Received-From-MTA: dns;relay.monitor.test
Arrival-Date: Mon, 2 Mar 2026 12:00:02 +0000
Original-Recipient: rfc822;{sent.recipient}
Final-Recipient: rfc822;{sent.recipient.upper()}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient
 {sent.recipient} not found by SMTP address lookup

--{number}-fa_
Content-Type: message/rfc822

{sent.data.decode()}
--{number}-fa_--
""")


def gmail(sent: Envelope) -> bytes:
    number = f"69a5{next(_NUMBERS):06x}"
    return _crlf(f"""Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: {sent.sender}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {sent.message_id}
In-Reply-To: {sent.message_id}
X-Failed-Recipients: {sent.recipient}
Message-ID: <{number}.050a0220@mx.google.com>
Date: Mon, 02 Mar 2026 04:00:04 -0800 (PST)
Content-Type: multipart/report; boundary="{number}"; report-type=delivery-status

--{number}
Content-Type: multipart/related; boundary="{number}r"

--{number}r
Content-Type: multipart/alternative; boundary="{number}a"

--{number}a
Content-Type: text/plain; charset="UTF-8"

** Address not found **

--{number}a--

--{number}r--

--{number}
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; digests@monitor.test
X-Original-Message-ID: {sent.message_id}

Final-Recipient: rfc822; {sent.recipient}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
 550-5.1.1 Please try double-checking the recipient's email address for typos or
 550 5.1.1 unnecessary spaces. - gsmtp

--{number}
Content-Type: message/rfc822

{headers_of(sent)}

--{number}--
""")


def qmail(sent: Envelope) -> bytes:
    """Prose since 1997."""
    return _crlf(f"""Return-Path: <>
Delivered-To: {sent.sender}
Date: 2 Mar 2026 12:00:00 -0000
From: MAILER-DAEMON@old.example
To: {sent.sender}
Subject: failure notice

Hi. This is the qmail-send program at old.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{sent.recipient}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <{sent.sender}>
{sent.data.decode()}
""")


def complaint(sent: Envelope, *, kind: str = "abuse", whole: bool = True) -> bytes:
    """As the feedback loop of a provider sends it, to an address of its own."""
    number = f"fbl-{next(_NUMBERS)}"
    envelope = f"Original-Mail-From: <{sent.sender}>\n" if whole else ""
    return _crlf(f"""From: <feedback@provider.example>
To: <abuse@monitor.test>
Subject: FW: news
Message-ID: <{number}@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="{number}"

--{number}
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--{number}
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: ProviderFBL/2.1
Version: 1
{envelope}Reporting-MTA: dns; fbl.provider.example
Source-IP: 192.0.2.1

--{number}
Content-Type: message/rfc822

{sent.data.decode()}
--{number}--
""")


def absence(sent: Envelope) -> bytes:
    return _crlf(f"""Return-Path: <>
From: Ana <{sent.recipient}>
To: {sent.sender}
Subject: Out of office: 5.1.1 days left
Auto-Submitted: auto-replied (vacation)
Message-ID: <away-{next(_NUMBERS)}@far.example>

I am away, and this address is no longer valid. 550 5.1.1 User unknown.
""")


STANDARD: dict[str, Callable[[Envelope], bytes]] = {
    "postfix": postfix,
    "exim": exim,
    "exchange": exchange,
    "gmail": gmail,
}


def _crlf(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
