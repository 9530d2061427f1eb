"""Bytes from a server or a mailbox -> what they report. Any bytes can be read, and none raise.

Delivery reports are those of RFC 3464 (in the multipart/report of RFC 6522, or in what a server
makes of it), complaints those of RFC 5965. A bounce in any other form is `unreadable`: prose is not
guessed at. Automatic answers (RFC 3834) are told from both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parseaddr
from typing import Final

from monitor.mail.statuses import Fields, blocks, recipients, text_of, value_of
from monitor.model.patterns import regex
from monitor.model.returned import Part, Report, Sort

TEXT: Final = 300
"""Characters of a server's words that are kept."""

NAMES: Final = 20
"""Texts in the form of a bounce address, and Message-IDs, that are looked at in one report."""

DEEPEST: Final = 4
"""Levels of parts in which a report is looked for; one stands in the second."""

_STATUS_PARTS: Final = ("message/delivery-status", "message/global-delivery-status")
_COMPLAINT: Final = "message/feedback-report"
_RETURNED: Final = (
    *("message/rfc822", "text/rfc822-headers"),
    *("message/global", "message/global-headers"),
)
_NO_COMPLAINTS: Final = ("not-spam", "auth-failure", "dmarc")
"""Feedback that is not a reader's wish to hear no more."""

_SIGNED = regex(rb"\+([A-Za-z0-9-]{1,40}\.[0-9A-Fa-f]{12})(?![0-9A-Za-z])")
_CODE = regex(r"[245]\.\d{1,3}\.\d{1,3}")
_REPLY = regex(r"\d{3}[ -]+#?([245]\.\d{1,3}\.\d{1,3})\b")
_UNPRINTABLE = regex(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_MACHINES = regex(r"(?i)(mailer-daemon|postmaster|mail-daemon|mdaemon|mail_daemon)\b")
_ABSENT = regex(
    r"(?i)\s*(auto(matic)? ?(reply|response)|out of (the )?office|autosvar|автовідповідь)"
)
_ACTIONS: Final[dict[str, Sort]] = {
    "failed": "failed",
    "delayed": "delayed",
    "delivered": "delivered",
    "relayed": "relayed",
    "expanded": "expanded",
}
_CLASSES: Final[dict[str, Sort]] = {"5": "failed", "4": "delayed", "2": "delivered"}


def read_report(data: bytes) -> Report:
    """`data` is one mail, perhaps cut off at its end."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        return _read(message, data)
    except Exception:  # noqa: BLE001 - whoever can write to us may write anything
        return Report(key=_digest(data), parts=(Part(sort="unreadable"),), signed=_signed(data))


def clean(text: str) -> str:
    """A stranger's words, fit for a table and a log: printable, on one line, short."""
    return _UNPRINTABLE.sub(" ", text).strip()[:TEXT]


def _read(message: Message, data: bytes) -> Report:
    status, complaint = _first(message, _STATUS_PARTS), _first(message, (_COMPLAINT,))
    if status is not None:
        found = tuple(blocks(text_of(status)))
        parts = tuple(part for fields in found if (part := _part(fields)) is not None)
        reporter = next(
            (value_of(one["reporting-mta"]) for one in found if "reporting-mta" in one), ""
        )
    elif complaint is not None:
        (fields, *_) = (*blocks(text_of(complaint)), {})
        parts = (_complaint(fields),)
        reporter = value_of(fields.get("reporting-mta", ""))
    else:
        parts, reporter = (Part(sort=_unreported(message)),), ""
    return Report(
        key=_key(message, data),
        parts=parts or (Part(sort="unreadable"),),
        signed=_signed(data),
        message_ids=tuple(_message_ids(message)),
        reporter=clean(reporter or _domain(message))[:100],
    )


def _part(fields: Fields) -> Part | None:
    """What a block says of a recipient; None for the one that speaks of the whole message."""
    if not {"action", "final-recipient"} & fields.keys():
        return None
    words = fields.get("diagnostic-code", "")
    status = _status(fields.get("status", ""), value_of(words))
    action = fields.get("action", "").split()[:1]
    sort = _ACTIONS.get(action[0].lower().strip("();,")) if action else None
    if sort is None and status is not None and not action:
        sort = _CLASSES[status[0]]
    if sort is None or (sort == "failed" and status is not None and status[0] == "2"):
        sort = "unreadable"
    return Part(
        sort=sort, recipients=recipients(fields), status=status, text=clean(value_of(words))
    )


def _status(written: str, words: str) -> str | None:
    """The code, or the exact one that a server further on has said, where this one says nothing
    but whether it is for good (Exim says 5.0.0 of everything)."""
    found = _CODE.search(written)
    code = found.group() if found else None
    said = _REPLY.match(words)
    if said and (code is None or (code.endswith(".0.0") and code[0] == said[1][0])):
        return str(said[1])
    return code


def _complaint(fields: Fields) -> Part:
    kind = fields.get("feedback-type", "abuse").strip().lower()
    sort: Sort = "other" if kind.startswith(_NO_COMPLAINTS) else "complaint"
    return Part(sort=sort, recipients=recipients(fields), text=clean(kind)[:50])


def _unreported(message: Message) -> Sort:
    """What a mail is that reports nothing in a standard form."""
    if _first(message, ("message/disposition-notification",)) is not None:
        return "auto-reply"
    if "x-failed-recipients" in message or _MACHINES.match(_sender(message)):
        return "unreadable"
    if _is_automatic(message):
        return "auto-reply"
    return "unreadable" if _header(message, "return-path").strip() == "<>" else "other"


def _is_automatic(message: Message) -> bool:
    submitted = _header(message, "auto-submitted").strip().lower()
    if submitted and not submitted.startswith("no"):
        return True
    marks = ("x-autoreply", "x-autorespond", "x-auto-response-suppress", "list-id")
    if any(mark in message for mark in marks):
        return True
    precedence = _header(message, "precedence").strip().lower()
    return precedence in ("auto_reply", "bulk", "junk", "list") or bool(
        _ABSENT.match(_header(message, "subject"))
    )


def _first(message: Message, types: tuple[str, ...], depth: int = 0) -> Message | None:
    """A part of one of these types, never inside a mail that is returned."""
    if message.get_content_type() in types:
        return message
    if not message.get_content_type().startswith("multipart/") or depth > DEEPEST:
        return None
    for part in _parts(message):
        if (found := _first(part, types, depth + 1)) is not None:
            return found
    return None


def _parts(message: Message) -> Iterator[Message]:
    payload = message.get_payload()
    if isinstance(payload, list):
        yield from (part for part in payload if isinstance(part, Message))


def _message_ids(message: Message) -> Iterator[str]:
    returned = _first(message, _RETURNED)
    if returned is None:
        return
    for fields in list(blocks(text_of(returned)))[:2]:
        if "message-id" in fields:
            yield fields["message-id"].strip()[:200]


def _signed(data: bytes) -> tuple[str, ...]:
    """Wherever they stand: whoever can show one has seen that message or its envelope."""
    found: dict[str, None] = {}
    for each in _SIGNED.finditer(data):
        found.setdefault(each[1].decode("ascii").lower())
        if len(found) >= NAMES:
            break
    return tuple(found)


def _key(message: Message, data: bytes) -> str:
    name = clean(_header(message, "message-id"))
    return name if name and len(name) <= 200 else _digest(data)


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _sender(message: Message) -> str:
    return parseaddr(_header(message, "from"))[1]


def _domain(message: Message) -> str:
    return _sender(message).rpartition("@")[2]


def _header(message: Message, name: str) -> str:
    return str(message.get(name, ""))
